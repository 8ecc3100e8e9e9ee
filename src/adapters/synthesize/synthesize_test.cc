// What is learned from few samples, and what is said about the rest.
#include "adapters/synthesize/synthesize.h"

#include <gtest/gtest.h>

#include "adapters/evaluate.h"
#include "adapters/print.h"
#include "adapters/synthesize/samples_test.h"
#include "adapters/synthesize/schema_only.h"

namespace vouch::adapters {
namespace {

const Field* field(const Synthesis& synthesis, std::string_view path) {
  for (const Field& one : synthesis.fields)
    if (one.path == path) return &one;
  return nullptr;
}

TEST(Synthesize, CopiesRenamesCastsAndConstants) {
  const Synthesis found = synthesize({
      sample(R"({"id": 12, "fullName": "Ann Lee", "kind": "a"})",
             R"({"id": "12", "name": "Ann Lee", "source": "crm"})"),
      sample(R"({"id": 7, "fullName": "Bo Fox", "kind": "b"})",
             R"({"id": "7", "name": "Bo Fox", "source": "crm"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": 9, "fullName": "Cy Day", "kind": "c"})"),
            R"({"id":"9","name":"Cy Day","source":"crm"})");
  ASSERT_TRUE(field(found, "id"));
  EXPECT_EQ(field(found, "id")->source, "text(input.id)");
  EXPECT_EQ(field(found, "id")->held, 2);
}

TEST(Synthesize, LearnsHowTheMappingTreatsNullFromAnyField) {
  const Synthesis found = synthesize({
      sample(R"({"a": "x1", "b": null})", R"({"a": "x1"})"),
      sample(R"({"a": "x2", "b": "y2"})", R"({"a": "x2", "b": "y2"})"),
  });
  EXPECT_EQ(given(found, R"({"a": null, "b": "q"})"), R"({"b":"q"})");
  const Synthesis kept = synthesize({
      sample(R"({"a": "x1", "b": null})", R"({"a": "x1", "b": null})"),
      sample(R"({"a": "x2", "b": "y2"})", R"({"a": "x2", "b": "y2"})"),
  });
  EXPECT_EQ(given(kept, R"({"a": null, "b": "q"})"), R"({"a":null,"b":"q"})");
}

TEST(Synthesize, ABuiltObjectIsThereWhereItsSourceIs) {
  const Synthesis found = synthesize({
      sample(R"({"id": "k1", "place": {"town": "Bonn", "zip": "53111", "x": 1}})",
             R"({"id": "k1", "address": {"city": "Bonn", "postalCode": "53111"}})"),
      sample(R"({"id": "k2", "place": {"town": "Ulm", "zip": "89073", "x": 2}})",
             R"({"id": "k2", "address": {"city": "Ulm", "postalCode": "89073"}})"),
  });
  EXPECT_EQ(given(found, R"({"id": "k3"})"), R"({"id":"k3"})");
}

TEST(Synthesize, MapsListsFiltersThemAndLooksOutward) {
  const Synthesis found = synthesize({
      sample(R"({"no": "A1", "lines": [{"sku": "red", "n": 2, "state": "ok"},
                                       {"sku": "blue", "n": 3, "state": "void"},
                                       {"sku": "green", "n": 5, "state": "ok"}]})",
             R"([{"order": "A1", "item": "red", "quantity": 2},
                 {"order": "A1", "item": "green", "quantity": 5}])"),
      sample(R"({"no": "B7", "lines": [{"sku": "black", "n": 7, "state": "void"},
                                       {"sku": "white", "n": 4, "state": "ok"}]})",
             R"([{"order": "B7", "item": "white", "quantity": 4}])"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"no": "C3", "lines": [{"sku": "pink", "n": 1, "state": "ok"},
                                                   {"sku": "grey", "n": 1, "state": "void"}]})"),
            R"([{"order":"C3","item":"pink","quantity":1}])");
}

TEST(Synthesize, DatesMoneyAndTemplates) {
  const Synthesis found = synthesize({
      sample(R"({"at": 1776556800, "cents": 1250, "first": "Ann", "last": "Lee"})",
             R"({"created": "2026-04-19T00:00:00.000Z", "price": 12.5, "who": "Lee, Ann"})"),
      sample(R"({"at": 1776643200, "cents": 999, "first": "Bo", "last": "Fox"})",
             R"({"created": "2026-04-20T00:00:00.000Z", "price": 9.99, "who": "Fox, Bo"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"at": 0, "cents": 100, "first": "Cy", "last": "Day"})"),
            R"({"created":"1970-01-01T00:00:00.000Z","price":1,"who":"Day, Cy"})");
}

TEST(Synthesize, ZerosBeforeANumberFillItUp) {
  const Synthesis widths = synthesize({sample(R"({"no": 412})", R"({"no": "000412"})"),
                                       sample(R"({"no": 73})", R"({"no": "000073"})"),
                                       sample(R"({"no": 123456})", R"({"no": "123456"})")});
  EXPECT_EQ(given(widths, R"({"no": 5})"), R"({"no":"000005"})");
  EXPECT_EQ(given(widths, R"({"no": 1234567})"), R"({"no":"1234567"})");
  // Where all are of one width, they may as well have been begun with zeros, which is less likely.
  const Synthesis one = synthesize({sample(R"({"no": "41"})", R"({"no": "0041"})"),
                                    sample(R"({"no": "73"})", R"({"no": "0073"})"),
                                    sample(R"({"no": "86"})", R"({"no": "0086"})")});
  EXPECT_EQ(given(one, R"({"no": "5"})"), R"({"no":"0005"})");
  // Nor is a number of one width filled up that only begins with a zero.
  const Synthesis part = synthesize({sample(R"({"no": 0.5})", R"({"no": "0.5"})"),
                                     sample(R"({"no": 0.7})", R"({"no": "0.7"})"),
                                     sample(R"({"no": 1.2})", R"({"no": "1.2"})")});
  EXPECT_EQ(given(part, R"({"no": 5})"), R"({"no":"5"})");
}

TEST(Synthesize, TakesTheFirstSourceThatIsThere) {
  const Synthesis found = synthesize({
      sample(R"({"folder": {"id": "F123"}})", R"({"id": "F123"})"),
      sample(R"({"design": {"id": "D456"}})", R"({"id": "D456"})"),
      sample(R"({"image": {"id": "M789"}})", R"({"id": "M789"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"design": {"id": "D999"}})"), R"({"id":"D999"})");
}

TEST(Synthesize, AListBecomesAnObjectByName) {
  const Synthesis found = synthesize({
      sample(R"({"fields": [{"key": "size", "val": "XL"}, {"key": "colour", "val": "red"}]})",
             R"({"size": "XL", "colour": "red"})"),
      sample(R"({"fields": [{"key": "weight", "val": "3kg"}]})", R"({"weight": "3kg"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"fields": [{"key": "age", "val": "9"}]})"), R"({"age":"9"})");
}

TEST(Synthesize, AListBecomesAnObjectOfTheItemsThatAreKept) {
  const Synthesis found = synthesize({
      sample(R"({"all": [{"n": "a", "v": 7.5, "ok": false}, {"n": "b", "v": 8.25, "ok": true}]})",
             R"({"by": {"b": 8.25}})"),
      sample(R"({"all": [{"n": "a", "v": 3.75, "ok": true}, {"n": "b", "v": 4.5, "ok": true}]})",
             R"({"by": {"a": 3.75, "b": 4.5}})"),
      sample(R"({"all": [{"n": "a", "v": 1.5, "ok": false}]})", R"({"by": {}})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(
      given(found, R"({"all": [{"n": "b", "v": 2, "ok": false}, {"n": "c", "v": 9, "ok": true},
                                     {"n": "d", "v": 6, "ok": true}]})"),
      R"({"by":{"c":9,"d":6}})");
}

TEST(Synthesize, AnItemWithoutAListIsAListOfOne) {
  const Synthesis found = synthesize({
      sample(R"({"phone": ["+49 1", "+49 2"]})",
             R"({"phones": [{"raw": "+49 1"}, {"raw": "+49 2"}]})"),
      sample(R"({"phone": "+49 3"})", R"({"phones": [{"raw": "+49 3"}]})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"phone": "+49 4"})"), R"({"phones":[{"raw":"+49 4"}]})");
}

TEST(Synthesize, AValueMayBeCastInSomeSamplesAlone) {
  const Synthesis found = synthesize({
      sample(R"({"user": "u-1", "n": 4})", R"({"id": "u-1"})"),
      sample(R"({"user": 2399229, "n": 5})", R"({"id": "2399229"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"user": 5})"), R"({"id":"5"})");
}

TEST(Synthesize, WhatCannotBeExplainedIsNotComplete) {
  const Synthesis found = synthesize(
      {sample(R"({"a": 1})", R"([["x"], ["y", "z"]])"), sample(R"({"a": 2})", R"([["v"]])")});
  EXPECT_FALSE(found.is_complete());
}

TEST(Synthesize, AWrongSampleIsNamedAndNothingIsComplete) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "mail": "ann@x.org"})", R"({"id": "a1", "email": "ann@x.org"})"),
      sample(R"({"id": "b2", "mail": "bo@x.org"})", R"({"id": "b2", "email": "bo@x.org"})"),
      sample(R"({"id": "c3", "mail": "cy@x.org"})", R"({"id": "c3", "email": "wrong@y.org"})"),
      sample(R"({"id": "d4", "mail": "di@x.org"})", R"({"id": "d4", "email": "di@x.org"})"),
  });
  EXPECT_FALSE(found.is_complete());
  ASSERT_EQ(found.unexplained.size(), 1U);
  EXPECT_EQ(found.unexplained[0].path, "email");
  EXPECT_EQ(found.unexplained[0].sample, 2U);
}

// The samples with one member of the third output made wrong.
std::vector<Sample> spoiled(std::vector<Sample> samples, std::string_view name, json::value wrong) {
  samples[2].output->as_object()[name] = std::move(wrong);
  return samples;
}

TEST(Synthesize, AWrongValueOfADerivedFieldIsNamed) {
  std::vector<Sample> right;
  const char* names[] = {"Ann Lee", "Bo Fox", "Cy Day", "Di Orr", "Ed Poe"};
  const char* countries[] = {"DE", "FR", "IT", "ES", "PL"};
  const char* known[] = {"DEU", "FRA", "ITA", "ESP", "POL"};
  for (int i = 0; i < 5; ++i) {
    const std::string units = std::to_string(12 + 7 * i);
    const bool is_open = i % 2 == 0;
    right.push_back({json::object{{"cents", 1250 + 731 * i},
                                  {"fee", units + ".50"},
                                  {"name", names[i]},
                                  {"kg", 2.5 + i},
                                  {"at", 1700000000 + 86400 * i},
                                  {"land", countries[i]},
                                  {"qty", 2 + i},
                                  {"state", is_open ? "open" : "void"}},
                     json::object{{"price", (1250 + 731 * i) / 100.0},
                                  {"feeCents", (12 + 7 * i) * 100 + 50},
                                  {"title", json::string(names[i])},
                                  {"weight", 2500 + 1000 * i},
                                  {"day", "2023-11-" + std::to_string(14 + i)},
                                  {"country", known[i]},
                                  {"total", (1250 + 731 * i) * (2 + i)},
                                  {"status", is_open ? "NEW" : "CANCELLED"}}});
    std::string loud = names[i];
    std::ranges::transform(loud, loud.begin(), [](char c) { return std::toupper(c); });
    right.back().output->as_object()["title"] = loud;
  }
  ASSERT_TRUE(synthesize(right).is_complete());
  const std::pair<const char*, json::value> wrongs[] = {
      {"price", 99.5},       {"feeCents", 77}, {"title", "CY"},   {"weight", 4.5},
      {"day", "2023-12-01"}, {"country", "X"}, {"total", 777777}, {"status", "ODD"}};
  for (const auto& [name, wrong] : wrongs) {
    const Synthesis found = synthesize(spoiled(right, name, wrong));
    EXPECT_FALSE(found.is_complete()) << name;
    ASSERT_EQ(found.unexplained.size(), 1U) << name;
    EXPECT_EQ(found.unexplained[0].path, name);
    EXPECT_EQ(found.unexplained[0].sample, 2U) << name;
    EXPECT_NE(found.unexplained[0].reason.find("the other samples say"), std::string::npos);
  }
}

TEST(Synthesize, AWrongValueInAListIsNamedByItsPlace) {
  std::vector<Sample> samples{
      sample(R"({"lines": [{"no": "a", "cents": 150}, {"no": "b", "cents": 275}]})",
             R"({"items": [{"sku": "a", "price": 1.5}, {"sku": "b", "price": 2.75}]})"),
      sample(R"({"lines": [{"no": "c", "cents": 810}, {"no": "d", "cents": 999}]})",
             R"({"items": [{"sku": "c", "price": 8.1}, {"sku": "d", "price": 7.77}]})"),
      sample(R"({"lines": [{"no": "e", "cents": 425}]})",
             R"({"items": [{"sku": "e", "price": 4.25}]})")};
  const Synthesis found = synthesize(samples);
  ASSERT_EQ(found.unexplained.size(), 1U);
  EXPECT_EQ(found.unexplained[0].path, "items[1].price");
  EXPECT_EQ(found.unexplained[0].sample, 1U);
}

// Three agree and one does not, but something in the input tells it apart: no sample is wrong.
TEST(Synthesize, WhatAConditionTellsApartIsNoWrongSample) {
  const Synthesis found = synthesize({
      sample(R"({"kind": "sale", "cents": 1250})", R"({"amount": 12.5})"),
      sample(R"({"kind": "sale", "cents": 310})", R"({"amount": 3.1})"),
      sample(R"({"kind": "refund", "cents": 990, "back": 7})", R"({"amount": 7})"),
      sample(R"({"kind": "sale", "cents": 705})", R"({"amount": 7.05})"),
  });
  for (const Unexplained& one : found.unexplained)
    EXPECT_EQ(one.reason.find("this one does not"), std::string::npos) << one.reason;
}

// "void" was never seen before; the table of the others is sure.
TEST(Synthesize, ANewValueOfATableIsLearnedAndTold) {
  std::vector<Sample> samples{
      sample(R"({"id": 41, "state": "open"})", R"({"no": 41, "status": "NEW"})"),
      sample(R"({"id": 52, "state": "paid"})", R"({"no": 52, "status": "PAID"})"),
      sample(R"({"id": 63, "state": "open"})", R"({"no": 63, "status": "NEW"})"),
      sample(R"({"id": 74, "state": "paid"})", R"({"no": 74, "status": "PAID"})"),
      sample(R"({"id": 85, "state": "void"})", R"({"no": 85, "status": "CANCELLED"})")};
  const Synthesis found = synthesize(samples);
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": 1, "state": "void"})"), R"({"no":1,"status":"CANCELLED"})");
  ASSERT_EQ(found.assumptions.size(), 1U);
  EXPECT_EQ(found.assumptions[0].path, "status");
  EXPECT_NE(found.assumptions[0].reason.find(R"(new, and seen once, is "void")"), std::string::npos)
      << found.assumptions[0].reason;
  // What is wrong in a case that is known is no new value.
  samples[3].output = parsed(R"({"no": 74, "status": "ODD"})");
  EXPECT_FALSE(synthesize(samples).is_complete());
}

// One rule gives all but one: that is no table with a new value.
TEST(Synthesize, ACopyWithAnExceptionIsNoTable) {
  const Synthesis found = synthesize({
      sample(R"({"kind": "x", "name": "ann"})", R"({"title": "ann"})"),
      sample(R"({"kind": "y", "name": "bo"})", R"({"title": "bo"})"),
      sample(R"({"kind": "x", "name": "ann"})", R"({"title": "ann"})"),
      sample(R"({"kind": "y", "name": "bo"})", R"({"title": "bo"})"),
      sample(R"({"kind": "z", "name": "cy"})", R"({"title": "wrong"})"),
  });
  EXPECT_FALSE(found.is_complete());
  ASSERT_EQ(found.unexplained.size(), 1U);
  EXPECT_EQ(found.unexplained[0].sample, 4U);
}

// Two members are equal in every output's sample, and differ in another input.
const std::vector<Sample> kAmbiguous{
    sample(R"({"shipTo": "Bonn", "billTo": "Bonn"})", R"({"town": "Bonn"})"),
    sample(R"({"shipTo": "Ulm", "billTo": "Ulm"})", R"({"town": "Ulm"})"),
    sample(R"({"shipTo": "Kiel", "billTo": "Jena"})"),
};

TEST(Synthesize, AsksWhereAnInputTellsTwoSourcesApart) {
  const Synthesis found = synthesize(kAmbiguous);
  EXPECT_TRUE(found.is_complete());
  ASSERT_EQ(found.questions.size(), 1U);
  EXPECT_EQ(found.questions[0].path, "town");
  EXPECT_EQ(found.questions[0].sample, 2U);
  ASSERT_EQ(found.questions[0].choices.size(), 2U);
  ASSERT_EQ(found.assumptions.size(), 1U);
  EXPECT_EQ(found.assumptions[0].path, "town");
}

TEST(Synthesize, AnAnswerDecides) {
  for (const char* answer : {"Kiel", "Jena"}) {
    SynthesisOptions options;
    options.answers.push_back({"town", 2, Maybe(answer)});
    const Synthesis found = synthesize(kAmbiguous, options);
    EXPECT_TRUE(found.questions.empty());
    EXPECT_EQ(given(found, R"({"shipTo": "Kiel", "billTo": "Jena"})"),
              std::string(R"({"town":")") + answer + R"("})");
  }
}

TEST(Synthesize, SaysWhatNoSampleShows) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "name": "Ann"})", R"({"id": "a1", "name": "Ann"})"),
      sample(R"({"id": "b2", "name": "Bo"})", R"({"id": "b2", "name": "Bo"})"),
      sample(R"({"id": "c3", "name": "Cy", "phone": "123"})"),
  });
  ASSERT_EQ(found.questions.size(), 1U);
  EXPECT_EQ(found.questions[0].path, "phone");
}

const Assumption* assumption(const Synthesis& synthesis, std::string_view path) {
  for (const Assumption& one : synthesis.assumptions)
    if (one.path == path) return &one;
  return nullptr;
}

TEST(Synthesize, SaysWhatAnObjectCopiedWholeHasThatNoSampleShows) {
  const std::vector<Sample> samples{
      sample(R"({"n": null, "plan": {"name": "Pro", "seats": 5}})",
             R"({"plan": {"name": "Pro", "seats": 5}})"),
      sample(R"({"n": "7", "plan": {"name": "Basic", "seats": 1}})",
             R"({"n": "7", "plan": {"name": "Basic", "seats": 1}})"),
      sample(R"({"n": "8", "plan": {"name": null, "seats": 1, "trial": {"days": 30}}})"),
  };
  const Synthesis found = synthesize(samples);
  EXPECT_TRUE(found.is_complete());
  EXPECT_TRUE(assumption(found, "plan.name"));  // the mapping leaves null out elsewhere
  EXPECT_TRUE(assumption(found, "plan.trial"));
  SynthesisOptions options;
  options.answers.push_back({"plan.name", 2, std::nullopt});
  options.answers.push_back({"plan.trial", 2, std::nullopt});
  const Synthesis answered = synthesize(samples, options);
  EXPECT_EQ(given(answered, R"({"plan": {"name": null, "seats": 2, "trial": {"days": 7}}})"),
            R"({"plan":{"seats":2}})");
  EXPECT_FALSE(assumption(answered, "plan.trial"));
}

TEST(Synthesize, SaysWhereAnotherKindOfRecordWouldGiveNothing) {
  const Synthesis found = synthesize({
      sample(R"({"file": {"id": "F123", "label": "Plan"}})", R"({"id": "F123", "name": "Plan"})"),
      sample(R"({"file": {"id": "F456", "label": "Map"}})", R"({"id": "F456", "name": "Map"})"),
      sample(R"({"folder": {"id": "D789", "label": "All"}})"),
  });
  EXPECT_TRUE(assumption(found, "id"));
  EXPECT_TRUE(assumption(found, "name"));
  ASSERT_FALSE(found.questions.empty());
  EXPECT_EQ(found.questions[0].choices[1].source, "input.folder.id");
}

TEST(Synthesize, NamesWhatIsNewAsTheOthersAreNamed) {
  const Synthesis found = synthesize({
      sample(R"({"Id": "k1", "FirstName": "Ann", "MailingStreet": "Main St 1", "x": 1})",
             R"({"id": "k1", "first_name": "Ann", "mailing_address": {"street": "Main St 1"}})"),
      sample(R"({"Id": "k2", "FirstName": "Bo", "MailingStreet": "Oak Rd 2", "x": 2})",
             R"({"id": "k2", "first_name": "Bo", "mailing_address": {"street": "Oak Rd 2"}})"),
      sample(R"({"Id": "k3", "FirstName": "Cy", "MailingStreet": "Elm 3", "MailingCity": "Ulm",
                 "LastName": "Day"})"),
  });
  EXPECT_TRUE(assumption(found, "last_name"));
  EXPECT_TRUE(assumption(found, "mailing_address.city"));
}

TEST(Synthesize, JoinsNewNamesAsThoseBesideThemAreMade) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "day": "Mon", "type": {"id": "k1"}, "notes": {}})",
             R"({"id": "a1", "day": "Mon", "typeId": "k1"})"),
      sample(R"({"id": "a2", "day": "Tue", "type": {"id": "k2"}, "notes": {}})",
             R"({"id": "a2", "day": "Tue", "typeId": "k2"})"),
      sample(R"({"id": "a3", "day": "Wed", "type": {"id": "k3"}, "notes": {"manager": "Ill."}})"),
  });
  EXPECT_TRUE(assumption(found, "notesManager"));
}

TEST(Synthesize, SaysWhatIsNewWhereAllMembersAreTaken) {
  const Synthesis found = synthesize({
      sample(
          R"({"data": {"card": "c1", "board": "b1", "shop": "s1", "old": "x1", "list": {"id": 1}}})",
          R"({"data": {"card": "c1", "board": "b1", "shop": "s1", "old": "x1", "list": 1}})"),
      sample(R"({"data": {"card": "c2", "board": "b2", "shop": "s2", "list": {"id": 2}}})",
             R"({"data": {"card": "c2", "board": "b2", "shop": "s2", "list": 2}})"),
      sample(R"({"data": {"board": "b3", "shop": "s3", "old": "x3", "list": {"id": 3}}})",
             R"({"data": {"board": "b3", "shop": "s3", "old": "x3", "list": 3}})"),
      sample(
          R"({"data": {"card": "c4", "board": "b4", "shop": "s4", "idCard": "k4", "list": {"id": 4}}})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_TRUE(assumption(found, "data.idCard"));
}

TEST(Synthesize, SaysWhatIsNewInAnObjectThatWasEmpty) {
  const Synthesis found = synthesize({
      sample(R"({"code": "tea-1", "cost": {}})", R"({"code": "tea-1", "cost": {}})"),
      sample(R"({"code": "rum-2", "cost": {}})", R"({"code": "rum-2", "cost": {}})"),
      sample(R"({"code": "ale-3", "cost": {"net": 4.2}})"),
  });
  EXPECT_TRUE(assumption(found, "cost.net"));
}

TEST(Synthesize, AnObjectWithNothingInItIsKeptWhereAnotherIs) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a-1", "cost": {}, "sale": {"Net": 4.5, "Tax": "T1"}})",
             R"({"id": "a-1", "cost": {}, "sale": {"net": 4.5, "tax": "T1"}})"),
      sample(R"({"id": "b-2", "cost": {}, "sale": {"Net": 7.5, "Tax": "T2"}})",
             R"({"id": "b-2", "cost": {}, "sale": {"net": 7.5, "tax": "T2"}})"),
      sample(R"({"id": "c-3", "cost": {"Net": 3.5}, "sale": {}})"),
  });
  EXPECT_EQ(given(found, R"({"id": "d-4", "cost": {}, "sale": {}})"),
            R"({"id":"d-4","cost":{},"sale":{}})");
  EXPECT_TRUE(assumption(found, "cost.Net"));
  EXPECT_TRUE(assumption(found, "cost.net")) << "as it is called in the other";
}

TEST(Synthesize, DoesNotDoubtACopyOfWhatIsCalledJustSo) {
  const Synthesis found = synthesize({
      sample(R"({"date": "2026-04-10", "paid": {"date": "2026-04-10"}, "total": 0})",
             R"({"date": "2026-04-10", "total": 0})"),
      sample(R"({"date": "2026-05-11", "paid": {"date": "2026-05-11"}, "total": 0})",
             R"({"date": "2026-05-11", "total": 0})"),
      sample(R"({"date": "2026-06-12", "paid": {"date": "2026-06-30"}, "total": 8})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_FALSE(assumption(found, "date"));
  EXPECT_FALSE(assumption(found, "total"));
}

TEST(Synthesize, SaysWhereAValueIsOfAnotherType) {
  const Synthesis found = synthesize({
      sample(R"({"id": 1, "phone": "123"})", R"({"id": 1, "phone": "123"})"),
      sample(R"({"id": 2, "phone": "456"})", R"({"id": 2, "phone": "456"})"),
      sample(R"({"id": 3, "phone": false})"),
  });
  ASSERT_TRUE(assumption(found, "phone"));
  EXPECT_FALSE(assumption(found, "id"));
}

TEST(Synthesize, AConstantWithAnInputsValueInItIsDoubted) {
  const Synthesis found = synthesize({
      sample(R"({"branch": "main", "n": 17})", R"({"ref": "heads/main/17"})"),
      sample(R"({"branch": "next", "n": 18})"),
  });
  EXPECT_TRUE(assumption(found, "ref"));
}

TEST(Synthesize, AnObjectOfManySourcesIsLeftOutWhereNothingIsInIt) {
  const Synthesis found = synthesize({
      sample(R"({"id": 1, "image": {"thumb": {"w": 120, "h": 80}}})",
             R"({"id": 1, "thumb": {"w": 120, "h": 80}})"),
      sample(R"({"id": 2, "design": {"thumb": {"w": 320, "h": 200}}})",
             R"({"id": 2, "thumb": {"w": 320, "h": 200}})"),
      sample(R"({"id": 3, "image": {"tags": []}})", R"({"id": 3})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": 4, "design": {"thumb": {"w": 11, "h": 12}}})"),
            R"({"id":4,"thumb":{"w":11,"h":12}})");
  EXPECT_EQ(given(found, R"({"id": 5, "design": {"x": 1}})"), R"({"id":5})");
}

TEST(Synthesize, AnObjectIsThereWhereMostOfItComesFrom) {
  const Synthesis found = synthesize({
      sample(R"({"type": "a", "user": "u-17", "mail": "x@y.org",
                 "props": {"sku": "red", "size": "XL"}})",
             R"({"user": "u-17", "data": {"sku": "red", "size": "XL", "by": "u-17"}})"),
      sample(R"({"type": "b", "user": "u-18"})", R"({"user": "u-18"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"type": "c", "user": "u-19", "mail": "z@y.org"})"),
            R"({"user":"u-19"})");
}

TEST(Synthesize, WhatStandsInTheInputIsNoConstant) {
  const Synthesis found = synthesize({
      sample(R"({"user": "ann-1", "n": 4})", R"({"id": "ann-1"})"),
      sample(R"({"user": "ann-1", "n": 5})", R"({"id": "ann-1"})"),
      sample(R"({"guest": "0f3c", "n": 6})", R"({"id": "0f3c"})"),
  });
  EXPECT_EQ(given(found, R"({"user": "bo-2"})"), R"({"id":"bo-2"})");
  EXPECT_EQ(given(found, R"({"guest": "77aa"})"), R"({"id":"77aa"})");
}

TEST(Synthesize, KindsOfRecordAreToldApartByOneThing) {
  const Synthesis found = synthesize({
      sample(R"({"type": "page", "user": "u1", "page": {"title": "Home", "url": "/home"}, "n": 4,
                 "item": "old coat", "sku": "o-8"})",
             R"({"who": "u1", "name": "Viewed", "what": "Home", "at": "/home"})"),
      sample(R"({"type": "page", "user": "u2", "page": {"title": "Cart", "url": "/cart"}, "n": 4,
                 "item": "red shoe", "sku": "r-1"})",
             R"({"who": "u2", "name": "Viewed", "what": "Cart", "at": "/cart"})"),
      sample(R"({"type": "sale", "user": "u3", "page": {"title": "Shop", "url": "/shop"}, "n": 4,
                 "item": "red shoe", "sku": "r-1"})",
             R"({"who": "u3", "name": "Bought", "what": "red shoe", "at": "r-1"})"),
      sample(R"({"type": "sale", "user": "u4", "page": {"title": "Shop", "url": "/shop"}, "n": 4,
                 "item": "blue hat", "sku": "b-2"})",
             R"({"who": "u4", "name": "Bought", "what": "blue hat", "at": "b-2"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"type": "sale", "user": "u5", "page": {"title": "T", "url": "/t"},
                             "item": "sock", "sku": "s-3"})"),
            R"({"who":"u5","name":"Bought","what":"sock","at":"s-3"})");
  EXPECT_TRUE(assumption(found, "what"));
  std::vector<std::string> cases;
  for (const Field& field : found.fields)
    if (field.path == "at" && !field.when.empty())
      cases.push_back(field.source + " where " + field.when);
  EXPECT_EQ(cases, (std::vector<std::string>{"input.page.url where input.type is \"page\"",
                                             "input.sku where input.type is \"sale\""}));
}

TEST(Synthesize, AmountsAreCalculatedInCents) {
  const Synthesis found = synthesize({
      sample(R"({"amount": 1000, "fee": 37, "qty": 2})", R"({"net": 9.63})"),
      sample(R"({"amount": 1390, "fee": 55, "qty": 5})", R"({"net": 13.35})"),
      sample(R"({"amount": 2534, "fee": 95, "qty": 3})", R"({"net": 24.39})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"amount": 4432, "fee": 157, "qty": 6})"), R"({"net":4.275E1})");
}

TEST(Synthesize, DaysAreReadAndWrittenInTheFormsOfPeople) {
  const auto learned = [](std::vector<std::pair<std::string, std::string>> days) {
    std::vector<Sample> samples;
    for (const auto& [from, to] : days)
      samples.push_back({json::object{{"d", from}}, Maybe(json::object{{"date", to}})});
    return synthesize(samples);
  };
  const Synthesis dotted = learned({{"17.02.1991", "1991-02-17"}, {"01.12.2003", "2003-12-01"}});
  EXPECT_TRUE(dotted.is_complete());
  EXPECT_EQ(given(dotted, R"({"d": "05.10.1988"})"), R"({"date":"1988-10-05"})");
  EXPECT_EQ(dotted.assumptions.size(), 0U);
  const Synthesis compact = learned({{"19910217", "1991-02-17"}, {"20031201", "2003-12-01"}});
  EXPECT_EQ(given(compact, R"({"d": "19881005"})"), R"({"date":"1988-10-05"})");
  const Synthesis named =
      learned({{"February 17, 1991", "1991-02-17"}, {"December 1, 2003", "2003-12-01"}});
  EXPECT_EQ(given(named, R"({"d": "May 5, 1988"})"), R"({"date":"1988-05-05"})");
  const Synthesis written = learned({{"1991-02-17", "17.02.1991"}, {"2003-12-01", "01.12.2003"}});
  EXPECT_EQ(given(written, R"({"d": "1988-10-05"})"), R"({"date":"05.10.1988"})");
  // Which is the day, and which the month?
  const Synthesis open = learned({{"05/05/1991", "1991-05-05"}, {"11/11/2003", "2003-11-11"}});
  EXPECT_TRUE(assumption(open, "date"));
}

TEST(Synthesize, WhatIsMadeOfASourceMayDependOnSomethingElse) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "kind": "sale", "cents": 1250})", R"({"id": "a1", "price": 12.5})"),
      sample(R"({"id": "a2", "kind": "sale", "cents": 999})", R"({"id": "a2", "price": 9.99})"),
      sample(R"({"id": "a3", "kind": "gift", "cents": 300})", R"({"id": "a3"})"),
      sample(R"({"id": "a4", "kind": "gift", "cents": 415})", R"({"id": "a4"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": "a5", "kind": "sale", "cents": 2100})"),
            R"({"id":"a5","price":21})");
  EXPECT_EQ(given(found, R"({"id": "a6", "kind": "gift", "cents": 2050})"), R"({"id":"a6"})");
  EXPECT_TRUE(assumption(found, "price"));
}

TEST(Synthesize, AHashIsOfATextFromWhereverItComes) {
  const Synthesis found = synthesize({
      sample(R"({"author": {"mail": "ann@x.org"}})",
             R"({"id": "367a1e74302c7324855afeeba387d3c55ca8ab3592a32c0fbdfc939ad80fcaf5"})"),
      sample(R"({"voter": {"mail": "bo@x.org"}})",
             R"({"id": "09575905ab2794d2f322dda5fa4fe1b522f0e5318f56b5c9c84f270e72c178be"})"),
      sample(R"({"voter": {"mail": "cy@x.org"}})",
             R"({"id": "c3df4e2393c1fc5b54964a568e4466efc20e91db0b3490b441576950ae5b20e8"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"author": {"mail": "di@x.org"}})"),
            R"({"id":"d84147d3b5f0705383486a8686e780c29fdfd1048d9b5ca95e4da89d99ef30f1"})");
}

// Some messages give a status, others are to be skipped.
TEST(Synthesize, OutputsMayBeOfMixedKindsByAFieldsValue) {
  const Synthesis found = synthesize({
      sample(
          R"({"event": "order.updated", "order": {"no": 41, "state": "cooking", "at": 1700000000}})",
          R"({"status": "IN_PROGRESS", "posOrderId": "41", "timestamp": "2023-11-14T22:13:20.000Z"})"),
      sample(
          R"({"event": "order.updated", "order": {"no": 42, "state": "done", "at": 1700000060}})",
          R"({"status": "READY", "posOrderId": "42", "timestamp": "2023-11-14T22:14:20.000Z"})"),
      sample(
          R"({"event": "order.updated", "order": {"no": 43, "state": "cooking", "at": 1700000120}})",
          R"({"status": "IN_PROGRESS", "posOrderId": "43", "timestamp": "2023-11-14T22:15:20.000Z"})"),
      sample(
          R"({"event": "order.updated", "order": {"no": 44, "state": "done", "at": 1700000180}})",
          R"({"status": "READY", "posOrderId": "44", "timestamp": "2023-11-14T22:16:20.000Z"})"),
      sample(R"({"event": "menu.changed", "order": {"no": 45, "state": "done", "at": 1700000240}})",
             R"({"skip": true, "reason": "menu.changed"})"),
      sample(
          R"({"event": "shop.closed", "order": {"no": 46, "state": "cooking", "at": 1700000300}})",
          R"({"skip": true, "reason": "shop.closed"})"),
      sample(
          R"({"event": "menu.changed", "order": {"no": 47, "state": "cooking", "at": 1700000300}})",
          R"({"skip": true, "reason": "menu.changed"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(
      given(
          found,
          R"({"event": "order.updated", "order": {"no": 50, "state": "done", "at": 1700000000}})"),
      R"({"status":"READY","posOrderId":"50","timestamp":"2023-11-14T22:13:20.000Z"})");
  EXPECT_EQ(
      given(found,
            R"({"event": "menu.changed", "order": {"no": 51, "state": "done", "at": 1700000000}})"),
      R"({"skip":true,"reason":"menu.changed"})");
}

TEST(Synthesize, OutputsMayBeOfMixedKindsByAFieldsPresence) {
  const Synthesis found = synthesize({
      sample(
          R"({"id": "e1", "order": {"no": 41, "state": "cooking", "at": 1700000000}})",
          R"({"status": "IN_PROGRESS", "posOrderId": "41", "timestamp": "2023-11-14T22:13:20.000Z"})"),
      sample(R"({"id": "e2", "order": {"no": 42, "state": "done", "at": 1700000060}})",
             R"({"status": "READY", "posOrderId": "42", "timestamp": "2023-11-14T22:14:20.000Z"})"),
      sample(
          R"({"id": "e3", "order": {"no": 43, "state": "cooking", "at": 1700000120}})",
          R"({"status": "IN_PROGRESS", "posOrderId": "43", "timestamp": "2023-11-14T22:15:20.000Z"})"),
      sample(R"({"id": "e4", "order": {"no": 44, "state": "done", "at": 1700000180}})",
             R"({"status": "READY", "posOrderId": "44", "timestamp": "2023-11-14T22:16:20.000Z"})"),
      sample(R"({"id": "e5", "menu": {"version": 3}})",
             R"({"skip": true, "reason": "not an order"})"),
      sample(R"({"id": "e6", "shop": {"open": false}})",
             R"({"skip": true, "reason": "not an order"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": "e7", "order": {"no": 50, "state": "done", "at": 1700000000}})"),
            R"({"status":"READY","posOrderId":"50","timestamp":"2023-11-14T22:13:20.000Z"})");
  EXPECT_EQ(given(found, R"({"id": "e8", "menu": {"version": 4}})"),
            R"({"skip":true,"reason":"not an order"})");
}

TEST(Synthesize, KindsMayBeToldApartByTwoFields) {
  const auto message = [](const char* type, const char* source, const char* a, const char* b) {
    return R"({"type": ")" + std::string(type) + R"(", "source": ")" + source + R"(", "a": ")" + a +
           R"(", "b": ")" + b + "\"}";
  };
  const auto output = [](const char* text) { return R"({"name": ")" + std::string(text) + "\"}"; };
  // Of (t1, s1) it is a, else b.
  const Synthesis found = synthesize({
      sample(message("t1", "s1", "a1", "b1"), output("a1")),
      sample(message("t1", "s2", "a2", "b2"), output("b2")),
      sample(message("t2", "s1", "a3", "b3"), output("b3")),
      sample(message("t2", "s2", "a4", "b4"), output("b4")),
      sample(message("t1", "s1", "a5", "b5"), output("a5")),
      sample(message("t1", "s2", "a6", "b6"), output("b6")),
      sample(message("t2", "s1", "a7", "b7"), output("b7")),
      sample(message("t2", "s2", "a8", "b8"), output("b8")),
  });
  EXPECT_EQ(given(found, message("t1", "s1", "a9", "b9")), R"({"name":"a9"})");
}

TEST(Synthesize, ACountryIsKnownByAnyOfItsNames) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "country": "DE"})", R"({"id": "a1", "land": "DEU"})"),
      sample(R"({"id": "b2", "country": "FR"})", R"({"id": "b2", "land": "FRA"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"id": "c3", "country": "JP"})"), R"({"id":"c3","land":"JPN"})");
  EXPECT_EQ(given(found, R"({"id": "c3", "country": "??"})"), R"({"id":"c3"})");
  const Synthesis named = synthesize({
      sample(R"({"id": "a1", "where": {"name": "Bolivia"}})", R"({"id": "a1", "code": "BO"})"),
      sample(R"({"id": "b2", "where": {"name": "Norway"}})", R"({"id": "b2", "code": "NO"})"),
  });
  EXPECT_EQ(given(named, R"({"id": "c3", "where": {"name": "Côte d'Ivoire"}})"),
            R"({"id":"c3","code":"CI"})");
}

TEST(Synthesize, OneWordThatATableHoldsIsNoRule) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1", "country": "DE"})", R"({"id": "a1", "land": "DEU"})"),
      sample(R"({"id": "b2", "country": "DE"})", R"({"id": "b2", "land": "DEU"})"),
  });
  EXPECT_EQ(given(found, R"({"id": "c3", "country": "JP"})"), R"({"id":"c3","land":"DEU"})");
}

TEST(Synthesize, MinorUnitsAreThoseOfTheCurrency) {
  const Synthesis found = synthesize({
      sample(R"({"total": 1999, "currency": "EUR"})", R"({"price": 19.99, "currency": "EUR"})"),
      sample(R"({"total": 500, "currency": "JPY"})", R"({"price": 500, "currency": "JPY"})"),
      sample(R"({"total": 250, "currency": "USD"})", R"({"price": 2.5, "currency": "USD"})"),
  });
  EXPECT_EQ(given(found, R"({"total": 12345, "currency": "KWD"})"),
            R"({"price":1.2345E1,"currency":"KWD"})");
}

TEST(Synthesize, ATemplatesTextMayBeAValueSomewhere) {
  const Synthesis found = synthesize({
      sample(R"({"name": "root", "drive": "b17", "item": "0AC"})", R"({"id": "root:b17:0AC"})"),
      sample(R"({"name": "notes.txt", "drive": "b18", "item": "0AF1"})",
             R"({"id": "root:b18:0AF1"})"),
  });
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"name": "x", "drive": "b1", "item": "9"})"), R"({"id":"root:b1:9"})");
}

// How many others there are is no step of the search, and no name tells it.
TEST(Synthesize, WhatEachRecordHasForItselfTellsNoKinds) {
  const Synthesis others = synthesize({
      sample(R"({"qty": 1, "g": [{"n": "a"}, {"n": "b"}]})", R"({"others": 1})"),
      sample(R"({"qty": 2, "g": [{"n": "c"}]})", R"({"others": 0})"),
      sample(R"({"qty": 1, "g": [{"n": "d"}, {"n": "e"}, {"n": "f"}]})", R"({"others": 2})"),
      sample(R"({"qty": 5, "g": [{"n": "g"}, {"n": "h"}]})", R"({"others": 1})"),
      sample(R"({"qty": 7, "g": [{"n": "i"}]})", R"({"others": 0})"),
      sample(R"({"qty": 3, "g": [{"n": "j"}, {"n": "k"}, {"n": "l"}]})", R"({"others": 2})"),
  });
  EXPECT_FALSE(others.is_complete());
}

// By owners and numbers of theirs, of which each sample has its own.
std::vector<Sample> flagged(std::initializer_list<bool> flags) {
  const std::array<const char*, 8> owners{"Marie", "Marie", "Piotr", "Anna",
                                          "Jonas", "Luc",   "Piet",  "Ole"};
  std::vector<Sample> samples;
  for (const bool flag : flags) {
    const std::size_t i = samples.size();
    samples.push_back({json::object{{"owner", owners.at(i)},
                                    {"phone", i % 2 == 0 ? "" : "+49 151 " + std::to_string(i)},
                                    {"seats", 10 + i * i}},
                       Maybe(json::object{{"hasTea", flag}})});
  }
  return samples;
}

TEST(Synthesize, ABooleanIsNotReadOffIdentities) {
  EXPECT_FALSE(
      synthesize(flagged({true, true, false, true, true, false, false, true})).is_complete());
  EXPECT_FALSE(
      synthesize(flagged({false, false, false, false, false, true, false, false})).is_complete());
}

// "host" of the first here, of the second there, or of the last in one state: all by chance.
TEST(Synthesize, ABooleanIsNotPiecedTogetherOfOthers) {
  const auto samples = [](std::initializer_list<std::array<int, 6>> rows) {
    std::vector<Sample> all;
    for (const auto& [state, floor, first, second, wanted, seats] : rows) {
      json::array guests{json::object{{"host", first == 1}}, json::object{{"host", second == 1}}};
      all.push_back({json::object{{"state", std::array{"OPEN", "SET", "OFF"}.at(state)},
                                  {"floor", floor},
                                  {"seats", seats},
                                  {"guests", std::move(guests)}},
                     Maybe(json::object{{"hasTea", wanted == 1}})});
    }
    return all;
  };
  EXPECT_FALSE(synthesize(samples({{0, 2, 1, 0, 1, 14},
                                   {1, 2, 0, 1, 0, 15},
                                   {1, 3, 0, 1, 0, 17},
                                   {0, 3, 1, 0, 1, 11},
                                   {2, 1, 0, 1, 1, 12},
                                   {2, 1, 1, 0, 0, 18}}))
                   .is_complete());
}

// Where a name speaks for it, one record is enough.
// "live" alone gives every flag but one, which "again" happens to have.
TEST(Synthesize, AWrongBooleanIsNotTheFirstOfTwoThatIsThere) {
  std::vector<Sample> samples;
  for (int i = 0; i < 6; ++i) {
    const bool live = i % 3 != 0;
    json::object input{{"id", "r" + std::to_string(i)}, {"live", live}};
    if (i == 1 || i == 4) input["again"] = i != 1;
    samples.push_back(
        {input, Maybe(json::object{{"ref", "r" + std::to_string(i)}, {"on", live && i != 1}})});
  }
  const Synthesis found = synthesize(samples);
  ASSERT_EQ(found.unexplained.size(), 1U);
  EXPECT_EQ(found.unexplained[0].path, "on");
  EXPECT_EQ(found.unexplained[0].sample, 1U);
}

// Neither flag alone gives it, and neither is called so.
TEST(Synthesize, AFlagThatIsTheFirstOfTwoOthersIsTold) {
  std::vector<Sample> samples;
  for (int i = 0; i < 6; ++i) {
    const std::string id = "r" + std::to_string(i);
    const bool on = i == 0 || i > 2;
    json::object input{{"id", id}, {"late", i < 3 ? !on : on}};
    if (i < 3) input["open"] = on;
    if (i == 5) input["late"] = false;
    samples.push_back({input, Maybe(json::object{{"ref", id}, {"on", on && i < 5}})});
  }
  const Synthesis found = synthesize(samples);
  ASSERT_TRUE(found.is_complete());
  const auto told = std::ranges::find(found.assumptions, "on", &Assumption::path);
  ASSERT_NE(told, found.assumptions.end());
  EXPECT_EQ(told->reason, "input.open or input.late: too few samples show more");
}

TEST(Synthesize, OfOneNumberNoArithmeticIsARule) {
  const Synthesis found =
      synthesize({sample(R"({"id": "r1", "month": 6})", R"({"ref": "r1", "fee": 4.83})"),
                  sample(R"({"id": "r2"})", R"({"ref": "r2"})"),
                  sample(R"({"id": "r3"})", R"({"ref": "r3"})")});
  EXPECT_FALSE(found.is_complete());
}

TEST(Synthesize, ABooleanOfOneRecordIsExplainedByWhatIsCalledSo) {
  std::vector<Sample> samples = flagged({false, false, true, false, false});
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].input.as_object()["state"] = i == 2 ? "CANCELLED" : "OPEN";
    samples[i].output = json::object{{"isCancelled", i == 2}};
  }
  const Synthesis found = synthesize(samples);
  EXPECT_TRUE(found.is_complete());
  EXPECT_EQ(given(found, R"({"state": "CANCELLED"})"), R"({"isCancelled":true})");
}

// pieces[-1].fragile is called so, too, and fits all but one.
TEST(Synthesize, WhatFitsEveryPlaceIsNotDoubtedForWhatFitsAllButOne) {
  const std::vector<Sample> samples{
      sample(R"({"pieces": [{"id": "A", "fragile": "Y"}, {"id": "B", "fragile": "Y"}]})",
             R"({"parcels": [{"ref": "A", "fragile": true}, {"ref": "B", "fragile": true}]})"),
      sample(R"({"pieces": [{"id": "C", "fragile": "N"}]})",
             R"({"parcels": [{"ref": "C", "fragile": false}]})"),
      sample(R"({"pieces": [{"id": "D", "fragile": "N"}, {"id": "E", "fragile": "Y"},
                            {"id": "F", "fragile": "Y"}]})",
             R"({"parcels": [{"ref": "D", "fragile": false}, {"ref": "E", "fragile": true},
                             {"ref": "F", "fragile": true}]})"),
      sample(R"({"pieces": [{"id": "G", "fragile": "N"}]})",
             R"({"parcels": [{"ref": "G", "fragile": false}]})"),
      sample(R"({"pieces": [{"id": "H", "fragile": "Y"}]})",
             R"({"parcels": [{"ref": "H", "fragile": true}]})"),
      sample(R"({"pieces": [{"id": "I", "fragile": "N"}, {"id": "J", "fragile": "N"}]})",
             R"({"parcels": [{"ref": "I", "fragile": false}, {"ref": "J", "fragile": false}]})"),
  };
  for (const char* said : {"", "item.fragile"}) {
    SynthesisOptions options;
    if (*said) options.preferences.push_back({.path = "parcels[].fragile", .source = said});
    const Synthesis found = synthesize(samples, options);
    EXPECT_TRUE(found.is_complete()) << said;
    EXPECT_EQ(given(found, R"({"pieces": [{"id": "K", "fragile": "N"},
                                          {"id": "L", "fragile": "Y"}]})"),
              R"({"parcels":[{"ref":"K","fragile":false},{"ref":"L","fragile":true}]})");
  }
}

// A secret that stands in a sample is kept by its name.
TEST(Synthesize, ItIsToldThatAConstantHoldsTheNameOfASecret) {
  const Synthesis found = synthesize({
      sample(R"({"id": "a1"})", R"({"id": "a1", "auth": "Bearer ${apiKey}"})"),
      sample(R"({"id": "b2"})", R"({"id": "b2", "auth": "Bearer ${apiKey}"})"),
  });
  const auto told = std::ranges::find(found.assumptions, "auth", &Assumption::path);
  ASSERT_NE(told, found.assumptions.end());
  EXPECT_EQ(told->reason,
            "holds the name of a secret, ${apiKey}: the provider would get it as it is");
}

TEST(Synthesize, IsDeterministic) {
  const Synthesis once = synthesize(kAmbiguous);
  const Synthesis again = synthesize(kAmbiguous);
  ASSERT_TRUE(once.mapping);
  EXPECT_EQ(print(once, {}), print(again, {}));
}

// The forms of lists and objects are looked for at every level of an output: with forty of them
// that took many times the budget.
TEST(Synthesize, WhereTheTimeIsUpOnlyWhatIsPlainIsLookedFor) {
  const std::vector<Sample> samples{
      sample(R"({"id": "a1", "marks": {"x": 1, "y": 2}})", R"({"key": "a1", "names": ["x", "y"]})"),
      sample(R"({"id": "b2", "marks": {"z": 3, "y": 2}})",
             R"({"key": "b2", "names": ["z", "y"]})")};
  EXPECT_TRUE(synthesize(samples).is_complete());
  const Synthesis hurried = synthesize(samples, {.budget = std::chrono::milliseconds(-1)});
  EXPECT_TRUE(field(hurried, "key"));
  ASSERT_FALSE(hurried.is_complete());
  EXPECT_EQ(hurried.unexplained.front().path.substr(0, 5), "names");
}

TEST(ChooseSamples, TakesThoseThatShowMost) {
  std::vector<json::value> inputs;
  for (const char* text : {R"({"a": 1, "b": 1})", R"({"a": 1, "b": 1})", R"({"a": null, "b": 2})",
                           R"({"a": 1, "b": 1})", R"({"a": 4, "b": 3, "c": [1, 2]})"})
    inputs.push_back(parsed(text));
  std::vector<const json::value*> pointers;
  for (const json::value& input : inputs) pointers.push_back(&input);
  EXPECT_EQ(choose_samples(pointers, 2), (std::vector<std::size_t>{2, 4}));
}

TEST(SchemaOnly, MapsByNameAndTypeAndAbstains) {
  const std::vector<json::value> inputs{
      parsed(R"({"id": 5, "created_at": "2026-01-01", "owner": {"name": "Ann"}, "total": 3})")};
  const json::value schema = parsed(R"({"type": "object", "properties": {
      "id": {"type": "string"}, "createdAt": {"type": "string"}, "owner": {"type": "object",
      "properties": {"name": {"type": "string"}}}, "weight": {"type": "number"}}})");
  const Synthesis found = map_by_schema({&inputs[0]}, schema);
  EXPECT_EQ(given(found, R"({"id": 6, "created_at": "x", "owner": {"name": "Bo"}})"),
            R"({"id":"6","createdAt":"x","owner":{"name":"Bo"}})");
  ASSERT_EQ(found.unexplained.size(), 1U);
  EXPECT_EQ(found.unexplained[0].path, "weight");
}

// 1250 may be 12.50: a price that is always whole is asked about.
TEST(SchemaOnly, AsksWhetherWholePricesAreCents) {
  const json::value schema = parsed(R"({"type": "object", "properties": {
      "price": {"type": "number"}, "count": {"type": "number"}}})");
  const std::vector<json::value> whole{parsed(R"({"price": 1250, "count": 4})"),
                                       parsed(R"({"price": 990, "count": 5})")};
  const Synthesis found = map_by_schema({&whole[0], &whole[1]}, schema);
  EXPECT_EQ(given(found, R"({"price": 5, "count": 1})"), R"({"price":5,"count":1})");
  ASSERT_EQ(found.assumptions.size(), 1U);
  EXPECT_EQ(found.assumptions[0].path, "price");
  ASSERT_EQ(found.questions.size(), 1U);
  ASSERT_EQ(found.questions[0].choices.size(), 2U);
  EXPECT_EQ(found.questions[0].choices[0].value, Maybe(json::value(1250)));
  EXPECT_EQ(found.questions[0].choices[1].value, Maybe(json::value(12.5)));
  const Synthesis cents =
      map_by_schema({&whole[0], &whole[1]}, schema,
                    {{.path = "price", .source = found.questions[0].choices[1].source}});
  EXPECT_EQ(given(cents, R"({"price": 5, "count": 1})"), R"({"price":5E-2,"count":1})");
  EXPECT_TRUE(cents.questions.empty());
  EXPECT_EQ(print(cents, {}).find("0 of 0"), std::string::npos);
  const std::vector<json::value> broken{parsed(R"({"price": 12.5, "count": 4})")};
  EXPECT_TRUE(map_by_schema({&broken[0]}, schema).questions.empty());
}

}  // namespace
}  // namespace vouch::adapters
