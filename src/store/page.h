// Cursors: a page ends at the integer key of its last row, and the next one begins after it.
#pragma once

#include <charconv>

#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {

struct PageBounds {
  std::int64_t after = 0;
  std::int64_t rows_max = 0;  // one more than the page holds, to see whether there is a next one
};

// `from` is where a list begins: below every key, or above them for lists that run backwards.
inline Result<PageBounds> page_bounds(const Page& page, std::int64_t from) {
  PageBounds bounds{from, std::clamp(page.limit, 1, kPageLimitMax) + 1};
  if (page.cursor.empty()) return bounds;
  const char* end = page.cursor.data() + page.cursor.size();
  auto [stop, error] = std::from_chars(page.cursor.data(), end, bounds.after, 36);
  if (error != std::errc() || stop != end || bounds.after < 0) {
    return fail(ErrorCode::kInvalidRequest,
                "This cursor is not one of ours: leave it out to begin at the start of the list.");
  }
  return bounds;
}

// `rows` came with limit rows_max and their key in the first column.
template <class Row, class Make>
List<Row> make_page(const std::vector<SqlRow>& rows, const PageBounds& bounds, Make make) {
  List<Row> list;
  for (const SqlRow& row : rows) {
    if (static_cast<std::int64_t>(list.items.size()) + 1 == bounds.rows_max) {
      char text[16];
      std::int64_t last = Columns(rows[list.items.size() - 1]).integer();
      list.next_cursor.emplace(text, std::to_chars(text, text + sizeof text, last, 36).ptr);
      break;
    }
    Columns columns(row);
    list.items.push_back(make(columns));
  }
  return list;
}

}  // namespace vouch::store
