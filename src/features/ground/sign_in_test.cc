#include "features/ground/sign_in.h"

#include <gmock/gmock.h>

#include "features/ground/act.h"
#include "features/ground/observe.h"
#include "features/ground/page_builder.h"
#include "features/ground/rank.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using testing::ElementsAre;
using testing::Optional;
using testing::Pair;

// A sign-in form as many sites have it; returns the password field's id.
int add_form(PageBuilder* builder) {
  const int root = builder->add(-1, "body", "");
  const int form = builder->add(root, "form", "");
  builder->add(form, "input", "textbox", "Username");
  const int password = builder->add(form, "input", "textbox", "Password");
  builder->at(password).type = "password";
  builder->add(form, "button", "button", "Login");
  return password;
}

gherkin::Pickle pickle_of(const std::vector<std::string>& steps) {
  gherkin::Pickle pickle;
  for (const std::string& text : steps) {
    gherkin::PickleStep step;
    step.keyword = "When ";
    step.type = gherkin::StepType::kAction;
    step.text = text;
    pickle.steps.push_back(std::move(step));
  }
  return pickle;
}

Target page_named(std::string name) {
  return {.kind = ElementKind::kPage, .name = std::move(name)};
}

TEST(SignIn, ThePageThatAsksForOnePasswordIsTheSignInPage) {
  PageBuilder builder;
  const int password = add_form(&builder);
  const Page page = builder.page("http://site/");
  EXPECT_TRUE(is_sign_in_page(page));
  EXPECT_TRUE(names_sign_in_page(page_named("login")));
  EXPECT_FALSE(names_sign_in_page(page_named("orders")));
  const auto found =
      observe_candidates(page, {.kind = ObserveKind::kPage, .target = page_named("sign in")}, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].parts[0].element, password);
  builder.at(builder.add(1, "input", "textbox", "Repeat the password")).type = "password";
  EXPECT_FALSE(is_sign_in_page(builder.page())) << "it registers somebody";
}

TEST(SignIn, AButtonThatSaysSoSignsInThoughItSubmitsNothing) {
  PageBuilder builder;
  const int form = builder.add(builder.add(-1, "body", ""), "form", "form");
  builder.at(builder.add(form, "input", "textbox", "User")).type = "text";
  builder.at(builder.add(form, "input", "", "Password")).type = "password";
  const int button = builder.add(form, "button", "button", "Sign in");
  builder.at(button).type = "button";
  const auto found = find_sign_in_form(builder.page());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->submit, button);
}

TEST(SignIn, APageCalledByItsSitesNameTooMustSayThatName) {
  PageBuilder builder;
  add_form(&builder);
  const Page page = builder.page("http://site/", "Swag Labs");
  EXPECT_THAT(without_site_name("Swag Labs login", &page), Optional(std::string("login")));
  EXPECT_EQ(without_site_name("Acme login", &page), std::nullopt);
  EXPECT_THAT(without_site_name("Acme login", nullptr), Optional(std::string("login")));
  EXPECT_EQ(without_site_name("Edit Profile", nullptr), std::nullopt);
  const Observation elsewhere{.kind = ObserveKind::kPage, .target = page_named("Acme login")};
  EXPECT_TRUE(observe_candidates(page, elsewhere, {}).empty());
}

TEST(SignIn, PasswordsAreKnownFromTheFeaturesOtherSteps) {
  const Passwords passwords = passwords_in({
      pickle_of({"I log in as \"anna\" with password \"wrong\""}),
      pickle_of({"I log in as \"anna\" with password \"right\""}),
      pickle_of({"I enter \"anna\" into \"User name\"", "I enter \"right\" into \"Password\""}),
      pickle_of({"I log in as \"standard_user\" with password \"\""}),
      pickle_of({"I log in as \"standard_user\" with password \"sauce\""}),
  });
  EXPECT_THAT(passwords, ElementsAre(Pair("anna", "right"), Pair("standard_user", "sauce")));
  EXPECT_EQ(find_user(passwords, "Standard user")->second, "sauce");
  EXPECT_EQ(find_user(passwords, "somebody"), passwords.end());
}

TEST(SignIn, APasswordMayStandOnThePage) {
  PageBuilder labelled;
  labelled.add_text(labelled.add(-1, "body", ""), "div", "", "Password for all users: sauce");
  EXPECT_THAT(password_told(labelled.page()), Optional(std::string("sauce")));
  PageBuilder told;
  told.add_text(told.add(-1, "body", ""), "h4", "heading",
                "Enter tom for the username and Secret! for the password.");
  EXPECT_THAT(password_told(told.page()), Optional(std::string("Secret!")));
  PageBuilder nothing;
  nothing.add_text(nothing.add(-1, "body", ""), "p", "", "Your password must have 8 letters.");
  EXPECT_EQ(password_told(nothing.page()), std::nullopt);
}

TEST(SignIn, AVariableMayHoldThePasswordOfAUser) {
  EXPECT_THAT(password_variable({"password", "anna_password"}, "anna"),
              Optional(std::string("anna_password")));
  EXPECT_THAT(password_variable({"anna_password", "password"}, "tom"),
              Optional(std::string("password")));
  EXPECT_EQ(password_variable({"anna_password"}, "tom"), std::nullopt);
  EXPECT_THAT(user_variable({"password", "username"}), Optional(std::string("username")));
}

TEST(SignIn, APageMayAskWhoSignsIn) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  std::vector<int> roles;
  for (const char* role : {"Doctor Login", "Patient Login", "Admin Login"})
    roles.push_back(builder.add(root, "button", "button", role));
  const int form = builder.add(root, "form", "form");
  builder.at(builder.add(form, "button", "button", "Login")).type = "submit";
  const Page page = builder.page();
  EXPECT_EQ(role_named(page, "the administrator is logged in with \"a@b.c\""), roles[2]);
  EXPECT_EQ(role_named(page, "John is logged in as a patient"), roles[1]);
  EXPECT_EQ(role_named(page, "I log in as \"doctor\""), -1) << "a name, and no role";
  EXPECT_EQ(role_named(page, "the doctor logs in for the patient"), -1) << "which of the two?";
  EXPECT_EQ(role_named(page, "the user logs in"), -1);
}

TEST(SignIn, APageMayBeCalledByTheOneTextThatLooksLikeItsHeading) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  const int title = builder.add_text(root, "span", "", "Products");
  builder.at(title).css_class = "title";
  const Page page = builder.page("http://site/inventory.html", "Swag Labs");
  const Observation seen{.kind = ObserveKind::kPage, .target = page_named("products")};
  const auto found = observe_candidates(page, seen, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].parts[0].element, title);
  builder.at(builder.add_text(root, "span", "", "Teapot")).css_class = "title";
  EXPECT_TRUE(observe_candidates(builder.page("http://site/inventory.html"), seen, {}).empty())
      << "of two such texts none is the page's";
}

TEST(SignIn, WhatAddsToTheCartDoesNotLeadThere) {
  PageBuilder builder;
  const int root = builder.add(-1, "body", "");
  builder.add(root, "button", "button", "Add to cart");
  const int cart = builder.add(root, "a", "");
  builder.at(cart).clickable = true;
  builder.at(cart).hook = "data-test";
  builder.at(cart).hook_value = "shopping-cart-link";
  const auto found = act_candidates(builder.page(), {ActKind::kClick, page_named("cart")}, {});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].element, cart);
}

TEST(SignIn, WhoIsSignedInMayBeOfferedTheWayOutInAClosedMenu) {
  PageBuilder builder;
  builder.add(-1, "body", "");
  Observation seen{.kind = ObserveKind::kElement, .may_be_folded = true};
  seen.target.name = "Sign out";
  seen.target.alternatives = {"Logout"};
  const auto found = observe_candidates(builder.page(), seen, {});
  ASSERT_EQ(found.size(), 2u);
  const Assertion& made = found[1].parts[0].assertion;
  EXPECT_EQ(made.matcher, Assertion::Matcher::kToHaveCount);
  EXPECT_EQ(made.locator->steps[0].value, "Logout");
}

}  // namespace
}  // namespace vouch::features::ground
