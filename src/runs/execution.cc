#include "runs/execution.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <filesystem>

#include "runs/artifacts.h"
#include "runs/redaction.h"
#include "runs/templates.h"

namespace vouch::runs {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kWatchInterval{500};
constexpr std::chrono::milliseconds kConnectMax{2'000};
constexpr std::size_t kReportBytesMax = 64 << 20;
constexpr std::size_t kConfigNameMax = 100;
constexpr int kProgressMax = 20'000;  // further ones are not told

// Ends a run that takes too long or too much of the disk.
class Watch : public std::enable_shared_from_this<Watch> {
 public:
  Watch(const asio::any_io_executor& executor, const std::shared_ptr<Slot>& slot,
        steady_clock::time_point deadline, std::int64_t disk_bytes_max)
      : timer_(executor), slot_(slot), deadline_(deadline), disk_bytes_max_(disk_bytes_max) {}

  void look() {
    const auto slot = slot_.lock();
    if (!slot) return;
    if (steady_clock::now() >= deadline_) return end(*slot, RunEnd::kTimeLimit);
    if (slot->folder().disk_bytes(disk_bytes_max_) >= disk_bytes_max_) {
      return end(*slot, RunEnd::kDiskLimit);
    }
    timer_.expires_at(std::min(deadline_, steady_clock::now() + kWatchInterval));
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
      const auto self = weak.lock();
      if (self && !cancelled) self->look();
    });
  }
  void end(Slot& slot, RunEnd why) {
    if (!ended_) ended_ = why;
    slot.process()->kill();
  }
  std::optional<RunEnd> ended() const { return ended_; }

 private:
  asio::steady_timer timer_;
  const std::weak_ptr<Slot> slot_;
  const steady_clock::time_point deadline_;
  const std::int64_t disk_bytes_max_;
  std::optional<RunEnd> ended_;
};

json::object settings_of(const RunRequest& request, const Runner::Options& options) {
  json::object use = {
      {"baseURL", request.site_url},
      {"proxy", {{"server", sandbox::kProxyUrl}, {"bypass", "<-loopback>"}}},
  };
  if (request.recording != Recording::kAsConfigured) {
    const char* how = request.recording == Recording::kAll ? "on" : "off";
    for (const char* kind : {"trace", "screenshot", "video"}) use[kind] = how;
  }
  return {{"config", request.config},
          {"executablePath", options.browser_path},
          {"reporter", std::string(kInsideScripts) + "/reporter.js"},
          {"use", std::move(use)}};
}

std::string job_line(const RunRequest& request) {
  json::array argv = {"test", "--config", kWrapperPath, "--retries",
                      std::to_string(request.retries)};
  if (!request.grep.empty()) {
    argv.push_back("--grep");
    argv.push_back(json::string(request.grep));
  }
  json::object env = {{"SITE_URL", request.site_url}};
  for (const auto& [name, value] : request.env) env[name] = value;
  if (request.secrets) {
    for (const auto& [name, value] : request.secrets->values()) env[name] = value;
  }
  return json::serialize(json::object{{"argv", std::move(argv)}, {"env", std::move(env)}}) + "\n";
}

std::string string_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? strip_ansi(value->get_string()) : std::string();
}

std::optional<Progress> progress_of(std::string_view line) {
  boost::system::error_code error;
  const auto value = json::parse(line, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto event = string_in(object, "event");
  Progress progress;
  progress.test = string_in(object, "test");
  progress.step = string_in(object, "step");
  if (event == "began") {
    progress.kind = Progress::Kind::kBegan;
    const auto* total = object.if_contains("total");
    if (total && total->is_int64() && total->get_int64() >= 0 &&
        total->get_int64() <= std::int64_t{kReportTestsMax}) {
      progress.tests_total = static_cast<int>(total->get_int64());
    }
  } else if (event == "test") {
    progress.kind = Progress::Kind::kTestBegan;
  } else if (event == "step") {
    progress.kind = Progress::Kind::kStepBegan;
  } else if (event == "end") {
    progress.kind = Progress::Kind::kTestEnded;
    progress.status = test_status_from(string_in(object, "status"));
  } else {
    return std::nullopt;
  }
  return progress;
}

// Reads what the reporter tells until the tree is gone, and returns how many tests it announced.
asio::awaitable<int> follow(std::shared_ptr<Slot> slot, Watch& watch, const RunRequest& request,
                            std::size_t bytes_max) {
  int announced = 0;
  int told = 0;
  std::size_t bytes = 0;
  while (true) {
    const auto line = co_await slot->process()->read_line();
    if (line && !*line) break;
    if (line) bytes += (*line)->size() + 1;
    if (!line || bytes > bytes_max) {
      watch.end(*slot, RunEnd::kOutputLimit);
      break;
    }
    const auto progress = progress_of(redacted(request.secrets, **line));
    if (!progress) continue;
    if (progress->kind == Progress::Kind::kBegan) announced = progress->tests_total;
    if (request.on_progress && ++told <= kProgressMax) request.on_progress(*progress);
  }
  co_return announced;
}

RunEnd end_of(const sandbox::Exit& exit, const Watch& watch) {
  if (watch.ended()) return *watch.ended();
  switch (exit.reason) {
    case sandbox::EndReason::kMemory:
      return RunEnd::kMemoryLimit;
    case sandbox::EndReason::kDeadline:
      return RunEnd::kTimeLimit;
    case sandbox::EndReason::kOutput:
      return RunEnd::kOutputLimit;
    case sandbox::EndReason::kProcesses:
      return RunEnd::kProcessLimit;
    case sandbox::EndReason::kExited:
    case sandbox::EndReason::kSignalled:
    case sandbox::EndReason::kKilled:
      break;
  }
  return RunEnd::kFinished;
}

// Reads the report, which may be missing, cut off, or shorter than what was announced.
void take_report(const JobFolder& folder, int announced, const SharedSecrets& secrets,
                 RunOutcome& outcome) {
  const auto text = folder.read(kReportPath, kReportBytesMax);
  auto report = text ? parse_report(redacted(secrets, *text), kInsideRoot)
                     : Result<Report>(fail(ErrorCode::kNotFound, "It left no report."));
  if (report) outcome.report = std::move(*report);
  if (outcome.end != RunEnd::kFinished) return;
  const auto results = std::ranges::count_if(outcome.report.tests, &TestResult::last_try);
  if (report && results >= announced) return;
  outcome.end = RunEnd::kNoReport;
  outcome.problem = "The runner ended with status " + std::to_string(outcome.exit_code) +
                    " before its report was whole. " +
                    (report ? "Tests are missing from it." : report.error().message) +
                    " A configuration or a test must not end the process itself.";
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

std::string limit_sentence(RunEnd end, const Runner::Options& options, std::int64_t wall_ms_max) {
  const auto mebibytes = [](auto bytes) { return std::to_string(bytes >> 20) + " MiB"; };
  switch (end) {
    case RunEnd::kTimeLimit:
      return "The run reached its time limit of " + std::to_string(wall_ms_max / 1000) + " s.";
    case RunEnd::kMemoryLimit:
      return "The run needed more than its limit of " + mebibytes(options.memory_bytes_max) +
             " of memory.";
    case RunEnd::kOutputLimit:
      return "The run printed more than its limit of " + mebibytes(options.output_bytes_max) + ".";
    case RunEnd::kDiskLimit:
      return "The run wrote more than its limit of " + mebibytes(options.disk_bytes_max) +
             " into its folder.";
    case RunEnd::kProcessLimit:
      return "The run started more processes than it may.";
    case RunEnd::kFinished:
    case RunEnd::kNoReport:
      break;
  }
  return {};
}

void judge(RunOutcome& outcome, const Runner::Options& options, std::int64_t wall_ms_max) {
  if (auto sentence = limit_sentence(outcome.end, options, wall_ms_max); !sentence.empty()) {
    outcome.problem = std::move(sentence);
  }
  if (outcome.end != RunEnd::kFinished) return;
  bool failed = false;
  bool executed = false;
  for (const auto& test : outcome.report.tests) {
    failed = failed || (test.last_try && !test.ok);
    executed = executed || test.status == TestStatus::kPassed ||
               (test.ok && test.last_try && test.status != TestStatus::kSkipped);
  }
  if (!outcome.report.errors.empty()) {
    outcome.problem = first_line(outcome.report.errors.front().message);
  } else if (!failed && !executed) {
    outcome.problem = "No test was executed.";
  } else if (!failed && outcome.exit_code != 0) {
    outcome.problem = "Every test passed, but the runner ended with status " +
                      std::to_string(outcome.exit_code) + ".";
  }
  outcome.passed = !failed && outcome.problem.empty();
}

// The browser sees no more of an unreachable site than a page of the proxy, so it is asked from
// here.
asio::awaitable<std::string> site_problem(sandbox::EgressPolicy& egress, const std::string& url) {
  const auto origin = sandbox::Origin::parse(url);
  if (!origin) co_return origin.error().message;
  sandbox::SystemResolver resolver;
  const auto endpoints =
      co_await egress.endpoints(resolver, origin->scheme, origin->host, origin->port);
  if (!endpoints) co_return endpoints.error().message;
  asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
  boost::system::error_code error;
  asio::steady_timer patience(socket.get_executor(), kConnectMax);
  patience.async_wait([&socket](boost::system::error_code cancelled) {
    if (!cancelled) socket.close();
  });
  for (const auto& endpoint : *endpoints) {
    error = {};
    co_await socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return std::string();
    boost::system::error_code ignored;
    socket.close(ignored);
  }
  co_return "Nothing answers at " + origin->to_string() + " (" + error.message() +
      "); start the site, or correct its URL.";
}

std::string log_of(const sandbox::Exit& exit) {
  std::string log = strip_ansi(exit.stdout_tail);
  if (!exit.stderr_tail.empty()) {
    if (!log.empty() && !log.ends_with('\n')) log.push_back('\n');
    log += strip_ansi(exit.stderr_tail);
  }
  return log;
}

// Puts what is kept of the run into its output_dir, all at once. Until then it stands among the
// folders of runs, whose leftovers the next start removes: what is not yet searched for secrets is
// never kept.
asio::awaitable<Result<void>> keep_artifacts(const JobFolder& folder, const RunRequest& request,
                                             const Runner::Options& options, RunOutcome& outcome) {
  namespace fs = std::filesystem;
  VOUCH_CO_TRY(const JobFolder staging,
               JobFolder::make(fs::path(folder.path()).parent_path().string()));
  const std::string kept = staging.path() + "/kept";
  std::vector<std::string> notes;
  VOUCH_CO_TRY(outcome.artifacts,
               collect_artifacts(folder, outcome.report, outcome.log, kept,
                                 {options.artifact_bytes_max, options.artifacts_bytes_max}, notes));
  if (request.secrets) {
    VOUCH_CO_TRY_VOID(co_await redact_artifacts(kept, request.secrets, outcome.artifacts, notes));
  }
  for (const auto& note : notes) outcome.log += "\n" + note;
  std::error_code error;
  remove_tree(request.output_dir);
  fs::create_directories(fs::path(request.output_dir).parent_path(), error);
  if (!error) fs::rename(kept, request.output_dir, error);
  if (error == std::errc::cross_device_link) {
    error.clear();
    fs::copy(kept, request.output_dir, fs::copy_options::recursive, error);
  }
  if (error) {
    co_return fail(ErrorCode::kUnavailable,
                   "Cannot keep " + request.output_dir + ": " + error.message() + ".");
  }
  co_return Result<void>{};
}

}  // namespace

std::string_view to_string(RunEnd end) {
  switch (end) {
    case RunEnd::kFinished:
      return "finished";
    case RunEnd::kNoReport:
      return "no_report";
    case RunEnd::kTimeLimit:
      return "time_limit";
    case RunEnd::kMemoryLimit:
      return "memory_limit";
    case RunEnd::kOutputLimit:
      return "output_limit";
    case RunEnd::kDiskLimit:
      return "disk_limit";
    case RunEnd::kProcessLimit:
      return "process_limit";
  }
  return "no_report";
}

Result<void> check_request(const RunRequest& request) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (request.config.empty() || request.config.size() > kConfigNameMax ||
      !std::ranges::all_of(request.config, plain) || request.config.starts_with('.')) {
    return fail(ErrorCode::kInvalidRequest,
                "'" + request.config +
                    "' cannot be the name of a configuration; use letters, digits, '-', '_'.");
  }
  if (!request.files.contains("Configurations/" + request.config + ".config.js")) {
    return fail(ErrorCode::kInvalidRequest, "There is no configuration '" + request.config +
                                                "'; write Configurations/" + request.config +
                                                ".config.js or choose another.");
  }
  for (const auto& [name, value] : request.env) {
    if (name.empty() || name.contains('=') || name.contains('\0') || value.contains('\0')) {
      return fail(ErrorCode::kInvalidRequest,
                  "'" + name + "' cannot be an environment variable; leave out '=' and NUL.");
    }
  }
  return {};
}

asio::awaitable<Result<RunOutcome>> execute(std::shared_ptr<Slot> slot, const RunRequest& request,
                                            const Runner::Options& options,
                                            steady_clock::time_point began) {
  const std::int64_t wall_ms_max =
      request.wall_ms_max > 0 ? request.wall_ms_max : options.wall_ms_max;
  const JobFolder& folder = slot->folder();
  VOUCH_CO_TRY_VOID(folder.write(request.files));
  VOUCH_CO_TRY_VOID(folder.write_own(kWrapperPath, wrapper_config()));
  VOUCH_CO_TRY_VOID(
      folder.write_own(kSettingsPath, json::serialize(settings_of(request, options))));
  slot->egress().decide(request.egress);

  const auto watch = std::make_shared<Watch>(
      co_await asio::this_coro::executor, slot,
      steady_clock::now() + std::chrono::milliseconds(wall_ms_max), options.disk_bytes_max);
  watch->look();
  // A program that has ended already is told by its exit, below.
  co_await slot->process()->write(job_line(request));
  const int announced = co_await follow(slot, *watch, request, options.output_bytes_max);
  const sandbox::Exit exit = co_await slot->process()->wait();

  RunOutcome outcome;
  outcome.end = end_of(exit, *watch);
  outcome.exit_code = exit.reason == sandbox::EndReason::kExited ? exit.status : -1;
  outcome.log = redacted(request.secrets, log_of(exit));
  outcome.memory_bytes_peak = exit.memory_bytes_peak;
  take_report(folder, announced, request.secrets, outcome);
  judge(outcome, options, wall_ms_max);
  outcome.refused = slot->egress().refused();
  for (auto& refusal : outcome.refused) refusal.host = redacted(request.secrets, refusal.host);
  if (!outcome.passed && !request.egress.origins.empty()) {
    outcome.site_problem = co_await site_problem(slot->egress(), request.site_url);
  }
  if (!request.output_dir.empty()) {
    VOUCH_CO_TRY_VOID(co_await keep_artifacts(folder, request, options, outcome));
  }
  outcome.wall_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began).count();
  co_return outcome;
}

}  // namespace vouch::runs
