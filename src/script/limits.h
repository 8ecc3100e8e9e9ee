// Every limit of running a script, with its unit. What is answered beyond each is in
// docs/limits.md; who enforces it stands here.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/json.h"

namespace vouch::script {

// Of one call of transform; a caller may lower them.
struct Limits {
  // Processor time of the call, what it does to its output included, and waiting for context.http
  // not. Enforced three times, each for what the one before cannot end: by the engine between two
  // operations (kCpuGraceMs later by the kernel, also within a regular expression or an endless
  // chain of promises, and kWallFactor times later by the server, with SIGKILL).
  std::int64_t cpu_ms_max = 1000;
  std::size_t output_bytes_max = std::size_t{8} << 20;  // of the output's JSON text
  // What is logged beyond these is left out and counted.
  std::uint32_t log_lines_max = 100;
  std::size_t log_bytes_max = std::size_t{64} << 10;  // of all lines of the call together
  std::uint32_t http_calls_max = 50;
  std::int64_t http_ms_max = 30'000;      // of one call of context.http, until it is answered
  std::int64_t http_all_ms_max = 60'000;  // of all of them together
};

inline constexpr std::int64_t kCpuGraceMs = 100;
inline constexpr std::int64_t kWallFactor = 5;
inline constexpr std::int64_t kWallGraceMs = 2'000;

inline constexpr std::size_t kSourceBytesMax = std::size_t{1} << 20;  // of a script
inline constexpr std::size_t kInputBytesMax = std::size_t{8} << 20;   // of one input's JSON text
inline constexpr std::size_t kDepthMax =
    kJsonDepthMax;  // arrays and objects in each other, in and out
inline constexpr std::size_t kLogLineBytesMax = 2000;               // a longer one is shortened
inline constexpr std::size_t kErrorBytesMax = 2000;                 // what an error says; likewise
inline constexpr std::size_t kHttpBytesMax = std::size_t{8} << 20;  // arguments, and an answer
// One message between server and worker: many inputs travel in one.
inline constexpr std::size_t kMessageBytesMax = std::size_t{32} << 20;
inline constexpr std::size_t kHopBytesMax = std::size_t{1}
                                            << 20;  // inputs of a hop, unless it is one
inline constexpr std::size_t kHopInputsMax = 256;
// A hop ends behind the input that reaches one of these.
inline constexpr std::size_t kHopOutcomeBytesMax = std::size_t{4} << 20;  // of all its outcomes
inline constexpr std::int64_t kHopMsMax = 250;                            // by the clock

// Memory of a worker that its scripts share, the engine's own 20 MiB included (sandbox::Limits).
inline constexpr std::size_t kMemoryBytesMax = std::size_t{256} << 20;
inline constexpr std::size_t kScriptsWarmMax = 16;  // compiled in a worker; the longest unused goes
// Inputs of one run that may cost a worker (two, where it has to be found which it was); then the
// rest of them is refused.
inline constexpr int kDeathsMax = 3;

}  // namespace vouch::script
