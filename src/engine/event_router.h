// Who waits for events, and how they are woken: streams with a buffer each, and waiters for the end
// of a job. Belongs to the engine's thread.
//
// A stream first reads what is kept, then lives on what is routed to it. One that does not keep up
// loses its buffer and reads again from where it was: a slow reader costs a bounded amount of
// memory and misses nothing.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <set>
#include <string>

#include "engine/engine.h"
#include "store/store.h"

namespace vouch::engine {

inline constexpr std::size_t kStreamBufferMax = 1024;  // events
inline constexpr int kReplayBatch = 256;               // events read at once

class EventRouter : public std::enable_shared_from_this<EventRouter> {
 public:
  EventRouter(boost::asio::any_io_executor executor, store::Store& store)
      : executor_(std::move(executor)), store_(store) {}

  void route(const std::vector<store::EventRow>& events);
  // Wakes everybody with kUnavailable, now and from now on.
  void close();

  std::unique_ptr<EventStream> stream(store::EventFilter filter, std::int64_t after_seq);
  boost::asio::awaitable<Result<bool>> wait_for_end(std::string job_id,
                                                    std::chrono::milliseconds timeout);

 private:
  class Stream;
  struct EndWaiter {
    boost::asio::steady_timer timer;
    bool woken = false;
    void wake() {
      woken = true;
      timer.cancel();
    }
  };

  boost::asio::any_io_executor executor_;
  store::Store& store_;
  bool closed_ = false;
  std::map<std::string, std::set<Stream*>, std::less<>> streams_;    // by job; "" is of all jobs
  std::multimap<std::string, EndWaiter*, std::less<>> end_waiters_;  // by job
};

}  // namespace vouch::engine
