#include "script/inside/clock.h"

#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

namespace {

thread_local bool frozen = false;
thread_local std::int64_t frozen_ms = 0;

}  // namespace

// The dynamic linker finds these before the C library's, also for the engine's calls.
extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  using Function = int (*)(clockid_t, timespec*);
  static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "clock_gettime"));
  if (!frozen || clock != CLOCK_REALTIME) return real(clock, time);
  time->tv_sec = frozen_ms / 1000;
  time->tv_nsec = frozen_ms % 1000 * 1'000'000;
  return 0;
}

int gettimeofday(timeval* __restrict time, void* __restrict) noexcept {
  timespec now{};
  const int status = clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return status;
}

time_t time(time_t* seconds) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds != nullptr) *seconds = now.tv_sec;
  return now.tv_sec;
}
}

namespace vouch::script {

Frozen::Frozen(std::int64_t now_ms) {
  frozen_ms = now_ms;
  frozen = true;
}

Frozen::~Frozen() { frozen = false; }

}  // namespace vouch::script
