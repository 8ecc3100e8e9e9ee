// What is kept of a chain is what it was.
#include "features/chain.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace vouch::features {
namespace {

Chain sample() {
  ChainItem opened{browser::Action{browser::Action::Kind::kGoto, std::nullopt, "/sign-in"}};
  ChainItem seen{browser::Assertion{.matcher = browser::Assertion::Matcher::kToHaveTitle,
                                    .expected = {"Sign in"}}};
  seen.may_hold_before = true;
  seen.claim = 2;
  seen.pass_ms = 40;
  seen.alternatives.push_back(*seen.assertion());
  ChainStep given{.phase = Phase::kGiven, .keyword = "Given", .text = "I open the page", .line = 3};
  given.items = {opened};
  given.elapsed_ms = 1200;
  given.only_reads = given.background = true;
  ChainStep then{.phase = Phase::kThen, .keyword = "Then", .text = "I see it", .line = 4};
  then.items = {seen};
  Chain chain{.title = "Signing in", .line = 2, .tags = {"@smoke"}, .steps = {given, then}};
  chain.assumptions = {"A guess."};
  chain.accepts_dialogs = true;
  return chain;
}

TEST(ChainJson, IsReadAsItWasWritten) {
  const boost::json::value kept = to_json(sample());
  const auto read = parse_chain(kept);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_json(*read), kept);
  EXPECT_TRUE(read->accepts_dialogs);
  EXPECT_TRUE(read->steps[0].only_reads);
  EXPECT_FALSE(read->steps[1].only_reads);
  EXPECT_EQ(read->steps[0].elapsed_ms, 1200);
}

TEST(ChainJson, WhatAnEarlierVersionKeptIsTakenForNothingSafe) {
  boost::json::value kept = to_json(sample());
  kept.as_object().erase("acceptsDialogs");
  for (boost::json::value& step : kept.at("steps").as_array()) {
    step.as_object().erase("onlyReads");
    step.as_object().erase("elapsedMs");
  }
  const auto read = parse_chain(kept);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_FALSE(read->steps[0].only_reads);
}

}  // namespace
}  // namespace vouch::features
