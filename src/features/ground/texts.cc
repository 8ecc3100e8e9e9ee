// Texts that a page shows: as they are, as messages, in the place that a step names.
#include <algorithm>
#include <cctype>

#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"
#include "features/read/lexicon.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {

using browser::Assertion;
using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

std::vector<std::vector<LocatorStep>> scoped_text_steps(const Page& page,
                                                        const std::vector<Scope>& scopes,
                                                        const LocatorStep& last) {
  constexpr std::size_t kWays = 4;
  std::vector<std::vector<LocatorStep>> list;
  for (const Scope& scope : scopes) {
    if (scope.ordinal) continue;  // no locator names it but by what it holds now
    for (const Region& region : regions_of(page, scope)) {
      if (region.container < 0 || !region.is_whole(page)) continue;
      const std::vector<Locator> named =
          container_locators(page, region.container, {{region.anchor}, {}});
      for (Locator& container : in_frame_of(page, region.container, named)) {
        container.steps.push_back(last);
        list.push_back(std::move(container.steps));
        if (list.size() == kWays) return list;
      }
    }
  }
  list.push_back({last});
  return list;
}

bool says_words(const std::string& said, const std::string& words) {
  return contains_folded(said, words) &&
         (said.find(words) != std::string::npos || fold(said) == fold(words));
}

namespace {

// Whether the element says the text in the way that the step has it: beside what is to be pressed
// in it, a message may be just that.
bool says_as(const Element& e, const Observation& seen) {
  const std::string wanted = normalize_space(seen.expected);
  const auto fits = [&](const std::string& said) {
    switch (seen.match) {
      case Match::kEquals:
        return fold(said) == fold(wanted);
      case Match::kStartsWith:
        return said.starts_with(wanted);
      case Match::kEndsWith:
        return said.ends_with(wanted);
      case Match::kContains:
      case Match::kPattern:
        return contains_folded(said, wanted);
    }
    return false;
  };
  return fits(normalize_space(e.text)) || (seen.match != Match::kContains && !e.own_text.empty() &&
                                           fits(normalize_space(e.own_text)));
}

// Whether what the element says can be taken for a message: it stands in what looks like one, has
// only just come, or says nothing else where it is not called an error, a warning …
bool is_message(const Page& page, int id, const Observation& seen,
                const std::vector<Page>& earlier) {
  for (int up = id; up >= 0; up = page.at(up).parent) {
    if (kind_score(page.at(up), ElementKind::kMessage) >= kLooksLikeMessage) return true;
  }
  const Element& e = page.at(id);
  const bool alone = fold(e.text) == fold(seen.expected) || fold(e.own_text) == fold(seen.expected);
  if (alone && seen.target.noun.empty()) return true;
  // All of another page has only just come: there it says so first.
  const bool may_have_come = !earlier.empty() && (earlier.back().path() == page.path() ||
                                                  fold(e.text).starts_with(fold(seen.expected)));
  return may_have_come &&
         std::ranges::none_of(earlier.back().elements(), [&](const Element& before) {
           return before.visible && before.tag == e.tag && before.text == e.text;
         });
}

}  // namespace

std::vector<ObserveCandidate> text_present(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  const std::string& text = seen.expected;
  bool exact = seen.match == Match::kEquals;
  // Where the page has an alert by its role, no other message is one.
  const auto is_alert = [&](int id) {
    return page.ancestor_with_role(id, {"alert", "alertdialog"}) >= 0;
  };
  const bool only_alerts = seen.target.kind == ElementKind::kMessage &&
                           seen.target.noun.starts_with("alert") &&
                           std::ranges::any_of(page.elements(), [](const Element& e) {
                             return e.visible && e.role == "alert" && !e.text.empty();
                           });
  if (seen.target.kind == ElementKind::kMessage) {
    const Place beside(page, seen.target.scopes);
    for (const Element& e : page.elements()) {
      double kind = kind_score(e, ElementKind::kMessage);
      if (kind < kLooksLikeMessage || !e.visible || !says_as(e, seen)) continue;
      if (beside.fit(e.id) == 0 || (only_alerts && !is_alert(e.id))) continue;
      LocateHints hints{{}, {text, e.text}};
      const bool whole = normalize_space(e.text) == normalize_space(text);
      const std::string source = contains_pattern(text).source;
      Assertion says =
          with_text(whole ? Matcher::kToHaveText : Matcher::kToContainText, false, text);
      if (seen.match == Match::kStartsWith)
        says = with_text(Matcher::kToHaveText, false, browser::Pattern{"^\\s*" + source, ""});
      if (seen.match == Match::kEndsWith)
        says = with_text(Matcher::kToHaveText, false, browser::Pattern{source + "\\s*$", ""});
      found.push_back(on_element(0.9 + 0.1 * kind, std::move(says), page, e.id, hints));
      // One before it may not have gone yet: of several, the one that says so.
      const bool had_others = std::ranges::any_of(earlier, [&](const Page& past) {
        return std::ranges::any_of(past.elements(), [&](const Element& other) {
          return other.visible && !other.text.empty() && other.text != e.text &&
                 other.role == e.role && other.css_class == e.css_class;
        });
      });
      if (!had_others || e.role.empty() || seen.match != Match::kContains ||
          !seen.target.scopes.empty())
        continue;
      Assertion one = make(Matcher::kToBeVisible, false);
      const std::vector<LocatorStep> steps = {by_role(e.role), has_text(text)};
      one.locator = Locator{steps};
      found.push_back(direct(1 + 0.1 * kind, std::move(one), steps, "one of several messages"));
    }
  }
  const Place place(page, seen.target.scopes);
  // What is written in capitals may be shown in them by its style alone.
  const bool capitals = std::ranges::none_of(text, [](unsigned char c) { return std::islower(c); });
  std::vector<int> holders = smallest_with_text(page, text);
  const auto in_this_case = [&](int id) {
    return normalize_space(page.at(id).text).find(normalize_space(text)) != std::string::npos;
  };
  if (std::ranges::any_of(holders, in_this_case))  // "milk" in "Oat milk" is not "Milk"
    std::erase_if(holders, [&](int id) { return !in_this_case(id); });
  for (int id : holders) {
    const Element& e = page.at(id);
    if (!capitals && !says_words(normalize_space(e.text), normalize_space(text))) continue;
    LocateHints hints;
    const double scope = place.fit(id, &hints.anchors);
    if (scope == 0) continue;
    if (seen.target.kind == ElementKind::kMessage && !is_message(page, id, seen, earlier)) continue;
    if (only_alerts && !is_alert(id)) continue;
    if (seen.match != Match::kContains && !says_as(e, seen)) continue;
    const std::vector<const Region*> regions = place.holding(id);
    ObserveCandidate made =
        on_element(0.9 * scope, make(Matcher::kToBeVisible, false), page, id, hints);
    std::vector<Locator> locators;
    const bool whole_first = exact || is_edged_by_digit(text);
    if (!whole_first) locators.push_back({{by_text(text)}});
    locators.push_back({{by_text(text, true)}});
    if (whole_first && !exact) locators.push_back({{by_text(text)}});
    if (e.role == "heading") {  // the rest of its name may change: "Boost left: 1142.5"
      locators.insert(locators.begin(), {{by_role("heading", e.name)}});
      if (!whole_first) locators.insert(locators.begin(), {{by_role("heading", text)}});
    }
    // Where the step names a place, the text must stand in a container that holds that place's
    // name.
    auto names_place = [&](int container) {
      return std::any_of(hints.anchors.begin(), hints.anchors.end(), [&](int anchor) {
        return anchor >= 0 && anchor != id && page.is_inside(anchor, container);
      });
    };
    bool placed = names_place(-1);
    if (placed) locators.clear();
    // A container says where the text stands if it holds the place's name; where none does, if it
    // is all in the place.
    std::vector<Locator> within;
    for (int up = e.parent; up >= 0; up = page.at(up).parent) {
      const bool names = std::ranges::all_of(regions,
                                             [&](const Region* region) {
                                               return region->container < 0 ||
                                                      (region->is_whole(page) &&
                                                       page.is_inside(up, region->container));
                                             }) &&
                         (!placed || names_place(up));
      const bool is_within = std::ranges::all_of(regions, [&](const Region* region) {
        return region->anchor >= 0 && region->holds(page, up);
      });
      if (!names && !is_within) continue;
      for (Locator container : container_locators(page, up, hints)) {
        std::vector<Locator>& list = names ? locators : within;
        container.steps.push_back(by_text(text, whole_first));
        list.push_back(container);
        if (!whole_first || exact) continue;
        container.steps.back() = by_text(text);
        list.push_back(std::move(container));
      }
    }
    if (locators.empty()) locators = std::move(within);
    auto& rest = made.parts[0].locators;
    locators.insert(locators.end(), rest.begin(), rest.end());
    rest = std::move(locators);
    found.push_back(std::move(made));
  }
  // Said in several places by just these words, as above and below a table: in the first of them.
  const auto says_just_that = [&](int id) {
    return normalize_space(page.at(id).text) == normalize_space(text);
  };
  if (holders.size() > 1 && std::ranges::all_of(holders, says_just_that) &&
      seen.target == Target{} && words(text).size() > 1) {  // a word alone says little
    Assertion first = make(Matcher::kToBeVisible, false);
    const std::vector<LocatorStep> steps = {by_text(text, true), by_nth(0)};
    first.locator = Locator{steps};
    found.push_back(direct(0.5, std::move(first), steps, "the first of several that say it"));
  }
  for (const Element& e : page.elements()) {
    if (!is_editable(e) || e.value.empty() || e.value != text) continue;
    LocateHints hints{{}, {text}};
    const double scope = place.fit(e.id, &hints.anchors);
    if (scope == 0) continue;
    found.push_back(
        on_element(0.6 * scope, with_text(Matcher::kToHaveValue, false, text), page, e.id, hints));
  }
  return found;
}

// "'Tea' is in her list", where the page has no list that is one by its elements: in one of several
// things that are alike.
std::vector<ObserveCandidate> text_in_item(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier) {
  const std::vector<Scope>& scopes = seen.target.scopes;
  if (seen.negated || scopes.size() != 1 || !scopes[0].name.empty() || scopes[0].ordinal ||
      scopes[0].kind != ElementKind::kList || !regions_of(page, scopes[0]).empty())
    return {};
  Observation anywhere = seen;
  anywhere.target.scopes.clear();
  std::vector<ObserveCandidate> found = text_present(page, anywhere, earlier);
  std::erase_if(found, [&](const ObserveCandidate& made) {
    const int holder = made.parts.front().element;
    return holder < 0 || !is_in_repeated(page, holder);
  });
  return found;
}

}  // namespace vouch::features::ground
