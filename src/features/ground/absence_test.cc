// What is claimed to be absent, and what can be taken for a message: pages on which a weaker
// assertion would hold although the claim does not.
#include <gtest/gtest.h>

#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

Observation absent(std::string text) {
  return {.kind = ObserveKind::kText, .expected = std::move(text), .negated = true};
}

Observation message(std::string text, std::string noun = "") {
  Observation seen{.kind = ObserveKind::kText, .expected = std::move(text)};
  seen.target.kind = ElementKind::kMessage;
  seen.target.noun = std::move(noun);
  return seen;
}

bool is_found(const Page& page, const Observation& seen, const std::vector<Page>& earlier = {}) {
  return !observe_candidates(page, seen, earlier).empty();
}

TEST(Absence, is_not_claimed_of_what_stands_in_a_frame) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int said = builder.add_text(root, "p", "paragraph", "Hello, I am Robin.");
  builder.at(said).frame = {"iframe"};
  EXPECT_FALSE(is_found(builder.page(), absent("Hello, I am Robin.")));
  EXPECT_TRUE(is_found(builder.page(), absent("All colleagues are busy.")));
}

TEST(Absence, is_not_claimed_of_what_a_style_draws) {
  PageBuilder builder;
  const int card = builder.add(-1, "div", "");
  builder.at(card).drawn = "Sold out";
  EXPECT_FALSE(is_found(builder.page(), absent("Sold out")));
}

TEST(Absence, of_what_a_closed_drop_down_offers_is_that_of_its_option) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.at(builder.add(root, "select", "combobox", "Customer")).options = {"Ann", "Bob"};
  Observation none{.kind = ObserveKind::kList, .negated = true, .rows = {{"Cid"}}};
  none.target.noun = "customers";
  const auto found = observe_candidates(builder.page(), none, {});
  ASSERT_FALSE(found.empty());
  for (const ObserveCandidate& made : found) {
    ASSERT_EQ(made.parts.size(), 2);
    EXPECT_EQ(made.parts[1].assertion.matcher, browser::Assertion::Matcher::kToHaveCount);
    EXPECT_EQ(made.parts[1].assertion.locator->steps.back().value, "option");
  }
}

TEST(Absence, of_a_button_is_not_claimed_where_something_else_can_be_pressed) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int pressed = builder.add_text(root, "div", "", "Buy");
  builder.at(pressed).clickable = true;
  Observation seen{.kind = ObserveKind::kElement, .negated = true};
  seen.target = {.kind = ElementKind::kButton, .name = "Buy", .quoted = true};
  EXPECT_FALSE(is_found(builder.page(), seen));
  seen.target.name = "Sell";
  EXPECT_TRUE(is_found(builder.page(), seen));
}

TEST(Absence, is_of_words_and_not_of_the_same_letters_in_others) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "button", "button", "Give 10% discount");
  EXPECT_TRUE(is_found(builder.page(), absent("Discount")));
  EXPECT_FALSE(is_found(builder.page(), absent("discount")));
}

TEST(Absence, of_a_kind_is_of_all_of_it) {
  Observation seen{.kind = ObserveKind::kElement, .negated = true};
  seen.target.kind = ElementKind::kTable;
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "Nobody matches.");
  EXPECT_TRUE(is_found(builder.page(), seen));
  builder.add_text(root, "table", "table", "Ann Lee");
  EXPECT_FALSE(is_found(builder.page(), seen));
}

TEST(Absence, of_a_noun_is_of_what_was_there_and_of_no_word) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "button", "button", "Add Transaction");
  Observation none{.kind = ObserveKind::kElement, .negated = true};
  none.target = {.noun = "tooltip", .name = "tooltip"};
  EXPECT_FALSE(is_found(builder.page(), none)) << "the page never says that word";
  PageBuilder before = builder;
  before.at(before.add_text(root, "div", "tooltip", "Your home address")).css_class = "tip";
  EXPECT_TRUE(is_found(builder.page(), none, {before.page()}));
  EXPECT_FALSE(is_found(before.page(), none, {before.page()}));
}

// "there are no expenses", of a page that says so itself.
TEST(Absence, of_things_is_what_the_page_says_of_them) {
  const auto says = [](const std::string& text) {
    PageBuilder builder;
    builder.add_text(builder.add(-1, "body", ""), "p", "paragraph", text);
    return builder.page();
  };
  Observation none{.kind = ObserveKind::kCount, .target = {.noun = "expenses"}};
  EXPECT_TRUE(is_found(says("No expenses yet"), none));
  EXPECT_TRUE(is_found(says("You don't have any expenses."), none));
  EXPECT_TRUE(is_found(says("Your list of expenses is empty"), none));
  EXPECT_FALSE(is_found(says("No limits for expenses"), none));
  EXPECT_FALSE(is_found(says("No income yet"), none));
  EXPECT_FALSE(is_found(says("Expenses"), none));
}

TEST(Presence, in_this_case_is_preferred_to_another) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "mark", "mark", "milk");
  const int said = builder.add_text(root, "b", "strong", "Milk");
  const Observation seen{.kind = ObserveKind::kText, .expected = "Milk"};
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().parts.front().element, said);
}

TEST(Presence, is_of_these_words_and_not_of_a_part_in_another_case) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "Not everything was saved");
  EXPECT_FALSE(
      is_found(builder.page(), {.kind = ObserveKind::kText, .expected = "Everything was saved"}));
  EXPECT_TRUE(
      is_found(builder.page(), {.kind = ObserveKind::kText, .expected = "everything was saved"}));
  EXPECT_TRUE(is_found(builder.page(), {.kind = ObserveKind::kText, .expected = "NOT EVERYTHING"}));
}

TEST(Message, is_no_part_of_a_text_that_was_there_before) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "A message “Note added” tells you when it is safe.");
  const Page before = builder.page();
  EXPECT_FALSE(is_found(before, message("Note added")));
  EXPECT_FALSE(is_found(before, message("Note added"), {before}));
  builder.add_text(root, "p", "paragraph", "1 Note added.");
  EXPECT_TRUE(is_found(builder.page(), message("Note added"), {before}));
}

// Found in what was written for a stranger's site: no list is called "of suggestions".
TEST(Absent, list_that_is_named_is_one_that_was_there) {
  const auto suggestions = [](bool open) {
    PageBuilder builder;
    const int body = builder.add(-1, "body", "");
    builder.at(builder.add(body, "input", "combobox", "Country")).value = "fr";
    if (!open) return builder.page();
    const int list = builder.add(body, "ul", "listbox");
    builder.at(list).html_id = "suggestions";
    builder.add_text(list, "li", "option", "France");
    return builder.page();
  };
  Observation closed{.kind = ObserveKind::kElement, .negated = true};
  closed.target = {
      .kind = ElementKind::kList, .noun = "list of suggestions", .name = "suggestions"};
  EXPECT_TRUE(is_found(suggestions(false), closed, {suggestions(true)}));
  EXPECT_FALSE(is_found(suggestions(false), closed, {suggestions(false)}));
  EXPECT_FALSE(is_found(suggestions(true), closed, {suggestions(true)}));
}

TEST(Message, of_a_field_is_gone_while_another_field_still_has_one) {
  const auto form = [](bool amount, bool term) {
    PageBuilder builder;
    const int root = builder.add(builder.add(-1, "body", ""), "form", "form");
    const auto field = [&](const std::string& label, bool wrong) {
      const int group = builder.add(root, "div", "");
      builder.add_text(group, "label", "", label);
      builder.at(builder.add(group, "input", "textbox", label)).label = label;
      if (!wrong) return;
      builder.at(builder.add_text(group, "div", "", "This field is required")).css_class =
          "error-message";
    };
    field("Amount", amount);
    field("Term", term);
    return builder.page();
  };
  Observation gone{.kind = ObserveKind::kElement, .negated = true};
  gone.target = {.kind = ElementKind::kMessage, .noun = "amount error", .name = "Amount"};
  EXPECT_TRUE(is_found(form(false, true), gone, {form(true, true)}));
  EXPECT_FALSE(is_found(form(true, true), gone, {form(true, true)}));
  EXPECT_FALSE(is_found(form(false, true), gone, {form(false, true)})) << "it never was there";
}

TEST(Message, that_is_called_an_error_is_no_hint_that_stands_there_anyway) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "span", "", "A password needs 8 characters.");
  const Page page = builder.page();
  EXPECT_TRUE(is_found(page, message("A password needs 8 characters.")));
  EXPECT_FALSE(is_found(page, message("A password needs 8 characters.", "error")));
}

}  // namespace
}  // namespace vouch::features::ground
