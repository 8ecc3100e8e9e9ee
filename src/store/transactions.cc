#include "store/transactions.h"

#include <iterator>

namespace vouch::store {
namespace {

// A work has failed after it had changed something.
struct Spoiled {};

void run_work(SqlConnection& sql, Store::Work& work, std::vector<EventRow>& events) {
  const std::int64_t before = sql.changes();
  Tx tx(sql);
  if (work.run(tx)) {
    std::move(tx.inserted_events().begin(), tx.inserted_events().end(), std::back_inserter(events));
  } else if (sql.changes() != before) {
    throw Spoiled();
  }
}

void roll_back(SqlConnection& sql) {
  if (!sql.in_transaction()) return;
  try {
    sql("ROLLBACK");
  } catch (const SqlError&) {
    VOUCH_CHECK(!sql.in_transaction());  // the database has done so by itself, or is lost
  }
}

}  // namespace

void commit_group(SqlConnection& sql, std::span<WorkPtr> group, const WriteSteps& steps) {
  std::optional<Error> failure;
  std::vector<EventRow> events;
  bool begun = false, committing = false, undone = false;
  try {
    steps.begin();
    begun = true;
    for (WorkPtr& work : group) run_work(sql, *work, events);
    if (steps.before_commit) steps.before_commit(events);
    committing = true;
    sql("COMMIT");
  } catch (const Spoiled&) {
    undone = true;
  } catch (const SqlError& error) {
    failure = to_error(error);
  }
  if (undone || failure) {
    roll_back(sql);
    events.clear();
    // Not where the database is not there, and not after a commit that may have happened.
    if (begun && !committing && group.size() > 1) {
      const auto half = group.size() / 2;
      commit_group(sql, group.first(half), steps);
      return commit_group(sql, group.subspan(half), steps);
    }
  }
  if (steps.after_commit) steps.after_commit(std::move(events));
  for (WorkPtr& work : group) work->finish(failure);
}

void read_one(SqlConnection& sql, Store::Work& work, std::string_view begin) {
  std::optional<Error> failure;
  try {
    sql(begin);
    Tx tx(sql);
    work.run(tx);
    sql("COMMIT");
  } catch (const SqlError& error) {
    failure = to_error(error);
    roll_back(sql);
  }
  work.finish(std::move(failure));
}

}  // namespace vouch::store
