#include "cli/report.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "cli/json_read.h"
#include "cli/progress.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kVerdictWidth = 12;  // "inconclusive"
constexpr std::size_t kReasonLinesMax = 12;
constexpr std::size_t kSourceWidthMax = 160;  // of a line that is quoted
constexpr std::size_t kProblemWidthMax = 400;

// Lines of `text`, indented, the first one behind `first` (which takes `indent` columns).
std::string paragraph(const Terminal& terminal, std::string_view text, std::size_t indent,
                      Tone tone, std::size_t lines_max = kReasonLinesMax) {
  const std::size_t width = static_cast<std::size_t>(std::max(terminal.width, kWidthMin));
  std::vector<std::string> lines = wrap(printable(text, true), width - indent);
  std::string out;
  for (std::size_t i = 0; i < lines.size() && i < lines_max; ++i) {
    const bool cut = i + 1 == lines_max && lines.size() > lines_max;
    std::string line = cut ? std::string(marks(terminal).ellipsis) : lines[i];
    out += std::string(indent, ' ') + paint(terminal, tone, line) + "\n";
  }
  return out;
}

Tone tone_of_verdict(std::string_view verdict) {
  if (verdict == "proven") return Tone::kGood;
  if (verdict == "unprovable") return Tone::kWarn;
  return Tone::kBad;
}

std::string_view mark_of_verdict(const Terminal& terminal, std::string_view verdict) {
  const Marks& m = marks(terminal);
  if (verdict == "proven") return m.good;
  return verdict == "unprovable" ? m.warn : m.bad;
}

// One Then: mark, verdict, step; below it what a person must know.
std::string then_line(const Terminal& terminal, const json::object& entry, std::size_t indent) {
  const std::string verdict = printable(text_of(entry, "verdict"));
  const Tone tone = tone_of_verdict(verdict);
  const auto width = static_cast<std::size_t>(terminal.width);
  const std::string step = printable(text_of(entry, "step"));
  std::string out = std::string(indent, ' ') +
                    paint(terminal, tone, mark_of_verdict(terminal, verdict)) + " " +
                    paint(terminal, tone, pad(terminal, verdict, kVerdictWidth)) + " " +
                    fit(terminal, step, width - indent - kVerdictWidth - 3) + "\n";
  if (verdict != "proven") {
    std::string why = text_of(entry, "reason");
    if (why.empty()) why = text_of(entry, "counterfactual");
    if (!why.empty()) out += paragraph(terminal, why, indent + 2, Tone::kFaint);
  }
  for (const json::value& assumption : array_of(entry, "assumptions")) {
    out += paragraph(terminal, "Assumed: " + cell_text(assumption), indent + 2, Tone::kWarn);
  }
  return out;
}

std::string failure_lines(const Terminal& terminal, std::string_view text, std::size_t indent,
                          std::string_view source) {
  const FailureReason failure = parse_reason(text);
  std::string out;
  if (failure.line > 0) {
    const std::string place =
        (source.empty() ? "line " : printable(source) + ":") + std::to_string(failure.line);
    out += std::string(indent, ' ') + paint(terminal, Tone::kLink, place) + "  " +
           paint(terminal, Tone::kStrong, printable(failure.step)) + "\n";
  }
  out += paragraph(terminal, failure.reason, indent, Tone::kBad);
  if (!failure.nearest.empty()) {
    out += paragraph(terminal, "Nearest: " + failure.nearest, indent, Tone::kFaint);
  }
  return out;
}

std::vector<const json::object*> proofs_of(const json::array& proof, const std::string& title) {
  std::vector<const json::object*> found;
  for (const json::value& entry : proof) {
    const json::object& object = as_object(entry);
    if (scenario_matches(title, text_of(object, "scenario"))) found.push_back(&object);
  }
  return found;
}

std::string section_mark(const Terminal& terminal, std::string_view conclusion) {
  const Marks& m = marks(terminal);
  if (conclusion == "success") return paint(terminal, Tone::kGood, m.good);
  if (conclusion == "failure") return paint(terminal, Tone::kBad, m.bad);
  return paint(terminal, Tone::kFaint, m.cancelled);
}

std::string size_text(std::int64_t bytes) {
  constexpr std::int64_t kKilobyte = 1024, kMegabyte = kKilobyte * kKilobyte;
  if (bytes < kKilobyte) return std::to_string(bytes) + " B";
  if (bytes < kMegabyte) return std::to_string((bytes + kKilobyte / 2) / kKilobyte) + " KB";
  return std::to_string((bytes + kMegabyte / 2) / kMegabyte) + " MB";
}

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace

std::string cell_text(const json::value& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return printable(value.get_string());
  return printable(json_text(value));
}

FailureReason parse_reason(std::string_view text) {
  FailureReason failure;
  constexpr std::string_view kLine = "Line ", kOpen = ", «",
                             kClose = "»: ", kNearest = " Nearest: ";
  std::size_t open = text.find(kOpen);
  std::size_t close = text.find(kClose);
  if (text.starts_with(kLine) && open != text.npos && close != text.npos && open < close) {
    const std::string number(text.substr(kLine.size(), open - kLine.size()));
    const bool digits =
        !number.empty() && number.size() < 8 &&
        std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
      failure.line = std::stoi(number);
      failure.step = text.substr(open + kOpen.size(), close - open - kOpen.size());
      text.remove_prefix(close + kClose.size());
    }
  }
  if (std::size_t at = text.rfind(kNearest); failure.line > 0 && at != text.npos) {
    failure.nearest = text.substr(at + kNearest.size());
    text = text.substr(0, at);
  }
  failure.reason = text;
  return failure;
}

bool scenario_matches(std::string_view title, std::string_view scenario) {
  while (true) {
    const std::size_t open = title.find('<');
    const std::size_t close = open == title.npos ? open : title.find('>', open);
    const std::string_view literal = title.substr(0, close == title.npos ? close : open);
    if (!scenario.starts_with(literal)) return false;
    scenario.remove_prefix(literal.size());
    if (close == title.npos) return scenario.empty() || scenario.starts_with(" (");
    title.remove_prefix(close + 1);
    const std::string_view next = title.substr(0, title.find('<'));
    const std::size_t at = next.empty() ? scenario.size() : scenario.find(next);
    if (at == scenario.npos) return false;
    scenario.remove_prefix(at);
  }
}

std::string proof_summary(const json::array& proof) {
  std::map<std::string, std::size_t> counts;
  for (const json::value& entry : proof) ++counts[text_of(as_object(entry), "verdict")];
  std::string out = count_text(proof.size(), "Then", "Thens");
  const char* separator = ": ";
  for (const char* verdict : {"proven", "unprovable", "vacuous", "inconclusive"}) {
    if (counts[verdict] == 0) continue;
    out += separator + std::to_string(counts[verdict]) + " " + verdict;
    separator = ", ";
  }
  return out;
}

std::string generation_report(const Terminal& terminal, const json::object& status,
                              const json::array& proof, std::string_view source) {
  std::string out;
  const json::array& sections = array_of(status, "sections");
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const json::object& section = as_object(sections[i]);
    if (i == 0 && sections.size() > 1) continue;  // the feature itself: its scenarios say it all
    const std::string conclusion = text_of(section, "conclusion");
    const std::string title = text_of(section, "title");
    out += "  " + section_mark(terminal, conclusion) + " " +
           paint(terminal, Tone::kStrong, printable(title)) + "\n";
    const std::string reason = text_of(section, "statusReason");
    if (!reason.empty()) out += failure_lines(terminal, reason, 4, source);
    std::string scenario = title, told;
    for (const json::object* entry : proofs_of(proof, title)) {
      // Of an outline, each example has Thens of its own.
      if (const std::string example = text_of(*entry, "scenario"); example != scenario) {
        scenario = example;
        out += "    " + paint(terminal, Tone::kFaint, printable(example)) + "\n";
      }
      out += then_line(terminal, *entry, 4);
      // How it was proven: in a line, and once where several were proven alike.
      if (std::string how = text_of(*entry, "counterfactual");
          text_of(*entry, "verdict") == "proven" && how != told) {
        const auto width = static_cast<std::size_t>(std::max(terminal.width, kWidthMin));
        out += "      " + paint(terminal, Tone::kFaint, fit(terminal, printable(how), width - 6)) +
               "\n";
        told = std::move(how);
      }
    }
  }
  const std::string reason = text_of(status, "statusReason");
  const std::string overall = text_of(status, "overallConclusion");
  const bool told_below = std::any_of(sections.begin(), sections.end(), [](const auto& section) {
    return text_of(as_object(section), "conclusion") == "failure" &&
           !text_of(as_object(section), "statusReason").empty();
  });
  if (overall == "failure" && !reason.empty() && !told_below) {
    out += failure_lines(terminal, reason, 2, source);
  }
  return out;
}

std::string proof_report(const Terminal& terminal, const json::array& proof) {
  if (proof.empty()) return "No proof yet: generate the feature first.\n";
  std::string out, scenario;
  for (const json::value& value : proof) {
    const json::object& entry = as_object(value);
    if (std::string title = printable(text_of(entry, "scenario")); title != scenario) {
      scenario = title;
      out += paint(terminal, Tone::kStrong, scenario) + "\n";
    }
    out += then_line(terminal, entry, 2);
    const std::string how = text_of(entry, "counterfactual");
    if (text_of(entry, "verdict") == "proven" && !how.empty()) {
      out += paragraph(terminal, how, 4, Tone::kFaint, 3);
    }
  }
  return out + "\n" + proof_summary(proof) + "\n";
}

std::string status_report(const Terminal& terminal, const json::object& status) {
  const std::string state = text_of(status, "featureStatus");
  const Tone tone = state == "generated"                        ? Tone::kGood
                    : state == "failed" || state == "cancelled" ? Tone::kBad
                                                                : Tone::kLink;
  std::string out = paint(terminal, Tone::kStrong, printable(text_of(status, "featureName"))) +
                    "  " + paint(terminal, tone, state);
  if (!status.contains("sections")) return out + "\nIt has never been generated.\n";
  if (auto position = integer_of(status, "queuePosition")) {
    out += ", number " + std::to_string(*position) + " in the queue";
  }
  out += "\n";
  if (const std::string reason = text_of(status, "statusReason"); !reason.empty()) {
    out += paragraph(terminal, reason, 2, Tone::kFaint);
  }
  GenerationProgress progress("", 0);
  progress.take_status(status, 0);
  std::vector<std::string> rows = progress.rows(terminal, 0, 0, progress.sections().size() + 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    rows[i].erase(rows[i].find_last_not_of(' ') + 1);
    out += rows[i] + "\n";
  }
  return out;
}

std::string log_report(const Terminal& terminal, const json::object& log) {
  std::string out;
  for (const json::value& value : array_of(log, "sections")) {
    const json::object& section = as_object(value);
    const json::array& lines = array_of(section, "log");
    std::string title = text_of(section, "title");
    if (title.empty()) title = text_of(section, "section");
    const std::string conclusion = text_of(section, "conclusion");
    out +=
        paint(terminal, Tone::kStrong, printable(title)) + "  " +
        paint(terminal, Tone::kFaint, conclusion.empty() ? text_of(section, "state") : conclusion) +
        "\n";
    for (const json::value& line : lines) out += "  " + cell_text(line) + "\n";
  }
  return out.empty() ? "Nothing is logged: the feature has never been generated.\n" : out;
}

std::string run_report(const Terminal& terminal, const json::object& digest) {
  const std::string state = text_of(digest, "status");
  const Tone tone = state == "passed" ? Tone::kGood : state == "running" ? Tone::kLink : Tone::kBad;
  const auto run = integer_of(digest, "runId");
  std::string out = "run " + std::to_string(run.value_or(0)) + "  " +
                    paint(terminal, tone, printable(state)) + "  " +
                    printable(text_of(digest, "featureName")) + "\n";
  const auto width = static_cast<std::size_t>(terminal.width);
  for (const json::value& value : array_of(digest, "tests")) {
    const json::object& test = as_object(value);
    const std::string status = text_of(test, "status");
    out += "  " + section_mark(terminal, status == "passed"                           ? "success"
                                         : status == "failed" || status == "timedOut" ? "failure"
                                                                                      : "skipped");
    out += " " + pad(terminal, printable(text_of(test, "name")), width - 14) +
           paint(terminal, Tone::kFaint, elapsed_text(integer_of(test, "durationMs").value_or(0))) +
           "\n";
    if (const std::string error = text_of(test, "error"); !error.empty()) {
      out += paragraph(terminal, error, 4, Tone::kBad);
    }
    if (const json::object& flaky = object_of(test, "flaky"); !flaky.empty()) {
      out += paragraph(terminal,
                       "Flaky: with nothing of it changed it passed at " +
                           text_of(flaky, "passedUtc") + " and failed at " +
                           text_of(flaky, "failedUtc") + ": " + text_of(flaky, "error"),
                       4, Tone::kWarn);
    }
  }
  if (const std::string log = text_of(digest, "log"); !log.empty() && state == "failed") {
    out += paragraph(terminal, log, 2, Tone::kFaint);
  }
  const json::array& artifacts = array_of(digest, "artifacts");
  if (!artifacts.empty()) {
    out += "  " +
           paint(terminal, Tone::kFaint,
                 count_text(artifacts.size(), "artifact", "artifacts") + ": vouch runs artifacts " +
                     std::to_string(run.value_or(0))) +
           "\n";
  }
  return out;
}

std::string diagnosis_report(const Terminal& terminal, const json::object& diagnosis) {
  const std::string state = text_of(diagnosis, "status");
  std::string out = "run " + std::to_string(integer_of(diagnosis, "runId").value_or(0)) + "  " +
                    paint(terminal, state == "passed" ? Tone::kGood : Tone::kBad, state) + "  " +
                    printable(text_of(diagnosis, "featureName")) + "\n";
  if (const std::string verdict = text_of(diagnosis, "verdict"); !verdict.empty()) {
    out += paragraph(terminal, verdict, 2, Tone::kPlain);
  }
  for (const json::value& value : array_of(diagnosis, "failures")) {
    const json::object& failure = as_object(value);
    out += "\n  " + paint(terminal, Tone::kBad, marks(terminal).bad) + " " +
           paint(terminal, Tone::kStrong, printable(text_of(failure, "name"))) + "  " +
           paint(terminal, Tone::kFaint, text_of(failure, "cause")) + "\n";
    const json::value* step = failure.if_contains("step");
    if (step && step->is_object()) {
      const auto line = integer_of(step->get_object(), "line").value_or(0);
      out += "    " + paint(terminal, Tone::kLink, "line " + std::to_string(line)) + "  " +
             printable(text_of(step->get_object(), "text")) + "\n";
    }
    out += paragraph(terminal, text_of(failure, "error"), 4, Tone::kFaint, 20);
    if (const std::string hint = text_of(failure, "suggestion"); !hint.empty()) {
      out += paragraph(terminal, "Suggestion: " + hint, 4, Tone::kWarn);
    }
  }
  return out;
}

std::string artifacts_report(const Terminal& terminal, const json::array& artifacts) {
  if (artifacts.empty()) return "This run has no artifacts.\n";
  std::string out;
  for (const json::value& value : artifacts) {
    const json::object& artifact = as_object(value);
    out += pad(terminal, printable(text_of(artifact, "kind")), 11) +
           pad(terminal, size_text(integer_of(artifact, "size").value_or(0)), 9) +
           printable(text_of(artifact, "path")) + "\n";
    if (const std::string url = text_of(artifact, "url"); !url.empty()) {
      out += std::string(20, ' ') + paint(terminal, Tone::kFaint, printable(url)) + "\n";
    }
  }
  return out;
}

std::string table(const Terminal& terminal, const json::array& items,
                  const std::vector<Column>& columns) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> widths;
  std::vector<std::string> headings;
  widths.reserve(columns.size());
  headings.reserve(columns.size());
  for (const Column& column : columns) headings.push_back(column.heading);
  for (const Column& column : columns) widths.push_back(display_width(column.heading));
  for (const json::value& item : items) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const json::value* value = as_object(item).if_contains(columns[i].member);
      row.push_back(value ? cell_text(*value) : "");
      widths[i] = std::max(widths[i], display_width(row.back()));
    }
    rows.push_back(std::move(row));
  }
  auto line = [&](const std::vector<std::string>& cells, Tone tone) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string gap(widths[i] - display_width(cells[i]), ' ');
      const bool last = i + 1 == cells.size();
      out += columns[i].right ? gap + cells[i] : cells[i] + (last ? "" : gap);
      if (!last) out += "  ";
    }
    return paint(terminal, tone, out) + "\n";
  };
  std::string out = line(headings, Tone::kFaint);
  for (const auto& row : rows) out += line(row, Tone::kPlain);
  return out;
}

std::string members_report(const Terminal& terminal, const json::object& object) {
  std::size_t width = 0;
  for (const auto& member : object) width = std::max(width, member.key().size());
  std::string out;
  for (const auto& [name, value] : object) {
    if (value.is_null()) continue;
    const std::string key(name);
    if (value.is_string() && value.get_string().find('\n') != json::string::npos) {
      out += paint(terminal, Tone::kFaint, key) + "\n" +
             printable(std::string_view(value.get_string()), true);
      if (!out.ends_with('\n')) out += "\n";
    } else {
      out +=
          paint(terminal, Tone::kFaint, pad(terminal, key, width)) + "  " + cell_text(value) + "\n";
    }
  }
  return out;
}

std::string error_report(const Terminal& terminal, const Error& error) {
  std::string out;
  std::vector<std::string> lines =
      wrap(printable(error.message, true), static_cast<std::size_t>(terminal.width) - 7);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += (i == 0 ? paint(terminal, Tone::kBad, "vouch:") : std::string(6, ' ')) + " " + lines[i] +
           "\n";
  }
  return out;
}

std::string source_report(const Terminal& terminal, std::string_view file, std::string_view text,
                          const std::vector<SourceProblem>& problems) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(printable(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  std::string out;
  for (const SourceProblem& problem : problems) {
    std::string place = printable(file) + ":" + std::to_string(problem.line);
    if (problem.column > 0) place += ":" + std::to_string(problem.column);
    out += paint(terminal, Tone::kStrong, place) + ": " +
           fit(terminal, printable(problem.message), kProblemWidthMax) + "\n";
    if (problem.line < 1 || static_cast<std::size_t>(problem.line) > lines.size()) continue;
    const std::string line =
        fit(terminal, lines[static_cast<std::size_t>(problem.line) - 1], kSourceWidthMax);
    const std::string number = std::to_string(problem.line);
    out += paint(terminal, Tone::kFaint, "  " + number + " | ");
    out.append(line).append("\n");
    if (problem.column < 1) continue;
    std::size_t before = 0;
    std::size_t at = 0;
    for (int column = 1; column < problem.column && at < line.size(); ++column) {
      do ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80);
    }
    before = display_width(std::string_view(line).substr(0, at));
    out += paint(terminal, Tone::kFaint, "  " + std::string(number.size(), ' ') + " | ") +
           std::string(before, ' ') + paint(terminal, Tone::kBad, "^") + "\n";
  }
  return out;
}

}  // namespace vouch::cli
