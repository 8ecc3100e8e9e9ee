// What is said of a value without the value: "the total is the same as before", "the total is at
// most 100". What the page had before the When, or has now, is what is asserted.
#pragma once

#include <optional>
#include <string_view>

#include "features/ground/page.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

// The number that a text shows: "€ 1,234.50", "12 left", "-3". Where there is a comma and no dot
// behind it, two digits after it are cents. Nothing where it shows none, or several.
std::optional<double> number_in(std::string_view text);

bool is_in(const Range& range, double number);

// An observation of kind kMeasured as one of the value that the page shows, which is in its range.
// nullopt where it shows none, or one that is not.
std::optional<Observation> with_number(const Page& page, const Observation& seen);

// An observation of kind kSame as one of what `before` shows: a value (kContent, kValue), how many
// there are (kCount), or what a list or table holds (kList, kTable); by its `change` more. nullopt
// where `before` shows nothing that the target names, or more than one such thing.
std::optional<Observation> as_it_was(const Page& before, const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
