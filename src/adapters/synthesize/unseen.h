// What inputs without an output have that no sample with one shows, and which places of the output
// that may change. A mapping can be exact on every sample and silent about all of these.
#pragma once

#include <set>

#include "adapters/synthesize/search.h"
#include "adapters/synthesize/synthesize.h"
#include "adapters/synthesize/usage.h"

namespace vouch::adapters {

struct Unseen {
  std::string path;    // of the output, general: "items[].colour"
  std::string in_row;  // … in the sample: "items[2].colour"
  std::size_t sample = 0;
  std::string reason;
  std::vector<Choice> choices;  // the first is what the mapping gives
  double doubt = 0;             // the likelihood that it is not the first
};

// Collects them, each path once.
class UnseenList {
 public:
  UnseenList(const Search& search, const std::vector<Sample>& samples)
      : search_(search), samples_(samples) {}

  // The row's sample has no output.
  bool is_open(const Frame& frame, std::size_t row) const {
    return !samples_[static_cast<std::size_t>(frame.rows()[row].sample)].output;
  }
  // `rest` leads on from the problem's own path: ".name", or "name" from the root.
  void add(const Problem& problem, std::size_t row, const std::string& rest, double doubt,
           std::string reason, std::vector<Choice> choices);
  // The likeliest first, but for those that somebody has answered.
  std::vector<Unseen> take() &&;

 private:
  const Search& search_;
  const std::vector<Sample>& samples_;
  std::vector<Unseen> found_;
  std::set<std::string> told_;
};

// Members that are new: they may be wanted as the others around them are, or be the source of what
// the mapping leaves empty there.
void find_new_members(const Usage& usage, UnseenList& list);
// Values that are unlike all that the samples have at a path which the mapping uses.
void find_new_values(const Usage& usage, const Conventions& conventions, UnseenList& list);

std::vector<Unseen> find_unseen(const Search& search, const Solution& solution,
                                const Conventions& conventions, const std::vector<Sample>& samples);

}  // namespace vouch::adapters
