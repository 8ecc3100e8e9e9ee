// How people speak of pages that were not made for it: what is pressed by its sign, columns that
// are no table's, lists that say that they are empty.
#include <gmock/gmock.h>

#include "features/ground/act.h"
#include "features/ground/observe.h"
#include "features/ground/page_builder.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {
namespace {

using testing::IsEmpty;
using testing::Not;

struct Built {
  PageBuilder builder;
  int root = builder.add(-1, "body", "");
  int text(int parent, const std::string& tag, const std::string& role, const std::string& said) {
    const int id = builder.add_text(parent, tag, role, said);
    if (role == "button" || role == "link" || role == "heading") builder.at(id).name = said;
    return id;
  }
};

std::vector<ActCandidate> candidates(Built& page, const Act& act, const Memory& memory = {}) {
  return act_candidates(page.builder.page(), act, memory);
}

TEST(Strangers, two_signs_are_two_names) {
  Built page;
  const int less = page.text(page.root, "button", "button", "-");
  page.text(page.root, "button", "button", "+");
  const auto found =
      candidates(page, {.kind = ActKind::kClick, .target = {.name = "-", .quoted = true}});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, less);
  EXPECT_EQ(found.size(), 1u);
}

TEST(Strangers, what_is_named_in_quotes_is_pressed_though_it_is_no_control) {
  Built page;
  page.text(page.root, "button", "button", "Wear");
  const int item = page.text(page.root, "li", "listitem", "Scarves");
  const auto found =
      candidates(page, {.kind = ActKind::kClick, .target = {.name = "Scarves", .quoted = true}});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, item);
  EXPECT_GE(found.front().score, 0.6);
}

TEST(Strangers, a_control_is_pressed_before_a_text_of_its_name) {
  Built page;
  page.text(page.root, "p", "paragraph", "Save");
  const int button = page.text(page.root, "button", "button", "Save");
  const auto found =
      candidates(page, {.kind = ActKind::kClick, .target = {.name = "Save", .quoted = true}});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, button);
}

TEST(Strangers, a_key_goes_to_what_a_key_before_has_moved_the_focus_to) {
  Built page;
  const int first = page.text(page.root, "div", "tab", "First");
  const int second = page.text(page.root, "div", "tab", "Second");
  page.builder.at(second).focused = true;
  Memory before{.last = page.builder.at(first), .last_locator = {}, .by_key = true};
  const Act enter{.kind = ActKind::kPress, .value = "Enter"};
  auto found = candidates(page, enter, before);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, -1) << "the page's keyboard";
  before.by_key = false;  // a click has: the test waits until it is there
  found = candidates(page, enter, before);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, second);
}

TEST(Strangers, a_dialog_is_closed_where_the_one_of_that_name_is_gone) {
  Built open, closed;
  const int dialog = open.builder.add(open.root, "div", "dialog", "Chat");
  open.text(dialog, "p", "paragraph", "Ask us");
  Observation seen{.kind = ObserveKind::kElement, .target = {.name = "chat"}, .negated = true};
  const auto found = observe_candidates(closed.builder.page(), seen, {open.builder.page()});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].assertion.locator->steps.front().value, "dialog");
}

TEST(Strangers, what_suggests_as_one_types_is_typed_into_key_by_key) {
  Built page;
  const int field = page.builder.add(page.root, "input", "combobox", "State");
  const Act fill{.kind = ActKind::kFill, .target = {.name = "State"}, .value = "Mis"};
  auto found = candidates(page, fill);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().action.kind, browser::Action::Kind::kType);
  page.builder.at(field).value = "Ohio";  // typing would only add to it
  found = candidates(page, fill);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().action.kind, browser::Action::Kind::kFill);
}

// Found on a table that filters by what "keyup" tells it.
TEST(Strangers, a_search_is_typed_by_keys_where_filling_it_in_shows_nothing) {
  Built page;
  const int search = page.builder.add(page.root, "input", "searchbox", "Search");
  page.builder.add(page.root, "input", "textbox", "Name");
  Act fill{.kind = ActKind::kFill, .target = {.name = "Search"}, .value = "pugh"};
  const auto found = candidates(page, fill);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].action.kind, browser::Action::Kind::kFill);
  EXPECT_EQ(found[1].action.kind, browser::Action::Kind::kType);
  EXPECT_EQ(found[1].element, search);
  fill.target.name = "Name";
  EXPECT_EQ(candidates(page, fill).size(), 1u);
}

TEST(Strangers, what_a_field_suggests_stands_in_its_list) {
  Built page;
  for (const char* other : {"France", "Spain"}) page.text(page.root, "p", "paragraph", other);
  const int list = page.builder.add(page.root, "ul", "listbox");
  for (const char* country : {"France", "Spain"}) page.text(list, "li", "option", country);
  Observation seen{.kind = ObserveKind::kList, .rows = {{"France"}, {"Spain"}}};
  seen.target.noun = "suggestions";
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].assertion.locator->steps.front().value, "listbox");
}

TEST(Strangers, a_list_is_what_its_class_calls_one) {
  Built page;
  page.text(page.root, "p", "paragraph", "Bread");
  const int list = page.builder.add(page.root, "div", "");
  page.builder.at(list).css_class = "todo-list";
  page.builder.at(list).html_id = "items";
  const int item = page.builder.add(list, "div", "");
  page.builder.at(item).css_class = "list-item";
  const int said = page.text(item, "strong", "strong", "Bread");
  Observation seen{.kind = ObserveKind::kText, .expected = "Bread"};
  seen.target.scopes = {{ElementKind::kList, "", false}};
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  for (const ObserveCandidate& made : found) {
    const int id = made.parts[0].element;
    EXPECT_TRUE(id < 0 || id == said) << id;
  }
}

TEST(Strangers, a_table_of_which_the_header_is_left_is_empty) {
  for (const bool is_empty : {true, false}) {
    Built page;
    const int section = page.builder.add(page.root, "section", "");
    page.text(section, "h2", "heading", "Orders");
    const int table = page.builder.add(section, "table", "table");
    page.text(page.builder.add(table, "tr", "row"), "th", "columnheader", "Number");
    if (!is_empty) page.text(page.builder.add(table, "tr", "row"), "td", "cell", "1001");
    const Observation seen{
        .kind = ObserveKind::kState,
        .target = {.kind = ElementKind::kTable, .noun = "table of orders", .name = "orders"},
        .state = State::kEmpty};
    EXPECT_EQ(!observe_candidates(page.builder.page(), seen, {}).empty(), is_empty);
  }
}

TEST(Strangers, what_is_appended_is_typed_after_what_is_there) {
  Built page;
  const int field = page.builder.add(page.root, "input", "textbox", "Title");
  page.builder.at(field).value = "Tea";
  page.builder.at(field).focused = true;
  for (const char* name : {"Title", "it"}) {
    const auto found =
        candidates(page, {.kind = ActKind::kAppend, .target = {.name = name}, .value = "pot"});
    ASSERT_THAT(found, Not(IsEmpty())) << name;
    EXPECT_EQ(found.front().element, field);
    EXPECT_EQ(found.front().action.kind, browser::Action::Kind::kType);
  }
}

TEST(Strangers, an_option_that_enter_would_take_is_marked_by_a_class) {
  for (const bool is_marked : {true, false}) {
    Built page;
    const int field = page.builder.add(page.root, "input", "combobox", "Country");
    page.builder.at(field).focused = is_marked;  // else the class says where the keyboard is
    const int list = page.builder.add(page.root, "ul", "listbox");
    for (const char* country : {"Italy", "Mauritania"}) {
      const int option = page.text(list, "li", "option", country);
      page.builder.at(option).name = country;
      page.builder.at(option).selected = false;
    }
    page.builder.at(list + 1).css_class = "option--focused";
    Observation seen{.kind = ObserveKind::kState, .state = State::kSelected};
    seen.target = {.name = "Italy", .quoted = true};
    const auto found = observe_candidates(page.builder.page(), seen, {});
    const auto by_class = [](const ObserveCandidate& made) {
      return made.parts[0].assertion.matcher == browser::Assertion::Matcher::kToContainClass;
    };
    EXPECT_EQ(std::ranges::any_of(found, by_class), is_marked);
    seen.negated = true;
    EXPECT_FALSE(std::ranges::any_of(observe_candidates(page.builder.page(), seen, {}), by_class));
  }
}

TEST(Strangers, a_row_says_what_stands_in_its_columns) {
  Built page;
  const int table = page.builder.add(page.root, "table", "table");
  const auto row = [&](const std::string& role, const std::vector<std::string>& cells) {
    const int id = page.builder.add(table, "tr", "row");
    for (const std::string& cell : cells) page.text(id, "td", role, cell);
  };
  row("columnheader", {"Day", "What", "Type", "Amount"});
  row("cell", {"Monday", "Pay", "income", "€ 100"});
  row("cell", {"Tuesday", "Rent", "expense", "€ 80"});
  Observation seen{.kind = ObserveKind::kTable};
  seen.target = {.kind = ElementKind::kRow, .name = "Pay", .quoted = true};
  const auto is_said = [&](const std::string& amount) {
    seen.rows = {{"Type", "Amount"}, {"income", amount}};
    return !observe_candidates(page.builder.page(), seen, {}).empty();
  };
  EXPECT_TRUE(is_said("€ 100"));
  EXPECT_FALSE(is_said("€ 80"));
}

TEST(Strangers, several_options_are_chosen_where_a_list_takes_several) {
  for (const bool takes_several : {true, false}) {
    Built page;
    const int list =
        page.builder.add(page.root, "select", takes_several ? "listbox" : "combobox", "Fruit");
    page.builder.at(list).options = {"apples", "oranges", "bananas"};
    const auto found = candidates(
        page, {.kind = ActKind::kChoose, .target = {.name = "Fruit"}, .value = "apples\nbananas"});
    EXPECT_EQ(!found.empty() && found.front().action.value == "apples\nbananas", takes_several);
  }
}

TEST(Strangers, a_cart_is_empty_where_it_says_so) {
  Built page;
  const int cart = page.builder.add(page.root, "section", "");
  page.builder.at(cart).css_class = "cart";
  page.text(cart, "h2", "heading", "Your Cart");
  const int said = page.text(cart, "div", "", "Your cart is empty.");
  page.text(cart, "button", "button", "Checkout");
  const Observation seen{.kind = ObserveKind::kState,
                         .target = {.kind = ElementKind::kSection, .noun = "cart"},
                         .state = State::kEmpty};
  const auto told = [&](const ObserveCandidate& made) { return made.parts[0].element == said; };
  EXPECT_TRUE(std::ranges::any_of(observe_candidates(page.builder.page(), seen, {}), told));
  page.builder.at(said).visible = false;
  EXPECT_FALSE(std::ranges::any_of(observe_candidates(page.builder.page(), seen, {}), told));
}

TEST(Strangers, a_column_of_a_board_is_no_column_of_a_table) {
  Built page;
  std::vector<int> cards;
  for (const char* name : {"To Do", "Done"}) {
    const int column = page.builder.add(page.root, "div", "");
    page.builder.at(column).css_class = "task-column";
    page.text(column, "h3", "heading", name);
    cards.push_back(page.text(column, "p", "paragraph", "Write report"));
  }
  Observation seen{.kind = ObserveKind::kText, .expected = "Write report"};
  seen.target.scopes = {{ElementKind::kColumn, "Done", true}};
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  for (const ObserveCandidate& made : found) EXPECT_EQ(made.parts[0].element, cards[1]);
}

TEST(Strangers, a_link_is_called_what_one_of_them_says) {
  Built page;
  page.text(page.root, "a", "link", "Home");
  const int link = page.text(page.root, "a", "link", "Change From white");
  Observation seen{.kind = ObserveKind::kContent,
                   .target = {.kind = ElementKind::kLink},
                   .expected = "Change From",
                   .match = Match::kStartsWith};
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].element, link);
  seen.expected = "From";
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), IsEmpty());
}

TEST(Strangers, a_heading_is_found_by_what_the_step_says_of_it) {
  Built page;
  page.text(page.root, "h2", "heading", "Boost Left: 1142.5");
  const Observation seen{.kind = ObserveKind::kText, .expected = "Boost Left"};
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].locators.front().steps.back().name, "Boost Left");
}

TEST(Strangers, a_value_goes_to_the_field_that_has_its_unit_beside_it) {
  Built page;
  std::vector<int> fields;
  for (const char* unit : {"£", "years", "%"}) {
    const int wrapper = page.builder.add(page.root, "div", "");
    page.text(wrapper, "span", "", unit);
    fields.push_back(page.builder.add(wrapper, "input", "textbox", "Field"));
  }
  const auto field_of = [&](const char* unit) {
    Act fill{.kind = ActKind::kFill, .value = "5"};
    fill.target = {.kind = ElementKind::kField, .noun = unit, .name = unit};
    const auto found = candidates(page, fill);
    return found.size() == 1 ? found.front().element : -1;
  };
  EXPECT_EQ(field_of("£"), fields[0]);
  EXPECT_EQ(field_of("years"), fields[1]);
  EXPECT_EQ(field_of("%"), fields[2]);
  EXPECT_EQ(field_of("months"), -1);
}

TEST(Strangers, things_of_one_shape_are_counted_wherever_they_stand) {
  Built page;
  const int heading = page.text(page.root, "h2", "heading", "Plans");
  page.builder.at(heading).level = 2;
  const auto add_card = [&](int parent, const char* name) {
    const int card = page.builder.add(parent, "div", "");
    page.builder.at(card).css_class = "card shadow";
    for (const char* text : {name, "$ 7", "Reserve"}) page.text(card, "p", "paragraph", text);
  };
  add_card(page.builder.add(page.root, "div", ""), "Special");
  for (const char* name : {"Small", "Large"}) {
    const int column = page.builder.add(page.root, "div", "");
    page.builder.at(column).css_class = "column";
    add_card(column, name);
  }
  Observation seen{.kind = ObserveKind::kCount, .target = {.noun = "plans"}};
  seen.quantity.number = 3;
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].assertion.locator->steps.back().value, ".card");
  seen.quantity.number = 2;
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), IsEmpty())
      << "those of one place are not all";
  seen.quantity.number = 3;
  seen.target.noun = "rooms";
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), IsEmpty());
}

TEST(Strangers, all_the_boxes_of_a_part_are_those_in_it) {
  Built page;
  std::vector<int> boxes;
  for (const char* name : {"Add-ons", "Terms"}) {
    const int part = page.builder.add(page.root, "section", "region", name);
    page.builder.at(page.text(part, "h3", "heading", name)).level = 3;
    boxes.push_back(page.builder.add(part, "input", "checkbox", name + std::string(" one")));
  }
  EXPECT_EQ(boxes_of_each(page.builder.page(), {.name = "all the add-ons"}),
            std::vector<int>{boxes[0]});
  EXPECT_EQ(boxes_of_each(page.builder.page(),
                          {.kind = ElementKind::kCheckbox, .noun = "all checkboxes"}),
            boxes);
  EXPECT_THAT(boxes_of_each(page.builder.page(), {.name = "add-ons"}), IsEmpty());
}

TEST(Strangers, the_sidebar_is_what_leads_on_at_a_side_where_nothing_else_is) {
  Built page;
  const int nav = page.builder.add(page.root, "nav", "navigation");
  page.builder.at(nav).box = {.x = 0, .y = 0, .width = 200, .height = 600};
  const int step = page.text(nav, "button", "button", "2");
  page.builder.at(step).css_class = "step current";
  page.builder.at(page.text(nav, "button", "button", "1")).css_class = "step";
  Observation seen{.kind = ObserveKind::kState,
                   .target = {.noun = "step", .name = "2"},
                   .state = State::kSelected};
  seen.target.scopes = {{ElementKind::kSection, "sidebar", false}};
  const auto found = observe_candidates(page.builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].element, step);
  page.builder.at(nav).box = {.x = 0, .y = 0, .width = 1200, .height = 60};
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), IsEmpty());
}

TEST(Strangers, each_of_several_is_found_by_any_of_its_classes) {
  Built page;
  const int heading = page.text(page.root, "h1", "heading", "Select your plan");
  page.builder.at(heading).level = 1;
  const int plans = page.builder.add(page.root, "div", "");
  for (const char* name : {"Small", "Large"}) {
    const int card = page.builder.add(plans, "label", "");
    page.builder.at(card).css_class = "item item--plan";
    page.text(card, "p", "paragraph", name);
    page.text(card, "p", "paragraph", "2 months free");
  }
  Observation seen{
      .kind = ObserveKind::kEach, .target = {.noun = "plan"}, .expected = "2 months free"};
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), Not(IsEmpty()));
  page.text(page.builder.add(plans, "label", ""), "p", "paragraph", "Huge");
  page.builder.at(page.builder.page().children(plans).back()).css_class = "item item--plan";
  EXPECT_THAT(observe_candidates(page.builder.page(), seen, {}), IsEmpty());
}

TEST(Strangers, what_is_told_of_a_step_stands_in_it_and_not_in_what_leads_there) {
  Built page;
  const int nav = page.builder.add(page.root, "nav", "navigation");
  for (const char* step : {"Plan", "Summary"})
    page.text(page.builder.add(nav, "div", ""), "span", "", step);
  const int summary = page.builder.add(page.root, "div", "");
  page.builder.at(summary).css_class = "summary";
  const int price = page.text(summary, "p", "paragraph", "$ 12");
  page.text(summary, "p", "paragraph", "Advanced");
  const auto found =
      observe_candidates(page.builder.page(),
                         {.kind = ObserveKind::kText,
                          .target = {.scopes = {{ElementKind::kAny, "summary", false}}},
                          .expected = "$ 12"},
                         {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].element, price);
}

TEST(Strangers, a_choice_is_found_by_what_its_makers_call_it) {
  Built page;
  page.text(page.root, "button", "button", "Monthly");
  std::vector<int> labels;
  for (const char* name : {"Arcade", "Pro"}) {
    const int label = page.builder.add(page.root, "label", "");
    page.builder.at(label).css_class = "item " + lower(name) + "-monthly";
    page.builder.at(label).clickable = true;
    page.text(label, "p", "paragraph", name);
    page.text(label, "p", "paragraph", "$9/mo");
    labels.push_back(label);
  }
  const auto found = candidates(page, {.kind = ActKind::kChoose, .value = "Arcade monthly plan"});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, labels[0]);
}

TEST(Strangers, what_is_said_of_mine_is_gone_with_its_very_words) {
  Built before, after;
  before.text(before.root, "p", "paragraph", "Your monthly payment");
  after.text(after.root, "p", "paragraph", "See what your monthly payment would be.");
  const Observation seen{
      .kind = ObserveKind::kElement, .target = {.name = "monthly payment"}, .negated = true};
  const auto found = observe_candidates(after.builder.page(), seen, {before.builder.page()});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_TRUE(found.front().parts[0].assertion.locator->steps.back().exact);
  EXPECT_THAT(observe_candidates(before.builder.page(), seen, {before.builder.page()}), IsEmpty());
}

TEST(Strangers, the_innermost_frame_is_the_one_in_all_others) {
  Built page;
  const int outer = page.builder.add(page.root, "iframe", "iframe");
  const int in_outer = page.builder.add(outer, "button", "button", "Press");
  page.builder.at(in_outer).frame = {"#a"};
  const int inner = page.builder.add(outer, "iframe", "iframe");
  page.builder.at(inner).frame = {"#a"};
  const int in_inner = page.builder.add(inner, "button", "button", "Press");
  page.builder.at(in_inner).frame = {"#a", "#b"};
  Act press{.kind = ActKind::kClick, .target = {.name = "Press", .quoted = true}};
  press.target.scopes = {{ElementKind::kFrame, "innermost", false}};
  const auto found = candidates(page, press);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().element, in_inner);
}

TEST(Strangers, of_messages_that_say_the_same_the_one_that_is_gone_stood_with_its_field) {
  const auto form = [](bool amount_is_wrong) {
    Built page;
    for (const char* name : {"Amount", "Term"}) {
      const int group = page.builder.add(page.root, "div", "");
      page.builder.at(group).css_class = "group";
      page.text(group, "label", "", name);
      const int field = page.builder.add(group, "input", "textbox", name);
      page.builder.at(field).label = name;
      const int error = page.text(group, "div", "", "This field is required");
      page.builder.at(error).css_class = "error";
      page.builder.at(error).visible = amount_is_wrong || name[0] == 'T';
    }
    return page;
  };
  Built before = form(true), after = form(false);
  Observation seen{.kind = ObserveKind::kElement, .negated = true};
  seen.target = {.kind = ElementKind::kMessage, .noun = "amount error", .name = "amount"};
  const auto found = observe_candidates(after.builder.page(), seen, {before.builder.page()});
  ASSERT_THAT(found, Not(IsEmpty()));
  for (const ObserveCandidate& made : found)
    EXPECT_TRUE(mentions(made.parts[0].assertion.locator->steps, "Amount"));
}

}  // namespace
}  // namespace vouch::features::ground
