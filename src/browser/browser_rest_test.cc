// When a page has settled after an action, and when it would go on by itself.
#include <gmock/gmock.h>

#include <algorithm>

#include "browser/page_test.h"

namespace vouch::browser {
namespace {

using Matcher = Assertion::Matcher;
using RestTest = PageTest;

TEST_F(RestTest, SettleWaitsForWhatThePageDoesOnItsOwn) {
  const auto session = open_page("actions.html");
  click(*session, role("button", "Count to five"));
  EXPECT_TRUE(ok(session->settle(150, 5000)));
  EXPECT_TRUE(ok(session->check({.matcher = Matcher::kToBeVisible, .locator = text("count: 5")}, 0))
                  .passed);
  click(*session, role("button", "Never stop"));
  EXPECT_FALSE(ok(session->settle(150, 400)));
}

TEST_F(RestTest, SettleWaitsForTimersThatAreSoonDueAndForNoOthers) {
  const auto session = open_page("actions.html");
  click(*session, role("button", "Answer later"));
  EXPECT_TRUE(ok(session->settle(50, 5000)));
  EXPECT_TRUE(ok(session->check({.matcher = Matcher::kToBeVisible, .locator = text("answered")}, 0))
                  .passed);
  click(*session, role("button", "Poll for ever"));
  EXPECT_TRUE(ok(session->settle(50, 5000)));
}

TEST_F(RestTest, APageIsAtRestWhereNothingOfItsOwnMayComeInTime) {
  const auto rests = [&](Session& session, std::int64_t within_ms) {
    ok(session.settle(250, 2000));
    return ok(session.at_rest(50, within_ms));
  };
  const auto session = open_page("by_itself.html");
  EXPECT_TRUE(rests(*session, 5000));
  for (const char* later : {"In a minute", "Give up in a minute"}) {
    SCOPED_TRACE(later);
    const auto one = open_page("by_itself.html");
    click(*one, role("button", later));
    EXPECT_TRUE(rests(*one, 5000));
    EXPECT_FALSE(rests(*one, 100'000));
  }
  for (const char* begun :
       {"Now and then", "Ask slowly", "Draw", "Work", "Listen", "Frame", "Reveal", "Refresh"}) {
    SCOPED_TRACE(begun);
    const auto one = open_page("by_itself.html");
    click(*one, role("button", begun));
    EXPECT_FALSE(rests(*one, 5000));
    click(*one, role("button", "Stop"));
    EXPECT_TRUE(rests(*one, 5000));
  }
}

TEST_F(RestTest, AnActionHasHappenedWhenWhatItMovesIsInPlace) {
  const auto session = open_page("actions.html");
  const auto is_shown = [&] {
    const Snapshot page = ok(session->snapshot());
    return std::ranges::any_of(page.elements,
                               [](const Element& e) { return e.own_text == "In the drawer"; });
  };
  EXPECT_FALSE(is_shown());
  click(*session, role("button", "Open the drawer"));
  EXPECT_TRUE(is_shown());
}

}  // namespace
}  // namespace vouch::browser
