// One-time codes of authenticators: TOTP (RFC 6238) with HMAC-SHA-1, steps of 30 seconds and six
// digits, which is what nearly all sites ask for.
//
// A step calls the code that a secret makes at this moment "${totp:NAME}"; the secret NAME is what
// the site shows under its QR code, in base32 (RFC 4648, 6), in letters of any case and with or
// without blanks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace vouch {

// What `name` is called as a value in steps: "totp:NAME".
std::string totp_name(std::string_view secret);
// The secrets that `text` asks codes of: of "${totp:NAME}", each once.
std::vector<std::string> totp_secrets_in(std::string_view text);

// The code of this moment. Empty: `secret` is no key: no base32, or less than 10 bytes of it.
std::optional<std::string> totp_code(std::string_view secret, TimeMs now);

}  // namespace vouch
