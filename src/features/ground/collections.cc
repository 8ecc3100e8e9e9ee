// Observations of several things at once: how many, which rows, in what order.
#include <algorithm>
#include <array>
#include <optional>

#include "base/words.h"
#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/labelled.h"
#include "features/ground/observe.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

constexpr double kSurelyNamed = 0.9;
constexpr double kOfThatKind = 0.6;

using browser::Assertion;
using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

bool satisfies(const Quantity& quantity, int count) {
  switch (quantity.compare) {
    case Compare::kEqual:
      return count == quantity.number;
    case Compare::kAtLeast:
      return count >= quantity.number;
    case Compare::kAtMost:
      return count <= quantity.number;
    case Compare::kMoreThan:
      return count > quantity.number;
    case Compare::kLessThan:
      return count < quantity.number;
  }
  return false;
}

Assertion count_assertion(const Quantity& quantity, bool negated, Locator locator) {
  Assertion made;
  made.negated = negated;
  auto nth = [&](int index) { locator.steps.push_back(by_nth(index)); };
  switch (quantity.compare) {
    case Compare::kEqual:
      made.matcher = Matcher::kToHaveCount;
      made.count = quantity.number;
      break;
    case Compare::kAtLeast:
    case Compare::kMoreThan:
      made.matcher = Matcher::kToBeVisible;
      nth(quantity.number - (quantity.compare == Compare::kAtLeast ? 1 : 0));
      break;
    case Compare::kAtMost:
    case Compare::kLessThan:
      made.matcher = Matcher::kToBeHidden;
      nth(quantity.number - (quantity.compare == Compare::kLessThan ? 1 : 0));
      break;
  }
  made.locator = std::move(locator);
  return made;
}

// Which elements of the snapshot a plain role or class step would match; enough to choose a locator
// for a group by, the browser has the last word.
AssertionPart text_part(Matcher matcher, std::string text, int element,
                        std::vector<Locator> locators, std::vector<LocatorStep> suffix) {
  AssertionPart part;
  part.assertion.matcher = matcher;
  part.assertion.expected.push_back(std::move(text));
  part.element = element;
  part.locators = std::move(locators);
  part.suffix = std::move(suffix);
  return part;
}

int row_with(const Page& page, int table, const std::vector<std::string>& cells) {
  for (const Element& e : page.elements()) {
    if (e.role != "row" || !page.is_inside(e.id, table) || is_header_row(page, e.id)) continue;
    bool all = std::all_of(cells.begin(), cells.end(), [&](const std::string& cell) {
      return cell.empty() ||
             std::any_of(page.children(e.id).begin(), page.children(e.id).end(), [&](int id) {
               return normalize_space(page.at(id).text) == normalize_space(cell);
             });
    });
    if (all) return e.id;
  }
  return -1;
}

// The columns that the header names, as places in the row; empty when one is missing.
std::vector<int> columns(const Page& page, int table, const std::vector<std::string>& header) {
  std::vector<std::string> names;
  for (int id : page.subtree(table)) {
    if (page.is_column_header(id))
      names.push_back(page.at(id).name.empty() ? page.at(id).text : page.at(id).name);
  }
  std::vector<int> found;
  for (const std::string& wanted : header) {
    auto best = std::max_element(names.begin(), names.end(),
                                 [&](const std::string& a, const std::string& b) {
                                   return similarity(wanted, a) < similarity(wanted, b);
                                 });
    if (best == names.end() || similarity(wanted, *best) < 0.7) return {};
    found.push_back(static_cast<int>(best - names.begin()));
  }
  return found;
}

// What is claimed of a row must not find it.
void drop_those_that_say(const std::vector<std::string>& claimed, std::vector<Locator>* locators) {
  std::erase_if(*locators, [&](const Locator& locator) {
    return std::ranges::any_of(locator.steps, [&](const LocatorStep& step) {
      return step.name && std::ranges::any_of(claimed, [&](const std::string& text) {
               return contains_folded(*step.name, text);
             });
    });
  });
}

void add_row_parts(const Page& page, int row, const std::vector<std::string>& cells,
                   const std::vector<int>& places, ObserveCandidate* made) {
  bool headers_too = std::any_of(page.children(row).begin(), page.children(row).end(),
                                 [&](int c) { return page.at(c).role == "rowheader"; });
  LocatorStep cell = headers_too ? by_css("th, td") : by_role("cell");
  int anchor = page.children(row).empty() ? -1 : page.children(row).front();
  // The row is found by its first cell, so that the others may be asserted.
  std::vector<Locator> locators = container_locators(page, row, {{anchor}, {}});
  std::vector<std::string> rest(cells.begin() + (cells.size() > 1 ? 1 : 0), cells.end());
  drop_those_that_say(rest, &locators);
  bool whole = places.size() == page.children(row).size();
  for (std::size_t i = 0; whole && i < places.size(); ++i) whole = places[i] == static_cast<int>(i);
  if (whole) {
    AssertionPart part = text_part(Matcher::kToHaveText, "", row, locators, {cell});
    part.assertion.expected.assign(cells.begin(), cells.end());
    part.assertion.expects_list = true;
    made->parts.push_back(std::move(part));
    return;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (places.empty()) {
      made->parts.push_back(text_part(Matcher::kToContainText, cells[i], row, locators, {}));
    } else {
      made->parts.push_back(
          text_part(Matcher::kToHaveText, cells[i], row, locators, {cell, by_nth(places[i])}));
    }
  }
}

// That the table's rows are these and no others, in this order: each column from top to bottom.
bool add_order(const Page& page, int table, const Observation& seen, const std::vector<int>& places,
               bool header, ObserveCandidate* made) {
  std::vector<int> rows;
  for (const Element& e : page.elements()) {
    const bool body = e.parent < 0 || page.at(e.parent).tag != "tfoot";
    if (e.role == "row" && body && page.is_inside(e.id, table) && !is_header_row(page, e.id))
      rows.push_back(e.id);
  }
  const std::size_t first = header ? 1 : 0;
  if (rows.size() != seen.rows.size() - first) return false;
  for (std::size_t column = 0; column < seen.rows.back().size(); ++column) {
    const int place = places.empty() ? static_cast<int>(column) : places[column];
    AssertionPart part;
    part.assertion.matcher = Matcher::kToHaveText;
    part.assertion.expects_list = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::vector<int>& cells = page.children(rows[i]);
      if (place >= static_cast<int>(cells.size())) return false;
      const std::string shown =
          normalize_space(page.at(cells[static_cast<std::size_t>(place)]).text);
      if (shown != normalize_space(seen.rows[first + i][column])) return false;
      part.assertion.expected.emplace_back(shown);
    }
    part.element = table;
    part.locators = locators_for(page, table, {});
    part.suffix = {by_css("tbody td:nth-child(" + std::to_string(place + 1) + ")")};
    made->parts.push_back(std::move(part));
  }
  return true;
}

// What bears the name is pressed, and shows the page's only table, which has no name.
bool only_leads_to_table(const Page& page, const std::vector<Region>& regions) {
  const auto is_pressed = [&](const Region& region) {
    return region.anchor >= 0 && is_interactive(page.at(region.anchor));
  };
  const auto is_table = [](const Element& e) {
    return e.visible && (e.role == "table" || e.role == "grid");
  };
  const auto table = std::ranges::find_if(page.elements(), is_table);
  return std::ranges::all_of(regions, is_pressed) &&
         std::ranges::count_if(page.elements(), is_table) == 1 && table->name.empty() &&
         std::ranges::none_of(regions,
                              [&](const Region& region) { return region.holds(page, table->id); });
}

// Where the step names a list or table by words that the page has for one, no other is meant.
Place named_place(const Page& page, const Target& target) {
  std::vector<Scope> scopes = target.scopes;
  const Scope name{ElementKind::kAny, target.name, target.quoted};
  if (!target.name.empty()) {
    const std::vector<Region> regions = regions_of(page, name);
    const bool surely = !regions.empty() && regions.front().strength >= kSurelyNamed;
    if (target.quoted || (surely && !only_leads_to_table(page, regions))) scopes.push_back(name);
  }
  return {page, scopes};
}

}  // namespace

namespace {

// "4 buttons labelled 'Change'": of one role and name, wherever they stand.
// Nothing where none bears the name.
std::optional<std::vector<ObserveCandidate>> count_of_name(const Page& page,
                                                           const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const Target& target = seen.target;
  const std::string_view role = target.kind == ElementKind::kButton     ? "button"
                                : target.kind == ElementKind::kLink     ? "link"
                                : target.kind == ElementKind::kCheckbox ? "checkbox"
                                : target.kind == ElementKind::kHeading  ? "heading"
                                                                        : "";
  if (!target.quoted || target.name.empty() || role.empty()) return std::nullopt;
  const Place place(page, target.scopes);
  const auto is_meant = [&](const Element& e) {
    return e.visible && e.role == role && normalize_space(e.name) == target.name;
  };
  const auto of = [&](const auto& counts) {
    return static_cast<int>(std::ranges::count_if(
        page.elements(), [&](const Element& e) { return is_meant(e) && counts(e); }));
  };
  const int there = of([&](const Element& e) { return place.fit(e.id) > 0; });
  const int all = of([](const Element&) { return true; });
  if (all == 0) return std::nullopt;
  // All that bear the name are in the place, so that the page's count is the place's.
  if (there != all || satisfies(seen.quantity, there) == seen.negated) return found;
  LocatorStep named = by_role(std::string(role), target.name);
  named.exact = true;
  AssertionPart part;
  part.assertion = count_assertion(seen.quantity, seen.negated, Locator{{named}});
  found.push_back({0.95, {std::move(part)}, std::to_string(there) + " × «" + target.name + "»"});
  return found;
}

}  // namespace

namespace {

// "the row of 'Tea' says 'Yes' twice": what says just that there.
std::vector<ObserveCandidate> count_of_text(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const Target& target = seen.target;
  if (target.scopes.size() != 1 || seen.negated) return found;
  for (const Region& region : regions_of(page, target.scopes.front())) {
    if (region.container < 0 || !region.is_whole(page)) continue;
    const std::vector<int> inside = page.subtree(region.container);
    const auto count = std::ranges::count_if(inside, [&](int id) {
      return page.at(id).visible && normalize_space(page.at(id).own_text) == target.name;
    });
    if (!satisfies(seen.quantity, static_cast<int>(count))) continue;
    AssertionPart part;
    part.assertion.matcher = Matcher::kToHaveCount;
    part.assertion.count = static_cast<int>(count);
    part.element = region.container;
    part.locators = container_locators(page, region.container, {{region.anchor}, {target.name}});
    part.suffix = {by_text(target.name, true)};
    found.push_back({0.9 * region.strength,
                     {std::move(part)},
                     std::to_string(count) + " × «" + target.name + "» in " +
                         describe(page, region.container)});
  }
  return found;
}

// Whether the page speaks of such things otherwise: it counts them in words, or one of the group's
// items is about them and another is not.
bool are_others(const Page& page, const Repeated& thing, const std::string& noun, int count) {
  constexpr std::size_t kSentenceMax = 200;
  const std::string one = singular(fold(noun));
  const auto says_noun = [&](const std::string& text) {
    const std::vector<std::string> said = words(text);
    return std::ranges::find(said, one, [](const std::string& word) { return singular(word); }) !=
           said.end();
  };
  for (const Element& e : page.elements()) {
    if (!e.visible || e.text.size() > kSentenceMax) continue;
    const std::vector<std::string> said = words(e.text);
    for (std::size_t i = 1; i < said.size(); ++i) {
      const std::string& number = said[i - 1];
      const bool counts =
          singular(said[i]) == one && number.find_first_not_of("0123456789") == std::string::npos;
      if (counts && number != std::to_string(count)) return true;
    }
  }
  const auto about =
      std::ranges::count_if(thing.now, [&](int item) { return says_noun(page.at(item).text); });
  return about > 0 && about < static_cast<std::ptrdiff_t>(thing.now.size());
}

// "there are 3 products", on a page that calls nothing so: what it shows several of, where that is
// one kind of thing alone, now or before.
template <class Add>
void count_only_group(const Page& page, const Observation& seen, const std::vector<Page>& earlier,
                      const Add& add) {
  constexpr double kUnnamed = 0.62;
  const Target& target = seen.target;
  const bool is_kind = target.kind == ElementKind::kAny || target.kind == ElementKind::kItem;
  using enum ElementKind;
  const auto is_any_holder = [](const Scope& scope) {
    return scope.name.empty() && !scope.ordinal && (scope.kind == kTable || scope.kind == kList);
  };
  if (!is_kind || target.quoted || !target.name.empty() || target.noun.empty() ||
      !std::ranges::all_of(target.scopes, is_any_holder))
    return;
  auto thing = repeated_thing(page, earlier);
  if (!thing) return;
  const int one = thing->group.items.front();
  if (Place(*thing->page, target.scopes).fit(one) == 0) return;
  const int there = static_cast<int>(thing->now.size());
  if (are_others(page, *thing, target.noun, there)) return;
  thing->group.score = kUnnamed;
  add(*thing->page, thing->group, 1, there);
}

// Those that stand in one of the places, or what holds them there, are not all of them.
bool is_some_of(const Page& page, const Group& group, const Group& all) {
  if (group.items.size() >= all.items.size()) return false;
  const auto holds_one = [&](int item) {
    return std::ranges::any_of(all.items,
                               [&](int one) { return one == item || page.is_inside(one, item); });
  };
  return is_part_of(page, group, all) || std::ranges::all_of(group.items, holds_one);
}

}  // namespace

// "the number of tasks is 3", beside "Your tasks": the number that is labelled so.
static std::vector<ObserveCandidate> counted_by_label(const Page& page, const Observation& seen) {
  const Target& target = seen.target;
  const std::string& noun = target.noun.empty() ? target.name : target.noun;
  std::vector<ObserveCandidate> found;
  if (noun.empty() || target.quoted || target.kind != ElementKind::kAny) return found;
  const Place place(page, target.scopes);
  for (const Labelled& value : best_of(labelled_values(page, {{noun, 1.0}}, place))) {
    if (value.score < kSurelyLabelled || !value.alone ||
        value.value != std::to_string(seen.quantity.number))
      continue;
    found.push_back(on_element(0.8 * value.score,
                               with_text(Matcher::kToHaveText, false, value.value), page,
                               value.element, {{}, {value.value}}));
  }
  return found;
}

// "the catalogue contains 4 books": all that the site has, where the page calls nothing so.
static bool is_all_there_is(const Page& page, const Scope& scope) {
  constexpr std::array<std::string_view, 10> kAll = {
      "catalogue", "catalog",  "collection", "inventory", "database",
      "library",   "overview", "shop",       "store",     "assortment"};
  return !scope.quoted && !scope.ordinal &&
         std::ranges::find(kAll, fold(scope.name)) != kAll.end() && regions_of(page, scope).empty();
}

std::vector<ObserveCandidate> count_candidates(const Page& page, const Observation& said,
                                               const std::vector<Page>& earlier) {
  Observation seen = said;
  std::erase_if(seen.target.scopes,
                [&](const Scope& scope) { return is_all_there_is(page, scope); });
  std::vector<ObserveCandidate> found;
  auto add = [&](const Page& from, const Group& group, double worth, int count) {
    if (satisfies(seen.quantity, count) == seen.negated) return;
    const std::vector<Locator> locators = group_locators(from, group);
    double score = worth * group.score;
    const auto counted = [&](const Locator& locator) {
      AssertionPart part;
      part.assertion = count_assertion(seen.quantity, seen.negated, locator);
      found.push_back({score,
                       {std::move(part)},
                       std::to_string(count) + " × " + describe(from, group.items.front())});
      score -= 0.004;
    };
    for (std::size_t i = 0; i < locators.size() && i < 5; ++i) counted(locators[i]);
    for (std::size_t i = 0; i < locators.size() && i < 2 && count > 0; ++i)
      counted(of_visible(locators[i]));
  };
  if (auto named = count_of_name(page, seen)) return std::move(*named);
  if (seen.target.kind == ElementKind::kText && seen.target.quoted)
    return count_of_text(page, seen);
  std::vector<Group> now = groups_for(page, seen.target);
  if (seen.negated && now.size() > 1) now.resize(1);  // of others it is easily true
  auto spread = spread_group(page, seen.target);
  const bool is_spread = spread.has_value();
  if (is_spread) {
    std::erase_if(now, [&](const Group& group) { return is_some_of(page, group, *spread); });
    now.push_back(*std::move(spread));
  }
  for (const Group& group : now) add(page, group, 1, static_cast<int>(group.items.size()));
  // None are left of what were several, which is what a plural means: named as they were before.
  for (auto past = earlier.rbegin(); past != earlier.rend() && !seen.negated; ++past) {
    for (const Group& group : groups_for(*past, seen.target)) {
      const Element& was = past->at(group.items.front());
      const bool some_left = std::ranges::any_of(now, [&](const Group& left) {
        const Element& e = page.at(left.items.front());
        return e.tag == was.tag && e.role == was.role && class_of_kind(e) == class_of_kind(was);
      });
      if (group.items.size() > 1 && !some_left) add(*past, group, 0.8, 0);
    }
  }
  if (found.empty() && !seen.negated && !is_spread) count_only_group(page, seen, earlier, add);
  if (found.empty() && seen.quantity.compare == Compare::kEqual && !seen.negated)
    found = counted_by_label(page, seen);
  if (seen.quantity.compare == Compare::kEqual && !seen.negated) {  // "3 products" in words
    std::string noun = seen.target.noun.empty() ? seen.target.name : seen.target.noun;
    std::string text = std::to_string(seen.quantity.number) + " " + noun;
    for (int id : smallest_with_text(page, text)) {
      AssertionPart part;
      part.assertion.matcher = Matcher::kToBeVisible;
      part.element = id;
      part.locators = {{{by_text(text, true)}}, {{by_text(text)}}};
      found.push_back({0.62, {std::move(part)}, "the text «" + text + "»"});
    }
  }
  return found;
}

// "the row 'March pay' shows:" with a table: the row that says so, in the columns that are named.
static std::vector<ObserveCandidate> row_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const Place place(page, seen.target.scopes);
  if (seen.rows.size() != 2) return found;
  for (const Element& row : page.elements()) {
    if (row.role != "row" || !row.visible || is_header_row(page, row.id)) continue;
    const std::vector<int>& cells = page.children(row.id);
    const auto name = std::ranges::find_if(
        cells, [&](int id) { return normalize_space(page.at(id).text) == seen.target.name; });
    const int table = page.ancestor_with_role(row.id, {"table", "grid", "treegrid"});
    if (name == cells.end() || table < 0 || place.fit(*name) == 0) continue;
    const std::vector<int> places = columns(page, table, seen.rows.front());
    const std::vector<std::string>& wanted = seen.rows.back();
    if (places.size() != wanted.size()) continue;
    std::vector<Locator> locators = container_locators(page, row.id, {{*name}, {}});
    ObserveCandidate made{0.9, {}, describe(page, row.id)};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto at = static_cast<std::size_t>(places[i]);
      if (at >= cells.size() ||
          normalize_space(page.at(cells[at]).text) != normalize_space(wanted[i]))
        break;
      made.parts.push_back(text_part(Matcher::kToHaveText, wanted[i], row.id, {},
                                     {by_css("th, td"), by_nth(places[i])}));
    }
    if (made.parts.size() != wanted.size()) continue;
    drop_those_that_say(wanted, &locators);
    for (AssertionPart& part : made.parts) part.locators = locators;
    found.push_back(std::move(made));
  }
  return found;
}

std::vector<ObserveCandidate> table_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (seen.rows.empty() || seen.negated) return found;
  if (seen.target.kind == ElementKind::kRow && !seen.target.name.empty())
    return row_candidates(page, seen);
  const Place named = named_place(page, seen.target);
  for (const Element& e : page.elements()) {
    if ((e.role != "table" && e.role != "grid") || !e.visible) continue;
    // The anchor of a table's name may be the table itself.
    const bool stands = named.fit(e.id) > 0 ||
                        (!page.children(e.id).empty() && named.fit(page.children(e.id).back()) > 0);
    if (!stands) continue;
    Target target = seen.target;
    double name = target.name.empty() && target.noun.empty() ? 0.7 : 0.55;
    for (const std::string& wanted : {target.name, target.noun}) {
      if (wanted.empty()) continue;
      name = std::max({name, name_score(e, wanted), 0.9 * page_score(page, wanted)});
    }
    for (bool header : {true, false}) {
      if (!header && seen.header) continue;
      std::vector<int> places =
          header ? columns(page, e.id, seen.rows.front()) : std::vector<int>{};
      if (header && places.empty()) continue;
      ObserveCandidate made{name * (header ? 1.0 : 0.9), {}, describe(page, e.id)};
      bool all = true;
      for (std::size_t i = header ? 1 : 0; all && i < seen.rows.size(); ++i) {
        int row = row_with(page, e.id, seen.rows[i]);
        all = row >= 0;
        if (all) add_row_parts(page, row, seen.rows[i], places, &made);
      }
      if (!all || made.parts.empty()) continue;
      if (seen.ordered && !add_order(page, e.id, seen, places, header, &made)) continue;
      if (seen.exact_rows) {
        Group rows{e.id, {}, 1};
        for (const Element& row : page.elements()) {
          if (row.role == "row" && page.is_inside(row.id, e.id) && !is_header_row(page, row.id))
            rows.items.push_back(row.id);
        }
        int expected = static_cast<int>(seen.rows.size()) - (header ? 1 : 0);
        if (static_cast<int>(rows.items.size()) != expected) continue;
        const std::vector<Locator> locators = group_locators(page, rows);
        AssertionPart part;
        part.assertion = count_assertion({Compare::kEqual, expected}, false, locators.front());
        made.parts.push_back(std::move(part));
      }
      found.push_back(std::move(made));
    }
  }
  if (found.empty() && !seen.header) {  // no table: each row's texts together in one item
    Observation as_list = seen;
    as_list.kind = ObserveKind::kList;
    if (std::all_of(seen.rows.begin(), seen.rows.end(),
                    [](const auto& row) { return row.size() == 1; }))
      return list_candidates(page, as_list, {});
  }
  return found;
}

// "'Teapot' is the only gift that is listed": of the kind that the step names there is one thing,
// and it bears that name.
std::vector<ObserveCandidate> only_one(const Page& page, const std::string& name,
                                       const std::vector<Group>& groups) {
  std::vector<ObserveCandidate> found;
  for (const Group& group : groups) {
    if (group.items.size() != 1 || group.score < kOfThatKind) continue;
    const std::vector<int> inside = page.subtree(group.items.front());
    const auto said = std::ranges::find_if(inside, [&](int id) {
      return page.at(id).visible && !normalize_space(page.at(id).own_text).empty();
    });
    if (said == inside.end() || normalize_space(page.at(*said).text) != name) continue;
    const std::vector<Locator> locators = group_locators(page, group);
    for (std::size_t i = 0; i < locators.size() && i < 6; ++i) {
      ObserveCandidate made{group.score - 0.005 * static_cast<double>(i), {}, "the only one"};
      for (const Matcher matcher : {Matcher::kToHaveCount, Matcher::kToContainText}) {
        AssertionPart part;
        part.assertion.matcher = matcher;
        part.assertion.count = 1;
        if (matcher == Matcher::kToContainText) part.assertion.expected.emplace_back(name);
        part.assertion.locator = locators[i];
        made.parts.push_back(std::move(part));
      }
      found.push_back(std::move(made));
    }
  }
  return found;
}

// "the only question that is shown is 'X'" of things that nothing on the page calls questions: it
// was one of several that are alike, and is the only one of them now.
std::vector<Group> left_of_several(const Page& page, const std::string& name,
                                   const std::vector<Page>& earlier) {
  constexpr double kByItself = 0.65;
  const auto alike = [](const Page& in, const Element& e) {
    std::vector<int> ids;
    for (const Element& other : in.elements()) {
      if (other.visible && other.parent == e.parent && is_alike(other, e)) ids.push_back(other.id);
    }
    return ids;
  };
  std::vector<Group> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.parent < 0 || !contains_folded(e.text, name)) continue;
    const std::vector<int> now = alike(page, e);
    const bool was_one_of_several = std::ranges::any_of(earlier, [&](const Page& past) {
      return std::ranges::any_of(past.elements(), [&](const Element& before) {
        return before.visible && is_alike(before, e) && contains_folded(before.text, name) &&
               alike(past, before).size() > 1;
      });
    });
    if (now.size() == 1 && was_one_of_several) found.push_back({e.parent, now, kByItself});
  }
  return found;
}

// "only the product 'X' is listed", of things that were several before: one is left, and it says
// so.
static std::vector<ObserveCandidate> only_left(const Page& page, const std::string& name,
                                               const std::vector<Page>& earlier,
                                               const Place& place) {
  std::vector<ObserveCandidate> found;
  const auto thing = repeated_thing(page, earlier);
  if (!thing || thing->now.size() != 1 || place.fit(thing->now.front()) == 0) return found;
  const std::vector<int> inside = page.subtree(thing->now.front());
  const bool says = std::ranges::any_of(inside, [&](int id) {
    return page.at(id).visible && normalize_space(page.at(id).own_text) == name;
  });
  if (!says) return found;
  double score = 0.7;
  for (const Locator& locator : group_locators(*thing->page, thing->group)) {
    ObserveCandidate made{score, {}, "the only one left"};
    score -= 0.004;
    for (const Matcher matcher : {Matcher::kToHaveCount, Matcher::kToContainText}) {
      AssertionPart part;
      part.assertion.matcher = matcher;
      part.assertion.count = 1;
      if (matcher == Matcher::kToContainText) part.assertion.expected.emplace_back(name);
      part.assertion.locator = locator;
      made.parts.push_back(std::move(part));
    }
    found.push_back(std::move(made));
  }
  return found;
}

// "the contacts are in this order:", of the rows of a table: one column says so from top to bottom.
static std::optional<ObserveCandidate> column_in_order(const Page& page, int cell,
                                                       const std::vector<std::string>& texts,
                                                       const Place& named) {
  const int table = page.ancestor_with_role(cell, {"table", "grid", "treegrid"});
  if (table < 0 || named.fit(cell) == 0) return std::nullopt;
  const int place = page.cell_index(cell);
  std::vector<std::string> shown;
  for (const Element& e : page.elements()) {
    if (e.role != "row" || !e.visible || !page.is_inside(e.id, table) || is_header_row(page, e.id))
      continue;
    const std::vector<int>& cells = page.children(e.id);
    if (place >= static_cast<int>(cells.size())) return std::nullopt;
    shown.push_back(normalize_space(page.at(cells[static_cast<std::size_t>(place)]).text));
  }
  if (shown != texts) return std::nullopt;
  AssertionPart part;
  part.assertion.matcher = Matcher::kToHaveText;
  part.assertion.expects_list = true;
  part.assertion.expected.assign(shown.begin(), shown.end());
  part.element = table;
  part.locators = locators_for(page, table, {});
  part.suffix = {by_css("tbody > tr > :nth-child(" + std::to_string(place + 1) + ")")};
  return ObserveCandidate{0.9, {std::move(part)}, "the order of a column"};
}

constexpr std::size_t kContainersMax = 6;  // that a list is looked for in

// The lists that hold all these texts, where more of the page says the same; what a field suggests
// first.
static std::vector<int> lists_of(const Page& page, const std::vector<std::string>& texts,
                                 const Place& named) {
  std::vector<int> found;
  for (const std::string_view role : {"listbox", "menu", "list"}) {
    for (const Element& list : page.elements()) {
      if (!list.visible || list.role != role) continue;
      const bool holds_all = std::ranges::all_of(texts, [&](const std::string& text) {
        return std::ranges::any_of(smallest_with_text(page, text), [&](int id) {
          return named.fit(id) > 0 && page.is_inside(id, list.id);
        });
      });
      if (holds_all) found.push_back(list.id);
    }
  }
  return found;
}

static bool is_shown_select(const Element& e) { return e.visible && is_select(e); }

std::vector<ObserveCandidate> list_candidates(const Page& page, const Observation& seen,
                                              const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  std::vector<std::string> texts;
  for (const auto& row : seen.rows) {
    if (!row.empty()) texts.push_back(row.front());
  }
  if (texts.empty()) return found;
  std::vector<Group> groups = groups_for(page, seen.target);
  // The one title of a card is not all that there is, beside other cards.
  std::erase_if(groups, [&](const Group& group) {
    return seen.exact_rows && group.items.size() == 1 && group.container >= 0 &&
           is_in_repeated(page, group.container);
  });
  const Place named = named_place(page, seen.target);
  if (!seen.ordered && !seen.exact_rows) {
    const bool stand_there = std::ranges::all_of(texts, [&](const std::string& text) {
      return std::ranges::any_of(smallest_with_text(page, text),
                                 [&](int id) { return named.fit(id) > 0; });
    });
    if (!seen.negated && !stand_there) return found;
    // Within the list that the step names, where there is one; else anywhere.
    std::vector<Locator> containers;
    for (const Group& group : groups) {
      for (int up = group.container, steps = 0; up >= 0 && steps < 3;
           up = page.at(up).parent, ++steps) {
        for (Locator& l : container_locators(page, up, {})) containers.push_back(std::move(l));
      }
      if (!containers.empty()) break;
    }
    if (containers.size() > 4) containers.resize(4);
    for (const int list : lists_of(page, texts, named)) {
      const std::string& role = page.at(list).role;
      const bool alone = std::ranges::none_of(page.elements(), [&](const Element& e) {
        return e.visible && e.id != list && e.role == role;
      });
      if (alone) containers.push_back({{by_role(role)}});
      for (Locator& l : container_locators(page, list, {})) containers.push_back(std::move(l));
    }
    if (containers.size() > kContainersMax) containers.resize(kContainersMax);
    containers.push_back({});
    double score = 0.9;
    for (const Locator& container : containers) {
      ObserveCandidate made{score, {}, "the list"};
      for (const std::string& text : texts) {
        AssertionPart part;
        part.assertion.matcher = Matcher::kToBeVisible;
        part.assertion.negated = seen.negated;
        Locator locator = container;
        locator.steps.push_back(by_text(text, !seen.negated));
        part.assertion.locator = std::move(locator);
        made.parts.push_back(std::move(part));
        // What a drop-down offers is never seen while it is closed.
        if (!seen.negated || std::ranges::none_of(page.elements(), is_shown_select)) continue;
        AssertionPart offered;
        offered.assertion.matcher = Matcher::kToHaveCount;
        offered.assertion.locator = container;
        offered.assertion.locator->steps.push_back(by_role("option", text));
        made.parts.push_back(std::move(offered));
      }
      found.push_back(std::move(made));
      score -= 0.03;
    }
    return found;
  }
  // Ordered, or these and no others: elements of one shape whose texts are the wanted ones. Where
  // no order is claimed, the page's is asserted.
  for (std::string& text : texts) text = normalize_space(text);
  if (texts.size() == 1 && !seen.negated && !seen.target.noun.empty())
    found = only_one(page, texts.front(), groups);
  if (texts.size() == 1 && !seen.negated && found.empty())
    found = only_one(page, texts.front(), left_of_several(page, texts.front(), earlier));
  if (texts.size() == 1 && !seen.negated && found.empty())
    found = only_left(page, texts.front(), earlier, named);
  // What an item says itself, where a button in it says something as well.
  const auto said = [&](const Element& e) {
    const std::string own = normalize_space(e.own_text);
    const bool by_itself = std::ranges::find(texts, own) != texts.end();
    return by_itself ? own : normalize_space(e.text);
  };
  for (const Element& first : page.elements()) {
    const std::string text = said(first);
    if (!first.visible || std::ranges::find(texts, text) == texts.end()) continue;
    if (seen.ordered && text != texts.front()) continue;
    // One alone is a list where it is an item by its role; a part of an item is always alone in it.
    if (texts.size() == 1 && !is_item_by_role(first)) continue;
    if (seen.ordered && !seen.negated && (first.role == "cell" || first.role == "rowheader")) {
      if (auto made = column_in_order(page, first.id, texts, named))
        found.push_back(*std::move(made));
      continue;
    }
    std::vector<int> alike;
    for (const Element& e : page.elements()) {
      if (e.visible && is_alike(e, first)) alike.push_back(e.id);
    }
    for (int up = first.parent; up >= 0; up = page.at(up).parent) {
      Group group{up, {}, 0};
      for (int id : alike) {
        if (page.is_inside(id, up)) group.items.push_back(id);
      }
      if (group.items.size() != texts.size()) continue;
      if (named.fit(group.items.front()) == 0) break;
      std::vector<std::string> shown;
      shown.reserve(group.items.size());
      for (int id : group.items) shown.push_back(said(page.at(id)));
      const bool whole = std::ranges::all_of(group.items, [&](int id) {
        return said(page.at(id)) == normalize_space(page.at(id).text);
      });
      const bool same = seen.ordered ? shown == texts : std::ranges::is_permutation(shown, texts);
      if (same == seen.negated) break;
      const std::vector<Locator> locators = group_locators(page, group);
      double score = has_speaking_role(first) ? 0.95 : 0.85;
      const std::size_t ways = std::min<std::size_t>(locators.size(), 5);
      for (std::size_t i = 0; i < ways + std::min<std::size_t>(ways, 2); ++i) {
        AssertionPart part;
        part.assertion.matcher = whole ? Matcher::kToHaveText : Matcher::kToContainText;
        part.assertion.negated = seen.negated;
        part.assertion.expects_list = true;
        const std::vector<std::string>& expected = seen.negated ? texts : shown;
        part.assertion.expected.assign(expected.begin(), expected.end());
        part.assertion.locator = i < ways ? locators[i] : of_visible(locators[i - ways]);
        found.push_back({score - 0.005 * static_cast<double>(i),
                         {std::move(part)},
                         "the order of " + describe(page, first.id)});
      }
      break;
    }
  }
  return found;
}

}  // namespace vouch::features::ground
