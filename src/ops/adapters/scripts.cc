// Scripts: their review, and their use.
//
//   candidate ─activate→ active ─another is activated→ deprecated
//       │ reject            │                              │ activate: it is active again
//       └──────→ archived ←─┴──────────── archive ─────────┘
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/draft/schema.h"
#include "adapters/draft/trial.h"
#include "adapters/generate/kept.h"
#include "ops/adapters/line_diff.h"
#include "ops/adapters/provider_http.h"
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
constexpr std::string_view kNoScript = "No such script in this workspace.";
constexpr std::size_t kTestInputsMax = 200;  // of one test

constexpr std::string_view kFilter = R"({
  "provider": {"in": "query", "type": "string", "description": "Only of this provider."},
  "topic": {"in": "query", "type": "string", "description": "Only of this topic."},
  "status": {"in": "query", "type": "string",
    "enum": ["candidate", "active", "deprecated", "archived"],
    "description": "Only those with this status."}})";

constexpr std::string_view kReasonBody = R"({
  "reason": {"in": "body", "type": "string", "maxLength": 2000, "description": "Why: it is kept with who did it, and when."}})";

constexpr std::string_view kTestBody = R"({
  "inputs": {"in": "body", "type": "array", "maxItems": 200, "description": "Payloads to run it on."},
  "samples": {"in": "body", "type": "array", "maxItems": 200,
    "items": {"type": "object", "required": ["input"]},
    "description": "[{input, expectedOutput?}]. Without inputs and samples: those that are registered."},
  "exchanges": {"in": "body", "type": "array", "maxItems": 200,
    "items": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"},
      "method": {"type": "string"},
      "statusCode": {"type": "integer", "minimum": 100, "maximum": 599},
      "headers": {"type": "object"}}},
    "description": "What context.http answers: [{method, url, statusCode, body, headers}]. Nothing else is answered in a test."}})";

constexpr std::string_view kTransformBody = R"({
  "payload": {"in": "body", "description": "What the provider sent, or is to be sent: any JSON."}})";

constexpr std::string_view kHistoryShape = R"({"type": "array", "items": {"properties": {
  "event": {"type": "string"}, "at": {"type": "string"}, "apiKeyId": {"type": "string"},
  "reason": {"type": "string"}}}})";

std::string script_shape(std::string_view more) {
  return R"({"properties": {
    "id": {"type": "integer"}, "provider": {"type": "string"}, "topic": {"type": "string"},
    "version": {"type": "integer"},
    "status": {"enum": ["candidate", "active", "deprecated", "archived"]},
    "jobId": {"type": "integer"}, "createdAt": {"type": "string"},
    "updatedAt": {"type": "string"}, "history": )" +
         std::string(kHistoryShape) + std::string(more) + "}}";
}

std::string whole_shape() {
  return "{\"script\": " + script_shape(R"(, "source": {"type": "string"},
    "testResults": {"type": "array", "items": {"type": "object"}},
    "heldBack": {"type": "array", "items": {"type": "object"}},
    "fields": {"type": "array", "items": {"type": "object",
      "required": ["path", "source", "evidence", "confidence", "alternatives"]}},
    "assumptions": {"type": "array", "items": {"properties": {
      "path": {"type": "string"}, "reason": {"type": "string"}}}},
    "answers": {"type": "array", "items": {"properties": {
      "place": {"type": "string"}, "sentence": {"type": "string"}}}},
    "diff": {"type": "string"}, "diffTo": {"type": "integer"})") +
         "}";
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

json::object to_json(const ScriptRow& row, std::int64_t job_id) {
  json::array history;
  for (const json::value& event : row.history) history.push_back(event_json(event));
  return {{"id", row.id},
          {"provider", row.of.provider},
          {"topic", row.of.topic},
          {"version", row.version},
          {"status", to_string(row.status)},
          {"jobId", job_id},
          {"createdAt", to_utc(row.created_ms)},
          {"updatedAt", to_utc(row.updated_ms)},
          {"history", std::move(history)}};
}

std::int64_t job_number(const store::Tx& tx, const ScriptRow& row) {
  auto job = tx.find_adapter_job_of(row.job_id);
  return job ? job->id : 0;
}

json::value list_in(const json::object& report, std::string_view name) {
  const json::value* list = report.if_contains(name);
  return list != nullptr ? *list : json::value(json::array());
}

// With what was found out about it, and how it differs from the one that is in use.
json::object whole_json(const store::Tx& tx, const ScriptRow& row) {
  json::object body = to_json(row, job_number(tx, row));
  const json::value* trial = row.report.if_contains("trial");
  const json::object none;
  const json::object& tried = trial != nullptr ? trial->as_object() : none;
  body["source"] = row.source;
  body["testResults"] = list_in(tried, "results");
  body["heldBack"] = list_in(tried, "heldBack");
  body["fields"] = list_in(row.report, "fields");
  body["assumptions"] = list_in(row.report, "assumptions");
  body["answers"] = list_in(row.report, "answers");
  auto active = tx.find_active_script(row.of);
  const bool differs = active && active->id != row.id;
  body["diff"] = differs ? line_diff(active->source, row.source) : "";
  body["diffTo"] = differs ? active->id : 0;
  return body;
}

Result<ScriptRow> find_row(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "scriptId", kNoScript));
  auto row = tx.find_script(call.principal.workspace_id, id);
  if (!row) return fail(ErrorCode::kNotFound, std::string(kNoScript));
  return *std::move(row);
}

awaitable<Result<Answer>> list_scripts(Services& services, const Call& call) {
  store::ScriptFilter filter{.provider = call.text("provider"), .topic = "", .status = {}};
  if (call.has("topic")) {
    VOUCH_CO_TRY(filter.topic, flat::topic_name(call.text("topic")));
  }
  if (call.has("status")) filter.status = store::script_status_from(call.text("status"));
  auto list = [filter, workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(auto rows, tx.list_scripts(workspace, filter, page));
    return flat::list_answer(
        "scripts", rows, [&](const ScriptRow& row) { return to_json(row, job_number(tx, row)); });
  };
  co_return co_await services.store.read(std::move(list));
}

awaitable<Result<Answer>> get_script(Services& services, const Call& call) {
  auto get = [call](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(ScriptRow row, find_row(tx, call));
    return flat::answer("Script found.", {{"script", whole_json(tx, row)}});
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
    VOUCH_TRY(ScriptRow row, find_row(tx, call));
    VOUCH_TRY(std::string message, review(tx, row, call, now));
    return flat::answer(std::move(message), {{"script", to_json(row, job_number(tx, row))}});
  };
  co_return co_await change(services, call, std::move(work));
}

// ---- Testing ----

struct TestInputs {
  ScriptRow script;
  std::vector<adapters::draft::Sample> samples;
  json::object schema;  // of what it must give; empty: anything
  std::shared_ptr<const ProviderAccess> access;
};

Result<std::vector<adapters::draft::Sample>> given_samples(const Call& call) {
  std::vector<adapters::draft::Sample> samples;
  if (call.has("inputs")) {
    for (const json::value& input : call.params.at("inputs").as_array()) {
      samples.push_back({"inputs[" + std::to_string(samples.size()) + "]", input, {}});
    }
  }
  if (call.has("samples")) {
    const std::size_t first = samples.size();
    for (const json::value& given : call.params.at("samples").as_array()) {
      adapters::draft::Sample sample;
      sample.id = "samples[" + std::to_string(samples.size() - first) + "]";
      sample.input = given.at("input");
      const json::value* expected = given.as_object().if_contains("expectedOutput");
      if (expected != nullptr) sample.output = *expected;
      samples.push_back(std::move(sample));
    }
  }
  return samples;
}

Result<TestInputs> read_test(const store::Tx& tx, const Call& call, const Vault& vault) {
  TestInputs inputs;
  VOUCH_TRY(inputs.script, find_row(tx, call));
  const store::AdapterOf& of = inputs.script.of;
  inputs.schema = adapters::generate::find_schema(tx, inputs.script);
  VOUCH_TRY(inputs.samples, given_samples(call));
  if (inputs.samples.empty() && !call.has("inputs") && !call.has("samples")) {
    inputs.samples = adapters::draft::samples_of(adapters::generate::read_material(tx, of, {}));
  }
  if (inputs.samples.size() > kTestInputsMax) inputs.samples.resize(kTestInputsMax);
  VOUCH_TRY(ProviderAccess access, read_access(tx, vault, of));
  inputs.access = std::make_shared<const ProviderAccess>(std::move(access));
  return inputs;
}

json::object diff_json(const adapters::Diff& diff) {
  json::object body{{"path", diff.path}};
  if (diff.expected) body["expected"] = *diff.expected;
  if (diff.got) body["got"] = *diff.got;
  return body;
}

json::object result_json(const adapters::draft::SampleResult& result,
                         const script::Outcome& outcome) {
  json::array diffs;
  for (const adapters::Diff& diff : result.diffs) diffs.push_back(diff_json(diff));
  json::value output("");
  if (outcome.output) output = script::parse_output(*outcome.output).value_or(output);
  return {
      {"sample", result.sample},   {"output", std::move(output)},
      {"passed", result.passed},   {"error", result.error},
      {"diffs", std::move(diffs)}, {"logs", json::array(result.logs.begin(), result.logs.end())}};
}

awaitable<Result<Answer>> test_script(Services& services, const Call& call) {
  auto read = [call, &vault = services.vault](const store::Tx& tx) {
    return read_test(tx, call, vault);
  };
  VOUCH_CO_TRY(TestInputs inputs, co_await services.store.read(std::move(read)));
  if (inputs.samples.empty()) {
    co_return fail(ErrorCode::kConflict,
                   "There is nothing to test it on: send `inputs` or `samples`, or register some.");
  }
  const auto access = inputs.access;
  VOUCH_CO_TRY(script::ScriptPtr script, script::Script::make(inputs.script.source));
  std::vector<std::string> texts;
  texts.reserve(inputs.samples.size());
  for (const auto& sample : inputs.samples) {
    texts.push_back(adapters::draft::script_input(access->caller(), sample.input));
  }
  script::RunOptions run;
  run.owner = call.principal.workspace_id;
  run.now_ms = services.clock.now_ms();
  const json::array exchanges =
      call.has("exchanges") ? call.params.at("exchanges").as_array() : json::array();
  VOUCH_CO_TRY(run.http, recorded_http(exchanges, access));
  const auto outcomes =
      co_await services.scripts.pool.run_all(script, std::move(texts), std::move(run));
  const auto schema = adapters::draft::Schema::read(inputs.schema);
  json::array results;
  std::int64_t passed = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].output && outcomes[i].output.error().code == ErrorCode::kUnavailable) {
      co_return std::unexpected(outcomes[i].output.error());
    }
    const adapters::draft::SampleResult result =
        adapters::draft::judge(inputs.samples[i], outcomes[i], schema ? &*schema : nullptr);
    results.push_back(result_json(result, outcomes[i]));
    passed += result.passed ? 1 : 0;
  }
  const auto total = static_cast<std::int64_t>(results.size());
  co_return flat::answer(std::to_string(passed) + " of " + std::to_string(total) + " passed.",
                         {{"results", std::move(results)}, {"passed", passed}, {"total", total}});
}

Operation review_row(std::string name, std::string_view verb, std::string description,
                     Handler handler) {
  Operation row =
      flat::operation(std::move(name), Method::kPost, std::string(kScript).append("/").append(verb),
                      std::move(description), std::move(handler));
  row.parameters = parameters(row.route, kReasonBody);
  row.result = flat::result("{\"script\": " + script_shape("") + "}");
  row.command = "adapters " + std::string(verb) + " <script>";
  return row;
}

}  // namespace

std::vector<Operation> script_operations() {
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_scripts", Method::kGet, kScripts,
                                 "The adapter scripts, the newest first.", list_scripts));
  rows.back().parameters = flat::list_parameters(kScripts, kFilter);
  rows.back().result = flat::list_result("scripts", script_shape(""));
  rows.back().command = "adapters scripts";

  rows.push_back(
      flat::operation("get_script", Method::kGet, kScript,
                      "A script: its source, how it was tested, where each field comes from, what "
                      "is assumed, and how it differs from the active one.",
                      get_script));
  rows.back().result = flat::result(whole_shape());
  rows.back().command = "adapters show <script>";

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
  rows.back().parameters = parameters(test, kTestBody);
  rows.back().result = flat::result(R"({"results": {"type": "array", "items": {"properties": {
    "sample": {"type": "string"}, "output": {}, "passed": {"type": "boolean"},
    "error": {"type": "string"}, "diffs": {"type": "array", "items": {"type": "object"}},
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
