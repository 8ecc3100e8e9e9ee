// Rows that are told apart by whether a number is more than another one: some of a list's items,
// and classes such as "cheap" and "dear".
#include <cmath>
#include <set>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kClassesMax = 5;
// Rows in order are no chance where they could stand in this many times as many as are tried.
constexpr double kChanceLeast = 8;
constexpr double kCost = 1.5;

// The number with the fewest digits, and of these a five rather than any other, that is not below
// `from` and not above `to`.
double roundest(double from, double to) {
  for (int power = 12; power >= -9; --power)
    for (const double parts : {1.0, 2.0}) {
      // Divided by a power of ten, which is exact, a number is the decimal that it is written as.
      const double unit = std::pow(10, std::abs(power));
      const double number = power >= 0 ? std::ceil(from / unit * parts) / parts * unit
                                       : std::ceil(from * unit * parts) / (unit * parts);
      if (number >= from && number <= to) return number;
    }
  return to;
}

// That the number is on the upper side: `from` is, `below` is not.
ExprPtr is_above(const ExprPtr& number, double below, double from) {
  const double line = roundest(below, from);
  return call(line == below ? Fn::kIsMore : Fn::kIsAtLeast, {number, constant(number_value(line))});
}

ExprPtr is_below(const ExprPtr& number, double to, double above) {
  const double line = roundest(to, above);
  return call(line == to ? Fn::kIsAtMost : Fn::kIsLess, {number, constant(number_value(line))});
}

// Columns with a number in each of the rows, and not always the same one.
std::vector<ColumnRef> numbers(const Search& search, const Problem& problem) {
  std::vector<ColumnRef> found;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* first = nullptr;
    bool varies = false;
    for (const Target& target : problem.targets) {
      const json::value* value = ref.at(*problem.frame, target.row);
      if (!value || !is_number(*value)) return;
      varies |= first && !same(*first, *value);
      first = value;
    }
    if (varies) found.push_back(ref);
  });
  return found;
}

// So many numbers of each class stand together in few of all the orders that they can have.
bool is_chance(const std::vector<std::size_t>& classes, std::size_t columns) {
  double rows = 0;
  double ways = 0;
  for (const std::size_t count : classes) {
    rows += static_cast<double>(count);
    ways -= std::lgamma(static_cast<double>(count) + 1);
  }
  ways += std::lgamma(rows + 1) - std::lgamma(static_cast<double>(classes.size()) + 1);
  return ways < std::log(kChanceLeast * static_cast<double>(columns));
}

struct Class {
  const json::value* value = nullptr;  // nullptr: nothing
  std::set<double> numbers;            // of the column, where the value is this

  double least() const { return *numbers.begin(); }
  double most() const { return *numbers.rbegin(); }
};

// The classes by their numbers; none where these overlap, or are hardly more than the classes.
std::vector<Class> classes_by(const Problem& problem, const ColumnRef& ref) {
  std::vector<Class> classes;
  for (const Target& target : problem.targets) {
    auto known = std::ranges::find_if(
        classes, [&](const Class& one) { return same(one.value, target.value); });
    if (known == classes.end()) known = classes.insert(known, {.value = target.value});
    known->numbers.insert(*number_of(*ref.at(*problem.frame, target.row)));
  }
  std::ranges::sort(classes, {}, &Class::least);
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (i > 0 && classes[i].least() <= classes[i - 1].most()) return {};
    numbers += classes[i].numbers.size();
  }
  // A number for each is a table.
  return numbers < 2 * classes.size() ? std::vector<Class>() : classes;
}

}  // namespace

void add_thresholds(const Search& search, const Problem& problem, const std::vector<bool>& wanted,
                    std::vector<Condition>& found) {
  const auto count = static_cast<std::size_t>(std::ranges::count(wanted, true));
  if (count == 0 || count == wanted.size()) return;
  const std::vector<ColumnRef> columns = numbers(search, problem);
  static const json::value kWanted = true;
  Problem classes = problem;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    classes.targets[i].value = wanted[i] ? &kWanted : nullptr;
  for (const ColumnRef& ref : columns) {
    const std::vector<Class> both = classes_by(classes, ref);
    if (both.size() != 2 ||
        is_chance({both[0].numbers.size(), both[1].numbers.size()}, columns.size()))
      continue;
    const ExprPtr condition = both[1].value ? is_above(ref.expr(), both[0].most(), both[1].least())
                                            : is_below(ref.expr(), both[0].most(), both[1].least());
    found.push_back(
        {condition,
         column_cost(problem, ref, similarity(problem.place, ref.column().place)) + kCost});
  }
}

void find_classes(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const auto values = different_values(problem);
  if (values.size() < 2 || values.size() > kClassesMax) return;
  if (!std::ranges::all_of(values, [](const auto* one) { return !one || is_scalar(*one); })) return;
  const std::vector<ColumnRef> columns = numbers(search, problem);
  for (const ColumnRef& ref : columns) {
    const std::vector<Class> classes = classes_by(problem, ref);
    std::vector<std::size_t> counts;
    counts.reserve(classes.size());
    for (const Class& one : classes) counts.push_back(one.numbers.size());
    if (classes.empty() || is_chance(counts, columns.size())) continue;
    const auto given = [](const Class& one) { return one.value ? constant(*one.value) : nullptr; };
    ExprPtr value = given(classes.front());
    for (std::size_t i = 1; i < classes.size(); ++i)
      value =
          make(When{.condition = is_above(ref.expr(), classes[i - 1].most(), classes[i].least()),
                    .then = given(classes[i]),
                    .otherwise = std::move(value)});
    auto candidate = fit_expr(problem, value, nullptr);
    if (!candidate) continue;
    candidate->similarity = similarity(problem.place, ref.column().place);
    candidate->cost = column_cost(problem, ref, candidate->similarity) + kCost +
                      0.3 * static_cast<double>(classes.size());
    found.push_back(std::move(*candidate));
  }
}

}  // namespace vouch::adapters
