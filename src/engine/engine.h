// Durable jobs: dispatched, leased, watched, cancelled, recovered.
//
// What is promised:
//
// 202. When dispatch() returns a job, it is on disk together with everything its plan wrote: it
// will end (succeeded, failed or
//   cancelled), whatever happens to this process. When it returns an Error, nothing was written.
// One at a time. At most one live job has a given key; the second dispatch is kConflict with
// details.jobId. A job that was
//   cancelled frees its key at once, but the next one of that key starts only when the old handler
//   is really gone.
// Lease. A handler runs while its worker holds the job's lease, renewed every heartbeat_ms. Every
// write it makes carries the
//   lease's epoch; once another worker may have the job, they are refused, and the handler is told
//   as for a cancel. A worker that died is noticed within lease_ms + heartbeat_ms; the one that
//   owned this folder before us, at once.
// At least once, by section. A job whose worker died goes back to the queue, and starts again with
// its finished sections
//   (JobContext::finished). A section is finished when commit_section() returned. After
//   attempts_max deaths it is failed.
// Cancel. cancel() returns when the job is `cancelled` on disk; its handler has been signalled
// then, whatever it awaits
//   ends at once (boost::asio cancellation, type terminal), and nothing it still tries to write is
//   kept.
// Ask. A handler that needs a person calls ask() and returns: the job waits, holding no worker and
// no
//   lease, and begins again, with its finished sections and the answers, once answer() was called.
// Events. Every change is an event with a sequence number, in the same transaction as the change
// (core.h lists them). Stop. stop() gives running jobs back to the queue, without spending an
// attempt.
//
// Threads: everything here lives on the one thread that runs `executor`'s io_context, handlers
// included: they must not block. The store has its own threads. Who waits costs a coroutine, not a
// thread, and is freed when it is cancelled.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "engine/core.h"
#include "store/store.h"

namespace vouch::engine {

// What a handler has of its job. Valid until the handler returns.
//
// progress, stage and log return at once; they are durable, in the order in which they were called,
// within kReportDelayMsMax, and before commit_section, write, flush or the end of the job are. A
// refused one (stale lease) acts as a cancel.
class JobContext {
 public:
  virtual ~JobContext() = default;

  virtual const store::JobRow& job() const = 0;  // as claimed; `payload` is what was dispatched
  std::int64_t lease_epoch() const { return job().lease_epoch; }
  // All sections as they were when this attempt began, in order. The completed ones need not be
  // done again: `data` is what commit_section kept.
  virtual const std::vector<store::SectionRow>& sections() const = 0;

  virtual void stage(std::string stage) = 0;  // of the job
  virtual void progress(SectionChange change) = 0;
  // A line of a section's log; shortened to kLogLineCharactersMax, at most kLogLinesPerSectionMax
  // of them.
  virtual void log(std::int64_t ordinal, std::string_view line) = 0;

  using Extra = std::function<Result<void>(store::Tx&)>;
  // Finishes a section: its data, conclusion and whatever `extra` writes are kept together.
  // kCancelled: the lease is gone.
  virtual boost::asio::awaitable<Result<void>> commit_section(std::int64_t ordinal,
                                                              store::Conclusion conclusion,
                                                              std::string reason,
                                                              boost::json::object data,
                                                              Extra extra = {}) = 0;
  // Any other change, refused with kCancelled when the lease is gone.
  virtual boost::asio::awaitable<Result<void>> write(Extra extra) = 0;
  // Returns when everything reported so far is durable.
  virtual boost::asio::awaitable<Result<void>> flush() = 0;

  // Counts as browser time of the job from now until what is returned is gone.
  [[nodiscard]] virtual std::shared_ptr<void> browser_time() = 0;

  // The handler cannot go on without a person. It returns then, with any Error, and is called again
  // when all was answered: `payload.answers`. Questions are whatever the kind's readers understand.
  virtual void ask(boost::json::array questions) = 0;

  // The job was cancelled, its lease is lost, its time is over, or the server stops: return soon,
  // with any Error. Awaited work is told by Asio's cancellation: it ends with operation_aborted,
  // and the handler may let that exception pass. One that must clean up by awaiting calls `co_await
  // this_coro::reset_cancellation_state()` first.
  virtual bool cancelled() const = 0;
};

inline constexpr std::int64_t kReportDelayMsMax = 50;
inline constexpr const char* kCancelReason = "It was cancelled.";

// What a kind of job is. All closures that take a Tx follow the rules of store.h.
struct JobKind {
  std::string name;
  int concurrency = 2;                            // handlers at once in this process
  std::int64_t time_limit_ms = 30LL * 60 * 1000;  // of one attempt; then the job is failed

  // Runs the job. A value: succeeded, with this result. An Error: failed, its message is the job's
  // reason and {error, details} its result; it is not tried again.
  std::function<boost::asio::awaitable<Result<boost::json::object>>(JobContext&)> handler;

  // In the transaction of a claim (e.g. a run's started time). May be empty.
  std::function<void(store::Tx&, const store::JobRow&)> on_start;
  // In the transaction in which the job ends, whichever way: finished, failed, cancelled in the
  // queue or while running, given up. `job` is as it will be kept. May be empty.
  std::function<void(store::Tx&, const store::JobRow&)> on_end;
  // In the transaction in which a job begins to wait for a person. May be empty.
  std::function<void(store::Tx&, const store::JobRow&)> on_wait;
  // In the transaction of every heartbeat. An Error ends the job: it is failed with it. May be
  // empty.
  std::function<Result<void>(store::Tx&, const store::JobRow&)> on_heartbeat;
};

struct EngineOptions {
  std::int64_t lease_ms = 4000;
  std::int64_t heartbeat_ms = 1000;  // the lease must be several of these
  std::int64_t attempts_max = 3;
  std::int64_t answer_within_ms = 7LL * 24 * 60 * 60 * 1000;  // then a waiting job is failed
  // Off: whoever was waiting for the jobs of the dead owner has gone with it, so that start()
  // cancels them, the queued ones too.
  bool resumes = true;
};

// What is to be dispatched, found in the transaction that dispatches it, under the id that the job
// will have. It may write what belongs to it: set a status, insert a run. An Error refuses the
// dispatch, and so does a key that has a live job; nothing is written then.
using DispatchPlan = std::function<Result<NewJob>(store::Tx&, const std::string& job_id)>;

// What a waiting job is answered, found in the transaction that answers it: an object that is added
// to its payload's `answers`. An Error refuses it, and nothing is written.
using AnswerPlan = std::function<Result<boost::json::object>(store::Tx&, const store::JobRow& job)>;

struct Dispatched {
  store::JobRow job;
  std::int64_t seq = 0;  // of its job.queued event: subscribe after it to see the rest
};

struct Recovery {
  int requeued = 0;  // jobs of the dead owner that will be tried again
  int given_up = 0;  // … that had used up their attempts, or were cancelled
};

// Events of one reader: first those that are kept, from a sequence number on, then live ones; each
// once, in order. Belongs to the engine's thread. One next() at a time.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // The next events, at least one, unless `timeout` passed first (then empty) or the engine stopped
  // (kUnavailable).
  virtual boost::asio::awaitable<Result<std::vector<store::EventRow>>> next(
      std::chrono::milliseconds timeout) = 0;
};

class Engine {
 public:
  Engine(const boost::asio::any_io_executor& executor, store::Store& store, const Clock& clock,
         Random& random, EngineOptions options, std::vector<JobKind> kinds);
  // Without stop(), what ran is left as a crash would leave it.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Takes back the jobs of the dead owner and begins to work. Call once, first.
  boost::asio::awaitable<Result<Recovery>> start();
  // Stops claiming, signals all handlers, waits until they returned, and gives their jobs back.
  // Waiters get kUnavailable.
  boost::asio::awaitable<void> stop();

  // `kind`: of the job that the plan will find.
  boost::asio::awaitable<Result<Dispatched>> dispatch(std::string kind, DispatchPlan plan);
  boost::asio::awaitable<Result<Dispatched>> dispatch(NewJob job);
  // kNotFound: no such job. kConflict: it has ended already. Returns the job as cancelled, with
  // this reason.
  boost::asio::awaitable<Result<store::JobRow>> cancel(std::string job_id,
                                                       std::string reason = kCancelReason);

  // kNotFound: no such job. kConflict: it does not wait. Returns the job as queued.
  boost::asio::awaitable<Result<store::JobRow>> answer(std::string job_id, AnswerPlan plan);

  // Returns when the job has ended (true) or `timeout` has passed (false). kNotFound.
  boost::asio::awaitable<Result<bool>> wait_for_end(std::string job_id,
                                                    std::chrono::milliseconds timeout);
  // Events of the job after `after_seq`: as soon as there is one; empty when `timeout` passed
  // first.
  boost::asio::awaitable<Result<std::vector<store::EventRow>>> wait(
      std::string job_id, std::int64_t after_seq, std::chrono::milliseconds timeout);
  // Events after `after_seq`; store::Tx::last_event_seq() for only new ones.
  std::unique_ptr<EventStream> subscribe(store::EventFilter filter, std::int64_t after_seq);

  // 1 is the next of its kind; empty when it is not queued.
  boost::asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(std::string job_id);

  // Handlers at work now, and places for them in all kinds.
  int running() const;
  int slots() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::engine
