// How a store's threads execute what was asked of them, whatever the database: writes in groups
// that share one commit, reads one by one.
//
// A group is one transaction without savepoints, which would cost more than most writes do. A work
// that is refused before it has changed anything, as nearly all refusals are, harms nobody. One
// that fails later undoes the group, whose halves are then tried again: the one that fails ends up
// alone, after a few commits more. An exception of a work's is a failure of that work alone, too:
// kInternal.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "store/sql.h"
#include "store/work_queue.h"

namespace vouch::store {

inline constexpr std::size_t kGroupMax = 256;  // writes in one commit

// How a database does it.
struct WriteSteps {
  std::function<void()> begin;
  // Before the commit, with what the group's kept writes told; may be empty.
  std::function<void(const std::vector<EventRow>&)> before_commit;
  // After it, before anybody is told; may be empty.
  std::function<void(std::vector<EventRow>)> after_commit;
};

// Executes the group and finishes each of its works, in order. Works of a group that is undone run
// again.
void commit_group(SqlConnection& sql, std::span<WorkPtr> group, const WriteSteps& steps);

// Executes the work in a transaction that `begin` opens, and finishes it.
void read_one(SqlConnection& sql, Store::Work& work, std::string_view begin);

}  // namespace vouch::store
