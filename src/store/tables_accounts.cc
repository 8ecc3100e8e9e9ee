// Workspaces, keys, idempotency keys, the audit log and settings.
#include <limits>

#include "store/page.h"
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

constexpr std::int64_t kIdempotencyBytesMax = std::int64_t{64} << 20;

#define WORKSPACE_COLUMNS "id, name, created_ms"
WorkspaceRow workspace_from(Columns& c) {
  WorkspaceRow row;
  row.id = c.text();
  row.name = c.text();
  row.created_ms = c.integer();
  return row;
}

#define KEY_COLUMNS                                                                                \
  "position, id, workspace_id, name, prefix, hash, scopes, created_ms, last_used_ms, expires_ms, " \
  "revoked_ms"
KeyRow key_from(Columns& c) {
  KeyRow row;
  c.integer();
  row.id = c.text();
  row.workspace_id = c.text();
  row.name = c.text();
  row.prefix = c.text();
  row.hash = c.text();
  std::string scopes = c.text();
  for (std::size_t from = 0; from < scopes.size();) {
    std::size_t to = std::min(scopes.find(' ', from), scopes.size());
    row.scopes.push_back(scopes.substr(from, to - from));
    from = to + 1;
  }
  row.created_ms = c.integer();
  row.last_used_ms = c.optional_integer();
  row.expires_ms = c.optional_integer();
  row.revoked_ms = c.optional_integer();
  return row;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

Result<void> Tx::insert_workspace(const WorkspaceRow& row) {
  const bool made = sql_.change(
      "INSERT INTO workspaces(id, name, name_folded, created_ms) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT DO NOTHING",
      row.id, row.name, fold_case(row.name), row.created_ms);
  if (made) return {};
  return fail(ErrorCode::kConflict, "A workspace named \"" + row.name + "\" already exists.");
}

std::optional<WorkspaceRow> Tx::find_workspace(std::string_view id) const {
  return first(sql_("SELECT " WORKSPACE_COLUMNS " FROM workspaces WHERE id = $1", id),
               workspace_from);
}

std::optional<WorkspaceRow> Tx::find_workspace_named(std::string_view name) const {
  return first(
      sql_("SELECT " WORKSPACE_COLUMNS " FROM workspaces WHERE name_folded = $1", fold_case(name)),
      workspace_from);
}

std::vector<WorkspaceRow> Tx::list_workspaces() const {
  return all(sql_("SELECT " WORKSPACE_COLUMNS " FROM workspaces ORDER BY position"),
             workspace_from);
}

void Tx::insert_key(const KeyRow& row) {
  sql_(
      "INSERT INTO keys(id, workspace_id, name, prefix, hash, scopes, created_ms, last_used_ms,"
      " expires_ms, revoked_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      row.id, row.workspace_id, row.name, row.prefix, row.hash, joined(row.scopes), row.created_ms,
      row.last_used_ms, row.expires_ms, row.revoked_ms);
}

std::optional<KeyRow> Tx::find_key_by_hash(std::string_view hash) const {
  return first(sql_("SELECT " KEY_COLUMNS " FROM keys WHERE hash = $1", hash), key_from);
}

std::optional<KeyRow> Tx::find_key(std::string_view workspace_id, std::string_view id) const {
  return first(sql_("SELECT " KEY_COLUMNS " FROM keys WHERE id = $1 AND workspace_id = $2", id,
                    workspace_id),
               key_from);
}

Result<List<KeyRow>> Tx::list_keys(std::string_view workspace_id, const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, -1));
  auto rows =
      sql_("SELECT " KEY_COLUMNS
           " FROM keys WHERE workspace_id = $1 AND position > $2 ORDER BY position LIMIT $3",
           workspace_id, bounds.after, bounds.rows_max);
  return make_page<KeyRow>(rows, bounds, key_from);
}

void Tx::set_key_used(std::string_view id, TimeMs at_ms) {
  sql_("UPDATE keys SET last_used_ms = $2 WHERE id = $1", id, at_ms);
}

void Tx::set_key_revoked(std::string_view id, TimeMs at_ms) {
  sql_("UPDATE keys SET revoked_ms = $2 WHERE id = $1 AND revoked_ms IS NULL", id, at_ms);
}

// What is older than that many bytes of answers of its workspace is forgotten, but nothing that is
// lasting (its `total` is 0), and nothing whose end is not known yet: of those a second call must
// be refused.
Result<void> Tx::insert_idempotency(const IdempotencyRow& row) {
  const auto bytes =
      static_cast<std::int64_t>(row.key.size() + row.body_hash.size() + row.answer.size());
  const bool made = sql_.change(
      "INSERT INTO idempotency(workspace_id, key, body_hash, status, answer, created_ms, total)"
      " SELECT $1, $2, $3, $4, $5, $6, $8 * (COALESCE(MAX(total), 0) + $7)"
      " FROM idempotency WHERE workspace_id = $1 ON CONFLICT DO NOTHING",
      row.workspace_id, row.key, row.body_hash, row.status, row.answer, row.created_ms, bytes,
      std::int64_t{row.is_lasting ? 0 : 1});
  if (!made) return fail(ErrorCode::kConflict, "This Idempotency-Key was used already.");
  sql_(
      "DELETE FROM idempotency WHERE workspace_id = $1 AND status <> 0 AND total > 0 AND total <="
      " (SELECT MAX(total) FROM idempotency WHERE workspace_id = $1) - $2",
      row.workspace_id, kIdempotencyBytesMax);
  return {};
}

std::optional<IdempotencyRow> Tx::find_idempotency(std::string_view workspace_id,
                                                   std::string_view key) const {
  auto rows = sql_(
      "SELECT workspace_id, key, body_hash, status, answer, created_ms FROM idempotency"
      " WHERE workspace_id = $1 AND key = $2",
      workspace_id, key);
  return first(rows, [](Columns& c) {
    IdempotencyRow row;
    row.workspace_id = c.text();
    row.key = c.text();
    row.body_hash = c.text();
    row.status = c.integer();
    row.answer = c.text();
    row.created_ms = c.integer();
    return row;
  });
}

void Tx::delete_idempotency(std::string_view workspace_id, std::string_view key) {
  sql_("DELETE FROM idempotency WHERE workspace_id = $1 AND key = $2", workspace_id, key);
}

void Tx::delete_idempotency_before(TimeMs created_ms) {
  sql_("DELETE FROM idempotency WHERE created_ms < $1", created_ms);
}

void Tx::insert_audit(const AuditRow& row) {
  sql_(
      "INSERT INTO audit(workspace_id, seq, key_id, operation, target, status, at_ms)"
      " SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5, $6 FROM audit WHERE workspace_id = "
      "$1",
      row.workspace_id, row.key_id, row.operation, row.target, row.status, row.at_ms);
}

Result<List<AuditRow>> Tx::list_audit(std::string_view workspace_id, const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, std::numeric_limits<std::int64_t>::max()));
  auto rows = sql_(
      "SELECT seq, workspace_id, key_id, operation, target, status, at_ms FROM audit"
      " WHERE workspace_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
      workspace_id, bounds.after, bounds.rows_max);
  return make_page<AuditRow>(rows, bounds, [](Columns& c) {
    AuditRow row;
    row.seq = c.integer();
    row.workspace_id = c.text();
    row.key_id = c.text();
    row.operation = c.text();
    row.target = c.object();
    row.status = c.integer();
    row.at_ms = c.integer();
    return row;
  });
}

std::optional<std::string> Tx::find_setting(std::string_view name) const {
  return first(sql_("SELECT value FROM settings WHERE name = $1", name),
               [](Columns& c) { return c.text(); });
}

void Tx::put_setting(std::string_view name, std::string_view value) {
  sql_(
      "INSERT INTO settings(name, value) VALUES ($1, $2)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, value);
}

}  // namespace vouch::store
