#include "ops/results.h"

#include <boost/json/array.hpp>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "ops/rows.h"

namespace vouch::ops::results {
namespace {

namespace json = boost::json;

constexpr std::string_view kConclusion =
    R"({"enum": [null, "success", "failure", "cancelled", "skipped"]})";
constexpr std::string_view kProgress = R"({"enum": ["queued", "in_progress", "completed"]})";
constexpr std::string_view kFeatureStatus =
    R"({"enum": ["draft", "generating", "generated", "failed", "cancelled"]})";
constexpr std::string_view kRunStatus = R"({"enum": ["running", "passed", "failed", "cancelled"]})";
constexpr std::string_view kArtifactKind =
    R"({"enum": ["trace", "screenshot", "video", "report", "log"]})";
constexpr std::string_view kFileSource = R"({"enum": ["template", "stored", "generated"]})";
constexpr std::string_view kFileKind = R"({"enum": ["feature", "spec", "config", "other"]})";

json::object type(std::string_view name) { return {{"type", name}}; }
json::object text() { return type("string"); }
json::object number() { return type("integer"); }
json::object boolean() { return type("boolean"); }
json::object text_or_null() { return {{"type", json::array{"string", "null"}}}; }
json::object number_or_null() { return {{"type", json::array{"integer", "null"}}}; }
json::object object_or_null(json::object shape) {
  shape["type"] = json::array{"object", "null"};
  return shape;
}
json::object array_of(json::object item) { return {{"type", "array"}, {"items", std::move(item)}}; }

struct Member {
  std::string_view name;
  json::object schema;
  bool always = true;
};

// An object of exactly these members.
json::object closed(std::initializer_list<Member> members) {
  json::object properties;
  json::array required;
  for (const Member& member : members) {
    properties[member.name] = member.schema;
    if (member.always) required.emplace_back(member.name);
  }
  json::object shape;
  shape["type"] = "object";
  shape["required"] = std::move(required);
  shape["properties"] = std::move(properties);
  shape["additionalProperties"] = false;
  return shape;
}

// The members of `more` after those of `shape`.
json::object with(json::object shape, std::initializer_list<Member> more) {
  const json::object added = closed(more);
  for (const auto& [name, schema] : added.at("properties").as_object()) {
    shape.at("properties").as_object()[name] = schema;
  }
  for (const json::value& name : added.at("required").as_array()) {
    shape.at("required").as_array().push_back(name);
  }
  return shape;
}

json::object summary() {
  return closed(
      {{"total", number()}, {"passed", number()}, {"failed", number()}, {"other", number()}});
}

json::object artifact() {
  return closed({{"kind", schema(kArtifactKind)}, {"path", text()}, {"size", number()}});
}

json::object section() {
  return closed({{"section", text()},
                 {"status", schema(kProgress)},
                 {"conclusion", schema(kConclusion)},
                 {"updatedUtc", text()},
                 {"title", text()},
                 {"stage", text_or_null()},
                 {"statusReason", text_or_null()}});
}

}  // namespace

json::object ok() { return closed({{"ok", schema(R"({"enum": [true]})")}}); }

json::object list(json::object item) {
  return closed({{"items", array_of(std::move(item))}, {"nextCursor", text_or_null()}});
}

json::object project() {
  return closed({{"id", text()},
                 {"name", text()},
                 {"siteUrl", text()},
                 {"settings", type("object")},
                 {"createdUtc", text()},
                 {"updatedUtc", text()}});
}

json::object feature() {
  return closed({{"id", number()},
                 {"name", text()},
                 {"kind", schema(R"({"enum": ["feature", "suggestion"]})")},
                 {"status", schema(kFeatureStatus)},
                 {"gherkin", text()},
                 {"rationale", text_or_null()},
                 {"updatedUtc", text()},
                 {"stale", boolean()},
                 {"createdUtc", text()}});
}

json::object feature_summary() {
  return closed({{"id", number()},
                 {"name", text()},
                 {"kind", schema(R"({"enum": ["feature", "suggestion"]})")},
                 {"status", schema(kFeatureStatus)},
                 {"updatedUtc", text()},
                 {"stale", boolean()}});
}

json::object generation_dispatched() {
  return closed({{"requestId", text()}, {"featureId", number()}});
}

json::object clarification() {
  json::object candidate = closed({{"value", text()}, {"text", text()}});
  json::object question = closed({{"id", text()},
                                  {"section", text()},
                                  {"step", text()},
                                  {"line", number()},
                                  {"question", text()},
                                  {"candidates", array_of(std::move(candidate))}});
  return closed({{"questions", array_of(std::move(question))}});
}

json::object generation_status() {
  json::object proof = closed({{"proven", number()},
                               {"unprovable", number()},
                               {"vacuous", number()},
                               {"inconclusive", number()}});
  return closed({{"featureId", number()},
                 {"featureName", text()},
                 {"featureStatus", schema(kFeatureStatus)},
                 {"requestId", text(), false},
                 {"runnerStarted", boolean(), false},
                 {"overallStatus", schema(kProgress), false},
                 {"overallConclusion", schema(kConclusion), false},
                 {"updatedUtc", text(), false},
                 {"sections", array_of(section()), false},
                 {"stage", text_or_null(), false},
                 {"statusReason", text_or_null(), false},
                 {"queuePosition", number_or_null(), false},
                 {"createdUtc", text(), false},
                 {"startedUtc", text_or_null(), false},
                 {"finishedUtc", text_or_null(), false},
                 {"proof", std::move(proof), false},
                 {"creditsUsed", number(), false},
                 {"clarification", object_or_null(clarification()), false}});
}

json::object generation_log() {
  json::object section = closed({{"section", text()},
                                 {"title", text()},
                                 {"state", schema(kProgress)},
                                 {"conclusion", schema(kConclusion)},
                                 {"statusReason", text_or_null()},
                                 {"log", array_of(text())}});
  return closed({{"featureId", number()},
                 {"featureName", text()},
                 {"requestId", text_or_null()},
                 {"sections", array_of(std::move(section))}});
}

json::object proof() {
  return closed(
      {{"scenario", text()},
       {"step", text()},
       {"line", number()},
       {"verdict", schema(R"({"enum": ["proven", "unprovable", "vacuous", "inconclusive"]})")},
       {"counterfactual", text()},
       {"assumptions", array_of(text())}});
}

json::object run_dispatched() {
  return closed({{"runId", number()}, {"featureId", number_or_null()}});
}

json::object run_summary() {
  return closed({{"runId", number()},
                 {"status", schema(kRunStatus)},
                 {"featureId", number_or_null()},
                 {"featureName", text_or_null()},
                 {"tag", text_or_null(), false},  // of a run of several features
                 {"config", text()},
                 {"siteUrl", text()},
                 {"createdUtc", text()},
                 {"startedUtc", text_or_null()},
                 {"finishedUtc", text_or_null()},
                 {"summary", object_or_null(summary())}});
}

json::object run_digest() {
  json::object flaky = closed({{"passedUtc", text()}, {"failedUtc", text()}, {"error", text()}});
  json::object test = closed({{"name", text()},
                              {"status", text()},
                              {"durationMs", number()},
                              {"error", text_or_null()},
                              {"flaky", object_or_null(std::move(flaky)), false}});
  return with(run_summary(), {{"tests", array_of(std::move(test))},
                              {"artifacts", array_of(artifact())},
                              {"log", text_or_null()},
                              {"creditsUsed", number()}});
}

json::object artifacts() { return array_of(with(artifact(), {{"url", text()}})); }

json::object diagnosis() {
  json::object step = closed({{"text", text()}, {"line", number_or_null()}});
  json::object failure = closed({{"name", text()},
                                 {"status", text()},
                                 {"durationMs", number()},
                                 {"error", text_or_null()},
                                 {"cause", text()},
                                 {"step", object_or_null(std::move(step))},
                                 {"suggestion", text_or_null()}});
  json::object spec = closed({{"path", text()}, {"content", text()}});
  return closed({{"runId", number()},
                 {"status", schema(kRunStatus)},
                 {"verdict", text()},
                 {"featureId", number_or_null()},
                 {"featureName", text_or_null()},
                 {"config", text()},
                 {"siteUrl", text()},
                 {"finishedUtc", text_or_null()},
                 {"summary", object_or_null(summary())},
                 {"failures", array_of(std::move(failure))},
                 {"gherkin", text_or_null()},
                 {"specs", array_of(std::move(spec))},
                 {"artifacts", artifacts()},
                 {"log", text_or_null()}});
}

json::object config() {
  return closed({{"name", text()}, {"path", text()}, {"source", schema(kFileSource)}});
}

json::object file_summary() {
  return closed({{"path", text()},
                 {"kind", schema(kFileKind)},
                 {"source", schema(kFileSource)},
                 {"size", number()},
                 {"updatedUtc", text_or_null()}});
}

json::object file() {
  return closed({{"path", text()},
                 {"kind", schema(kFileKind)},
                 {"source", schema(kFileSource)},
                 {"content", text()}});
}

json::object key() {
  return closed({{"id", text()},
                 {"name", text()},
                 {"prefix", text()},
                 {"scopes", array_of(text())},
                 {"createdUtc", text()},
                 {"lastUsedUtc", text_or_null()},
                 {"expiresUtc", text_or_null()},
                 {"revokedUtc", text_or_null()}});
}

json::object created_key() { return with(key(), {{"key", text()}, {"workspace", text()}}); }

json::object whoami() {
  return closed({{"authenticated", boolean()},
                 {"tenantId", text()},
                 {"apiKeyId", text()},
                 {"expiresAt", text()}});
}

json::object secret() {
  return closed({{"name", text()}, {"createdUtc", text()}, {"updatedUtc", text()}});
}

json::object workspace() {
  return closed({{"id", text()}, {"name", text()}, {"createdUtc", text()}});
}

json::object credits() {
  return closed(
      {{"balance", number_or_null()}, {"reserved", number()}, {"available", number_or_null()}});
}

json::object ledger_line() {
  return closed({{"seq", number()},
                 {"atUtc", text()},
                 {"kind", text()},
                 {"credits", number()},
                 {"balance", number_or_null()},
                 {"projectId", text_or_null()},
                 {"featureId", number_or_null()},
                 {"requestId", text_or_null()},
                 {"keyId", text_or_null()}});
}

json::object project_credits() {
  return closed({{"month", text()},
                 {"creditsPerMonth", number_or_null()},
                 {"used", number()},
                 {"reserved", number()}});
}

json::object exploration_dispatched() { return closed({{"requestId", text()}}); }

json::object exploration() {
  json::object suggestion = closed({{"featureId", number()}, {"name", text()}});
  return closed({{"requestId", text()},
                 {"status", schema(kProgress)},
                 {"conclusion", schema(kConclusion)},
                 {"stage", text_or_null()},
                 {"statusReason", text_or_null()},
                 {"pages", number_or_null()},
                 {"suggestions", array_of(std::move(suggestion))},
                 {"createdUtc", text()},
                 {"finishedUtc", text_or_null()},
                 {"creditsUsed", number()}});
}

json::object healing() {
  json::object change = closed({{"scenario", text()},
                                {"step", text()},
                                {"line", number()},
                                {"before", text()},
                                {"after", text()}});
  return closed({{"requestId", text()},
                 {"featureId", number()},
                 {"status", schema(kProgress)},
                 {"conclusion", schema(kConclusion)},
                 {"stage", text_or_null()},
                 {"statusReason", text_or_null()},
                 {"sections", array_of(section())},
                 {"healed", number_or_null()},
                 {"unchanged", number_or_null()},
                 {"failed", number_or_null()},
                 {"changes", array_of(std::move(change))},
                 {"spec", text_or_null()},
                 {"applied", boolean()},
                 {"createdUtc", text()},
                 {"finishedUtc", text_or_null()},
                 {"creditsUsed", number()}});
}

json::object proving() { return with(generation_status(), {{"thens", array_of(proof())}}); }

json::object schedule() {
  return closed({{"id", number()},
                 {"name", text()},
                 {"cron", text()},
                 {"tag", text_or_null()},
                 {"config", text()},
                 {"siteUrl", text_or_null()},
                 {"enabled", boolean()},
                 {"nextUtc", text_or_null()},
                 {"lastUtc", text_or_null()},
                 {"lastRunId", number_or_null()},
                 {"lastProblem", text_or_null()},
                 {"createdUtc", text()},
                 {"updatedUtc", text()}});
}

json::object audit_line() {
  return closed({{"atUtc", text()},
                 {"keyId", text_or_null()},
                 {"operation", text()},
                 {"target", type("object")},
                 {"status", number()}});
}

json::object health() { return closed({{"status", text()}}); }

json::object ready() {
  json::object check = closed({{"name", text()}, {"ok", boolean()}, {"detail", text()}});
  json::object jobs = closed({{"running", number()}, {"slots", number()}});
  return closed(
      {{"status", text()}, {"checks", array_of(std::move(check))}, {"jobs", std::move(jobs)}});
}

}  // namespace vouch::ops::results
