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
  EXPECT_EQ(parse_json("[1").error().message, "it ends too early");
  EXPECT_EQ(parse_json("[1,]").error().message, "syntax error at character 4");
  EXPECT_EQ(parse_json("{\n  \"a\": x}").error().message, "syntax error at line 2, character 8");
  const auto details = parse_json("{\n  \"a\": x}").error().details;
  EXPECT_EQ(details.at("reason"), "syntax error");
  EXPECT_EQ(details.at("line"), 2);
  EXPECT_EQ(details.at("character"), 8);
  EXPECT_EQ(boost::json::serialize(parse_kept(nested(kKeptDepthMax))), nested(kKeptDepthMax));
  EXPECT_THROW(parse_kept(nested(kKeptDepthMax + 1)), std::exception);
}

TEST(Json, IsWrittenWithNumbersAsPeopleWriteThem) {
  const auto text = [](std::string_view written) { return json_text(*parse_json(written)); };
  EXPECT_EQ(text(R"({"a":[3.8,0.1,1e-7,-2.50],"b":{"c":1e21,"d":12},"e":"3.8E0"})"),
            R"({"a":[3.8,0.1,1e-7,-2.5],"b":{"c":1e+21,"d":12},"e":"3.8E0"})");
  EXPECT_EQ(text(R"([12345678901234567890,null,true,{}, []])"),
            "[12345678901234567890,null,true,{},[]]");
}

}  // namespace
}  // namespace vouch
