#include "ops/adapters/script_trials.h"

#include <boost/json/array.hpp>
#include <utility>

#include "adapters/draft/schema.h"
#include "adapters/draft/trial.h"
#include "adapters/generate/kept.h"
#include "ops/adapters/provider_http.h"
#include "ops/adapters/script_view.h"
#include "ops/adapters/topics.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using adapters::draft::Sample;
using boost::asio::awaitable;
using store::ScriptRow;

constexpr std::size_t kFailuresTold = 5;                            // of a script that is not kept
constexpr std::size_t kTestOutputBytesMax = std::size_t{16} << 20;  // of all outputs of a test

struct TestInputs {
  ScriptRow script;
  std::vector<Sample> samples;
  json::object schema;    // of what it must give; empty: anything
  json::array exchanges;  // what context.http answers
  std::shared_ptr<const ProviderAccess> access;
};

Result<std::vector<Sample>> given_samples(const Call& call) {
  std::vector<Sample> samples;
  if (call.has("inputs")) {
    for (const json::value& input : call.params.at("inputs").as_array()) {
      samples.push_back({"inputs[" + std::to_string(samples.size()) + "]", input, {}});
    }
  }
  if (call.has("samples")) {
    const std::size_t first = samples.size();
    for (const json::value& given : call.params.at("samples").as_array()) {
      Sample sample;
      sample.id = "samples[" + std::to_string(samples.size() - first) + "]";
      if (const json::value* name = given.as_object().if_contains("name"))
        sample.id = name->as_string();
      sample.input = given.at("input");
      const json::value* expected = given.as_object().if_contains("expectedOutput");
      if (expected != nullptr) sample.output = *expected;
      samples.push_back(std::move(sample));
    }
  }
  for (const Sample& sample : samples) {
    if (!sample.input.is_null()) continue;
    return fail(ErrorCode::kInvalidRequest,
                "The input of `" + sample.id + "` " + std::string(adapters::generate::kNullInput));
  }
  return samples;
}

// Those of the call; else those that the script was kept with.
json::array exchanges_of(const Call& call, const ScriptRow& script) {
  if (call.has("exchanges")) return call.params.at("exchanges").as_array();
  const json::value* kept = script.report.if_contains("exchanges");
  return kept != nullptr ? kept->as_array() : json::array();
}

Result<std::shared_ptr<const ProviderAccess>> shared_access(const store::Tx& tx, const Vault& vault,
                                                            const store::AdapterOf& of,
                                                            const std::string& nonce) {
  VOUCH_TRY(ProviderAccess access, read_access(tx, vault, of, nonce));
  return std::make_shared<const ProviderAccess>(std::move(access));
}

Result<TestInputs> read_test(const store::Tx& tx, const Call& call, const Vault& vault,
                             const std::string& nonce) {
  TestInputs inputs;
  VOUCH_TRY(inputs.script, find_script_of(tx, call));
  const store::AdapterOf& of = inputs.script.of;
  inputs.schema = adapters::generate::find_schema(tx, inputs.script);
  inputs.exchanges = exchanges_of(call, inputs.script);
  VOUCH_TRY(inputs.samples, given_samples(call));
  if (inputs.samples.empty() && !call.has("inputs") && !call.has("samples")) {
    inputs.samples = adapters::draft::samples_of(adapters::generate::read_material(tx, of, {}));
  }
  if (inputs.samples.size() > kTestInputsMax) inputs.samples.resize(kTestInputsMax);
  VOUCH_TRY(inputs.access, shared_access(tx, vault, of, nonce));
  return inputs;
}

Result<script::RunOptions> recorded_run(const Services& services, const Call& call,
                                        const json::array& exchanges,
                                        std::shared_ptr<const ProviderAccess> access) {
  script::RunOptions run;
  run.owner = call.principal.workspace_id;
  run.now_ms = services.clock.now_ms();
  run.marker = access->marker;
  VOUCH_TRY(run.http, recorded_http(exchanges, std::move(access)));
  return run;
}

json::object diff_json(const adapters::Diff& diff) {
  json::object body{{"path", diff.path}};
  if (diff.expected) body["expected"] = *diff.expected;
  if (diff.got) body["got"] = *diff.got;
  return body;
}

// `bytes_left`: of the outputs that are still told.
json::object result_json(const adapters::draft::SampleResult& result,
                         const script::Outcome& outcome, std::size_t& bytes_left) {
  json::array diffs;
  for (const adapters::Diff& diff : result.diffs) diffs.push_back(diff_json(diff));
  json::value output("");
  const std::size_t bytes = outcome.output ? outcome.output->size() : 0;
  const bool is_left_out = bytes > bytes_left;
  bytes_left -= is_left_out ? bytes_left : bytes;
  if (outcome.output && !is_left_out) {
    output = script::parse_output(*outcome.output).value_or(output);
  }
  return {{"sample", result.sample},
          {"output", std::move(output)},
          {"outputLeftOut", is_left_out},
          {"passed", result.passed},
          {"error", result.error},
          {"diffs", std::move(diffs)},
          {"logs", json::array(result.logs.begin(), result.logs.end())}};
}

// ---- A script of a person's own ----

struct OwnScript {
  store::AdapterOf of;
  std::string source;
  json::object schema;  // of what it must give
  std::vector<Sample> samples;
  json::object report;
  std::shared_ptr<const ProviderAccess> access;
};

Result<OwnScript> read_own(const store::Tx& tx, const Call& call, const Vault& vault,
                           const store::AdapterOf& of, const std::string& nonce) {
  OwnScript own{.of = of, .source = call.text("source")};
  if (call.has("targetSchema")) {
    VOUCH_TRY(own.schema, read_target_schema(call.params.at("targetSchema"), "targetSchema"));
    own.report["targetSchema"] = own.schema;
  } else {
    VOUCH_TRY(adapters::draft::Topic topic, find_topic(tx, of.workspace_id, of.topic));
    own.schema = std::move(topic.schema);
  }
  own.samples = adapters::draft::samples_of(adapters::generate::read_material(tx, of, {}));
  if (own.samples.empty()) {
    return fail(ErrorCode::kConflict, "There is no sample to prove it on: register one of what " +
                                          of.provider + " sends, best with its expectedOutput.");
  }
  own.report["exchanges"] =
      call.has("exchanges") ? call.params.at("exchanges").as_array() : json::array();
  VOUCH_TRY(own.access, shared_access(tx, vault, of, nonce));
  return own;
}

std::unexpected<Error> not_kept(const adapters::draft::Trial& trial) {
  json::array failed;
  for (const adapters::draft::SampleResult& result : trial.results) {
    if (result.passed || failed.size() == kFailuresTold) continue;
    failed.push_back(adapters::draft::to_json(result));
  }
  return fail(ErrorCode::kInvalidRequest, "It is not kept. " + trial.problem(),
              {{"member", "source"}, {"failed", std::move(failed)}});
}

ScriptRow row_of(const OwnScript& own, const Call& call, TimeMs now) {
  ScriptRow row{.of = own.of, .source = own.source, .report = own.report};
  row.created_ms = row.updated_ms = now;
  row.history.push_back(json::object{{"event", "created"},
                                     {"atMs", now},
                                     {"keyId", call.principal.key_id},
                                     {"reason", call.text("reason")}});
  return row;
}

}  // namespace

awaitable<Result<Answer>> test_script(Services& services, const Call& call) {
  auto read = [call, &vault = services.vault, nonce = make_nonce(services.random)](
                  const store::Tx& tx) { return read_test(tx, call, vault, nonce); };
  VOUCH_CO_TRY(TestInputs inputs, co_await services.store.read(std::move(read)));
  if (inputs.samples.empty()) {
    co_return fail(ErrorCode::kConflict,
                   "There is nothing to test it on: send `inputs` or `samples`, or register some.");
  }
  VOUCH_CO_TRY(script::ScriptPtr script, script::Script::make(inputs.script.source));
  const adapters::draft::Caller caller = inputs.access->caller();
  std::vector<std::string> texts;
  texts.reserve(inputs.samples.size());
  for (const Sample& sample : inputs.samples) {
    texts.push_back(adapters::draft::script_input(caller, sample.input));
  }
  VOUCH_CO_TRY(script::RunOptions run,
               recorded_run(services, call, inputs.exchanges, inputs.access));
  const auto schema = adapters::draft::Schema::read(inputs.schema);
  json::array results;
  std::int64_t passed = 0;
  std::size_t bytes_left = kTestOutputBytesMax;
  script::Pool::Run hops =
      services.scripts.pool.begin(std::move(script), std::move(texts), std::move(run));
  while (!hops.ended()) {
    for (const script::Outcome& outcome : co_await hops.next()) {
      if (!outcome.output && outcome.output.error().code == ErrorCode::kUnavailable) {
        co_return std::unexpected(outcome.output.error());
      }
      const adapters::draft::SampleResult result = adapters::draft::judge(
          inputs.samples[results.size()], outcome, schema ? &*schema : nullptr);
      results.push_back(result_json(result, outcome, bytes_left));
      passed += result.passed ? 1 : 0;
    }
  }
  const auto total = static_cast<std::int64_t>(results.size());
  co_return flat::answer(std::to_string(passed) + " of " + std::to_string(total) + " passed.",
                         {{"results", std::move(results)}, {"passed", passed}, {"total", total}});
}

awaitable<Result<Answer>> add_script(Services& services, const Call& call) {
  VOUCH_CO_TRY(const store::AdapterOf of, flat::of_call(call));
  auto read = [call, of, &vault = services.vault, nonce = make_nonce(services.random)](
                  const store::Tx& tx) { return read_own(tx, call, vault, of, nonce); };
  VOUCH_CO_TRY(OwnScript own, co_await services.store.read(std::move(read)));
  adapters::draft::TrialOptions options{.caller = own.access->caller()};
  VOUCH_CO_TRY(options.run,
               recorded_run(services, call, own.report.at("exchanges").as_array(), own.access));
  auto trial = co_await adapters::draft::try_out(services.scripts.pool, own.source, own.samples,
                                                 own.schema, std::move(options));
  if (!trial) co_return std::unexpected(trial.error());
  if (!trial->passed()) co_return not_kept(*trial);
  own.report["trial"] = adapters::draft::to_json(*trial);
  own.report["profile"] = adapters::generate::profile_of(own.samples, own.source);
  auto keep = [row = row_of(own, call, services.clock.now_ms())](store::Tx& tx) -> Result<Answer> {
    const ScriptRow kept = adapters::generate::keep_script(tx, row);
    return flat::answer("Version " + std::to_string(kept.version) +
                            " is kept as a candidate. Activate it to use it.",
                        {{"script", script_json(tx, kept)}});
  };
  co_return co_await change(services, call, std::move(keep));
}

}  // namespace vouch::ops
