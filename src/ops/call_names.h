// What to do next stands in messages as calls of the REST API: "GET /api/…/topics lists them". Each
// other surface tells it in its own words. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ops/operation.h"

namespace vouch::ops {

struct CallName {
  const Operation* operation = nullptr;
  std::string name;  // "`vouch topics list`", "`list_topics`"
};

// The message with the names of the calls in it; those that have none stay as they are.
std::string with_names(std::string_view message, const std::vector<CallName>& names);

}  // namespace vouch::ops
