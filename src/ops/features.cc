// Features: the Gherkin texts of a project.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/feature_text.h"
#include "ops/idempotency.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kName = R"({"name": {"in": "body", "type": "string",
  "description": "Unique in the project, whatever its case."},)";
constexpr std::string_view kGherkin = R"("gherkin": {"in": "body", "type": "string", "minLength": 1,
  "description": "The whole text of the feature file."}})";

constexpr std::string_view kFeatureResult = R"({
  "type": "object",
  "required": ["id", "name", "kind", "status", "gherkin", "rationale", "updatedUtc"],
  "properties": {
    "id": {"type": "integer"}, "name": {"type": "string"},
    "kind": {"enum": ["feature", "suggestion"]},
    "status": {"enum": ["draft", "generating", "generated", "failed", "cancelled"]},
    "gherkin": {"type": "string"}, "rationale": {"type": ["string", "null"]},
    "updatedUtc": {"type": "string"},
    "stale": {"type": "boolean", "description": "The tests are older than the Gherkin."},
    "createdUtc": {"type": "string"}}})";

Error generating(const store::FeatureRow& feature, std::string_view what) {
  Error error{ErrorCode::kConflict, "This feature is generating, so it cannot be " +
                                        std::string(what) +
                                        ". Wait for the generation to end, or cancel it."};
  if (feature.job_id) error.details["requestId"] = *feature.job_id;
  return error;
}

awaitable<Result<Answer>> create_feature(Services& services, const Call& call) {
  store::FeatureRow row;
  row.gherkin = call.text("gherkin");
  VOUCH_CO_TRY(FeatureText text, read_feature_text(row.gherkin));
  if (!call.has("name") && text.name.empty()) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`name` is missing, and the Gherkin has no `Feature:` line to take it from.",
                   {{"member", "name"}});
  }
  VOUCH_CO_TRY(row.name, check_name("name", call.optional_text("name").value_or(text.name)));
  row.project_id = call.text("project");
  row.created_ms = row.updated_ms = services.clock.now_ms();
  auto insert = [row, workspace = call.principal.workspace_id,
                 keeper = Keeper(services, call)](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, row.project_id));
    VOUCH_TRY(store::FeatureRow made, tx.insert_feature(row));
    Answer answer;
    answer.status = 201;
    answer.body = to_json(made);
    answer.location = feature_path(made);
    VOUCH_TRY_VOID(keeper.keep(tx, answer));
    return answer;
  };
  co_return co_await services.store.write(std::move(insert));
}

awaitable<Result<Answer>> list_features(Services& services, const Call& call) {
  using Page = store::List<store::FeatureSummary>;
  auto list = [workspace = call.principal.workspace_id, project = call.text("project"),
               page = page_of(call)](const store::Tx& tx) -> Result<Page> {
    VOUCH_TRY_VOID(find_project(tx, workspace, project));
    return tx.list_features(project, page);
  };
  VOUCH_CO_TRY(Page rows, co_await services.store.read(std::move(list)));
  co_return list_answer(rows);
}

awaitable<Result<Answer>> get_feature(Services& services, const Call& call) {
  auto find = [workspace = call.principal.workspace_id, project = call.text("project"),
               feature = call.text("feature")](const store::Tx& tx) {
    return find_feature(tx, workspace, project, feature);
  };
  VOUCH_CO_TRY(store::FeatureRow row, co_await services.store.read(std::move(find)));
  Answer answer;
  answer.body = to_json(row);
  co_return answer;
}

awaitable<Result<Answer>> update_feature(Services& services, const Call& call) {
  std::optional<std::string> gherkin = call.optional_text("gherkin");
  std::optional<std::string> name = call.optional_text("name");
  if (gherkin) {
    VOUCH_CO_TRY_VOID(read_feature_text(*gherkin));
  }
  if (name) {
    VOUCH_CO_TRY(name, check_name("name", *name));
  }
  auto update = [gherkin, name, workspace = call.principal.workspace_id,
                 project = call.text("project"), feature = call.text("feature"),
                 now = services.clock.now_ms()](store::Tx& tx) -> Result<void> {
    VOUCH_TRY(store::FeatureRow row, find_feature(tx, workspace, project, feature));
    if (row.status == store::FeatureStatus::kGenerating) {
      return std::unexpected(generating(row, "changed"));
    }
    if (gherkin) row.gherkin = *gherkin;
    if (name) row.name = *name;
    row.updated_ms = now;
    VOUCH_TRY_VOID(tx.update_feature(row));
    return {};
  };
  VOUCH_CO_TRY_VOID(co_await services.store.write(std::move(update)));
  co_return ok_answer();
}

awaitable<Result<Answer>> delete_feature(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id, project = call.text("project"),
                 feature = call.text("feature")](store::Tx& tx) -> Result<void> {
    VOUCH_TRY(store::FeatureRow row, find_feature(tx, workspace, project, feature));
    if (row.status == store::FeatureStatus::kGenerating) {
      return std::unexpected(generating(row, "deleted"));
    }
    return tx.delete_feature(row.id);
  };
  VOUCH_CO_TRY_VOID(co_await services.store.write(std::move(remove)));
  co_return ok_answer();
}

}  // namespace

std::vector<Operation> feature_operations() {
  const std::string body = std::string(kName) + std::string(kGherkin);
  std::vector<Operation> rows;
  rows.push_back({.name = "list_features",
                  .documented = true,
                  .method = Method::kGet,
                  .route = std::string(kFeatures),
                  .parameters = parameters(kFeatures, kPageProperties),
                  .result = schema(R"({"type": "object"})"),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features list",
                  .description = "The features of a project, oldest first, without their Gherkin.",
                  .handler = list_features});
  rows.push_back({.name = "get_feature",
                  .documented = true,
                  .method = Method::kGet,
                  .route = std::string(kFeature),
                  .parameters = parameters(kFeature),
                  .result = schema(kFeatureResult),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features show <feature>",
                  .description = "One feature with its Gherkin.",
                  .handler = get_feature});
  rows.push_back({.name = "create_feature",
                  .documented = true,
                  .method = Method::kPost,
                  .route = std::string(kFeatures),
                  .parameters = parameters(kFeatures, body, {"gherkin"}),
                  .result = schema(kFeatureResult),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features create --file <file> [--name <name>]",
                  .description = "Add a feature. Its name defaults to the `Feature:` line.",
                  .handler = create_feature});
  rows.push_back({.name = "update_feature",
                  .documented = true,
                  .method = Method::kPatch,
                  .route = std::string(kFeature),
                  .parameters = parameters(kFeature, body),
                  .result = schema(kOkResult),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features update <feature> [--file <file>] [--name <name>]",
                  .description = "Change a feature's Gherkin or name. Its tests stay as they are.",
                  .handler = update_feature});
  rows.push_back({.name = "delete_feature",
                  .documented = true,
                  .method = Method::kDelete,
                  .route = std::string(kFeature),
                  .parameters = parameters(kFeature),
                  .result = schema(kOkResult),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features delete <feature>",
                  .description = "Delete a feature with its tests and runs.",
                  .handler = delete_feature});
  return rows;
}

}  // namespace vouch::ops
