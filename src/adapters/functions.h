// What each Fn does. The JavaScript in `print_helpers.js` does the same; `vouch-corpus
// --check-printed` holds them together.
#pragma once

#include <span>
#include <string_view>

#include "adapters/mapping.h"

namespace vouch::adapters {

std::string_view function_name(Fn fn);  // also its name in printed scripts
// `arguments`: nullptr is missing.
Maybe perform(const Call& call, std::span<const json::value* const> arguments);
Maybe perform(Fn fn, const json::value& argument);
bool is_predicate(Fn fn);
// The order of kSorted and of Sorted.
bool is_before(const json::value& a, const json::value& b);

// The words of a name or text: "createdAt", "created_at" and "Created At" all give created, at.
// Case is kept.
std::vector<std::string_view> words_of(std::string_view text);

// Seconds since 1970 in UTC, with their fraction, of 2024-05-01, 2024-05-01T10:20:30.123Z,
// 2024-05-01 10:20:30, with a zone of +02:00 or +0200 or none (UTC), of RFC 1123 dates
// ("Thu, 18 Jun 2026 14:12:20 +0000"), and of "/Date(1776556800000+0000)/", where the zone only
// says how the date was shown. Fractions are cut to milliseconds.
std::optional<double> parse_date(std::string_view text);

}  // namespace vouch::adapters
