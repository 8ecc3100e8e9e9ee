#include "adapters/synthesize/leaves.h"

#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kWaysMax = 24;

void add_leaves(const json::value& value, Leaves& leaves) {
  if (value.is_array()) {
    for (const json::value& item : value.get_array()) add_leaves(item, leaves);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object()) add_leaves(member.value(), leaves);
  } else if (const std::uint64_t letters = letters_of(value)) {
    leaves[letters] = weight_of(&value);
  }
}

void add_ways(const json::value& item, std::vector<Step>& at, Ways& ways) {
  if (!item.is_object()) return;
  for (const auto& member : item.get_object()) {
    if (ways.scalars.size() + ways.lists.size() >= kWaysMax) return;
    at.push_back(member_step(member.key()));
    if (member.value().is_array())
      ways.lists.push_back(at);
    else if (is_scalar(member.value()))
      ways.scalars.push_back(at);
    else if (at.size() < 2)
      add_ways(member.value(), at, ways);
    at.pop_back();
  }
}

}  // namespace

Ways ways_in(const json::value& item) {
  Ways ways;
  std::vector<Step> at;
  add_ways(item, at, ways);
  return ways;
}

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
