// JavaScriptCore, as scripts get it: each in a global of its own (prelude.js), evaluated anew for
// every call, within limits. One Engine a process, on its first thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "script/wire.h"

namespace vouch::script {

struct HttpAnswer {
  bool ok = false;
  std::string text;  // JSON, or what went wrong
};
// nullptr: the run has no context.http.
using HttpBridge = std::function<HttpAnswer(std::string_view function, std::string_view arguments)>;

// How the time of a call is watched.
enum class Watch : std::uint8_t {
  // Closely: where it was over is told, with what was logged until then.
  kAlone,
  // One of many quick ones: beyond its time (up to kCpuGraceMs later, as always) the process just
  // ends. Asks the system nothing, which for a record of 1 KB would cost half as much as the call.
  kInBatch,
};

class Engine {
 public:
  Engine();  // a few milliseconds
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Compiles `source` and looks for its transform. Only what is loaded can be called.
  WireOutcome load(std::uint32_t slot, std::string_view source, const Limits& limits);
  void drop(std::uint32_t slot);
  // transform(input, context) at `now_ms`. After kTime the process is to end.
  WireOutcome call(std::uint32_t slot, std::string_view input, std::int64_t now_ms,
                   const Limits& limits, const HttpBridge& http, Watch watch);
  void end_batch();  // after calls that were watched so

 private:
  struct Impl;
  Impl* impl_;  // ends with the process, and so does what hangs on it
};

}  // namespace vouch::script
