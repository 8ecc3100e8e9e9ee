// Lines and what they can mean. Gherkin is a language of lines: each line is one token, but which
// one depends on where it stands, so the parser asks whether a line can be the token that its state
// expects.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/gherkin/gherkin.h"
#include "features/gherkin/language.h"

namespace vouch::features::gherkin {

enum class TokenType {
  kEof,
  kEmpty,
  kComment,
  kTagLine,
  kFeatureLine,
  kRuleLine,
  kBackgroundLine,
  kScenarioLine,
  kExamplesLine,
  kStepLine,
  kDocStringSeparator,
  kTableRow,
  kLanguage,
  kOther,
};
// As error messages name it: "#EOF", "#TagLine" …
std::string_view to_string(TokenType type);

struct Line {
  int number = 0;            // from 1
  std::string_view text;     // without its line break
  std::string_view trimmed;  // without the whitespace in front
  int indent = 0;            // of `trimmed`, in code points
};

// The lines of a source, split at "\n" and "\r\n". A blank last line is none. The views point into
// `source`.
std::vector<Line> split_lines(std::string_view source);

// A tag or a table cell within its line.
struct Item {
  int column = 0;
  std::string text;
};

struct Token {
  TokenType type = TokenType::kEof;
  Location location;
  std::string_view keyword;                 // title lines, steps; of a doc string its delimiter
  StepType step_type = StepType::kUnknown;  // steps
  std::string text;                         // what follows the keyword; else the line's content
  std::vector<Item> items;                  // tags, cells
};

// The doc string that is open: how it began is how it must end.
struct DocStringFence {
  std::string delimiter;
  int indent = 0;
};

// What one syntax says about single lines.
class TokenMatcher {
 public:
  // A token, nothing where the line is no such token, or an error where it is one, but wrong in
  // itself.
  using Match = std::expected<std::optional<Token>, ParseError>;

  explicit TokenMatcher(const Language& language) : language_(&language) {}
  virtual ~TokenMatcher() = default;

  // For every type but kEof. `fence` is the open doc string, or nullptr.
  virtual Match match(TokenType type, const Line& line, const DocStringFence* fence) const = 0;

  const Language& language() const { return *language_; }
  void use(const Language& language) { language_ = &language; }

 protected:
  // The keywords of a title line, such as kScenarioLine.
  const std::vector<std::string>& title_keywords(TokenType type) const;

 private:
  const Language* language_;
};

std::unique_ptr<TokenMatcher> make_plain_matcher(const Language& language);
std::unique_ptr<TokenMatcher> make_markdown_matcher(const Language& language);

// ---- Shared by both syntaxes ----

Token make_token(TokenType type, const Line& line, std::string_view text = {});
// The cells of a table row, unescaped, with their columns.
std::vector<Item> split_cells(const Line& line);
// The line without its first `indent` code points, if they are whitespace, else without any leading
// whitespace.
std::string_view drop_indent(const Line& line, int indent);

}  // namespace vouch::features::gherkin
