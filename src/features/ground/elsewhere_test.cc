// Which part of a site a Then speaks of, and what leads there.
#include "features/ground/elsewhere.h"

#include <gmock/gmock.h>

#include "features/ground/page_builder.h"
#include "features/read/read.h"

namespace vouch::features::ground {
namespace {

Observation read_then(const std::string& text) {
  gherkin::PickleStep step;
  step.keyword = "Then";
  step.type = gherkin::StepType::kOutcome;
  step.text = text;
  return std::get<Observation>(read_step(step).value().front().intents.front());
}

std::vector<std::string> places(const std::string& text) {
  std::vector<std::string> names;
  for (const Scope& place : places_of(read_then(text))) names.push_back(place.name);
  return names;
}

TEST(Elsewhere, a_place_holds_what_is_claimed_of_it) {
  using ::testing::ElementsAre, ::testing::IsEmpty;
  EXPECT_THAT(places("my cart should be empty"), ElementsAre("cart"));
  EXPECT_THAT(places("the catalogue contains 4 books"), ElementsAre("catalogue"));
  EXPECT_THAT(places("the order appears in the order history"), ElementsAre("order history"));
  EXPECT_THAT(places("\"Dune\" is no longer in the catalogue"), ElementsAre("catalogue"));
  EXPECT_THAT(places("the dashboard shows \"3 users\""), ElementsAre("dashboard"));
  EXPECT_THAT(places("the cart is shown"), IsEmpty());
  EXPECT_THAT(places("I should be on the cart page"), IsEmpty());
  EXPECT_THAT(places("I see \"Tea\""), IsEmpty());
}

TEST(Elsewhere, what_follows_may_mean_the_page_that_was_shown_before) {
  EXPECT_TRUE(is_about_shown_page(read_then("no error is shown")));
  EXPECT_TRUE(is_about_shown_page(read_then("I am on the home page")));
  EXPECT_FALSE(is_about_shown_page(read_then("I see \"Tea\"")));
}

class Header : public ::testing::Test {
 protected:
  int link(const std::string& name, const std::string& href, int parent) {
    const int id = builder.add(parent, "a", "link", name);
    builder.at(id).href = href;
    return id;
  }
  int way(const std::string& name, bool quoted = false) {
    return way_to(builder.page(), {ElementKind::kAny, name, quoted});
  }

  PageBuilder builder;
  const int nav = builder.add(-1, "nav", "navigation");
};

TEST_F(Header, leads_to_a_place_by_name_or_address) {
  const int cart = link("Cart (2)", "http://site/c?id=1", nav);
  const int orders = link("", "http://site/orders.html", nav);
  EXPECT_EQ(way("cart"), cart);
  EXPECT_EQ(way("orders"), orders);
  EXPECT_EQ(way("wishlist"), -1);
}

TEST(Elsewhere, the_name_of_the_site_is_not_the_place) {
  PageBuilder builder;
  const int aside = builder.add(-1, "aside", "complementary");
  builder.add_text(aside, "div", "", "My Dashboard");
  const int nav = builder.add(aside, "nav", "navigation");
  const int link = builder.add(nav, "a", "link", "Dashboard");
  builder.at(link).href = "http://site/index.html";
  const Scope place{ElementKind::kAny, "dashboard", false};
  EXPECT_EQ(way_to(builder.page("http://site/tables.html"), place), link);
}

TEST_F(Header, leads_nowhere_where_it_is_not_sure) {
  link("Archive", "http://site/a", nav);
  link("Archive", "http://site/b", nav);
  link("Basket", "http://site/basket", nav);
  builder.at(builder.add_text(-1, "h1", "heading", "Basket")).name = "Basket";
  EXPECT_EQ(way("archive"), -1) << "two of that name lead to two pages";
  EXPECT_EQ(way("basket"), -1) << "the page is the basket";
}

TEST_F(Header, does_not_lead_to_what_is_shown_or_is_something_else) {
  link("Cart", "http://site/", nav);  // the page's own address
  link("All tasks", "http://site/all", nav);
  link("Open tickets", "http://site/open", nav);
  builder.add(builder.add(-1, "main", "main"), "button", "button", "Archive");
  const int drawer = builder.add(nav, "button", "button", "Basket");
  builder.at(drawer).expanded = true;
  EXPECT_EQ(way("cart"), -1);
  EXPECT_EQ(way("tasks"), -1);
  EXPECT_EQ(way("tickets"), -1);
  EXPECT_EQ(way("archive"), -1) << "it may archive something";
  EXPECT_EQ(way("basket"), -1) << "it is open";
  builder.at(drawer).expanded = false;
  EXPECT_EQ(way("basket"), drawer);
}

TEST_F(Header, leads_to_what_is_quoted_only_by_the_navigation) {
  const int main = builder.add(-1, "main", "main");
  link("Green Tea", "http://site/tea", main);
  const int mine = link("My Appointments", "http://site/mine", nav);
  EXPECT_EQ(way("Green Tea", true), -1);
  EXPECT_EQ(way("My Appointments", true), mine);
}

}  // namespace
}  // namespace vouch::features::ground
