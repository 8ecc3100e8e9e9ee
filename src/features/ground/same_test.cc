// What a page showed before, as what it has to show now.
#include "features/ground/same.h"

#include <gmock/gmock.h>

#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

Page shop(const std::vector<std::string>& items, const std::string& total) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int list = builder.add(root, "ul", "list", "Tasks");
  for (const std::string& item : items) {
    const int id = builder.add_text(list, "li", "listitem", item);
    builder.at(id).css_class = "task";
  }
  const int terms = builder.add(root, "dl", "");
  builder.add_text(terms, "dt", "term", "Total");
  builder.add_text(terms, "dd", "definition", total);
  return builder.page();
}

bool holds(const Page& before, const Page& now, const Observation& seen) {
  const auto was = as_it_was(before, now, seen);
  return was && !observe_candidates(now, *was, {before}).empty();
}

const Observation kTotal{.kind = ObserveKind::kSame, .target = {.noun = "total", .name = "total"}};
const Observation kNumber{.kind = ObserveKind::kSame, .target = {.noun = "tasks"}, .counted = true};
const Observation kItems{
    .kind = ObserveKind::kSame,
    .target = {.kind = ElementKind::kList, .noun = "list of tasks", .name = "tasks"}};

TEST(Same, a_value_is_the_one_before) {
  const Page before = shop({"Tea"}, "€ 5");
  EXPECT_TRUE(holds(before, shop({"Tea", "Milk"}, "€ 5"), kTotal));
  EXPECT_FALSE(holds(before, shop({"Tea"}, "€ 6"), kTotal));
}

TEST(Same, a_number_is_the_one_before) {
  const Page before = shop({"Tea", "Milk"}, "€ 5");
  EXPECT_TRUE(holds(before, shop({"Tea", "Bread"}, "€ 6"), kNumber));
  EXPECT_FALSE(holds(before, shop({"Tea", "Milk", "Bread"}, "€ 5"), kNumber));
  EXPECT_FALSE(holds(before, shop({"Tea"}, "€ 5"), kNumber));
}

TEST(Same, a_list_holds_what_it_held_in_its_order) {
  const Page before = shop({"Tea", "Milk"}, "€ 5");
  EXPECT_TRUE(holds(before, shop({"Tea", "Milk"}, "€ 6"), kItems));
  EXPECT_FALSE(holds(before, shop({"Milk", "Tea"}, "€ 5"), kItems));
  EXPECT_FALSE(holds(before, shop({"Tea"}, "€ 5"), kItems));
}

// What leads through the site is no list that a step speaks of, and of two none is.
TEST(Same, one_thing_alone_is_meant) {
  const auto lists = [](const std::string& role, const std::vector<std::string>& items) {
    PageBuilder builder;
    const int root = builder.add(-1, "body", "");
    const int other = builder.add(builder.add(root, "div", role), "ul", "list");
    for (const char* link : {"Home", "Shop"}) builder.add_text(other, "li", "listitem", link);
    const int list = builder.add(root, "ul", "list");
    for (const std::string& item : items) builder.add_text(list, "li", "listitem", item);
    return builder.page();
  };
  const Observation same{.kind = ObserveKind::kSame, .target = {.kind = ElementKind::kList}};
  for (const char* role : {"navigation", ""}) {
    SCOPED_TRACE(role);
    EXPECT_FALSE(holds(lists(role, {"A", "B"}), lists(role, {"A", "C"}), same));
  }
  EXPECT_TRUE(holds(lists("navigation", {"A"}), lists("navigation", {"A"}), same));
}

TEST(Same, what_was_not_there_is_not_the_same) {
  EXPECT_FALSE(holds(PageBuilder().page(), shop({"Tea"}, "€ 5"), kTotal));
  EXPECT_FALSE(holds(PageBuilder().page(), shop({"Tea"}, "€ 5"), kItems));
}

}  // namespace
}  // namespace vouch::features::ground
