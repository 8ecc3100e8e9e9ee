#include "ops/scheduler.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/cron.h"
#include "ops/project_run.h"

namespace vouch::ops {
namespace {

namespace asio = boost::asio;

// How long it sleeps at most: the machine's clock may be set.
constexpr std::chrono::milliseconds kLookAgain{60'000};
// And at least: what is due and cannot be begun (the store is not there) is tried again, not at
// once.
constexpr std::chrono::milliseconds kTryAgain{1'000};

// Its next time, counted from now.
void move_on(store::ScheduleRow& schedule, TimeMs now) {
  schedule.last_ms = now;
  schedule.updated_ms = now;
  auto cron = Cron::parse(schedule.cron);
  VOUCH_CHECK(cron.has_value());  // it was read when it was kept
  schedule.next_ms = cron->next_after(now);
}

// As it is now, if it is still due as it was.
std::optional<store::ScheduleRow> still_due(const store::Tx& tx, const store::ScheduleRow& seen) {
  auto schedule = tx.find_schedule(seen.project_id, seen.id);
  if (!schedule || schedule->next_ms != seen.next_ms) return std::nullopt;
  return schedule;
}

Result<engine::NewJob> plan(store::Tx& tx, const store::ScheduleRow& seen,
                            const std::string& job_id, TimeMs now) {
  auto schedule = still_due(tx, seen);
  auto project = tx.find_project_anywhere(seen.project_id);
  if (!schedule || !project) return fail(ErrorCode::kNotFound, "The schedule was changed.");
  const RunWish wish{schedule->config, schedule->site_url};
  VOUCH_TRY(PlannedRun planned, plan_project_run(tx, *project, schedule->tag, wish, job_id, now));
  move_on(*schedule, now);
  schedule->last_run_id = planned.run.id;
  schedule->last_problem.clear();
  tx.update_schedule(*schedule);
  planned.job.key = "schedule:" + std::to_string(schedule->id);
  planned.job.busy_message = "The run before had not ended.";
  return std::move(planned.job);
}

}  // namespace

Scheduler::Scheduler(const asio::any_io_executor& executor, Services& services)
    : services_(services), timer_(executor) {}

void Scheduler::stop() {
  stopping_ = true;
  timer_.cancel();
}

void Scheduler::wake() {
  changed_ = true;
  timer_.cancel();
}

asio::awaitable<void> Scheduler::begin(store::ScheduleRow schedule) {
  const TimeMs now = services_.clock.now_ms();
  engine::DispatchPlan dispatch = [schedule, now](store::Tx& tx, const std::string& job_id) {
    return plan(tx, schedule, job_id, now);
  };
  auto dispatched = co_await services_.engine.dispatch(std::string(kRunKind), std::move(dispatch));
  if (dispatched || dispatched.error().code == ErrorCode::kUnavailable) co_return;
  auto note = [schedule, now, problem = dispatched.error().message](store::Tx& tx) -> Result<void> {
    auto due = still_due(tx, schedule);
    if (!due) return {};
    move_on(*due, now);
    due->last_problem = problem;
    tx.update_schedule(*due);
    return {};
  };
  (void)co_await services_.store.write(std::move(note));
}

asio::awaitable<void> Scheduler::begin_due() {
  auto due = [now = services_.clock.now_ms()](
                 const store::Tx& tx) -> Result<std::vector<store::ScheduleRow>> {
    return tx.list_due_schedules(now);
  };
  auto schedules = co_await services_.store.read(std::move(due));
  if (!schedules) co_return;
  for (store::ScheduleRow& schedule : *schedules) {
    if (stopping_) co_return;
    co_await begin(std::move(schedule));
  }
}

asio::awaitable<std::chrono::milliseconds> Scheduler::until_next() {
  auto find = [](const store::Tx& tx) -> Result<std::optional<TimeMs>> {
    return tx.next_schedule_ms();
  };
  auto next = co_await services_.store.read(std::move(find));
  if (!next || !*next) co_return kLookAgain;
  const std::chrono::milliseconds wait{**next - services_.clock.now_ms()};
  co_return std::clamp(wait, kTryAgain, kLookAgain);
}

asio::awaitable<void> Scheduler::run() {
  while (!stopping_) {
    changed_ = false;
    co_await begin_due();
    const std::chrono::milliseconds wait = co_await until_next();
    if (stopping_) co_return;
    if (changed_) continue;  // while it looked
    timer_.expires_after(wait);
    boost::system::error_code ignored;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace vouch::ops
