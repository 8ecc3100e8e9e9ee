// What a report, a digest and a diagnosis make of what the runner wrote.
#include "runs/report.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "runs/artifacts.h"
#include "runs/diagnosis.h"
#include "runs/digest.h"

namespace vouch::runs {
namespace {

namespace json = boost::json;

TEST(Report, WhatIsNotAReportIsRefused) {
  for (const char* text : {"", "{", "[]", "{}", R"({"suites":[]})"}) {
    EXPECT_FALSE(parse_report(text, "/job")) << text;
  }
  EXPECT_TRUE(parse_report(R"({"suites":[],"stats":{}})", "/job"));
}

TEST(Report, MembersOfAnotherTypeAreLeftOut) {
  const auto report = parse_report(
      R"({"config":7,"stats":{"duration":"long"},"errors":[7,{"message":[]}],"suites":[7,{"specs":[
         {"title":7,"line":-3,"tests":[{"results":[{"status":7,"duration":1e300,"errors":7,
          "steps":[7,{"title":"When"}],"attachments":[7]}]}]}]}]})",
      "/job");
  ASSERT_TRUE(report);
  ASSERT_EQ(report->tests.size(), 1u);
  EXPECT_EQ(report->tests[0].status, TestStatus::kFailed);
  EXPECT_EQ(report->tests[0].line, 0);
  EXPECT_EQ(report->tests[0].duration_ms, 0);
}

TEST(Report, TextOfATerminalBecomesPlainUtf8) {
  EXPECT_EQ(strip_ansi("\x1b[31mred\x1b[39m \x07h\xC3\xA9 \xff\xC3(\x1b["),
            "red h\xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD(");
}

TEST(Artifacts, AreNamedAfterTheTest) {
  EXPECT_EQ(slug_of("Locked-out user: \"leo\"!", 3), "locked-out-user-leo");
  EXPECT_EQ(slug_of("../../etc/passwd", 3), "etc-passwd");
  EXPECT_EQ(slug_of("\xE7\x99\xBB\xE5\xBD\x95", 12), "line-12");
}

TestResult failed(std::string message) {
  TestResult test;
  test.title = "Locked user";
  test.errors.push_back({.message = std::move(message)});
  test.duration_ms = 12;
  return test;
}

TEST(Digest, CountsTheLastTriesAndShortensErrors) {
  RunOutcome outcome;
  outcome.log = "the log";
  auto first_try = failed("flaky");
  first_try.last_try = false;
  auto second_try = failed("");
  second_try.errors.clear();
  second_try.status = TestStatus::kPassed;
  second_try.ok = true;
  TestResult skipped;
  skipped.status = TestStatus::kSkipped;
  skipped.ok = true;
  outcome.report.tests = {first_try, second_try, failed(std::string(5000, 'x')), skipped};
  outcome.artifacts = {{"trace", "trace/locked-user.zip", 7}};
  const auto digest = make_digest(outcome);
  EXPECT_EQ(digest.at("summary"), json::parse(R"({"total":3,"passed":1,"failed":1,"other":1})"));
  EXPECT_EQ(
      digest.at("tests").at(0),
      json::parse(R"({"name":"Locked user","status":"passed","durationMs":12,"error":null})"));
  EXPECT_LE(digest.at("tests").at(1).at("error").as_string().size(), kDigestErrorCharsMax + 3);
  EXPECT_EQ(digest.at("artifacts"),
            json::parse(R"([{"kind":"trace","path":"trace/locked-user.zip","size":7}])"));
  EXPECT_EQ(digest.at("log"), "the log");
}

TEST(Digest, APassedRunShowsNoLog) {
  RunOutcome outcome;
  outcome.passed = true;
  outcome.log = "1 passed";
  EXPECT_EQ(make_digest(outcome).at("log"), nullptr);
}

TEST(Diagnosis, TellsTheCauseByPlaywrightsWords) {
  const auto cause = [](const char* message, TestStatus status = TestStatus::kFailed) {
    return cause_of({.message = message}, status);
  };
  EXPECT_EQ(cause("Error: page.goto: net::ERR_CONNECTION_REFUSED at http://x/"),
            Cause::kSiteUnreachable);
  EXPECT_EQ(cause("Error: locator.click: Error: strict mode violation: getByRole('button')"),
            Cause::kElementChanged);
  EXPECT_EQ(cause("Error: expect(locator).toBeVisible() failed\n\nLocator: getByText('x')\n"
                  "Expected: visible\nError: element(s) not found"),
            Cause::kElementMissing);
  EXPECT_EQ(cause("Error: expect(locator).toHaveText(expected) failed\n\nReceived: \"a\""),
            Cause::kAssertion);
  EXPECT_EQ(cause("TimeoutError: locator.click: Timeout 500ms exceeded.\nCall log:\n"
                  "  - waiting for getByRole('button', { name: 'Buy' })"),
            Cause::kElementMissing);
  EXPECT_EQ(cause("TimeoutError: locator.click: Timeout 500ms exceeded.\nCall log:\n"
                  "  - waiting for getByRole('button')\n  - locator resolved to <button disabled>\n"
                  "  - element is not enabled"),
            Cause::kElementChanged);
  EXPECT_EQ(cause("Test timeout of 30000ms exceeded.", TestStatus::kTimedOut), Cause::kTimeout);
  EXPECT_EQ(cause("ReferenceError: x is not defined"), Cause::kTestError);
}

TEST(Diagnosis, SuggestsTheLocatorsOfAStrictModeViolation) {
  EXPECT_EQ(suggestion_of({.message = "Error: strict mode violation: getByRole('button') resolved "
                                      "to 2 elements:\n"
                                      "    1) <button>A</button> aka getByText('A')\n"
                                      "    2) <button>B</button> aka getByText('B')\n"}),
            "Several elements match. Name one of them: getByText('A'), or getByText('B').");
}

TEST(Diagnosis, NamesTheFailedStepAndItsLine) {
  RunOutcome outcome;
  auto test = failed("Error: expect(locator).toHaveText(expected) failed\n\nReceived: \"Hello\"\n");
  test.steps = {{.title = "Given I am on the page"}, {.title = "Then I see \"Bye\""}};
  test.steps[1].error = test.errors[0];
  outcome.report.tests = {test};
  const auto failures =
      failures_to_json(diagnose(outcome, [](auto, auto) { return std::optional<int>(9); }));
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].at("step"), json::parse(R"({"text":"Then I see \"Bye\"","line":9})"));
  EXPECT_EQ(failures[0].at("cause"), "assertion");
  EXPECT_THAT(std::string(failures[0].at("suggestion").as_string()),
              testing::HasSubstr("\"Hello\""));
}

TEST(Diagnosis, ARunThatFailedOutsideOfItsTestsHasOneFailure) {
  RunOutcome outcome;
  outcome.problem = "The run reached its time limit of 600 s.";
  outcome.end = RunEnd::kTimeLimit;
  const auto failures = diagnose(outcome, {});
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].cause, Cause::kTimeout);
  EXPECT_EQ(failures[0].error, outcome.problem);
}

}  // namespace
}  // namespace vouch::runs
