// What the tables need of a database: statements with $1, $2 … in, rows out. The statements
// themselves stand once, in tables_*.cc and schema.cc, in the SQL that SQLite and PostgreSQL share.
//
// Uniqueness is asked for with ON CONFLICT DO NOTHING and by whether something has changed, so that
// a refusal does not abort the transaction on any database.
#pragma once

#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace vouch::store {

using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;  // monostate: NULL
using SqlRow = std::vector<SqlValue>;

// Thrown by execute(), caught only by the store (tx.h says why).
struct SqlError {
  enum class Kind {
    kMissingParent,  // a foreign key found nothing: what the row belongs to was deleted
    kFailure,
  };
  Kind kind = Kind::kFailure;
  std::string message;
};
Error to_error(const SqlError& error);

class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  // One statement. `sql` is prepared once and kept.
  virtual std::vector<SqlRow> execute(std::string_view sql,
                                      const std::vector<SqlValue>& params) = 0;
  // The column type of an integer primary key that the database gives, growing and never reused.
  virtual std::string_view identity_type() const = 0;
  // What a table says at its end whose rows are to stand in the order of its primary key.
  virtual std::string_view clustered() const = 0;
  // Also in one that has failed and waits for its end.
  virtual bool in_transaction() const = 0;
  // How many rows it has changed so far; those that follow of themselves may count or not.
  virtual std::int64_t changes() const = 0;

  template <class... Args>
  std::vector<SqlRow> operator()(std::string_view sql, const Args&... args) {
    return execute(sql, {to_value(args)...});
  }

  // Whether the statement has changed something.
  template <class... Args>
  bool change(std::string_view sql, const Args&... args) {
    const std::int64_t before = changes();
    (*this)(sql, args...);
    return changes() != before;
  }

  // Inserts a row into a table whose identity is the column `identity`. Returns what that is now;
  // nullopt: ON CONFLICT DO NOTHING.
  template <class... Args>
  std::optional<std::int64_t> insert(std::string_view identity, std::string_view sql,
                                     const Args&... args) {
    return execute_insert(identity, sql, {to_value(args)...});
  }

 private:
  virtual std::optional<std::int64_t> execute_insert(std::string_view identity,
                                                     std::string_view sql,
                                                     const std::vector<SqlValue>& params) = 0;

  static SqlValue to_value(std::int64_t value) { return value; }
  static SqlValue to_value(std::string_view value) {
    // Not every database can keep it, so none does.
    if (value.contains('\0')) throw SqlError{SqlError::Kind::kFailure, "a text holds a NUL"};
    return std::string(value);
  }
  static SqlValue to_value(const boost::json::object& value) {
    return boost::json::serialize(value);
  }
  template <class T>
  static SqlValue to_value(const std::optional<T>& value) {
    return value ? to_value(*value) : SqlValue();
  }
};

// A statement whose conditions depend on what is asked for.
class Query {
 public:
  explicit Query(std::string sql) : sql_(std::move(sql)) {}
  // Appends `text` and the number of a parameter that holds `value`.
  template <class T>
  Query& add(std::string_view text, T value) {
    params_.emplace_back(std::in_place_type<T>, std::move(value));
    sql_.append(text).append("$").append(std::to_string(params_.size()));
    return *this;
  }
  std::vector<SqlRow> run(SqlConnection& sql) const { return sql.execute(sql_, params_); }

 private:
  std::string sql_;
  std::vector<SqlValue> params_;
};

// Reads the columns of a row one after the other.
class Columns {
 public:
  explicit Columns(const SqlRow& row) : row_(row) {}

  std::int64_t integer() { return std::get<std::int64_t>(row_[at_++]); }
  std::string text() { return std::get<std::string>(row_[at_++]); }
  boost::json::object object();
  std::optional<std::int64_t> optional_integer() {
    return null() ? skip<std::int64_t>() : std::optional(integer());
  }
  std::optional<std::string> optional_text() {
    return null() ? skip<std::string>() : std::optional(text());
  }

 private:
  bool null() const { return std::holds_alternative<std::monostate>(row_[at_]); }
  template <class T>
  std::optional<T> skip() {
    ++at_;
    return std::nullopt;
  }

  const SqlRow& row_;
  std::size_t at_ = 0;
};

// The first row, where there is one, and all rows, each made by `make(Columns&)`.
template <class Make>
auto first(const std::vector<SqlRow>& rows, Make make)
    -> std::optional<decltype(make(std::declval<Columns&>()))> {
  if (rows.empty()) return std::nullopt;
  Columns columns(rows[0]);
  return make(columns);
}

template <class Make>
auto all(const std::vector<SqlRow>& rows, Make make)
    -> std::vector<decltype(make(std::declval<Columns&>()))> {
  std::vector<decltype(make(std::declval<Columns&>()))> list;
  list.reserve(rows.size());
  for (const SqlRow& row : rows) {
    Columns columns(row);
    list.push_back(make(columns));
  }
  return list;
}

// A word of an enum (rows.h) as it stands in a column.
template <class Enum>
Enum word(std::optional<Enum> value) {
  if (!value) throw SqlError{SqlError::Kind::kFailure, "a column holds an unknown word"};
  return *value;
}

}  // namespace vouch::store
