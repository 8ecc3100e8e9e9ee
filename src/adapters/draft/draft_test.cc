// From samples to a script and to questions, and from answers to a script that has none.
#include "adapters/draft/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/draft/answer.h"
#include "adapters/draft/output_paths.h"
#include "adapters/draft/search.h"
#include "adapters/evaluate.h"

namespace vouch::adapters::draft {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

json::value parsed(std::string_view text) { return json::parse(text); }

Sample sample(std::string id, std::string_view input, std::string_view output = "") {
  return {std::move(id), parsed(input), output.empty() ? std::nullopt : Maybe(parsed(output))};
}

Material material(std::vector<Sample> samples, std::string_view schema = "{}") {
  return {.provider = "acme",
          .topic = {.name = "people", .schema = parsed(schema).as_object()},
          .samples = std::move(samples)};
}

// The draft after an answer to the questions of the one before.
Draft after(Material& material, const Draft& before, std::string_view answer) {
  const auto pins = read_answer(answer, before.questions, output_paths(material));
  EXPECT_TRUE(pins) << pins.error().message;
  if (pins) material.pins.insert(material.pins.end(), pins->begin(), pins->end());
  return write(material);
}

std::vector<Sample> people(int wrong = -1) {
  std::vector<Sample> all;
  const char* names[] = {"ann", "bo", "cy", "di", "ed", "fay"};
  for (int i = 0; i < 6; ++i) {
    const std::string name = names[i];
    const std::string mail = name + "@x.org";
    json::object output{{"id", name + std::to_string(i)},
                        {"email", i == wrong ? "odd@y.org" : mail}};
    all.push_back({"s" + std::to_string(i + 1),
                   json::object{{"key", name + std::to_string(i)}, {"mail", mail}, {"age", 20 + i}},
                   Maybe(std::move(output))});
  }
  return all;
}

// U+2028 ends a comment in JavaScript: what stands behind it would run.
TEST(Draft, NoNameOfAMemberLeavesItsComment) {
  const std::string name = "\u2028 pwn: (globalThis.owned = 1), //\r\n*/";
  std::vector<Sample> samples;
  for (int i = 0; i < 3; ++i) {
    json::object input, output;
    input[name] = output["a"] = "text " + std::to_string(i);
    samples.push_back({std::to_string(i), input, Maybe(output)});
  }
  const Draft draft = write(material(std::move(samples)));
  ASSERT_TRUE(draft.is_complete);
  EXPECT_EQ(draft.source.find("\u2028"), std::string::npos) << draft.source;
  EXPECT_EQ(draft.source.find('\r'), std::string::npos);
}

TEST(Draft, IsAScriptWithItsHeaderAndEvidence) {
  const Draft draft = write(material(people()));
  EXPECT_TRUE(draft.is_complete);
  EXPECT_FALSE(draft.by_schema_alone);
  EXPECT_THAT(draft.questions, IsEmpty());
  EXPECT_THAT(draft.source, HasSubstr("@provider acme"));
  EXPECT_THAT(draft.source, HasSubstr("@topic people"));
  EXPECT_THAT(draft.source, HasSubstr("@version 1"));
  EXPECT_THAT(draft.source, HasSubstr("  // input.mail; 6 of 6"));
  ASSERT_EQ(draft.fields.size(), 2U);
  EXPECT_EQ(draft.fields[1].evidence(), "6 of 6 places; foretold in 6 of 6");
}

TEST(Draft, TellsWhichFieldsJavaScriptRounds) {
  std::vector<Sample> samples{sample("s1", R"({"id": 12345678901234567890, "name": "ann"})",
                                     R"({"no": 12345678901234567890, "name": "ann"})"),
                              sample("s2", R"({"id": 9876543210987654321, "name": "bo"})",
                                     R"({"no": 9876543210987654321, "name": "bo"})")};
  const Draft draft = write(material(std::move(samples)));
  ASSERT_EQ(draft.assumptions.size(), 1U);
  EXPECT_EQ(draft.assumptions[0].path, "no");
  EXPECT_EQ(draft.assumptions[0].reason,
            "rounded: 12345678901234567890 has more digits than JavaScript keeps in a number");
}

TEST(Draft, HoldsOneSampleInFourBack) {
  EXPECT_THAT(write(material(people())).held_back, testing::ElementsAre("s4"));
  Material three = material(people());
  three.samples.resize(3);
  EXPECT_THAT(write(three).held_back, IsEmpty());
  EXPECT_EQ(write(three).held_back_source, "");
}

TEST(Draft, TellsWhatWasNotForetoldOfTheSamplesHeldBack) {
  std::vector<Sample> samples = people();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    // The fourth is the only one that tells that of two names the second is there at times.
    const char* from = i == 3 ? "nick" : "call";
    const std::string text = "name " + std::to_string(i);
    samples[i].input.as_object()[from] = text;
    samples[i].output->as_object()["call"] = text;
  }
  const Draft draft = write(material(std::move(samples)));
  ASSERT_THAT(draft.held_back, testing::ElementsAre("s4"));
  EXPECT_EQ(std::ranges::count_if(draft.assumptions,
                                  [](const Assumption& one) {
                                    return one.path == "call" &&
                                           one.reason ==
                                               "was not foretold in 1 of 1 held-back sample";
                                  }),
            1);
  EXPECT_THAT(draft.source, HasSubstr("was not foretold in 1 of 1 held-back sample"));
}

TEST(Draft, TellsWhatWasForetoldInNoSampleThatWasLeftOut) {
  std::vector<Sample> samples = people();
  for (const std::size_t i : {std::size_t{0}, std::size_t{4}}) {
    const double fee = 1.25 + static_cast<double>(i);
    samples[i].input.as_object()["gross"] = 40.5 + 3 * static_cast<double>(i);
    samples[i].input.as_object()["cost"] = fee;
    samples[i].output->as_object()["left"] = 40.5 + 3 * static_cast<double>(i) - fee;
  }
  const Draft draft = write(material(std::move(samples)));
  const auto told = std::ranges::find(draft.assumptions, "left", &Assumption::path);
  ASSERT_NE(told, draft.assumptions.end());
  EXPECT_EQ(told->reason, "was foretold in 0 of 2 samples that were left out one by one");
}

// One field shows that null is kept, and its type has null; another's has not.
TEST(Draft, NothingIsNullThatTheSchemaDoesNotHaveSo) {
  std::vector<Sample> samples;
  for (int i = 0; i < 3; ++i) {
    const std::string n = std::to_string(i);
    json::object input{{"a", "a" + n}, {"b", nullptr}, {"c", json::array{"c" + n}}, {"d", "d" + n}};
    if (i == 1) input["b"] = "b1";
    samples.push_back({"s" + n, input, Maybe(input)});
  }
  Material made = material(std::move(samples), R"({"type": "object", "properties": {
      "a": {"type": "string"}, "b": {"type": ["string", "null"]},
      "c": {"type": "array", "items": {"type": "string"}}, "d": {"$ref": "#/$defs/text"}},
      "$defs": {"text": {"enum": ["d0", "d1", "d2"]}}})");
  const Synthesis found = learn(input_of(made), std::chrono::seconds(1));
  const Maybe given =
      evaluate(*found.mapping, parsed(R"({"a": null, "b": null, "c": null, "d": null})"));
  EXPECT_EQ(json::serialize(*given), R"({"b":null})");
}

TEST(Draft, ANullThatTheSchemaAloneHasIsTold) {
  std::vector<Sample> samples = people();
  for (Sample& one : samples) {
    one.input.as_object()["nick"] = one.id;
    one.output->as_object()["nick"] = one.id;
  }
  const Draft draft = write(material(std::move(samples), R"({"properties": {
      "nick": {"type": ["string", "null"]}}})"));
  EXPECT_TRUE(std::ranges::any_of(draft.assumptions, [](const Assumption& one) {
    return one.path == "nick" && one.reason.contains("no sample shows that");
  }));
}

TEST(Draft, OnlyASchemaThatSaysSoTakesNull) {
  for (const auto& [schema, takes] : {std::pair(R"({"enum": ["s1", "null"]})", false),
                                      {R"({"enum": ["s1", null]})", true},
                                      {R"({"type": "string", "nullable": false})", false},
                                      {R"({"type": "string", "nullable": true})", true}}) {
    SCOPED_TRACE(schema);
    const auto found =
        takes_null(parsed(R"({"properties": {"nick": )" + std::string(schema) + "}}").as_object());
    EXPECT_EQ(found.at("nick"), takes);
  }
}

TEST(Draft, IsTheSameForTheSameMaterial) {
  const Material made = material(people());
  EXPECT_EQ(json::serialize(to_json(write(made))), json::serialize(to_json(write(made))));
}

TEST(Draft, AWrongValueInOneOfFourRecordsIsAskedAboutByRecordAndPath) {
  std::vector<Sample> four = people(1);
  four.resize(4);
  Material made = material(std::move(four));
  const Draft draft = write(made);
  EXPECT_FALSE(draft.is_complete);
  ASSERT_EQ(draft.contradictions.size(), 1U);
  EXPECT_EQ(draft.contradictions[0].sample, "s2");
  EXPECT_EQ(draft.contradictions[0].path, "email");
  EXPECT_EQ(draft.contradictions[0].others, Maybe("bo@x.org"));
  ASSERT_EQ(draft.questions.size(), 1U);
  EXPECT_EQ(draft.questions[0].kind, Question::Kind::kContradiction);
  EXPECT_EQ(draft.questions[0].path, "email");
  EXPECT_EQ(draft.questions[0].sample, "s2");
  EXPECT_THAT(clarification(draft.questions), HasSubstr("1. email (sample s2): "));

  Material kept = made;
  EXPECT_TRUE(after(made, draft, "a").is_complete);
  EXPECT_EQ(samples_of(made)[1].output->at("email"), "bo@x.org");
  // The sample is right: then something is missing that tells when.
  const Draft more = after(kept, draft, "b");
  EXPECT_FALSE(more.is_complete);
  ASSERT_EQ(more.questions.size(), 1U);
  EXPECT_EQ(more.questions[0].kind, Question::Kind::kSample);
}

// Equal wherever the output is known; different in one input.
std::vector<Sample> towns(bool with_open) {
  std::vector<Sample> all{
      sample("o1", R"({"shipTo": "Bonn", "billTo": "Bonn"})", R"({"town": "Bonn"})"),
      sample("o2", R"({"shipTo": "Ulm", "billTo": "Ulm"})", R"({"town": "Ulm"})")};
  if (with_open) all.push_back(sample("o3", R"({"shipTo": "Kiel", "billTo": "Jena"})"));
  return all;
}

TEST(Draft, AsksWithTheValuesOfAnInputThatTellsSourcesApart) {
  Material made = material(towns(true));
  const Draft draft = write(made);
  ASSERT_EQ(draft.questions.size(), 1U);
  const Question& question = draft.questions[0];
  EXPECT_EQ(question.sample, "o3");
  ASSERT_EQ(question.choices.size(), 2U);
  ASSERT_TRUE(draft.telling);
  EXPECT_EQ(draft.telling->sample, "o3");
  const std::string wanted = question.choices[1].source;
  const Draft done = after(made, draft, "1b");
  EXPECT_THAT(done.questions, IsEmpty());
  EXPECT_EQ(done.fields[0].source, wanted);
}

TEST(Draft, AsksWhereNoInputTellsSourcesApart) {
  for (const int choice : {0, 1}) {
    Material made = material(towns(false));
    const Draft draft = write(made);
    EXPECT_TRUE(draft.is_complete);
    ASSERT_EQ(draft.questions.size(), 1U);
    ASSERT_EQ(draft.questions[0].choices.size(), 2U);
    EXPECT_THAT(draft.source, HasSubstr("in no sample it differs from"));
    const Draft done = after(made, draft, choice == 0 ? "a" : "b");
    EXPECT_THAT(done.questions, IsEmpty());
    EXPECT_EQ(done.fields[0].source,
              draft.questions[0].choices[static_cast<std::size_t>(choice)].source);
  }
}

// Nothing at hand tells the lists apart, nor the filters: each is asked about, and what is answered
// is what the script does.
TEST(Draft, AsksWhereNoInputTellsStructuresApart) {
  Material made = material({sample("s1", R"({"ordered": [{"sku": "a-1", "on": true, "up": true},
                                    {"sku": "b-2", "on": false, "up": false}],
                        "shipped": [{"sku": "a-1", "on": true, "up": true},
                                    {"sku": "b-2", "on": false, "up": false}]})",
                                   R"({"items": [{"code": "a-1"}]})"),
                            sample("s2", R"({"ordered": [{"sku": "c-3", "on": true, "up": true},
                                    {"sku": "d-4", "on": true, "up": true}],
                        "shipped": [{"sku": "c-3", "on": true, "up": true},
                                    {"sku": "d-4", "on": true, "up": true}]})",
                                   R"({"items": [{"code": "c-3"}, {"code": "d-4"}]})")});
  const Draft first = write(made);
  ASSERT_TRUE(first.is_complete);
  ASSERT_EQ(first.questions.size(), 2U);
  EXPECT_EQ(first.assumptions.size(), 2U);
  const Draft second = after(made, first, "1b 2b");
  EXPECT_THAT(second.questions, IsEmpty());
  EXPECT_THAT(second.assumptions, IsEmpty());
  EXPECT_THAT(second.source, HasSubstr("input.shipped; 2 of 2"));
  EXPECT_THAT(second.source, HasSubstr("item.up"));
}

TEST(Draft, TakesWhatInstructionsSayWhereSamplesAllowIt) {
  Material made = material(towns(false));
  made.instructions = "Deliveries matter. The town is billTo.";
  const Draft draft = write(made);
  EXPECT_EQ(draft.fields[0].source, "input.billTo");
  EXPECT_THAT(draft.questions, IsEmpty());
  EXPECT_THAT(draft.source, HasSubstr(" * Asked for: Deliveries matter. The town is billTo."));
  // A sample wins.
  made.samples[1].input.as_object()["billTo"] = "Jena";
  EXPECT_EQ(write(made).fields[0].source, "input.shipTo");
}

// The header of an accepted script shows what was asked for: that it was not done stands there,
// too.
TEST(Draft, WhatWasSaidAndIsNotSoIsToldThoughItIsAskedAboutToo) {
  Material made = material(towns(false));
  for (Sample& one : made.samples) one.input.as_object()["tax"] = "none";
  made.instructions = "town is tax";
  const Draft draft = write(made);
  ASSERT_EQ(draft.questions.size(), 1U);
  EXPECT_THAT(draft.source, HasSubstr("Asked for: town is tax"));
  EXPECT_THAT(draft.source, HasSubstr("not from tax, as was said"));
}

// A line of an order, with a title as it is sold by.
Sample sold(int i, const std::string& unit, const char* without = nullptr) {
  const char* titles[] = {"Honey jar", "Tea towel", "Gift wrap", "Ceramic mug",
                          "Green tea", "Tea pot",   "Tray",      "Spoon"};
  const json::value title = titles[i];
  json::object output{{"sku", "T-" + std::to_string(i)}, {"title", title}, {"quantity", i + 2}};
  if (without) output.erase(without);
  return {"s" + std::to_string(i + 1),
          json::object{{"item", {{"sku", "T-" + std::to_string(i)}, {"title", title}}},
                       {"unit", unit},
                       {"quantity", i + 2},
                       {"note", i % 2 == 0 ? "odd" : "even"},
                       {"count", 2}},
          Maybe(std::move(output))};
}

std::vector<Sample> sales(const char* without = nullptr) {
  std::vector<Sample> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(sold(i, i == 5 ? "box" : i < 4 ? "bag" : "tin", i == 5 ? without : nullptr));
  return all;
}

TEST(Draft, AMemberThatOneSampleLacksIsNamedBeforeWhatWouldExplainIt) {
  Material made = material(sales("title"));
  const Draft draft = write(made);
  EXPECT_FALSE(draft.is_complete) << draft.source;
  ASSERT_EQ(draft.questions.size(), 1U) << clarification(draft.questions);
  EXPECT_EQ(draft.questions[0].kind, Question::Kind::kContradiction);
  EXPECT_EQ(draft.questions[0].sample, "s6");
  EXPECT_EQ(draft.questions[0].path, "title");
  EXPECT_EQ(draft.questions[0].choices[0].value, Maybe("Tea pot"));
  Material right = made;
  const Draft mended = after(made, draft, "a");
  EXPECT_TRUE(mended.is_complete) << clarification(mended.questions);
  EXPECT_EQ(mended.fields[1].source, "input.item.title");
  EXPECT_EQ(mended.fields[1].held, 8);
  // What is right is explained as well as it can be.
  const Draft kept = after(right, draft, "b");
  EXPECT_TRUE(kept.is_complete) << clarification(kept.questions);
  EXPECT_THAT(kept.assumptions, testing::Not(IsEmpty()));
}

TEST(Draft, AWrongSmallNumberIsNamedBeforeWhatWouldExplainIt) {
  Material made = material(sales());
  made.samples[5].output->as_object()["quantity"] = 14;
  const Draft draft = write(made);
  EXPECT_FALSE(draft.is_complete) << draft.source;
  ASSERT_EQ(draft.contradictions.size(), 1U);
  EXPECT_EQ(draft.contradictions[0].sample, "s6");
  EXPECT_EQ(draft.contradictions[0].path, "quantity");
  EXPECT_EQ(draft.contradictions[0].others, Maybe(7));
}

TEST(Draft, AFlippedFlagIsNamedBeforeWhatWouldExplainIt) {
  std::vector<Sample> all;
  const char* ends[] = {"May 1", "June 2", "July 3", "May 4", "May 5"};
  for (int i = 0; i < 5; ++i) {
    const bool is_active = i % 2 == 0;
    all.push_back({"s" + std::to_string(i + 1),
                   json::object{{"active", is_active ? "Y" : "N"}, {"end", ends[i]}},
                   Maybe(json::object{{"isActive", i == 2 ? false : is_active}})});
  }
  all[0].input.as_object()["end"] = all[4].input.as_object()["end"] = "May 1";
  Material made = material(std::move(all));
  const Draft draft = write(made);
  ASSERT_EQ(draft.contradictions.size(), 1U) << draft.source;
  EXPECT_EQ(draft.contradictions[0].sample, "s3");
  EXPECT_EQ(draft.contradictions[0].path, "isActive");
  const Draft done = after(made, draft, "1a");
  EXPECT_TRUE(done.is_complete);
  EXPECT_EQ(done.fields[0].source, "equals(input.active, constant \"Y\")");
}

// A source of its own in one record alone is a rule that one record shows.
TEST(Draft, AnotherSourceInOneRecordIsNoDisagreement) {
  std::vector<Sample> all = sales();
  for (Sample& one : all) one.input.as_object()["soldAs"] = "Pack of " + one.id;
  all[5].output->as_object()["title"] = "Pack of s6";
  EXPECT_THAT(write(material(std::move(all))).contradictions, IsEmpty());
}

TEST(Draft, ASampleThatLacksWhatTheTopicRequiresIsWrong) {
  Material made = material(sales("sku"), R"({"type": "object", "required": ["sku"]})");
  const Draft draft = write(made);
  EXPECT_FALSE(draft.is_complete) << draft.source;
  ASSERT_EQ(draft.questions.size(), 1U) << clarification(draft.questions);
  EXPECT_EQ(draft.questions[0].sample, "s6");
  EXPECT_THAT(draft.questions[0].text, HasSubstr("This sample is wrong: the topic requires it"));
  ASSERT_EQ(draft.questions[0].choices.size(), 1U);
  EXPECT_EQ(draft.questions[0].choices[0].value, Maybe("T-5"));
  EXPECT_TRUE(after(made, draft, "a").is_complete);
}

// One sample with "card" and two with "sepa" do not say that the one is wrong.
TEST(Draft, ANewCaseIsNoDisagreement) {
  Material made = material(
      {sample("a", R"({"type": "sepa", "id": "p1"})", R"({"method": "BANK_DEBIT", "id": "p1"})"),
       sample("b", R"({"type": "card", "id": "p2"})", R"({"method": "CARDS", "id": "p2"})"),
       sample("c", R"({"type": "sepa", "id": "p3"})", R"({"method": "BANK_DEBIT", "id": "p3"})")});
  const Draft draft = write(made);
  EXPECT_FALSE(draft.is_complete) << draft.source;
  EXPECT_THAT(draft.contradictions, IsEmpty());
  ASSERT_EQ(draft.questions.size(), 1U) << clarification(draft.questions);
  EXPECT_EQ(draft.questions[0].text,
            "This sample alone shows it: no other has \"card\" in input.type.");
  EXPECT_EQ(draft.questions[0].choices[0].value, Maybe("CARDS"));
  EXPECT_EQ(draft.questions[0].choices[1].value, Maybe("BANK_DEBIT"));
  const Draft done = after(made, draft, "a");
  EXPECT_TRUE(done.is_complete) << clarification(done.questions);
  EXPECT_THAT(done.source, HasSubstr("['card', 'CARDS']"));
  EXPECT_THAT(done.source, HasSubstr("new, and seen once, is \"card\""));
}

// Three that leave net or gross open, and one that does not.
std::vector<Sample> prices() {
  std::vector<Sample> all;
  for (const int price : {5, 8, 6})
    all.push_back(sample("s" + std::to_string(price),
                         json::serialize(json::object{{"net", price}, {"gross", price}}),
                         json::serialize(json::object{{"price", price}})));
  all.push_back(sample("rum", R"({"net": 7, "gross": 9})"));
  return all;
}

TEST(Draft, AnAnswerThatNothingGivesIsAskedAboutLikeASample) {
  for (const std::size_t known : {3U, 1U}) {
    Material made = material(prices());
    made.samples.erase(made.samples.begin(),
                       made.samples.begin() + static_cast<std::ptrdiff_t>(3 - known));
    const Draft asks = write(made);
    ASSERT_EQ(asks.questions.size(), 1U);
    const Draft draft = after(made, asks, "1=99");
    EXPECT_FALSE(draft.is_complete);
    ASSERT_EQ(draft.questions.size(), 1U) << clarification(draft.questions);
    const Question& question = draft.questions[0];
    EXPECT_EQ(question.kind, Question::Kind::kContradiction);
    EXPECT_EQ(question.sample, "rum");
    EXPECT_THAT(question.text, HasSubstr("What was answered disagrees with the samples"));
    EXPECT_EQ(question.choices[1].value, Maybe(99));
    Material right = made;
    const Draft more = after(right, draft, "b");
    ASSERT_EQ(more.questions.size(), 1U);
    EXPECT_EQ(more.questions[0].kind, Question::Kind::kSample);
    EXPECT_FALSE(more.is_complete) << "the answer still stands";
    EXPECT_TRUE(after(made, draft, "a").is_complete);
    EXPECT_EQ(read_answer(R"({"1": "gross"})", asks.questions, {})->front().value, Maybe(9));
  }
}

TEST(Draft, ASourceThatDoesNotFitDecidesNothing) {
  for (const bool with_open : {true, false}) {
    Material made = material(prices());
    if (!with_open) made.samples.pop_back();
    for (Sample& one : made.samples) one.input.as_object()["tax"] = "none";
    const Draft asks = write(made);
    ASSERT_EQ(asks.questions.size(), 1U);
    const Draft draft = after(made, asks, "price is tax");
    ASSERT_EQ(draft.questions.size(), 1U) << draft.source;
    EXPECT_THAT(draft.questions[0].text,
                HasSubstr("Not from tax, as was said: nothing of that name fits every sample."));
    Material valued = made;
    const Draft decided = after(valued, draft, "1=9");
    EXPECT_THAT(decided.source, Not(HasSubstr("as was said"))) << "a later answer decided it";
    EXPECT_THAT(after(made, draft, "price is gross").questions, IsEmpty());
  }
  // Where there is nothing to choose it is told.
  Material sure = material({sample("a", R"({"net": 5, "tax": 1})", R"({"price": 5})"),
                            sample("b", R"({"net": 8, "tax": 2})", R"({"price": 8})")});
  sure.instructions = "price is tax";
  EXPECT_THAT(write(sure).source, HasSubstr("not from tax, as was said"));
}

TEST(Draft, ASentenceOfANestedFieldChangesNothingElse) {
  Material made = material({sample("a", R"({"n": 1})", R"({"no": 1, "totals": {"tax": 3}})"),
                            sample("b", R"({"n": 2})", R"({"no": 2})")});
  for (const char* answer : {"tax is always 0", "leave out tax"}) {
    Material one = made;
    const auto pins = read_answer(answer, {}, output_paths(made));
    ASSERT_TRUE(pins) << pins.error().message;
    one.pins = *pins;
    const auto samples = samples_of(one);
    EXPECT_EQ(samples[0].output->at("totals"),
              answer[0] == 't' ? json::value({{"tax", 0}}) : json::value(json::object()));
    EXPECT_EQ(*samples[1].output, json::value({{"no", 2}})) << "it has no totals";
  }
}

// Orders whose total nothing in the input gives.
std::vector<Sample> orders(std::initializer_list<double> totals) {
  std::vector<Sample> all;
  for (const double total : totals) {
    const std::string id = "o" + std::to_string(all.size());
    all.push_back({id, json::object{{"id", id}, {"lines", 1}},
                   Maybe(json::object{{"no", id}, {"total", total}})});
  }
  return all;
}

std::string reason_at(const Draft& draft, std::string_view path) {
  const auto found = std::ranges::find(draft.assumptions, path, &Assumption::path);
  return found == draft.assumptions.end() ? "" : found->reason;
}

TEST(Draft, AlwaysThisIsOfferedOnlyWhereNoSampleSaysOtherwise) {
  const Draft several = write(material(orders({12.25, 19.99, 13.3})));
  ASSERT_EQ(several.questions.size(), 1U);
  ASSERT_EQ(several.questions[0].choices.size(), 1U) << clarification(several.questions);
  EXPECT_EQ(several.questions[0].choices[0].source, "left out");
  Material one = material(orders({12.25, 0}));
  one.samples[1].output->as_object().erase("total");
  const Draft draft = write(one);
  ASSERT_EQ(draft.questions.size(), 1U);
  ASSERT_EQ(draft.questions[0].choices.size(), 2U) << clarification(draft.questions);
  const Draft always = after(one, draft, "1b");
  EXPECT_EQ(reason_at(always, "total"), "always 12.25, as was answered; 1 sample says otherwise");
}

TEST(Draft, AnAnswerThatOverrulesSamplesIsTold) {
  for (const char* answer : {"1a", "leave out total"}) {
    Material made = material(orders({12.25, 19.99, 13.3, 43.74, 16.82}));
    const Draft draft = after(made, write(made), answer);
    EXPECT_TRUE(draft.is_complete);
    EXPECT_EQ(reason_at(draft, "total"), "left out, as was answered; 5 samples have it");
    EXPECT_THAT(draft.source, HasSubstr("total: left out, as was answered; 5 samples have it"));
  }
  Material made = material(orders({12.25, 19.99, 13.3, 43.74, 16.82}));
  const Draft draft = after(made, write(made), "total is always 12.25");
  EXPECT_EQ(reason_at(draft, "total"), "always 12.25, as was answered; 4 samples say otherwise");
  const auto field = std::ranges::find(draft.fields, "total", &Field::path);
  ASSERT_NE(field, draft.fields.end());
  EXPECT_EQ(field->evidence(), "1 of 5 places");
  EXPECT_THAT(draft.source, HasSubstr("1 of 5"));
}

TEST(Draft, InstructionsThatSamplesDoNotAllowAreTold) {
  Material made = material({sample("a", R"({"net": 5, "tip": 1})", R"({"price": 5, "tip": 1})"),
                            sample("b", R"({"net": 8, "tip": 2})", R"({"price": 8, "tip": 2})")});
  made.instructions = "tip is always 5";
  EXPECT_EQ(reason_at(write(made), "tip"), "not always 5, as was said; 2 samples say otherwise");
  made.instructions = "leave out tip";
  EXPECT_EQ(reason_at(write(made), "tip"), "not left out, as was said; 2 samples say otherwise");
  made.instructions = "nosuch is net; price is net";
  const Draft draft = write(made);
  EXPECT_THAT(draft.source, HasSubstr("nosuch: what was said of it decides nothing"));
  EXPECT_EQ(reason_at(draft, "price"), "");
}

constexpr std::string_view kSchema = R"({"type": "object", "required": ["itemCode", "price"],
    "properties": {"itemCode": {"type": "string"}, "price": {"type": "number"},
                   "createdAt": {"type": "string", "format": "date-time"},
                   "colour": {"type": "string"}}})";

// A copy is equal to it in every sample: what was said decides.
TEST(Draft, AlwaysThisIsTakenWhereAMemberIsTheSameInEverySample) {
  const std::vector<Sample> samples{
      sample("a", R"({"id": "k1", "status": "active"})", R"({"id": "k1", "status": "active"})"),
      sample("b", R"({"id": "k2", "status": "active"})", R"({"id": "k2", "status": "active"})"),
      sample("c", R"({"id": "k3", "status": "paused"})")};
  const auto source_of = [](const Draft& draft) {
    const auto field = std::ranges::find(draft.fields, "status", &Field::path);
    return field == draft.fields.end() ? "" : field->source;
  };
  EXPECT_EQ(source_of(write(material(samples))), "input.status");
  for (const char* said : {"status is always active", "status is always \"active\""}) {
    Material made = material(samples);
    made.instructions = said;
    EXPECT_EQ(source_of(write(made)), R"(constant "active")") << said;
    EXPECT_THAT(write(made).assumptions, IsEmpty());
    Material answered = material(samples);
    EXPECT_EQ(source_of(after(answered, write(answered), said)), R"(constant "active")") << said;
  }
}

TEST(Draft, InstructionsThatAreNotUnderstoodOrFitNothingAreTold) {
  Material made = material({sample("a", R"({"net": 5, "st": "x1"})", R"({"price": 5})"),
                            sample("b", R"({"net": 8, "st": "y2"})", R"({"price": 8})")},
                           R"({"properties": {"price": {}, "colour": {"type": "string"}}})");
  made.instructions = "Round up whatever you like. price is gross; colour is st";
  const Draft draft = write(made);
  EXPECT_THAT(reason_at(draft, ""),
              HasSubstr("\"Round up whatever you like\" of the instructions"));
  EXPECT_EQ(reason_at(draft, "price"),
            "not from gross, as was said: nothing of that name fits every sample");
  EXPECT_THAT(reason_at(draft, "colour"), HasSubstr("not from st, as was said"));
  Material bare = material({sample("p1", R"({"sku": "A1"})")}, kSchema);
  bare.instructions = "itemCode is sku; colour is shade";
  EXPECT_THAT(reason_at(write(bare), "colour"), HasSubstr("nothing in the inputs is called shade"));
}

TEST(Draft, WhatIsAnsweredOfAnOpenSampleIsPartOfIt) {
  Material made = material(prices());
  after(made, write(made), "1=9");
  const auto samples = samples_of(made);
  ASSERT_EQ(samples[3].stated.size(), 1U);
  EXPECT_EQ(samples[3].stated[0].path, "price");
  EXPECT_EQ(samples[3].stated[0].value, Maybe(9));
}

TEST(Draft, TwoPartsOfOneMemberThatNoSampleTellsApartAreTold) {
  Material made = material({sample("a", R"({"code": "ABC-1"})", R"({"group": "ABC"})"),
                            sample("b", R"({"code": "XYZ-2"})", R"({"group": "XYZ"})")});
  const Draft draft = write(made);
  ASSERT_EQ(draft.assumptions.size(), 1U) << draft.source;
  EXPECT_EQ(draft.assumptions[0].path, "group");
  EXPECT_THAT(draft.assumptions[0].reason, HasSubstr("in no sample it differs from"));
  EXPECT_THAT(draft.questions, IsEmpty());
}

TEST(Draft, OfTwoAnswersAboutAPlaceTheLaterCounts) {
  Material made = material(prices());
  const Draft asks = write(made);
  after(made, asks, "1=99");
  EXPECT_TRUE(after(made, asks, "1=9").is_complete);
  EXPECT_EQ(write(made).fields[0].source, "input.gross");
}

TEST(OutputPaths, AreOfSchemaAndOutputs) {
  Material made = material({sample("a", "1", R"({"x": {"y": [{"z": 1}]}})")},
                           R"({"$ref": "#/$defs/all", "$defs": {"all": {"anyOf": [{"properties":
    {"p": {"type": "string"}, "again": {"$ref": "#/$defs/all"}}}, {"type": "null"}]}}})");
  const auto paths = output_paths(made);
  for (const char* path : {"x", "x.y", "x.y[]", "x.y[].z", "p", "again.p"})
    EXPECT_TRUE(paths.contains(path)) << path;
  EXPECT_FALSE(paths.contains(""));
}

TEST(Draft, WithoutASampleItAsksForOne) {
  Material made = material({});
  const Draft draft = write(made);
  EXPECT_EQ(draft.source, "");
  ASSERT_EQ(draft.questions.size(), 1U);
  EXPECT_EQ(draft.questions[0].kind, Question::Kind::kSample);
  const Draft next = after(
      made, draft, R"({"input": {"code": "x1", "b": 2}, "expectedOutput": {"itemCode": "x1"}})");
  EXPECT_TRUE(next.is_complete);
  EXPECT_EQ(next.fields[0].source, "input.code");
}

TEST(Draft, BySchemaAloneItMapsWhatNamesSayAndAsksForTheRest) {
  Material made =
      material({sample("p1", R"({"sku": "A1", "price_cents": 450, "created": 1776556800})"),
                sample("p2", R"({"sku": "B2", "price_cents": 300, "created": 1776643200})")},
               kSchema);
  const Draft draft = write(made);
  EXPECT_TRUE(draft.by_schema_alone);
  EXPECT_FALSE(draft.is_complete);
  ASSERT_GE(draft.questions.size(), 1U);
  Draft done = after(made, draft, "itemCode is sku; price is price_cents; createdAt is created");
  EXPECT_TRUE(done.is_complete);
  EXPECT_THAT(done.source, HasSubstr("scale(get(payload, 'price_cents'), -2)"));
  EXPECT_THAT(done.source, HasSubstr("isoOfSeconds(get(payload, 'created'))"));
  EXPECT_THAT(done.source, HasSubstr("colour: left out"));
}

TEST(Draft, MaterialQuestionsAndPinsAreKeptAsJson) {
  Material made = material(towns(true));
  made.instructions = "x";
  made.documents.push_back({"doc", "text"});
  const Draft draft = write(made);
  const auto pins = read_answer("1=\"Kiel\"", draft.questions, {});
  ASSERT_TRUE(pins);
  made.pins = *pins;
  const auto back = read_material(parsed(json::serialize(to_json(made))));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(to_json(*back), to_json(made));
  json::array questions;
  for (const Question& question : draft.questions) questions.push_back(to_json(question));
  const auto read = read_questions(questions);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_json(read->front()), to_json(draft.questions.front()));
}

TEST(Draft, NothingIsKeptThatCannotBeReadBack) {
  for (const char* text :
       {"[]", R"({"topic": {"name": ""}})", R"({"topic": {"name": "t"}, "samples": [{"id": "x"}]})",
        R"({"topic": {"name": "t"}, "pins": [{"kind": "odd"}]})"})
    EXPECT_FALSE(read_material(parsed(text))) << text;
}

}  // namespace
}  // namespace vouch::adapters::draft
