// A run of several features: what a call or a schedule dispatches.
#pragma once

#include <optional>
#include <string>

#include "engine/core.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr std::string_view kRunKind = "run";

struct RunWish {
  std::string config = "Default";
  std::optional<std::string> site_url;  // empty: the project's
};

// `name` or `@name`, as a tag is written in Gherkin; empty stays empty.
std::string tag_of(std::string name);

struct PlannedRun {
  store::RunRow run;  // inserted
  engine::NewJob job;
};

// All features of the project that are generated, or their scenarios of a tag, in the transaction
// of the dispatch. kConflict: there is none. kInvalidRequest: no such configuration, or a bad
// address.
Result<PlannedRun> plan_project_run(store::Tx& tx, const store::ProjectRow& project,
                                    const std::string& tag, const RunWish& wish,
                                    const std::string& job_id, TimeMs now);

// The properties `tag`, `config` and `siteUrl` of a body.
inline constexpr std::string_view kProjectRunProperties = R"(
  "tag": {"in": "body", "type": ["string", "null"], "minLength": 1, "maxLength": 100,
    "pattern": "^@?[^\\s@'\"`\\\\]+$",
    "description": "Only tests of this tag, as @smoke (all)."},
  "config": {"in": "body", "type": ["string", "null"], "maxLength": 100,
    "description": "Which configuration to run with (Default)."},
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the project's configured URL)."})";

}  // namespace vouch::ops
