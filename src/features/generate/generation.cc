#include "features/generate/generation.h"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/json.hpp>
#include <set>

#include "base/utf8.h"
#include "features/chain.h"
#include "features/generate/healing.h"
#include "features/generate/plan.h"
#include "features/generate/proving.h"
#include "features/ground/scenario.h"
#include "features/prove/prove.h"
#include "features/write/spec.h"
#include "runs/diagnosis.h"
#include "runs/egress.h"
#include "runs/flaky.h"
#include "runs/secrets.h"
#include "runs/templates.h"

namespace vouch::features::generate {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::awaitable;

namespace {

// A section at work: its tests' chains and what became of them.
struct Work {
  const PlannedSection* plan = nullptr;
  std::vector<write::SpecTest> tests;
  std::vector<prove::Proof> proofs;
  std::set<std::string> unpassed;  // titles of tests that did not pass whenever they were run
  std::string flipped;             // the text of the tests that passed once and failed once
  std::string problem;             // why it failed; empty while it goes well
  bool asks = false;               // it cannot go on before a person has answered
};

// The pages that the test opens are opened when they have asked for nothing more.
void wait_until_idle(Chain* chain) {
  using Kind = browser::Action::Kind;
  for (ChainStep& step : chain->steps) {
    for (ChainItem& item : step.items) {
      auto* action = std::get_if<browser::Action>(&item.what);
      if (action != nullptr && (action->kind == Kind::kGoto || action->kind == Kind::kReload))
        action->until_idle = true;
    }
  }
}

// What one committed section holds.
json::object section_data(const Work& work) {
  json::array tests, proofs;
  for (const write::SpecTest& test : work.tests) {
    json::array example;
    for (const auto& [column, value] : test.example) example.push_back({column, value});
    tests.push_back({{"title", test.title},
                     {"rule", test.rule},
                     {"outlineLine", test.outline_line},
                     {"example", std::move(example)},
                     {"chain", to_json(test.chain)}});
  }
  for (const prove::Proof& proof : work.proofs) proofs.push_back(prove::to_json(proof));
  return {{"tests", std::move(tests)}, {"proof", std::move(proofs)}};
}

Result<std::vector<write::SpecTest>> parse_tests(const json::object& data) try {
  std::vector<write::SpecTest> tests;
  for (const json::value& entry : data.at("tests").as_array()) {
    write::SpecTest test;
    test.title = entry.at("title").as_string();
    test.rule = entry.at("rule").as_string();
    test.outline_line = entry.at("outlineLine").to_number<int>();
    for (const json::value& cell : entry.at("example").as_array())
      test.example.emplace_back(cell.at(0).as_string(), cell.at(1).as_string());
    VOUCH_TRY(test.chain, parse_chain(entry.at("chain")));
    tests.push_back(std::move(test));
  }
  return tests;
} catch (const std::exception& error) {
  return fail(ErrorCode::kInternal,
              std::string("A finished section cannot be read again: ") + error.what());
}

using KnownTests = std::map<std::int64_t, std::vector<write::SpecTest>>;  // by section

// Where a section's tests come from: they are found, found again, or taken as they are.
enum class Source { kGround, kHeal, kKept };

class Generation {
 public:
  // `known`: the tests that are healed or proven again; none in a generation.
  Generation(store::Store& store, browser::HostPool& hosts, runs::Runner& runner,
             const Clock& clock, Random& random, Plan plan, Source source, KnownTests known,
             engine::JobContext& context)
      : store_(store),
        hosts_(hosts),
        runner_(runner),
        clock_(clock),
        random_(random),
        plan_(std::move(plan)),
        source_(source),
        known_(std::move(known)),
        context_(context),
        map_(plan_.site.url) {}

  awaitable<Result<json::object>> run() {
    const auto counted = context_.browser_time();
    const std::string first = source_ == Source::kKept ? "verifying" : "exploring";
    show(0, first);
    context_.stage(first);
    VOUCH_CO_TRY_VOID(co_await load_finished());
    egress_ = std::make_shared<sandbox::EgressPolicy>(plan_.egress);
    VOUCH_CO_TRY(host_,
                 co_await hosts_.acquire(runs::browser_key(context_.job(), plan_.egress), egress_));
    runner_.expect_run();  // not before the browser is up: both need the processors
    std::vector<const PlannedSection*> open;
    for (const PlannedSection& section : plan_.sections) {
      if (!finished_.contains(section.ordinal)) open.push_back(&section);
    }
    for (std::size_t begin = 0; begin < open.size(); begin += kBatchMax) {
      std::size_t end = std::min(begin + kBatchMax, open.size());
      VOUCH_CO_TRY_VOID(co_await batch({open.begin() + static_cast<std::ptrdiff_t>(begin),
                                        open.begin() + static_cast<std::ptrdiff_t>(end)}));
    }
    tell_refused();
    if (!questions_.empty()) {
      context_.ask(questions_);
      co_return fail(ErrorCode::kConflict, "It waits for an answer.");
    }
    co_return co_await finish();
  }

 private:
  using Done = awaitable<Result<void>>;

  void show(std::int64_t ordinal, std::string stage) {
    engine::SectionChange change;
    change.ordinal = ordinal;
    change.status = store::SectionStatus::kInProgress;
    change.stage = std::move(stage);
    context_.progress(std::move(change));
  }

  void show_all(const std::vector<Work>& works, const std::string& stage) {
    context_.stage(stage);
    show(0, stage);
    for (const Work& work : works) {
      if (work.problem.empty()) show(work.plan->ordinal, stage);
    }
  }

  Done load_finished() {
    for (const store::SectionRow& row : context_.sections()) {
      if (row.ordinal == 0 || row.status != store::SectionStatus::kCompleted) continue;
      VOUCH_CO_TRY(auto tests, parse_tests(row.data));
      finished_.insert(row.ordinal);
      if (row.conclusion == store::Conclusion::kSuccess) {
        passed_[row.ordinal] = std::move(tests);
      } else {
        ++failed_;
      }
    }
    if (!finished_.empty())
      context_.log(
          0, "Going on with " + std::to_string(finished_.size()) + " sections finished before.");
    co_return Result<void>{};
  }

  ground::Site site_for(const PlannedSection& section) const {
    ground::Site site = plan_.site;
    site.repeatable = section.repeatable;
    return site;
  }

  ground::Log log_for(const PlannedSection& section) {
    return
        [this, ordinal = section.ordinal](std::string_view line) { context_.log(ordinal, line); };
  }

  // The kept tests of a section, one for each of its planned ones; null: there are others.
  const std::vector<write::SpecTest>* known_tests(Work& work) {
    const std::vector<write::SpecTest>& known = known_[work.plan->ordinal];
    if (known.size() == work.plan->tests.size()) return &known;
    work.problem = "It has changed since it was generated: generate it again.";
    return nullptr;
  }

  // The test is proven as it stands: no other assertion is taken in place of one that says nothing.
  // Which steps only read is not known of the site as it is now.
  void take_kept(Work& work) {
    const std::vector<write::SpecTest>* known = known_tests(work);
    if (known == nullptr) return;
    work.tests = *known;
    for (write::SpecTest& test : work.tests) {
      for (ChainStep& step : test.chain.steps) {
        step.only_reads = false;
        for (ChainItem& item : step.items) item.alternatives.clear();
      }
    }
  }

  Done ground(Work& work) {
    const PlannedSection& section = *work.plan;
    if (source_ == Source::kKept) {
      take_kept(work);
      co_return Result<void>{};
    }
    show(section.ordinal, "grounding");
    work.tests.clear();
    if (section.tests.empty())
      work.problem = "It has no steps, or an outline without examples: there is nothing to test.";
    if (work.problem.empty() && !section.has_then)
      work.problem = "It has no Then: say what must be seen, so that there is something to prove.";
    ground::Site site = site_for(section);
    const std::vector<write::SpecTest>* known =
        source_ == Source::kHeal && work.problem.empty() ? known_tests(work) : nullptr;
    for (std::size_t at = 0; at < section.tests.size() && work.problem.empty(); ++at) {
      const PlannedTest& test = section.tests[at];
      const ground::Log log = log_for(section);
      Result<Chain> chain{Chain{}};
      if (known != nullptr) {
        chain = co_await ground::heal_scenario(*host_, site, map_, random_, test.pickle,
                                               (*known)[at].chain, log);
      } else {
        chain = co_await ground::ground_scenario(*host_, site, map_, random_, test.pickle, log);
      }
      if (!chain && chain.error().code != ErrorCode::kInvalidRequest)
        co_return std::unexpected(chain.error());
      if (!chain) {
        work.problem = chain.error().message;
        work.asks = note_question(section, chain.error());
        break;
      }
      write::SpecTest made{test.title, test.rule, 0, test.example, *std::move(chain)};
      if (!test.example.empty()) made.outline_line = test.pickle.scenario_location.line;
      work.tests.push_back(std::move(made));
    }
    co_return Result<void>{};
  }

  // True: the error is a question, which is kept once.
  bool note_question(const PlannedSection& section, const Error& error) {
    const json::value* question = error.details.if_contains("question");
    if (question == nullptr) return false;
    const json::value& id = question->at("id");
    const bool is_new = std::ranges::none_of(
        questions_, [&](const json::value& other) { return other.at("id") == id; });
    if (is_new) {
      json::object asked = question->as_object();
      for (const store::SectionRow& row : context_.sections()) {
        if (row.ordinal == section.ordinal) asked["section"] = row.section;
      }
      questions_.push_back(std::move(asked));
    }
    return true;
  }

  write::SpecFile spec_of(std::vector<write::SpecTest> tests) const {
    write::SpecFile file{plan_.feature_name, std::move(tests), plan_.site.reset,
                         plan_.site.variables};
    if (plan_.site.secrets) {
      for (const auto& [name, value] : plan_.site.secrets->values()) file.secrets.push_back(name);
    }
    write::make_titles_unique(file.tests);
    return file;
  }

  // What became of one test that was run several times.
  struct Verified {
    std::vector<runs::Try> tries;
    std::vector<std::int64_t> elapsed_ms;  // of each step, the longest; empty: not known
    std::string place;                     // "Line 4, «Then …»: ", of what failed
    std::string why;
    int failed = 0;
  };

  Verified read_results(const runs::RunOutcome& outcome, const write::SpecTest& test) const {
    Verified verified;
    const std::vector<ChainStep>& steps = test.chain.steps;
    verified.elapsed_ms.resize(steps.size());
    verified.why = outcome.problem;
    // As the report has them.
    const std::string title = redacted(plan_.site.secrets, test.title);
    const std::string rule = redacted(plan_.site.secrets, test.rule);
    for (const runs::TestResult& result : outcome.report.tests) {
      if (result.title != title) continue;
      if (!rule.empty() && std::ranges::find(result.title_path, rule) == result.title_path.end())
        continue;
      const bool passed = result.ok && result.status == runs::TestStatus::kPassed;
      verified.tries.push_back({.passed = passed});
      if (passed) {
        const std::size_t told = std::min(verified.elapsed_ms.size(), result.steps.size());
        for (std::size_t s = 0; s < told; ++s)
          verified.elapsed_ms[s] = std::max(verified.elapsed_ms[s], result.steps[s].duration_ms);
        if (told < verified.elapsed_ms.size()) verified.elapsed_ms.clear();
        continue;
      }
      ++verified.failed;
      if (!result.errors.empty()) verified.why = result.errors.front().message.substr(0, 500);
      const runs::TestStep* step = runs::failed_gherkin_step(result);
      const std::size_t at =
          step == nullptr ? steps.size() : static_cast<std::size_t>(step - result.steps.data());
      if (at < steps.size()) {
        verified.place = "Line " + std::to_string(steps[at].line) + ", «" + steps[at].keyword +
                         " " + steps[at].text + "»: ";
      }
    }
    if (verified.why.empty() && !outcome.report.errors.empty())
      verified.why = outcome.report.errors.front().message.substr(0, 500);
    if (verified.why.empty()) verified.why = "the runner gave no reason.";
    return verified;
  }

  // Why a test is not accepted that did not pass each time.
  std::string problem_of(const Verified& verified, int times) const {
    const std::string each =
        "the finished test did not pass each of " + std::to_string(times) + " times";
    if (!runs::flip_of(verified.tries)) {
      std::string text = verified.place + each + ": " + verified.why;
      if (verified.place.empty()) text.front() = 'T';
      return text;
    }
    std::string text = verified.place + "it flips: " + each + ", it passed " +
                       std::to_string(verified.tries.size() - verified.failed) + " and failed " +
                       std::to_string(verified.failed) +
                       " with nothing of it changed: " + verified.why;
    if (verified.place.empty()) text.front() = 'I';
    if (!plan_.site.reset)
      text += " Where a try leaves something behind for the next, say how the site is put back.";
    return text;
  }

  // Runs the tests of these sections so many times in one start of the runner, and notes which
  // failed. Each time they are another file to the runner, whose worker and browser serve all
  // files: for its own `--repeat-each` it starts both anew.
  Done verify(std::vector<Work*> works, int times) {
    std::vector<write::SpecTest> tests;
    std::vector<write::SpecTest*> originals;
    std::vector<Work*> owners;
    for (Work* work : works) {
      work->unpassed.clear();
      for (write::SpecTest& test : work->tests) {
        tests.push_back(test);
        originals.push_back(&test);
        owners.push_back(work);
      }
    }
    if (tests.empty()) co_return Result<void>{};
    write::SpecFile file = spec_of(tests);
    runs::RunRequest request;
    VOUCH_CO_TRY(request.files, co_await project_files());
    const std::string spec = write::print_spec(file);
    for (int time = 1; time <= times; ++time)
      request.files["Features/" + std::to_string(time) + ".spec.ts"] = spec;
    request.site_url = plan_.site.url;
    request.egress = plan_.egress;
    request.recording = runs::Recording::kOff;
    request.secrets = plan_.site.secrets;
    VOUCH_CO_TRY(runs::RunOutcome outcome, co_await runner_.run(std::move(request)));
    for (std::size_t i = 0; i < file.tests.size(); ++i) {
      const Verified verified = read_results(outcome, file.tests[i]);
      Work& work = *owners[i];
      if (verified.failed == 0 && verified.tries.size() >= static_cast<std::size_t>(times)) {
        for (std::size_t s = 0; s < verified.elapsed_ms.size(); ++s)
          originals[i]->chain.steps[s].elapsed_ms = verified.elapsed_ms[s];
        continue;
      }
      work.unpassed.insert(originals[i]->title);
      if (runs::flip_of(verified.tries)) work.flipped = write::print_spec(spec_of(work.tests));
      if (work.problem.empty()) work.problem = problem_of(verified, times);
    }
    co_return Result<void>{};
  }

  awaitable<Result<std::map<std::string, std::string>>> project_files() {
    // Named: g++ 12 destroys a closure twice that is a temporary of a co_await.
    auto read = [project = context_.job().project_id, site = plan_.site.url](
                    const store::Tx& tx) -> Result<std::map<std::string, std::string>> {
      return runs::project_files(tx, project, site);
    };
    co_return co_await store_.read(std::move(read));
  }

  // Proves all tests of these sections. True: an assertion was replaced by a stronger one.
  awaitable<Result<bool>> prove_all(std::vector<Work*> works) {
    std::vector<prove::Subject> subjects;
    for (Work* work : works) {
      work->proofs.clear();
      for (write::SpecTest& test : work->tests)
        subjects.push_back({&test.chain, work->plan->repeatable, log_for(*work->plan)});
    }
    VOUCH_CO_TRY(std::vector<prove::Proofs> done,
                 co_await prove::prove(*host_, plan_.site, random_, std::move(subjects)));
    bool strengthened = false;
    auto next = done.begin();
    for (Work* work : works) {
      for (const write::SpecTest& test : work->tests) {
        strengthened = strengthened || next->strengthened;
        for (prove::Proof& proof : next->proofs) {
          proof.scenario = test.title;
          work->proofs.push_back(std::move(proof));
        }
        ++next;
      }
    }
    co_return strengthened;
  }

  static std::vector<Work*> going(std::vector<Work>& works) {
    std::vector<Work*> list;
    for (Work& work : works) {
      if (work.problem.empty()) list.push_back(&work);
    }
    return list;
  }

  Done verify_all(std::vector<Work*> works) {
    std::vector<Work*> often, once;
    for (Work* work : works) (work->plan->repeatable ? often : once).push_back(work);
    VOUCH_CO_TRY_VOID(co_await verify(often, 2));
    VOUCH_CO_TRY_VOID(co_await verify(once, 1));
    co_return Result<void>{};
  }

  // Scenarios whose test did not pass are grounded once more: locators and waits may come out
  // otherwise, what is expected may not, since it is read from the same words.
  Done repair(std::vector<Work*> tried) {
    std::vector<Work*> again;
    for (Work* work : tried) {
      if (work->problem.empty() || !work->plan->repeatable) continue;
      show(work->plan->ordinal, "repairing");
      context_.log(work->plan->ordinal, "Repairing: " + work->problem);
      std::string before = std::exchange(work->problem, "");
      VOUCH_CO_TRY_VOID(co_await ground(*work));
      // A page may ask its site for more once it is loaded, and do nothing before. Where a test
      // flips, there is more to it.
      if (work->flipped.empty()) {
        for (write::SpecTest& test : work->tests) wait_until_idle(&test.chain);
      }
      // What flipped is not accepted because it passes now.
      const bool is_the_same =
          !work->flipped.empty() && work->flipped == write::print_spec(spec_of(work->tests));
      if (work->problem.empty() && !is_the_same)
        again.push_back(work);
      else
        work->problem = before;
    }
    if (again.empty()) co_return Result<void>{};
    VOUCH_CO_TRY_VOID(co_await verify_all(again));
    std::erase_if(again, [](Work* work) { return !work->problem.empty(); });
    VOUCH_CO_TRY(bool strengthened, co_await prove_all(again));
    if (strengthened) VOUCH_CO_TRY_VOID(co_await verify_all(again));
    co_return Result<void>{};
  }

  Done batch(std::vector<const PlannedSection*> sections) {
    std::vector<Work> works(sections.size());
    if (source_ != Source::kKept) {
      context_.stage("grounding");
      show(0, "grounding");
    }
    for (std::size_t i = 0; i < sections.size(); ++i) {
      works[i].plan = sections[i];
      VOUCH_CO_TRY_VOID(co_await ground(works[i]));
      if (works[i].problem.empty() || works[i].asks) continue;
      VOUCH_CO_TRY_VOID(co_await commit(works[i]));
    }
    if (source_ != Source::kKept) show_all(works, "writing");
    std::vector<Work*> tried = going(works);
    if (!tried.empty()) {
      bool strengthened = false;
      if (plan_.site.reset) {  // the site's state is shared: one thing after the other
        show_all(works, "verifying");
        VOUCH_CO_TRY_VOID(co_await verify_all(tried));
        show_all(works, "proving");
        VOUCH_CO_TRY(strengthened, co_await prove_all(going(works)));
      } else {
        using namespace asio::experimental::awaitable_operators;
        show_all(works, "proving");
        auto [verified, proved] = co_await (verify_all(tried) && prove_all(tried));
        VOUCH_CO_TRY_VOID(std::move(verified));
        VOUCH_CO_TRY(strengthened, std::move(proved));
      }
      if (strengthened) {
        show_all(works, "verifying");
        VOUCH_CO_TRY_VOID(co_await verify_all(going(works)));
      }
      if (source_ != Source::kKept) VOUCH_CO_TRY_VOID(co_await repair(tried));
    }
    for (Work* work : tried) VOUCH_CO_TRY_VOID(co_await commit(*work));
    co_return Result<void>{};
  }

  Done commit(Work& work) {
    // A test that fails as it is fails without its cause as well: that proves nothing.
    for (prove::Proof& proof : work.proofs) {
      if (!work.unpassed.contains(proof.scenario) || proof.verdict != prove::Verdict::kProven)
        continue;
      proof.verdict = prove::Verdict::kInconclusive;
      proof.counterfactual = "The test itself did not pass. " + proof.counterfactual;
    }
    if (work.problem.empty()) {
      for (const prove::Proof& proof : work.proofs) {
        if (proof.verdict != prove::Verdict::kVacuous &&
            proof.verdict != prove::Verdict::kInconclusive)
          continue;
        work.problem = "Line " + std::to_string(proof.line) + ", «" + proof.step + "»: it is " +
                       std::string(to_string(proof.verdict)) + ". " + proof.counterfactual;
        break;
      }
    }
    bool passed = work.problem.empty();
    if (passed) {
      passed_[work.plan->ordinal] = work.tests;
    } else {
      ++failed_;
      context_.log(work.plan->ordinal, work.problem);
    }
    auto conclusion = passed ? store::Conclusion::kSuccess : store::Conclusion::kFailure;
    co_return co_await context_.commit_section(work.plan->ordinal, conclusion, work.problem,
                                               section_data(work));
  }

  void tell_refused() {
    for (const sandbox::Refusal& refusal : egress_->refused()) {
      context_.log(0, "The site asked for " + redacted(plan_.site.secrets, refusal.host) + ":" +
                          std::to_string(refusal.port) + " " + std::to_string(refusal.count) +
                          " times and did not get it: " + refusal.reason);
    }
  }

  awaitable<Result<json::object>> finish() {
    std::vector<write::SpecTest> tests;
    for (auto& [ordinal, list] : passed_) tests.insert(tests.end(), list.begin(), list.end());
    bool all = failed_ == 0;
    std::optional<std::string> spec;
    if (!tests.empty()) spec = write::print_spec(spec_of(tests));
    std::size_t total = plan_.sections.size(), good = passed_.size();
    if (source_ == Source::kHeal) co_return co_await offer(std::move(spec));
    if (source_ == Source::kKept) co_return co_await tell_proof();
    std::string summary = std::to_string(good) + " of " + std::to_string(total) +
                          " scenarios were generated and proven.";
    auto keep = [spec, all, feature_id = *context_.job().feature_id,
                 project = context_.job().project_id,
                 gherkin_hash =
                     sha256_hex(std::string_view(context_.job().payload.at("gherkin").as_string())),
                 now = clock_.now_ms()](store::Tx& tx) -> Result<void> {
      auto feature = tx.find_feature(project, feature_id);
      if (!feature) return fail(ErrorCode::kNotFound, "The feature is gone.");
      bool was_proven = feature->generated_gherkin_hash.has_value();
      if (was_proven && feature->spec) feature->previous_spec = feature->spec;
      feature->spec = spec;
      feature->generated_gherkin_hash = all ? std::optional(gherkin_hash) : std::nullopt;
      feature->updated_ms = now;
      VOUCH_TRY_VOID(tx.update_feature(*feature));
      return {};
    };
    engine::JobContext::Extra extra = std::move(keep);
    auto conclusion = all ? store::Conclusion::kSuccess : store::Conclusion::kFailure;
    std::string reason = all ? "" : summary;
    json::object data;
    VOUCH_CO_TRY_VOID(co_await context_.commit_section(0, conclusion, reason, data, extra));
    if (!all) co_return fail(ErrorCode::kInvalidRequest, summary);
    co_return json::object{{"scenarios", total}, {"generated", good}};
  }

  // What a proving found. The feature is left as it is.
  awaitable<Result<json::object>> tell_proof() {
    const std::size_t total = plan_.sections.size(), good = passed_.size();
    const std::string summary =
        std::to_string(good) + " of " + std::to_string(total) + " scenarios are still proven.";
    const bool all = failed_ == 0;
    const auto conclusion = all ? store::Conclusion::kSuccess : store::Conclusion::kFailure;
    const std::string reason = all ? "" : summary;
    json::object data;
    VOUCH_CO_TRY_VOID(co_await context_.commit_section(0, conclusion, reason, data));
    if (!all) co_return fail(ErrorCode::kInvalidRequest, summary);
    co_return json::object{{"scenarios", total}, {"proven", good}};
  }

  // What a healing found. The feature is left as it is.
  awaitable<Result<json::object>> offer(std::optional<std::string> spec) {
    json::array changes;
    std::int64_t healed = 0;
    for (const auto& [ordinal, tests] : passed_) {
      json::array own = changes_of(known_[ordinal], tests);
      if (!own.empty()) ++healed;
      for (json::value& change : own) changes.push_back(std::move(change));
    }
    const bool all = failed_ == 0;
    const std::string reason = all ? ""
                                   : std::to_string(failed_) + " of " +
                                         std::to_string(plan_.sections.size()) +
                                         " scenarios cannot be healed.";
    json::object data;
    VOUCH_CO_TRY_VOID(co_await context_.commit_section(
        0, all ? store::Conclusion::kSuccess : store::Conclusion::kFailure, reason, data));
    const auto unchanged = static_cast<std::int64_t>(passed_.size()) - healed;
    json::object result{{"healed", healed},
                        {"unchanged", unchanged},
                        {"failed", failed_},
                        {"changes", std::move(changes)}};
    if (all && spec) result["spec"] = *std::move(spec);
    co_return result;
  }

  store::Store& store_;
  browser::HostPool& hosts_;
  runs::Runner& runner_;
  const Clock& clock_;
  Random& random_;
  Plan plan_;
  const Source source_;
  KnownTests known_;
  engine::JobContext& context_;
  explore::SiteMap map_;
  std::shared_ptr<sandbox::EgressPolicy> egress_;
  std::shared_ptr<browser::Host> host_;
  std::set<std::int64_t> finished_;
  std::map<std::int64_t, std::vector<write::SpecTest>> passed_;
  json::array questions_;
  int failed_ = 0;
};

void end_feature(store::Tx& tx, const store::JobRow& job, TimeMs now) {
  if (!job.feature_id) return;
  auto feature = tx.find_feature(job.project_id, *job.feature_id);
  if (!feature || feature->job_id != job.id) return;
  switch (job.state) {
    case store::JobState::kSucceeded:
      feature->status = store::FeatureStatus::kGenerated;
      break;
    case store::JobState::kCancelled:
      feature->status = store::FeatureStatus::kCancelled;
      break;
    default:
      feature->status = store::FeatureStatus::kFailed;
      break;
  }
  feature->updated_ms = now;
  auto kept = tx.update_feature(*feature);
  VOUCH_CHECK(kept.has_value());
}

}  // namespace

std::string spec_path(std::string_view feature_name) {
  constexpr std::size_t kFileNameBytesMax = 120;
  std::string name;
  for (char c : feature_name) {
    bool unfit = static_cast<unsigned char>(c) < 0x20 ||
                 std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    name += unfit ? '-' : c;
  }
  while (name.starts_with('.')) name.erase(0, 1);
  name.resize(utf8_head(name, kFileNameBytesMax).size());
  if (name != feature_name) name += "-" + sha256_hex(feature_name).substr(0, 8);
  return "Features/" + name + ".spec.ts";
}

namespace {

// The committed tests of a generation.
Result<KnownTests> read_known(const store::Tx& tx, const std::string& job) {
  KnownTests known;
  for (const store::SectionRow& row : tx.list_sections(job)) {
    if (row.ordinal == 0 || row.conclusion != store::Conclusion::kSuccess) continue;
    VOUCH_TRY(known[row.ordinal], parse_tests(row.data));
  }
  return known;
}

engine::JobKind make_kind(std::string_view name, Source source, store::Store& store,
                          browser::HostPool& hosts, runs::Runner& runner, runs::SiteTurns& turns,
                          const Vault& vault, const Clock& clock, Random& random,
                          GenerationOptions options) {
  engine::JobKind kind;
  kind.name = name;
  kind.concurrency = options.concurrency;
  kind.time_limit_ms = options.time_limit_ms;
  kind.handler = [source, &store, &hosts, &runner, &turns, &vault, &clock, &random,
                  options](engine::JobContext& context) -> awaitable<Result<json::object>> {
    VOUCH_CO_TRY(Plan plan,
                 make_plan(context.job().payload, options.allow_loopback, options.allow_private));
    auto read = [&vault, project = context.job().project_id](const store::Tx& tx) {
      return runs::read_secrets(tx, vault, project);
    };
    VOUCH_CO_TRY(plan.site.secrets, co_await store.read(std::move(read)));
    KnownTests known;
    if (source != Source::kGround) {
      auto load = [id = std::string(context.job().payload.at("of").as_string())](
                      const store::Tx& tx) { return read_known(tx, id); };
      VOUCH_CO_TRY(known, co_await store.read(std::move(load)));
    }
    runs::SiteTurns::Turn turn;
    if (plan.site.reset) turn = co_await turns.take(plan.site.url);
    Generation generation(store, hosts, runner, clock, random, std::move(plan), source,
                          std::move(known), context);
    co_return co_await generation.run();
  };
  return kind;
}

}  // namespace

engine::JobKind make_generation_kind(store::Store& store, browser::HostPool& hosts,
                                     runs::Runner& runner, runs::SiteTurns& turns,
                                     const Vault& vault, const Clock& clock, Random& random,
                                     GenerationOptions options) {
  engine::JobKind kind = make_kind("generation", Source::kGround, store, hosts, runner, turns,
                                   vault, clock, random, options);
  kind.on_end = [&clock](store::Tx& tx, const store::JobRow& job) {
    end_feature(tx, job, clock.now_ms());
  };
  return kind;
}

engine::JobKind make_healing_kind(store::Store& store, browser::HostPool& hosts,
                                  runs::Runner& runner, runs::SiteTurns& turns, const Vault& vault,
                                  const Clock& clock, Random& random, GenerationOptions options) {
  return make_kind(kHealingKind, Source::kHeal, store, hosts, runner, turns, vault, clock, random,
                   options);
}

engine::JobKind make_proving_kind(store::Store& store, browser::HostPool& hosts,
                                  runs::Runner& runner, runs::SiteTurns& turns, const Vault& vault,
                                  const Clock& clock, Random& random, GenerationOptions options) {
  return make_kind(kProvingKind, Source::kKept, store, hosts, runner, turns, vault, clock, random,
                   options);
}

}  // namespace vouch::features::generate
