// The job of kind `proving`: a feature's proven tests are verified and proven again, as they stand,
// on the site as it is now.
//
// Payload: that of a generation, and `of`: the id of the job whose committed chains are proven. It
// has the sections of a generation (generation.h), and its stages verifying and proving; nothing is
// grounded or repaired, and nothing of the feature changes by it. A section that failed says what
// its test failed at, or which Then is not proven any more. Result: {scenarios, proven}.
#pragma once

#include <string_view>

namespace vouch::features::generate {

inline constexpr std::string_view kProvingKind = "proving";

}  // namespace vouch::features::generate
