// Scenarios in which several people are at work, each in a browser of their own: "mia is signed in
// in another browser", "another visitor opens the shop", "both look at the list".
#pragma once

#include <string>
#include <vector>

#include "features/gherkin/gherkin.h"
#include "features/read/own_steps.h"

namespace vouch::features {

// What one visitor does or sees in a step; its text says neither that they have a browser of their
// own, nor, where there are several in the step, who the others are.
struct Part {
  std::string visitor;  // "mia", "other visitor"; "" for the one whose browser is the test's own
  gherkin::PickleStep step;
};

// The parts of each step; a step of the project's own has one for each step that it means. In a
// scenario that speaks of no other browser or visitor every step is one
// part of visitor "", as written. There, whoever is named first, "I" and whoever has not been given
// another browser share the test's own; "she" and steps without a person go on with who was last.
std::vector<std::vector<Part>> parts_of(const gherkin::Pickle& pickle, const OwnSteps& own);

}  // namespace vouch::features
