#include "features/ground/dates.h"

#include <gtest/gtest.h>

namespace vouch::features::ground {
namespace {

TEST(DatesTest, WritesADateAsItsFieldTakesIt) {
  EXPECT_EQ(as_input("date", "15 May 2030"), "2030-05-15");
  EXPECT_EQ(as_input("date", "May 5, 2030"), "2030-05-05");
  EXPECT_EQ(as_input("month", "May 2030"), "2030-05");
  EXPECT_EQ(as_input("time", "3:30 pm"), "15:30");
}

TEST(DatesTest, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(as_input("date", "2030-05-15"), "2030-05-15");
  EXPECT_EQ(as_input("date", "05/06/2030"), "05/06/2030");  // the 5th of June, or of May the 6th
  EXPECT_EQ(as_input("text", "15 May 2030"), "15 May 2030");
}

}  // namespace
}  // namespace vouch::features::ground
