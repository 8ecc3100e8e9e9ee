#include "ops/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "ops/operation.h"
#include "ops/rows.h"

namespace vouch::ops {
namespace {

constexpr std::string_view kText = R"({
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {
    "name": {"type": "string", "minLength": 1, "maxLength": 5},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200},
    "mode": {"type": "string", "enum": ["fail", "guess"]},
    "note": {"type": ["string", "null"]},
    "hosts": {"type": "array", "items": {"type": "string"}},
    "reset": {"type": "object", "required": ["url"],
              "properties": {"url": {"type": "string", "minLength": 1}}},
    "variables": {"type": "object", "additionalProperties": {"type": "string"}}}})";

std::string complaint(std::string_view value) {
  static const Schema checker(schema(kText));
  auto result = checker.check(boost::json::parse(value));
  if (result) return "";
  EXPECT_EQ(result.error().code, ErrorCode::kInvalidRequest);
  return result.error().message;
}

TEST(Schema, TakesWhatFits) {
  EXPECT_EQ(complaint(R"({"name":"a","limit":200,"mode":"guess","note":null,"hosts":["x"],
                          "reset":{"url":"/"},"variables":{"a":"b"}})"),
            "");
}

TEST(Schema, NamesTheMemberAndSaysWhatIsWanted) {
  EXPECT_EQ(complaint("{}"), "`name` is missing: it must be text of 1 to 5 characters.");
  EXPECT_EQ(complaint(R"({"name":""})"), "`name` must be text of 1 to 5 characters.");
  EXPECT_EQ(complaint(R"({"name":"abcdef"})"), "`name` must be text of 1 to 5 characters.");
  EXPECT_EQ(complaint(R"({"name":7})"), "`name` must be text of 1 to 5 characters.");
  EXPECT_EQ(complaint(R"({"name":"a","limit":0})"),
            "`limit` must be a whole number from 1 to 200.");
  EXPECT_EQ(complaint(R"({"name":"a","limit":"9"})"),
            "`limit` must be a whole number from 1 to 200.");
  EXPECT_EQ(complaint(R"({"name":"a","mode":"ask"})"), "`mode` must be one of `fail`, `guess`.");
  EXPECT_EQ(complaint(R"({"name":"a","note":1})"), "`note` must be text or null.");
  EXPECT_EQ(complaint(R"({"name":"a","hosts":["x",2]})"), "`hosts[1]` must be text.");
  EXPECT_EQ(complaint(R"({"name":"a","reset":{}})"),
            "`reset.url` is missing: it must be text of at least 1 character.");
  EXPECT_EQ(complaint(R"({"name":"a","variables":{"x":1}})"), "`variables.x` must be text.");
}

TEST(Schema, RefusesUnknownMembersByName) {
  EXPECT_EQ(complaint(R"({"name":"a","colour":1})"),
            "`colour` is not known here. Known are `name`, `limit`, `mode`, `note`, `hosts`, "
            "`reset`, `variables`.");
  EXPECT_THAT(complaint(R"({"name":"a","Limits":1})"),
              testing::StartsWith("`Limits` is not known here: do you mean `limit`? Known are "));
  const std::string endless(1 << 20, 'x');
  EXPECT_LT(complaint("{\"name\":\"a\",\"" + endless + "\":1}").size(), 400u);
}

TEST(Operations, EveryRowIsComplete) {
  std::set<std::string> names;
  for (const Operation& row : operations()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.description.empty()) << row.name;
    EXPECT_TRUE(row.handler) << row.name;
    EXPECT_EQ(row.effect == Effect::kRead, row.method == Method::kGet) << row.name;
    Schema compiles(row.parameters);
    Schema result(row.result);
    for (const auto& member : row.parameters.at("properties").as_object()) {
      EXPECT_TRUE(member.value().as_object().contains("in")) << row.name << " " << member.key();
    }
  }
  EXPECT_TRUE(names.contains("generate_feature"));
}

}  // namespace
}  // namespace vouch::ops
