// How a site is reached that does not let everybody in: what a project's settings say of it.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch {

// For HTTP authentication (RFC 7617), as Playwright's `httpCredentials`.
struct HttpCredentials {
  std::string username;
  std::string password;  // "${name}" of a secret, and nothing else
};

struct SiteAccess {
  bool ignore_https_errors = false;  // its certificate need not be one that anybody vouches for
  std::optional<HttpCredentials> http_credentials;  // told to the site's own origin alone
};

// From the settings `ignoreHTTPSErrors` and `httpCredentials`; what is not well formed counts as
// absent, see check_site_access().
SiteAccess read_site_access(const boost::json::object& settings);

// kInvalidRequest, naming the member: a password that stands in the settings as it is.
Result<void> check_site_access(const boost::json::object& settings);

// The name in "${name}"; nothing in any other text.
std::optional<std::string_view> secret_named_by(std::string_view text);

}  // namespace vouch
