#include "ops/job_calls.h"

#include "ops/change.h"
#include "ops/wire.h"

namespace vouch::ops {

Error with_request(Error error) {
  if (const auto* job = error.details.if_contains("jobId")) {
    error.details["requestId"] = boost::json::value(*job);
    error.details.erase("jobId");
  }
  return error;
}

boost::asio::awaitable<Result<void>> wait_for_job(
    Services& services, const Call& call,
    std::function<Result<std::string>(const store::Tx&)> find) {
  if (!call.wait) co_return Result<void>();
  VOUCH_CO_TRY(std::string job_id, co_await services.store.read(std::move(find)));
  if (job_id.empty()) co_return Result<void>();
  auto ended = co_await services.engine.wait_for_end(std::move(job_id), *call.wait);
  // Its history may be gone before what it made.
  if (!ended && ended.error().code != ErrorCode::kNotFound) {
    co_return std::unexpected(std::move(ended).error());
  }
  co_return Result<void>();
}

boost::asio::awaitable<Result<Answer>> cancel_job(Services& services, const Call& call,
                                                  std::string job_id, Error ended) {
  auto cancelled = co_await services.engine.cancel(std::move(job_id));
  if (!cancelled && cancelled.error().code == ErrorCode::kConflict) {
    co_return std::unexpected(std::move(ended));
  }
  VOUCH_CO_TRY_VOID(std::move(cancelled));
  VOUCH_CO_TRY_VOID(co_await keep_answer(services, call, ok_answer()));
  co_return ok_answer();
}

}  // namespace vouch::ops
