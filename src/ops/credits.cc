#include "ops/credits.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vouch::ops {
namespace {

constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

std::optional<std::int64_t> budget_of(const store::ProjectRow& project) {
  const auto* budget = project.settings.if_contains("creditsPerMonth");
  if (budget == nullptr || !budget->is_int64()) return std::nullopt;
  return budget->get_int64();
}

// What a job's workspace and project have left.
struct Account {
  store::CreditRow workspace;
  store::CreditMonthRow month;
  std::optional<std::int64_t> budget;

  std::int64_t available() const {
    std::int64_t least = kUnlimited;
    if (workspace.balance) least = *workspace.balance - workspace.reserved;
    if (budget) least = std::min(least, *budget - month.used - month.reserved);
    return std::max<std::int64_t>(least, 0);
  }
};

Account account_of(const store::Tx& tx, const store::ProjectRow& project,
                   const std::string& month) {
  Account account;
  account.workspace = tx.find_credits(project.workspace_id).value_or(store::CreditRow{});
  account.workspace.workspace_id = project.workspace_id;
  account.budget = budget_of(project);
  account.month = tx.find_credit_month(project.id, month);
  return account;
}

std::unexpected<Error> insufficient(const Account& account) {
  const bool by_balance =
      account.workspace.balance && *account.workspace.balance <= account.workspace.reserved;
  Error error{ErrorCode::kConflict,
              by_balance ? "This workspace has no credits left: an admin can raise its balance."
                         : "This project has used its credits of this month: raise its "
                           "creditsPerMonth, or wait for the next.",
              {{"reason", "insufficient_credits"}}};
  return std::unexpected(std::move(error));
}

// Puts `credits` more aside, or what is left of them.
Result<void> put_aside(store::Tx& tx, const store::ProjectRow& project,
                       store::ReservationRow reservation, std::int64_t credits) {
  Account account = account_of(tx, project, reservation.month);
  const std::int64_t available = account.available();
  if (available == kUnlimited) return {};
  if (available == 0) return insufficient(account);
  credits = std::min(credits, available);
  account.workspace.reserved += credits;
  tx.put_credits(account.workspace);
  account.month.reserved += credits;
  tx.put_credit_month(account.month);
  reservation.credits += credits;
  tx.put_reservation(reservation);
  return {};
}

store::ReservationRow reservation_of(const store::Tx& tx, const store::JobRow& job) {
  if (auto found = tx.find_reservation(job.id)) return *std::move(found);
  store::ReservationRow none;
  none.job_id = job.id;
  none.workspace_id = job.workspace_id;
  none.project_id = job.project_id;
  none.month = month_of(job.created_ms);
  return none;
}

Result<void> go_on(store::Tx& tx, const store::JobRow& job) {
  const std::int64_t used = credits_of(job.browser_ms);
  store::ReservationRow reservation = reservation_of(tx, job);
  if (used < reservation.credits) return {};
  auto project = tx.find_project(job.workspace_id, job.project_id);
  if (!project) return {};
  // What a job used before it waited is not put aside any more, and is charged at its end.
  const std::int64_t wanted = used - reservation.credits + kReservation;
  return put_aside(tx, *project, std::move(reservation), wanted);
}

// Frees what was put aside for the job, and charges `used`.
void settle(store::Tx& tx, const store::JobRow& job, std::int64_t used) {
  const store::ReservationRow reservation = reservation_of(tx, job);
  if (used == 0 && reservation.credits == 0) return;
  std::optional<store::CreditRow> workspace = tx.find_credits(job.workspace_id);
  if (workspace) {
    workspace->reserved = std::max<std::int64_t>(workspace->reserved - reservation.credits, 0);
    if (workspace->balance) {
      workspace->balance = std::max<std::int64_t>(*workspace->balance - used, 0);
    }
    tx.put_credits(*workspace);
  }
  store::CreditMonthRow month = tx.find_credit_month(job.project_id, reservation.month);
  month.reserved = std::max<std::int64_t>(month.reserved - reservation.credits, 0);
  month.used += used;
  tx.put_credit_month(month);
  tx.delete_reservation(job.id);
  if (used == 0) return;
  store::LedgerRow line;
  line.workspace_id = job.workspace_id;
  line.kind = job.kind;
  line.credits = -used;
  if (workspace) line.balance = workspace->balance;
  line.project_id = job.project_id;
  line.feature_id = job.feature_id;
  line.job_id = job.id;
  line.at_ms = job.updated_ms;
  tx.insert_ledger(line);
}

}  // namespace

std::int64_t credits_of(std::int64_t browser_ms) { return (browser_ms + 999) / 1000; }

std::string month_of(TimeMs ms) { return to_utc(ms).substr(0, std::string_view("2026-11").size()); }

Result<void> reserve_credits(store::Tx& tx, const store::ProjectRow& project,
                             const std::string& job_id, TimeMs now) {
  store::ReservationRow reservation;
  reservation.job_id = job_id;
  reservation.workspace_id = project.workspace_id;
  reservation.project_id = project.id;
  reservation.month = month_of(now);
  return put_aside(tx, project, std::move(reservation), kReservation);
}

engine::JobKind with_credits(engine::JobKind kind) {
  kind.on_heartbeat = go_on;
  kind.on_wait = [](store::Tx& tx, const store::JobRow& job) { settle(tx, job, 0); };
  kind.on_end = [then = std::move(kind.on_end)](store::Tx& tx, const store::JobRow& job) {
    settle(tx, job, credits_of(job.browser_ms));
    if (then) then(tx, job);
  };
  return kind;
}

}  // namespace vouch::ops
