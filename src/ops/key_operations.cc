// Keys: made over the socket in the data folder, or by a key that may administer.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kKeys = "/api/v1/ops/keys";
constexpr std::string_view kAudit = "/api/v1/ops/audit";
constexpr std::string_view kKey = "/api/v1/ops/keys/{key}";

constexpr std::string_view kKeyBody = R"({
  "name": {"in": "body", "type": "string", "description": "What the key is for."},
  "workspace": {"in": "body", "type": "string", "description":
    "Only over the admin socket: the workspace's name; it is made when there is none."},
  "scopes": {"in": "body", "type": "array", "maxItems": 4,
    "items": {"type": "string", "enum": ["read", "write", "generate", "admin"]},
    "description": "What the key may do; read, write and generate where absent."},
  "expiresInDays": {"in": "body", "type": "integer", "minimum": 1, "maximum": 3650}})";

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

Result<NewKey> wish_of(Services& services, const Call& call, const std::string& own_workspace) {
  NewKey wish;
  VOUCH_TRY(wish.name, check_name("name", call.text("name")));
  if (!own_workspace.empty()) {
    if (call.has("workspace") && call.text("workspace") != own_workspace) {
      return fail(ErrorCode::kForbidden, "A key makes keys for its own workspace only.");
    }
    wish.workspace = own_workspace;
  } else if (call.has("workspace")) {
    VOUCH_TRY(wish.workspace, check_name("workspace", call.text("workspace")));
  }
  if (const json::value* scopes = call.params.if_contains("scopes")) {
    for (const json::value& word : scopes->as_array()) {
      wish.scopes.push_back(*scope_from(word.as_string()));
    }
  }
  if (auto days = call.integer("expiresInDays")) {
    wish.expires_ms = services.clock.now_ms() + *days * kDayMs;
  }
  return wish;
}

// The name of the key's workspace; empty on the admin socket.
awaitable<Result<std::string>> workspace_name(Services& services, std::string id) {
  if (id.empty()) co_return std::string();
  auto find = [id](const store::Tx& tx) -> Result<std::string> {
    auto row = tx.find_workspace(id);
    if (!row) return fail(ErrorCode::kNotFound, "The key's workspace is gone.");
    return row->name;
  };
  co_return co_await services.store.read(std::move(find));
}

awaitable<Result<Answer>> create_key(Services& services, const Call& call) {
  VOUCH_CO_TRY(std::string own, co_await workspace_name(services, call.principal.workspace_id));
  VOUCH_CO_TRY(NewKey wish, wish_of(services, call, own));
  KeyRing::Also also = [keeper = Keeper(services, call)](store::Tx& tx) { keeper.log(tx, 201); };
  VOUCH_CO_TRY(CreatedKey created, co_await services.keys.create(std::move(wish), std::move(also)));
  Answer answer;
  answer.status = 201;
  answer.body = to_json(created);
  co_return answer;
}

awaitable<Result<Answer>> list_keys(Services& services, const Call& call) {
  using Page = store::List<store::KeyRow>;
  auto list = [workspace = call.principal.workspace_id, page = page_of(call)](
                  const store::Tx& tx) -> Result<Page> { return tx.list_keys(workspace, page); };
  VOUCH_CO_TRY(Page rows, co_await services.store.read(std::move(list)));
  co_return list_answer(rows, [](const auto& row) { return to_json(row); });
}

awaitable<Result<Answer>> revoke_key(Services& services, const Call& call) {
  KeyRing::Also also = [keeper = Keeper(services, call)](store::Tx& tx) { keeper.log(tx, 200); };
  VOUCH_CO_TRY_VOID(co_await services.keys.revoke(call.principal.workspace_id, call.text("key"),
                                                  std::move(also)));
  co_return ok_answer();
}

json::object to_json(const store::AuditRow& line) {
  json::object body;
  body["atUtc"] = to_utc(line.at_ms);
  body["keyId"] = text_or_null(line.key_id);
  body["operation"] = line.operation;
  body["target"] = line.target;
  body["status"] = line.status;
  return body;
}

awaitable<Result<Answer>> list_audit(Services& services, const Call& call) {
  using Page = store::List<store::AuditRow>;
  auto list = [workspace = call.principal.workspace_id, page = page_of(call)](
                  const store::Tx& tx) -> Result<Page> { return tx.list_audit(workspace, page); };
  VOUCH_CO_TRY(Page lines, co_await services.store.read(std::move(list)));
  co_return list_answer(lines, [](const auto& line) { return to_json(line); });
}

// Whose key it is. Exactly these members, without the envelope.
awaitable<Result<Answer>> whoami(Services& services, const Call& call) {
  auto look = [principal = call.principal](const store::Tx& tx) -> Result<Answer> {
    auto key = tx.find_key(principal.workspace_id, principal.key_id);
    Answer answer;
    answer.body = json::object{
        {"authenticated", true},
        {"tenantId", principal.workspace_id},
        {"apiKeyId", principal.key_id},
        {"expiresAt", key && key->expires_ms ? to_utc(*key->expires_ms) : std::string()}};
    return answer;
  };
  co_return co_await services.store.read(std::move(look));
}

}  // namespace

std::vector<Operation> key_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "whoami",
                  .dialect = Dialect::kAdapters,
                  .route = "/api/v1/auth/whoami",
                  .parameters = parameters("/api/v1/auth/whoami"),
                  .result = results::whoami(),
                  .surfaces = kRest | kMcp | kCli,
                  .command = "whoami",
                  .description = "The workspace and the key that calls are made with; expiresAt is "
                                 "empty where it does not expire.",
                  .handler = whoami});
  rows.push_back({.name = "list_keys",
                  .method = Method::kGet,
                  .route = std::string(kKeys),
                  .parameters = parameters(kKeys, kPageProperties),
                  .result = results::list(results::key()),
                  .scope = Scope::kAdmin,
                  .surfaces = kRest | kCli,
                  .command = "keys list",
                  .description = "The keys of the workspace, by the beginning of each.",
                  .handler = list_keys});
  rows.push_back({.name = "create_key",
                  .method = Method::kPost,
                  .route = std::string(kKeys),
                  .parameters = parameters(kKeys, kKeyBody, {"name"}),
                  .result = results::created_key(),
                  .scope = Scope::kAdmin,
                  .effect = Effect::kCreate,
                  .surfaces = kRest | kCli | kAdminSocket,
                  .command = "keys create --name <name>",
                  .description = "Make an API key. It is shown this one time.",
                  .handler = create_key});
  rows.push_back({.name = "revoke_key",
                  .method = Method::kDelete,
                  .route = std::string(kKey),
                  .parameters = parameters(kKey),
                  .result = results::ok(),
                  .scope = Scope::kAdmin,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kCli,
                  .command = "keys revoke <key>",
                  .description = "Revoke a key, at once.",
                  .handler = revoke_key});
  rows.push_back({.name = "list_audit",
                  .method = Method::kGet,
                  .route = std::string(kAudit),
                  .parameters = parameters(kAudit, kPageProperties),
                  .result = results::list(results::audit_line()),
                  .scope = Scope::kAdmin,
                  .surfaces = kRest | kCli,
                  .command = "audit list",
                  .description = "What was changed in the workspace and with which key, newest "
                                 "first. Nothing takes a line away.",
                  .handler = list_audit});
  return rows;
}

}  // namespace vouch::ops
