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
    for (GenerationTarget& target : targets_) {
      follows_.push_back(std::make_unique<JobStream>(streams_, job_of(target)));
    }
  }

  ExitCode run() {
    const std::int64_t began = monotonic_ms();
    std::int64_t cancel_until = 0;
    while (std::any_of(targets_.begin(), targets_.end(), is_open)) {
      for (std::size_t i = 0; i < targets_.size(); ++i) keep_streaming(targets_[i], *follows_[i]);
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

  JobStream::Job job_of(GenerationTarget& target) {
    JobStream::Job job{.operation = std::string(target.stream_operation()),
                       .params = target.job_params()};
    job.take = [&target](const ServerEvent& event) {
      target.progress.take_event(event.name, event.data, monotonic_ms());
    };
    job.rests = [this, &target]() -> Result<bool> {
      if (target.progress.ended()) return true;
      VOUCH_TRY(const json::value status,
                client_.call_regardless(target.status_operation(), target.job_params()));
      if (text_of(as_object(status), "requestId") == target.request_id) {
        target.progress.take_status(as_object(status), monotonic_ms());
      }
      return target.progress.ended();
    };
    return job;
  }

  static void keep_streaming(GenerationTarget& target, JobStream& stream) {
    if (!is_open(target)) return;
    stream.keep();
    target.error = stream.error();
  }

  void cancel_all() {
    for (GenerationTarget& target : targets_) {
      if (!is_open(target)) continue;
      auto cancelled = client_.call_regardless(target.cancel_operation(), target.job_params());
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
  std::vector<std::unique_ptr<JobStream>> follows_;  // of each target
  int frame_ = 0;
};

bool is_running(const json::object& digest) { return text_of(digest, "status") == "running"; }

}  // namespace

void JobStream::keep() {
  if (is_open_ || rests_ || error_) return;
  is_open_ = true;
  streams_.open(
      job_.operation, job_.params, last_event_id_,
      [this](const ServerEvent& event) {
        last_event_id_ = event.id;
        failures_ = 0;
        job_.take(event);
      },
      [this](std::string error) { ended(std::move(error)); });
}

// The server may have ended it with the job, or be gone for a while.
void JobStream::ended(std::string error) {
  is_open_ = false;
  const auto rests = job_.rests();
  rests_ = rests.value_or(false);
  if (rests_ || ++failures_ <= kStreamFailuresMax) return;
  if (error.empty()) error = "The server ends the stream of events again and again.";
  error_ = rests ? Error{ErrorCode::kUnavailable, std::move(error)} : rests.error();
}

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
  bool ended = false, cancelled = false;
  JobStream::Job job{.operation = "stream_run", .params = params};
  job.take = [&](const ServerEvent& event) { ended |= event.name == "ended"; };
  job.rests = [&]() -> Result<bool> {
    VOUCH_TRY(const json::value digest, client.call_regardless("get_run", params));
    return !is_running(as_object(digest));
  };
  JobStream stream(streams, std::move(job));
  for (int frame = 0; !ended && !stream.rests() && !stream.error(); ++frame) {
    stream.keep();
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
