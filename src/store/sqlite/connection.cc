#include "store/sqlite/connection.h"

namespace vouch::store {
namespace {

constexpr int kBusyMsMax = 5000;  // only a checkpoint or a recovery can make a connection wait

void bind(sqlite3_stmt* statement, int index, const SqlValue& value) {
  int code = SQLITE_OK;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(statement, index, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    code = sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  VOUCH_CHECK(code == SQLITE_OK);
}

SqlRow current_row(sqlite3_stmt* statement) {
  SqlRow row(static_cast<std::size_t>(sqlite3_column_count(statement)));
  for (int i = 0; i < static_cast<int>(row.size()); ++i) {
    SqlValue& value = row[static_cast<std::size_t>(i)];
    switch (sqlite3_column_type(statement, i)) {
      case SQLITE_NULL:
        break;
      case SQLITE_INTEGER:
        value = static_cast<std::int64_t>(sqlite3_column_int64(statement, i));
        break;
      default: {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        value = std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      }
    }
  }
  return row;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, bool is_reader) {
  sqlite3* db = nullptr;
  int code = sqlite3_open_v2(
      path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (code != SQLITE_OK) fail_with(code);
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, kBusyMsMax);
  (*this)("PRAGMA journal_mode = WAL");
  (*this)("PRAGMA synchronous = FULL");
  (*this)("PRAGMA foreign_keys = ON");
  (*this)("PRAGMA temp_store = MEMORY");  // what a savepoint would undo
  if (is_reader) (*this)("PRAGMA query_only = ON");
  (*this)("PRAGMA wal_autocheckpoint = 0");  // the writer decides when: see checkpoint()
  sqlite3_wal_hook(
      db,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
      },
      this);
}

std::vector<SqlRow> SqliteConnection::execute(std::string_view sql,
                                              const std::vector<SqlValue>& params) {
  sqlite3_stmt* statement = prepared(sql);
  for (std::size_t i = 0; i < params.size(); ++i) {
    // By name: SQLite numbers $n in the order in which they stand.
    int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i + 1)).c_str());
    VOUCH_CHECK(index > 0);
    bind(statement, index, params[i]);
  }
  std::vector<SqlRow> rows;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(current_row(statement));
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (code != SQLITE_DONE) fail_with(code);
  return rows;
}

void SqliteConnection::checkpoint() {
  // Readers of older states may leave a part of it to the next time.
  sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  wal_pages_ = 0;
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view sql) {
  if (auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail_with(code);
  return statements_.emplace(std::string(sql), Statement(statement)).first->second.get();
}

void SqliteConnection::fail_with(int code) const {
  SqlError error;
  error.message = db_ ? sqlite3_errmsg(db_.get()) : sqlite3_errstr(code);
  if (code == SQLITE_CONSTRAINT_FOREIGNKEY) error.kind = SqlError::Kind::kMissingParent;
  throw error;
}

}  // namespace vouch::store
