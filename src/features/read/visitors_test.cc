#include "features/read/visitors.h"

#include <gmock/gmock.h>

namespace vouch::features {
namespace {

using testing::ElementsAre;

gherkin::Pickle pickle_of(const std::vector<std::string>& steps) {
  gherkin::Pickle pickle;
  for (const std::string& text : steps) {
    gherkin::PickleStep step;
    step.text = text;
    pickle.steps.push_back(std::move(step));
  }
  return pickle;
}

// "mia: she opens the page" for each part.
std::vector<std::string> said(const std::vector<std::string>& steps, const OwnSteps& own = {}) {
  std::vector<std::string> out;
  for (const auto& parts : parts_of(pickle_of(steps), own)) {
    std::string line;
    for (const Part& part : parts)
      line += (line.empty() ? "" : " | ") + part.visitor + ": " + part.step.text;
    out.push_back(line);
  }
  return out;
}

TEST(VisitorsTest, LeavesAScenarioOfOneBrowserAsItIs) {
  EXPECT_THAT(
      said({"anna signs in", "mia signs in", "I see both lists", "both are shown"}),
      ElementsAre(": anna signs in", ": mia signs in", ": I see both lists", ": both are shown"));
}

TEST(VisitorsTest, GivesWhoIsInAnotherBrowserOneOfTheirOwn) {
  EXPECT_THAT(
      said({"anna is signed in", "mia is signed in with password \"x\" in another browser",
            "anna posts a review", "mia reloads the page",
            "the first review that mia sees is \"New\"", "she is glad", "anna is glad"}),
      ElementsAre(": anna is signed in", "mia: mia is signed in with password \"x\"",
                  ": anna posts a review", "mia: mia reloads the page",
                  "mia: the first review is \"New\"", "mia: she is glad", ": anna is glad"));
}

TEST(VisitorsTest, TellsApartWhoIsNamedTogether) {
  EXPECT_THAT(said({"sam and mia are signed in, each in a browser of their own",
                    "both are looking at the list", "sam clicks \"Give\"", "mia sees \"Taken\""}),
              ElementsAre(": sam is signed in | mia: mia is signed in",
                          ": she is looking at the list | mia: she is looking at the list",
                          ": sam clicks \"Give\"", "mia: mia sees \"Taken\""));
}

TEST(VisitorsTest, TakesAnotherVisitorForSomebodyWithABrowserOfTheirOwn) {
  EXPECT_THAT(said({"I book a table", "another visitor opens the shops page", "they book a table",
                    "I see my table"}),
              ElementsAre(": I book a table", "other visitor: she opens the shops page",
                          "other visitor: they book a table", ": I see my table"));
}

TEST(VisitorsTest, ReadsNoBrowserIntoWhatIsQuoted) {
  EXPECT_THAT(said({"I see \"open it in another browser\"", "I click \"Go\""}),
              ElementsAre(": I see \"open it in another browser\"", ": I click \"Go\""));
}

TEST(OwnStepsTest, PutsTheMeaningInPlaceOfTheStep) {
  const auto own = OwnSteps::parse(
      "Feature: Ours\n"
      "  Scenario: I have booked for {people} on {day}\n"
      "    Given I open the booking page\n"
      "    When I choose \"{day}\" as the day\n"
      "    And I enter \"{people}\" into \"Guests ${who}\"\n");
  ASSERT_TRUE(own);
  EXPECT_THAT(said({"I have booked for \"four\" on 15 May", "I click \"Book\""}, *own),
              ElementsAre(": I open the booking page | : I choose \"15 May\" as the day | "
                          ": I enter \"four\" into \"Guests ${who}\"",
                          ": I click \"Book\""));
}

TEST(OwnStepsTest, MeansOwnStepsByOwnStepsButNotWithoutEnd) {
  const auto own = OwnSteps::parse(
      "Feature: Ours\n"
      "  Scenario: I do it\n    When I do it again\n"
      "  Scenario: I do it again\n    When I do it\n    And I wait\n");
  ASSERT_TRUE(own);
  gherkin::PickleStep step;
  step.text = "I do it";
  EXPECT_LE(own->meaning_of(step).size(), kOwnStepsMeanMax);
}

TEST(OwnStepsTest, LeavesAStepAsItIsRatherThanHalfMeant) {
  std::string long_one = "Feature: Ours\n  Scenario: I do it all\n";
  for (std::size_t i = 0; i <= kOwnStepsMeanMax; ++i) long_one += "    When I wait\n";
  const auto own = OwnSteps::parse(long_one);
  ASSERT_TRUE(own);
  EXPECT_THAT(said({"I do it all"}, *own), ElementsAre(": I do it all"));
}

TEST(OwnStepsTest, EndsSoonWhateverTheWords) {
  std::string name = "it {a}", text = "it";
  for (int i = 0; i < 12; ++i) name += " {p" + std::to_string(i) + "}";
  for (int i = 0; i < 75; ++i) text += " x";
  const auto own =
      OwnSteps::parse("Feature: Ours\n  Scenario: " + name + " end\n    When I wait\n");
  ASSERT_TRUE(own);
  EXPECT_THAT(said({text}, *own), ElementsAre(": " + text));
}

TEST(OwnStepsTest, SaysWhatIsMissing) {
  const auto nameless = OwnSteps::parse("Feature: Ours\n  Scenario:\n    When I wait\n");
  ASSERT_FALSE(nameless);
  EXPECT_EQ(nameless.error().code, ErrorCode::kInvalidRequest);
  EXPECT_THAT(nameless.error().message, testing::HasSubstr("line 2 needs a name"));
  const auto none = OwnSteps::parse("nothing");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, testing::HasSubstr("own steps"));
}

}  // namespace
}  // namespace vouch::features
