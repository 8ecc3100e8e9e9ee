// Times that come again, written as cron writes them: five fields, "minute hour day-of-month month
// day-of-week", in UTC.
//
// A field is `*`, a number, a range `1-5`, a list `1,15`, or steps `*/10`, `8-18/2`; months and
// days of the week have their English names too (`jan`, `mon`), Sunday is 0 and 7. Where both days
// are limited, either will do, as in crontab(5).
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace vouch {

class Cron {
 public:
  // kInvalidRequest, naming the field that cannot be read; also where the times never come.
  static Result<Cron> parse(std::string_view text);

  // The first whole minute after `ms`.
  TimeMs next_after(TimeMs ms) const;

 private:
  std::optional<TimeMs> find_after(TimeMs ms) const;
  bool has_day(std::chrono::year_month_day date) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<8> weekdays_;
  bool any_day_ = false, any_weekday_ = false;
};

}  // namespace vouch
