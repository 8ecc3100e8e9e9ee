// What a page says of a thing that a step names: the value of a label, the cell of a row, the text
// of a part of the page.
#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/labelled.h"
#include "features/ground/similarity.h"
#include "features/ground/unlabelled.h"
#include "features/read/lexicon.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {

Names names_of(const Target& target) {
  Names names;
  if (!target.name.empty()) names.emplace_back(target.name, 1.0);
  if (!target.noun.empty()) names.emplace_back(target.noun, 0.97);
  for (const std::string& other : target.alternatives) names.emplace_back(other, 0.9);
  for (const std::string& said : {target.name, target.noun}) {
    for (std::string& other : synonyms_of(said)) names.emplace_back(std::move(other), 0.9);
  }
  return names;
}

namespace {

using browser::Assertion;
using browser::Element;
using browser::Locator;
using Matcher = Assertion::Matcher;

constexpr double kRowMin = 0.6;
constexpr double kColumnMin = 0.6;

// That the element, which shows `value`, shows what the step says.
ObserveCandidate shows(double score, const Page& page, const Labelled& value,
                       const Observation& seen, LocateHints hints) {
  const Element& e = page.at(value.element);
  const std::string text = normalize_space(e.text);
  hints.avoid.push_back(seen.expected);
  const std::string source = contains_pattern(seen.expected).source;
  browser::TextExpectation expected = seen.expected;
  Matcher matcher = Matcher::kToContainText;
  if (seen.match == Match::kPattern) expected = browser::Pattern{seen.expected, ""};
  if (seen.match == Match::kStartsWith) expected = browser::Pattern{"^\\s*" + source, ""};
  if (seen.match == Match::kEndsWith) expected = browser::Pattern{source + "\\s*$", ""};
  if (seen.match != Match::kContains || text == normalize_space(seen.expected))
    matcher = Matcher::kToHaveText;
  if (seen.match == Match::kEquals && !seen.negated) expected = text;
  return on_element(score, with_text(matcher, seen.negated, std::move(expected)), page, e.id,
                    hints);
}

// The same, where it may show its label beside the value.
void add_shows(double score, const Page& page, const Labelled& value, const Observation& seen,
               const LocateHints& hints, std::vector<ObserveCandidate>* found) {
  if (value.alone || seen.negated || seen.match == Match::kPattern) {
    found->push_back(shows(score, page, value, seen, hints));
    return;
  }
  const std::string text = normalize_space(page.at(value.element).text);
  LocateHints silent = hints;
  silent.avoid.push_back(seen.expected);
  ObserveCandidate whole =
      on_element(score, make(Matcher::kToBeVisible, false), page, value.element, hints);
  whole.parts[0].locators = {{{by_text(text, true)}}};
  found->push_back(std::move(whole));
  found->push_back(on_element(0.98 * score, with_text(Matcher::kToHaveText, false, text), page,
                              value.element, silent));
}

struct Row {
  int id = -1, anchor = -1;
  double score = 0;
};

// The rows, or items, of that name, best first; those that are named much worse are left out.
std::vector<Row> rows_named(const Page& page, const Scope& scope, const Place& place) {
  std::vector<Row> rows;
  for (const Element& e : page.elements()) {
    if (!e.visible || place.fit(e.id) == 0 ||
        (e.role != "row" && e.role != "listitem" && e.role != "article"))
      continue;
    Row row{e.id, -1, 0};
    for (int inner : page.subtree(e.id)) {
      const double score = inner == e.id ? 0 : name_score(page.at(inner), scope.name);
      if (score > row.score) row = {e.id, inner, score};
    }
    if (scope.quoted && row.score < 0.9 && contains_folded(e.text, scope.name)) row.score = 0.85;
    row.score *= kind_score(e, ElementKind::kRow);
    if (row.score >= kRowMin) rows.push_back(row);
  }
  std::ranges::stable_sort(rows, std::greater<>(), &Row::score);
  if (!rows.empty()) {
    const double best = rows.front().score;
    std::erase_if(rows, [&](const Row& row) { return row.score < best - kAsGood; });
  }
  return rows;
}

// The cell in the column that fits the name best, with how well; -1 where none does.
std::pair<int, double> cell_named(const Page& page, int row, std::string_view name) {
  std::pair<int, double> best{-1, 0};
  for (int cell : page.children(row)) {
    const Element* header = page.column_header(cell);
    const double fit = header != nullptr ? similarity(name, words_of(*header)) : 0;
    if (fit > best.second) best = {cell, fit};
  }
  return best.second >= kColumnMin ? best : std::pair{-1, 0.0};
}

// The table of this row has a column of that name.
bool has_column(const Page& page, int row, std::string_view name) {
  const int table = page.ancestor_with_role(row, {"table", "grid", "treegrid"});
  return table >= 0 && std::ranges::any_of(page.elements(), [&](const Element& e) {
           return page.is_column_header(e.id) && page.is_inside(e.id, table) &&
                  similarity(name, words_of(e)) >= kColumnMin;
         });
}

// A row is named by what one of its cells says; the value stands in the column that the step names.
std::vector<ObserveCandidate> row_content(const Page& page, const Observation& seen,
                                          const Scope& row_scope) {
  std::vector<ObserveCandidate> found;
  const bool names_part = !seen.target.name.empty() && seen.target.kind != ElementKind::kRow;
  std::vector<Scope> outside = seen.target.scopes;
  std::erase(outside, row_scope);
  for (const Row& row : rows_named(page, row_scope, Place(page, outside))) {
    const Element& e = page.at(row.id);
    const LocateHints hints{{row.anchor}, {seen.expected}};
    const auto [cell, fit] =
        names_part ? cell_named(page, row.id, seen.target.name) : std::pair{-1, 0.0};
    if (cell >= 0) {
      const Element* header = page.column_header(cell);
      if (agrees(normalize_space(page.at(cell).text), seen) == seen.negated) continue;
      const Labelled value{cell, normalize_space(page.at(cell).text), true, fit};
      ObserveCandidate made = shows(row.score * fit, page, value, seen, hints);
      made.parts[0].element = row.id;
      made.parts[0].locators = locators_for(page, row.id, hints);
      const bool headers_too = std::ranges::any_of(
          page.children(e.id), [&](int c) { return page.at(c).role == "rowheader"; });
      made.parts[0].suffix = {headers_too ? by_css("th, td") : by_role("cell"),
                              by_nth(page.cell_index(cell))};
      made.note = "column «" + header->name + "» of " + describe(page, e.id);
      found.push_back(std::move(made));
      continue;
    }
    if (names_part && has_column(page, row.id, seen.target.name)) continue;  // empty here
    if (names_part) {
      const Place inside(page, {{ElementKind::kRow, row_scope.name, row_scope.quoted}});
      const std::vector<Labelled> values =
          best_of(labelled_values(page, names_of(seen.target), inside));
      for (const Labelled& value : values) {
        if (!page.is_inside(value.element, row.id) || value.element == row.id) continue;
        if (agrees(value.value, seen) == seen.negated) continue;
        add_shows(row.score * value.score, page, value, seen, hints, &found);
      }
      if (!values.empty() && values.front().score >= kSurelyLabelled) continue;
    }
    if (!has_letter(seen.expected)) {  // a number is a cell, and not a part of one
      for (int part : page.subtree(row.id)) {
        const std::string text = normalize_space(page.at(part).text);
        if (seen.negated || part == row.id || names_part || text != seen.expected) continue;
        found.push_back(on_element(row.score * 0.6, make(Matcher::kToBeVisible, false), page, part,
                                   {{row.anchor}, {}}));
        found.push_back(on_element(row.score * 0.59, with_text(Matcher::kToHaveText, false, text),
                                   page, part, {{row.anchor}, {text}}));
      }
      continue;
    }
    if (contains_folded(e.text, seen.expected) == seen.negated) continue;
    found.push_back(on_element(row.score * 0.6,
                               with_text(Matcher::kToContainText, seen.negated, seen.expected),
                               page, e.id, hints));
  }
  return found;
}

// The parts of the page that are meant by a name: what it names as a whole, or the things of that
// kind that stand below the name.
struct Part {
  int id = -1, anchor = -1;
  double strength = 0;
};
std::vector<Part> parts_named(const Page& page, const Target& target, const Place& place) {
  std::vector<Part> parts;
  const auto add = [&](int id, const Region& region, double worth) {
    const bool known = std::ranges::any_of(parts, [&](const Part& part) { return part.id == id; });
    if (id >= 0 && !known && place.fit(id) > 0)
      parts.push_back({id, region.anchor, worth * region.strength});
  };
  for (const std::string& name : {target.name, target.noun}) {
    if (name.empty()) continue;
    for (const Region& region : regions_of(page, {target.kind, name, target.quoted})) {
      const bool of_kind = target.kind == ElementKind::kList || target.kind == ElementKind::kTable;
      for (const Element& e : page.elements()) {
        const bool is_bare = page.subtree(e.id).size() == 1;  // and as high as nothing
        if (of_kind && (e.visible || is_bare) && kind_score(e, target.kind) == 1 &&
            region.holds(page, e.id))
          add(e.id, region, 1);
      }
      if (region.is_whole(page)) add(region.container, region, 0.95);
    }
    if (!parts.empty()) break;
  }
  return parts;
}

// "the cart contains 'Sencha'".
std::vector<ObserveCandidate> part_content(const Page& page, const Observation& seen,
                                           const Place& place) {
  std::vector<ObserveCandidate> found;
  for (const auto& [part, anchor, strength] : parts_named(page, seen.target, place)) {
    const bool has = std::ranges::any_of(page.subtree(part), [&](int id) {
      return contains_folded(page.at(id).text, seen.expected);
    });
    if (has == seen.negated) continue;
    const LocateHints hints{{anchor}, {seen.expected}};
    const auto says_just_that = [&](int id) {
      return id != part && normalize_space(page.at(id).text) == normalize_space(seen.expected);
    };
    if (!seen.negated && std::ranges::any_of(page.subtree(part), says_just_that)) {
      ObserveCandidate made =
          on_element(0.72 * strength, make(Matcher::kToBeVisible, false), page, part, hints);
      made.parts[0].suffix = {by_text(seen.expected, true)};
      found.push_back(std::move(made));
    }
    if (!has_letter(seen.expected)) continue;  // a number is no part of another
    found.push_back(on_element(0.7 * strength,
                               with_text(Matcher::kToContainText, seen.negated, seen.expected),
                               page, part, hints));
  }
  return found;
}

bool is_money(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSigns = {"€", "$", "£", "¥", "₹", "kr", "EUR", "USD"};
  const bool digit =
      std::ranges::any_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
  return digit && text.size() <= 24 && std::ranges::any_of(kSigns, [&](std::string_view sign) {
           return text.starts_with(sign) || text.ends_with(sign);
         });
}

// "the price of 'Cactus' is '€ 5'" where no label says which it is: the one sum of money there.
std::vector<ObserveCandidate> only_price(const Page& page, const Observation& seen,
                                         const Place& place) {
  const std::string name = fold(seen.target.name);
  if (seen.negated || seen.target.scopes.empty() || seen.match == Match::kPattern ||
      (name != "price" && name != "cost" && name != "amount"))
    return {};
  int price = -1;
  for (const Element& e : page.elements()) {
    if (!e.visible || !is_money(normalize_space(e.own_text)) || place.fit(e.id) == 0) continue;
    if (price >= 0) return {};
    price = e.id;
  }
  if (price < 0 || !agrees(normalize_space(page.at(price).text), seen)) return {};
  LocateHints hints;
  place.fit(price, &hints.anchors);
  return {
      shows(0.75, page, {price, normalize_space(page.at(price).text), true, 0.75}, seen, hints)};
}

// The value by its own words, where nothing else tells its element: in a place that has a name.
void add_by_text(const Page& page, const Observation& seen, std::vector<ObserveCandidate>* found) {
  if (seen.negated || seen.target.scopes.empty() || seen.match == Match::kPattern) return;
  Observation text{.kind = ObserveKind::kText, .expected = seen.expected, .match = seen.match};
  text.target.scopes = seen.target.scopes;
  const std::vector<ObserveCandidate> values = *found;
  for (ObserveCandidate& made : text_present(page, text, {})) {
    const auto same = std::ranges::find_if(values, [&](const ObserveCandidate& value) {
      return value.parts.size() == 1 && value.parts[0].element == made.parts[0].element;
    });
    if (same == values.end()) continue;
    made.score = 0.95 * same->score;
    found->push_back(std::move(made));
  }
}

// "the pieces of 'Earl Grey' are 5": what is filled in there.
std::vector<ObserveCandidate> field_of_item(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (seen.target.name.empty() || seen.target.scopes.empty() || seen.negated ||
      seen.match == Match::kPattern)
    return found;
  for (const Row& row : rows_named(page, seen.target.scopes.front(), Place(page, {}))) {
    const auto [cell, fit] = cell_named(page, row.id, seen.target.name);
    if (cell < 0) continue;
    for (int id : page.subtree(cell)) {
      const Element& e = page.at(id);
      if (!is_editable(e) || e.value != seen.expected) continue;
      found.push_back(on_element(row.score * fit,
                                 with_text(Matcher::kToHaveValue, false, seen.expected), page, id,
                                 {{row.anchor}, {seen.expected}}));
    }
  }
  return found;
}

// "the delivery is 'Pick up'": the choice that is made in the group of that name.
std::vector<ObserveCandidate> chosen_in_group(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (seen.target.name.empty() || seen.negated || seen.match == Match::kPattern) return found;
  const Scope group{ElementKind::kAny, seen.target.name, seen.target.quoted};
  const std::vector<Anchor> anchors = anchors_of(page, group);
  const auto is_called_so = [&](const Element& e) {
    const std::string name = fold(e.name.empty() ? e.label : e.name), said = fold(seen.expected);
    return e.role == "radio" && name.starts_with(said) &&
           (name.size() == said.size() || name[said.size()] == ' ');
  };
  // "Express" is not "Express plus".
  if (std::ranges::count_if(page.elements(), is_called_so) != 1) return found;
  for (const Element& e : page.elements()) {
    if (!e.visible || !is_called_so(e) || !e.checked.value_or(false)) continue;
    const ScopeFit fit = scope_fit(page, e.id, group, anchors);
    if (fit.score < kColumnMin) continue;
    found.push_back(
        on_element(0.9 * fit.score, make(Matcher::kToBeChecked, false), page, e.id, {{}, {}}));
  }
  return found;
}

// "the review 'Fern' has 5 out of 5 stars": a picture in it that is called so.
std::vector<ObserveCandidate> called_in_item(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (!seen.target.quoted || seen.negated || seen.match == Match::kPattern) return found;
  const Scope item{ElementKind::kRow, seen.target.name, true};
  for (const Row& row : rows_named(page, item, Place(page, seen.target.scopes))) {
    for (int id : page.subtree(row.id)) {
      const Element& e = page.at(id);
      if (e.role != "img" || fold(e.name) != fold(seen.expected)) continue;
      ObserveCandidate made = on_element(0.8 * row.score, make(Matcher::kToBeVisible, false), page,
                                         row.id, {{row.anchor}, {}});
      browser::LocatorStep picture = by_role("img");
      picture.name = e.name;
      picture.exact = true;
      made.parts[0].suffix = {picture};
      found.push_back(std::move(made));
      break;
    }
  }
  return found;
}

}  // namespace

std::vector<ObserveCandidate> empty_list_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  Target target = seen.target;
  target.kind = ElementKind::kAny;
  const Place place(page, target.scopes);
  const bool is_table = seen.target.kind == ElementKind::kTable;
  std::vector<browser::LocatorStep> items = {by_role(is_table ? "row" : "listitem")};
  if (is_table) items.push_back(has({{by_role("cell")}}));  // its header remains
  const auto is_item = [&](int id) {
    return page.at(id).role == items.front().value && !(is_table && is_header_row(page, id));
  };
  std::vector<Part> parts = parts_named(page, target, place);
  if (is_table && target.name.empty() && parts.empty()) {  // "the table", of a page that has one
    for (const Element& e : page.elements())
      if (e.visible && e.role == "table") parts.push_back({e.id, -1, 0.8});
    if (parts.size() > 1) parts.clear();
  }
  for (const auto& [part, anchor, strength] : parts) {
    const std::vector<int> inside = page.subtree(part);
    if (std::ranges::any_of(inside, is_item) != seen.negated) continue;
    Assertion none = make(Matcher::kToHaveCount, seen.negated);
    ObserveCandidate made = on_element(strength, none, page, part, {});
    made.parts[0].suffix = items;
    found.push_back(std::move(made));
  }
  return found;
}

namespace {

// What the cell says, as one of the nth row of those.
AssertionPart cell_of_nth(const Page& page, const Group& rows, int ordinal, int cell) {
  AssertionPart part;
  part.assertion = with_text(Matcher::kToHaveText, false, normalize_space(page.at(cell).text));
  Locator locator = group_locators(page, rows).front();
  locator.steps.push_back(by_nth(ordinal > 0 ? ordinal - 1 : ordinal));
  locator.steps.push_back(by_css("th, td"));
  locator.steps.push_back(by_nth(page.cell_index(cell)));
  part.assertion.locator = std::move(locator);
  return part;
}

// "the last row shows 14 pieces": the number in the column of that name.
std::optional<ObserveCandidate> counted_cell(const Page& page, const Observation& seen,
                                             const Group& group, int item, int ordinal) {
  const std::size_t blank = seen.expected.find(' ');
  if (blank == std::string::npos || seen.negated) return std::nullopt;
  const std::string number = seen.expected.substr(0, blank);
  if (number.empty() || has_letter(number) || !has_letter(seen.expected.substr(blank)))
    return std::nullopt;
  const auto [cell, fit] = cell_named(page, item, seen.expected.substr(blank + 1));
  if (cell < 0 || normalize_space(page.at(cell).text) != number) return std::nullopt;
  return ObserveCandidate{group.score * fit,
                          {cell_of_nth(page, group, ordinal, cell)},
                          "a cell of " + describe(page, item)};
}

// "the first customer is 'Ann Bee'", whose names stand in cells beside each other.
std::optional<ObserveCandidate> joined_cells(const Page& page, const Observation& seen,
                                             const Group& group, int item, int ordinal) {
  if (seen.negated || seen.match != Match::kEquals || page.at(item).role != "row")
    return std::nullopt;
  const std::vector<int>& cells = page.children(item);
  const std::string wanted = normalize_space(seen.expected);
  for (auto first = cells.begin(); first != cells.end(); ++first) {
    std::string joined = normalize_space(page.at(*first).text);
    if (joined.empty() || !wanted.starts_with(joined)) continue;
    ObserveCandidate made{group.score, {}, "cells of " + describe(page, item)};
    made.parts.push_back(cell_of_nth(page, group, ordinal, *first));
    for (auto next = first + 1; next != cells.end() && joined.size() < wanted.size(); ++next) {
      joined += " " + normalize_space(page.at(*next).text);
      made.parts.push_back(cell_of_nth(page, group, ordinal, *next));
    }
    if (joined == wanted && made.parts.size() > 1) return made;
  }
  return std::nullopt;
}

// "the first note is 'Birthdays'", "the last row contains 'Sencha'".
std::vector<ObserveCandidate> nth_content(const Page& page, const Observation& seen,
                                          const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  const int ordinal = *seen.target.ordinal;
  const bool is_nameless =
      seen.target.kind == ElementKind::kAny && seen.target.name.empty() && seen.target.noun.empty();
  std::vector<Group> groups;
  if (!is_nameless) groups = groups_for(page, seen.target);
  if (groups.empty() &&
      seen.target.scopes.empty()) {  // "the first product", of things without a name
    if (auto thing = repeated_thing(page, {})) {
      groups.push_back(std::move(thing->group));
      groups.front().score = 0.62;
    }
  }
  // "the first entry of the recent activity": of what is repeated there.
  if (groups.empty() && seen.target.name.empty() && !seen.target.scopes.empty() &&
      (seen.target.kind == ElementKind::kItem || seen.target.kind == ElementKind::kRow)) {
    if (auto there = repeated_in(page, seen.target.scopes)) {
      groups.push_back(*std::move(there));
      groups.front().score = 0.62;
    }
  }
  for (const Group& group : groups) {
    if (group.score < groups.front().score - kAsGood) break;
    const int count = static_cast<int>(group.items.size());
    const int index = ordinal > 0 ? ordinal - 1 : count + ordinal;
    if (index < 0 || index >= count) continue;
    const int item = group.items[static_cast<std::size_t>(index)];
    if (auto made = counted_cell(page, seen, group, item, ordinal)) {
      found.push_back(*std::move(made));
      continue;
    }
    if (auto made = joined_cells(page, seen, group, item, ordinal)) {
      found.push_back(*std::move(made));
      continue;
    }
    const std::vector<int> parts = page.subtree(item);
    const bool holds = std::ranges::any_of(parts, [&](int part) {
      return page.at(part).visible && (agrees(normalize_space(page.at(part).text), seen) ||
                                       agrees(normalize_space(page.at(part).own_text), seen));
    });
    if (holds == seen.negated || (count == 1 && !were_several(page.at(item), earlier))) continue;
    const bool whole = seen.match == Match::kEquals &&
                       normalize_space(page.at(item).text) == normalize_space(seen.expected);
    double score = group.score;
    for (Locator& locator : group_locators(page, group)) {
      locator.steps.push_back(by_nth(ordinal > 0 ? ordinal - 1 : ordinal));
      AssertionPart part;
      part.assertion = with_text(whole ? Matcher::kToHaveText : Matcher::kToContainText,
                                 seen.negated, seen.expected);
      if (seen.match == Match::kEquals && !whole && !seen.negated) {  // a part of it says just that
        part.assertion = make(Matcher::kToBeVisible, false);
        locator.steps.push_back(by_text(seen.expected, true));
      }
      part.assertion.locator = std::move(locator);
      found.push_back({score, {std::move(part)}, "one of " + describe(page, item)});
      score -= 0.004;
    }
  }
  return found;
}

// "the count of 'To do' is 3": the number that is labelled so.
std::vector<ObserveCandidate> number_of_name(const Page& page, const Observation& seen) {
  const std::string said = fold(seen.target.name.empty() ? seen.target.noun : seen.target.name);
  const bool is_count = said == "count" || said == "number" || said == "counter";
  const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (!is_count || seen.target.scopes.size() != 1 || seen.expected.empty() ||
      !std::ranges::all_of(seen.expected, is_digit))
    return {};
  std::vector<ObserveCandidate> found;
  const Scope& of = seen.target.scopes.front();
  for (const Labelled& value : best_of(labelled_values(page, {{of.name, 1.0}}, Place(page, {})))) {
    const bool is_number = std::ranges::all_of(value.value, is_digit);
    if (value.score < kSurelyLabelled || !is_number || agrees(value.value, seen) == seen.negated)
      continue;
    LocateHints hints;
    for (const Region& region : regions_of(page, of)) hints.anchors.push_back(region.anchor);
    add_shows(0.9 * value.score, page, value, seen, hints, &found);
  }
  return found;
}

}  // namespace

std::vector<ObserveCandidate> content_candidates(const Page& page, const Observation& said,
                                                 const std::vector<Page>& earlier) {
  // "the total of the box", where there is no such field: some thing that the page does not name.
  Observation seen = said;
  // "the last recipe in her list", where the page has no list that is one by its elements.
  std::erase_if(seen.target.scopes, [&](const Scope& scope) {
    using enum ElementKind;
    const bool may_be_unnamed =
        scope.kind == kField ||
        (seen.target.ordinal && (scope.kind == kList || scope.kind == kTable));
    return may_be_unnamed && scope.name.empty() && !scope.ordinal &&
           regions_of(page, scope).empty();
  });
  if (seen.target.ordinal && !seen.target.quoted) return nth_content(page, seen, earlier);
  for (const Scope& scope : seen.target.scopes) {
    if (scope.kind == ElementKind::kRow && !scope.ordinal) return row_content(page, seen, scope);
  }
  if (seen.target.kind == ElementKind::kRow) {
    auto rows = row_content(page, seen, {ElementKind::kRow, seen.target.name, seen.target.quoted});
    if (rows.empty()) rows = called_by_its_makers(page, seen);  // "the results line", of no table
    return rows;
  }
  if (seen.target.kind == ElementKind::kCell && seen.target.name.empty() &&
      seen.target.scopes.size() == 2) {  // "the cell of 'Tea' under 'Price'"
    for (const std::size_t row : {0, 1}) {
      Observation cell = seen;
      cell.target = {.name = seen.target.scopes[1 - row].name};
      const Scope& item = seen.target.scopes[row];
      auto made = row_content(page, cell, {ElementKind::kRow, item.name, item.quoted});
      if (!made.empty()) return made;
      cell.target.scopes = {{ElementKind::kAny, item.name, item.quoted}};
      made = content_candidates(page, cell, earlier);
      if (!made.empty()) return made;
    }
  }
  const Names names = names_of(seen.target);
  const Place place(page, seen.target.scopes);
  std::vector<Labelled> values;
  // Where the kind is all that names it: "the page heading", "the badge of 'Sweaters'".
  const auto badges = std::ranges::count_if(page.elements(), [](const Element& e) {
    return e.visible && kind_score(e, ElementKind::kBadge) == 1;
  });
  const bool by_kind =
      seen.target.name.empty() &&
      (seen.target.kind == ElementKind::kHeading ||
       (seen.target.kind == ElementKind::kBadge && (badges == 1 || !seen.target.scopes.empty())));
  if (by_kind) {
    for (const Element& e : page.elements()) {
      if (!e.visible || kind_score(e, seen.target.kind) < 1 || place.fit(e.id) == 0) continue;
      values.push_back({e.id, normalize_space(e.text), true, kSurelyLabelled});
    }
  }
  if (values.empty()) {
    std::vector<Labelled> named = labelled_values(page, names, place);
    const auto is_badge = [&](const Labelled& value) {
      return kind_score(page.at(value.element), ElementKind::kBadge) == 1;
    };
    if (seen.target.kind == ElementKind::kBadge && std::ranges::any_of(named, is_badge))
      std::erase_if(named, [&](const Labelled& value) { return !is_badge(value); });
    values = best_of(std::move(named));
  }
  const bool any =
      std::ranges::any_of(values, [&](const Labelled& value) { return agrees(value.value, seen); });
  if (seen.negated && any) return {};
  // Of what may be something else it is easily true that it is not so.
  if (seen.negated)
    std::erase_if(values, [](const Labelled& v) { return v.score < kSurelyLabelled; });
  std::vector<ObserveCandidate> found;
  for (const Labelled& value : values) {
    if (agrees(value.value, seen) == seen.negated) continue;
    const Element& e = page.at(value.element);
    LocateHints hints;
    place.fit(e.id, &hints.anchors);
    const double kind =
        seen.target.kind == ElementKind::kField ? 1 : kind_score(e, seen.target.kind);
    add_shows(value.score * (0.7 + 0.3 * kind), page, value, seen, hints, &found);
    // A heading may be told from others by what it says alone.
    if (e.role == "heading" && by_kind && !seen.negated && seen.match != Match::kPattern) {
      found.push_back(on_element(0.9 * value.score, make(Matcher::kToBeVisible, false), page, e.id,
                                 {hints.anchors, {}}));
    }
  }
  if (values.empty()) {
    for (ObserveCandidate& made : only_price(page, seen, place)) found.push_back(std::move(made));
  }
  add_by_text(page, seen, &found);
  if (found.empty()) found = number_of_name(page, seen);
  if (found.empty()) found = field_of_item(page, seen);
  if (found.empty()) found = chosen_in_group(page, seen);
  if (found.empty()) found = called_in_item(page, seen);
  if (found.empty()) found = said_by_itself(page, seen);
  if (found.empty()) found = called_by_its_makers(page, seen);
  if (found.empty()) found = said_in_place(page, seen);
  if (!seen.negated && (any || (found.empty() && values.empty()))) {
    for (ObserveCandidate& made : said_in_words(page, seen, place))
      found.push_back(std::move(made));
  }
  if (found.empty()) found = rating(page, seen);
  if (found.empty()) found = said_in_frame(page, seen);
  if (!found.empty() && values.empty()) return found;
  // What is in quotes may be a thing rather than the label of a value.
  const bool is_thing =
      seen.target.quoted && (seen.match == Match::kContains || !has_letter(seen.expected));
  // "the results panel says 'X'": a part of the page has all that stands in it.
  const bool is_part = seen.target.kind == ElementKind::kSection && seen.match == Match::kContains;
  if (!values.empty() && values.front().score >= kSurelyLabelled && !is_thing && !is_part)
    return found;
  if (seen.match == Match::kContains || is_thing || !found.empty()) {
    for (ObserveCandidate& made : part_content(page, seen, place)) found.push_back(std::move(made));
  }
  return found;
}

}  // namespace vouch::features::ground
