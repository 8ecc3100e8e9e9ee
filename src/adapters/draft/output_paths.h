// Everything that an output can have, by general path: what a sentence about a field may name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/draft/material.h"

namespace vouch::adapters::draft {

inline constexpr std::size_t kOutputPathsMax = 10'000;  // further ones are not known

// Of the expected outputs, answered ones included, and of the topic's schema: "totals",
// "totals.tax", "items[].price". Empty where neither says anything.
std::set<std::string> output_paths(const Material& material);

// Where the output lacks what the topic's schema requires: "id", "items[2].price". Of what the
// schema says in `properties`, `items` and `allOf`.
std::vector<std::string> lacking(const json::object& schema, const json::value& output);

// Whether what the topic's schema says of a place has null, by general path: of `properties`,
// `items` and `allOf`. Places of which it says neither are not in it.
std::map<std::string, bool> takes_null(const json::object& schema);

}  // namespace vouch::adapters::draft
