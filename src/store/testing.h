// For tests: runs coroutines to their end, and gives folders that vanish.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace vouch::testing {

// Runs `io` until `done`. What will make it so may come from other threads, while `io` itself has
// nothing to do; that it never comes is told long after.
template <class Predicate>
void run_until(boost::asio::io_context& io, Predicate done) {
  const auto open = boost::asio::make_work_guard(io);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
  io.restart();
  while (!done() && io.run_one_until(give_up) > 0) {
  }
  VOUCH_CHECK(done());
}

// Runs `io` until `work` has ended, and returns what it returned. Others on the same io_context go
// on meanwhile.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
  std::optional<T> outcome;
  std::exception_ptr failure;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr exception, T value) {
    failure = exception;
    outcome.emplace(std::move(value));
  });
  run_until(io, [&] { return outcome.has_value(); });
  if (failure) std::rethrow_exception(failure);
  return std::move(*outcome);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> work) {
  bool ended = false;
  std::exception_ptr failure;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr exception) {
    failure = exception;
    ended = true;
  });
  run_until(io, [&] { return ended; });
  if (failure) std::rethrow_exception(failure);
}

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vouch-test-XXXXXX").string();
    VOUCH_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Stands still unless it is moved.
class ManualClock final : public Clock {
 public:
  TimeMs now_ms() const override { return now_; }
  void advance(TimeMs ms) { now_ += ms; }

 private:
  TimeMs now_ = 1'000'000;
};

}  // namespace vouch::testing
