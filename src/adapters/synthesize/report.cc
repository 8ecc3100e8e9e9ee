#include "adapters/synthesize/report.h"

#include <cmath>
#include <unordered_set>

#include "adapters/places.h"
#include "adapters/synthesize/unseen.h"
#include "adapters/synthesize/untold.h"

namespace vouch::adapters {

namespace {

// A candidate that costs this much more than another is e times less likely.
constexpr double kCostUnit = 0.6;
constexpr std::size_t kAlternativesMax = 4;
constexpr std::size_t kChoicesMax = 6;
// A doubt below this is not told: of so many fields one is wrong.
constexpr double kDoubtTold = 0.08;

// One of several ways to have a place that fit.
struct Rival {
  std::string source;
  std::set<std::string> members;
  double cost = 0;
  ExprPtr expr;  // the place by it
};

// How likely each is, of all of them.
std::vector<double> shares_of(const std::vector<Rival>& rivals) {
  std::vector<double> shares;
  double sum = 0;
  for (const Rival& rival : rivals)
    sum += shares.emplace_back(std::exp((rivals.front().cost - rival.cost) / kCostUnit));
  for (double& share : shares) share /= sum;
  return shares;
}

// Where the one is there, the other mostly is: an object and what is in it.
bool is_nested(const std::set<std::string>& a, const std::set<std::string>& b) {
  return a.size() == 1 && b.size() == 1 && a != b &&
         (is_around(*a.begin(), *b.begin()) || is_around(*b.begin(), *a.begin()));
}

const json::value* value_of(const Problem& problem, const Path& path, int row) {
  Scopes scopes = problem.frame->scopes(row);
  return follow(scopes[static_cast<std::size_t>(path.scope)].item, path.steps);
}

bool is_most_or_least(const Expr& expr) {
  const auto* made = std::get_if<Call>(&expr.node);
  return made && (made->fn == Fn::kMax || made->fn == Fn::kMin);
}

// The expression's one path, with its first step to an item of a list by the item's place or by a
// key; nullopt: it has another form.
struct Pick {
  Path list;
  std::vector<Step> rest;
  bool by_key = false;
};

std::optional<Pick> pick_in(const Expr& expr) {
  std::optional<Pick> pick;
  int paths = 0;
  visit_paths(expr, [&](const Path& path) {
    ++paths;
    const auto at = std::ranges::find_if(path.steps, [](const Step& step) {
      return step.kind == Step::Kind::kIndex || step.kind == Step::Kind::kFind;
    });
    if (at == path.steps.end()) return;
    pick = {.list = {path.scope, {path.steps.begin(), at}},
            .rest = {at + 1, path.steps.end()},
            .by_key = at->kind == Step::Kind::kFind};
  });
  return paths == 1 ? pick : std::nullopt;
}

// The same of a list's items, by their place and by a key.
bool is_picked_otherwise(const Expr& a, const Expr& b) {
  const std::optional<Pick> one = pick_in(a);
  const std::optional<Pick> other = pick_in(b);
  return one && other && one->by_key != other->by_key && one->list.scope == other->list.scope &&
         one->list.steps == other->list.steps && one->rest == other->rest;
}

bool goes_by_place(const Solution& solution) {
  if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) {
    bool found = false;
    visit_paths(*solution.candidates.front().value, [&](const Path& path) {
      found |= std::ranges::any_of(
          path.steps, [](const Step& step) { return step.kind == Step::Kind::kIndex; });
    });
    return found;
  }
  return std::ranges::any_of(solution.members,
                             [](const auto& member) { return member && goes_by_place(*member); });
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
    for (const Decision& decision : solution.decisions) decided(solution, decision);
    if (solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()) leaf(solution);
    if (solution.kind == Solution::Kind::kEach) {
      for (const ExprPtr& source : solution.outer_sources) first_of(solution.problem, *source);
      first_of(solution.problem, *solution.each.source);
      one_of_all(solution);
    }
    const std::pair<ExprPtr, std::string> conditions[] = {
        {solution.each.keep, solution.problem.path + "[]"},
        {solution.condition, solution.problem.path}};
    for (const auto& [condition, path] : conditions)
      if (std::string text = condition ? told_of_threshold(*condition) : ""; !text.empty())
        tell(path, std::move(text));
    if (solution.presence && solution.kind != Solution::Kind::kLeaf)
      presence(solution.problem, *solution.presence, true);
    if (solution.kind == Solution::Kind::kDispatch) return kinds(solution);
    const bool is_guarded = solution.kind == Solution::Kind::kObject && solution.presence;
    if (is_guarded) around_.push_back({solution.problem.frame, solution.presence->subject});
    const bool is_tuple = solution.kind == Solution::Kind::kList && goes_by_place(solution);
    if (is_tuple && !in_tuple_)
      assume(solution.problem.path, "made item by item, by their place in the input: always " +
                                        std::to_string(solution.members.size()));
    const bool before = std::exchange(in_tuple_, in_tuple_ || is_tuple);
    for (const auto& member : solution.members) visit(*member);
    in_tuple_ = before;
    if (is_guarded) around_.pop_back();
  }

  void cut() { assume("", "the search was cut: its time was up before everything was tried"); }

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

  // What was decided about the structure is a field like a leaf's source.
  void decided(const Solution& solution, const Decision& decision) {
    std::vector<Rival> rivals;
    rivals.reserve(decision.readings.size());
    for (const Reading& reading : decision.readings)
      rivals.push_back({reading.source, reading.members, reading.cost});
    const bool is_kind = solution.kind == Solution::Kind::kDispatch;
    // All members of an object are told apart by the same: that is one question.
    const bool is_asked =
        is_kind && !kinds_.emplace(solution.problem.frame, rivals.front().source).second;
    Field field = field_of(decision.path, rivals);
    field.when = when_;
    std::erase_if(field.alternatives, [&](const Alternative& other) {
      return is_asked || is_nested(field.members, other.members);
    });
    field.seen = field.held = static_cast<int>(solution.problem.targets.size());
    bool is_told = is_kind;  // by kinds()
    if (!is_asked && rivals.size() > 1) {
      for (std::size_t i = 0; i < rivals.size(); ++i) {
        Solution other = solution;
        decision.readings[i].apply(other);
        rivals[i].expr = build(other, conventions_);
      }
      is_told |= compare(solution.problem, rivals);
    }
    for (const Alternative& other : field.alternatives)
      if (!is_told && other.confidence >= kTwinLeast)
        assume(field.path, twin_text(field.source, other.source));
    synthesis_.fields.push_back(std::move(field));
  }

  static Field field_of(const std::string& path, const std::vector<Rival>& rivals) {
    const std::vector<double> shares = shares_of(rivals);
    Field field{.path = path,
                .source = rivals.front().source,
                .confidence = shares.front(),
                .members = rivals.front().members};
    for (std::size_t i = 1; i < rivals.size() && i <= kAlternativesMax; ++i)
      field.alternatives.push_back({rivals[i].source, shares[i], rivals[i].members});
    return field;
  }

  // An item taken by its place where no sample shows what becomes of another. That the whole record
  // is wrapped in a list is told once.
  void first_of(const Problem& problem, const Expr& expr) {
    if (in_tuple_) return;
    visit_paths(expr, [&](const Path& path) {
      if (path.scope > problem.frame->scope()) return;
      for (std::size_t i = 0; i < path.steps.size(); ++i) {
        if (path.steps[i].kind != Step::Kind::kIndex) continue;
        const Path list{path.scope,
                        {path.steps.begin(), path.steps.begin() + static_cast<long>(i)}};
        const bool is_one = std::ranges::all_of(problem.targets, [&](const Target& target) {
          const json::value* value = value_of(problem, list, target.row);
          return !value || !value->is_array() || value->get_array().size() < 2;
        });
        const bool is_wrapper = std::ranges::all_of(
            list.steps, [](const Step& step) { return step.kind == Step::Kind::kOnly; });
        if (!is_one || (is_wrapper && !wrapped_.insert(problem.frame).second)) continue;
        assume(problem.path, "the first of " + describe(list) + ": in every sample there is one");
      }
    });
  }

  // One item in every sample: it may be the first of those that are meant.
  void one_of_all(const Solution& solution) {
    const bool is_one = std::ranges::all_of(solution.problem.targets, [](const Target& target) {
      return target.value && target.value->is_array() && target.value->get_array().size() == 1;
    });
    if (!is_one) return;
    std::string text = "all of " + describe(*solution.each.source);
    if (solution.each.keep) text += " where " + describe(*solution.each.keep);
    assume(solution.problem.path, text + ": in every sample that is one");
  }

  // Each kind of record by itself.
  void kinds(const Solution& solution) {
    std::string by = "chosen by " + describe(*solution.kind_of);
    for (const Decision& decision : solution.decisions)
      if (decision.readings.size() > 1)
        by += " or " + decision.readings[1].source + ", which no sample tells apart";
    const ExprPtr built = build(solution, conventions_);
    if (const auto* table = std::get_if<Choose>(&built->node))
      if (const std::string others = told_of_others(*table); !others.empty()) by += ": " + others;
    assume(solution.problem.path, std::move(by));
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

  // Beside what else is told of the path.
  void tell(const std::string& path, std::string reason) {
    assumed_.insert(path);
    synthesis_.assumptions.push_back({path, std::move(reason)});
  }

  void leaf(const Solution& solution) {
    const Candidate& taken = solution.candidates.front();
    std::vector<Rival> rivals;
    rivals.reserve(solution.candidates.size());
    for (const Candidate& candidate : solution.candidates)
      rivals.push_back({describe(*candidate.value), members_of(*candidate.value), candidate.cost});
    for (std::size_t i = 1; i < rivals.size(); ++i)
      if (is_picked_otherwise(*taken.value, *solution.candidates[i].value))
        rivals[i].members = rivals.front().members;
    Field field = field_of(solution.problem.path, rivals);
    field.when = when_;
    field.seen = static_cast<int>(solution.problem.targets.size());
    field.held = field.seen - static_cast<int>(taken.missed.size());
    if (rivals.size() > 1) {
      for (std::size_t i = 0; i < rivals.size(); ++i)
        rivals[i].expr = build(solution.candidates[i], conventions_);
      compare(solution.problem, rivals);
    }
    for (std::string& text : untold_by_samples(solution.problem, *taken.value))
      tell(field.path, std::move(text));
    // Another part of the same member, or of the same list. Other members are asked about, which no
    // input here decides.
    if (std::holds_alternative<Choose>(taken.value->node))
      assume(field.path, doubt_of(solution.problem, taken));
    for (std::size_t i = 0; i < field.alternatives.size(); ++i) {
      const Alternative& other = field.alternatives[i];
      const bool is_told =
          other.members == field.members || is_most_or_least(*solution.candidates[i + 1].value);
      if (!is_told || other.confidence < kTwinLeast) continue;
      // What is told of a kind of record is told beside that there are kinds.
      std::string text = twin_text(field.source, other.source);
      if (when_.empty())
        assume(field.path, std::move(text));
      else
        tell(field.path, text + ", where " + when_);
      if (!when_.empty()) break;
    }
    for (const Candidate& other : solution.candidates)
      if (other.is_told && &other != &taken)
        assume(field.path, twin_text(field.source, describe(*other.value)));
    if (const Alternative* rival = calculated_rival(solution.problem, taken, field))
      assume(field.path, twin_text(field.source, rival->source));
    synthesis_.fields.push_back(std::move(field));
    presence(solution.problem, taken, false);
    if (of_one_sample_) assume(solution.problem.path, "one sample alone shows this kind of record");
    if (taken.is_constant && solution.problem.targets.size() == 1)
      assume(solution.problem.path, "always this: one place alone shows it");
    first_of(solution.problem, *taken.value);
    if (taken.is_weak) assume(solution.problem.path, doubt_of(solution.problem, taken));
  }

  // What a number that is copied from another name could be calculated from as well, where such
  // ways together are likely enough though none is alone; null: there is no such thing.
  static const Alternative* calculated_rival(const Problem& problem, const Candidate& taken,
                                             const Field& field) {
    constexpr double kLikeName = 0.6;
    constexpr double kRivalsLeast = 0.12;
    const Target* target = telling_target(problem);
    if (!target || !is_number(*target->value) || taken.similarity >= kLikeName ||
        !std::holds_alternative<Path>(taken.value->node))
      return nullptr;
    double sum = 0;
    const Alternative* first = nullptr;
    for (const Alternative& other : field.alternatives) {
      if (other.members == field.members) continue;
      sum += other.confidence;
      if (!first) first = &other;
    }
    return sum >= kRivalsLeast && first->confidence < kTwinLeast ? first : nullptr;
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
    return text + ": " + told_of_others(*table);
  }

  // Where they disagree on an input without an output: whether it is asked.
  bool compare(const Problem& problem, const std::vector<Rival>& rivals) {
    const std::vector<double> shares = shares_of(rivals);
    std::optional<Question> worst;
    for (std::size_t r = 0; r < problem.frame->rows().size(); ++r) {
      const Row& row = problem.frame->rows()[r];
      if (!is_open(problem, r)) continue;
      Scopes scopes = problem.frame->scopes(static_cast<int>(r));
      Question question{.sample = static_cast<std::size_t>(row.sample)};
      for (std::size_t i = 0; i < rivals.size(); ++i) {
        const Found value = rivals[i].expr ? evaluate(*rivals[i].expr, scopes) : Found();
        const auto known = std::ranges::find_if(question.choices, [&](const Choice& choice) {
          return same(choice.value ? &*choice.value : nullptr, value.get());
        });
        if (known == question.choices.begin() && i > 0) continue;
        if (i > 0) question.doubt += shares[i];
        if (known == question.choices.end() && question.choices.size() < kChoicesMax)
          question.choices.push_back(
              {rivals[i].source, value.get() ? Maybe(*value.get()) : std::nullopt});
      }
      if (question.choices.size() < 2 || (worst && worst->doubt >= question.doubt)) continue;
      question.path = path_in_row(problem, static_cast<int>(r));
      worst = std::move(question);
    }
    if (!worst || worst->doubt < kDoubtTold) return false;
    ask(problem, std::move(*worst), "other sources fit as well");
    return true;
  }

  void ask(const Problem& problem, Question question, std::string reason) {
    assume(problem.path, std::move(reason));
    synthesis_.questions.push_back(std::move(question));
  }

  // States of the subject that an input at hand shows, but no output.
  void presence(const Problem& problem, const Candidate& candidate, bool is_container) {
    if (!candidate.subject) return;
    if (candidate.null_by_schema)
      assume(problem.path, "null where " + describe(*candidate.subject) +
                               " is null, as the schema has it: no sample shows that");
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
  bool in_tuple_ = false;       // within a list whose items are taken by their place
  std::set<std::pair<const Frame*, std::string>> kinds_;  // by what they are told apart
  std::set<const Frame*> wrapped_;                        // whose record is one of a list
  std::vector<std::pair<const Frame*, ExprPtr>> around_;  // what decides that objects are there
};

}  // namespace

std::string twin_text(const std::string& source, const std::string& other) {
  return "from " + source + "; in no sample it differs from " + other;
}

void report(const Search& search, const Solution& solution, const Conventions& conventions,
            const std::vector<Sample>& samples, Synthesis& synthesis) {
  Reporter reporter(conventions, samples, synthesis);
  if (search.is_cut) reporter.cut();
  reporter.visit(solution);
  reporter.unseen(search, solution);
  reporter.check();
  reporter.assume_unexplained();
  reporter.finish();
}

}  // namespace vouch::adapters
