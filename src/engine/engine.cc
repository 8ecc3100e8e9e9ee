#include "engine/engine.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <set>

#include "engine/event_router.h"
#include "engine/running_job.h"

namespace vouch::engine {
namespace {

namespace asio = boost::asio;
using Stop = RunningJob::Stop;

Kinds by_name(std::vector<JobKind> kinds) {
  Kinds map;
  for (JobKind& kind : kinds) {
    std::string name = kind.name;
    VOUCH_CHECK(kind.handler && kind.concurrency > 0);
    VOUCH_CHECK(map.emplace(std::move(name), std::move(kind)).second);
  }
  return map;
}

std::string duration_text(std::int64_t ms) {
  if (ms < 1000) return std::to_string(ms) + " ms";
  return ms < 120000 ? std::to_string(ms / 1000) + " s" : std::to_string(ms / 60000) + " minutes";
}

// What the handler's exception or Result becomes.
Result<boost::json::object> outcome_of(const std::exception_ptr& exception,
                                       Result<boost::json::object> result) {
  if (!exception) return result;
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInternal,
                std::string("The job ended with a fault of ours: ") + error.what() + ".");
  }
}

}  // namespace

struct Engine::Impl : std::enable_shared_from_this<Engine::Impl> {
  Impl(const asio::any_io_executor& executor, store::Store& store, const Clock& clock,
       Random& random, EngineOptions options, std::vector<JobKind> kinds)
      : options(options),
        random(random),
        shared(std::make_shared<Shared>(Shared{executor, store, clock,
                                               Rules{.lease_ms = options.lease_ms,
                                                     .attempts_max = options.attempts_max,
                                                     .answer_within_ms = options.answer_within_ms},
                                               by_name(std::move(kinds))})),
        owner(make_uuid(random)),
        router(std::make_shared<EventRouter>(executor, store)),
        tick_timer(executor),
        idle(executor, asio::steady_timer::time_point::max()) {}

  store::Store& store() const { return shared->store; }
  TimeMs now() const { return shared->clock.now_ms(); }
  bool working() const { return started && !stopping; }

  // Claims what there is room for. One loop at a time; a wish during it makes it go round again.
  void wake(std::string_view kind) {
    if (!working()) return;
    wanted.insert(std::string(kind));
    if (claiming) return;
    claiming = true;
    asio::co_spawn(shared->executor, claim_wanted(shared_from_this()), asio::detached);
  }
  void wake() {
    for (const auto& [name, kind] : shared->kinds) wake(name);
  }
  // Once the caller has asked for its own write: the claim is asked for after it, and the two may
  // share a commit. Empty: all kinds.
  void wake_after(std::string kind) {
    asio::post(shared->executor, [self = shared_from_this(), kind = std::move(kind)] {
      kind.empty() ? self->wake() : self->wake(kind);
    });
  }

  // The Impl is passed along so that the frame keeps it.
  static asio::awaitable<void> claim_wanted(std::shared_ptr<Impl> self) {
    while (!self->wanted.empty() && self->working()) {
      const auto kind = self->shared->kinds.find(*self->wanted.begin());
      self->wanted.erase(self->wanted.begin());
      co_await self->claim(kind->second);
    }
    self->claiming = false;
    self->idle.cancel();
  }

  int running_of(std::string_view kind) const {
    return static_cast<int>(std::ranges::count_if(
        running, [&](const auto& entry) { return entry.second->job().kind == kind; }));
  }

  asio::awaitable<void> claim(const JobKind& kind) {
    const int room = kind.concurrency - running_of(kind.name);
    if (room <= 0) co_return;
    // A cancelled job whose handler has not returned yet still acts for its key.
    std::vector<std::string> busy;
    busy.reserve(running.size());
    for (const auto& [id, job] : running) busy.push_back(job->job().key);
    auto work = [shared = shared, owner = owner, now = now(), name = kind.name, room,
                 busy](store::Tx& tx) -> Result<std::vector<Claimed>> {
      return engine::claim(tx, name, room, busy, owner, shared->at(now));
    };
    auto claimed = co_await store().write(std::move(work));
    if (!claimed) co_return;  // the next tick tries again
    for (Claimed& one : *claimed) run(kind, std::move(one));
  }

  void run(const JobKind& kind, Claimed claimed) {
    auto job = std::make_shared<RunningJob>(shared, std::move(claimed.job),
                                            std::move(claimed.sections), std::move(claimed.lines));
    running.emplace(job->job().id, job);
    job->start_time_limit(kind.time_limit_ms);
    auto ended = [self = shared_from_this(), job, &kind](const std::exception_ptr& exception,
                                                         Result<boost::json::object> result) {
      auto outcome = outcome_of(exception, std::move(result));
      asio::co_spawn(self->shared->executor,
                     settle(self, job, kind.time_limit_ms, std::move(outcome)), asio::detached);
    };
    asio::co_spawn(shared->executor, handle(kind, job),
                   asio::bind_cancellation_slot(job->slot(), std::move(ended)));
    if (stopping) job->stop(Stop::kServerStop);
  }

  static asio::awaitable<Result<boost::json::object>> handle(const JobKind& kind,
                                                             std::shared_ptr<RunningJob> job) {
    co_return co_await kind.handler(*job);
  }

  // How the job ends, or goes on elsewhere, now that its handler has returned. Nullopt: that is
  // written already.
  static std::optional<Event> last_event(const RunningJob& job, std::int64_t limit_ms,
                                         Result<boost::json::object> outcome) {
    const std::int64_t epoch = job.lease_epoch();
    if (job.stopped() == Stop::kCancelled || job.stopped() == Stop::kLost) return std::nullopt;
    const std::int64_t browser_ms = job.browser_ms();
    if (outcome) return event::Finish{epoch, true, "", std::move(*outcome), browser_ms};
    if (job.stopped() == Stop::kServerStop) return event::Release{epoch, browser_ms};
    if (job.stopped() == Stop::kNone && !job.questions().empty()) {
      return event::Ask{epoch, job.questions(), browser_ms};
    }
    Error error = std::move(outcome).error();
    if (job.stopped() == Stop::kTimeLimit) {
      error = {ErrorCode::kTimeout, "It took longer than " + duration_text(limit_ms) + ".", {}};
    }
    if (job.stopped() == Stop::kRefused) error = job.refusal();
    boost::json::object result = {{"error", to_string(error.code)}, {"details", error.details}};
    return event::Finish{epoch, false, std::move(error.message), std::move(result), browser_ms};
  }

  static asio::awaitable<void> settle(std::shared_ptr<Impl> self, std::shared_ptr<RunningJob> job,
                                      std::int64_t limit_ms, Result<boost::json::object> outcome) {
    auto last = last_event(*job, limit_ms, std::move(outcome));
    self->running.erase(job->job().id);
    ++self->settling;
    self->wake_after({});
    // When it cannot be kept, the lease runs out, and a tick takes the job back.
    if (last) (void)co_await job->settle(std::move(*last));
    --self->settling;
    self->idle.cancel();
  }

  static asio::awaitable<void> tick_until_stopped(std::shared_ptr<Impl> self) {
    while (self->working()) {
      self->tick_timer.expires_after(std::chrono::milliseconds(self->options.heartbeat_ms));
      boost::system::error_code ignored;
      co_await self->tick_timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      if (self->working()) co_await self->tick();
    }
    self->ticking = false;
    self->idle.cancel();
  }

  // Renews our leases, takes back those that ran out, and looks for work that nobody told us of.
  asio::awaitable<void> tick() {
    std::map<std::string, event::Heartbeat> ours;
    for (const auto& [id, job] : running) {
      if (!job->cancelled())
        ours.emplace(id, event::Heartbeat{job->lease_epoch(), job->browser_ms()});
    }
    std::vector<std::string> present;
    present.reserve(running.size());
    for (const auto& [id, job] : running) present.push_back(id);
    auto work = [shared = shared, now = now(), ours, present](store::Tx& tx) -> Result<Tick> {
      return engine::tick(tx, ours, present, shared->at(now));
    };
    auto result = co_await store().write(std::move(work));
    if (!result) co_return stop_overdue();
    for (const std::string& id : result->lost) {
      if (auto job = running.find(id); job != running.end()) job->second->stop(Stop::kLost);
    }
    for (const auto& [id, error] : result->refused) {
      if (auto job = running.find(id); job != running.end()) job->second->refuse(error);
    }
    heartbeat_at = now();
    if (result->queued) wake();
  }

  // The store cannot be reached: what has no lease any more may be running elsewhere.
  void stop_overdue() {
    if (now() < heartbeat_at + options.lease_ms) return;
    stop_all(Stop::kLost);
  }

  // Of a copy: a handler may return while it is told.
  void stop_all(Stop reason) {
    const auto jobs = running;
    for (const auto& [id, job] : jobs) job->stop(reason);
  }

  const EngineOptions options;
  Random& random;
  const std::shared_ptr<const Shared> shared;
  const std::string owner;
  std::shared_ptr<EventRouter> router;
  store::Subscription subscription;
  std::map<std::string, std::shared_ptr<RunningJob>, std::less<>> running;  // by job
  asio::steady_timer tick_timer;
  asio::steady_timer idle;  // never expires; cancelled when something has ended
  TimeMs heartbeat_at = 0;
  int settling = 0;  // jobs whose handler has returned and whose end is being written
  bool started = false;
  bool stopping = false;
  bool claiming = false;
  std::set<std::string> wanted;  // kinds that there may be something to claim of
  bool ticking = false;
};

Engine::Engine(const asio::any_io_executor& executor, store::Store& store, const Clock& clock,
               Random& random, EngineOptions options, std::vector<JobKind> kinds)
    : impl_(std::make_shared<Impl>(executor, store, clock, random, options, std::move(kinds))) {}

Engine::~Engine() {
  impl_->stopping = true;  // nothing new is begun
  impl_->subscription = {};
  impl_->tick_timer.cancel();
  impl_->router->close();
}

asio::awaitable<Result<Recovery>> Engine::start() {
  auto impl = impl_;
  VOUCH_CHECK(!impl->started);
  impl->subscription = impl->store().subscribe(
      impl->shared->executor, [router = impl->router](const std::vector<store::EventRow>& events) {
        router->route(events);
      });
  auto work = [shared = impl->shared, now = impl->now(),
               resumes = impl->options.resumes](store::Tx& tx) -> Result<Recovery> {
    return recover(tx, shared->store.exclusive(), resumes, shared->at(now));
  };
  VOUCH_CO_TRY(Recovery recovery, co_await impl->store().write(std::move(work)));
  impl->started = true;
  impl->ticking = true;
  impl->heartbeat_at = impl->now();
  asio::co_spawn(impl->shared->executor, Impl::tick_until_stopped(impl), asio::detached);
  impl->wake();
  co_return recovery;
}

asio::awaitable<void> Engine::stop() {
  auto impl = impl_;
  impl->stopping = true;
  impl->tick_timer.cancel();
  impl->stop_all(Stop::kServerStop);
  while (impl->claiming || impl->ticking || impl->settling > 0 || !impl->running.empty()) {
    boost::system::error_code ignored;
    co_await impl->idle.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  impl->router->close();
}

asio::awaitable<Result<Dispatched>> Engine::dispatch(std::string kind, DispatchPlan plan) {
  auto impl = impl_;
  if (impl->stopping) {
    co_return fail(ErrorCode::kUnavailable, "The server is stopping: ask again when it is back.");
  }
  VOUCH_CHECK(impl->shared->kinds.contains(kind));
  auto work = [shared = impl->shared, kind, plan = std::move(plan),
               id = make_uuid_of_time(impl->random, impl->now()),
               now = impl->now()](store::Tx& tx) -> Result<Dispatched> {
    VOUCH_TRY(Dispatched dispatched, begin(tx, plan, id, shared->at(now)));
    VOUCH_CHECK(dispatched.job.kind == kind);
    return dispatched;
  };
  impl->wake_after(std::move(kind));
  co_return co_await impl->store().write(std::move(work));
}

asio::awaitable<Result<Dispatched>> Engine::dispatch(NewJob job) {
  std::string kind = job.kind;
  DispatchPlan plan = [job = std::move(job)](store::Tx&, const std::string&) -> Result<NewJob> {
    return job;
  };
  co_return co_await dispatch(std::move(kind), std::move(plan));
}

asio::awaitable<Result<store::JobRow>> Engine::cancel(std::string job_id, std::string reason) {
  auto impl = impl_;
  event::Cancel cancel{std::move(reason)};
  if (auto found = impl->running.find(job_id); found != impl->running.end()) {
    cancel.browser_ms = found->second->browser_ms();
  }
  auto work = [shared = impl->shared, job_id, cancel = std::move(cancel),
               now = impl->now()](store::Tx& tx) -> Result<store::JobRow> {
    return advance(tx, job_id, cancel, shared->at(now));
  };
  auto job = co_await impl->store().write(std::move(work));
  if (!job) co_return job;
  if (auto found = impl->running.find(job_id); found != impl->running.end()) {
    found->second->stop(Stop::kCancelled);
  }
  co_return job;
}

asio::awaitable<Result<store::JobRow>> Engine::answer(std::string job_id, AnswerPlan plan) {
  auto impl = impl_;
  auto work = [shared = impl->shared, job_id, plan = std::move(plan),
               now = impl->now()](store::Tx& tx) -> Result<store::JobRow> {
    return engine::answer(tx, job_id, plan, shared->at(now));
  };
  auto job = co_await impl->store().write(std::move(work));
  if (job) impl->wake(job->kind);
  co_return job;
}

asio::awaitable<Result<bool>> Engine::wait_for_end(std::string job_id,
                                                   std::chrono::milliseconds timeout) {
  return impl_->router->wait_for_end(std::move(job_id), timeout);
}

asio::awaitable<Result<std::vector<store::EventRow>>> Engine::wait(
    std::string job_id, std::int64_t after_seq, std::chrono::milliseconds timeout) {
  store::EventFilter filter;
  filter.job_id = std::move(job_id);
  auto stream = subscribe(std::move(filter), after_seq);
  co_return co_await stream->next(timeout);
}

std::unique_ptr<EventStream> Engine::subscribe(store::EventFilter filter, std::int64_t after_seq) {
  return impl_->router->stream(std::move(filter), after_seq);
}

asio::awaitable<Result<std::optional<std::int64_t>>> Engine::queue_position(std::string job_id) {
  auto impl = impl_;
  auto work = [job_id =
                   std::move(job_id)](const store::Tx& tx) -> Result<std::optional<std::int64_t>> {
    return tx.queue_position(job_id);
  };
  co_return co_await impl->store().read(std::move(work));
}

int Engine::running() const { return static_cast<int>(impl_->running.size()); }

int Engine::slots() const {
  int slots = 0;
  for (const auto& [name, kind] : impl_->shared->kinds) slots += kind.concurrency;
  return slots;
}

}  // namespace vouch::engine
