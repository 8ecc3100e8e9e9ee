// A saved sign-in: the text of what Playwright's `context.storageState()` gives, `{"cookies": […],
// "origins": [{"origin", "localStorage": [{"name", "value"}]}]}`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vouch {

// Shorter values of it are not hidden where they appear: they are settings ("dark", "en-US").
inline constexpr std::size_t kStateValueBytesMin = 8;

// What in it may let somebody in: the values of its cookies and of what pages have stored, and the
// texts inside those that are JSON. Empty optional: the text is no such state.
std::optional<std::vector<std::string>> storage_state_values(std::string_view text);

}  // namespace vouch
