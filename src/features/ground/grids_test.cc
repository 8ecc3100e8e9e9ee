// Pages whose parts say what they are by where they stand: grids that are no tables, numbers beside
// what they count, menus that mark the page that is shown.
#include <gmock/gmock.h>

#include "features/ground/act.h"
#include "features/ground/choice.h"
#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

using testing::IsEmpty;
using testing::Not;

// Two lines below a line of labels that has a frame of its own; each with a box for each day.
struct Grid {
  PageBuilder builder;
  int root = builder.add(-1, "body", "");
  int yesterday = 0, today = 0;  // the boxes of "Stretch"

  Grid() {
    const int labels = builder.add(root, "div", "");
    builder.at(labels).css_class = "table-header";
    for (const char* label : {"Habit", "Yesterday", "Today", "Streak"})
      builder.add_text(labels, "div", "", label);
    const int lines = builder.add(root, "div", "");
    for (const char* name : {"Drink water", "Stretch"}) {
      const int line = builder.add(lines, "div", "");
      builder.at(line).css_class = "line";
      builder.add_text(line, "div", "", name);
      yesterday = box(line, std::string(name) + " on 2030-05-17");
      today = box(line, std::string(name) + " on 2030-05-18");
      const int streak = builder.add_text(line, "div", "", name[0] == 'D' ? "0" : "2");
      builder.at(streak).css_class = "streak-cell";
    }
  }
  int box(int line, const std::string& name) {
    const int cell = builder.add(line, "div", "");
    const int made = builder.add_text(cell, "button", "checkbox", "Yes");
    builder.at(made).name = name;
    builder.at(made).clickable = true;
    return made;
  }
};

TEST(Grids, a_box_is_meant_by_its_line_and_by_the_label_above_it) {
  for (const bool of_today : {false, true}) {
    Grid grid;
    Act tick{.kind = ActKind::kCheck};
    tick.target = {.name = "Stretch",
                   .quoted = true,
                   .scopes = {{ElementKind::kAny, of_today ? "today" : "yesterday", false}}};
    const auto found = act_candidates(grid.builder.page(), tick, {});
    ASSERT_THAT(found, Not(IsEmpty()));
    EXPECT_EQ(found.front().element, of_today ? grid.today : grid.yesterday);
  }
}

TEST(Grids, a_cell_is_found_by_its_line_and_by_the_label_above_it) {
  Grid grid;
  Observation seen{.kind = ObserveKind::kContent, .expected = "Yes"};
  seen.target = {
      .kind = ElementKind::kCell,
      .scopes = {{ElementKind::kAny, "Today", true}, {ElementKind::kAny, "Stretch", true}}};
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), Not(IsEmpty()));
  seen.expected = "No";
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, what_a_line_says_so_often_is_counted_there) {
  Grid grid;
  Observation seen{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 2}};
  seen.target = {.kind = ElementKind::kText,
                 .name = "Yes",
                 .quoted = true,
                 .scopes = {{ElementKind::kRow, "Stretch", true}}};
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), Not(IsEmpty()));
  seen.quantity.number = 1;
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, cards_of_three_texts_have_no_columns) {
  PageBuilder builder;
  const int list = builder.add(-1, "div", "");
  int last = -1;
  for (const char* name : {"Assam", "Sencha"}) {
    const int card = builder.add(list, "div", "");
    builder.at(card).css_class = "card";
    builder.add_text(card, "h3", "heading", name);
    builder.add_text(card, "p", "paragraph", "A fine tea");
    last = builder.add_text(card, "span", "", "In stock");
  }
  EXPECT_EQ(builder.page().column_header(last), nullptr);
}

TEST(Grids, the_one_table_of_the_page_is_empty_but_for_its_head) {
  for (const bool has_row : {false, true}) {
    PageBuilder builder;
    const int table = builder.add(-1, "table", "table");
    const int head = builder.add(builder.add(table, "thead", "rowgroup"), "tr", "row");
    builder.add_text(head, "th", "columnheader", "Order");
    const int body = builder.add(table, "tbody", "rowgroup");
    if (has_row) builder.add_text(builder.add(body, "tr", "row"), "td", "cell", "#8282");
    Observation seen{.kind = ObserveKind::kState, .state = State::kEmpty};
    seen.target.kind = ElementKind::kTable;
    const auto found = observe_candidates(builder.page(), seen, {});
    const bool has_none = std::ranges::any_of(found, [](const ObserveCandidate& made) {
      return made.parts[0].assertion.matcher == browser::Assertion::Matcher::kToHaveCount;
    });
    EXPECT_EQ(has_none, !has_row);
  }
}

// Two recipes are shown; each card has one title.
TEST(Grids, the_title_of_one_card_is_not_the_only_recipe) {
  PageBuilder builder;
  const int list = builder.add(-1, "div", "");
  for (const char* name : {"Lassi", "Poha"}) {
    const int card = builder.add(list, "div", "");
    builder.at(card).css_class = "recipe-card";
    const int title = builder.add_text(card, "h3", "heading", name);
    builder.at(title).css_class = "recipe-card-title";
    builder.add_text(card, "p", "paragraph", "Quick");
  }
  Observation seen{.kind = ObserveKind::kList, .exact_rows = true, .rows = {{"Poha"}}};
  seen.target = {.noun = "recipe"};
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, an_empty_cell_is_found_by_its_line_and_the_label_above_it) {
  Grid grid;
  Observation seen{.kind = ObserveKind::kState, .state = State::kEmpty};
  seen.target = {
      .kind = ElementKind::kCell,
      .scopes = {{ElementKind::kAny, "Today", true}, {ElementKind::kAny, "Stretch", true}}};
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), IsEmpty());
  const int cell = grid.builder.at(grid.today).parent;
  for (const int id : {cell, grid.today}) grid.builder.at(id).text.clear();
  EXPECT_THAT(observe_candidates(grid.builder.page(), seen, {}), Not(IsEmpty()));
}

TEST(Grids, what_stands_in_a_list_that_is_none_by_its_elements) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  for (const char* name : {"Lassi", "Poha"}) {
    const int card = builder.add(root, "div", "");
    builder.at(card).css_class = "card";
    builder.add_text(card, "p", "paragraph", name);
    builder.add_text(card, "p", "paragraph", "Quick");
  }
  builder.add_text(root, "p", "paragraph", "Chai");
  Observation seen{.kind = ObserveKind::kText, .expected = "Poha"};
  seen.target.scopes = {{ElementKind::kList, "", false}};
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), Not(IsEmpty()));
  seen.expected = "Chai";
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, a_number_beside_what_it_counts) {
  PageBuilder builder;
  const int head = builder.add(-1, "div", "");
  builder.add_text(head, "h2", "heading", "Your flashcards:");
  const int number = builder.add_text(head, "h2", "heading", "0");
  builder.at(number).css_class = "number";
  Observation seen{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 0}};
  seen.target = {.noun = "flashcards"};
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found.front().parts[0].element, number);
  seen.quantity.number = 2;
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, the_first_entry_of_what_is_repeated_in_a_part_of_the_page) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  for (const char* part : {"Recent activity", "Orders"}) {
    const int card = builder.add(root, "section", "");
    builder.add_text(card, "h2", "heading", part);
    const int list = builder.add(card, "div", "");
    for (const char* title : {"New order", "User registered"}) {
      const int item = builder.add(list, "div", "");
      builder.at(item).css_class = "item";
      builder.add_text(item, "div", "", std::string(part) + ": " + title);
      builder.add_text(item, "div", "", "5 minutes ago");
    }
  }
  Observation seen{.kind = ObserveKind::kContent, .expected = "Orders: New order"};
  seen.target = {.kind = ElementKind::kItem,
                 .noun = "entry",
                 .ordinal = 1,
                 .scopes = {{ElementKind::kAny, "orders", false}}};
  seen.match = Match::kEquals;
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), Not(IsEmpty()));
  seen.expected = "Orders: User registered";
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), IsEmpty());
}

TEST(Grids, the_menu_marks_the_page_that_is_shown) {
  PageBuilder builder;
  const int nav = builder.add(-1, "nav", "navigation");
  for (const char* name : {"Dashboard →", "Tickets →"}) {
    const int link = builder.add_text(nav, "a", "link", name);
    builder.at(link).name = name;
    if (name[0] == 'D') builder.at(link).css_class = "item active";
  }
  Observation seen{.kind = ObserveKind::kPage};
  seen.target = {.kind = ElementKind::kPage, .name = "dashboard"};
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), Not(IsEmpty()));
  seen.target.name = "tickets";
  EXPECT_THAT(observe_candidates(builder.page(), seen, {}), IsEmpty());
}

// "+ New ticket" above the content and in it: the content's is meant.
TEST(Grids, of_several_the_page_s_own_is_meant) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const auto button = [&](int parent) {
    const int id = builder.add_text(parent, "button", "button", "+ New ticket");
    builder.at(id).name = "+ New ticket";
    return id;
  };
  const int bar = builder.add(root, "div", "");
  builder.at(bar).css_class = "topbar";
  button(bar);
  const int own = button(builder.add(root, "section", ""));
  gherkin::Pickle pickle;
  pickle.steps.push_back({.text = "I click \"+ New ticket\""});
  const Site site;
  const Page page = builder.page();
  const Act click{.kind = ActKind::kClick, .target = {.name = "+ New ticket", .quoted = true}};
  const std::vector<ActCandidate> candidates = act_candidates(page, click, {});
  std::vector<std::string> assumptions;
  Choices choices(site, pickle, {});
  const Result<std::size_t> chosen = choices.choose(0, page, candidates, &assumptions);
  ASSERT_TRUE(chosen.has_value());
  EXPECT_EQ(candidates[*chosen].element, own);
  EXPECT_EQ(assumptions.size(), 1u);
}

}  // namespace
}  // namespace vouch::features::ground
