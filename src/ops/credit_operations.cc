// Credits of a workspace: its balance, set by an admin, and its ledger.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/credits.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kCredits = "/api/v1/ops/credits";
constexpr std::string_view kLedger = "/api/v1/ops/credits/ledger";
constexpr std::string_view kProjectCredits = "/api/v1/ops/projects/{project}/credits";

constexpr std::string_view kBalanceBody = R"({
  "balance": {"in": "body", "type": ["integer", "null"], "minimum": 0, "maximum": 1000000000,
    "description": "Credits that the workspace has from now on; null: not limited."},
  "workspace": {"in": "body", "type": "string", "description":
    "Only over the admin socket, which has none of its own: the workspace's name."}})";

json::object balance_json(const store::CreditRow& row) {
  json::object body;
  body["balance"] = json::value_from(row.balance);
  body["reserved"] = row.reserved;
  body["available"] = nullptr;
  if (row.balance) body["available"] = std::max<std::int64_t>(*row.balance - row.reserved, 0);
  return body;
}

store::CreditRow credits_of_workspace(const store::Tx& tx, const std::string& workspace) {
  store::CreditRow row = tx.find_credits(workspace).value_or(store::CreditRow{});
  row.workspace_id = workspace;
  return row;
}

awaitable<Result<Answer>> get_credits(Services& services, const Call& call) {
  auto find = [workspace = call.principal.workspace_id](const store::Tx& tx) -> Result<Answer> {
    Answer answer;
    answer.body = balance_json(credits_of_workspace(tx, workspace));
    return answer;
  };
  co_return co_await services.store.read(std::move(find));
}

// The workspace that the call is for.
Result<std::string> workspace_of(const store::Tx& tx, const Call& call) {
  if (call.principal.workspace_id.empty()) {
    if (!call.has("workspace")) {
      return fail(ErrorCode::kInvalidRequest, "`workspace` is missing: name the workspace.",
                  {{"member", "workspace"}});
    }
    auto found = tx.find_workspace_named(call.text("workspace"));
    if (!found) return fail(ErrorCode::kNotFound, "No such workspace.");
    return std::move(found->id);
  }
  if (call.has("workspace")) {
    return fail(ErrorCode::kForbidden, "A key sets the balance of its own workspace only.");
  }
  return call.principal.workspace_id;
}

Result<Answer> change_balance(store::Tx& tx, const Call& call, TimeMs now) {
  VOUCH_TRY(std::string workspace, workspace_of(tx, call));
  store::CreditRow row = credits_of_workspace(tx, workspace);
  const std::int64_t before = row.balance.value_or(0);
  row.balance = call.integer("balance");
  tx.put_credits(row);
  store::LedgerRow line;
  line.workspace_id = workspace;
  line.kind = "balance";
  line.credits = row.balance.value_or(0) - before;
  line.balance = row.balance;
  line.key_id = call.principal.key_id;
  line.at_ms = now;
  tx.insert_ledger(line);
  Answer answer;
  answer.body = balance_json(row);
  return answer;
}

awaitable<Result<Answer>> set_credits(Services& services, const Call& call) {
  auto set = [call, now = services.clock.now_ms()](store::Tx& tx) {
    return change_balance(tx, call, now);
  };
  co_return co_await change(services, call, std::move(set));
}

json::object to_json(const store::LedgerRow& line) {
  json::object body;
  body["seq"] = line.seq;
  body["atUtc"] = to_utc(line.at_ms);
  body["kind"] = line.kind;
  body["credits"] = line.credits;
  body["balance"] = json::value_from(line.balance);
  body["projectId"] = text_or_null(line.project_id);
  body["featureId"] = json::value_from(line.feature_id);
  body["requestId"] = text_or_null(line.job_id);
  body["keyId"] = text_or_null(line.key_id);
  return body;
}

awaitable<Result<Answer>> list_ledger(Services& services, const Call& call) {
  using Page = store::List<store::LedgerRow>;
  auto list = [workspace = call.principal.workspace_id, page = page_of(call)](
                  const store::Tx& tx) -> Result<Page> { return tx.list_ledger(workspace, page); };
  VOUCH_CO_TRY(Page lines, co_await services.store.read(std::move(list)));
  co_return list_answer(lines, [](const auto& line) { return to_json(line); });
}

awaitable<Result<Answer>> get_project_credits(Services& services, const Call& call) {
  auto find = [workspace = call.principal.workspace_id, id = call.text("project"),
               now = services.clock.now_ms()](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ProjectRow project, find_project(tx, workspace, id));
    const store::CreditMonthRow month = tx.find_credit_month(project.id, month_of(now));
    const json::value* budget = project.settings.if_contains("creditsPerMonth");
    Answer answer;
    answer.body = json::object{{"month", month.month},
                               {"creditsPerMonth", budget == nullptr ? json::value() : *budget},
                               {"used", month.used},
                               {"reserved", month.reserved}};
    return answer;
  };
  co_return co_await services.store.read(std::move(find));
}

}  // namespace

std::vector<Operation> credit_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "get_credits",
                  .route = std::string(kCredits),
                  .parameters = parameters(kCredits),
                  .result = results::credits(),
                  .surfaces = kRest | kMcp | kCli,
                  .command = "credits show",
                  .description = "What the workspace has left, in credits: seconds of a browser's "
                                 "time. Null: not limited.",
                  .handler = get_credits});
  rows.push_back({.name = "set_credits",
                  .method = Method::kPut,
                  .route = std::string(kCredits),
                  .parameters = parameters(kCredits, kBalanceBody, {"balance"}),
                  .result = results::credits(),
                  .scope = Scope::kAdmin,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kAdminSocket,
                  .description = "Set the workspace's balance; null: not limited.",
                  .handler = set_credits});
  rows.push_back({.name = "list_ledger",
                  .route = std::string(kLedger),
                  .parameters = parameters(kLedger, kPageProperties),
                  .result = results::list(results::ledger_line()),
                  .surfaces = kRest | kCli,
                  .command = "credits ledger",
                  .description = "What credits were used for, and how the balance was set, newest "
                                 "first. Nothing takes a line away.",
                  .handler = list_ledger});
  rows.push_back({.name = "get_project_credits",
                  .route = std::string(kProjectCredits),
                  .parameters = parameters(kProjectCredits),
                  .result = results::project_credits(),
                  .surfaces = kRest | kCli,
                  .command = "projects credits <project>",
                  .description = "What a project used of its credits this month.",
                  .handler = get_project_credits});
  return rows;
}

}  // namespace vouch::ops
