// Why a run failed: its failures with their whole errors, a cause, the Gherkin step they happened
// in, and, where Playwright's text gives one, a suggestion.
#pragma once

#include <boost/json/array.hpp>
#include <functional>
#include <optional>
#include <string>

#include "runs/runner.h"

namespace vouch::runs {

enum class Cause {
  kAssertion,        // an expectation was checked and did not hold
  kElementMissing,   // nothing on the page matches the locator
  kElementChanged,   // it matches several, or one that is hidden, disabled or covered
  kTimeout,          // the test as a whole, a navigation or a wait took too long
  kSiteUnreachable,  // connection refused, unknown name, refused by the egress policy
  kTestError,        // the test's own code: syntax, a missing variable, the configuration
};
std::string_view to_string(Cause cause);

struct GherkinStep {
  std::string text;  // "When I click \"Sign in\""
  int line = 0;      // in the current Gherkin
};
// The line of a step in the current Gherkin: by the scenario's name (the test's title) and the
// step's title (keyword, space, text, as test.step has it).
using StepLookup =
    std::function<std::optional<int>(std::string_view scenario, std::string_view step_title)>;

// One failed test.
struct Failure {
  std::string name;
  TestStatus status = TestStatus::kFailed;
  std::int64_t duration_ms = 0;
  std::string error;  // message and snippet
  Cause cause = Cause::kTestError;
  std::optional<GherkinStep> step;
  std::string suggestion;  // empty: none
};

// In the order of the tests. A run that failed outside of any test has one failure named "run".
std::vector<Failure> diagnose(const RunOutcome& outcome, const StepLookup& lookup);
// [{name,status,durationMs,error,cause,step:{text,line},suggestion}]; step, its line and suggestion
// are null where there is none. Kept as the digest's `failures`; who shows it looks the lines up
// anew, since the Gherkin may have changed.
boost::json::array failures_to_json(const std::vector<Failure>& failures);

// The step of the Gherkin that a test failed in, of `test.steps`; null: in none.
const TestStep* failed_gherkin_step(const TestResult& test);
// The cause that an error's text tells.
Cause cause_of(const TestError& error, TestStatus status);
// What to do about it, where Playwright's text names it (the locators of a strict mode violation).
std::string suggestion_of(const TestError& error);

}  // namespace vouch::runs
