// One process that runs scripts, and what it is told (wire.h). One io_context thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "script/script.h"
#include "script/wire.h"

namespace vouch::script {

class Worker : public std::enable_shared_from_this<Worker> {
 public:
  // Returns when the engine is up and confined; what it is given must last until then.
  static boost::asio::awaitable<Result<std::shared_ptr<Worker>>> start(
      const boost::asio::any_io_executor& executor, sandbox::Sandbox& sandbox,
      const PoolOptions& options);
  Worker(const boost::asio::any_io_executor& executor, std::unique_ptr<sandbox::Process> process);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Compiled here already?
  bool has(const Script& script) const;
  // Compiles it unless it is; the longest unused one makes way.
  boost::asio::awaitable<Result<void>> load(const Script& script, const RunOptions& options);
  // Calls a loaded script for each input; adds an outcome for each to `outcomes`. Fewer with an
  // error that tells how: the process ended, with one of the next few (with the very next where
  // there is context.http); fewer without: the last one's time was over, or the hop ended behind
  // it. `first`: which of the run's inputs the first of these is. One caller at a time.
  boost::asio::awaitable<Result<void>> run(const Script& script,
                                           std::span<const std::string> inputs, std::size_t first,
                                           const RunOptions& options,
                                           std::vector<Outcome>& outcomes);
  void end();  // kills the process
  bool alive() const { return !ended_ && process_->running(); }

  std::string owner;               // "": nobody's yet
  boost::asio::steady_timer idle;  // for whoever keeps it

 private:
  struct Warm {
    std::string id;
    std::uint32_t slot;
  };

  boost::asio::awaitable<Result<std::string>> receive(std::int64_t cpu_ms_max);
  // What one call of transform asked so far.
  struct Asked {
    std::uint32_t calls = 0;
    std::chrono::milliseconds waited{0};
  };
  boost::asio::awaitable<Result<void>> answer_http(Reader call, std::size_t input,
                                                   const RunOptions& options, Asked& asked);
  boost::asio::awaitable<Error> error_of_end(std::int64_t cpu_ms_max);
  void arm(std::int64_t wall_ms);

  boost::asio::any_io_executor executor_;
  std::unique_ptr<sandbox::Process> process_;
  boost::asio::steady_timer deadline_;
  bool out_of_time_ = false;
  bool ended_ = false;
  std::list<Warm> warm_;  // the last used first
  std::uint32_t next_slot_ = 0;
};

// An outcome as the caller sees it.
Outcome outcome_of(WireOutcome told, const Limits& limits);

}  // namespace vouch::script
