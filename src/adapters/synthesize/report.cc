#include "adapters/synthesize/report.h"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace vouch::adapters {

namespace {

// A candidate that costs this much more than another is e times less likely.
constexpr double kCostUnit = 0.6;
constexpr std::size_t kAlternativesMax = 4;
constexpr std::size_t kChoicesMax = 6;
// A doubt below this is not told: of so many fields one is wrong.
constexpr double kDoubtTold = 0.08;
// Of a member that no sample with an output has: the share of the others that are copied.
constexpr double kUnseenTold = 0.25;

class Reporter {
 public:
  Reporter(const Conventions& conventions, const std::vector<Sample>& samples, Synthesis& synthesis)
      : conventions_(conventions), samples_(samples), synthesis_(synthesis) {}

  void visit(const Solution& solution) {
    for (const Contradiction& contradiction : solution.contradictions)
      synthesis_.unexplained.push_back({contradiction.path,
                                        static_cast<std::size_t>(contradiction.sample),
                                        contradiction.value, contradiction.reason});
    if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) leaf(solution);
    if (solution.presence && solution.kind != Solution::Kind::kLeaf)
      presence(solution.problem, *solution.presence, true);
    if (solution.kind == Solution::Kind::kObject && !solution.spread.source) unseen(solution);
    const bool is_guarded = solution.kind == Solution::Kind::kObject && solution.presence;
    if (is_guarded) around_.push_back({solution.problem.frame, solution.presence->subject});
    for (const auto& member : solution.members) visit(*member);
    if (is_guarded) around_.pop_back();
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
    Field field{.path = solution.problem.path, .source = describe(*taken.value)};
    field.seen = static_cast<int>(solution.problem.targets.size());
    field.held = field.seen - static_cast<int>(taken.missed.size());
    double sum = 0;
    for (const Candidate& candidate : solution.candidates)
      sum += std::exp((taken.cost - candidate.cost) / kCostUnit);
    field.confidence = 1 / sum;
    for (std::size_t i = 1; i < solution.candidates.size() && i <= kAlternativesMax; ++i) {
      const Candidate& other = solution.candidates[i];
      field.alternatives.push_back(
          {describe(*other.value), std::exp((taken.cost - other.cost) / kCostUnit) / sum});
    }
    synthesis_.fields.push_back(std::move(field));
    compare(solution, sum);
    whole_copies(solution, taken);
    presence(solution.problem, taken, false);
    if (taken.is_weak)
      assume(solution.problem.path,
             describe(*taken.value) + (std::holds_alternative<Choose>(taken.value->node)
                                           ? ": other values may come"
                                           : ": too few samples show more"));
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

  // An object that is copied whole, where the mapping leaves null out elsewhere, and only an input
  // without an output has null in it.
  void whole_copies(const Solution& solution, const Candidate& taken) {
    const Problem& problem = solution.problem;
    if (conventions_.action({}, State::kNull) != Action::kOmit) return;
    const auto has_null = [](const json::value* value) {
      return value && value->is_object() &&
             std::ranges::any_of(value->get_object(),
                                 [](const auto& member) { return member.value().is_null(); });
    };
    for (const Target& target : problem.targets)
      if (has_null(target.value)) return;
    for (std::size_t r = 0; r < problem.frame->rows().size(); ++r) {
      if (!is_open(problem, r)) continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(r));
      if (!has_null(evaluate(*taken.value, scopes).get())) continue;
      return assume(problem.path, "copied whole, with what is null in it");
    }
  }

  // Members of the object that most members come from which no sample with an output has: where
  // nearly all its others are copied, these may be, too.
  void unseen(const Solution& solution) {
    const Problem& problem = solution.problem;
    // By source object and how its members' names are changed.
    std::map<std::pair<std::string, Naming>, int> sources;
    for (std::size_t i = 0; i < solution.members.size(); ++i) {
      const Path* path = copied_from(*solution.members[i]);
      if (!path || path->scope != problem.frame->scope()) continue;
      const auto naming = naming_of(path->steps.back().name, solution.member_names[i]);
      if (naming)
        ++sources[{describe(Path{path->scope, {path->steps.begin(), path->steps.end() - 1}}),
                   *naming}];
    }
    for (const auto& [source, count] : sources) {
      const auto& [path, naming] = source;
      if (count < 2 && naming.prefix.empty()) continue;
      for (const Column& column : problem.frame->columns())
        if (!column.derived && describe(column.path) == path)
          unseen_in(solution, column, count, naming);
    }
  }

  // "employee" is "notesEmployee": a prefix, and a capital letter after it.
  struct Naming {
    std::string prefix;
    bool capital = false;
    auto operator<=>(const Naming&) const = default;

    std::string of(std::string_view name) const {
      std::string text(name);
      if (capital && !text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 0x20);
      return prefix + text;
    }
  };

  static std::optional<Naming> naming_of(const std::string& from, const std::string& to) {
    if (from == to) return Naming{};
    for (const bool capital : {false, true}) {
      const std::string tail = Naming{"", capital}.of(from);
      if (to.size() > tail.size() && to.ends_with(tail))
        return Naming{to.substr(0, to.size() - tail.size()), capital};
    }
    return std::nullopt;
  }

  static const Path* copied_from(const Solution& member) {
    if (member.kind != Solution::Kind::kLeaf || member.candidates.empty()) return nullptr;
    const auto* path = std::get_if<Path>(&member.candidates.front().value->node);
    return path && !path->steps.empty() && !path->steps.back().name.empty() ? path : nullptr;
  }

  void unseen_in(const Solution& solution, const Column& from, int copied, const Naming& naming) {
    const Problem& problem = solution.problem;
    std::unordered_set<std::string_view> shown;        // with a value, or null where null is kept
    std::unordered_map<std::string_view, int> hidden;  // in which row it is first there
    const bool keeps_null = conventions_.action({}, State::kNull) == Action::kKeep;
    for (const bool is_open_pass : {false, true}) {
      for (std::size_t r = 0; r < from.values.size(); ++r) {
        const json::value* object = from.values[r];
        if (!object || !object->is_object() || is_open(problem.frame->rows()[r]) != is_open_pass)
          continue;
        for (const auto& member : object->get_object()) {
          const bool is_null = member.value().is_null();
          if (!is_open_pass && (!is_null || keeps_null)) shown.insert(member.key());
          if (is_open_pass && !is_null && !shown.contains(member.key()))
            hidden.emplace(member.key(), static_cast<int>(r));
        }
      }
    }
    const double rate =
        static_cast<double>(copied) / static_cast<double>(std::max<std::size_t>(shown.size(), 1));
    for (const auto& [name, row] : hidden) {
      const std::string target = naming.of(name);
      if (std::ranges::count(solution.member_names, target) > 0) continue;
      if (const double doubt = 0.9 * std::min(rate, 1.0); doubt >= kUnseenTold)
        ask_unseen(problem, from.values[static_cast<std::size_t>(row)]->get_object().at(name),
                   target, row, doubt);
    }
  }

  void ask_unseen(const Problem& problem, const json::value& value, const std::string& name,
                  int row, double doubt) {
    const auto with_name = [&](const std::string& path) {
      return path.empty() ? name : path + "." + name;
    };
    Question question{.path = with_name(path_in_row(problem, row)),
                      .sample = static_cast<std::size_t>(
                          problem.frame->rows()[static_cast<std::size_t>(row)].sample),
                      .doubt = doubt};
    question.choices.push_back({"left out", std::nullopt});
    question.choices.push_back({"copied", Maybe(value)});
    assume(with_name(problem.path), "no sample with an output has it");
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
  std::vector<std::pair<const Frame*, ExprPtr>> around_;  // what decides that objects are there
};

}  // namespace

void report(const Search&, const Solution& solution, const Conventions& conventions,
            const std::vector<Sample>& samples, Synthesis& synthesis) {
  Reporter reporter(conventions, samples, synthesis);
  reporter.visit(solution);
  reporter.check();
  reporter.finish();
}

}  // namespace vouch::adapters
