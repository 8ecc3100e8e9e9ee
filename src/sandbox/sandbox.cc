#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <filesystem>

#include "sandbox/bwrap_arguments.h"
#include "sandbox/launcher_protocol.h"
#include "sandbox/process_state.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using boost::system::error_code;

constexpr std::chrono::seconds kStartMax{30};
constexpr std::size_t kProbeMemoryBytes = std::size_t{64} << 20;
constexpr int kLowestSourceFd = 16;  // above every descriptor that is given to the launcher

std::string path_of_launcher(const std::string& configured) {
  if (!configured.empty()) return configured;
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (fs::exists(here / "vouch-sandbox", error)) return here / "vouch-sandbox";
  return (here / ".." / "bin" / "vouch-sandbox").lexically_normal();
}

// The file descriptors that one launcher is started with, and posix_spawn's description of them.
class SpawnFds {
 public:
  SpawnFds() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnFds() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnFds(const SpawnFds&) = delete;

  // The child gets `fd` as `number`. A copy with a high number is kept, so that no number is
  // overwritten before it was copied.
  void give(int number, const UniqueFd& fd) {
    kept_.emplace_back(fcntl(fd.get(), F_DUPFD_CLOEXEC, kLowestSourceFd));
    failed_ = failed_ || !kept_.back();
    posix_spawn_file_actions_adddup2(&actions_, kept_.back().get(), number);
  }
  // A pipe that the child reads as `number`; returns the end to write to. And the reverse.
  UniqueFd give_input(int number) { return give_pipe(number, 0); }
  UniqueFd give_output(int number) { return give_pipe(number, 1); }
  // One end of a socket pair; returns the other.
  UniqueFd give_socket(int number, int type) {
    int ends[2] = {-1, -1};
    failed_ = failed_ || socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0;
    give(number, UniqueFd(ends[1]));
    return UniqueFd(ends[0]);
  }
  bool failed() const { return failed_; }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  UniqueFd give_pipe(int number, int child_end) {
    int ends[2] = {-1, -1};
    failed_ = failed_ || pipe2(ends, O_CLOEXEC) != 0;
    give(number, UniqueFd(ends[child_end]));
    return UniqueFd(ends[1 - child_end]);
  }

  posix_spawn_file_actions_t actions_;
  std::vector<UniqueFd> kept_;
  bool failed_ = false;
};

UniqueFd memory_file(const std::vector<std::string>& words) {
  UniqueFd file(memfd_create("vouch-sandbox-arguments", MFD_CLOEXEC));
  std::string bytes;
  for (const auto& word : words) bytes.append(word).push_back('\0');
  if (!file || write(file.get(), bytes.data(), bytes.size()) != ssize_t(bytes.size())) return {};
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

// 0 or errno. The child starts with default signals and with nothing of our environment but PATH.
int spawn_program(const std::string& path, const std::vector<std::string>& argv,
                  const SpawnFds& fds, pid_t* pid) {
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const char* host_path = getenv("PATH");
  std::string path_variable =
      std::string("PATH=") + (host_path ? host_path : "/usr/local/bin:/usr/bin:/bin");
  char* environment[] = {path_variable.data(), nullptr};
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int error =
      posix_spawnp(pid, path.c_str(), fds.actions(), &attributes, words.data(), environment);
  posix_spawnattr_destroy(&attributes);
  return error;
}

// "0.8.0" of "bubblewrap 0.8.0"; empty when it cannot be run.
std::string version_of(const std::string& bwrap_path) {
  SpawnFds fds;
  UniqueFd output = fds.give_output(STDOUT_FILENO);
  pid_t pid = 0;
  {
    if (fds.failed() || spawn_program(bwrap_path, {bwrap_path, "--version"}, fds, &pid) != 0) {
      return {};
    }
  }
  waitpid(pid, nullptr, 0);  // its few bytes fit the pipe
  char text[128];
  const ssize_t length = read(output.get(), text, sizeof text);
  std::string_view line(text, length > 0 ? static_cast<std::size_t>(length) : 0);
  line = line.substr(0, line.find('\n'));
  return std::string(line.substr(line.rfind(' ') + 1));
}

// One message of the launcher.
struct StatusMessage {
  char letter = 0;
  std::string text;
  std::vector<UniqueFd> fds;
};

// nullopt at the end.
std::optional<StatusMessage> receive_status(int socket) {
  char bytes[1024];
  alignas(cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))];
  iovec part{bytes, sizeof bytes};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  const ssize_t length = recvmsg(socket, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (length < 0 && errno == EAGAIN) return StatusMessage{};
  if (length <= 0) return std::nullopt;
  StatusMessage message;
  message.letter = bytes[0];
  message.text.assign(bytes + 1, static_cast<std::size_t>(length) - 1);
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof fd);
      message.fds.emplace_back(fd);
    }
  }
  return message;
}

}  // namespace

struct Sandbox::Impl {
  Impl(asio::any_io_executor executor, Options options);

  void probe();
  Result<void> try_start();
  asio::awaitable<Result<std::unique_ptr<Process>>> start(asio::any_io_executor on,
                                                          Command command);
  Result<void> spawn(Process::State& state, const Command& command);
  asio::awaitable<Result<void>> hear_launcher(std::shared_ptr<Process::State> state,
                                              std::shared_ptr<EgressPolicy> egress);

  const asio::any_io_executor executor;
  const Options options;
  const std::string launcher_path;
  const std::string private_etc_dir;
  const std::shared_ptr<Resolver> resolver;
  const std::shared_ptr<ProcessRecords> records;
  std::optional<ControlGroupPlace> groups;
  Capabilities capabilities;
};

Sandbox::Impl::Impl(asio::any_io_executor executor, Options given)
    : executor(std::move(executor)),
      options(std::move(given)),
      launcher_path(path_of_launcher(options.launcher_path)),
      private_etc_dir(options.state_dir + "/sandbox-etc"),
      resolver(options.resolver ? options.resolver : std::make_shared<SystemResolver>()),
      records(std::make_shared<ProcessRecords>(options.state_dir + "/processes")) {}

// What matters is whether a program can be started, so one is started.
void Sandbox::Impl::probe() {
  auto& missing = capabilities.missing;
  if (auto written = write_private_etc(private_etc_dir); !written) {
    missing.push_back(written.error().message);
  }
  capabilities.bwrap_version = version_of(options.bwrap_path);
  if (capabilities.bwrap_version.empty()) {
    missing.push_back("bubblewrap is not installed; install it (apt-get install bubblewrap).");
  }
  std::error_code error;
  capabilities.launcher = fs::exists(launcher_path, error);
  if (!capabilities.launcher) {
    missing.push_back("The launcher " + launcher_path +
                      " is missing; build it or install Vouch anew.");
  }
  if (capabilities.bwrap_version.empty() || !capabilities.launcher) return;
  groups = find_control_groups(options.cgroup_dir);
  Result<void> started = try_start();
  if (!started && groups) {
    groups.reset();
    started = try_start();
  }
  capabilities.user_namespaces = started.has_value();
  if (!started) {
    missing.push_back("No program can be started in a sandbox: " + started.error().message);
  }
  using enum Capabilities::MemoryLimit;
  if (groups) capabilities.memory_limit = groups->version == 2 ? kCgroup2 : kCgroup1;
  if (!groups && !options.cgroup_dir.empty()) {
    missing.push_back("The control group " + options.cgroup_dir +
                      " cannot be used; give one that this user may write, with the controllers "
                      "memory and pids. A watchdog limits memory instead.");
  }
}

// With limits, so that those of a control group are tried as well.
Result<void> Sandbox::Impl::try_start() {
  asio::io_context own;
  Result<void> started;
  const auto try_one = [&]() -> asio::awaitable<void> {
    Command command;
    command.argv = {"true"};
    command.limits.memory_bytes_max = kProbeMemoryBytes;
    auto process = co_await start(own.get_executor(), std::move(command));
    if (process) {
      co_await (*process)->wait();
    } else {
      started = std::unexpected(std::move(process).error());
    }
  };
  asio::co_spawn(own, try_one(), asio::detached);
  own.run();
  return started;
}

Result<void> Sandbox::Impl::spawn(Process::State& state, const Command& command) {
  VOUCH_TRY(auto arguments, bwrap_arguments(command, private_etc_dir, launcher_path));
  SpawnFds fds;
  const UniqueFd nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  UniqueFd input, output, stray;
  if (command.protocol_on_fd3) {
    fds.give(STDIN_FILENO, nothing);
    stray = fds.give_output(STDOUT_FILENO);
    input = fds.give_input(launcher::kProtocolIn);
    output = fds.give_output(launcher::kProtocolOut);
  } else {
    input = fds.give_input(STDIN_FILENO);
    output = fds.give_output(STDOUT_FILENO);
  }
  UniqueFd error_output = fds.give_output(STDERR_FILENO);
  UniqueFd status = fds.give_socket(launcher::kStatus, SOCK_SEQPACKET);
  UniqueFd control = fds.give_socket(launcher::kControl, SOCK_STREAM);
  fds.give(launcher::kArgs, memory_file(arguments));

  std::vector<std::string> words = {launcher_path, "--owner", std::to_string(getpid())};
  if (command.egress) words.insert(words.end(), {"--listen", std::to_string(kProxyPort)});
  if (command.protocol_on_fd3) words.insert(words.end(), {"--protocol", "1"});
  words.insert(words.end(), {"--", options.bwrap_path});
  words.insert(words.end(), command.argv.begin(), command.argv.end());
  pid_t pid = -1;
  const int error = fds.failed() ? EMFILE : spawn_program(launcher_path, words, fds, &pid);
  if (error != 0) {
    return fail(ErrorCode::kUnavailable,
                launcher_path + " cannot be started: " + std::string(std::strerror(error)) + ".");
  }
  state.control = std::move(control);
  state.status.assign(status.release());
  state.input.assign(input.release());
  state.output.assign(output.release());
  state.error_output.assign(error_output.release());
  if (stray) state.stray_output.assign(stray.release());
  VOUCH_TRY_VOID(state.adopt(pid, groups));
  const char go = 'g';
  if (send(state.control.get(), &go, 1, MSG_NOSIGNAL) != 1) {
    return fail(ErrorCode::kUnavailable, "The launcher ended before it could start the program.");
  }
  return {};
}

asio::awaitable<Result<void>> Sandbox::Impl::hear_launcher(std::shared_ptr<Process::State> state,
                                                           std::shared_ptr<EgressPolicy> egress) {
  std::string problem = "bubblewrap could not set it up";
  while (true) {
    error_code error;
    co_await state->status.async_wait(Process::State::Descriptor::wait_read,
                                      asio::redirect_error(asio::use_awaitable, error));
    auto message = receive_status(state->status.native_handle());
    if (error || !message) break;
    auto& fds = message->fds;
    if (message->letter == launcher::kListening && fds.size() == 1 && egress) {
      state->proxy = std::make_unique<Proxy>(state->executor, fds[0].release(), egress, resolver);
    } else if (message->letter == launcher::kPid && fds.size() == 1) {
      state->tree.assign(fds[0].release());
    } else if (message->letter == launcher::kReady && fds.size() == 2) {
      state->proc = std::move(fds[0]);
      state->tmp = std::move(fds[1]);
      problem.clear();
    } else if (message->letter == launcher::kFailed) {
      problem = message->text;
    }
  }
  error_code ignored;
  state->status.close(ignored);
  if (problem.empty()) co_return Result<void>();
  co_return fail(ErrorCode::kUnavailable, std::move(problem));
}

asio::awaitable<Result<std::unique_ptr<Process>>> Sandbox::Impl::start(asio::any_io_executor on,
                                                                       Command command) {
  if (command.argv.empty() || command.argv[0].empty()) {
    co_return fail(ErrorCode::kInvalidRequest, "There is no program to start.");
  }
  auto state = std::make_shared<Process::State>(on, command, records);
  VOUCH_CO_TRY_VOID(spawn(*state, command));
  asio::steady_timer patience(on, kStartMax);
  patience.async_wait([weak = std::weak_ptr(state)](error_code cancelled) {
    const auto state = weak.lock();
    if (!cancelled && state) state->end(EndReason::kDeadline);
  });
  auto heard = co_await hear_launcher(state, command.egress);
  patience.cancel();
  if (!heard) {
    state->end(EndReason::kKilled);
    co_await state->until_gone();
    std::string message = command.argv[0] + " was not started: " + heard.error().message;
    if (!state->exit.stderr_tail.empty()) message += ": " + state->exit.stderr_tail;
    while (message.ends_with('\n')) message.pop_back();
    co_return fail(ErrorCode::kUnavailable, message + ".");
  }
  state->watch();
  co_return std::unique_ptr<Process>(new Process(std::move(state)));
}

Sandbox::Sandbox(asio::any_io_executor executor, Options options)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options))) {
  // A program that ends while it is written to is an expected failure, not the end of the server.
  signal(SIGPIPE, SIG_IGN);
  impl_->probe();
}

Sandbox::~Sandbox() = default;

asio::awaitable<Result<std::unique_ptr<Process>>> Sandbox::start(Command command) {
  const auto impl = impl_;
  co_return co_await impl->start(impl->executor, std::move(command));
}

const Capabilities& Sandbox::capabilities() const { return impl_->capabilities; }

std::size_t Sandbox::end_leftovers() {
  const std::size_t ended = impl_->records->end_all();
  if (impl_->groups) remove_empty_groups(*impl_->groups);
  return ended;
}

std::string_view to_string(Capabilities::MemoryLimit limit) {
  switch (limit) {
    case Capabilities::MemoryLimit::kCgroup2:
      return "cgroup v2";
    case Capabilities::MemoryLimit::kCgroup1:
      return "cgroup v1";
    case Capabilities::MemoryLimit::kWatchdog:
      break;
  }
  return "a watchdog";
}

}  // namespace vouch::sandbox
