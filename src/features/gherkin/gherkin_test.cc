#include "features/gherkin/gherkin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "features/gherkin/language.h"
#include "source_dir.h"

namespace vouch::features::gherkin {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const fs::path kData = fs::path(VOUCH_SOURCE_DIR) / "tests" / "gherkin";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// The messages of an .ndjson file, each without its envelope.
std::vector<json::value> read_messages(const fs::path& path, std::string_view envelope) {
  std::vector<json::value> messages;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) messages.push_back(json::parse(line).at(envelope));
  }
  return messages;
}

std::vector<std::string> features_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kData / folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".feature") || name.ends_with(".md")) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

// The document, where the test is not about errors.
Document parsed(std::string_view text, const ParseOptions& options = {}) {
  auto document = parse(text, options);
  if (document) return *std::move(document);
  for (const ParseError& error : document.error()) ADD_FAILURE() << to_string(error);
  return {};
}

std::vector<Pickle> compiled(std::string_view text, const ParseOptions& options = {}) {
  auto pickles = compile(parsed(text, options));
  if (pickles) return *std::move(pickles);
  ADD_FAILURE() << to_string(pickles.error());
  return {};
}

std::vector<std::string> errors_of(std::string_view text, const ParseOptions& options = {}) {
  const auto document = parse(text, options);
  std::vector<std::string> errors;
  if (document) return errors;
  for (const ParseError& error : document.error()) errors.push_back(to_string(error));
  return errors;
}

// ---- The official conformance data ----

class GoodFeature : public testing::TestWithParam<std::string> {};

TEST_P(GoodFeature, HasTheOfficialTree) {
  const std::string uri = "../testdata/good/" + GetParam();
  const Document document =
      parsed(read_file(kData / "good" / GetParam()), {.syntax = syntax_of(uri)});
  const auto official =
      read_messages(kData / "good" / (GetParam() + ".ast.ndjson"), "gherkinDocument");
  ASSERT_THAT(official, SizeIs(1));
  EXPECT_EQ(json::value(to_json(document, uri)), official.front());
}

TEST_P(GoodFeature, HasTheOfficialPickles) {
  const std::string uri = "../testdata/good/" + GetParam();
  std::vector<json::value> pickles;
  for (const Pickle& pickle :
       compiled(read_file(kData / "good" / GetParam()), {.syntax = syntax_of(uri)})) {
    pickles.emplace_back(to_json(pickle, uri));
  }
  EXPECT_EQ(pickles, read_messages(kData / "good" / (GetParam() + ".pickles.ndjson"), "pickle"));
}

INSTANTIATE_TEST_SUITE_P(Official, GoodFeature, testing::ValuesIn(features_in("good")), test_name);

class BadFeature : public testing::TestWithParam<std::string> {};

TEST_P(BadFeature, HasTheOfficialErrors) {
  const auto document = parse(read_file(kData / "bad" / GetParam()));
  ASSERT_FALSE(document);
  std::vector<json::value> errors;
  for (const ParseError& error : document.error()) {
    json::object location{{"line", error.location.line}};
    if (error.location.column > 0) location["column"] = error.location.column;
    errors.push_back(
        {{"source", {{"uri", "../testdata/bad/" + GetParam()}, {"location", location}}},
         {"message", to_string(error)}});
  }
  EXPECT_EQ(errors, read_messages(kData / "bad" / (GetParam() + ".errors.ndjson"), "parseError"));
}

INSTANTIATE_TEST_SUITE_P(Official, BadFeature, testing::ValuesIn(features_in("bad")), test_name);

TEST(GherkinConformance, TestsTheWholeSet) {
  EXPECT_THAT(features_in("good"), SizeIs(55));
  EXPECT_THAT(features_in("bad"), SizeIs(12));
  EXPECT_EQ(read_file(kData / "gherkin-languages.json"),
            read_file(fs::path(VOUCH_SOURCE_DIR) / "src/features/gherkin/gherkin-languages.json"));
}

// What may follow at each place, in the official words. Each source ends before the line that
// nothing allows.
struct Expected {
  std::string source;
  std::string names;
  friend void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.source; }
};

class UnexpectedLine : public testing::TestWithParam<Expected> {};

TEST_P(UnexpectedLine, IsAnsweredWithWhatWasExpected) {
  const std::string source = GetParam().source + "\nnonsense";
  const auto line = std::to_string(std::ranges::count(source, '\n') + 1);
  EXPECT_THAT(errors_of(source),
              ElementsAre("(" + line + ":1): expected: " + GetParam().names + ", got 'nonsense'"));
}

constexpr auto kStepOf = "Feature: F\nBackground:\n* a";
constexpr auto kScenarioStep = "Feature: F\nScenario: S\n* a";
constexpr auto kExamples = "Feature: F\nScenario: S\n* a\nExamples:";
constexpr auto kAfterScenario =
    ", #StepLine, #TagLine, #ExamplesLine, #ScenarioLine, #RuleLine, #Comment, #Empty";
constexpr auto kAfterBackground =
    ", #StepLine, #TagLine, #ScenarioLine, #RuleLine, #Comment, #Empty";

INSTANTIATE_TEST_SUITE_P(
    Official, UnexpectedLine,
    testing::Values(
        Expected{"", "#EOF, #Language, #TagLine, #FeatureLine, #Comment, #Empty"},
        Expected{kStepOf, std::string("#EOF, #TableRow, #DocStringSeparator") + kAfterBackground},
        Expected{kStepOf + std::string("\n|a|"),
                 std::string("#EOF, #TableRow, #DocStringSeparator") + kAfterBackground},
        Expected{kStepOf + std::string("\n```\n```"),
                 std::string("#EOF, #TableRow") + kAfterBackground},
        Expected{kStepOf + std::string("\n```\n```\n|a|"),
                 std::string("#EOF, #TableRow") + kAfterBackground},
        Expected{kStepOf + std::string("\n|a|\n```\n```"), std::string("#EOF") + kAfterBackground},
        Expected{kScenarioStep,
                 std::string("#EOF, #TableRow, #DocStringSeparator") + kAfterScenario},
        Expected{kScenarioStep + std::string("\n|a|\n```\n```"),
                 std::string("#EOF") + kAfterScenario},
        Expected{kExamples + std::string("\n|a|"),
                 "#EOF, #TableRow, #TagLine, #ExamplesLine, #ScenarioLine, #RuleLine, #Comment, "
                 "#Empty"}));

TEST(GherkinErrors, ALanguageLineMustStandBeforeAFeature) {
  EXPECT_THAT(
      errors_of("# language: fr\nFeature: F"),
      ElementsAre("(2:1): expected: #TagLine, #FeatureLine, #Comment, #Empty, got 'Feature: F'",
                  "(3:0): unexpected end of file, expected: #TagLine, #FeatureLine, #Comment, "
                  "#Empty"));
}

TEST(GherkinErrors, TagsMustStandBeforeWhatTheyAnnounce) {
  EXPECT_THAT(
      errors_of("@a\nScenario: S"),
      ElementsAre("(2:1): expected: #TagLine, #FeatureLine, #Comment, #Empty, got 'Scenario: S'",
                  "(3:0): unexpected end of file, expected: #TagLine, #FeatureLine, "
                  "#Comment, #Empty"));
  EXPECT_THAT(
      errors_of("Feature: F\n@a\n@b\n\nBackground:"),
      ElementsAre("(5:1): expected: #TagLine, #RuleLine, #Comment, #Empty, got 'Background:'",
                  "(6:0): unexpected end of file, expected: #TagLine, #RuleLine, #Comment, "
                  "#Empty"));
}

TEST(GherkinErrors, ParsingGivesUpAfterElevenErrors) {
  std::string source;
  for (int i = 0; i < 100; ++i) source += "nonsense " + std::to_string(i) + "\n";
  EXPECT_THAT(errors_of(source), SizeIs(kParseErrorsMax));
}

TEST(GherkinErrors, ColumnsCountCodePoints) {
  const auto document = parse("Feature: F\n@ä😀 @b c\nScenario: S");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().front().location, (Location{2, 5}));
  EXPECT_EQ(document.error().front().message, "A tag may not contain whitespace");
}

TEST(GherkinErrors, ASourceTooLargeIsRefused) {
  EXPECT_THAT(errors_of(std::string(kSourceBytesMax + 1, ' ')),
              ElementsAre("(1:1): the source has 1048577 bytes, the limit is 1048576: split it "
                          "into several files"));
  EXPECT_THAT(errors_of(std::string(kSourceBytesMax, ' ')), IsEmpty());
}

TEST(GherkinErrors, AnUnknownLanguageIsRefused) {
  EXPECT_THAT(errors_of("Feature: F", {.language = "no-such"}),
              ElementsAre("(1:1): Language not supported: no-such"));
}

// ---- Languages ----

class EveryLanguage : public testing::TestWithParam<std::string> {};

// A feature with a rule, a background, two scenarios (one an outline) and one step of each keyword.
std::string feature_in(const Language& language) {
  std::string text = "# language: " + language.code + "\n" + language.feature.front() + ": F\n";
  text += language.rule.front() + ": R\n" + language.background.front() + ":\n";
  for (const StepKeyword& keyword : language.steps) text += keyword.text + "one\n";
  for (const std::string& keyword : language.scenario) text += keyword + ": S\n* <a>\n";
  for (const std::string& keyword : language.examples) text += keyword + ":\n|a|\n|1|\n";
  return text;
}

TEST_P(EveryLanguage, KnowsItsKeywords) {
  const Language* language = find_language(GetParam());
  ASSERT_NE(language, nullptr);
  const Document document = parsed(feature_in(*language));
  ASSERT_TRUE(document.feature);
  EXPECT_EQ(document.feature->language, GetParam());
  EXPECT_EQ(document.feature->name, "F");
  ASSERT_THAT(document.feature->rules, SizeIs(1));
  const Rule& rule = document.feature->rules.front();
  EXPECT_EQ(rule.name, "R");
  ASSERT_TRUE(rule.background);
  ASSERT_THAT(rule.background->steps, SizeIs(language->steps.size()));
  for (std::size_t i = 0; i < language->steps.size(); ++i) {
    EXPECT_EQ(rule.background->steps[i].keyword, language->steps[i].text);
    EXPECT_EQ(rule.background->steps[i].text, "one");
  }
  EXPECT_THAT(rule.scenarios, SizeIs(language->scenario.size()));
  EXPECT_THAT(rule.scenarios.back().examples, SizeIs(language->examples.size()));
}

TEST_P(EveryLanguage, CanBeTheDefault) {
  const Language* language = find_language(GetParam());
  const Document document =
      parsed("# " + language->feature.front() + ": F\n## " + language->scenario.front() + ": S\n",
             {.syntax = Syntax::kMarkdown, .language = GetParam()});
  ASSERT_TRUE(document.feature);
  EXPECT_EQ(document.feature->keyword, language->feature.front());
  EXPECT_THAT(document.feature->scenarios, SizeIs(1));
}

std::vector<std::string> all_languages() {
  const auto codes = languages();
  return {codes.begin(), codes.end()};
}

INSTANTIATE_TEST_SUITE_P(Table, EveryLanguage, testing::ValuesIn(all_languages()), test_name);

TEST(GherkinLanguages, AreAllThere) { EXPECT_THAT(languages(), SizeIs(80)); }

// ---- Documents and pickles ----

TEST(GherkinPickles, SayWhereTheyComeFrom) {
  const auto pickles = compiled(R"(@shop
Feature: Cart
  Background:
    Given a shop

  @slow
  Rule: Prices
    Background:
      And a price list

    @sum
    Scenario Outline: <n> of <what>
      When I buy <n> "<what>"
      But not more
      * I look

      @small
      Examples:
        | n | what  |
        | 1 | apple |
        | 2 | <n>   |
)");
  ASSERT_THAT(pickles, SizeIs(2));
  const Pickle& pickle = pickles.front();
  EXPECT_EQ(pickle.name, "1 of apple");
  EXPECT_EQ(pickle.scenario_name, "<n> of <what>");
  EXPECT_EQ(pickle.rule_name, "Prices");
  EXPECT_EQ(pickle.language, "en");
  EXPECT_THAT(pickle.tags, ElementsAre("@shop", "@slow", "@sum", "@small"));
  EXPECT_EQ(pickle.scenario_location, (Location{12, 5}));
  EXPECT_EQ(pickle.example_location, (Location{20, 9}));
  ASSERT_THAT(pickle.steps, SizeIs(5));

  EXPECT_EQ(pickle.steps[0].text, "a shop");
  EXPECT_TRUE(pickle.steps[0].background);
  EXPECT_EQ(pickle.steps[1].keyword, "And");
  EXPECT_EQ(pickle.steps[1].type, StepType::kContext);
  EXPECT_TRUE(pickle.steps[1].background);
  EXPECT_EQ(pickle.steps[2].text, R"(I buy 1 "apple")");
  EXPECT_EQ(pickle.steps[2].type, StepType::kAction);
  EXPECT_FALSE(pickle.steps[2].background);
  EXPECT_EQ(pickle.steps[2].location, (Location{13, 7}));
  EXPECT_EQ(pickle.steps[3].type, StepType::kAction);
  EXPECT_EQ(pickle.steps[4].keyword, "*");
  EXPECT_EQ(pickle.steps[4].type, StepType::kUnknown);

  // A value is not looked at again for columns further left.
  EXPECT_EQ(pickles[1].name, "2 of <n>");
}

TEST(GherkinPickles, CarryTablesAndDocStrings) {
  const auto pickles = compiled(
      "Feature: F\nScenario Outline: S\n* a step\n| <a> | x\\|y |\n\"\"\"text/<a>\n<a>!\n\"\"\"\n"
      "Examples:\n|a|\n|$1\\n|");
  ASSERT_THAT(pickles, SizeIs(1));
  const PickleStep& step = pickles.front().steps.front();
  ASSERT_TRUE(step.table && step.doc_string);
  EXPECT_THAT(*step.table, ElementsAre(ElementsAre("$1\n", "x|y")));
  EXPECT_EQ(step.doc_string->content, "$1\n!");
  EXPECT_EQ(step.doc_string->media_type, "text/$1\n");
  EXPECT_TRUE(step.table_first);
}

TEST(GherkinPickles, AScenarioWithoutStepsHasNoneOfTheBackground) {
  const auto pickles = compiled("Feature: F\nBackground:\n* a\nScenario: S");
  ASSERT_THAT(pickles, SizeIs(1));
  EXPECT_THAT(pickles.front().steps, IsEmpty());
}

TEST(GherkinDocument, LineEndsAndByteOrderMarkDoNotMatter) {
  const std::string unix_text = "Feature: F\n\n  text\n\nScenario: S\n* a\n\"\"\"\nx\n\"\"\"\n";
  std::string dos_text = "\xEF\xBB\xBF";
  for (const char c : unix_text) dos_text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(to_json(parsed(unix_text), "f"), to_json(parsed(dos_text), "f"));
}

TEST(GherkinDocument, EveryEscapedDelimiterInALineIsUnescaped) {
  const auto pickles = compiled("Feature: F\nScenario: S\n* a\n```\n\\`\\`\\` \\`\\`\\`\n```");
  EXPECT_EQ(pickles.at(0).steps.at(0).doc_string->content, "``` ```");
}

TEST(GherkinMarkdown, ProseIsPassedOver) {
  const auto pickles = compiled(R"(
# Feature: Shop

Some prose about it.

`@tag`
## Scenario: Buy

We buy things:

- Given a shop
+ When I buy
  | what |
  |:----:|
  | milk |

```js
  code
```
)",
                                {.syntax = Syntax::kMarkdown});
  ASSERT_THAT(pickles, SizeIs(1));
  EXPECT_THAT(pickles.front().tags, ElementsAre("@tag"));
  ASSERT_THAT(pickles.front().steps, SizeIs(2));
  const PickleStep& step = pickles.front().steps[1];
  EXPECT_EQ(step.text, "I buy");
  EXPECT_THAT(*step.table, ElementsAre(ElementsAre("what"), ElementsAre("milk")));
  EXPECT_EQ(step.doc_string->content, "  code");
  EXPECT_EQ(step.doc_string->media_type, "js");
}

TEST(GherkinMarkdown, IsChosenByFileName) {
  EXPECT_EQ(syntax_of("login.feature"), Syntax::kPlain);
  EXPECT_EQ(syntax_of("login.feature.md"), Syntax::kMarkdown);
}

// ---- Hostile input ----

std::string repeated(std::string_view head, std::string_view text) {
  std::string out(head);
  while (out.size() + text.size() <= kSourceBytesMax) out += text;
  return out;
}

// `head`, then `text` up to the largest source allowed.
struct Hostile {
  std::string_view name;
  std::string_view head;
  std::string_view text;
};

class HostileSource : public testing::TestWithParam<Hostile> {};

TEST_P(HostileSource, EndsAndSoDoesItsCompilation) {
  const std::string source = repeated(GetParam().head, GetParam().text);
  for (const Syntax syntax : {Syntax::kPlain, Syntax::kMarkdown}) {
    const auto document = parse(source, {.syntax = syntax});
    if (!document) {
      EXPECT_THAT(document.error(), testing::Not(IsEmpty()));
      continue;
    }
    const auto pickles = compile(*document);
    if (!pickles) {
      EXPECT_THAT(pickles.error().message, HasSubstr("expands to more than"));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sources, HostileSource,
    testing::Values(Hostile{"Bars", "", "|"}, Hostile{"OneWideRow", kScenarioStep, "|"},
                    Hostile{"EmptyLines", "", "\n"}, Hostile{"ManyRows", kScenarioStep, "\n|a|"},
                    Hostile{"LoneCarriageReturns", "", "\r"},
                    Hostile{"TagLines", "Feature: F", "\n@a"},
                    Hostile{"Tags", "Feature: F\n", "@a"},
                    Hostile{"TaggedScenarios", "Feature: F", "\n@a\nScenario: S"},
                    Hostile{"Rules", "Feature: F", "\nRule:"}, Hostile{"Backslashes", "", "\\"},
                    Hostile{"EscapesInARow", "Feature: F\nScenario: S\n* a\n|", "\\"},
                    Hostile{"EscapedFences", "Feature: F\nScenario: S\n* a\n```", "\n\\`\\`\\`"},
                    Hostile{"OpenCodeSpans", "# ", "`@"}, Hostile{"Headings", "", "#"},
                    Hostile{"InvalidBytes", "Feature: F\n", "\xFF"},
                    Hostile{"NulBytes", "Feature: F\n", std::string_view("\0", 1)},
                    Hostile{"CutCharacters", "Feature: F\n", "\xC3"},
                    Hostile{"WideSpaces", "", "\xE2\x80\xA8"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(GherkinDocument, BrokenTextIsRepairedOrKept) {
  EXPECT_EQ(parsed("Feature: \xFF\xC3(\xE2\x82").feature->name, "\uFFFD\uFFFD(\uFFFD\uFFFD");
  EXPECT_EQ(parsed(std::string_view("Feature: a\0b", 12)).feature->name,
            std::string_view("a\0b", 3));
  EXPECT_EQ(parsed("Feature: a\rb").feature->name, "a\rb");
}

TEST(GherkinLimits, ABombOfRowsAndStepsIsRefused) {
  const std::string steps = std::string(400'000, 'x');
  std::string source =
      "Feature: F\nBackground:\n* " + steps + "\nScenario: S\n* <a>\nExamples:\n|a|\n";
  source = repeated(source, "|1|\n");
  const auto pickles = compile(parsed(source));
  ASSERT_FALSE(pickles);
  EXPECT_EQ(pickles.error().location, (Location{4, 1}));
  EXPECT_THAT(pickles.error().message, HasSubstr("expands to more than 10000 scenarios or 64 MiB"));
}

TEST(GherkinLimits, ABombOfPlaceholdersIsRefused) {
  std::string source = "Feature: F\nScenario: S\n* ";
  for (int i = 0; i < 100'000; ++i) source += "<a>";
  source += "\nExamples:\n|a|\n|" + std::string(500'000, 'x') + "|\n";
  EXPECT_FALSE(compile(parsed(source)));
}

TEST(GherkinLimits, ABombOfColumnsIsRefused) {
  std::string source = "Feature: F\nScenario: S\n* <" + std::string(400'000, 'x') + "\nExamples:\n";
  for (int row = 0; row < 2; ++row) source += std::string(200'000, '|') + "\n";
  EXPECT_FALSE(compile(parsed(source)));
}

TEST(GherkinLimits, TooManyScenariosAreRefused) {
  const auto pickles = compile(parsed(repeated("Feature: F\n", "Scenario: S\n")));
  ASSERT_FALSE(pickles);
  EXPECT_EQ(pickles.error().location.line, static_cast<int>(kPicklesMax) + 2);
}

// Random documents of likely and unlikely pieces: whatever comes out must be whole.
TEST(GherkinFuzz, RandomSourcesAreParsedOrRefused) {
  constexpr std::array<std::string_view, 30> kPieces = {"Feature: F",
                                                        "Rule: R",
                                                        "Background:",
                                                        "Scenario: S",
                                                        "Scenario Outline: <a>",
                                                        "Examples:",
                                                        "Given <a>",
                                                        "* a",
                                                        "And b",
                                                        "| a | b |",
                                                        "|a|",
                                                        "|\\",
                                                        "\"\"\"",
                                                        "```json",
                                                        "```",
                                                        "@tag",
                                                        "@a b",
                                                        "# language: fr",
                                                        "# comment",
                                                        "\n",
                                                        "\r\n",
                                                        "  ",
                                                        "\t",
                                                        "\xFF",
                                                        "\xC2\xA0",
                                                        "text",
                                                        "## Scenario: S",
                                                        "- Given <a>",
                                                        "`@tag`",
                                                        "| --- |"};
  std::mt19937 random(20260101);
  const auto below = [&random](std::size_t n) { return random() % n; };
  constexpr int kRounds = 4000;
  for (int round = 0; round < kRounds; ++round) {
    std::string source = below(2) == 0 ? "Feature: F\n" : "";
    for (std::size_t i = below(40); i > 0; --i) {
      source += kPieces[below(kPieces.size())];
      if (below(4) != 0) source += '\n';
    }
    const auto syntax = below(3) == 0 ? Syntax::kMarkdown : Syntax::kPlain;
    const auto document = parse(source, {.syntax = syntax});
    if (!document) {
      ASSERT_THAT(document.error(), testing::Not(IsEmpty())) << source;
      ASSERT_LE(document.error().size(), kParseErrorsMax) << source;
      continue;
    }
    ASSERT_TRUE(compile(*document)) << source;
    ASSERT_FALSE(json::serialize(to_json(*document, "f")).empty());
  }
}

}  // namespace
}  // namespace vouch::features::gherkin
