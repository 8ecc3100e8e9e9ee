// Days as steps mean them: "tomorrow" is another date each day, so that a value calls it
// "${day:+1}", and it becomes a date when it is used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace vouch {

// What the day so many days from today is called as a value: "day:0", "day:+1", "day:-1".
std::string day_name(int offset);
// The days that `text` asks for, each once: 1 for "${day:+1}". What is no such name is left alone.
std::vector<int> days_in(std::string_view text);
// Its date in UTC, as date fields take it: "2030-05-15" (HTML, 2.3.5).
std::string date_of_day(int offset, TimeMs now);

}  // namespace vouch
