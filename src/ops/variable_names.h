#pragma once

#include <string_view>

#include "base/result.h"

namespace vouch::ops {

// What steps call `${name}`, a variable or a secret, stands in the environment of tests as well,
// where some names belong to the programs that run them. kInvalidRequest naming `member`.
Result<void> check_variable_name(std::string_view member, std::string_view name);

}  // namespace vouch::ops
