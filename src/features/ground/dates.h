// Dates and times as people write them, and as the fields for them take them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vouch::features::ground {

// Whether a field of this type (an <input>'s) holds a date or time.
bool is_dated(std::string_view input_type);
// "15 May 2030" as "2030-05-15" for a field of type "date", "3:30 pm" as "15:30" for one of type
// "time" (HTML, 2.3.5: dates and times); "tomorrow" and "in 3 days" as a day (base/day.h); other
// texts and other types as they are. Where days and months are both numbers, nobody knows which is
// which: such a date stays as it is.
std::string as_input(std::string_view input_type, const std::string& text);

// What a drop-down may call a part of a date, in lower case, and how many choices one for that part
// has at least: "july", "jul", "7" and "07" of twelve.
struct NamesOfPart {
  std::vector<std::string> names;
  std::size_t choices_min = 0;
};
// Of a date that names its month or is written as "2030-05-15": day, month and year; else empty. In
// the order in which they are told apart.
std::vector<NamesOfPart> names_of_parts(const std::string& date);

}  // namespace vouch::features::ground
