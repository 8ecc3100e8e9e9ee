#include "adapters/synthesize/report.h"

#include <cmath>
#include <unordered_set>

#include "adapters/places.h"
#include "adapters/synthesize/unseen.h"

namespace vouch::adapters {

namespace {

// A candidate that costs this much more than another is e times less likely.
constexpr double kCostUnit = 0.6;
constexpr std::size_t kAlternativesMax = 4;
constexpr std::size_t kChoicesMax = 6;
// The weight of a text that is too long to be a likely constant.
constexpr double kTellingText = 2.5;
// A doubt below this is not told: of so many fields one is wrong.
constexpr double kDoubtTold = 0.08;

std::set<std::string> members_of(const Candidate& candidate) {
  std::set<std::string> members;
  visit_paths(*candidate.value, [&](const Path& path) { members.insert(describe(path)); });
  return members;
}

class Reporter {
 public:
  Reporter(const Conventions& conventions, const std::vector<Sample>& samples, Synthesis& synthesis)
      : conventions_(conventions), samples_(samples), synthesis_(synthesis) {}

  void visit(const Solution& solution) {
    for (const Contradiction& contradiction : solution.contradictions)
      synthesis_.unexplained.push_back(
          {contradiction.path, static_cast<std::size_t>(contradiction.sample), contradiction.value,
           contradiction.reason, contradiction.is_new});
    if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) leaf(solution);
    if (solution.presence && solution.kind != Solution::Kind::kLeaf)
      presence(solution.problem, *solution.presence, true);
    if (solution.kind == Solution::Kind::kDispatch) return kinds(solution);
    const bool is_guarded = solution.kind == Solution::Kind::kObject && solution.presence;
    if (is_guarded) around_.push_back({solution.problem.frame, solution.presence->subject});
    for (const auto& member : solution.members) visit(*member);
    if (is_guarded) around_.pop_back();
  }

  // What no sample with an output shows.
  void unseen(const Search& search, const Solution& solution) {
    for (Unseen& one : find_unseen(search, solution, conventions_, samples_)) {
      if (one.doubt < kDoubtTold) continue;
      assume(one.path, std::move(one.reason));
      synthesis_.questions.push_back({.path = std::move(one.in_row),
                                      .sample = one.sample,
                                      .choices = std::move(one.choices),
                                      .doubt = one.doubt});
    }
  }

  // What the samples do not explain stands in the mapping as well as it can.
  void assume_unexplained() {
    for (const Unexplained& one : synthesis_.unexplained)
      if (!one.path.empty()) assume(general_path(one.path), one.reason);
  }

  // Whether the mapping gives the outputs: the last word, whatever the search believed.
  void check() {
    std::unordered_set<std::size_t> known;
    for (const Unexplained& one : synthesis_.unexplained) known.insert(one.sample);
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      if (!samples_[i].output || known.contains(i)) continue;
      const Maybe got =
          synthesis_.mapping ? evaluate(*synthesis_.mapping, samples_[i].input) : std::nullopt;
      if (!same(got, samples_[i].output))
        synthesis_.unexplained.push_back(
            {"", i, *samples_[i].output, "the parts do not give the whole"});
    }
  }

  void finish() {
    std::ranges::stable_sort(synthesis_.questions, std::greater<>(), &Question::doubt);
  }

 private:
  bool is_open(const Row& row) const {
    return !samples_[static_cast<std::size_t>(row.sample)].output;
  }

  // Each kind of record by itself.
  void kinds(const Solution& solution) {
    assume(solution.problem.path,
           "chosen by " + describe(*solution.kind_of) + ": other values may come");
    for (std::size_t i = 0; i < solution.members.size(); ++i) {
      if (!solution.members[i]) continue;
      const Maybe& kind = solution.kinds[i];
      around_.push_back(
          {solution.problem.frame, kind ? call(Fn::kEquals, {solution.kind_of, constant(*kind)})
                                        : call(Fn::kIsMissing, {solution.kind_of})});
      const bool before = std::exchange(
          of_one_sample_, of_one_sample_ || solution.members[i]->problem.targets.size() == 1);
      const std::string around =
          std::exchange(when_, describe(*solution.kind_of) + " is " +
                                   (kind ? shown(&*kind) : std::string("missing")));
      visit(*solution.members[i]);
      when_ = around;
      of_one_sample_ = before;
      around_.pop_back();
    }
  }

  // An input without an output in which the place is there at all.
  bool is_open(const Problem& problem, std::size_t r) const {
    const Row& row = problem.frame->rows()[r];
    if (!is_open(row)) return false;
    return std::ranges::all_of(around_, [&](const auto& guard) {
      const auto& [frame, subject] = guard;
      Scopes scopes = frame->scopes(problem.frame->row_in(*frame, static_cast<int>(r)));
      return state_of(evaluate(*subject, scopes).get()) == State::kPresent;
    });
  }

  void assume(const std::string& path, std::string reason) {
    if (assumed_.insert(path).second) synthesis_.assumptions.push_back({path, std::move(reason)});
  }

  void leaf(const Solution& solution) {
    const Candidate& taken = solution.candidates.front();
    Field field{.path = solution.problem.path, .source = describe(*taken.value), .when = when_};
    field.seen = static_cast<int>(solution.problem.targets.size());
    field.held = field.seen - static_cast<int>(taken.missed.size());
    double sum = 0;
    for (const Candidate& candidate : solution.candidates)
      sum += std::exp((taken.cost - candidate.cost) / kCostUnit);
    field.confidence = 1 / sum;
    field.members = members_of(taken);
    for (std::size_t i = 1; i < solution.candidates.size() && i <= kAlternativesMax; ++i) {
      const Candidate& other = solution.candidates[i];
      field.alternatives.push_back({describe(*other.value),
                                    std::exp((taken.cost - other.cost) / kCostUnit) / sum,
                                    members_of(other)});
    }
    compare(solution, sum);
    // Another part of the same member. Other members are asked about, which no input here decides.
    for (const Alternative& other : field.alternatives)
      if (other.members == field.members && other.confidence >= kTwinLeast)
        assume(field.path, twin_text(field.source, other.source));
    synthesis_.fields.push_back(std::move(field));
    presence(solution.problem, taken, false);
    if (of_one_sample_) assume(solution.problem.path, "one sample alone shows this kind of record");
    if (taken.is_constant && solution.problem.targets.size() == 1 &&
        weight_of(solution.problem.targets.front().value) > kTellingText)
      assume(solution.problem.path, "a text that one sample alone shows");
    if (taken.is_weak) assume(solution.problem.path, doubt_of(solution.problem, taken));
  }

  // What a candidate that is weak rests on.
  static std::string doubt_of(const Problem& problem, const Candidate& taken) {
    const auto* table = std::get_if<Choose>(&taken.value->node);
    std::string text = describe(*taken.value);
    if (!table) return text + ": too few samples show more";
    for (const int i : taken.alone) {
      Scopes scopes = problem.frame->scopes(problem.targets[static_cast<std::size_t>(i)].row);
      text += i == taken.alone.front() ? ": new, and seen once, is " : ", ";
      text += shown(evaluate(*table->subject, scopes).get());
    }
    return text + ": other values may come";
  }

  // Where candidates disagree on an input without an output.
  void compare(const Solution& solution, double sum) {
    const Problem& problem = solution.problem;
    if (solution.candidates.size() < 2) return;
    std::vector<ExprPtr> exprs;
    exprs.reserve(solution.candidates.size());
    for (const Candidate& candidate : solution.candidates)
      exprs.push_back(build(candidate, conventions_));
    std::optional<Question> worst;
    for (std::size_t r = 0; r < problem.frame->rows().size(); ++r) {
      const Row& row = problem.frame->rows()[r];
      if (!is_open(problem, r)) continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(r));
      Question question{.sample = static_cast<std::size_t>(row.sample)};
      for (std::size_t i = 0; i < exprs.size(); ++i) {
        const Found value = evaluate(*exprs[i], scopes);
        const auto known = std::ranges::find_if(question.choices, [&](const Choice& choice) {
          return same(choice.value ? &*choice.value : nullptr, value.get());
        });
        if (known == question.choices.begin() && i > 0) continue;
        const double likely =
            std::exp((solution.candidates[0].cost - solution.candidates[i].cost) / kCostUnit) / sum;
        if (i > 0) question.doubt += likely;
        if (known == question.choices.end() && question.choices.size() < kChoicesMax)
          question.choices.push_back({describe(*solution.candidates[i].value),
                                      value.get() ? Maybe(*value.get()) : std::nullopt});
      }
      if (question.choices.size() < 2 || (worst && worst->doubt >= question.doubt)) continue;
      question.path = path_in_row(problem, static_cast<int>(r));
      worst = std::move(question);
    }
    if (worst && worst->doubt >= kDoubtTold)
      ask(problem, std::move(*worst), "other sources fit as well");
  }

  void ask(const Problem& problem, Question question, std::string reason) {
    assume(problem.path, std::move(reason));
    synthesis_.questions.push_back(std::move(question));
  }

  // States of the subject that an input at hand shows, but no output.
  void presence(const Problem& problem, const Candidate& candidate, bool is_container) {
    if (!candidate.subject) return;
    std::array<bool, kStates> asked{};
    for (std::size_t r = 0; r < problem.frame->rows().size(); ++r) {
      const Row& row = problem.frame->rows()[r];
      if (!is_open(problem, r)) continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(r));
      const State state = state_of(evaluate(*candidate.subject, scopes).get());
      const auto at = static_cast<std::size_t>(state);
      if (state == State::kPresent || candidate.actions[at] || asked[at]) continue;
      asked[at] = true;
      const double doubt = 1 - conventions_.certainty(state);
      if (doubt < kDoubtTold) continue;
      Question question{.path = path_in_row(problem, static_cast<int>(r)),
                        .sample = static_cast<std::size_t>(row.sample),
                        .doubt = doubt};
      const Action action = conventions_.action(candidate, state, is_container);
      const Maybe left_out;
      const Maybe null = json::value(nullptr);
      const bool is_null =
          action == Action::kNull || (state == State::kNull && action == Action::kKeep);
      const Choice as_null{"null", null};
      const Choice as_nothing{"left out", left_out};
      question.choices =
          is_null ? std::vector{as_null, as_nothing} : std::vector{as_nothing, as_null};
      ask(problem, std::move(question), "no sample with an output shows it missing or null");
    }
  }

  const Conventions& conventions_;
  const std::vector<Sample>& samples_;
  Synthesis& synthesis_;
  std::unordered_set<std::string> assumed_;
  std::string when_;            // within a kind of record: which
  bool of_one_sample_ = false;  // within a kind of record that one sample shows
  std::vector<std::pair<const Frame*, ExprPtr>> around_;  // what decides that objects are there
};

}  // namespace

std::string twin_text(const std::string& source, const std::string& other) {
  return "from " + source + "; in no sample it differs from " + other;
}

void report(const Search& search, const Solution& solution, const Conventions& conventions,
            const std::vector<Sample>& samples, Synthesis& synthesis) {
  Reporter reporter(conventions, samples, synthesis);
  reporter.visit(solution);
  reporter.unseen(search, solution);
  reporter.check();
  reporter.assume_unexplained();
  reporter.finish();
}

}  // namespace vouch::adapters
