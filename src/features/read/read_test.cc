#include "features/read/read.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "features/read/phrases.h"
#include "features/read/read_cases.h"
#include "source_dir.h"

namespace vouch::features {
namespace {

using gherkin::PickleStep;
using gherkin::StepType;

PickleStep step(StepType type, std::string text) { return {.text = std::move(text), .type = type}; }
PickleStep given(std::string text) { return step(StepType::kContext, std::move(text)); }
PickleStep when(std::string text) { return step(StepType::kAction, std::move(text)); }
PickleStep then(std::string text) { return step(StepType::kOutcome, std::move(text)); }

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> out(1);
  for (char c : text) {
    if (c == mark)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

PickleStep step_of(const StepCase& line) {
  using enum StepCase::Keyword;
  PickleStep out = line.keyword == kGiven  ? given(std::string(line.text))
                   : line.keyword == kWhen ? when(std::string(line.text))
                                           : then(std::string(line.text));
  if (line.beside.starts_with('D')) {
    out.doc_string = gherkin::DocString{.content = std::string(line.beside.substr(1))};
  } else if (!line.beside.empty()) {
    out.table.emplace();
    for (const std::string& row : split(line.beside, '/')) out.table->push_back(split(row, '|'));
  }
  return out;
}

std::string best(const PickleStep& step) {
  const auto readings = read_step(step);
  return readings ? readings->front().because : "refused: " + readings.error().message;
}

const Observation& only_observation(const std::vector<Reading>& readings) {
  EXPECT_EQ(readings.front().intents.size(), 1u);
  return std::get<Observation>(readings.front().intents.front());
}

TEST(Read, understands_steps_as_strangers_write_them) {
  EXPECT_GE(step_cases().size(), 300u);
  for (const StepCase& line : step_cases())
    EXPECT_EQ(best(step_of(line)), line.described) << line.text;
  for (const StepCase& line : frequent_step_cases())
    EXPECT_EQ(best(step_of(line)), line.described) << line.text;
}

TEST(Read, refuses_what_it_would_have_to_guess) {
  for (const StepCase& line : refused_step_cases()) {
    const auto readings = read_step(step_of(line));
    ASSERT_FALSE(readings) << line.text << ": " << readings->front().because;
    EXPECT_EQ(readings.error().code, ErrorCode::kInvalidRequest);
  }
}

// Found by scenarios that are not true of the demo.
TEST(Read, denies_in_one_way_alone) {
  for (const char* text :
       {"I am not on the checkout page", "I should not see \"Tea\" in the cart"}) {
    const auto readings = read_step(then(text));
    ASSERT_TRUE(readings);
    EXPECT_EQ(readings->size(), 1u) << text << ": or " << readings->back().because;
  }
}

TEST(Read, a_choice_in_quotes_is_what_is_chosen) {
  const auto readings = read_step(step(StepType::kAction, "I choose \"Express\" as delivery"));
  ASSERT_TRUE(readings);
  for (const Reading& reading : *readings)
    EXPECT_EQ(reading.because.find("choose «delivery»"), std::string::npos) << reading.because;
}

TEST(Read, reads_the_example_of_every_phrase_but_those_that_need_a_table_or_text) {
  for (const Phrase& phrase : phrases()) {
    PickleStep bare =
        step(phrase.role == Phrase::Role::kAct ? StepType::kAction : StepType::kOutcome,
             std::string(phrase.example));
    PickleStep pairs = bare, text = bare;
    pairs.table = {{{"A", "1"}, {"B", "2"}}};
    text.doc_string = gherkin::DocString{.content = "x"};
    const auto as_given = [](PickleStep said) {
      said.type = StepType::kContext;
      return read_step(said).has_value();
    };
    EXPECT_TRUE(read_step(bare) || read_step(pairs) || read_step(text) || as_given(bare) ||
                as_given(pairs))
        << phrase.example;
  }
}

// The demo's features say what a person would, not what the reader knows.
TEST(Read, reads_most_steps_of_the_demo) {
  int all = 0, understood = 0;
  std::string others;
  for (const char* folder : {"/demo/features", "/demo/vacuous"})
    for (const auto& entry :
         std::filesystem::directory_iterator(VOUCH_SOURCE_DIR + std::string(folder))) {
      if (entry.path().extension() != ".feature") continue;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      const auto document = gherkin::parse(text.str());
      ASSERT_TRUE(document) << entry.path();
      const auto pickles = gherkin::compile(*document);
      ASSERT_TRUE(pickles) << entry.path();
      for (const gherkin::Pickle& pickle : *pickles)
        for (const PickleStep& one : pickle.steps) {
          ++all;
          const auto readings = read_step(one);
          // A Then asserts something; a When acts.
          const bool fits =
              readings && (one.type == StepType::kContext ||
                           std::holds_alternative<Observation>(readings->front().intents[0]) ==
                               (one.type == StepType::kOutcome));
          if (fits)
            ++understood;
          else
            others += "\n" + one.text;
        }
    }
  EXPECT_GT(all, 300);
  EXPECT_GE(understood, all * 95 / 100) << all - understood << " of " << all << ":" << others;
}

// Where "not" can be put into an observation: after its first auxiliary.
std::string with_not(std::string text) {
  for (std::string_view word : {" should ", " is ", " are ", " must "})
    if (const auto at = text.find(word); at < text.find('"'))
      return text.insert(at + word.size(), "not ");
  return {};
}

TEST(Read, a_not_always_flips_the_negation) {
  int tried = 0;
  for (const StepCase& line : step_cases()) {
    if (line.keyword != StepCase::Keyword::kThen) continue;
    const PickleStep plain = step_of(line);
    const auto before = read_step(plain);
    ASSERT_TRUE(before);
    if (before->front().intents.size() != 1) continue;
    PickleStep turned = plain;
    turned.text = with_not(plain.text);
    if (turned.text.empty() || plain.text.find(" no ") != std::string::npos ||
        plain.text.find(" not ") != std::string::npos)
      continue;
    const auto after = read_step(turned);
    if (!after) continue;  // refused is safe: "it is not said that …"
    ++tried;
    const Observation& was = only_observation(*before);
    for (const Reading& reading : *after) {
      for (const Intent& intent : reading.intents) {
        ASSERT_TRUE(std::holds_alternative<Observation>(intent)) << turned.text;
        const Observation& is = std::get<Observation>(intent);
        if (is.kind != was.kind) continue;
        EXPECT_EQ(is.negated, !was.negated) << turned.text << ": " << describe(intent);
        EXPECT_EQ(is.may_hold_before, is.negated) << turned.text;
      }
    }
  }
  EXPECT_GT(tried, 70);
}

TEST(Read, no_reading_of_a_negated_step_is_positive) {
  for (const char* text :
       {"I should not see \"X\"", "I no longer see \"X\"", "I can't see the \"X\" button",
        "she doesn't see \"X\"", "the \"X\" button is not shown", "there is no \"X\" link",
        "no error is shown", "the button \"X\" isn't enabled", "\"X\" is never listed",
        "the message \"X\" won’t appear", "the cart shouldn’t contain \"X\"",
        "I am unable to see \"X\"", "I do not see any error"}) {
    const auto readings = read_step(then(text));
    ASSERT_TRUE(readings) << text << readings.error().message;
    for (const Reading& reading : *readings)
      for (const Intent& intent : reading.intents) {
        EXPECT_TRUE(std::get<Observation>(intent).negated) << text << ": " << reading.because;
        EXPECT_TRUE(std::get<Observation>(intent).may_hold_before) << text;
      }
  }
}

TEST(Read, a_quoted_text_that_is_seen_is_no_page) {
  for (const char* text : {"I should not see \"Tea was added to the cart.\"", "I see \"Products\"",
                           "she finds \"About us\"", "I can view \"Orders\""}) {
    const auto readings = read_step(then(text));
    ASSERT_TRUE(readings) << text << readings.error().message;
    for (const Reading& reading : *readings)
      for (const Intent& intent : reading.intents) {
        const auto* seen = std::get_if<Observation>(&intent);
        EXPECT_FALSE(seen && seen->kind == ObserveKind::kPage) << text << ": " << reading.because;
      }
  }
  EXPECT_EQ(best(then("I should see the \"Orders\" page")), "be on the page «Orders»");
  EXPECT_EQ(best(then("I should see the checkout page")), "be on the page «checkout»");
}

TEST(Read, still_and_remains_may_hold_before) {
  for (const char* text : {"I am still on the login page", "\"X\" is still shown",
                           "the cart remains empty", "\"X\" remains in the list"}) {
    const auto readings = read_step(then(text));
    ASSERT_TRUE(readings) << text;
    EXPECT_TRUE(only_observation(*readings).may_hold_before) << text;
    EXPECT_FALSE(only_observation(*readings).negated) << text;
  }
  const auto plain = read_step(then("\"X\" is shown"));
  EXPECT_FALSE(only_observation(*plain).may_hold_before);
}

TEST(Read, a_double_negation_in_words_is_positive_or_refused) {
  EXPECT_EQ(best(then("the sidebar should not be hidden")), "see the sidebar");
  EXPECT_FALSE(read_step(then("I should not never see \"X\"")));
  EXPECT_FALSE(read_step(then("there are not no results")));
}

TEST(Read, gives_the_slots_that_grounding_needs) {
  const auto added = read_step(when("I add the \"Green Tea\" to the cart"));
  ASSERT_TRUE(added);
  const Act& add = std::get<Act>(added->front().intents[0]);
  EXPECT_EQ(add.target.scopes, (std::vector<Scope>{{ElementKind::kAny, "Green Tea", true}}));
  EXPECT_EQ(add.target.alternatives.front(), "Add to basket");
  EXPECT_FALSE(add.target.quoted);

  const auto have = read_step(given("there is a \"Green Tea\" in my cart"));
  EXPECT_TRUE(std::get<Act>(have->front().intents[0]).ensures_state);

  const auto second = read_step(when("I click the second \"Remove\" button in the row of \"Tea\""));
  const Act& remove = std::get<Act>(second->front().intents[0]);
  EXPECT_EQ(remove.target.ordinal, 2);
  EXPECT_EQ(remove.target.kind, ElementKind::kButton);
  EXPECT_EQ(remove.target.scopes, (std::vector<Scope>{{ElementKind::kRow, "Tea", true}}));

  const auto table = read_step(
      step_of({StepCase::Keyword::kThen, "the table contains the rows:", "Name|Age/Bob|3", ""}));
  EXPECT_TRUE(only_observation(*table).header);
  EXPECT_EQ(only_observation(*table).rows.size(), 2u);

  const auto badge = read_step(then("the cart badge shows 1"));
  EXPECT_EQ(only_observation(*badge).match, Match::kEquals);
  EXPECT_EQ(only_observation(*badge).target.noun, "cart badge");
}

TEST(Read, gives_several_readings_of_what_is_ambiguous) {
  const auto selected = read_step(when("I select \"Express\""));
  ASSERT_TRUE(selected);
  ASSERT_GE(selected->size(), 2u);
  EXPECT_EQ((*selected)[0].because, "choose «Express»");
  EXPECT_EQ((*selected)[1].because, "click «Express»");
  EXPECT_EQ((*selected)[0].weight, 1.0);
  EXPECT_LT((*selected)[1].weight, 1.0);
}

TEST(Read, takes_quotes_of_every_kind_and_leaves_apostrophes_alone) {
  for (const char* text : {"I click \"Don't save\"", "I click 'Don't save'", "I click “Don't save”",
                           "I click ‘Don't save’", "I click «Don't save»", "I click `Don't save`",
                           "I  click   \"Don't save\" .", "I CLICK \"Don't save\"!"})
    EXPECT_EQ(best(when(text)), "click «Don't save»") << text;
  EXPECT_EQ(best(when("I fill \"A\" with \"say \\\"hi\\\"\"")), "fill «A» with «say \"hi\"»");
  EXPECT_EQ(best(then("I should see \"Ærøskøbing – 日本\"")), "see «Ærøskøbing – 日本»");
}

TEST(Read, a_table_or_text_without_a_place_is_an_error) {
  PickleStep clicked = when("I click \"Save\"");
  clicked.table = {{{"a", "b"}}};
  EXPECT_FALSE(read_step(clicked));
  clicked.table.reset();
  clicked.doc_string = gherkin::DocString{.content = "x"};
  EXPECT_FALSE(read_step(clicked));
}

TEST(Read, errors_name_the_words_and_the_nearest_phrases) {
  const auto refused = read_step(when("I click \"Save\" and dance wildly"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("\"and dance wildly\""), std::string::npos);
  EXPECT_NE(refused.error().message.find("I click the button"), std::string::npos);
}

// Sentences of other people break off, and say a word twice.
TEST(Read, survives_parts_of_every_example) {
  const auto survives = [](const std::string& text) {
    for (const StepType type : {StepType::kContext, StepType::kAction, StepType::kOutcome})
      EXPECT_NO_THROW((void)read_step(step(type, text))) << text;
  };
  // Of each example one part, another for the next: all of them take too long.
  std::size_t turn = 0;
  for (const Phrase& phrase : phrases()) {
    const std::string example(phrase.example);
    const auto spaces = static_cast<std::size_t>(std::ranges::count(example, ' '));
    if (spaces == 0) continue;
    std::size_t at = example.find(' ');
    for (std::size_t skip = turn++ % spaces; skip > 0; --skip) at = example.find(' ', at + 1);
    survives(example.substr(0, at));
    survives(example.substr(at + 1));
  }
}

// What is only words that are verbs, or only small words, is a sentence as well.
TEST(Read, survives_sentences_of_small_words) {
  const std::vector<std::string> words{
      "the", "page", "should", "be",  "saved", "and", ",",    "is",   "not", "in", "\"a\"",  "2",
      "it",  "as",   "with",   "has", "been",  "no",  "only", "each", "for", "of", "showing"};
  std::mt19937 random(7);  // the same sentences each time
  for (int sentence = 0; sentence < 4000; ++sentence) {
    std::string text;
    for (std::size_t length = 1 + random() % 8; length > 0; --length)
      text += words[random() % words.size()] + " ";
    EXPECT_NO_THROW((void)read_step(then(text))) << text;
    EXPECT_NO_THROW((void)read_step(when(text))) << text;
  }
}

TEST(Read, survives_hostile_text) {
  std::string long_text, quotes, ands;
  for (int i = 0; i < 10'000; ++i) long_text += "should not see ";
  for (int i = 0; i < 60; ++i) quotes += "\"a\" in ";
  for (int i = 0; i < 25; ++i) ands += "I see \"a\" and ";
  const auto begin = std::chrono::steady_clock::now();
  const auto refused = read_step(then(long_text));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("more than"), std::string::npos);
  for (const std::string& text :
       {quotes, ands, std::string(100'000, '"'), std::string(100'000, 'a'),
        std::string("\xff\xfe \"\x80"), std::string("${"), std::string("'"), std::string(" . , : "),
        std::string()})
    EXPECT_NO_THROW((void)read_step(then(text)));
  // Not a measurement, but a guard against exponential search.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace vouch::features
