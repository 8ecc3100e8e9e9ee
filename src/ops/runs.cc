// Runs: execute a feature's tests, watch, cancel, and read what came of it.
//
// A run's job has the kind `run` and the payload {runId, featureId, featureName, tag, config,
// siteUrl, specs: [{path, content}], settings}, as it was when it was dispatched. featureId and
// featureName are null in a run of a project, tag is null unless only its scenarios are run. The
// kind's on_start and on_end keep the run's row.
#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <utility>

#include "features/generate/generation.h"
#include "features/gherkin/gherkin.h"
#include "features/write/typescript.h"
#include "ops/change.h"
#include "ops/credits.h"
#include "ops/job_calls.h"
#include "ops/job_events.h"
#include "ops/project_run.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/run_view.h"
#include "ops/services.h"
#include "ops/wire.h"
#include "runs/links.h"
#include "runs/run_job.h"
#include "runs/templates.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
namespace urls = boost::urls;
using boost::asio::awaitable;

constexpr std::string_view kArtifactRoute = "/artifacts/{workspace}/{runId}/{path...}";

// Of the specs of one run; they stand in its job's row.
constexpr std::size_t kSpecsBytesMax = 16 << 20;

constexpr std::string_view kRunBody = R"({
  "config": {"in": "body", "type": ["string", "null"], "maxLength": 100,
    "description": "Which configuration to run with (Default)."},
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the project's configured URL)."}})";

// ---- Dispatch ----

Result<void> check_config(const store::Tx& tx, const store::ProjectRow& project,
                          const std::string& config) {
  const std::string path = "Configurations/" + config + ".config.js";
  if (tx.find_file(project.id, path)) return {};
  if (runs::template_files(project.site_url).contains(path)) return {};
  return fail(ErrorCode::kInvalidRequest,
              "There is no configuration \"" + config + "\": no file " + path + " in the project.",
              {{"member", "config"}});
}

Error not_generated(const store::FeatureRow& feature) {
  Error error{ErrorCode::kConflict,
              "This feature's tests have not been generated. Generate it first."};
  if (feature.status == store::FeatureStatus::kGenerating) {
    error.message = "This feature is generating. Run it when the generation has ended.";
    if (feature.job_id) error.details["requestId"] = *feature.job_id;
  }
  return error;
}

Answer dispatched_answer(const store::RunRow& run) {
  Answer answer;
  answer.status = 202;
  answer.body = json::object{{"runId", run.id}, {"featureId", json::value_from(run.feature_id)}};
  answer.location = "/api/v1/ops/projects/" + run.project_id + "/runs/" + std::to_string(run.id);
  return answer;
}

RunWish wish_of(const Call& call) {
  RunWish wish;
  if (call.has("config")) wish.config = call.text("config");
  wish.site_url = call.optional_text("siteUrl");
  return wish;
}

// A row with what is said of every run.
Result<store::RunRow> new_run(const store::Tx& tx, const RunWish& wish,
                              const store::ProjectRow& project, const std::string& job_id,
                              TimeMs now) {
  store::RunRow run;
  run.project_id = project.id;
  run.job_id = job_id;
  run.config = wish.config;
  run.site_url = wish.site_url.value_or(project.site_url);
  run.created_ms = now;
  VOUCH_TRY_VOID(check_site_url("siteUrl", run.site_url));
  VOUCH_TRY_VOID(check_config(tx, project, run.config));
  return run;
}

json::object spec_json(const store::FeatureRow& feature) {
  return {{"path", features::generate::spec_path(feature.name)}, {"content", *feature.spec}};
}

engine::NewJob run_job(const store::ProjectRow& project, const store::RunRow& run,
                       json::value feature_name, json::array specs) {
  engine::NewJob job;
  job.kind = kRunKind;
  job.workspace_id = project.workspace_id;
  job.project_id = project.id;
  job.feature_id = run.feature_id;
  job.payload["runId"] = run.id;
  job.payload["featureId"] = json::value_from(run.feature_id);
  job.payload["featureName"] = std::move(feature_name);
  job.payload["tag"] = text_or_null(run.tag);
  job.payload["config"] = run.config;
  job.payload["siteUrl"] = run.site_url;
  job.payload["specs"] = std::move(specs);
  job.payload["settings"] = project.settings;
  return job;
}

// Makes the run, in the transaction of its dispatch.
Result<engine::NewJob> begin_run(store::Tx& tx, const Call& call, const std::string& job_id,
                                 const Keeper& keeper, TimeMs now) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  VOUCH_TRY(store::FeatureRow feature, find_feature(tx, project, call.text("feature")));
  VOUCH_TRY(store::RunRow run, new_run(tx, wish_of(call), project, job_id, now));
  run.feature_id = feature.id;
  if (feature.status != store::FeatureStatus::kGenerated || !feature.spec) {
    return std::unexpected(not_generated(feature));
  }
  VOUCH_TRY_VOID(reserve_credits(tx, project, job_id, now));
  run = tx.insert_run(run);
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(run)));
  return run_job(project, run, json::string(feature.name), {spec_json(feature)});
}

// The specs of all features that are generated, or of those that have a test of this tag.
Result<json::array> specs_of(const store::Tx& tx, const std::string& project,
                             const std::string& tag) {
  json::array specs;
  std::size_t bytes = 0;
  store::Page page{.limit = store::kPageLimitMax, .cursor = ""};
  while (true) {
    VOUCH_TRY(store::List<store::FeatureSummary> list, tx.list_features(project, page));
    for (const store::FeatureSummary& summary : list.items) {
      if (summary.status != store::FeatureStatus::kGenerated) continue;
      const auto feature = tx.find_feature(project, summary.id);
      if (!feature || !feature->spec) continue;
      if (!tag.empty() && !feature->spec->contains(features::write::quote(tag))) continue;
      bytes += feature->spec->size();
      specs.push_back(spec_json(*feature));
    }
    if (!list.next_cursor) break;
    page.cursor = *list.next_cursor;
  }
  if (bytes > kSpecsBytesMax) {
    return fail(ErrorCode::kConflict, "The tests of this project have more than " +
                                          std::to_string(kSpecsBytesMax >> 20) +
                                          " MiB together: run them by tag.");
  }
  if (!specs.empty()) return specs;
  return fail(ErrorCode::kConflict,
              tag.empty() ? "No feature of this project is generated. Generate one "
                            "first."
                          : "No generated test of this project has the tag " + tag + ".");
}

Result<engine::NewJob> begin_project_run(store::Tx& tx, const Call& call, const std::string& job_id,
                                         const Keeper& keeper, TimeMs now) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  VOUCH_TRY(PlannedRun planned,
            plan_project_run(tx, project, tag_of(call.text("tag")), wish_of(call), job_id, now));
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(planned.run)));
  return std::move(planned.job);
}

// Dispatches what `begin` plans.
awaitable<Result<Answer>> dispatch_run(Services& services, const Call& call,
                                       decltype(&begin_run) begin) {
  engine::DispatchPlan plan = [call, begin, keeper = Keeper(services, call),
                               now = services.clock.now_ms()](store::Tx& tx,
                                                              const std::string& job_id) {
    return begin(tx, call, job_id, keeper, now);
  };
  VOUCH_CO_TRY(engine::Dispatched dispatched,
               co_await services.engine.dispatch(std::string(kRunKind), std::move(plan)));
  store::RunRow run;
  run.id = dispatched.job.payload.at("runId").as_int64();
  run.project_id = dispatched.job.project_id;
  run.feature_id = dispatched.job.feature_id;
  co_return dispatched_answer(run);
}

awaitable<Result<Answer>> run_feature(Services& services, const Call& call) {
  co_return co_await dispatch_run(services, call, begin_run);
}

awaitable<Result<Answer>> run_project(Services& services, const Call& call) {
  co_return co_await dispatch_run(services, call, begin_project_run);
}

// ---- Reading ----

struct Which {
  std::string workspace_id, project;
  std::int64_t run_id = 0;
};

Which which(const Call& call) {
  return {call.principal.workspace_id, call.text("project"), call.integer("runId").value_or(0)};
}

std::optional<std::string> feature_name(const store::Tx& tx, const store::RunRow& run) {
  if (!run.feature_id) return std::nullopt;
  auto feature = tx.find_feature(run.project_id, *run.feature_id);
  if (!feature) return std::nullopt;
  return std::move(feature->name);
}

Result<RunView> read_run(const store::Tx& tx, const Which& which) {
  VOUCH_TRY_VOID(find_project(tx, which.workspace_id, which.project));
  auto run = tx.find_run(which.project, which.run_id);
  if (!run) return fail(ErrorCode::kNotFound, "No such run in this project.");
  RunView view;
  view.run = std::move(*run);
  view.feature_name = feature_name(tx, view.run);
  view.artifacts = tx.list_artifacts(view.run.id);
  if (auto job = tx.find_job(view.run.job_id)) view.browser_ms = job->browser_ms;
  return view;
}

awaitable<Result<RunView>> load(Services& services, Which which) {
  auto read = [which](const store::Tx& tx) { return read_run(tx, which); };
  co_return co_await services.store.read(std::move(read));
}

awaitable<Result<Answer>> run_answer(Services& services, Which which) {
  VOUCH_CO_TRY(RunView view, co_await load(services, std::move(which)));
  Answer answer;
  answer.body = digest_json(view);
  if (view.run.status == store::RunStatus::kRunning) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> get_run(Services& services, const Call& call) {
  auto its_job = [which = which(call)](const store::Tx& tx) -> Result<std::string> {
    VOUCH_TRY(RunView view, read_run(tx, which));
    return view.run.job_id;
  };
  VOUCH_CO_TRY_VOID(co_await wait_for_job(services, call, std::move(its_job)));
  co_return co_await run_answer(services, which(call));
}

Result<store::RunFilter> filter_of(const store::Tx& tx, const Call& call) {
  store::RunFilter filter;
  if (call.has("feature")) {
    VOUCH_TRY(store::FeatureRow feature, find_feature(tx, call.principal.workspace_id,
                                                      call.text("project"), call.text("feature")));
    filter.feature_id = feature.id;
  }
  if (call.has("status")) filter.status = store::run_status_from(call.text("status"));
  return filter;
}

Result<Answer> read_runs(const store::Tx& tx, const Call& call) {
  VOUCH_TRY_VOID(find_project(tx, call.principal.workspace_id, call.text("project")));
  VOUCH_TRY(store::RunFilter filter, filter_of(tx, call));
  VOUCH_TRY(store::List<store::RunRow> runs,
            tx.list_runs(call.text("project"), filter, page_of(call)));
  json::array items;
  for (store::RunRow& run : runs.items) {
    RunView view;
    view.feature_name = feature_name(tx, run);
    view.run = std::move(run);
    items.push_back(summary_json(view));
  }
  return list_answer(std::move(items), runs.next_cursor);
}

awaitable<Result<Answer>> list_runs(Services& services, const Call& call) {
  auto read = [call](const store::Tx& tx) { return read_runs(tx, call); };
  co_return co_await services.store.read(std::move(read));
}

awaitable<Result<Answer>> stream_run(Services& services, const Call& call) {
  VOUCH_CO_TRY(RunView view, co_await load(services, which(call)));
  co_return co_await stream_job(services, view.run.project_id, view.run.job_id, call.last_event_id);
}

awaitable<Result<Answer>> cancel_run(Services& services, const Call& call) {
  VOUCH_CO_TRY(RunView view, co_await load(services, which(call)));
  const Error ended{ErrorCode::kConflict, "This run has ended."};
  if (view.run.status != store::RunStatus::kRunning) co_return std::unexpected(ended);
  co_return co_await cancel_job(services, call, view.run.job_id, ended);
}

// ---- Artifacts and diagnosis ----

LinkOf link_of(Services& services, const Call& call) {
  return [&services, workspace = call.principal.workspace_id,
          base = call.base_url](const store::ArtifactRow& row) {
    return base + "/artifacts/" + workspace + "/" + std::to_string(row.run_id) + "/" +
           urls::encode(row.path, urls::unreserved_chars + '/') + "?" +
           services.artifacts.links.query(workspace, row.run_id, row.path);
  };
}

awaitable<Result<Answer>> get_run_artifacts(Services& services, const Call& call) {
  VOUCH_CO_TRY(RunView view, co_await load(services, which(call)));
  Answer answer;
  answer.body = artifacts_json(view.artifacts, link_of(services, call));
  co_return answer;
}

std::string content_type(std::string_view path) {
  const std::string_view kind = path.substr(std::min(path.rfind('.'), path.size()));
  if (kind == ".zip") return "application/zip";
  if (kind == ".png") return "image/png";
  if (kind == ".webm") return "video/webm";
  if (kind == ".json") return "application/json";
  if (kind == ".html") return "text/html; charset=utf-8";
  if (kind == ".log" || kind == ".txt") return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

// Needs no key: the link itself is signed.
awaitable<Result<Answer>> read_artifact(Services& services, const Call& call) {
  const std::int64_t run_id = call.integer("runId").value_or(0);
  const std::string path = call.text("path");
  VOUCH_CO_TRY_VOID(services.artifacts.links.verify(call.text("workspace"), run_id, path,
                                                    call.text("expires"), call.text("signature")));
  const std::string folder = services.artifacts.folder_of(run_id);
  VOUCH_CO_TRY(std::string file, runs::artifact_file(folder, path));
  Answer answer;
  answer.file = FileAnswer{file, path, content_type(path)};
  co_return answer;
}

// The scenarios of a feature as it is now, and what stands before their names in a run of several.
struct Scenarios {
  std::string prefix;
  std::vector<features::gherkin::Pickle> pickles;
};

Scenarios scenarios_of(const store::FeatureRow& feature, bool one_of_several) {
  Scenarios scenarios;
  auto document = features::gherkin::parse(feature.gherkin);
  if (!document || !document->feature) return scenarios;
  if (one_of_several) scenarios.prefix = runs::name_in_project(document->feature->name, "");
  auto compiled = features::gherkin::compile(*document);
  if (compiled) scenarios.pickles = std::move(*compiled);
  return scenarios;
}

// The line of a step in the Gherkin as it is now.
json::value current_line(const std::vector<Scenarios>& features, std::string_view scenario,
                         std::string_view step) {
  for (const Scenarios& feature : features) {
    if (!scenario.starts_with(feature.prefix)) continue;
    const std::string_view name = scenario.substr(feature.prefix.size());
    for (const auto& pickle : feature.pickles) {
      if (pickle.name != name && pickle.scenario_name != name) continue;
      for (const auto& candidate : pickle.steps) {
        if (candidate.keyword + " " + candidate.text == step) return candidate.location.line;
      }
    }
  }
  return nullptr;
}

// The failures as they were kept, with the lines of their steps looked up anew.
json::array failures_json(const store::RunRow& run, const std::vector<Scenarios>& features) {
  const json::value* kept = run.digest.if_contains("failures");
  if (kept == nullptr || !kept->is_array()) return {};
  json::array failures = kept->get_array();
  for (json::value& failure : failures) {
    json::object* entry = failure.if_object();
    json::value* step = entry == nullptr ? nullptr : entry->if_contains("step");
    if (step == nullptr || !step->is_object() || !entry->contains("name")) continue;
    const json::value* text = step->get_object().if_contains("text");
    if (text == nullptr || !text->is_string() || !entry->at("name").is_string()) continue;
    step->get_object()["line"] =
        current_line(features, entry->at("name").get_string(), text->get_string());
  }
  return failures;
}

struct Diagnosis {
  RunView view;
  std::optional<std::string> gherkin;  // empty: of several features
  std::vector<Scenarios> features;
  json::array specs;
};

Result<std::vector<Scenarios>> scenarios_of_all(const store::Tx& tx, const std::string& project) {
  std::vector<Scenarios> all;
  store::Page page{.limit = store::kPageLimitMax, .cursor = ""};
  while (true) {
    VOUCH_TRY(store::List<store::FeatureSummary> list, tx.list_features(project, page));
    for (const store::FeatureSummary& summary : list.items) {
      const auto feature = tx.find_feature(project, summary.id);
      if (feature && feature->spec) all.push_back(scenarios_of(*feature, true));
    }
    if (!list.next_cursor) return all;
    page.cursor = *list.next_cursor;
  }
}

Result<Diagnosis> read_diagnosis(const store::Tx& tx, const Which& which) {
  Diagnosis diagnosis;
  VOUCH_TRY(diagnosis.view, read_run(tx, which));
  const store::RunRow& run = diagnosis.view.run;
  if (!run.feature_id) {
    VOUCH_TRY(diagnosis.features, scenarios_of_all(tx, which.project));
  } else if (auto feature = tx.find_feature(which.project, *run.feature_id)) {
    diagnosis.features.push_back(scenarios_of(*feature, false));
    diagnosis.gherkin = std::move(feature->gherkin);
  }
  if (auto job = tx.find_job(run.job_id)) {
    const json::value* specs = job->payload.if_contains("specs");
    if (specs != nullptr && specs->is_array()) diagnosis.specs = specs->get_array();
  }
  return diagnosis;
}

json::object diagnosis_json(const Diagnosis& diagnosis, const LinkOf& link) {
  const store::RunRow& run = diagnosis.view.run;
  const json::object digest = digest_json(diagnosis.view);
  json::object body;
  body["runId"] = run.id;
  body["status"] = digest.at("status");
  body["verdict"] = verdict(run);
  for (std::string_view name :
       {"featureId", "featureName", "config", "siteUrl", "finishedUtc", "summary"}) {
    body[name] = digest.at(name);
  }
  body["failures"] = failures_json(run, diagnosis.features);
  body["gherkin"] = json::value_from(diagnosis.gherkin);
  body["specs"] = diagnosis.specs;
  body["artifacts"] = artifacts_json(diagnosis.view.artifacts, link);
  body["log"] = digest.at("log");
  return body;
}

awaitable<Result<Answer>> diagnose_run(Services& services, const Call& call) {
  auto read = [which = which(call)](const store::Tx& tx) { return read_diagnosis(tx, which); };
  VOUCH_CO_TRY(Diagnosis diagnosis, co_await services.store.read(std::move(read)));
  Answer answer;
  answer.body = diagnosis_json(diagnosis, link_of(services, call));
  co_return answer;
}

// ---- The rows ----

Operation read_row(std::string name, std::string_view tail, Handler handler,
                   std::string description) {
  Operation row;
  row.name = std::move(name);
  row.documented = true;
  row.route = std::string(kRun) + std::string(tail);
  row.parameters = parameters(row.route);
  row.result = schema(R"({"type": "object"})");
  row.surfaces = kRest | kMcp | kCli;
  row.description = std::move(description);
  row.handler = std::move(handler);
  return row;
}

std::vector<Operation> read_rows() {
  std::vector<Operation> rows;
  rows.push_back(read_row("get_run", "", get_run, "A run in short: how each test ended."));
  rows.back().result = results::run_digest();
  rows.back().waits = true;
  rows.back().command = "runs show <run>";
  rows.push_back(read_row("get_run_artifacts", "/artifacts", get_run_artifacts,
                          "Traces, screenshots, videos, reports and logs of a run, as links that "
                          "expire soon."));
  rows.back().result = results::artifacts();
  rows.back().command = "runs artifacts <run>";
  rows.push_back(read_row("diagnose_run", "/diagnosis", diagnose_run,
                          "Everything needed to understand a failed run, in one answer."));
  rows.back().result = results::diagnosis();
  rows.back().command = "runs diagnose <run>";
  rows.push_back(read_row("stream_run", "/events", stream_run,
                          "Every change of a run, as server-sent events."));
  rows.back().documented = false;
  rows.back().streaming = true;
  rows.back().surfaces = kRest;
  rows.push_back(read_row("cancel_run", "/cancel", cancel_run, "Cancel a run in flight."));
  rows.back().documented = false;
  rows.back().method = Method::kPost;
  rows.back().scope = Scope::kGenerate;
  rows.back().effect = Effect::kWrite;
  rows.back().result = results::ok();
  rows.back().command = "runs cancel <run>";
  return rows;
}

Operation run_row() {
  Operation row;
  row.name = "run_feature";
  row.documented = true;
  row.method = Method::kPost;
  row.route = std::string(kFeature) + "/run";
  row.parameters = parameters(row.route, kRunBody);
  row.result = results::run_dispatched();
  row.scope = Scope::kGenerate;
  row.effect = Effect::kDispatch;
  row.surfaces = kRest | kMcp | kCli;
  row.command = "run <feature> [--wait] [--config <config>] [--site-url <url>]";
  row.description = "Execute a feature's tests. Answers at once; follow with get_run.";
  row.handler = run_feature;
  return row;
}

Operation project_run_row() {
  Operation row;
  row.name = "run_project";
  row.method = Method::kPost;
  row.route = std::string(kProject) + "/run";
  row.parameters = parameters(row.route, "{" + std::string(kProjectRunProperties) + "}");
  row.result = results::run_dispatched();
  row.scope = Scope::kGenerate;
  row.effect = Effect::kDispatch;
  row.surfaces = kRest | kMcp | kCli;
  row.command = "run --all [--tag <tag>]";
  row.description =
      "Execute the tests of all features that are generated, or of a tag, as one run. Answers at "
      "once; follow with get_run.";
  row.handler = run_project;
  return row;
}

Operation list_row() {
  std::string properties(kPageProperties);
  properties.pop_back();
  properties += R"(,
    "feature": {"in": "query", "type": "string", "minLength": 1, "description": "Id or name."},
    "status": {"in": "query", "type": "string",
               "enum": ["running", "passed", "failed", "cancelled"]}})";
  Operation row;
  row.name = "list_runs";
  row.documented = true;
  row.route = std::string(kRuns);
  row.parameters = parameters(row.route, properties);
  row.result = results::list(results::run_summary());
  row.surfaces = kRest | kMcp | kCli;
  row.command = "runs list";
  row.description = "The runs of a project, newest first.";
  row.handler = list_runs;
  return row;
}

Operation artifact_row() {
  Operation row;
  row.name = "read_artifact";
  row.route = std::string(kArtifactRoute);
  row.parameters = parameters(row.route, R"({
    "expires": {"in": "query", "type": "string"}, "signature": {"in": "query", "type": "string"}})");
  row.result = schema(R"({"type": "string"})");
  row.scope = Scope::kNone;
  row.surfaces = kRest;
  row.description = "A file of a run, by its signed link.";
  row.handler = read_artifact;
  return row;
}

}  // namespace

std::string tag_of(std::string name) {
  if (!name.empty() && !name.starts_with('@')) name.insert(name.begin(), '@');
  return name;
}

Result<PlannedRun> plan_project_run(store::Tx& tx, const store::ProjectRow& project,
                                    const std::string& tag, const RunWish& wish,
                                    const std::string& job_id, TimeMs now) {
  VOUCH_TRY(store::RunRow run, new_run(tx, wish, project, job_id, now));
  run.tag = tag;
  VOUCH_TRY(json::array specs, specs_of(tx, project.id, run.tag));
  VOUCH_TRY_VOID(reserve_credits(tx, project, job_id, now));
  run = tx.insert_run(run);
  return PlannedRun{run, run_job(project, run, nullptr, std::move(specs))};
}

std::vector<Operation> run_operations() {
  std::vector<Operation> rows;
  rows.push_back(run_row());
  rows.push_back(project_run_row());
  rows.push_back(list_row());
  for (Operation& row : read_rows()) rows.push_back(std::move(row));
  rows.push_back(artifact_row());
  return rows;
}

}  // namespace vouch::ops
