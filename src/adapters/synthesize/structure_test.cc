// What is told and asked where the samples cannot tell one structure from another: what a list is
// made of, which items are kept, where an object is there, what tells kinds of record apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/evaluate.h"
#include "adapters/print.h"
#include "adapters/synthesize/samples_test.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {
namespace {

using testing::HasSubstr;

const Field* field(const Synthesis& synthesis, std::string_view path, std::string_view source) {
  for (const Field& one : synthesis.fields)
    if (one.path == path && names_source(one.source, source)) return &one;
  return nullptr;
}

// The samples and one input more, with the answers.
Synthesis with_open(std::vector<Sample> samples, std::string_view open,
                    SynthesisOptions options = {}) {
  samples.push_back(sample(open));
  return synthesize(samples, options);
}

// The only question is about this path, and one of its choices comes from each of the sources.
void expect_question(const Synthesis& found, std::string_view path,
                     const std::vector<std::string>& sources) {
  ASSERT_EQ(found.questions.size(), 1U);
  const Question& question = found.questions[0];
  EXPECT_EQ(question.path, path);
  EXPECT_GE(question.choices.size(), 2U);
  for (const std::string& source : sources)
    EXPECT_TRUE(std::ranges::any_of(question.choices, [&](const Choice& choice) {
      return names_source(choice.source, source);
    })) << source;
}

// What a person says who means the choice with this source.
SynthesisOptions answered(const Synthesis& found, std::string_view source) {
  for (const Question& question : found.questions)
    for (const Choice& choice : question.choices)
      if (names_source(choice.source, source))
        return {.answers = {{question.path, question.sample, choice.value}}};
  ADD_FAILURE() << "nobody asked about " << source;
  return {};
}

// ---- Which item of a list ----

// The list price stands first in both; a field of that name says nothing of the place.
std::vector<Sample> two_prices() {
  return {sample(R"({"id": "u1", "prices": [{"type": "list", "value": 12.5},
                                            {"type": "sale", "value": 13.5}]})",
                 R"({"id": "u1", "value": 12.5})"),
          sample(R"({"id": "u2", "prices": [{"type": "list", "value": 33.25},
                                            {"type": "sale", "value": 30.75}]})",
                 R"({"id": "u2", "value": 33.25})")};
}

TEST(Structure, AnItemThatAKeyNamesAsWellAsItsPlaceIsToldOf) {
  const Synthesis found = synthesize(two_prices());
  EXPECT_THAT(assumed(found, "value"), HasSubstr("input.prices[type=\"list\"].value"));
}

TEST(Structure, AnItemIsTakenByItsKeyWhereAnInputHasItAtAnotherPlace) {
  constexpr std::string_view kTurned = R"({"id": "u3", "prices": [{"type": "sale", "value": 8.5},
                                                                  {"type": "list", "value": 9.5}]})";
  const Synthesis open = with_open(two_prices(), kTurned);
  EXPECT_EQ(given(open, kTurned), R"({"id":"u3","value":9.5E0})");
  expect_question(open, "value", {"input.prices[type=\"list\"].value", "input.prices[0].value"});
}

TEST(Structure, TheFirstItemThatIsMarkedInEverySampleIsTold) {
  const std::vector<Sample> samples{
      sample(R"({"mails": [{"at": "a@x", "primary": true}, {"at": "b@x", "primary": false}]})",
             R"({"mail": "a@x"})"),
      sample(R"({"mails": [{"at": "c@x", "primary": true}]})", R"({"mail": "c@x"})"),
      sample(R"({"mails": [{"at": "d@x", "primary": true}, {"at": "e@x"}]})",
             R"({"mail": "d@x"})")};
  EXPECT_THAT(assumed(synthesize(samples), "mail"), HasSubstr("input.mails[primary=true].at"));
  constexpr std::string_view kTurned =
      R"({"mails": [{"at": "f@x", "primary": false}, {"at": "g@x", "primary": true}]})";
  EXPECT_EQ(given(with_open(samples, kTurned), kTurned), R"({"mail":"g@x"})");
}

// Ids of items say nothing of what they are.
TEST(Structure, WhatNoTwoItemsShareIsNoKey) {
  std::vector<Sample> samples;
  for (const std::string n : {"1", "2", "3"})
    samples.push_back(
        {json::object{{"id", "k" + n},
                      {"lines", json::array{json::object{{"sku", "a" + n}, {"no", "x" + n}},
                                            json::object{{"sku", "b" + n}, {"no", "y" + n}}}}},
         Maybe(json::object{{"id", "k" + n}, {"sku", "a" + n}})});
  EXPECT_EQ(assumed(synthesize(samples), "sku"), "");
}

// ---- A number that is copied, and calculated as well ----

TEST(Structure, ACopyOfACountIsToldAndAskedAboutWhereAnInputTellsThemApart) {
  const std::vector<Sample> samples{
      sample(R"({"id": "a1", "n": 2, "items": [{"price": 10}, {"price": 25}]})",
             R"({"id": "a1", "pieces": 2})"),
      sample(R"({"id": "a2", "n": 3, "items": [{"price": 50}, {"price": 5}, {"price": 6}]})",
             R"({"id": "a2", "pieces": 3})")};
  EXPECT_THAT(assumed(synthesize(samples), "pieces"), HasSubstr("count(input.items)"));
  const Synthesis open = with_open(samples, R"({"id": "a3", "n": 9, "items": [{"price": 7}]})");
  expect_question(open, "pieces", {"input.n", "input.items"});
}

// ---- What is the same in every sample ----

std::vector<Sample> two_of_the_same() {
  return {sample(R"({"id": "a1", "livemode": true, "remarks": "", "who": ["x"], "pack": 6, "n": 2,
                     "spent": 7, "per": 10, "gift_message": "hi"})",
                 R"({"id": "a1", "onAir": true, "note": "", "pax": 1, "pieces": 12,
                     "points": 70, "gift": true})"),
          sample(R"({"id": "a2", "livemode": true, "remarks": "", "who": ["y"], "pack": 6, "n": 5,
                     "spent": 12, "per": 10, "gift_message": "ho"})",
                 R"({"id": "a2", "onAir": true, "note": "", "pax": 1, "pieces": 30,
                     "points": 120, "gift": true})")};
}

TEST(Structure, AConstantThatStandsInEveryInputTooIsTold) {
  const Synthesis found = synthesize(two_of_the_same());
  EXPECT_THAT(assumed(found, "onAir"), HasSubstr("input.livemode"));
  EXPECT_THAT(assumed(found, "note"), HasSubstr("input.remarks"));
  EXPECT_THAT(assumed(found, "pax"), HasSubstr("count(input.who)"));
  EXPECT_THAT(assumed(found, "gift"), HasSubstr("input.gift_message"));
}

TEST(Structure, AConstantThatStandsInManyPlacesIsTold) {
  std::vector<Sample> samples;
  for (const std::string id : {"a1", "a2", "a3"}) {
    json::object input{{"id", id}};
    for (const std::string name : {"f1", "g2", "h3", "k4", "m5", "p6"}) input[name] = "EUR";
    samples.push_back({input, Maybe(json::object{{"id", id}, {"currency", "EUR"}})});
  }
  EXPECT_THAT(assumed(synthesize(samples), "currency"), HasSubstr("input.f1"));
}

TEST(Structure, AFactorThatStandsInEveryInputTooIsTold) {
  const Synthesis found = synthesize(two_of_the_same());
  EXPECT_THAT(assumed(found, "pieces"), HasSubstr("multiply(input.n, input.pack)"));
  EXPECT_THAT(assumed(found, "points"), HasSubstr("multiply(input.spent, input.per)"));
}

TEST(Structure, AConstantThatAnInputDoesNotHaveIsAskedAbout) {
  std::vector<Sample> samples = two_of_the_same();
  for (Sample& one : samples)
    *one.output = json::object{{"id", one.output->at("id")}, {"onAir", true}};
  const Synthesis open =
      with_open(samples, R"({"id": "a3", "livemode": false, "remarks": "", "who": ["x"]})");
  expect_question(open, "onAir", {"input.livemode"});
}

// ---- A text of several parts ----

TEST(Structure, AnEmptyPartOfATextIsAskedAbout) {
  const Synthesis found = with_open({sample(R"({"id": "a1", "city": "Ulm", "zip": "89073"})",
                                            R"({"id": "a1", "at": "Ulm, 89073"})"),
                                     sample(R"({"id": "a2", "city": "Bonn", "zip": "53111"})",
                                            R"({"id": "a2", "at": "Bonn, 53111"})")},
                                    R"({"id": "a3", "city": "Kiel", "zip": ""})");
  EXPECT_THAT(assumed(found, "at"), HasSubstr("input.zip is empty there"));
  ASSERT_EQ(found.questions.size(), 1U);
  EXPECT_EQ(found.questions[0].path, "at");
}

// ---- What a list is made of ----

const std::vector<Sample> kTwoLists{
    sample(R"({"ordered": [{"sku": "aaa-1", "n": 3}, {"sku": "bbb-2", "n": 7}],
               "shipped": [{"sku": "aaa-1", "n": 3}, {"sku": "bbb-2", "n": 7}]})",
           R"({"items": [{"code": "aaa-1", "quantity": 3}, {"code": "bbb-2", "quantity": 7}]})"),
    sample(R"({"ordered": [{"sku": "ddd-1", "n": 4}], "shipped": [{"sku": "ddd-1", "n": 4}]})",
           R"({"items": [{"code": "ddd-1", "quantity": 4}]})")};
constexpr std::string_view kShippedLess =
    R"({"ordered": [{"sku": "q-1", "n": 9}, {"sku": "q-2", "n": 2}],
        "shipped": [{"sku": "q-1", "n": 1}]})";

TEST(Structure, TwoListsThatAreEqualInEverySampleAreToldAndAskedAbout) {
  const Synthesis closed = synthesize(kTwoLists);
  const Field* items = field(closed, "items", "input.ordered");
  ASSERT_TRUE(items);
  EXPECT_EQ(items->held, 2);
  ASSERT_EQ(items->alternatives.size(), 1U);
  EXPECT_EQ(items->alternatives[0].source, "input.shipped");
  EXPECT_GE(items->alternatives[0].confidence, kTwinLeast);
  const Synthesis open = with_open(kTwoLists, kShippedLess);
  EXPECT_NE(assumed(open, "items"), "");
  expect_question(open, "items", {"input.ordered", "input.shipped"});
  const Synthesis shipped = with_open(kTwoLists, kShippedLess, answered(open, "input.shipped"));
  EXPECT_TRUE(shipped.is_complete());
  EXPECT_EQ(given(shipped, kShippedLess), R"({"items":[{"code":"q-1","quantity":1}]})");
  EXPECT_TRUE(shipped.questions.empty());
  const Synthesis said = synthesize(kTwoLists, {.preferences = {{"items", "input.shipped"}}});
  EXPECT_EQ(given(said, kShippedLess), R"({"items":[{"code":"q-1","quantity":1}]})");
}

TEST(Structure, AListThatIsCalledSoIsTakenWithoutAWord) {
  const Synthesis found = synthesize(
      {sample(
           R"({"items": [{"sku": "a-1"}, {"sku": "b-2"}], "rest": [{"sku": "a-1"}, {"sku": "b-2"}]})",
           R"({"items": [{"code": "a-1"}, {"code": "b-2"}]})"),
       sample(R"({"items": [{"sku": "c-3"}], "rest": [{"sku": "c-3"}]})",
              R"({"items": [{"code": "c-3"}]})")});
  EXPECT_EQ(assumed(found, "items"), "");
  const Field* items = field(found, "items", "input.items");
  ASSERT_TRUE(items);
  for (const Alternative& other : items->alternatives) EXPECT_LT(other.confidence, kTwinLeast);
}

// What the whole output is made of is said by no name.
TEST(Structure, TheWholeOutputMayBeOfTwoLists) {
  const std::vector<Sample> two{
      sample(R"({"ordered": [{"sku": "a-1"}, {"sku": "b-2"}],
                 "shipped": [{"sku": "a-1"}, {"sku": "b-2"}]})",
             R"([{"code": "a-1"}, {"code": "b-2"}])"),
      sample(R"({"ordered": [{"sku": "c-3"}], "shipped": [{"sku": "c-3"}]})",
             R"([{"code": "c-3"}])")};
  const Synthesis closed = synthesize(two);
  ASSERT_TRUE(field(closed, "", "input.ordered"));
  EXPECT_NE(assumed(closed, ""), "");
  const Synthesis said = synthesize(two, {.preferences = {{"", "input.shipped"}}});
  EXPECT_EQ(given(said, kShippedLess), R"([{"code":"q-1"}])");
}

TEST(Structure, TwoObjectsWithTheSameMembersAreToldAndAskedAbout) {
  const std::vector<Sample> two{
      sample(R"({"old": {"a": "x1", "b": "x2", "c": "x3", "d": "x4"},
                 "now": {"a": "x1", "b": "x2", "c": "x3", "d": "x4"}, "no": "n-1"})",
             R"({"all": {"a": "x1", "b": "x2", "c": "x3", "d": "x4", "id": "n-1"}})"),
      sample(R"({"old": {"a": "y1", "b": "y2", "e": "y3", "f": "y4"},
                 "now": {"a": "y1", "b": "y2", "e": "y3", "f": "y4"}, "no": "n-2"})",
             R"({"all": {"a": "y1", "b": "y2", "e": "y3", "f": "y4", "id": "n-2"}})")};
  const Synthesis open = with_open(two, R"({"old": {"a": "z1"}, "now": {"a": "z2"}, "no": "n-3"})");
  EXPECT_NE(assumed(open, "all"), "");
  const auto asked = std::ranges::find(open.questions, "all", &Question::path);
  ASSERT_NE(asked, open.questions.end());
  EXPECT_TRUE(names_source(asked->choices.back().source, "input.now"));
}

// ---- Which items are kept ----

const std::vector<Sample> kTwoFilters{
    sample(R"({"lines": [{"sku": "a-1", "active": true, "seen": true},
                         {"sku": "b-2", "active": false, "seen": false},
                         {"sku": "c-3", "active": true, "seen": true}]})",
           R"({"items": [{"code": "a-1"}, {"code": "c-3"}]})"),
    sample(R"({"lines": [{"sku": "d-1", "active": false, "seen": false},
                         {"sku": "e-2", "active": true, "seen": true}]})",
           R"({"items": [{"code": "e-2"}]})")};
constexpr std::string_view kSeenAlone =
    R"({"lines": [{"sku": "z-1", "active": true, "seen": false},
                  {"sku": "y-2", "active": false, "seen": true}]})";

TEST(Structure, AFilterIsAFieldAndAnotherThatDoesTheSameIsAskedAbout) {
  const Synthesis closed = synthesize(kTwoFilters);
  const Field* filter = field(closed, "items[]", "item.active");
  ASSERT_TRUE(filter);
  ASSERT_EQ(filter->alternatives.size(), 1U);
  EXPECT_TRUE(names_source(filter->alternatives[0].source, "item.seen"));
  const Synthesis open = with_open(kTwoFilters, kSeenAlone);
  expect_question(open, "items", {"item.active", "item.seen"});
  EXPECT_NE(assumed(open, "items"), "");
  const Synthesis seen = with_open(kTwoFilters, kSeenAlone, answered(open, "item.seen"));
  EXPECT_TRUE(seen.is_complete());
  EXPECT_EQ(given(seen, kSeenAlone), R"({"items":[{"code":"y-2"}]})");
  const Synthesis said = synthesize(kTwoFilters, {.preferences = {{"items[]", "item.seen"}}});
  EXPECT_EQ(given(said, kSeenAlone), R"({"items":[{"code":"y-2"}]})");
}

// Kept are items, left out are fees: nobody said what becomes of a discount.
TEST(Structure, AThirdKindOfItemIsAskedAbout) {
  const Synthesis open = with_open(
      {sample(R"({"lines": [{"sku": "a1", "kind": "item"}, {"sku": "b1", "kind": "fee"},
                            {"sku": "c1", "kind": "item"}]})",
              R"({"items": [{"code": "a1"}, {"code": "c1"}]})"),
       sample(R"({"lines": [{"sku": "d1", "kind": "fee"}, {"sku": "e1", "kind": "item"}]})",
              R"({"items": [{"code": "e1"}]})")},
      R"({"lines": [{"sku": "x1", "kind": "discount"}]})");
  expect_question(open, "items", {"item.kind"});
  EXPECT_NE(assumed(open, "items"), "");
}

// One item is of the kind that is kept, in every sample.
std::vector<Sample> one_kept_of_each(bool as_texts) {
  std::vector<Sample> all;
  for (int i = 0; i < 4; ++i) {
    const std::string n = std::to_string(i);
    json::array lines{json::object{{"sku", "tea" + n}, {"state", "ok"}}};
    const json::object gone{{"sku", "cup" + n}, {"state", "gone"}};
    if (i % 2 == 0) lines.insert(i == 0 ? lines.begin() : lines.end(), gone);
    json::value kept("tea" + n);
    if (!as_texts) kept = json::object{{"code", kept}};
    all.push_back({json::object{{"lines", std::move(lines)}},
                   Maybe(json::object{{"items", json::array{std::move(kept)}}})});
  }
  return all;
}

TEST(Structure, AListOfTheOneItemThatIsKeptMayHaveMoreOrNone) {
  constexpr std::string_view kTwo =
      R"({"lines": [{"sku": "a", "state": "ok"}, {"sku": "b", "state": "ok"}]})";
  constexpr std::string_view kNone = R"({"lines": [{"sku": "a", "state": "gone"}]})";
  const Synthesis objects = synthesize(one_kept_of_each(false));
  EXPECT_EQ(given(objects, kTwo), R"({"items":[{"code":"a"},{"code":"b"}]})");
  EXPECT_EQ(given(objects, kNone), R"({"items":[]})");
  EXPECT_THAT(assumed(objects, "items"), HasSubstr("in every sample that is one"));
  const Synthesis texts = synthesize(one_kept_of_each(true));
  EXPECT_EQ(given(texts, kTwo), R"({"items":["a","b"]})");
  EXPECT_EQ(given(texts, kNone), R"({"items":[]})");
}

TEST(Structure, AListThatIsMadeOfAListOfOneHasAsManyItems) {
  const Synthesis found =
      synthesize({sample(R"({"offs": [{"code": "A1"}]})", R"({"codes": ["A1"]})"),
                  sample(R"({"offs": []})", R"({"codes": []})"),
                  sample(R"({"offs": [{"code": "B2"}]})", R"({"codes": ["B2"]})")});
  EXPECT_EQ(given(found, R"({"offs": [{"code": "C3"}, {"code": "D4"}]})"),
            R"({"codes":["C3","D4"]})");
}

// The names are data, though no object has two.
TEST(Structure, AListMayBeMadeOfAnObjectOfOneMember) {
  const Synthesis found =
      synthesize({sample(R"({"marks": {"size": "S"}})", R"({"opts": [{"n": "size", "v": "S"}]})"),
                  sample(R"({"marks": {}})", R"({"opts": []})"),
                  sample(R"({"marks": {"hue": "red"}})", R"({"opts": [{"n": "hue", "v": "red"}]})"),
                  sample(R"({"marks": {"size": "M"}})", R"({"opts": [{"n": "size", "v": "M"}]})")});
  EXPECT_EQ(given(found, R"({"marks": {"size": "L", "hue": "blue"}})"),
            R"({"opts":[{"n":"size","v":"L"},{"n":"hue","v":"blue"}]})");
}

// Of two that are there each time the first is taken.
TEST(Structure, AListOfTheFirstItemIsEmptyWhereThereIsNone) {
  const Synthesis found = synthesize(
      {sample(R"({"all": [{"n": "a1"}, {"n": "b1"}]})", R"({"kept": [{"name": "a1"}]})"),
       sample(R"({"all": [{"n": "a2"}, {"n": "b2"}]})", R"({"kept": [{"name": "a2"}]})")});
  EXPECT_EQ(given(found, R"({"all": []})"), R"({"kept":[]})");
}

// ---- Where an object is there ----

std::vector<Sample> two_presences() {
  std::vector<Sample> all;
  for (int i = 0; i < 4; ++i) {
    const std::string n = std::to_string(i);
    const bool there = i % 2 == 0;
    json::object output{{"ref", "o-" + n}};
    if (there) output["address"] = {{"line", "St " + n}, {"town", "City" + n}};
    all.push_back({json::object{{"id", "o-" + n},
                                {"street", "St " + n},
                                {"city", "City" + n},
                                {"delivery", there},
                                {"paid", there}},
                   Maybe(std::move(output))});
  }
  return all;
}
constexpr std::string_view kPaidAlone =
    R"({"id": "o-9", "street": "St 9", "city": "City9", "delivery": false, "paid": true})";

TEST(Structure, WhatDecidesThatAnObjectIsThereIsAskedAbout) {
  const Synthesis closed = synthesize(two_presences());
  const Field* presence = field(closed, "address", "input.delivery");
  ASSERT_TRUE(presence);
  ASSERT_FALSE(presence->alternatives.empty());
  EXPECT_TRUE(names_source(presence->alternatives[0].source, "input.paid"));
  EXPECT_GE(presence->alternatives[0].confidence, kTwinLeast);
  const Synthesis open = with_open(two_presences(), kPaidAlone);
  expect_question(open, "address", {"input.delivery", "input.paid"});
  EXPECT_NE(assumed(open, "address"), "");
  const Synthesis paid = with_open(two_presences(), kPaidAlone, answered(open, "input.paid"));
  EXPECT_TRUE(paid.is_complete());
  EXPECT_EQ(given(paid, kPaidAlone), R"({"ref":"o-9","address":{"line":"St 9","town":"City9"}})");
  const Synthesis said = synthesize(two_presences(), {.preferences = {{"address", "input.paid"}}});
  EXPECT_EQ(given(said, kPaidAlone), R"({"ref":"o-9","address":{"line":"St 9","town":"City9"}})");
}

// ---- What tells kinds of record apart ----

std::vector<Sample> two_discriminators() {
  std::vector<Sample> all;
  for (int i = 0; i < 6; ++i) {
    const std::string n = std::to_string(i);
    const bool sold = i % 2 == 0;
    all.push_back(
        {json::object{{"id", "o-" + n},
                      {"kind", sold ? "a" : "b"},
                      {"channel", sold ? "web" : "pos"},
                      {"created", "2026-05-0" + std::to_string(i + 1)},
                      {"done", "2026-06-0" + std::to_string(i + 1)},
                      {"who", "W" + n},
                      {"till", "T" + n}},
         Maybe(json::object{{"ref", "o-" + n},
                            {"when", (sold ? "2026-05-0" : "2026-06-0") + std::to_string(i + 1)},
                            {"by", (sold ? "W" : "T") + n}})});
  }
  return all;
}
constexpr std::string_view kKindAOfPos =
    R"({"id": "o-8", "kind": "a", "channel": "pos", "created": "2026-05-09",
        "done": "2026-06-09", "who": "W8", "till": "T8"})";

TEST(Structure, WhatTellsKindsApartIsAskedAboutOnce) {
  const Synthesis closed = synthesize(two_discriminators());
  EXPECT_THAT(assumed(closed, "when"), HasSubstr("input.channel"));
  EXPECT_THAT(assumed(closed, "by"), HasSubstr("input.kind"));
  const Field* kinds = field(closed, "when", "input.kind");
  ASSERT_TRUE(kinds);
  ASSERT_FALSE(kinds->alternatives.empty());
  EXPECT_TRUE(names_source(kinds->alternatives[0].source, "input.channel"));
  EXPECT_GE(kinds->alternatives[0].confidence, kTwinLeast);
  const Synthesis open = with_open(two_discriminators(), kKindAOfPos);
  expect_question(open, "when", {"input.kind", "input.channel"});
  const std::string by_channel = R"({"ref":"o-8","when":"2026-06-09","by":"T8"})";
  const Synthesis channel =
      with_open(two_discriminators(), kKindAOfPos, answered(open, "input.channel"));
  EXPECT_TRUE(channel.is_complete());
  EXPECT_EQ(given(channel, kKindAOfPos), by_channel);
  const Synthesis said =
      synthesize(two_discriminators(), {.preferences = {{"when", "chosen by input.channel"}}});
  EXPECT_EQ(given(said, kKindAOfPos), by_channel);
}

// "web" and "app" where "a" is, "pos" where "b" is: either may be what decides.
TEST(Structure, WhatPartsTheRecordsFurtherMayTellThemApartToo) {
  std::vector<Sample> samples = two_discriminators();
  for (const Sample& one : two_discriminators()) {
    samples.push_back(one);
    json::object& input = samples.back().input.as_object();
    if (input.at("channel") == "web") input["channel"] = "app";
  }
  const Synthesis closed = synthesize(samples);
  EXPECT_THAT(assumed(closed, "when"),
              HasSubstr("input.kind or chosen by input.channel, which no sample tells apart"));
  const Synthesis open = with_open(samples, kKindAOfPos);
  expect_question(open, "when", {"input.kind", "input.channel"});
  const Synthesis channel = with_open(samples, kKindAOfPos, answered(open, "input.channel"));
  EXPECT_TRUE(channel.is_complete());
  EXPECT_EQ(given(channel, kKindAOfPos), R"({"ref":"o-8","when":"2026-06-09","by":"T8"})");
}

// "a" has one record more than "b": a third kind is not "a" for that.
TEST(Structure, ItIsToldWhatBecomesOfAKindThatNoSampleHas) {
  std::vector<Sample> samples = two_discriminators();
  samples.push_back(sample(
      R"({"id": "o-6", "kind": "a", "channel": "web", "created": "2026-05-07",
          "done": "2026-06-07", "who": "W6", "till": "T6"})",
      R"({"ref": "o-6", "when": "2026-05-07", "by": "W6"})"));
  const Synthesis found = synthesize(samples);
  constexpr std::string_view kTold = "any other value leaves it out";
  EXPECT_THAT(assumed(found, "when"), HasSubstr(kTold));
  EXPECT_THAT(print(found, {}), HasSubstr("  // " + std::string(kTold) + "\n"));
  EXPECT_EQ(given(found, R"({"id": "o-9", "kind": "c", "channel": "fax", "created": "2026-05-09",
                             "done": "2026-06-09", "who": "W9", "till": "T9"})"),
            R"({"ref":"o-9"})");
}

TEST(Structure, NoKindThatNoSampleHasIsTakenForTheUsualOne) {
  const Synthesis found = synthesize({
      sample(R"({"event": "created", "id": "i1"})", R"({"status": "PAID", "order": "i1"})"),
      sample(R"({"event": "created", "id": "i2"})", R"({"status": "PAID", "order": "i2"})"),
      sample(R"({"event": "created", "id": "i3"})", R"({"status": "PAID", "order": "i3"})"),
      sample(R"({"event": "ping", "id": "i4"})", R"({"skip": true, "reason": "ping"})"),
      sample(R"({"event": "ping", "id": "i5"})", R"({"skip": true, "reason": "ping"})"),
      sample(R"({"event": "voided", "id": "i6"})", R"({"status": "CANCELLED", "order": "i6"})"),
      sample(R"({"event": "voided", "id": "i7"})", R"({"status": "CANCELLED", "order": "i7"})"),
  });
  EXPECT_EQ(given(found, R"({"event": "voided", "id": "i8"})"),
            R"({"status":"CANCELLED","order":"i8"})");
  EXPECT_EQ(given(found, R"({"event": "ready", "id": "i9"})"), "{}");
  EXPECT_THAT(assumed(found, "status"), HasSubstr("any other value leaves it out"));
}

// A constant for what is none of the words that are copied.
TEST(Structure, NoConditionGivesItsConstantToAWordThatNoSampleHas) {
  std::vector<Sample> samples;
  for (int i = 0; i < 8; ++i) {
    const std::string word = std::vector<std::string>{"open", "new", "void", "gone"}[i / 2];
    samples.push_back({json::object{{"id", "o-" + std::to_string(i)}, {"state", word}},
                       Maybe(json::object{{"ref", "o-" + std::to_string(i)},
                                          {"status", i < 4 ? word : "cancelled"}})});
  }
  const Synthesis found = synthesize(samples);
  EXPECT_EQ(given(found, R"({"id": "o-8", "state": "gone"})"),
            R"({"ref":"o-8","status":"cancelled"})");
  EXPECT_EQ(given(found, R"({"id": "o-9", "state": "held"})"), R"({"ref":"o-9"})");
  EXPECT_THAT(assumed(found, "status"), HasSubstr("any other value leaves it out"));
}

TEST(Structure, ItIsToldWhatATableMakesOfAValueThatItLacks) {
  std::vector<Sample> samples;
  for (int i = 0; i < 6; ++i)
    samples.push_back({json::object{{"id", "o-" + std::to_string(i)}, {"s", i % 2 ? "p" : "q"}},
                       Maybe(json::object{{"ref", "o-" + std::to_string(i)},
                                          {"state", i % 2 ? "PAID" : "QUEUED"}})});
  const Synthesis found = synthesize(samples);
  EXPECT_THAT(assumed(found, "state"), HasSubstr("any other value leaves it out"));
  EXPECT_THAT(print(found, {}), HasSubstr("  // any other value leaves it out\n"));
}

// ---- Flags ----

TEST(Structure, AFlagThatAnotherFieldSetsAsWellIsAskedAbout) {
  std::vector<Sample> samples;
  for (int i = 0; i < 6; ++i) {
    const bool fast = i % 2 == 0;
    json::object output{{"ref", "o" + std::to_string(i)}};
    if (fast) output["express"] = true;
    samples.push_back(
        {json::object{
             {"id", "o" + std::to_string(i)}, {"ship", fast ? "fast" : "slow"}, {"gift", fast}},
         Maybe(std::move(output))});
  }
  const Synthesis open = with_open(samples, R"({"id": "o9", "ship": "fast", "gift": false})");
  expect_question(open, "express", {"input.gift", "input.ship"});
  EXPECT_NE(assumed(open, "express"), "");
}

TEST(Structure, ItIsToldWhatAFlagIsOfAThirdValue) {
  std::vector<Sample> samples;
  for (int i = 0; i < 6; ++i)
    samples.push_back(
        {json::object{{"id", "o" + std::to_string(i)},
                      {"status", i % 2 == 0 ? "active" : "inactive"}},
         Maybe(json::object{{"ref", "o" + std::to_string(i)}, {"enabled", i % 2 == 0}})});
  const Synthesis found = synthesize(samples);
  EXPECT_EQ(
      assumed(found, "enabled"),
      "true where input.status is \"active\"; any other value gives false, as \"inactive\" does");
  EXPECT_EQ(given(found, R"({"id": "o9", "status": "frozen"})"), R"({"ref":"o9","enabled":false})");
}

// ---- Amounts and numbers ----

std::vector<Sample> in_cents(const std::vector<std::string>& currencies) {
  std::vector<Sample> samples;
  for (int i = 0; i < 4; ++i) {
    const int cents = 1250 + 735 * i;
    samples.push_back(
        {json::object{
             {"currency", currencies[static_cast<std::size_t>(i) % currencies.size()]},
             {"lines", json::array{json::object{{"cents", cents}}, json::object{{"cents", 999}}}}},
         Maybe(json::object{
             {"lines", json::array{json::object{{"price", static_cast<double>(cents) / 100}},
                                   json::object{{"price", 9.99}}}}})});
  }
  return samples;
}

TEST(Structure, AmountsInHundredthsWhateverTheCurrencyAreTold) {
  EXPECT_THAT(assumed(synthesize(in_cents({"EUR", "USD"})), "lines[].price"),
              HasSubstr("amounts are in hundredths whatever input.currency is"));
  EXPECT_THAT(assumed(synthesize(in_cents({"EUR"})), "lines[].price"), HasSubstr("hundredths"));
  EXPECT_EQ(assumed(synthesize(in_cents({"EUR", "JPY"})), "lines[].price"), "")
      << "the samples say so";
  EXPECT_EQ(assumed(synthesize(in_cents({"north", "south"})), "lines[].price"), "");
}

TEST(Structure, MeasuresAreToldWhoseUnitIsTheSameInEverySample) {
  const auto grams = [](std::string_view unit, std::string_view unit_name) {
    std::vector<Sample> samples;
    for (int i = 1; i < 5; ++i)
      samples.push_back(
          {json::object{
               {"weight", i * 3}, {unit_name, i == 4 ? unit : "kg"}, {"height_unit", "cm"}},
           Maybe(json::object{{"grams", i * 3 * (i == 4 && unit == "g" ? 1 : 1000)}})});
    return assumed(synthesize(samples), "grams");
  };
  EXPECT_EQ(grams("kg", "unit"), "calculated so whatever input.unit is: every sample has \"kg\"");
  EXPECT_THAT(grams("kg", "weight_unit"), HasSubstr("whatever input.weight_unit is"));
  EXPECT_EQ(grams("kg", "name"), "") << "the unit of something else is none of it";
  EXPECT_THAT(grams("g", "unit"), Not(HasSubstr("every sample"))) << "the samples say so";
}

TEST(Structure, NumbersOfTwoDigitsInATextAreTold) {
  const auto open = [](int minutes, const std::string& written) {
    std::vector<Sample> samples;
    for (int i = 0; i < 4; ++i)
      samples.push_back({json::object{{"h", 10 + i}, {"m", 15 + 10 * i}},
                         Maybe(json::object{{"open", std::to_string(10 + i) + ":" +
                                                         std::to_string(15 + 10 * i)}})});
    samples.push_back(
        {json::object{{"h", 9}, {"m", minutes}}, Maybe(json::object{{"open", written}})});
    return assumed(synthesize(samples), "open");
  };
  EXPECT_THAT(open(12, "9:12"), HasSubstr("input.m is written as it is"));
  EXPECT_EQ(open(5, "9:5"), "") << "the samples say so";
}

TEST(Structure, LongIdsThatAreMadeNumbersAreTold) {
  const auto learned = [](const std::string& first, std::string_view open = "") {
    std::vector<Sample> samples{
        sample(R"({"no": ")" + first + R"(", "x": 1})", R"({"id": )" + first + "}"),
        sample(R"({"no": "31", "x": 2})", R"({"id": 31})")};
    if (!open.empty()) samples.push_back(sample(open));
    return synthesize(samples);
  };
  EXPECT_EQ(assumed(learned("1234567"), "id"), "");
  EXPECT_THAT(assumed(learned("1234567890123456"), "id"), HasSubstr("comes out rounded"));
  EXPECT_THAT(assumed(learned("1234567", R"({"no": "12345678901234567", "x": 3})"), "id"),
              HasSubstr("one of 17 characters is among the inputs"));
  EXPECT_FALSE(learned("12345678901234567").is_complete()) << "a number would be another id";
}

// ---- One sample ----

std::pair<json::object, json::object> long_list(int count, bool is_shuffled) {
  json::array lines;
  json::array items;
  for (int i = 0; i < count; ++i) {
    const int at = is_shuffled ? (i + 1) % count : i;
    lines.push_back({{"sku", "sku-" + std::to_string(i)}, {"n", 3 * i + 1}});
    items.push_back({{"code", "sku-" + std::to_string(at)}, {"quantity", 3 * at + 1}});
  }
  return {{{"lines", lines}}, {{"items", items}}};
}

TEST(Structure, WhatStandsInTheOnlySampleIsNoConstant) {
  for (const int count : {3, 10, 30, 50, 300}) {
    const auto [input, output] = long_list(count, true);
    const Synthesis found = synthesize({{input, Maybe(output)}});
    EXPECT_FALSE(found.is_complete()) << count;
    ASSERT_FALSE(found.unexplained.empty()) << count;
    EXPECT_EQ(found.unexplained[0].path.substr(0, 5), "items") << count;
  }
  const Synthesis numbers =
      synthesize({sample(R"({"n": [11, 25, 37]})", R"({"list": [37, 11, 25]})")});
  EXPECT_FALSE(numbers.is_complete());
  // Nothing of it stands in the input: it may be the same always, as is told.
  const Synthesis constant = synthesize(
      {sample(R"({"id": "x-17"})", R"({"ref": "x-17", "from": {"name": "crm", "version": 2}})")});
  EXPECT_TRUE(constant.is_complete());
  EXPECT_NE(assumed(constant, "from") + assumed(constant, "from.name"), "");
}

TEST(Structure, ALongListIsLearned) {
  for (const int count : {129, 300, 3000}) {
    const auto [input, output] = long_list(count, false);
    const Synthesis found = synthesize({{input, Maybe(output)}});
    EXPECT_TRUE(found.is_complete()) << count;
    EXPECT_EQ(given(found, R"({"lines": [{"sku": "q", "n": 2}]})"),
              R"({"items":[{"code":"q","quantity":2}]})")
        << count;
  }
}

TEST(Structure, AFilterOfALongListIsLearnedAsFarAsTheLimitWhichIsNamed) {
  const auto filtered = [](int count) {
    json::array lines;
    json::array items;
    for (int i = 0; i < count; ++i) {
      const std::string sku = "sku-" + std::to_string(i);
      lines.push_back({{"sku", sku}, {"state", i % 3 == 0 ? "void" : "ok"}});
      if (i % 3 != 0) items.push_back(json::object{{"code", sku}});
    }
    return synthesize({{json::object{{"lines", lines}}, Maybe(json::object{{"items", items}})}});
  };
  EXPECT_TRUE(filtered(300).is_complete());
  const Synthesis longer = filtered(2000);
  ASSERT_FALSE(longer.is_complete());
  EXPECT_THAT(longer.unexplained[0].reason, HasSubstr("512 items"));
}

TEST(Structure, ARecordThatIsWrappedInAListIsToldOnce) {
  const Synthesis found =
      synthesize({sample(R"([{"id": "o1", "by": "card"}])", R"({"ref": "o1", "method": "card"})"),
                  sample(R"([{"id": "o2", "by": "cash"}])", R"({"ref": "o2", "method": "cash"})")});
  const auto told = [](const std::string& text) { return text.starts_with("the first of input"); };
  EXPECT_EQ(told(assumed(found, "ref")) + told(assumed(found, "method")), 1);
}

TEST(Structure, ListsTakenByPlaceAreTold) {
  const Synthesis found =
      synthesize({sample(R"({"id": "o1", "payments": [{"amount": 10.5, "method": "card"}]})",
                         R"({"ref": "o1", "amount": 10.5, "by": "card"})"),
                  sample(R"({"id": "o2", "payments": [{"amount": 11.5, "method": "cash"}]})",
                         R"({"ref": "o2", "amount": 11.5, "by": "cash"})")});
  EXPECT_EQ(assumed(found, "amount"), "the first of input.payments: in every sample there is one");
  EXPECT_EQ(assumed(found, "by"), "the first of input.payments: in every sample there is one");
  const Synthesis shown =
      synthesize({sample(R"({"payments": [{"amount": 10.5}, {"amount": 3.25}, {"amount": 12}]})",
                         R"({"amount": 10.5})"),
                  sample(R"({"payments": [{"amount": 11.5}]})", R"({"amount": 11.5})")});
  EXPECT_EQ(assumed(shown, "amount"), "");
}

const std::vector<Sample> kFirstIsMost{
    sample(R"({"id": "o1", "bids": [{"amount": 40.5}, {"amount": 12.25}, {"amount": 7.5}]})",
           R"({"ref": "o1", "amount": 40.5})"),
    sample(R"({"id": "o2", "bids": [{"amount": 31.75}, {"amount": 30}, {"amount": 9.25}]})",
           R"({"ref": "o2", "amount": 31.75})")};

TEST(Structure, TheFirstOfAListThatIsTheMostInEverySampleIsToldAndAskedAbout) {
  const Synthesis closed = synthesize(kFirstIsMost);
  EXPECT_THAT(assumed(closed, "amount"), HasSubstr("max("));
  constexpr std::string_view kRising = R"({"id": "o9", "bids": [{"amount": 3}, {"amount": 8}]})";
  const Synthesis open = with_open(kFirstIsMost, kRising);
  ASSERT_EQ(open.questions.size(), 1U);
  EXPECT_EQ(open.questions[0].path, "amount");
  ASSERT_EQ(open.questions[0].choices.size(), 2U);
  const Synthesis most = with_open(
      kFirstIsMost, kRising, {.answers = {{"amount", open.questions[0].sample, json::value(8)}}});
  EXPECT_TRUE(most.is_complete());
  EXPECT_EQ(given(most, kRising), R"({"ref":"o9","amount":8})");
}

// The key would have to be put into both.
TEST(Structure, OfSeveralSourcesTakenByPlaceNoneAloneIsTakenByItsKey) {
  std::vector<Sample> samples;
  for (const auto& [first, last] : {std::pair("Ann", "Berg"), {"Bo", "Carr"}, {"Cy", "Dahl"}}) {
    json::object guest{{"kind", "guest"}, {"first", "Xaver"}, {"last", "Young"}};
    json::object owner{{"kind", "owner"}, {"first", first}, {"last", last}};
    samples.push_back({json::object{{"people", json::array{owner, guest}}},
                       Maybe(json::object{{"name", std::string(first) + " " + last}})});
  }
  const Synthesis found = synthesize(samples);
  ASSERT_FALSE(found.fields.empty());
  for (const Alternative& other : found.fields.back().alternatives)
    EXPECT_EQ(other.source.find("owner"), std::string::npos) << other.source;
  EXPECT_EQ(given(found, R"({"people": [{"kind": "owner", "first": "Di", "last": "Ek"}]})"),
            R"({"name":"Di Ek"})");
}

// 0 and 1 may mean false and true, or 1 alone true: within a kind of record, too.
TEST(Structure, WhatAThirdValueOfAFlagGivesIsToldWithinAKind) {
  std::vector<Sample> samples;
  const auto add = [&](const char* input, const char* output) {
    samples.push_back(sample(input, output));
  };
  add(R"({"r": [{"id": "a", "k": "D", "state": 0}, {"id": "b", "k": "T", "val": 3.5}]})",
      R"({"m": [{"id": "a", "type": "door", "open": false}, {"id": "b", "type": "temp", "c": 3.5}]})");
  add(R"({"r": [{"id": "c", "k": "D", "state": 1}, {"id": "d", "k": "T", "val": 4.5}]})",
      R"({"m": [{"id": "c", "type": "door", "open": true}, {"id": "d", "type": "temp", "c": 4.5}]})");
  add(R"({"r": [{"id": "e", "k": "D", "state": 1}, {"id": "f", "k": "T", "val": 5.5}]})",
      R"({"m": [{"id": "e", "type": "door", "open": true}, {"id": "f", "type": "temp", "c": 5.5}]})");
  add(R"({"r": [{"id": "g", "k": "D", "state": 0}]})",
      R"({"m": [{"id": "g", "type": "door", "open": false}]})");
  const Synthesis found = synthesize(samples);
  std::string told;
  for (const Assumption& one : found.assumptions)
    if (one.path == "m[].open") told += one.reason + "\n";
  EXPECT_THAT(told, HasSubstr("from isTruthy(item.state); in no sample it differs from "
                              "equals(item.state, constant 1), where item.k is \"D\""));
}

TEST(Structure, EveryConstantOfOnePlaceIsTold) {
  const Synthesis found = synthesize(
      {sample(R"({"id": "o-17", "state": "x7"})",
              R"({"ref": "o-17", "status": "IN_PROGRESS", "open": true, "discountPct": 15})")});
  for (const char* path : {"status", "open", "discountPct"})
    EXPECT_EQ(assumed(found, path), "always this: one place alone shows it") << path;
  EXPECT_EQ(assumed(found, "ref"), "");
}

// ---- The search ----

TEST(Structure, ASearchThatWasCutSaysSo) {
  const Synthesis hurried = synthesize(kTwoLists, {.budget = std::chrono::milliseconds(-1)});
  EXPECT_THAT(assumed(hurried, ""), HasSubstr("cut"));
  EXPECT_EQ(assumed(synthesize(kTwoLists), ""), "");
}

TEST(Structure, LongListsOfNumbersCostNoMoreThanTheBudget) {
  std::vector<Sample> samples;
  for (int k = 0; k < 2; ++k) {
    json::array all;
    for (int i = 0; i < 30000; ++i) all.emplace_back(i + k);
    samples.push_back({json::object{{"all", all}, {"name", "n" + std::to_string(k)}},
                       Maybe(json::object{{"name", "n" + std::to_string(k)},
                                          {"list", json::array{3, 4, 5 + k}}})});
  }
  const auto start = std::chrono::steady_clock::now();
  synthesize(samples, {.budget = std::chrono::milliseconds(500)});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST(Structure, IsDeterministic) {
  for (const std::vector<Sample>& samples :
       {kTwoLists, kTwoFilters, two_presences(), two_discriminators()}) {
    const Synthesis once = synthesize(samples);
    const Synthesis again = synthesize(samples);
    EXPECT_EQ(print(once, {}), print(again, {}));
    ASSERT_EQ(once.fields.size(), again.fields.size());
    for (std::size_t i = 0; i < once.fields.size(); ++i) {
      EXPECT_EQ(once.fields[i].source, again.fields[i].source);
      EXPECT_EQ(once.fields[i].alternatives.size(), again.fields[i].alternatives.size());
    }
  }
}

}  // namespace
}  // namespace vouch::adapters
