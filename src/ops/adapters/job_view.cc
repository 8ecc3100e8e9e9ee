#include "ops/adapters/job_view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "adapters/draft/answer.h"
#include "ops/job_events.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using store::JobState;

std::string last_stage(const AdapterJob& job) {
  std::string stage;
  for (const store::SectionRow& section : job.sections) {
    if (section.status != store::SectionStatus::kQueued) stage = section.section;
  }
  return stage;
}

// Whoever has it in hand tells; where nobody has, it stands where it stopped.
std::string stage_of(const AdapterJob& job) {
  if (job.job.state == JobState::kSucceeded) return "done";
  if (job.job.state == JobState::kQueued) return "queued";
  if (job.job.state == JobState::kRunning && !job.job.stage.empty()) return job.job.stage;
  const std::string last = last_stage(job);
  return last.empty() ? "queued" : last;
}

json::value member(const json::object& data, std::string_view name, const json::value& otherwise) {
  const json::value* found = data.if_contains(name);
  return found != nullptr ? *found : otherwise;
}

json::array test_results(const AdapterJob& job) {
  json::array results;
  for (const store::SectionRow& section : job.sections) {
    const json::value* at = section.data.if_contains("atMs");
    if (section.section != "testing" || at == nullptr) continue;
    results.push_back(json::object{{"attempt", member(section.data, "attempt", 0)},
                                   {"passed", member(section.data, "passed", false)},
                                   {"error", member(section.data, "error", "")},
                                   {"outputPreview", member(section.data, "outputPreview", "")},
                                   {"outputCount", member(section.data, "outputCount", 0)},
                                   {"timestamp", to_utc(at->as_int64())}});
  }
  return results;
}

json::value hypothesis(const AdapterJob& job) {
  json::value source("");
  for (const store::SectionRow& section : job.sections) {
    if (const json::value* made = section.data.if_contains("source")) source = *made;
  }
  return source;
}

std::int64_t retries(const AdapterJob& job) {
  return std::ranges::count_if(job.sections, [](const store::SectionRow& section) {
    return section.section == "retrying" && section.status == store::SectionStatus::kCompleted;
  });
}

json::object log_line(const std::string& stage, std::string_view message, TimeMs at) {
  return {{"stage", stage}, {"message", message}, {"timestamp", to_utc(at)}};
}

json::array logs(const AdapterJob& job) {
  std::map<std::int64_t, std::string> stages;
  for (const store::SectionRow& section : job.sections) stages[section.ordinal] = section.section;
  json::array lines;
  lines.push_back(log_line("queued", "The job was accepted.", job.job.created_ms));
  for (const store::LogLineRow& line : job.log) {
    auto stage = stages.find(line.ordinal);
    lines.push_back(
        log_line(stage == stages.end() ? "queued" : stage->second, line.line, line.at_ms));
  }
  const bool ended_badly =
      job.job.state == JobState::kFailed || job.job.state == JobState::kCancelled;
  if (ended_badly) {
    lines.push_back(
        log_line(stage_of(job), job.job.reason, job.job.finished_ms.value_or(job.job.updated_ms)));
  }
  return lines;
}

std::vector<adapters::draft::Question> questions(const AdapterJob& job) {
  const json::value* asked = job.job.payload.if_contains("questions");
  if (job.job.state != JobState::kWaiting || asked == nullptr) return {};
  auto read = adapters::draft::read_questions(*asked);
  return read ? std::move(*read) : std::vector<adapters::draft::Question>();
}

// The last answer.
json::value human_response(const AdapterJob& job) {
  const json::value* answers = job.job.payload.if_contains("answers");
  if (answers == nullptr || answers->as_object().empty()) return "";
  const std::string last = std::to_string(answers->as_object().size());
  return answers->as_object().at(last).at("response");
}

TimeMs updated(const AdapterJob& job) {
  TimeMs last = job.job.updated_ms;
  for (const store::SectionRow& section : job.sections) last = std::max(last, section.updated_ms);
  return last;
}

}  // namespace

std::string_view job_status(JobState state) {
  switch (state) {
    case JobState::kQueued:
      return "pending";
    case JobState::kRunning:
      return "running";
    case JobState::kWaiting:
      return "needs_clarification";
    case JobState::kSucceeded:
      return "completed";
    default:
      return "failed";
  }
}

std::vector<JobState> states_of(std::string_view status) {
  std::vector<JobState> states;
  for (const JobState state : {JobState::kQueued, JobState::kRunning, JobState::kWaiting,
                               JobState::kSucceeded, JobState::kFailed, JobState::kCancelled}) {
    if (job_status(state) == status) states.push_back(state);
  }
  return states;
}

json::object to_json(const AdapterJob& job) {
  const auto asked = questions(job);
  json::object body;
  body["id"] = job.row.id;
  body["provider"] = job.row.of.provider;
  body["topic"] = job.row.of.topic;
  body["status"] = job_status(job.job.state);
  body["stage"] = stage_of(job);
  body["hypothesis"] = hypothesis(job);
  body["testResults"] = test_results(job);
  body["clarification"] = asked.empty() ? "" : adapters::draft::clarification(asked);
  body["humanResponse"] = human_response(job);
  body["logs"] = logs(job);
  body["retries"] = retries(job);
  body["resultScriptId"] = job.script_id;
  body["createdAt"] = to_utc(job.job.created_ms);
  body["updatedAt"] = to_utc(updated(job));
  body["clarificationFields"] = adapters::draft::clarification_fields(asked);
  return body;
}

StreamEvent event_json(const store::EventRow& event) {
  StreamEvent told = event_message(event);
  json::object& data = told.data;
  const json::object kept = std::exchange(data, {});
  for (const auto& [name, value] : kept) {
    if (name == "state") {
      const auto state = store::job_state_from(value.as_string());
      data["status"] = state ? job_status(*state) : "";
    } else if (name == "updatedUtc") {
      data["updatedAt"] = value;
    } else if (name == "atUtc") {
      data["timestamp"] = value;
    } else {
      data[name] = value.is_null() ? json::value("") : value;
    }
  }
  return told;
}

json::object summary_json(const AdapterJob& job) {
  return {{"id", job.row.id},
          {"provider", job.row.of.provider},
          {"topic", job.row.of.topic},
          {"status", job_status(job.job.state)},
          {"stage", stage_of(job)},
          {"retries", retries(job)},
          {"resultScriptId", job.script_id},
          {"createdAt", to_utc(job.job.created_ms)},
          {"updatedAt", to_utc(updated(job))}};
}

}  // namespace vouch::ops
