#include "ops/job_events.h"

#include <utility>

namespace vouch::ops {
namespace {

constexpr std::string_view kPrefix = "job.";
constexpr std::string_view kEnded = "job.ended";

class JobEvents final : public EventSource {
 public:
  JobEvents(std::unique_ptr<engine::EventStream> stream, EventView view)
      : stream_(std::move(stream)), view_(view) {}

  boost::asio::awaitable<std::optional<std::vector<StreamEvent>>> next(
      std::chrono::milliseconds patience) override {
    if (ended_) co_return std::nullopt;
    auto events = co_await stream_->next(patience);
    if (!events) co_return std::nullopt;  // the server stops
    std::vector<StreamEvent> messages;
    for (const store::EventRow& event : *events) {
      messages.push_back(view_(event));
      ended_ |= event.kind == kEnded;
    }
    co_return std::optional(std::move(messages));
  }

 private:
  std::unique_ptr<engine::EventStream> stream_;
  const EventView view_;
  bool ended_ = false;
};

}  // namespace

StreamEvent event_message(const store::EventRow& event) {
  StreamEvent out;
  out.id = event.seq;
  std::string_view kind = event.kind;
  if (kind.starts_with(kPrefix)) kind.remove_prefix(kPrefix.size());
  out.name = kind;
  out.data = event.data;
  out.data["atUtc"] = to_utc(event.at_ms);
  return out;
}

boost::asio::awaitable<Result<Answer>> stream_job(Services& services, std::string project_id,
                                                  std::string job_id,
                                                  std::optional<std::int64_t> last_event_id,
                                                  EventView view) {
  store::EventFilter filter;
  filter.project_id = project_id;
  filter.job_id = job_id;
  const std::int64_t after = last_event_id.value_or(0);
  auto over = [filter, after](const store::Tx& tx) -> Result<bool> {
    auto job = tx.find_job(filter.job_id);
    const bool ended = !job || !store::is_live(job->state);
    return ended && tx.list_events(filter, after, 1).empty();
  };
  VOUCH_CO_TRY(bool nothing_left, co_await services.store.read(std::move(over)));
  Answer answer;
  if (nothing_left) {
    answer.status = 204;
  } else {
    answer.events = std::make_unique<JobEvents>(services.engine.subscribe(filter, after), view);
  }
  co_return answer;
}

}  // namespace vouch::ops
