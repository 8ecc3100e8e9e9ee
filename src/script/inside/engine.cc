#include "script/inside/engine.h"

#include <JavaScriptCore/JavaScript.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>
#include <utility>

#include "script/inside/clock.h"

// JavaScriptCore exports these; their headers are not installed.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" {
void JSContextGroupSetExecutionTimeLimit(JSContextGroupRef, double seconds,
                                         bool (*should_end)(JSContextRef, void*), void*);
void JSContextGroupClearExecutionTimeLimit(JSContextGroupRef);
JSStringRef JSContextCreateBacktrace(JSContextRef, unsigned frames_max);
void JSGlobalContextSetEvalEnabled(JSGlobalContextRef, bool enabled, JSStringRef message);
}
// NOLINTEND(readability-identifier-naming)

namespace vouch::embedded {
std::string_view script_prelude_js();
}

namespace vouch::script {
namespace {

constexpr const char* kUrl = "transform.js";
// The script becomes the body of a function, which is called for every call: so nothing that it
// keeps in its variables outlives one. On one line with its first, for its lines' numbers.
constexpr std::string_view kBefore = "(()=>{";
constexpr std::string_view kAfter = "\n;return typeof transform==='function'?transform:undefined})";

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kCpuSlack{5};
static_assert(kCpuSlack.count() * 2 < kCpuGraceMs);

constexpr std::array<std::pair<std::string_view, Verdict>, 4> kVerdicts = {
    {{"missing", Verdict::kMissing},
     {"threw", Verdict::kThrew},
     {"input", Verdict::kInput},
     {"result", Verdict::kResult}}};

// A string of the engine's, and how it becomes text and back.
class Text {
 public:
  explicit Text(const std::string& utf8) : ref_(JSStringCreateWithUTF8CString(utf8.c_str())) {}
  explicit Text(JSStringRef ref) : ref_(ref) {}
  ~Text() {
    if (ref_ != nullptr) JSStringRelease(ref_);
  }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  JSStringRef get() const { return ref_; }
  std::string utf8() const {
    if (ref_ == nullptr) return {};
    std::string bytes(JSStringGetMaximumUTF8CStringSize(ref_), '\0');
    const std::size_t written = JSStringGetUTF8CString(ref_, bytes.data(), bytes.size());
    bytes.resize(written == 0 ? 0 : written - 1);
    return bytes;
  }

 private:
  JSStringRef ref_;
};

std::string text_of(JSContextRef context, JSValueRef value) {
  JSValueRef exception = nullptr;
  return Text(JSValueToStringCopy(context, value, &exception)).utf8();
}

std::uint32_t number_of(JSContextRef context, JSValueRef value) {
  JSValueRef exception = nullptr;
  const double number = JSValueToNumber(context, value, &exception);
  return number >= 1 && number < 1e9 ? static_cast<std::uint32_t>(number) : 0;
}

void shorten(std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return;
  std::size_t end = bytes_max;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not within a character
  text.resize(end);
  text += "…";
}

// How often `c` stands in `text`; kDepthMax + 1 where it is more than kDepthMax.
std::size_t count_to_depth(std::string_view text, char c) {
  std::size_t count = 0;
  for (auto at = text.find(c); at != text.npos && count <= kDepthMax; at = text.find(c, at + 1)) {
    ++count;
  }
  return count;
}

// Do arrays and objects stand in each other more than kDepthMax deep in JSON text?
bool too_deep(std::string_view json) {
  // What opens so few has no need of a closer look, which costs twenty times as much.
  if (count_to_depth(json, '[') + count_to_depth(json, '{') <= kDepthMax) return false;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDepthMax) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// A deadline in processor time of this thread that the kernel keeps: the process ends at it. For
// what the engine cannot interrupt.
class CpuDeadline {
 public:
  CpuDeadline() {
    struct sigaction action{};
    action.sa_handler = [](int) { _exit(kExitOfTime); };
    sigaction(SIGXCPU, &action, nullptr);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGXCPU;
    if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) != 0) _exit(kExitOfProtocol);
  }
  void arm(std::int64_t ms) {
    itimerspec when{};
    when.it_value = {ms / 1000, ms % 1000 * 1'000'000};
    timer_settime(timer_, 0, &when, nullptr);
    armed_ms_ = ms;
  }
  // As arm(ms), or up to kCpuSlack earlier: the system is not called again while so little time has
  // gone by.
  void keep(std::int64_t ms, Clock::time_point now) {
    if (armed_ms_ == ms && now - armed_at_ < kCpuSlack) return;
    arm(ms);
    armed_at_ = now;
  }
  void disarm() {
    itimerspec never{};
    timer_settime(timer_, 0, &never, nullptr);
    armed_ms_ = 0;
  }

 private:
  timer_t timer_{};
  std::int64_t armed_ms_ = 0;   // 0: it is not
  Clock::time_point armed_at_;  // by keep
};

std::int64_t thread_cpu_us() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * 1'000'000 + used.tv_nsec / 1000;
}

struct Loaded {
  JSGlobalContextRef context = nullptr;
  JSObjectRef make = nullptr;   // the script as a function
  JSObjectRef call = nullptr;   // prelude.js
  JSObjectRef check = nullptr;  // prelude.js
  std::string source;
  ~Loaded() {
    if (context != nullptr) JSGlobalContextRelease(context);
  }
};

// What one call is told and tells. There is one at a time.
struct Current {
  WireOutcome outcome;
  const Limits* limits = nullptr;
  const HttpBridge* http = nullptr;
  std::size_t log_bytes = 0;
  bool reported = false;
  bool out_of_time = false;
  bool stale = false;      // it was not called: the global is not as it was made (prelude.js)
  std::uint32_t line = 0;  // where it then was
};
Current* current = nullptr;

void report(Verdict verdict, std::string text, std::uint32_t line = 0, std::uint32_t column = 0) {
  if (current->reported) return;
  current->reported = true;
  shorten(text, kErrorBytesMax);
  WireOutcome& outcome = current->outcome;
  outcome.verdict = verdict;
  outcome.text = std::move(text);
  outcome.line = line;
  outcome.column = column;
  if (line == 1 && column > kBefore.size()) outcome.column -= kBefore.size();
}

// The functions of the prelude's host.

JSValueRef host_report(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t count,
                       const JSValueRef* values, JSValueRef*) {
  if (count == 4) {
    const std::string name = text_of(context, values[0]);
    if (name == "stale") {
      current->stale = true;
      return JSValueMakeUndefined(context);
    }
    Verdict verdict = Verdict::kThrew;
    for (const auto& [known, value] : kVerdicts) {
      if (known == name) verdict = value;
    }
    report(verdict, text_of(context, values[1]), number_of(context, values[2]),
           number_of(context, values[3]));
  }
  return JSValueMakeUndefined(context);
}

JSValueRef host_log(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t count,
                    const JSValueRef* values, JSValueRef*) {
  WireOutcome& outcome = current->outcome;
  if (count != 1 || outcome.logs.size() >= current->limits->log_lines_max) {
    ++outcome.logs_left_out;
    return JSValueMakeUndefined(context);
  }
  std::string line = text_of(context, values[0]);
  shorten(line, kLogLineBytesMax);
  if (current->log_bytes + line.size() > current->limits->log_bytes_max) {
    ++outcome.logs_left_out;
  } else {
    current->log_bytes += line.size();
    outcome.logs.push_back(std::move(line));
  }
  return JSValueMakeUndefined(context);
}

JSValueRef throw_error(JSContextRef context, const std::string& message, JSValueRef* exception) {
  const JSValueRef text = JSValueMakeString(context, Text(message).get());
  JSValueRef ignored = nullptr;
  *exception = JSObjectMakeError(context, 1, &text, &ignored);
  return JSValueMakeUndefined(context);
}

JSValueRef host_http(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t count,
                     const JSValueRef* values, JSValueRef* exception) {
  const Limits& limits = *current->limits;
  if (current->http == nullptr || !*current->http) {
    return throw_error(context, "context.http is not there in this run", exception);
  }
  if (current->outcome.http_calls >= limits.http_calls_max) {
    return throw_error(context,
                       "context.http was called more than " +
                           std::to_string(limits.http_calls_max) +
                           " times; ask for more at once with getAll or getBatch",
                       exception);
  }
  ++current->outcome.http_calls;
  const std::string name = text_of(context, values[0]);
  const std::string arguments = count == 2 ? text_of(context, values[1]) : "[]";
  if (arguments.size() > kHttpBytesMax) {
    return throw_error(context,
                       "what context.http is to send is larger than " +
                           std::to_string(kHttpBytesMax >> 20) + " MiB",
                       exception);
  }
  if (too_deep(arguments)) {
    return throw_error(
        context,
        "what context.http is to send is nested more than " + std::to_string(kDepthMax) + " deep",
        exception);
  }
  const HttpAnswer answer = (*current->http)(name, arguments);
  if (!answer.ok) return throw_error(context, answer.text, exception);
  return JSValueMakeString(context, Text(answer.text).get());
}

// The line of the innermost frame that is the script's; 0: none is.
std::uint32_t innermost_line(JSContextRef context) {
  constexpr unsigned kFramesMax = 8;
  const std::string trace = Text(JSContextCreateBacktrace(context, kFramesMax)).utf8();
  const std::string before = std::string(kUrl) + ":";
  const auto at = trace.find(before);
  if (at == std::string::npos) return 0;
  return static_cast<std::uint32_t>(std::strtoul(trace.c_str() + at + before.size(), nullptr, 10));
}

bool time_is_over(JSContextRef context, void*) {
  if (current == nullptr) return false;
  current->out_of_time = true;
  current->line = innermost_line(context);
  return true;
}

void set_property(JSContextRef context, JSObjectRef object, const char* name, JSValueRef value) {
  JSValueRef exception = nullptr;
  JSObjectSetProperty(context, object, Text(std::string(name)).get(), value,
                      kJSPropertyAttributeNone, &exception);
}

JSObjectRef object_at(JSContextRef context, JSObjectRef array, unsigned index) {
  JSValueRef exception = nullptr;
  const JSValueRef value = JSObjectGetPropertyAtIndex(context, array, index, &exception);
  return JSValueToObject(context, value, &exception);
}

// A message of the engine's error, and where it is.
void report_exception(JSContextRef context, Verdict verdict, JSValueRef exception) {
  JSValueRef ignored = nullptr;
  std::uint32_t line = 0, column = 0;
  if (JSValueIsObject(context, exception)) {
    const JSObjectRef error = JSValueToObject(context, exception, &ignored);
    const auto property = [&](const char* name) {
      return number_of(
          context, JSObjectGetProperty(context, error, Text(std::string(name)).get(), &ignored));
    };
    line = property("line");
    column = property("column");
  }
  report(verdict, text_of(context, exception), line, column);
}

[[noreturn]] void give_up(const char* what) {
  fprintf(stderr, "%s\n", what);
  _exit(kExitOfProtocol);
}

}  // namespace

struct Engine::Impl {
  JSContextGroupRef group = JSContextGroupCreate();
  CpuDeadline deadline;
  std::map<std::uint32_t, std::unique_ptr<Loaded>> loaded;
  std::unique_ptr<Loaded> ahead;  // with its prelude done, for the next script

  std::unique_ptr<Loaded> make_global();
  void perform(JSContextRef context, JSObjectRef function, std::span<const JSValueRef> values,
               Watch watch, bool has_output);
  bool compile(Loaded& made);
  void call(const Loaded& script, const Text& input, Watch watch);

 private:
  void engine_watches(std::int64_t cpu_ms_max);
  void take_output(JSContextRef context, JSValueRef output);
  bool engine_watches_ = false;
};

std::unique_ptr<Loaded> Engine::Impl::make_global() {
  auto made = std::make_unique<Loaded>();
  made->context = JSGlobalContextCreateInGroup(group, nullptr);
  const JSGlobalContextRef context = made->context;
  JSGlobalContextSetEvalEnabled(context, false,
                                Text(std::string("code cannot be made of text here")).get());
  JSValueRef exception = nullptr;
  const Text prelude{std::string(embedded::script_prelude_js())};
  const JSValueRef value = JSEvaluateScript(context, prelude.get(), nullptr,
                                            Text(std::string("prelude.js")).get(), 1, &exception);
  if (value == nullptr) give_up(text_of(context, exception).c_str());
  const JSObjectRef host = JSObjectMake(context, nullptr, nullptr);
  constexpr std::pair<const char*, JSObjectCallAsFunctionCallback> kFunctions[] = {
      {"report", host_report}, {"log", host_log}, {"http", host_http}};
  for (const auto& [name, function] : kFunctions) {
    const Text text{std::string(name)};
    set_property(context, host, name,
                 JSObjectMakeFunctionWithCallback(context, text.get(), function));
  }
  set_property(context, host, "url", JSValueMakeString(context, Text(std::string(kUrl)).get()));
  const JSObjectRef function = JSValueToObject(context, value, &exception);
  const JSValueRef argument = host;
  const JSValueRef functions =
      JSObjectCallAsFunction(context, function, nullptr, 1, &argument, &exception);
  if (functions == nullptr) give_up(text_of(context, exception).c_str());
  const JSObjectRef array = JSValueToObject(context, functions, &exception);
  made->call = object_at(context, array, 0);
  made->check = object_at(context, array, 1);
  JSValueProtect(context, made->call);
  JSValueProtect(context, made->check);
  return made;
}

// 0: it does not. While it does, every call costs it two questions to the system.
void Engine::Impl::engine_watches(std::int64_t cpu_ms_max) {
  if (cpu_ms_max > 0) {
    JSContextGroupSetExecutionTimeLimit(group, static_cast<double>(cpu_ms_max) / 1000, time_is_over,
                                        nullptr);
  } else if (engine_watches_) {
    JSContextGroupClearExecutionTimeLimit(group);
  }
  engine_watches_ = cpu_ms_max > 0;
}

void Engine::Impl::call(const Loaded& script, const Text& input, Watch watch) {
  const JSValueRef values[] = {script.make, JSValueMakeString(script.context, input.get())};
  perform(script.context, script.call, values, watch, true);
}

void Engine::Impl::take_output(JSContextRef context, JSValueRef output) {
  const std::size_t bytes_max = current->limits->output_bytes_max;
  JSValueRef exception = nullptr;
  const Text text(JSValueToStringCopy(context, output, &exception));
  std::string& bytes = current->outcome.text;
  if (JSStringGetLength(text.get()) <= bytes_max) bytes = text.utf8();
  if (JSStringGetLength(text.get()) > bytes_max || bytes.size() > bytes_max) {
    report(Verdict::kTooLarge, {});
  } else if (too_deep(bytes)) {
    report(Verdict::kResult, "It is nested more than " + std::to_string(kDepthMax) + " deep");
  }
}

// Calls a function of the prelude, which reports by itself what it can.
void Engine::Impl::perform(JSContextRef context, JSObjectRef function,
                           std::span<const JSValueRef> values, Watch watch, bool has_output) {
  const std::int64_t cpu_ms_max = current->limits->cpu_ms_max;
  const auto began = Clock::now();
  const std::int64_t began_us = watch == Watch::kAlone ? thread_cpu_us() : 0;
  if (watch == Watch::kAlone) {
    deadline.arm(cpu_ms_max + kCpuGraceMs);
    engine_watches(cpu_ms_max);
  } else {
    deadline.keep(cpu_ms_max + kCpuGraceMs, began);
    engine_watches(0);
  }
  JSValueRef exception = nullptr;
  const JSValueRef output =
      JSObjectCallAsFunction(context, function, nullptr, values.size(), values.data(), &exception);
  WireOutcome& outcome = current->outcome;
  if (current->out_of_time) {
    current->reported = false;
    report(Verdict::kTime, {}, current->line);
  } else if (output == nullptr) {
    report_exception(context, Verdict::kThrew, exception);
  } else if (has_output && !current->reported && !current->stale) {
    take_output(context, output);
  }
  if (watch == Watch::kAlone) {
    deadline.disarm();
    outcome.cpu_us = thread_cpu_us() - began_us;
  } else {
    outcome.cpu_us =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count();
  }
}

Engine::Engine() : impl_(new Impl) { impl_->ahead = impl_->make_global(); }

// The script as a function, in its global; else reports why not.
bool Engine::Impl::compile(Loaded& made) {
  const JSGlobalContextRef context = made.context;
  const Text url{std::string(kUrl)};
  JSValueRef exception = nullptr;
  // By itself first: what is a whole script cannot end the function that it is put into.
  const JSValueRef value =
      JSCheckScriptSyntax(context, Text(made.source).get(), url.get(), 1, &exception)
          ? JSEvaluateScript(context,
                             Text(std::string(kBefore).append(made.source).append(kAfter)).get(),
                             nullptr, url.get(), 1, &exception)
          : nullptr;
  if (value == nullptr) {
    report_exception(context, Verdict::kSyntax, exception);
    return false;
  }
  made.make = JSValueToObject(context, value, &exception);
  JSValueProtect(context, made.make);
  return true;
}

WireOutcome Engine::load(std::uint32_t slot, std::string_view source, const Limits& limits) {
  Current now;
  now.limits = &limits;
  current = &now;
  auto made = impl_->ahead ? std::move(impl_->ahead) : impl_->make_global();
  made->source = source;
  impl_->deadline.arm(limits.cpu_ms_max + kCpuGraceMs);
  if (impl_->compile(*made)) {
    const JSValueRef make = made->make;
    impl_->perform(made->context, made->check, {&make, 1}, Watch::kAlone, false);
  }
  impl_->deadline.disarm();
  if (now.outcome.verdict == Verdict::kDone) impl_->loaded[slot] = std::move(made);
  current = nullptr;
  return std::move(now.outcome);
}

void Engine::end_batch() { impl_->deadline.disarm(); }

void Engine::drop(std::uint32_t slot) { impl_->loaded.erase(slot); }

WireOutcome Engine::call(std::uint32_t slot, std::string_view input, std::int64_t now_ms,
                         const Limits& limits, const HttpBridge& http, Watch watch) {
  const auto found = impl_->loaded.find(slot);
  if (found == impl_->loaded.end()) give_up("a script was called that is not loaded");
  Current now;
  now.limits = &limits;
  now.http = &http;
  current = &now;
  const Frozen frozen(now_ms);
  if (too_deep(input)) {
    report(Verdict::kInput, "It is nested more than " + std::to_string(kDepthMax) + " deep");
  } else {
    const Text text{std::string(input)};
    impl_->call(*found->second, text, watch);
    if (now.stale) {
      now.stale = false;
      auto anew = impl_->make_global();
      anew->source = std::move(found->second->source);
      found->second = std::move(anew);
      if (impl_->compile(*found->second)) impl_->call(*found->second, text, watch);
    }
  }
  current = nullptr;
  return std::move(now.outcome);
}

}  // namespace vouch::script
