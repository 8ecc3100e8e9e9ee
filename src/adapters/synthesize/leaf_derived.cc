// Leaves that are calculated: dates, lists' aggregates, numbers.
#include <cmath>

#include "adapters/functions.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kNumberColumnsMax = 60;

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

bool varies(const Problem& problem) {
  return std::ranges::any_of(problem.targets, [&](const Target& target) {
    return !same(target.value, problem.targets.front().value);
  });
}

bool gives(const Call& call, const json::value& from, const json::value& to) {
  const json::value* arguments[] = {&from};
  const Maybe result = perform(call, arguments);
  return result && same(*result, to);
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

void try_aggregates(const Problem& problem, const ColumnRef& ref, const ExprPtr& list,
                    const json::value& value, const json::value& target, double cost,
                    std::vector<Candidate>& found) {
  const auto add = [&](const Call& made) {
    if (!gives(made, value, target)) return;
    Call whole = made;
    whole.args = {list};
    if (auto candidate = fit_expr(problem, make(std::move(whole)), ref.expr())) {
      candidate->similarity = similarity(problem.place, ref.column().place);
      candidate->cost += column_cost(problem, ref, candidate->similarity) + cost;
      found.push_back(std::move(*candidate));
    }
  };
  if (is_number(target)) {
    // How many members an item of a list has says nothing.
    const bool is_item =
        value.is_object() && std::ranges::any_of(ref.column().path.steps, [](const Step& s) {
          return s.kind == Step::Kind::kIndex;
        });
    for (const Fn fn : {Fn::kCount, Fn::kSum, Fn::kMax, Fn::kMin, Fn::kAverage})
      if (fn != Fn::kCount || !(value.is_string() || is_item)) add(Call{.fn = fn});
    return;
  }
  if (!target.is_string() || !value.is_array() || value.get_array().empty()) return;
  // An item is not put together of the one item of a list around it.
  if (ref.frame != problem.frame && value.get_array().size() == 1) return;
  for (const std::string_view between : {", ", ",", " ", "; ", ";", "|", " | ", "\n", "-", "/", ""})
    add(Call{.fn = Fn::kJoin, .texts = {std::string(between)}});
}

// [item.name of each item]
std::optional<json::value> plucked(const json::array& items, std::string_view member) {
  json::array values;
  for (const json::value& item : items) {
    if (!item.is_object()) return std::nullopt;
    if (const json::value* value = item.get_object().if_contains(member)) {
      if (!is_scalar(*value)) return std::nullopt;
      values.push_back(*value);
    }
  }
  return json::value(std::move(values));
}

void try_members(const Problem& problem, const ColumnRef& ref, const json::array& items,
                 const json::value& target, std::vector<Candidate>& found) {
  if (items.empty() || !items.front().is_object()) return;
  const int scope = problem.frame->scope() + 1;
  for (const auto& member : items.front().get_object()) {
    if (!is_scalar(member.value())) continue;
    const auto values = plucked(items, member.key());
    if (!values) continue;
    const ExprPtr list = make(Each{
        .scope = scope, .source = ref.expr(), .body = path(scope, {member_step(member.key())})});
    const bool is_count = is_number(target) && values->get_array().size() == items.size();
    // The count of a member's values is the count of the items: that was tried.
    if (is_count && *number_of(target) == static_cast<double>(items.size()) &&
        !is_number(member.value()))
      continue;
    try_aggregates(problem, ref, list, *values, target, 0.8, found);
  }
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

void find_list_values(const Search& search, const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target) return;
  if (!is_number(*target->value) && !target->value->is_string()) return;
  // Small numbers that never change are counts of something by accident.
  if (is_number(*target->value) && !varies(problem) && problem.targets.size() > 1) return;
  each_column(search, problem, [&](const ColumnRef& ref) {
    const json::value* from = ref.at(*problem.frame, target->row);
    if (!from || is_scalar(*from)) return;
    try_aggregates(problem, ref, ref.expr(), *from, *target->value, 0.8, found);
    if (from->is_array()) try_members(problem, ref, from->get_array(), *target->value, found);
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
      if (gives(form, *from, *target->value)) add_if_fits(problem, ref, form, 0.8, found);
  });
}

void find_numbers(const Problem& problem, std::vector<Candidate>& found) {
  const Target* target = telling_target(problem);
  if (!target || !has_two_values(problem)) return;
  if (!is_number(*target->value)) return;
  std::vector<ColumnRef> numeric;
  for (const Frame* frame : frames_of(problem))
    for (std::size_t i = 0; i < frame->columns().size() && numeric.size() < kNumberColumnsMax; ++i)
      if (const ColumnRef ref{frame, static_cast<int>(i)};
          const json::value* from = ref.at(*problem.frame, target->row))
        if (is_number(*from) && *number_of(*from) != 0) numeric.push_back(ref);
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
    if (wanted == x) continue;  // that a whole number is rounded, no sample shows
    if (wanted == std::floor(x + 0.5)) add_if_fits(problem, a, Call{.fn = Fn::kRound}, 1.0, found);
    if (wanted == std::floor(x)) add_if_fits(problem, a, Call{.fn = Fn::kFloor}, 1.1, found);
  }
}

}  // namespace vouch::adapters
