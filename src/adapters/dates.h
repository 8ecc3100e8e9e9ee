// Dates as texts. Reading them: parse_date in functions.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vouch::adapters {

// 2024-05-01T10:20:30.123Z, or without the milliseconds; nothing outside the years 0 to 9999.
std::optional<std::string> iso_text(double seconds, bool with_millis);

// How people write a day, such as "DD.MM.YYYY" and "Month D, YYYY". MM and DD have two digits, M
// and D one or two; Month is January, Mon is Jan; all else stands for itself. Of two forms that
// read the same the stricter one is first.
std::span<const std::string_view> day_forms();
// A day that is written in one form, in another; nothing where it is not written so, or is no day
// of the years 100 to 9999.
std::optional<std::string> reformed_day(std::string_view text, std::string_view from,
                                        std::string_view to);

}  // namespace vouch::adapters
