// Groups of elements that are alike: the rows of a table, the items of a list, cards.
#pragma once

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
bool is_item_by_role(const browser::Element& e);
bool is_header_row(const Page& page, int row);

// Those that the target may mean, best first.
std::vector<Group> groups_for(const Page& page, const Target& target);
// Each way to name the whole group as a complete locator, best first.
std::vector<browser::Locator> group_locators(const Page& page, const Group& group);

}  // namespace vouch::features::ground
