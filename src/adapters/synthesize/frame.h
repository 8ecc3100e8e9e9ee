// A frame: all the situations in which one expression is to hold (one row each), and everything
// that can be named there (one column each). The outermost frame has a row for each sample; the
// body of a loop has a frame of its own, with a row for each item, inside the frame of the loop.
#pragma once

#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "adapters/evaluate.h"
#include "adapters/synthesize/names.h"

namespace vouch::adapters {

struct Column {
  Path path;
  ExprPtr derived;  // where set, the column is this, and `path` is what it is made from
  std::vector<const json::value*> values;  // by row; nullptr: missing
  Place place;
  int depth = 0;  // steps
};

struct Row {
  int sample = 0;
  int parent = -1;  // the row of the frame outside
  Bound bound;
};

class Frame {
 public:
  // `outer` is null for the outermost frame, and must outlive this one.
  Frame(const Frame* outer, std::vector<Row> rows);
  Frame(const Frame&) = delete;

  const Frame* outer() const { return outer_; }
  int scope() const { return scope_; }
  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<Column>& columns() const { return columns_; }
  Scopes scopes(int row) const;
  // The row of `frame`, this one or one outside, that `row` of this frame is in.
  int row_in(const Frame& frame, int row) const;

  // Columns whose value in `row` is equal to one of this hash.
  const std::vector<int>& equal_columns(int row, std::uint64_t hash) const;
  // Whether a scalar with these letters and digits stands anywhere in `row`, also where no column
  // is.
  bool has_letters(int row, std::uint64_t letters) const;
  // Columns of scalars whose text in `row` has these letters and digits (`letters_of`).
  const std::vector<int>& alike_columns(int row, std::uint64_t letters) const;

 private:
  using Index = std::unordered_map<std::uint64_t, std::vector<int>>;
  // A list of objects, by one of their members that tells them apart; of an object (`name` is
  // empty) its members, by what they are called.
  struct Table {
    int column = 0;
    std::string name;
    std::vector<std::unordered_map<std::uint64_t, const json::value*>> items;  // by row and hash
  };
  void add_columns();
  void add_names(std::size_t of);
  void add_tables();
  void add_objects();
  void add_lookups();
  // Whether the column's values name items of the table; then what stands in these are columns.
  bool names_items(const Frame& frame, const Table& table, const Column& by);
  // The row is for the item of the other frame's list, or for something in it.
  bool is_of_item(const Frame& frame, int row, const json::value& item) const;
  // `by`: the path of the key, which is of no column: these move.
  void add_lookup(const Lookup& lookup, const Path& by,
                  const std::vector<const json::value*>& items);

  const Frame* outer_;
  int scope_;
  std::vector<Row> rows_;
  std::vector<Column> columns_;
  std::deque<json::value> made_;  // values of derived columns
  std::vector<Table> tables_;
  mutable std::unordered_map<int, Index> equal_;
  mutable std::unordered_map<int, Index> alike_;
  mutable std::unordered_map<int, std::unordered_set<std::uint64_t>> letters_;
};

// A column of a frame or of one outside it.
struct ColumnRef {
  const Frame* frame = nullptr;
  int index = 0;

  const Column& column() const { return frame->columns()[static_cast<std::size_t>(index)]; }
  const json::value* at(const Frame& inner, int row) const {
    return column().values[static_cast<std::size_t>(inner.row_in(*frame, row))];
  }
  ExprPtr expr() const { return column().derived ? column().derived : make(column().path); }
};

// A hash of a scalar's letters and digits in lower case; of a number without its point and outer
// zeros, so that 12.50, "12.5" and 1250 are alike. 0 where there are none.
std::uint64_t letters_of(const json::value& scalar);

}  // namespace vouch::adapters
