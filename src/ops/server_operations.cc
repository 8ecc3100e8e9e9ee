// What the server says of itself.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

// The process answers.
awaitable<Result<Answer>> health(Services&, const Call&) {
  Answer answer;
  answer.body = json::object{{"status", "ok"}};
  co_return answer;
}

// It can do its work: 503 otherwise, with the same body.
awaitable<Result<Answer>> ready(Services& services, const Call&) {
  std::vector<ReadyCheck> checks;
  if (services.ready_checks) checks = services.ready_checks();
  auto probe = [](const store::Tx& tx) -> Result<std::int64_t> { return tx.last_event_seq(); };
  auto probed = co_await services.store.read(std::move(probe));
  checks.push_back({"store", probed.has_value(), probed ? "" : probed.error().message});
  bool all = true;
  json::array list;
  for (const ReadyCheck& check : checks) {
    all &= check.ok;
    list.push_back(json::object{{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
  }
  json::object jobs;
  jobs["running"] = services.engine.running();
  jobs["slots"] = services.engine.slots();
  json::object body;
  body["status"] = all ? "ready" : "not_ready";
  body["checks"] = std::move(list);
  body["jobs"] = std::move(jobs);
  Answer answer;
  answer.status = all ? 200 : 503;
  answer.body = std::move(body);
  co_return answer;
}

}  // namespace

std::vector<Operation> server_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "health",
                  .method = Method::kGet,
                  .route = "/health",
                  .parameters = parameters("/health"),
                  .result = results::health(),
                  .scope = Scope::kNone,
                  .surfaces = kRest | kAdminSocket,
                  .description = "The server is up.",
                  .handler = health});
  rows.push_back({.name = "ready",
                  .method = Method::kGet,
                  .route = "/ready",
                  .parameters = parameters("/ready"),
                  .result = results::ready(),
                  .scope = Scope::kNone,
                  .surfaces = kRest | kAdminSocket,
                  .description = "The server can do its work, and what this machine cannot give.",
                  .handler = ready});
  return rows;
}

}  // namespace vouch::ops
