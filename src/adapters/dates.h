// Dates as texts. Reading them: parse_date in functions.h.
#pragma once

#include <optional>
#include <string>

namespace vouch::adapters {

// 2024-05-01T10:20:30.123Z, or without the milliseconds; nothing outside the years 0 to 9999.
std::optional<std::string> iso_text(double seconds, bool with_millis);

}  // namespace vouch::adapters
