#include "ops/idempotency.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace vouch::ops {
namespace json = boost::json;

namespace {

// What the call was answered with before. Empty: never, or it has no Idempotency-Key.
boost::asio::awaitable<Result<std::optional<Answer>>> replay(Services& services, const Call& call) {
  if (!call.idempotency) co_return std::optional<Answer>();
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
  json::object kept = json::parse(row->answer).as_object();
  Answer answer;
  answer.status = static_cast<int>(row->status);
  answer.body = kept["body"];
  answer.location = kept["location"].as_string();
  co_return std::optional<Answer>(std::move(answer));
}

}  // namespace

boost::asio::awaitable<Result<Answer>> perform(Services& services, const Operation& operation,
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

Result<void> Keeper::keep(store::Tx& tx, const Answer& answer) const {
  if (!idempotency_) return {};
  tx.delete_idempotency_before(now_ms_ - kIdempotencyKeptMs);
  store::IdempotencyRow row;
  row.workspace_id = workspace_id_;
  row.key = idempotency_->key;
  row.body_hash = idempotency_->body_hash;
  row.status = answer.status;
  row.answer = json::serialize(json::object{{"body", answer.body}, {"location", answer.location}});
  row.created_ms = now_ms_;
  return tx.insert_idempotency(row);
}

boost::asio::awaitable<Result<void>> keep_answer(Services& services, const Call& call,
                                                 Answer answer) {
  if (!call.idempotency) co_return Result<void>();
  auto shared = std::make_shared<const Answer>(std::move(answer));
  auto keep = [shared, keeper = Keeper(services, call)](store::Tx& tx) {
    return keeper.keep(tx, *shared);
  };
  co_return co_await services.store.write(std::move(keep));
}

}  // namespace vouch::ops
