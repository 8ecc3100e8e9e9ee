// The parser: a state machine over lines. A state is where in the document the last line was; from
// it follows what the next line may be, in a fixed order that is both the order of trying and the
// order in which an error message names what was expected. What a line adds to the document is
// built on the way.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "features/gherkin/gherkin.h"
#include "features/gherkin/numbering.h"
#include "features/gherkin/text.h"
#include "features/gherkin/token.h"

namespace vouch::features::gherkin {
namespace {

// The section that the last title line opened.
enum class Section { kHeader, kBackground, kScenario, kExamples };  // kHeader: of a feature or rule

enum class Place {
  kStart,
  kAfterLanguage,
  kFeatureTags,
  kRuleTags,
  kScenarioTags,
  kExamplesTags,
  kTitle,  // after a section's title line
  kDescription,
  kStep,
  kStepTable,
  kDocString,
  kAfterDocString,
  kExamplesTable,
  kEnd,
};

// A tag line may belong to the next examples, scenario or rule: only the line after the tags tells.
enum class Condition { kNone, kBeforeExamples, kBeforeScenario };

struct Expectation {
  TokenType type;
  Condition condition = Condition::kNone;
};

bool is_table(Place place) { return place == Place::kStepTable || place == Place::kExamplesTable; }

// The line that the tags of this place stand before.
TokenType tagged_line(Place place) {
  switch (place) {
    case Place::kScenarioTags:
      return TokenType::kScenarioLine;
    case Place::kExamplesTags:
      return TokenType::kExamplesLine;
    case Place::kRuleTags:
      return TokenType::kRuleLine;
    default:
      return TokenType::kFeatureLine;
  }
}

class Parser {
 public:
  Parser(std::string_view source, std::unique_ptr<TokenMatcher> matcher)
      : lines_(split_lines(source)), matcher_(std::move(matcher)) {}

  std::expected<Document, std::vector<ParseError>> parse() {
    for (; next_line_ < lines_.size() && !given_up(); ++next_line_) take_line();
    if (!given_up()) take_end();
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    assign_ids(document_);
    return std::move(document_);
  }

 private:
  // ---- What may come next ----
  std::vector<Expectation> expectations() const;
  void expect_section_content(std::vector<Expectation>& out) const;
  void expect_next_sections(std::vector<Expectation>& out) const;
  bool holds(Condition condition);
  std::optional<Token> match(TokenType type, const Line& line);

  // ---- Lines ----
  void take_line();
  void take_end();
  void take(Token token, Condition condition);
  void take_tags(Token token, Condition condition);
  void take_title(Token token);
  void take_row(Token token);
  void take_separator(Token token);
  void take_text(Token token);
  void finish_block();
  void finish_table();

  // ---- The document so far ----
  Feature& feature() { return *document_.feature; }
  std::vector<Scenario>& scenarios() {
    return feature().rules.empty() ? feature().scenarios : feature().rules.back().scenarios;
  }
  std::optional<Background>& background() {
    return feature().rules.empty() ? feature().background : feature().rules.back().background;
  }
  Scenario& scenario() { return scenarios().back(); }
  Examples& examples() { return scenario().examples.back(); }
  std::vector<Step>& steps() {
    return section_ == Section::kBackground ? background()->steps : scenario().steps;
  }
  Step& step() { return steps().back(); }
  std::string& description();

  // ---- Errors ----
  void add_error(ParseError error);
  void unexpected(const Line* line);
  bool given_up() const { return errors_.size() >= kParseErrorsMax; }

  const std::vector<Line> lines_;
  const std::unique_ptr<TokenMatcher> matcher_;
  std::size_t next_line_ = 0;  // the line being taken
  Section section_ = Section::kHeader;
  Place place_ = Place::kStart;
  std::vector<Tag> tags_;                // read, and waiting for the line they stand before
  std::vector<std::string> text_lines_;  // of the description or doc string being read
  std::vector<TableRow> rows_;           // of the table being read
  std::optional<DocStringFence> fence_;
  bool step_has_table_ = false;
  bool step_has_doc_string_ = false;
  Document document_;
  std::vector<ParseError> errors_;
};

std::vector<Expectation> Parser::expectations() const {
  using enum TokenType;
  std::vector<Expectation> out;
  switch (place_) {
    case Place::kStart:
      return {{kEof}, {kLanguage}, {kTagLine}, {kFeatureLine}, {kComment}, {kEmpty}};
    case Place::kAfterLanguage:
      return {{kTagLine}, {kFeatureLine}, {kComment}, {kEmpty}};
    case Place::kFeatureTags:
    case Place::kRuleTags:
    case Place::kScenarioTags:
    case Place::kExamplesTags:
      return {{kTagLine}, {tagged_line(place_)}, {kComment}, {kEmpty}};
    case Place::kDocString:
      return {{kDocStringSeparator}, {kOther}};
    case Place::kTitle:
    case Place::kDescription:
      out = {{kEof}};
      if (place_ == Place::kTitle) out.push_back({kEmpty});
      out.push_back({kComment});
      expect_section_content(out);
      expect_next_sections(out);
      out.push_back({kOther});
      return out;
    case Place::kStep:
    case Place::kStepTable:
    case Place::kAfterDocString:
    case Place::kExamplesTable:
      out = {{kEof}};
      expect_section_content(out);
      expect_next_sections(out);
      out.insert(out.end(), {{kComment}, {kEmpty}});
      return out;
    case Place::kEnd:
      return {};
  }
  return out;
}

// What continues the section itself. A step takes one table and one doc string, in either order.
void Parser::expect_section_content(std::vector<Expectation>& out) const {
  using enum TokenType;
  switch (section_) {
    case Section::kHeader:
      out.push_back({kBackgroundLine});
      return;
    case Section::kExamples:
      out.push_back({kTableRow});
      return;
    case Section::kBackground:
    case Section::kScenario:
      break;
  }
  const bool table_may_follow = place_ == Place::kStep || place_ == Place::kStepTable ||
                                (place_ == Place::kAfterDocString && !step_has_table_);
  const bool doc_string_may_follow =
      place_ == Place::kStep || (place_ == Place::kStepTable && !step_has_doc_string_);
  if (table_may_follow) out.push_back({kTableRow});
  if (doc_string_may_follow) out.push_back({kDocStringSeparator});
  out.push_back({kStepLine});
}

void Parser::expect_next_sections(std::vector<Expectation>& out) const {
  using enum TokenType;
  const bool examples_may_follow = section_ == Section::kScenario || section_ == Section::kExamples;
  if (examples_may_follow) out.push_back({kTagLine, Condition::kBeforeExamples});
  out.push_back({kTagLine, Condition::kBeforeScenario});
  out.push_back({kTagLine});
  if (examples_may_follow) out.push_back({kExamplesLine});
  out.insert(out.end(), {{kScenarioLine}, {kRuleLine}});
}

std::optional<Token> Parser::match(TokenType type, const Line& line) {
  auto match = matcher_->match(type, line, fence_ ? &*fence_ : nullptr);
  if (match) return *std::move(match);
  add_error(std::move(match).error());
  return std::nullopt;
}

// Looks ahead, over tags, comments and empty lines.
bool Parser::holds(Condition condition) {
  if (condition == Condition::kNone) return true;
  const TokenType wanted =
      condition == Condition::kBeforeExamples ? TokenType::kExamplesLine : TokenType::kScenarioLine;
  for (std::size_t i = next_line_ + 1; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    if (match(wanted, line)) return true;
    if (!match(TokenType::kEmpty, line) && !match(TokenType::kComment, line) &&
        !match(TokenType::kTagLine, line)) {
      return false;
    }
  }
  return false;
}

void Parser::take_line() {
  const Line& line = lines_[next_line_];
  for (const Expectation& expected : expectations()) {
    auto token = match(expected.type, line);
    if (given_up()) return;
    if (!token || !holds(expected.condition)) continue;
    take(*std::move(token), expected.condition);
    return;
  }
  unexpected(&line);
}

void Parser::take_end() {
  const auto expected = expectations();
  if (std::ranges::find(expected, TokenType::kEof, &Expectation::type) == expected.end()) {
    unexpected(nullptr);
    return;
  }
  finish_block();
  place_ = Place::kEnd;
}

void Parser::take(Token token, Condition condition) {
  switch (token.type) {
    case TokenType::kEof:
    case TokenType::kEmpty:
      return;
    case TokenType::kComment:
      if (!token.text.empty())
        document_.comments.push_back({token.location, std::move(token.text)});
      if (place_ == Place::kTitle) place_ = Place::kDescription;
      return;
    case TokenType::kLanguage:
      matcher_->use(*find_language(token.text));
      place_ = Place::kAfterLanguage;
      return;
    case TokenType::kTagLine:
      return take_tags(std::move(token), condition);
    case TokenType::kTableRow:
      return take_row(std::move(token));
    case TokenType::kDocStringSeparator:
      return take_separator(std::move(token));
    case TokenType::kOther:
      return take_text(std::move(token));
    case TokenType::kFeatureLine:
    case TokenType::kRuleLine:
    case TokenType::kBackgroundLine:
    case TokenType::kScenarioLine:
    case TokenType::kExamplesLine:
      return take_title(std::move(token));
    case TokenType::kStepLine:
      finish_block();
      steps().push_back({.location = token.location,
                         .keyword = std::string(token.keyword),
                         .keyword_type = token.step_type,
                         .text = std::move(token.text)});
      step_has_table_ = step_has_doc_string_ = false;
      place_ = Place::kStep;
      return;
  }
}

void Parser::take_tags(Token token, Condition condition) {
  finish_block();
  for (Item& item : token.items) {
    tags_.push_back({.location = {token.location.line, item.column}, .name = std::move(item.text)});
  }
  switch (place_) {
    case Place::kFeatureTags:
    case Place::kRuleTags:
    case Place::kScenarioTags:
    case Place::kExamplesTags:
      return;
    case Place::kStart:
    case Place::kAfterLanguage:
      place_ = Place::kFeatureTags;
      return;
    default:
      break;
  }
  switch (condition) {
    case Condition::kBeforeExamples:
      place_ = Place::kExamplesTags;
      return;
    case Condition::kBeforeScenario:
      place_ = Place::kScenarioTags;
      return;
    case Condition::kNone:
      place_ = Place::kRuleTags;
      return;
  }
}

void Parser::take_title(Token token) {
  finish_block();
  const auto open = [&](auto section) {
    section.location = token.location;
    section.keyword = token.keyword;
    section.name = std::move(token.text);
    if constexpr (requires { section.tags; }) section.tags = std::exchange(tags_, {});
    return section;
  };
  switch (token.type) {
    case TokenType::kFeatureLine:
      document_.feature = open(Feature{.language = matcher_->language().code});
      section_ = Section::kHeader;
      break;
    case TokenType::kRuleLine:
      feature().rules.push_back(open(Rule{}));
      section_ = Section::kHeader;
      break;
    case TokenType::kBackgroundLine:
      background() = open(Background{});
      section_ = Section::kBackground;
      break;
    case TokenType::kExamplesLine:
      scenario().examples.push_back(open(Examples{}));
      section_ = Section::kExamples;
      break;
    default:
      scenarios().push_back(open(Scenario{}));
      section_ = Section::kScenario;
  }
  place_ = Place::kTitle;
}

void Parser::take_row(Token token) {
  if (!is_table(place_)) finish_block();
  TableRow row{.location = token.location};
  row.cells.reserve(token.items.size());
  for (Item& item : token.items) {
    row.cells.push_back({{token.location.line, item.column}, std::move(item.text)});
  }
  rows_.push_back(std::move(row));
  place_ = section_ == Section::kExamples ? Place::kExamplesTable : Place::kStepTable;
  step_has_table_ = true;
}

void Parser::take_separator(Token token) {
  finish_block();
  if (place_ == Place::kDocString) {
    fence_.reset();
    place_ = Place::kAfterDocString;
    return;
  }
  DocString doc_string{.location = token.location, .delimiter = std::string(token.keyword)};
  if (!token.text.empty()) doc_string.media_type = std::move(token.text);
  step().doc_string = std::move(doc_string);
  fence_ = DocStringFence{std::string(token.keyword), token.location.column - 1};
  place_ = Place::kDocString;
  step_has_doc_string_ = true;
}

void Parser::take_text(Token token) {
  text_lines_.push_back(std::move(token.text));
  if (place_ != Place::kDocString) place_ = Place::kDescription;
}

std::string& Parser::description() {
  switch (section_) {
    case Section::kBackground:
      return background()->description;
    case Section::kScenario:
      return scenario().description;
    case Section::kExamples:
      return examples().description;
    case Section::kHeader:
      break;
  }
  return feature().rules.empty() ? feature().description : feature().rules.back().description;
}

// Puts away the description, doc string or table that ends with the line being taken.
void Parser::finish_block() {
  const auto join = [this] {
    std::string text;
    for (std::size_t i = 0; i < text_lines_.size(); ++i) {
      if (i > 0) text += '\n';
      text += text_lines_[i];
    }
    text_lines_.clear();
    return text;
  };
  if (place_ == Place::kDescription) {
    while (!text_lines_.empty() && trim(text_lines_.back()).empty()) text_lines_.pop_back();
    description() = join();
  } else if (place_ == Place::kDocString) {
    step().doc_string->content = join();
  } else if (is_table(place_)) {
    finish_table();
  }
}

void Parser::finish_table() {
  std::vector<TableRow> rows = std::exchange(rows_, {});
  const std::size_t width = rows.front().cells.size();
  const auto odd = std::ranges::find_if(
      rows, [width](const TableRow& row) { return row.cells.size() != width; });
  if (odd != rows.end()) {
    add_error({odd->location, "inconsistent cell count within the table"});
  } else if (place_ == Place::kStepTable) {
    step().data_table = DataTable{rows.front().location, std::move(rows)};
  } else {
    examples().header = std::move(rows.front());
    examples().body.assign(std::move_iterator(rows.begin() + 1), std::move_iterator(rows.end()));
  }
}

// One place can be found wrong several times, by looking ahead: it is reported once.
void Parser::add_error(ParseError error) {
  const bool known = std::ranges::any_of(errors_, [&](const ParseError& other) {
    return other.location == error.location && other.message == error.message;
  });
  if (!known && !given_up()) errors_.push_back(std::move(error));
}

void Parser::unexpected(const Line* line) {
  std::string names;
  TokenType last = TokenType::kOther;
  for (const Expectation& expected : expectations()) {
    if (!names.empty() && expected.type == last) continue;
    names += names.empty() ? "" : ", ";
    names += to_string(expected.type);
    last = expected.type;
  }
  if (line == nullptr) {
    const int line_after = static_cast<int>(lines_.size()) + 1;
    add_error({{line_after, 0}, "unexpected end of file, expected: " + names});
  } else {
    add_error({{line->number, line->indent + 1},
               "expected: " + names + ", got '" + std::string(trim(line->trimmed)) + "'"});
  }
}

}  // namespace

std::string to_string(const ParseError& error) {
  return "(" + std::to_string(error.location.line) + ":" + std::to_string(error.location.column) +
         "): " + error.message;
}

Syntax syntax_of(std::string_view file_name) {
  return file_name.ends_with(".md") ? Syntax::kMarkdown : Syntax::kPlain;
}

std::expected<Document, std::vector<ParseError>> parse(std::string_view text,
                                                       const ParseOptions& options) {
  const auto refuse = [](std::string message) {
    return std::unexpected(std::vector{ParseError{{1, 1}, std::move(message)}});
  };
  if (text.size() > kSourceBytesMax) {
    return refuse("the source has " + std::to_string(text.size()) + " bytes, the limit is " +
                  std::to_string(kSourceBytesMax) + ": split it into several files");
  }
  const Language* language = find_language(options.language);
  if (language == nullptr) {
    return refuse("Language not supported: " + std::string(options.language));
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::string source = to_valid_utf8(text);
  auto matcher = options.syntax == Syntax::kMarkdown ? make_markdown_matcher(*language)
                                                     : make_plain_matcher(*language);
  return Parser(source, std::move(matcher)).parse();
}

}  // namespace vouch::features::gherkin
