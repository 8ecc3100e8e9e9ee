// Which things of a page a step means by its noun: rows below a head, what a list is called as, the
// first and last of them, and what stands there twice.
#include <gtest/gtest.h>

#include "features/ground/groups.h"
#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A table whose head is made of plain cells, with a row of filters beneath it.
Page table(const Rows& rows) {
  PageBuilder builder;
  const int table = builder.add(builder.add(-1, "main", "main"), "table", "table");
  const int head = builder.add(table, "thead", "rowgroup");
  const int names = builder.add(head, "tr", "row"), filters = builder.add(head, "tr", "row");
  for (const char* name : {"First", "Last"}) {
    builder.add_text(names, "td", "cell", name);
    builder.add(builder.add(filters, "td", "cell"), "input", "searchbox", "Filter");
  }
  const int body = builder.add(table, "tbody", "rowgroup");
  for (const auto& cells : rows) {
    const int row = builder.add(body, "tr", "row");
    for (const std::string& cell : cells) builder.add_text(row, "td", "cell", cell);
  }
  return builder.page();
}

Observation nth(int ordinal, std::string expected) {
  Observation seen{
      .kind = ObserveKind::kContent, .expected = std::move(expected), .match = Match::kEquals};
  seen.target = {.noun = "customer", .name = "customer", .ordinal = ordinal};
  return seen;
}

TEST(Things, rows_are_counted_without_the_head_whatever_its_cells_are) {
  const Page page = table({{"Ann", "Bee"}, {"Cid", "Dow"}});
  for (const int count : {2, 3, 4}) {
    Observation seen{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, count}};
    seen.target.noun = "customers";
    seen.target.scopes = {{ElementKind::kTable, ""}};
    EXPECT_EQ(!observe_candidates(page, seen, {}).empty(), count == 2) << count;
  }
}

TEST(Things, a_name_may_stand_in_two_cells_of_the_nth_row) {
  const Page page = table({{"Ann", "Bee"}, {"Cid", "Dow"}});
  const auto found = observe_candidates(page, nth(-1, "Cid Dow"), {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().parts.size(), 2);
  for (const char* other : {"Ann Bee", "Cid Bee", "id Dow"})
    EXPECT_TRUE(observe_candidates(page, nth(-1, other), {}).empty()) << other;
}

// Found by a twin: "there are 3 to-dos" of those that are open, where one more is done.
TEST(Things, items_of_a_list_are_counted_whatever_states_their_classes_tell) {
  PageBuilder builder;
  const int list = builder.add(builder.add(-1, "main", "main"), "ul", "list");
  builder.at(list).html_id = "todos";
  for (const char* state : {"open", "done", "open", "open"}) {
    const int item = builder.add(list, "li", "listitem");
    builder.at(item).css_class = state;
    for (const char* said : {"Milk", "today"}) builder.add_text(item, "span", "", said);
  }
  const Page page = builder.page();
  for (const auto& [count, noun] :
       {std::pair(1, "to-dos"), {3, "to-dos"}, {4, "to-dos"}, {3, "things"}, {4, "things"}}) {
    Observation seen{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, count}};
    seen.target.noun = noun;
    EXPECT_EQ(!observe_candidates(page, seen, {}).empty(), count == 4) << count;
    for (const ObserveCandidate& made : observe_candidates(page, seen, {}))
      EXPECT_NE(made.parts.front().assertion.locator->steps.back().value, ".open");
  }
}

// Those that are left may be of another state than the first of those that were there.
TEST(Things, none_of_a_list_are_left_where_no_item_is) {
  const auto todos = [](const std::vector<std::string>& states) {
    PageBuilder builder;
    const int list = builder.add(builder.add(-1, "main", "main"), "ul", "list");
    builder.at(list).html_id = "todos";
    for (const std::string& state : states)
      builder.at(builder.add_text(list, "li", "listitem", "Milk")).css_class = state;
    return builder.page();
  };
  Observation none{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 0}};
  none.target.noun = "to-dos";
  const Page before = todos({"open", "open"});
  EXPECT_TRUE(observe_candidates(todos({"done"}), none, {before}).empty());
  EXPECT_FALSE(observe_candidates(todos({}), none, {before}).empty());
}

TEST(Things, a_list_that_is_called_as_several_is_none_of_them) {
  PageBuilder builder;
  const int list = builder.add(builder.add(-1, "main", "main"), "ul", "list");
  builder.at(list).css_class = "phones";
  for (const char* name : {"Nexus", "Xoom"}) {
    const int item = builder.add(list, "li", "listitem");
    builder.at(item).css_class = "thumbnail";
    builder.add_text(item, "a", "link", name);
    builder.add_text(item, "p", "paragraph", "A phone.");
  }
  const std::vector<Group> groups = groups_for(builder.page(), {.noun = "phone", .name = "phone"});
  ASSERT_FALSE(groups.empty());
  EXPECT_EQ(groups.front().items.size(), 2);
}

TEST(Things, are_what_each_of_them_begins_with_where_nothing_is_called_so) {
  const auto page = [](const std::vector<std::string>& texts) {
    PageBuilder builder;
    const int body = builder.add(-1, "main", "main");
    for (const std::string& text : texts)
      builder.at(builder.add_text(body, "div", "", text)).css_class = "entry";
    return builder.page();
  };
  const Target students{.noun = "students"};
  EXPECT_EQ(groups_for(page({"Student01 male", "Student 2"}), students).size(), 1);
  EXPECT_TRUE(groups_for(page({"Student01 male", "No student"}), students).empty());
  EXPECT_TRUE(groups_for(page({"Studentship A", "Studentship B"}), students).empty());
}

TEST(Things, what_several_places_say_by_the_same_words_is_claimed_of_the_first) {
  const auto found = [](const std::vector<std::string>& texts, const std::string& wanted) {
    PageBuilder builder;
    const int body = builder.add(-1, "main", "main");
    for (const std::string& text : texts) builder.add_text(body, "span", "", text);
    const auto all =
        observe_candidates(builder.page(), {.kind = ObserveKind::kText, .expected = wanted}, {});
    return std::ranges::any_of(all, [](const ObserveCandidate& made) {
      const auto& locator = made.parts.front().assertion.locator;
      return locator && locator->steps.back().by == browser::LocatorStep::By::kNth;
    });
  };
  EXPECT_TRUE(found({"1 - 10 of 50", "1 - 10 of 50"}, "1 - 10 of 50"));
  EXPECT_FALSE(found({"1 - 10 of 50", "1 - 10 of 50 rows"}, "1 - 10 of 50"));
  EXPECT_FALSE(found({"Saved", "Saved"}, "Saved"));
}

}  // namespace
}  // namespace vouch::features::ground
