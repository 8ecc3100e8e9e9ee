// Proving: a feature's kept tests are verified and proven again on the site as it is now, and
// nothing of the feature changes.
//
// Its job has the kind `proving` (features/generate/proving.h) and shares its key with the
// feature's generations: one at a time. It is told as a generation is.
#include "features/generate/proving.h"

#include <boost/json/array.hpp>
#include <utility>

#include "ops/generation_status.h"
#include "ops/job_calls.h"
#include "ops/job_events.h"
#include "ops/kept_tests.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using features::generate::kProvingKind;

constexpr std::string_view kProve = "/api/v1/ops/projects/{project}/features/{feature}/prove";
constexpr std::string_view kProving =
    "/api/v1/ops/projects/{project}/features/{feature}/provings/{provingId}";

// How the site is reached is the project's present business; what the test itself says, its reset
// hook and its variables, is as it was written.
json::object settings_of(const json::object& kept, const json::object& present) {
  json::object settings = present;
  for (std::string_view name : {"reset", "variables"}) {
    settings.erase(name);
    if (const json::value* value = kept.if_contains(name)) settings[name] = *value;
  }
  return settings;
}

awaitable<Result<Answer>> prove_feature(Services& services, const Call& call) {
  const KeptTestsJob proving{kProvingKind, "provings", settings_of};
  co_return co_await dispatch_on_kept_tests(services, call, proving);
}

struct Which {
  std::string workspace_id, project, feature, id;
};

Which which(const Call& call) {
  return {call.principal.workspace_id, call.text("project"), call.text("feature"),
          call.text("provingId")};
}

Result<Generation> find_proving(const store::Tx& tx, const Which& which) {
  Generation found;
  VOUCH_TRY(found.feature, find_feature(tx, which.workspace_id, which.project, which.feature));
  found.job = tx.find_job(which.id);
  if (!found.job || found.job->kind != kProvingKind || found.job->feature_id != found.feature.id)
    return fail(ErrorCode::kNotFound, "No such proving of this feature.");
  found.sections = tx.list_sections(which.id);
  if (found.job->state == store::JobState::kQueued)
    found.queue_position = tx.queue_position(which.id);
  return found;
}

awaitable<Result<Generation>> load(Services& services, const Call& call) {
  auto find = [which = which(call)](const store::Tx& tx) { return find_proving(tx, which); };
  co_return co_await services.store.read(std::move(find));
}

awaitable<Result<Answer>> get_proving(Services& services, const Call& call) {
  auto itself = [which = which(call)](const store::Tx& tx) -> Result<std::string> {
    VOUCH_TRY(Generation proving, find_proving(tx, which));
    return proving.job->id;
  };
  VOUCH_CO_TRY_VOID(co_await wait_for_job(services, call, std::move(itself)));
  VOUCH_CO_TRY(Generation proving, co_await load(services, call));
  Answer answer;
  answer.body = status_json(proving);
  answer.body.as_object()["thens"] = proof_json(proving);
  if (store::is_live(proving.job->state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> stream_proving(Services& services, const Call& call) {
  VOUCH_CO_TRY(Generation proving, co_await load(services, call));
  co_return co_await stream_job(services, proving.feature.project_id, proving.job->id,
                                call.last_event_id);
}

awaitable<Result<Answer>> cancel_proving(Services& services, const Call& call) {
  const Error ended{ErrorCode::kConflict, "This proving has ended."};
  VOUCH_CO_TRY(Generation proving, co_await load(services, call));
  co_return co_await cancel_job(services, call, proving.job->id, ended);
}

std::string under(std::string_view tail) { return std::string(kProving).append(tail); }

}  // namespace

std::vector<Operation> proving_operations() {
  std::vector<Operation> rows;
  rows.push_back(
      {.name = "prove_feature",
       .method = Method::kPost,
       .route = std::string(kProve),
       .parameters = parameters(kProve, kKeptTestsBody),
       .result = results::generation_dispatched(),
       .scope = Scope::kGenerate,
       .effect = Effect::kDispatch,
       .surfaces = kRest | kMcp | kCli,
       .command = "prove <feature> [--site-url <url>]",
       .description =
           "Verify a feature's kept test and prove each Then again, on the site as it is "
           "now. Nothing of the feature changes. Answers at once; follow with "
           "get_proving.",
       .handler = prove_feature});
  rows.push_back({.name = "get_proving",
                  .route = std::string(kProving),
                  .parameters = parameters(kProving),
                  .result = results::proving(),
                  .waits = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "provings show <feature> <proving>",
                  .description = "How far a proving is, and how each Then was proven, or is not "
                                 "proven any more.",
                  .handler = get_proving});
  const std::string events = under("/events");
  rows.push_back({.name = "stream_proving",
                  .route = events,
                  .parameters = parameters(events),
                  .result = schema(R"({"type": "object"})"),
                  .streaming = true,
                  .surfaces = kRest,
                  .description = "Every change of a proving, as server-sent events.",
                  .handler = stream_proving});
  const std::string cancel = under("/cancel");
  rows.push_back({.name = "cancel_proving",
                  .method = Method::kPost,
                  .route = cancel,
                  .parameters = parameters(cancel),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "provings cancel <feature> <proving>",
                  .description = "Cancel a proving in flight.",
                  .handler = cancel_proving});
  return rows;
}

}  // namespace vouch::ops
