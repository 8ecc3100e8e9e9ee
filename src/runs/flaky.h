// Whether a test flips: whether it passes and fails with nothing of it changed.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "runs/report.h"
#include "store/rows.h"

namespace vouch::runs {

// One time that a test was executed.
struct Try {
  std::int64_t run = 0;  // those of one run came right after each other
  TimeMs at_ms = 0;
  bool passed = false;
  std::string error;  // the first line of what failed; empty where it passed
};

// The latest times of each.
struct Flip {
  TimeMs passed_ms = 0;
  TimeMs failed_ms = 0;
  std::string error;
};

// `tries`: of the very same text on the very same site, oldest first. The test flips where it both
// passed and failed in one run, or where, from run to run, what became of it changed and changed
// back. A single change is none: a site that broke, or was mended, looks like that.
std::optional<Flip> flip_of(const std::vector<Try>& tries);

// {passedUtc, failedUtc, error}
boost::json::object to_json(const Flip& flip);

// A run that has just ended, to be compared with those before it.
struct EndedRun {
  std::int64_t id = 0;
  TimeMs at_ms = 0;
  // What each spec was executed as, by its path: a hash of its text and of all that is told to it,
  // the site's address first.
  std::map<std::string, std::string> hashes;
};

// Notes in the digest's `tests` (digest.h; `failures` must be there) what each was executed as,
// `textHash`, and whether it flips, `flaky`: null or to_json() above. `before`: earlier runs of the
// project, newest first; of them those count that executed the very same. That the site was not
// there tells nothing of a test.
void note_flips(boost::json::object& digest, const Report& report, const EndedRun& run,
                const std::vector<store::RunRow>& before);

}  // namespace vouch::runs
