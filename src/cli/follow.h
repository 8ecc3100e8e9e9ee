// Following jobs of a server to their end, with live progress for the person who waits.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/clarification.h"
#include "cli/client.h"
#include "cli/generation_target.h"
#include "cli/invocation.h"

namespace vouch::cli {

// How long an interrupted job may take to say that it is cancelled.
inline constexpr std::int64_t kCancelPatienceMs = 5000;

struct FollowOptions {
  std::int64_t timeout_ms = 0;     // 0: none
  bool cancel_at_timeout = false;  // else what runs goes on on the server
  Answers answers;                 // to what is asked
};

// The events of one job or run, taken up again where they break off, until it rests: it has ended,
// or waits for somebody. `streams` must not
// be polled once it is gone.
class JobStream {
 public:
  struct Job {
    std::string operation;  // the row of the stream
    boost::json::object params;
    std::function<void(const ServerEvent&)> take;
    // Asks the server how it stands, once the stream has ended: does it rest?
    std::function<Result<bool>()> rests;
  };
  JobStream(EventStreams& streams, Job job) : streams_(streams), job_(std::move(job)) {}
  JobStream(const JobStream&) = delete;
  JobStream& operator=(const JobStream&) = delete;

  // Opens it unless it is open, rests or has failed.
  void keep();
  bool rests() const { return rests_; }
  void resume() { rests_ = false; }  // after it was answered
  // Why it cannot be followed any more: it broke off again and again without a word in between.
  const std::optional<Error>& error() const { return error_; }

 private:
  void ended(std::string error);

  EventStreams& streams_;
  const Job job_;
  std::int64_t last_event_id_ = 0;
  int failures_ = 0;
  bool is_open_ = false, rests_ = false;
  std::optional<Error> error_;
};

// Milliseconds of a clock that only goes forward.
std::int64_t monotonic_ms();

// Until every dispatched target has ended, the timeout passed, or the person interrupted, in which
// case all are cancelled first. Sets each target's progress; one that cannot be followed any more
// gets an error. What is asked is answered; one that needs an answer nobody gave is left waiting.
// The streams resume where they broke off.
ExitCode follow(const Invocation& invocation, Client& client,
                std::vector<GenerationTarget>& targets, const FollowOptions& options);

// A run until it has ended, or the person interrupted (then it is cancelled), or the timeout
// passed: its digest.
Result<boost::json::object> follow_run(const Invocation& invocation, Client& client,
                                       const std::string& project, std::int64_t run_id,
                                       const FollowOptions& options);

}  // namespace vouch::cli
