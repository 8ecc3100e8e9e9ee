// A sentence that no phrase takes, said in the order of words that phrases have: "in the cart there
// are two items" as "there are two items in the cart". Nothing that carries meaning is left out.
#pragma once

#include <vector>

#include "features/gherkin/gherkin.h"
#include "features/read/tokens.h"

namespace vouch::features {

// The ways to say it that may be read, best first; empty where there is none. `step` tells what
// kind of step it is, and whether a table stands beside it.
std::vector<std::vector<Token>> said_otherwise(Tokens sentence, const gherkin::PickleStep& step);

}  // namespace vouch::features
