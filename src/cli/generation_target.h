// One feature on its way through a generation on a server: from its file to its proof. Used by
// `vouch generate`, for one feature or several at once.
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
  std::optional<Error> error;       // what kept it from being generated or followed
  GenerationProgress progress{"", 0};
  std::string needs_answer;  // that nobody gave: the options that would give it
  boost::json::object status;
  boost::json::array proof;
  std::string spec;          // the generated test; empty: none
  std::string spec_written;  // where it was put
  boost::json::object run;   // the digest of the run afterwards; empty: none

  boost::json::object params() const { return {{"project", project}, {"feature", feature}}; }
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
// Status, proof and spec, once it has ended.
Result<void> read_outcome(Client& client, GenerationTarget& target);

// The project with this name, site and settings; made where there is none. Its id.
Result<std::string> find_or_create_project(Client& client, const std::string& name,
                                           const std::string& site,
                                           const boost::json::object& settings);

}  // namespace vouch::cli
