// Wall-clock time, injected so that leases, expiry and simulations are under the caller's control.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace vouch {

// Milliseconds since the Unix epoch, UTC. What is stored and compared everywhere.
using TimeMs = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimeMs now_ms() const = 0;  // any thread
};

class SystemClock final : public Clock {
 public:
  TimeMs now_ms() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

// "2026-06-10T14:30:12Z": ISO 8601 with seconds, as every *Utc field on the wire.
std::string to_utc(TimeMs ms);

}  // namespace vouch
