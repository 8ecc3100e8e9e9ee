// What is told about a mapping beside itself: fields, questions, assumptions, contradictions.
#pragma once

#include "adapters/synthesize/search.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

void report(const Search& search, const Solution& solution, const Conventions& conventions,
            const std::vector<Sample>& samples, Synthesis& synthesis);

}  // namespace vouch::adapters
