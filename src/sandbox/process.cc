#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "sandbox/process_state.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t kReadBytes = 64 << 10;
constexpr int kGoneMsMax = 5'000;  // a killed tree is gone within this
// The tree is measured again before it could have grown past its limit, but not more often than
// kPollMsMin and not less often than kPollMsMax.
constexpr std::size_t kFastestGrowthBytesPerMs = std::size_t{4} << 20;
constexpr std::int64_t kPollMsMin = 5;
constexpr std::int64_t kPollMsMax = 100;

// What the kernel allows a group before it acts by itself. More than the limit, which is kept here
// and told: file pages count there, and a thread as much as a process.
constexpr std::size_t kTasksOfAProcessMax = 16;
constexpr std::size_t kFilePagesMin = std::size_t{64} << 20;
std::size_t group_memory_max(std::size_t bytes_max) {
  return bytes_max + std::max(bytes_max / 4, kFilePagesMin);
}

void send_kill(int pidfd) { syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, nullptr, 0); }

}  // namespace

std::string_view to_string(EndReason reason) {
  switch (reason) {
    case EndReason::kExited:
      return "exited";
    case EndReason::kSignalled:
      return "signalled";
    case EndReason::kKilled:
      return "killed";
    case EndReason::kMemory:
      return "memory";
    case EndReason::kDeadline:
      return "deadline";
    case EndReason::kOutput:
      return "output";
    case EndReason::kProcesses:
      return "processes";
  }
  return "exited";
}

void Tail::add(std::string_view bytes) {
  kept_.append(bytes);
  if (kept_.size() > 2 * kTailBytesMax) kept_.erase(0, kept_.size() - kTailBytesMax);
}

std::string Tail::text() const {
  return kept_.size() > kTailBytesMax ? kept_.substr(kept_.size() - kTailBytesMax) : kept_;
}

Process::State::State(const asio::any_io_executor& executor, const Command& command,
                      std::shared_ptr<ProcessRecords> records)
    : executor(executor),
      limits(command.limits),
      protocol_on_fd3(command.protocol_on_fd3),
      records(std::move(records)),
      launcher(executor),
      tree(executor),
      input(executor),
      output(executor),
      error_output(executor),
      stray_output(executor),
      status(executor),
      deadline_timer(executor),
      usage_timer(executor),
      ended_event(executor, asio::steady_timer::time_point::max()) {}

Process::State::~State() {
  if (pid < 0 || ended) return;
  kill_all();
  reap();
  if (tree.is_open()) {
    pollfd gone{tree.native_handle(), POLLIN, 0};
    poll(&gone, 1, kGoneMsMax);
  }
}

Result<void> Process::State::adopt(pid_t launcher_pid,
                                   const std::optional<ControlGroupPlace>& place) {
  pid = launcher_pid;
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  VOUCH_CHECK(fd >= 0);  // it is our child and not reaped
  launcher.assign(fd);
  VOUCH_TRY_VOID(records->add(pid));
  return place ? enter_group(*place) : Result<void>();
}

Result<void> Process::State::enter_group(const ControlGroupPlace& place) {
  remove_empty_groups(place);
  VOUCH_TRY(group, ControlGroup::make(place));
  if (limits.memory_bytes_max != 0) {
    VOUCH_TRY_VOID(group->limit_memory(group_memory_max(limits.memory_bytes_max)));
  }
  if (limits.processes_max != 0) {
    VOUCH_TRY_VOID(group->limit_tasks(limits.processes_max * kTasksOfAProcessMax));
  }
  return group->add(pid);
}

void Process::State::kill_all() {
  if (pid >= 0 && !ended) ::kill(pid, SIGKILL);  // not reaped yet, so the pid is still its own
  if (tree.is_open()) send_kill(tree.native_handle());
}

void Process::State::end(EndReason why) {
  if (ended) return;
  if (!killed_for) killed_for = why;
  kill_all();
}

void Process::State::reap() {
  int wait_status = 0;
  while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR) {
  }
  records->remove(pid);
  const int code =
      WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
  exit.reason = code > 128 ? EndReason::kSignalled : EndReason::kExited;
  exit.status = code > 128 ? code - 128 : code;
  // The kernel was faster than the watch.
  if (!killed_for && group && group->has_killed()) killed_for = EndReason::kMemory;
  if (group && killed_for == EndReason::kMemory && group->has_killed()) {
    exit.memory_bytes_peak =
        std::max(exit.memory_bytes_peak, group_memory_max(limits.memory_bytes_max));
  }
  group.reset();
  if (killed_for) {
    exit.reason = *killed_for;
    exit.status = SIGKILL;
  }
  exit.wall_ms =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - started).count();
}

asio::awaitable<void> Process::State::until_gone() {
  const auto self = shared_from_this();
  error_code ignored;
  co_await launcher.async_wait(Descriptor::wait_read,
                               asio::redirect_error(asio::use_awaitable, ignored));
  if (tree.is_open()) {
    co_await tree.async_wait(Descriptor::wait_read,
                             asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (ended) co_return;
  reap();
  drain_rest(error_output, error_tail);
  drain_rest(stray_output, stray_tail);
  exit.stderr_tail = error_tail.text();
  exit.stdout_tail = stray_tail.text();
  ended = true;
  proxy.reset();
  control.reset();
  proc.reset();
  tmp.reset();
  input.close(ignored);
  deadline_timer.cancel();
  usage_timer.cancel();
  ended_event.cancel();
}

void Process::State::count_output(std::size_t bytes) {
  output_bytes += bytes;
  if (limits.output_bytes_max != 0 && output_bytes > limits.output_bytes_max) {
    end(EndReason::kOutput);
  }
}

asio::awaitable<void> Process::State::drain(Descriptor& from, Tail& into) {
  const auto self = shared_from_this();
  std::string buffer(kReadBytes, '\0');
  for (error_code error; !error;) {
    const std::size_t length = co_await from.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    into.add(std::string_view(buffer).substr(0, length));
    count_output(length);
  }
}

// The tree is gone: what is still in the pipe is all there will be.
void Process::State::drain_rest(Descriptor& from, Tail& into) {
  if (!from.is_open()) return;
  error_code error;
  from.non_blocking(true, error);
  std::string buffer(kReadBytes, '\0');
  while (!error) {
    const std::size_t length = from.read_some(asio::buffer(buffer), error);
    into.add(std::string_view(buffer).substr(0, length));
    output_bytes += length;
  }
  error_code ignored;
  from.close(ignored);
}

asio::awaitable<void> Process::State::enforce_deadline() {
  const auto self = shared_from_this();
  deadline_timer.expires_at(started + milliseconds(limits.wall_ms_max));
  error_code cancelled;
  co_await deadline_timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (!cancelled) end(EndReason::kDeadline);
}

TreeUsage Process::State::usage() const {
  if (const auto bytes = group ? group->memory_bytes() : std::nullopt) {
    return {*bytes, count_processes(proc.get())};
  }
  return measure_tree(proc.get(), tmp.get());
}

asio::awaitable<void> Process::State::enforce_usage() {
  const auto self = shared_from_this();
  while (!ended) {
    const TreeUsage usage = this->usage();
    memory_bytes = usage.memory_bytes;
    exit.memory_bytes_peak = std::max(exit.memory_bytes_peak, memory_bytes);
    if (limits.memory_bytes_max != 0 && memory_bytes > limits.memory_bytes_max) {
      end(EndReason::kMemory);
    }
    if (limits.processes_max != 0 && usage.processes > limits.processes_max) {
      end(EndReason::kProcesses);
    }
    std::int64_t pause = kPollMsMax;
    if (limits.memory_bytes_max > memory_bytes) {
      pause = static_cast<std::int64_t>((limits.memory_bytes_max - memory_bytes) /
                                        kFastestGrowthBytesPerMs);
    }
    usage_timer.expires_after(milliseconds(std::clamp(pause, kPollMsMin, kPollMsMax)));
    error_code ignored;
    co_await usage_timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

// Appends what the program wrote next to line_buffer; false at the end of the stream.
asio::awaitable<bool> Process::State::read_more(error_code& error) {
  const std::size_t before = line_buffer.size();
  line_buffer.resize(before + kReadBytes);
  const std::size_t length =
      co_await output.async_read_some(asio::buffer(line_buffer.data() + before, kReadBytes),
                                      asio::redirect_error(asio::use_awaitable, error));
  line_buffer.resize(before + length);
  count_output(length);
  co_return !error;
}

void Process::State::watch() {
  asio::co_spawn(executor, until_gone(), asio::detached);
  asio::co_spawn(executor, drain(error_output, error_tail), asio::detached);
  if (protocol_on_fd3) asio::co_spawn(executor, drain(stray_output, stray_tail), asio::detached);
  asio::co_spawn(executor, enforce_usage(), asio::detached);
  if (limits.wall_ms_max > 0) asio::co_spawn(executor, enforce_deadline(), asio::detached);
}

Process::Process(std::shared_ptr<State> state) : state_(std::move(state)) {}

Process::~Process() {
  state_->end(EndReason::kKilled);
  error_code ignored;
  state_->output.close(ignored);
}

asio::awaitable<Result<void>> Process::write(std::string_view bytes) {
  const auto state = state_;
  error_code error = asio::error::bad_descriptor;
  if (state->input.is_open()) {
    co_await asio::async_write(state->input, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) co_return Result<void>();
  co_return fail(ErrorCode::kUnavailable, "The program ended or closed its input.");
}

void Process::close_stdin() {
  error_code ignored;
  state_->input.close(ignored);
}

asio::awaitable<Result<std::optional<std::string>>> Process::read_line() {
  const auto state = state_;
  std::string& buffer = state->line_buffer;
  while (true) {
    if (const auto end = buffer.find('\n', state->line_scanned); end != std::string::npos) {
      std::string line = buffer.substr(state->line_start, end - state->line_start);
      state->line_start = state->line_scanned = end + 1;
      co_return std::optional(std::move(line));
    }
    buffer.erase(0, std::exchange(state->line_start, 0));
    state->line_scanned = buffer.size();
    if (state->limits.line_bytes_max != 0 && buffer.size() > state->limits.line_bytes_max) {
      co_return fail(ErrorCode::kPayloadTooLarge, "The program wrote a line longer than " +
                                                      std::to_string(state->limits.line_bytes_max) +
                                                      " bytes.");
    }
    error_code error;
    const bool more = co_await state->read_more(error);
    if (more) continue;
    if (error == asio::error::operation_aborted && state->output.is_open()) {
      co_return fail(ErrorCode::kCancelled, "Reading was cancelled.");
    }
    state->line_scanned = 0;
    if (buffer.empty()) co_return std::optional<std::string>();
    co_return std::optional(std::exchange(buffer, {}));
  }
}

asio::awaitable<Result<std::optional<std::string>>> Process::read_bytes(std::size_t bytes) {
  const auto state = state_;
  std::string& buffer = state->line_buffer;
  while (buffer.size() - state->line_start < bytes) {
    buffer.erase(0, std::exchange(state->line_start, 0));
    error_code error;
    if (co_await state->read_more(error)) continue;
    if (error == asio::error::operation_aborted && state->output.is_open()) {
      co_return fail(ErrorCode::kCancelled, "Reading was cancelled.");
    }
    co_return std::optional<std::string>();
  }
  std::string read = buffer.substr(state->line_start, bytes);
  state->line_start = state->line_scanned = state->line_start + bytes;
  co_return std::optional(std::move(read));
}

asio::awaitable<Exit> Process::wait() {
  const auto state = state_;
  while (!state->ended) {
    error_code ignored;
    co_await state->ended_event.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return state->exit;
}

void Process::kill() { state_->end(EndReason::kKilled); }
pid_t Process::pid() const { return state_->pid; }
bool Process::running() const { return !state_->ended; }
std::size_t Process::memory_bytes() const { return state_->memory_bytes; }

}  // namespace vouch::sandbox
