// The engine's handler of runs: executes what a `run` job carries, and keeps what came of it.
//
// Payload (written by the dispatch): {runId, featureId, featureName, tag, config, siteUrl,
// specs: [{path, content}], settings: {variables?: {NAME: text}, allowedHosts?: [origin]}}. In a
// run of several features featureId is null, and tests are named by name_in_project(). Secrets are
// read when the run begins.
// Result: {passed, digest, artifacts}. The run's row follows its job in the same transactions:
// started at the claim; passed, failed or cancelled, with digest (make_digest and `failures`, see
// diagnosis.h) and artifact rows, at the end.
//
// A run whose worker died starts again from scratch, after what the dead try left in the folder of
// artifacts is removed; after the engine's last attempt it is failed, and its log says why.
#pragma once

#include <string>

#include "base/vault.h"
#include "engine/engine.h"
#include "runs/runner.h"
#include "runs/site_turns.h"
#include "store/store.h"

namespace vouch::runs {

struct RunJobOptions {
  std::string artifacts_dir;  // each run has the folder artifacts_dir/<its id>
  bool allow_loopback = false;
  bool allow_private = false;
  int concurrency = 1;
};

// What a test is called among those of other features: "Login › Valid user signs in".
std::string name_in_project(std::string_view feature, std::string_view test);

// All of them outlive the engine.
engine::JobKind run_job(store::Store& store, Runner& runner, SiteTurns& turns, const Vault& vault,
                        RunJobOptions options);

}  // namespace vouch::runs
