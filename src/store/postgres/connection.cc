#include "store/postgres/connection.h"

#include <poll.h>

#include <boost/algorithm/string/trim.hpp>
#include <charconv>
#include <cstring>

namespace vouch::store {
namespace {

// Object identifiers of types: pg_type.dat of PostgreSQL's sources.
constexpr Oid kUnknown = 0, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25;

constexpr std::string_view kForeignKeyViolation = "23503";

Oid type_of(const SqlValue& value) {
  if (std::holds_alternative<std::int64_t>(value)) return kInt8;
  if (std::holds_alternative<std::string>(value)) return kText;
  return kUnknown;
}

std::int64_t number(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

SqlValue value_at(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return {};
  const char* text = PQgetvalue(result, row, column);
  const auto length = static_cast<std::size_t>(PQgetlength(result, row, column));
  switch (PQftype(result, column)) {
    case kInt8:
    case kInt4:
    case kInt2:
      return number({text, length});
    default:
      return std::string(text, length);
  }
}

std::string message_of(const char* text) { return boost::algorithm::trim_copy(std::string(text)); }

}  // namespace

PostgresConnection::PostgresConnection(std::string url) : url_(std::move(url)) { connect(); }

void PostgresConnection::connect() {
  statements_.clear();
  connection_.reset(PQconnectdb(url_.c_str()));
  if (lost()) {
    throw SqlError{SqlError::Kind::kFailure, message_of(PQerrorMessage(connection_.get()))};
  }
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
}

bool PostgresConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

void PostgresConnection::fail_with(const PGresult* result) const {
  SqlError error;
  error.message = message_of(PQerrorMessage(connection_.get()));
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state != nullptr && state == kForeignKeyViolation) {
    error.kind = SqlError::Kind::kMissingParent;
  }
  throw error;
}

// Types are named, so that a parameter means the same wherever it stands.
std::string PostgresConnection::prepared(std::string_view sql,
                                         const std::vector<SqlValue>& params) {
  std::string key(sql);
  std::vector<Oid> types;
  for (const SqlValue& param : params) {
    types.push_back(type_of(param));
    key.append(" ").append(std::to_string(types.back()));
  }
  if (auto found = statements_.find(key); found != statements_.end()) return found->second;
  std::string name = "s" + std::to_string(statements_.size());
  ResultPtr result(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(),
                             static_cast<int>(types.size()), types.data()));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail_with(result.get());
  return statements_.emplace(std::move(key), std::move(name)).first->second;
}

std::vector<SqlRow> PostgresConnection::execute(std::string_view sql,
                                                const std::vector<SqlValue>& params) {
  if (lost() && !in_transaction()) connect();
  const std::string name = prepared(sql, params);
  std::vector<std::string> texts(params.size());
  std::vector<const char*> values(params.size(), nullptr);
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&params[i])) {
      texts[i] = std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&params[i])) {
      texts[i] = *text;
    } else {
      continue;
    }
    values[i] = texts[i].c_str();
  }
  ResultPtr result(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()),
                                  values.data(), nullptr, nullptr, 0));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail_with(result.get());
  if (!std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) {
    changes_ += number(PQcmdTuples(result.get()));
  }
  std::vector<SqlRow> rows;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    SqlRow& made = rows.emplace_back();
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      made.push_back(value_at(result.get(), row, column));
    }
  }
  return rows;
}

std::optional<std::int64_t> PostgresConnection::execute_insert(
    std::string_view identity, std::string_view sql, const std::vector<SqlValue>& params) {
  auto rows = execute(std::string(sql).append(" RETURNING ").append(identity), params);
  return first(rows, [](Columns& c) { return c.integer(); });
}

void PostgresConnection::run(const std::string& sql) {
  if (lost()) connect();
  ResultPtr result(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail_with(result.get());
}

bool PostgresConnection::wait_for_notification(int wake_fd) {
  for (;;) {
    if (PQconsumeInput(connection_.get()) == 0) return false;
    bool notified = false;
    while (PGnotify* notify = PQnotifies(connection_.get())) {
      PQfreemem(notify);
      notified = true;
    }
    if (notified) return true;
    pollfd fds[] = {{PQsocket(connection_.get()), POLLIN, 0}, {wake_fd, POLLIN, 0}};
    if (poll(fds, 2, -1) < 0 && errno != EINTR) return false;
    if (fds[1].revents != 0) return false;
  }
}

}  // namespace vouch::store
