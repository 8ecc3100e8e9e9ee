#include "store/event_hub.h"

namespace vouch::store {

Subscription EventHub::subscribe(boost::asio::any_io_executor executor, EventCallback callback) {
  auto subscriber = std::make_shared<Subscriber>(std::move(executor), std::move(callback));
  std::scoped_lock lock(mutex_);
  std::erase_if(subscribers_, [](const auto& weak) { return weak.expired(); });
  subscribers_.push_back(subscriber);
  return Subscription(std::move(subscriber));
}

void EventHub::publish(std::vector<EventRow> events) {
  if (events.empty()) return;
  auto shared = std::make_shared<const std::vector<EventRow>>(std::move(events));
  std::scoped_lock lock(mutex_);
  for (const auto& weak : subscribers_) {
    auto subscriber = weak.lock();
    if (!subscriber) continue;
    boost::asio::post(subscriber->executor, [weak, shared] {
      if (auto alive = weak.lock()) alive->callback(*shared);
    });
  }
}

}  // namespace vouch::store
