// Hands committed events to the subscribers of a store, each on its own executor. Any thread.
#pragma once

#include <mutex>

#include "store/store.h"

namespace vouch::store {

class EventHub {
 public:
  Subscription subscribe(boost::asio::any_io_executor executor, EventCallback callback);
  // In order of seq; one thread at a time.
  void publish(std::vector<EventRow> events);

 private:
  struct Subscriber {
    boost::asio::any_io_executor executor;
    EventCallback callback;
  };
  std::mutex mutex_;
  std::vector<std::weak_ptr<Subscriber>> subscribers_;
};

}  // namespace vouch::store
