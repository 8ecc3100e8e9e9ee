// The state machine of a job, as a pure function: (state, event, now) → writes. No clock, no store,
// no thread: engine.h executes the writes, fenced, in one transaction, and tests play thousands of
// histories against it.
//
//   state      dispatch → queued ─claim→ running ─finish→ succeeded | failed
//                            ↑              │
//                            └──────────────┘ release (graceful stop), owner lost (attempts + 1, or
//                            failed when used up)
//   ask        running → waiting: for a person, holding neither a worker nor a lease
//   answer     waiting → queued; unanswered for too long: failed
//   cancel     queued, running, waiting → cancelled
//   terminal   succeeded, failed, cancelled: every event is refused with kConflict
//
// Questions and answers stand in the payload: `questions`, what is asked while the job waits, and
// `answers`, an object of all that was answered.
//
// The fence: `claim` raises lease_epoch. What a worker sends (heartbeat, progress, log, commit,
// finish, release, ask) carries the epoch it was given, and is refused with kCancelled unless the
// job runs under exactly that epoch.
//
// Sections go queued → in_progress → completed. A completed one never changes again; a report for
// one is dropped. When a job leaves its worker unfinished, its sections in progress go back to
// queued. When it ends, the open ones are completed: `cancelled` in a cancelled job, `skipped`
// otherwise.
//
// Events written (EventRow::kind: data):
//   job.queued     {state, reason, attempts}      dispatched, released or taken back from a dead
//   owner job.started    {state, leaseEpoch, attempts} job.stage      {stage} job.section {section,
//   ordinal, title, status, conclusion, stage, statusReason, updatedUtc} job.log        {section,
//   ordinal, lines: […]} job.waiting    {state} job.ended      {state, reason}
// Every one of them also has the `kind` of the job in data.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/rows.h"

namespace vouch::engine {

inline constexpr std::size_t kLogLineCharactersMax = 600;
inline constexpr std::size_t kLogLinesPerSectionMax = 1000;
inline constexpr std::size_t kSectionsMax = 1000;

// What is to be done.
struct NewJob {
  std::string kind;
  // At most one live job has it. Empty: the job's own id, so that nothing is excluded.
  std::string key;
  std::string workspace_id;
  std::string project_id;
  std::optional<std::int64_t> feature_id;
  boost::json::object payload;
  struct Section {
    std::string section;
    std::string title;
  };
  std::vector<Section> sections;  // shown as queued at once
  // The sentence of the kConflict when the key is taken.
  std::string busy_message = "A job for this is already in flight.";
};

// A change of one section; members left empty stay as they are. A section that does not exist yet
// is made.
struct SectionChange {
  std::int64_t ordinal = 0;
  std::optional<std::string> section;
  std::optional<std::string> title;
  std::optional<store::SectionStatus> status;  // queued or in_progress: Commit completes
  std::optional<std::string> stage;
  std::optional<std::string> status_reason;
};

struct LogLine {
  std::int64_t ordinal = 0;
  std::string line;
};

namespace event {
struct Claim {
  std::string owner;
};
// `browser_ms`, here and below: JobRow's, as the worker has counted it; it never falls.
struct Heartbeat {
  std::int64_t epoch = 0;
  std::int64_t browser_ms = 0;
};
// What a worker reports, in its order.
struct Report {
  std::int64_t epoch = 0;
  struct Stage {
    std::string stage;  // of the job
  };
  std::vector<std::variant<Stage, SectionChange, LogLine>> items;
};
// A section is finished: kept for good.
struct Commit {
  std::int64_t epoch = 0;
  std::int64_t ordinal = 0;
  store::Conclusion conclusion = store::Conclusion::kSuccess;
  std::string reason;
  boost::json::object data;
};
struct Finish {
  std::int64_t epoch = 0;
  bool success = true;
  std::string reason;
  boost::json::object result;
  std::int64_t browser_ms = 0;
};
// The worker gives the job back unfinished, and no attempt is spent.
struct Release {
  std::int64_t epoch = 0;
  std::int64_t browser_ms = 0;
};
// The worker gives it back until a person has answered.
struct Ask {
  std::int64_t epoch = 0;
  boost::json::array questions;
  std::int64_t browser_ms = 0;
};
struct Answer {
  boost::json::object answers;  // added to those of before
};
// Nobody answered in time.
struct Unanswered {};
struct Cancel {
  std::string reason;
  std::int64_t browser_ms = 0;
};
// The owner is known to be dead (its lease ran out; or it owned this store before us).
struct OwnerLost {
  std::string reason;
};
}  // namespace event

using Event = std::variant<event::Claim, event::Heartbeat, event::Report, event::Commit,
                           event::Finish, event::Release, event::Ask, event::Answer,
                           event::Unanswered, event::Cancel, event::OwnerLost>;

struct Rules {
  std::int64_t lease_ms = 4000;
  std::int64_t attempts_max = 3;
  std::int64_t answer_within_ms = 7LL * 24 * 60 * 60 * 1000;
};

struct State {
  store::JobRow job;
  std::vector<store::SectionRow> sections;  // those that touched_sections(event) names
};

// Which sections the event may read or change: nullopt is all of them.
std::optional<std::vector<std::int64_t>> touched_sections(const Event& event);

// What is to be written, all or nothing: `job` under the fence (expected_state, expected_epoch),
// then the rest.
struct Writes {
  store::JobRow job;
  store::JobState expected_state = store::JobState::kQueued;
  std::int64_t expected_epoch = 0;
  std::vector<store::SectionRow> sections;
  std::vector<store::LogLineRow> log;
  std::vector<store::EventRow> events;
  bool ended = false;  // the job is no longer live
};

// A new job and its sections. `job_id` is its id from now on.
Writes dispatch(const NewJob& job, std::string job_id, TimeMs now);

// kConflict: the state does not allow it. kCancelled: the epoch is stale. kInvalidRequest: too many
// sections.
Result<Writes> apply(const State& state, const Event& event, TimeMs now, const Rules& rules);

// At most kLogLineCharactersMax characters (of UTF-8) on one line: control characters become
// spaces, what is too long ends in "…".
std::string log_line(std::string_view text);

}  // namespace vouch::engine
