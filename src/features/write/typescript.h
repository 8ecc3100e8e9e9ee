// Locators, actions and assertions as TypeScript, the way Playwright's own code generator writes
// them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "browser/plan.h"

namespace vouch::features::write {

// What stands for `${name}` in the test: a TypeScript expression.
struct Placeholder {
  std::string expression;  // variables['user'], unique, words
  bool is_text = true;     // false: a number
};
using Placeholders = std::map<std::string, Placeholder, std::less<>>;

// A string literal in single quotes; a template literal where it holds `${name}` of a placeholder,
// or its expression alone where it is nothing else.
std::string quote(std::string_view text, const Placeholders& placeholders = {});
// A regular expression literal, /\/orders$/, or new RegExp(…) where it holds a placeholder, whose
// value is escaped by the test's own escapeRegExp (`kEscapeFunction`).
std::string regex(const browser::Pattern& pattern, const Placeholders& placeholders = {});
bool holds_placeholder(std::string_view text, const Placeholders& placeholders);
// To be printed at the head of a test file in which a regular expression holds a placeholder.
inline constexpr std::string_view kEscapeFunction =
    "const escapeRegExp = (text: string) => text.replace(/[\\\\^$.|?*+()[\\]{}/]/g, '\\\\$&');";

// The variable that holds a visitor's page: "page" for "", "miaPage" for "mia".
std::string page_of(std::string_view visitor);

std::string print(const browser::Locator& locator,
                  const Placeholders& placeholders);  // page.getByRole(…)
std::string print(const browser::Action& action,
                  const Placeholders& placeholders);  // await page.goto('/');
// What a step that answers a dialog of the browser does with it: (dialog) => dialog.accept('Mia').
std::string print_answer(const browser::Action& answer, const Placeholders& placeholders);
// await expect(…).…; `count`: the expression of an expected count, where it is not a constant.
std::string print(const browser::Assertion& assertion, const Placeholders& placeholders,
                  std::string_view count = {});

}  // namespace vouch::features::write
