// What is kept: one awaitable interface, whatever database is behind it.
//
//   Result<FeatureRow> feature = co_await store.write([=](Tx& tx) -> Result<FeatureRow> {
//     return tx.insert_feature(row);
//   });
//
// Transactions are closures. They run on the store's own threads, may run more than once (a
// neighbour's failure undoes the group), and so capture by value, change nothing but the Tx, and do
// not block. What they return must be a Result.
//
// write: durable when it returns with a value: committed and synced to disk. An Error returned by
// the closure undoes all it
//   did. Writes that arrive together share one commit (transactions.h). They take effect in the
//   order in which they were asked.
// read:  sees everything that was committed before it was asked, as one consistent state.
//
// Errors beside the closure's own: kUnavailable (disk full, database lost, store closing). The
// transaction then did not
//   happen, except that a commit whose outcome cannot be known is also told as kUnavailable.
// Threads: write, read and subscribe may be called from any thread; the awaiting coroutine resumes
// on its own executor. A
//   transaction that was asked runs even when its coroutine is cancelled meanwhile.
// Lifetime: the io_context outlives the store; the destructor finishes what was asked.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/tx.h"

namespace vouch::store {

// The server's own secret that artifact links are signed with: a setting made when the store is
// first opened.
inline constexpr std::string_view kArtifactSigningKey = "artifact_signing_key";

// Ends the subscription when destroyed, after which the callback is not called again, provided that
// it is destroyed on the thread of the subscriber's executor.
class Subscription {
 public:
  Subscription() = default;
  explicit Subscription(std::shared_ptr<void> token) : token_(std::move(token)) {}

 private:
  std::shared_ptr<void> token_;
};

using EventCallback = std::function<void(const std::vector<EventRow>&)>;

class Store {
 public:
  virtual ~Store() = default;

  template <class F>
  auto write(F closure) -> boost::asio::awaitable<std::invoke_result_t<F&, Tx&>> {
    return ask<std::invoke_result_t<F&, Tx&>>(true, std::move(closure));
  }
  template <class F>
  auto read(F closure) -> boost::asio::awaitable<std::invoke_result_t<F&, const Tx&>> {
    return ask<std::invoke_result_t<F&, const Tx&>>(false, std::move(closure));
  }

  // write() for who is not a coroutine: asked before it returns, and told by `handler(Result)`,
  // once, on the executor bound to it (boost::asio::bind_executor).
  template <class F, class Handler>
  void post_write(F closure, Handler handler) {
    submit_work<std::invoke_result_t<F&, Tx&>>(true, std::move(closure), std::move(handler));
  }

  // From now on `callback` gets every committed event, in order of seq and each once, on
  // `executor`.
  virtual Subscription subscribe(boost::asio::any_io_executor executor, EventCallback callback) = 0;

  // True when no other process can have this store open (SQLite): leases of another owner are then
  // those of a dead one.
  virtual bool exclusive() const = 0;

  // Another number after each commit, before whoever asked for it is told: what was read since the
  // number was taken still holds while it is the same. Empty where others may commit (PostgreSQL).
  // Any thread.
  virtual std::optional<std::uint64_t> version() const = 0;

  // A transaction on its way through the store. run() executes the closure, keeping its outcome,
  // and says whether to keep its changes; finish() hands the outcome, or the error that befell the
  // transaction, to the awaiting caller. Both are called on the store's threads: run() once for
  // every try, finish() once.
  class Work {
   public:
    virtual ~Work() = default;
    virtual bool run(Tx& tx) = 0;
    virtual void finish(std::optional<Error> error) = 0;
  };

 protected:
  virtual void submit(bool is_write, std::unique_ptr<Work> work) = 0;

 private:
  template <class R, class F, class Handler>
  class WorkOf final : public Work {
   public:
    WorkOf(bool is_write, F closure, Handler handler)
        : is_write_(is_write),
          closure_(std::move(closure)),
          handler_(std::move(handler)),
          guard_(boost::asio::get_associated_executor(handler_)) {}

    bool run(Tx& tx) override {
      if constexpr (std::is_invocable_v<F&, const Tx&>) {
        outcome_.emplace(closure_(std::as_const(tx)));
      } else {
        outcome_.emplace(closure_(tx));
      }
      return is_write_ && outcome_->has_value();
    }

    void finish(std::optional<Error> error) override {
      if (error) outcome_.emplace(std::unexpected(std::move(*error)));
      auto executor = guard_.get_executor();
      boost::asio::post(executor, [handler = std::move(handler_), outcome = std::move(*outcome_),
                                   guard = std::move(guard_)]() mutable {
        guard.reset();
        std::move(handler)(std::move(outcome));
      });
    }

   private:
    using Executor = boost::asio::associated_executor_t<Handler>;
    bool is_write_;
    F closure_;
    Handler handler_;
    boost::asio::executor_work_guard<Executor> guard_;
    std::optional<R> outcome_;
  };

  template <class R, class F, class Handler>
  void submit_work(bool is_write, F closure, Handler handler) {
    submit(is_write, std::make_unique<WorkOf<R, F, Handler>>(is_write, std::move(closure),
                                                             std::move(handler)));
  }

  template <class R, class F>
  boost::asio::awaitable<R> ask(bool is_write, F closure) {
    auto initiate = [this, is_write](auto handler, F closure) {
      submit_work<R>(is_write, std::move(closure), std::move(handler));
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(R)>(
        std::move(initiate), boost::asio::use_awaitable, std::move(closure));
  }
};

}  // namespace vouch::store
