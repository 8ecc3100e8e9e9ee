// Starts an untrusted program so that it reaches only what it was given, and nothing of it outlives
// its owner.
//
// Inside: user 1000 of a user namespace with no capability, a private process tree, an empty
// network namespace and only families of sockets that it parts, no io_uring and no keys of the
// kernel, a read-only view of /usr and the few files of /etc that programs need, private
// /tmp, /run, /dev/shm, and the mounts of the Command. With an EgressPolicy there is one listener,
// kProxyUrl, behind which the policy decides (proxy.h). Chromium keeps its own sandbox inside.
//
// It yields the processors to its owner (niceness 10 above the owner's).
//
// Threads: everything here belongs to the one thread that runs the io_context; there is no thread
// per process. The kernel ties a program's life to the THREAD that started it, so that thread must
// live as long as the owner (run the io_context on the main thread or one that is never ended).
//
// Ends: a tree ends when its first program ends (what it left behind is killed), when the Process
// is destroyed or killed, at a limit, or when the owner dies in whatever way.
#pragma once

#include <sys/types.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sandbox/egress.h"

namespace vouch::sandbox {

// What a program inside sets as its HTTP proxy (Playwright: proxy: {server, bypass:
// '<-loopback>'}).
inline constexpr const char* kProxyUrl = "http://127.0.0.1:3128";
inline constexpr std::uint16_t kProxyPort = 3128;

// A file or folder of the host, seen inside. Parents are made. A missing host_path is an error of
// start() unless `optional`.
struct Mount {
  std::string host_path;
  std::string inside_path;
  bool writable = false;
  bool optional = false;
};

// 0 means no limit, except where a default is given.
struct Limits {
  // Of the whole tree: private and shared anonymous memory plus what lies in its /tmp. File pages
  // (program code) are not counted: they are shared by all and can be dropped. A watch of every
  // few milliseconds keeps it, and where there are control groups (Capabilities::memory_limit)
  // the kernel besides, at a quarter more.
  std::size_t memory_bytes_max = 0;
  std::int64_t wall_ms_max = 0;
  std::size_t processes_max = 512;  // processes of the tree, not threads
  // Bytes the program may write to stdout and stderr together.
  std::size_t output_bytes_max = std::size_t{1} << 30;
  std::size_t line_bytes_max = std::size_t{64} << 20;  // of one read_line()
};

// What of the host's files a program sees beside its mounts.
enum class HostFiles {
  kSystem,     // /usr and the few files of /etc that programs need
  kLibraries,  // /usr/lib and the dynamic linker's cache: enough to load a program of its own
};

struct Command {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH inside
  // The whole environment; PATH, HOME=/tmp, LANG and TMPDIR have defaults that this overrides.
  std::vector<std::pair<std::string, std::string>> env;
  std::vector<Mount> mounts;
  HostFiles host_files = HostFiles::kSystem;
  std::string working_dir = "/";
  Limits limits;
  std::shared_ptr<EgressPolicy> egress;  // null: no network at all
  // Off: write() is stdin and read_line() is stdout. On: write() arrives at the program's fd 3 and
  // read_line() reads what it writes to fd 4, stdin is empty and stdout goes to Exit::stdout_tail,
  // so that a stray print cannot break a protocol.
  bool protocol_on_fd3 = false;
};

enum class EndReason {
  kExited,     // status is the exit code
  kSignalled,  // status is the signal that ended the first program
  kKilled,     // by kill() or because the Process was destroyed
  kMemory,     // Limits::memory_bytes_max
  kDeadline,   // Limits::wall_ms_max
  kOutput,     // Limits::output_bytes_max
  kProcesses,  // Limits::processes_max
};
std::string_view to_string(EndReason reason);

struct Exit {
  EndReason reason = EndReason::kExited;
  int status = 0;
  std::string stderr_tail;            // the last kTailBytesMax bytes
  std::string stdout_tail;            // only with protocol_on_fd3
  std::size_t memory_bytes_peak = 0;  // as sampled; 0 for a program too short to be seen
  std::int64_t wall_ms = 0;
};
inline constexpr std::size_t kTailBytesMax = 64 << 10;

// A started tree. Destroying it kills the whole tree (without waiting for the last to be gone).
// At most one write(), one read_line() or read_bytes(), and any number of wait() at a time.
class Process {
 public:
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // All of `bytes`; kUnavailable when the program closed its end or ended.
  boost::asio::awaitable<Result<void>> write(std::string_view bytes);
  void close_stdin();
  // The next line without its \n; nullopt at the end of the stream (a last line without \n is
  // given first). A line longer than Limits::line_bytes_max is kPayloadTooLarge. A program whose
  // lines are not read is stopped by the full pipe, so read to the end or kill it.
  boost::asio::awaitable<Result<std::optional<std::string>>> read_line();
  // The next `bytes` bytes, for a protocol that is not of lines; nullopt when the stream ends
  // before. Limits::line_bytes_max does not count: the caller bounds what it asks for.
  boost::asio::awaitable<Result<std::optional<std::string>>> read_bytes(std::size_t bytes);
  // Returns once every process of the tree is gone. May be called again: the same Exit.
  boost::asio::awaitable<Exit> wait();
  void kill();

  pid_t pid() const;  // the launcher in the host's view, leader of the tree's process group
  bool running() const;
  std::size_t memory_bytes() const;  // the last sample

 private:
  friend class Sandbox;
  struct State;
  explicit Process(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

// What this machine gives. Told at start and at /ready.
struct Capabilities {
  bool user_namespaces = false;  // without them nothing can be started
  std::string bwrap_version;     // "0.8.0"; empty: not installed
  bool launcher = false;         // bin/vouch-sandbox was found
  enum class MemoryLimit { kCgroup2, kCgroup1, kWatchdog } memory_limit = MemoryLimit::kWatchdog;
  std::vector<std::string> missing;  // a sentence each, saying what to do

  bool ready() const { return user_namespaces && launcher && !bwrap_version.empty(); }
};

std::string_view to_string(Capabilities::MemoryLimit limit);  // "cgroup v1", "a watchdog"

class Sandbox {
 public:
  struct Options {
    std::string state_dir;  // process records live in state_dir/processes/; made if absent
    // bin/vouch-sandbox; empty: beside the running executable, else in ../bin.
    std::string launcher_path;
    std::string bwrap_path = "bwrap";  // looked up in PATH
    // A control group the operator handed to Vouch (its path in its hierarchy); a group for each
    // tree is made in it. Empty: in the process's own group, with version 2 only where systemd
    // says that it is delegated and nobody else is in it. Where that cannot be: the watchdog.
    std::string cgroup_dir;
    std::shared_ptr<Resolver> resolver;  // null: SystemResolver
  };

  // Probes the machine (a few ms; starts one small program). Never fails: see capabilities().
  Sandbox(boost::asio::any_io_executor executor, Options options);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // Returns when the program has been executed inside (kUnavailable with a sentence when it could
  // not be: no such program, mount missing, namespaces forbidden). A program that starts does not
  // count as failed when it then ends at once. Destroying the awaiting coroutine leaks nothing.
  boost::asio::awaitable<Result<std::unique_ptr<Process>>> start(Command command);

  const Capabilities& capabilities() const;

  // Kills whatever an earlier owner of state_dir left running (there should be none: the kernel
  // ends a tree with its owner), and returns how many trees there were. Only processes recorded in
  // state_dir whose start time still matches are touched. Call once, before the first start().
  std::size_t end_leftovers();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::sandbox
