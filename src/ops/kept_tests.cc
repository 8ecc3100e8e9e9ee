#include "ops/kept_tests.h"

#include <utility>

#include "ops/change.h"
#include "ops/credits.h"
#include "ops/feature_text.h"
#include "ops/job_calls.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

Answer dispatched_answer(const std::string& project_id, std::int64_t feature_id,
                         const std::string& request_id, std::string_view noun) {
  Answer answer;
  answer.status = 202;
  answer.body = json::object{{"requestId", request_id}, {"featureId", feature_id}};
  answer.location =
      feature_path(project_id, feature_id) + "/" + std::string(noun) + "/" + request_id;
  return answer;
}

// The job whose tests are kept: they were proven, and are of the Gherkin as it is now.
Result<store::JobRow> find_proven(const store::Tx& tx, const store::FeatureRow& feature) {
  std::optional<store::JobRow> job;
  if (feature.job_id) job = tx.find_job(*feature.job_id);
  if (!job) {
    return fail(ErrorCode::kConflict,
                "This feature has never been generated, so no test of it is kept: generate it "
                "first.");
  }
  if (store::is_live(job->state)) {
    return fail(ErrorCode::kConflict, "This feature is generating: wait, or cancel it first.",
                {{"requestId", job->id}});
  }
  if (job->state != store::JobState::kSucceeded || !feature.spec ||
      !feature.generated_gherkin_hash) {
    return fail(ErrorCode::kConflict,
                "The latest generation of this feature did not prove every scenario, so no whole "
                "test of it is kept: mend what it tells, and generate it again.");
  }
  if (feature.stale()) {
    return fail(ErrorCode::kConflict,
                "The Gherkin has changed since this feature's tests were generated: generate it "
                "again.");
  }
  return *std::move(job);
}

Result<engine::NewJob> begin(store::Tx& tx, const Call& call, const KeptTestsJob& what,
                             const std::string& job_id, FeatureTexts& texts, const Keeper& keeper,
                             TimeMs now) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  VOUCH_TRY(store::FeatureRow feature, find_feature(tx, project, call.text("feature")));
  VOUCH_TRY(store::JobRow proven, find_proven(tx, feature));
  const std::string site =
      call.optional_text("siteUrl").value_or(std::string(proven.payload.at("siteUrl").as_string()));
  VOUCH_TRY_VOID(check_site_url("siteUrl", site));
  VOUCH_TRY(FeatureText text, texts.read(feature.gherkin));
  VOUCH_TRY_VOID(reserve_credits(tx, project, job_id, now));
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(project.id, feature.id, job_id, what.noun)));
  engine::NewJob job;
  job.kind = what.kind;
  job.key = proven.key;
  job.workspace_id = project.workspace_id;
  job.project_id = project.id;
  job.feature_id = feature.id;
  job.sections = std::move(text.sections);
  job.busy_message = "This feature is being healed or proven already.";
  job.payload = proven.payload;
  job.payload.erase("questions");
  job.payload["of"] = proven.id;
  job.payload["siteUrl"] = site;
  job.payload["onAmbiguity"] = "fail";
  job.payload["gherkin"] = feature.gherkin;
  job.payload["settings"] =
      what.settings(proven.payload.at("settings").as_object(), project.settings);
  return job;
}

}  // namespace

awaitable<Result<Answer>> dispatch_on_kept_tests(Services& services, const Call& call,
                                                 KeptTestsJob what) {
  engine::DispatchPlan plan = [call, what, &texts = services.texts, keeper = Keeper(services, call),
                               now = services.clock.now_ms()](store::Tx& tx,
                                                              const std::string& job_id) {
    return begin(tx, call, what, job_id, texts, keeper, now);
  };
  auto dispatched = co_await services.engine.dispatch(std::string(what.kind), std::move(plan));
  if (!dispatched) co_return std::unexpected(with_request(std::move(dispatched).error()));
  const store::JobRow& job = dispatched->job;
  co_return dispatched_answer(job.project_id, *job.feature_id, job.id, what.noun);
}

}  // namespace vouch::ops
