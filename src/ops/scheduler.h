// Begins the runs that a project's schedules want. Lives on the server's thread.
//
// A schedule that is due begins one run, however many of its times passed while the server was
// away; one whose run before has not ended, or that cannot run, says so in `last_problem` and waits
// for its next time. The run and the schedule's next time are written in one transaction, so that a
// crash neither loses a run nor begins it twice.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "ops/services.h"

namespace vouch::ops {

class Scheduler {
 public:
  Scheduler(const boost::asio::any_io_executor& executor, Services& services);

  // Until stop().
  boost::asio::awaitable<void> run();
  void stop();
  // A schedule has changed.
  void wake();

 private:
  boost::asio::awaitable<void> begin_due();
  boost::asio::awaitable<void> begin(store::ScheduleRow schedule);
  boost::asio::awaitable<std::chrono::milliseconds> until_next();

  Services& services_;
  boost::asio::steady_timer timer_;
  bool stopping_ = false;
  bool changed_ = false;
};

}  // namespace vouch::ops
