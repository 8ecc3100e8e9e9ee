#include "engine/event_router.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vouch::engine {
namespace {

constexpr std::chrono::hours kWaitMax{24};  // so that no deadline overflows

std::unexpected<Error> stopping() {
  return fail(ErrorCode::kUnavailable, "The server is stopping: ask again when it is back.");
}

boost::asio::awaitable<void> wait_on(boost::asio::steady_timer& timer) {
  boost::system::error_code ignored;  // expired and cancelled are told apart by what is there then
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
}

std::chrono::steady_clock::time_point deadline_of(std::chrono::milliseconds timeout) {
  return std::chrono::steady_clock::now() +
         std::min<std::chrono::steady_clock::duration>(timeout, kWaitMax);
}

}  // namespace

class EventRouter::Stream final : public EventStream {
 public:
  Stream(std::shared_ptr<EventRouter> router, store::EventFilter filter, std::int64_t after_seq)
      : router_(std::move(router)),
        filter_(std::move(filter)),
        last_seq_(after_seq),
        wake_(router_->executor_) {
    router_->streams_[filter_.job_id].insert(this);
  }
  ~Stream() override {
    auto found = router_->streams_.find(filter_.job_id);
    found->second.erase(this);
    if (found->second.empty()) router_->streams_.erase(found);
  }

  void push(const store::EventRow& event) {
    if (replay_ && !reading_) return;  // it will be read from the store
    if (live_.size() == kStreamBufferMax) {
      live_.clear();
      replay_ = true;
      return;
    }
    live_.push_back(event);
    wake_.cancel();
  }
  bool wants(const store::EventRow& event) const { return filter_.matches(event); }
  void wake() { wake_.cancel(); }

  boost::asio::awaitable<Result<std::vector<store::EventRow>>> next(
      std::chrono::milliseconds timeout) override {
    const auto deadline = deadline_of(timeout);
    for (;;) {
      if (router_->closed_) co_return stopping();
      if (replay_) {
        VOUCH_CO_TRY(std::vector<store::EventRow> kept, co_await read_kept());
        if (!kept.empty()) co_return kept;
        continue;
      }
      std::vector<store::EventRow> fresh = take_live();
      if (!fresh.empty() || std::chrono::steady_clock::now() >= deadline) co_return fresh;
      wake_.expires_at(deadline);
      co_await wait_on(wake_);
    }
  }

 private:
  boost::asio::awaitable<Result<std::vector<store::EventRow>>> read_kept() {
    live_.clear();
    replay_ = false;
    auto read = [filter = filter_,
                 after = last_seq_](const store::Tx& tx) -> Result<std::vector<store::EventRow>> {
      return tx.list_events(filter, after, kReplayBatch);
    };
    reading_ = true;
    auto kept = co_await router_->store_.read(std::move(read));
    reading_ = false;
    if (!kept || kept->size() == kReplayBatch) replay_ = true;
    if (kept && !kept->empty()) last_seq_ = kept->back().seq;
    co_return kept;
  }

  std::vector<store::EventRow> take_live() {
    std::vector<store::EventRow> fresh;
    for (store::EventRow& event : live_) {
      if (event.seq <= last_seq_) continue;
      last_seq_ = event.seq;
      fresh.push_back(std::move(event));
    }
    live_.clear();
    return fresh;
  }

  std::shared_ptr<EventRouter> router_;
  store::EventFilter filter_;
  std::int64_t last_seq_;
  bool replay_ = true;  // the store has what comes next
  bool reading_ = false;
  std::deque<store::EventRow> live_;
  boost::asio::steady_timer wake_;
};

void EventRouter::route(const std::vector<store::EventRow>& events) {
  for (const store::EventRow& event : events) {
    for (std::string_view job : {std::string_view(event.job_id), std::string_view()}) {
      auto streams = streams_.find(job);
      if (streams == streams_.end()) continue;
      for (Stream* stream : streams->second) {
        if (stream->wants(event)) stream->push(event);
      }
      if (event.job_id.empty()) break;
    }
    if (event.kind != "job.ended") continue;
    auto [from, to] = end_waiters_.equal_range(event.job_id);
    for (auto it = from; it != to; ++it) it->second->wake();
  }
}

void EventRouter::close() {
  closed_ = true;
  for (auto& [job, streams] : streams_) {
    for (Stream* stream : streams) stream->wake();
  }
  for (auto& [job, waiter] : end_waiters_) waiter->wake();
}

std::unique_ptr<EventStream> EventRouter::stream(store::EventFilter filter,
                                                 std::int64_t after_seq) {
  return std::make_unique<Stream>(shared_from_this(), std::move(filter), after_seq);
}

boost::asio::awaitable<Result<bool>> EventRouter::wait_for_end(std::string job_id,
                                                               std::chrono::milliseconds timeout) {
  auto self = shared_from_this();
  EndWaiter waiter{boost::asio::steady_timer(executor_, deadline_of(timeout))};
  // Before the job is read, so that its end is not missed between the two.
  auto place = end_waiters_.emplace(job_id, &waiter);
  auto leave = [self](auto* place) { self->end_waiters_.erase(*place); };
  std::unique_ptr<decltype(place), decltype(leave)> guard(&place, leave);

  auto read = [job_id = std::move(job_id)](const store::Tx& tx) -> Result<bool> {
    auto live = tx.is_job_live(job_id);
    if (!live) return fail(ErrorCode::kNotFound, "No such job.");
    return *live;
  };
  VOUCH_CO_TRY(bool live, co_await store_.read(std::move(read)));
  if (!live) co_return true;
  if (!waiter.woken && !closed_) co_await wait_on(waiter.timer);
  if (closed_) co_return stopping();
  co_return waiter.woken;
}

}  // namespace vouch::engine
