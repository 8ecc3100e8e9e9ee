// A value is the one whose label the step says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/ground/act.h"
#include "features/ground/observe_test.h"

namespace vouch::features::ground {
namespace {

using testing::IsEmpty;
using testing::Not;

TEST(Labels, a_value_is_that_of_the_label_which_fits_best) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "Count: 1");
  builder.add_text(root, "p", "paragraph", "Highest count: 11");
  const Page page = builder.page();
  EXPECT_TRUE(is_found(page, content(named("count"), "1")));
  EXPECT_TRUE(is_found(page, content(named("highest count"), "11")));
  EXPECT_FALSE(is_found(page, content(named("count"), "11")));
  EXPECT_FALSE(is_found(page, content(named("highest count"), "1")));
}

TEST(Labels, a_term_names_its_definition) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int list = builder.add(root, "dl", "");
  for (const auto& [term, value] : {std::pair("Gross", "€ 1,210.00"), std::pair("VAT", "€ 210.00"),
                                    std::pair("Balance", "-€ 50.00")}) {
    builder.add_text(list, "dt", "term", term);
    builder.add_text(list, "dd", "definition", value);
  }
  const Page page = builder.page();
  EXPECT_TRUE(is_found(page, content(named("VAT"), "€ 210.00")));
  EXPECT_FALSE(is_found(page, content(named("VAT"), "€ 1,210.00")));
  EXPECT_FALSE(is_found(page, content(named("balance"), "€ 50.00")));
}

TEST(Labels, a_number_may_stand_before_its_word) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int line = builder.add(root, "p", "paragraph");
  for (const char* text : {"7", "Open", "4", "Waiting", "23", "Closed"})
    builder.add_text(line, "span", "", text);
  const Page page = builder.page();
  EXPECT_TRUE(is_found(page, content(named("Waiting"), "4")));
  EXPECT_FALSE(is_found(page, content(named("Waiting"), "7")));
  EXPECT_FALSE(is_found(page, content(named("Waiting"), "23")));
}

TEST(Labels, a_bare_value_is_found_by_the_text_beside_it) {
  PageBuilder builder;
  const int line = builder.add(builder.add(-1, "main", "main"), "p", "paragraph");
  for (const char* text : {"7", "Open", "4", "Waiting"}) builder.add_text(line, "span", "", text);
  const Page page = builder.page();
  const auto found = observe_candidates(page, content(named("Waiting"), "4"), {});
  ASSERT_FALSE(found.empty());
  const auto& locators = found.front().parts.front().locators;
  EXPECT_TRUE(std::ranges::any_of(locators, [](const browser::Locator& l) {
    return l.steps.back().value == "span:has(+ span:text-is(\"Waiting\"))";
  }));
}

TEST(Labels, a_total_in_a_foot_is_claimed_by_what_it_says_and_not_by_its_place) {
  PageBuilder builder;
  const int table = builder.add(builder.add(-1, "main", "main"), "table", "table");
  for (const auto& [part, name, amount] :
       {std::tuple("tbody", "Shipping", "€ 4.95"), std::tuple("tfoot", "Total", "€ 9.95")}) {
    const int row = builder.add(builder.add(table, part, "rowgroup"), "tr", "row");
    builder.add_text(row, "td", "cell", name);
    builder.add_text(row, "td", "cell", amount);
  }
  const Page page = builder.page();
  const auto found = observe_candidates(page, content(named("total"), "€ 9.95"), {});
  ASSERT_FALSE(found.empty());
  for (const ObserveCandidate& made : found) {
    const AssertionPart& part = made.parts.front();
    for (const browser::Locator& locator : part.locators) {
      const bool says = !part.assertion.expected.empty() || mentions(locator.steps, "€ 9.95");
      EXPECT_TRUE(says) << boost::json::serialize(browser::to_json(locator));
    }
  }
}

TEST(Labels, what_a_field_does_not_hold_is_said_of_the_field) {
  PageBuilder builder;
  const int form = builder.add(builder.add(-1, "main", "main"), "form", "form");
  const int field = builder.add(form, "input", "textbox", "Postcode");
  builder.at(field).label = "Postcode";
  builder.at(field).value = "35";
  builder.add_text(form, "p", "paragraph", "Enter a postcode like 1000.");
  Observation seen = content(named("postcode"), "35");
  seen.negated = true;
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_FALSE(found.empty()) << "of which the browser then says that it is not so";
  for (const ObserveCandidate& made : found) EXPECT_EQ(made.parts.front().element, field);
}

TEST(Labels, one_of_the_values_in_a_part_is_not_what_the_part_is_called) {
  PageBuilder builder;
  const int totals = builder.add(builder.add(-1, "body", ""), "div", "");
  builder.at(totals).css_class = "total";
  const auto add = [&](const char* text) { builder.add_text(totals, "span", "", text); };
  add("★★★");
  add("4.9");
  EXPECT_TRUE(is_found(builder.page(), content(named("total"), "4.9")));
  add("7.65");
  EXPECT_FALSE(is_found(builder.page(), content(named("total"), "4.9")));
}

TEST(Labels, what_is_not_so_is_said_of_the_value_that_is_meant) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "div", "", "Status: Not running");
  builder.add_text(root, "div", "", "Mode: Fast");
  const Page page = builder.page();
  EXPECT_FALSE(is_found(page, content(named("status"), "Running")));
  Observation seen = content(named("status"), "Running");
  seen.negated = true;
  EXPECT_TRUE(is_found(page, seen));
  seen.expected = "Not running";
  EXPECT_FALSE(is_found(page, seen));
}

TEST(Labels, a_currency_belongs_to_the_amount) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "Total € 5.00");
  EXPECT_TRUE(is_found(builder.page(), content(named("total"), "€ 5.00")));
  EXPECT_FALSE(is_found(builder.page(), content(named("total"), "€ 15.00")));
}

// A group of choices, one of them made.
Page choices(const std::string& legend, const std::vector<std::string>& names,
             const std::string& chosen) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int group = builder.add(root, "fieldset", "group", legend);
  builder.add_text(group, "legend", "", legend);
  for (const std::string& name : names) {
    const int radio = builder.add(group, "input", "radio", name);
    builder.at(radio).label = name;
    builder.at(radio).checked = name == chosen;
  }
  return builder.page();
}

TEST(Labels, a_group_of_choices_has_the_one_that_is_made) {
  const Page page = choices("Delivery", {"Standard", "Pick up in the shop, free", "Express"},
                            "Pick up in the shop, free");
  EXPECT_TRUE(is_found(page, content(named("delivery"), "Pick up")));
  EXPECT_FALSE(is_found(page, content(named("delivery"), "Express")));
  EXPECT_FALSE(is_found(page, content(named("delivery"), "Pick u")));
  EXPECT_FALSE(is_found(page, content(named("payment"), "Pick up")));
  const Page alike = choices("Delivery", {"Express", "Express plus"}, "Express plus");
  EXPECT_FALSE(is_found(alike, content(named("delivery"), "Express")));
}

}  // namespace
}  // namespace vouch::features::ground
