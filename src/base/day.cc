#include "base/day.h"

#include <algorithm>
#include <charconv>

namespace vouch {
namespace {

constexpr std::string_view kPrefix = "day:";
constexpr int kDaysMax = 36'500;

}  // namespace

std::string day_name(int offset) {
  return std::string(kPrefix) + (offset > 0 ? "+" : "") + std::to_string(offset);
}

std::vector<int> days_in(std::string_view text) {
  const std::string mark = "${" + std::string(kPrefix);
  std::vector<int> days;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::size_t end = text.find('}', at);
    if (end == text.npos) break;
    std::string_view number = text.substr(at, end - at);
    if (number.starts_with('+')) number.remove_prefix(1);
    int day = 0;
    const auto [ptr, error] = std::from_chars(number.data(), number.data() + number.size(), day);
    const bool is_day = error == std::errc() && ptr == number.data() + number.size() &&
                        day >= -kDaysMax && day <= kDaysMax;
    if (is_day && std::ranges::find(days, day) == days.end()) days.push_back(day);
  }
  return days;
}

std::string date_of_day(int offset, TimeMs now) {
  constexpr TimeMs kDayMs = 86'400'000;
  constexpr std::size_t kDateSize = 10;
  return to_utc(now + offset * kDayMs).substr(0, kDateSize);
}

}  // namespace vouch
