#include "cli/interrupt.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "base/result.h"

namespace vouch::cli {
namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> was_interrupted{false};
std::atomic<const char*> restore_sequence{nullptr};
int pipe_ends[2] = {-1, -1};

void on_interrupt(int) {
  if (was_interrupted.exchange(true)) {
    if (const char* sequence = restore_sequence.load()) {
      [[maybe_unused]] ssize_t written = write(STDERR_FILENO, sequence, std::strlen(sequence));
    }
    _exit(130);
  }
  [[maybe_unused]] ssize_t written = write(pipe_ends[1], "!", 1);
}

}  // namespace

void watch_for_interrupts() {
  if (pipe_ends[0] >= 0) return;
  VOUCH_CHECK(pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) == 0);
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return was_interrupted.load(); }
int interrupt_descriptor() { return pipe_ends[0]; }
void restore_terminal_on_interrupt(const char* sequence) { restore_sequence.store(sequence); }

}  // namespace vouch::cli
