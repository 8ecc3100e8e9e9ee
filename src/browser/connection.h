// The protocol with one browser host (host/host.js): requests and answers as JSON lines, many in
// flight at once. One io_context thread. Kept alive by its own reader until the process has ended.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "sandbox/sandbox.h"

namespace vouch::browser {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::any_io_executor executor, std::unique_ptr<sandbox::Process> process);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Begins to read answers. `on_end` is called once, when the host is gone.
  void run(std::function<void()> on_end);

  // The answer to `request` ("id" is added). Errors of the host as it tells them; kUnavailable with
  // the reason when the host ended; kTimeout after `limit`, which also ends the host, since it
  // bounds every operation itself; kCancelled when the awaiting coroutine is cancelled.
  boost::asio::awaitable<Result<boost::json::object>> call(boost::json::object request,
                                                           std::chrono::milliseconds limit);
  // Sends without waiting; the answer is dropped.
  void post(boost::json::object request);

  // Kills the host; what is in flight ends with kUnavailable and `reason`.
  void end(std::string reason);
  bool alive() const { return end_reason_.empty(); }

 private:
  struct Call {
    explicit Call(const boost::asio::any_io_executor& executor) : signal(executor) {}
    boost::asio::steady_timer signal;  // cancelled when `answer` is there; expires at the limit
    std::optional<Result<boost::json::object>> answer;
  };

  std::uint64_t enqueue(boost::json::object request);
  boost::asio::awaitable<void> write_queued();
  boost::asio::awaitable<void> read_answers();
  bool take(const std::string& line);
  void finish(const sandbox::Exit& exit);

  boost::asio::any_io_executor executor_;
  std::unique_ptr<sandbox::Process> process_;
  std::function<void()> on_end_;
  std::uint64_t next_id_ = 1;
  std::unordered_map<std::uint64_t, std::shared_ptr<Call>> pending_;
  std::deque<std::string> queue_;
  bool writing_ = false;
  std::string end_reason_;
};

}  // namespace vouch::browser
