// What the value of a place depends on that no sample shows, by how it is calculated.
#pragma once

#include <string>
#include <vector>

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

// A text for each, as it is told of the place; none: nothing of the kind.
std::vector<std::string> untold_by_samples(const Problem& problem, const Expr& taken);

// Of a condition by how large a number is: where the line between is drawn. "" where there is none.
std::string told_of_threshold(const Expr& condition);

}  // namespace vouch::adapters
