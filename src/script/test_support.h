// What the tests of this module share.
#pragma once

#include <unistd.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/test_support.h"
#include "script/script.h"

namespace vouch::script {

namespace asio = boost::asio;

struct WorldOptions {
  std::int64_t idle_ms_max = 60'000;
  bool jit = true;
  std::string worker_path = std::string(VOUCH_SOURCE_DIR) + "/bin/vouch-script";
};

// A sandbox and a pool, and runs of one owner's unless said otherwise.
class World {
 public:
  explicit World(const WorldOptions& given = {})
      : sandbox_(io_.get_executor(), sandbox::test_options(dir_.path())) {
    PoolOptions options;
    options.worker_path = given.worker_path;
    options.idle_ms_max = given.idle_ms_max;
    options.jit = given.jit;
    pool_ = std::make_unique<Pool>(io_.get_executor(), sandbox_, options);
  }

  static RunOptions options() {
    RunOptions options;
    options.owner = "owner";
    return options;
  }
  static ScriptPtr script(const std::string& source) { return *Script::make(source); }

  Outcome run(const std::string& source, const std::string& input, RunOptions run = options()) {
    return await(pool_->run(script(source), input, std::move(run)));
  }
  std::vector<Outcome> run_all(const std::string& source, std::vector<std::string> inputs,
                               RunOptions run = options()) {
    return await(pool_->run_all(script(source), std::move(inputs), std::move(run)));
  }
  // How many outcomes each hop gave.
  std::vector<std::size_t> hops(const std::string& source, std::vector<std::string> inputs,
                                RunOptions options) {
    auto run = pool_->begin(script(source), std::move(inputs), std::move(options));
    std::vector<std::size_t> sizes;
    while (!run.ended()) sizes.push_back(await(run.next()).size());
    return sizes;
  }
  Result<void> check(const std::string& source) {
    return await(pool_->check(script(source), options()));
  }
  std::string output(const std::string& source, const std::string& input) {
    const Outcome outcome = run(source, input);
    return outcome.output ? *outcome.output : "failed: " + outcome.output.error().message;
  }
  Error error(const std::string& source, const std::string& input, RunOptions with = options()) {
    const Outcome outcome = run(source, input, std::move(with));
    return outcome.output ? Error{ErrorCode::kInternal, "there was none: " + *outcome.output, {}}
                          : outcome.output.error();
  }
  std::string reason(const std::string& source, const std::string& input) {
    const Error failed = error(source, input);
    const auto* reason = failed.details.if_contains("reason");
    return reason ? std::string(reason->as_string()) : failed.message;
  }
  // So many calls, 0, 1, 2 …, at the same time and for as many owners; how many were squared.
  int run_at_once(const std::string& source, int count) {
    int ended = 0, right = 0;
    const auto one = [&](int i) -> asio::awaitable<void> {
      RunOptions run = options();
      run.owner = std::to_string(i % 5);
      const Outcome outcome =
          co_await pool_->run(script(source), std::to_string(i), std::move(run));
      ++ended;
      right += outcome.output && *outcome.output == std::to_string(i * i) ? 1 : 0;
    };
    for (int i = 0; i < count; ++i) asio::co_spawn(io_, one(i), asio::detached);
    run_until([&] { return ended == count; });
    return right;
  }

  // Begins a call, and destroys whoever awaits it before it has ended.
  void start_and_leave(const std::string& source, const std::string& input) {
    asio::cancellation_signal leave;
    bool ended = false;
    asio::co_spawn(io_, pool_->run(script(source), input, options()),
                   asio::bind_cancellation_slot(
                       leave.slot(), [&](std::exception_ptr, const Outcome&) { ended = true; }));
    asio::steady_timer soon(io_, std::chrono::milliseconds(300));
    soon.async_wait([&](boost::system::error_code cancelled) {
      if (!cancelled) leave.emit(asio::cancellation_type::all);
    });
    run_until([&] { return ended; });
  }

  // /proc/…/status of a process of the pool's, as the host sees it.
  static std::string status_of_worker() {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::error_code error;
      std::ifstream file(entry.path() / "status");
      const std::string status(std::istreambuf_iterator<char>(file), {});
      if (!status.starts_with("Name:\tvouch-script\n")) continue;
      if (is_below_this_process(entry.path().filename())) return status;
    }
    return {};
  }

  template <class Condition>
  void run_until(Condition condition) {
    io_.restart();
    while (!condition() && io_.run_one() > 0) {
    }
  }
  // Until the process that stands ready is there.
  void settle() {
    const int before = pool_->processes();
    run_until([&] { return pool_->processes() > before || before >= 2; });
  }

  template <class T>
  T await(asio::awaitable<T> work) {
    return sandbox::run(io_, std::move(work));
  }
  Pool& pool() { return *pool_; }
  asio::any_io_executor executor() { return io_.get_executor(); }

 private:
  static bool is_below_this_process(std::string pid) {
    while (pid != "0" && !pid.empty()) {
      if (pid == std::to_string(getpid())) return true;
      std::ifstream file("/proc/" + pid + "/stat");
      const std::string stat(std::istreambuf_iterator<char>(file), {});
      std::istringstream after_name(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
      std::string state;
      pid.clear();
      after_name >> state >> pid;
    }
    return false;
  }

  asio::io_context io_;
  sandbox::TemporaryDir dir_;
  sandbox::Sandbox sandbox_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace vouch::script
