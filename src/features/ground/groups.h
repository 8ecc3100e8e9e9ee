// Groups of elements that are alike: the rows of a table, the items of a list, cards.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/ground/locate.h"
#include "features/ground/rank.h"

namespace vouch::features::ground {

// Siblings that are alike: the rows of a table, the items of a list, cards.
struct Group {
  int container = -1;
  std::vector<int> items;
  double score = 0;
};

std::string first_class(const browser::Element& e);
// The class that tells its kind: none of a list's items, whose classes tell their states.
std::string class_of_kind(const browser::Element& e);
// Of one tag, role and class: items of one kind.
bool is_alike(const browser::Element& a, const browser::Element& b);
// ".price", or "a.name" where others of that class are no links; of one that has a class.
browser::LocatorStep by_first_class(const Page& page, const browser::Element& e);
// There was more than one of its kind on a page that was seen before.
bool were_several(const browser::Element& item, const std::vector<Page>& earlier);
bool is_item_by_role(const browser::Element& e);
bool is_header_row(const Page& page, int row);

// A column of a table: `cells` finds its cells in each row, `index` is its place among them.
struct Column {
  browser::LocatorStep cells;
  std::size_t index = 0;
  double score = 0;
};
// The column whose head is called so, of the table that the row is part of.
std::optional<Column> column_called(const Page& page, int row, const std::string& name);

// It stands in one of several things of one shape, none of which leads through the site.
bool is_in_repeated(const Page& page, int id);
// Part of what leads through the site: a menu, a navigation, the page's head or foot.
bool leads_on(const Page& page, int id);
// … or stands in a bar that its makers call so, or beside what leads through it.
bool is_letterhead(const Page& page, int id);
// Another of these stands in a part of the page that is alike, and beside the one that holds this.
bool is_of_one_of_many(const Page& page, int id, const std::vector<int>& all);
// Those that the target may mean, best first.
std::vector<Group> groups_for(const Page& page, const Target& target);
// Every item of the one lies in an item of the other.
bool is_part_of(const Page& page, const Group& group, const Group& other);
// Cards, rows or items of one shape that stand in several places of a page that is called as the
// target: one kind of thing alone, none where there are several.
std::optional<Group> spread_group(const Page& page, const Target& target);
// What the page shows several of, where that is one kind of thing alone, or what it showed several
// of before: cards, rows or items of one shape, each of several parts. `group` is of `page`, which
// is borrowed; `now` are those that are left of it.
struct Repeated {
  const Page* page = nullptr;
  Group group;
  std::vector<int> now;
};
std::optional<Repeated> repeated_thing(const Page& page, const std::vector<Page>& earlier);
// What stands several times in that place, where it is one kind of thing alone.
std::optional<Group> repeated_in(const Page& page, const std::vector<Scope>& scopes);
// Of those that the locator finds, the ones that are shown: what is filtered out may only be
// hidden.
browser::Locator of_visible(browser::Locator locator);
// Each way to name the whole group as a complete locator, best first.
std::vector<browser::Locator> group_locators(const Page& page, const Group& group);

}  // namespace vouch::features::ground
