#include "engine/transition.h"

namespace vouch::engine {
namespace {

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
  if (hooks.on_end && writes.ended) hooks.on_end(tx, writes.job);
}

}  // namespace

Result<store::JobRow> advance(store::Tx& tx, std::string_view job_id, const Event& event,
                              TimeMs now, const Rules& rules, const Kinds& kinds) {
  auto job = tx.find_job(job_id);
  if (!job) return fail(ErrorCode::kNotFound, "No such job.");
  VOUCH_TRY(Writes writes, apply(read_state(tx, std::move(*job), event), event, now, rules));
  if (!tx.update_job(writes.job, writes.expected_state, writes.expected_epoch)) {
    return fail(ErrorCode::kCancelled, "The job was taken by another worker.");
  }
  write_rest(tx, writes);
  call_hooks(tx, writes, event, kinds);
  return std::move(writes.job);
}

std::int64_t write_rest(store::Tx& tx, const Writes& writes) {
  for (const store::SectionRow& section : writes.sections) tx.put_section(section);
  for (const store::LogLineRow& line : writes.log) tx.insert_log_line(line);
  std::int64_t seq = 0;
  for (const store::EventRow& event : writes.events) seq = tx.insert_event(event);
  return seq;
}

}  // namespace vouch::engine
