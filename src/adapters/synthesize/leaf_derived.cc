// Leaves that are calculated: dates and numbers.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kNumberColumnsMax = 60;
constexpr double kPartsMost = 1e8;  // that a number is divided by

void add_if_fits(const Problem& problem, const ColumnRef& ref, const Call& call, double cost,
                 std::vector<Candidate>& found) {
  if (auto candidate = fit_column(problem, ref, &call)) {
    candidate->cost += cost;
    found.push_back(std::move(*candidate));
  }
}

// Of one value alone much arithmetic is true.
bool has_two_values(const Problem& problem) {
  const auto values = different_values(problem);
  return std::ranges::count_if(values, says_something) > 1;
}

constexpr Fn kDatesOfNumbers[] = {Fn::kIsoOfSeconds, Fn::kIsoOfMillis, Fn::kShortIsoOfSeconds,
                                  Fn::kDateOfSeconds, Fn::kDateOfMillis};
constexpr Fn kDatesOfTexts[] = {Fn::kIsoOfText,  Fn::kShortIsoOfText, Fn::kSecondIsoOfText,
                                Fn::kDateOfText, Fn::kSecondsOfText,  Fn::kMillisOfText};

bool is_epoch(const json::value& value) {
  const auto number = number_of(value);
  return number && std::abs(*number) > 1e8 && std::abs(*number) < 1e14;
}

bool is_date_text(const json::value& value) {
  return value.is_string() && parse_date(std::string_view(value.get_string()));
}

void try_numbers(const Problem& problem, const ColumnRef& a, const ColumnRef& b,
                 std::vector<Candidate>& found) {
  for (const Fn fn : {Fn::kAdd, Fn::kSubtract, Fn::kMultiply, Fn::kDivide}) {
    if ((fn == Fn::kAdd || fn == Fn::kMultiply) && b.index < a.index && a.frame == b.frame)
      continue;
    const ExprPtr value = call(fn, {a.expr(), b.expr()});
    auto candidate = fit_expr(problem, value, nullptr);
    if (!candidate) continue;
    const double sim = std::max(similarity(problem.place, a.column().place),
                                similarity(problem.place, b.column().place));
    candidate->cost = 2.2 + 0.5 * (column_cost(problem, a, sim) + column_cost(problem, b, sim));
    found.push_back(std::move(*candidate));
  }
}

void try_part(const Problem& problem, const ColumnRef& ref, double parts,
              std::vector<Candidate>& found) {
  const ExprPtr value = call(Fn::kDivide, {ref.expr(), constant(number_value(parts))});
  auto candidate = fit_expr(problem, value, ref.expr());
  if (!candidate) return;
  candidate->similarity = similarity(problem.place, ref.column().place);
  candidate->cost += column_cost(problem, ref, candidate->similarity) + 1.6;
  found.push_back(std::move(*candidate));
}

}  // namespace

void find_dates(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!is_epoch(*target->value) && !is_date_text(*target->value)) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || same(*from, *target->value)) return;
    const auto try_all = [&](auto& functions) {
      for (const Fn fn : functions)
        if (const Call made{.fn = fn}; gives(made, *from, *target->value))
          add_if_fits(problem, ref, made, 0.8, found);
    };
    if (is_epoch(*from)) try_all(kDatesOfNumbers);
    if (is_date_text(*from)) try_all(kDatesOfTexts);
  });
}

void find_numbers(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || !has_two_values(problem)) return;
  if (!is_number(*target->value)) return;
  const std::vector<ColumnRef> numeric = numbers_in(problem, target->row, kNumberColumnsMax);
  const double wanted = *number_of(*target->value);
  for (const ColumnRef& a : numeric) {
    const double x = *number_of(*a.at(*problem.frame, target->row));
    for (const ColumnRef& b : numeric) {
      if (a.frame == b.frame && a.index == b.index) continue;
      const double y = *number_of(*b.at(*problem.frame, target->row));
      const auto near = [&](double got) {
        return std::abs(got - wanted) <= 1e-9 * std::max(std::abs(got), std::abs(wanted));
      };
      if (near(x + y) || near(x - y) || near(x * y) || near(x / y))
        try_numbers(problem, a, b, found);
    }
    const double factor = wanted / x;
    // By a power of ten it is scaled.
    const bool is_power = factor > 0 && std::log10(factor) == std::round(std::log10(factor));
    if (!is_power && factor * 1000 == std::round(factor * 1000) && std::abs(factor) <= 1000)
      add_if_fits(problem, a, Call{.fn = Fn::kTimes, .numbers = {factor}}, 1.6, found);
    const double parts = x / wanted;
    if (parts >= 2 && parts <= kPartsMost && std::abs(parts - std::round(parts)) < 1e-9 * parts &&
        factor * 1000 != std::round(factor * 1000))
      try_part(problem, a, std::round(parts), found);
    if (wanted == x) continue;  // that a whole number is rounded, no sample shows
    if (wanted == std::floor(x + 0.5)) add_if_fits(problem, a, Call{.fn = Fn::kRound}, 1.0, found);
    if (wanted == std::floor(x)) add_if_fits(problem, a, Call{.fn = Fn::kFloor}, 1.1, found);
  }
}

}  // namespace vouch::adapters
