#include "base/json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <string>

namespace vouch {
namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, IsReadToOneDepthAndWhatIsKeptALittleDeeper) {
  EXPECT_TRUE(parse_json(nested(kJsonDepthMax)));
  EXPECT_EQ(parse_json(nested(kJsonDepthMax + 1)).error().message, "nested more than 500 deep");
  EXPECT_EQ(parse_json("[1").error().message, "incomplete JSON");
  EXPECT_EQ(boost::json::serialize(parse_kept(nested(kKeptDepthMax))), nested(kKeptDepthMax));
  EXPECT_THROW(parse_kept(nested(kKeptDepthMax + 1)), std::exception);
}

}  // namespace
}  // namespace vouch
