#include "store/transactions.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <string>

namespace vouch::store {
namespace {

// False: it has failed after it had changed something, which spoils the group.
bool run_work(SqlConnection& sql, Store::Work& work, std::vector<EventRow>& events) {
  const std::int64_t before = sql.changes();
  Tx tx(sql);
  if (!work.run(tx)) return sql.changes() == before;
  std::move(tx.inserted_events().begin(), tx.inserted_events().end(), std::back_inserter(events));
  return true;
}

// A bug in what was asked of the store: it is told to who asked, and to nobody else.
Error fault_of_work(const std::exception& error) {
  return {ErrorCode::kInternal, "This went wrong in the server: " + std::string(error.what()), {}};
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
  bool begun = false, committing = false, spoiled = false;
  try {
    steps.begin();
    begun = true;
    spoiled =
        !std::ranges::all_of(group, [&](WorkPtr& work) { return run_work(sql, *work, events); });
    if (!spoiled) {
      if (steps.before_commit) steps.before_commit(events);
      committing = true;
      sql("COMMIT");
    }
  } catch (const SqlError& error) {
    failure = to_error(error);
  } catch (const std::exception& error) {
    failure = fault_of_work(error);
  }
  if (spoiled || failure) {
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
  } catch (const std::exception& error) {
    failure = fault_of_work(error);
    roll_back(sql);
  }
  work.finish(std::move(failure));
}

}  // namespace vouch::store
