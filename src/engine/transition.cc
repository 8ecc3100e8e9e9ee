#include "engine/transition.h"

#include <algorithm>

namespace vouch::engine {
namespace {

constexpr std::string_view kAbandonedReason = "Whoever began it ended before it did.";

State read_state(const store::Tx& tx, store::JobRow job, const Event& event) {
  State state{std::move(job), {}};
  auto touched = touched_sections(event);
  if (!touched) {
    state.sections = tx.list_sections(state.job.id);
    return state;
  }
  for (std::int64_t ordinal : *touched) {
    auto section = tx.find_section(state.job.id, ordinal);
    if (section) state.sections.push_back(std::move(*section));
  }
  return state;
}

void call_hooks(store::Tx& tx, const Writes& writes, const Event& event, const Kinds& kinds) {
  auto kind = kinds.find(writes.job.kind);
  if (kind == kinds.end()) return;  // of a later version: it has no hooks here
  const JobKind& hooks = kind->second;
  if (hooks.on_start && std::holds_alternative<event::Claim>(event)) {
    hooks.on_start(tx, writes.job);
  }
  if (hooks.on_wait && std::holds_alternative<event::Ask>(event)) hooks.on_wait(tx, writes.job);
  if (hooks.on_end && writes.ended) hooks.on_end(tx, writes.job);
}

// The same of a job that was read in this transaction.
Result<store::JobRow> advance(store::Tx& tx, store::JobRow job, const Event& event,
                              const Moment& at) {
  VOUCH_TRY(Writes writes, apply(read_state(tx, std::move(job), event), event, at.now, at.rules));
  if (!tx.update_job(writes.job, writes.expected_state, writes.expected_epoch)) {
    return fail(ErrorCode::kCancelled, "The job was taken by another worker.");
  }
  write_rest(tx, writes);
  call_hooks(tx, writes, event, at.kinds);
  return std::move(writes.job);
}

}  // namespace

Result<store::JobRow> advance(store::Tx& tx, std::string_view job_id, const Event& event,
                              const Moment& at) {
  auto job = tx.find_job(job_id);
  if (!job) return fail(ErrorCode::kNotFound, "No such job.");
  return advance(tx, std::move(*job), event, at);
}

Result<Dispatched> begin(store::Tx& tx, const DispatchPlan& plan, const std::string& id,
                         const Moment& at) {
  VOUCH_TRY(NewJob job, plan(tx, id));
  VOUCH_CHECK(at.kinds.contains(job.kind));
  if (job.sections.size() > kSectionsMax) {
    return fail(ErrorCode::kInvalidRequest,
                "There are " + std::to_string(job.sections.size()) + " sections, and at most " +
                    std::to_string(kSectionsMax) + " can be worked on at once: split it.");
  }
  Writes writes = dispatch(job, id, at.now);
  if (auto live = tx.find_live_job(writes.job.key)) {
    return fail(ErrorCode::kConflict, job.busy_message, {{"jobId", live->id}});
  }
  VOUCH_TRY(store::JobRow row, tx.insert_job(writes.job));
  return Dispatched{std::move(row), write_rest(tx, writes)};
}

std::vector<Claimed> claim(store::Tx& tx, const std::string& kind, int room,
                           const std::vector<std::string>& busy, const std::string& owner,
                           const Moment& at) {
  std::vector<Claimed> claimed;
  for (store::JobRow& job : tx.next_queued_jobs(kind, room + static_cast<int>(busy.size()))) {
    if (static_cast<int>(claimed.size()) == room) break;
    if (std::ranges::find(busy, job.key) != busy.end()) continue;
    auto row = advance(tx, std::move(job), event::Claim{owner}, at);
    if (!row) continue;  // another worker was faster
    auto counts = tx.count_log_lines(row->id);
    auto sections = tx.list_sections(row->id);
    claimed.push_back({std::move(*row), std::move(sections), {counts.begin(), counts.end()}});
  }
  return claimed;
}

Tick tick(store::Tx& tx, const std::map<std::string, event::Heartbeat>& ours,
          const std::vector<std::string>& present, const Moment& at) {
  Tick result;
  for (const auto& [id, heartbeat] : ours) {
    auto row = advance(tx, id, heartbeat, at);
    if (!row) {
      result.lost.push_back(id);
      continue;
    }
    const JobKind& kind = at.kinds.at(row->kind);
    if (!kind.on_heartbeat) continue;
    auto allowed = kind.on_heartbeat(tx, *row);
    if (!allowed) result.refused.emplace(id, std::move(allowed).error());
  }
  for (const store::JobRow& job : tx.list_expired_jobs(at.now)) {
    if (std::ranges::find(present, job.id) != present.end()) continue;
    Event over = event::OwnerLost{"The worker that ran it is gone."};
    if (job.state == store::JobState::kWaiting) over = event::Unanswered{};
    (void)advance(tx, job, over, at);
  }
  for (const auto& [name, kind] : at.kinds) {
    result.queued = result.queued || !tx.next_queued_jobs(name, 1).empty();
  }
  return result;
}

Recovery recover(store::Tx& tx, bool alone, bool resumes, const Moment& at) {
  Recovery recovery;
  for (const store::JobRow& job : tx.list_live_jobs()) {
    if (!resumes) {
      auto row = advance(tx, job, event::Cancel{std::string(kAbandonedReason)}, at);
      recovery.given_up += row ? 1 : 0;
      continue;
    }
    if (job.state != store::JobState::kRunning) continue;
    if (!alone && job.lease_until_ms >= at.now) continue;
    auto row = advance(tx, job, event::OwnerLost{"The server ended while the job ran."}, at);
    if (row) ++(is_live(row->state) ? recovery.requeued : recovery.given_up);
  }
  return recovery;
}

Result<store::JobRow> answer(store::Tx& tx, const std::string& job_id, const AnswerPlan& plan,
                             const Moment& at) {
  auto job = tx.find_job(job_id);
  if (!job) return fail(ErrorCode::kNotFound, "No such job.");
  if (job->state != store::JobState::kWaiting) {
    return fail(ErrorCode::kConflict, "The job asks nothing.");
  }
  VOUCH_TRY(boost::json::object answers, plan(tx, *job));
  return advance(tx, std::move(*job), event::Answer{std::move(answers)}, at);
}

std::int64_t write_rest(store::Tx& tx, const Writes& writes) {
  for (const store::SectionRow& section : writes.sections) tx.put_section(section);
  for (const store::LogLineRow& line : writes.log) tx.insert_log_line(line);
  std::int64_t seq = 0;
  for (const store::EventRow& event : writes.events) seq = tx.insert_event(event);
  return seq;
}

}  // namespace vouch::engine
