#include "script/worker.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <utility>

namespace vouch::script {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr const char* kInsidePath = "/vouch/vouch-script";
constexpr std::int64_t kStartMsMax = 30'000;
// A server that was busy itself looks once more before it takes silence for the script's.
constexpr milliseconds kLookAgain{50};
constexpr std::string_view kHttpFunctions[] = {"get",    "post",   "put",
                                               "delete", "getAll", "getBatch"};

std::string path_of_worker(const std::string& configured) {
  if (!configured.empty()) return configured;
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (fs::exists(here / "vouch-script", error)) return here / "vouch-script";
  return (here / ".." / "bin" / "vouch-script").lexically_normal();
}

sandbox::Command command_of(const PoolOptions& options) {
  sandbox::Command command;
  command.argv = {kInsidePath};
  command.mounts = {{path_of_worker(options.worker_path), kInsidePath}};
  command.host_files = sandbox::HostFiles::kLibraries;
  // The engine's own settings. One thread marks while it collects: workers share the cores.
  command.env = {{"TZ", "UTC"},
                 {"LANG", "en_US.UTF-8"},
                 {"JSC_useJIT", options.jit ? "1" : "0"},
                 {"JSC_useWasm", "0"},
                 {"JSC_useSharedArrayBuffer", "0"},
                 {"JSC_numberOfGCMarkers", "1"}};
  command.limits.memory_bytes_max = options.memory_bytes_max;
  command.limits.processes_max = 4;
  command.limits.output_bytes_max = 0;  // every message is bounded
  command.protocol_on_fd3 = true;
  return command;
}

Error error(ErrorCode code, std::string_view reason, std::string message) {
  return Error{code, std::move(message), {{"reason", reason}}};
}

std::string place_of(const WireOutcome& told) {
  if (told.line == 0) return {};
  std::string place = " at line " + std::to_string(told.line);
  if (told.column != 0) place += ", column " + std::to_string(told.column);
  return place;
}

std::string mebibytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

Error time_error(std::int64_t cpu_ms_max, const std::string& place) {
  return error(ErrorCode::kTimeout, "time",
               "transform took more than " + std::to_string(cpu_ms_max) +
                   " ms of processor time, and was stopped" + place +
                   "; look for a loop that does not end, or give it less at once.");
}

Error error_of(const WireOutcome& told, const Limits& limits) {
  const std::string place = place_of(told);
  switch (told.verdict) {
    case Verdict::kSyntax:
      return error(ErrorCode::kInvalidRequest, "syntax",
                   "The script is not valid JavaScript" + place + ": " + told.text);
    case Verdict::kMissing:
      return error(ErrorCode::kInvalidRequest, "missing",
                   "The script defines no transform; write: function transform(input, context) { "
                   "… }");
    case Verdict::kInput:
      return error(ErrorCode::kInvalidRequest, "input", "The input is not JSON: " + told.text);
    case Verdict::kResult:
      return error(ErrorCode::kInvalidRequest, "result",
                   "What transform returned cannot be JSON: " + told.text);
    case Verdict::kTooLarge:
      return error(ErrorCode::kPayloadTooLarge, "output",
                   "What transform returned is larger than " + mebibytes(limits.output_bytes_max) +
                       "; return less.");
    case Verdict::kTime:
      return time_error(limits.cpu_ms_max, place);
    case Verdict::kDone:
    case Verdict::kThrew:
      break;
  }
  return error(ErrorCode::kInvalidRequest, "threw", "The script threw" + place + ": " + told.text);
}

std::unexpected<Error> not_understood() {
  return fail(ErrorCode::kUnavailable,
              "The process that runs scripts said what is not understood.");
}

}  // namespace

Outcome outcome_of(WireOutcome told, const Limits& limits) {
  Outcome outcome;
  if (told.verdict == Verdict::kDone) {
    outcome.output = std::move(told.text);
  } else {
    Error failed = error_of(told, limits);
    if (told.line != 0) failed.details["line"] = told.line;
    if (told.column != 0) failed.details["column"] = told.column;
    outcome.output = std::unexpected(std::move(failed));
  }
  outcome.logs = std::move(told.logs);
  outcome.logs_left_out = told.logs_left_out;
  outcome.http_calls = told.http_calls;
  outcome.cpu_us = told.cpu_us;
  return outcome;
}

Worker::Worker(const asio::any_io_executor& executor, std::unique_ptr<sandbox::Process> process)
    : idle(executor), executor_(executor), process_(std::move(process)), deadline_(executor) {}

Worker::~Worker() { end(); }

asio::awaitable<Result<std::shared_ptr<Worker>>> Worker::start(
    const asio::any_io_executor& executor, sandbox::Sandbox& sandbox, const PoolOptions& options) {
  VOUCH_CO_TRY(auto process, co_await sandbox.start(command_of(options)));
  auto worker = std::make_shared<Worker>(executor, std::move(process));
  worker->arm(kStartMsMax);
  const auto ready = co_await worker->receive(kStartMsMax);
  worker->deadline_.cancel();
  if (!ready) {
    const sandbox::Exit exit = co_await worker->process_->wait();
    co_return fail(ErrorCode::kUnavailable,
                   "The process that runs scripts did not start: " + exit.stderr_tail);
  }
  co_return worker;
}

void Worker::end() {
  ended_ = true;
  deadline_.cancel();
  idle.cancel();
  process_->kill();
}

// Ends the process unless something is heard of it, or it is armed anew, before.
void Worker::arm(std::int64_t wall_ms) {
  deadline_.expires_after(milliseconds(wall_ms));
  deadline_.async_wait([weak = weak_from_this()](error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self) return;
    self->deadline_.expires_after(kLookAgain);
    self->deadline_.async_wait([weak](error_code cancelled) {
      const auto self = weak.lock();
      if (cancelled || !self) return;
      self->out_of_time_ = true;
      self->process_->kill();
    });
  });
}

asio::awaitable<Result<std::string>> Worker::receive(std::int64_t cpu_ms_max) {
  VOUCH_CO_TRY(const auto head, co_await process_->read_bytes(sizeof(std::uint32_t)));
  if (!head) co_return std::unexpected(co_await error_of_end(cpu_ms_max));
  std::uint32_t length = 0;
  std::memcpy(&length, head->data(), sizeof length);
  if (length > kMessageBytesMax) co_return not_understood();
  VOUCH_CO_TRY(auto bytes, co_await process_->read_bytes(length));
  if (!bytes) co_return std::unexpected(co_await error_of_end(cpu_ms_max));
  co_return std::move(*bytes);
}

asio::awaitable<Error> Worker::error_of_end(std::int64_t cpu_ms_max) {
  // It closed its end: it is ending by itself, or at its deadline, which is still set.
  const sandbox::Exit exit = co_await process_->wait();
  const bool exited = exit.reason == sandbox::EndReason::kExited;
  if (out_of_time_ || (exited && exit.status == kExitOfTime)) co_return time_error(cpu_ms_max, "");
  if (exit.reason == sandbox::EndReason::kMemory) {
    co_return error(ErrorCode::kPayloadTooLarge, "memory",
                    "The script used more memory than it may; let it keep less at a time.");
  }
  if (exit.reason == sandbox::EndReason::kSignalled) {
    co_return error(ErrorCode::kInvalidRequest, "crash",
                    "The script made the engine crash (signal " + std::to_string(exit.status) +
                        "), most likely for want of memory; let it keep less at a time.");
  }
  if (ended_) co_return Error{ErrorCode::kUnavailable, "The scripts are being stopped.", {}};
  co_return Error{ErrorCode::kUnavailable,
                  "The process that runs scripts ended (" +
                      std::string(sandbox::to_string(exit.reason)) + ", " +
                      std::to_string(exit.status) + "). " + exit.stderr_tail,
                  {}};
}

bool Worker::has(const Script& script) const {
  return std::ranges::any_of(warm_, [&](const Warm& warm) { return warm.id == script.id(); });
}

asio::awaitable<Result<void>> Worker::load(const Script& script, const RunOptions& options) {
  const auto self = shared_from_this();
  const auto found =
      std::ranges::find_if(warm_, [&](const Warm& warm) { return warm.id == script.id(); });
  if (found != warm_.end()) {
    warm_.splice(warm_.begin(), warm_, found);
    co_return Result<void>();
  }
  if (warm_.size() >= kScriptsWarmMax) {
    Writer drop(Kind::kDrop);
    drop.number(warm_.back().slot);
    warm_.pop_back();
    VOUCH_CO_TRY_VOID(co_await process_->write(drop.message()));
  }
  const std::uint32_t slot = next_slot_++;
  Writer message(Kind::kLoad);
  message.number(slot).text(script.source()).limits(options.limits);
  // A process that has ended cannot be written to; why it did is told by what it is to answer.
  (void)co_await process_->write(message.message());
  arm(options.limits.cpu_ms_max * kWallFactor + kWallGraceMs);
  auto bytes = co_await receive(options.limits.cpu_ms_max);
  deadline_.cancel();
  if (!bytes) co_return std::unexpected(std::move(bytes).error());
  Reader reader(*bytes);
  if (reader.number<Kind>() != Kind::kLoaded) co_return not_understood();
  WireOutcome told = reader.outcome();
  if (!reader.at_end()) co_return not_understood();
  if (told.verdict == Verdict::kTime) ended_ = true;  // it ends by itself now
  Outcome outcome = outcome_of(std::move(told), options.limits);
  if (!outcome.output) co_return std::unexpected(std::move(outcome.output).error());
  warm_.push_front({script.id(), slot});
  co_return Result<void>();
}

asio::awaitable<Result<void>> Worker::answer_http(Reader message, std::size_t input,
                                                  const RunOptions& options, Asked& asked) {
  using Clock = std::chrono::steady_clock;
  HttpCall call{.input = input};
  call.function = message.text();
  call.arguments = message.text();
  // What is in the sandbox keeps to this, unless a script broke out of the engine.
  const bool is_allowed = std::ranges::count(kHttpFunctions, call.function) > 0 &&
                          call.arguments.size() <= kHttpBytesMax &&
                          ++asked.calls <= options.limits.http_calls_max;
  if (!message.at_end() || !options.http || !is_allowed) co_return not_understood();
  using asio::experimental::awaitable_operators::operator||;
  const milliseconds each(options.limits.http_ms_max), all(options.limits.http_all_ms_max);
  const milliseconds left = std::min(each, all - asked.waited);
  const auto began = Clock::now();
  Result<std::string> answer = fail(
      ErrorCode::kTimeout,
      left < each ? "context.http may take " + std::to_string(all.count()) +
                        " ms in all, and has taken them"
                  : "context.http was not answered within " + std::to_string(each.count()) + " ms");
  if (left.count() > 0) {
    asio::steady_timer patience(executor_, left);
    auto answered =
        co_await (options.http(std::move(call)) || patience.async_wait(asio::use_awaitable));
    if (answered.index() == 0) answer = std::move(std::get<0>(answered));
  }
  asked.waited += std::chrono::ceil<milliseconds>(Clock::now() - began);
  if (answer && answer->size() > kHttpBytesMax) {
    answer = fail(ErrorCode::kPayloadTooLarge,
                  "the answer to context.http is larger than " + mebibytes(kHttpBytesMax));
  }
  Writer told(Kind::kHttpAnswer);
  told.number(static_cast<std::uint8_t>(answer.has_value()));
  told.text(answer ? *answer : answer.error().message);
  (void)co_await process_->write(told.message());
  co_return Result<void>();
}

asio::awaitable<Result<void>> Worker::run(const Script& script, std::span<const std::string> inputs,
                                          std::size_t first, const RunOptions& options,
                                          std::vector<Outcome>& outcomes) {
  const auto self = shared_from_this();
  VOUCH_CHECK(!warm_.empty() && warm_.front().id == script.id());
  Writer message(Kind::kRun);
  message.number(warm_.front().slot).number(options.now_ms).limits(options.limits);
  message.number(static_cast<std::uint8_t>(options.http != nullptr));
  message.number(static_cast<std::uint32_t>(inputs.size()));
  for (const std::string& input : inputs) message.text(input);
  const std::int64_t wall_ms = options.limits.cpu_ms_max * kWallFactor + kWallGraceMs;
  arm(wall_ms);
  (void)co_await process_->write(message.message());
  Asked asked;
  std::size_t bytes_of_outcomes = 0;
  bool must_end = false;
  for (std::size_t ended = 0; ended < inputs.size();) {
    arm(wall_ms);
    auto bytes = co_await receive(options.limits.cpu_ms_max);
    deadline_.cancel();
    if (!bytes) co_return std::unexpected(std::move(bytes).error());
    Reader reader(*bytes);
    const Kind kind = reader.number<Kind>();
    if (kind == Kind::kHttp && !must_end) {
      VOUCH_CO_TRY_VOID(co_await answer_http(reader, first + ended, options, asked));
      continue;
    }
    if (kind == Kind::kHopEnd && ended > 0 && reader.at_end()) break;
    if (kind != Kind::kOutcome || must_end) co_return not_understood();
    WireOutcome told = reader.outcome();
    if (!reader.at_end()) co_return not_understood();
    ++ended;
    bytes_of_outcomes += sizeof(std::uint32_t) + bytes->size();
    must_end = asked.calls > 0 || bytes_of_outcomes >= kHopOutcomeBytesMax;
    asked = {};
    const bool was_last = told.verdict == Verdict::kTime;
    outcomes.push_back(outcome_of(std::move(told), options.limits));
    if (was_last) {
      ended_ = true;  // it ends by itself now
      break;
    }
  }
  co_return Result<void>();
}

}  // namespace vouch::script
