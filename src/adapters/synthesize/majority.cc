// Where nothing fits every sample, but something fits all but one: a sample that is wrong, or a
// rule that no step of the search knows. It is looked for once the search is over, since it changes
// no other decision.
#include <set>

#include "adapters/functions.h"
#include "adapters/places.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

// So many searches at most, each without some of the rows.
constexpr std::size_t kPartsMax = 4;
// Rows that have to agree on a rule that is more than a copy.
constexpr int kAgreeingMin = 3;
// Names from here on are alike.
constexpr double kLikeName = 0.6;
// From here on a value is not equal to another in its record by chance.
constexpr double kOwnWeight = 0.8;
// Different values of this weight together are equal to another name's by no chance.
constexpr double kTellingWeight = 4;

// The row that a copy from the best place contradicts, where one does and most do not.
void try_copies(const Problem& problem, std::optional<Candidate>& best) {
  for (const Frame* frame : frames_of(problem)) {
    for (std::size_t i = 0; i < frame->columns().size(); ++i) {
      const ColumnRef ref{frame, static_cast<int>(i)};
      Candidate candidate{.value = ref.expr()};
      for (std::size_t t = 0; t < problem.targets.size(); ++t) {
        const Target& target = problem.targets[t];
        if (same(ref.at(*problem.frame, target.row), target.value))
          candidate.support += target.value && weight_of(target.value) > 0 ? 1 : 0;
        else
          candidate.missed.push_back(static_cast<int>(t));
      }
      if (candidate.support == 0 || candidate.missed.size() * 2 >= problem.targets.size()) continue;
      candidate.similarity = similarity(problem.place, ref.column().place);
      candidate.cost = column_cost(problem, ref, candidate.similarity) +
                       2.0 * static_cast<double>(candidate.missed.size());
      if (!best || candidate.cost < best->cost) best = std::move(candidate);
    }
  }
}

// Not one small value everywhere, which much gives by chance.
bool says_enough(const Problem& problem) {
  const json::value* first = problem.targets.front().value;
  return weight_of(first) >= 2 || std::ranges::any_of(problem.targets, [&](const Target& target) {
           return !same(target.value, first);
         });
}

bool is_arithmetic(const Candidate& candidate) {
  const auto* call = std::get_if<Call>(&candidate.value->node);
  return call && call->fn >= Fn::kAdd && call->fn <= Fn::kDivide;
}

// A table tells of a row whose case it was seen to have twice.
bool has_case(const Choose& table, const Problem& rest, const json::value* subject) {
  int seen = 0;
  for (const Target& target : rest.targets) {
    Scopes scopes = rest.frame->scopes(target.row);
    const Found value = evaluate(*table.subject, scopes);
    seen += same(value.get(), subject) ? 1 : 0;
  }
  return seen >= 2;
}

// Whether the candidate, found in `rest`, says anything of a row that it was not found in.
bool speaks_of(const Candidate& candidate, const Problem& rest, int row) {
  Scopes scopes = rest.frame->scopes(row);
  if (const auto* table = std::get_if<Choose>(&candidate.value->node)) {
    const Found subject = evaluate(*table->subject, scopes);
    return subject.get() && has_case(*table, rest, subject.get());
  }
  const ExprPtr& subject = candidate.subject ? candidate.subject : candidate.value;
  return state_of(evaluate(*subject, scopes).get()) == State::kPresent;
}

// A constant, a condition or a table of single values fits few rows by chance.
bool is_rule(const Candidate& candidate) {
  if (!candidate.missed.empty() || candidate.is_constant || candidate.support < kAgreeingMin)
    return false;
  return std::holds_alternative<Choose>(candidate.value->node) || is_arithmetic(candidate) ||
         (candidate.subject && !candidate.is_weak);
}

// What fits all of `rest`, and of the other rows all but some of one sample, which it misses.
void try_rest(Search& search, const Problem& problem, const Problem& rest,
              std::optional<Candidate>& best) {
  if (!says_enough(rest)) return;
  for (Candidate& candidate : find_leaf(search, rest)) {
    if (!is_rule(candidate)) continue;
    const ExprPtr built = build(candidate, Conventions());
    std::set<int> samples;
    for (std::size_t t = 0; t < problem.targets.size(); ++t) {
      const Target& target = problem.targets[t];
      Scopes scopes = problem.frame->scopes(target.row);
      if (same(evaluate(*built, scopes).get(), target.value)) continue;
      candidate.missed.push_back(static_cast<int>(t));
      samples.insert(problem.frame->rows()[static_cast<std::size_t>(target.row)].sample);
      if (!speaks_of(candidate, rest, target.row)) samples.insert(-1);
    }
    if (samples.size() != 1 || samples.contains(-1)) continue;
    candidate.cost += 2.0 * static_cast<double>(candidate.missed.size());
    if (!best || candidate.cost < best->cost) best = std::move(candidate);
  }
}

void try_rules(Search& search, const Problem& problem, std::optional<Candidate>& best) {
  const std::size_t count = problem.targets.size();
  const std::size_t parts = std::min(count, kPartsMax);
  if (count <= static_cast<std::size_t>(kAgreeingMin)) return;
  for (std::size_t part = 0; part < parts && !search.out_of_time(); ++part) {
    std::vector<int> kept;
    for (std::size_t t = 0; t < count; ++t)
      if (t < part * count / parts || t >= (part + 1) * count / parts)
        kept.push_back(static_cast<int>(t));
    try_rest(search, problem, restricted(problem, kept), best);
  }
}

// ---- Explained, but by more than a copy needs ----

bool is_kept(const Search& search, const Problem& problem, int target) {
  const int row = problem.targets[static_cast<std::size_t>(target)].row;
  const int sample = problem.frame->rows()[static_cast<std::size_t>(row)].sample;
  return std::ranges::any_of(search.kept, [&](const Pinned& kept) {
    return kept.sample == sample && kept.path == path_in_row(problem, row);
  });
}

// A condition, a table, or one source for each kind of record: any one value fits into such.
bool is_pieced(const Solution& solution) {
  if (solution.kind == Solution::Kind::kDispatch)
    return std::ranges::all_of(solution.problem.targets, [](const Target& target) {
      return !target.value || is_scalar(*target.value);
    });
  if (solution.kind != Solution::Kind::kLeaf || solution.candidates.empty()) return false;
  const auto& node = solution.candidates.front().value->node;
  return std::holds_alternative<When>(node) || std::holds_alternative<Choose>(node);
}

// What the different values of the targets weigh together.
double weight_of_all(const Problem& problem) {
  double sum = 0;
  for (const json::value* value : different_values(problem)) sum += weight_of(value);
  return sum;
}

const Coalesce* coalesce_in(const Solution& solution) {
  return solution.kind == Solution::Kind::kLeaf && !solution.candidates.empty()
             ? std::get_if<Coalesce>(&solution.candidates.front().value->node)
             : nullptr;
}

// The copy that all places but one agree on: of a like name, or of values that say enough.
std::optional<Candidate> copy_but_one(const Problem& problem) {
  std::optional<Candidate> best;
  try_copies(problem, best);
  if (!best || best->missed.size() != 1 || best->support < kAgreeingMin) return std::nullopt;
  std::vector<int> agreeing;
  for (std::size_t t = 0; t < problem.targets.size(); ++t)
    if (static_cast<int>(t) != best->missed.front()) agreeing.push_back(static_cast<int>(t));
  const Problem rest = restricted(problem, agreeing);
  const bool is_alike = best->similarity >= kLikeName && says_enough(rest);
  return is_alike || weight_of_all(rest) >= kTellingWeight ? std::move(best) : std::nullopt;
}

// Of several sources, the first that is there, the one that alone gives all places but one: of
// small values the others give that one by chance.
std::optional<Candidate> option_but_one(const Problem& problem, const Coalesce& options) {
  std::optional<Candidate> best;
  try_copies(problem, best);
  if (!best || best->missed.size() != 1 || best->support < kAgreeingMin) return std::nullopt;
  const std::string source = describe(*best->value);
  const bool is_option = std::ranges::any_of(
      options.options, [&](const ExprPtr& one) { return describe(*one) == source; });
  const bool is_small = std::ranges::all_of(
      problem.targets, [](const Target& target) { return weight_of(target.value) < kOwnWeight; });
  return is_option && is_small ? std::move(best) : std::nullopt;
}

// What stands in one place alone stands in its input, too: that is a source of its own.
bool has_source(const Problem& problem, int target) {
  const Target& alone = problem.targets[static_cast<std::size_t>(target)];
  if (weight_of(alone.value) < kOwnWeight || !is_scalar(*alone.value)) return false;
  const std::uint64_t letters = letters_of(*alone.value);
  return letters != 0 && std::ranges::any_of(frames_of(problem), [&](const Frame* frame) {
           return !frame->alike_columns(problem.frame->row_in(*frame, alone.row), letters).empty();
         });
}

bool is_predicate(const Solution& solution) {
  if (solution.kind != Solution::Kind::kLeaf || solution.candidates.empty()) return false;
  const auto* call = std::get_if<Call>(&solution.candidates.front().value->node);
  return call && adapters::is_predicate(call->fn) &&
         std::ranges::all_of(solution.problem.targets, [](const Target& target) {
           return target.value && target.value->is_bool();
         });
}

// That a column has one of its two values, where all places but one agree on it, both ways.
std::optional<Candidate> two_values_but_one(const Problem& problem, const ColumnRef& ref) {
  const json::value* first = nullptr;
  const json::value* second = nullptr;
  std::array<std::vector<int>, 4> places;  // by value, and by what is wanted there
  for (std::size_t t = 0; t < problem.targets.size(); ++t) {
    const json::value* value = ref.at(*problem.frame, problem.targets[t].row);
    if (!value || !is_scalar(*value)) return std::nullopt;
    if (!first) first = value;
    if (!same(*first, *value) && !second) second = value;
    if (!same(*first, *value) && !same(*second, *value)) return std::nullopt;
    const bool wanted = problem.targets[t].value->get_bool();
    places[(same(*first, *value) ? 0 : 2) + (wanted ? 1 : 0)].push_back(static_cast<int>(t));
  }
  for (const bool is_first : {true, false}) {
    const auto& agreeing_true = places[is_first ? 1 : 3];
    const auto& agreeing_false = places[is_first ? 2 : 0];
    std::vector<int> missed = places[is_first ? 0 : 2];
    const auto& others = places[is_first ? 3 : 1];
    missed.insert(missed.end(), others.begin(), others.end());
    if (missed.size() != 1 || agreeing_true.empty() || agreeing_false.empty()) continue;
    const auto support = static_cast<int>(agreeing_true.size() + agreeing_false.size());
    if (support < kAgreeingMin) continue;
    return Candidate{
        .value = call(Fn::kEquals, {ref.expr(), constant(is_first ? *first : *second)}),
        .support = support,
        .missed = std::move(missed)};
  }
  return std::nullopt;
}

// The same, of a column of a name that is like, and more so than the names of what fits everywhere.
std::optional<Candidate> flag_but_one(const Search& search, const Problem& problem,
                                      const Expr& taken) {
  double taken_like = 0;
  visit_paths(taken, [&](const Path& path) {
    taken_like = std::max(taken_like, similarity(problem.place, place_of(path)));
  });
  std::optional<Candidate> best;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const double like = similarity(problem.place, ref.column().place);
    if (like < kLikeName || like <= taken_like || (best && like <= best->similarity)) return;
    if (auto found = two_values_but_one(problem, ref)) {
      best = std::move(found);
      best->similarity = like;
    }
  });
  return best;
}

// A person said that it comes from there.
bool is_meant(const Search& search, const Solution& solution) {
  return !solution.candidates.empty() &&
         meant(search, solution.problem.path, {describe(*solution.candidates.front().value)});
}

void doubt_pieces(const Search& search, Solution& solution) {
  std::optional<Candidate> copy;
  if (is_meant(search, solution)) return;
  if (is_pieced(solution))
    copy = copy_but_one(solution.problem);
  else if (is_predicate(solution))
    copy = flag_but_one(search, solution.problem, *solution.candidates.front().value);
  else if (const Coalesce* options = coalesce_in(solution))
    copy = option_but_one(solution.problem, *options);
  if (!copy || is_kept(search, solution.problem, copy->missed.front()) ||
      has_source(solution.problem, copy->missed.front()))
    return;
  solution.kind = Solution::Kind::kLeaf;
  solution.members.clear();
  solution.decisions.clear();
  solution.candidates.clear();
  solution.candidates.push_back(std::move(*copy));
  note_contradictions(solution);
}

// ---- What the search itself doubts ----

// What was said to be right is a case like others.
void accept_kept(const Search& search, Solution& solution) {
  Candidate& taken = solution.candidates.front();
  const ExprPtr built = build(taken, Conventions());
  std::erase_if(taken.missed, [&](int i) {
    const Target& target = solution.problem.targets[static_cast<std::size_t>(i)];
    Scopes scopes = solution.problem.frame->scopes(target.row);
    if (!is_kept(search, solution.problem, i) ||
        !same(evaluate(*built, scopes).get(), target.value))
      return false;
    taken.is_weak = true;
    if (std::holds_alternative<Choose>(taken.value->node)) taken.alone.push_back(i);
    return true;
  });
  note_contradictions(solution);
}

// Where a table has a case from one row alone, the others say nothing of it.
void tell_new_cases(Solution& solution) {
  const Candidate& taken = solution.candidates.front();
  const auto* table = std::get_if<Choose>(&taken.value->node);
  if (!table) return;
  for (std::size_t i = 0; i < taken.missed.size(); ++i) {
    const auto target_of = [&](std::size_t t) { return solution.problem.targets[t]; };
    const auto subject_in = [&](int row) {
      Scopes scopes = solution.problem.frame->scopes(row);
      const Found value = evaluate(*table->subject, scopes);
      return value.get() ? Maybe(*value.get()) : std::nullopt;
    };
    const auto missed = static_cast<std::size_t>(taken.missed[i]);
    const Maybe subject = subject_in(target_of(missed).row);
    bool is_new = true;
    for (std::size_t t = 0; t < solution.problem.targets.size(); ++t)
      is_new &= t == missed || !same(subject_in(target_of(t).row), subject);
    if (!is_new) continue;
    solution.contradictions[i].is_new = true;
    solution.contradictions[i].reason =
        "no other has " + shown(subject ? &*subject : nullptr) + " in " + describe(*table->subject);
  }
}

}  // namespace

void take_majorities(Search& search, Solution& solution) {
  for (const auto& member : solution.members)
    if (member) take_majorities(search, *member);
  doubt_pieces(search, solution);
  if (solution.kind != Solution::Kind::kLeaf) return;
  if (solution.candidates.empty()) {
    std::optional<Candidate> best;
    try_copies(solution.problem, best);
    try_rules(search, solution.problem, best);
    if (best) solution.candidates.push_back(std::move(*best));
    note_contradictions(solution);
  } else if (!solution.candidates.front().missed.empty()) {
    accept_kept(search, solution);
    tell_new_cases(solution);
  }
}

}  // namespace vouch::adapters
