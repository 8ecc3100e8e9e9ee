#include "features/ground/elsewhere.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "features/explore/site_map.h"
#include "features/ground/groups.h"
#include "features/ground/rank.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

bool may_be_place(ElementKind kind) {
  return kind == ElementKind::kAny || kind == ElementKind::kSection || kind == ElementKind::kList ||
         kind == ElementKind::kTable;
}

bool says_which_page(ObserveKind kind) {
  return kind == ObserveKind::kPage || kind == ObserveKind::kUrl || kind == ObserveKind::kTitle ||
         kind == ObserveKind::kSame;
}

// Says something of what its target holds.
bool is_of_content(const Observation& seen) {
  switch (seen.kind) {
    case ObserveKind::kContent:
    case ObserveKind::kList:
    case ObserveKind::kTable:
      return true;
    case ObserveKind::kState:
      return seen.state == State::kEmpty;
    default:
      return false;
  }
}

// The words of a name but for those that only say that it leads there, and numbers ("Cart (2)").
std::vector<std::string> place_words(std::string_view name) {
  constexpr std::array<std::string_view, 6> kLeads = {"my", "your", "view", "go", "to", "the"};
  std::vector<std::string> named = words(name);
  std::erase_if(named, [&](const std::string& word) {
    return std::ranges::find(kLeads, word) != kLeads.end() ||
           std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
  });
  return named;
}

bool is_navigation(const Page& page, const Element& e) {
  return e.role == "tab" ||
         page.ancestor_with_role(e.id, {"navigation", "tablist", "menubar", "banner"}) >= 0;
}
// It can only lead somewhere: a button "Archive" beside a thing archives it.
bool is_way(const Page& page, const Element& e) {
  return e.role == "link" || is_navigation(page, e);
}

// It leads to what is shown already.
bool is_shown(const Page& page, const Element& e) {
  const std::string& here = page.snapshot().url;
  const bool is_here = !e.href.empty() && e.href.find('#') == std::string::npos &&
                       document_of(e.href) == document_of(here);
  return is_here || e.href == here || e.selected.value_or(false) || e.expanded.value_or(false);
}

bool leads_to(const Element& e, const Scope& place) {
  if (place.quoted) return fold(e.name) == fold(place.name);
  const std::vector<std::string> wanted = place_words(place.name);
  const std::string file = last_segment(e.href);
  return place_words(e.name) == wanted || place_words(file.substr(0, file.find('.'))) == wanted;
}

}  // namespace

std::vector<Scope> places_of(const Observation& seen) {
  std::vector<Scope> places;
  const auto add = [&](Scope place) {
    if (may_be_place(place.kind) && !place.name.empty() && !place.ordinal)
      places.push_back(std::move(place));
  };
  if (says_which_page(seen.kind)) return {};
  for (const Scope& scope : seen.target.scopes) add(scope);
  const Target& target = seen.target;
  if (places.empty() && target.scopes.empty() && is_of_content(seen) && !target.ordinal)
    add({target.kind, target.name.empty() ? target.noun : target.name, target.quoted});
  return places;
}

bool is_called_place(const Element& e, std::string_view name) {
  const std::vector<std::string> wanted = place_words(name);
  const auto is_it = [&](std::string_view called) { return place_words(called) == wanted; };
  return !wanted.empty() && (is_it(e.name) || is_it(e.own_text) || is_it(e.html_id) ||
                             std::ranges::any_of(classes_of(e), is_it));
}

int way_to(const Page& page, const Scope& place) {
  constexpr double kIsThePage = 0.9;
  const std::vector<std::string> wanted = place_words(place.name);
  if (wanted.empty() || page_score(page, place.name) >= kIsThePage) return -1;
  int way = -1;
  for (const Element& e : page.elements()) {
    if (!e.visible) continue;
    if (!is_in_control(page, e.id) && (e.role == "heading" || !is_letterhead(page, e.id)) &&
        place_words(e.name.empty() ? e.own_text : e.name) == wanted)
      return -1;
    if (!is_control(e) || !leads_to(e, place)) continue;
    if (is_shown(page, e)) return -1;
    const bool is_certain = !place.quoted || is_navigation(page, e);
    if (!is_way(page, e) || !is_certain || e.disabled || does_something(e) ||
        explore::sounds_destructive(e.name, e.href))
      continue;
    if (way >= 0 && (e.href.empty() || e.href != page.at(way).href)) return -1;
    if (way < 0) way = e.id;
  }
  return way;
}

bool is_of_place(const Observation& seen, std::string_view place) {
  return std::ranges::any_of(places_of(seen),
                             [&](const Scope& scope) { return scope.name == place; });
}

bool is_about_shown_page(const Observation& seen) {
  return says_which_page(seen.kind) || seen.kind == ObserveKind::kState ||
         seen.kind == ObserveKind::kValue || seen.negated || seen.may_hold_before;
}

}  // namespace vouch::features::ground
