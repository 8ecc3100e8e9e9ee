#include "cli/exit_code.h"

#include <algorithm>
#include <array>

namespace vouch::cli {

ExitCode worse(ExitCode a, ExitCode b) {
  constexpr std::array kWorstFirst{
      ExitCode::kInterrupted, ExitCode::kUsage,        ExitCode::kSignInNeeded,
      ExitCode::kError,       ExitCode::kJobFailed,    ExitCode::kClarificationNeeded,
      ExitCode::kCancelled,   ExitCode::kStillRunning, ExitCode::kDone};
  return *std::min(std::find(kWorstFirst.begin(), kWorstFirst.end(), a),
                   std::find(kWorstFirst.begin(), kWorstFirst.end(), b));
}

}  // namespace vouch::cli
