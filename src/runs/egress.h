// What a job's browser may reach: its site, and the project's `allowedHosts`.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "sandbox/egress.h"

namespace vouch::runs {

// Of a payload {siteUrl, settings}. A host without a scheme is allowed under both. kInvalidRequest:
// an address that is none.
Result<sandbox::EgressOptions> egress_of(const boost::json::object& payload, bool allow_loopback,
                                         bool allow_private);

}  // namespace vouch::runs
