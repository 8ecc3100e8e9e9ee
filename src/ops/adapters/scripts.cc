// Scripts: their review, and their use.
//
//   candidate ─activate→ active ─another is activated→ deprecated
//       │ reject            │                              │ activate: it is active again
//       └──────→ archived ←─┴──────────── archive ─────────┘
#include <utility>

#include "ops/adapters/material.h"
#include "ops/adapters/script_trials.h"
#include "ops/adapters/script_view.h"
#include "ops/adapters/transform.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using store::ScriptRow;
using store::ScriptStatus;

constexpr std::string_view kScripts = "/api/v1/adapter-scripts/scripts";
constexpr std::string_view kScript = "/api/v1/adapter-scripts/scripts/{scriptId}";
constexpr std::string_view kTransform = "/api/v1/adapter-scripts/{provider}/{topic}/transform";
constexpr std::string_view kOwn = "/api/v1/adapter-scripts/{provider}/{topic}/scripts";

constexpr std::string_view kFilter = R"({
  "provider": {"in": "query", "type": "string", "description": "Only of this provider."},
  "topic": {"in": "query", "type": "string", "description": "Only of this topic."},
  "status": {"in": "query", "type": "string",
    "enum": ["candidate", "active", "deprecated", "archived"],
    "description": "Only those with this status."}})";

constexpr std::string_view kReasonBody = R"({
  "reason": {"in": "body", "type": "string", "maxLength": 2000, "description": "Why: it is kept with who did it, and when."}})";

std::string test_body() {
  return R"({
  "inputs": {"in": "body", "type": "array", "maxItems": 200, "description": "Payloads to run it on."},
  "samples": {"in": "body", "type": "array", "maxItems": 200,
    "items": )" +
         std::string(kSampleSchema) + R"(,
    "description": "[{input, expectedOutput?, name?}]. Without inputs and samples: those that are registered."},
  "exchanges": )";
}
constexpr std::string_view kOwnBody = R"({
  "source": {"in": "body", "type": "string", "minLength": 1,
    "description": "A program that defines transform(input, context)."},
  "reason": {"in": "body", "type": "string", "maxLength": 2000,
    "description": "What it is for: kept with who added it, and when."},
  "targetSchema": {"in": "body", "type": "object",
    "description": "JSON Schema of the result, in the place of the topic's."},
  "exchanges": )";

// One of these, completed.
std::string with_exchanges(std::string_view body, std::string_view kept) {
  return std::string(body) + R"({"in": "body", "type": "array", "maxItems": 200,
    "items": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"},
      "method": {"type": "string"},
      "statusCode": {"type": "integer", "minimum": 100, "maximum": 599},
      "headers": {"type": "object"}}},
    "description": "What context.http answers: [{method, url, statusCode, body, headers}]. Nothing else is answered in a test. )" +
         std::string(kept) + "\"}}";
}

constexpr std::string_view kTransformBody = R"({
  "payload": {"in": "body", "description": "What the provider sent, or is to be sent: any JSON."}})";

awaitable<Result<Answer>> list_scripts(Services& services, const Call& call) {
  store::ScriptFilter filter{.provider = call.text("provider"), .topic = "", .status = {}};
  if (call.has("topic")) {
    VOUCH_CO_TRY(filter.topic, flat::topic_name(call.text("topic")));
  }
  if (call.has("status")) filter.status = store::script_status_from(call.text("status"));
  auto list = [filter, workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(auto rows, tx.list_scripts(workspace, filter, page));
    return flat::list_answer("scripts", rows,
                             [&](const ScriptRow& row) { return script_json(tx, row); });
  };
  co_return co_await services.store.read(std::move(list));
}

awaitable<Result<Answer>> get_script(Services& services, const Call& call) {
  auto get = [call](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(ScriptRow row, find_script_of(tx, call));
    return flat::answer("Script found.", {{"script", whole_script_json(tx, row)}});
  };
  co_return co_await services.store.read(std::move(get));
}

// ---- Review ----

// What runs as a shadow is not in use itself, and is compared with what is.
void settle_shadow(store::Tx& tx, const ScriptRow& row) {
  auto shadow = tx.find_shadow(row.of);
  if (!shadow) return;
  const bool is_it = shadow->script_id == row.id;
  if (!is_it && row.status != ScriptStatus::kActive) return;
  tx.delete_shadow(row.of);
  shadow->counts = {};
  if (!is_it) tx.put_shadow(*shadow);
}

// Who, when and why, and the new status.
Result<void> move(store::Tx& tx, ScriptRow& row, ScriptStatus status, const Call& call, TimeMs now,
                  std::string_view event) {
  row.status = status;
  row.updated_ms = now;
  row.history.push_back(json::object{{"event", event},
                                     {"atMs", now},
                                     {"keyId", call.principal.key_id},
                                     {"reason", call.text("reason")}});
  settle_shadow(tx, row);
  return tx.update_script(row);
}

std::unexpected<Error> not_so(const ScriptRow& row, std::string_view what) {
  return fail(ErrorCode::kConflict,
              "The script is " + std::string(to_string(row.status)) + ": " + std::string(what));
}

// What review does: changes the row, or says why not.
using Review = Result<std::string> (*)(store::Tx&, ScriptRow&, const Call&, TimeMs);

Result<std::string> activate(store::Tx& tx, ScriptRow& row, const Call& call, TimeMs now) {
  if (row.status == ScriptStatus::kActive) return not_so(row, "there is nothing to do.");
  if (row.status == ScriptStatus::kArchived) return not_so(row, "generate a new one.");
  if (auto before = tx.find_active_script(row.of)) {
    VOUCH_TRY_VOID(move(tx, *before, ScriptStatus::kDeprecated, call, now, "deprecated"));
  }
  VOUCH_TRY_VOID(move(tx, row, ScriptStatus::kActive, call, now, "activated"));
  return "Version " + std::to_string(row.version) + " is active for " + row.of.provider + "/" +
         row.of.topic + ".";
}

Result<std::string> reject(store::Tx& tx, ScriptRow& row, const Call& call, TimeMs now) {
  if (row.status != ScriptStatus::kCandidate) return not_so(row, "only a candidate is rejected.");
  VOUCH_TRY_VOID(move(tx, row, ScriptStatus::kArchived, call, now, "rejected"));
  return std::string("The candidate is rejected.");
}

Result<std::string> archive(store::Tx& tx, ScriptRow& row, const Call& call, TimeMs now) {
  if (row.status == ScriptStatus::kArchived) return not_so(row, "there is nothing to do.");
  const bool was_active = row.status == ScriptStatus::kActive;
  VOUCH_TRY_VOID(move(tx, row, ScriptStatus::kArchived, call, now, "archived"));
  return std::string(was_active ? "The script is archived; none is active now."
                                : "The script is archived.");
}

template <Review review>
awaitable<Result<Answer>> reviewed(Services& services, const Call& call) {
  auto work = [call, now = services.clock.now_ms()](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(ScriptRow row, find_script_of(tx, call));
    VOUCH_TRY(std::string message, review(tx, row, call, now));
    return flat::answer(std::move(message), {{"script", script_json(tx, row)}});
  };
  co_return co_await change(services, call, std::move(work));
}

Operation review_row(std::string name, std::string_view verb, std::string description,
                     Handler handler) {
  Operation row =
      flat::operation(std::move(name), Method::kPost, std::string(kScript).append("/").append(verb),
                      std::move(description), std::move(handler));
  row.parameters = parameters(row.route, kReasonBody);
  row.result = flat::result("{\"script\": " + script_shape() + "}");
  row.command = "adapters " + std::string(verb) + " <script>";
  return row;
}

}  // namespace

std::vector<Operation> script_operations() {
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_scripts", Method::kGet, kScripts,
                                 "The adapter scripts, the newest first.", list_scripts));
  rows.back().parameters = flat::list_parameters(kScripts, kFilter);
  rows.back().result = flat::list_result("scripts", script_shape());
  rows.back().command = "adapters scripts";

  rows.push_back(
      flat::operation("get_script", Method::kGet, kScript,
                      "A script: its source, how it was tested, where each field comes from, what "
                      "is assumed, and how it differs from the active one.",
                      get_script));
  rows.back().result = flat::result("{\"script\": " + whole_script_shape() + "}");
  rows.back().command = "adapters show <script>";

  rows.push_back(
      flat::operation("add_script", Method::kPost, kOwn,
                      "Keep a script of your own, or a generated one that you changed, as a "
                      "candidate, if it does what every registered sample says. Nothing is asked "
                      "of the provider.",
                      add_script));
  rows.back().parameters =
      parameters(kOwn, with_exchanges(kOwnBody, "They are kept with the script."), {"source"});
  rows.back().result = flat::result("{\"script\": " + script_shape() + "}");
  rows.back().scope = Scope::kGenerate;
  rows.back().command = "adapters add <provider> <topic>";

  rows.push_back(review_row("activate_script", "activate",
                            "Use this script from now on. The one that was active is deprecated.",
                            reviewed<activate>));
  rows.push_back(review_row("reject_script", "reject", "Archive a candidate that is not wanted.",
                            reviewed<reject>));
  rows.push_back(review_row("archive_script", "archive",
                            "Take a script out of use. Where it was active, none is then.",
                            reviewed<archive>));

  const std::string test = std::string(kScript) + "/test";
  rows.push_back(
      flat::operation("test_script", Method::kPost, test,
                      "Run a script without using it: on inputs, on samples, or on what is "
                      "registered. Nothing is asked of the provider.",
                      test_script));
  rows.back().parameters =
      parameters(test, with_exchanges(test_body(), "Absent: those that the script was kept with."));
  rows.back().result = flat::result(R"({"results": {"type": "array", "items": {"properties": {
    "sample": {"type": "string"}, "output": {}, "outputLeftOut": {"type": "boolean"},
    "passed": {"type": "boolean"}, "error": {"type": "string"}, "diffs": {"type": "array", "items": {"type": "object"}},
    "logs": {"type": "array", "items": {"type": "string"}}}}},
    "passed": {"type": "integer"}, "total": {"type": "integer"}})");
  rows.back().scope = Scope::kGenerate;
  rows.back().command = "adapters test <script>";

  rows.push_back(
      flat::operation("transform", Method::kPost, kTransform,
                      "Run the active script on a payload; or on a stream of them, one a line "
                      "(application/x-ndjson): as many lines come back. `drift` says what the "
                      "payload has that no sample of the script shows, `problems` where the output "
                      "is not what the topic's schema says (neither of them for a stream).",
                      transform));
  rows.back().parameters = parameters(kTransform, kTransformBody, {"payload"});
  rows.back().result = flat::result(R"({"output": {}, "scriptId": {"type": "integer"},
    "version": {"type": "integer"}, "logs": {"type": "array", "items": {"type": "string"}},
    "drift": {"type": "array", "items": {"type": "string"}},
    "problems": {"type": "array", "items": {"type": "string"}}})");
  rows.back().scope = Scope::kGenerate;
  rows.back().takes_lines = true;
  rows.back().command = "adapters transform <provider> <topic>";
  return rows;
}

}  // namespace vouch::ops
