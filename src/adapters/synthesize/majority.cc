// Where nothing fits every sample, but something fits all but one: a sample that is wrong, or a
// rule that no step of the search knows. It is looked for once the search is over, since it changes
// no other decision.
#include <set>

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

// So many searches at most, each without some of the rows.
constexpr std::size_t kPartsMax = 4;
// Rows that have to agree on a rule that is more than a copy.
constexpr int kAgreeingMin = 3;

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

}  // namespace

void take_majorities(Search& search, Solution& solution) {
  for (const auto& member : solution.members)
    if (member) take_majorities(search, *member);
  if (solution.kind != Solution::Kind::kLeaf || !solution.candidates.empty()) return;
  std::optional<Candidate> best;
  try_copies(solution.problem, best);
  try_rules(search, solution.problem, best);
  if (best) solution.candidates.push_back(std::move(*best));
  note_contradictions(solution);
}

}  // namespace vouch::adapters
