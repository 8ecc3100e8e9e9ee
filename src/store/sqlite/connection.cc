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
  static const bool kCountsNoMemory = [] {  // counting takes a lock at every allocation
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  }();
  VOUCH_CHECK(kCountsNoMemory);
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
  (*this)("PRAGMA temp_store = MEMORY");  // what a statement would undo
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
  const Statement& kept = prepared(sql);
  sqlite3_stmt* statement = kept.handle.get();
  VOUCH_CHECK(params.size() == kept.positions.size());
  for (std::size_t i = 0; i < params.size(); ++i) bind(statement, kept.positions[i], params[i]);
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

std::optional<std::int64_t> SqliteConnection::execute_insert(std::string_view, std::string_view sql,
                                                             const std::vector<SqlValue>& params) {
  const std::int64_t before = changes();
  execute(sql, params);
  if (changes() == before) return std::nullopt;
  return sqlite3_last_insert_rowid(db_.get());
}

const SqliteConnection::Statement& SqliteConnection::prepared(std::string_view sql) {
  if (auto found = statements_.find(sql); found != statements_.end()) return found->second;
  sqlite3_stmt* handle = nullptr;
  int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) fail_with(code);
  Statement statement{.handle = {handle, {}}, .positions = {}};
  const int count = sqlite3_bind_parameter_count(handle);
  for (int i = 1; i <= count; ++i) {
    const int position = sqlite3_bind_parameter_index(handle, ("$" + std::to_string(i)).c_str());
    VOUCH_CHECK(position > 0);
    statement.positions.push_back(position);
  }
  return statements_.emplace(std::string(sql), std::move(statement)).first->second;
}

void SqliteConnection::fail_with(int code) const {
  SqlError error;
  error.message = db_ ? sqlite3_errmsg(db_.get()) : sqlite3_errstr(code);
  if (code == SQLITE_CONSTRAINT_FOREIGNKEY) error.kind = SqlError::Kind::kMissingParent;
  throw error;
}

}  // namespace vouch::store
