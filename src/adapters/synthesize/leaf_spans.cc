// The time between two dates, in seconds, minutes, hours or days.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kDatesMax = 24;  // columns that are looked at
constexpr double kUnits[] = {1, 60, 3600, 86400};
constexpr double kCost = 2;

struct Date {
  ColumnRef ref;
  double seconds = 0;  // in the telling row
};

std::vector<Date> dates_in(const Problem& problem, int row) {
  std::vector<Date> dates;
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size() && dates.size() < kDatesMax; ++i) {
      const ColumnRef ref{frame, static_cast<int>(i)};
      const json::value* value = ref.at(*problem.frame, row);
      if (!value || !value->is_string()) continue;
      if (const auto seconds = parse_date(std::string_view(value->get_string())))
        dates.push_back({ref, *seconds});
    }
  return dates;
}

}  // namespace

void find_spans(const Problem& problem, std::vector<Candidate>& found) {
  const Target* telling = telling_target(problem);
  if (!telling || !is_number(*telling->value) || different_values(problem).size() < 2) return;
  const double wanted = *number_of(*telling->value);
  const std::vector<Date> dates = dates_in(problem, telling->row);
  for (const Date& from : dates)
    for (const Date& to : dates)
      for (const double unit : kUnits) {
        const double exact = (std::floor(to.seconds) - std::floor(from.seconds)) / unit;
        if (exact == 0 || std::abs(exact - wanted) >= 1) continue;
        ExprPtr span = call(Fn::kSubtract, {call(Fn::kSecondsOfText, {to.ref.expr()}),
                                            call(Fn::kSecondsOfText, {from.ref.expr()})});
        if (unit > 1) span = call(Fn::kDivide, {span, constant(number_value(unit))});
        double cost = kCost;
        for (const ExprPtr& value : {span, call(Fn::kRound, {span}), call(Fn::kFloor, {span})}) {
          auto candidate = fit_expr(problem, value, to.ref.expr());
          cost += 0.2;
          if (!candidate) continue;
          candidate->similarity = std::max(similarity(problem.place, from.ref.column().place),
                                           similarity(problem.place, to.ref.column().place));
          candidate->cost += cost + 0.5 * (column_cost(problem, from.ref, candidate->similarity) +
                                           column_cost(problem, to.ref, candidate->similarity));
          found.push_back(std::move(*candidate));
        }
      }
}

}  // namespace vouch::adapters
