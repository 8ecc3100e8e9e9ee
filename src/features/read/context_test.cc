#include "features/read/context.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace vouch::features {
namespace {

ProjectContext context_of(std::string_view settings) {
  return ProjectContext::parse(boost::json::parse(settings).as_object()).value();
}

TEST(ProjectContext, knows_a_page_by_the_name_that_people_give_it) {
  const ProjectContext context =
      context_of(R"({"pages": {"Account": "/my/account", "the order history": "/orders"}})");
  for (const char* name : {"account", "Account", "the account page", "my account page"})
    EXPECT_EQ(context.path_of(name), "/my/account") << name;
  EXPECT_EQ(context.path_of("order history page"), "/orders");
  EXPECT_EQ(context.path_of("accounts"), std::nullopt);
  EXPECT_EQ(ProjectContext().path_of(""), std::nullopt);
}

TEST(ProjectContext, says_a_step_in_the_words_of_the_site) {
  const ProjectContext context = context_of(
      R"({"aliases": {"basket": "cart", "basket badge": "counter", "cart": "trolley"}})");
  EXPECT_EQ(context.in_site_words("the Basket holds 2 items"), "the cart holds 2 items");
  EXPECT_EQ(context.in_site_words("the basket badge shows 2"), "the counter shows 2");
  EXPECT_EQ(context.in_site_words("the user's basket is empty"), "the user's cart is empty");
}

TEST(ProjectContext, leaves_what_is_quoted_and_parts_of_words_as_they_are) {
  const ProjectContext context = context_of(R"({"aliases": {"basket": "cart"}})");
  EXPECT_EQ(context.in_site_words("I click \"Basket\" and 'my basket' in the basket"),
            "I click \"Basket\" and 'my basket' in the cart");
  EXPECT_EQ(context.in_site_words("the basketball is \"open"), "the basketball is \"open");
}

TEST(ProjectContext, refuses_what_cannot_be_meant) {
  for (const char* settings : {R"({"pages": {"account": "account"}})", R"({"pages": {"": "/x"}})",
                               R"({"aliases": {"basket": ""}})"})
    EXPECT_FALSE(ProjectContext::parse(boost::json::parse(settings).as_object())) << settings;
}

}  // namespace
}  // namespace vouch::features
