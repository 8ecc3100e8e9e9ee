// What is said of each of several things, of their order, and of what a drop-down offers.
#include <gtest/gtest.h>

#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using By = browser::LocatorStep::By;
using Matcher = Assertion::Matcher;

struct Card {
  std::string name;
  bool has_button = true;
};

Page cards(const std::vector<Card>& cards) {
  PageBuilder builder;
  const int list = builder.add(builder.add(-1, "main", "main"), "ul", "list");
  for (const Card& card : cards) {
    const int item = builder.add(list, "li", "listitem");
    builder.at(item).css_class = "product";
    builder.add_text(item, "h3", "heading", card.name);
    if (card.has_button) builder.at(builder.add_text(item, "button", "button", "Buy")).name = "Buy";
  }
  return builder.page();
}

std::vector<ObserveCandidate> found(const Page& page, const Observation& seen) {
  return observe_candidates(page, seen, {});
}

TEST(Each, contains_the_text_where_none_is_without_it) {
  Observation each{.kind = ObserveKind::kEach, .expected = "tea"};
  each.target.noun = "products";
  const auto all = found(cards({{"Green tea"}, {"Black tea"}}), each);
  ASSERT_FALSE(all.empty());
  const auto& parts = all.front().parts;
  ASSERT_EQ(parts.size(), 2u) << "that there is one, and that none is without";
  EXPECT_EQ(parts[0].assertion.matcher, Matcher::kToBeVisible);
  EXPECT_EQ(parts[1].assertion.matcher, Matcher::kToHaveCount);
  EXPECT_EQ(parts[1].assertion.count, 0);
  EXPECT_EQ(parts[1].assertion.locator->steps.back().by, By::kWithout);
  EXPECT_EQ(parts[1].assertion.locator->steps.back().value, "tea");
  EXPECT_TRUE(found(cards({{"Green tea"}, {"Coffee"}}), each).empty());
  EXPECT_TRUE(found(cards({}), each).empty());
}

TEST(Each, has_the_part_where_none_is_without_it) {
  Observation each{.kind = ObserveKind::kEach};
  each.target.noun = "products";
  each.part = {.kind = ElementKind::kButton, .name = "Buy", .quoted = true};
  EXPECT_FALSE(found(cards({{"Tea"}, {"Cup"}}), each).empty());
  EXPECT_TRUE(found(cards({{"Tea"}, {"Cup", false}}), each).empty());
}

TEST(Each, has_it_in_the_column_that_is_named) {
  const auto people = [](const std::vector<std::string>& majors) {
    PageBuilder builder;
    const int table = builder.add(builder.add(-1, "main", "main"), "table", "table");
    const int head = builder.add(table, "tr", "row");
    for (const char* name : {"Name", "Major"}) builder.add_text(head, "th", "columnheader", name);
    for (const std::string& major : majors) {
      const int row = builder.add(table, "tr", "row");
      builder.add_text(row, "td", "cell", "Lang Lee");
      builder.add_text(row, "td", "cell", major);
    }
    return builder.page();
  };
  Observation each{.kind = ObserveKind::kEach, .expected = "Languages"};
  each.target = {.kind = ElementKind::kRow, .noun = "row"};
  each.part = {.kind = ElementKind::kColumn, .name = "Major", .quoted = true};
  const auto all = found(people({"Languages", "Languages"}), each);
  ASSERT_FALSE(all.empty());
  const auto& without = all.front().parts[1].assertion.locator->steps.back();
  EXPECT_EQ(without.by, By::kWithout);
  ASSERT_EQ(without.has.size(), 2u);
  EXPECT_EQ(without.has[0].value, "td:nth-child(2)");
  EXPECT_EQ(without.has[1].value, "Languages");
  EXPECT_TRUE(found(people({"Languages", "Maths"}), each).empty());
  each.expected = "Lang";
  each.part.name = "Age";
  EXPECT_TRUE(found(people({"Languages", "Languages"}), each).empty()) << "there is no such column";
}

TEST(Each, comes_before_another_of_its_like) {
  const Page page = cards({{"Tea"}, {"Cup"}, {"Pot"}});
  Observation before{.kind = ObserveKind::kBefore, .rows = {{"Tea"}, {"Pot"}}};
  const auto made = found(page, before);
  ASSERT_FALSE(made.empty());
  EXPECT_EQ(made.front().parts[0].assertion.matcher, Matcher::kToContainText);
  EXPECT_TRUE(made.front().parts[0].assertion.expects_list);
  before.rows = {{"Pot"}, {"Tea"}};
  EXPECT_TRUE(found(page, before).empty());
  before.rows = {{"Tea"}, {"Milk"}};
  EXPECT_TRUE(found(page, before).empty());
  // Of two that say it, neither tells the order.
  EXPECT_TRUE(found(cards({{"Tea"}, {"Pot"}, {"Teapot"}}),
                    {.kind = ObserveKind::kBefore, .rows = {{"Tea"}, {"Pot"}}})
                  .empty());
}

Page buttons(const std::vector<bool>& disabled) {
  PageBuilder builder;
  const int main = builder.add(builder.add(-1, "body", ""), "main", "main");
  for (std::size_t i = 0; i < disabled.size(); ++i) {
    const std::string name = "Answer " + std::to_string(i + 1);
    const int button = builder.add_text(main, "button", "button", name);
    builder.at(button).name = name;
    builder.at(button).css_class = "answer";
    builder.at(button).disabled = disabled[i];
  }
  return builder.page();
}

TEST(Each, is_in_the_state_with_an_assertion_for_every_one) {
  for (const Target& target : {Target{.kind = ElementKind::kButton, .noun = "all buttons"},
                               Target{.noun = "answers", .name = "all answers"}}) {
    Observation seen{.kind = ObserveKind::kState, .target = target, .state = State::kDisabled};
    const auto made = found(buttons({true, true, true}), seen);
    ASSERT_FALSE(made.empty()) << target.noun;
    for (const auto& one : made) EXPECT_EQ(one.parts.size(), 3u) << target.noun;
  }
}

TEST(Each, is_collapsed) {
  PageBuilder builder;
  const int main = builder.add(builder.add(-1, "body", ""), "main", "main");
  for (const char* name : {"Shipping", "Returns"}) {
    const int button = builder.add_text(main, "button", "button", name);
    builder.at(button).name = name;
    builder.at(button).expanded = false;
  }
  Observation seen{.kind = ObserveKind::kState, .state = State::kCollapsed};
  seen.target = {.kind = ElementKind::kSection, .noun = "all sections"};
  const auto made = found(builder.page(), seen);
  ASSERT_FALSE(made.empty());
  ASSERT_EQ(made.front().parts.size(), 2u);
  EXPECT_EQ(made.front().parts[1].assertion.attribute, "aria-expanded");
}

TEST(Each, option_is_one_of_the_very_name) {
  PageBuilder builder;
  const int select = builder.add(builder.add(-1, "body", ""), "select", "combobox", "City");
  builder.at(select).label = "City";
  builder.at(select).options = {"Choose", "New York", "Toronto"};
  const Page page = builder.page();
  Observation offers{.kind = ObserveKind::kElement};
  offers.target = {.kind = ElementKind::kOption, .name = "Toronto", .quoted = true};
  for (const Scope& scope :
       {Scope{ElementKind::kDropdown, "city", false}, Scope{ElementKind::kAny, "it", false}}) {
    offers.target.scopes = {scope};
    const auto made = found(page, offers);
    ASSERT_FALSE(made.empty()) << scope.name;
    EXPECT_EQ(made.front().parts[0].assertion.matcher, Matcher::kToHaveCount);
    EXPECT_TRUE(made.front().parts[0].suffix.back().exact);
  }
  offers.negated = true;
  EXPECT_TRUE(found(page, offers).empty());
  offers.target.name = "York";
  EXPECT_FALSE(found(page, offers).empty());
}

}  // namespace
}  // namespace vouch::features::ground
