// Calls that change something: their answer, for an Idempotency-Key, and their line in the audit
// log are kept in the transaction that does the work, so there is no moment at which the work is
// done and one of them is missing.
//
// Idempotency-Key: the same key with the same request gives the first answer again, the same key
// with another request is 409. Refusals are not kept; answers for a day: those that say where
// something was made or begun whatever comes after them, others as far as the bytes that the store
// keeps of a workspace's reach (docs/limits.md).
//
// What cannot share a transaction (a script that asks its provider for something) is reserved
// before it begins: while nothing is known of its end, the same key is 409, also after a crash.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

inline constexpr std::int64_t kIdempotencyKeptMs = 24LL * 60 * 60 * 1000;

// Calls the operation's handler, unless the call was answered before. What every surface calls.
boost::asio::awaitable<Result<Answer>> perform(Services& services, const Operation& operation,
                                               const Call& call);

// Keeps what is to be kept of a call. For the transactions that change() does not write.
class Keeper {
 public:
  Keeper(const Services& services, const Call& call);

  // The answer and the line in the log. kConflict: another call with this Idempotency-Key was
  // faster.
  Result<void> keep(store::Tx& tx, const Answer& answer) const;
  // The line alone: of an answer that is seen once, as that with a new key.
  void log(store::Tx& tx, int status) const;

  // Of reserve() and settle(), below.
  Result<void> reserve(store::Tx& tx) const;
  void release(store::Tx& tx) const;

 private:
  Result<void> insert(store::Tx& tx, std::int64_t status, std::string answer,
                      bool is_lasting) const;

  std::optional<Idempotency> idempotency_;
  store::AuditRow line_;
};

// Does `work`, a closure of store.h's kind that returns a Result<Answer>, and keeps the answer.
template <class Work>
boost::asio::awaitable<Result<Answer>> change(Services& services, const Call& call, Work work) {
  auto transaction = [work = std::move(work),
                      keeper = Keeper(services, call)](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(Answer answer, work(tx));
    VOUCH_TRY_VOID(keeper.keep(tx, answer));
    return answer;
  };
  co_return co_await services.store.write(std::move(transaction));
}

// Reserves the call's Idempotency-Key. kConflict: another call has it.
boost::asio::awaitable<Result<void>> reserve(Services& services, const Call& call);
// Ends that: with the answer that the same key is given from now on, or, where it is null, as if
// there had been no call.
boost::asio::awaitable<Result<void>> settle(Services& services, const Call& call,
                                            std::shared_ptr<const Answer> answer);

// Keeps the answer in a transaction of its own, for work that has none to share: repeating it is
// harmless.
boost::asio::awaitable<Result<void>> keep_answer(Services& services, const Call& call,
                                                 Answer answer);

}  // namespace vouch::ops
