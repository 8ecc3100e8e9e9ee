// Texts for people, from answers as a server gives them.
#include "cli/report.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "cli/client.h"
#include "cli/junit.h"
#include "cli/table_commands.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

constexpr Terminal kPlain{.is_terminal = false, .colours = false, .unicode = true, .width = 72};

json::object parse(std::string_view text) { return json::parse(text).as_object(); }

json::object failed_status() {
  return parse(R"({"featureName": "Login", "featureStatus": "failed",
    "overallStatus": "completed", "overallConclusion": "failure",
    "statusReason": "1 of 2 scenarios failed.",
    "sections": [
      {"section": "login", "title": "Login", "status": "completed", "conclusion": "failure"},
      {"section": "login/anna", "title": "Anna signs in", "status": "completed",
       "conclusion": "success", "statusReason": null},
      {"section": "login/leo", "title": "Leo & <co> are refused", "status": "completed",
       "conclusion": "failure",
       "statusReason": "Line 12, «When I click \"Sing in\"»: Nothing here is named so. Nearest: button “Sign in”; link “Sign up”."}]})");
}

json::array proof() {
  return json::parse(R"([
    {"scenario": "Anna signs in", "step": "Then I should see \"Hello\"", "line": 8,
     "verdict": "proven", "counterfactual": "Without the When it fails.", "assumptions": []},
    {"scenario": "Anna signs in", "step": "And I should see \"Products\"", "line": 9,
     "verdict": "unprovable", "counterfactual": "It cannot be tampered with.",
     "assumptions": []}])")
      .as_array();
}

TEST(Report, WhatWasMadeIsToldByIdAndName) {
  for (const ops::Operation& row : operation_table()) {
    if (row.name != "create_project" && row.name != "update_project") continue;
    const json::value answer = parse(R"({"id": "p1", "name": "Shop", "siteUrl": "http://s"})");
    EXPECT_EQ(answer_report(kPlain, row, answer), "p1  Shop\n") << row.name;
  }
}

TEST(Report, AReasonIsTakenApartWhereItNamesAStep) {
  const FailureReason failure =
      parse_reason("Line 12, «When I click \"X\"»: Nothing is named so. Nearest: “Y”; “Z”.");
  EXPECT_EQ(failure.line, 12);
  EXPECT_EQ(failure.step, "When I click \"X\"");
  EXPECT_EQ(failure.reason, "Nothing is named so.");
  EXPECT_EQ(failure.nearest, "“Y”; “Z”.");
  EXPECT_EQ(parse_reason("The site is gone.").line, 0);
  EXPECT_EQ(parse_reason("The site is gone.").reason, "The site is gone.");
}

TEST(Report, AGenerationShowsEachThenAndWhyAScenarioFailed) {
  EXPECT_EQ(generation_report(kPlain, failed_status(), proof(), "login.feature"),
            "  ✓ Anna signs in\n"
            "    ✓ proven       Then I should see \"Hello\"\n"
            "      Without the When it fails.\n"
            "    ! unprovable   And I should see \"Products\"\n"
            "      It cannot be tampered with.\n"
            "  ✗ Leo & <co> are refused\n"
            "    login.feature:12  When I click \"Sing in\"\n"
            "    Nothing here is named so.\n"
            "    Nearest: button “Sign in”; link “Sign up”.\n");
}

TEST(Report, AnOutlinesExamplesAreToldApart) {
  const json::object status = parse(R"({"overallConclusion": "success", "sections": [
    {"section": "f", "title": "F", "conclusion": "success"},
    {"section": "f/o", "title": "<who> sees it", "conclusion": "success"}]})");
  const json::array examples = json::parse(R"([
    {"scenario": "anna sees it", "step": "Then it is there", "verdict": "proven"},
    {"scenario": "mia sees it", "step": "Then it is there", "verdict": "proven"}])")
                                   .as_array();
  EXPECT_EQ(generation_report(kPlain, status, examples, ""),
            "  ✓ <who> sees it\n"
            "    anna sees it\n"
            "    ✓ proven       Then it is there\n"
            "    mia sees it\n"
            "    ✓ proven       Then it is there\n");
}

TEST(Report, AFailureOutsideOfTheScenariosIsToldOnce) {
  json::object status = failed_status();
  status["statusReason"] = "The site cannot be reached.";
  for (json::value& section : status.at("sections").as_array()) {
    section.as_object()["conclusion"] = "skipped";
    section.as_object()["statusReason"] = nullptr;
  }
  const std::string text = generation_report(kPlain, status, {}, "login.feature");
  EXPECT_NE(text.find("The site cannot be reached."), std::string::npos);
}

TEST(Report, TheProofIsCounted) {
  EXPECT_EQ(proof_summary(proof()), "2 Thens: 1 proven, 1 unprovable");
  EXPECT_EQ(proof_summary({}), "0 Thens");
}

TEST(Report, AnOutlinesExamplesBelongToIt) {
  EXPECT_TRUE(scenario_matches("Sign in", "Sign in"));
  EXPECT_TRUE(scenario_matches("Sign in", "Sign in (anna, ok)"));
  EXPECT_FALSE(scenario_matches("Sign in", "Sign in again"));
  EXPECT_TRUE(scenario_matches("<user> sees <page>", "anna sees Products"));
  EXPECT_TRUE(scenario_matches("See <page>", "See Products"));
  EXPECT_FALSE(scenario_matches("<user> sees <page>", "anna opens Products"));
}

TEST(Report, GherkinErrorsStandUnderTheirCharacter) {
  EXPECT_EQ(source_report(kPlain, "a.feature", "Feature: ü\n  Whén I go\n",
                          {{2, 3, "expected: #StepLine"}, {2, 0, "whole"}}),
            "a.feature:2:3: expected: #StepLine\n"
            "  2 |   Whén I go\n"
            "    |   ^\n"
            "a.feature:2: whole\n"
            "  2 |   Whén I go\n");
}

TEST(Report, TheCaretCountsWideCharactersTwice) {
  EXPECT_EQ(source_report(kPlain, "a.feature", "日本x", {{1, 3, "here"}}),
            "a.feature:1:3: here\n"
            "  1 | 日本x\n"
            "    |     ^\n");
}

TEST(Report, ListsAreAligned) {
  const json::array items =
      json::parse(R"([{"id": 2, "name": "Löwe"}, {"id": 10, "name": "B"}])").as_array();
  EXPECT_EQ(table(kPlain, items, {{"id", "id", true}, {"name", "name"}}),
            "id  name\n 2  Löwe\n10  B\n");
}

TEST(Terminal, TextIsMeasuredFittedAndWrappedInColumns) {
  EXPECT_EQ(display_width("añb"), 3u);
  EXPECT_EQ(display_width("日本"), 4u);
  EXPECT_EQ(display_width("\x1b[31mred\x1b[0m"), 3u);
  EXPECT_EQ(fit(kPlain, "abcdef", 4), "abc…");
  EXPECT_EQ(fit(kPlain, "日本語", 4), "日…");
  EXPECT_EQ(pad(kPlain, "日", 4), "日  ");
  EXPECT_EQ(wrap("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("a\n\nb", 8), (std::vector<std::string>{"a", "", "b"}));
}

TEST(Terminal, WithoutColoursNothingIsPainted) {
  EXPECT_EQ(paint(kPlain, Tone::kBad, "x"), "x");
  Terminal coloured = kPlain;
  coloured.colours = true;
  EXPECT_EQ(paint(coloured, Tone::kBad, "x"), "\x1b[31mx\x1b[0m");
}

TEST(Junit, HasACaseForEachScenarioWithItsReason) {
  JunitSuite suite;
  suite.name = "Login";
  suite.file = "login.feature";
  suite.status = failed_status();
  suite.proof = proof();
  suite.duration_ms = 4200;
  suite.section_ms["login/anna"] = 1500;
  EXPECT_EQ(
      junit_xml({suite}),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"vouch\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
      "  <testsuite name=\"Login\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" "
      "time=\"4.200\">\n"
      "    <testcase classname=\"Login\" name=\"Anna signs in\" time=\"1.500\" "
      "file=\"login.feature\">\n"
      "      <system-out>proven: Then I should see &quot;Hello&quot;&#10;unprovable: And I should "
      "see &quot;Products&quot;&#10;</system-out>\n"
      "    </testcase>\n"
      "    <testcase classname=\"Login\" name=\"Leo &amp; &lt;co&gt; are refused\" time=\"0.000\" "
      "file=\"login.feature\">\n"
      "      <failure message=\"Line 12, «When I click &quot;Sing in&quot;»: Nothing here is named "
      "so. Nearest: button “Sign in”; link “Sign up”.\">Line 12, «When I click &quot;Sing "
      "in&quot;»: Nothing here is named so. Nearest: button “Sign in”; link “Sign up”.</failure>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST(Junit, AFeatureThatWasNeverGeneratedIsAnError) {
  JunitSuite suite;
  suite.name = "Login";
  suite.error = "No server answers.";
  EXPECT_NE(junit_xml({suite}).find("<error message=\"No server answers.\"/>"), std::string::npos);
}

}  // namespace
}  // namespace vouch::cli
