// From inputs and a target schema alone, where no expected output is known: members are mapped by
// their names and types. What is not sure is left out and reported, never guessed.
#pragma once

#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

// `schema` is a JSON Schema (2020-12) of the output; `type` (one or several), `properties`,
// `required` and `items` are read. A member is mapped to the member of the inputs that has the same
// words in its name (in any case: createdAt, created_at) in like surroundings, holds values of its
// type in every input, and is alone in that. A text is made of a number where the schema wants one.
// The rest is in `unexplained`, each with the nearest candidate in its reason.
Synthesis map_by_schema(const std::vector<const json::value*>& inputs, const json::value& schema);

}  // namespace vouch::adapters
