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

TEST(Same, a_number_grows_and_shrinks_by_what_is_said) {
  Observation one_more = kNumber;
  one_more.change = 1;
  EXPECT_TRUE(holds(shop({"Tea"}, "€ 5"), shop({"Tea", "Milk"}, "€ 5"), one_more));
  EXPECT_FALSE(holds(shop({"Tea"}, "€ 5"), shop({"Tea"}, "€ 5"), one_more));
  EXPECT_FALSE(holds(shop({"Tea"}, "€ 5"), shop({"Tea", "Milk", "Oil"}, "€ 5"), one_more));
  EXPECT_TRUE(holds(shop({}, "€ 5"), shop({"Tea"}, "€ 5"), one_more));
  Observation one_less = kNumber;
  one_less.change = -1;
  EXPECT_TRUE(holds(shop({"Tea", "Milk"}, "€ 5"), shop({"Tea"}, "€ 5"), one_less));
  EXPECT_FALSE(holds(shop({"Tea"}, "€ 5"), shop({"Tea", "Milk"}, "€ 5"), one_less));
}

TEST(Same, a_value_grows_by_what_is_said) {
  Observation grown = kTotal;
  grown.change = 2;
  EXPECT_TRUE(holds(shop({"Tea"}, "3 items"), shop({"Tea"}, "5 items"), grown));
  EXPECT_FALSE(holds(shop({"Tea"}, "3 items"), shop({"Tea"}, "4 items"), grown));
  EXPECT_FALSE(holds(shop({"Tea"}, "none"), shop({"Tea"}, "2 items"), grown)) << "of no number";
}

TEST(Same, what_changes_is_not_what_it_was) {
  Observation changed = kTotal;
  changed.negated = true;
  EXPECT_TRUE(holds(shop({"Tea"}, "€ 5"), shop({"Tea"}, "€ 6"), changed));
  EXPECT_FALSE(holds(shop({"Tea"}, "€ 5"), shop({"Tea"}, "€ 5"), changed));
}

TEST(Measured, a_number_is_within_its_bounds) {
  const auto is_so = [](const std::string& total, Range range) {
    const Observation seen{.kind = ObserveKind::kMeasured,
                           .target = {.noun = "total", .name = "total"},
                           .range = range};
    return !observe_candidates(shop({"Tea"}, total), seen, {}).empty();
  };
  EXPECT_TRUE(is_so("€ 5", {.most = 5}));
  EXPECT_FALSE(is_so("€ 5", {.most = 5, .open = true}));
  EXPECT_TRUE(is_so("€ 1,200.50", {.least = 1000, .most = 1300}));
  EXPECT_FALSE(is_so("€ 1,200.50", {.least = 1201}));
  EXPECT_FALSE(is_so("none", {.least = 0}));
}

TEST(Same, what_was_not_there_is_not_the_same) {
  EXPECT_FALSE(holds(PageBuilder().page(), shop({"Tea"}, "€ 5"), kTotal));
  EXPECT_FALSE(holds(PageBuilder().page(), shop({"Tea"}, "€ 5"), kItems));
}

}  // namespace
}  // namespace vouch::features::ground
