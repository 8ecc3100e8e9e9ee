#include "features/ground/dates.h"

#include <array>
#include <ctime>
#include <iomanip>
#include <optional>
#include <sstream>

#include "base/day.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

// `text` by the first of the formats of strptime(3) that it is written in as a whole.
template <std::size_t N>
std::optional<std::tm> parsed(const std::string& text, const std::array<const char*, N>& formats) {
  for (const char* format : formats) {
    std::tm time{};
    const char* end = strptime(text.c_str(), format, &time);
    if (end != nullptr && *end == '\0') return time;
  }
  return std::nullopt;
}

std::string written(const std::tm& time, const char* format) {
  std::ostringstream out;
  out << std::put_time(&time, format);
  return out.str();
}

// "today", "tomorrow's date", "in 3 days", "2 weeks ago": how many days from today.
std::optional<int> day_said(const std::string& text) {
  std::string said = fold(text);
  for (const std::string_view of : {"'s date", "s date", " date"}) {
    if (said.ends_with(of)) said.erase(said.size() - of.size());
  }
  if (said == "today" || said == "the current" || said == "current") return 0;
  if (said == "tomorrow") return 1;
  if (said == "yesterday") return -1;
  if (said == "the day after tomorrow") return 2;
  std::istringstream said_words(said);
  std::string in, unit, end;
  int number = 0;
  if (said.starts_with("in ")) said_words >> in;
  if (!(said_words >> number >> unit)) return std::nullopt;
  std::getline(said_words >> std::ws, end);
  const int days = unit.starts_with("day") ? 1 : unit.starts_with("week") ? 7 : 0;
  if (days == 0 || number < 0 || number > 1000) return std::nullopt;
  if (end == "ago" || end == "before today" || end == "in the past") return -number * days;
  const bool is_ahead = (in == "in" && end.empty()) || end == "from now" || end == "from today" ||
                        end == "ahead" || end == "later" || end == "in the future";
  return is_ahead ? std::optional(number * days) : std::nullopt;
}

}  // namespace

std::vector<NamesOfPart> names_of_parts(const std::string& date) {
  const std::string plain = as_input("date", date);
  const std::optional<std::tm> day = parsed(plain, std::array{"%Y-%m-%d"});
  if (!day) return {};
  constexpr std::size_t kMonths = 12, kDays = 28;
  const std::string month = written(*day, "%m"), of_month = written(*day, "%d");
  const auto number = [](const std::string& padded) { return std::to_string(std::stoi(padded)); };
  // The day first: twelve months cannot hold it, and its drop-down has all the months' numbers.
  return {{{of_month, number(of_month)}, kDays},
          {{fold(written(*day, "%B")), fold(written(*day, "%b")), month, number(month)}, kMonths},
          {{written(*day, "%Y")}, 1}};
}

bool is_dated(std::string_view input_type) {
  return input_type == "date" || input_type == "time" || input_type == "month";
}

std::string as_input(std::string_view input_type, const std::string& text) {
  constexpr std::array kDates = {"%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d. %B %Y", "%Y/%m/%d"};
  constexpr std::array kTimes = {"%I:%M %p", "%I %p", "%I:%M%p", "%I%p"};
  constexpr std::array kMonths = {"%B %Y", "%B, %Y"};
  const auto rewritten = [&](const auto& formats, const char* as) {
    const std::optional<std::tm> time = parsed(text, formats);
    return time ? written(*time, as) : text;
  };
  if (input_type == "date") {
    if (const std::optional<int> day = day_said(text)) return "${" + day_name(*day) + "}";
    return rewritten(kDates, "%Y-%m-%d");
  }
  if (input_type == "time") return rewritten(kTimes, "%H:%M");
  if (input_type == "month") return rewritten(kMonths, "%Y-%m");
  return text;
}

}  // namespace vouch::features::ground
