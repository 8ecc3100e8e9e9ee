// A span of processor time of the thread that made it: what else the machine does changes nothing.
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>

namespace vouch::adapters {

class Deadline {
 public:
  Deadline() = default;  // is over
  explicit Deadline(std::chrono::milliseconds budget)
      : cpu_(processor_time() + budget), wall_(std::chrono::steady_clock::now() + budget) {}

  // A thread has no more processor time than time goes by, and asking for that costs a tenth.
  bool is_over() const {
    return std::chrono::steady_clock::now() > wall_ && processor_time() > cpu_;
  }
  std::chrono::milliseconds left() const {  // never negative
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::max(Span(0), cpu_ - processor_time()));
  }

 private:
  using Span = std::chrono::nanoseconds;

  static Span processor_time() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + Span(used.tv_nsec);
  }

  Span cpu_{};
  std::chrono::steady_clock::time_point wall_;
};

}  // namespace vouch::adapters
