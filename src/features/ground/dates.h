// Dates and times as people write them, and as the fields for them take them.
#pragma once

#include <string>
#include <string_view>

namespace vouch::features::ground {

// Whether a field of this type (an <input>'s) holds a date or time.
bool is_dated(std::string_view input_type);
// "15 May 2030" as "2030-05-15" for a field of type "date", "3:30 pm" as "15:30" for one of type
// "time" (HTML, 2.3.5: dates and times); other texts and other types as they are. Where days and
// months are both numbers, nobody knows which is which: such a date stays as it is.
std::string as_input(std::string_view input_type, const std::string& text);

}  // namespace vouch::features::ground
