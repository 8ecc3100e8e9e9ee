// The operation table as an OpenAPI 3.1 document, for clients, generators and gateways.
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "ops/operation.h"

namespace vouch::ops {

// The REST operations of `rows`.
boost::json::object openapi(const std::vector<Operation>& rows);

// What a call of this row answers when it goes well.
int success_status(const Operation& row);

}  // namespace vouch::ops
