// What is made of all the values of a list: sums and counts, joined texts, the values in another
// order or each once.
#include <algorithm>
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kItemsMax = 2'000;  // of one list
constexpr std::size_t kLevelsMax = 3;     // lists in lists
constexpr std::size_t kWordsMax = 6;      // different ones that items are told apart by
constexpr std::size_t kRowsTelling = 4;   // from which on some of the items may be meant
constexpr int kDecimalsMax = 4;
constexpr double kCost = 0.8;
constexpr double kWorth = 0.25;  // of a value that is given, by its weight
constexpr double kWorthMost = 1.5;
constexpr double kCountCost = 1.1;  // many numbers are as many as something has items

bool varies(const Problem& problem) {
  return std::ranges::any_of(problem.targets, [&](const Target& target) {
    return !same(target.value, problem.targets.front().value);
  });
}

std::size_t count_different(const Problem& problem) {
  const auto values = different_values(problem);
  return static_cast<std::size_t>(std::ranges::count_if(values, says_something));
}

Maybe made(const Call& call, const json::value& from) {
  const json::value* arguments[] = {&from};
  return perform(call, arguments);
}

// The calls one after the other, the last one outside.
ExprPtr applied(const std::vector<Call>& calls, ExprPtr value) {
  for (Call call : calls) {
    call.args = {std::move(value)};
    value = make(std::move(call));
  }
  return value;
}

// A number, or a text that is one: "3.50".
std::optional<double> amount_of(const json::value* value) {
  if (!value) return std::nullopt;
  return value->is_string() ? parse_number(std::string_view(value->get_string()))
                            : number_of(*value);
}

// How many decimals the target has, where it is the number rounded to these; nullopt: it is not.
std::optional<int> decimals_left(double number, const json::value& target) {
  const int decimals = decimals_of(text_of(target));
  if (decimals > kDecimalsMax) return std::nullopt;
  const Call round{.fn = Fn::kRound, .numbers = {static_cast<double>(decimals)}};
  if (!gives(round, number_value(number), target)) return std::nullopt;
  return decimals;
}

// Items of one list in sight, or of the lists in its items.
struct Items {
  std::vector<ExprPtr> sources;            // of the loops, outermost first
  std::vector<const json::value*> in_row;  // the items in the telling row
  std::vector<std::string> names;          // of the lists
  double cost = 0;
  bool is_some = false;  // not all of them
};

// What can be made of one column's list.
class ListValues {
 public:
  ListValues(const Search& search, const Problem& problem, const ColumnRef& ref,
             const Target& target, std::vector<Candidate>& found)
      : search_(search), problem_(problem), ref_(ref), target_(target), found_(found) {
    different_ = count_different(problem);
    for (const json::value* value : different_values(problem)) worth_ += kWorth * weight_of(value);
    worth_ = std::min(worth_, kWorthMost);
  }

  void run(const json::array& list) {
    Items items{.sources = {ref_.expr()}};
    for (const Step& step : ref_.column().path.steps)
      if (step.kind == Step::Kind::kMember) items.names.push_back(step.name);
    for (const json::value& item : list) items.in_row.push_back(&item);
    visit(items);
  }

 private:
  int scope_of(const Items& items) const {
    return problem_.frame->scope() + static_cast<int>(items.sources.size());
  }

  // What `body` is of each item.
  ExprPtr each_of(const Items& items, const ExprPtr& keep, const ExprPtr& body) const {
    const auto* whole = std::get_if<Path>(&body->node);
    const int scope = scope_of(items);
    ExprPtr made = body;
    for (std::size_t i = items.sources.size(); i-- > 0;) {
      const bool is_innermost = i + 1 == items.sources.size();
      if (is_innermost && !keep && whole && whole->scope == scope && whole->steps.empty())
        made = i == 0 ? items.sources[i] : call(Fn::kValues, {items.sources[i]});
      else
        made = make(Each{.scope = problem_.frame->scope() + static_cast<int>(i) + 1,
                         .source = items.sources[i],
                         .keep = is_innermost ? keep : nullptr,
                         .body = made,
                         .flatten = !is_innermost});
    }
    return made;
  }

  void visit(const Items& items) {
    if (items.in_row.empty() || items.in_row.size() > kItemsMax || search_.out_of_time()) return;
    const ExprPtr whole = path(scope_of(items), {});
    Ways ways;
    for (std::size_t i = 0; i < std::min<std::size_t>(items.in_row.size(), 3); ++i)
      if (ways.scalars.empty() && ways.lists.empty()) ways = ways_in(*items.in_row[i]);
    const bool are_scalars =
        std::ranges::all_of(items.in_row, [](const json::value* item) { return is_scalar(*item); });
    if (are_scalars) try_values(items, nullptr, {}, {}, 0);
    if (is_number(*target_.value) && items.sources.size() > 1)
      add(items, {{.fn = Fn::kCount}}, each_of(items, nullptr, whole), items.names, 0.4);
    for (const std::vector<Step>& way : ways.scalars) try_values(items, nullptr, way, {}, 0);
    if (is_number(*target_.value)) {
      try_products(items, ways);
      try_some(items, ways);
    }
    if (items.sources.size() >= kLevelsMax) return;
    if (items.in_row.front()->is_array()) ways.lists.emplace_back();
    for (const std::vector<Step>& way : ways.lists) visit(inside(items, way));
  }

  Items inside(const Items& items, const std::vector<Step>& way) const {
    Items inner{.sources = items.sources, .names = items.names, .cost = items.cost + 0.6};
    inner.sources.push_back(path(scope_of(items), way));
    for (const Step& step : way) inner.names.push_back(step.name);
    for (const json::value* item : items.in_row) {
      const json::value* list = follow(item, way);
      if (!list || !list->is_array()) continue;
      for (const json::value& one : list->get_array()) inner.in_row.push_back(&one);
    }
    return inner;
  }

  // A scalar of each item, or the product of two.
  void try_values(const Items& items, const ExprPtr& keep, const std::vector<Step>& way,
                  const std::vector<Step>& times, double cost) {
    const bool of_amounts = is_number(*target_.value) || !times.empty();
    json::array values;
    bool any_text = false;
    for (const json::value* item : items.in_row) {
      const json::value* value = follow(item, way);
      if (!value) continue;
      if (!is_scalar(*value)) return;
      const json::value* factor = times.empty() ? nullptr : follow(item, times);
      const auto amount = of_amounts ? amount_of(value) : std::nullopt;
      const auto by = times.empty() ? std::optional(1.0) : amount_of(factor);
      any_text |= value->is_string() || (factor && factor->is_string());
      if (!times.empty() && (!amount || !by)) return;
      if (amount && (any_text || !times.empty()))
        values.push_back(number_value(*amount * *by));
      else
        values.push_back(*value);
    }
    if (values.empty()) return;
    const bool as_numbers = of_amounts && any_text;
    const auto number = [&](const std::vector<Step>& steps) {
      const ExprPtr member = path(scope_of(items), steps);
      return as_numbers ? call(Fn::kNumber, {member}) : member;
    };
    ExprPtr body = number(way);
    if (!times.empty()) body = call(Fn::kMultiply, {body, number(times)});
    std::vector<std::string> names = items.names;
    for (const Step& step : way) names.push_back(step.name);
    const double all = cost + items.cost + (way.empty() ? 0 : 0.2 + 0.3 * double(way.size())) +
                       (times.empty() ? 0 : 0.8) + (as_numbers ? 0.3 : 0);
    const json::value list(std::move(values));
    const ExprPtr source = each_of(items, keep, body);
    if (target_.value->is_array()) return try_forms(items, list, source, names, all);
    if (is_number(*target_.value)) return try_aggregates(items, list, source, names, all);
    try_joined(items, list, source, names, all);
  }

  void try_aggregates(const Items& items, const json::value& list, const ExprPtr& source,
                      const std::vector<std::string>& names, double cost) {
    for (const Fn fn : {Fn::kSum, Fn::kMax, Fn::kMin, Fn::kAverage}) {
      const Maybe result = made(Call{.fn = fn}, list);
      if (!result || !is_number(*result)) continue;
      if (same(*result, *target_.value)) {
        add(items, {{.fn = fn}}, source, names, cost);
        continue;
      }
      if (fn != Fn::kSum && fn != Fn::kAverage) continue;
      for (const double power : {-2.0, 2.0}) {
        const Call scale{.fn = Fn::kScale, .numbers = {power}};
        if (fn == Fn::kSum && gives(scale, *result, *target_.value))
          add(items, {{.fn = fn}, scale}, source, names, cost + 0.6);
      }
      const auto decimals = decimals_left(*number_of(*result), *target_.value);
      if (!decimals || different_ < (*decimals > 0 ? 2U : 3U)) continue;
      Call round{.fn = Fn::kRound};
      if (*decimals > 0) round.numbers = {static_cast<double>(*decimals)};
      add(items, {{.fn = fn}, round}, source, names, cost + 0.6);
    }
  }

  void try_joined(const Items& items, const json::value& list, const ExprPtr& source,
                  const std::vector<std::string>& names, double cost) {
    // An item is not put together of the one item of a list around it.
    if (ref_.frame != problem_.frame && list.get_array().size() == 1) return;
    const std::string_view text(target_.value->get_string());
    if (!text.contains(text_of(list.get_array().front()))) return;
    for (const auto& [form, more] : forms())
      for (const std::string_view between :
           {", ", ",", " ", "; ", ";", "|", " | ", "\n", "-", "/", ""}) {
        std::vector<Call> calls = form;
        calls.push_back({.fn = Fn::kJoin, .texts = {std::string(between)}});
        if (add(items, calls, source, names, cost + more, &list)) return;
      }
  }

  void try_forms(const Items& items, const json::value& list, const ExprPtr& source,
                 const std::vector<std::string>& names, double cost) {
    // What needs no other form is a list of its own.
    if (same(list, *target_.value) && fit_expr(problem_, source, ref_.expr())) return;
    // Items in another order are found as such, by whatever member that may be.
    const bool is_of_items =
        items.sources.size() > 1 || std::ranges::none_of(items.in_row, [](const json::value* item) {
          return is_scalar(*item);
        });
    const bool has_equals = leaves_some_out(source, call(Fn::kDistinct, {source}));
    for (const auto& [form, more] : forms())
      if (!form.empty() && (form.front().fn == Fn::kDistinct ? has_equals : !is_of_items) &&
          add(items, form, source, names, cost + more, &list))
        return;
  }

  // The values as they are, each once, in order; with what that costs more.
  static const std::vector<std::pair<std::vector<Call>, double>>& forms() {
    static const Call once{.fn = Fn::kDistinct};
    static const Call sorted{.fn = Fn::kSorted};
    static const Call reverse{.fn = Fn::kReverse};
    static const std::vector<std::pair<std::vector<Call>, double>> kForms{
        {{}, 0},
        {{once}, 0.5},
        {{sorted}, 0.6},
        {{sorted, reverse}, 0.7},
        {{once, sorted}, 1.1},
        {{once, sorted, reverse}, 1.2}};
    return kForms;
  }

  void try_products(const Items& items, const Ways& ways) {
    std::vector<const std::vector<Step>*> numbers;
    for (const std::vector<Step>& way : ways.scalars)
      if (amount_of(follow(items.in_row.front(), way))) numbers.push_back(&way);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      for (std::size_t j = i + 1; j < numbers.size(); ++j)
        try_values(items, nullptr, *numbers[i], *numbers[j], 0);
  }

  // Of some of the items, told apart by one of their words or flags.
  void try_some(const Items& items, const Ways& ways) {
    if (problem_.targets.size() < kRowsTelling || different_ < 3) return;
    for (const std::vector<Step>& way : ways.scalars) {
      if (search_.out_of_time()) return;
      std::vector<const json::value*> words;
      bool are_words = true;
      for (const json::value* item : items.in_row) {
        if (words.size() > kWordsMax) break;
        const json::value* word = follow(item, way);
        if (!word || word->is_null()) continue;
        are_words &= word->is_bool() || word->is_string();
        if (std::ranges::none_of(words, [&](const auto* one) { return same(*one, *word); }))
          words.push_back(word);
      }
      const bool are_names = words.size() > 2 && words.size() == items.in_row.size();
      if (!are_words || are_names || words.size() > kWordsMax) continue;
      for (const json::value* word : words) try_those_with(items, ways, way, *word);
    }
  }

  void try_those_with(const Items& items, const Ways& ways, const std::vector<Step>& way,
                      const json::value& word) {
    Items some = items;
    some.is_some = true;
    std::erase_if(some.in_row, [&](const json::value* item) {
      const json::value* own = follow(item, way);
      return !own || !same(*own, word);
    });
    const ExprPtr own = path(scope_of(items), way);
    std::vector<ExprPtr> keeps;
    if (word.is_bool())
      keeps.push_back(word.get_bool() ? own : call(Fn::kNot, {own}));
    else
      keeps.push_back(call(Fn::kEquals, {own, constant(word)}));
    // What a loop around this is at may be what is looked for.
    if (problem_.frame->scope() > 0)
      for (const int index : problem_.frame->equal_columns(target_.row, hash_of(word)))
        keeps.push_back(call(Fn::kEquals, {own, ColumnRef{problem_.frame, index}.expr()}));
    const double cost = 1.2 - worth_;
    const ExprPtr whole = path(scope_of(items), {});
    for (const ExprPtr& keep : keeps) {
      if (!leaves_some_out(each_of(items, nullptr, whole), each_of(items, keep, whole))) continue;
      if (static_cast<double>(some.in_row.size()) == *number_of(*target_.value))
        add(items, {{.fn = Fn::kCount}}, each_of(items, keep, whole), items.names, cost);
      for (const std::vector<Step>& value : ways.scalars)
        if (value != way) try_values(some, keep, value, {}, cost);
    }
  }

  bool leaves_some_out(const ExprPtr& all, const ExprPtr& some) const {
    return std::ranges::any_of(problem_.targets, [&](const Target& target) {
      Scopes scopes = problem_.frame->scopes(target.row);
      const Found every = evaluate(*all, scopes);
      const Found kept = evaluate(*some, scopes);
      return every.get() && kept.get() && every.get()->is_array() && kept.get()->is_array() &&
             kept.get()->get_array().size() < every.get()->get_array().size();
    });
  }

  // Whether it is one. `list`: what the source gives in the telling row, where it is not known yet
  // that the calls give the target of it.
  bool add(const Items& items, const std::vector<Call>& calls, const ExprPtr& source,
           const std::vector<std::string>& names, double cost, const json::value* list = nullptr) {
    if (list) {
      Maybe value = *list;
      for (const Call& one : calls) value = value ? made(one, *value) : std::nullopt;
      if (!value || !same(*value, *target_.value)) return false;
    }
    auto candidate = fit_expr(problem_, applied(calls, source), ref_.expr());
    if (!candidate) return false;
    // That numbers are a sum in every row is no chance, whatever else they are.
    candidate->is_told = calls.front().fn == Fn::kSum && !items.is_some && different_ > 1;
    candidate->similarity = std::max(similarity(problem_.place, ref_.column().place),
                                     similarity(problem_.place, place_of(names)));
    candidate->cost += column_cost(problem_, ref_, candidate->similarity) + kCost + cost +
                       (items.sources.size() > 1 ? 0.2 : 0);
    found_.push_back(std::move(*candidate));
    return true;
  }

  const Search& search_;
  const Problem& problem_;
  const ColumnRef ref_;
  const Target& target_;
  std::vector<Candidate>& found_;
  std::size_t different_ = 0;  // values of the targets that say something
  double worth_ = 0;           // what it says that these are given
};

// How many items or members there are.
void try_count(const Problem& problem, const ColumnRef& ref, const json::value& from,
               const json::value& target, std::vector<Candidate>& found) {
  // How many members an item of a list has says nothing.
  const bool is_item = from.is_object() && std::ranges::count(ref.column().path.steps,
                                                              Step::Kind::kIndex, &Step::kind) > 0;
  const Call count{.fn = Fn::kCount};
  if (is_item || !gives(count, from, target)) return;
  auto candidate = fit_column(problem, ref, &count);
  if (!candidate) return;
  candidate->cost += kCountCost;
  found.push_back(std::move(*candidate));
}

}  // namespace

void find_list_values(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!is_number(*target->value) && !target->value->is_string()) return;
  // Small numbers that never change are counts of something by accident.
  if (is_number(*target->value) && !varies(problem) && problem.targets.size() > 1) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || is_scalar(*from)) return;
    if (is_number(*target->value)) try_count(problem, ref, *from, *target->value, found);
    if (from->is_array()) ListValues(search, problem, ref, *target, found).run(from->get_array());
  });
}

void find_rivals_of_first(const Problem& problem, std::vector<Candidate>& found) {
  if (found.empty()) return;
  const auto* first = std::get_if<Path>(&found.front().value->node);
  const Target* target = telling_target(problem);
  if (!first || !target || !is_number(*target->value)) return;
  const auto at = std::ranges::find(first->steps, Step::Kind::kIndex, &Step::kind);
  const std::vector<Step> rest(at == first->steps.end() ? at : at + 1, first->steps.end());
  if (at == first->steps.end() || std::ranges::count(rest, Step::Kind::kIndex, &Step::kind) > 0)
    return;
  const ExprPtr source = path(first->scope, {first->steps.begin(), at});
  const int scope = problem.frame->scope() + 1;
  const ExprPtr list =
      rest.empty() ? source
                   : make(Each{.scope = scope, .source = source, .body = path(scope, rest)});
  const auto is_longer = [&](const Target& one) {
    Scopes scopes = problem.frame->scopes(one.row);
    const Found items = evaluate(*list, scopes);
    return items.get() && items.get()->is_array() && items.get()->get_array().size() > 1;
  };
  if (std::ranges::none_of(problem.targets, is_longer)) return;
  for (const Fn fn : {Fn::kMax, Fn::kMin}) {
    const ExprPtr value = call(fn, {list});
    const bool is_known = std::ranges::any_of(
        found, [&](const Candidate& one) { return describe(*one.value) == describe(*value); });
    auto candidate = is_known ? std::nullopt : fit_expr(problem, value, found.front().subject);
    if (!candidate) continue;
    candidate->similarity = found.front().similarity;
    candidate->cost = found.front().cost + 1;
    found.push_back(std::move(*candidate));
  }
}

void find_list_forms(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!target->value->is_array() || target->value->get_array().empty()) return;
  const bool are_scalars = std::ranges::all_of(
      target->value->get_array(), [](const json::value& item) { return is_scalar(item); });
  std::vector<Call> forms;
  for (const Fn fn :
       {Fn::kWrap, Fn::kKeys, Fn::kValues, Fn::kFlatten, Fn::kDistinct, Fn::kCompact, Fn::kReverse})
    forms.push_back({.fn = fn});
  for (const std::string_view separator : {",", ";", "|", " ", "/", "\n"})
    for (const double trimmed : {0.0, 1.0})
      forms.push_back({.fn = Fn::kSplit, .texts = {std::string(separator)}, .numbers = {trimmed}});
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || same(*from, *target->value)) return;
    for (const Call& form : forms)
      if (gives(form, *from, *target->value))
        if (auto candidate = fit_column(problem, ref, &form)) {
          candidate->cost += kCost;
          found.push_back(std::move(*candidate));
        }
    if (are_scalars && from->is_array())
      ListValues(search, problem, ref, *target, found).run(from->get_array());
  });
}

}  // namespace vouch::adapters
