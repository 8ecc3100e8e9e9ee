// Observations of each of several things: the state of each, what each shows or has.
#include <algorithm>
#include <optional>

#include "features/ground/act.h"
#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

constexpr std::size_t kEachMax = 20;  // one assertion each

// "all todos": the todos. Nothing where the words do not say that each is meant.
std::optional<Target> each_of(Target each) {
  if (each.quoted) return std::nullopt;
  bool plural = false;
  for (std::string* words : {&each.name, &each.noun}) {
    for (std::string_view every :
         {"all of the ", "all the ", "all ", "every ", "each of the ", "each "}) {
      if (*words + " " != every && !words->starts_with(every)) continue;
      words->erase(0, every.size());
      plural = true;
      break;
    }
  }
  return plural ? std::optional(std::move(each)) : std::nullopt;
}

// What can be in such a state at all.
bool may_be(const Element& e, State state) {
  switch (state) {
    case State::kEnabled:
    case State::kDisabled:
      return is_editable(e) || is_select(e) || is_toggle(e) || e.role == "button";
    case State::kReadOnly:
    case State::kRequired:
    case State::kEmpty:
      return is_editable(e);
    case State::kExpanded:
    case State::kCollapsed:
      return e.expanded.has_value();
    default:
      return is_toggle(e);
  }
}

// That each of these is in the state; nothing where one cannot be.
std::optional<ObserveCandidate> each_in(const Page& page, const std::vector<int>& controls,
                                        State state, double score) {
  if (controls.empty() || controls.size() > kEachMax) return std::nullopt;
  ObserveCandidate made{score, {}, "each of " + std::to_string(controls.size())};
  for (int control : controls) {
    const auto assertion = state_assertion(page.at(control), state, false);
    if (!assertion) return std::nullopt;
    made.parts.push_back({*assertion, control, locators_for(page, control, {}), {}});
  }
  return made;
}

bool leads_through_site(const Page& page, int id) {
  return page.ancestor_with_role(id, {"navigation", "banner", "contentinfo"}) >= 0;
}

// "all buttons", "all sections are collapsed": of what the kind alone says, in the place.
std::vector<int> all_of_kind(const Page& page, const Target& each, State state) {
  const bool folds = state == State::kExpanded || state == State::kCollapsed;
  const bool is_control = each.kind == ElementKind::kButton || each.kind == ElementKind::kField ||
                          each.kind == ElementKind::kCheckbox || each.kind == ElementKind::kRadio ||
                          each.kind == ElementKind::kDropdown;
  const bool is_named = !each.name.empty() && each.name != each.noun;
  std::vector<int> found;
  if (is_named || (!is_control && !folds)) return found;
  const Place place(page, each.scopes);
  for (const Element& e : page.elements()) {
    const bool of_kind = folds || kind_score(e, each.kind) >= kIsOfKind;
    if (e.visible && may_be(e, state) && of_kind && place.fit(e.id) > 0 &&
        !leads_through_site(page, e.id))
      found.push_back(e.id);
  }
  return found;
}

}  // namespace

bool says_each(const Target& target) { return each_of(target).has_value(); }

std::vector<int> boxes_of_each(const Page& page, const Target& target) {
  const std::optional<Target> each = each_of(target);
  std::vector<int> found;
  if (!each) return found;
  std::vector<Scope> scopes = each->scopes;
  const std::string& name = each->name.empty() ? each->noun : each->name;
  if (each->kind != ElementKind::kCheckbox) scopes.push_back({ElementKind::kAny, name, false});
  const Place place(page, scopes);
  for (const Element& e : page.elements()) {
    const bool is_box = e.role == "checkbox" || e.role == "switch";
    if (e.visible && is_box && place.fit(e.id) > 0) found.push_back(e.id);
  }
  return found;
}

std::vector<ObserveCandidate> state_of_each(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const std::optional<Target> said = each_of(seen.target);
  if (!said || seen.negated) return found;  // "not all": which are not is not said
  const Target& each = *said;
  if (auto made = each_in(page, all_of_kind(page, each, seen.state), seen.state, 0.9))
    found.push_back(*std::move(made));
  const std::vector<Group> groups = groups_for(page, each);
  // What is alone in one item of several is not all of them.
  const auto is_part_of_item = [&](const Group& group) {
    return std::ranges::any_of(groups, [&](const Group& other) {
      return other.items.size() > group.items.size() &&
             std::ranges::any_of(other.items, [&](int item) {
               return group.container == item || page.is_inside(group.container, item);
             });
    });
  };
  for (const Group& group : groups) {
    if (is_part_of_item(group)) continue;
    std::vector<int> controls;
    for (int item : group.items) {
      std::vector<int> inside;
      for (int id : page.subtree(item)) {
        const Element& e = page.at(id);
        if (e.visible && may_be(e, seen.state)) inside.push_back(id);
      }
      if (inside.size() != 1) break;
      controls.push_back(inside.front());
    }
    if (controls.size() != group.items.size()) continue;
    if (auto made = each_in(page, controls, seen.state, group.score))
      found.push_back(*std::move(made));
  }
  return found;
}

namespace {

// That there is one at least, and none that does not fit.
ObserveCandidate none_without(const Locator& items, const LocatorStep& without, double score,
                              std::size_t count) {
  ObserveCandidate made{score, {}, "each of " + std::to_string(count)};
  AssertionPart some, none;
  some.assertion.matcher = Matcher::kToBeVisible;
  some.assertion.locator = items;
  some.assertion.locator->steps.push_back(by_nth(0));
  none.assertion.matcher = Matcher::kToHaveCount;
  none.assertion.locator = items;
  none.assertion.locator->steps.push_back(without);
  made.parts = {std::move(some), std::move(none)};
  return made;
}

}  // namespace

std::vector<ObserveCandidate> each_candidates(const Page& page, const Observation& seen,
                                              const std::vector<Page>& earlier) {
  constexpr std::size_t kWays = 6;
  std::vector<ObserveCandidate> found;
  if (seen.negated) return found;
  std::vector<Group> groups = groups_for(page, seen.target);
  if (groups.empty() && seen.target.name.empty() && seen.target.scopes.empty()) {
    if (auto thing = repeated_thing(page, earlier); thing && !thing->now.empty()) {
      thing->group.items = thing->now;
      if (thing->page == &page) groups.push_back(std::move(thing->group));
    }
  }
  LocatorStep without{.by = LocatorStep::By::kWithout, .value = seen.expected};
  const bool in_column = seen.part.kind == ElementKind::kColumn;
  if (seen.expected.empty()) {
    const std::string_view role = role_of(seen.part.kind);
    if (role.empty()) return found;
    without.has = {by_role(std::string(role), seen.part.name)};
    if (seen.part.name.empty()) without.has.front().name.reset();
  }
  std::optional<Column> column;
  const auto fits = [&](int item) {
    if (in_column) {
      const std::vector<int>& cells = page.children(item);
      return column->index < cells.size() &&
             contains_folded(page.at(cells[column->index]).text, seen.expected);
    }
    if (!seen.expected.empty()) return contains_folded(page.at(item).text, seen.expected);
    return std::ranges::any_of(page.subtree(item), [&](int id) {
      const Element& e = page.at(id);
      return e.visible && e.role == role_of(seen.part.kind) &&
             contains_folded(e.name, seen.part.name);
    });
  };
  double best = 0;
  for (const Group& group : groups) {
    const Element& item = page.at(group.items.front());
    const bool is_set =
        group.items.size() > 1 || is_item_by_role(item) || were_several(item, earlier);
    if (!is_set) continue;
    best = std::max(best, group.score);
    if (group.score < best - kAsGood) break;  // others may well all be so
    if (in_column) {
      if (!has_letter(seen.expected)) continue;  // "5" is in "15" as well
      column = column_called(page, group.items.front(), seen.part.name);
      if (!column) continue;
      without.value.clear();
      without.has = {column->cells, {.by = LocatorStep::By::kFilter, .value = seen.expected}};
    }
    if (!std::ranges::all_of(group.items, fits)) continue;
    double score = group.score;
    std::vector<Locator> locators = group_locators(page, group);
    if (locators.size() > kWays / 2) locators.resize(kWays / 2);
    for (const bool visible_alone : {false, true}) {
      for (const Locator& locator : locators) {
        found.push_back(none_without(visible_alone ? of_visible(locator) : locator, without, score,
                                     group.items.size()));
        score -= 0.004;
      }
    }
    if (found.size() >= kWays) break;
  }
  return found;
}

std::vector<ObserveCandidate> before_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (seen.negated || seen.rows.size() != 2) return found;
  const std::string &first = seen.rows[0].front(), &second = seen.rows[1].front();
  const Place place(page, seen.target.scopes);
  const auto one_of = [&](int id, int parent) {  // the part of `parent` that holds it
    while (id >= 0 && page.at(id).parent != parent) id = page.at(id).parent;
    return id;
  };
  for (int a : smallest_with_text(page, first)) {
    if (place.fit(a) == 0) continue;
    for (int up = page.at(a).parent; up >= 0; up = page.at(up).parent) {
      const int item = one_of(a, up);
      const Element& shape = page.at(item);
      Group group{up, {}, 0.85};
      for (int child : page.children(up)) {
        const Element& e = page.at(child);
        if (e.visible && is_alike(e, shape)) group.items.push_back(child);
      }
      const auto holders = [&](const std::string& text) {
        std::vector<int> held;
        for (int id : group.items)
          if (normalize_space(page.at(id).text).contains(normalize_space(text)))
            held.push_back(id);  // as the assertion looks for it: "MOTOROLA" is not "Motorola"
        return held;
      };
      const std::vector<int> firsts = holders(first), seconds = holders(second);
      if (seconds.empty() || group.items.size() < 2) continue;
      // Each is said by one alone, or its place says nothing.
      if (firsts.size() != 1 || seconds.size() != 1 || firsts[0] >= seconds[0]) break;
      double score = group.score;
      for (const Locator& locator : group_locators(page, group)) {
        AssertionPart part;
        part.assertion.matcher = Matcher::kToContainText;
        part.assertion.expects_list = true;
        part.assertion.expected = {first, second};
        part.assertion.locator = locator;
        found.push_back({score, {std::move(part)}, "the order of " + describe(page, item)});
        score -= 0.004;
      }
      break;
    }
  }
  return found;
}

}  // namespace vouch::features::ground
