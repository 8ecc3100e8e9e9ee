#include "base/day.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vouch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Day, is_called_by_how_far_it_is_from_today) {
  EXPECT_EQ(day_name(0), "day:0");
  EXPECT_EQ(day_name(7), "day:+7");
  EXPECT_EQ(day_name(-1), "day:-1");
}

TEST(Day, is_found_in_a_text_once) {
  EXPECT_THAT(days_in("from ${day:0} to ${day:+7} or ${day:+7}"), ElementsAre(0, 7));
  EXPECT_THAT(days_in("${day:-1}"), ElementsAre(-1));
  EXPECT_THAT(days_in("${day:} ${day:x} ${day:99999999} ${days:1} ${day:1"), IsEmpty());
}

TEST(Day, has_a_date_in_utc) {
  constexpr TimeMs kNewYearsEve = 1'798'761'599'000;  // 2026-12-31T23:59:59Z
  EXPECT_EQ(date_of_day(0, kNewYearsEve), "2026-12-31");
  EXPECT_EQ(date_of_day(1, kNewYearsEve), "2027-01-01");
  EXPECT_EQ(date_of_day(-365, kNewYearsEve), "2025-12-31");
}

}  // namespace
}  // namespace vouch
