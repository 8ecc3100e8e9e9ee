// The topics that come with Vouch: topics/*.json, compiled in.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/draft/material.h"

namespace vouch::adapters::draft {

// In the order of their names.
const std::vector<Topic>& built_in_topics();
// By name or alias, in any case; nullptr: there is none.
const Topic* find_built_in_topic(std::string_view name);

}  // namespace vouch::adapters::draft
