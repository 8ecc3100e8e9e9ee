#include "cli/junit.h"

#include <cstdio>

#include "cli/json_read.h"
#include "cli/report.h"
#include "cli/terminal.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

// XML 1.0 has no way to write control characters, not even as references.
std::string escape(std::string_view text) {
  std::string out;
  for (char c : printable(text, true)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string seconds(std::int64_t ms) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(ms) / 1000);
  return text;
}

struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
};

// How each Then of the scenario was proven, for a person who opens the case.
std::string proof_text(const json::array& proof, const std::string& title) {
  std::string out;
  for (const json::value& value : proof) {
    const json::object& entry = as_object(value);
    if (!scenario_matches(title, text_of(entry, "scenario"))) continue;
    out += text_of(entry, "verdict") + ": " + text_of(entry, "step") + "\n";
  }
  return out;
}

std::string test_case(const JunitSuite& suite, const json::object& section, Counts& counts) {
  const std::string title = text_of(section, "title");
  const std::string conclusion = text_of(section, "conclusion");
  const std::string reason = text_of(section, "statusReason");
  const auto timed = suite.section_ms.find(text_of(section, "section"));
  std::string out = "    <testcase classname=\"" + escape(suite.name) + "\" name=\"" +
                    escape(title) + "\" time=\"" +
                    seconds(timed == suite.section_ms.end() ? 0 : timed->second) + "\"";
  if (!suite.file.empty()) out += " file=\"" + escape(suite.file) + "\"";
  out += ">\n";
  ++counts.tests;
  if (conclusion == "failure") {
    ++counts.failures;
    const std::string first_line = reason.substr(0, reason.find('\n'));
    out +=
        "      <failure message=\"" + escape(first_line) + "\">" + escape(reason) + "</failure>\n";
  } else if (conclusion != "success") {
    ++counts.skipped;
    out += "      <skipped message=\"" + escape(conclusion.empty() ? "not finished" : conclusion) +
           "\"/>\n";
  }
  if (const std::string text = proof_text(suite.proof, title); !text.empty()) {
    out += "      <system-out>" + escape(text) + "</system-out>\n";
  }
  return out + "    </testcase>\n";
}

std::string error_case(const JunitSuite& suite, const std::string& why, Counts& counts) {
  ++counts.tests;
  ++counts.errors;
  return "    <testcase classname=\"" + escape(suite.name) + "\" name=\"" + escape(suite.name) +
         "\">\n      <error message=\"" + escape(why) + "\"/>\n    </testcase>\n";
}

std::string counts_text(const Counts& counts) {
  return "tests=\"" + std::to_string(counts.tests) + "\" failures=\"" +
         std::to_string(counts.failures) + "\" errors=\"" + std::to_string(counts.errors) +
         "\" skipped=\"" + std::to_string(counts.skipped) + "\"";
}

}  // namespace

std::string junit_xml(const std::vector<JunitSuite>& suites) {
  Counts all;
  std::string body;
  for (const JunitSuite& suite : suites) {
    Counts counts;
    std::string cases;
    const json::array& sections = array_of(suite.status, "sections");
    for (std::size_t i = 0; i < sections.size(); ++i) {
      if (i == 0 && sections.size() > 1) continue;  // the feature itself
      cases += test_case(suite, as_object(sections[i]), counts);
    }
    if (!suite.error.empty()) cases += error_case(suite, suite.error, counts);
    const bool failed_outside = text_of(suite.status, "overallConclusion") == "failure" &&
                                counts.failures == 0 && counts.errors == 0;
    if (failed_outside) cases += error_case(suite, text_of(suite.status, "statusReason"), counts);
    body += "  <testsuite name=\"" + escape(suite.name) + "\" " + counts_text(counts) + " time=\"" +
            seconds(suite.duration_ms) + "\">\n" + cases + "  </testsuite>\n";
    all.tests += counts.tests;
    all.failures += counts.failures;
    all.errors += counts.errors;
    all.skipped += counts.skipped;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vouch\" " +
         counts_text(all) + ">\n" + body + "</testsuites>\n";
}

}  // namespace vouch::cli
