// The scalars that stand in a value, at whatever depth: what tells which item of an input's list an
// item of the output was made of.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "adapters/mapping.h"

namespace vouch::adapters {

// By their letters (`letters_of`), with how much each says (`weight_of`).
using Leaves = std::unordered_map<std::uint64_t, double>;

Leaves leaves_of(const json::value& value);
// How much those say that stand in both.
double overlap(const Leaves& a, const Leaves& b);

// What stands in an item, at one step or two, but for what stands in lists.
struct Ways {
  std::vector<std::vector<Step>> scalars;
  std::vector<std::vector<Step>> lists;
};
Ways ways_in(const json::value& item);

}  // namespace vouch::adapters
