// What the server says of itself.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/metrics.h"
#include "ops/openapi.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

// The process answers.
awaitable<Result<Answer>> health(Services&, const Call&) {
  Answer answer;
  answer.body = json::object{{"status", "healthy"}};
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

awaitable<Result<Answer>> metrics(Services& services, const Call&) {
  auto look = [](const store::Tx& tx) -> Result<Gauges> {
    Gauges gauges;
    gauges.jobs = tx.count_live_jobs();
    gauges.last_event_seq = tx.last_event_seq();
    return gauges;
  };
  VOUCH_CO_TRY(Gauges gauges, co_await services.store.read(std::move(look)));
  gauges.running = services.engine.running();
  gauges.slots = services.engine.slots();
  gauges.resident_bytes = resident_bytes();
  FileAnswer file;
  file.content_type = "text/plain; version=0.0.4";
  file.content = metrics_text(services.metrics, gauges);
  Answer answer;
  answer.file = std::move(file);
  co_return answer;
}

awaitable<Result<Answer>> get_openapi(Services&, const Call&) {
  static const json::object kDocument = openapi(operations());
  Answer answer;
  answer.body = kDocument;
  co_return answer;
}

awaitable<Result<Answer>> list_workspaces(Services& services, const Call&) {
  auto list = [](const store::Tx& tx) -> Result<Answer> {
    json::array items;
    for (const store::WorkspaceRow& row : tx.list_workspaces()) {
      items.push_back(
          json::object{{"id", row.id}, {"name", row.name}, {"createdUtc", to_utc(row.created_ms)}});
    }
    return list_answer(std::move(items));
  };
  co_return co_await services.store.read(std::move(list));
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
  rows.push_back({.name = "metrics",
                  .route = "/metrics",
                  .parameters = parameters("/metrics"),
                  .result = schema(R"({"type": "string"})"),
                  .scope = Scope::kNone,
                  .surfaces = kRest | kAdminSocket,
                  .description = "What the server counts of itself, for Prometheus.",
                  .handler = metrics});
  rows.push_back({.name = "openapi",
                  .route = "/openapi.json",
                  .parameters = parameters("/openapi.json"),
                  .result = schema(R"({"type": "object"})"),
                  .scope = Scope::kNone,
                  .surfaces = kRest | kAdminSocket,
                  .description = "These operations, as OpenAPI.",
                  .handler = get_openapi});
  rows.push_back({.name = "list_workspaces",
                  .route = "/api/v1/ops/workspaces",
                  .parameters = parameters("/api/v1/ops/workspaces"),
                  .result = results::list(results::workspace()),
                  .scope = Scope::kAdmin,
                  .surfaces = kAdminSocket,
                  .description = "The workspaces of this server.",
                  .handler = list_workspaces});
  return rows;
}

}  // namespace vouch::ops
