// What waits for a thread of a store. Any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "store/store.h"

namespace vouch::store {

using WorkPtr = std::unique_ptr<Store::Work>;

class WorkQueue {
 public:
  void push(WorkPtr work);
  // At most `count`, in order; waits for the first. Empty: closed, and nothing is left.
  std::vector<WorkPtr> take(std::size_t count);
  bool empty();
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<WorkPtr> works_;
  bool closed_ = false;
};

}  // namespace vouch::store
