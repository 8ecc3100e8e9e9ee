// The live progress of a generation: built from its status and its events, shown as rows redrawn in
// place on a terminal, and as a line for each change elsewhere. Pure: times are given.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace vouch::cli {

struct SectionProgress {
  std::string section;  // slug; the first section of a generation is the feature itself
  std::string title;
  std::string status = "queued";  // queued, in_progress, completed
  std::string conclusion;         // success, failure, cancelled, skipped; empty until completed
  std::string stage;              // exploring, grounding, writing …; empty where there is none
  std::string reason;
  std::optional<std::int64_t> began_ms, ended_ms;
};

class GenerationProgress {
 public:
  // `label` is how a person knows it: the file, or the feature's name.
  GenerationProgress(const std::string& label, std::int64_t now_ms);

  // A whole status, as get_generation_status answers.
  void take_status(const boost::json::object& status, std::int64_t now_ms);
  // One event of stream_generation.
  void take_event(std::string_view name, const boost::json::object& data, std::int64_t now_ms);

  bool ended() const { return ended_; }
  bool waits() const { return waits_; }  // for an answer
  void answered() { waits_ = false; }
  const std::string& label() const { return label_; }
  // From its beginning to its end, or to the last that was heard or seen of it.
  std::int64_t elapsed_ms() const;
  void seen(std::int64_t now_ms) { changed_ms_ = now_ms; }
  const std::vector<SectionProgress>& sections() const { return sections_; }

  // A headline and a row for each scenario, fitted to the terminal. `rows_max` rows at most: those
  // at work are shown first.
  std::vector<std::string> rows(const Terminal& terminal, std::int64_t now_ms, int frame,
                                std::size_t rows_max) const;
  // A line for each change since the last call.
  std::vector<std::string> take_changes();

 private:
  SectionProgress& section(std::size_t ordinal);
  void change(SectionProgress& section, const SectionProgress& to, std::int64_t now_ms);
  std::string headline(const Terminal& terminal, std::int64_t now_ms, int frame) const;
  std::string row(const Terminal& terminal, const SectionProgress& section, std::int64_t now_ms,
                  int frame) const;

  std::string label_;
  std::int64_t began_ms_;
  std::int64_t changed_ms_;
  std::optional<std::int64_t> ended_ms_;
  std::vector<SectionProgress> sections_;
  std::vector<std::string> changes_;
  std::string stage_;
  std::optional<std::int64_t> queue_position_;
  bool started_ = false;
  bool ended_ = false;
  bool waits_ = false;
};

// "4.2s", "1m 05s".
std::string elapsed_text(std::int64_t ms);

}  // namespace vouch::cli
