#include "engine/core.h"

#include <algorithm>

namespace vouch::engine {
namespace {

using store::Conclusion;
using store::JobRow;
using store::JobState;
using store::SectionRow;
using store::SectionStatus;

constexpr std::string_view kEllipsis = "…";

store::EventRow event_of(const JobRow& job, std::string kind, TimeMs now,
                         boost::json::object data) {
  data["kind"] = job.kind;
  return {.kind = std::move(kind),
          .project_id = job.project_id,
          .feature_id = job.feature_id,
          .job_id = job.id,
          .data = std::move(data),
          .at_ms = now};
}

store::EventRow queued_event(const JobRow& job, TimeMs now) {
  return event_of(
      job, "job.queued", now,
      {{"state", to_string(job.state)}, {"reason", job.reason}, {"attempts", job.attempts}});
}

store::EventRow section_event(const JobRow& job, const SectionRow& section, TimeMs now) {
  boost::json::value conclusion;
  if (section.conclusion) conclusion = to_string(*section.conclusion);
  return event_of(job, "job.section", now,
                  {{"section", section.section},
                   {"ordinal", section.ordinal},
                   {"title", section.title},
                   {"status", to_string(section.status)},
                   {"conclusion", conclusion},
                   {"stage", section.stage},
                   {"statusReason", section.status_reason},
                   {"updatedUtc", to_utc(section.updated_ms)}});
}

// One application of an event: the writes as they grow.
class Step {
 public:
  Step(const State& state, TimeMs now, const Rules& rules)
      : state_(state), now_(now), rules_(rules) {
    writes_.job = state.job;
    writes_.job.updated_ms = now;
    writes_.expected_state = state.job.state;
    writes_.expected_epoch = state.job.lease_epoch;
  }

  Result<Writes> operator()(const event::Claim& claim) {
    if (state_.job.state != JobState::kQueued) return refused();
    job().state = JobState::kRunning;
    job().lease_epoch += 1;
    job().lease_owner = claim.owner;
    job().lease_until_ms = now_ + rules_.lease_ms;
    job().started_ms = now_;
    job().reason.clear();
    tell("job.started", {{"state", to_string(job().state)},
                         {"leaseEpoch", job().lease_epoch},
                         {"attempts", job().attempts}});
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Heartbeat& heartbeat) {
    VOUCH_TRY_VOID(fence(heartbeat.epoch));
    job().lease_until_ms = now_ + rules_.lease_ms;
    spend(heartbeat.browser_ms);
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Report& report) {
    VOUCH_TRY_VOID(fence(report.epoch));
    for (const auto& item : report.items) {
      std::visit([this](const auto& what) { note(what); }, item);
    }
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Commit& commit) {
    VOUCH_TRY_VOID(fence(commit.epoch));
    VOUCH_TRY(SectionRow * section, changeable(commit.ordinal));
    section->status = SectionStatus::kCompleted;
    section->conclusion = commit.conclusion;
    section->status_reason = commit.reason;
    section->data = commit.data;
    tell_section(*section);
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Finish& finish) {
    VOUCH_TRY_VOID(fence(finish.epoch));
    spend(finish.browser_ms);
    job().reason = finish.reason;
    job().result = finish.result;
    end(finish.success ? JobState::kSucceeded : JobState::kFailed, Conclusion::kSkipped);
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Release& release) {
    VOUCH_TRY_VOID(fence(release.epoch));
    spend(release.browser_ms);
    requeue("The server stopped; the job goes on when it is back.");
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Ask& ask) {
    VOUCH_TRY_VOID(fence(ask.epoch));
    spend(ask.browser_ms);
    leave_worker(JobState::kWaiting, "It waits for an answer.");
    job().lease_until_ms = now_ + rules_.answer_within_ms;
    job().payload["questions"] = ask.questions;
    tell("job.waiting", {{"state", to_string(job().state)}});
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Answer& answer) {
    if (state_.job.state != JobState::kWaiting) return refused();
    job().payload.erase("questions");
    auto& answers = job().payload["answers"];
    if (!answers.is_object()) answers.emplace_object();
    for (const auto& [question, value] : answer.answers) answers.as_object()[question] = value;
    requeue("");
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Unanswered&) {
    if (state_.job.state != JobState::kWaiting) return refused();
    job().reason = "Nobody answered its questions in time.";
    end(JobState::kFailed, Conclusion::kSkipped);
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::Cancel& cancel) {
    if (!is_live(state_.job.state)) return refused();
    spend(cancel.browser_ms);
    job().reason = cancel.reason;
    end(JobState::kCancelled, Conclusion::kCancelled);
    return std::move(writes_);
  }

  Result<Writes> operator()(const event::OwnerLost& lost) {
    if (state_.job.state != JobState::kRunning) return refused();
    job().attempts += 1;
    if (job().attempts < rules_.attempts_max) {
      requeue(lost.reason);
      return std::move(writes_);
    }
    job().reason = lost.reason + " It was given up after " + std::to_string(job().attempts) +
                   (job().attempts == 1 ? " attempt." : " attempts.");
    end(JobState::kFailed, Conclusion::kSkipped);
    return std::move(writes_);
  }

 private:
  JobRow& job() { return writes_.job; }

  std::unexpected<Error> refused() const {
    return fail(ErrorCode::kConflict,
                "The job is " + std::string(to_string(state_.job.state)) + ".");
  }

  Result<void> fence(std::int64_t epoch) const {
    if (state_.job.state == JobState::kRunning && state_.job.lease_epoch == epoch) return {};
    return fail(ErrorCode::kCancelled, "The job was cancelled, or its lease is lost.");
  }

  void tell(std::string kind, boost::json::object data) {
    writes_.events.push_back(event_of(job(), std::move(kind), now_, std::move(data)));
  }
  void tell_section(SectionRow& section) {
    section.updated_ms = now_;
    writes_.events.push_back(section_event(job(), section, now_));
  }

  // The section as it would be after this step, or null where there is none.
  const SectionRow* look_up(std::int64_t ordinal) const {
    for (const auto* rows : {&writes_.sections, &state_.sections}) {
      for (const SectionRow& row : *rows) {
        if (row.ordinal == ordinal) return &row;
      }
    }
    return nullptr;
  }

  // The same, to be written.
  SectionRow& section(const SectionRow& row) {
    for (SectionRow& written : writes_.sections) {
      if (written.ordinal == row.ordinal) return written;
    }
    return writes_.sections.emplace_back(row);
  }

  // The section, made if there is none; a completed one is kConflict.
  Result<SectionRow*> changeable(std::int64_t ordinal) {
    if (ordinal < 0 || ordinal >= static_cast<std::int64_t>(kSectionsMax)) {
      return fail(ErrorCode::kInvalidRequest,
                  "A job has at most " + std::to_string(kSectionsMax) + " sections.");
    }
    const SectionRow* found = look_up(ordinal);
    if (found == nullptr) {
      SectionRow row;
      row.job_id = job().id;
      row.ordinal = ordinal;
      return &section(row);
    }
    if (found->status == SectionStatus::kCompleted) {
      return fail(ErrorCode::kConflict, "A completed section does not change.");
    }
    return &section(*found);
  }

  void note(const event::Report::Stage& stage) {
    job().stage = stage.stage;
    tell("job.stage", {{"stage", stage.stage}});
  }

  // A change that comes too late, or for a section beyond the limit, is dropped.
  void note(const SectionChange& change) {
    VOUCH_CHECK(change.status != SectionStatus::kCompleted);
    auto found = changeable(change.ordinal);
    if (!found) return;
    SectionRow& section = **found;
    if (change.section) section.section = *change.section;
    if (change.title) section.title = *change.title;
    if (change.status) section.status = *change.status;
    if (change.stage) section.stage = *change.stage;
    if (change.status_reason) section.status_reason = *change.status_reason;
    tell_section(section);
  }

  // Lines that follow each other in one section are one event.
  void note(const LogLine& line) {
    std::string text = log_line(line.line);
    const bool follows = !writes_.events.empty() && writes_.events.back().kind == "job.log" &&
                         writes_.events.back().data.at("ordinal") == line.ordinal;
    if (!follows) {
      const SectionRow* of = look_up(line.ordinal);
      tell("job.log", {{"section", of ? of->section : std::string()},
                       {"ordinal", line.ordinal},
                       {"lines", boost::json::array()}});
    }
    writes_.events.back().data["lines"].as_array().emplace_back(text);
    writes_.log.push_back(
        {.job_id = job().id, .ordinal = line.ordinal, .line = std::move(text), .at_ms = now_});
  }

  void drop_lease() {
    job().lease_owner.clear();
    job().lease_until_ms = 0;
  }

  void spend(std::int64_t browser_ms) { job().browser_ms = std::max(job().browser_ms, browser_ms); }

  void requeue(std::string reason) {
    leave_worker(JobState::kQueued, std::move(reason));
    writes_.events.push_back(queued_event(job(), now_));
  }

  // What was begun is to be begun again.
  void leave_worker(JobState state, std::string reason) {
    job().state = state;
    job().reason = std::move(reason);
    job().stage.clear();
    drop_lease();
    for (const SectionRow& kept : state_.sections) {
      if (kept.status != SectionStatus::kInProgress) continue;
      SectionRow& again = section(kept);
      again.status = SectionStatus::kQueued;
      again.stage.clear();
      tell_section(again);
    }
  }

  void end(JobState state, Conclusion of_open_sections) {
    job().state = state;
    job().finished_ms = now_;
    drop_lease();
    for (const SectionRow& kept : state_.sections) {
      if (kept.status == SectionStatus::kCompleted) continue;
      SectionRow& open = section(kept);
      open.status = SectionStatus::kCompleted;
      open.conclusion = of_open_sections;
      tell_section(open);
    }
    tell("job.ended", {{"state", to_string(state)}, {"reason", job().reason}});
    writes_.ended = true;
  }

  const State& state_;
  TimeMs now_;
  const Rules& rules_;
  Writes writes_;
};

}  // namespace

Writes dispatch(const NewJob& job, std::string job_id, TimeMs now) {
  Writes writes;
  JobRow& row = writes.job;
  row.id = std::move(job_id);
  row.kind = job.kind;
  row.key = job.key.empty() ? row.id : job.key;
  row.workspace_id = job.workspace_id;
  row.project_id = job.project_id;
  row.feature_id = job.feature_id;
  row.payload = job.payload;
  row.created_ms = row.updated_ms = now;
  for (const NewJob::Section& section : job.sections) {
    SectionRow made;
    made.job_id = row.id;
    made.ordinal = static_cast<std::int64_t>(writes.sections.size());
    made.section = section.section;
    made.title = section.title;
    made.updated_ms = now;
    writes.sections.push_back(std::move(made));
  }
  writes.events.push_back(queued_event(row, now));
  return writes;
}

std::optional<std::vector<std::int64_t>> touched_sections(const Event& event) {
  if (std::holds_alternative<event::Heartbeat>(event)) return std::vector<std::int64_t>{};
  if (std::holds_alternative<event::Claim>(event)) return std::vector<std::int64_t>{};
  if (std::holds_alternative<event::Answer>(event)) return std::vector<std::int64_t>{};
  if (const auto* commit = std::get_if<event::Commit>(&event)) return std::vector{commit->ordinal};
  const auto* report = std::get_if<event::Report>(&event);
  if (report == nullptr) return std::nullopt;
  std::vector<std::int64_t> ordinals;
  for (const auto& item : report->items) {
    if (const auto* change = std::get_if<SectionChange>(&item)) ordinals.push_back(change->ordinal);
    if (const auto* line = std::get_if<LogLine>(&item)) ordinals.push_back(line->ordinal);
  }
  std::ranges::sort(ordinals);
  ordinals.erase(std::ranges::unique(ordinals).begin(), ordinals.end());
  return ordinals;
}

Result<Writes> apply(const State& state, const Event& event, TimeMs now, const Rules& rules) {
  return std::visit(Step(state, now, rules), event);
}

std::string log_line(std::string_view text) {
  std::string line;
  std::size_t characters = 0;
  std::size_t keep = 0;  // where the text must end if one more character makes it too long
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    const bool starts_character = (byte & 0xC0) != 0x80;
    if (starts_character) {
      if (characters == kLogLineCharactersMax - 1) keep = line.size();
      if (characters == kLogLineCharactersMax) return line.substr(0, keep).append(kEllipsis);
      ++characters;
    }
    line += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return line;
}

}  // namespace vouch::engine
