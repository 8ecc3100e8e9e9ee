#include "runs/run_job.h"

#include <boost/json.hpp>

#include "base/random.h"
#include "runs/diagnosis.h"
#include "runs/digest.h"
#include "runs/egress.h"
#include "runs/flaky.h"
#include "runs/job_folder.h"
#include "runs/secrets.h"
#include "runs/templates.h"

namespace vouch::runs {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::string_view kKind = "run";
// Longer than the Runner's own limit, which tells more.
constexpr int kRunsCompared = 20;  // how many earlier runs tell whether a test flips
constexpr std::int64_t kTimeLimitMs = 30LL * 60 * 1000;

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::object& object_in(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const auto* value = object.if_contains(name);
  return value && value->is_object() ? value->get_object() : kNone;
}

const json::array& array_in(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const auto* value = object.if_contains(name);
  return value && value->is_array() ? value->get_array() : kNone;
}

std::int64_t run_id_of(const json::object& payload) {
  const auto* id = payload.if_contains("runId");
  return id && id->is_int64() ? id->get_int64() : 0;
}

// Playwright looks for it in a test's titles and tags, with blanks between them.
std::string tag_pattern(std::string_view tag) {
  std::string pattern = "(^|\\s)";
  for (const char c : tag) {
    const bool special = std::string_view(R"(\^$.|?*+()[]{}/-)").contains(c);
    if (special) pattern += '\\';
    pattern += c;
  }
  return pattern + "(\\s|$)";
}

Result<RunRequest> request_of(const json::object& payload, const RunJobOptions& options,
                              std::map<std::string, std::string> files) {
  RunRequest request;
  request.config = text_in(payload, "config");
  request.site_url = text_in(payload, "siteUrl");
  request.files = std::move(files);
  for (const auto& spec : array_in(payload, "specs")) {
    if (!spec.is_object()) continue;
    request.files[text_in(spec.get_object(), "path")] = text_in(spec.get_object(), "content");
  }
  if (const std::string tag = text_in(payload, "tag"); !tag.empty())
    request.grep = tag_pattern(tag);
  for (const auto& [name, value] : object_in(object_in(payload, "settings"), "variables")) {
    if (value.is_string()) request.env[std::string(name)] = std::string(value.get_string());
  }
  VOUCH_TRY(request.egress, egress_of(payload, options.allow_loopback, options.allow_private));
  request.output_dir = options.artifacts_dir + "/" + std::to_string(run_id_of(payload));
  return request;
}

// A line for who watches: which test, which step.
void tell(engine::JobContext& job, const Progress& progress) {
  switch (progress.kind) {
    case Progress::Kind::kBegan:
      return job.stage("running " + std::to_string(progress.tests_total) +
                       (progress.tests_total == 1 ? " test" : " tests"));
    case Progress::Kind::kTestBegan:
      return job.stage(progress.test);
    case Progress::Kind::kStepBegan:
      return job.stage(progress.test + ": " + progress.step);
    case Progress::Kind::kTestEnded:
      return;
  }
}

// What each spec is executed as: with the same the same is to be expected of the same site.
std::map<std::string, std::string> hashes_of(const RunRequest& request) {
  std::string told = request.site_url;
  const auto tell = [&told](const std::string& text) {
    told += '\0';
    told += text;
  };
  const auto config = request.files.find("Configurations/" + request.config + ".config.js");
  tell(config == request.files.end() ? "" : config->second);
  for (const auto& [name, value] : request.env) {
    tell(name);
    tell(value);
  }
  std::map<std::string, std::string> hashes;
  for (const auto& [path, text] : request.files) {
    if (!path.ends_with(".spec.ts")) continue;
    constexpr std::size_t kHashCharacters = 16;
    hashes[path] = sha256_hex(sha256_hex(told).append(text)).substr(0, kHashCharacters);
  }
  return hashes;
}

json::object result_of(const RunOutcome& outcome, const EndedRun& run,
                       const std::vector<store::RunRow>& before) {
  auto digest = make_digest(outcome);
  digest["failures"] = failures_to_json(diagnose(outcome, {}));
  note_flips(digest, outcome.report, run, before);
  auto artifacts = std::move(digest.at("artifacts"));
  digest.erase("artifacts");  // rows of their own
  return {{"passed", outcome.passed},
          {"digest", std::move(digest)},
          {"artifacts", std::move(artifacts)}};
}

// The tests put the site back before each of them.
bool resets_site(const json::object& payload) {
  const json::value* settings = payload.if_contains("settings");
  if (settings == nullptr || !settings->is_object()) return false;
  const json::value* reset = settings->get_object().if_contains("reset");
  return reset != nullptr && reset->is_object();
}

asio::awaitable<Result<json::object>> handle(engine::JobContext& job, store::Store& store,
                                             Runner& runner, SiteTurns& turns, const Vault& vault,
                                             const RunJobOptions& options) {
  const json::object& payload = job.job().payload;
  SiteTurns::Turn turn;
  if (resets_site(payload)) turn = co_await turns.take(text_in(payload, "siteUrl"));
  auto read = [project = job.job().project_id, site_url = text_in(payload, "siteUrl")](
                  const store::Tx& tx) -> Result<std::map<std::string, std::string>> {
    return project_files(tx, project, site_url);
  };
  VOUCH_CO_TRY(auto files, co_await store.read(std::move(read)));
  VOUCH_CO_TRY(auto request, request_of(payload, options, std::move(files)));
  auto read_them = [&vault, project = job.job().project_id](const store::Tx& tx) {
    return read_secrets(tx, vault, project);
  };
  VOUCH_CO_TRY(request.secrets, co_await store.read(std::move(read_them)));
  request.on_progress = [&job](const Progress& progress) { tell(job, progress); };

  // What a dead try left, and, unless this one comes to its end, what it leaves itself.
  struct Unkept {
    ~Unkept() {
      if (!dir.empty()) remove_tree(dir);
    }
    std::string dir;
  } unkept{request.output_dir};
  remove_tree(request.output_dir);
  EndedRun run{run_id_of(payload), 0, hashes_of(request)};
  auto counted = job.browser_time();
  VOUCH_CO_TRY(auto outcome, co_await runner.run(std::move(request)));
  counted.reset();
  if (!job.job().feature_id) {
    for (TestResult& test : outcome.report.tests) {
      if (test.title_path.size() > 1) test.title = name_in_project(test.title_path[0], test.title);
    }
  }
  if (job.cancelled()) co_return fail(ErrorCode::kCancelled, "The run was cancelled.");
  unkept.dir.clear();
  run.at_ms = SystemClock().now_ms();
  auto earlier = [&row = job.job()](const store::Tx& tx) -> Result<std::vector<store::RunRow>> {
    store::RunFilter filter;
    filter.feature_id = row.feature_id;
    store::Page page;
    page.limit = kRunsCompared;
    VOUCH_TRY(auto list, tx.list_runs(row.project_id, filter, page));
    return std::move(list.items);
  };
  VOUCH_CO_TRY(const std::vector<store::RunRow> before, co_await store.read(std::move(earlier)));
  co_return result_of(outcome, run, before);
}

void keep_start(store::Tx& tx, const store::JobRow& job) {
  auto run = tx.find_run(job.project_id, run_id_of(job.payload));
  if (!run) return;
  run->started_ms = job.started_ms;
  (void)tx.update_run(*run);
}

store::RunStatus status_of(const store::JobRow& job) {
  if (job.state == store::JobState::kCancelled) return store::RunStatus::kCancelled;
  const auto* passed = job.result.if_contains("passed");
  return job.state == store::JobState::kSucceeded && passed && *passed == true
             ? store::RunStatus::kPassed
             : store::RunStatus::kFailed;
}

void keep_end(store::Tx& tx, const store::JobRow& job) {
  auto run = tx.find_run(job.project_id, run_id_of(job.payload));
  if (!run) return;
  run->status = status_of(job);
  run->finished_ms = job.finished_ms;
  if (job.state == store::JobState::kSucceeded) {
    run->digest = object_in(job.result, "digest");
    for (const auto& value : array_in(job.result, "artifacts")) {
      const auto& artifact = value.as_object();
      tx.put_artifact({run->id, text_in(artifact, "kind"), text_in(artifact, "path"),
                       artifact.at("size").as_int64()});
    }
  } else {
    RunOutcome nothing;
    nothing.problem = job.reason;
    run->digest = make_digest(nothing);
    run->digest.erase("artifacts");
    if (job.state == store::JobState::kFailed) {
      run->digest["failures"] = failures_to_json(diagnose(nothing, {}));
    }
  }
  (void)tx.update_run(*run);
}

}  // namespace

std::string name_in_project(std::string_view feature, std::string_view test) {
  return std::string(feature).append(" › ").append(test);
}

engine::JobKind run_job(store::Store& store, Runner& runner, SiteTurns& turns, const Vault& vault,
                        RunJobOptions options) {
  engine::JobKind kind;
  kind.name = kKind;
  kind.concurrency = options.concurrency;
  kind.time_limit_ms = kTimeLimitMs;
  kind.handler = [&store, &runner, &turns, &vault,
                  options = std::move(options)](engine::JobContext& job) {
    return handle(job, store, runner, turns, vault, options);
  };
  kind.on_start = keep_start;
  kind.on_end = keep_end;
  return kind;
}

}  // namespace vouch::runs
