#include "ops/adapters/line_diff.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace vouch::ops {
namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// ' ' is in both, '-' only in the one before, '+' only in the one after.
struct Edit {
  char kind;
  std::string_view line;
};
using Edits = std::vector<Edit>;

void add(Edits& edits, char kind, std::span<const std::string_view> lines) {
  for (std::string_view line : lines) edits.push_back({kind, line});
}

void add_changed(Edits& edits, std::span<const std::string_view> before,
                 std::span<const std::string_view> after) {
  const std::size_t rows = before.size(), columns = after.size();
  if (rows == 0 || columns == 0 || rows > kDiffCellsMax / columns) {
    add(edits, '-', before);
    add(edits, '+', after);
    return;
  }
  // How many lines the rests from (row, column) on have in common.
  std::vector<std::uint32_t> common((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
    return common[row * (columns + 1) + column];
  };
  for (std::size_t row = rows; row-- > 0;) {
    for (std::size_t column = columns; column-- > 0;) {
      at(row, column) = before[row] == after[column]
                            ? at(row + 1, column + 1) + 1
                            : std::max(at(row + 1, column), at(row, column + 1));
    }
  }
  std::size_t row = 0, column = 0;
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] == after[column]) {
      edits.push_back({' ', before[row++]});
      ++column;
    } else if (column == columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
      edits.push_back({'-', before[row++]});
    } else {
      edits.push_back({'+', after[column++]});
    }
  }
}

std::string range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) +
         (count == 1 ? "" : "," + std::to_string(count));
}

std::string print(const Edits& edits) {
  constexpr std::size_t kContext = 3;
  std::string out;
  std::size_t before = 0, after = 0;  // lines of each until `at`
  for (std::size_t at = 0; at < edits.size();) {
    std::size_t next = at;
    while (next < edits.size() && edits[next].kind == ' ') ++next;
    if (next == edits.size()) break;
    const std::size_t begin = next - std::min(next - at, kContext);
    before += begin - at;
    after += begin - at;
    // Changes with little between them are one piece.
    std::size_t end = next;
    for (std::size_t i = next; i < edits.size() && i - end <= 2 * kContext; ++i) {
      if (edits[i].kind != ' ') end = i + 1;
    }
    end = std::min(end + kContext, edits.size());
    std::size_t removed = 0, added = 0;
    std::string lines;
    for (std::size_t i = begin; i < end; ++i) {
      removed += edits[i].kind != '+' ? 1 : 0;
      added += edits[i].kind != '-' ? 1 : 0;
      lines.append(1, edits[i].kind).append(edits[i].line).append("\n");
    }
    out += "@@ -" + range(before, removed) + " +" + range(after, added) + " @@\n" + lines;
    before += removed;
    after += added;
    at = end;
  }
  return out;
}

}  // namespace

std::string line_diff(std::string_view before, std::string_view after) {
  const Lines a = lines_of(before), b = lines_of(after);
  std::size_t head = 0, tail = 0;
  const std::size_t shorter = std::min(a.size(), b.size());
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  Edits edits;
  add(edits, ' ', std::span(a).first(head));
  add_changed(edits, std::span(a).subspan(head, a.size() - head - tail),
              std::span(b).subspan(head, b.size() - head - tail));
  add(edits, ' ', std::span(a).last(tail));
  return print(edits);
}

}  // namespace vouch::ops
