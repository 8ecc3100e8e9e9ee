#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vouch {

// Standard base64 with padding (RFC 4648, 4).
std::string to_base64(std::string_view bytes);
// Empty where it is malformed.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace vouch
