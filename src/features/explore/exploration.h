// The job of kind `exploration`: a short, polite walk through a site, and the features that it
// proposes.
//
// Payload: {siteUrl, settings}, as it was when it was dispatched. It follows links of the site,
// never a button, nothing that sounds like signing out or deleting, at most kPagesMax pages and
// kDepthMax links deep. What it proposes becomes features of the kind `suggestion`, drafts; those
// that it proposed before and nobody accepted are replaced, and a feature of the same name is left
// alone. Result: {pages, suggestions: [{featureId, name}]}.
#pragma once

#include "base/random.h"
#include "base/vault.h"
#include "browser/browser.h"
#include "engine/engine.h"
#include "runs/site_turns.h"
#include "store/store.h"

namespace vouch::features::explore {

struct ExplorationOptions {
  bool allow_loopback = true;  // sites on this machine may be explored
  bool allow_private = true;   // sites in private networks may be explored
  int concurrency = 1;         // explorations at once
  std::int64_t time_limit_ms = 5LL * 60 * 1000;
};

inline constexpr std::string_view kExplorationKind = "exploration";

// Everything is borrowed and must outlive the engine.
engine::JobKind make_exploration_kind(store::Store& store, browser::HostPool& hosts,
                                      runs::SiteTurns& turns, const Vault& vault,
                                      const Clock& clock, ExplorationOptions options);

}  // namespace vouch::features::explore
