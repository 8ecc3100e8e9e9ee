// What the program's end tells the shell. Documented; never renumber.
#pragma once

#include "base/result.h"

namespace vouch::cli {

enum class ExitCode : int {
  kDone = 0,
  kError = 1,
  kUsage = 2,
  kSignInNeeded = 4,
  kJobFailed = 5,
  kCancelled = 6,
  kStillRunning = 7,  // at the timeout; nothing was cancelled on a server
  kClarificationNeeded = 8,
  kInterrupted = 130,
};

inline ExitCode exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUnauthorized:
      return ExitCode::kSignInNeeded;
    case ErrorCode::kCancelled:
      return ExitCode::kInterrupted;
    case ErrorCode::kTimeout:
      return ExitCode::kStillRunning;
    default:
      return ExitCode::kError;
  }
}

// Of several jobs, the end that a person must know of first.
ExitCode worse(ExitCode a, ExitCode b);

}  // namespace vouch::cli
