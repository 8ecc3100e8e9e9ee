// A saved sign-in: the text of what Playwright's `context.storageState()` gives, `{"cookies": […],
// "origins": [{"origin", "localStorage": [{"name", "value"}]}]}`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vouch {

// A state with more is none that a site needs to let somebody in.
inline constexpr std::size_t kStateValuesMax = 100;

// What in it may let somebody in: the values of its cookies that scripts may not read, from 8 bytes
// up, and every other text that looks like a credential (16 bytes or more, with a digit, without
// blanks, and neither an address nor a path), also inside of JSON, percent-encoding and base64.
// Empty optional: the text is no such state.
std::optional<std::vector<std::string>> storage_state_values(std::string_view text);

}  // namespace vouch
