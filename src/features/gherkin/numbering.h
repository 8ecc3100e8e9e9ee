// The ids of a syntax tree.
#pragma once

#include "features/gherkin/gherkin.h"

namespace vouch::features::gherkin {

// Numbers the nodes from 0 in the official order, inner nodes before those that hold them, and sets
// `next_id`.
void assign_ids(Document& document);

}  // namespace vouch::features::gherkin
