#include "features/ground/groups.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/words.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;
using browser::Locator;
using browser::LocatorStep;

namespace {

constexpr double kGroupMin = 0.5;
constexpr double kBySaying = 0.7;    // the score of those that only say what they are
constexpr double kCalledSo = 0.7;    // similarity of a column's head, of an item's class
constexpr std::size_t kSpeaks = 4;   // letters of a noun that is no chance in a text
constexpr std::size_t kHeadMax = 6;  // elements of what introduces a list
constexpr std::size_t kRich = 4;     // elements of an item that says more than one thing

// Each of several says it first, alone or with what numbers it: "Student01", "Student02".
bool begin_with(const Page& page, const Group& group, const std::vector<std::string>& names) {
  return group.items.size() > 1 && std::ranges::any_of(names, [&](const std::string& name) {
           const std::string one = singular(fold(name));
           return one.size() >= kSpeaks && std::ranges::all_of(group.items, [&](int id) {
                    const std::string text = fold(page.at(id).text);
                    if (!text.starts_with(one)) return false;
                    return text.size() == one.size() || text[one.size()] == ' ' ||
                           std::isdigit(static_cast<unsigned char>(text[one.size()])) != 0;
                  });
         });
}

// "phones", "phone-list", for "phone".
bool is_called_several(const Element& e, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    const std::string one = singular(fold(name));
    return std::ranges::any_of(classes_of(e), [&](const std::string& called) {
      const std::string low = fold(called);
      return low == one + "s" || low == one + "-list" || low == one + "list";
    });
  });
}

// "books" is the part of the page where they stand, and none of them.
bool is_part_for(const Page& page, const Group& group, const std::vector<Group>& all,
                 const std::vector<std::string>& names) {
  if (group.items.size() != 1) return false;
  const Element& e = page.at(group.items.front());
  const bool is_called = std::ranges::any_of(names, [&](const std::string& name) {
    return fold(e.html_id) == singular(fold(name)) + "s";
  });
  return is_called && std::ranges::any_of(all, [&](const Group& other) {
           return other.items != group.items && page.is_inside(other.items.front(), e.id);
         });
}

double group_name_score(const Page& page, const Group& group, std::string_view noun) {
  const Element& item = page.at(group.items.front());
  double best = 0.9 * similarity(noun, item.role == "listitem" || item.role.starts_with("menuitem")
                                           ? "item"
                                           : item.role);
  for (const std::string& name : {first_class(item), item.test_id})
    best = std::max(best, 0.95 * similarity(noun, name));
  for (const std::string& name : classes_of(item)) {  // "form__item form__item--plan"
    const bool is_common = std::ranges::all_of(
        group.items, [&](int id) { return std::ranges::count(classes_of(page.at(id)), name) > 0; });
    if (is_common && group.items.size() > 1) best = std::max(best, 0.9 * similarity(noun, name));
  }
  // What the page is about: its largest things, under a heading that only looks like one.
  const int heading = page.styled_heading();
  if (heading >= 0 && group.items.size() > 1 && page.subtree(item.id).size() >= kRich)
    best = std::max(best, 0.85 * similarity(noun, page.at(heading).text));
  int container = group.container;
  for (int steps = 0; container >= 0 && steps < 4; ++steps, container = page.at(container).parent) {
    double worth = 0.97 - 0.04 * steps;
    Element outer = page.at(container);
    outer.text.clear();  // all its items' texts
    best = std::max(best, worth * name_score(outer, noun));
    for (int child : page.children(container)) {  // a heading that introduces it
      if (child >= group.items.front() || page.is_inside(group.items.front(), child)) break;
      const std::vector<int> parts = page.subtree(child);  // it alone, or with what it is about
      if (parts.size() > kHeadMax) continue;
      for (int part : parts) {
        if (page.at(part).role == "heading")
          best = std::max(best, (worth - 0.03) * similarity(noun, page.at(part).name));
      }
    }
  }
  return best;
}

// Ways to name all items of the group at once, from within its container or from the page.
std::vector<std::vector<LocatorStep>> item_steps(const Page& page, const Group& group) {
  const Element& item = page.at(group.items.front());
  std::vector<std::vector<LocatorStep>> ways;
  if (item.role == "row") {
    LocatorStep cell = by_role(
        page.children(item.id).empty() ? "cell" : page.at(page.children(item.id).back()).role);
    // The head's cells may be called as the others, and have rows of filters beneath them.
    const int table = page.ancestor_with_role(item.id, {"table", "grid", "treegrid"});
    const bool head_has_cells = std::ranges::any_of(page.elements(), [&](const Element& e) {
      return e.role == cell.value && table >= 0 && page.is_inside(e.id, table) &&
             is_header_row(page, e.parent);
    });
    if (!head_has_cells) ways.push_back({by_role("row"), has({{cell}})});
    if (head_has_cells) ways.push_back({by_css("tbody tr"), {.by = LocatorStep::By::kVisible}});
    ways.push_back({by_css("tbody tr")});
    return ways;
  }
  if (has_speaking_role(item)) ways.push_back({by_role(item.role)});
  if (!item.test_id.empty()) {
    LocatorStep id;
    id.by = LocatorStep::By::kTestId;
    id.value = item.test_id;
    ways.push_back({id});
  }
  const bool is_of_all = std::ranges::all_of(group.items, [&](int id) {
    return std::ranges::count(classes_of(page.at(id)), first_class(item)) > 0;
  });
  if (!first_class(item).empty() && is_of_all) ways.push_back({by_first_class(page, item)});
  return ways;
}

}  // namespace

std::string first_class(const Element& e) { return e.css_class.substr(0, e.css_class.find(' ')); }

LocatorStep by_first_class(const Page& page, const Element& e) {
  const std::string name = first_class(e);
  const bool is_shared = std::ranges::any_of(page.elements(), [&](const Element& other) {
    return other.tag != e.tag && std::ranges::count(classes_of(other), name) > 0;
  });
  return by_css((is_shared ? e.tag : "") + "." + name);
}

bool is_alike(const Element& a, const Element& b) {
  return a.tag == b.tag && a.role == b.role && first_class(a) == first_class(b);
}

bool were_several(const Element& item, const std::vector<Page>& earlier) {
  return std::ranges::any_of(earlier, [&](const Page& past) {
    return std::ranges::count_if(past.elements(), [&](const Element& e) {
             return e.visible && is_alike(e, item);
           }) > 1;
  });
}

bool is_item_by_role(const Element& e) {
  return e.role == "listitem" || e.role == "row" || e.role == "option" || e.role == "article" ||
         e.role == "treeitem";
}

std::string class_of_kind(const Element& e) {
  return is_item_by_role(e) && e.role != "article" ? "" : first_class(e);
}

bool is_header_row(const Page& page, int row) {
  const std::vector<int>& cells = page.children(row);
  const int group = page.at(row).parent;  // of which the others may hold filters
  if (group >= 0 && page.at(group).tag == "thead") return true;
  return !cells.empty() &&
         std::all_of(cells.begin(), cells.end(), [&](int c) { return page.is_column_header(c); });
}

std::vector<Group> groups_for(const Page& page, const Target& target) {
  std::vector<std::string> names;
  if (!target.noun.empty()) names.push_back(target.noun);
  if (!target.name.empty()) names.push_back(target.name);
  names.insert(names.end(), target.alternatives.begin(), target.alternatives.end());
  const auto is_named = [&](const std::string& css_class) {
    return std::ranges::any_of(
        names, [&](const std::string& name) { return similarity(name, css_class) >= kCalledSo; });
  };
  std::map<std::tuple<int, std::string, std::string, std::string>, Group> by_shape;
  for (const Element& e : page.elements()) {
    if (!e.visible || (e.role == "row" && is_header_row(page, e.id))) continue;
    bool item_like = e.role == "listitem" || e.role == "row" || e.role == "article" ||
                     e.role == "option" || e.role == "tab" || e.role == "checkbox" ||
                     e.role.starts_with("menuitem") || e.role == "treeitem" || e.tag == "details" ||
                     !first_class(e).empty() || !e.test_id.empty();
    if (!item_like) continue;
    // Rows belong to their table, whatever groups stand between.
    int container =
        e.role == "row" ? page.ancestor_with_role(e.id, {"table", "grid", "treegrid"}) : e.parent;
    const auto add = [&](const std::string& of_class) {
      Group& group = by_shape[{container, e.tag, e.role, of_class}];
      group.container = container;
      group.items.push_back(e.id);
    };
    add(class_of_kind(e));
    // Of a list's items some are meant where their class bears the very name.
    const bool is_of_list = class_of_kind(e).empty() && e.role != "row";
    if (is_of_list && !first_class(e).empty() && is_named(first_class(e))) add(first_class(e));
  }
  // Unless all of them have it.
  std::erase_if(by_shape, [&](const auto& one) {
    const auto& [container, tag, role, of_class] = one.first;
    const auto all = by_shape.find({container, tag, role, ""});
    return !of_class.empty() && all != by_shape.end() && all->second.items == one.second.items;
  });
  std::vector<Group> found;
  const Place place(page, target.scopes);
  for (auto& [shape, group] : by_shape) {
    const double fit = place.fit(group.items.front());
    if (fit == 0) continue;
    for (const std::string& name : names)
      group.score = std::max(group.score, group_name_score(page, group, name));
    if (names.empty()) group.score = 0.7;
    double kind = kind_score(page.at(group.items.front()), target.kind);
    if (target.kind == ElementKind::kTable)
      kind = page.at(group.items.front()).role == "row" ? 1 : 0.3;
    if (target.kind != ElementKind::kAny && kind >= 0.8)
      group.score = std::max(group.score, 0.75 * kind);
    group.score *= 0.6 + 0.4 * kind;
    group.score *= 0.3 + 0.7 * fit;
    if (group.score >= kGroupMin) found.push_back(group);
  }
  if (found.empty() && target.kind == ElementKind::kAny) {  // nothing is called so
    for (auto& [shape, group] : by_shape) {
      if (place.fit(group.items.front()) == 0 || !begin_with(page, group, names)) continue;
      group.score = kBySaying;
      found.push_back(std::move(group));
    }
  }
  std::erase_if(
      found, [&, all = found](const Group& group) { return is_part_for(page, group, all, names); });
  // What is called as several of them is where they stand, and none of them.
  for (const Group& list : std::vector<Group>(found)) {
    if (list.items.size() > 1 || !is_called_several(page.at(list.items.front()), names)) continue;
    const auto stands_there = [&](const Group& group) {
      return group.container == list.items.front();
    };
    Group* most = nullptr;  // beside a button for another one
    for (Group& group : found)
      if (stands_there(group) && (most == nullptr || group.items.size() > most->items.size()))
        most = &group;
    if (most == nullptr) continue;
    most->score = std::max(most->score, list.score);
    std::erase_if(found, [&](const Group& group) { return group.items == list.items; });
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Group& a, const Group& b) { return a.score > b.score; });
  return found;
}

std::optional<Column> column_called(const Page& page, int row, const std::string& name) {
  std::optional<Column> best;
  for (int cell : page.children(row)) {
    const Element* header = page.column_header(cell);
    if (header == nullptr) continue;
    const double fit = similarity(name, header->text.empty() ? header->name : header->text);
    if (fit < kCalledSo || (best && best->score >= fit)) continue;
    const auto index = static_cast<std::size_t>(page.cell_index(cell));
    best = Column{by_css("td:nth-child(" + std::to_string(index + 1) + ")"), index, fit};
  }
  return best;
}

bool leads_on(const Page& page, int id) {
  return page.ancestor_with_role(
             id, {"navigation", "banner", "contentinfo", "menu", "menubar", "tablist"}) >= 0;
}

bool is_of_one_of_many(const Page& page, int id, const std::vector<int>& all) {
  for (int part = id; page.at(part).parent >= 0; part = page.at(part).parent) {
    const bool has_twin =
        std::ranges::any_of(page.children(page.at(part).parent), [&](int sibling) {
          return sibling != part && is_alike(page.at(sibling), page.at(part)) &&
                 std::ranges::any_of(all,
                                     [&](int other) { return page.is_inside(other, sibling); });
        });
    if (has_twin) return true;
  }
  return false;
}

bool is_letterhead(const Page& page, int id) {
  constexpr std::array<std::string_view, 7> kBars = {"topbar",  "top bar", "navbar",     "appbar",
                                                     "app bar", "sidebar", "site header"};
  if (leads_on(page, id)) return true;
  for (int up = id; up >= 0; up = page.at(up).parent) {
    const Element& e = page.at(up);
    const bool is_bar = std::ranges::any_of(classes_of(e), [&](const std::string& name) {
      return std::ranges::find(kBars, fold(name)) != kBars.end();
    });
    if (is_bar || e.tag == "nav") return true;
  }
  const int beside = page.ancestor_with_role(id, {"complementary"});
  return beside >= 0 && std::ranges::any_of(page.subtree(beside), [&](int part) {
           return page.at(part).role == "navigation";
         });
}

namespace {

// Neither part of what leads through the site nor of what is filled in.
bool is_of_page(const Page& page, int id) {
  return !leads_on(page, id) && page.ancestor_with_role(id, {"form"}) < 0;
}

// How many texts stand in it.
std::ptrdiff_t told_parts(const Page& page, int id) {
  return std::ranges::count_if(page.subtree(id), [&](int part) {
    return part != id && page.at(part).visible && !page.at(part).own_text.empty();
  });
}

// Cards, rows and items of one shape that stand beside each other, each of several parts; outside
// of what leads through the site, and in the place.
std::vector<Group> repeated_groups(const Page& page,
                                   const std::function<bool(int)>& is_there = {}) {
  std::map<std::tuple<int, std::string, std::string, std::string>, Group> by_shape;
  for (const Element& e : page.elements()) {
    const bool is_control = is_interactive(e) && has_speaking_role(e) && !is_item_by_role(e);
    if (!e.visible || e.text.empty() || e.parent < 0 || is_control) continue;
    if (told_parts(page, e.id) < 2 || !is_of_page(page, e.id) || (is_there && !is_there(e.id)))
      continue;
    Group& group = by_shape[{e.parent, e.tag, e.role, class_of_kind(e)}];
    group.container = e.parent;
    group.items.push_back(e.id);
  }
  std::vector<Group> found;
  for (auto& [shape, group] : by_shape) {
    if (group.items.size() > 1) found.push_back(std::move(group));
  }
  // A part of an item is none.
  std::vector<Group> outer;
  for (const Group& group : found) {
    const bool within = std::ranges::any_of(found, [&](const Group& other) {
      return std::ranges::any_of(other.items, [&](int item) {
        return item == group.container || page.is_inside(group.container, item);
      });
    });
    if (!within) outer.push_back(group);
  }
  return outer;
}

bool holds_one_each(const Page& page, const Group& outer, const Group& inner) {
  return std::ranges::all_of(outer.items, [&](int item) {
    return std::ranges::count_if(inner.items, [&](int part) {
             return part != item && page.is_inside(part, item);
           }) == 1;
  });
}

}  // namespace

bool is_in_repeated(const Page& page, int id) {
  for (int part = id; page.at(part).parent >= 0; part = page.at(part).parent) {
    const bool has_like =
        std::ranges::any_of(page.children(page.at(part).parent), [&](int sibling) {
          return sibling != part && page.at(sibling).visible && told_parts(page, sibling) >= 2 &&
                 is_alike(page.at(sibling), page.at(part));
        });
    if (has_like && told_parts(page, part) >= 2) return is_of_page(page, part);
  }
  return false;
}

bool is_part_of(const Page& page, const Group& group, const Group& other) {
  return std::ranges::all_of(group.items, [&](int part) {
    return std::ranges::any_of(
        other.items, [&](int item) { return part != item && page.is_inside(part, item); });
  });
}

std::optional<Group> spread_group(const Page& page, const Target& target) {
  constexpr std::ptrdiff_t kPartsMin = 3;
  constexpr double kIsThePage = 0.7, kScore = 0.75;
  const std::string& name = target.noun.empty() ? target.name : target.noun;
  if (name.empty() || target.quoted || !target.scopes.empty() ||
      page_score(page, name) < kIsThePage)
    return std::nullopt;
  std::map<std::tuple<std::string, std::string, std::string>, Group> by_shape;
  for (const Element& e : page.elements()) {
    if (!e.visible || first_class(e).empty() || e.parent < 0 || is_interactive(e) ||
        told_parts(page, e.id) < kPartsMin || !is_of_page(page, e.id))
      continue;
    by_shape[{e.tag, e.role, first_class(e)}].items.push_back(e.id);
  }
  std::vector<Group> found;
  for (auto& [shape, group] : by_shape) {
    const int parent = page.at(group.items.front()).parent;
    group.container = parent;
    bool is_spread = false, nests = false;
    for (const int item : group.items) {
      is_spread = is_spread || page.at(item).parent != parent;
      nests = nests || std::ranges::any_of(group.items, [&](int other) {
                return other != item && page.is_inside(item, other);
              });
      group.container = group.container < 0 ? -1 : page.common_ancestor(group.container, item);
    }
    group.score = kScore;
    if (is_spread && !nests) found.push_back(std::move(group));
  }
  // A part of an item is none; and where not all of them have a frame, the frames are not all.
  std::vector<Group> outer;
  for (const Group& group : found) {
    const bool within = std::ranges::any_of(found, [&](const Group& other) {
      return &other != &group &&
             (is_part_of(page, group, other) ||
              (other.items.size() > group.items.size() && holds_one_each(page, group, other)));
    });
    if (!within) outer.push_back(group);
  }
  return outer.size() == 1 ? std::optional(std::move(outer.front())) : std::nullopt;
}

std::optional<Repeated> repeated_thing(const Page& page, const std::vector<Page>& earlier) {
  std::vector<Group> groups = repeated_groups(page);
  if (groups.size() > 1) return std::nullopt;
  if (groups.size() == 1) {
    std::vector<int> now = groups.front().items;
    return Repeated{&page, std::move(groups.front()), std::move(now)};
  }
  for (auto past = earlier.rbegin(); past != earlier.rend(); ++past) {
    groups = repeated_groups(*past);
    if (groups.empty()) continue;
    const Element& was = past->at(groups.front().items.front());
    const bool is_of_class = std::ranges::all_of(groups.front().items, [&](int id) {
      return first_class(past->at(id)) == first_class(was);
    });
    if (groups.size() > 1 || first_class(was).empty() || !is_of_class) return std::nullopt;
    Repeated found{&*past, std::move(groups.front()), {}};
    for (const Element& e : page.elements()) {
      if (e.visible && is_alike(e, was)) found.now.push_back(e.id);
    }
    return found;
  }
  return std::nullopt;
}

std::optional<Group> repeated_in(const Page& page, const std::vector<Scope>& scopes) {
  std::vector<std::vector<Region>> places;
  for (const Scope& scope : scopes) {
    std::vector<Region>& regions = places.emplace_back(regions_of(page, scope));
    const auto is_page = [](const Region& region) { return region.anchor < 0; };
    if (!std::ranges::all_of(regions, is_page)) std::erase_if(regions, is_page);
  }
  const auto is_there = [&](int id) {
    return std::ranges::all_of(places, [&](const std::vector<Region>& regions) {
      return std::ranges::any_of(regions, [&](const Region& region) {
        return region.container != id && region.holds(page, id);
      });
    });
  };
  std::vector<Group> groups = repeated_groups(page, is_there);
  if (groups.size() != 1) return std::nullopt;
  return std::move(groups.front());
}

Locator of_visible(Locator locator) {
  locator.steps.push_back({.by = LocatorStep::By::kVisible});
  return locator;
}

std::vector<Locator> group_locators(const Page& page, const Group& group) {
  std::vector<Locator> list;
  for (const auto& way : item_steps(page, group)) {
    list.push_back({way});
    for (int up = group.container, steps = 0; up >= 0 && steps < 4;
         up = page.at(up).parent, ++steps) {
      for (Locator container : container_locators(page, up, {})) {
        container.steps.insert(container.steps.end(), way.begin(), way.end());
        list.push_back(std::move(container));
      }
    }
  }
  return in_frame_of(page, group.items.front(), std::move(list));
}

}  // namespace vouch::features::ground
