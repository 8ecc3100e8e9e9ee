#include "ops/feature_text.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace vouch::ops {
namespace {

TEST(Slug, KeepsLatinLettersAndDigits) {
  EXPECT_EQ(slug("Login Functionality", 1), "login-functionality");
  EXPECT_EQ(slug("  A user's 2nd -- try!", 1), "a-users-2nd-try");
  EXPECT_EQ(slug("Größe ändern, façade œuvre", 1), "grose-andern-facade-ouvre");
  EXPECT_EQ(slug("登录", 12), "line-12");
  EXPECT_EQ(slug("42", 3), "line-3");
  EXPECT_EQ(slug("", 3), "line-3");
}

TEST(FeatureText, ListsTheFeatureThenItsScenariosInFileOrder) {
  auto text = read_feature_text(R"(Feature: Login Functionality
  Scenario: Valid user signs in
    Given a
  Scenario: Locked out
    Given a
  Rule: strict
    Scenario Outline: Locked out
      Given <a>
      Examples:
        | a |
        | 1 |
)");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->name, "Login Functionality");
  EXPECT_EQ(text->scenarios, 3);
  std::vector<std::string> sections;
  for (const auto& section : text->sections) sections.push_back(section.section);
  EXPECT_EQ(sections, (std::vector<std::string>{
                          "login-functionality", "login-functionality/valid-user-signs-in",
                          "login-functionality/locked-out-4", "login-functionality/locked-out-7"}));
  EXPECT_EQ(text->sections[1].title, "Valid user signs in");
}

TEST(FeatureText, TellsEveryErrorOfWhatIsNotGherkin) {
  auto text = read_feature_text("Feature: A\n  Scenario: B\n    Given c\n    nonsense\n");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::kInvalidRequest);
  const auto& errors = text.error().details.at("errors").as_array();
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].at("line").as_int64(), 4);
}

TEST(FeatureText, AnEmptyFileHasNoScenarios) {
  EXPECT_EQ(read_feature_text("\n# nothing\n")->scenarios, 0);
  EXPECT_EQ(read_feature_text("Feature: A\n")->scenarios, 0);
}

}  // namespace
}  // namespace vouch::ops
