// Which inputs to ask the expected outputs of: greedily those that show most of what has not been
// shown yet: states of paths, values that tell two paths apart, values of small sets.
#include <unordered_map>
#include <unordered_set>

#include "adapters/synthesize/frame.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kSmallSet = 8;  // distinct values of a path that may be an enumeration

// Everything one input shows, as hashes with a weight each.
struct Shown {
  std::unordered_map<std::uint64_t, double> facts;
};

std::vector<Shown> facts_of(const Frame& frame) {
  std::vector<Shown> shown(frame.rows().size());
  for (std::size_t c = 0; c < frame.columns().size(); ++c) {
    const Column& column = frame.columns()[c];
    std::unordered_set<std::uint64_t> values;
    for (const json::value* value : column.values)
      if (value && is_scalar(*value)) values.insert(hash_of(*value));
    const bool is_small = values.size() <= kSmallSet && values.size() < column.values.size();
    const double weight = 1.0 / (1 + 0.5 * column.depth);
    for (std::size_t r = 0; r < shown.size(); ++r) {
      const json::value* value = column.values[r];
      const State state = state_of(value);
      const std::uint64_t base = (c + 1) * 1000003;
      shown[r].facts[base + static_cast<std::uint64_t>(state)] =
          state == State::kPresent ? 2 * weight : weight;
      if (is_small && value && is_scalar(*value) && state == State::kPresent)
        shown[r].facts[base ^ hash_of(*value)] = 0.5 * weight;
      if (value && value->is_array() && value->get_array().size() > 1)
        shown[r].facts[base + 100] = weight;
    }
  }
  return shown;
}

// How many pairs of columns that were equal so far the row tells apart: columns are split into
// groups by their values in the rows chosen.
class Groups {
 public:
  explicit Groups(const Frame& frame) : frame_(frame), group_(frame.columns().size(), 0) {}

  double told_apart(std::size_t row) const {
    std::unordered_map<std::uint64_t, double> before;
    std::unordered_map<std::uint64_t, double> after;
    for (std::size_t c = 0; c < group_.size(); ++c) {
      if (!is_worth(c, row)) continue;
      ++before[group_[c]];
      ++after[key(c, row)];
    }
    double pairs = 0;
    for (const auto& [group, count] : before) pairs += count * count;
    for (const auto& [group, count] : after) pairs -= count * count;
    return pairs / 2;
  }

  void choose(std::size_t row) {
    for (std::size_t c = 0; c < group_.size(); ++c) group_[c] = key(c, row);
  }

 private:
  bool is_worth(std::size_t c, std::size_t row) const {
    const json::value* value = frame_.columns()[c].values[row];
    return value && is_scalar(*value);
  }
  std::uint64_t key(std::size_t c, std::size_t row) const {
    const json::value* value = frame_.columns()[c].values[row];
    return group_[c] * 0x9e3779b97f4a7c15ULL + (value ? hash_of(*value) : 7);
  }

  const Frame& frame_;
  std::vector<std::uint64_t> group_;
};

}  // namespace

std::vector<std::size_t> choose_samples(const std::vector<const json::value*>& inputs,
                                        std::size_t count) {
  std::vector<Row> rows;
  rows.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    rows.push_back({.sample = static_cast<int>(i), .bound = {.item = inputs[i]}});
  const Frame frame(nullptr, std::move(rows));
  std::vector<Shown> shown = facts_of(frame);
  Groups groups(frame);
  std::vector<std::size_t> chosen;
  while (chosen.size() < std::min(count, inputs.size())) {
    std::size_t best = inputs.size();
    double most = -1;
    for (std::size_t r = 0; r < inputs.size(); ++r) {
      if (std::ranges::count(chosen, r) > 0) continue;
      double gain =
          0.02 * groups.told_apart(r) / (1 + 0.02 * static_cast<double>(frame.columns().size()));
      for (const auto& [fact, weight] : shown[r].facts) gain += weight;
      if (gain > most) {
        most = gain;
        best = r;
      }
    }
    chosen.push_back(best);
    groups.choose(best);
    for (std::size_t r = 0; r < shown.size(); ++r)
      if (r != best)
        for (const auto& [fact, weight] : shown[best].facts) shown[r].facts.erase(fact);
  }
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace vouch::adapters
