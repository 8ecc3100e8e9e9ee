// The program itself, run at a pseudo-terminal or without one.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "source_dir.h"

namespace vouch::cli {

// The program, with what it says on one descriptor: a terminal's, or a pipe's.
class Watching {
 public:
  Watching(const std::vector<std::string>& arguments, bool at_terminal) {
    std::vector<char*> argv;
    std::vector<std::string> words = {VOUCH_SOURCE_DIR "/bin/vouch"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    if (at_terminal) {
      pid_ = forkpty(&descriptor_, nullptr, nullptr, nullptr);
    } else {
      std::array<int, 2> ends{};
      EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
      pid_ = fork();
      descriptor_ = ends[0];
      if (pid_ == 0) {
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
      } else {
        close(ends[1]);
      }
    }
    if (pid_ != 0) return;
    setenv("TERM", "xterm", 1);
    execv(argv[0], argv.data());
    _exit(127);
  }
  ~Watching() {
    if (code_ < 0) {
      kill(pid_, SIGTERM);
      waitpid(pid_, nullptr, 0);
    }
    close(descriptor_);
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

  // Until it has said `text`; false: it ended, or nothing more came for too long.
  bool says(std::string_view text) {
    while (!said_.contains(text)) {
      if (!read_more()) return false;
    }
    return true;
  }
  void type(std::string_view text) {
    EXPECT_EQ(write(descriptor_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  int end() {
    while (read_more()) {
    }
    if (std::chrono::steady_clock::now() > began_ + kPatience) kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    return code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  const std::string& said() const { return said_; }
  void forget() { said_.clear(); }  // what it said so far

 private:
  bool read_more() {
    pollfd ready{descriptor_, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        began_ + kPatience - std::chrono::steady_clock::now());
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) <= 0) return false;
    std::array<char, 4096> buffer{};
    const ssize_t length = read(descriptor_, buffer.data(), buffer.size());
    if (length <= 0) return false;  // EIO: nobody has the terminal any more
    said_.append(buffer.data(), static_cast<std::size_t>(length));
    return true;
  }

  static constexpr std::chrono::seconds kPatience{60};

  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  int descriptor_ = -1;
  pid_t pid_ = -1;
  int code_ = -1;
  std::string said_;
};

}  // namespace vouch::cli
