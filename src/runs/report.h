// What Playwright's JSON report says, typed. The report is written inside the sandbox, so it is
// read as untrusted text: every size is bounded, every member may be missing or of another type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vouch::runs {

enum class TestStatus { kPassed, kFailed, kTimedOut, kSkipped, kInterrupted };
// "passed", "failed", "timedOut", "skipped", "interrupted": Playwright's words, also on the wire.
std::string_view to_string(TestStatus status);
TestStatus test_status_from(std::string_view word);  // an unknown one is `failed`

// Plain text: the colours of a terminal are taken out.
struct TestError {
  std::string message;
  std::string stack;
  std::string snippet;  // the source lines around the place
  std::string file;     // relative to the project ("Features/Login.spec.ts"); empty: not known
  int line = 0;         // from 1; 0: not known
};

// A test.step of the spec; its title is the Gherkin step ("When I click \"Sign in\"").
struct TestStep {
  std::string title;
  std::int64_t duration_ms = 0;
  std::optional<TestError> error;
  std::vector<TestStep> steps;
};

struct Attachment {
  std::string name;  // "trace", "screenshot", "video", "error-context" …
  std::string content_type;
  std::string path;  // as the runner saw it; empty: it was kept in the report itself
};

// One execution of one test.
struct TestResult {
  std::string title;                    // "Valid user signs in"
  std::vector<std::string> title_path;  // describe blocks, then the title
  std::string project;                  // the Playwright project; usually empty
  std::string file;                     // "Features/Login.spec.ts"
  int line = 0;
  int repeat_index = 0;  // with `repeatEach` of the configuration
  int retry = 0;
  bool last_try = true;  // no retry followed; the verdict is that of the last tries
  TestStatus status = TestStatus::kFailed;
  bool ok = false;  // ended as it was expected to (a test marked test.fail() has failed and is ok)
  std::int64_t duration_ms = 0;
  std::vector<TestError> errors;  // the first is the cause
  std::vector<TestStep> steps;
  std::vector<Attachment> attachments;
};

struct Report {
  std::vector<TestResult> tests;  // in the order of the files; repeats next to each other
  std::vector<TestError> errors;  // outside of any test: a spec that does not compile …
  std::int64_t duration_ms = 0;
};

inline constexpr std::size_t kReportTestsMax = 10'000;  // further ones make the report invalid
inline constexpr std::size_t kReportTextBytesMax = 16 << 10;  // of one message, stack or snippet

// `root` is the project's folder as the runner saw it; paths below it become relative.
// kInvalidRequest when the text is not a whole report.
Result<Report> parse_report(std::string_view json, std::string_view root);

// Without escape sequences for colour and cursor and other control characters, and with U+FFFD for
// what is not UTF-8.
std::string strip_ansi(std::string_view text);

}  // namespace vouch::runs
