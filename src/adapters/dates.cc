#include "adapters/dates.h"

#include <chrono>
#include <cmath>
#include <cstdio>

#include "adapters/functions.h"

namespace vouch::adapters {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int number = 0;
    while (count < most && count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
      number = number * 10 + (rest_[count++] - '0');
    if (count < least) return std::nullopt;
    rest_.remove_prefix(count);
    return number;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view chars) {
    if (rest_.empty() || !chars.contains(rest_.front())) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view letters() {
    std::size_t count = 0;
    while (count < rest_.size() && ((rest_[count] | 0x20) >= 'a' && (rest_[count] | 0x20) <= 'z'))
      ++count;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  // Of ".4815663" 0.481.
  double fraction() {
    double value = 0;
    for (double unit = 100; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
         rest_.remove_prefix(1), unit = std::floor(unit / 10))
      value += unit * (rest_.front() - '0');
    return value / 1000;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::int64_t days_from_civil(int year, int month, int day) {
  return std::chrono::sys_days(
             std::chrono::year_month_day(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))))
      .time_since_epoch()
      .count();
}

bool is_day(int year, int month, int day) {
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

// "10:20", "10:20:30", "10:20:30.5"; in seconds.
std::optional<double> read_time(Reader& reader) {
  const auto hour = reader.digits(2, 2);
  if (!hour || !reader.take(':')) return std::nullopt;
  const auto minute = reader.digits(2, 2);
  if (!minute || *hour > 24 || *minute > 59) return std::nullopt;
  double seconds = *hour * 3600.0 + *minute * 60.0;
  if (!reader.take(':')) return seconds;
  const auto second = reader.digits(2, 2);
  if (!second || *second > 59) return std::nullopt;
  seconds += *second;
  if (reader.take('.')) seconds += reader.fraction();
  return seconds;
}

// "Z", "+02:00", "+0200", "GMT" or nothing; in seconds east.
std::optional<double> read_zone(Reader& reader) {
  if (reader.at_end()) return 0;
  reader.take(' ');
  const std::string_view letters = reader.letters();
  if (!letters.empty())
    return letters == "Z" || letters == "GMT" || letters == "UTC" ? std::optional(0.0)
                                                                  : std::nullopt;
  const bool west = reader.take('-');
  if (!west && !reader.take('+')) return std::nullopt;
  const auto hours = reader.digits(2, 2);
  reader.take(':');
  const auto minutes = reader.digits(2, 2);
  if (!hours || !minutes) return std::nullopt;
  const double east = *hours * 3600.0 + *minutes * 60.0;
  return west ? -east : east;
}

std::optional<double> parse_iso(std::string_view text) {
  Reader reader(text);
  const auto year = reader.digits(4, 4);
  if (!year || !reader.take('-')) return std::nullopt;
  const auto month = reader.digits(2, 2);
  if (!month || !reader.take('-')) return std::nullopt;
  const auto day = reader.digits(2, 2);
  if (!day || !is_day(*year, *month, *day)) return std::nullopt;
  const double date = static_cast<double>(days_from_civil(*year, *month, *day)) * 86400;
  if (reader.at_end()) return date;
  if (!reader.take_any("T ")) return std::nullopt;
  const auto time = read_time(reader);
  if (!time) return std::nullopt;
  const auto east = read_zone(reader);
  if (!east || !reader.at_end()) return std::nullopt;
  return date + *time - *east;
}

std::optional<int> month_of(std::string_view name) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (name.size() < 3) return std::nullopt;
  const std::size_t at = kMonths.find(name.substr(0, 3));
  if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
  return static_cast<int>(at / 3) + 1;
}

// "Thu, 18 Jun 2026 14:12:20 +0000"
std::optional<double> parse_rfc(std::string_view text) {
  Reader reader(text);
  if (reader.letters().size() != 3 || !reader.take(',') || !reader.take(' ')) return std::nullopt;
  const auto day = reader.digits(1, 2);
  if (!day || !reader.take(' ')) return std::nullopt;
  const auto month = month_of(reader.letters());
  if (!month || !reader.take(' ')) return std::nullopt;
  const auto year = reader.digits(4, 4);
  if (!year || !reader.take(' ') || !is_day(*year, *month, *day)) return std::nullopt;
  const auto time = read_time(reader);
  if (!time) return std::nullopt;
  const auto east = read_zone(reader);
  if (!east || !reader.at_end()) return std::nullopt;
  return static_cast<double>(days_from_civil(*year, *month, *day)) * 86400 + *time - *east;
}

// "/Date(1776556800000+0000)/": milliseconds since 1970.
std::optional<double> parse_wrapped(std::string_view text) {
  constexpr std::string_view kOpen = "/Date(";
  constexpr std::string_view kClose = ")/";
  if (!text.starts_with(kOpen) || !text.ends_with(kClose)) return std::nullopt;
  text = text.substr(kOpen.size(), text.size() - kOpen.size() - kClose.size());
  const std::size_t zone = text.find_last_of("+-");
  if (zone != std::string_view::npos && zone > 0) text = text.substr(0, zone);
  const auto millis = parse_number(text);
  return millis ? std::optional(*millis / 1000) : std::nullopt;
}

// ---- Days in a form ----

constexpr std::string_view kDayForms[] = {
    "YYYY-MM-DD",  "YYYYMMDD",    "YYYY/MM/DD",     "YYYY.MM.DD",   "DD.MM.YYYY",
    "DD/MM/YYYY",  "MM/DD/YYYY",  "DD-MM-YYYY",     "MM-DD-YYYY",   "DD Month YYYY",
    "DD Mon YYYY", "DD-Mon-YYYY", "Month DD, YYYY", "Mon DD, YYYY", "D.M.YYYY",
    "D/M/YYYY",    "M/D/YYYY",    "D-M-YYYY",       "M-D-YYYY",     "D Month YYYY",
    "D Mon YYYY",  "D-Mon-YYYY",  "Month D, YYYY",  "Mon D, YYYY"};
constexpr std::string_view kMonthNames[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};

struct Day {
  int year = 0;
  int month = 0;
  int day = 0;
};

// The part that the form begins with; empty: a character that stands for itself.
std::string_view first_part(std::string_view form) {
  for (const std::string_view part : {"YYYY", "Month", "Mon", "MM", "DD", "M", "D"})
    if (form.starts_with(part)) return form.substr(0, part.size());
  return {};
}

std::optional<int> month_called(std::string_view name, std::string_view part) {
  for (std::size_t i = 0; i < std::size(kMonthNames); ++i)
    if (name == (part == "Mon" ? kMonthNames[i].substr(0, 3) : kMonthNames[i]))
      return static_cast<int>(i) + 1;
  return std::nullopt;
}

std::optional<Day> day_in(std::string_view text, std::string_view form) {
  Reader reader(text);
  Day read;
  while (!form.empty()) {
    const std::string_view part = first_part(form);
    if (part.empty() && !reader.take(form.front())) return std::nullopt;
    form.remove_prefix(std::max<std::size_t>(part.size(), 1));
    if (part.empty()) continue;
    const bool is_name = part.size() > 2 && part.front() == 'M';
    const std::size_t most = std::max<std::size_t>(part.size(), 2);
    const auto number =
        is_name ? month_called(reader.letters(), part) : reader.digits(part.size(), most);
    if (!number) return std::nullopt;
    (part.front() == 'Y' ? read.year : part.front() == 'M' ? read.month : read.day) = *number;
  }
  if (!reader.at_end() || read.year < 100 || !is_day(read.year, read.month, read.day))
    return std::nullopt;
  return read;
}

std::string padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::span<const std::string_view> day_forms() { return kDayForms; }

std::optional<std::string> reformed_day(std::string_view text, std::string_view from,
                                        std::string_view to) {
  const auto day = day_in(text, from);
  if (!day) return std::nullopt;
  std::string written;
  while (!to.empty()) {
    const std::string_view part = first_part(to);
    if (part.empty())
      written += to.front();
    else if (part.size() > 2 && part.front() == 'M')
      written += kMonthNames[day->month - 1].substr(0, part == "Mon" ? 3 : std::string_view::npos);
    else
      written += padded(part.front() == 'Y'   ? day->year
                        : part.front() == 'M' ? day->month
                                              : day->day,
                        part.size());
    to.remove_prefix(std::max<std::size_t>(part.size(), 1));
  }
  return written;
}

std::optional<double> parse_date(std::string_view text) {
  if (text.size() < 10 || text.size() > 40) return std::nullopt;
  if (text.front() == '/') return parse_wrapped(text);
  return text.front() >= '0' && text.front() <= '9' ? parse_iso(text) : parse_rfc(text);
}

std::optional<std::string> iso_text(double seconds, bool with_millis) {
  if (!(seconds > -62167219200.0 && seconds < 253402300800.0)) return std::nullopt;
  const auto millis = static_cast<std::int64_t>(std::floor(seconds * 1000 + 1e-4));
  const std::int64_t days = (millis - (millis < 0 ? 86399999 : 0)) / 86400000;
  const auto rest = static_cast<int>(millis - days * 86400000);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  char text[40];
  const int length = std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / 3600000,
      rest / 60000 % 60, rest / 1000 % 60);
  std::string result(text, static_cast<std::size_t>(length));
  if (with_millis) {
    std::snprintf(text, sizeof text, ".%03d", rest % 1000);
    result += text;
  }
  return result + "Z";
}

}  // namespace vouch::adapters
