// Executes Playwright tests with the stock runner inside the sandbox.
//
//   Runner runner(executor, sandbox, options);
//   Result<RunOutcome> outcome = co_await runner.run({.files = {{"Features/Login.spec.ts", spec},
//       {"Configurations/Default.config.js", config}}, .site_url = "http://localhost:3000", …});
//
// Each run has a folder and a sandbox of its own, with no network but what `egress` allows. Inside
// it the project's configuration is loaded, a stranger's program, and wrapped by ours
// (inside/playwright.config.js), which decides on the browser, the proxy, the base URL, the folders
// and the reporters. The runner, its worker and the tests are the stock ones: `playwright test`.
//
// A runner loaded ahead: Options::warm_slots processes wait in sandboxes of their own with
// Playwright's modules loaded, for the runner and for its worker, and no right to reach anything;
// expect_run() asks for one. A run takes one, or waits for one that is loading already; it
// serves that run only and is replaced in the background. Where there is none a run starts its own,
// which does the same and is only slower.
//
// What a run may use is limited (Options, RunRequest::wall_ms_max); a run that reaches a limit is
// ended at once and says which. A run has passed only if the runner ended with status 0, its
// report is whole, names at least one executed test, and every test in it ended as expected: a
// program that ends itself early has failed.
//
// Cancel: destroy the awaiting coroutine or emit cancellation on it. The whole tree is killed and
// the folder removed; nothing is left in output_dir.
//
// Threads: that of the executor, as for the sandbox.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secrets.h"
#include "runs/report.h"
#include "sandbox/sandbox.h"

namespace vouch::runs {

// Trace, screenshot and video.
enum class Recording {
  kAsConfigured,  // what the project's configuration says
  kOff,           // none, whatever it says: for verifying, where nobody will look
  kAll,           // of every test, passed or not
};

struct Progress {
  enum class Kind { kBegan, kTestBegan, kStepBegan, kTestEnded };
  Kind kind = Kind::kBegan;
  int tests_total = 0;                      // kBegan
  std::string test;                         // its title
  std::string step;                         // kStepBegan: title of the test.step
  TestStatus status = TestStatus::kPassed;  // kTestEnded
};

struct RunRequest {
  // Path in the project → content. Only below Features/ and Configurations/; no "..".
  std::map<std::string, std::string> files;
  std::string config = "Default";  // Configurations/<config>.config.js, one of `files`
  std::string site_url;            // baseURL, and SITE_URL in the environment
  sandbox::EgressOptions egress;   // what the tests may reach: the site's origin at least
  int retries = 0;
  std::string grep;  // only tests whose title matches this regular expression; empty: all
  // Further environment of the tests: variables.
  std::map<std::string, std::string> env;
  // In the environment too. What is told of the run and what it leaves behind is without them;
  // pictures are not looked into.
  SharedSecrets secrets;
  Recording recording = Recording::kAsConfigured;
  // Where artifacts are put on the host, all at once and in the place of what was there; empty:
  // none are kept.
  std::string output_dir;
  std::int64_t wall_ms_max = 0;  // 0: Options::wall_ms_max
  bool warm = true;              // may use a runner loaded ahead
  // Called on the executor's thread, between the start and the end of run(). A hint for people:
  // it comes from inside the sandbox.
  std::function<void(const Progress&)> on_progress;
};

// The kind is `trace`, `screenshot`, `video`, `report` or `log`; the path is relative to
// output_dir and starts with the kind ("trace/locked-out-user.zip").
struct Artifact {
  std::string kind;
  std::string path;
  std::int64_t size = 0;  // bytes
};

enum class RunEnd {
  kFinished,  // the runner ended and left a whole report
  kNoReport,  // it ended, but the report is missing, cut off or empty
  kTimeLimit,
  kMemoryLimit,
  kOutputLimit,  // printed too much
  kDiskLimit,    // wrote too much into its folder
  kProcessLimit,
};
std::string_view to_string(RunEnd end);

struct RunOutcome {
  RunEnd end = RunEnd::kNoReport;
  bool passed = false;
  // Why it failed where no test says so: a sentence. Empty when it passed or a test failed.
  std::string problem;
  int exit_code = -1;  // of the runner; -1: it was ended
  Report report;       // as far as there is one
  std::string log;     // the end of what the runner printed, without colours
  std::vector<Artifact> artifacts;
  std::vector<sandbox::Refusal> refused;  // hosts the tests asked for in vain
  // Why the site cannot be reached, asked when a run has failed: a sentence; empty when it can.
  std::string site_problem;
  bool warm = false;         // a runner loaded ahead was used
  std::int64_t wall_ms = 0;  // from the call of run()
  std::size_t memory_bytes_peak = 0;
};

// What is waiting, for /ready and metrics.
struct SlotStatus {
  bool ready = false;  // loaded; else still loading
  std::size_t memory_bytes = 0;
};

class Runner {
 public:
  struct Options {
    std::string node_path;    // a Node >= 20
    std::string modules_dir;  // a node_modules with @playwright/test
    std::string browser_path = "/usr/bin/chromium-headless-shell";
    std::string ffmpeg_path = "/usr/bin/ffmpeg";  // for videos; where it is missing there are none
    // Runs, slots and the compile cache live here (made if absent; emptied of old runs at start).
    std::string work_dir;
    int warm_slots = 1;                                   // kept loaded at all times
    std::size_t memory_bytes_max = std::size_t{2} << 30;  // of one run, browser included
    std::int64_t wall_ms_max = 10 * 60 * 1000;
    std::size_t output_bytes_max = 16 << 20;                   // printed
    std::int64_t disk_bytes_max = std::int64_t{1} << 30;       // in the run's folder
    std::int64_t artifact_bytes_max = 256 << 20;               // of one artifact
    std::int64_t artifacts_bytes_max = std::int64_t{1} << 30;  // of all of a run
  };

  Runner(boost::asio::any_io_executor executor, sandbox::Sandbox& sandbox, Options options);
  ~Runner();  // ends every slot; no run() may be awaiting
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Warms the compile cache by a run of our own (once per version of Node and Playwright; a few
  // seconds) and starts the warm slots. Optional: the first run() starts the slots too. Says what
  // is missing on this machine.
  boost::asio::awaitable<Result<void>> prepare();

  // kInvalidRequest: a path or the configuration is wrong. kUnavailable: the machine cannot (no
  // sandbox, no disk). A test that fails, and a limit reached, are outcomes and not errors.
  boost::asio::awaitable<Result<RunOutcome>> run(RunRequest request);

  // A run is about to come, from somebody who has other things to do first: loads a slot for it, in
  // the background, unless one is there. What goes wrong is told by run().
  void expect_run();

  // Returns when a loaded slot is ready (at once when none is coming): for measuring.
  boost::asio::awaitable<void> until_warm();
  std::vector<SlotStatus> slots() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::runs
