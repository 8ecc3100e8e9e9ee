// What server and worker say to each other: messages of a 32-bit length, a kind, and fields in a
// fixed order, little-endian. The server trusts no message of a worker: reading past the end makes
// a Reader fail, and every length is bounded.
//
//   server -> worker                        worker -> server
//                                           kReady    engine's version
//   kLoad  slot, source, limits             kLoaded   outcome, whose text is empty
//   kDrop  slot
//   kRun   slot, now, limits, http, inputs  kOutcome  outcome, one for each input, in their order
//   kHttpAnswer  ok, text                   kHttp     function, arguments (only within a call)
//                                           kHopEnd   behind an outcome: the other inputs of the
//                                                     kRun are not looked at
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "script/limits.h"

namespace vouch::script {

enum class Kind : std::uint8_t {
  kReady,
  kLoad,
  kLoaded,
  kDrop,
  kRun,
  kOutcome,
  kHttp,
  kHttpAnswer,
  kHopEnd
};

// What became of a call. The order is part of the protocol.
enum class Verdict : std::uint8_t {
  kDone,
  kSyntax,    // the source is not JavaScript
  kMissing,   // it does not define transform
  kThrew,     // by the script, or by the engine while it ran it
  kInput,     // the input is not JSON
  kResult,    // the result is not JSON
  kTooLarge,  // of the result
  kTime,
  kLast = kTime
};

// The exit statuses of a worker, beyond those of the launcher.
inline constexpr int kExitOfTime = 75;
inline constexpr int kExitOfProtocol = 76;

struct WireOutcome {
  Verdict verdict = Verdict::kDone;
  std::string text;  // the output's JSON text, or what went wrong
  std::uint32_t line = 0, column = 0;
  std::vector<std::string> logs;
  std::uint32_t logs_left_out = 0;
  std::uint32_t http_calls = 0;
  std::int64_t cpu_us = 0;
};

class Writer {
 public:
  explicit Writer(Kind kind) : bytes_(sizeof(std::uint32_t), '\0') { number(kind); }
  template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  Writer& number(T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof raw);
    return *this;
  }
  Writer& text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_.append(value);
    return *this;
  }
  Writer& limits(const Limits& limits) {
    return number(limits.cpu_ms_max)
        .number(limits.output_bytes_max)
        .number(limits.log_lines_max)
        .number(limits.log_bytes_max)
        .number(limits.http_calls_max);
  }
  Writer& outcome(const WireOutcome& outcome) {
    number(outcome.verdict).text(outcome.text).number(outcome.line).number(outcome.column);
    number(static_cast<std::uint32_t>(outcome.logs.size()));
    for (const std::string& line : outcome.logs) text(line);
    return number(outcome.logs_left_out).number(outcome.http_calls).number(outcome.cpu_us);
  }
  // The whole message, its length in front.
  const std::string& message() {
    const auto length = static_cast<std::uint32_t>(bytes_.size() - sizeof(std::uint32_t));
    std::memcpy(bytes_.data(), &length, sizeof length);
    return bytes_;
  }

 private:
  std::string bytes_;
};

// Reads what follows the length. `ok` is false once something was not there.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T number() {
    T value{};
    if (rest_.size() < sizeof value) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view text() {
    const auto length = number<std::uint32_t>();
    if (length > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view value = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return value;
  }
  Limits limits() {
    Limits limits;
    limits.cpu_ms_max = number<std::int64_t>();
    limits.output_bytes_max = number<std::size_t>();
    limits.log_lines_max = number<std::uint32_t>();
    limits.log_bytes_max = number<std::size_t>();
    limits.http_calls_max = number<std::uint32_t>();
    return limits;
  }
  WireOutcome outcome() {
    WireOutcome outcome;
    const auto verdict = number<std::uint8_t>();
    if (verdict > static_cast<std::uint8_t>(Verdict::kLast)) ok_ = false;
    outcome.verdict = static_cast<Verdict>(verdict);
    outcome.text = text();
    outcome.line = number<std::uint32_t>();
    outcome.column = number<std::uint32_t>();
    for (auto lines = number<std::uint32_t>(); ok_ && lines > 0; --lines) {
      outcome.logs.emplace_back(text());
    }
    outcome.logs_left_out = number<std::uint32_t>();
    outcome.http_calls = number<std::uint32_t>();
    outcome.cpu_us = number<std::int64_t>();
    return outcome;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace vouch::script
