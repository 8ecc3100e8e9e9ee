// Where a Given's things are looked for, and made: which page has a place for what it says.
#include "features/ground/scout.h"

#include <gtest/gtest.h>

#include "features/ground/page_builder.h"

namespace vouch::features::ground {
namespace {

// "a book 'Dune' exists": its name, where a new one is described.
Act name_of_new(const std::string& thing) {
  Act act{.kind = ActKind::kFill, .value = "Dune", .ensures_state = true, .adds = thing};
  act.target = {.name = "Name", .alternatives = {"Full name", "Title"}};
  return act;
}

Page form(const std::string& heading, const std::string& field, const std::string& type = "") {
  PageBuilder builder;
  const int body = builder.add(-1, "main", "main");
  builder.at(builder.add_text(body, "h1", "heading", heading)).name = heading;
  builder.at(builder.add(body, "input", "textbox", field)).clickable = true;
  if (!type.empty()) builder.at(builder.add(body, "input", "textbox", "Password")).type = type;
  return builder.page();
}

TEST(Scout, a_new_thing_is_described_where_the_page_has_to_do_with_such_things) {
  EXPECT_TRUE(has_place_for(form("New book", "Title"), name_of_new("book")));
  EXPECT_TRUE(has_place_for(form("Books", "Name"), name_of_new("book")));
  EXPECT_FALSE(has_place_for(form("Newsletter", "Name"), name_of_new("book")));
  EXPECT_FALSE(has_place_for(form("Member login", "User name", "password"), name_of_new("member")));
}

TEST(Scout, what_opens_the_form_is_a_place_for_it) {
  const auto opener = [](const std::string& name) {
    PageBuilder builder;
    builder.add(builder.add(-1, "main", "main"), "button", "button", name);
    return builder.page();
  };
  EXPECT_TRUE(has_place_for(opener("Add new book"), name_of_new("book")));
  EXPECT_TRUE(has_place_for(opener("Register New Member"), name_of_new("member")));
  EXPECT_FALSE(has_place_for(opener("Books"), name_of_new("book")));
  EXPECT_FALSE(has_place_for(opener("Add new member"), name_of_new("book")));
}

// The page of an item, by a card that can be pressed.
TEST(Scout, a_card_that_can_be_pressed_leads_to_its_page) {
  const auto card = [](const std::string& role, const std::string& text, bool clickable) {
    PageBuilder builder;
    const int list = builder.add(builder.add(-1, "main", "main"), "div", "");
    const int item = builder.add(list, "div", role);
    builder.at(item).clickable = clickable;
    builder.at(builder.add_text(item, "h3", "heading", text)).name = text;
    return builder.page();
  };
  Act open{.kind = ActKind::kOpen, .ensures_state = true};
  open.target = {.kind = ElementKind::kPage, .name = "Desk lamp", .quoted = true};
  EXPECT_TRUE(has_place_for(card("", "Desk lamp", true), open));
  EXPECT_FALSE(has_place_for(card("", "Desk lamp", false), open));
  EXPECT_FALSE(has_place_for(card("", "Floor lamp", true), open));
  open.target.name = "Delete account";
  EXPECT_FALSE(has_place_for(card("button", "Delete account", true), open)) << "it does something";
}

}  // namespace
}  // namespace vouch::features::ground
