// Where on the page a scope of a step is: "in the cart", "under 'Done'", "for 'Green Tea'". What an
// assertion claims of a place must stand in that place, and nowhere else.
#pragma once

#include <vector>

#include "features/ground/page.h"
#include "features/ground/rank.h"

namespace vouch::features::ground {

// Elements of the container (-1: the page), from `first` to `last` in DOM order, that belong to the
// anchor, which bears the name (-1: the page does). Of a table's column only its cells.
struct Region {
  int container = -1;
  int first = 0, last = 0;
  int anchor = -1;
  double strength = 0;
  bool is_column = false;

  bool holds(const Page& page, int id) const;
  // The container holds nothing else, so that naming it names the region.
  bool is_whole(const Page& page) const;
};

// The element that a scope with an ordinal names ("the second row", "the last product"); -1: there
// is none, or there are several tables or lists to count in.
int nth_of(const Page& page, const Scope& scope);

// What may be meant, best first; those that are named much worse than the best are left out. Empty
// where nothing on the page is called so.
std::vector<Region> regions_of(const Page& page, const Scope& scope);

// The scopes of one target, found once for all elements that are asked about.
class Place {
 public:
  Place(const Page& page, const std::vector<Scope>& scopes);
  // The region of each scope that holds the element; empty where one of them does not hold it.
  std::vector<const Region*> holding(int id) const;
  // How surely it stands there, 0 … 1; 1 where there is no scope.
  double fit(int id, std::vector<int>* anchors = nullptr) const;

 private:
  const Page& page_;
  std::vector<std::vector<Region>> regions_;
};

}  // namespace vouch::features::ground
