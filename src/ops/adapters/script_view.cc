#include "ops/adapters/script_view.h"

#include <boost/json/array.hpp>
#include <utility>

#include "ops/adapters/line_diff.h"
#include "ops/adapters/wire.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using store::ScriptRow;

constexpr std::string_view kHistoryShape = R"({"type": "array", "items": {"properties": {
  "event": {"type": "string"}, "at": {"type": "string"}, "apiKeyId": {"type": "string"},
  "reason": {"type": "string"}}}})";

std::string shape_with(std::string_view more) {
  return R"({"properties": {
    "id": {"type": "integer"}, "provider": {"type": "string"}, "topic": {"type": "string"},
    "version": {"type": "integer"},
    "status": {"enum": ["candidate", "active", "deprecated", "archived"]},
    "jobId": {"type": "integer"}, "createdAt": {"type": "string"},
    "updatedAt": {"type": "string"}, "history": )" +
         std::string(kHistoryShape) + std::string(more) + "}}";
}

json::object event_json(const json::value& event) {
  const json::object& kept = event.as_object();
  const auto text = [&](const char* name) {
    const json::value* value = kept.if_contains(name);
    return value != nullptr ? *value : json::value("");
  };
  return {{"event", text("event")},
          {"at", to_utc(kept.at("atMs").as_int64())},
          {"apiKeyId", text("keyId")},
          {"reason", text("reason")}};
}

json::value list_in(const json::object& report, std::string_view name) {
  const json::value* list = report.if_contains(name);
  return list != nullptr ? *list : json::value(json::array());
}

}  // namespace

std::string script_shape() { return shape_with(""); }

std::string whole_script_shape() {
  return shape_with(R"(, "source": {"type": "string"},
    "testResults": {"type": "array", "items": {"type": "object"}},
    "heldBack": {"type": "array", "items": {"type": "object"}},
    "fields": {"type": "array", "items": {"type": "object",
      "required": ["path", "source", "evidence", "confidence", "alternatives"]}},
    "assumptions": {"type": "array", "items": {"properties": {
      "path": {"type": "string"}, "reason": {"type": "string"}}}},
    "answers": {"type": "array", "items": {"properties": {
      "place": {"type": "string"}, "sentence": {"type": "string"}}}},
    "exchanges": {"type": "array", "items": {"type": "object"}},
    "diff": {"type": "string"}, "diffTo": {"type": "integer"})");
}

json::object script_json(const store::Tx& tx, const ScriptRow& row) {
  json::array history;
  for (const json::value& event : row.history) history.push_back(event_json(event));
  const auto job = tx.find_adapter_job_of(row.job_id);
  return {{"id", row.id},
          {"provider", row.of.provider},
          {"topic", row.of.topic},
          {"version", row.version},
          {"status", to_string(row.status)},
          {"jobId", job ? job->id : 0},
          {"createdAt", to_utc(row.created_ms)},
          {"updatedAt", to_utc(row.updated_ms)},
          {"history", std::move(history)}};
}

json::object whole_script_json(const store::Tx& tx, const ScriptRow& row) {
  json::object body = script_json(tx, row);
  const json::value* trial = row.report.if_contains("trial");
  const json::object none;
  const json::object& tried = trial != nullptr ? trial->as_object() : none;
  body["source"] = row.source;
  body["testResults"] = list_in(tried, "results");
  body["heldBack"] = list_in(tried, "heldBack");
  for (const char* list : {"fields", "assumptions", "answers", "exchanges"}) {
    body[list] = list_in(row.report, list);
  }
  const auto active = tx.find_active_script(row.of);
  const bool differs = active && active->id != row.id;
  body["diff"] = differs ? line_diff(active->source, row.source) : "";
  body["diffTo"] = differs ? active->id : 0;
  return body;
}

Result<ScriptRow> find_script_of(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "scriptId", kNoScript));
  auto row = tx.find_script(call.principal.workspace_id, id);
  if (!row) return fail(ErrorCode::kNotFound, std::string(kNoScript));
  return *std::move(row);
}

}  // namespace vouch::ops
