// What a browser keeps for a site and what its console says, asserted as a test would.
#include "browser/test_support.h"

namespace vouch::browser {
namespace {

using Kind = Action::Kind;
using Matcher = Assertion::Matcher;

class KeptTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<World>(); }
  static void TearDownTestSuite() { world_.reset(); }

  void SetUp() override {
    session_ = world_->open(world_->fixtures());
    perform({Kind::kGoto, std::nullopt, "/kept.html"});
  }

  void perform(Action action) {
    auto done = world_->run(session_->perform(action));
    ASSERT_TRUE(done) << done.error().message;
  }
  void click(const std::string& selector) {
    perform({Kind::kClick, Locator{{{.by = LocatorStep::By::kCss, .value = selector}}}, ""});
  }
  bool holds(const Assertion& assertion) {
    auto result = world_->run(session_->check(assertion, 0));
    if (!result) throw std::runtime_error(result.error().message);
    return result->passed;
  }
  // The page is made to show the opposite.
  void tamper(const Assertion& assertion) {
    auto done = world_->run(session_->tamper(assertion));
    ASSERT_TRUE(done) << done.error().message;
  }

  static std::unique_ptr<World> world_;
  std::unique_ptr<Session> session_;
};
std::unique_ptr<World> KeptTest::world_;

Assertion kept(Matcher matcher, std::string name, std::string value = "") {
  Assertion assertion{.matcher = matcher, .attribute = std::move(name)};
  if (!value.empty()) assertion.expected.emplace_back(std::move(value));
  return assertion;
}

Assertion negated(Assertion assertion) {
  assertion.negated = true;
  return assertion;
}

TEST_F(KeptTest, AForkBeginsWithWhatIsKeptAndChangesNothing) {
  click("#keep");
  auto fork = world_->run(session_->fork());
  ASSERT_TRUE(fork) << fork.error().message;
  const auto has = [&](Session& session, const Assertion& assertion) {
    return world_->run(session.check(assertion, 0)).value().passed;
  };
  const Action visit{Kind::kGoto, std::nullopt, "/form.html"};
  ASSERT_TRUE(world_->run((*fork)->perform(visit)));
  EXPECT_TRUE(has(**fork, kept(Matcher::kLocalStorageItem, "theme", "dark")));
  EXPECT_TRUE(has(**fork, kept(Matcher::kSessionStorageItem, "draft", "Dear Anna")));
  EXPECT_TRUE(has(**fork, kept(Matcher::kCookie, "token", "1a")));
  ASSERT_TRUE(world_->run((*fork)->perform({Kind::kClearStorage, std::nullopt, "localStorage"})));
  EXPECT_FALSE(has(**fork, kept(Matcher::kLocalStorageItem, "theme")));
  EXPECT_TRUE(holds(kept(Matcher::kLocalStorageItem, "theme", "dark")));
}

TEST_F(KeptTest, WhatIsStoredIsReadByItsName) {
  const std::vector<std::pair<Assertion, Assertion>> all = {
      {kept(Matcher::kLocalStorageItem, "theme", "dark"),
       kept(Matcher::kLocalStorageItem, "theme")},
      {kept(Matcher::kSessionStorageItem, "draft", "Dear Anna"),
       kept(Matcher::kSessionStorageItem, "draft")},
      {kept(Matcher::kCookie, "token", "1a"), kept(Matcher::kCookie, "token")}};
  for (const auto& [value, there] : all) {
    EXPECT_FALSE(holds(value));
    EXPECT_FALSE(holds(there));
    EXPECT_TRUE(holds(negated(there)));
  }
  click("#keep");
  for (const auto& [value, there] : all) {
    EXPECT_TRUE(holds(value));
    EXPECT_TRUE(holds(there));
    EXPECT_FALSE(holds(negated(value)));
    EXPECT_TRUE(holds(kept(value.matcher, "")));
    EXPECT_FALSE(holds(kept(value.matcher, "other")));
  }
}

TEST_F(KeptTest, WhatIsClaimedIsAlteredAndWhatIsDeniedIsPutThere) {
  for (const Matcher matcher :
       {Matcher::kLocalStorageItem, Matcher::kSessionStorageItem, Matcher::kCookie}) {
    const std::string name = matcher == Matcher::kLocalStorageItem     ? "theme"
                             : matcher == Matcher::kSessionStorageItem ? "draft"
                                                                       : "token";
    for (const Assertion& denied : {negated(kept(matcher, name)), negated(kept(matcher, ""))}) {
      perform({Kind::kClearCookies});
      perform({Kind::kClearStorage, std::nullopt, "localStorage"});
      perform({Kind::kClearStorage, std::nullopt, "sessionStorage"});
      EXPECT_TRUE(holds(denied));
      tamper(denied);
      EXPECT_FALSE(holds(denied));
    }
    click("#keep");
    const std::string value = matcher == Matcher::kLocalStorageItem     ? "dark"
                              : matcher == Matcher::kSessionStorageItem ? "Dear Anna"
                                                                        : "1a";
    for (const Assertion& said :
         {kept(matcher, name, value), kept(matcher, name), kept(matcher, "")}) {
      click("#keep");
      EXPECT_TRUE(holds(said));
      tamper(said);
      EXPECT_FALSE(holds(said));
    }
  }
}

TEST_F(KeptTest, ErrorsOfThePageAreToldFromItsBeginning) {
  const Assertion none = negated({.matcher = Matcher::kConsoleErrors});
  EXPECT_TRUE(holds(none));
  click("#fail");
  EXPECT_FALSE(holds(none));
  const Assertion one{.matcher = Matcher::kConsoleErrors, .expected = {Pattern{"It broke", ""}}};
  EXPECT_TRUE(holds(one));
  tamper(one);
  EXPECT_FALSE(holds(one));
  tamper({.matcher = Matcher::kConsoleErrors});
  EXPECT_TRUE(holds(none));
  tamper(none);
  EXPECT_FALSE(holds(none));
}

// The page's words are changed under an assertion, and put back.
TEST_F(KeptTest, AnAssertionDependsOnTheWordsThatItLooksAt) {
  perform({Kind::kGoto, std::nullopt, "/words.html"});
  const auto locator = [](const std::string& selector) {
    return Locator{{{.by = LocatorStep::By::kCss, .value = selector}}};
  };
  const auto depends = [&](Assertion assertion, const std::vector<std::string>& words) {
    EXPECT_TRUE(holds(assertion));
    auto told = world_->run(session_->depends_on({assertion}, words));
    EXPECT_TRUE(told) << told.error().message;
    EXPECT_TRUE(holds(assertion));
    return told.value_or(false);
  };
  Assertion there{.matcher = Matcher::kToBeVisible, .locator = locator("#total")};
  EXPECT_FALSE(depends(there, {"€ 9.95"}));
  EXPECT_TRUE(depends(there, {"nowhere"}));  // nothing can be told
  Assertion total{.matcher = Matcher::kToContainText, .locator = locator("#total")};
  total.expected.emplace_back("€ 9.95");
  EXPECT_TRUE(depends(total, {"€ 9.95"}));
  Assertion value{.matcher = Matcher::kToHaveValue, .locator = locator("input")};
  value.expected.emplace_back("Lea");
  EXPECT_TRUE(depends(value, {"lea"}));
  Assertion named{.matcher = Matcher::kToBeVisible};
  named.locator =
      Locator{{{.by = LocatorStep::By::kRole, .value = "button", .name = "Buy Lea's tea"}}};
  EXPECT_TRUE(depends(named, {"Lea's"}));
  Assertion shaded{.matcher = Matcher::kToBeVisible};
  shaded.locator = Locator{{{.by = LocatorStep::By::kText, .value = "Only 3 left"}}};
  EXPECT_TRUE(depends(shaded, {"3"}));
  Assertion sum{.matcher = Matcher::kToContainText, .locator = locator("#sum")};
  sum.expected.emplace_back("€4.50");
  EXPECT_TRUE(depends(sum, {"€4.50"}));
  Assertion ten{.matcher = Matcher::kToHaveText, .locator = locator("#ten")};
  ten.expected.emplace_back("10");
  EXPECT_FALSE(depends(ten, {"1", "3"}));
  Assertion framed{.matcher = Matcher::kToBeVisible};
  framed.locator = Locator{{{.by = LocatorStep::By::kFrame, .value = "iframe"},
                            {.by = LocatorStep::By::kText, .value = "Framed words"}}};
  EXPECT_TRUE(depends(framed, {"Framed words"}));
  EXPECT_FALSE(depends(there, {"Framed words", "€ 9.95"}));
}

TEST_F(KeptTest, APlaceOfTheWindowIsClicked) {
  perform({Kind::kClickAt, std::nullopt, "7,300"});
  Assertion where{.matcher = Matcher::kToHaveText};
  where.locator = Locator{{{.by = LocatorStep::By::kCss, .value = "#where"}}};
  where.expected.emplace_back("7, 300");
  EXPECT_TRUE(holds(where));
}

}  // namespace
}  // namespace vouch::browser
