// Whether things are in the order of one of the values they show.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <ranges>

#include "features/ground/groups.h"
#include "features/ground/observe.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Element;
using browser::Locator;
using browser::LocatorStep;

constexpr std::size_t kItemsMin = 2, kItemsMax = 100;
constexpr std::size_t kWaysMax = 6;  // to name one group
constexpr double kKeyMin = 0.4;

// The number that a text shows: "€ 1,234.50", "12 left", "-3". Where there is a comma and no dot
// behind it, two digits after it are cents. Nothing where it shows none, or several.
std::optional<double> number_in(std::string_view text) {
  std::string digits;
  bool ended = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    const bool inner = (c == '.' || c == ',') && !digits.empty() && i + 1 < text.size() &&
                       std::isdigit(static_cast<unsigned char>(text[i + 1]));
    if (digit || (inner && !ended)) {
      if (ended) return std::nullopt;
      digits += c;
    } else if (c == '-' && digits.empty() && i + 1 < text.size() &&
               std::isdigit(static_cast<unsigned char>(text[i + 1]))) {
      digits += c;
    } else if (!digits.empty()) {
      ended = true;
    }
  }
  if (digits.empty()) return std::nullopt;
  const std::size_t comma = digits.rfind(','), dot = digits.rfind('.');
  const bool comma_is_point =
      comma != std::string::npos &&
      (dot != std::string::npos ? comma > dot : digits.size() - comma - 1 != 3);
  const char group = comma_is_point ? '.' : ',';
  std::erase(digits, group);
  std::ranges::replace(digits, ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

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

std::vector<ObserveCandidate> sorted_as_named(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
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
    if (group.items.size() < kItemsMin || group.items.size() > kItemsMax) continue;
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
    const auto add = [&](double score, const std::vector<std::string>& texts,
                         const std::optional<LocatorStep>& part, const std::string& what) {
      for (Locator locator : ways | std::views::take(kWaysMax)) {
        if (part) locator.steps.push_back(*part);
        found.push_back(as_it_stands(score, texts, std::move(locator), "the order of " + what));
      }
    };
    for (const Part& part : parts) {
      if (part.score >= kKeyMin && are_sorted(part.texts, seen.descending))
        add(group.score * part.score, part.texts, part.step, "«" + key + "»");
    }
    Element item = page.at(group.items.front());
    item.text = item.own_text = item.name = "";
    const double itself = std::max(name_score(item, key), seen.attribute.empty() ? group.score : 0);
    if (plain && itself >= kKeyMin && are_sorted(whole.texts, seen.descending))
      add(0.9 * itself, whole.texts, std::nullopt, describe(page, group.items.front()));
  }
  return found;
}

}  // namespace

std::vector<ObserveCandidate> sorted_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found = sorted_as_named(page, seen);
  const std::string& name = seen.target.name;
  const std::size_t end = name.rfind(' ');
  if (!found.empty() || !seen.attribute.empty()) return found;
  Observation named = seen;  // "the phones are in alphabetical order": by their names
  named.attribute = "name";
  found = sorted_as_named(page, named);
  if (!found.empty() || end == std::string::npos) return found;
  Observation apart = seen;  // "the product names": the names of the products
  apart.target.name = name.substr(0, end);
  apart.target.noun.clear();
  apart.attribute = name.substr(end + 1);
  return sorted_as_named(page, apart);
}

}  // namespace vouch::features::ground
