#include "features/ground/dates.h"

#include <gtest/gtest.h>

namespace vouch::features::ground {
namespace {

TEST(DatesTest, WritesADateAsItsFieldTakesIt) {
  EXPECT_EQ(as_input("date", "15 May 2030"), "2030-05-15");
  EXPECT_EQ(as_input("date", "May 5, 2030"), "2030-05-05");
  EXPECT_EQ(as_input("month", "May 2030"), "2030-05");
  EXPECT_EQ(as_input("date", "today"), "${day:0}");
  EXPECT_EQ(as_input("date", "Tomorrow's date"), "${day:+1}");
  EXPECT_EQ(as_input("date", "2 weeks ago"), "${day:-14}");
  EXPECT_EQ(as_input("date", "in 3 days"), "${day:+3}");
  EXPECT_EQ(as_input("date", "3 days from now"), "${day:+3}");
  EXPECT_EQ(as_input("date", "3 days"), "3 days");
  EXPECT_EQ(as_input("text", "today"), "today");
  EXPECT_EQ(as_input("time", "3:30 pm"), "15:30");
}

TEST(DatesTest, NamesThePartsOfADate) {
  const std::vector<NamesOfPart> parts = names_of_parts("July 3, 2027");
  ASSERT_EQ(parts.size(), 3);
  EXPECT_EQ(parts[0].names, (std::vector<std::string>{"03", "3"}));
  EXPECT_EQ(parts[1].names, (std::vector<std::string>{"july", "jul", "07", "7"}));
  EXPECT_EQ(parts[2].names, (std::vector<std::string>{"2027"}));
  EXPECT_EQ(names_of_parts("2027-07-03").size(), 3);
  EXPECT_TRUE(names_of_parts("05/06/2030").empty());
  EXPECT_TRUE(names_of_parts("tomorrow").empty());
}

TEST(DatesTest, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(as_input("date", "2030-05-15"), "2030-05-15");
  EXPECT_EQ(as_input("date", "05/06/2030"), "05/06/2030");  // the 5th of June, or of May the 6th
  EXPECT_EQ(as_input("text", "15 May 2030"), "15 May 2030");
}

}  // namespace
}  // namespace vouch::features::ground
