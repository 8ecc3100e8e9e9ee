// What stores with threads of their own share: the queues that the threads take from, and the
// subscribers.
#pragma once

#include <thread>
#include <vector>

#include "store/event_hub.h"
#include "store/transactions.h"

namespace vouch::store {

class ThreadedStore : public Store {
 public:
  Subscription subscribe(boost::asio::any_io_executor executor, EventCallback callback) override {
    return hub_.subscribe(std::move(executor), std::move(callback));
  }

 protected:
  void submit(bool is_write, WorkPtr work) override {
    (is_write ? writes_ : reads_).push(std::move(work));
  }

  // A thread that executes reads, each in a transaction that `begin` opens.
  void add_reader(SqlConnection& connection, std::string_view begin) {
    threads_.emplace_back([this, &connection, begin] {
      for (;;) {
        std::vector<WorkPtr> works = reads_.take(1);
        if (works.empty()) return;
        read_one(connection, *works[0], begin);
      }
    });
  }

  // Finishes what was asked and ends the threads. Called by the destructor of who has added some.
  void close_queues_and_join() {
    writes_.close();
    reads_.close();
    for (std::thread& thread : threads_) thread.join();
  }

  EventHub hub_;
  WorkQueue writes_;
  WorkQueue reads_;
  std::vector<std::thread> threads_;
};

}  // namespace vouch::store
