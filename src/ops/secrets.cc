// Secrets of a project: set and deleted, never read again. A step refers to one as ${name}.
#include "runs/secrets.h"

#include <utility>

#include "base/storage_state.h"
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

constexpr std::string_view kSecrets = "/api/v1/ops/projects/{project}/secrets";
constexpr std::string_view kSecret = "/api/v1/ops/projects/{project}/secrets/{secret}";

json::object to_json(const store::SecretRow& row) {
  return {{"name", row.name},
          {"createdUtc", to_utc(row.created_ms)},
          {"updatedUtc", to_utc(row.updated_ms)}};
}

awaitable<Result<Answer>> list_secrets(Services& services, const Call& call) {
  auto list = [workspace = call.principal.workspace_id,
               id = call.text("project")](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, id));
    json::array items;
    for (const store::SecretRow& row : tx.list_secrets(id)) items.push_back(to_json(row));
    return list_answer(std::move(items));
  };
  co_return co_await services.store.read(std::move(list));
}

Result<Answer> put_secret(store::Tx& tx, const std::string& workspace, store::SecretRow row) {
  VOUCH_TRY(store::ProjectRow project, find_project(tx, workspace, row.project_id));
  const json::value* variables = project.settings.if_contains("variables");
  if (variables != nullptr && variables->is_object() &&
      variables->get_object().contains(row.name)) {
    return fail(ErrorCode::kConflict,
                "There is a variable named \"" + row.name +
                    "\": a secret needs another name, or the variable is removed first.",
                {{"member", "secret"}});
  }
  const auto kept = tx.list_secrets(row.project_id);
  const bool is_new = std::ranges::none_of(
      kept, [&row](const store::SecretRow& other) { return other.name == row.name; });
  if (is_new && kept.size() >= runs::kSecretsMax) {
    return fail(ErrorCode::kConflict, "A project has at most " + std::to_string(runs::kSecretsMax) +
                                          " secrets. Delete one first.");
  }
  const auto value_bytes = [](const store::SecretRow& secret) {
    return secret.sealed.size() / 4 * 3;  // it is kept in base64, and a few bytes longer
  };
  std::size_t bytes = value_bytes(row), bytes_before = 0;
  for (const store::SecretRow& other : kept) {
    bytes_before += value_bytes(other);
    if (other.name != row.name) bytes += value_bytes(other);
  }
  if (bytes > runs::kSecretsBytesMax && bytes > bytes_before) {
    return fail(ErrorCode::kConflict, "A project's secrets have at most " +
                                          std::to_string(runs::kSecretsBytesMax / 1024) +
                                          " KiB in all. Delete one first.");
  }
  tx.put_secret(row);
  return ok_answer();
}

awaitable<Result<Answer>> set_secret(Services& services, const Call& call) {
  store::SecretRow row;
  row.project_id = call.text("project");
  row.name = call.text("secret");
  VOUCH_CO_TRY_VOID(check_variable_name("secret", row.name));
  const std::string value = call.text("value");
  if (value.size() < Secrets::kValueBytesMin || value.find_first_not_of(" \t\r\n") == value.npos) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`value` must have at least " + std::to_string(Secrets::kValueBytesMin) +
                       " bytes, and not only blanks: it would be found, and hidden, everywhere.",
                   {{"member", "value"}});
  }
  const auto state = storage_state_values(value);
  const std::size_t bytes_max = state ? runs::kStorageStateBytesMax : runs::kSecretBytesMax;
  if (value.size() > bytes_max) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`value` must have at most " + std::to_string(bytes_max) + " bytes.",
                   {{"member", "value"}});
  }
  if (state && state->size() > kStateValuesMax) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`value` is a saved sign-in with " + std::to_string(state->size()) +
                       " values to hide, and at most " + std::to_string(kStateValuesMax) +
                       " are taken. Save it right after signing in, on a fresh browser.",
                   {{"member", "value"}});
  }
  row.sealed =
      services.vault.seal(value, runs::secret_context(row.project_id, row.name), services.random);
  row.created_ms = row.updated_ms = services.clock.now_ms();
  auto put = [row, workspace = call.principal.workspace_id](store::Tx& tx) {
    return put_secret(tx, workspace, row);
  };
  co_return co_await change(services, call, std::move(put));
}

awaitable<Result<Answer>> delete_secret(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id, id = call.text("project"),
                 name = call.text("secret")](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, id));
    if (!tx.delete_secret(id, name)) {
      return fail(ErrorCode::kNotFound, "No such secret in this project.");
    }
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(remove));
}

}  // namespace

std::vector<Operation> secret_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "list_secrets",
                  .route = std::string(kSecrets),
                  .parameters = parameters(kSecrets),
                  .result = results::list(results::secret()),
                  .surfaces = kRest | kMcp | kCli,
                  .command = "secrets list",
                  .description = "The names of a project's secrets. Their values are never shown.",
                  .handler = list_secrets});
  rows.push_back({.name = "set_secret",
                  .method = Method::kPut,
                  .route = std::string(kSecret),
                  .parameters = parameters(kSecret, R"({
                    "value": {"in": "body", "type": "string", "description": "The secret itself."}})",
                                           {"value"}),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest,  // by a command of its own: a value is not typed in a shell
                  .description = "Set a secret, which steps refer to as ${name}. It is kept "
                                 "encrypted, given to the site alone, and never shown.",
                  .handler = set_secret});
  rows.push_back({.name = "delete_secret",
                  .method = Method::kDelete,
                  .route = std::string(kSecret),
                  .parameters = parameters(kSecret),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "secrets delete <secret>",
                  .description = "Delete a secret. Tests that need it fail from then on.",
                  .handler = delete_secret});
  return rows;
}

}  // namespace vouch::ops
