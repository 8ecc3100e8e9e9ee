// Conditions that tell some rows from the others, and the booleans of an output.
#include <unordered_set>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr int kMatchesLeast = 2;      // of items with a member that is one around them, and without
constexpr std::size_t kCasesMax = 5;  // of a condition "is one of"
// In more rows than this, what is seen once is no rule by itself …
constexpr int kRowsFew = 3;
// … but of a name like the output's from here on.
constexpr double kLikeName = 0.6;

// One of the values of a column, and in how many rows it was.
struct Seen {
  const json::value* value = nullptr;
  int times = 0;
};

// What the rows that are wanted have in one column, and what the others have.
struct Contrast {
  std::array<bool, kStates> wanted_states{};
  std::array<bool, kStates> other_states{};
  std::vector<Seen> wanted;  // distinct scalars; few
  std::vector<Seen> others;
  bool wanted_all_scalar = true;
  bool others_all_scalar = true;
  int rows = 0;
};

void note(std::vector<Seen>& values, const json::value* value, bool& all_scalar) {
  if (!value || !is_scalar(*value) || value->is_null()) {
    all_scalar = false;
    return;
  }
  if (values.size() > kCasesMax) return;
  const auto known =
      std::ranges::find_if(values, [&](const Seen& one) { return same(*one.value, *value); });
  if (known == values.end())
    values.push_back({value, 1});
  else
    ++known->times;
}

Contrast contrast_in(const Problem& problem, const ColumnRef& ref,
                     const std::vector<bool>& wanted) {
  Contrast contrast;
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    const json::value* value = ref.at(*problem.frame, problem.targets[i].row);
    const auto state = static_cast<std::size_t>(state_of(value));
    ++contrast.rows;
    if (wanted[i]) {
      contrast.wanted_states[state] = true;
      note(contrast.wanted, value, contrast.wanted_all_scalar);
    } else {
      contrast.other_states[state] = true;
      note(contrast.others, value, contrast.others_all_scalar);
    }
  }
  return contrast;
}

bool separates(const Contrast& contrast, Fn fn) {
  for (int i = 0; i < kStates; ++i) {
    const auto state = static_cast<State>(i);
    const bool is_there = state != State::kMissing && state != State::kNull;
    const bool holds = fn == Fn::kIsPresent   ? is_there
                       : fn == Fn::kIsMissing ? !is_there
                       : fn == Fn::kIsTruthy  ? is_truthy(state)
                       : fn == Fn::kIsFalsy   ? !is_truthy(state)
                                              : state == State::kPresent;
    const auto at = static_cast<std::size_t>(i);
    if ((contrast.wanted_states[at] && !holds) || (contrast.other_states[at] && holds))
      return false;
  }
  return true;
}

bool disjoint(const std::vector<Seen>& a, const std::vector<Seen>& b) {
  return std::ranges::none_of(a, [&](const Seen& x) {
    return std::ranges::any_of(b, [&](const Seen& y) { return same(*x.value, *y.value); });
  });
}

bool are_booleans(const Contrast& contrast) {
  const auto is_boolean = [](const Seen& one) { return one.value->is_bool(); };
  return std::ranges::all_of(contrast.wanted, is_boolean) &&
         std::ranges::all_of(contrast.others, is_boolean);
}

// Names of constants count as names: role === "admin" is much like isAdmin.
double constant_similarity(const Problem& problem, const ColumnRef& ref, const json::value& value) {
  const double of_column = similarity(problem.place, ref.column().place);
  if (!value.is_string() || value.get_string().size() > 30) return of_column;
  Place place;
  place.own = words_of_name(std::string_view(value.get_string()));
  place.around = ref.column().place.own;
  return std::max(of_column, similarity(problem.place, place));
}

// Whether one was found. `like_least`: how like the name has to be.
bool add_states(const Problem& problem, const ColumnRef& ref, const Contrast& contrast,
                double like_least, std::vector<Condition>& found) {
  const double like = similarity(problem.place, ref.column().place);
  if (like < like_least) return false;
  const double cost = column_cost(problem, ref, like);
  double extra = 0.5;
  for (const Fn fn : {Fn::kIsPresent, Fn::kIsMissing, Fn::kIsTruthy, Fn::kIsFalsy, Fn::kIsFilled}) {
    if (separates(contrast, fn)) {
      found.push_back({call(fn, {ref.expr()}), cost + extra});
      return true;  // the simplest of them
    }
    extra += 0.2;
  }
  return false;
}

void add_equalities(const Problem& problem, const ColumnRef& ref, const Contrast& contrast,
                    double like_least, std::vector<Condition>& found) {
  const std::size_t a = contrast.wanted.size();
  const std::size_t b = contrast.others.size();
  if (a > kCasesMax || b > kCasesMax || !disjoint(contrast.wanted, contrast.others)) return;
  // A value that each row has for itself tells rows apart, and no kinds of them.
  if (contrast.rows > kRowsFew && a + b == static_cast<std::size_t>(contrast.rows)) return;
  const double base = column_cost(problem, ref, 0);
  const auto cost_of = [&](const Seen& one) {
    return base - 3 * constant_similarity(problem, ref, *one.value) + 0.9;
  };
  // Of several that a condition names each has to be seen twice, as in a table.
  const auto may_name = [&](const Seen& one, bool is_only) {
    const double like = constant_similarity(problem, ref, *one.value);
    return like >= like_least &&
           (one.times > 1 || contrast.rows <= kRowsFew || (is_only && like >= kLikeName));
  };
  if (a >= 1 && contrast.wanted_all_scalar && a <= 1 + b &&
      std::ranges::all_of(contrast.wanted,
                          [&](const Seen& one) { return may_name(one, a == 1); })) {
    std::vector<ExprPtr> args{ref.expr()};
    for (const Seen& one : contrast.wanted) args.push_back(constant(*one.value));
    const double cost = cost_of(contrast.wanted.front()) + 0.8 * static_cast<double>(a - 1);
    found.push_back({call(a == 1 ? Fn::kEquals : Fn::kIsOneOf, std::move(args)), cost});
  }
  // Of two values it may be the one that decides, or the other: what a third one does is open.
  if (b == 1 && contrast.others_all_scalar && a >= 1 && may_name(contrast.others[0], true))
    found.push_back(
        {call(Fn::kNot, {call(Fn::kEquals, {ref.expr(), constant(*contrast.others[0].value)})}),
         std::min(cost_of(contrast.others[0]) + 0.3,
                  a == 1 ? cost_of(contrast.wanted[0]) + 0.6 : 1e9)});
}

// A scalar that the lists of all wanted rows hold, and those of no other.
void add_contents(const Problem& problem, const ColumnRef& ref, const std::vector<bool>& wanted,
                  double like_least, std::vector<Condition>& found) {
  std::optional<std::vector<const json::value*>> common;
  const auto holds = [](const json::value* list, const json::value& what) {
    return list && list->is_array() &&
           std::ranges::any_of(list->get_array(),
                               [&](const json::value& item) { return same(item, what); });
  };
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    if (!wanted[i]) continue;
    const json::value* list = ref.at(*problem.frame, problem.targets[i].row);
    if (!list || !list->is_array()) return;
    if (!common) {
      common.emplace();
      for (const json::value& item : list->get_array())
        if (is_scalar(item)) common->push_back(&item);
    }
    std::erase_if(*common, [&](const json::value* item) { return !holds(list, *item); });
    if (common->empty()) return;
  }
  if (!common) return;
  for (const json::value* item : *common) {
    bool is_elsewhere = false;
    for (std::size_t i = 0; i < problem.targets.size(); ++i)
      is_elsewhere |= !wanted[i] && holds(ref.at(*problem.frame, problem.targets[i].row), *item);
    if (is_elsewhere || constant_similarity(problem, ref, *item) < like_least) continue;
    found.push_back({call(Fn::kContains, {ref.expr(), constant(*item)}),
                     column_cost(problem, ref, constant_similarity(problem, ref, *item)) + 1});
  }
}

// In exactly the wanted rows the item has in one member what a member around the loop is.
void add_matches(const Search& search, const Problem& problem, const std::vector<bool>& wanted,
                 std::vector<Condition>& found) {
  const Frame& items = *problem.frame;
  if (!items.outer() || std::ranges::count(wanted, true) < kMatchesLeast ||
      std::ranges::count(wanted, false) < kMatchesLeast)
    return;
  const auto is_equal_where_wanted = [&](const ColumnRef& own, const ColumnRef& around) {
    for (std::size_t i = 0; i < problem.targets.size(); ++i) {
      const json::value* a = own.at(items, problem.targets[i].row);
      const json::value* b = around.at(items, problem.targets[i].row);
      const bool is_match = a && b && !a->is_null() && is_scalar(*a) && same(*a, *b);
      if (is_match != wanted[i]) return false;
    }
    return true;
  };
  const auto first = std::ranges::find(wanted, true) - wanted.begin();
  const int row = problem.targets[static_cast<std::size_t>(first)].row;
  for (std::size_t i = 0; i < items.columns().size() && !search.out_of_time(); ++i) {
    const ColumnRef own{&items, static_cast<int>(i)};
    const json::value* value = own.at(items, row);
    if (own.column().derived || !value || !is_scalar(*value) || weight_of(value) < 0.2) continue;
    for (const Frame* frame = items.outer(); frame; frame = frame->outer())
      for (const int index : frame->equal_columns(items.row_in(*frame, row), hash_of(*value))) {
        const ColumnRef around{frame, index};
        // The list that the items are of holds what each of them has.
        if (around.column().derived || has_place_in_list(*around.expr()) ||
            !is_equal_where_wanted(own, around))
          continue;
        found.push_back(
            {call(Fn::kEquals, {own.expr(), around.expr()}),
             column_cost(problem, own, 0) - 1.5 + 0.5 * column_cost(problem, around, 0)});
      }
  }
}

std::vector<Condition> conditions_like(const Search& search, const Problem& problem,
                                       const std::vector<bool>& wanted, double like_least,
                                       std::size_t count_max) {
  std::vector<Condition> found;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const Contrast contrast = contrast_in(problem, ref, wanted);
    const bool is_state = add_states(problem, ref, contrast, like_least, found);
    if (!is_state || !are_booleans(contrast))
      add_equalities(problem, ref, contrast, like_least, found);
    add_contents(problem, ref, wanted, like_least, found);
  });
  add_matches(search, problem, wanted, found);
  if (like_least == 0) add_thresholds(search, problem, wanted, found);
  std::ranges::stable_sort(found, {}, &Condition::cost);
  if (found.size() > count_max) found.resize(count_max);
  return found;
}

}  // namespace

std::vector<Condition> find_conditions(const Search& search, const Problem& problem,
                                       const std::vector<bool>& wanted, std::size_t count_max) {
  return conditions_like(search, problem, wanted, 0, count_max);
}

void find_booleans(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  // False, or what stands in its place: true here, and nothing or null there.
  const Target* other = nullptr;
  std::vector<bool> wanted;
  for (const Target& target : problem.targets) {
    const bool is_true = target.value && target.value->is_bool() && target.value->get_bool();
    wanted.push_back(is_true);
    if (is_true) continue;
    if (target.value && !target.value->is_bool() && !target.value->is_null()) return;
    if (other && !same(other->value, target.value)) return;
    other = &target;
  }
  const auto trues = std::ranges::count(wanted, true);
  const bool is_seen_both_ways = other && trues > 0;
  const bool is_plain = !other || (other->value && other->value->is_bool());
  if (!is_plain && !is_seen_both_ways) return;
  // What is true, or false, in one row alone is so by much that this row has for itself. In a kind
  // of record there are few of both, and more ways.
  const auto rows = std::ssize(wanted);
  const bool rests_on_one =
      (rows > kRowsFew || search.kind_frame) && (trues == 1 || rows - trues == 1);
  const double like_least = rests_on_one ? kLikeName : 0;
  for (Condition& condition : conditions_like(search, problem, wanted, like_least, 8)) {
    // Where only one of the two was seen, nothing but the name speaks for a condition.
    if (!is_seen_both_ways && condition.cost > 2.2) continue;
    Candidate candidate{.value = std::move(condition.expr)};
    if (!is_plain)
      candidate.value = make(When{.condition = std::move(candidate.value),
                                  .then = constant(true),
                                  .otherwise = other->value ? constant(nullptr) : nullptr});
    candidate.cost = condition.cost + 0.4;
    candidate.support = static_cast<int>(wanted.size());
    candidate.is_weak = !is_seen_both_ways;
    found.push_back(std::move(candidate));
  }
}

}  // namespace vouch::adapters
