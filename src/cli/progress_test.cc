// The rows and lines that a generation's statuses and events become.
#include "cli/progress.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

constexpr Terminal kWide{.is_terminal = true, .colours = false, .unicode = true, .width = 60};

json::object parse(std::string_view text) { return json::parse(text).as_object(); }

json::object status() {
  return parse(R"({"featureId": 3, "featureName": "Login", "featureStatus": "generating",
    "requestId": "r1", "runnerStarted": true, "overallStatus": "in_progress",
    "overallConclusion": null, "updatedUtc": "2026-06-10T14:30:12Z",
    "sections": [
      {"section": "login", "title": "Login", "status": "in_progress", "conclusion": null,
       "stage": "grounding", "statusReason": null},
      {"section": "login/anna", "title": "Anna signs in", "status": "in_progress",
       "conclusion": null, "stage": "grounding", "statusReason": null},
      {"section": "login/leo", "title": "Leo is refused", "status": "queued",
       "conclusion": null, "stage": null, "statusReason": null}],
    "stage": "grounding", "statusReason": null, "queuePosition": null})");
}

TEST(Progress, ShowsARowForEachScenarioWithStageAndSecondsElapsed) {
  GenerationProgress progress("login.feature", 1000);
  progress.take_status(status(), 1000);
  EXPECT_EQ(
      progress.rows(kWide, 3200, 0, 20),
      (std::vector<std::string>{"⠋ login.feature                                        2.2s",
                                "  ⠋ Anna signs in                       grounding      2.2s",
                                "  · Leo is refused                                         "}));
}

TEST(Progress, FollowsEventsAndKeepsTheTimeThatASectionTook) {
  GenerationProgress progress("login.feature", 0);
  progress.take_status(status(), 0);
  progress.take_event(
      "section", parse(R"({"ordinal": 1, "status": "in_progress", "stage": "proving"})"), 1000);
  EXPECT_EQ(progress.rows(kWide, 1500, 1, 20)[1],
            "  ⠙ Anna signs in                       proving        1.5s");
  progress.take_event("section",
                      parse(R"({"ordinal": 1, "status": "completed", "conclusion": "success",
                                "stage": "proving"})"),
                      4000);
  progress.take_event("ended", parse(R"({"state": "succeeded"})"), 4100);
  EXPECT_TRUE(progress.ended());
  EXPECT_EQ(progress.elapsed_ms(), 4100);
  EXPECT_EQ(progress.rows(kWide, 9000, 0, 20)[1],
            "  ✓ Anna signs in                       proven         4.0s");
}

TEST(Progress, TellsEachChangeOnceAsALine) {
  GenerationProgress progress("login.feature", 0);
  progress.take_status(status(), 0);
  EXPECT_EQ(progress.take_changes(),
            std::vector<std::string>{"login.feature: Anna signs in: grounding"});
  progress.take_event("section",
                      parse(R"({"ordinal": 2, "status": "completed", "conclusion": "failure",
                                "statusReason": "Line 9,\nno such button."})"),
                      500);
  EXPECT_EQ(
      progress.take_changes(),
      std::vector<std::string>{"login.feature: Leo is refused: failed: Line 9, no such button."});
  progress.take_event(
      "section", parse(R"({"ordinal": 2, "status": "completed", "conclusion": "failure"})"), 600);
  EXPECT_TRUE(progress.take_changes().empty());
}

TEST(Progress, ShowsThoseAtWorkWhereThereIsNoRoomForAll) {
  GenerationProgress progress("big.feature", 0);
  for (int i = 1; i <= 30; ++i) {
    progress.take_event("section",
                        json::object{{"ordinal", i},
                                     {"title", "Scenario " + std::to_string(i)},
                                     {"status", i == 25 ? "in_progress" : "queued"}},
                        0);
  }
  const auto rows = progress.rows(kWide, 0, 0, 5);
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_NE(rows[1].find("Scenario 1 "), std::string::npos);
  EXPECT_NE(rows[3].find("Scenario 25"), std::string::npos);
  EXPECT_NE(rows[4].find("and 27 more"), std::string::npos);
}

TEST(Progress, NoRowIsWiderThanTheTerminal) {
  GenerationProgress progress("日本語の機能.feature", 0);
  progress.take_event("section",
                      parse(R"({"ordinal": 1, "status": "in_progress", "stage": "grounding",
        "title": "名前とパスワードを入力してサインインするととても長い題名が表示される"})"),
                      0);
  for (int width : {30, 40, 60, 110}) {
    Terminal terminal = kWide;
    terminal.width = width;
    for (const std::string& row : progress.rows(terminal, 12'345, 0, 20)) {
      EXPECT_LE(display_width(row), static_cast<std::size_t>(width)) << row;
    }
  }
}

TEST(Progress, AStrangersTitleCannotSteerTheTerminal) {
  GenerationProgress progress("x", 0);
  progress.take_event(
      "section", json::object{{"ordinal", 1}, {"title", "a\x1b[2Jb\nc"}, {"status", "queued"}}, 0);
  EXPECT_EQ(progress.sections()[1].title, "a[2Jb c");
}

TEST(Progress, TimesAreShort) {
  EXPECT_EQ(elapsed_text(0), "0.0s");
  EXPECT_EQ(elapsed_text(12'345), "12.3s");
  EXPECT_EQ(elapsed_text(65'000), "1m 05s");
}

}  // namespace
}  // namespace vouch::cli
