// Every form in which a person may answer, and what is said where an answer cannot be read.
#include "adapters/draft/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vouch::adapters::draft {
namespace {

using testing::HasSubstr;

Question question(int number, std::string path) {
  Question made{.number = number, .path = path, .sample = "s1", .text = "Which is it?"};
  const char* letters[] = {"a", "b"};
  const char* sources[] = {"input.total", "input.grand_total"};
  for (int i = 0; i < 2; ++i)
    made.choices.push_back(
        {letters[i], Maybe(10 + i), sources[i],
         Pin{.path = path, .sample = "s1", .value = Maybe(10 + i), .source = sources[i]}});
  return made;
}

const std::vector<Question> kThree{question(1, "total"), question(2, "lines[0].price"),
                                   question(3, "currency")};
const std::vector<Question> kOne{question(1, "order.total")};
const std::vector<Question> kSample{
    {.number = 1, .kind = Question::Kind::kSample, .text = "Give a sample."}};

// "path=value" or "path<source" of each pin.
std::string read(std::string_view text, const std::vector<Question>& questions = kThree,
                 const std::set<std::string>& paths = {}) {
  const auto pins = read_answer(text, questions, paths);
  if (!pins) return "refused: " + pins.error().message;
  std::string all;
  for (const Pin& pin : *pins) {
    all += (all.empty() ? "" : " ") + pin.path;
    if (pin.kind == Pin::Kind::kSource) all += "<" + pin.source;
    if (pin.kind == Pin::Kind::kOmitted) all += "!";
    if (pin.kind == Pin::Kind::kConstant) all += ":";
    if (pin.kind == Pin::Kind::kSample && pin.input)
      all += "in " + json::serialize(*pin.input) + " out ";
    if (pin.value) all += (pin.kind == Pin::Kind::kValue ? "=" : "") + json_text(*pin.value);
  }
  return all;
}

TEST(Answer, NumbersWithLettersOrValues) {
  EXPECT_EQ(read("1a 2b 3=\"x\""), R"(total=10 lines[0].price=11 currency="x")");
  EXPECT_EQ(read("1A,2=12.5"), "total=10 lines[0].price=12.5");
  EXPECT_EQ(read("1. b; 3: 'EUR'"), R"(total=11 currency="EUR")");
  EXPECT_EQ(read("1) b\n2) a"), "total=11 lines[0].price=10");
  EXPECT_EQ(read("3=\"a\""), R"(currency="a")");
  EXPECT_EQ(read("3=a"), "currency=10");
  EXPECT_EQ(read("3='two words' 1a"), R"(currency="two words" total=10)");
}

TEST(Answer, AWordIsAChoiceByItsSourceOrValueAndNeverAText) {
  EXPECT_EQ(read("1=input.grand_total"), "total=11");
  EXPECT_EQ(read("1=grand_total 2=input.total"), "total=11 lines[0].price=10");
  EXPECT_EQ(read(R"({"1": "grand_total"})"), "total=11");
  EXPECT_EQ(read("grand_total", kOne), "order.total=11");
  std::vector<Question> words = kOne;
  words[0].choices[1].value = "EUR";
  words[0].choices[1].pin.value = "EUR";
  EXPECT_EQ(read("1=EUR", words), R"(order.total="EUR")");
  EXPECT_EQ(read("1=item.msrp"),
            "refused: \"item.msrp\" is no choice of question 1. Where it is a text, write "
            "1=\"item.msrp\"; where a member, write total is item.msrp.");
  EXPECT_THAT(read(R"({"3": "GBP"})"), HasSubstr("refused: \"GBP\" is no choice of question 3."));
  EXPECT_EQ(read(R"({"3": "\"GBP\"", "2": "2 pounds"})"),
            R"(currency="GBP" lines[0].price="2 pounds")");
}

TEST(Answer, ABareLetterOrValueWhereThereIsOneQuestion) {
  EXPECT_EQ(read("b", kOne), "order.total=11");
  EXPECT_EQ(read(" 12.5 ", kOne), "order.total=12.5");
  EXPECT_EQ(read("\"b\"", kOne), R"(order.total="b")");
  EXPECT_THAT(read("b"),
              HasSubstr("refused: There are 3 questions: say which you mean, such as 1b."));
}

TEST(Answer, Json) {
  EXPECT_EQ(read(R"({"1": "a", "2": 5})"), "total=10 lines[0].price=5");
  EXPECT_EQ(read(R"([{"number": 2, "answer": "b"}])"), "lines[0].price=11");
  EXPECT_THAT(read(R"({"1": )"),
              HasSubstr("refused: The answer looks like JSON, and is not valid."));
  EXPECT_THAT(read(R"({"x": 1})"), HasSubstr("answers none of the questions"));
}

TEST(Answer, ASampleWhereOneIsAskedFor) {
  EXPECT_EQ(read(R"({"id": 5})", kSample), R"(in {"id":5} out )");
  EXPECT_EQ(read(R"({"input": {"id": 5}, "expectedOutput": {"n": 5}})", kSample),
            R"(in {"id":5} out {"n":5})");
  EXPECT_EQ(read(R"([{"id": 5}])", kSample), R"(in [{"id":5}] out )");
  std::vector<Question> of_one = kSample;
  of_one[0].sample = "s7";
  EXPECT_EQ(read(R"({"n": 5})", of_one), R"({"n":5})");
}

TEST(Answer, Sentences) {
  EXPECT_EQ(read("price is unit_price"), "lines[].price<unit_price");
  EXPECT_EQ(read("use grand_total for total"), "total=11");  // a choice of question 1
  EXPECT_EQ(read("The total comes from sums.gross; currency is always \"EUR\"."),
            R"(total<sums.gross currency:"EUR")");
  EXPECT_EQ(read("leave out tax, take price from item.net"), "tax! lines[].price<item.net");
  EXPECT_EQ(read("currency is \"EUR\""), R"(currency:"EUR")");
}

TEST(Answer, ASentenceNamesAFieldThatThereIs) {
  const std::set<std::string> paths{"currency", "total",         "totals",      "totals.tax",
                                    "lines",    "lines[].price", "fees[].price"};
  EXPECT_EQ(read("tax is always 0", kThree, paths), "totals.tax:0");
  EXPECT_EQ(read("leave out tax", kThree, paths), "totals.tax!");
  EXPECT_EQ(read("price is net", kThree, paths), "lines[].price<net") << "which is asked about";
  EXPECT_EQ(read("fees[].price is net", kThree, paths), "fees[].price<net");
  EXPECT_EQ(
      read("price is net", kOne, paths),
      "refused: \"price\" can be several: fees[].price, lines[].price. Write the whole path.");
  EXPECT_EQ(read("prise is gross", kThree, paths),
            "refused: The output has no field \"prise\". It has currency, fees[].price, lines, "
            "lines[].price, total, totals, totals.tax.");
}

TEST(Answer, SaysWhatToWrite) {
  EXPECT_EQ(read(""), "refused: The answer is empty. Answer like this: 1a, or 1=\"a value\".");
  EXPECT_EQ(read("4a"), "refused: There is no question 4: they are 1 to 3.");
  EXPECT_EQ(
      read("2d"),
      "refused: Question 2 has no choice d: choose a to b, or write the value: 2=\"a value\".");
  EXPECT_THAT(read("whatever you think"),
              HasSubstr("refused: \"whatever you think\" is not understood."));
}

TEST(Answer, WhatNothingExplainsIsNotExplainedByItsValue) {
  Question open = question(1, "order.total");
  open.kind = Question::Kind::kUnexplained;
  EXPECT_EQ(read("1=11", {open}), "order.total=11");  // as a choice has it
  EXPECT_EQ(read("1=12", {open}),
            "refused: Question 1 asks where the value comes from, which the value itself does not "
            "say. Answer like this: 1a, or total is a_member. A sample that shows it may be given, "
            "too: {\"input\": …, \"expectedOutput\": …}.");
}

TEST(Answer, WhatIsNoAnswerIsRefused) {
  for (const char* text :
       {"1", "1=", "=", "1a2b", "{", "[", "\"", "'", "1=\"", "1={\"a\":", "99999999999a",
        "[{\"number\":9,\"answer\":1}]", "is", "use for", ";;;", "a.b.c is", "\xff"})
    EXPECT_THAT(read(text), testing::StartsWith("refused: ")) << text;
}

TEST(Clarification, IsNumberedAndLetteredWithValues) {
  const std::string text = clarification(kOne);
  EXPECT_EQ(text,
            "1. order.total (sample s1): Which is it?\n"
            "   a) 10  input.total\n"
            "   b) 11  input.grand_total\n"
            "\n"
            "Answer like this: 1a, or 1=\"a value\".");
  const json::array fields = clarification_fields(kOne);
  EXPECT_EQ(json::serialize(fields),
            R"([{"number":1,"path":"order.total","choices":[{"letter":"a","value":10,)"
            R"("source":"input.total"},{"letter":"b","value":11,"source":"input.grand_total"}]}])");
}

TEST(Prose, IsReadForWhereFieldsComeFrom) {
  const auto pins = pins_in(
      "Orders are sent at night. The price is unit_price. See the manual,\n"
      "use total_amount for total; this is important.");
  ASSERT_EQ(pins.size(), 3U);  // the last names nothing that there is
  EXPECT_EQ(pins[0].source, "unit_price");
  EXPECT_EQ(pins[1].path, "total");
}

}  // namespace
}  // namespace vouch::adapters::draft
