#include "features/gherkin/token.h"

#include <utility>

#include "base/result.h"
#include "features/gherkin/text.h"

namespace vouch::features::gherkin {

std::string_view to_string(TokenType type) {
  switch (type) {
    case TokenType::kEof:
      return "#EOF";
    case TokenType::kEmpty:
      return "#Empty";
    case TokenType::kComment:
      return "#Comment";
    case TokenType::kTagLine:
      return "#TagLine";
    case TokenType::kFeatureLine:
      return "#FeatureLine";
    case TokenType::kRuleLine:
      return "#RuleLine";
    case TokenType::kBackgroundLine:
      return "#BackgroundLine";
    case TokenType::kScenarioLine:
      return "#ScenarioLine";
    case TokenType::kExamplesLine:
      return "#ExamplesLine";
    case TokenType::kStepLine:
      return "#StepLine";
    case TokenType::kDocStringSeparator:
      return "#DocStringSeparator";
    case TokenType::kTableRow:
      return "#TableRow";
    case TokenType::kLanguage:
      return "#Language";
    case TokenType::kOther:
      return "#Other";
  }
  return "";
}

std::vector<Line> split_lines(std::string_view source) {
  std::vector<Line> lines;
  for (std::size_t start = 0; start <= source.size();) {
    const std::size_t newline = std::min(source.find('\n', start), source.size());
    std::string_view text = source.substr(start, newline - start);
    if (newline < source.size() && text.ends_with('\r')) text.remove_suffix(1);
    const std::string_view trimmed = trim_left(text);
    lines.push_back({.number = static_cast<int>(lines.size()) + 1,
                     .text = text,
                     .trimmed = trimmed,
                     .indent = count_code_points(text.substr(0, text.size() - trimmed.size()))});
    start = newline + 1;
  }
  if (lines.back().trimmed.empty()) lines.pop_back();
  return lines;
}

const std::vector<std::string>& TokenMatcher::title_keywords(TokenType type) const {
  switch (type) {
    case TokenType::kFeatureLine:
      return language_->feature;
    case TokenType::kRuleLine:
      return language_->rule;
    case TokenType::kBackgroundLine:
      return language_->background;
    case TokenType::kScenarioLine:
      return language_->scenario;
    case TokenType::kExamplesLine:
      return language_->examples;
    default:
      check_failed("a title line", __FILE__, __LINE__);
  }
}

Token make_token(TokenType type, const Line& line, std::string_view text) {
  return {.type = type, .location = {line.number, line.indent + 1}, .text = std::string(text)};
}

std::string_view drop_indent(const Line& line, int indent) {
  if (indent > line.indent) return line.trimmed;
  std::size_t i = 0;
  for (int left = indent; left > 0; --left) {
    do {
      ++i;
    } while (i < line.text.size() && (static_cast<unsigned char>(line.text[i]) & 0xC0U) == 0x80U);
  }
  return line.text.substr(i);
}

namespace {

Item make_cell(std::string_view raw, int column) {
  const std::string_view content = trim_cell_left(raw);
  column += count_code_points(raw.substr(0, raw.size() - content.size()));
  return {column, std::string(trim_cell_right(content))};
}

// Appends what `\` and `next` stand for.
void append_unescaped(std::string& cell, char next) {
  if (next == 'n') {
    cell += '\n';
    return;
  }
  if (next != '|' && next != '\\') cell += '\\';
  cell += next;
}

}  // namespace

std::vector<Item> split_cells(const Line& line) {
  std::vector<Item> cells;
  std::string cell;
  bool inside = false;  // what stands before the first bar is no cell
  int column = line.indent + 1;
  int cell_column = column;
  for (std::size_t i = 0; i < line.trimmed.size(); ++i) {
    const char c = line.trimmed[i];
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
    if (c == '|') {
      if (inside) cells.push_back(make_cell(cell, cell_column));
      inside = true;
      cell.clear();
      cell_column = column;
    } else if (c == '\\' && i + 1 < line.trimmed.size()) {
      append_unescaped(cell, line.trimmed[++i]);
      ++column;
    } else {
      cell += c;
    }
  }
  return cells;
}

}  // namespace vouch::features::gherkin
