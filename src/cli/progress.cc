#include "cli/progress.h"

#include <algorithm>
#include <cstdio>

#include "cli/json_read.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kStageWidth = 11;   // "exploring", "grounding" …
constexpr std::size_t kElapsedWidth = 8;  // "12m 05s"
constexpr std::size_t kTitleWidthMin = 4;

SectionProgress read_section(const json::object& from, SectionProgress base) {
  if (from.contains("section")) base.section = printable(text_of(from, "section"));
  if (from.contains("title")) base.title = printable(text_of(from, "title"));
  if (from.contains("status")) base.status = text_of(from, "status");
  if (from.contains("conclusion")) base.conclusion = text_of(from, "conclusion");
  if (from.contains("stage")) base.stage = printable(text_of(from, "stage"));
  if (from.contains("statusReason")) base.reason = printable(text_of(from, "statusReason"), true);
  return base;
}

std::string mark_of(const Terminal& terminal, const SectionProgress& section, int frame) {
  const Marks& m = marks(terminal);
  if (section.status == "in_progress")
    return paint(terminal, Tone::kLink, spinner(terminal, frame));
  if (section.status != "completed") return paint(terminal, Tone::kFaint, m.idle);
  if (section.conclusion == "success") return paint(terminal, Tone::kGood, m.good);
  if (section.conclusion == "failure") return paint(terminal, Tone::kBad, m.bad);
  return paint(terminal, Tone::kFaint, m.cancelled);
}

std::string right_aligned(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(width > used ? width - used : 0, ' ') + text;
}

// What is shown beside the title.
std::string state_word(const SectionProgress& section) {
  if (section.status == "queued") return "";
  if (section.status == "in_progress") return section.stage.empty() ? "starting" : section.stage;
  if (section.conclusion == "success") return "proven";
  if (section.conclusion == "failure") return "failed";
  return section.conclusion;
}

}  // namespace

std::string elapsed_text(std::int64_t ms) {
  char text[32];
  if (ms < 60'000) {
    std::snprintf(text, sizeof text, "%.1fs", static_cast<double>(ms) / 1000);
  } else {
    const long long seconds = ms / 1000;
    std::snprintf(text, sizeof text, "%lldm %02llds", seconds / 60, seconds % 60);
  }
  return text;
}

GenerationProgress::GenerationProgress(const std::string& label, std::int64_t now_ms)
    : label_(printable(label)), began_ms_(now_ms), changed_ms_(now_ms) {}

std::int64_t GenerationProgress::elapsed_ms() const {
  return ended_ms_.value_or(changed_ms_) - began_ms_;
}

SectionProgress& GenerationProgress::section(std::size_t ordinal) {
  if (ordinal >= sections_.size()) sections_.resize(ordinal + 1);
  return sections_[ordinal];
}

void GenerationProgress::change(SectionProgress& section, const SectionProgress& to,
                                std::int64_t now_ms) {
  const std::string before = section.status + section.conclusion + section.stage;
  const auto began = section.began_ms;
  const auto ended = section.ended_ms;
  section = to;
  section.began_ms = began;
  section.ended_ms = ended;
  if (section.status == "in_progress" && !section.began_ms) section.began_ms = now_ms;
  if (section.status == "completed" && !section.ended_ms) section.ended_ms = now_ms;
  const bool is_feature = &section == &sections_.front();  // its scenarios say it all
  const std::string word = state_word(section);
  if (before == section.status + section.conclusion + section.stage || word.empty()) return;
  if (is_feature) return;
  std::string line = label_ + ": " + section.title + ": " + word;
  if (section.status == "completed" && section.began_ms) {
    line += " (" + elapsed_text(*section.ended_ms - *section.began_ms) + ")";
  }
  if (!section.reason.empty()) line += ": " + printable(section.reason);
  changes_.push_back(std::move(line));
}

void GenerationProgress::take_status(const json::object& status, std::int64_t now_ms) {
  const json::array& list = array_of(status, "sections");
  for (std::size_t i = 0; i < list.size(); ++i) {
    SectionProgress& kept = section(i);
    change(kept, read_section(as_object(list[i]), kept), now_ms);
  }
  started_ = flag_of(status, "runnerStarted");
  stage_ = printable(text_of(status, "stage"));
  queue_position_ = integer_of(status, "queuePosition");
  ended_ = text_of(status, "overallStatus") == "completed";
  if (ended_ && !ended_ms_) ended_ms_ = now_ms;
}

void GenerationProgress::take_event(std::string_view name, const json::object& data,
                                    std::int64_t now_ms) {
  changed_ms_ = now_ms;
  if (name == "section") {
    const auto ordinal = integer_of(data, "ordinal");
    constexpr std::int64_t kOrdinalMax = 100'000;
    if (!ordinal || *ordinal < 0 || *ordinal > kOrdinalMax) return;
    SectionProgress& kept = section(static_cast<std::size_t>(*ordinal));
    change(kept, read_section(data, kept), now_ms);
  } else if (name == "stage") {
    stage_ = printable(text_of(data, "stage"));
    started_ = true;
  } else if (name == "started") {
    queue_position_.reset();
    if (!started_) began_ms_ = now_ms;  // what it took, without the time in the queue
    started_ = true;
    changes_.push_back(label_ + ": started");
  } else if (name == "waiting") {
    waits_ = true;
    stage_ = "waiting for an answer";
  } else if (name == "queued") {
    started_ = waits_ = false;
    const std::string reason = printable(text_of(data, "reason"));
    if (!reason.empty()) changes_.push_back(label_ + ": queued again: " + reason);
  } else if (name == "ended") {
    ended_ = true;
    ended_ms_ = now_ms;
  }
}

std::string GenerationProgress::headline(const Terminal& terminal, std::int64_t now_ms,
                                         int frame) const {
  std::string state;
  if (queue_position_ && *queue_position_ > 1) {
    state = "queued, number " + std::to_string(*queue_position_);
  } else if (!ended_ && !started_) {
    state = "queued";
  } else if (!ended_ && sections_.size() <= 1) {
    state = stage_.empty() ? "starting" : stage_;
  } else if (!ended_ && !stage_.empty()) {
    const bool nobody_works = std::none_of(sections_.begin() + 1, sections_.end(),
                                           [](auto& s) { return s.status == "in_progress"; });
    if (nobody_works) state = stage_;
  }
  const std::string elapsed = elapsed_text(ended_ms_.value_or(now_ms) - began_ms_);
  const auto width = static_cast<std::size_t>(terminal.width);
  const std::size_t label_width = width - kStageWidth - kElapsedWidth - 6;
  std::string mark(ended_ ? " " : spinner(terminal, frame));
  return paint(terminal, Tone::kLink, mark) + " " +
         paint(terminal, Tone::kStrong, pad(terminal, label_, label_width + 2)) + " " +
         paint(terminal, Tone::kFaint,
               pad(terminal, state, kStageWidth) + right_aligned(elapsed, kElapsedWidth));
}

std::string GenerationProgress::row(const Terminal& terminal, const SectionProgress& section,
                                    std::int64_t now_ms, int frame) const {
  const auto width = static_cast<std::size_t>(terminal.width);
  const std::size_t title_width = std::max(kTitleWidthMin, width - kStageWidth - kElapsedWidth - 6);
  std::string elapsed;
  if (section.began_ms) {
    elapsed = elapsed_text(section.ended_ms.value_or(now_ms) - *section.began_ms);
  }
  const Tone tone = section.conclusion == "failure"   ? Tone::kBad
                    : section.status == "in_progress" ? Tone::kPlain
                                                      : Tone::kFaint;
  const bool waits = section.status == "queued";
  return "  " + mark_of(terminal, section, frame) + " " +
         paint(terminal, waits ? Tone::kFaint : Tone::kPlain,
               pad(terminal, section.title, title_width)) +
         " " + paint(terminal, tone, pad(terminal, state_word(section), kStageWidth)) +
         paint(terminal, Tone::kFaint, right_aligned(elapsed, kElapsedWidth));
}

std::vector<std::string> GenerationProgress::rows(const Terminal& terminal, std::int64_t now_ms,
                                                  int frame, std::size_t rows_max) const {
  std::vector<std::string> lines{headline(terminal, now_ms, frame)};
  if (sections_.empty()) return lines;
  const auto first = sections_.begin() + 1;
  const auto count = static_cast<std::size_t>(sections_.end() - first);
  std::size_t left_out = 0;
  std::size_t room = rows_max > 1 ? rows_max - 1 : 0;
  if (count > room) room = room > 0 ? room - 1 : 0;  // a line says what is left out
  std::size_t working = static_cast<std::size_t>(
      std::count_if(first, sections_.end(), [](auto& s) { return s.status == "in_progress"; }));
  for (auto it = first; it != sections_.end(); ++it) {
    const bool works = it->status == "in_progress";
    const std::size_t reserved = works ? 0 : std::min(working, room);
    if (room > reserved) {
      lines.push_back(row(terminal, *it, now_ms, frame));
      --room;
    } else {
      ++left_out;
    }
    if (works && working > 0) --working;
  }
  if (left_out > 0) {
    const std::string text = "and " + std::to_string(left_out) + " more";
    lines.push_back("    " + paint(terminal, Tone::kFaint, text));
  }
  return lines;
}

std::vector<std::string> GenerationProgress::take_changes() { return std::exchange(changes_, {}); }

}  // namespace vouch::cli
