#include "ops/adapters/transform.h"

#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/draft/schema.h"
#include "adapters/generate/kept.h"
#include "adapters/profile.h"
#include "base/json.h"
#include "ops/adapters/exchanges.h"
#include "ops/adapters/provider_http.h"
#include "ops/adapters/watch.h"
#include "ops/adapters/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

// What every record of a call is run with.
struct Active {
  store::ScriptRow row;
  script::ScriptPtr script;
  std::shared_ptr<const ProviderAccess> access;
  adapters::Profile profile;             // of its samples; empty: it is not known
  std::shared_ptr<const Shadow> shadow;  // null: there is none
  json::object schema;                   // of what it must give; empty: anything
};

// The script that is to run beside the active one, if there is one and it still may.
std::shared_ptr<const Shadow> read_shadow(const store::Tx& tx, const store::AdapterOf& of,
                                          const script::ScriptPtr& active) {
  const auto shadow = tx.find_shadow(of);
  if (!shadow) return nullptr;
  const auto row = tx.find_script(of.workspace_id, shadow->script_id);
  if (!row) return nullptr;
  auto script = script::Script::make(row->source);
  if (!script) return nullptr;
  return std::make_shared<const Shadow>(Shadow{row->id, *script, active});
}

Result<Active> read_active(const store::Tx& tx, const Vault& vault, const store::AdapterOf& of) {
  auto row = tx.find_active_script(of);
  if (!row) {
    return fail(ErrorCode::kNotFound, "No script is active for " + of.provider + "/" + of.topic +
                                          ": generate one, and activate it.");
  }
  VOUCH_TRY(ProviderAccess access, read_access(tx, vault, of));
  VOUCH_TRY(script::ScriptPtr script, script::Script::make(row->source));
  const json::value* kept = row->report.if_contains("profile");
  auto profile = kept != nullptr && kept->is_object() ? adapters::Profile::read(kept->get_object())
                                                      : adapters::Profile();
  auto shadow = read_shadow(tx, of, script);
  json::object schema = adapters::generate::find_schema(tx, *row);
  return Active{*std::move(row),
                std::move(script),
                std::make_shared<const ProviderAccess>(std::move(access)),
                std::move(profile),
                std::move(shadow),
                std::move(schema)};
}

// `barred` as of provider_http; what is exchanged is kept in `log` where there is a shadow.
script::RunOptions run_options(const Services& services, const Active& active,
                               std::vector<bool> barred, const std::shared_ptr<ExchangeLog>& log) {
  script::RunOptions run;
  run.owner = active.row.of.workspace_id;
  run.now_ms = services.clock.now_ms();
  run.http = provider_http(services, active.access, std::move(barred));
  if (active.shadow) run.http = ExchangeLog::keeping(std::move(run.http), log);
  return run;
}

// Behind the answer: what the payload showed, and what a shadow makes of it.
void watch(Services& services, const boost::asio::any_io_executor& executor, const Active& active,
           std::vector<adapters::Surprise> surprises, std::string input,
           const Result<std::string>& output, Exchanges exchanges) {
  if (surprises.empty() && !active.shadow) return;
  Seen seen{.of = active.row.of,
            .script_id = active.row.id,
            .surprises = std::move(surprises),
            .shadow = active.shadow,
            .input = std::move(input),
            .output = std::string(),
            .exchanges = std::move(exchanges)};
  if (active.shadow) seen.output = output;
  services.adapter_watch->take(services, executor, std::move(seen));
}

// Where it stands among the lines, and why it failed.
std::string error_line(const Error& error, std::int64_t line) {
  return json::serialize(json::object{
      {"error",
       json::object{{"code", http_status(error.code)},
                    {"message", error.message},
                    {"details", error.details.empty() ? "" : json::serialize(error.details)},
                    {"field", ""}}},
      {"line", line}});
}

json::array problems_of(const json::value& output, const json::object& text) {
  const auto schema = adapters::draft::Schema::read(text);
  if (!schema) return {};  // it was accepted once: nothing that a caller could mend
  const auto problems = schema->problems(output);
  return json::array(problems.begin(), problems.end());
}

class TransformedLines final : public LineSource {
 public:
  TransformedLines(Services& services, Active active, std::shared_ptr<LineSource> lines)
      : services_(services), active_(std::move(active)), lines_(std::move(lines)) {}

  awaitable<Result<std::optional<std::vector<std::string>>>> next() override {
    std::vector<std::string> out;
    while (out.empty()) {
      if (ended_) co_return std::optional<std::vector<std::string>>();
      auto lines = co_await lines_->next();
      if (!lines) {
        ended_ = true;
        out.push_back(error_line(lines.error(), line_ + 1));
      } else if (!*lines) {
        ended_ = true;
      } else {
        out = co_await transform(**lines);
      }
    }
    co_return std::optional(std::move(out));
  }

 private:
  awaitable<std::vector<std::string>> transform(const std::vector<std::string>& lines) {
    std::vector<std::string> inputs, out;
    std::vector<bool> barred;
    std::vector<std::pair<std::size_t, std::int64_t>> places;  // in `out`, and the line's number
    std::vector<std::vector<adapters::Surprise>> surprises;
    for (const std::string& line : lines) {
      ++line_;
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      const auto payload = parse_json(line);
      if (!payload) {
        out.push_back(error_line({ErrorCode::kInvalidRequest,
                                  "The line is not valid JSON (" + payload.error().message + ").",
                                  {}},
                                 line_));
        continue;
      }
      inputs.push_back(adapters::draft::script_input(active_.access->caller(), *payload));
      barred.push_back(names_a_secret(*active_.access, *payload));
      surprises.push_back(active_.profile.surprises(*payload));
      places.emplace_back(out.size(), line_);
      out.emplace_back();
    }
    if (inputs.empty()) co_return out;
    std::vector<std::string> seen(inputs.size());
    if (active_.shadow) seen = inputs;
    const auto log = std::make_shared<ExchangeLog>();
    const auto outcomes = co_await services_.scripts.pool.run_all(
        active_.script, std::move(inputs), run_options(services_, active_, std::move(barred), log));
    const auto executor = co_await boost::asio::this_coro::executor;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      watch(services_, executor, active_, std::move(surprises[i]), std::move(seen[i]),
            outcomes[i].output, log->take(i));
      const auto& [at, line] = places[i];
      out[at] =
          outcomes[i].output ? *outcomes[i].output : error_line(outcomes[i].output.error(), line);
    }
    co_return out;
  }

  Services& services_;
  const Active active_;
  const std::shared_ptr<LineSource> lines_;
  std::int64_t line_ = 0;
  bool ended_ = false;
};

}  // namespace

awaitable<Result<Answer>> transform(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::AdapterOf of, flat::of_call(call));
  auto read = [of, &vault = services.vault](const store::Tx& tx) {
    return read_active(tx, vault, of);
  };
  VOUCH_CO_TRY(Active active, co_await services.store.read(std::move(read)));
  if (call.lines) {
    Answer answer;
    answer.lines = std::make_unique<TransformedLines>(services, std::move(active), call.lines);
    co_return answer;
  }
  std::string input =
      adapters::draft::script_input(active.access->caller(), call.params.at("payload"));
  std::string seen = active.shadow ? input : "";
  const auto log = std::make_shared<ExchangeLog>();
  std::vector<bool> barred{names_a_secret(*active.access, call.params.at("payload"))};
  const script::Outcome outcome = co_await services.scripts.pool.run(
      active.script, std::move(input), run_options(services, active, std::move(barred), log));
  auto surprises = active.profile.surprises(call.params.at("payload"));
  json::array drift;
  for (const adapters::Surprise& surprise : surprises) drift.emplace_back(sentence_of(surprise));
  watch(services, co_await boost::asio::this_coro::executor, active, std::move(surprises),
        std::move(seen), outcome.output, log->take(0));
  if (!outcome.output) {
    Error error = outcome.output.error();
    if (!outcome.logs.empty()) {
      error.details["logs"] = json::array(outcome.logs.begin(), outcome.logs.end());
    }
    if (!drift.empty()) error.details["drift"] = std::move(drift);
    co_return std::unexpected(std::move(error));
  }
  VOUCH_CO_TRY(json::value output, script::parse_output(*outcome.output));
  json::array problems = problems_of(output, active.schema);
  co_return flat::answer("Transformed.",
                         {{"output", std::move(output)},
                          {"scriptId", active.row.id},
                          {"version", active.row.version},
                          {"logs", json::array(outcome.logs.begin(), outcome.logs.end())},
                          {"drift", std::move(drift)},
                          {"problems", std::move(problems)}});
}

}  // namespace vouch::ops
