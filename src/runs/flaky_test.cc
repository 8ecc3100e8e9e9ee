#include "runs/flaky.h"

#include <gtest/gtest.h>

namespace vouch::runs {
namespace {

Try passed(std::int64_t run) { return {run, run * 1000, true, ""}; }
Try failed(std::int64_t run, std::string error = "Error: not visible") {
  return {run, run * 1000, false, std::move(error)};
}

TEST(Flaky, WhatAlwaysEndsAlikeDoesNotFlip) {
  EXPECT_FALSE(flip_of({}));
  EXPECT_FALSE(flip_of({passed(1)}));
  EXPECT_FALSE(flip_of({passed(1), passed(2), passed(3)}));
  EXPECT_FALSE(flip_of({failed(1), failed(1), failed(2)}));
}

TEST(Flaky, ASiteThatBreaksOrIsMendedMakesNoTestFlip) {
  EXPECT_FALSE(flip_of({passed(1), passed(2), failed(3), failed(4)}));
  EXPECT_FALSE(flip_of({failed(1), failed(2), passed(3)}));
}

TEST(Flaky, WhatChangesAndChangesBackFlips) {
  const auto flip = flip_of(
      {passed(1), failed(2, "Error: first"), passed(3), failed(4, "Error: last"), passed(5)});
  ASSERT_TRUE(flip);
  EXPECT_EQ(flip->passed_ms, 5000);
  EXPECT_EQ(flip->failed_ms, 4000);
  EXPECT_EQ(flip->error, "Error: last");
  EXPECT_TRUE(flip_of({failed(1), passed(2), failed(3)}));
}

TEST(Flaky, WhatPassesAndFailsInOneRunFlips) {
  EXPECT_TRUE(flip_of({failed(1), passed(1)}));  // on a retry
  EXPECT_TRUE(flip_of({passed(1), failed(1)}));
  const auto flip = flip_of({passed(1), failed(2, "Error: late"), passed(2)});
  ASSERT_TRUE(flip);
  EXPECT_EQ(to_json(*flip), (boost::json::object{{"passedUtc", "1970-01-01T00:00:02Z"},
                                                 {"failedUtc", "1970-01-01T00:00:02Z"},
                                                 {"error", "Error: late"}}));
}

// A digest as a run keeps it, of one test.
boost::json::object digest_of(std::string status, std::string hash, std::string cause = "") {
  boost::json::object digest;
  boost::json::value error = nullptr;
  if (status != "passed") error = "Error: not visible\nmore";
  digest["tests"] = {
      {{"name", "Signs in"}, {"status", status}, {"error", error}, {"textHash", hash}}};
  digest["failures"] = boost::json::array();
  if (!cause.empty()) digest["failures"] = {{{"name", "Signs in"}, {"cause", cause}}};
  return digest;
}

store::RunRow run_row(std::int64_t id, boost::json::object digest) {
  store::RunRow row;
  row.id = id;
  row.finished_ms = id * 1000;
  row.digest = std::move(digest);
  return row;
}

TestResult result(TestStatus status, int retry = 0, bool last_try = true) {
  TestResult one;
  one.title = "Signs in";
  one.file = "Features/Login.spec.ts";
  one.status = status;
  one.ok = status == TestStatus::kPassed;
  one.retry = retry;
  one.last_try = last_try;
  if (!one.ok) one.errors = {{.message = "Error: gone\nCall log"}};
  return one;
}

// `flaky` of the run 9 after these, newest first.
boost::json::value flaky(std::vector<TestResult> results, std::vector<store::RunRow> before,
                         boost::json::object digest) {
  Report report;
  report.tests = std::move(results);
  const EndedRun run{9, 9000, {{"Features/Login.spec.ts", "a"}}};
  note_flips(digest, report, run, before);
  const boost::json::value& test = digest.at("tests").at(0);
  EXPECT_EQ(test.at("textHash"), "a");
  return test.at("flaky");
}

TEST(Flaky, RunsOfTheSameTextAreCompared) {
  const std::vector<store::RunRow> before = {run_row(2, digest_of("failed", "a")),
                                             run_row(1, digest_of("passed", "a"))};
  const auto now = flaky({result(TestStatus::kPassed)}, before, digest_of("passed", ""));
  EXPECT_EQ(now, (boost::json::object{{"passedUtc", "1970-01-01T00:00:09Z"},
                                      {"failedUtc", "1970-01-01T00:00:02Z"},
                                      {"error", "Error: not visible"}}));
}

TEST(Flaky, ATextThatChangedBetweenIsAnother) {
  const std::vector<store::RunRow> before = {run_row(2, digest_of("failed", "b")),
                                             run_row(1, digest_of("passed", "a"))};
  EXPECT_TRUE(flaky({result(TestStatus::kPassed)}, before, digest_of("passed", "")).is_null());
}

TEST(Flaky, ASiteThatWasAwayTellsNothingOfATest) {
  const std::vector<store::RunRow> before = {
      run_row(2, digest_of("failed", "a", "site_unreachable")),
      run_row(1, digest_of("passed", "a"))};
  EXPECT_TRUE(flaky({result(TestStatus::kPassed)}, before, digest_of("passed", "")).is_null());
}

TEST(Flaky, WhatPassesOnlyWhenItIsTriedAgainFlips) {
  const auto now = flaky({result(TestStatus::kTimedOut, 0, false), result(TestStatus::kPassed, 1)},
                         {}, digest_of("passed", ""));
  ASSERT_TRUE(now.is_object());
  EXPECT_EQ(now.at("error"), "Error: gone");
}

}  // namespace
}  // namespace vouch::runs
