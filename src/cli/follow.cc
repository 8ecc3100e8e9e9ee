#include "cli/follow.h"

#include <algorithm>
#include <chrono>

#include "cli/interrupt.h"
#include "cli/json_read.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

// How many times in a row a stream may break off without a word in between.
constexpr int kStreamFailuresMax = 5;

class Follower {
 public:
  Follower(const Invocation& invocation, Client& client, std::vector<GenerationTarget>& targets,
           const FollowOptions& options)
      : invocation_(invocation),
        client_(client),
        targets_(targets),
        options_(options),
        streams_(client.server()),
        // With --json a person may still watch on a terminal; a pipe gets nothing but errors.
        screen_(2, invocation.err),
        says_lines_(!invocation.err.is_terminal && !invocation.json) {
    failures_.resize(targets.size());
  }

  ExitCode run() {
    const std::int64_t began = monotonic_ms();
    std::int64_t cancel_until = 0;
    while (std::any_of(targets_.begin(), targets_.end(), is_open)) {
      for (std::size_t i = 0; i < targets_.size(); ++i) keep_streaming(i);
      streams_.poll();
      show();
      for (GenerationTarget& target : targets_) answer(target);
      const std::int64_t now = monotonic_ms();
      if (interrupted() && cancel_until == 0) {
        cancel_all();
        cancel_until = now + kCancelPatienceMs;
      }
      if (cancel_until != 0 && now > cancel_until) break;
      if (options_.timeout_ms > 0 && now - began > options_.timeout_ms && cancel_until == 0) {
        if (options_.cancel_at_timeout) cancel_all();
        for (GenerationTarget& target : targets_) target.progress.seen(now);
        screen_.clear();
        return ExitCode::kStillRunning;
      }
    }
    show();
    screen_.clear();
    return interrupted() ? ExitCode::kInterrupted : ExitCode::kDone;
  }

 private:
  static bool is_open(const GenerationTarget& target) {
    return !target.request_id.empty() && !target.error && target.needs_answer.empty() &&
           !target.progress.ended();
  }

  void answer(GenerationTarget& target) {
    if (!is_open(target) || !target.progress.waits() || interrupted()) return;
    screen_.clear();
    auto answered = clarify(invocation_, client_, target, options_.answers);
    if (!answered) {
      target.error = answered.error();
    } else if (!answered->empty()) {
      target.needs_answer = std::move(*answered);
    } else {
      target.progress.answered();
    }
  }

  void keep_streaming(std::size_t i) {
    GenerationTarget& target = targets_[i];
    if (!is_open(target) || target.streaming) return;
    target.streaming = true;
    streams_.open(
        "stream_generation", target.params(), target.last_event_id,
        [this, i](const ServerEvent& event) {
          GenerationTarget& told = targets_[i];
          failures_[i] = 0;
          told.last_event_id = event.id;
          told.progress.take_event(event.name, event.data, monotonic_ms());
        },
        [this, i](std::string error) { stream_ended(i, std::move(error)); });
  }

  // The server may have ended the stream with the job, or be gone for a while.
  void stream_ended(std::size_t i, std::string error) {
    GenerationTarget& target = targets_[i];
    target.streaming = false;
    if (target.progress.ended()) return;
    auto status = client_.call_regardless("get_generation_status", target.params());
    if (status && text_of(as_object(*status), "requestId") == target.request_id) {
      target.progress.take_status(as_object(*status), monotonic_ms());
    }
    if (target.progress.ended() || ++failures_[i] <= kStreamFailuresMax) return;
    if (error.empty()) error = "The server ends the stream of events again and again.";
    target.error = status ? Error{ErrorCode::kUnavailable, error} : status.error();
  }

  void cancel_all() {
    for (GenerationTarget& target : targets_) {
      if (!is_open(target)) continue;
      auto cancelled = client_.call_regardless("cancel_generation", target.params());
      if (!cancelled && cancelled.error().code != ErrorCode::kConflict) {
        target.error = cancelled.error();
      }
    }
  }

  void show() {
    const std::int64_t now = monotonic_ms();
    std::vector<std::string> lines;
    for (GenerationTarget& target : targets_) {
      for (const std::string& change : target.progress.take_changes()) {
        if (says_lines_) invocation_.note(change + "\n");
      }
      if (target.request_id.empty() || target.error) continue;
      const std::size_t room = std::max<std::size_t>(
          2, static_cast<std::size_t>(invocation_.err.height - 2) / targets_.size());
      for (std::string& line : target.progress.rows(invocation_.err, now, frame_, room)) {
        lines.push_back(std::move(line));
      }
    }
    const auto height = static_cast<std::size_t>(invocation_.err.height - 1);
    if (lines.size() > height) lines.resize(height);
    screen_.draw(lines);
    ++frame_;
  }

  const Invocation& invocation_;
  Client& client_;
  std::vector<GenerationTarget>& targets_;
  const FollowOptions options_;
  EventStreams streams_;
  Screen screen_;
  const bool says_lines_;
  std::vector<int> failures_;
  int frame_ = 0;
};

bool is_running(const json::object& digest) { return text_of(digest, "status") == "running"; }

}  // namespace

std::int64_t monotonic_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

ExitCode follow(const Invocation& invocation, Client& client,
                std::vector<GenerationTarget>& targets, const FollowOptions& options) {
  watch_for_interrupts();
  return Follower(invocation, client, targets, options).run();
}

Result<json::object> follow_run(const Invocation& invocation, Client& client,
                                const std::string& project, std::int64_t run_id,
                                const FollowOptions& options) {
  watch_for_interrupts();
  const json::object params{{"project", project}, {"runId", run_id}};
  EventStreams streams(client.server());
  Screen screen(2, invocation.err);
  const std::int64_t began = monotonic_ms();
  std::int64_t last_event_id = 0;
  bool streaming = false, ended = false, cancelled = false;
  int failures = 0;
  for (int frame = 0; !ended && failures <= kStreamFailuresMax; ++frame) {
    if (!streaming) {
      streaming = true;
      streams.open(
          "stream_run", params, last_event_id,
          [&](const ServerEvent& event) {
            last_event_id = event.id;
            failures = 0;
            ended |= event.name == "ended";
          },
          [&](const std::string&) {
            streaming = false;
            ++failures;
            auto digest = client.call_regardless("get_run", params);
            ended |= digest && !is_running(as_object(*digest));
          });
    }
    streams.poll();
    const std::int64_t now = monotonic_ms();
    screen.draw({paint(invocation.err, Tone::kLink, spinner(invocation.err, frame)) + " run " +
                 std::to_string(run_id) + "  " +
                 paint(invocation.err, Tone::kFaint, elapsed_text(now - began))});
    if (interrupted() && !cancelled) {
      cancelled = true;
      static_cast<void>(client.call_regardless("cancel_run", params));
    }
    if (options.timeout_ms > 0 && now - began > options.timeout_ms) break;
  }
  screen.clear();
  VOUCH_TRY(json::value digest, client.call_regardless("get_run", params));
  return as_object(digest);
}

}  // namespace vouch::cli
