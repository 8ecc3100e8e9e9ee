// Acts that would be cut off by what comes next wait for the site's answer.
#include <gmock/gmock.h>

#include "features/ground/walk.h"

namespace vouch::features::ground {
namespace {

using browser::Action;
using Kind = Action::Kind;

ChainStep did(Phase phase, Kind kind, std::string awaits = "") {
  ChainStep made;
  made.phase = phase;
  made.items.push_back({Action{.kind = kind, .awaits = std::move(awaits)}});
  return made;
}

// Of each act of the steps.
std::vector<std::string> awaited(std::vector<ChainStep> steps) {
  await_what_is_cut_off(&steps);
  std::vector<std::string> all;
  for (const ChainStep& step : steps)
    for (const ChainItem& item : step.items)
      if (item.action() != nullptr) all.push_back(item.action()->awaits);
  return all;
}

TEST(Awaits, only_what_is_followed_by_leaving_the_page) {
  using ::testing::ElementsAre;
  const ChainStep saves = did(Phase::kWhen, Kind::kClick, "POST");
  const ChainStep reloads = did(Phase::kWhen, Kind::kReload);
  ChainStep sees;
  sees.phase = Phase::kThen;
  sees.items.push_back({browser::Assertion{}});
  EXPECT_THAT(awaited({saves, reloads}), ElementsAre("POST", ""));
  EXPECT_THAT(awaited({saves, sees, reloads}), ElementsAre("POST", ""));
  EXPECT_THAT(awaited({saves, did(Phase::kThen, Kind::kClick)}), ElementsAre("POST", ""));
  EXPECT_THAT(awaited({saves, did(Phase::kWhen, Kind::kClick)}), ElementsAre("", ""));
  EXPECT_THAT(awaited({saves, sees}), ElementsAre(""));
}

TEST(Awaits, what_may_change_the_site_and_was_answered) {
  browser::Effect effect;
  const auto asked = [&](std::string method, int status, bool before = false) {
    effect.requests = {{.method = std::move(method), .status = status, .before = before}};
    return sent_by(effect);
  };
  EXPECT_EQ(asked("POST", 201), "POST");
  EXPECT_EQ(asked("GET", 200), "");
  EXPECT_EQ(asked("POST", 0), "");
  EXPECT_EQ(asked("POST", 201, true), "");
}

}  // namespace
}  // namespace vouch::features::ground
