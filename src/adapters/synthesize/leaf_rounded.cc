// Numbers that are calculated and rounded: to as many decimals as the targets have.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kColumnsMax = 60;
constexpr std::size_t kValuesLeast = 3;  // of fewer, much arithmetic is true when it is rounded
constexpr int kDecimalsMax = 4;
constexpr double kFactorMost = 1e5;
constexpr double kPairForms = 4;
// By which units of time and of data are told.
constexpr double kUnits[] = {7,    12,   24,    52,    60,      365,     1024,
                             1440, 3600, 60000, 86400, 1048576, 3600000, 86400000};
constexpr double kChanceLeast = 8;

class RoundedSearch {
 public:
  RoundedSearch(const Problem& problem, std::vector<Candidate>& found)
      : problem_(problem), found_(found) {}

  void run() {
    for (const Target& target : problem_.targets) {
      if (!target.value || target.value->is_null()) continue;
      if (!is_number(*target.value)) return;
      decimals_ = std::max(decimals_, decimals_of(text_of(*target.value)));
    }
    if (decimals_ > kDecimalsMax || count_values() < kValuesLeast) return;
    const std::vector<ColumnRef> columns =
        numbers_in(problem_, telling_target(problem_)->row, kColumnsMax);
    // By a factor that is looked for one target is given for nothing.
    const auto tried = static_cast<double>(columns.size());
    is_factor_chance_ = is_chance(tried, 1);
    is_pair_chance_ = is_chance(tried * tried * kPairForms, 0);
    for (const ColumnRef& a : columns) {
      try_itself(a);
      if (is_factor_chance_) continue;
      try_factor(a, Fn::kRound, half_unit(), half_unit());
      if (decimals_ == 0) try_factor(a, Fn::kFloor, 1e-9, 1 - 1e-9);
      for (const ColumnRef& b : columns)
        if (!is_pair_chance_ && (a.frame != b.frame || a.index != b.index)) try_product(a, b);
    }
  }

 private:
  std::size_t count_values() const {
    std::size_t count = 0;
    for (const json::value* value : different_values(problem_))
      count += value && is_number(*value) && *number_of(*value) != 0 ? 1 : 0;
    return count;
  }

  // Numbers of so few digits that some of what is tried would give them all.
  bool is_chance(double tried, std::size_t given) const {
    std::vector<double> ways;
    for (const json::value* value : different_values(problem_))
      if (value && is_number(*value))
        ways.push_back(std::log(1 + std::abs(*number_of(*value)) * std::pow(10, decimals_)));
    std::ranges::sort(ways, std::greater<>());
    double sum = 0;
    for (std::size_t i = given; i < ways.size(); ++i) sum += ways[i];
    return sum < std::log(kChanceLeast * std::max(tried, 1.0));
  }

  double half_unit() const { return 0.5 * std::pow(10, -decimals_) * (1 + 1e-9); }

  // A number of the column beside the target's, in each row that has both.
  template <class Visitor>
  bool all_of_pairs(const ColumnRef& ref, const Visitor& visitor) const {
    return std::ranges::all_of(problem_.targets, [&](const Target& target) {
      const json::value* from = ref.at(*problem_.frame, target.row);
      if (!from || !is_number(*from) || !target.value || !is_number(*target.value)) return true;
      return visitor(*number_of(*from), *number_of(*target.value));
    });
  }

  void try_itself(const ColumnRef& ref) {
    // To no decimals: that is found without this.
    if (decimals_ == 0) return;
    add(ref.expr(), ref, Fn::kRound, 1.0);
  }

  // By the factor of fewest decimals, or one part of so many, that gives every target; `below` and
  // `above` how far from the exact number a target may be.
  void try_factor(const ColumnRef& ref, Fn rounding, double below, double above) {
    double least = 0;
    double most = kFactorMost;
    const bool is_any = all_of_pairs(ref, [&](double from, double to) {
      if (from == 0) return to == 0;
      const double a = (to - below) / from;
      const double b = (to + above) / from;
      least = std::max(least, std::min(a, b));
      most = std::min(most, std::max(a, b));
      return least <= most;
    });
    if (!is_any || least <= 0 || most >= kFactorMost) return;
    if (const auto power = power_in(least, most))
      // As it is written by hand: 0.0295 * 100 is a little less than 2.95, and rounded 2.9.
      add(*power > 0
              ? call(Fn::kTimes, {ref.expr()}, {}, {std::pow(10, *power)})
              : call(Fn::kDivide, {ref.expr(), constant(number_value(std::pow(10, -*power)))}),
          ref, rounding, 1.4);
    else if (const auto factor = simplest(least, most))
      add(call(Fn::kTimes, {ref.expr()}, {}, {*factor}), ref, rounding, 1.6);
    else if (const auto parts = parts_in(1 / most, 1 / least))
      add(call(Fn::kDivide, {ref.expr(), constant(number_value(*parts))}), ref, rounding, 1.6);
  }

  static std::optional<double> power_in(double least, double most) {
    const double power = std::ceil(std::log10(least));
    return power != 0 && std::pow(10, power) <= most ? std::optional(power) : std::nullopt;
  }

  // Of the numbers in between the one with the fewest decimals, where no other has as few.
  static std::optional<double> simplest(double least, double most) {
    for (int decimals = 0; decimals <= 3; ++decimals) {
      const double unit = std::pow(10, decimals);
      const double number = std::ceil(least * unit) / unit;
      if (number > most) continue;
      return number == 1 || number + 1 / unit <= most ? std::nullopt : std::optional(number);
    }
    return std::nullopt;
  }

  // The whole number in between, or the one by which units are usually told.
  static std::optional<double> parts_in(double least, double most) {
    const double first = std::ceil(least);
    if (first <= most && first + 1 > most) return first;
    std::optional<double> known;
    for (const double unit : kUnits) {
      if (unit < least || unit > most) continue;
      if (known) return std::nullopt;
      known = unit;
    }
    return known;
  }

  void try_product(const ColumnRef& a, const ColumnRef& b) {
    const Target& target = *telling_target(problem_);
    const double x = *number_of(*a.at(*problem_.frame, target.row));
    const double y = *number_of(*b.at(*problem_.frame, target.row));
    const ExprPtr first = a.expr();
    const ExprPtr second = b.expr();
    const bool is_ordered = a.frame != b.frame || a.index < b.index;
    const auto product = [&] { return call(Fn::kMultiply, {first, second}); };
    if (is_ordered && is_near(x * y)) add(product(), a, Fn::kRound, 2.0);
    if (is_ordered && is_near(x * y / 100))
      add(call(Fn::kDivide, {product(), constant(100)}), a, Fn::kRound, 2.2);
    if (is_near(x / y)) add(call(Fn::kDivide, {first, second}), a, Fn::kRound, 2.0);
    if (is_near(x + x * y / 100))
      add(call(Fn::kAdd, {first, call(Fn::kDivide, {product(), constant(100)})}), a, Fn::kRound,
          2.6);
  }

  bool is_near(double number) const {
    return std::abs(number - *number_of(*telling_target(problem_)->value)) <= half_unit();
  }

  void add(const ExprPtr& value, const ColumnRef& ref, Fn rounding, double cost) {
    Call rounded{.fn = rounding, .args = {value}};
    if (decimals_ > 0) rounded.numbers = {static_cast<double>(decimals_)};
    auto candidate = fit_expr(problem_, make(std::move(rounded)), ref.expr());
    // 1.785 is a little less, which only the one way to round notices.
    if (!candidate && rounding == Fn::kRound && decimals_ > 0)
      candidate = fit_expr(
          problem_,
          call(Fn::kNumber, {call(Fn::kFixed, {value}, {}, {static_cast<double>(decimals_)})}),
          ref.expr());
    if (!candidate) return;
    candidate->similarity = similarity(problem_.place, ref.column().place);
    candidate->cost += column_cost(problem_, ref, candidate->similarity) + cost;
    if (rounding == Fn::kFloor) candidate->cost += 0.1;
    found_.push_back(std::move(*candidate));
  }

  const Problem& problem_;
  std::vector<Candidate>& found_;
  int decimals_ = 0;  // of the targets
  bool is_factor_chance_ = false;
  bool is_pair_chance_ = false;
};

}  // namespace

bool is_unit(double number) { return std::ranges::count(kUnits, number) > 0; }

void find_rounded(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (target && is_number(*target->value)) RoundedSearch(problem, found).run();
}

}  // namespace vouch::adapters
