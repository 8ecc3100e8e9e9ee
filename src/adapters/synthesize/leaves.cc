#include "adapters/synthesize/leaves.h"

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

void add_leaves(const json::value& value, Leaves& leaves) {
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) add_leaves(item, leaves);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) add_leaves(member.value(), leaves);
  } else if (const std::uint64_t letters = letters_of(value)) {
    leaves[letters] = weight_of(&value);
  }
}

}  // namespace

Leaves leaves_of(const json::value& value) {
  Leaves leaves;
  add_leaves(value, leaves);
  return leaves;
}

double overlap(const Leaves& a, const Leaves& b) {
  double sum = 0;
  for (const auto& [letters, weight] : a)
    if (b.contains(letters)) sum += weight;
  return sum;
}

}  // namespace vouch::adapters
