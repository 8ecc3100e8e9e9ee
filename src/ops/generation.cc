// Generation: dispatch it, watch it, wait for it, cancel it, read its proof.
//
// Its job has the kind `generation` and the payload {featureId, featureName, siteUrl, onAmbiguity,
// gherkin, settings, files?}, all as they were when it was dispatched, and what the engine adds of
// questions. Its sections are those of feature_text.h. The kind's on_end sets the feature's status.
#include <boost/json/array.hpp>
#include <utility>

#include "base/base64.h"
#include "ops/change.h"
#include "ops/credits.h"
#include "ops/feature_text.h"
#include "ops/generation_status.h"
#include "ops/job_calls.h"
#include "ops/job_events.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kKind = "generation";
constexpr std::string_view kBusy = "This feature is already generating.";

constexpr std::string_view kGenerateBody = R"({
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the project's configured URL)."},
  "onAmbiguity": {"in": "body", "type": "string", "enum": ["fail", "guess", "ask"],
    "default": "fail", "description": "What to do where a step names several things: fail, take the first and say so, or wait for an answer (respond_to_generation)."},
  "files": {"in": "body", "type": "object", "maxProperties": 10,
    "additionalProperties": {"type": "string", "maxLength": 350000},
    "description": "Files that steps upload, in base64, by the names that the steps give them; at most 256 KiB each. What is not among them is made up."}})";

constexpr std::string_view kRespondBody = R"({
  "response": {"in": "body", "type": ["string", "object"],
    "description": "The value of a candidate; where several questions are asked, an object of them by the question's id."}})";

std::string job_key(std::int64_t feature_id) { return "generation:" + std::to_string(feature_id); }

Error already_generating(std::string_view request_id) {
  return {ErrorCode::kConflict, std::string(kBusy), {{"requestId", request_id}}};
}

Error no_scenarios() {
  return {ErrorCode::kConflict,
          "This feature has no scenarios, so there is nothing to generate. Add one first.",
          {{"reason", "no_scenarios"}}};
}

engine::NewJob generation_job(const Call& call, const store::ProjectRow& project,
                              const store::FeatureRow& feature, const std::string& site,
                              FeatureText text) {
  engine::NewJob job;
  job.kind = kKind;
  job.key = job_key(feature.id);
  job.workspace_id = project.workspace_id;
  job.project_id = project.id;
  job.feature_id = feature.id;
  job.sections = std::move(text.sections);
  job.busy_message = kBusy;
  job.payload["featureId"] = feature.id;
  job.payload["featureName"] = feature.name;
  job.payload["siteUrl"] = site;
  job.payload["onAmbiguity"] = call.optional_text("onAmbiguity").value_or("fail");
  job.payload["gherkin"] = feature.gherkin;
  job.payload["settings"] = project.settings;
  if (call.has("files")) job.payload["files"] = call.params.at("files");
  return job;
}

Result<void> check_files(const Call& call) {
  if (!call.has("files")) return {};
  for (const auto& [name, content] : call.params.at("files").as_object()) {
    if (from_base64(content.as_string())) continue;
    return fail(ErrorCode::kInvalidRequest,
                "The file \"" + std::string(name) + "\" is not in base64.",
                {{"member", "files." + std::string(name)}});
  }
  return {};
}

Answer dispatched_answer(const std::string& project_id, std::int64_t feature_id,
                         const std::string& request_id) {
  Answer answer;
  answer.status = 202;
  answer.body = json::object{{"requestId", request_id}, {"featureId", feature_id}};
  answer.location = feature_path(project_id, feature_id) + "/generation";
  return answer;
}

// Locks the feature for the job, in the transaction of its dispatch.
Result<engine::NewJob> begin_generation(store::Tx& tx, const Call& call, const std::string& job_id,
                                        FeatureTexts& texts, const Keeper& keeper, TimeMs now) {
  const std::string& workspace = call.principal.workspace_id;
  VOUCH_TRY(store::ProjectRow project, find_project(tx, workspace, call.text("project")));
  VOUCH_TRY(store::FeatureRow feature, find_feature(tx, project, call.text("feature")));
  if (feature.status == store::FeatureStatus::kGenerating) {
    return std::unexpected(already_generating(feature.job_id.value_or("")));
  }
  VOUCH_TRY(FeatureText text, texts.read(feature.gherkin));
  if (text.scenarios == 0) return std::unexpected(no_scenarios());
  const std::string site = call.optional_text("siteUrl").value_or(project.site_url);
  VOUCH_TRY_VOID(check_site_url("siteUrl", site));
  VOUCH_TRY_VOID(check_files(call));
  VOUCH_TRY_VOID(reserve_credits(tx, project, job_id, now));
  feature.status = store::FeatureStatus::kGenerating;
  feature.job_id = job_id;
  feature.updated_ms = now;
  VOUCH_TRY_VOID(tx.update_feature(feature));
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(project.id, feature.id, job_id)));
  return generation_job(call, project, feature, site, std::move(text));
}

awaitable<Result<Answer>> generate_feature(Services& services, const Call& call) {
  engine::DispatchPlan plan = [call, &texts = services.texts, keeper = Keeper(services, call),
                               now = services.clock.now_ms()](store::Tx& tx,
                                                              const std::string& job_id) {
    return begin_generation(tx, call, job_id, texts, keeper, now);
  };
  auto dispatched = co_await services.engine.dispatch(std::string(kKind), std::move(plan));
  if (!dispatched) co_return std::unexpected(with_request(std::move(dispatched).error()));
  const store::JobRow& job = dispatched->job;
  co_return dispatched_answer(job.project_id, *job.feature_id, job.id);
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

awaitable<Result<Answer>> status_answer(Services& services, What what) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, std::move(what)));
  Answer answer;
  answer.body = status_json(generation);
  if (generation.job && store::is_live(generation.job->state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> get_generation_status(Services& services, const Call& call) {
  auto latest = [what = what(call)](const store::Tx& tx) -> Result<std::string> {
    VOUCH_TRY(store::FeatureRow feature,
              find_feature(tx, what.workspace_id, what.project, what.feature));
    return feature.job_id.value_or("");
  };
  VOUCH_CO_TRY_VOID(co_await wait_for_job(services, call, std::move(latest)));
  co_return co_await status_answer(services, what(call));
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
  co_return co_await cancel_job(services, call, generation.job->id, not_generating);
}

// The key of the candidate that an answer names by its value.
Result<json::string> key_of(const json::object& question, const json::value& answer) {
  std::string values;
  for (const json::value& candidate : question.at("candidates").as_array()) {
    if (candidate.at("value") == answer) return candidate.at("key").as_string();
    values += (values.empty() ? "" : ", ") + std::string(candidate.at("value").as_string());
  }
  const std::string id(question.at("id").as_string());
  return fail(ErrorCode::kInvalidRequest,
              "The answer to `" + id + "` must be one of its candidates: " + values + ".",
              {{"member", "response"}, {"question", id}});
}

// Every question of the waiting job must be answered.
Result<json::object> read_answers(const store::JobRow& job, const json::value& response) {
  const json::array& questions = job.payload.at("questions").as_array();
  json::object answers;
  for (const json::value& value : questions) {
    const json::object& question = value.as_object();
    const json::string& id = question.at("id").as_string();
    const json::value* answer = &response;
    if (response.is_object()) {
      answer = response.get_object().if_contains(id);
    } else if (questions.size() > 1) {
      answer = nullptr;
    }
    if (answer == nullptr) {
      return fail(ErrorCode::kInvalidRequest,
                  "`response` must answer each question by its id: `" + std::string(id) +
                      "` has no answer.",
                  {{"member", "response"}, {"question", id}});
    }
    VOUCH_TRY(answers[id], key_of(question, *answer));
  }
  return answers;
}

awaitable<Result<Answer>> respond_to_generation(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  if (!generation.job || !store::is_live(generation.job->state)) {
    co_return fail(ErrorCode::kConflict, "This feature is not generating.");
  }
  engine::AnswerPlan plan = [response = call.params.at("response"),
                             keeper = Keeper(services, call)](
                                store::Tx& tx, const store::JobRow& job) -> Result<json::object> {
    VOUCH_TRY(json::object answers, read_answers(job, response));
    VOUCH_TRY_VOID(keeper.keep(tx, ok_answer()));
    return answers;
  };
  VOUCH_CO_TRY_VOID(co_await services.engine.answer(generation.job->id, std::move(plan)));
  co_return ok_answer();
}

awaitable<Result<Answer>> get_proof(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation generation, co_await load(services, what(call)));
  co_return list_answer(proof_json(generation));
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
                  .result = results::generation_status(),
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
                  .result = results::generation_log(),
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
                  .result = results::list(results::proof()),
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
                  .result = results::generation_dispatched(),
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
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generation cancel <feature>",
                  .description = "Cancel a feature's generation in flight.",
                  .handler = cancel_generation});
  const std::string respond = under("/generation/respond");
  rows.push_back({.name = "respond_to_generation",
                  .method = Method::kPost,
                  .route = respond,
                  .parameters = parameters(respond, kRespondBody, {"response"}),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "generation respond <feature> --response <value>",
                  .description = "Answer what a generation asks while it waits: `clarification` in "
                                 "its status.",
                  .handler = respond_to_generation});
  return rows;
}

}  // namespace vouch::ops
