// One SQLite connection, for one thread at a time.
#pragma once

#include <sqlite3.h>

#include <map>
#include <memory>
#include <string>

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
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  sqlite3_stmt* prepared(std::string_view sql);
  [[noreturn]] void fail_with(int code) const;

  std::unique_ptr<sqlite3, Close> db_;
  std::map<std::string, Statement, std::less<>> statements_;
  int wal_pages_ = 0;
};

}  // namespace vouch::store
