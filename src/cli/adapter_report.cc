#include "cli/adapter_report.h"

#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

std::string number_text(const json::object& object, std::string_view name) {
  return std::to_string(integer_of(object, name).value_or(0));
}

std::string status_word(const Terminal& terminal, const std::string& status) {
  const Tone tone = status == "completed" || status == "active" ? Tone::kGood
                    : status == "failed"                        ? Tone::kBad
                    : status == "needs_clarification"           ? Tone::kWarn
                                                                : Tone::kPlain;
  return paint(terminal, tone, status);
}

std::string of(const json::object& object) {
  return printable(text_of(object, "provider")) + "/" + printable(text_of(object, "topic"));
}

}  // namespace

std::string adapter_job_report(const Terminal& terminal, const json::object& job) {
  const std::string status = text_of(job, "status");
  std::string out = "job " + number_text(job, "id") + "  " +
                    paint(terminal, Tone::kStrong, of(job)) + "  " + status_word(terminal, status) +
                    "  " + paint(terminal, Tone::kFaint, text_of(job, "stage")) + "\n";
  for (const json::value& value : array_of(job, "testResults")) {
    const json::object& result = as_object(value);
    const bool passed = flag_of(result, "passed");
    out += "  " +
           paint(terminal, passed ? Tone::kGood : Tone::kBad,
                 passed ? marks(terminal).good : marks(terminal).bad) +
           " attempt " + number_text(result, "attempt") +
           (passed ? "" : ": " + printable(text_of(result, "error"))) + "\n";
  }
  if (const std::string asked = text_of(job, "clarification"); !asked.empty()) {
    out += "\n" + printable(asked, true) + (asked.ends_with('\n') ? "" : "\n");
  }
  const json::array& logs = array_of(job, "logs");
  if (status == "failed" && !logs.empty()) {
    out += printable(text_of(as_object(logs.back()), "message")) + "\n";
  }
  return out;
}

std::string assumed_report(const json::object& script) {
  std::string out;
  for (const json::value& value : array_of(script, "assumptions")) {
    out += "assumed: " + printable(text_of(as_object(value), "path")) + ": " +
           printable(text_of(as_object(value), "reason")) + "\n";
  }
  return out;
}

std::string script_report(const Terminal& terminal, const json::object& script) {
  std::string out = "script " + number_text(script, "id") + "  " +
                    paint(terminal, Tone::kStrong, of(script)) + "  version " +
                    number_text(script, "version") + "  " +
                    status_word(terminal, text_of(script, "status")) + "\n";
  if (const json::array& fields = array_of(script, "fields"); !fields.empty()) {
    out += "\n" + table(terminal, fields,
                        {{"field", "path"}, {"from", "source"}, {"evidence", "evidence"}});
  }
  out += assumed_report(script);
  if (const json::array& answers = array_of(script, "answers"); !answers.empty()) {
    out += "\nDecided by answers\n";
    for (const json::value& value : answers) {
      out += "  " + printable(text_of(as_object(value), "sentence")) +
             "\n    to take it back: " + "vouch adapters pins delete " +
             printable(text_of(script, "provider")) + " " + printable(text_of(script, "topic")) +
             " --place '" + printable(text_of(as_object(value), "place")) + "'\n";
    }
  }
  if (const std::string diff = text_of(script, "diff"); !diff.empty()) {
    out += "\nUnlike the active script " + number_text(script, "diffTo") + ":\n" +
           printable(diff, true);
  }
  return out + "\n" + printable(text_of(script, "source"), true) + "\n";
}

}  // namespace vouch::cli
