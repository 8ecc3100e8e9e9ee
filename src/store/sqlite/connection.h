// One SQLite connection, for one thread at a time.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "store/sql.h"

namespace vouch::store {

class SqliteConnection final : public SqlConnection {
 public:
  // Throws SqlError. A reader refuses every change.
  SqliteConnection(const std::string& path, bool is_reader);

  std::vector<SqlRow> execute(std::string_view sql, const std::vector<SqlValue>& params) override;
  std::string_view identity_type() const override { return "INTEGER PRIMARY KEY AUTOINCREMENT"; }
  std::string_view clustered() const override { return "WITHOUT ROWID"; }

  bool in_transaction() const override { return sqlite3_get_autocommit(db_.get()) == 0; }
  std::int64_t changes() const override { return sqlite3_total_changes64(db_.get()); }
  // Pages in the write-ahead log after the last commit.
  int wal_pages() const { return wal_pages_; }
  // Moves what can be moved from the log into the database file.
  void checkpoint();

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Statement {
    std::unique_ptr<sqlite3_stmt, Finalize> handle;
    std::vector<int>
        positions;  // of $1, $2 …: SQLite numbers them in the order in which they stand
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  std::optional<std::int64_t> execute_insert(std::string_view identity, std::string_view sql,
                                             const std::vector<SqlValue>& params) override;
  const Statement& prepared(std::string_view sql);
  [[noreturn]] void fail_with(int code) const;

  std::unique_ptr<sqlite3, Close> db_;
  std::unordered_map<std::string, Statement, Hash, std::equal_to<>> statements_;
  int wal_pages_ = 0;
};

}  // namespace vouch::store
