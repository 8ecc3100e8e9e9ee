// Balances, budgets, reservations and the ledger.
#include <limits>

#include "store/page.h"
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {

std::optional<CreditRow> Tx::find_credits(std::string_view workspace_id) const {
  auto rows = sql_("SELECT balance, reserved FROM credits WHERE workspace_id = $1", workspace_id);
  return first(rows, [workspace_id](Columns& c) {
    CreditRow row;
    row.workspace_id = workspace_id;
    row.balance = c.optional_integer();
    row.reserved = c.integer();
    return row;
  });
}

void Tx::put_credits(const CreditRow& row) {
  sql_(
      "INSERT INTO credits(workspace_id, balance, reserved) VALUES ($1, $2, $3)"
      " ON CONFLICT (workspace_id) DO UPDATE SET balance = excluded.balance,"
      " reserved = excluded.reserved",
      row.workspace_id, row.balance, row.reserved);
}

CreditMonthRow Tx::find_credit_month(std::string_view project_id, std::string_view month) const {
  CreditMonthRow row;
  row.project_id = project_id;
  row.month = month;
  auto rows = sql_("SELECT used, reserved FROM credit_months WHERE project_id = $1 AND month = $2",
                   project_id, month);
  if (rows.empty()) return row;
  Columns columns(rows[0]);
  row.used = columns.integer();
  row.reserved = columns.integer();
  return row;
}

void Tx::put_credit_month(const CreditMonthRow& row) {
  sql_(
      "INSERT INTO credit_months(project_id, month, used, reserved) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (project_id, month) DO UPDATE SET used = excluded.used,"
      " reserved = excluded.reserved",
      row.project_id, row.month, row.used, row.reserved);
}

std::optional<ReservationRow> Tx::find_reservation(std::string_view job_id) const {
  auto rows = sql_(
      "SELECT job_id, workspace_id, project_id, month, credits FROM reservations WHERE job_id = $1",
      job_id);
  return first(rows, [](Columns& c) {
    ReservationRow row;
    row.job_id = c.text();
    row.workspace_id = c.text();
    row.project_id = c.text();
    row.month = c.text();
    row.credits = c.integer();
    return row;
  });
}

void Tx::put_reservation(const ReservationRow& row) {
  sql_(
      "INSERT INTO reservations(job_id, workspace_id, project_id, month, credits)"
      " VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (job_id) DO UPDATE SET credits = excluded.credits",
      row.job_id, row.workspace_id, row.project_id, row.month, row.credits);
}

void Tx::delete_reservation(std::string_view job_id) {
  sql_("DELETE FROM reservations WHERE job_id = $1", job_id);
}

void Tx::insert_ledger(const LedgerRow& row) {
  sql_(
      "INSERT INTO ledger(workspace_id, seq, kind, credits, balance, project_id, feature_id,"
      " job_id, key_id, at_ms) VALUES ($1,"
      " (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger WHERE workspace_id = $1), $2, $3, $4, $5, $6,"
      " $7, $8, $9)",
      row.workspace_id, row.kind, row.credits, row.balance, row.project_id, row.feature_id,
      row.job_id, row.key_id, row.at_ms);
}

Result<List<LedgerRow>> Tx::list_ledger(std::string_view workspace_id, const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, std::numeric_limits<std::int64_t>::max()));
  auto rows = sql_(
      "SELECT seq, workspace_id, kind, credits, balance, project_id, feature_id, job_id, key_id,"
      " at_ms FROM ledger WHERE workspace_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
      workspace_id, bounds.after, bounds.rows_max);
  return make_page<LedgerRow>(rows, bounds, [](Columns& c) {
    LedgerRow row;
    row.seq = c.integer();
    row.workspace_id = c.text();
    row.kind = c.text();
    row.credits = c.integer();
    row.balance = c.optional_integer();
    row.project_id = c.text();
    row.feature_id = c.optional_integer();
    row.job_id = c.text();
    row.key_id = c.text();
    row.at_ms = c.integer();
    return row;
  });
}

}  // namespace vouch::store
