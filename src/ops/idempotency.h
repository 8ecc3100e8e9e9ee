// Idempotency-Key: the same key with the same request gives the first answer again, the same key
// with another request is 409. The answer is kept in the transaction that did the work, so there is
// no moment at which the work is done and the answer unknown. Refusals are not kept.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

inline constexpr std::int64_t kIdempotencyKeptMs = 24LL * 60 * 60 * 1000;

// Calls the operation's handler, unless the call was answered before. What every surface calls.
boost::asio::awaitable<Result<Answer>> perform(Services& services, const Operation& operation,
                                               const Call& call);

// Keeps the call's answer; to be called in the transaction that does the work. kConflict: another
// call with this key was faster.
class Keeper {
 public:
  Keeper(const Services& services, const Call& call)
      : idempotency_(call.idempotency),
        workspace_id_(call.principal.workspace_id),
        now_ms_(services.clock.now_ms()) {}

  Result<void> keep(store::Tx& tx, const Answer& answer) const;

 private:
  std::optional<Idempotency> idempotency_;
  std::string workspace_id_;
  TimeMs now_ms_;
};

// The same in a transaction of its own, for work that has none to share: repeating it is harmless.
boost::asio::awaitable<Result<void>> keep_answer(Services& services, const Call& call,
                                                 Answer answer);

}  // namespace vouch::ops
