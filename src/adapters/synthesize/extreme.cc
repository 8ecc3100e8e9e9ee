// What stands in the item of a list that has the most or the least of something: the last event,
// the dearest line.
#include <cmath>
#include <set>

#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kItemsMax = 256;  // of one list
constexpr double kCost = 2;
constexpr double kCostOfText = 1.5;
// An item is no chance where so many times as many could have been taken as there are ways to take
// one; beside an item that is taken by its place, less is enough to tell of it.
constexpr double kChanceLeast = 8;
constexpr double kChanceToldOf = 2;

class ExtremeSearch {
 public:
  ExtremeSearch(const Search& search, const Problem& problem, const ColumnRef& list,
                const Target& telling, bool beside_place, std::vector<Candidate>& found)
      : search_(search),
        problem_(problem),
        list_(list),
        telling_(telling),
        beside_place_(beside_place),
        found_(found) {}

  void run() {
    const json::array& items = list_.at(*problem_.frame, telling_.row)->get_array();
    const bool is_long = std::ranges::any_of(list_.column().values, [](const json::value* list) {
      return list && list->is_array() && list->get_array().size() > kItemsMax;
    });
    if (items.size() < 2 || is_long || !items.front().is_object()) return;
    const std::vector<std::vector<Step>> ways = ways_in(items.front()).scalars;
    if (is_chance(ways.size())) return;
    for (const std::vector<Step>& key : ways) {
      if (search_.out_of_time()) return;
      if (!has_order(items, key)) continue;
      for (const bool descending : {true, false}) {
        const json::value& item = first(items, key, descending);
        for (const std::vector<Step>& way : ways)
          // The most of numbers themselves is found without this.
          if ((way != key || telling_.value->is_string()) &&
              same(follow(&item, way), telling_.value))
            add(key, descending, way);
      }
    }
  }

 private:
  // Of so few items of so many members much is the most or the least. A list that several rows look
  // at counts once.
  bool is_chance(std::size_t ways) const {
    std::set<int> rows;
    double items = 0;
    for (const Target& target : problem_.targets)
      if (const json::value* list = list_.at(*problem_.frame, target.row);
          list && list->is_array() &&
          rows.insert(problem_.frame->row_in(*list_.frame, target.row)).second)
        items += std::log(std::max<double>(1, static_cast<double>(list->get_array().size())));
    return items <
           std::log((beside_place_ ? kChanceToldOf : kChanceLeast) * static_cast<double>(2 * ways));
  }

  // Numbers or texts in each of the items, and not the same.
  bool has_order(const json::array& items, const std::vector<Step>& key) const {
    bool varies = false;
    const bool is_any = std::ranges::all_of(items, [&](const json::value& item) {
      const json::value* value = follow(&item, key);
      if (!value || (!is_number(*value) && !value->is_string())) return false;
      // Names that stand in order say little.
      if (beside_place_ && value->is_string() && !parse_date(std::string_view(value->get_string())))
        return false;
      varies |= !same(value, follow(&items.front(), key));
      return true;
    });
    return is_any && varies;
  }

  static const json::value& first(const json::array& items, const std::vector<Step>& key,
                                  bool descending) {
    return *std::ranges::min_element(items, [&](const json::value& a, const json::value& b) {
      const json::value* x = follow(descending ? &b : &a, key);
      const json::value* y = follow(descending ? &a : &b, key);
      return is_before(*x, *y);
    });
  }

  void add(const std::vector<Step>& key, bool descending, const std::vector<Step>& way) {
    const int scope = problem_.frame->scope() + 1;
    const ExprPtr sorted = make(Sorted{
        .scope = scope, .source = list_.expr(), .key = path(scope, key), .descending = descending});
    // A list of what is missing is empty: that of the first item is no other item's.
    const ExprPtr each =
        make(Each{.scope = scope, .source = sorted, .body = call(Fn::kWrap, {path(scope, way)})});
    const ExprPtr value = call(Fn::kFirst, {call(Fn::kFirst, {each})});
    auto candidate = fit_expr(problem_, value, list_.expr());
    if (!candidate) return;
    std::vector<std::string> names;
    names.reserve(way.size());
    for (const Step& step : way) names.push_back(step.name);
    candidate->similarity = similarity(problem_.place, place_of(names));
    candidate->cost += column_cost(problem_, list_, candidate->similarity) + kCost +
                       0.3 * static_cast<double>(key.size() + way.size());
    // The last of texts themselves is seldom asked for, unless they are times.
    const bool is_text =
        telling_.value->is_string() && !parse_date(std::string_view(telling_.value->get_string()));
    if (way == key && is_text) candidate->cost += kCostOfText;
    found_.push_back(std::move(*candidate));
  }

  const Search& search_;
  const Problem& problem_;
  const ColumnRef list_;
  const Target& telling_;
  const bool beside_place_;  // it is to be told of beside an item that is taken so
  std::vector<Candidate>& found_;
};

}  // namespace

void find_extremes(const Search& search, const Problem& problem, const Path* of,
                   std::vector<Candidate>& found) {
  const Target* telling = telling_target(problem);
  if (!telling || !is_scalar(*telling->value)) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const Column& column = ref.column();
    if (of && (column.derived || column.path.scope != of->scope || column.path.steps != of->steps))
      return;
    const json::value* list = ref.at(*problem.frame, telling->row);
    if (list && list->is_array())
      ExtremeSearch(search, problem, ref, *telling, of != nullptr, found).run();
  });
}

}  // namespace vouch::adapters
