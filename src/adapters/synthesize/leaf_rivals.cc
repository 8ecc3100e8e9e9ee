// What is the same in every sample may stand in the input as well: rivals of a constant, and of a
// constant factor.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

// What a rival costs more than what is taken: asked about where an input tells them apart.
constexpr double kBehindConstant = 1.3;
// Names from here on are alike.
constexpr double kLikeName = 0.6;

// The candidate becomes the one rival that is told of beside the first, whether it was found before
// or not.
void add_rival(Candidate rival, std::vector<Candidate>& found) {
  const std::string source = describe(*rival.value);
  std::erase_if(found, [&](const Candidate& one) { return describe(*one.value) == source; });
  rival.cost = std::min(rival.cost, found.front().cost + kBehindConstant);
  rival.is_told = true;
  found.push_back(std::move(rival));
}

void keep_cheaper(std::optional<Candidate> candidate, double cost, std::optional<Candidate>& best) {
  if (!candidate) return;
  candidate->cost += cost;
  if (!best || candidate->cost < best->cost) best = std::move(candidate);
}

// What a call multiplies its first argument by; nullopt: it is no such call.
std::optional<double> factor_of(const Call& made) {
  if (made.fn == Fn::kTimes) return made.numbers.front();
  if (made.fn == Fn::kScale) return std::pow(10, made.numbers.front());
  const auto* parts =
      made.fn == Fn::kDivide ? std::get_if<Constant>(&made.args.back()->node) : nullptr;
  return parts ? std::optional(1 / *number_of(parts->value)) : std::nullopt;
}

// The number by which something in the expression is multiplied; nullopt: there is none.
std::optional<double> factor_in(const Expr& expr) {
  const auto* made = std::get_if<Call>(&expr.node);
  if (!made) return std::nullopt;
  if (const auto factor = factor_of(*made)) return factor;
  return made->args.size() == 1 ? factor_in(*made->args.front()) : std::nullopt;
}

// The expression with a call of two arguments, the second of which is `by`, in the factor's place.
ExprPtr with_factor(const ExprPtr& expr, Fn fn, const ExprPtr& by) {
  Call made = std::get<Call>(expr->node);
  if (factor_of(made)) return call(fn, {made.args.front(), by});
  made.args.front() = with_factor(made.args.front(), fn, by);
  return make(std::move(made));
}

// What has the factor's value where the column's number is `number`: the column itself, so many
// percent, one and so many percent, or one of so many parts.
std::optional<std::pair<Fn, ExprPtr>> as_factor(double factor, double number,
                                                const ExprPtr& column) {
  const auto is = [&](double value) { return std::abs(value - factor) <= 1e-9 * std::abs(factor); };
  const ExprPtr percent = call(Fn::kScale, {column}, {}, {-2});
  if (is(number)) return {{Fn::kMultiply, column}};
  if (is(1 / number)) return {{Fn::kDivide, column}};
  if (is(number / 100)) return {{Fn::kMultiply, percent}};
  if (is(1 + number / 100)) return {{Fn::kMultiply, call(Fn::kAdd, {constant(1), percent})}};
  if (is(1 + number)) return {{Fn::kMultiply, call(Fn::kAdd, {constant(1), column})}};
  return std::nullopt;
}

}  // namespace

void find_rivals_of_constant(const Search& search, const Problem& problem,
                             std::vector<Candidate>& found) {
  if (found.empty() || !found.front().is_constant || problem.targets.size() < 2) return;
  const json::value value = std::get<Constant>(found.front().value->node).value;
  if (!is_scalar(value) || value.is_null()) return;
  const bool is_true = value.is_bool() && value.get_bool();
  const Call count{.fn = Fn::kCount};
  const Call present{.fn = Fn::kIsPresent};
  std::optional<Candidate> best;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, problem.targets.front().row);
    if (!from) return;
    if (same(*from, value)) keep_cheaper(fit_column(problem, ref, nullptr), 0, best);
    if (from->is_array() && is_number(value))
      keep_cheaper(fit_column(problem, ref, &count), 0.8, best);
    if (is_true && similarity(problem.place, ref.column().place) >= kLikeName)
      keep_cheaper(fit_column(problem, ref, &present), 0.5, best);
  });
  if (best) add_rival(std::move(*best), found);
}

void find_rivals_of_item(const Search& search, const Problem& problem,
                         std::vector<Candidate>& found) {
  const auto* first = found.empty() ? nullptr : std::get_if<Path>(&found.front().value->node);
  if (!first || problem.targets.size() < 2) return;
  const auto at = std::ranges::find(first->steps, Step::Kind::kIndex, &Step::kind);
  if (at == first->steps.end()) return;
  const Path list{first->scope, {first->steps.begin(), at}};
  const auto is_choice = [&](const Target& target) {
    Scopes scopes = problem.frame->scopes(target.row);
    const Found items = evaluate(*make(Path(list)), scopes);
    return items.get() && items.get()->is_array() && items.get()->get_array().size() > 1;
  };
  if (std::ranges::count_if(problem.targets, is_choice) < 2) return;
  std::vector<Candidate> rivals;
  find_extremes(search, problem, &list, rivals);
  each_column(search, problem, [&](const ColumnRef& ref) {
    const auto* lookup =
        ref.column().derived ? std::get_if<Lookup>(&ref.column().derived->node) : nullptr;
    if (!lookup || lookup->list.scope != list.scope || lookup->list.steps != list.steps) return;
    if (auto candidate = fit_column(problem, ref, nullptr); candidate && candidate->support > 0)
      rivals.push_back(std::move(*candidate));
  });
  sort_candidates(rivals);
  if (!rivals.empty()) add_rival(std::move(rivals.front()), found);
}

void find_rivals_of_factor(const Search& search, const Problem& problem,
                           std::vector<Candidate>& found) {
  const auto factor = found.empty() ? std::nullopt : factor_in(*found.front().value);
  if (!factor || problem.targets.size() < 2) return;
  const Candidate first = found.front();
  std::optional<Candidate> best;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, problem.targets.front().row);
    if (!from || !is_number(*from) || *number_of(*from) == 0) return;
    const auto by = as_factor(*factor, *number_of(*from), ref.expr());
    if (!by) return;
    const double like = similarity(problem.place, ref.column().place);
    keep_cheaper(fit_expr(problem, with_factor(first.value, by->first, by->second), first.subject),
                 first.cost + column_cost(problem, ref, like), best);
  });
  if (best) add_rival(std::move(*best), found);
}

}  // namespace vouch::adapters
