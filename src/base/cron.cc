#include "base/cron.h"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/split.hpp>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace vouch {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

// The 29th of February comes again after at most eight years.
constexpr days kSearched{366 * 8 + 1};

struct Field {
  std::string_view name;
  int least, most;
  std::span<const std::string_view> words;  // the first stands for `least_word`
  int first_word;
};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};
constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59, {}, 0},
                                           {"hour", 0, 23, {}, 0},
                                           {"day of the month", 1, 31, {}, 0},
                                           {"month", 1, 12, kMonths, 1},
                                           {"day of the week", 0, 7, kWeekdays, 0}}};

std::optional<int> read_number(std::string_view text, int least, int most) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

std::optional<int> read_value(std::string_view text, const Field& field) {
  const std::string word = boost::algorithm::to_lower_copy(std::string(text));
  const auto found = std::ranges::find(field.words, word);
  if (found != field.words.end()) {
    return field.first_word + static_cast<int>(found - field.words.begin());
  }
  return read_number(text, field.least, field.most);
}

// Sets the bits of one part of a list: "*", "5", "1-5", "*/10", "8-18/2".
template <std::size_t N>
bool read_part(std::string_view part, const Field& field, std::bitset<N>& bits) {
  std::optional<int> step = 1;
  const std::size_t slash = part.find('/');
  if (slash != part.npos) step = read_number(part.substr(slash + 1), 1, field.most);
  const std::string_view range = part.substr(0, slash);
  std::optional<int> from = field.least, to = field.most;
  if (range != "*") {
    const std::size_t dash = range.find('-');
    from = read_value(range.substr(0, dash), field);
    to = dash == range.npos ? from : read_value(range.substr(dash + 1), field);
    if (dash == range.npos && slash != part.npos) to = field.most;
  }
  if (!step || !from || !to || *from > *to) return false;
  for (int value = *from; value <= *to; value += *step) bits.set(static_cast<std::size_t>(value));
  return true;
}

template <std::size_t N>
Result<void> read_field(std::string_view text, const Field& field, std::bitset<N>& bits) {
  std::vector<std::string> parts;
  boost::algorithm::split(parts, text, boost::algorithm::is_any_of(","));
  for (const std::string& part : parts) {
    if (read_part(part, field, bits)) continue;
    return fail(ErrorCode::kInvalidRequest,
                "The " + std::string(field.name) + " \"" + part + "\" cannot be read: it is `*`, " +
                    std::to_string(field.least) + " to " + std::to_string(field.most) +
                    ", a range, a list, or `*/n`.");
  }
  return {};
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  std::vector<std::string> fields;
  boost::algorithm::split(fields, text, boost::algorithm::is_space(),
                          boost::algorithm::token_compress_on);
  std::erase(fields, "");
  if (fields.size() != kFields.size()) {
    return fail(ErrorCode::kInvalidRequest,
                "A schedule has five fields, minute hour day month weekday, such as \"0 6 * * "
                "mon-fri\"; this one has " +
                    std::to_string(fields.size()) + ".");
  }
  Cron cron;
  VOUCH_TRY_VOID(read_field(fields[0], kFields[0], cron.minutes_));
  VOUCH_TRY_VOID(read_field(fields[1], kFields[1], cron.hours_));
  VOUCH_TRY_VOID(read_field(fields[2], kFields[2], cron.days_));
  VOUCH_TRY_VOID(read_field(fields[3], kFields[3], cron.months_));
  VOUCH_TRY_VOID(read_field(fields[4], kFields[4], cron.weekdays_));
  if (cron.weekdays_.test(7)) cron.weekdays_.set(0);
  cron.any_day_ = fields[2].starts_with('*');
  cron.any_weekday_ = fields[4].starts_with('*');
  if (!cron.find_after(0)) {
    return fail(ErrorCode::kInvalidRequest, "There is no such day in any year.");
  }
  return cron;
}

bool Cron::has_day(std::chrono::year_month_day date) const {
  if (!months_.test(static_cast<unsigned>(date.month()))) return false;
  const bool day = days_.test(static_cast<unsigned>(date.day()));
  const bool weekday = weekdays_.test(std::chrono::weekday(sys_days(date)).c_encoding());
  return any_day_ || any_weekday_ ? day && weekday : day || weekday;
}

std::optional<TimeMs> Cron::find_after(TimeMs ms) const {
  const std::chrono::sys_time<std::chrono::milliseconds> now{std::chrono::milliseconds(ms)};
  const auto from = std::chrono::floor<minutes>(now) + minutes(1);
  const auto first_day = std::chrono::floor<days>(from);
  for (auto day = first_day; day <= first_day + kSearched; day += days(1)) {
    if (!has_day(std::chrono::year_month_day(day))) continue;
    for (unsigned hour = 0; hour < hours_.size(); ++hour) {
      if (!hours_.test(hour)) continue;
      for (unsigned minute = 0; minute < minutes_.size(); ++minute) {
        const auto at = day + hours(hour) + minutes(minute);
        if (!minutes_.test(minute) || at < from) continue;
        return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
      }
    }
  }
  return std::nullopt;
}

TimeMs Cron::next_after(TimeMs ms) const {
  const auto found = find_after(ms);
  VOUCH_CHECK(found.has_value());  // parse() has looked
  return *found;
}

}  // namespace vouch
