// The files that a step names to be uploaded: a specification says what they are called, not what
// is in them, so a test makes them up.
#pragma once

#include <string_view>
#include <vector>

#include "browser/plan.h"

namespace vouch::features::ground {

// One for each line of `names`, called as the last part of a path; small, and of the type that the
// name's ending says: a picture of one pixel, a PDF without text, a line of text.
std::vector<browser::Action::File> made_up_files(std::string_view names);

}  // namespace vouch::features::ground
