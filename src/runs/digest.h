// A run in short: what GET runs/{runId} shows beside its times, and what is kept of it.
#pragma once

#include <boost/json/object.hpp>

#include "runs/runner.h"

namespace vouch::runs {

inline constexpr std::size_t kDigestErrorCharsMax = 300;    // of one test's error
inline constexpr std::size_t kDigestLogBytesMax = 8 << 10;  // of the log excerpt

// {"summary":{total,passed,failed,other},"tests":[{name,status,durationMs,error}],
//  "artifacts":[{kind,path,size}],"log":null or the excerpt on failure}
// A run that was kept also says of each test whether it flips, `flaky`, and what it was executed
// as, `textHash` (flaky.h). One entry per test and repeat, of its last try. A run that failed
// outside of any test has the reason at the head of `log`. Skipped and interrupted tests are
// `other`.
boost::json::object make_digest(const RunOutcome& outcome);

}  // namespace vouch::runs
