// Amounts that are calculated in cents and given in whole units, or the other way round.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kColumnsMax = 40;
// Different values that have to agree: two sources and a power fit fewer by chance.
constexpr std::size_t kValuesMin = 3;

void try_scaled(const Problem& problem, Fn fn, const ColumnRef& a, const ColumnRef& b, double power,
                std::vector<Candidate>& found) {
  const ExprPtr value = call(Fn::kScale, {call(fn, {a.expr(), b.expr()})}, {}, {power});
  auto candidate = fit_expr(problem, value, nullptr);
  if (!candidate) return;
  const double like = std::max(similarity(problem.place, a.column().place),
                               similarity(problem.place, b.column().place));
  candidate->cost = 2.8 + 0.5 * (column_cost(problem, a, like) + column_cost(problem, b, like));
  found.push_back(std::move(*candidate));
}

}  // namespace

void find_scaled_sums(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || !is_number(*target->value) || different_values(problem).size() < kValuesMin)
    return;
  const double wanted = *number_of(*target->value);
  const std::vector<ColumnRef> numeric = numbers_in(problem, target->row, kColumnsMax);
  for (std::size_t i = 0; i < numeric.size(); ++i) {
    const double x = *number_of(*numeric[i].at(*problem.frame, target->row));
    for (std::size_t j = 0; j < numeric.size(); ++j) {
      if (i == j) continue;
      const double y = *number_of(*numeric[j].at(*problem.frame, target->row));
      for (const double power : {-2.0, 2.0}) {
        const auto near = [&](double got) {
          return std::abs(got * std::pow(10, power) - wanted) <= 1e-9 * std::abs(wanted);
        };
        if (i < j && near(x + y))
          try_scaled(problem, Fn::kAdd, numeric[i], numeric[j], power, found);
        if (near(x - y)) try_scaled(problem, Fn::kSubtract, numeric[i], numeric[j], power, found);
        if (i < j && near(x * y))
          try_scaled(problem, Fn::kMultiply, numeric[i], numeric[j], power, found);
      }
    }
  }
}

}  // namespace vouch::adapters
