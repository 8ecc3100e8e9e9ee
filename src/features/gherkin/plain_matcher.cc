// The lines of plain Gherkin.
#include <algorithm>
#include <cctype>

#include "features/gherkin/text.h"
#include "features/gherkin/token.h"

namespace vouch::features::gherkin {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t i = text.find(from); i != std::string::npos;
       i = text.find(from, i + to.size())) {
    text.replace(i, from.size(), to);
  }
}

std::optional<Token> match_title(TokenType type, const Line& line,
                                 const std::vector<std::string>& keywords) {
  for (const std::string& keyword : keywords) {
    const std::string_view rest =
        line.trimmed.substr(std::min(keyword.size(), line.trimmed.size()));
    if (!line.trimmed.starts_with(keyword) || !rest.starts_with(':')) continue;
    Token token = make_token(type, line, trim(rest.substr(1)));
    token.keyword = keyword;
    return token;
  }
  return std::nullopt;
}

std::optional<Token> match_step(const Line& line, const Language& language) {
  for (const StepKeyword& keyword : language.steps) {
    if (!line.trimmed.starts_with(keyword.text)) continue;
    Token token =
        make_token(TokenType::kStepLine, line, trim(line.trimmed.substr(keyword.text.size())));
    token.keyword = keyword.text;
    token.step_type = keyword.type;
    return token;
  }
  return std::nullopt;
}

// "@a @b", "@a@b"; the line may end in a comment.
TokenMatcher::Match match_tags(const Line& line) {
  if (!line.trimmed.starts_with('@')) return std::nullopt;
  std::string_view rest = line.trimmed.substr(0, find_trailing_comment(line.trimmed));
  Token token = make_token(TokenType::kTagLine, line);
  int column = line.indent + 1;
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the "@"
    const std::string_view item = rest.substr(0, rest.find('@'));
    rest.remove_prefix(item.size());
    const std::string_view name = trim_right(item);
    if (contains_space(name)) {
      return std::unexpected(ParseError{{line.number, column}, "A tag may not contain whitespace"});
    }
    if (!name.empty()) token.items.push_back({column, "@" + std::string(name)});
    column += count_code_points(item) + 1;
  }
  return token;
}

// The code in "# language: fr", or nothing where the line is an ordinary comment.
std::optional<std::string_view> language_code(std::string_view text) {
  if (!text.starts_with('#')) return std::nullopt;
  text = trim_left(text.substr(1));
  constexpr std::string_view kWord = "language";
  if (!text.starts_with(kWord)) return std::nullopt;
  text = trim_left(text.substr(kWord.size()));
  if (!text.starts_with(':')) return std::nullopt;
  const std::string_view code = trim(text.substr(1));
  const bool well_formed = std::ranges::all_of(code, [](unsigned char c) {
    return c < 0x80 && (std::isalpha(c) != 0 || c == '-' || c == '_');
  });
  return well_formed && !code.empty() ? std::optional(code) : std::nullopt;
}

TokenMatcher::Match match_language(const Line& line) {
  const auto code = language_code(line.trimmed);
  if (!code) return std::nullopt;
  Token token = make_token(TokenType::kLanguage, line, *code);
  if (find_language(*code) == nullptr) {
    return std::unexpected(
        ParseError{token.location, "Language not supported: " + std::string(*code)});
  }
  return token;
}

std::optional<Token> match_separator(const Line& line, const DocStringFence* fence) {
  for (const std::string_view delimiter : {R"(""")", "```"}) {
    if (fence != nullptr && fence->delimiter != delimiter) continue;
    if (!line.trimmed.starts_with(delimiter)) continue;
    Token token = make_token(TokenType::kDocStringSeparator, line,
                             trim(line.trimmed.substr(delimiter.size())));
    token.keyword = delimiter;
    return token;
  }
  return std::nullopt;
}

// A line of a description, or of a doc string.
Token match_other(const Line& line, const DocStringFence* fence) {
  Token token = make_token(TokenType::kOther, line, drop_indent(line, fence ? fence->indent : 0));
  if (fence == nullptr) return token;
  if (fence->delimiter == R"(""")") replace_all(token.text, R"(\"\"\")", R"(""")");
  if (fence->delimiter == "```") replace_all(token.text, R"(\`\`\`)", "```");
  return token;
}

class PlainMatcher final : public TokenMatcher {
 public:
  using TokenMatcher::TokenMatcher;

  Match match(TokenType type, const Line& line, const DocStringFence* fence) const override {
    switch (type) {
      case TokenType::kEof:
        return std::nullopt;
      case TokenType::kEmpty:
        if (!line.trimmed.empty()) return std::nullopt;
        return make_token(type, line);
      case TokenType::kComment: {
        if (!line.trimmed.starts_with('#')) return std::nullopt;
        Token token = make_token(type, line, line.text);
        token.location.column = 1;  // a comment is its whole line
        return token;
      }
      case TokenType::kTagLine:
        return match_tags(line);
      case TokenType::kFeatureLine:
      case TokenType::kRuleLine:
      case TokenType::kBackgroundLine:
      case TokenType::kScenarioLine:
      case TokenType::kExamplesLine:
        return match_title(type, line, title_keywords(type));
      case TokenType::kStepLine:
        return match_step(line, language());
      case TokenType::kDocStringSeparator:
        return match_separator(line, fence);
      case TokenType::kTableRow: {
        if (!line.trimmed.starts_with('|')) return std::nullopt;
        Token token = make_token(type, line);
        token.items = split_cells(line);
        return token;
      }
      case TokenType::kLanguage:
        return match_language(line);
      case TokenType::kOther:
        return match_other(line, fence);
    }
    return std::nullopt;
  }
};

}  // namespace

std::unique_ptr<TokenMatcher> make_plain_matcher(const Language& language) {
  return std::make_unique<PlainMatcher>(language);
}

}  // namespace vouch::features::gherkin
