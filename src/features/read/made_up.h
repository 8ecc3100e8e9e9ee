// Values for what a step says only the kind of: "an invalid email address".
#pragma once

#include <string>
#include <string_view>

namespace vouch::features {

// What goes into a field of that name ("Email address", "zip"): a valid one, or one that no site
// takes. "" where nobody can know: an account that exists, a code that the site gave.
std::string_view made_up_value(std::string_view field, bool valid);

}  // namespace vouch::features
