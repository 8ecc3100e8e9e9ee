// The action chain of a scenario: what was done and asserted for each Gherkin step, in Playwright's
// terms. It is what grounding finds, what is kept, what the spec is printed from and what proving
// replays.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "browser/plan.h"

namespace vouch::features {

// What an element was like when a step was grounded: by that it is found again once the page has
// changed (ground/trace.h). Texts are shortened; what it did not have is empty.
struct ElementTrace {
  std::string tag, role, name, label, placeholder, text, type;
  std::string test_id, html_id, html_name, href;
  std::vector<std::string> classes;
  std::vector<std::string> place;  // its ancestors' roles or tags, nearest first
  std::string item;                // the text of the row, list item or card that holds it
  std::string heading;             // the last one above it
  std::string before, after;       // the texts that stand next to it
  int index = 0, count = 1;        // among its like: of one tag and role, in the same container
  bool is_set() const { return !tag.empty(); }
};

struct ChainItem {
  std::variant<browser::Action, browser::Assertion> what;
  // Assertions only. It may hold before its When by its meaning (negations, "still"): proven by
  // tampering.
  bool may_hold_before = false;
  // Assertions only: which of the step's claims it belongs to ("sees X and Y" makes two; the rows
  // of a table make one). A Then is proven when each of its claims is.
  int claim = 0;
  // Assertions only: how long it took to pass once it was asked for, a base of the counterfactual's
  // patience.
  std::int64_t pass_ms = 0;
  // Assertions only: other assertions of the same claim that held as well, weaker in wording or
  // broader in what they look at; tried when this one proves vacuous.
  std::vector<browser::Assertion> alternatives;
  // Of the element that its locator names; unset where none is named.
  ElementTrace trace = {};

  const browser::Action* action() const { return std::get_if<browser::Action>(&what); }
  const browser::Assertion* assertion() const { return std::get_if<browser::Assertion>(&what); }
};

enum class Phase { kGiven, kWhen, kThen };

struct ChainStep {
  Phase phase = Phase::kGiven;
  std::string keyword, text;  // "When", "I click \"Sign in\""
  int line = 0;
  bool background = false;
  std::string reading;  // how the words were understood
  std::vector<ChainItem> items;
  // How long the step took: when it was grounded, and once the test was verified, there.
  std::int64_t elapsed_ms = 0;
  // It asked nothing of the site that may change it, when it was grounded.
  bool only_reads = false;
};

struct Chain {
  std::string title;
  int line = 0;
  std::vector<std::string> tags;
  std::vector<ChainStep> steps;
  std::vector<std::string> assumptions;  // guesses that were made, a sentence each
  bool accepts_dialogs = false;          // native dialogs opened, and were accepted
};

boost::json::value to_json(const Chain& chain);
Result<Chain> parse_chain(const boost::json::value& value);

}  // namespace vouch::features
