#include "store/work_queue.h"

namespace vouch::store {

void WorkQueue::push(WorkPtr work) {
  {
    std::scoped_lock lock(mutex_);
    VOUCH_CHECK(!closed_);  // nobody asks a store that is being destroyed
    works_.push_back(std::move(work));
  }
  ready_.notify_one();
}

std::vector<WorkPtr> WorkQueue::take(std::size_t count) {
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [&] { return closed_ || !works_.empty(); });
  std::vector<WorkPtr> taken;
  while (!works_.empty() && taken.size() < count) {
    taken.push_back(std::move(works_.front()));
    works_.pop_front();
  }
  return taken;
}

bool WorkQueue::empty() {
  std::scoped_lock lock(mutex_);
  return works_.empty();
}

void WorkQueue::close() {
  {
    std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  ready_.notify_all();
}

}  // namespace vouch::store
