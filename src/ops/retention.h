// Lets go of what is older, or more, than is to be kept: artifacts of runs (traces, videos, logs),
// and the history of runs and jobs. The latest generation of a feature stays, with its log and
// proof, however old. Lives on the server's thread; files are removed on a thread of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "ops/services.h"

namespace vouch::ops {

struct RetentionOptions {
  std::int64_t artifacts_days = 30;
  std::int64_t history_days = 180;
  std::int64_t artifacts_bytes_max = 20LL << 30;  // of all runs; the oldest go first
};

struct Swept {
  int artifacts = 0;  // runs that lost theirs
  int runs = 0;
  int jobs = 0;
  int folders = 0;  // that belonged to no run any more
};

class Retention {
 public:
  Retention(const boost::asio::any_io_executor& executor, Services& services,
            RetentionOptions options);

  // Sweeps now and every hour, until stop().
  boost::asio::awaitable<void> run();
  void stop();

  boost::asio::awaitable<Result<Swept>> sweep();

 private:
  boost::asio::awaitable<Result<void>> sweep_jobs(Swept& swept);
  boost::asio::awaitable<Result<void>> sweep_runs(Swept& swept);
  boost::asio::awaitable<Result<void>> sweep_over_quota(Swept& swept);
  boost::asio::awaitable<Result<void>> sweep_folders(Swept& swept);
  boost::asio::awaitable<Result<void>> drop_artifacts(std::int64_t run_id, Swept& swept);
  boost::asio::awaitable<void> remove_folder(std::string path);
  TimeMs before(std::int64_t days) const;

  Services& services_;
  RetentionOptions options_;
  boost::asio::steady_timer timer_;
  boost::asio::thread_pool files_{1};
  bool stopping_ = false;
};

}  // namespace vouch::ops
