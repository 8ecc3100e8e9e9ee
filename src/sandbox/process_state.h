// What stands behind a Process. It is shared by the Process and by the coroutines that watch the
// tree, so that a tree whose Process was destroyed is still reaped. Whoever lets go of it last,
// also when the io_context is destroyed first, leaves no process behind.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "sandbox/control_group.h"
#include "sandbox/process_records.h"
#include "sandbox/proxy.h"
#include "sandbox/sandbox.h"
#include "sandbox/tree_usage.h"
#include "sandbox/unique_fd.h"

namespace vouch::sandbox {

// The last kTailBytesMax bytes of a stream.
class Tail {
 public:
  void add(std::string_view bytes);
  std::string text() const;

 private:
  std::string kept_;
};

struct Process::State : std::enable_shared_from_this<Process::State> {
  using Descriptor = boost::asio::posix::stream_descriptor;

  State(const boost::asio::any_io_executor& executor, const Command& command,
        std::shared_ptr<ProcessRecords> records);
  ~State();

  // Once the launcher was spawned: takes its pid, and records it. With a place for groups, it and
  // all that it will start are in a group of their own from now on.
  Result<void> adopt(pid_t launcher, const std::optional<ControlGroupPlace>& place);
  // Once the program runs: the coroutines that reap, drain and enforce the limits. They hold this.
  void watch();
  void end(EndReason why);                    // kills the tree; the first reason counts
  boost::asio::awaitable<void> until_gone();  // also reaps; `exit` is complete afterwards

  boost::asio::any_io_executor executor;
  const Limits limits;
  const bool protocol_on_fd3;
  std::shared_ptr<ProcessRecords> records;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  pid_t pid = -1;
  Descriptor launcher;  // a pidfd
  Descriptor tree;      // a pidfd of the tree's first process; closed until the launcher told it
  Descriptor input, output, error_output, stray_output;
  Descriptor status;   // until the program runs
  UniqueFd control;    // its end kills the tree
  UniqueFd proc, tmp;  // the tree's own
  std::unique_ptr<Proxy> proxy;
  std::unique_ptr<ControlGroup> group;  // null: usage is measured through `proc`

  bool ended = false;  // everything is gone and reaped; `exit` is complete
  std::optional<EndReason> killed_for;
  Exit exit;
  std::size_t memory_bytes = 0;
  std::size_t output_bytes = 0;
  std::string line_buffer;
  std::size_t line_start = 0;    // of the next line in line_buffer
  std::size_t line_scanned = 0;  // no \n before this
  Tail error_tail, stray_tail;
  boost::asio::steady_timer deadline_timer, usage_timer;  // cancelled when `ended` becomes true
  boost::asio::steady_timer ended_event;  // never expires; cancelled when `ended` becomes true

 private:
  Result<void> enter_group(const ControlGroupPlace& place);
  TreeUsage usage() const;
  void reap();
  boost::asio::awaitable<bool> read_more(boost::system::error_code& error);
  void kill_all();
  void count_output(std::size_t bytes);
  void drain_rest(Descriptor& from, Tail& into);
  boost::asio::awaitable<void> drain(Descriptor& from, Tail& into);
  boost::asio::awaitable<void> enforce_deadline();
  boost::asio::awaitable<void> enforce_usage();
  friend class Process;
};

}  // namespace vouch::sandbox
