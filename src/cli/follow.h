// Following jobs of a server to their end, with live progress for the person who waits.
#pragma once

#include <cstdint>
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
