#include "runs/diagnosis.h"

#include <boost/json/object.hpp>

#include "base/utf8.h"
namespace vouch::runs {
namespace {

namespace json = boost::json;

constexpr std::size_t kErrorBytesMax = 8 << 10;
constexpr std::size_t kSuggestedLocatorsMax = 5;
constexpr const char* kRunFailure = "run";  // the name of a failure outside of any test

bool has(std::string_view text, std::string_view part) { return text.contains(part); }

template <class... Parts>
bool has_any(std::string_view text, Parts... parts) {
  return (has(text, parts) || ...);
}

// The innermost step that failed.
const TestStep* failed_step(const std::vector<TestStep>& steps) {
  for (const auto& step : steps) {
    if (!step.error) continue;
    const auto* inner = failed_step(step.steps);
    return inner ? inner : &step;
  }
  return nullptr;
}

std::string error_text(const TestError& error) {
  std::string text = error.message;
  if (!error.snippet.empty()) text += "\n\n" + error.snippet;
  return shortened(std::move(text), kErrorBytesMax);
}

// Which of a test's errors tells why: when a test timed out, that of the call it hung in says more.
const TestError& telling_error(const TestResult& test) {
  const auto* step = failed_step(test.steps);
  if (test.status == TestStatus::kTimedOut && step && step->error) return *step->error;
  if (test.status == TestStatus::kTimedOut && test.errors.size() > 1) return test.errors[1];
  return test.errors.front();
}

Failure failure_of(const TestResult& test, const StepLookup& lookup) {
  Failure failure;
  failure.name = test.title;
  failure.status = test.status;
  failure.duration_ms = test.duration_ms;
  if (!test.errors.empty()) {
    const auto& error = telling_error(test);
    failure.error = error_text(error);
    failure.cause = cause_of(error, test.status);
    failure.suggestion = suggestion_of(error);
  } else {
    failure.error = test.status == TestStatus::kPassed
                        ? "The test passed, although it is marked to fail."
                        : "The test did not run to its end.";
  }
  if (const auto* step = failed_gherkin_step(test)) {
    const auto line = lookup ? lookup(test.title, step->title) : std::nullopt;
    failure.step = GherkinStep{step->title, line.value_or(0)};
  }
  return failure;
}

Failure failure_of_run(const RunOutcome& outcome) {
  Failure failure;
  failure.name = kRunFailure;
  failure.duration_ms = outcome.wall_ms;
  failure.error = outcome.problem;
  failure.cause = outcome.end == RunEnd::kTimeLimit ? Cause::kTimeout : Cause::kTestError;
  if (failure.cause == Cause::kTimeout) failure.status = TestStatus::kTimedOut;
  if (!outcome.report.errors.empty()) {
    failure.error = error_text(outcome.report.errors.front());
    failure.cause = cause_of(outcome.report.errors.front(), TestStatus::kFailed);
  }
  return failure;
}

// A site that does not answer looks like a page without elements.
void blame_site(const RunOutcome& outcome, Failure& failure) {
  if (failure.cause == Cause::kSiteUnreachable || failure.cause == Cause::kElementMissing ||
      failure.cause == Cause::kTimeout) {
    if (!outcome.site_problem.empty()) {
      failure.cause = Cause::kSiteUnreachable;
      failure.suggestion = outcome.site_problem;
    } else if (!outcome.refused.empty() && failure.suggestion.empty()) {
      failure.suggestion = outcome.refused.front().reason;
    }
  }
}

// The locators of a strict mode violation: "aka getByRole('listitem').filter(…)".
std::vector<std::string> named_locators(std::string_view text) {
  constexpr std::string_view kMark = " aka ";
  std::vector<std::string> locators;
  for (std::size_t at = text.find(kMark); at != text.npos; at = text.find(kMark, at)) {
    at += kMark.size();
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (locators.size() == kSuggestedLocatorsMax) break;
    locators.emplace_back(text.substr(at, end - at));
  }
  return locators;
}

// The value after "Received: " of an assertion.
std::string received(std::string_view text) {
  for (const std::string_view mark : {"\nReceived: ", "\nReceived string: ", "\nReceived:  "}) {
    const auto at = text.find(mark);
    if (at == text.npos) continue;
    const auto start = text.find_first_not_of(' ', at + mark.size());
    return std::string(text.substr(start, std::min(text.find('\n', start), text.size()) - start));
  }
  return {};
}

bool no_element(std::string_view text) {
  return has_any(text, "element(s) not found", "Received: <element(s) not found>");
}

}  // namespace

std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::kAssertion:
      return "assertion";
    case Cause::kElementMissing:
      return "element_missing";
    case Cause::kElementChanged:
      return "element_changed";
    case Cause::kTimeout:
      return "timeout";
    case Cause::kSiteUnreachable:
      return "site_unreachable";
    case Cause::kTestError:
      return "test_error";
  }
  return "test_error";
}

// A step of a test.step has the keyword and the text; steps inside of it are not Gherkin. A test
// that ran out of time has no failed step: it is the one that was not finished, the last.
const TestStep* failed_gherkin_step(const TestResult& test) {
  for (const auto& step : test.steps) {
    if (step.error) return &step;
  }
  if (test.status == TestStatus::kTimedOut && !test.steps.empty()) return &test.steps.back();
  return nullptr;
}

// By the words of Playwright 1.64: what is more telling is asked first.
Cause cause_of(const TestError& error, TestStatus status) {
  const std::string_view text = error.message;
  if (has_any(text, "net::ERR_", "NS_ERROR_", "ECONNREFUSED", "ENOTFOUND", "ERR_TUNNEL")) {
    return Cause::kSiteUnreachable;
  }
  if (has_any(text, "SyntaxError", "ReferenceError", "Cannot find module", "is not a function")) {
    return Cause::kTestError;
  }
  if (has(text, "strict mode violation")) return Cause::kElementChanged;
  if (no_element(text)) return Cause::kElementMissing;
  if (has(text, "expect(")) return Cause::kAssertion;
  if (has_any(text, "element is not visible", "element is not enabled", "element is not stable",
              "intercepts pointer events", "element is outside of the viewport",
              "element is not editable", "element was detached", "did not find some options",
              "locator resolved to")) {
    return Cause::kElementChanged;
  }
  if (has(text, "waiting for ") && has_any(text, "getBy", "locator(", "frameLocator(")) {
    return Cause::kElementMissing;
  }
  if (status == TestStatus::kTimedOut || has_any(text, "Timeout ", "timeout of ")) {
    return Cause::kTimeout;
  }
  return Cause::kTestError;
}

std::string suggestion_of(const TestError& error) {
  const std::string_view text = error.message;
  if (has(text, "strict mode violation")) {
    const auto locators = named_locators(text);
    if (locators.empty()) return {};
    std::string suggestion = "Several elements match. Name one of them: ";
    for (const auto& locator : locators) {
      if (&locator != &locators.front()) suggestion += ", or ";
      suggestion += locator;
    }
    return suggestion + ".";
  }
  if (has(text, "intercepts pointer events")) {
    return "Another element covers this one: close it, or wait until it is gone, before this step.";
  }
  if (has(text, "element is not enabled")) {
    return "The element is disabled: what enables it has to happen in a step before.";
  }
  if (has(text, "net::ERR_CONNECTION_REFUSED")) {
    return "Nothing answers at this address: start the site, or correct the site's URL.";
  }
  if (has(text, "expect(") && !no_element(text)) {
    if (const auto value = received(text); !value.empty()) {
      return "The page shows " + value + ": correct the site, or the expectation if this is right.";
    }
  }
  return {};
}

std::vector<Failure> diagnose(const RunOutcome& outcome, const StepLookup& lookup) {
  std::vector<Failure> failures;
  for (const auto& test : outcome.report.tests) {
    if (test.last_try && !test.ok) failures.push_back(failure_of(test, lookup));
  }
  if (!outcome.problem.empty()) failures.push_back(failure_of_run(outcome));
  for (auto& failure : failures) blame_site(outcome, failure);
  return failures;
}

json::array failures_to_json(const std::vector<Failure>& failures) {
  json::array array;
  for (const auto& failure : failures) {
    json::object entry = {{"name", failure.name},
                          {"status", to_string(failure.status)},
                          {"durationMs", failure.duration_ms},
                          {"error", failure.error},
                          {"cause", to_string(failure.cause)},
                          {"step", nullptr},
                          {"suggestion", nullptr}};
    if (failure.step) {
      json::value line = nullptr;
      if (failure.step->line > 0) line = failure.step->line;
      entry["step"] = {{"text", failure.step->text}, {"line", std::move(line)}};
    }
    if (!failure.suggestion.empty()) entry["suggestion"] = failure.suggestion;
    array.push_back(std::move(entry));
  }
  return array;
}

}  // namespace vouch::runs
