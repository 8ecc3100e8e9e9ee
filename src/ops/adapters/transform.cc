#include "ops/adapters/transform.h"

#include <boost/algorithm/string/erase.hpp>
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
  adapters::Profile profile;                              // of its samples; empty: it is not known
  std::shared_ptr<const Shadow> shadow;                   // null: there is none
  std::shared_ptr<const adapters::draft::Schema> schema;  // of what it must give; null: anything
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

// Null where it is not one by which anything can be checked: nothing that a caller could mend.
std::shared_ptr<const adapters::draft::Schema> read_schema(const json::object& text) {
  auto schema = adapters::draft::Schema::read(text);
  if (!schema) return nullptr;
  return std::make_shared<const adapters::draft::Schema>(*std::move(schema));
}

Result<Active> read_active(const store::Tx& tx, const Vault& vault, const store::AdapterOf& of,
                           const std::string& nonce) {
  auto row = tx.find_active_script(of);
  if (!row) {
    return fail(ErrorCode::kNotFound, "No script is active for " + of.provider + "/" + of.topic +
                                          ": generate one, and activate it.");
  }
  VOUCH_TRY(ProviderAccess access, read_access(tx, vault, of, nonce));
  VOUCH_TRY(script::ScriptPtr script, script::Script::make(row->source));
  const json::value* kept = row->report.if_contains("profile");
  auto profile = kept != nullptr && kept->is_object() ? adapters::Profile::read(kept->get_object())
                                                      : adapters::Profile();
  auto shadow = read_shadow(tx, of, script);
  auto schema = read_schema(adapters::generate::find_schema(tx, *row));
  return Active{*std::move(row),
                std::move(script),
                std::make_shared<const ProviderAccess>(std::move(access)),
                std::move(profile),
                std::move(shadow),
                std::move(schema)};
}

// What is exchanged is kept in `log` where there is a shadow.
script::RunOptions run_options(const Services& services, const Active& active,
                               const std::shared_ptr<ExchangeLog>& log) {
  script::RunOptions run;
  run.owner = active.row.of.workspace_id;
  run.now_ms = services.clock.now_ms();
  run.http = provider_http(services, active.access);
  run.marker = active.access->marker;
  if (active.shadow) run.http = ExchangeLog::keeping(std::move(run.http), log);
  return run;
}

// What a shadow is given: without what was only for this call.
std::string input_of_shadow(const Active& active, const std::string& input) {
  if (!active.shadow) return "";
  if (active.access->marker.empty()) return input;
  return boost::algorithm::erase_all_copy(input, active.access->marker);
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
  return json::serialize(json::object{{"error", flat::error_json(error)}, {"line", line}});
}

// Why a script failed, as a caller is told: what took too long is the script's or the payload's
// fault, and not the server's.
Error told_error(Error error) {
  if (error.code == ErrorCode::kTimeout) error.code = ErrorCode::kInvalidRequest;
  return error;
}

Result<json::value> read_line(std::string_view line) {
  auto payload = parse_json(line);
  if (!payload)
    return fail(ErrorCode::kInvalidRequest,
                "The line is not valid JSON (" + payload.error().message + ").");
  if (payload->is_null())
    return fail(ErrorCode::kInvalidRequest,
                "The line " + std::string(adapters::generate::kNullInput));
  return payload;
}

class TransformedLines final : public LineSource {
 public:
  TransformedLines(Services& services, Active active, std::shared_ptr<LineSource> lines)
      : services_(services),
        active_(std::move(active)),
        caller_(active_.access->caller()),
        lines_(std::move(lines)) {}

  // What a hop gives is handed on before the next one begins.
  awaitable<Result<std::optional<std::vector<std::string>>>> next() override {
    std::vector<std::string> out;
    while (out.empty()) {
      if (run_ && !run_->ended()) {
        out = co_await hop();
      } else if (at_ < read_.size()) {
        begin(out);
      } else if (ended_) {
        co_return std::optional<std::vector<std::string>>();
      } else {
        auto lines = co_await lines_->next();
        ended_ = !lines || !*lines;
        if (!lines) out.push_back(error_line(lines.error(), line_ + 1));
        read_ = ended_ ? std::vector<std::string>() : **std::move(lines);
        at_ = 0;
      }
    }
    co_return std::optional(std::move(out));
  }

 private:
  struct Record {
    std::int64_t line = 0;
    std::vector<adapters::Surprise> surprises;
    std::string of_shadow;  // its input
  };

  // Takes the next lines, a hop's at most. One that is no JSON is told of in `out`, in its order.
  void begin(std::vector<std::string>& out) {
    std::vector<std::string> inputs;
    std::size_t bytes = 0;
    records_.clear();
    while (at_ < read_.size() && inputs.size() < script::kHopInputsMax &&
           bytes < script::kHopBytesMax) {
      if (read_[at_].find_first_not_of(" \t\r") != std::string::npos) {
        const auto payload = read_line(read_[at_]);
        if (payload ? !out.empty() : !inputs.empty()) break;
        if (payload) {
          inputs.push_back(adapters::draft::script_input(caller_, *payload));
          bytes += inputs.back().size();
          records_.push_back({line_ + 1, active_.profile.surprises(*payload),
                              input_of_shadow(active_, inputs.back())});
        } else {
          out.push_back(error_line(payload.error(), line_ + 1));
        }
      }
      ++at_;
      ++line_;
    }
    if (inputs.empty()) return;
    told_ = 0;
    log_ = std::make_shared<ExchangeLog>(active_.access->marker);
    run_ = services_.scripts.pool.begin(active_.script, std::move(inputs),
                                        run_options(services_, active_, log_));
  }

  awaitable<std::vector<std::string>> hop() {
    const auto outcomes = co_await run_->next();
    const auto executor = co_await boost::asio::this_coro::executor;
    std::vector<std::string> out;
    for (const script::Outcome& outcome : outcomes) {
      Record& record = records_[told_];
      watch(services_, executor, active_, std::move(record.surprises), std::move(record.of_shadow),
            outcome.output, log_->take(told_));
      ++told_;
      out.push_back(outcome.output ? *outcome.output
                                   : error_line(told_error(outcome.output.error()), record.line));
    }
    co_return out;
  }

  Services& services_;
  const Active active_;
  const adapters::draft::Caller caller_;
  const std::shared_ptr<LineSource> lines_;
  std::vector<std::string> read_;  // of which those from at_ on are still to be looked at
  std::size_t at_ = 0;
  std::int64_t line_ = 0;  // the last that was looked at
  bool ended_ = false;     // there are no more to read
  std::optional<script::Pool::Run> run_;
  std::vector<Record> records_;  // of the run's inputs
  std::size_t told_ = 0;         // of them
  std::shared_ptr<ExchangeLog> log_;
};

// An output, and what the schema says of it.
struct Checked {
  Result<json::value> output;
  json::array problems;
};

Checked check_output(const std::string& text, const adapters::draft::Schema* schema) {
  Checked checked{script::parse_output(text), {}};
  if (schema == nullptr || !checked.output) return checked;
  for (const std::string& problem : schema->problems(*checked.output)) {
    checked.problems.emplace_back(problem);
  }
  return checked;
}

awaitable<Checked> check_output(Services& services, const Active& active, std::string text) {
  if (text.size() < Aside::kBytesMin) co_return check_output(text, active.schema.get());
  auto check = [text = std::move(text), schema = active.schema] {
    return check_output(text, schema.get());
  };
  co_return co_await services.aside->run(std::move(check));
}

// The answer of a run, or why there is none.
awaitable<Result<Answer>> answer_of(Services& services, const Active& active,
                                    script::Outcome outcome, json::array drift) {
  json::array logs(outcome.logs.begin(), outcome.logs.end());
  if (outcome.logs_left_out > 0) {
    const std::string count = std::to_string(outcome.logs_left_out);
    logs.emplace_back("… and " + count + " lines that were left out.");
  }
  if (!outcome.output) {
    Error error = told_error(outcome.output.error());
    if (!logs.empty()) error.details["logs"] = std::move(logs);
    if (!drift.empty()) error.details["drift"] = std::move(drift);
    co_return std::unexpected(std::move(error));
  }
  Checked checked = co_await check_output(services, active, *std::move(outcome.output));
  if (!checked.output) co_return std::unexpected(std::move(checked.output.error()));
  json::object payload;
  payload["output"] = *std::move(checked.output);
  payload["scriptId"] = active.row.id;
  payload["version"] = active.row.version;
  payload["logs"] = std::move(logs);
  payload["drift"] = std::move(drift);
  payload["problems"] = std::move(checked.problems);
  co_return flat::answer("Transformed.", std::move(payload));
}

// Notes in `asked` that something was asked.
script::HttpHandler noting(script::HttpHandler http, std::shared_ptr<bool> asked) {
  if (!http) return http;
  return [http = std::move(http), asked = std::move(asked)](script::HttpCall call) {
    *asked = true;
    return http(std::move(call));
  };
}

awaitable<Result<Answer>> transform_one(Services& services, const Active& active,
                                        const json::value& payload,
                                        const std::shared_ptr<bool>& asked) {
  std::string input = adapters::draft::script_input(active.access->caller(), payload);
  std::string of_shadow = input_of_shadow(active, input);
  const auto log = std::make_shared<ExchangeLog>(active.access->marker);
  script::RunOptions run = run_options(services, active, log);
  run.http = noting(std::move(run.http), asked);
  script::Outcome outcome =
      co_await services.scripts.pool.run(active.script, std::move(input), std::move(run));
  auto surprises = active.profile.surprises(payload);
  json::array drift;
  for (const adapters::Surprise& surprise : surprises) drift.emplace_back(sentence_of(surprise));
  watch(services, co_await boost::asio::this_coro::executor, active, std::move(surprises),
        std::move(of_shadow), outcome.output, log->take(0));
  co_return co_await answer_of(services, active, std::move(outcome), std::move(drift));
}

// What the same Idempotency-Key is answered with from now on: null where nothing has happened that
// must not happen twice. The answer itself is lent, since a large one takes long to copy.
std::shared_ptr<Answer> kept_answer(Result<Answer>& answer, bool has_asked) {
  if (answer) return std::make_shared<Answer>(std::move(*answer));
  if (!has_asked) return nullptr;
  return std::make_shared<Answer>(
      Answer{.status = http_status(answer.error().code),
             .body = json::object{{"error", flat::error_json(answer.error())}}});
}

}  // namespace

awaitable<Result<Answer>> transform(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::AdapterOf of, flat::of_call(call));
  auto read = [of, &vault = services.vault, nonce = make_nonce(services.random)](
                  const store::Tx& tx) { return read_active(tx, vault, of, nonce); };
  VOUCH_CO_TRY(Active active, co_await services.store.read(std::move(read)));
  if (call.lines) {
    if (call.idempotency) {
      co_return fail(ErrorCode::kInvalidRequest,
                     "A stream takes no Idempotency-Key: send the payload by itself.");
    }
    Answer answer;
    answer.lines = std::make_unique<TransformedLines>(services, std::move(active), call.lines);
    co_return answer;
  }
  if (call.params.at("payload").is_null()) {
    co_return fail(ErrorCode::kInvalidRequest,
                   "`payload` " + std::string(adapters::generate::kNullInput),
                   {{"member", "payload"}});
  }
  const auto asked = std::make_shared<bool>(false);
  if (!call.idempotency) {
    co_return co_await transform_one(services, active, call.params.at("payload"), asked);
  }
  VOUCH_CO_TRY_VOID(co_await reserve(services, call));
  auto answer = co_await transform_one(services, active, call.params.at("payload"), asked);
  const std::shared_ptr<Answer> kept = kept_answer(answer, *asked);
  std::shared_ptr<const Answer> lent = kept;
  VOUCH_CO_TRY_VOID(co_await settle(services, call, std::move(lent)));
  if (answer) *answer = std::move(*kept);
  co_return answer;
}

}  // namespace vouch::ops
