// Jobs that go on with the proven tests of a feature: healing and proving.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <string_view>

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

struct KeptTestsJob {
  std::string_view kind;
  std::string_view noun;  // of its address: features/{feature}/<noun>/<its id>
  // The settings that it works with, of those that the tests were generated with and those that the
  // project has now.
  boost::json::object (*settings)(const boost::json::object& kept,
                                  const boost::json::object& present);
};

// Dispatches such a job on the feature that the call names, for the site in its `siteUrl` or the
// one that the tests were generated on: 202. The payload is that of the generation which proved the
// tests, and `of`, the id of that. It shares its key with the feature's generations: one at a time.
// kConflict says what to do where no whole test is kept, or the Gherkin has changed since.
boost::asio::awaitable<Result<Answer>> dispatch_on_kept_tests(Services& services, const Call& call,
                                                              KeptTestsJob what);

// The parameters of such a dispatch, beside those of its route.
inline constexpr std::string_view kKeptTestsBody = R"({
  "siteUrl": {"in": "body", "type": ["string", "null"], "maxLength": 2000,
    "description": "Test site URL override (defaults to the one it was generated on)."}})";

}  // namespace vouch::ops
