// What state something is in, where only the page's classes tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

using testing::IsEmpty;

// A list of goods, of which some have a class.
struct Goods {
  PageBuilder builder;
  explicit Goods(const std::vector<std::pair<std::string, std::string>>& items) {
    const int list = builder.add(builder.add(-1, "main", "main"), "ul", "list");
    for (const auto& [name, css_class] : items)
      builder.at(builder.add_text(list, "li", "listitem", name)).css_class = css_class;
  }
};

// The class that is claimed of the thing of this name, "!" before it where it is denied.
std::string claimed(Goods now, const std::string& name, bool negated,
                    const std::vector<Page>& earlier = {}) {
  Observation seen{.kind = ObserveKind::kState, .state = State::kSelected, .negated = negated};
  seen.target.name = name;
  seen.target.quoted = true;
  const auto found = observe_candidates(now.builder.page(), seen, earlier);
  if (found.empty()) return "";
  const browser::Assertion& made = found.front().parts.front().assertion;
  EXPECT_EQ(made.matcher, browser::Assertion::Matcher::kToContainClass);
  for (const browser::Locator& locator : found.front().parts.front().locators) {
    for (const browser::LocatorStep& step : locator.steps)
      EXPECT_THAT(step.value, testing::Not(testing::HasSubstr("active")))
          << "it would be so anyway";
  }
  return (made.negated ? "!" : "") + std::get<std::string>(made.expected.front());
}

TEST(Marked, WhatIsActiveIsCalledSo) {
  const Goods goods({{"Watches", "item"}, {"Sweaters", "item active"}, {"Scarves", "item"}});
  EXPECT_EQ(claimed(goods, "Sweaters", false), "active");
  EXPECT_EQ(claimed(goods, "Watches", false), "");
  EXPECT_EQ(claimed(goods, "Watches", true), "!active");
  EXPECT_EQ(claimed(goods, "Sweaters", true), "");
}

TEST(EachOf, OfOneAloneNothingIsSaidOfAll) {
  PageBuilder builder;
  const int body = builder.add(-1, "body", "");
  for (const char* name : {"Section 1", "Section 2"}) {
    const int tab = builder.add(body, "h3", "tab", name);
    builder.at(tab).expanded = name == std::string("Section 2");
    builder.at(tab).clickable = true;
  }
  Observation closed{.kind = ObserveKind::kState, .state = State::kExpanded, .negated = true};
  closed.target = {.kind = ElementKind::kSection, .noun = "all sections", .name = "all"};
  EXPECT_TRUE(observe_candidates(builder.page(), closed, {}).empty());
}

TEST(Marked, WhatAllAreCalledMarksNone) {
  const Goods goods({{"Watches", "active"}, {"Sweaters", "active"}});
  EXPECT_EQ(claimed(goods, "Sweaters", false), "");
  EXPECT_EQ(claimed(Goods({{"Watches", "inactive"}, {"Sweaters", ""}}), "Watches", false), "");
}

TEST(Marked, AClassThatHasOnlyComeMarksWhatGotIt) {
  Goods before({{"Watches", "item"}, {"Sweaters", "item"}});
  const std::vector<Page> earlier{before.builder.page()};
  const Goods now({{"Watches", "item"}, {"Sweaters", "item info"}});
  EXPECT_EQ(claimed(now, "Sweaters", false), "") << "it may always have had it";
  EXPECT_EQ(claimed(now, "Sweaters", false, earlier), "info");
  EXPECT_EQ(claimed(now, "Watches", true, earlier), "!info");
  EXPECT_EQ(claimed(now, "Watches", false, earlier), "");
}

// Found by a twin: the box of the first item is not the box for all of them.
TEST(States, ABoxThatBearsTheNameIsMeantAndNoneBesideIt) {
  PageBuilder builder;
  const int body = builder.add(-1, "body", "");
  const int label = builder.add_text(body, "label", "", "Mark all as done");
  const int all = builder.add(label, "input", "checkbox", "Mark all as done");
  builder.at(all).checked = false;
  const int item = builder.add(builder.add(body, "ul", "list"), "li", "listitem");
  const int box = builder.add(item, "input", "checkbox");
  builder.at(box).checked = true;
  builder.add_text(item, "span", "", "Buy milk");
  Observation seen{.kind = ObserveKind::kState, .state = State::kChecked};
  seen.target = {.name = "Mark all as done", .quoted = true};
  for (const ObserveCandidate& made : observe_candidates(builder.page(), seen, {}))
    EXPECT_EQ(made.parts.front().element, all);
  seen.target.name = "Buy milk";
  const auto beside = observe_candidates(builder.page(), seen, {});
  ASSERT_FALSE(beside.empty());
  EXPECT_EQ(beside.front().parts.front().element, box);
}

}  // namespace
}  // namespace vouch::features::ground
