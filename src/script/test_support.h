// What the tests of this module share.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
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
  asio::io_context io_;
  sandbox::TemporaryDir dir_;
  sandbox::Sandbox sandbox_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace vouch::script
