// The job of kind `healing`: a feature's proven tests are made to fit a site that has changed
// since.
//
// Payload: that of a generation, and `of`: the id of the generation whose chains are healed. It has
// the sections and stages of a generation (generation.h), and nothing of the feature changes by it.
// Result: {healed, unchanged, failed, changes: [{scenario, step, line, before, after}], spec},
// counted in scenarios; `spec` is the whole test as it would be, offered only where `failed` is 0.
// A section that failed says what is gone, or what does not hold any more.
#pragma once

#include <boost/json/array.hpp>
#include <string_view>
#include <vector>

#include "features/write/spec.h"

namespace vouch::features::generate {

inline constexpr std::string_view kHealingKind = "healing";

// The lines of the tests that came out otherwise. The two have the same steps.
boost::json::array changes_of(const std::vector<write::SpecTest>& known,
                              const std::vector<write::SpecTest>& now);

}  // namespace vouch::features::generate
