#include "ops/change.h"

#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace vouch::ops {
namespace json = boost::json;

namespace {

constexpr std::int64_t kReserved = 0;  // the status of a row that has no answer yet

// What the call was answered with before. Empty: never.
boost::asio::awaitable<Result<std::optional<Answer>>> replay(Services& services, const Call& call) {
  using Found = std::optional<store::IdempotencyRow>;
  auto find = [workspace = call.principal.workspace_id,
               key = call.idempotency->key](const store::Tx& tx) -> Result<Found> {
    return tx.find_idempotency(workspace, key);
  };
  VOUCH_CO_TRY(Found row, co_await services.store.read(std::move(find)));
  const TimeMs oldest = services.clock.now_ms() - kIdempotencyKeptMs;
  if (!row || row->created_ms < oldest) co_return std::optional<Answer>();
  if (row->body_hash != call.idempotency->body_hash) {
    co_return fail(ErrorCode::kConflict,
                   "This Idempotency-Key was used for another request. Use a new one.");
  }
  if (row->status == kReserved) {
    co_return fail(ErrorCode::kConflict,
                   "A call with this Idempotency-Key has begun, and its end is not known: it runs, "
                   "or the server was stopped meanwhile. Ask the provider before you use a new "
                   "one.");
  }
  json::object kept = parse_kept(row->answer).as_object();
  Answer answer;
  answer.status = static_cast<int>(row->status);
  answer.body = kept["body"];
  answer.location = kept["location"].as_string();
  co_return std::optional<Answer>(std::move(answer));
}

boost::asio::awaitable<Result<Answer>> perform_once(Services& services, const Operation& operation,
                                                    const Call& call) {
  VOUCH_CO_TRY(std::optional<Answer> before, co_await replay(services, call));
  if (before) co_return std::move(*before);
  Result<Answer> answer = co_await operation.handler(services, call);
  if (answer || answer.error().code != ErrorCode::kConflict) co_return answer;
  // The same call may have been faster on another connection.
  VOUCH_CO_TRY(std::optional<Answer> meanwhile, co_await replay(services, call));
  if (meanwhile) co_return std::move(*meanwhile);
  co_return answer;
}

}  // namespace

boost::asio::awaitable<Result<Answer>> perform(Services& services, const Operation& operation,
                                               const Call& call) {
  if (!call.idempotency) return operation.handler(services, call);
  return perform_once(services, operation, call);
}

Keeper::Keeper(const Services& services, const Call& call) : idempotency_(call.idempotency) {
  line_.workspace_id = call.principal.workspace_id;
  line_.key_id = call.principal.key_id;
  line_.operation = call.operation;
  for (const char* name : {"project", "feature", "runId", "key", "path", "name", "provider",
                           "topic", "scriptId", "jobId", "sampleId", "documentId"}) {
    if (const json::value* value = call.params.if_contains(name)) line_.target[name] = *value;
  }
  line_.at_ms = services.clock.now_ms();
}

void Keeper::log(store::Tx& tx, int status) const {
  store::AuditRow line = line_;
  line.status = status;
  tx.insert_audit(line);
}

Result<void> Keeper::keep(store::Tx& tx, const Answer& answer) const {
  log(tx, answer.status);
  if (!idempotency_) return {};
  json::object kept{{"body", answer.body}, {"location", answer.location}};
  const bool has_made = !answer.location.empty();
  return insert(tx, answer.status, json::serialize(kept), has_made);
}

Result<void> Keeper::reserve(store::Tx& tx) const {
  return idempotency_ ? insert(tx, kReserved, "{}", false) : Result<void>();
}

void Keeper::release(store::Tx& tx) const {
  if (idempotency_) tx.delete_idempotency(line_.workspace_id, idempotency_->key);
}

Result<void> Keeper::insert(store::Tx& tx, std::int64_t status, std::string answer,
                            bool is_lasting) const {
  tx.delete_idempotency_before(line_.at_ms - kIdempotencyKeptMs);
  store::IdempotencyRow row;
  row.workspace_id = line_.workspace_id;
  row.key = idempotency_->key;
  row.body_hash = idempotency_->body_hash;
  row.status = status;
  row.answer = std::move(answer);
  row.created_ms = line_.at_ms;
  row.is_lasting = is_lasting;
  return tx.insert_idempotency(row);
}

boost::asio::awaitable<Result<void>> reserve(Services& services, const Call& call) {
  auto insert = [keeper = Keeper(services, call)](store::Tx& tx) { return keeper.reserve(tx); };
  co_return co_await services.store.write(std::move(insert));
}

boost::asio::awaitable<Result<void>> settle(Services& services, const Call& call,
                                            std::shared_ptr<const Answer> answer) {
  auto end = [answer, keeper = Keeper(services, call)](store::Tx& tx) -> Result<void> {
    keeper.release(tx);
    return answer ? keeper.keep(tx, *answer) : Result<void>();
  };
  co_return co_await services.store.write(std::move(end));
}

boost::asio::awaitable<Result<void>> keep_answer(Services& services, const Call& call,
                                                 Answer answer) {
  auto shared = std::make_shared<const Answer>(std::move(answer));
  auto keep = [shared, keeper = Keeper(services, call)](store::Tx& tx) {
    return keeper.keep(tx, *shared);
  };
  co_return co_await services.store.write(std::move(keep));
}

}  // namespace vouch::ops
