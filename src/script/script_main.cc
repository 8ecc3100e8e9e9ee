// vouch-script: runs scripts for a Pool (script.h), inside its sandbox. wire.h tells what it is
// told on descriptor 3 and tells on descriptor 4.
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "script/inside/confine.h"
#include "script/inside/engine.h"
#include "script/wire.h"

namespace vouch::script {
namespace {

constexpr int kIn = 3;
constexpr int kOut = 4;
// Memory that messages leave is kept for the next: given back to the system each time, it would
// cost a quarter of what small scripts do.
constexpr int kTrimBytes = 8 << 20;
constexpr std::chrono::milliseconds kHopTime{kHopMsMax};
constexpr int kPipeBytes = 1 << 20;  // a result need not wait for the server to read the one before

// False at the end of the server.
bool read_all(char* to, std::size_t bytes) {
  while (bytes > 0) {
    const ssize_t length = read(kIn, to, bytes);
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) return false;
    to += length;
    bytes -= static_cast<std::size_t>(length);
  }
  return true;
}

// What follows the length of the next message.
std::string receive() {
  std::uint32_t length = 0;
  if (!read_all(reinterpret_cast<char*>(&length), sizeof length)) _exit(0);
  std::string bytes(length, '\0');
  if (!read_all(bytes.data(), length)) _exit(0);
  return bytes;
}

void send_all(std::string_view rest) {
  while (!rest.empty()) {
    const ssize_t length = write(kOut, rest.data(), rest.size());
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) _exit(0);
    rest.remove_prefix(static_cast<std::size_t>(length));
  }
}

void send(Writer&& writer) { send_all(writer.message()); }

// Outcomes on their way. Waking the server for each would cost more than a small script does.
class Outcomes {
 public:
  // Returns the bytes of its message.
  std::size_t add(const WireOutcome& outcome) {
    Writer writer(Kind::kOutcome);
    const std::string& message = writer.outcome(outcome).message();
    const std::size_t bytes = message.size();
    bytes_ += message;
    if (bytes_.size() >= kBytesMax || Clock::now() - sent_ >= kDelayMax) flush();
    return bytes;
  }
  void flush() {
    send_all(bytes_);
    bytes_.clear();
    sent_ = Clock::now();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kBytesMax = 64 << 10;
  static constexpr std::chrono::milliseconds kDelayMax{2};
  std::string bytes_;
  Clock::time_point sent_ = Clock::now();
};

[[noreturn]] void refuse_message() {
  std::fputs("vouch-script is started by vouch, not by hand\n", stderr);
  _exit(kExitOfProtocol);
}

HttpAnswer ask_server(std::string_view function, std::string_view arguments) {
  send(std::move(Writer(Kind::kHttp).text(function).text(arguments)));
  const std::string bytes = receive();
  Reader reader(bytes);
  if (reader.number<Kind>() != Kind::kHttpAnswer) refuse_message();
  HttpAnswer answer;
  answer.ok = reader.number<std::uint8_t>() != 0;
  answer.text = reader.text();
  return answer;
}

void load(Engine& engine, Reader& reader) {
  const auto slot = reader.number<std::uint32_t>();
  const std::string_view source = reader.text();
  const Limits limits = reader.limits();
  if (!reader.at_end()) refuse_message();
  const WireOutcome outcome = engine.load(slot, source, limits);
  send(std::move(Writer(Kind::kLoaded).outcome(outcome)));
  if (outcome.verdict == Verdict::kTime) _exit(kExitOfTime);
}

void run(Engine& engine, Reader& reader) {
  const auto slot = reader.number<std::uint32_t>();
  const auto now_ms = reader.number<std::int64_t>();
  const Limits limits = reader.limits();
  const bool has_http = reader.number<std::uint8_t>() != 0;
  const HttpBridge http = has_http ? HttpBridge(ask_server) : nullptr;
  Outcomes outcomes;
  auto inputs = reader.number<std::uint32_t>();
  const Watch watch = inputs == 1 || has_http ? Watch::kAlone : Watch::kInBatch;
  const auto began = std::chrono::steady_clock::now();
  std::size_t bytes = 0;
  for (; inputs > 0; --inputs) {
    const std::string_view input = reader.text();
    if (!reader.ok()) refuse_message();
    const WireOutcome outcome = engine.call(slot, input, now_ms, limits, http, watch);
    bytes += outcomes.add(outcome);
    // What was asked of others is not to be asked again because an outcome was lost.
    if (has_http) outcomes.flush();
    if (outcome.verdict == Verdict::kTime) {
      outcomes.flush();
      _exit(kExitOfTime);
    }
    const bool is_over = outcome.http_calls > 0 || bytes >= kHopOutcomeBytesMax ||
                         std::chrono::steady_clock::now() - began >= kHopTime;
    if (is_over && inputs > 1) {
      engine.end_batch();
      outcomes.flush();
      send(Writer(Kind::kHopEnd));
      return;
    }
  }
  engine.end_batch();
  outcomes.flush();
}

void serve(Engine& engine) {
  while (true) {
    const std::string bytes = receive();
    Reader reader(bytes);
    switch (reader.number<Kind>()) {
      case Kind::kLoad:
        load(engine, reader);
        break;
      case Kind::kDrop:
        engine.drop(reader.number<std::uint32_t>());
        break;
      case Kind::kRun:
        run(engine, reader);
        break;
      default:
        refuse_message();
    }
  }
}

}  // namespace
}  // namespace vouch::script

int main() {
  using namespace vouch::script;
  mallopt(M_TRIM_THRESHOLD, kTrimBytes);
  mallopt(M_MMAP_THRESHOLD, kTrimBytes);
  fcntl(kOut, F_SETPIPE_SZ, kPipeBytes);
  Engine engine;
  confine();
  send(std::move(Writer(Kind::kReady)));
  serve(engine);
}
