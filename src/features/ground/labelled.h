// What a page says is called what: pairs of a label and its value, by the page's own structure and
// whatever the values are. An assertion "the total is € 5" is about the value whose label fits
// best, and not about any € 5.
#pragma once

#include <string>
#include <vector>

#include "features/ground/page.h"
#include "features/ground/region.h"

namespace vouch::features::ground {

struct Labelled {
  int element = -1;   // that shows the value
  std::string value;  // white space folded
  bool alone = true;  // the element shows nothing else; otherwise its label as well
  double score = 0;   // how well the label fits the names, 0 … 1
};

// The names of a value, with how much each is worth.
using Names = std::vector<std::pair<std::string, double>>;

// Those that stand in the place and whose label fits the names, best first; of a value that is
// labelled in several ways the best.
std::vector<Labelled> labelled_values(const Page& page, const Names& names, const Place& place);

// Of those, the ones that fit so well as the best that they cannot be told from it.
std::vector<Labelled> best_of(std::vector<Labelled> values);

// The one number that a text shows, with its sign and currency: "3" of "3 items left"; empty where
// it shows none, or several.
std::string only_number_of(const std::string& text);

}  // namespace vouch::features::ground
