#include "adapters/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace vouch::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ProfileTest : public ::testing::Test {
 protected:
  void learn(const std::vector<std::string>& inputs, std::string_view source = "") {
    std::vector<json::value> values;
    for (const std::string& input : inputs) values.push_back(json::parse(input));
    std::vector<Named> named;
    for (const json::value& value : values)
      named.push_back({std::string_view("abcdefghij").substr(named.size(), 1), &value});
    // As it is kept, and read back.
    profile = Profile::read(
        json::parse(json::serialize(Profile::of(named, source).to_json())).as_object());
  }
  std::vector<std::string> seen_in(std::string_view payload) const {
    std::vector<std::string> sentences;
    for (const Surprise& each : profile.surprises(json::parse(payload))) {
      sentences.push_back(sentence_of(each));
    }
    return sentences;
  }

  Profile profile;
};

TEST_F(ProfileTest, SaysNothingOfWhatTheSamplesShow) {
  learn({R"({"id": 1, "lines": [{"sku": "a", "note": null}], "extra": "x"})",
         R"({"id": 2, "lines": [{"sku": "b", "note": "cold"}]})"});
  EXPECT_THAT(seen_in(R"({"id": 9, "lines": []})"), IsEmpty()) << "extra was not in each";
  EXPECT_THAT(seen_in(R"({"id": 9, "lines": [{"sku": "z", "note": null}], "extra": "y"})"),
              IsEmpty());
}

TEST_F(ProfileTest, TellsWhatNoSampleShows) {
  learn({R"({"id": 1, "lines": [{"sku": "a"}]})", R"({"id": 2, "lines": [{"sku": "b"}]})"});
  EXPECT_THAT(seen_in(R"({"id": "9", "lines": [{"sku": null, "tax": 1}, {"tax": 2}]})"),
              ElementsAre("id came as a text; sample \"a\" and 1 more have a number there.",
                          "lines[].sku came as null; sample \"a\" and 1 more have a text there.",
                          "lines[].tax came, and no sample has it.",
                          "lines[].sku is missing; sample \"a\" and 1 more have it, always."));
  EXPECT_THAT(
      seen_in("[]"),
      ElementsAre("The payload came as a list; sample \"a\" and 1 more have an object there."));
}

TEST_F(ProfileTest, KnowsTheWordsOfAFieldThatRepeatsThem) {
  learn({R"([{"state": "open", "name": "Anna"}, {"state": "done", "name": "Ben"}])",
         R"([{"state": "open", "name": "Cleo"}, {"state": "done", "name": "Dora"}])"});
  EXPECT_THAT(
      seen_in(R"([{"state": "frozen", "name": "Emil"}])"),
      ElementsAre(
          "[].state came as \"frozen\"; sample \"a\" and 1 more have \"done\" or \"open\" there."));
  EXPECT_THAT(seen_in(R"([{"state": "by Anna Smith, 0151 234567", "name": "Emil"}])"),
              ElementsAre("[].state came as a text that no sample has; sample \"a\" and 1 more "
                          "have \"done\" or \"open\" there."))
      << "what may be a person's is not told";
}

TEST_F(ProfileTest, TakesNoIdForAWordThoughItComesAgain) {
  learn({R"([{"shop": "c-77", "tier": "t1"}, {"shop": "c-78", "tier": "t2"}])",
         R"([{"shop": "c-77", "tier": "t1"}, {"shop": "c-78", "tier": "t2"}])"},
        "level: lookup(get(item, 'tier'), [['t1', 'low'], ['t2', 'high']])");
  EXPECT_THAT(seen_in(R"([{"shop": "c-79", "tier": "t1"}])"), IsEmpty());
  EXPECT_THAT(
      seen_in(R"([{"shop": "c-77", "tier": "t3"}])"),
      ElementsAre("[].tier came as \"t3\"; sample \"a\" and 1 more have \"t1\" or \"t2\" there."));
}

TEST_F(ProfileTest, TakesALiteralOfTheScriptForAWord) {
  learn({R"({"currency": "EUR", "city": "Bonn"})", R"({"currency": "EUR", "city": "Bonn"})"},
        "var out = { currency: 'EUR' };");
  EXPECT_THAT(seen_in(R"({"currency": "USD", "city": "Rome"})"),
              ElementsAre("currency came as \"USD\"; sample \"a\" and 1 more have \"EUR\" there."));
}

// What is compared with one word is false for any other, of which a sample shows one.
TEST_F(ProfileTest, TellsAThirdValueWhereTheScriptNamesOneOfTwo) {
  const std::string_view source = "enabled: equals(get(payload, 'status'), 'active')";
  learn({R"({"status": "active", "name": "Anna"})", R"({"status": "inactive", "name": "Ben"})"},
        source);
  EXPECT_THAT(seen_in(R"({"status": "frozen", "name": "Cleo"})"),
              ElementsAre("status came as \"frozen\"; sample \"a\" and 1 more have \"active\" or "
                          "\"inactive\" there."));
  EXPECT_THAT(seen_in(R"({"status": "inactive", "name": "Cleo"})"), IsEmpty());
  learn({R"({"status": "active"})", R"({"status": "out since May"})"}, source);
  EXPECT_THAT(seen_in(R"({"status": "back in June"})"), IsEmpty()) << "prose has no words";
}

TEST_F(ProfileTest, TellsTextsOfMoreDigitsThanANumberKeepsWhereTheScriptMakesNumbers) {
  learn({R"({"no": "123"})", R"({"no": "9007199254740991"})"}, "id: number(get(payload, 'no'))");
  EXPECT_THAT(seen_in(R"({"no": "9007199254740993"})"),
              ElementsAre("no came as a text of more digits than JavaScript keeps in a number; "
                          "sample \"a\" and 1 more have shorter ones there: where the script makes "
                          "a number of it, it is rounded."));
  EXPECT_THAT(seen_in(R"({"no": "90071992547409"})"), IsEmpty());
  learn({R"({"no": "12345678901234567"})"}, "id: number(get(payload, 'no'))");
  EXPECT_THAT(seen_in(R"({"no": "12345678901234569"})"), IsEmpty()) << "the samples show such";
  learn({R"({"no": "123"})"}, "id: get(payload, 'no')");
  EXPECT_THAT(seen_in(R"({"no": "12345678901234569"})"), IsEmpty()) << "it stays a text";
}

TEST_F(ProfileTest, TakesNumbersAndUuidsForKeys) {
  learn({R"({"items": {"17": {"price": 1}}})", R"({"items": {"18": {"price": 2}}})"});
  EXPECT_THAT(
      seen_in(R"({"items": {"99": {"price": "3"}}})"),
      ElementsAre("items.*.price came as a text; sample \"a\" and 1 more have a number there."));
}

TEST_F(ProfileTest, IsNoDeeperThanAListHoweverDeepTheSamplesAre) {
  std::string deep = "1", deeper = "\"x\"";
  for (int i = 0; i < 30; ++i) {
    deep = "{\"a.b\":[" + deep + "]}";
    deeper = "{\"a.b\":[" + deeper + "]}";
  }
  json::parse_options options;
  options.max_depth = 100;
  const json::value sample = json::parse(deep, {}, options);
  const Profile made = Profile::of({{"deep", &sample}}, "");
  profile = Profile::read(json::parse(json::serialize(made.to_json())).as_object());
  EXPECT_THAT(profile.surprises(sample), IsEmpty());
  const auto told = profile.surprises(json::parse(deeper, {}, options));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, Surprise::Kind::kNewType);
}

TEST_F(ProfileTest, TellsIntegersThatJavaScriptDoesNotKeep) {
  const std::string payload =
      R"({"id": 12345678901234567890, "lines": [{"no": 9007199254740993}, {"no": 42}],
          "safe": 9007199254740991, "price": 1.5, "mass": 1.5e10})";
  const std::string why =
      " is an integer of more digits than JavaScript keeps: the script gets it rounded. As a text "
      "it would be kept.";
  EXPECT_THAT(seen_in(payload), ElementsAre("id" + why, "lines[].no" + why)) << "without samples";
  learn({payload, payload});
  EXPECT_THAT(seen_in(payload), ElementsAre("id" + why, "lines[].no" + why));
}

TEST_F(ProfileTest, SaysNothingOfWhatItHadNoRoomFor) {
  json::object members;
  for (std::size_t i = 0; i < Profile::kPathsMax + 500; ++i) {
    std::string name = "m_";
    for (std::size_t rest = i; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
    members[name] = json::object{{"id", 1}};
  }
  const std::string sample = json::serialize(json::object{{"before", 1}, {"wide", members}});
  learn({sample, sample});
  EXPECT_THAT(seen_in(sample), IsEmpty());
  EXPECT_THAT(seen_in(json::serialize(json::object{{"wide", members}})),
              ElementsAre("before is missing; sample \"a\" and 1 more have it, always."));
}

TEST_F(ProfileTest, TellsNoNamesThatMayBeSomebodys) {
  learn({R"({"by name": {"Anna Berg": {"id": 1}}})", R"({"by name": {"Ben Carlo": {"id": 2}}})"});
  EXPECT_THAT(
      seen_in(R"({"by name": {"Cleo Dahl": {"id": 3}, "vip": {"id": 12345678901234567}}})"),
      testing::UnorderedElementsAre(
          "*.vip.id is an integer of more digits than JavaScript keeps: the script gets it "
          "rounded. As a text it would be kept.",
          "by name.* came, and no sample has it.", "by name.vip came, and no sample has it."));
  learn({"{}"});
  std::string deep = "1";
  for (int i = 0; i < 30; ++i) deep = R"({"a_rather_long_name": )" + deep + "}";
  const auto told =
      profile.surprises(json::parse(R"({"x": [99999999999999999], "y": )" + deep + "}"));
  for (const Surprise& each : told) EXPECT_LE(each.path.size(), Profile::kPathBytesMax + 3);
}

TEST_F(ProfileTest, IsBounded) {
  std::string wide = "{", wider = "{";
  for (std::size_t i = 0; i < 3 * Profile::kPathsMax; ++i) {
    wide += (i == 0 ? "" : ",") + ("\"a" + std::to_string(i)) + "\":1";
    wider += (i == 0 ? "" : ",") + ("\"b" + std::to_string(i)) + "\":1";
  }
  learn({R"({"a": 1})"});
  EXPECT_EQ(profile.surprises(json::parse(wider + "}")).size(), Profile::kSurprisesMax);
  learn({wide + "}"});
  EXPECT_EQ(profile.to_json().at("places").as_array().size(), Profile::kPathsMax + 1);
  EXPECT_TRUE(Profile::read({}).surprises(json::parse("{}")).empty());
}

}  // namespace
}  // namespace vouch::adapters
