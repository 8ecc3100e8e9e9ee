#include "adapters/generate/adapter_job.h"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/draft/trial.h"
#include "adapters/generate/kept.h"
#include "base/random.h"

namespace vouch::adapters::generate {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using store::SectionStatus;

constexpr std::chrono::milliseconds kBudget{2000};     // of the first search in a round
constexpr std::chrono::milliseconds kBudgetMax{4000};  // a stop of the server waits for it

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}
std::int64_t integer_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

// How far the finished steps have come.
struct Progress {
  std::int64_t next = 0;          // ordinal of the next step
  std::string last;               // its stage, of the last finished one
  std::int64_t gathered = -1;     // the last round that was gathered for
  std::int64_t gatherings = 0;    // in that round
  std::string mark;               // of what was gathered last
  std::int64_t attempts = 0;      // in all rounds
  std::int64_t attempts_now = 0;  // since the last gathering
  std::int64_t retries_now = 0;
  std::set<std::string> hashes;  // of every script that was tested
  std::string generated;         // hash of the last one generated
  bool is_done = false;

  void gather(std::int64_t round) {
    gatherings = gathered == round ? gatherings + 1 : 1;
    gathered = round;
    attempts_now = retries_now = 0;
  }
};

Progress progress_of(const std::vector<store::SectionRow>& sections) {
  Progress progress;
  for (const store::SectionRow& section : sections) {
    if (section.status != SectionStatus::kCompleted) continue;
    progress.next = std::max(progress.next, section.ordinal + 1);
    progress.last = section.section;
    if (section.section == "gathering") {
      progress.gather(integer_of(section.data, "round"));
      progress.mark = text_of(section.data, "mark");
    }
    if (section.section == "generating") progress.generated = text_of(section.data, "hash");
    if (section.section == "retrying") ++progress.retries_now;
    if (section.section == "testing") {
      ++progress.attempts;
      ++progress.attempts_now;
      progress.hashes.insert(progress.generated);
    }
    progress.is_done |= section.section == "done";
  }
  return progress;
}

draft::Question sample_question(std::string text) {
  draft::Question question;
  question.number = 1;
  question.kind = draft::Question::Kind::kSample;
  question.text = std::move(text);
  return question;
}

// The result whose output tells most: the first that failed, else the first.
const draft::SampleResult* telling_result(const draft::Trial& trial) {
  auto found = std::ranges::find_if(trial.results, [](const auto& each) { return !each.passed; });
  if (found == trial.results.end()) found = trial.results.begin();
  return found == trial.results.end() ? nullptr : &*found;
}

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

class AdapterJob {
 public:
  AdapterJob(store::Store& store, script::Pool& scripts, const Clock& clock,
             asio::thread_pool& threads, engine::JobContext& context)
      : store_(store), scripts_(scripts), clock_(clock), threads_(threads), context_(context) {
    const store::JobRow& job = context.job();
    of_ = {job.workspace_id, text_of(job.payload, "provider"), text_of(job.payload, "topic")};
    const json::value* answers = job.payload.if_contains("answers");
    if (answers != nullptr) round_ = static_cast<std::int64_t>(answers->as_object().size());
    progress_ = progress_of(context.sections());
  }

  awaitable<Result<json::object>> run() {
    if (progress_.is_done) co_return json::object();
    VOUCH_CO_TRY_VOID(co_await gather_at_start());
    while (true) {
      VOUCH_CO_TRY(const bool is_made, co_await make());
      bool is_current = false;
      if (is_made) {
        VOUCH_CO_TRY(is_current, co_await keep());
        if (is_current) co_return json::object();
      } else {
        VOUCH_CO_TRY(is_current, co_await is_made_from_what_is_known());
        if (is_current) co_return co_await ask(draft_.questions);
      }
      VOUCH_CO_TRY_VOID(co_await gather());
    }
  }

 private:
  // A script of what was gathered. False: it is not to be kept, draft_.questions are to be asked.
  awaitable<Result<bool>> make() {
    if (material_.samples.empty()) {
      draft_ = co_await write_draft();
      co_return false;
    }
    while (true) {
      // What a crash came after is done again, since a trial is not kept, but no step a second
      // time.
      const bool was_tested = progress_.last == "testing";
      VOUCH_CO_TRY_VOID(co_await generate());
      if (draft_.source.empty()) co_return false;
      // Of the same material it would end as it did. An answer may have changed what it is held to.
      const bool is_known = progress_.hashes.contains(sha256_hex(draft_.source));
      if (is_known && progress_.attempts_now > 0 && !was_tested) co_return false;
      VOUCH_CO_TRY(trial_, co_await try_script());
      if (!was_tested) VOUCH_CO_TRY_VOID(co_await end_test());
      if (is_good() && (draft_.questions.empty() || round_ >= draft::kRoundsMax)) co_return true;
      if (is_good() || progress_.retries_now >= kRetriesMax) co_return false;
      VOUCH_CO_TRY_VOID(co_await retry());
    }
  }

  bool is_good() const { return trial_.passed() && draft_.is_complete; }

  // ---- Steps ----

  void begin_step(const std::string& stage, std::string title) {
    context_.stage(stage);
    engine::SectionChange change{.ordinal = progress_.next};
    change.section = stage;
    change.title = std::move(title);
    change.status = SectionStatus::kInProgress;
    change.stage = stage;
    context_.progress(std::move(change));
    progress_.last = stage;
  }

  awaitable<Result<void>> end_step(json::object data, bool is_good = true,
                                   engine::JobContext::Extra extra = {}) {
    data["round"] = round_;
    VOUCH_CO_TRY_VOID(co_await context_.commit_section(
        progress_.next, is_good ? store::Conclusion::kSuccess : store::Conclusion::kFailure, "",
        std::move(data), std::move(extra)));
    ++progress_.next;
    co_return Result<void>();
  }

  void log(std::string_view line) { context_.log(progress_.next, line); }

  // What is known, with a mark that is the same as long as it is.
  struct Known {
    draft::Material material;
    std::string mark;
  };
  static Result<Known> read_known(const store::Tx& tx, const store::AdapterOf& of,
                                  const json::object& job) {
    Known known;
    VOUCH_TRY(known.material, read_job_material(tx, of, job));
    known.material.settings.version = static_cast<int>(tx.next_script_version(of));
    known.mark = sha256_hex(json::serialize(draft::to_json(known.material)));
    return known;
  }

  awaitable<Result<void>> read_material() {
    auto read = [of = of_, payload = context_.job().payload](const store::Tx& tx) {
      return read_known(tx, of, payload);
    };
    VOUCH_CO_TRY(Known known, co_await store_.read(std::move(read)));
    material_ = std::move(known.material);
    mark_ = std::move(known.mark);
    co_return Result<void>();
  }

  // After a crash it goes on behind the last step, unless that was of other material.
  awaitable<Result<void>> gather_at_start() {
    if (progress_.gathered != round_) co_return co_await gather();
    context_.log(progress_.next - 1, "The job was interrupted after this step, and goes on.");
    VOUCH_CO_TRY_VOID(co_await read_material());
    if (mark_ == progress_.mark) co_return Result<void>();
    co_return co_await gather();
  }

  // A step of its own.
  awaitable<Result<void>> gather() {
    begin_step("gathering", "What is known");
    if (progress_.gathered == round_ && progress_.gatherings >= kGatheringsMax) {
      co_return fail(ErrorCode::kConflict,
                     "Samples, documents, answers, the topic or the scripts were changed while "
                     "it worked, " +
                         std::to_string(kGatheringsMax) +
                         " times. Generate anew once they stay as they are.");
    }
    VOUCH_CO_TRY_VOID(co_await read_material());
    trial_ = {};
    progress_.gather(round_);
    if (progress_.gatherings > 1) log("What is known changed meanwhile: it is read again.");
    const auto with_output = std::ranges::count_if(
        material_.samples, [](const draft::Sample& sample) { return sample.output.has_value(); });
    log(counted(material_.samples.size(), "sample") + ", " + std::to_string(with_output) +
        " with an expected output; " + counted(material_.documents.size(), "document") + "; " +
        counted(material_.pins.size(), "earlier answer") + ".");
    json::object data;
    data["mark"] = mark_;
    co_return co_await end_step(std::move(data));
  }

  awaitable<Result<bool>> is_made_from_what_is_known() {
    auto read = [of = of_, payload = context_.job().payload,
                 mark = mark_](const store::Tx& tx) -> Result<bool> {
      VOUCH_TRY(const Known now, read_known(tx, of, payload));
      return now.mark == mark;
    };
    co_return co_await store_.read(std::move(read));
  }

  // The search costs processor time alone, on a thread that may be spent for it.
  awaitable<draft::Draft> write_draft() {
    auto write = [material = material_]() -> awaitable<draft::Draft> {
      co_return draft::write(material);
    };
    // A cancellation signal must not cross to another thread: the search is short, and waited for.
    co_return co_await asio::co_spawn(
        threads_, std::move(write),
        asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable));
  }

  awaitable<Result<void>> generate() {
    material_.settings.budget =
        std::min(kBudgetMax, kBudget * (1 << std::min<std::int64_t>(progress_.retries_now, 1)));
    const bool is_again = progress_.last == "generating" || progress_.last == "testing";
    if (!is_again) begin_step("generating", "A script");
    draft_ = co_await write_draft();
    if (is_again) co_return Result<void>();
    log(counted(draft_.fields.size(), "field") + ", " +
        counted(draft_.assumptions.size(), "assumption") + ", " +
        counted(draft_.questions.size() + draft_.questions_left, "question") +
        (draft_.by_schema_alone ? "; by names and types alone." : "."));
    progress_.generated = sha256_hex(draft_.source);
    json::object data;
    data["source"] = draft_.source;
    data["hash"] = progress_.generated;
    co_return co_await end_step(std::move(data));
  }

  awaitable<Result<draft::Trial>> try_script() {
    if (progress_.last != "testing") begin_step("testing", "On every sample");
    draft::TrialOptions options;
    options.caller.provider = of_.provider;
    options.run.owner = of_.workspace_id;
    options.run.now_ms = clock_.now_ms();
    co_return co_await draft::try_out(scripts_, draft_, material_, std::move(options));
  }

  awaitable<Result<void>> end_test() {
    ++progress_.attempts;
    ++progress_.attempts_now;
    progress_.hashes.insert(sha256_hex(draft_.source));
    tell_trial();
    const draft::SampleResult* result = telling_result(trial_);
    json::object data;
    data["attempt"] = progress_.attempts;
    data["passed"] = trial_.passed();
    data["error"] = trial_.problem();
    data["outputPreview"] = result != nullptr ? result->output_preview : "";
    data["outputCount"] = result != nullptr ? result->output_count : 0;
    data["atMs"] = clock_.now_ms();
    const bool passed = trial_.passed();
    co_return co_await end_step(std::move(data), passed);
  }

  void tell_trial() {
    const auto passed = std::ranges::count_if(trial_.results, &draft::SampleResult::passed);
    log("Attempt " + std::to_string(progress_.attempts) + ": " + std::to_string(passed) + " of " +
        counted(trial_.results.size(), "sample") + " exact, " +
        counted(static_cast<std::size_t>(trial_.variants), "input") + " with a part missing.");
    if (!trial_.held_back.empty()) {
      const auto foretold = std::ranges::count_if(trial_.held_back, &draft::SampleResult::passed);
      log("Made without them, it gave " + std::to_string(foretold) + " of " +
          counted(trial_.held_back.size(), "held-back sample") + ".");
    }
    if (const std::string problem = trial_.problem(); !problem.empty()) log(problem);
  }

  awaitable<Result<void>> retry() {
    begin_step("retrying", "Another script");
    ++progress_.retries_now;
    log("Searching longer for another script: retry " + std::to_string(progress_.retries_now) +
        " of " + std::to_string(kRetriesMax) + ".");
    co_return co_await end_step(json::object());
  }

  // False, and nothing is kept: what is known is not what the script was made from any more.
  awaitable<Result<bool>> keep() {
    begin_step("done", "Kept as a candidate");
    store::ScriptRow row;
    row.of = of_;
    row.source = draft_.source;
    row.report = report();
    row.job_id = context_.job().id;
    row.created_ms = row.updated_ms = clock_.now_ms();
    row.history.push_back(json::object{{"event", "created"}, {"atMs", row.created_ms}});
    auto is_stale = std::make_shared<bool>(false);
    auto insert = [row, is_stale, payload = context_.job().payload,
                   mark = mark_](store::Tx& tx) -> Result<void> {
      VOUCH_TRY(const Known now, read_known(tx, row.of, payload));
      *is_stale = now.mark != mark;
      if (*is_stale) return fail(ErrorCode::kConflict, "What is known changed meanwhile.");
      keep_script(tx, row);
      return {};
    };
    const std::int64_t ordinal = progress_.next;
    auto kept = co_await end_step(json::object(), true, std::move(insert));
    if (*is_stale) co_return false;
    VOUCH_CO_TRY_VOID(std::move(kept));
    context_.log(ordinal, "Version " + std::to_string(material_.settings.version) +
                              " is kept as a candidate. Activate it to use it.");
    co_return true;
  }

  json::object report() const {
    json::array fields, assumptions;
    for (const draft::Field& field : draft_.fields) fields.push_back(draft::to_json(field));
    for (const Assumption& assumption : draft_.assumptions) {
      assumptions.push_back(json::object{{"path", assumption.path}, {"reason", assumption.reason}});
    }
    json::array answers;
    for (const draft::Pin& pin : material_.pins) {
      answers.push_back(
          json::object{{"place", draft::place_of(pin)}, {"sentence", draft::sentence_of(pin)}});
    }
    json::object report{{"trial", draft::to_json(trial_)},
                        {"profile", profile_of(draft::samples_of(material_), draft_.source)},
                        {"attempts", progress_.attempts},
                        {"fields", std::move(fields)},
                        {"assumptions", std::move(assumptions)},
                        {"answers", std::move(answers)}};
    const json::value* schema = context_.job().payload.if_contains("targetSchema");
    if (schema != nullptr) report["targetSchema"] = *schema;
    return report;
  }

  // Why there is no script to keep, in sentences.
  std::string lack() const {
    if (material_.samples.empty()) return "There is still no sample to make a script from.";
    const std::string problem = trial_.problem();
    if (problem.empty()) return "Parts of the output still have no source.";
    return "No script was found that does what the samples say. " + problem;
  }

  // The job waits from here on; what is returned is not seen.
  awaitable<Result<json::object>> ask(std::vector<draft::Question> questions) {
    if (round_ >= draft::kRoundsMax) {
      co_return fail(ErrorCode::kConflict,
                     "It has asked " + std::to_string(draft::kRoundsMax) + " times. " + lack());
    }
    if (questions.empty()) {
      questions.push_back(sample_question(
          lack() +
          " Send a further sample as JSON, {\"input\": …, \"expectedOutput\": …}, or say in a "
          "sentence where a field comes from."));
    }
    json::array asked;
    for (const draft::Question& question : questions) {
      json::object one = draft::to_json(question);
      one["sampleMark"] = mark_of(material_.samples, question.sample);
      asked.push_back(std::move(one));
    }
    context_.log(std::max<std::int64_t>(progress_.next - 1, 0),
                 "Asking: " + counted(asked.size(), "question") + ".");
    VOUCH_CO_TRY_VOID(co_await context_.flush());
    context_.ask(std::move(asked));
    co_return fail(ErrorCode::kConflict, "It waits for an answer.");
  }

  store::Store& store_;
  script::Pool& scripts_;
  const Clock& clock_;
  asio::thread_pool& threads_;
  engine::JobContext& context_;
  store::AdapterOf of_;
  std::int64_t round_ = 0;  // how often it was answered
  Progress progress_;
  draft::Material material_;
  std::string mark_;  // of the material
  draft::Draft draft_;
  draft::Trial trial_;
};

}  // namespace

engine::JobKind make_adapter_kind(store::Store& store, script::Pool& scripts, const Clock& clock,
                                  AdapterJobOptions options) {
  engine::JobKind kind;
  kind.name = kAdapterKind;
  kind.concurrency = options.concurrency;
  kind.time_limit_ms = options.time_limit_ms;
  auto threads = std::make_shared<asio::thread_pool>(static_cast<std::size_t>(options.concurrency));
  kind.handler = [&store, &scripts, &clock,
                  threads](engine::JobContext& context) -> awaitable<Result<json::object>> {
    AdapterJob job(store, scripts, clock, *threads, context);
    co_return co_await job.run();
  };
  return kind;
}

}  // namespace vouch::adapters::generate
