// Projects: a site, and what is needed to try things on it.
#include <algorithm>
#include <utility>

#include "base/site_access.h"
#include "features/read/context.h"
#include "features/read/own_steps.h"
#include "ops/change.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/variable_names.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kProjectBody = R"({
  "name": {"in": "body", "type": "string", "minLength": 1, "maxLength": 200,
           "description": "A name for people."},
  "siteUrl": {"in": "body", "type": "string", "minLength": 1, "maxLength": 2000,
              "description": "The address of the site under test."},
  "settings": {
    "in": "body", "type": "object", "additionalProperties": false,
    "description": "How the site is reset, and what the steps may refer to. A change replaces the members it names and keeps the others; null removes one.",
    "properties": {
      "reset": {
        "type": ["object", "null"], "additionalProperties": false, "required": ["url"],
        "description": "A request that puts the site back into its initial state.",
        "properties": {
          "method": {"type": "string", "enum": ["GET", "POST", "PUT", "PATCH", "DELETE"]},
          "url": {"type": "string", "minLength": 1, "maxLength": 2000,
                  "description": "Absolute, or a path on the site."},
          "headers": {"type": "object", "additionalProperties": {"type": "string"}},
          "body": {"type": "string", "maxLength": 65536}}},
      "variables": {
        "type": ["object", "null"], "additionalProperties": {"type": "string", "maxLength": 4096},
        "description": "Values that steps refer to as ${name}."},
      "steps": {
        "type": ["string", "null"], "maxLength": 65536,
        "description": "Steps of the project's own, explained in Gherkin: each scenario's name is a step, with {parameters}, and its steps say what that means."},
      "pages": {
        "type": ["object", "null"], "additionalProperties": {"type": "string", "maxLength": 2000},
        "description": "What steps call the site's pages: {name: path}."},
      "aliases": {
        "type": ["object", "null"], "additionalProperties": {"type": "string", "maxLength": 200},
        "description": "What steps say, and what the site says instead: {\"basket\": \"cart\"}."},
      "allowedHosts": {
        "type": ["array", "null"], "maxItems": 100,
        "items": {"type": "string", "minLength": 1, "maxLength": 300},
        "description": "Further hosts that the site's pages may reach."},
      "httpCredentials": {
        "type": ["object", "null"], "additionalProperties": false, "required": ["username", "password"],
        "description": "What the site is told where it asks for HTTP authentication.",
        "properties": {
          "username": {"type": "string", "minLength": 1, "maxLength": 200},
          "password": {"type": "string", "minLength": 1, "maxLength": 200,
                       "description": "The secret that holds it, as ${name}."}}},
      "ignoreHTTPSErrors": {"type": ["boolean", "null"],
        "description": "True: the site's certificate may be one that no authority has signed."},
      "creditsPerMonth": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000000,
        "description": "Credits that the project may use in a month of the calendar (UTC)."},
      "repeatable": {"type": ["boolean", "null"],
                     "description": "False: what the steps do cannot be undone or done twice."}}}})";

Result<void> check_variables(const json::object& settings) {
  const json::value* variables = settings.if_contains("variables");
  if (variables == nullptr || variables->is_null()) return {};
  for (const auto& variable : variables->as_object()) {
    const std::string name(variable.key());
    VOUCH_TRY_VOID(check_variable_name("settings.variables." + name, name));
  }
  return {};
}

Result<void> check_own_steps(const json::object& settings) {
  const json::value* steps = settings.if_contains("steps");
  if (steps == nullptr || !steps->is_string()) return {};
  auto parsed = features::OwnSteps::parse(steps->get_string());
  if (parsed) return {};
  Error error = std::move(parsed).error();
  error.details["member"] = "settings.steps";
  return std::unexpected(std::move(error));
}

// A variable and a secret of one name would be told apart by nobody.
Result<void> check_secrets(const store::Tx& tx, const store::ProjectRow& row) {
  const json::value* variables = row.settings.if_contains("variables");
  if (variables == nullptr || !variables->is_object()) return {};
  for (const store::SecretRow& secret : tx.list_secrets(row.id)) {
    if (!variables->get_object().contains(secret.name)) continue;
    return fail(ErrorCode::kConflict,
                "There is a secret named \"" + secret.name +
                    "\": a variable needs another name, or the secret is deleted first.",
                {{"member", "settings.variables." + secret.name}});
  }
  return {};
}

// What the call sets: its members replace those of before, and null removes one.
Result<void> change_settings(const Call& call, json::object& settings) {
  if (!call.has("settings")) return {};
  const json::object& wish = call.params.at("settings").as_object();
  VOUCH_TRY_VOID(check_variables(wish));
  VOUCH_TRY_VOID(check_own_steps(wish));
  VOUCH_TRY_VOID(check_site_access(wish));
  VOUCH_TRY_VOID(features::ProjectContext::parse(wish));
  for (const auto& [name, value] : wish) {
    if (value.is_null()) {
      settings.erase(name);
    } else {
      settings[name] = value;
    }
  }
  return {};
}

awaitable<Result<Answer>> create_project(Services& services, const Call& call) {
  store::ProjectRow row;
  VOUCH_CO_TRY(row.name, check_name("name", call.text("name")));
  row.site_url = call.text("siteUrl");
  VOUCH_CO_TRY_VOID(check_site_url("siteUrl", row.site_url));
  VOUCH_CO_TRY_VOID(change_settings(call, row.settings));
  row.id = make_uuid(services.random);
  row.workspace_id = call.principal.workspace_id;
  row.created_ms = row.updated_ms = services.clock.now_ms();
  auto insert = [row](store::Tx& tx) -> Result<Answer> {
    tx.insert_project(row);
    Answer answer;
    answer.status = 201;
    answer.body = to_json(row);
    answer.location = project_path(row);
    return answer;
  };
  co_return co_await change(services, call, std::move(insert));
}

Result<Answer> change_project(store::Tx& tx, const Call& call, TimeMs now) {
  VOUCH_TRY(store::ProjectRow row,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  if (call.has("name")) {
    VOUCH_TRY(row.name, check_name("name", call.text("name")));
  }
  if (call.has("siteUrl")) {
    row.site_url = call.text("siteUrl");
    VOUCH_TRY_VOID(check_site_url("siteUrl", row.site_url));
  }
  VOUCH_TRY_VOID(change_settings(call, row.settings));
  VOUCH_TRY_VOID(check_secrets(tx, row));
  row.updated_ms = now;
  VOUCH_TRY_VOID(tx.update_project(row));
  return ok_answer();
}

awaitable<Result<Answer>> update_project(Services& services, const Call& call) {
  auto update = [call, now = services.clock.now_ms()](store::Tx& tx) {
    return change_project(tx, call, now);
  };
  co_return co_await change(services, call, std::move(update));
}

awaitable<Result<Answer>> delete_project(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id,
                 id = call.text("project")](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, id));
    VOUCH_TRY_VOID(tx.delete_project(id));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(remove));
}

awaitable<Result<Answer>> list_projects(Services& services, const Call& call) {
  using Page = store::List<store::ProjectRow>;
  auto list = [workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Page> {
    return tx.list_projects(workspace, page);
  };
  VOUCH_CO_TRY(Page rows, co_await services.store.read(std::move(list)));
  co_return list_answer(rows);
}

awaitable<Result<Answer>> get_project(Services& services, const Call& call) {
  auto find = [workspace = call.principal.workspace_id, id = call.text("project")](
                  const store::Tx& tx) { return find_project(tx, workspace, id); };
  VOUCH_CO_TRY(store::ProjectRow row, co_await services.store.read(std::move(find)));
  Answer answer;
  answer.body = to_json(row);
  co_return answer;
}

}  // namespace

std::vector<Operation> project_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "list_projects",
                  .documented = true,
                  .method = Method::kGet,
                  .route = std::string(kProjects),
                  .parameters = parameters(kProjects, kPageProperties),
                  .result = results::list(results::project()),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "projects list",
                  .description = "The projects of the key's workspace, oldest first.",
                  .handler = list_projects});
  rows.push_back({.name = "create_project",
                  .method = Method::kPost,
                  .route = std::string(kProjects),
                  .parameters = parameters(kProjects, kProjectBody, {"name", "siteUrl"}),
                  .result = results::project(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kCreate,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "projects create <name> --site-url <url>",
                  .description = "Make a project for a web site.",
                  .handler = create_project});
  rows.push_back({.name = "get_project",
                  .documented = true,
                  .method = Method::kGet,
                  .route = std::string(kProject),
                  .parameters = parameters(kProject),
                  .result = results::project(),
                  .scope = Scope::kRead,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "projects show <project>",
                  .description = "One project.",
                  .handler = get_project});
  rows.push_back({.name = "update_project",
                  .method = Method::kPatch,
                  .route = std::string(kProject),
                  .parameters = parameters(kProject, kProjectBody),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "projects update <project>",
                  .description = "Change a project's name, site or settings.",
                  .handler = update_project});
  rows.push_back({.name = "delete_project",
                  .method = Method::kDelete,
                  .route = std::string(kProject),
                  .parameters = parameters(kProject),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "projects delete <project>",
                  .description = "Delete a project with its features, files, runs and their "
                                 "artifacts. Nothing of it may be generating or running.",
                  .handler = delete_project});
  return rows;
}

}  // namespace vouch::ops
