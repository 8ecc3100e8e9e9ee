// Generation: dispatch it, watch it, wait for it, cancel it, read its proof.
//
// Its job has the kind `generation` and the payload {featureId, featureName, siteUrl, onAmbiguity,
// gherkin, settings}, all as they were when it was dispatched. Its sections are those of
// feature_text.h. The kind's on_end sets the feature's status.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/feature_text.h"
#include "ops/generation_status.h"
#include "ops/idempotency.h"
#include "ops/job_events.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kKind = "generation";
constexpr std::string_view kBusy = "This feature is already generating.";
constexpr std::chrono::seconds kRetryAfter{3};

constexpr std::string_view kGenerateBody = R"({
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the project's configured URL)."},
  "onAmbiguity": {"in": "body", "type": "string", "enum": ["fail", "guess"], "default": "fail",
    "description": "What to do where a step has two readings."}})";

constexpr std::string_view kStatusResult = R"({
  "type": "object", "required": ["featureId", "featureName", "featureStatus"],
  "properties": {
    "featureId": {"type": "integer"}, "featureName": {"type": "string"},
    "featureStatus": {"enum": ["draft", "generating", "generated", "failed", "cancelled"]},
    "requestId": {"type": "string"}, "runnerStarted": {"type": "boolean"},
    "overallStatus": {"enum": ["queued", "in_progress", "completed"]},
    "overallConclusion": {"enum": [null, "success", "failure", "cancelled", "skipped"]},
    "updatedUtc": {"type": "string"}, "sections": {"type": "array"}}})";

std::string job_key(std::int64_t feature_id) { return "generation:" + std::to_string(feature_id); }

Error already_generating(std::string_view request_id) {
  return {ErrorCode::kConflict, std::string(kBusy), {{"requestId", request_id}}};
}

Error no_scenarios() {
  return {ErrorCode::kConflict,
          "This feature has no scenarios, so there is nothing to generate. Add one first.",
          {{"reason", "no_scenarios"}}};
}

struct GeneratePlan {
  engine::NewJob job;
  store::FeatureRow feature;
};

// What is to be dispatched. The extra of the dispatch looks again at what may change meanwhile.
Result<GeneratePlan> plan_generation(const store::Tx& tx, const Call& call) {
  const std::string& workspace = call.principal.workspace_id;
  VOUCH_TRY(store::ProjectRow project, find_project(tx, workspace, call.text("project")));
  GeneratePlan plan;
  VOUCH_TRY(plan.feature, find_feature(tx, workspace, project.id, call.text("feature")));
  VOUCH_TRY(FeatureText text, read_feature_text(plan.feature.gherkin));
  if (text.scenarios == 0) return std::unexpected(no_scenarios());
  const std::string site = call.optional_text("siteUrl").value_or(project.site_url);
  VOUCH_TRY_VOID(check_site_url("siteUrl", site));
  engine::NewJob& job = plan.job;
  job.kind = kKind;
  job.key = job_key(plan.feature.id);
  job.workspace_id = workspace;
  job.project_id = project.id;
  job.feature_id = plan.feature.id;
  job.sections = std::move(text.sections);
  job.busy_message = kBusy;
  job.payload["featureId"] = plan.feature.id;
  job.payload["featureName"] = plan.feature.name;
  job.payload["siteUrl"] = site;
  job.payload["onAmbiguity"] = call.optional_text("onAmbiguity").value_or("fail");
  job.payload["gherkin"] = plan.feature.gherkin;
  job.payload["settings"] = project.settings;
  return plan;
}

Answer dispatched_answer(const store::FeatureRow& feature, const std::string& request_id) {
  Answer answer;
  answer.status = 202;
  answer.body = json::object{{"requestId", request_id}, {"featureId", feature.id}};
  answer.location = feature_path(feature) + "/generation";
  return answer;
}

awaitable<Result<Answer>> generate_feature(Services& services, const Call& call) {
  auto make_plan = [call](const store::Tx& tx) { return plan_generation(tx, call); };
  VOUCH_CO_TRY(GeneratePlan plan, co_await services.store.read(std::move(make_plan)));
  engine::DispatchExtra begin = [planned = plan.feature, keeper = Keeper(services, call),
                                 now = services.clock.now_ms()](
                                    store::Tx& tx, store::JobRow& job) -> Result<void> {
    auto feature = tx.find_feature(planned.project_id, planned.id);
    if (!feature) return fail(ErrorCode::kNotFound, "No such feature in this project.");
    if (feature->status == store::FeatureStatus::kGenerating) {
      return std::unexpected(already_generating(feature->job_id.value_or("")));
    }
    if (feature->gherkin_hash != planned.gherkin_hash) {
      return fail(ErrorCode::kConflict, "The feature was changed just now. Ask again.");
    }
    feature->status = store::FeatureStatus::kGenerating;
    feature->job_id = job.id;
    feature->updated_ms = now;
    VOUCH_TRY_VOID(tx.update_feature(*feature));
    return keeper.keep(tx, dispatched_answer(*feature, job.id));
  };
  auto dispatched = co_await services.engine.dispatch(std::move(plan.job), std::move(begin));
  if (!dispatched) {
    Error error = std::move(dispatched).error();
    // The engine names a job; on the wire it is a request.
    if (const json::value* job = error.details.if_contains("jobId")) {
      error = already_generating(std::string_view(job->as_string()));
    }
    co_return std::unexpected(std::move(error));
  }
  co_return dispatched_answer(plan.feature, dispatched->job.id);
}

struct What {
  std::string workspace_id, project, feature;
  bool with_log = false;
};

What what(const Call& call) {
  return {call.principal.workspace_id, call.text("project"), call.text("feature")};
}

Result<Generation> read_generation(const store::Tx& tx, const What& what) {
  Generation generation;
  VOUCH_TRY(generation.feature, find_feature(tx, what.workspace_id, what.project, what.feature));
  if (!generation.feature.job_id) return generation;
  generation.job = tx.find_job(*generation.feature.job_id);
  if (!generation.job) return generation;
  generation.sections = tx.list_sections(generation.job->id);
  if (generation.job->state == store::JobState::kQueued) {
    generation.queue_position = tx.queue_position(generation.job->id);
  }
  if (what.with_log) generation.log = tx.list_log_lines(generation.job->id);
  return generation;
}

awaitable<Result<Generation>> load(Services& services, What what) {
  auto read = [what](const store::Tx& tx) { return read_generation(tx, what); };
  co_return co_await services.store.read(std::move(read));
}

awaitable<Result<Answer>> get_generation_status(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  if (call.wait && generation.job && store::is_live(generation.job->state)) {
    VOUCH_CO_TRY_VOID(co_await services.engine.wait_for_end(generation.job->id, *call.wait));
    VOUCH_CO_TRY(generation, co_await load(services, what(call)));
  }
  Answer answer;
  answer.body = status_json(generation);
  if (generation.job && store::is_live(generation.job->state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> get_generation_log(Services& services, const Call& call) {
  What wanted = what(call);
  wanted.with_log = true;
  VOUCH_CO_TRY(Generation generation, co_await load(services, wanted));
  Answer answer;
  answer.body = log_json(generation);
  co_return answer;
}

awaitable<Result<Answer>> stream_generation(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  if (!generation.job) {
    co_return fail(ErrorCode::kConflict, "This feature has never been generated.");
  }
  co_return co_await stream_job(services, generation.feature.project_id, generation.job->id,
                                call.last_event_id);
}

awaitable<Result<Answer>> cancel_generation(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  const Error not_generating{ErrorCode::kConflict, "This feature is not generating."};
  if (!generation.job || !store::is_live(generation.job->state)) {
    co_return std::unexpected(not_generating);
  }
  auto cancelled = co_await services.engine.cancel(generation.job->id);
  if (!cancelled && cancelled.error().code == ErrorCode::kConflict) {
    co_return std::unexpected(not_generating);
  }
  VOUCH_CO_TRY_VOID(std::move(cancelled));
  VOUCH_CO_TRY_VOID(co_await keep_answer(services, call, ok_answer()));
  co_return ok_answer();
}

awaitable<Result<Answer>> get_proof(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  Answer answer;
  answer.body = json::object{{"items", proof_json(generation)}, {"nextCursor", nullptr}};
  co_return answer;
}

std::string under(std::string_view tail) { return std::string(kFeature) + std::string(tail); }

std::vector<Operation> status_operations() {
  std::vector<Operation> rows;
  const std::string status = under("/generation");
  rows.push_back({.name = "get_generation_status",
                  .documented = true,
                  .method = Method::kGet,
                  .route = status,
                  .parameters = parameters(status),
                  .result = schema(kStatusResult),
                  .scope = Scope::kRead,
                  .waits = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generation status <feature>",
                  .description = "The lifecycle status of a feature and the live progress of its "
                                 "latest generation.",
                  .handler = get_generation_status});
  const std::string log = under("/generation/log");
  rows.push_back({.name = "get_generation_log",
                  .documented = true,
                  .method = Method::kGet,
                  .route = log,
                  .parameters = parameters(log),
                  .result = schema(R"({"type": "object"})"),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generation log <feature>",
                  .description = "What the latest generation did, section by section.",
                  .handler = get_generation_log});
  const std::string events = under("/generation/events");
  rows.push_back({.name = "stream_generation",
                  .method = Method::kGet,
                  .route = events,
                  .parameters = parameters(events),
                  .result = schema(R"({"type": "object"})"),
                  .scope = Scope::kRead,
                  .streaming = true,
                  .surfaces = kRest,
                  .description = "Every change of the latest generation, as server-sent events.",
                  .handler = stream_generation});
  const std::string proof = under("/proof");
  rows.push_back({.name = "get_proof",
                  .method = Method::kGet,
                  .route = proof,
                  .parameters = parameters(proof),
                  .result = schema(R"({"type": "object"})"),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "proof <feature>",
                  .description = "How each Then of the latest generation was proven.",
                  .handler = get_proof});
  return rows;
}

}  // namespace

std::vector<Operation> generation_operations() {
  std::vector<Operation> rows;
  const std::string generate = under("/generate");
  rows.push_back({.name = "generate_feature",
                  .documented = true,
                  .method = Method::kPost,
                  .route = generate,
                  .parameters = parameters(generate, kGenerateBody),
                  .result = schema(R"({"type": "object", "required": ["requestId", "featureId"]})"),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kDispatch,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generate <feature> [--watch] [--site-url <url>]",
                  .description = "Generate and prove a feature's tests. Answers at once; follow "
                                 "with get_generation_status.",
                  .handler = generate_feature});
  for (Operation& row : status_operations()) rows.push_back(std::move(row));
  const std::string cancel = under("/generation/cancel");
  rows.push_back({.name = "cancel_generation",
                  .documented = true,
                  .method = Method::kPost,
                  .route = cancel,
                  .parameters = parameters(cancel),
                  .result = schema(kOkResult),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generation cancel <feature>",
                  .description = "Cancel a feature's generation in flight.",
                  .handler = cancel_generation});
  return rows;
}

}  // namespace vouch::ops
