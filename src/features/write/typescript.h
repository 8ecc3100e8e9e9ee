// Locators, actions and assertions as TypeScript, the way Playwright's own code generator writes
// them.
#pragma once

#include <string>
#include <string_view>

#include "browser/plan.h"

namespace vouch::features::write {

// A string literal in single quotes, or a template literal where it holds `${name}` placeholders of
// `variables`.
std::string quote(std::string_view text, const browser::Variables& variables = {});
// A regular expression literal: /\/orders$/.
std::string regex(const browser::Pattern& pattern);

std::string print(const browser::Locator& locator,
                  const browser::Variables& variables);  // page.getByRole(…)
std::string print(const browser::Action& action,
                  const browser::Variables& variables);  // await page.goto('/');
std::string print(const browser::Assertion& assertion,
                  const browser::Variables& variables);  // await expect(…).…;

}  // namespace vouch::features::write
