// The lines of Gherkin within Markdown (GitHub's): titles are headings, steps are list items, tags
// are code spans, doc strings are fenced code, tables are indented by two to five spaces.
// Everything else is prose and is passed over. There is no "# language:" line and no comment.
// Two things differ from the official matcher, whose answer depends on what it was asked before:
// blank lines above the feature's title are no title, and code fences in prose leave no trace.
#include <algorithm>
#include <array>

#include "features/gherkin/text.h"
#include "features/gherkin/token.h"

namespace vouch::features::gherkin {
namespace {

constexpr std::size_t kHeadingLevelMax = 6;
constexpr int kTableIndentMin = 2;
constexpr int kTableIndentMax = 5;
constexpr std::size_t kFenceLengthMin = 3;

// "## Scenario: title": `keywords` after one to six "#" and one space.
std::optional<Token> match_heading(TokenType type, const Line& line,
                                   const std::vector<std::string>& keywords) {
  const std::size_t level = line.trimmed.find_first_not_of('#');
  if (level == 0 || level > kHeadingLevelMax || level >= line.trimmed.size()) return std::nullopt;
  if (line.trimmed[level] != ' ' && line.trimmed[level] != '\t') return std::nullopt;
  const std::string_view title = line.trimmed.substr(level + 1);
  for (const std::string& keyword : keywords) {
    if (!title.starts_with(keyword) || !title.substr(keyword.size()).starts_with(':')) continue;
    Token token = make_token(type, line, trim(title.substr(keyword.size() + 1)));
    token.keyword = keyword;
    token.location.column += static_cast<int>(level) + 1;
    return token;
  }
  return std::nullopt;
}

// The first line with content names the feature, with or without a keyword.
std::optional<Token> match_feature(const Line& line, const std::vector<std::string>& keywords) {
  if (line.trimmed.empty()) return std::nullopt;
  if (auto token = match_heading(TokenType::kFeatureLine, line, keywords)) return token;
  return make_token(TokenType::kFeatureLine, line, line.trimmed);
}

// "- Given text", with any of Markdown's bullets.
std::optional<Token> match_item(const Line& line, const Language& language) {
  if (line.trimmed.empty() ||
      std::string_view("*+-").find(line.trimmed[0]) == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view item = trim_left(line.trimmed.substr(1));
  for (const StepKeyword& keyword : language.steps) {
    if (keyword.text == "* " || !item.starts_with(keyword.text)) continue;
    Token token = make_token(TokenType::kStepLine, line, trim(item.substr(keyword.text.size())));
    token.keyword = keyword.text;
    token.step_type = keyword.type;
    token.location.column +=
        count_code_points(line.trimmed.substr(0, line.trimmed.size() - item.size()));
    return token;
  }
  return std::nullopt;
}

// Every `@tag` in the line.
std::optional<Token> match_tags(const Line& line) {
  constexpr std::string_view kOpen = "`@";
  Token token = make_token(TokenType::kTagLine, line);
  int column = line.indent + 1;
  std::size_t counted = 0;  // up to here `column` is known
  for (std::size_t open = line.trimmed.find(kOpen); open != std::string_view::npos;) {
    const std::size_t close = line.trimmed.find('`', open + 1);
    if (close == std::string_view::npos) break;
    std::size_t next = open + 1;  // "`@`" is no tag; its last "`" may open one
    if (close > open + kOpen.size()) {
      column += count_code_points(line.trimmed.substr(counted, open + 1 - counted));
      counted = open + 1;
      token.items.push_back({column, std::string(line.trimmed.substr(counted, close - counted))});
      next = close + 1;
    }
    open = line.trimmed.find(kOpen, next);
  }
  return token.items.empty() ? std::nullopt : std::optional(std::move(token));
}

// "---", ":--", "--:" or ":-:".
bool is_rule_cell(std::string_view cell) {
  if (cell.starts_with(':')) cell.remove_prefix(1);
  if (cell.ends_with(':')) cell.remove_suffix(1);
  return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
}

bool is_rule(const std::vector<Item>& cells) {
  return std::ranges::any_of(cells, [](const Item& cell) { return is_rule_cell(cell.text); });
}

std::optional<Token> match_row(const Line& line) {
  if (!line.trimmed.starts_with('|') || line.indent < kTableIndentMin ||
      line.indent > kTableIndentMax) {
    return std::nullopt;
  }
  Token token = make_token(TokenType::kTableRow, line);
  token.items = split_cells(line);
  return is_rule(token.items) ? std::nullopt : std::optional(std::move(token));
}

// The line under a table's head. A token without text: it leaves no comment in the document.
std::optional<Token> match_table_rule(const Line& line) {
  if (!line.trimmed.starts_with('|') || !is_rule(split_cells(line))) return std::nullopt;
  return make_token(TokenType::kComment, line);
}

std::optional<Token> match_fence(const Line& line, const DocStringFence* fence) {
  if (fence != nullptr && line.trimmed != fence->delimiter) return std::nullopt;
  const std::size_t length = std::min(line.trimmed.find_first_not_of('`'), line.trimmed.size());
  if (length < kFenceLengthMin) return std::nullopt;
  Token token = make_token(TokenType::kDocStringSeparator, line, line.trimmed.substr(length));
  token.keyword = line.trimmed.substr(0, length);
  return token;
}

class MarkdownMatcher final : public TokenMatcher {
 public:
  using TokenMatcher::TokenMatcher;

  Match match(TokenType type, const Line& line, const DocStringFence* fence) const override {
    switch (type) {
      case TokenType::kEof:
      case TokenType::kLanguage:
        return std::nullopt;
      case TokenType::kEmpty:
        if (!line.trimmed.empty() && means_something(line, fence)) return std::nullopt;
        return make_token(type, line);
      case TokenType::kComment:
        return match_table_rule(line);
      case TokenType::kTagLine:
        return match_tags(line);
      case TokenType::kFeatureLine:
        return match_feature(line, title_keywords(type));
      case TokenType::kRuleLine:
      case TokenType::kBackgroundLine:
      case TokenType::kScenarioLine:
      case TokenType::kExamplesLine:
        return match_heading(type, line, title_keywords(type));
      case TokenType::kStepLine:
        return match_item(line, language());
      case TokenType::kDocStringSeparator:
        return match_fence(line, fence);
      case TokenType::kTableRow:
        return match_row(line);
      case TokenType::kOther:
        return make_token(type, line, drop_indent(line, fence ? fence->indent : 0));
    }
    return std::nullopt;
  }

 private:
  // Whether the line is anything but prose, wherever it stands.
  bool means_something(const Line& line, const DocStringFence* fence) const {
    constexpr std::array kMeaningful = {
        TokenType::kTagLine,      TokenType::kScenarioLine, TokenType::kBackgroundLine,
        TokenType::kExamplesLine, TokenType::kRuleLine,     TokenType::kTableRow,
        TokenType::kComment,      TokenType::kStepLine,     TokenType::kDocStringSeparator};
    return std::ranges::any_of(kMeaningful, [&](TokenType type) {
      const Match match = this->match(type, line, fence);
      return match && *match;
    });
  }
};

}  // namespace

std::unique_ptr<TokenMatcher> make_markdown_matcher(const Language& language) {
  return std::make_unique<MarkdownMatcher>(language);
}

}  // namespace vouch::features::gherkin
