// How a store's threads execute what was asked of them, whatever the database: writes in groups
// that share one commit, each in a savepoint of its own; reads one by one.
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

// Executes the group and finishes each of its works. When one takes the whole transaction down,
// each gets a try alone.
void commit_group(SqlConnection& sql, std::span<WorkPtr> group, const WriteSteps& steps);

// Executes the work in a transaction that `begin` opens, and finishes it.
void read_one(SqlConnection& sql, Store::Work& work, std::string_view begin);

}  // namespace vouch::store
