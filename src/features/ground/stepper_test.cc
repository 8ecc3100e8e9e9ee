// Numbers between buttons that make them less or more.
#include "features/ground/stepper.h"

#include <gtest/gtest.h>

#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

struct Steppers {
  PageBuilder builder;
  int root = builder.add(-1, "body", "");
  // A number that cannot be typed, with its label before it.
  int field(const std::string& label, const std::string& number, const std::string& less = "−",
            const std::string& more = "+") {
    const int row = builder.add(root, "div", "generic");
    builder.add_text(row, "span", "generic", label);
    button(row, less);
    const int field = builder.add(row, "input", "textbox");
    builder.at(field).value = number;
    builder.at(field).readonly = true;
    button(row, more);
    return field;
  }
  void button(int row, const std::string& name) {
    builder.at(builder.add_text(row, "button", "button", name)).name = name;
  }
  std::optional<Stepper> find(const std::string& name) {
    return find_stepper(builder.page(), {.name = name});
  }
};

TEST(Stepper, IsFoundByTheWordsBesideIt) {
  Steppers page;
  page.field("Adults", "2");
  const int children = page.field("Children", "0", "Fewer", "More");
  const auto found = page.find("children");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->number, children);
  EXPECT_EQ(found->value, 0);
  EXPECT_TRUE(found->named);
}

TEST(Stepper, TheOnlyOneIsMeantByAnyName) {
  Steppers page;
  page.field("Bags in a box", "2");
  const auto found = page.find("pieces");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->named);
}

TEST(Stepper, OfSeveralThatBearOtherNamesNoneIsMeant) {
  Steppers page;
  page.field("Adults", "2");
  page.field("Children", "0");
  EXPECT_FALSE(page.find("pieces"));
}

TEST(Stepper, AFieldThatTakesTypingIsNone) {
  Steppers page;
  page.builder.at(page.field("Adults", "2")).readonly = false;
  EXPECT_FALSE(page.find("Adults"));
}

TEST(Stepper, StandsBetweenItsButtonsWhereTheThingHasOthers) {
  Steppers page;
  const int row = page.builder.add(page.root, "div", "generic");
  page.button(row, "-");
  const int number = page.builder.add_text(row, "span", "generic", "2");
  page.button(row, "+");
  page.button(row, "Remove");
  const auto found = page.find("quantity");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->number, number);
}

TEST(Stepper, ANumberBesideOtherButtonsIsNone) {
  Steppers page;
  page.field("Page", "2", "First", "Last");
  EXPECT_FALSE(page.find("Page"));
}

}  // namespace
}  // namespace vouch::features::ground
