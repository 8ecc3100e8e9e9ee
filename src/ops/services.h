// What the operations work with, injected by whoever builds the server. Everything outlives the
// server and lives on, or may be used from, the server's io_context thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/vault.h"
#include "engine/engine.h"
#include "ops/aside.h"
#include "ops/feature_texts.h"
#include "ops/keys.h"
#include "ops/metrics.h"
#include "runs/links.h"
#include "sandbox/fetch.h"
#include "script/script.h"
#include "store/store.h"

namespace vouch::ops {

class AdapterWatch;  // adapters/watch.h
std::shared_ptr<AdapterWatch> make_adapter_watch();

// One thing that /ready tells about this machine: "browser", true, "Chromium 156.0.8078.79".
struct ReadyCheck {
  std::string name;
  bool ok = true;
  std::string detail;
};

// What runs left behind, and who may read it.
struct Artifacts {
  const runs::ArtifactLinks& links;
  std::string folder;  // each run has one of its own below it, named by its id

  std::string folder_of(std::int64_t run_id) const { return folder + "/" + std::to_string(run_id); }
};

// What adapter scripts run in, and what they may reach of their providers.
struct Scripts {
  script::Pool& pool;
  sandbox::Fetcher& fetcher;
  bool allow_loopback = false;  // as with sites: sandbox/egress.h
  bool allow_private = false;
};

struct Services {
  store::Store& store;
  engine::Engine& engine;
  const Clock& clock;
  Random& random;
  KeyRing& keys;
  Artifacts artifacts;
  FeatureTexts& texts;
  const Vault& vault;  // of the projects' and providers' secrets
  Scripts scripts;
  // What the machine can give, as found at start. May be empty.
  std::function<std::vector<ReadyCheck>()> ready_checks;
  // Called after a schedule was changed. May be empty.
  std::function<void()> schedules_changed = {};
  Metrics metrics = {};
  // What live payloads of adapters show.
  std::shared_ptr<AdapterWatch> adapter_watch = make_adapter_watch();
  std::shared_ptr<Aside> aside = std::make_shared<Aside>();
};

}  // namespace vouch::ops
