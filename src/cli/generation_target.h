// One feature on its way through a generation on a server, from its file to its proof, or through a
// proving of what an earlier generation kept. Used by `vouch generate` and `vouch prove`, for one
// feature or several at once.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/client.h"
#include "cli/exit_code.h"
#include "cli/feature_file.h"
#include "cli/junit.h"
#include "cli/progress.h"

namespace vouch::cli {

struct GenerationTarget {
  std::string label;                // how a person knows it: the file, or the feature's name
  std::optional<FeatureFile> file;  // none: it is on the server already
  std::string project;              // id
  std::string feature;              // id, or a name before it is known
  std::string request_id;           // empty: not dispatched
  bool proves = false;              // its job is a proving, not a generation
  std::optional<Error> error;       // what kept it from being generated or followed
  GenerationProgress progress{"", 0};
  std::string needs_answer;  // that nobody gave: the options that would give it
  boost::json::object status;
  boost::json::array proof;
  std::string spec;          // the generated test; empty: none
  std::string spec_written;  // where it was put
  boost::json::object run;   // the digest of the run afterwards; empty: none

  boost::json::object params() const { return {{"project", project}, {"feature", feature}}; }
  // What its job's operations are called with: those that stream, tell and cancel it.
  boost::json::object job_params() const;
  std::string_view stream_operation() const {
    return proves ? "stream_proving" : "stream_generation";
  }
  std::string_view status_operation() const {
    return proves ? "get_proving" : "get_generation_status";
  }
  std::string_view cancel_operation() const {
    return proves ? "cancel_proving" : "cancel_generation";
  }
  ExitCode exit_code() const;
  boost::json::object to_json() const;
  JunitSuite to_junit() const;
};

struct DispatchWish {
  std::string site;          // empty: the project's
  std::string on_ambiguity;  // "fail", "guess", "ask"
  // A generation of it that is still going on is cancelled first: nobody waits for that one.
  bool replace = false;
};

// Makes the feature on the server, or gives it the file's text, and sets target.feature.
Result<void> put_feature(Client& client, GenerationTarget& target, bool replace);
Result<void> dispatch_generation(Client& client, GenerationTarget& target,
                                 const DispatchWish& wish);
// For a file: the feature that was generated from it, as it is. kNotFound, kConflict: there is
// none.
Result<void> find_generated(Client& client, GenerationTarget& target);
Result<void> dispatch_proving(Client& client, GenerationTarget& target, const std::string& site);
// Status, proof and, of a generation, spec, once it has ended.
Result<void> read_outcome(Client& client, GenerationTarget& target);

// The project with this name, site and settings; made where there is none. Its id.
Result<std::string> find_or_create_project(Client& client, const std::string& name,
                                           const std::string& site,
                                           const boost::json::object& settings);

}  // namespace vouch::cli
