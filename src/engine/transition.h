// Brings the pure core (core.h) together with the store: what the engine does to jobs, each inside
// one transaction. No thread and no timer: the engine calls these, and so does the simulation.
#pragma once

#include <map>

#include "engine/core.h"
#include "engine/engine.h"

namespace vouch::engine {

using Kinds = std::map<std::string, JobKind, std::less<>>;

// Kinds, rules and the time of a step.
struct Moment {
  const Rules& rules;
  const Kinds& kinds;
  TimeMs now = 0;
};

// Reads the job, applies the event, writes what follows from it under the fence, and calls the
// hooks of its kind. Returns the job as it is now. kNotFound: no such job. kCancelled: the fence
// refused.
Result<store::JobRow> advance(store::Tx& tx, std::string_view job_id, const Event& event,
                              const Moment& at);

// Keeps the job that `plan` finds, under this id. kConflict: its key has a live job.
Result<Dispatched> begin(store::Tx& tx, const DispatchPlan& plan, const std::string& id,
                         const Moment& at);

struct Claimed {
  store::JobRow job;
  std::vector<store::SectionRow> sections;
  std::map<std::int64_t, std::int64_t> lines;  // how many lines each section has
};
// The next jobs of a kind, at most `room`, for `owner`. One whose key is `busy` waits: the handler
// of its cancelled predecessor has not returned.
std::vector<Claimed> claim(store::Tx& tx, const std::string& kind, int room,
                           const std::vector<std::string>& busy, const std::string& owner,
                           const Moment& at);

struct Tick {
  std::vector<std::string> lost;         // jobs of ours whose lease is gone
  std::map<std::string, Error> refused;  // … that may not go on
  bool queued = false;                   // something waits for a worker
};
// Renews the leases of `ours`, and takes back what ran out, but for what is `present` here.
Tick tick(store::Tx& tx, const std::map<std::string, event::Heartbeat>& ours,
          const std::vector<std::string>& present, const Moment& at);

// When an owner begins: `alone`, so that every running job is a dead one's; else those whose lease
// ran out. Without `resumes` all live jobs are cancelled.
Recovery recover(store::Tx& tx, bool alone, bool resumes, const Moment& at);

Result<store::JobRow> answer(store::Tx& tx, const std::string& job_id, const AnswerPlan& plan,
                             const Moment& at);

// What is not the job itself. Returns the seq of the last event, 0 where there is none.
std::int64_t write_rest(store::Tx& tx, const Writes& writes);

}  // namespace vouch::engine
