// What a job's browser may reach: its site, and the project's `allowedHosts`.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/result.h"
#include "sandbox/egress.h"
#include "store/rows.h"

namespace vouch::runs {

// Of a payload {siteUrl, settings}. A host without a scheme is allowed under both. kInvalidRequest:
// an address that is none.
Result<sandbox::EgressOptions> egress_of(const boost::json::object& payload, bool allow_loopback,
                                         bool allow_private);

// Jobs with the same key may share a browser: those of a project that may reach the same.
std::string browser_key(const store::JobRow& job, const sandbox::EgressOptions& egress);

}  // namespace vouch::runs
