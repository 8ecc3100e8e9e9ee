// A number between buttons that make it less or more: "−  2  +".
#pragma once

#include <optional>

#include "features/ground/page.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

struct Stepper {
  int number = -1;           // the element that shows it, or a field that takes no typing
  int value = 0;             // what it shows
  int less = -1, more = -1;  // the buttons
  bool named = false;        // it bears the name that the step says; else it is the only one there
};

// The one that the target means: what bears its name, or the only one in the place that it names.
// None where several would do.
std::optional<Stepper> find_stepper(const Page& page, const Target& target);

}  // namespace vouch::features::ground
