// The tests of one scenario outline as one loop over its examples, where they are the same but for
// the examples' values: what a person would have written. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "features/chain.h"
#include "features/write/spec.h"

namespace vouch::features::write {

// A column of the examples as the loop's variable.
struct LoopVariable {
  std::string name;                 // a JavaScript identifier
  std::vector<std::string> values;  // one for each example
  bool is_number = false;           // printed and counted as a number
};

struct Loop {
  std::vector<LoopVariable> variables;  // those that the tests use
  // With `${name}` where the value of a variable stands. In a regular expression the value is
  // escaped.
  std::string title;
  Chain chain;
  // (step, item) of the assertions whose count is a variable.
  std::map<std::pair<std::size_t, std::size_t>, std::string> counts;
};

// nullopt: the tests differ in more than the examples' values, or there is only one. All of them
// come from the same outline. `taken`: names that the test file uses for something else.
std::optional<Loop> fold(const std::vector<const SpecTest*>& tests,
                         const std::vector<std::string>& taken);

}  // namespace vouch::features::write
