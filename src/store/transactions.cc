#include "store/transactions.h"

#include <iterator>

namespace vouch::store {
namespace {

// The error that befell the work, if any. Throws SqlError when the whole transaction is gone.
std::optional<Error> run_in_savepoint(SqlConnection& sql, Store::Work& work,
                                      std::vector<EventRow>& events) {
  sql("SAVEPOINT work");
  std::optional<Error> failure;
  bool keep = false;
  Tx tx(sql);
  try {
    keep = work.run(tx);
  } catch (const SqlError& error) {
    if (!sql.in_transaction()) throw;
    failure = to_error(error);
  }
  if (keep) {
    std::move(tx.inserted_events().begin(), tx.inserted_events().end(), std::back_inserter(events));
  } else {
    sql("ROLLBACK TO SAVEPOINT work");
  }
  sql("RELEASE SAVEPOINT work");
  return failure;
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
  std::vector<std::optional<Error>> errors;
  std::vector<EventRow> events;
  bool committing = false;
  try {
    steps.begin();
    for (WorkPtr& work : group) errors.push_back(run_in_savepoint(sql, *work, events));
    if (steps.before_commit) steps.before_commit(events);
    committing = true;
    sql("COMMIT");
  } catch (const SqlError& error) {
    roll_back(sql);
    // One of them took the whole transaction down (a full disk, say): each gets a try alone, but
    // not after a commit that may have happened.
    if (!committing && group.size() > 1) {
      for (WorkPtr& work : group) commit_group(sql, {&work, 1}, steps);
      return;
    }
    errors = std::vector<std::optional<Error>>(group.size(), to_error(error));
    events.clear();
  }
  if (steps.after_commit) steps.after_commit(std::move(events));
  for (std::size_t i = 0; i < group.size(); ++i) group[i]->finish(std::move(errors[i]));
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
