// What proving does with the browser, on a site that is a few lines of memory.
#include "features/prove/prove.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "store/testing.h"

namespace vouch::features::prove {
namespace {

namespace asio = boost::asio;
using browser::Action;
using browser::Assertion;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

Assertion shows(std::string text, bool negated = false) {
  browser::LocatorStep by_text;
  by_text.by = browser::LocatorStep::By::kText;
  by_text.value = std::move(text);
  Assertion assertion;
  assertion.negated = negated;
  assertion.locator = browser::Locator{{by_text}};
  return assertion;
}

// A site whose page shows the words of whatever was filled in, and what stands on it anyway; "-x"
// takes x away, and "hang" makes it hang. What was asked of it is told in order.
class Site : public browser::Host {
 public:
  asio::awaitable<Result<std::unique_ptr<browser::Session>>> open(browser::ContextOptions) override;
  const sandbox::EgressPolicy& egress() const override { return egress_; }

  std::set<std::string> stands_anyway;
  std::vector<std::string> told;
  std::vector<std::int64_t> patience_ms;  // of each check
  int open_now = 0, open_max = 0;

 private:
  sandbox::EgressPolicy egress_{sandbox::EgressOptions{}};
};

class Tab final : public browser::Session {
 public:
  explicit Tab(Site& site) : site_(site) {
    site_.open_max = std::max(site_.open_max, ++site_.open_now);
  }
  ~Tab() override { --site_.open_now; }

  void go_on_as(std::string) override {}

  asio::awaitable<Result<browser::Effect>> perform(const Action& action) override {
    site_.told.push_back(action.value);
    if (action.value.starts_with('-')) {
      gone_.insert(action.value.substr(1));
    } else {
      gone_.erase(action.value);
      shown_.insert(action.value);
    }
    co_return browser::Effect{};
  }
  asio::awaitable<Result<browser::CheckResult>> check(const Assertion& assertion,
                                                      std::int64_t timeout_ms,
                                                      browser::Several) override {
    if (shown_.contains("hang")) co_return fail(ErrorCode::kTimeout, "The page does not respond.");
    const std::string& text = assertion.locator->steps[0].value;
    site_.patience_ms.push_back(timeout_ms);
    const bool shown =
        (shown_.contains(text) || site_.stands_anyway.contains(text)) && !gone_.contains(text);
    co_return browser::CheckResult{shown != assertion.negated, "not so: " + text, 1};
  }
  asio::awaitable<Result<void>> tamper(const Assertion& assertion) override {
    site_.told.push_back("tamper");
    shown_.insert(assertion.locator->steps[0].value);
    co_return Result<void>{};
  }
  asio::awaitable<Result<int>> send(const browser::HttpCall&) override {
    site_.told.push_back("reset");
    co_return 204;
  }
  asio::awaitable<Result<bool>> settle(std::int64_t, std::int64_t) override {
    auto executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable);  // others have their turn
    co_return true;
  }
  asio::awaitable<Result<bool>> at_rest(std::int64_t, std::int64_t) override {
    return none<bool>();
  }
  asio::awaitable<Result<browser::Snapshot>> snapshot() override {
    return none<browser::Snapshot>();
  }
  asio::awaitable<Result<std::optional<std::size_t>>> resolve(
      int, const std::vector<browser::Locator>&) override {
    return none<std::optional<std::size_t>>();
  }
  asio::awaitable<Result<std::vector<int>>> matches(const browser::Locator&) override {
    return none<std::vector<int>>();
  }
  asio::awaitable<Result<bool>> depends_on(const std::vector<Assertion>&,
                                           const std::vector<std::string>&) override {
    return none<bool>();
  }
  asio::awaitable<Result<std::unique_ptr<browser::Session>>> fork() override {
    return none<std::unique_ptr<browser::Session>>();
  }
  asio::awaitable<Result<std::string>> screenshot() override { return none<std::string>(); }

 private:
  template <class T>
  static asio::awaitable<Result<T>> none() {
    co_return fail(ErrorCode::kInternal, "Proving does not ask for this.");
  }

  Site& site_;
  std::set<std::string> shown_, gone_;
};

asio::awaitable<Result<std::unique_ptr<browser::Session>>> Site::open(browser::ContextOptions) {
  co_return std::make_unique<Tab>(*this);
}

ChainStep step(Phase phase, std::vector<ChainItem> items) {
  ChainStep made;
  made.phase = phase;
  made.keyword = phase == Phase::kGiven ? "Given" : phase == Phase::kWhen ? "When" : "Then";
  made.items = std::move(items);
  made.only_reads = true;
  return made;
}

ChainStep fill(Phase phase, const std::string& value) {
  return step(phase, {{Action{Action::Kind::kFill, std::nullopt, value}}});
}
ChainStep then(const Assertion& assertion) { return step(Phase::kThen, {{assertion}}); }

class Proving : public ::testing::Test {
 protected:
  std::vector<Proofs> prove_all(std::vector<Chain*> chains) {
    std::vector<Subject> subjects;
    for (Chain* chain : chains) subjects.push_back({chain, repeatable, [](std::string_view) {}});
    return run(io, prove(site, settings, random, std::move(subjects))).value();
  }
  std::vector<Verdict> verdicts(Chain chain) {
    std::vector<Verdict> list;
    const std::vector<Proofs> done = prove_all({&chain});
    for (const Proof& proof : done[0].proofs) list.push_back(proof.verdict);
    return list;
  }
  void give_reset() { settings.reset = browser::HttpCall{.url = "/reset"}; }

  asio::io_context io;
  SystemRandom random;
  Site site;
  ground::Site settings;
  bool repeatable = true;
};

TEST_F(Proving, ThensOfOneCauseShareACounterfactual) {
  site.stands_anyway = {"Products"};
  Chain chain{.steps = {fill(Phase::kGiven, "anna"), fill(Phase::kWhen, "tea"), then(shows("tea")),
                        then(shows("Products"))}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kProven, Verdict::kVacuous));
  EXPECT_THAT(site.told, ElementsAre("anna"));
}

TEST_F(Proving, APageThatHangsLeavesItsOwnThensUndecided) {
  Chain hangs{
      .steps = {fill(Phase::kGiven, "hang"), fill(Phase::kWhen, "tea"), then(shows("tea"))}};
  Chain works{.steps = {fill(Phase::kWhen, "oil"), then(shows("oil"))}};
  const std::vector<Proofs> done = prove_all({&hangs, &works});
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kInconclusive);
  EXPECT_THAT(done[0].proofs[0].counterfactual, HasSubstr("does not respond"));
  EXPECT_EQ(done[1].proofs[0].verdict, Verdict::kProven);
}

TEST_F(Proving, EachThenFollowsFromItsOwnCause) {
  Chain chain{.steps = {fill(Phase::kWhen, "tea"), then(shows("tea")), fill(Phase::kWhen, "oil"),
                        then(shows("tea")), then(shows("oil"))}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kProven, Verdict::kVacuous, Verdict::kProven));
}

TEST_F(Proving, WaitingIsNoCause) {
  site.stands_anyway = {"Products"};
  Chain chain{.steps = {fill(Phase::kWhen, "tea"), then(shows("tea")), step(Phase::kWhen, {}),
                        then(shows("tea")), then(shows("Products"))}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kProven, Verdict::kProven, Verdict::kVacuous));
  Chain given{.steps = {fill(Phase::kGiven, "tea"), step(Phase::kWhen, {}), then(shows("tea"))}};
  EXPECT_THAT(verdicts(given), ElementsAre(Verdict::kProven));
}

TEST_F(Proving, AThenThatLooksElsewhereGoesThereWithoutItsCauseAsWell) {
  ChainStep elsewhere =
      step(Phase::kThen, {{Action{Action::Kind::kClick, std::nullopt, "cart"}}, {shows("tea")}});
  Chain chain{
      .steps = {fill(Phase::kWhen, "tea"), then(shows("tea")), elsewhere, then(shows("cart"))}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kProven, Verdict::kProven, Verdict::kVacuous));
  EXPECT_THAT(site.told, ElementsAre("cart"));
}

TEST_F(Proving, WhatIsLookedAtElsewhereIsSoAfterAWaitOrAReloadAsWell) {
  site.stands_anyway = {"oil"};
  const ChainStep elsewhere =
      step(Phase::kThen, {{Action{Action::Kind::kClick, std::nullopt, "cart"}}, {shows("oil")}});
  Chain waits{
      .steps = {fill(Phase::kWhen, "tea"), elsewhere, step(Phase::kWhen, {}), then(shows("cart"))}};
  EXPECT_THAT(verdicts(waits), ElementsAre(Verdict::kVacuous, Verdict::kVacuous));
  EXPECT_THAT(site.told, ElementsAre("cart", "cart"));
  Chain reloads{.steps = {fill(Phase::kWhen, "tea"), elsewhere,
                          step(Phase::kWhen, {{Action{Action::Kind::kReload}}}),
                          then(shows("cart"))}};
  EXPECT_THAT(verdicts(reloads), ElementsAre(Verdict::kVacuous, Verdict::kVacuous));
}

TEST_F(Proving, AThenThatOpensTheSiteIsProvenByTampering) {
  Assertion absent = shows("oil", true);
  ChainStep opens =
      step(Phase::kThen, {{Action{Action::Kind::kGoto, std::nullopt, "/"}}, {absent}});
  EXPECT_THAT(verdicts(Chain{.steps = {opens}}), ElementsAre(Verdict::kProven));
  EXPECT_THAT(site.told, ElementsAre("/", "tamper"));
}

TEST_F(Proving, WhatOneActEndsAndAnotherBeginsAgainFollowsFromTheLast) {
  site.stands_anyway = {"empty", "Products"};
  Chain chain{.steps = {fill(Phase::kGiven, "anna"),
                        step(Phase::kWhen, {{Action{Action::Kind::kFill, std::nullopt, "-empty"}},
                                            {Action{Action::Kind::kPress, std::nullopt, "empty"}}}),
                        then(shows("empty")), then(shows("Products"))}};
  const std::vector<Proofs> done = prove_all({&chain});
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kProven);
  EXPECT_THAT(done[0].proofs[0].counterfactual, HasSubstr("only the last act"));
  EXPECT_EQ(done[0].proofs[1].verdict, Verdict::kVacuous);  // it never went
  EXPECT_THAT(site.told, ElementsAre("anna", "anna", "-empty"));
}

TEST_F(Proving, WhatOutlastsAReloadFollowsFromWhatWasDoneBefore) {
  site.stands_anyway = {"Products"};
  Chain chain{.steps = {fill(Phase::kGiven, "tea"),
                        step(Phase::kWhen, {{Action{Action::Kind::kReload}}}), then(shows("tea")),
                        then(shows("Products"))}};
  const std::vector<Proofs> done = prove_all({&chain});
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kProven);
  EXPECT_THAT(done[0].proofs[0].counterfactual, HasSubstr("before the reload"));
  EXPECT_EQ(done[0].proofs[1].verdict, Verdict::kVacuous);
  EXPECT_THAT(site.told, ElementsAre("tea", ""));
  Chain also{.steps = {fill(Phase::kGiven, "tea"),
                       step(Phase::kWhen, {{Action{Action::Kind::kReload}},
                                           {Action{Action::Kind::kFill, std::nullopt, "oil"}}}),
                       then(shows("tea"))}};
  EXPECT_THAT(verdicts(also), ElementsAre(Verdict::kVacuous)) << "more is done than to reload";
}

TEST_F(Proving, WhatMayHoldBeforeIsProvenByTampering) {
  ChainItem absent{shows("Hello, Leo", true)};
  absent.may_hold_before = true;
  Chain chain{.steps = {fill(Phase::kWhen, "leo"), step(Phase::kThen, {absent})}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kProven));
  EXPECT_THAT(site.told, ElementsAre("leo", "tamper"));
}

TEST_F(Proving, WhatStaysBesideWhatGoesIsProvenByTampering) {
  site.stands_anyway = {"tea", "oil"};
  const auto chain = [&](const std::string& keyword) {
    Chain made{.steps = {fill(Phase::kWhen, "-oil"), then(shows("tea")), then(shows("oil", true))}};
    made.steps[2].keyword = keyword;
    return made;
  };
  EXPECT_THAT(verdicts(chain("And")), ElementsAre(Verdict::kVacuous, Verdict::kProven));
  site.told.clear();
  // The site of this test shows "tea" whatever is done to it: tampering is tried, and does not
  // help.
  verdicts(chain("But"));
  EXPECT_THAT(site.told, ::testing::Contains("tamper"));
}

TEST_F(Proving, AVacuousAssertionGivesWayToAnotherOfTheSameClaim) {
  site.stands_anyway = {"tea"};
  ChainItem seen{shows("tea")};
  seen.alternatives = {shows("3 kinds of tea")};
  Chain chain{.steps = {fill(Phase::kWhen, "3 kinds of tea"), step(Phase::kThen, {seen})}};
  const std::vector<Proofs> done = prove_all({&chain});
  EXPECT_TRUE(done[0].strengthened);
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kProven);
  EXPECT_EQ(*chain.steps[1].items[0].assertion(), shows("3 kinds of tea"));
}

TEST_F(Proving, WhatCannotBeUndoneIsNotTriedAgain) {
  repeatable = false;
  Chain chain{.steps = {fill(Phase::kWhen, "tea"), then(shows("tea"))}};
  EXPECT_THAT(verdicts(chain), ElementsAre(Verdict::kUnprovable));
  EXPECT_EQ(site.open_max, 0);
}

TEST_F(Proving, WhatOnlyReadsGoesTogetherAfterOneReset) {
  give_reset();
  Chain one{.steps = {fill(Phase::kGiven, "anna"), fill(Phase::kWhen, "x"), then(shows("x"))}};
  Chain two{.steps = {fill(Phase::kGiven, "mia"), fill(Phase::kWhen, "y"), then(shows("y"))}};
  const std::vector<Proofs> done = prove_all({&one, &two});
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kProven);
  EXPECT_EQ(done[1].proofs[0].verdict, Verdict::kProven);
  EXPECT_THAT(site.told, ElementsAre("reset", "anna", "mia"));
  EXPECT_EQ(site.open_max, 2);
}

TEST_F(Proving, WhatMayChangeTheSiteGoesAloneAfterAResetOfItsOwn) {
  give_reset();
  Chain one{.steps = {fill(Phase::kGiven, "anna"), fill(Phase::kWhen, "x"), then(shows("x"))}};
  Chain two{.steps = {fill(Phase::kGiven, "mia"), fill(Phase::kWhen, "y"), then(shows("y"))}};
  one.steps[0].only_reads = two.steps[0].only_reads = false;
  prove_all({&one, &two});
  EXPECT_THAT(site.told, ElementsAre("reset", "anna", "reset", "mia"));
  EXPECT_EQ(site.open_max, 1);
}

TEST_F(Proving, ThePageGetsAsLongAsTheTestTookSinceTheCause) {
  Chain chain{.steps = {fill(Phase::kGiven, "anna"), fill(Phase::kWhen, "x"),
                        fill(Phase::kWhen, "y"), then(shows("x")), then(shows("y"))}};
  chain.steps[1].elapsed_ms = 700;
  chain.steps[2].elapsed_ms = 800;
  chain.steps[3].elapsed_ms = 50;
  chain.steps[4].items[0].pass_ms = 2000;
  prove_all({&chain});
  EXPECT_THAT(site.patience_ms, ElementsAre(1550, 6000));
}

TEST_F(Proving, ThePageGetsAsLongAsTheTestTookWhereTheReplayIsFaster) {
  Chain chain{.steps = {fill(Phase::kGiven, "anna"), fill(Phase::kWhen, "x"), then(shows("x"))}};
  chain.steps[0].elapsed_ms = 60'000;
  chain.steps[1].elapsed_ms = 700;
  prove_all({&chain});
  EXPECT_THAT(site.patience_ms,
              ElementsAre(::testing::AllOf(::testing::Gt(50'000), ::testing::Le(60'700))));
}

TEST_F(Proving, AStepThatFailsWithoutTheCauseDecidesNothing) {
  Chain chain{.steps = {step(Phase::kGiven, {{shows("never there")}}), fill(Phase::kWhen, "x"),
                        then(shows("x"))}};
  const std::vector<Proofs> done = prove_all({&chain});
  EXPECT_EQ(done[0].proofs[0].verdict, Verdict::kInconclusive);
  EXPECT_THAT(done[0].proofs[0].counterfactual, HasSubstr("an earlier step failed"));
}

}  // namespace
}  // namespace vouch::features::prove
