// What runs need of this machine, laid out once below work_dir: our scripts, a folder of browsers
// that Playwright accepts, and the compile cache of Node; and how a sandbox gets to see them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "runs/runner.h"
#include "sandbox/sandbox.h"

namespace vouch::runs {

inline constexpr const char* kInsideScripts = "/vouch/inside";
inline constexpr const char* kInsideCache = "/vouch/compile-cache";

class Installation {
 public:
  explicit Installation(const Runner::Options& options);

  // Writes the scripts and the folder of browsers, and removes the runs of an earlier owner. Says
  // what is missing on this machine.
  Result<void> lay_out();

  enum class Purpose {
    kJob,        // its job is on its way
    kWaiting,    // loads everything, then waits for its job
    kMakeCache,  // as kJob, and writes the new compile cache
  };
  // A sandbox in which `job_dir` is /job and ahead.js is executed.
  sandbox::Command command(const std::string& job_dir, Purpose purpose) const;

  std::string jobs_dir() const { return work_dir_ + "/jobs"; }
  std::string browser_path() const { return options_.browser_path; }

  // The compile cache is read by every run and written by none but the one that makes it, which
  // runs nothing of a stranger's: what is in it is executed by all.
  bool has_cache() const;
  std::string new_cache_dir() const { return cache_dir() + ".new"; }
  Result<void> make_new_cache_dir() const;
  void adopt_new_cache() const;

 private:
  std::string cache_dir() const;
  Result<void> lay_out_browsers() const;

  Runner::Options options_;
  std::string work_dir_;  // absolute
  std::string cache_key_;
};

}  // namespace vouch::runs
