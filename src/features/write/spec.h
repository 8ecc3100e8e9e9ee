// The spec: a plain Playwright test file, printed from action chains. A pure function of what is
// given: the same chains make the same text. It runs with `npx playwright test` in an exported
// project, without Vouch.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "browser/browser.h"
#include "features/chain.h"

namespace vouch::features::write {

// What an outline's example, or a scenario, became: one test.
struct SpecTest {
  std::string title;     // unique in its file
  std::string rule;      // its rule's name: a test.describe of its own; empty outside a rule
  int outline_line = 0;  // where its outline stands in the feature; 0: it is no outline's
  std::vector<std::pair<std::string, std::string>> example;  // (column, value), in an outline
  Chain chain;
};

struct SpecFile {
  std::string feature;
  std::vector<SpecTest> tests;
  std::optional<browser::HttpCall> reset;  // sent before each test
  browser::Variables
      variables;  // of the project, with their values; overridden by the environment in the test
  std::vector<std::string> secrets = {};  // their names; the test has them from its environment
};

std::string print_spec(const SpecFile& file);

// Titles that are unique: two of one name get their line number as a suffix.
void make_titles_unique(std::vector<SpecTest>& tests);

// "Login functionality" -> "login-functionality"; a text without Latin letters or digits is "" (the
// caller takes the line).
std::string slug(std::string_view text);

}  // namespace vouch::features::write
