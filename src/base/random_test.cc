#include "base/random.h"

#include <gtest/gtest.h>

namespace vouch {
namespace {

TEST(Uuid, OfTimeGrowsWithIt) {
  SystemRandom random;
  const std::string early = make_uuid_of_time(random, 1'763'000'000'000);
  const std::string late = make_uuid_of_time(random, 1'763'000'000'001);
  EXPECT_LT(early, late);
  EXPECT_EQ(early.substr(0, 13), "019a7afd-1e00");  // the milliseconds, in hexadecimal
  EXPECT_EQ(early.size(), 36u);
  for (const std::string& uuid : {early, late}) {
    EXPECT_EQ(uuid[14], '7');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
  }
  EXPECT_NE(make_uuid_of_time(random, 0), make_uuid_of_time(random, 0));
  EXPECT_EQ(make_uuid(random)[14], '4');
}

}  // namespace
}  // namespace vouch
