// Everything that an output can have, by general path: what a sentence about a field may name.
#pragma once

#include <set>
#include <string>

#include "adapters/draft/material.h"

namespace vouch::adapters::draft {

inline constexpr std::size_t kOutputPathsMax = 10'000;  // further ones are not known

// Of the expected outputs, answered ones included, and of the topic's schema: "totals",
// "totals.tax", "items[].price". Empty where neither says anything.
std::set<std::string> output_paths(const Material& material);

}  // namespace vouch::adapters::draft
