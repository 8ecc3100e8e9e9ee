// Generations of adapters: dispatch them, watch them, answer what they ask, cancel them.
//
// The job is of adapters/generate/adapter_job.h. On the wire it has a number
// (store::AdapterJobRow). One is in flight in each provider and topic.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "adapters/draft/answer.h"
#include "adapters/draft/output_paths.h"
#include "adapters/generate/adapter_job.h"
#include "adapters/generate/kept.h"
#include "ops/adapters/job_view.h"
#include "ops/adapters/material.h"
#include "ops/adapters/provider_http.h"
#include "ops/adapters/topics.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/job_calls.h"
#include "ops/job_events.h"
#include "ops/rows.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kGenerate = "/api/v1/adapter-scripts/generate";
constexpr std::string_view kJobs = "/api/v1/adapter-scripts/jobs";
constexpr std::string_view kJob = "/api/v1/adapter-scripts/jobs/{jobId}";
constexpr std::string_view kNoJob =
    "There is no job of this number in this workspace. GET /api/v1/adapter-scripts/jobs lists "
    "those that there are.";
constexpr std::size_t kInstructionsBytesMax = std::size_t{16} * 1024;
constexpr std::size_t kResponseBytesMax = std::size_t{512} * 1024;

std::string generate_body() {
  return R"({
  "provider": {"in": "body", "type": "string", "minLength": 1, "description": "The provider's slug."},
  "topic": {"in": "body", "type": "string", "minLength": 1, "description": "The topic's name."},
  "samples": {"in": "body", "type": "array", "maxItems": 100,
    "items": )" +
         std::string(kSampleSchema) + R"(,
    "description": "[{input, expectedOutput?, name?}]: kept, beside those that are registered."},
  "docs": {"in": "body", "type": "array", "maxItems": 20,
    "items": {"type": ["string", "object"], "additionalProperties": false, "properties": {
      "title": {"type": "string"}, "content": {"type": "string"}}},
    "description": "Documents, each a text or {title, content}: kept, beside those that are registered."},
  "instructions": {"in": "body", "type": "string", "description": "What is wanted, in words."},
  "targetSchema": {"in": "body", "type": "object",
    "description": "JSON Schema of the result, in the place of the topic's."}})";
}

constexpr std::string_view kRespondBody = R"({
  "response": {"in": "body", "type": ["string", "object", "array"],
    "description": "Numbers with letters or values (1a 2c 3=\"x\"), a letter where there is one question, JSON, or a sentence naming a field."}})";

constexpr std::string_view kFilter = R"({
  "provider": {"in": "query", "type": "string", "description": "Only of this provider."},
  "topic": {"in": "query", "type": "string", "description": "Only of this topic."},
  "status": {"in": "query", "type": "string",
    "enum": ["pending", "running", "needs_clarification", "completed", "failed"],
    "description": "Only those with this status."}})";

constexpr std::string_view kSummaryShape = R"({"properties": {
  "id": {"type": "integer"}, "provider": {"type": "string"}, "topic": {"type": "string"},
  "status": {"type": "string"}, "stage": {"type": "string"}, "retries": {"type": "integer"},
  "resultScriptId": {"type": "integer"}, "createdAt": {"type": "string"},
  "updatedAt": {"type": "string"}}})";

constexpr std::string_view kJobShape = R"({"job": {"properties": {
  "id": {"type": "integer"}, "provider": {"type": "string"}, "topic": {"type": "string"},
  "status": {"enum": ["pending", "running", "needs_clarification", "completed", "failed"]},
  "stage": {"enum": ["queued", "gathering", "generating", "testing", "retrying", "done"]},
  "hypothesis": {"type": "string"},
  "testResults": {"type": "array", "items": {"properties": {
    "attempt": {"type": "integer"}, "passed": {"type": "boolean"}, "error": {"type": "string"},
    "outputPreview": {"type": "string"}, "outputCount": {"type": "integer"},
    "timestamp": {"type": "string", "format": "date-time"}}}},
  "clarification": {"type": "string"}, "humanResponse": {"type": "string"},
  "logs": {"type": "array", "items": {"properties": {
    "stage": {"type": "string"}, "message": {"type": "string"},
    "timestamp": {"type": "string", "format": "date-time"}}}},
  "retries": {"type": "integer"}, "resultScriptId": {"type": "integer"},
  "createdAt": {"type": "string", "format": "date-time"},
  "updatedAt": {"type": "string", "format": "date-time"},
  "clarificationFields": {"type": "array", "items": {"properties": {
    "number": {"type": "integer"}, "path": {"type": "string"},
    "choices": {"type": "array", "items": {"properties": {
      "letter": {"type": "string"}, "value": {}, "source": {"type": "string"}}}}}}}}}})";

std::string named(const store::AdapterOf& of) { return of.provider + "/" + of.topic; }

// ---- Dispatch ----

struct Wish {
  store::AdapterOf of;
  std::vector<store::SampleRow> samples;
  std::vector<store::DocumentRow> documents;
  json::object payload;
};

Result<std::vector<store::DocumentRow>> read_documents(const Call& call, const store::AdapterOf& of,
                                                       TimeMs now) {
  std::vector<store::DocumentRow> rows;
  if (!call.has("docs")) return rows;
  for (const json::value& given : call.params.at("docs").as_array()) {
    store::DocumentRow row{.of = of, .kind = "text"};
    row.created_ms = now;
    const json::object* object = given.if_object();
    const json::value* content = object != nullptr ? object->if_contains("content") : &given;
    const json::value* title = object != nullptr ? object->if_contains("title") : nullptr;
    const std::string member = "docs[" + std::to_string(rows.size()) + "]";
    if (content == nullptr || !content->is_string() || content->get_string().empty()) {
      return fail(ErrorCode::kInvalidRequest,
                  "`" + member + "` must be a text, or an object with a `content`.",
                  {{"member", member}});
    }
    row.content = content->get_string();
    if (title != nullptr && title->is_string()) row.title = title->get_string();
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<Wish> read_wish(const Call& call, TimeMs now) {
  Wish wish;
  VOUCH_TRY(wish.of, flat::of_call(call));
  wish.payload["provider"] = wish.of.provider;
  wish.payload["topic"] = wish.of.topic;
  if (call.has("samples")) {
    for (const json::value& given : call.params.at("samples").as_array()) {
      const std::string member = "samples[" + std::to_string(wish.samples.size()) + "]";
      VOUCH_TRY(store::SampleRow row, read_sample(wish.of, given, member, now));
      row.origin = "generate";
      if (!row.name.empty() &&
          std::ranges::count(wish.samples, row.name, &store::SampleRow::name)) {
        return fail(ErrorCode::kInvalidRequest,
                    "`" + member + ".name`: another sample of this request is called \"" +
                        row.name + "\", too.",
                    {{"member", member + ".name"}});
      }
      wish.samples.push_back(std::move(row));
    }
  }
  VOUCH_TRY(wish.documents, read_documents(call, wish.of, now));
  const std::string instructions = call.text("instructions");
  if (instructions.size() > kInstructionsBytesMax) {
    return fail(ErrorCode::kInvalidRequest,
                "`instructions` must have at most " + std::to_string(kInstructionsBytesMax / 1024) +
                    " KiB.",
                {{"member", "instructions"}});
  }
  if (!instructions.empty()) wish.payload["instructions"] = instructions;
  if (call.has("targetSchema")) {
    VOUCH_TRY(wish.payload["targetSchema"],
              read_target_schema(call.params.at("targetSchema"), "targetSchema"));
  }
  return wish;
}

Answer dispatched_answer(const Wish& wish, std::int64_t id) {
  Answer answer =
      flat::answer("A script for " + named(wish.of) + " is being generated.", {{"jobId", id}});
  answer.location = std::string(kJobs) + "/" + std::to_string(id);
  return answer;
}

Result<engine::NewJob> begin(store::Tx& tx, const Vault& vault, const Wish& wish,
                             const std::string& job_id, const Keeper& keeper, TimeMs now) {
  if (!wish.payload.contains("targetSchema")) {
    VOUCH_TRY_VOID(find_topic(tx, wish.of.workspace_id, wish.of.topic));
  }
  engine::NewJob job;
  job.kind = adapters::generate::kAdapterKind;
  job.key = "adapter:" + wish.of.workspace_id + ":" + named(wish.of);
  job.workspace_id = wish.of.workspace_id;
  job.payload = wish.payload;
  if (auto live = tx.find_live_job(job.key)) {
    auto row = tx.find_adapter_job_of(live->id);
    const std::int64_t id = row ? row->id : 0;
    return fail(ErrorCode::kConflict,
                "Job " + std::to_string(id) + " is generating a script for " + named(wish.of) +
                    " already. Wait for it, answer it, or cancel it.",
                {{"jobId", id}});
  }
  VOUCH_TRY(const SharedSecrets secrets, read_secrets(tx, vault, wish.of));
  if (json::value* text = job.payload.if_contains("instructions"))
    *text = redacted(secrets, std::string(text->as_string()));
  for (const store::SampleRow& row : wish.samples) {
    VOUCH_TRY_VOID(adapters::generate::keep_sample(tx, without_secrets(row, secrets)));
  }
  for (store::DocumentRow row : wish.documents) {
    row.content = redacted(secrets, row.content);
    VOUCH_TRY_VOID(keep_document(tx, row));
  }
  const store::AdapterJobRow made =
      tx.insert_adapter_job({.of = wish.of, .job_id = job_id, .created_ms = now});
  VOUCH_TRY_VOID(keeper.keep(tx, dispatched_answer(wish, made.id)));
  return job;
}

awaitable<Result<Answer>> generate_adapter(Services& services, const Call& call) {
  const TimeMs now = services.clock.now_ms();
  VOUCH_CO_TRY(Wish read, read_wish(call, now));
  auto wish = std::make_shared<const Wish>(std::move(read));
  engine::DispatchPlan plan = [wish, &vault = services.vault, keeper = Keeper(services, call), now](
                                  store::Tx& tx, const std::string& job_id) {
    return begin(tx, vault, *wish, job_id, keeper, now);
  };
  VOUCH_CO_TRY(engine::Dispatched dispatched,
               co_await services.engine.dispatch(std::string(adapters::generate::kAdapterKind),
                                                 std::move(plan)));
  auto find = [job_id = dispatched.job.id](const store::Tx& tx) -> Result<std::int64_t> {
    auto row = tx.find_adapter_job_of(job_id);
    VOUCH_CHECK(row.has_value());
    return row->id;
  };
  VOUCH_CO_TRY(std::int64_t id, co_await services.store.read(std::move(find)));
  co_return dispatched_answer(*wish, id);
}

// ---- Reading ----

Result<store::AdapterJobRow> find_row(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(std::int64_t id, flat::number_of(call, "jobId", kNoJob));
  auto row = tx.find_adapter_job(call.principal.workspace_id, id);
  if (!row) return fail(ErrorCode::kNotFound, std::string(kNoJob));
  return *std::move(row);
}

Result<AdapterJob> read_job(const store::Tx& tx, store::AdapterJobRow row, bool with_log) {
  auto job = tx.find_job(row.job_id);
  if (!job) return fail(ErrorCode::kNotFound, std::string(kNoJob));
  AdapterJob read{std::move(row), *std::move(job), {}, {}, 0};
  read.sections = tx.list_sections(read.job.id);
  if (with_log) read.log = tx.list_log_lines(read.job.id);
  read.script_id = tx.script_id_of_job(read.job.id).value_or(0);
  return read;
}

awaitable<Result<AdapterJob>> load(Services& services, const Call& call, bool with_log) {
  auto read = [call, with_log](const store::Tx& tx) -> Result<AdapterJob> {
    VOUCH_TRY(store::AdapterJobRow row, find_row(tx, call));
    return read_job(tx, std::move(row), with_log);
  };
  co_return co_await services.store.read(std::move(read));
}

awaitable<Result<Answer>> job_answer(Services& services, const Call& call) {
  VOUCH_CO_TRY(AdapterJob job, co_await load(services, call, true));
  Answer answer = flat::answer("The job is " + std::string(job_status(job.job.state)) + ".",
                               {{"job", to_json(job)}});
  if (store::is_live(job.job.state)) answer.retry_after = kRetryAfter;
  co_return answer;
}

// Until it has ended, or asks: a caller has to know of either.
awaitable<Result<void>> wait_for_change(Services& services, const Call& call) {
  VOUCH_CO_TRY(AdapterJob job, co_await load(services, call, false));
  const auto until = std::chrono::steady_clock::now() + *call.wait;
  auto seq = [](const store::Tx& tx) -> Result<std::int64_t> { return tx.last_event_seq(); };
  VOUCH_CO_TRY(std::int64_t after, co_await services.store.read(std::move(seq)));
  while (true) {
    VOUCH_CO_TRY(job, co_await load(services, call, false));
    const bool moves =
        job.job.state == store::JobState::kQueued || job.job.state == store::JobState::kRunning;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (!moves || left.count() <= 0) co_return Result<void>();
    VOUCH_CO_TRY(auto events, co_await services.engine.wait(job.job.id, after, left));
    if (!events.empty()) after = events.back().seq;
  }
}

awaitable<Result<Answer>> get_adapter_job(Services& services, const Call& call) {
  if (call.wait) VOUCH_CO_TRY_VOID(co_await wait_for_change(services, call));
  co_return co_await job_answer(services, call);
}

awaitable<Result<Answer>> list_adapter_jobs(Services& services, const Call& call) {
  store::AdapterJobFilter filter{.provider = call.text("provider"), .topic = "", .states = {}};
  if (call.has("topic")) {
    VOUCH_CO_TRY(filter.topic, flat::topic_name(call.text("topic")));
  }
  if (call.has("status")) filter.states = states_of(call.text("status"));
  auto list = [filter, workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(auto rows, tx.list_adapter_jobs(workspace, filter, page));
    return flat::list_answer("jobs", rows, [&](const store::AdapterJobRow& row) {
      auto job = read_job(tx, row, false);
      VOUCH_CHECK(job.has_value());  // it goes with its job
      return summary_json(*job);
    });
  };
  co_return co_await services.store.read(std::move(list));
}

awaitable<Result<Answer>> stream_adapter_job(Services& services, const Call& call) {
  VOUCH_CO_TRY(AdapterJob job, co_await load(services, call, false));
  co_return co_await stream_job(services, "", job.job.id, call.last_event_id, event_json);
}

// ---- Answering and cancelling ----

// Of the samples that answers are about, those that are not any more what was asked about.
std::set<std::string> changed_samples(const json::array& questions,
                                      const std::vector<adapters::draft::Pin>& pins,
                                      const std::vector<adapters::draft::Sample>& samples) {
  std::set<std::string> changed;
  for (const json::value& question : questions) {
    const json::value* mark = question.as_object().if_contains("sampleMark");
    const std::string sample(question.at("sample").as_string());
    const bool is_meant = std::ranges::count(pins, sample, &adapters::draft::Pin::sample) > 0;
    if (mark == nullptr || sample.empty() || !is_meant) continue;
    if (mark->as_string() != adapters::generate::mark_of(samples, sample)) changed.insert(sample);
  }
  return changed;
}

std::string taken_text(const store::AdapterOf& of, const std::set<std::string>& changed) {
  if (changed.empty()) {
    return "The answer is taken; the job goes on. What was answered stands in the pins of " +
           named(of) + ", and can be taken back there.";
  }
  std::string names;
  for (const std::string& name : changed) names += (names.empty() ? "" : ", ") + name;
  return "Changed since it was asked about: " + names +
         ". What was answered about it is not kept; the job goes on with what it is now, and asks "
         "again where that leaves a choice.";
}

awaitable<Result<Answer>> respond_to_adapter_job(Services& services, const Call& call) {
  const std::string response = flat::json_text(call.params.at("response"));
  const bool is_empty = response.find_first_not_of(" \t\r\n") == response.npos;
  if (is_empty || response.size() > kResponseBytesMax) {
    co_return fail(ErrorCode::kInvalidRequest,
                   is_empty ? "`response` is empty: answer what `clarification` asks."
                            : "`response` must have at most " +
                                  std::to_string(kResponseBytesMax / 1024) + " KiB.",
                   {{"member", "response"}});
  }
  VOUCH_CO_TRY(AdapterJob job, co_await load(services, call, false));
  auto known = [of = job.row.of,
                payload = job.job.payload](const store::Tx& tx) -> Result<std::set<std::string>> {
    auto material = adapters::generate::read_job_material(tx, of, payload);
    return material ? adapters::draft::output_paths(*material) : std::set<std::string>();
  };
  VOUCH_CO_TRY(const std::set<std::string> paths, co_await services.store.read(std::move(known)));
  auto taken = std::make_shared<std::string>();
  engine::AnswerPlan plan = [of = job.row.of, given = response, paths, taken,
                             &vault = services.vault, keeper = Keeper(services, call),
                             now = services.clock.now_ms()](
                                store::Tx& tx, const store::JobRow& row) -> Result<json::object> {
    VOUCH_TRY(const SharedSecrets secrets, read_secrets(tx, vault, of));
    const std::string response = redacted(secrets, given);
    VOUCH_TRY(auto questions, adapters::draft::read_questions(row.payload.at("questions")));
    const auto refuse = [](Error error) {
      error.code = ErrorCode::kInvalidRequest;
      error.details["member"] = "response";
      return std::unexpected(std::move(error));
    };
    auto pins = adapters::draft::read_answer(response, questions, paths);
    if (!pins) return refuse(std::move(pins).error());
    VOUCH_TRY(const adapters::draft::Material material,
              adapters::generate::read_job_material(tx, of, row.payload));
    const std::set<std::string> changed =
        changed_samples(row.payload.at("questions").as_array(), *pins, material.samples);
    std::erase_if(*pins, [&](const auto& pin) { return changed.contains(pin.sample); });
    auto kept = adapters::generate::keep_pins(tx, of, *pins, now);
    if (!kept) return refuse(std::move(kept).error());
    const json::value* before = row.payload.if_contains("answers");
    const std::size_t round = before == nullptr ? 1 : before->as_object().size() + 1;
    *taken = taken_text(of, changed);
    VOUCH_TRY_VOID(keeper.keep(tx, flat::answer(*taken)));
    return json::object{{std::to_string(round), json::object{{"response", response}}}};
  };
  auto answered = co_await services.engine.answer(job.job.id, std::move(plan));
  if (!answered && answered.error().code == ErrorCode::kConflict) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "The job asks nothing now: it is " + std::string(job_status(job.job.state)) +
                       ". It takes an answer while its `status` is needs_clarification.");
  }
  VOUCH_CO_TRY_VOID(std::move(answered));
  co_return flat::answer(*taken);
}

awaitable<Result<Answer>> cancel_adapter_job(Services& services, const Call& call) {
  auto look = [call](const store::Tx& tx) -> Result<std::pair<AdapterJob, std::string>> {
    VOUCH_TRY(store::AdapterJobRow row, find_row(tx, call));
    VOUCH_TRY(AdapterJob job, read_job(tx, std::move(row), false));
    auto key = tx.find_key(call.principal.workspace_id, call.principal.key_id);
    return std::pair(std::move(job), key ? key->name : std::string());
  };
  VOUCH_CO_TRY(auto found, co_await services.store.read(std::move(look)));
  const auto& [job, key_name] = found;
  auto cancelled =
      co_await services.engine.cancel(job.job.id, "It was cancelled with the key \"" + key_name +
                                                      "\" (" + call.principal.key_id + ").");
  if (!cancelled && cancelled.error().code == ErrorCode::kConflict) {
    co_return fail(ErrorCode::kConflict, "The job has ended already: it is " +
                                             std::string(job_status(job.job.state)) +
                                             ". There is nothing to cancel.");
  }
  VOUCH_CO_TRY_VOID(std::move(cancelled));
  VOUCH_CO_TRY_VOID(co_await keep_answer(services, call, flat::answer("The job is cancelled.")));
  co_return flat::answer("The job is cancelled.");
}

}  // namespace

std::vector<Operation> adapter_job_operations() {
  std::vector<Operation> rows;
  rows.push_back(
      flat::operation("generate_adapter", Method::kPost, kGenerate,
                      "Generate an adapter script for a provider and topic, tested on their "
                      "samples. Answers at once; follow with get_adapter_job.",
                      generate_adapter));
  rows.back().scope = Scope::kGenerate;
  rows.back().effect = Effect::kDispatch;
  rows.back().parameters = parameters(kGenerate, generate_body(), {"provider", "topic"});
  rows.back().result = flat::result(R"({"jobId": {"type": "integer"}})");
  rows.back().command = "adapters generate <provider> <topic>";

  rows.push_back(flat::operation("list_adapter_jobs", Method::kGet, kJobs,
                                 "The generations of adapters, the newest first.",
                                 list_adapter_jobs));
  rows.back().parameters = flat::list_parameters(kJobs, kFilter);
  rows.back().result = flat::list_result("jobs", kSummaryShape);
  rows.back().command = "adapters jobs";

  rows.push_back(
      flat::operation("get_adapter_job", Method::kGet, kJob,
                      "How far a generation is: its script as it stands, its tests, what it asks. "
                      "Waiting ends also where it asks.",
                      get_adapter_job));
  rows.back().waits = true;
  rows.back().result = flat::result(kJobShape);
  rows.back().command = "adapters status <job>";

  const std::string events = std::string(kJob) + "/events";
  rows.push_back(flat::operation("stream_adapter_job", Method::kGet, events,
                                 "Every change of a generation, as server-sent events.",
                                 stream_adapter_job));
  rows.back().result = schema(R"({"type": "object"})");
  rows.back().streaming = true;
  rows.back().surfaces = kRest;

  const std::string respond = std::string(kJob) + "/respond";
  rows.push_back(
      flat::operation("respond_to_adapter_job", Method::kPost, respond,
                      "Answer what a generation asks while it waits: `clarification` in its job.",
                      respond_to_adapter_job));
  rows.back().scope = Scope::kGenerate;
  rows.back().parameters = parameters(respond, kRespondBody, {"response"});
  rows.back().command = "adapters respond <job> --response <answer>";

  const std::string cancel = std::string(kJob) + "/cancel";
  rows.push_back(flat::operation("cancel_adapter_job", Method::kPost, cancel,
                                 "Cancel a generation in flight.", cancel_adapter_job));
  rows.back().scope = Scope::kGenerate;
  rows.back().command = "adapters cancel <job>";
  return rows;
}

}  // namespace vouch::ops
