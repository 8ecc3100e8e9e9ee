// What acts and observations may stand for on small pages, written down as the browser tells them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/ground/act.h"
#include "features/ground/observe.h"
#include "features/ground/page_builder.h"
#include "features/ground/rank.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Action;
using browser::Assertion;
using browser::Element;
using By = browser::LocatorStep::By;

// A list of to-dos as it is mostly made: a checkbox without a name beside a text.
struct Todos {
  PageBuilder builder;
  int root = builder.add(-1, "body", "");
  int field = builder.add(root, "input", "textbox", "What needs to be done?");
  int list = builder.add(root, "ul", "list");
  std::vector<int> boxes;
  void add(const std::string& text) {
    const int item = builder.add(list, "li", "listitem");
    boxes.push_back(builder.add(item, "input", "checkbox"));
    builder.at(boxes.back()).type = "checkbox";
    builder.add_text(item, "label", "", text);
  }
};

Target quoted(std::string name, ElementKind kind = ElementKind::kAny) {
  return {.kind = kind, .name = std::move(name), .quoted = true};
}

TEST(Ground, a_text_is_ticked_by_the_checkbox_beside_it) {
  Todos todos;
  todos.add("Buy milk");
  todos.add("Feed the cat");
  const auto found =
      act_candidates(todos.builder.page(), {ActKind::kCheck, quoted("Feed the cat")}, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].element, todos.boxes[1]);
  EXPECT_EQ(found[0].action.kind, Action::Kind::kCheck);
}

TEST(Ground, a_number_in_a_text_is_a_whole_one) {
  EXPECT_TRUE(contains_folded("Found 0 products, all sold", "0 products"));
  EXPECT_FALSE(contains_folded("Found 10 products", "0 products"));
  EXPECT_TRUE(contains_folded("Total: 12.50", "12.50"));
  EXPECT_TRUE(contains_folded("It costs 12.", "costs 12"));
  EXPECT_FALSE(contains_folded("Total: 12.50", "12"));
  EXPECT_FALSE(contains_folded("Total: 1,234", "234"));
  EXPECT_FALSE(contains_folded("Room 101", "Room 10"));
  EXPECT_TRUE(contains_folded("Rooms 101 and 10", "10"));

  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "16 products");
  const int none = builder.add_text(root, "p", "paragraph", "6 products");
  const auto found = observe_candidates(builder.page(),
                                        {.kind = ObserveKind::kText, .expected = "6 products"}, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].parts[0].element, none);
  EXPECT_TRUE(found[0].parts[0].locators.front().steps[0].exact);
}

TEST(Ground, a_text_is_checked_when_the_checkbox_beside_it_is) {
  Todos todos;
  todos.add("Buy milk");
  todos.add("Feed the cat");
  Observation seen{.kind = ObserveKind::kState, .target = quoted("Feed the cat")};
  seen.state = State::kChecked;
  const auto found = observe_candidates(todos.builder.page(), seen, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].parts[0].element, todos.boxes[1]);
  EXPECT_EQ(found[0].parts[0].assertion.matcher, Assertion::Matcher::kToBeChecked);
}

TEST(Ground, a_text_is_checked_by_the_box_beside_it_that_says_only_what_it_is_for) {
  Todos todos;
  todos.add("Buy milk");
  todos.add("Feed the cat");
  const auto checked = [&](std::string name) {
    for (int box : todos.boxes) todos.builder.at(box).name = name;
    Act act{.kind = ActKind::kCheck, .target = quoted("Feed the cat")};
    return act_candidates(todos.builder.page(), act, {});
  };
  const auto found = checked("Toggle item");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].element, todos.boxes[1]);
  todos.builder.at(todos.boxes[0]).name = "Urgent";
  todos.boxes.erase(todos.boxes.begin());
  EXPECT_THAT(checked("Gift wrap"), testing::IsEmpty());
}

TEST(Ground, all_are_those_of_the_whole_list) {
  Todos todos;
  todos.add("Buy milk");
  todos.add("Feed the cat");
  todos.builder.at(todos.list).css_class = "todos";
  Observation seen{.kind = ObserveKind::kState, .target = {.name = "all todos"}};
  seen.state = State::kChecked;
  const auto found = observe_candidates(todos.builder.page(), seen, {});
  ASSERT_FALSE(found.empty());
  for (const auto& each : found) EXPECT_EQ(each.parts.size(), 2u);
}

TEST(Ground, a_checkbox_is_located_by_the_text_beside_it_and_not_by_its_state) {
  Todos todos;
  todos.add("Buy milk");
  todos.add("Feed the cat");
  todos.builder.at(todos.boxes[1]).label = "Feed the cat";
  const auto locators = locators_for(todos.builder.page(), todos.boxes[1], {});
  ASSERT_FALSE(locators.empty());
  const auto& steps = locators[0].steps;  // the list item that has the text, and its checkbox
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].value, "listitem");
  EXPECT_EQ(steps[1].value, "Feed the cat");
  EXPECT_EQ(steps[2].value, "checkbox");
}

TEST(Ground, a_text_below_a_field_is_not_the_field) {
  PageBuilder builder;
  const int slider = builder.add(builder.add(-1, "body", ""), "input", "slider", "Volume");
  builder.at(slider).type = "range";
  builder.at(slider).value = "25";
  Observation seen{.kind = ObserveKind::kText, .expected = "25"};
  EXPECT_EQ(observe_candidates(builder.page(), seen, {}).size(), 1u);
  seen.target.scopes = {{ElementKind::kField, "Volume", true}};
  EXPECT_TRUE(observe_candidates(builder.page(), seen, {}).empty());
}

TEST(Ground, a_field_without_a_button_is_sent_off_with_enter) {
  Todos todos;
  const Page page = todos.builder.page();
  Memory memory;
  memory.last = page.at(todos.field);
  Act send{ActKind::kSubmit};
  send.target.name = "Add";
  const auto found = act_candidates(page, send, memory);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].element, todos.field);
  EXPECT_EQ(found[0].action.kind, Action::Kind::kPress);
  EXPECT_EQ(found[0].action.value, "Enter");
}

TEST(Ground, a_button_in_the_form_is_pressed_rather_than_enter) {
  PageBuilder builder;
  const int form = builder.add(builder.add(-1, "body", ""), "form", "form");
  const int field = builder.add(form, "input", "textbox", "Coupon");
  const int button = builder.add(form, "button", "button", "Go");
  const Page page = builder.page();
  Memory memory;
  memory.last = page.at(field);
  const auto found = act_candidates(page, {ActKind::kSubmit}, memory);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].element, button);
}

TEST(Ground, a_link_that_is_but_a_number_is_named_by_it) {
  PageBuilder builder;
  const int nav = builder.add(builder.add(-1, "body", ""), "nav", "navigation");
  builder.add(nav, "a", "link", "1");
  const int two = builder.add(nav, "a", "link", "2");
  const auto locators = locators_for(builder.page(), two, {});
  const bool named = std::any_of(locators.begin(), locators.end(), [](const auto& locator) {
    const auto& step = locator.steps.back();
    return step.by == By::kRole && step.name == "2" && step.exact;
  });
  EXPECT_TRUE(named);
  const auto& last = locators.back().steps;  // by its place among all links
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].name, std::nullopt);
  EXPECT_EQ(last[1].index, 1);
}

TEST(Ground, a_landmark_is_a_place_by_what_people_call_it) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int above = builder.add(builder.add(root, "nav", "navigation"), "a", "link", "Home");
  builder.add(builder.add(root, "div", ""), "a", "link", "Home");
  Act click{ActKind::kClick, quoted("Home")};
  click.target.scopes.push_back({ElementKind::kSection, "navigation bar"});
  const auto found = act_candidates(builder.page(), click, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].element, above);
  EXPECT_TRUE(found.size() == 1 || found[0].score - found[1].score > kTie);
}

TEST(Ground, the_start_page_is_known_by_its_address) {
  PageBuilder builder;
  builder.add(-1, "body", "");
  const Observation seen{.kind = ObserveKind::kPage, .target = {.kind = ElementKind::kPage}};
  for (const char* url : {"http://site/", "http://site/index.html"}) {
    const auto found = observe_candidates(builder.page(url), seen, {});
    ASSERT_EQ(found.size(), 1u) << url;
    EXPECT_EQ(found[0].parts[0].assertion.matcher, Assertion::Matcher::kToHaveURL);
  }
  for (const char* url : {"http://site/orders", "http://site/orders/"})
    EXPECT_TRUE(observe_candidates(builder.page(url), seen, {}).empty()) << url;
}

TEST(Ground, a_page_is_not_known_by_a_title_that_does_not_name_it) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.at(builder.add_text(root, "h1", "heading", "Products")).level = 1;
  const Observation seen{.kind = ObserveKind::kPage,
                         .target = {.kind = ElementKind::kPage, .name = "products"}};
  const Page page = builder.page("http://site/products?search=roast", "Search: roast - Shop");
  for (const ObserveCandidate& found : observe_candidates(page, seen, {})) {
    EXPECT_NE(found.parts[0].assertion.matcher, Assertion::Matcher::kToHaveTitle);
  }
  const Page titled = builder.page("http://site/p", "Products - Shop");
  const auto found = observe_candidates(titled, seen, {});
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const ObserveCandidate& one) {
    return one.parts[0].assertion.matcher == Assertion::Matcher::kToHaveTitle;
  }));
}

TEST(Ground, a_field_may_hold_what_is_said_of_its_name) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int date = builder.add(root, "input", "textbox", "Date");
  builder.at(date).value = "12/24/2026";
  Observation seen{.kind = ObserveKind::kContent, .match = Match::kEquals};
  seen.target.name = "date";
  seen.expected = "12/24/2026";
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].parts[0].element, date);
  seen.expected = "12/25/2026";
  EXPECT_TRUE(observe_candidates(builder.page(), seen, {}).empty());
}

TEST(Ground, a_heading_without_a_name_is_known_by_its_kind) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add_text(root, "p", "paragraph", "Orders");
  const int heading = builder.add_text(root, "h1", "heading", "Orders");
  builder.at(heading).level = 1;
  Observation seen{.kind = ObserveKind::kContent, .match = Match::kEquals};
  seen.target = {.kind = ElementKind::kHeading, .noun = "page heading"};
  seen.expected = "Orders";
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].parts[0].element, heading);
}

TEST(Ground, what_is_hidden_several_times_is_absent_by_the_role_it_had) {
  PageBuilder shown, hidden;
  for (PageBuilder* builder : {&shown, &hidden}) {
    const int root = builder->add(-1, "body", "");
    builder->add(root, "a", "link", "Print");
  }
  hidden.at(1).visible = false;
  Observation seen{.kind = ObserveKind::kText, .expected = "Print", .negated = true};
  const auto found = observe_candidates(hidden.page(), seen, {shown.page()});
  ASSERT_GE(found.size(), 2u);
  EXPECT_EQ(found[1].parts[0].assertion.locator->steps[0].by, By::kRole);
  EXPECT_TRUE(found[1].parts[0].assertion.negated);
}

}  // namespace
}  // namespace vouch::features::ground
