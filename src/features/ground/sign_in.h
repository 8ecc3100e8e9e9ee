// Sign-in forms: where a page has one, and what passwords go into it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/gherkin/gherkin.h"
#include "features/ground/page.h"
#include "features/read/intent.h"
#include "features/read/own_steps.h"

namespace vouch::features::ground {

// The sign-in form of a page, if it shows one; -1 for what is missing.
struct SignInForm {
  int user = -1, password = -1, submit = -1;
};
std::optional<SignInForm> find_sign_in_form(const Page& page);
// "the login page": a page that asks who it is, and for one password (two register somebody, and
// one alone confirms something).
bool is_sign_in_page(const Page& page);
bool names_sign_in_page(const Target& page);
bool ends_with_sign_in(std::string_view name);  // "the acme login"

// Passwords by user.
using Passwords = std::map<std::string, std::string, std::less<>>;
// What the steps of a feature say: "logs in as 'anna' with password '…'", or the two fields filled
// one after the other. Where they differ for a user, what is said most often, the first of those.
Passwords passwords_in(const std::vector<gherkin::Pickle>& pickles, const OwnSteps& own = {});
// The user as known: "standard user" is "standard_user".
Passwords::const_iterator find_user(const Passwords& passwords, std::string_view user);
// Of tabs, radio buttons or buttons that ask who signs in ("Doctor", "Patient", "Admin login") the
// one that the step names outside of quotes ("the administrator is logged in"); -1: none, or
// several.
int role_named(const Page& page, std::string_view step);
// What the page itself says: "Password for all users: …", "… for the password".
std::optional<std::string> password_told(const Page& page);
// Of the names of variables the one that holds the password of the user ("" for any):
// "anna_password", "password-anna", "password".
std::optional<std::string> password_variable(const std::vector<std::string>& names,
                                             std::string_view user);
// Likewise the one that holds the user's name: "username", "user", "login", "email".
std::optional<std::string> user_variable(const std::vector<std::string>& names);

}  // namespace vouch::features::ground
