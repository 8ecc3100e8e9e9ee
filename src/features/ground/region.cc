#include "features/ground/region.h"

#include <algorithm>
#include <array>

#include "features/ground/groups.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Element;

constexpr double kAsGoodAs = 0.12;  // below the best anchor: not what is meant
constexpr double kAnchorMin = 0.6;
constexpr double kIsThePage = 0.7;
constexpr double kIsOfKind = 0.95;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, word) != list.end();
}

// What a page itself marks as a part of it.
bool is_part(const Element& e) {
  constexpr std::array<std::string_view, 20> kRoles = {
      "region", "form",   "dialog",  "alertdialog", "group",      "complementary", "navigation",
      "main",   "banner", "search",  "tabpanel",    "radiogroup", "contentinfo",   "table",
      "grid",   "list",   "listbox", "menu",        "row",        "listitem"};
  constexpr std::array<std::string_view, 8> kTags = {"section", "aside",  "article", "fieldset",
                                                     "details", "iframe", "figure",  "dialog"};
  return one_of(e.role, kRoles) || one_of(e.tag, kTags) || is_item_by_role(e);
}

// Named the same way as the anchor: what it names ends where its rival's begins.
bool is_rival(const Page& page, int id, int anchor) {
  const Element &e = page.at(id), &a = page.at(anchor);
  if (id == anchor || !e.visible || page.is_inside(id, anchor) || page.is_inside(anchor, id))
    return false;
  if (a.role == "heading") return e.role == "heading" && e.level <= a.level;
  return is_alike(e, a);
}

int last_of(const Page& page, int id) {
  if (id < 0) return static_cast<int>(page.elements().size()) - 1;
  int last = id;
  for (int next = id + 1; next < static_cast<int>(page.elements().size()); ++next) {
    if (!page.is_inside(next, id)) break;
    last = next;
  }
  return last;
}

Region whole(const Page& page, int container, int anchor, double strength) {
  return {container, std::max(container, 0), last_of(page, container), anchor, strength, false};
}

bool has_rival(const Page& page, int container, int anchor) {
  for (int id = std::max(container, 0); id <= last_of(page, container); ++id) {
    if (is_rival(page, id, anchor)) return true;
  }
  return false;
}

// Whether the part has something beside its name.
bool has_content(const Page& page, int part, int anchor) {
  if (part != anchor && !page.at(part).own_text.empty()) return true;
  for (int id = part; id <= last_of(page, part); ++id) {
    const Element& e = page.at(id);
    if (page.is_inside(id, anchor) || page.is_inside(anchor, id) || !e.visible) continue;
    if (!e.text.empty() || is_interactive(e) || is_editable(e)) return true;
  }
  return false;
}

// One of several of one shape, each with something beside its name: a line of a grid, a card.
bool is_one_of_many(const Page& page, int id) {
  const Element& e = page.at(id);
  const auto told = [&](int part) {
    return std::ranges::count_if(page.children(part), [&](int child) {
      return page.at(child).visible && !page.at(child).text.empty();
    });
  };
  if (told(id) < 2 || e.parent < 0) return false;
  return std::ranges::any_of(page.children(e.parent), [&](int sibling) {
    const Element& s = page.at(sibling);
    return sibling != id && s.visible && is_alike(s, e) && told(sibling) >= 2;
  });
}

// From what bears the name up to the largest part of the page that bears no other like it; where
// the names stand beside what they name, from this one to the next.
Region around(const Page& page, const Anchor& anchor) {
  const Element& e = page.at(anchor.id);
  if (e.tag == "caption" || e.tag == "legend" || e.tag == "summary" || e.tag == "figcaption")
    return whole(page, e.parent, anchor.id, anchor.strength);
  if (page.is_column_header(anchor.id)) {
    if (const int table = page.ancestor_with_role(anchor.id, {"table", "grid", "treegrid"});
        table >= 0) {
      Region column = whole(page, table, anchor.id, anchor.strength);
      column.is_column = true;
      return column;
    }
    if (e.parent >= 0 && e.role != "columnheader" && e.role != "cell") {
      Region column = whole(page, page.at(e.parent).parent, anchor.id, anchor.strength);
      column.is_column = true;
      return column;
    }
  }
  const bool holds_others = e.own_text.empty() && !page.children(anchor.id).empty() &&
                            e.role != "heading" && e.role != "link" && e.role != "button";
  if (is_part(e) || holds_others) return whole(page, anchor.id, anchor.id, anchor.strength);
  if (e.role != "heading") {
    for (int up = e.parent; up >= 0; up = page.at(up).parent) {
      if (is_item_by_role(page.at(up)) || is_one_of_many(page, up))
        return whole(page, up, anchor.id, anchor.strength);
    }
  }
  int part = anchor.id;
  for (int up = e.parent; up >= 0 && !has_rival(page, up, anchor.id); up = page.at(up).parent) {
    part = up;
    if (is_part(page.at(up))) break;
  }
  if (part != anchor.id && has_content(page, part, anchor.id))
    return whole(page, part, anchor.id, anchor.strength);
  const int parent = page.at(part).parent;
  Region flat{parent, part, last_of(page, parent), anchor.id, anchor.strength, false};
  for (int id = last_of(page, part) + 1; id <= flat.last; ++id) {
    if (!is_rival(page, id, anchor.id)) continue;
    int begin = id;  // the rival's own part begins there
    while (page.at(begin).parent != parent && page.at(begin).parent >= 0)
      begin = page.at(begin).parent;
    flat.last = begin - 1;
    break;
  }
  return flat;
}

}  // namespace

bool Region::holds(const Page& page, int id) const {
  if (id < first || id > last || !page.is_inside(id, container)) return false;
  if (!is_column) return true;
  const Element* header = page.column_header(id);
  return header != nullptr && header->id == anchor;
}

bool Region::is_whole(const Page& page) const {
  return !is_column && first == std::max(container, 0) && last == last_of(page, container);
}

int nth_of(const Page& page, const Scope& scope) {
  Target things{.kind = scope.kind, .name = scope.name};
  things.noun = scope.name;
  std::vector<int> items;
  if (!scope.name.empty()) {
    const std::vector<Group> groups = groups_for(page, things);
    if (!groups.empty()) items = groups.front().items;
  } else {
    int container = -1;
    for (const Element& e : page.elements()) {
      if (!e.visible || kind_score(e, scope.kind) < kIsOfKind) continue;
      if (e.role == "row" && is_header_row(page, e.id)) continue;
      const int of = page.ancestor_with_role(e.id, {"table", "grid", "treegrid", "list"});
      if (!items.empty() && of != container) return -1;  // of which table, or list?
      container = of;
      items.push_back(e.id);
    }
  }
  const int count = static_cast<int>(items.size());
  const int index = *scope.ordinal < 0 ? count + *scope.ordinal : *scope.ordinal - 1;
  return index >= 0 && index < count ? items[static_cast<std::size_t>(index)] : -1;
}

std::vector<Region> regions_of(const Page& page, const Scope& scope) {
  std::vector<Region> found;
  if (scope.ordinal) {
    if (const int nth = nth_of(page, scope); nth >= 0) found.push_back(whole(page, nth, nth, 1));
    return found;
  }
  if (!scope.quoted && fold(scope.name) == "table header") {
    for (const Element& e : page.elements())
      if (e.visible && e.role == "row" && is_header_row(page, e.id))
        found.push_back(whole(page, e.id, e.id, 1));
    if (!found.empty()) return found;
  }
  if (scope.name.empty()) {
    for (const Element& e : page.elements()) {
      if (e.visible && kind_score(e, scope.kind) >= kIsOfKind)
        found.push_back(whole(page, e.id, e.id, 1));
    }
    return found;
  }
  const double here = scope.quoted ? 0 : page_score(page, scope.name);
  if (here >= kIsThePage) found.push_back(whole(page, -1, -1, 0.75 + 0.2 * here));
  for (const Anchor& anchor : anchors_of(page, scope)) {
    if (anchor.strength >= kAnchorMin && page.at(anchor.id).visible)
      found.push_back(around(page, anchor));
  }
  // The step or page that leads to it is called as the part itself, and is not where things stand.
  const auto leads_there = [&](const Region& r) {
    const int nav = r.anchor < 0 ? -1 : page.ancestor_with_role(r.anchor, {"navigation"});
    return nav >= 0 && nav != r.anchor;
  };
  if (!scope.quoted && !std::ranges::all_of(found, leads_there)) std::erase_if(found, leads_there);
  const auto is_named = [&](const Region& r) {
    return r.anchor >= 0 && is_called(page.at(r.anchor), scope.name);
  };
  const auto is_very_column = [&](const Region& r) {
    return r.is_column && fold(page.at(r.anchor).text) == fold(scope.name);
  };
  if (scope.quoted && std::ranges::any_of(found, is_named))
    std::erase_if(found, [&](const Region& r) { return !is_named(r); });
  else if (std::ranges::any_of(found, is_very_column))
    std::erase_if(found, [&](const Region& r) { return !is_very_column(r); });
  std::ranges::stable_sort(found, std::greater<>(), &Region::strength);
  if (!found.empty()) {
    const double best = found.front().strength;
    std::erase_if(found, [&](const Region& r) { return r.strength < best - kAsGoodAs; });
  }
  return found;
}

Place::Place(const Page& page, const std::vector<Scope>& scopes) : page_(page) {
  for (const Scope& scope : scopes) regions_.push_back(regions_of(page, scope));
}

std::vector<const Region*> Place::holding(int id) const {
  std::vector<const Region*> found;
  for (const std::vector<Region>& regions : regions_) {
    const auto region = std::ranges::find_if(
        regions, [&](const Region& r) { return r.anchor != id && r.holds(page_, id); });
    if (region == regions.end()) return {};
    found.push_back(&*region);
  }
  return found;
}

double Place::fit(int id, std::vector<int>* anchors) const {
  double score = 1;
  const std::vector<const Region*> regions = holding(id);
  if (regions.size() != regions_.size()) return 0;
  for (const Region* region : regions) {
    score *= region->strength;
    if (anchors != nullptr) anchors->push_back(region->anchor);
  }
  return score;
}

}  // namespace vouch::features::ground
