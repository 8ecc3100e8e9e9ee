// What is said of a value without the value: "the total is the same as before", "the total is at
// most 100". What the page had before the When, or has now, is what is asserted.
#pragma once

#include <optional>

#include "features/ground/page.h"
#include "features/read/intent.h"
#include "features/read/numbers.h"

namespace vouch::features::ground {

bool is_in(const Range& range, double number);

// An observation of kind kMeasured as one of the value that the page shows, which is in its range.
// nullopt where it shows none, or one that is not.
std::optional<Observation> with_number(const Page& page, const Observation& seen);

// An observation of kind kSame as one of what `before` shows: a value (kContent, kValue), how many
// there are (kCount), or what a list or table holds (kList, kTable); by its `change` more. nullopt
// where `before` shows nothing that the target names, or more than one such thing.
std::optional<Observation> as_it_was(const Page& before, const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
