#include "adapters/draft/trial.h"

#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/draft/json_members.h"
#include "base/random.h"
#include "base/utf8.h"

namespace vouch::adapters::draft {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kItemsVaried = 3;  // of one list, from its start
constexpr std::size_t kFragilitiesMax = 10;
constexpr std::size_t kProblemsTold = 3;

int count_of(const json::value& output) {
  if (output.is_array()) return static_cast<int>(output.get_array().size());
  if (!output.is_object()) return output.is_null() ? 0 : 1;
  const json::array* only = nullptr;
  for (const auto& member : output.get_object()) {
    if (!member.value().is_array()) continue;
    if (only) return 1;
    only = &member.value().get_array();
  }
  return only ? static_cast<int>(only->size()) : 1;
}

std::string diff_text(const Diff& diff) {
  const auto text = [](const Maybe& value) { return shown(value ? &*value : nullptr); };
  return (diff.path.empty() ? "the output" : diff.path) + ": expected " + text(diff.expected) +
         ", got " + text(diff.got) +
         (diff.expected && is_inexact(*diff.expected)
              ? " (JavaScript keeps no integer of so many digits: as a text it would be kept)"
              : "");
}

// ---- Inputs with a part taken away or made null ----

struct Variant {
  const Sample* sample = nullptr;
  std::string path;
  bool is_null = false;
};

void places_in(const json::value& value, const std::string& path, std::set<std::string>& known,
               std::vector<std::string>& places) {
  const auto add = [&](const json::value& inner, const std::string& at) {
    if (known.insert(general_path(at)).second) places.push_back(at);
    places_in(inner, at, known, places);
  };
  if (value.is_object()) {
    for (const auto& member : value.get_object())
      add(member.value(), (path.empty() ? "" : path + ".") + std::string(member.key()));
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < std::min(kItemsVaried, value.get_array().size()); ++i)
      add(value.get_array()[i], path + "[" + std::to_string(i) + "]");
  }
}

// The payload of a variant; empty: nothing stands there.
Maybe input_of(const Variant& variant) {
  json::value input = variant.sample->input;
  const bool is_there =
      set_at(input, variant.path, variant.is_null ? Maybe(nullptr) : std::nullopt);
  return is_there ? Maybe(std::move(input)) : std::nullopt;
}

std::vector<Variant> variants_of(const std::vector<Sample>& samples) {
  std::vector<Variant> variants;
  std::set<std::string> known;
  for (const Sample& sample : samples) {
    std::vector<std::string> places;
    places_in(sample.input, "", known, places);
    for (const std::string& place : places) {
      for (const bool is_null : {false, true}) {
        if (variants.size() == kVariantsMax) return variants;
        Variant variant{&sample, place, is_null};
        if (input_of(variant)) variants.push_back(std::move(variant));
      }
    }
  }
  return variants;
}

// What the language throws where a script did not look; everything else a script threw on purpose.
bool is_oversight(const Error& error) {
  const json::value* reason = error.details.if_contains("reason");
  if (!reason || !reason->is_string() || reason->get_string() != "threw") return true;
  const std::string_view message = error.message;
  return std::ranges::any_of(std::initializer_list<std::string_view>{"TypeError", "ReferenceError",
                                                                     "RangeError", "SyntaxError"},
                             [&](std::string_view name) { return message.contains(name); });
}

bool is_unavailable(const script::Outcome& outcome) {
  return !outcome.output && outcome.output.error().code == ErrorCode::kUnavailable;
}

std::vector<std::string> inputs_of(const std::vector<Sample>& samples, const Caller& caller) {
  std::vector<std::string> inputs;
  inputs.reserve(samples.size());
  for (const Sample& sample : samples) inputs.push_back(script_input(caller, sample.input));
  return inputs;
}

// What a run gave, without its outputs: hundreds of large ones are not there at once.
struct Ran {
  std::vector<SampleResult> results;
  std::vector<std::string> hashes;  // of each output; empty: there was none
};

// kUnavailable: no process could be started, so nothing is known of the script.
asio::awaitable<Result<Ran>> run_samples(script::Pool& pool, script::ScriptPtr script,
                                         const std::vector<Sample>& samples, TrialOptions options,
                                         const Schema* schema) {
  Ran ran;
  auto hops = pool.begin(std::move(script), inputs_of(samples, options.caller), options.run);
  while (!hops.ended()) {
    for (const script::Outcome& outcome : co_await hops.next()) {
      if (is_unavailable(outcome)) co_return std::unexpected(outcome.output.error());
      ran.results.push_back(judge(samples[ran.results.size()], outcome, schema));
      ran.hashes.push_back(outcome.output ? sha256_hex(*outcome.output) : "");
    }
  }
  co_return ran;
}

asio::awaitable<Result<void>> vary(script::Pool& pool, script::ScriptPtr script,
                                   const std::vector<Sample>& samples, TrialOptions options,
                                   Trial& trial) {
  const std::vector<Variant> variants = variants_of(samples);
  trial.variants = static_cast<int>(variants.size());
  for (std::size_t first = 0; first < variants.size();) {
    std::vector<std::string> inputs;  // a hop's: hundreds of large samples are not there at once
    for (std::size_t bytes = 0, i = first; i < variants.size() && bytes < script::kHopBytesMax;
         ++i) {
      inputs.push_back(script_input(options.caller, *input_of(variants[i])));
      bytes += inputs.back().size();
    }
    auto hops = pool.begin(script, std::move(inputs), options.run);
    while (!hops.ended()) {
      for (const script::Outcome& outcome : co_await hops.next()) {
        if (is_unavailable(outcome)) co_return std::unexpected(outcome.output.error());
        const Variant& variant = variants[first++];
        if (outcome.output || !is_oversight(outcome.output.error())) continue;
        if (trial.fragilities.size() < kFragilitiesMax)
          trial.fragilities.push_back(
              {variant.sample->id, variant.path, variant.is_null, outcome.output.error().message});
      }
    }
  }
  co_return Result<void>{};
}

}  // namespace

std::string script_input(const Caller& caller, const json::value& payload) {
  return json::serialize(json::object{{"providerSlug", caller.provider},
                                      {"baseUrl", caller.base_url},
                                      {"apiKey", caller.api_key},
                                      {"apiSecret", caller.api_secret},
                                      {"webhookUrl", caller.webhook_url},
                                      {"config", caller.config},
                                      {"payload", payload}});
}

SampleResult judge(const Sample& sample, const script::Outcome& outcome, const Schema* schema) {
  SampleResult result{.sample = sample.id, .logs = outcome.logs};
  for (const std::string& path : inexact_places(sample.input))
    result.logs.push_back("Warning: the script gets " + (path.empty() ? "the payload" : path) +
                          " rounded: " + shown(value_at(sample.input, path)) +
                          " has more digits than JavaScript keeps.");
  if (!outcome.output) {
    result.error = outcome.output.error().message;
    return result;
  }
  result.output_preview = shortened(*outcome.output, kPreviewBytesMax);
  const auto output = script::parse_output(*outcome.output);
  if (!output) {
    result.error = output.error().message;
    return result;
  }
  result.output_count = count_of(*output);
  if (sample.output) result.diffs = diffs_of(sample.output, *output);
  for (const Stated& stated : sample.stated) {
    const json::value* got = value_at(*output, stated.path);
    if (!same(stated.value ? &*stated.value : nullptr, got))
      result.diffs.push_back({stated.path, stated.value, got ? Maybe(*got) : std::nullopt});
  }
  if (!result.diffs.empty()) {
    result.error = diff_text(result.diffs.front());
    if (result.diffs.size() > 1)
      result.error += " (and " + std::to_string(result.diffs.size() - 1) + " more)";
    if (result.diffs.size() > kDiffsMax) result.diffs.resize(kDiffsMax);
  } else if (schema) {
    std::size_t told = 0;
    for (const std::string& problem : schema->problems(*output))
      if (told++ < kProblemsTold)
        result.error +=
            (result.error.empty() ? "Not what the topic's schema says: " : "; ") + problem;
  }
  result.passed = result.error.empty();
  return result;
}

bool Trial::passed() const { return problem().empty(); }

std::string Trial::problem() const {
  for (const SampleResult& result : results)
    if (!result.passed) return "Sample " + result.sample + ": " + result.error;
  if (!is_repeatable) return "Two runs did not give the same output.";
  if (!fragilities.empty()) {
    const Fragility& first = fragilities.front();
    return "Sample " + first.sample + (first.was_null ? " with null for " : " without ") +
           first.path + ": " + first.error;
  }
  return "";
}

asio::awaitable<Result<Trial>> try_out(script::Pool& pool, std::string source,
                                       std::vector<Sample> samples, json::object schema,
                                       TrialOptions options) {
  VOUCH_CO_TRY(const script::ScriptPtr script, script::Script::make(std::move(source)));
  std::optional<Schema> checked;
  if (!schema.empty()) {
    VOUCH_CO_TRY(Schema read, Schema::read(schema));
    checked = std::move(read);
  }
  Trial trial;
  const Schema* const by = checked ? &*checked : nullptr;
  VOUCH_CO_TRY(Ran first, co_await run_samples(pool, script, samples, options, by));
  trial.results = std::move(first.results);
  if (!trial.passed()) co_return trial;
  VOUCH_CO_TRY(const Ran second, co_await run_samples(pool, script, samples, options, nullptr));
  trial.is_repeatable = first.hashes == second.hashes;
  VOUCH_CO_TRY_VOID(co_await vary(pool, script, samples, options, trial));
  co_return trial;
}

asio::awaitable<Result<Trial>> try_out(script::Pool& pool, Draft draft, Material material,
                                       TrialOptions options) {
  if (options.caller.provider.empty()) options.caller.provider = material.provider;
  std::vector<Sample> samples = samples_of(material);
  VOUCH_CO_TRY(Trial trial,
               co_await try_out(pool, draft.source, samples, material.topic.schema, options));
  if (!draft.held_back_source.empty()) {
    std::erase_if(samples, [&](const Sample& sample) {
      return std::ranges::count(draft.held_back, sample.id) == 0;
    });
    VOUCH_CO_TRY(const script::ScriptPtr script, script::Script::make(draft.held_back_source));
    VOUCH_CO_TRY(Ran ran, co_await run_samples(pool, script, samples, options, nullptr));
    trial.held_back = std::move(ran.results);
  }
  co_return trial;
}

json::object to_json(const SampleResult& result) {
  json::array diffs;
  for (const Diff& diff : result.diffs) {
    json::object one{{"path", diff.path}};
    put(one, "expected", diff.expected);
    put(one, "got", diff.got);
    diffs.push_back(std::move(one));
  }
  return {{"sample", result.sample},
          {"passed", result.passed},
          {"error", result.error},
          {"outputPreview", result.output_preview},
          {"outputCount", result.output_count},
          {"diffs", std::move(diffs)},
          {"logs", json::array(result.logs.begin(), result.logs.end())}};
}

json::object to_json(const Trial& trial) {
  const auto all = [](const std::vector<SampleResult>& results) {
    json::array array;
    for (const SampleResult& result : results) array.push_back(to_json(result));
    return array;
  };
  json::array fragilities;
  for (const Fragility& one : trial.fragilities)
    fragilities.push_back({{"sample", one.sample},
                           {"path", one.path},
                           {"wasNull", one.was_null},
                           {"error", one.error}});
  return {{"passed", trial.passed()},           {"problem", trial.problem()},
          {"results", all(trial.results)},      {"heldBack", all(trial.held_back)},
          {"variants", trial.variants},         {"fragilities", std::move(fragilities)},
          {"isRepeatable", trial.is_repeatable}};
}

}  // namespace vouch::adapters::draft
