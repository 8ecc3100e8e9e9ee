// What live payloads show of scripts: a shadow beside the active one, and drift from the samples.
// How it is found: watch.h.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/adapters/watch.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using store::FindingAbout;
using store::FindingRow;
using store::ScriptStatus;

constexpr std::string_view kShadow = "/api/v1/adapter-scripts/{provider}/{topic}/shadow";
constexpr std::string_view kDrift = "/api/v1/adapter-scripts/{provider}/{topic}/drift";
constexpr std::string_view kNoShadow =
    "No script shadows the active one of this provider and topic.";

constexpr std::string_view kShadowBody = R"({
  "scriptId": {"in": "body", "type": "integer", "minimum": 1,
    "description": "A candidate, or one that was active before."}})";

constexpr std::string_view kShadowShape = R"({"shadow": {"properties": {
  "scriptId": {"type": "integer"}, "version": {"type": "integer"},
  "activeScriptId": {"type": "integer"}, "apiKeyId": {"type": "string"},
  "compared": {"type": "integer"}, "different": {"type": "integer"},
  "skipped": {"type": "integer"}, "notCompared": {"type": "integer"},
  "createdAt": {"type": "string"},
  "asksFor": {"type": "array", "items": {"properties": {
    "request": {"type": "string"}, "count": {"type": "integer"},
    "firstAt": {"type": "string"}, "lastAt": {"type": "string"}}}},
  "differences": {"type": "array", "items": {"properties": {
    "kind": {"enum": ["differs", "fails", "answers"]}, "path": {"type": "string"},
    "count": {"type": "integer"}, "active": {"type": "string"}, "candidate": {"type": "string"},
    "firstAt": {"type": "string"}, "lastAt": {"type": "string"}}}}}}})";

constexpr std::string_view kDriftShape = R"({"scriptId": {"type": "integer"},
  "drift": {"type": "array", "items": {"properties": {
    "kind": {"enum": ["new_member", "missing", "new_type", "new_value", "inexact"]},
    "path": {"type": "string"}, "sentence": {"type": "string"}, "value": {"type": "string"},
    "count": {"type": "integer"}, "firstAt": {"type": "string"},
    "lastAt": {"type": "string"}}}}})";

json::object finding_json(const FindingRow& row) {
  json::object body{{"kind", row.kind}, {"path", row.path}};
  for (const auto& member : row.example) body[member.key()] = member.value();
  body["count"] = row.count;
  body["firstAt"] = to_utc(row.first_ms);
  body["lastAt"] = to_utc(row.last_ms);
  return body;
}

// Each with how often it came, and since when, in its sentence, too: that is read by itself.
json::array drift_json(const std::vector<FindingRow>& rows) {
  json::array findings;
  for (const FindingRow& row : rows) {
    json::object finding = finding_json(row);
    if (json::value* sentence = finding.if_contains("sentence")) {
      const std::string often =
          row.count == 1 ? "Once, at " : std::to_string(row.count) + " times, since ";
      sentence->as_string().append(" " + often + to_utc(row.first_ms) + ".");
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

json::object shadow_json(const store::Tx& tx, const store::ShadowRow& row) {
  const auto script = tx.find_script(row.of.workspace_id, row.script_id);
  const auto active = tx.find_active_script(row.of);
  json::array differences, asks_for;
  for (const FindingRow& finding : tx.list_findings(row.of, row.script_id, FindingAbout::kShadow)) {
    if (finding.kind == kAsks) {
      asks_for.push_back(json::object{{"request", finding.path},
                                      {"count", finding.count},
                                      {"firstAt", to_utc(finding.first_ms)},
                                      {"lastAt", to_utc(finding.last_ms)}});
    } else {
      differences.push_back(finding_json(finding));
    }
  }
  return {{"scriptId", row.script_id},
          {"version", script ? script->version : 0},
          {"activeScriptId", active ? active->id : 0},
          {"apiKeyId", row.key_id},
          {"compared", row.counts.compared},
          {"different", row.counts.different},
          {"skipped", row.counts.skipped},
          {"notCompared", row.counts.not_compared},
          {"createdAt", to_utc(row.created_ms)},
          {"asksFor", std::move(asks_for)},
          {"differences", std::move(differences)}};
}

std::string shadow_message(const store::ShadowCounts& counts, const json::array& asks_for) {
  std::string message = std::to_string(counts.different) + " of " +
                        std::to_string(counts.compared) + " payloads differ.";
  if (counts.not_compared == 0) return message;
  message += " " + std::to_string(counts.not_compared) + " not compared";
  if (!asks_for.empty()) {
    message += ": the shadow asks for " + std::string(asks_for.front().at("request").as_string());
    if (asks_for.size() > 1) message += " and " + std::to_string(asks_for.size() - 1) + " more";
    message += ", which the active script does not";
  }
  return message + ".";
}

// Anew, whatever was compared before.
awaitable<Result<Answer>> put_shadow(Services& services, const Call& call) {
  store::ShadowRow row;
  VOUCH_CO_TRY(row.of, flat::of_call(call));
  row.script_id = call.integer("scriptId").value_or(0);
  row.key_id = call.principal.key_id;
  row.created_ms = services.clock.now_ms();
  auto put = [row](store::Tx& tx) -> Result<Answer> {
    const auto script = tx.find_script(row.of.workspace_id, row.script_id);
    if (!script || script->of != row.of) {
      return fail(ErrorCode::kNotFound,
                  "Script " + std::to_string(row.script_id) + " is none of " + row.of.provider +
                      "/" + row.of.topic + ". GET /api/v1/adapter-scripts/scripts lists them.",
                  {{"member", "scriptId"}});
    }
    if (script->status == ScriptStatus::kActive || script->status == ScriptStatus::kArchived) {
      return fail(ErrorCode::kConflict, "The script is " + std::string(to_string(script->status)) +
                                            ": a shadow is one that may yet be activated.");
    }
    tx.delete_shadow(row.of);
    tx.put_shadow(row);
    return flat::answer("Version " + std::to_string(script->version) +
                            " runs beside the active script and is compared with it.",
                        {{"shadow", shadow_json(tx, row)}});
  };
  co_return co_await change(services, call, std::move(put));
}

Result<Answer> get_shadow(const store::Tx& tx, const store::AdapterOf& of, const Call&) {
  const auto row = tx.find_shadow(of);
  if (!row) return fail(ErrorCode::kNotFound, std::string(kNoShadow));
  json::object shadow = shadow_json(tx, *row);
  std::string message = shadow_message(row->counts, shadow.at("asksFor").as_array());
  return flat::answer(std::move(message), {{"shadow", std::move(shadow)}});
}

Result<Answer> delete_shadow(store::Tx& tx, const store::AdapterOf& of, const Call&) {
  if (!tx.delete_shadow(of)) return fail(ErrorCode::kNotFound, std::string(kNoShadow));
  return flat::answer("The shadow is ended; what it showed is forgotten.");
}

Result<Answer> get_drift(const store::Tx& tx, const store::AdapterOf& of, const Call&) {
  const auto active = tx.find_active_script(of);
  const auto rows =
      active ? tx.list_findings(of, active->id, FindingAbout::kDrift) : std::vector<FindingRow>();
  return flat::answer(rows.empty() ? "Nothing that the samples do not show."
                                   : "Live payloads show what no sample does: add samples of "
                                     "such, and generate anew.",
                      {{"scriptId", active ? active->id : 0}, {"drift", drift_json(rows)}});
}

Result<Answer> delete_drift(store::Tx& tx, const store::AdapterOf& of, const Call&) {
  const std::int64_t count = tx.delete_findings(of, FindingAbout::kDrift);
  return flat::answer(std::to_string(count) + " forgotten; what is seen again is told again.");
}

}  // namespace

std::vector<Operation> observed_operations() {
  std::vector<Operation> rows;
  rows.push_back(
      flat::operation("shadow_script", Method::kPut, kShadow,
                      "Run a script that is not active on every payload of `transform`, behind "
                      "its answer, and compare what it gives with the active script's.",
                      put_shadow));
  rows.back().parameters = parameters(kShadow, kShadowBody, {"scriptId"});
  rows.back().result = flat::result(kShadowShape);
  rows.back().command = "adapters shadow start <provider> <topic>";

  rows.push_back(
      flat::operation("get_shadow", Method::kGet, kShadow,
                      "How often the shadow gave something else than the active script, and at "
                      "which paths. Values are told by their form.",
                      flat::looking<get_shadow>));
  rows.back().result = flat::result(kShadowShape);
  rows.back().command = "adapters shadow show <provider> <topic>";

  rows.push_back(flat::operation("delete_shadow", Method::kDelete, kShadow,
                                 "End the comparison, and forget what it showed.",
                                 flat::altering<delete_shadow>));
  rows.back().command = "adapters shadow stop <provider> <topic>";

  rows.push_back(
      flat::operation("get_drift", Method::kGet, kDrift,
                      "What live payloads had that no sample of the active script shows: new "
                      "members, missing ones, new types, new values of a field with few.",
                      flat::looking<get_drift>));
  rows.back().result = flat::result(kDriftShape);
  rows.back().command = "adapters drift show <provider> <topic>";

  rows.push_back(flat::operation("delete_drift", Method::kDelete, kDrift,
                                 "Forget the drift that was told so far.",
                                 flat::altering<delete_drift>));
  rows.back().command = "adapters drift clear <provider> <topic>";
  return rows;
}

}  // namespace vouch::ops
