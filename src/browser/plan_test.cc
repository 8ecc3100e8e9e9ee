#include "browser/plan.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

namespace vouch::browser {
namespace {

using By = LocatorStep::By;
using testing::HasSubstr;

Locator card_button() {
  return {{{.by = By::kRole, .value = "listitem"},
           {.by = By::kFilter,
            .has = {{.by = By::kRole,
                     .value = "heading",
                     .name = "Green Tea",
                     .exact = true,
                     .level = 2}}},
           {.by = By::kNth, .index = -1},
           {.by = By::kRole, .value = "button", .name = "", .exact = true}}};
}

TEST(Plan, EveryKindOfLocatorStepSurvivesJson) {
  for (const By by : {By::kRole, By::kLabel, By::kPlaceholder, By::kText, By::kAltText, By::kTitle,
                      By::kTestId, By::kCss, By::kFrame, By::kFilter, By::kWithout, By::kVisible}) {
    const Locator locator{{{.by = by, .value = "“é” \\ \"", .exact = true}}};
    EXPECT_EQ(parse_locator(to_json(locator)), locator);
  }
  EXPECT_EQ(parse_locator(to_json(card_button())), card_button());
}

TEST(Plan, ActionsSurviveJson) {
  for (int kind = 0; kind <= static_cast<int>(Action::Kind::kDismissDialog); ++kind) {
    Action action{static_cast<Action::Kind>(kind), card_button(), "${unique}"};
    action.to = card_button();
    action.files = {{"a.png", "image/png", "AAAA"}};
    action.opens_page = true;
    action.awaits = "PATCH";
    EXPECT_EQ(parse_action(to_json(action)), action);
  }
  const Action key{Action::Kind::kPress, std::nullopt, "Enter"};
  EXPECT_EQ(parse_action(to_json(key)), key);
}

TEST(Plan, AssertionsSurviveJson) {
  for (int matcher = 0; matcher <= static_cast<int>(Assertion::Matcher::kConsoleErrors);
       ++matcher) {
    const Assertion assertion{.matcher = static_cast<Assertion::Matcher>(matcher),
                              .negated = matcher % 2 == 0,
                              .locator = card_button(),
                              .expected = {std::string("a"), Pattern{"b+", "i"}},
                              .expects_list = true,
                              .attribute = "aria-current",
                              .count = 3};
    EXPECT_EQ(parse_assertion(to_json(assertion)), assertion);
  }
  const Assertion url{.matcher = Assertion::Matcher::kToHaveURL, .expected = {Pattern{"/a$", ""}}};
  EXPECT_EQ(parse_assertion(to_json(url)), url);
}

TEST(Plan, WhatIsNotKnownIsRefusedByName) {
  const auto message = [](auto result) {
    EXPECT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kInvalidRequest);
    return result.error().message;
  };
  const auto json = [](const char* text) { return boost::json::parse(text); };
  EXPECT_THAT(message(parse_action(json(R"({"kind":"teleport"})"))), HasSubstr("\"teleport\""));
  EXPECT_THAT(message(parse_action(json(R"({"kind":"click","loc":[]})"))), HasSubstr("\"loc\""));
  EXPECT_THAT(message(parse_action(json(R"({"kind":"click","locator":[]})"))), HasSubstr("1 to"));
  EXPECT_THAT(message(parse_action(json(R"({"kind":"click","awaits":"GET"})"))),
              HasSubstr("\"awaits\""));
  EXPECT_THAT(message(parse_action(json("[]"))), HasSubstr("object"));
  EXPECT_THAT(message(parse_locator(json(R"([{"by":"role","value":7}])"))), HasSubstr("\"value\""));
  EXPECT_THAT(message(parse_locator(json(R"([{"by":"nth","index":1.5}])"))),
              HasSubstr("\"index\""));
  EXPECT_THAT(message(parse_assertion(json(R"({"matcher":"toBeVisible","negated":1})"))),
              HasSubstr("\"negated\""));
  EXPECT_THAT(message(parse_assertion(json(R"({"matcher":"toHaveText","expected":[3]})"))),
              HasSubstr("expected text"));
}

TEST(Plan, AnEndlessNestIsRefused) {
  boost::json::value nest = boost::json::parse(R"([{"by":"css","value":"a"}])");
  for (int i = 0; i < 20; ++i) {
    nest = boost::json::array{boost::json::object{{"by", "filter"}, {"has", nest}}};
  }
  EXPECT_FALSE(parse_locator(nest));
}

TEST(Plan, KnownVariablesAreReplacedAndOtherTextIsKept) {
  const Variables variables{{"unique", "x7"}, {"password", "${unique}"}};
  EXPECT_EQ(substitute("a ${unique} b ${unique}", variables), "a x7 b x7");
  EXPECT_EQ(substitute("${other} ${unique", variables), "${other} ${unique");
  EXPECT_EQ(substitute("${${unique}}", variables), "${x7}");
  EXPECT_EQ(substitute("$unique {unique} ${}", variables), "$unique {unique} ${}");
  EXPECT_EQ(substitute("${password}", variables), "${unique}");  // a value is not read again
}

TEST(Plan, VariablesAreReplacedInEveryStringOfAPlan) {
  Action action{Action::Kind::kFill, card_button(), "${unique}@example.org"};
  action.locator->steps[1].has[0].name = "Order ${unique}";
  const auto filled = parse_action(substitute(to_json(action), {{"unique", "x7"}}));
  ASSERT_TRUE(filled);
  EXPECT_EQ(filled->value, "x7@example.org");
  EXPECT_EQ(filled->locator->steps[1].has[0].name, "Order x7");
}

}  // namespace
}  // namespace vouch::browser
