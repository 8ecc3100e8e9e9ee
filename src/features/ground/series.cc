// What the values that things show have in common: an order, or bounds.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <ranges>

#include "features/ground/groups.h"
#include "features/ground/observe.h"
#include "features/ground/same.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

namespace {

using browser::Element;
using browser::Locator;
using browser::LocatorStep;

constexpr std::size_t kItemsMax = 100;
constexpr std::size_t kWaysMax = 6;  // to name one group
constexpr double kKeyMin = 0.4;

template <class Value>
bool goes(const std::vector<Value>& values, bool down) {
  const bool in_order =
      down ? std::ranges::is_sorted(values, std::greater<>()) : std::ranges::is_sorted(values);
  return in_order && values.front() != values.back();  // all the same are in no order
}

bool are_sorted(const std::vector<std::string>& texts, bool down) {
  std::vector<double> numbers;
  for (const std::string& text : texts) {
    if (const auto number = number_in(text)) numbers.push_back(*number);
  }
  if (numbers.size() == texts.size()) return goes(numbers, down);
  std::vector<std::string> folded;
  folded.reserve(texts.size());
  for (const std::string& text : texts) folded.push_back(fold(text));
  return goes(folded, down);
}

bool have_numbers(const std::vector<std::string>& texts) {
  return std::ranges::all_of(texts,
                             [](const std::string& text) { return number_in(text).has_value(); });
}

// Whether the values of things that are alike are as is said of them.
bool fits(const std::vector<std::string>& texts, const Observation& seen) {
  if (seen.kind == ObserveKind::kSorted)
    return texts.size() > 1 && are_sorted(texts, seen.descending);
  return std::ranges::all_of(texts, [&](const std::string& text) {
    const auto number = number_in(text);
    return number && is_in(seen.range, *number);
  });
}

// A part that every item of a group has once, and what names it from within the item.
struct Part {
  std::vector<std::string> texts;  // of each item
  LocatorStep step;
  double score = 0;
};

struct Shape {
  std::string tag, role, css_class;
  auto operator<=>(const Shape&) const = default;
};

std::vector<Part> parts_of(const Page& page, const Group& group, const std::string& key) {
  std::map<Shape, std::vector<int>> by_shape;
  for (int item : group.items) {
    for (int id : page.subtree(item)) {
      const Element& e = page.at(id);
      if (id == item || !e.visible || e.text.empty()) continue;
      by_shape[{e.tag, e.role, first_class(e)}].push_back(id);
    }
  }
  std::vector<Part> parts;
  for (const auto& [shape, ids] : by_shape) {
    if (ids.size() != group.items.size()) continue;
    Part part;
    bool each_has_one = true;
    for (std::size_t i = 0; i < ids.size() && each_has_one; ++i) {
      each_has_one = page.is_inside(ids[i], group.items[i]);
      part.texts.push_back(normalize_space(page.at(ids[i]).text));
    }
    if (!each_has_one) continue;
    const Element& first = page.at(ids.front());
    if (!shape.css_class.empty()) {
      part.step = by_first_class(page, first);
    } else if (has_speaking_role(first)) {
      part.step = by_role(first.role);
    } else {
      part.step = by_css(shape.tag);
    }
    Element nameless = first;  // by what the page calls it, not by what it says
    nameless.text = nameless.own_text = nameless.name = "";
    part.score = name_score(nameless, key);
    const bool named = fold(key) == "name" || fold(key) == "title" || key.empty();
    if (named && (first.role == "heading" || first.role == "link"))
      part.score = std::max(part.score, 0.7);
    parts.push_back(std::move(part));
  }
  return parts;
}

ObserveCandidate as_it_stands(double score, const std::vector<std::string>& texts, Locator locator,
                              std::string note) {
  AssertionPart part;
  part.assertion.matcher = browser::Assertion::Matcher::kToHaveText;
  part.assertion.expects_list = true;
  part.assertion.expected.assign(texts.begin(), texts.end());
  part.assertion.locator = std::move(locator);
  return {score, {std::move(part)}, std::move(note)};
}

// The column of a table that the key names.
std::optional<Part> column_of(const Page& page, const Group& rows, const std::string& key) {
  const std::optional<Column> column = column_called(page, rows.items.front(), key);
  if (!column) return std::nullopt;
  Part part{{}, column->cells, column->score};
  for (int row : rows.items) {
    const std::vector<int>& cells = page.children(row);
    if (column->index >= cells.size()) return std::nullopt;
    part.texts.push_back(normalize_space(page.at(cells[column->index]).text));
  }
  return part;
}

// `several`: of things that stand there more than once. `otherwise`: how well the values are named
// that are not as is said.
std::vector<ObserveCandidate> values_as_named(const Page& page, const Observation& seen,
                                              bool several, double* otherwise) {
  std::vector<ObserveCandidate> found;
  double& best_otherwise = *otherwise = 0;
  if (seen.negated) return found;
  // "the prices are sorted": what is sorted and by what are one word.
  std::string key = seen.attribute;
  if (key.empty()) key = seen.target.noun.empty() ? seen.target.name : seen.target.noun;
  Target things = seen.target;
  if (seen.attribute.empty() && things.kind == ElementKind::kAny) {
    things.name.clear();
    things.noun.clear();
  }
  for (const Group& group : groups_for(page, things)) {
    if ((group.items.size() > 1) != several || group.items.size() > kItemsMax) continue;
    std::vector<Part> parts;
    if (page.at(group.items.front()).role == "row") {
      if (auto column = column_of(page, group, key)) parts.push_back(*std::move(column));
    } else {
      parts = parts_of(page, group, key);
    }
    Part whole{{}, {}, 0};  // what the items themselves say, where that is all they say
    for (int item : group.items) whole.texts.push_back(normalize_space(page.at(item).text));
    const bool plain = page.children(group.items.front()).size() <= 1;
    const std::vector<Locator> ways = group_locators(page, group);
    const std::string said =
        seen.kind == ObserveKind::kSorted ? "the order of " : "the numbers of ";
    const auto add = [&](double score, const std::vector<std::string>& texts,
                         const std::optional<LocatorStep>& part, const std::string& what) {
      if (!fits(texts, seen)) {
        if (seen.kind == ObserveKind::kSorted || have_numbers(texts))
          best_otherwise = std::max(best_otherwise, score);
        return;
      }
      for (Locator locator : ways | std::views::take(kWaysMax)) {
        if (part) locator.steps.push_back(*part);
        found.push_back(as_it_stands(score, texts, std::move(locator), said + what));
      }
    };
    for (const Part& part : parts) {
      if (part.score >= kKeyMin)
        add(group.score * part.score, part.texts, part.step, "«" + key + "»");
    }
    Element item = page.at(group.items.front());
    item.text = item.own_text = item.name = "";
    const double itself = std::max(name_score(item, key), seen.attribute.empty() ? group.score : 0);
    if (plain && itself >= kKeyMin)
      add(0.9 * itself, whole.texts, std::nullopt, describe(page, group.items.front()));
  }
  // What is named better, and is otherwise, is what was meant.
  std::erase_if(found, [&](const ObserveCandidate& one) { return one.score < best_otherwise; });
  return found;
}

// The ways in which the step may name the values: by a word of their own, by what is said of the
// things most often, as "the product names".
std::vector<Observation> ways_to_name(const Observation& seen) {
  std::vector<Observation> ways = {seen};
  if (!seen.attribute.empty()) return ways;
  ways.push_back(seen);  // "the phones are in alphabetical order": by their names
  ways.back().attribute = seen.kind == ObserveKind::kSorted ? "name" : "price";
  const std::string& name = seen.target.name;
  const std::size_t end = name.rfind(' ');
  if (end == std::string::npos) return ways;
  ways.push_back(seen);
  ways.back().target.name = name.substr(0, end);
  ways.back().target.noun.clear();
  ways.back().attribute = name.substr(end + 1);
  return ways;
}

}  // namespace

std::vector<ObserveCandidate> series_candidates(const Page& page, const Observation& seen) {
  const bool is_sorted = seen.kind == ObserveKind::kSorted;
  // One thing alone is all there is only where there are not several with such a value.
  for (const bool several : {true, false}) {
    if (!several && is_sorted) break;
    for (const Observation& way : ways_to_name(seen)) {
      double otherwise = 0;
      std::vector<ObserveCandidate> found = values_as_named(page, way, several, &otherwise);
      if (!found.empty() || (otherwise > 0 && !is_sorted)) return found;
    }
  }
  return {};
}

}  // namespace vouch::features::ground
