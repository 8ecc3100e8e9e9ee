// Gherkin: the text of a feature file becomes a Document (its syntax tree), and a Document becomes
// Pickles (the scenarios ready to be executed: outlines unrolled, backgrounds prepended, tags
// inherited). Equal to the official implementation on the conformance data in tests/gherkin,
// wording of the errors included.
//
//   auto document = gherkin::parse(text, {.syntax = gherkin::syntax_of(file_name)});
//   if (!document) for (const ParseError& error : document.error())
//   show(gherkin::to_string(error)); auto pickles = gherkin::compile(*document);
//
// Everything here is a pure function of its arguments and may be called from any thread. All types
// are plain values that own what they hold. Text is UTF-8; invalid bytes are replaced by U+FFFD.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vouch::features::gherkin {

// Larger sources are refused with one ParseError.
inline constexpr std::size_t kSourceBytesMax = 1024 * 1024;
// Parsing gives up with more than ten errors, as the official parser does: it reports at most
// eleven.
inline constexpr std::size_t kParseErrorsMax = 11;
// What one document may expand to. Outlines multiply: without a limit a small file could fill the
// memory.
inline constexpr std::size_t kPicklesMax = 10'000;
inline constexpr std::size_t kPickleBytesMax = 64 * 1024 * 1024;

// A place in the source. Both count from 1, columns in Unicode code points; column 0 means the line
// as a whole (the official errors at the end of the file have no column).
struct Location {
  int line = 0;
  int column = 0;
  auto operator<=>(const Location&) const = default;
};

struct ParseError {
  Location location;
  std::string message;  // the official wording, without the "(line:column): " in front
};
// "(9:1): expected: #EOF, …, got 'what stands there'", as the official parser says it.
std::string to_string(const ParseError& error);

// ---- The syntax tree ----
// `keyword` is as written: "Scenario Outline", and for steps with the space that follows: "Given ".
// Ids are decimal numbers in the official order of numbering.

enum class StepType { kUnknown, kContext, kAction, kOutcome, kConjunction };
std::string_view to_string(
    StepType type);  // "Unknown", "Context", "Action", "Outcome", "Conjunction"

struct Comment {
  Location location;
  std::string text;  // the whole line
};

struct Tag {
  Location location;
  std::string name;  // with its "@"
  std::string id;
};

struct TableCell {
  Location location;
  std::string value;  // unescaped
};

struct TableRow {
  Location location;
  std::vector<TableCell> cells;
  std::string id;
};

struct DataTable {
  Location location;
  std::vector<TableRow> rows;  // all of equal length
};

struct DocString {
  Location location;
  std::string content;    // without the indentation of the opening delimiter, lines joined by "\n"
  std::string delimiter;  // `"""` or "```"
  std::optional<std::string> media_type;
};

struct Step {
  Location location;
  std::string keyword;
  StepType keyword_type =
      StepType::kUnknown;  // of the keyword alone: And and But are kConjunction, * is kUnknown
  std::string text;
  std::optional<DataTable> data_table;
  std::optional<DocString> doc_string;
  std::string id;
};

struct Background {
  Location location;
  std::string keyword, name, description;
  std::vector<Step> steps;
  std::string id;
};

struct Examples {
  Location location;
  std::vector<Tag> tags;
  std::string keyword, name, description;
  std::optional<TableRow> header;
  std::vector<TableRow> body;
  std::string id;
};

struct Scenario {
  Location location;
  std::vector<Tag> tags;
  std::string keyword, name, description;
  std::vector<Step> steps;
  std::vector<Examples> examples;  // not empty: an outline
  std::string id;
};

struct Rule {
  Location location;
  std::vector<Tag> tags;
  std::string keyword, name, description;
  std::optional<Background> background;
  std::vector<Scenario> scenarios;
  std::string id;
};

struct Feature {
  Location location;
  std::vector<Tag> tags;
  std::string language;  // a code of the language table: "en", "pt" …
  std::string keyword, name, description;
  std::optional<Background> background;
  // In source order; the grammar puts scenarios of the feature itself before its rules.
  std::vector<Scenario> scenarios;
  std::vector<Rule> rules;
};

struct Document {
  std::optional<Feature> feature;  // none in an empty file
  std::vector<Comment> comments;
  std::int64_t next_id =
      0;  // the first id that the document itself does not use; pickles count on from here
};

// ---- The scenarios to execute ----

struct PickleStep {
  std::string id;
  std::string text;  // with the values of the examples row put in
  StepType type =
      StepType::kUnknown;   // And and But have that of the step before; never kConjunction
  std::string keyword;      // as written, trimmed: "Given", "And", "*"
  Location location;        // of the step in the source
  bool background = false;  // comes from a Background of the feature or rule
  std::optional<std::vector<std::vector<std::string>>> table;
  std::optional<DocString> doc_string;
  bool table_first = false;  // where a step has both: the table stands before the doc string
  std::vector<std::string> node_ids;  // of the Step, then, in an outline, of the examples row
};

struct Pickle {
  std::string id;
  std::string name;           // with the values of the examples row put in
  std::string scenario_name;  // as written: of an outline with its <placeholders>
  std::vector<std::string>
      tags;  // with "@": of the feature, rule, scenario and examples, in this order
  Location scenario_location;
  std::optional<Location> example_location;  // of the examples row, in an outline
  std::string language;
  std::string rule_name;  // empty outside a rule
  std::vector<PickleStep> steps;
  std::vector<std::string> tag_node_ids;  // of `tags`, one each
  std::vector<std::string> node_ids;  // of the Scenario, then, in an outline, of the examples row
  // Where a person should look: the examples row, else the scenario.
  Location location() const { return example_location.value_or(scenario_location); }
};

// ---- What you call ----

// Plain Gherkin, or Gherkin within Markdown, where headings, list items and tables carry it.
enum class Syntax { kPlain, kMarkdown };
// By file name: kMarkdown for "*.md", kPlain for everything else.
Syntax syntax_of(std::string_view file_name);

struct ParseOptions {
  Syntax syntax = Syntax::kPlain;
  std::string_view language =
      "en";  // until a "# language:" line says otherwise; must be a known one
};

// The tree, or every error up to kParseErrorsMax in the order they were found (never empty).
std::expected<Document, std::vector<ParseError>> parse(std::string_view text,
                                                       const ParseOptions& options = {});

// The scenarios in source order, one for each examples row of an outline. The error says that the
// document expands beyond kPicklesMax or kPickleBytesMax, with the location of the scenario where
// that happens. A scenario without steps gives a pickle without steps, also when there is a
// background.
std::expected<std::vector<Pickle>, ParseError> compile(const Document& document);

// The official messages `gherkinDocument` and `pickle`, without the envelope. `uri` is taken as it
// is.
boost::json::object to_json(const Document& document, std::string_view uri);
boost::json::object to_json(const Pickle& pickle, std::string_view uri);

// The codes of the language table ("af", "am", … "zh-TW"), sorted.
std::vector<std::string_view> languages();

}  // namespace vouch::features::gherkin
