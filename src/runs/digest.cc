#include "runs/digest.h"

#include "base/utf8.h"
namespace vouch::runs {
namespace {

namespace json = boost::json;

std::string first_paragraph(std::string_view text) {
  return std::string(text.substr(0, std::min(text.find("\n\n"), text.size())));
}

std::string tail_of(std::string_view text, std::size_t max) {
  const std::string_view tail = utf8_tail(text, max);
  return std::string(tail.size() < text.size() ? "…" : "").append(tail);
}

json::value error_of(const TestResult& test) {
  if (test.ok || test.errors.empty()) return nullptr;
  return json::string(
      shortened(first_paragraph(test.errors.front().message), kDigestErrorCharsMax));
}

}  // namespace

json::object make_digest(const RunOutcome& outcome) {
  int passed = 0;
  int failed = 0;
  int other = 0;
  json::array tests;
  for (const auto& test : outcome.report.tests) {
    if (!test.last_try) continue;
    const bool neither =
        test.status == TestStatus::kSkipped || test.status == TestStatus::kInterrupted;
    ++(neither ? other : test.ok ? passed : failed);
    tests.push_back({{"name", test.title},
                     {"status", to_string(test.status)},
                     {"durationMs", test.duration_ms},
                     {"error", error_of(test)}});
  }
  json::array artifacts;
  for (const auto& artifact : outcome.artifacts) {
    artifacts.push_back(
        {{"kind", artifact.kind}, {"path", artifact.path}, {"size", artifact.size}});
  }
  json::value log = nullptr;
  if (!outcome.passed) {
    std::string text = outcome.problem;
    if (!text.empty() && !outcome.log.empty()) text += "\n\n";
    log = json::string(text + tail_of(outcome.log, kDigestLogBytesMax));
  }
  return {{"summary",
           {{"total", passed + failed + other},
            {"passed", passed},
            {"failed", failed},
            {"other", other}}},
          {"tests", std::move(tests)},
          {"artifacts", std::move(artifacts)},
          {"log", std::move(log)}};
}

}  // namespace vouch::runs
