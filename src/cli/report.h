// Texts for people, made from a server's answers. Pure; each is whole lines that end in "\n".
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/terminal.h"

namespace vouch::cli {

// The reason of a failed scenario, taken apart where it names a step and its line: 'Line 12, «When
// I click "Sign in"»: Nothing here is named so. Nearest: a; b.'
struct FailureReason {
  int line = 0;      // 0: names none
  std::string step;  // with its keyword; empty: names none
  std::string reason;
  std::string nearest;
};
FailureReason parse_reason(std::string_view text);

// What became of a generation: every scenario with its Thens and how each was proven, or why it
// failed. `source` is what a line number is shown behind ("login.feature"); may be empty.
std::string generation_report(const Terminal& terminal, const boost::json::object& status,
                              const boost::json::array& proof, std::string_view source);

// Whether a proof's scenario is one of the section with this title: the scenario itself, or an
// example of an outline, whose name has values for the <placeholders> and may end in "(…)".
bool scenario_matches(std::string_view title, std::string_view scenario);

// One line: "5 Thens: 4 proven, 1 unprovable".
std::string proof_summary(const boost::json::array& proof);

std::string proof_report(const Terminal& terminal, const boost::json::array& proof);
std::string status_report(const Terminal& terminal, const boost::json::object& status);
std::string log_report(const Terminal& terminal, const boost::json::object& log);
std::string run_report(const Terminal& terminal, const boost::json::object& digest);
std::string diagnosis_report(const Terminal& terminal, const boost::json::object& diagnosis);
std::string artifacts_report(const Terminal& terminal, const boost::json::array& artifacts);

// Any list as a table of these members, any object as "member: value" lines.
struct Column {
  std::string heading;
  std::string member;
  bool right = false;
};
// A member's value on one line; nothing for null.
std::string cell_text(const boost::json::value& value);
std::string table(const Terminal& terminal, const boost::json::array& items,
                  const std::vector<Column>& columns);
std::string members_report(const Terminal& terminal, const boost::json::object& object);

// "vouch: <message>", wrapped, with what `details` hold for a person.
std::string error_report(const Terminal& terminal, const Error& error);

// The lines that Gherkin's parser complains of:
//   login.feature:9:3: expected: #EOF …, got 'Whn I click "Sign in"'
//      9 |   Whn I click "Sign in"
//        |   ^
struct SourceProblem {
  int line = 0;
  int column = 0;  // in characters from 1; 0: the line as a whole
  std::string message;
};
std::string source_report(const Terminal& terminal, std::string_view file, std::string_view text,
                          const std::vector<SourceProblem>& problems);

}  // namespace vouch::cli
