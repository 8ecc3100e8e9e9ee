// Features: the Gherkin texts of a project.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/feature_changes.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

using boost::asio::awaitable;

constexpr std::string_view kName = R"({"name": {"in": "body", "type": "string",
  "description": "Unique in the project, whatever its case."},)";
constexpr std::string_view kGherkin = R"("gherkin": {"in": "body", "type": "string", "minLength": 1,
  "description": "The whole text of the feature file."}})";

awaitable<Result<Answer>> create_feature(Services& services, const Call& call) {
  NewFeature wish;
  wish.gherkin = call.text("gherkin");
  VOUCH_CO_TRY(FeatureText text, services.texts.read(wish.gherkin));
  if (!call.has("name") && text.name.empty()) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`name` is missing, and the Gherkin has no `Feature:` line to take it from.",
                   {{"member", "name"}});
  }
  VOUCH_CO_TRY(wish.name, check_name("name", call.optional_text("name").value_or(text.name)));
  wish.project_id = call.text("project");
  wish.now_ms = services.clock.now_ms();
  auto insert = [wish, workspace = call.principal.workspace_id](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, wish.project_id));
    VOUCH_TRY(store::FeatureRow made, insert_feature(tx, wish));
    Answer answer;
    answer.status = 201;
    answer.body = to_json(made);
    answer.location = feature_path(made.project_id, made.id);
    return answer;
  };
  co_return co_await change(services, call, std::move(insert));
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
  FeatureChange wish{call.optional_text("gherkin"), call.optional_text("name"),
                     services.clock.now_ms()};
  if (wish.gherkin) {
    VOUCH_CO_TRY_VOID(services.texts.read(*wish.gherkin));
  }
  if (wish.name) {
    VOUCH_CO_TRY(wish.name, check_name("name", *wish.name));
  }
  auto update = [wish, workspace = call.principal.workspace_id, project = call.text("project"),
                 feature = call.text("feature")](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::FeatureRow row, find_feature(tx, workspace, project, feature));
    VOUCH_TRY_VOID(change_feature(tx, std::move(row), wish));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(update));
}

awaitable<Result<Answer>> delete_feature(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id, project = call.text("project"),
                 feature = call.text("feature")](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::FeatureRow row, find_feature(tx, workspace, project, feature));
    VOUCH_TRY_VOID(remove_feature(tx, row));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(remove));
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
                  .result = results::list(results::feature_summary()),
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
                  .result = results::feature(),
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
                  .result = results::feature(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kCreate,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "features create --file <file> [--name <name>]",
                  .description = "Add a feature. Its name defaults to the `Feature:` line.",
                  .handler = create_feature});
  rows.push_back({.name = "update_feature",
                  .documented = true,
                  .method = Method::kPatch,
                  .route = std::string(kFeature),
                  .parameters = parameters(kFeature, body),
                  .result = results::ok(),
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
                  .result = results::ok(),
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
