// "The total is the same as before": what the page had before the When is what it has to have now.
#pragma once

#include <optional>

#include "features/ground/page.h"
#include "features/read/intent.h"

namespace vouch::features::ground {

// An observation of kind kSame as one of what `before` shows: a value (kContent, kValue), how many
// there are (kCount), or what a list or table holds (kList, kTable). nullopt where `before` shows
// nothing that the target names, or more than one such thing.
std::optional<Observation> as_it_was(const Page& before, const Page& page, const Observation& seen);

}  // namespace vouch::features::ground
