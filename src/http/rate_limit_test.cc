#include "http/rate_limit.h"

#include <gtest/gtest.h>

namespace vouch::http {
namespace {

TEST(RateLimit, AllowsABurstOfTwoSecondsAndThenTheRate) {
  RateLimit limit(10);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(limit.take("a", 1000)) << i;
  EXPECT_FALSE(limit.take("a", 1000));
  EXPECT_FALSE(limit.take("a", 1099));
  EXPECT_TRUE(limit.take("a", 1100));
  EXPECT_FALSE(limit.take("a", 1100));
}

TEST(RateLimit, KeysHaveNothingToDoWithEachOther) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.take("a", 0));
  EXPECT_TRUE(limit.take("a", 0));
  EXPECT_FALSE(limit.take("a", 0));
  EXPECT_TRUE(limit.take("b", 0));
}

TEST(RateLimit, IsFullAgainAfterTwoQuietSecondsWhateverTheClockDoes) {
  RateLimit limit(2);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limit.take("a", 5000));
  EXPECT_FALSE(limit.take("a", 1));  // it went back
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limit.take("a", 1LL << 52));
  EXPECT_FALSE(limit.take("a", 1LL << 52));
}

TEST(RateLimit, NoneIsNone) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.take("a", 0));
}

}  // namespace
}  // namespace vouch::http
