#include "base/cron.h"

#include <gtest/gtest.h>

namespace vouch {
namespace {

constexpr TimeMs kMinute = 60'000;
// 2026-11-25T14:50:30Z, a Wednesday.
constexpr TimeMs kNow = 1'795'618'230'000;

std::string next(std::string_view text, TimeMs after = kNow) {
  auto cron = Cron::parse(text);
  return cron ? to_utc(cron->next_after(after)) : cron.error().message;
}

TEST(Cron, TheNextTimeIsTheFirstWholeMinuteThatFits) {
  EXPECT_EQ(to_utc(kNow), "2026-11-25T14:50:30Z");
  EXPECT_EQ(next("* * * * *"), "2026-11-25T14:51:00Z");
  EXPECT_EQ(next("*/15 * * * *"), "2026-11-25T15:00:00Z");
  EXPECT_EQ(next("50 14 * * *"), "2026-11-26T14:50:00Z");
  EXPECT_EQ(next("0 6 * * mon-fri"), "2026-11-26T06:00:00Z");
  EXPECT_EQ(next("30 8-18/5 * * *"), "2026-11-25T18:30:00Z");
  EXPECT_EQ(next("0 0 1 jan *"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(next("0 0 29 2 *"), "2028-02-29T00:00:00Z");
  EXPECT_EQ(next("5/20 * * * *"), "2026-11-25T15:05:00Z");
}

TEST(Cron, SundayIsBothNoughtAndSeven) {
  EXPECT_EQ(next("0 0 * * 0"), "2026-11-29T00:00:00Z");
  EXPECT_EQ(next("0 0 * * 7"), "2026-11-29T00:00:00Z");
  EXPECT_EQ(next("0 0 * * SUN"), "2026-11-29T00:00:00Z");
}

TEST(Cron, OfTwoLimitedDaysEitherWillDo) {
  EXPECT_EQ(next("0 0 13 * fri"), "2026-11-27T00:00:00Z");
  EXPECT_EQ(next("0 0 26 * fri"), "2026-11-26T00:00:00Z");
}

TEST(Cron, ATimeThatIsNowComesNextAfterIt) {
  const TimeMs whole = kNow - kNow % kMinute;
  EXPECT_EQ(next("* * * * *", whole - 1), to_utc(whole));
  EXPECT_EQ(next("* * * * *", whole), to_utc(whole + kMinute));
}

TEST(Cron, WhatCannotBeReadIsNamed) {
  for (const char* text : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                           "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *",
                           "1,,2 * * * *", "1- * * * *", "-1 * * * *"}) {
    auto cron = Cron::parse(text);
    ASSERT_FALSE(cron) << text;
    EXPECT_EQ(cron.error().code, ErrorCode::kInvalidRequest) << text;
  }
  EXPECT_TRUE(next("0 24 * * *").contains("hour"));
  EXPECT_EQ(next("0 0 30 2 *"), "There is no such day in any year.");
}

}  // namespace
}  // namespace vouch
