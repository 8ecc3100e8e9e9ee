// Which of several candidates an act takes: as it was told to on an earlier try, as a person
// answered, or the best; and what is said when none can be told from the others.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <utility>
#include <vector>

#include "features/ground/scenario.h"

namespace vouch::features::ground {

// Of the best choice's score: an alternative below it is not tried.
inline constexpr double kWorthTrying = 0.75;

// A point where more than one element, or reading, would have done.
struct Decision {
  std::size_t step = 0;
  std::vector<std::pair<std::string, double>> options;  // (key, score), best first
  std::size_t chosen = 0;
};

// kInvalidRequest, its message naming the step and its line; details {line, step, reason,
// candidates[]}.
std::unexpected<Error> not_grounded(const gherkin::PickleStep& step, std::string reason,
                                    boost::json::array candidates = {});
// What the best candidates are, for the person who reads why a step failed.
boost::json::array notes_of(const std::vector<ActCandidate>& candidates);

class Choices {
 public:
  // `forced`: the keys to choose, in order; the best ones after that.
  Choices(const Site& site, const gherkin::Pickle& pickle, std::vector<std::string> forced)
      : site_(site), pickle_(pickle), forced_(std::move(forced)) {}

  // The index of the candidate to begin with. What was guessed or answered is told to
  // `assumptions`.
  Result<std::size_t> choose(std::size_t step, const Page& page,
                             const std::vector<ActCandidate>& candidates,
                             std::vector<std::string>* assumptions);
  // Which of a step's readings to begin with, of those that are as plausible as its best.
  std::size_t choose_reading(std::size_t step, const std::vector<Reading>& readings);
  const std::vector<Decision>& decisions() const { return decisions_; }
  bool is_first_try() const { return forced_.empty(); }

 private:
  std::string question_id(std::size_t step) const;  // of the choice that comes next
  Error question(std::size_t step, const Page& page, const std::string& id,
                 const std::vector<ActCandidate>& candidates) const;

  const Site& site_;
  const gherkin::Pickle& pickle_;
  std::vector<std::string> forced_;
  std::vector<Decision> decisions_;
};

}  // namespace vouch::features::ground
