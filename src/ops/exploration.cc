// Exploration: a walk through the project's site that proposes features, and what becomes of them.
//
// Its job has the kind `exploration`; a project has at most one in flight.
#include "features/explore/exploration.h"

#include <boost/json/array.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/credits.h"
#include "ops/generation_status.h"
#include "ops/job_calls.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kExplore = "/api/v1/ops/projects/{project}/explore";
constexpr std::string_view kExploration =
    "/api/v1/ops/projects/{project}/explorations/{explorationId}";

constexpr std::string_view kExploreBody = R"({
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the project's configured URL)."}})";

Answer dispatched_answer(const std::string& project_id, const std::string& id) {
  Answer answer;
  answer.status = 202;
  answer.body = json::object{{"requestId", id}};
  answer.location = "/api/v1/ops/projects/" + project_id + "/explorations/" + id;
  return answer;
}

Result<engine::NewJob> begin_exploration(store::Tx& tx, const Call& call, const std::string& job_id,
                                         const Keeper& keeper, TimeMs now) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  const std::string site = call.optional_text("siteUrl").value_or(project.site_url);
  VOUCH_TRY_VOID(check_site_url("siteUrl", site));
  VOUCH_TRY_VOID(reserve_credits(tx, project, job_id, now));
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(project.id, job_id)));
  engine::NewJob job;
  job.kind = features::explore::kExplorationKind;
  job.key = "exploration:" + project.id;
  job.workspace_id = project.workspace_id;
  job.project_id = project.id;
  job.busy_message = "This project is being explored already.";
  job.payload["siteUrl"] = site;
  job.payload["settings"] = project.settings;
  return job;
}

awaitable<Result<Answer>> explore(Services& services, const Call& call) {
  engine::DispatchPlan plan = [call, keeper = Keeper(services, call),
                               now = services.clock.now_ms()](store::Tx& tx,
                                                              const std::string& job_id) {
    return begin_exploration(tx, call, job_id, keeper, now);
  };
  auto dispatched = co_await services.engine.dispatch(
      std::string(features::explore::kExplorationKind), std::move(plan));
  if (!dispatched) co_return std::unexpected(with_request(std::move(dispatched).error()));
  co_return dispatched_answer(dispatched->job.project_id, dispatched->job.id);
}

struct Which {
  std::string workspace_id, project, id;
};

Which which(const Call& call) {
  return {call.principal.workspace_id, call.text("project"), call.text("explorationId")};
}

Result<store::JobRow> find_exploration(const store::Tx& tx, const Which& which) {
  VOUCH_TRY_VOID(find_project(tx, which.workspace_id, which.project));
  auto job = tx.find_job(which.id);
  const bool is_ours =
      job && job->project_id == which.project && job->kind == features::explore::kExplorationKind;
  if (!is_ours) return fail(ErrorCode::kNotFound, "No such exploration in this project.");
  return *std::move(job);
}

awaitable<Result<store::JobRow>> load(Services& services, const Call& call) {
  auto find = [which = which(call)](const store::Tx& tx) { return find_exploration(tx, which); };
  co_return co_await services.store.read(std::move(find));
}

json::object to_json(const store::JobRow& job) {
  const json::value* pages = job.result.if_contains("pages");
  const json::value* suggestions = job.result.if_contains("suggestions");
  json::object body;
  body["requestId"] = job.id;
  body["status"] = overall_status(job.state);
  body["conclusion"] = overall_conclusion(job.state);
  body["stage"] = text_or_null(job.stage);
  body["statusReason"] = text_or_null(job.reason);
  body["pages"] = pages == nullptr ? json::value() : *pages;
  body["suggestions"] = suggestions == nullptr ? json::array() : *suggestions;
  body["createdUtc"] = to_utc(job.created_ms);
  body["finishedUtc"] = utc_or_null(job.finished_ms);
  body["creditsUsed"] = credits_of(job.browser_ms);
  return body;
}

awaitable<Result<Answer>> exploration_answer(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::JobRow job, co_await load(services, call));
  Answer answer;
  answer.body = to_json(job);
  if (store::is_live(job.state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> get_exploration(Services& services, const Call& call) {
  auto itself = [which = which(call)](const store::Tx& tx) -> Result<std::string> {
    VOUCH_TRY(store::JobRow job, find_exploration(tx, which));
    return job.id;
  };
  VOUCH_CO_TRY_VOID(co_await wait_for_job(services, call, std::move(itself)));
  co_return co_await exploration_answer(services, call);
}

awaitable<Result<Answer>> cancel_exploration(Services& services, const Call& call) {
  const Error ended{ErrorCode::kConflict, "This exploration has ended."};
  VOUCH_CO_TRY(store::JobRow job, co_await load(services, call));
  co_return co_await cancel_job(services, call, job.id, ended);
}

// ---- What becomes of a suggestion ----

Result<store::FeatureRow> find_suggestion(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(store::FeatureRow feature, find_feature(tx, call.principal.workspace_id,
                                                    call.text("project"), call.text("feature")));
  if (feature.kind != store::FeatureKind::kSuggestion) {
    return fail(ErrorCode::kConflict, "This feature is no suggestion.");
  }
  if (feature.status == store::FeatureStatus::kGenerating) {
    return fail(ErrorCode::kConflict, "This suggestion is generating: wait, or cancel it first.");
  }
  return feature;
}

awaitable<Result<Answer>> accept_suggestion(Services& services, const Call& call) {
  auto accept = [call, now = services.clock.now_ms()](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::FeatureRow feature, find_suggestion(tx, call));
    feature.kind = store::FeatureKind::kFeature;
    feature.updated_ms = now;
    VOUCH_TRY_VOID(tx.update_feature(std::move(feature)));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(accept));
}

awaitable<Result<Answer>> dismiss_suggestion(Services& services, const Call& call) {
  auto dismiss = [call](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::FeatureRow feature, find_suggestion(tx, call));
    VOUCH_TRY_VOID(tx.delete_feature(feature.id));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(dismiss));
}

Operation suggestion_row(std::string name, std::string_view tail, std::string description,
                         Handler handler) {
  Operation row;
  row.name = std::move(name);
  row.method = Method::kPost;
  row.route = std::string(kFeature).append(tail);
  row.parameters = parameters(row.route);
  row.result = results::ok();
  row.scope = Scope::kWrite;
  row.effect = Effect::kWrite;
  row.surfaces = kRest | kMcp | kCli;
  row.description = std::move(description);
  row.handler = std::move(handler);
  return row;
}

}  // namespace

std::vector<Operation> exploration_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "explore_site",
                  .method = Method::kPost,
                  .route = std::string(kExplore),
                  .parameters = parameters(kExplore, kExploreBody),
                  .result = results::exploration_dispatched(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kDispatch,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "explore [--site-url <url>]",
                  .description = "Walk through the site, following links alone, and propose "
                                 "features. Answers at once; follow with get_exploration.",
                  .handler = explore});
  rows.push_back({.name = "get_exploration",
                  .route = std::string(kExploration),
                  .parameters = parameters(kExploration),
                  .result = results::exploration(),
                  .waits = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "explorations show <exploration>",
                  .description = "How far an exploration is, and what it proposed.",
                  .handler = get_exploration});
  const std::string cancel = std::string(kExploration) + "/cancel";
  rows.push_back({.name = "cancel_exploration",
                  .method = Method::kPost,
                  .route = cancel,
                  .parameters = parameters(cancel),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "explorations cancel <exploration>",
                  .description = "Cancel an exploration in flight.",
                  .handler = cancel_exploration});
  rows.push_back(suggestion_row("accept_suggestion", "/accept",
                                "Make a suggestion a feature like any other.", accept_suggestion));
  rows.back().command = "features accept <feature>";
  rows.push_back(
      suggestion_row("dismiss_suggestion", "/dismiss", "Delete a suggestion.", dismiss_suggestion));
  rows.back().command = "features dismiss <feature>";
  rows.back().destructive = true;
  return rows;
}

}  // namespace vouch::ops
