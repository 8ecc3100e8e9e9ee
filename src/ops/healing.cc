// Healing: a feature's proven tests are made to fit a site that has changed; what comes of it is an
// offer, and the feature stays as it is until somebody applies it.
//
// Its job has the kind `healing` (features/generate/healing.h) and shares its key with the
// feature's generations: one at a time. An offer that is applied becomes the feature's latest
// generation.
#include "features/generate/healing.h"

#include <boost/json/array.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/credits.h"
#include "ops/generation_status.h"
#include "ops/job_calls.h"
#include "ops/kept_tests.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using features::generate::kHealingKind;

constexpr std::string_view kHeal = "/api/v1/ops/projects/{project}/features/{feature}/heal";
constexpr std::string_view kHealing =
    "/api/v1/ops/projects/{project}/features/{feature}/healings/{healingId}";

// The test that is offered is written with what the project says now.
json::object settings_of(const json::object&, const json::object& present) { return present; }

awaitable<Result<Answer>> heal_feature(Services& services, const Call& call) {
  const KeptTestsJob healing{kHealingKind, "healings", settings_of};
  co_return co_await dispatch_on_kept_tests(services, call, healing);
}

struct Healing {
  store::FeatureRow feature;
  store::JobRow job;
  std::vector<store::SectionRow> sections;
};

struct Which {
  std::string workspace_id, project, feature, id;
};

Which which(const Call& call) {
  return {call.principal.workspace_id, call.text("project"), call.text("feature"),
          call.text("healingId")};
}

Result<Healing> find_healing(const store::Tx& tx, const Which& which) {
  Healing found;
  VOUCH_TRY(found.feature, find_feature(tx, which.workspace_id, which.project, which.feature));
  auto job = tx.find_job(which.id);
  if (!job || job->kind != kHealingKind || job->feature_id != found.feature.id)
    return fail(ErrorCode::kNotFound, "No such healing of this feature.");
  found.job = *std::move(job);
  found.sections = tx.list_sections(found.job.id);
  return found;
}

awaitable<Result<Healing>> load(Services& services, const Call& call) {
  auto find = [which = which(call)](const store::Tx& tx) { return find_healing(tx, which); };
  co_return co_await services.store.read(std::move(find));
}

bool is_applied(const Healing& healing) { return healing.feature.job_id == healing.job.id; }

json::object to_json(const Healing& healing) {
  const store::JobRow& job = healing.job;
  const auto result = [&](std::string_view name, const json::value& otherwise) {
    const json::value* value = job.result.if_contains(name);
    return value == nullptr ? otherwise : *value;
  };
  json::array sections;
  for (const store::SectionRow& section : healing.sections)
    sections.push_back(section_json(section));
  return {{"requestId", job.id},
          {"featureId", healing.feature.id},
          {"status", overall_status(job.state)},
          {"conclusion", result("failed", 0) == 0 ? overall_conclusion(job.state) : "failure"},
          {"stage", text_or_null(job.stage)},
          {"statusReason", text_or_null(job.reason)},
          {"sections", std::move(sections)},
          {"healed", result("healed", nullptr)},
          {"unchanged", result("unchanged", nullptr)},
          {"failed", result("failed", nullptr)},
          {"changes", result("changes", json::array())},
          {"spec", result("spec", nullptr)},
          {"applied", is_applied(healing)},
          {"createdUtc", to_utc(job.created_ms)},
          {"finishedUtc", utc_or_null(job.finished_ms)},
          {"creditsUsed", credits_of(job.browser_ms)}};
}

awaitable<Result<Answer>> get_healing(Services& services, const Call& call) {
  auto itself = [which = which(call)](const store::Tx& tx) -> Result<std::string> {
    VOUCH_TRY(Healing healing, find_healing(tx, which));
    return healing.job.id;
  };
  VOUCH_CO_TRY_VOID(co_await wait_for_job(services, call, std::move(itself)));
  VOUCH_CO_TRY(Healing healing, co_await load(services, call));
  Answer answer;
  answer.body = to_json(healing);
  if (store::is_live(healing.job.state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

awaitable<Result<Answer>> cancel_healing(Services& services, const Call& call) {
  const Error ended{ErrorCode::kConflict, "This healing has ended."};
  VOUCH_CO_TRY(Healing healing, co_await load(services, call));
  co_return co_await cancel_job(services, call, healing.job.id, ended);
}

Result<void> apply(store::Tx& tx, Healing healing, TimeMs now) {
  if (store::is_live(healing.job.state))
    return fail(ErrorCode::kConflict, "This healing has not ended yet.");
  if (is_applied(healing)) return {};
  const json::value* spec = healing.job.result.if_contains("spec");
  if (healing.job.state != store::JobState::kSucceeded || spec == nullptr) {
    return fail(ErrorCode::kConflict,
                "Not every scenario could be healed, so there is nothing to apply: its sections "
                "say what is gone or does not hold.");
  }
  const bool is_current =
      healing.feature.job_id == std::string(healing.job.payload.at("of").as_string()) &&
      healing.feature.gherkin == healing.job.payload.at("gherkin").as_string();
  if (!is_current) {
    return fail(ErrorCode::kConflict,
                "The feature was changed or generated since this healing began: heal it again.");
  }
  healing.feature.previous_spec =
      std::exchange(healing.feature.spec, std::string(spec->as_string()));
  healing.feature.job_id = healing.job.id;
  healing.feature.updated_ms = now;
  VOUCH_TRY_VOID(tx.update_feature(std::move(healing.feature)));
  return {};
}

awaitable<Result<Answer>> apply_healing(Services& services, const Call& call) {
  auto use = [which = which(call), now = services.clock.now_ms()](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(Healing healing, find_healing(tx, which));
    VOUCH_TRY_VOID(apply(tx, std::move(healing), now));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(use));
}

}  // namespace

std::vector<Operation> healing_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "heal_feature",
                  .method = Method::kPost,
                  .route = std::string(kHeal),
                  .parameters = parameters(kHeal, kKeptTestsBody),
                  .result = results::generation_dispatched(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kDispatch,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "heal <feature> [--site-url <url>]",
                  .description =
                      "Offer a repaired test where the site has changed: locators and waits "
                      "come out otherwise, and all is proven again. Nothing is changed "
                      "before apply_healing. Answers at once; follow with get_healing.",
                  .handler = heal_feature});
  rows.push_back({.name = "get_healing",
                  .route = std::string(kHealing),
                  .parameters = parameters(kHealing),
                  .result = results::healing(),
                  .waits = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "healings show <feature> <healing>",
                  .description = "How far a healing is, which lines of the test it would change, "
                                 "and what is gone or does not hold any more.",
                  .handler = get_healing});
  const std::string apply = std::string(kHealing) + "/apply";
  rows.push_back({.name = "apply_healing",
                  .method = Method::kPost,
                  .route = apply,
                  .parameters = parameters(apply),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "healings apply <feature> <healing>",
                  .description = "Make the test that a healing offers the feature's own.",
                  .handler = apply_healing});
  const std::string cancel = std::string(kHealing) + "/cancel";
  rows.push_back({.name = "cancel_healing",
                  .method = Method::kPost,
                  .route = cancel,
                  .parameters = parameters(cancel),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "healings cancel <feature> <healing>",
                  .description = "Cancel a healing in flight.",
                  .handler = cancel_healing});
  return rows;
}

}  // namespace vouch::ops
