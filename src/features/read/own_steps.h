// Steps of a project's own, explained in Gherkin: what a team says in its own words, and what it
// means by them.
//
//   Feature: What we say
//     Scenario: I have booked a table for {people} on {day}
//       Given I open the page "/tables"
//       When I choose "{day}" as the day
//       And I enter "{people}" as the number of guests
//       And I click "Book"
//
// A step that is the name of one of these scenarios means its steps, with what stands for each
// {parameter} put in. Letters' case does not count, and quotes around what stands for a parameter
// are not part of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "features/gherkin/gherkin.h"

namespace vouch::features {

inline constexpr std::size_t kOwnStepsBytesMax = 64 * 1024;
inline constexpr int kOwnStepsDepthMax = 4;          // own steps that mean own steps
inline constexpr std::size_t kOwnStepsMeanMax = 50;  // steps that one of them may come to mean

class OwnSteps {
 public:
  OwnSteps() = default;
  // kInvalidRequest: no Gherkin, or a scenario without a name or steps; says which and where.
  static Result<OwnSteps> parse(std::string_view gherkin);

  // What the step means: itself where it is none of these, or would mean more than
  // kOwnStepsMeanMax. The parts stand at its line, and in the background where it does; their types
  // are those they have in the explanation.
  std::vector<gherkin::PickleStep> meaning_of(const gherkin::PickleStep& step) const;

 private:
  void add_meaning(const gherkin::PickleStep& step, int depth,
                   std::vector<gherkin::PickleStep>* all) const;

  std::vector<gherkin::Pickle> meanings_;  // each named by the words of the step
};

}  // namespace vouch::features
