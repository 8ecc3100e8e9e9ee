// The job of kind `generation`: a feature's Gherkin and a site become a proven spec.
//
// Payload: {featureId, featureName, siteUrl, onAmbiguity, gherkin, settings}, as it was when it was
// dispatched. Sections: the feature itself (ordinal 0), then one for each scenario and outline in
// file order. A scenario's section is committed with its chains, its proof and whether it passed,
// all at once; what the spec says is a pure function of the committed sections. A job taken up
// again after a crash keeps the committed ones and begins the others anew.
//
// Stages of a section: exploring → grounding → writing → verifying → proving, and repairing where
// verifying failed.
#pragma once

#include <string>

#include "base/random.h"
#include "base/vault.h"
#include "browser/browser.h"
#include "engine/engine.h"
#include "runs/runner.h"
#include "runs/site_turns.h"
#include "store/store.h"

namespace vouch::features::generate {

struct GenerationOptions {
  bool allow_loopback = true;  // sites on this machine may be tested
  bool allow_private = true;   // sites in private networks may be tested
  int concurrency = 2;         // generations at once
  std::int64_t time_limit_ms = 30LL * 60 * 1000;
};

inline constexpr std::size_t kBatchMax = 10;  // scenarios verified by one start of the runner
inline constexpr std::size_t kScenariosMax =
    500;  // examples counted one each; a feature with more is refused

// Everything is borrowed and must outlive the engine.
engine::JobKind make_generation_kind(store::Store& store, browser::HostPool& hosts,
                                     runs::Runner& runner, runs::SiteTurns& turns,
                                     const Vault& vault, const Clock& clock, Random& random,
                                     GenerationOptions options);

// The same for the kinds `healing` (healing.h) and `proving` (proving.h).
engine::JobKind make_healing_kind(store::Store& store, browser::HostPool& hosts,
                                  runs::Runner& runner, runs::SiteTurns& turns, const Vault& vault,
                                  const Clock& clock, Random& random, GenerationOptions options);
engine::JobKind make_proving_kind(store::Store& store, browser::HostPool& hosts,
                                  runs::Runner& runner, runs::SiteTurns& turns, const Vault& vault,
                                  const Clock& clock, Random& random, GenerationOptions options);

// "Features/Login functionality.spec.ts": where a feature's spec stands in its project. A name
// that no file system takes, or that is long, is changed and ends in a part of its hash, so that no
// two names have one path.
std::string spec_path(std::string_view feature_name);

}  // namespace vouch::features::generate
