#include "ops/generation_status.h"

#include <algorithm>
#include <map>
#include <ranges>

#include "ops/credits.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using store::JobState;

json::value conclusion_or_null(const store::SectionRow& section) {
  if (!section.conclusion) return nullptr;
  return json::value(store::to_string(*section.conclusion));
}

// A worker has the job, and its sandbox is up: it has begun to do something.
bool runner_started(const Generation& generation) {
  const store::JobRow& job = *generation.job;
  if (!store::is_live(job.state)) return job.started_ms.has_value();
  if (job.state == JobState::kWaiting) return true;
  if (job.state != JobState::kRunning) return false;
  return !job.stage.empty() ||
         std::any_of(generation.sections.begin(), generation.sections.end(),
                     [](const auto& s) { return s.status != store::SectionStatus::kQueued; });
}

TimeMs last_change(const Generation& generation) {
  TimeMs last = generation.job->updated_ms;
  for (const store::SectionRow& section : generation.sections) {
    last = std::max(last, section.updated_ms);
  }
  return last;
}

// How many Thens have which verdict.
json::object proof_counts(const Generation& generation) {
  json::object counts{{"proven", 0}, {"unprovable", 0}, {"vacuous", 0}, {"inconclusive", 0}};
  for (const json::value& entry : proof_json(generation)) {
    const json::value* verdict = entry.as_object().if_contains("verdict");
    if (verdict == nullptr || !verdict->is_string()) continue;
    if (json::value* count = counts.if_contains(verdict->get_string())) ++count->get_int64();
  }
  return counts;
}

// What is asked while the job waits.
json::value clarification_json(const store::JobRow& job) {
  const json::value* questions = job.payload.if_contains("questions");
  if (job.state != JobState::kWaiting || questions == nullptr) return nullptr;
  json::array shown;
  for (json::object question :
       questions->as_array() | std::views::transform([](const auto& q) { return q.as_object(); })) {
    for (json::value& candidate : question["candidates"].as_array()) {
      candidate.as_object().erase("key");  // for us alone
    }
    shown.push_back(std::move(question));
  }
  return json::object{{"questions", std::move(shown)}};
}

json::object feature_fields(const store::FeatureRow& feature) {
  json::object body;
  body["featureId"] = feature.id;
  body["featureName"] = feature.name;
  return body;
}

}  // namespace

std::string_view overall_status(JobState state) {
  if (state == JobState::kQueued) return "queued";
  return store::is_live(state) ? "in_progress" : "completed";
}

json::value overall_conclusion(JobState state) {
  if (state == JobState::kSucceeded) return "success";
  if (state == JobState::kFailed) return "failure";
  if (state == JobState::kCancelled) return "cancelled";
  return nullptr;
}

json::object section_json(const store::SectionRow& section) {
  json::object body;
  body["section"] = section.section;
  body["status"] = store::to_string(section.status);
  body["conclusion"] = conclusion_or_null(section);
  body["updatedUtc"] = to_utc(section.updated_ms);
  body["title"] = section.title;
  body["stage"] = text_or_null(section.stage);
  body["statusReason"] = text_or_null(section.status_reason);
  return body;
}

json::object status_json(const Generation& generation) {
  json::object body = feature_fields(generation.feature);
  body["featureStatus"] = store::to_string(generation.feature.status);
  if (!generation.job) return body;
  const store::JobRow& job = *generation.job;
  body["requestId"] = job.id;
  body["runnerStarted"] = runner_started(generation);
  body["overallStatus"] = overall_status(job.state);
  body["overallConclusion"] = overall_conclusion(job.state);
  body["updatedUtc"] = to_utc(last_change(generation));
  json::array sections;
  for (const auto& section : generation.sections) sections.push_back(section_json(section));
  body["sections"] = std::move(sections);
  body["stage"] = text_or_null(job.stage);
  body["statusReason"] = text_or_null(job.reason);
  body["queuePosition"] =
      generation.queue_position ? json::value(*generation.queue_position) : nullptr;
  body["createdUtc"] = to_utc(job.created_ms);
  body["startedUtc"] = utc_or_null(job.started_ms);
  body["finishedUtc"] = utc_or_null(job.finished_ms);
  body["proof"] = proof_counts(generation);
  body["creditsUsed"] = credits_of(job.browser_ms);
  body["clarification"] = clarification_json(job);
  return body;
}

json::object log_json(const Generation& generation) {
  json::object body = feature_fields(generation.feature);
  body["requestId"] = generation.job ? json::value(generation.job->id) : nullptr;
  std::map<std::int64_t, json::array> lines;
  for (const store::LogLineRow& line : generation.log) lines[line.ordinal].emplace_back(line.line);
  json::array sections;
  for (const store::SectionRow& section : generation.sections) {
    json::object entry;
    entry["section"] = section.section;
    entry["title"] = section.title;
    entry["state"] = store::to_string(section.status);
    entry["conclusion"] = conclusion_or_null(section);
    entry["statusReason"] = text_or_null(section.status_reason);
    entry["log"] = std::move(lines[section.ordinal]);
    sections.push_back(std::move(entry));
  }
  body["sections"] = std::move(sections);
  return body;
}

json::array proof_json(const Generation& generation) {
  json::array entries;
  for (const store::SectionRow& section : generation.sections) {
    const json::value* proof = section.data.if_contains("proof");
    if (proof == nullptr || !proof->is_array()) continue;
    for (const json::value& entry : proof->get_array()) {
      if (entry.is_object()) entries.push_back(entry);
    }
  }
  return entries;
}

}  // namespace vouch::ops
