#include "engine/running_job.h"

#include <boost/asio/bind_executor.hpp>

namespace vouch::engine {
namespace {

// How long reports are gathered. Together with the commit it stays below kReportDelayMsMax.
constexpr std::chrono::milliseconds kGatherTime{20};

}  // namespace

RunningJob::RunningJob(std::shared_ptr<const Shared> shared, store::JobRow job,
                       std::vector<store::SectionRow> sections,
                       std::map<std::int64_t, std::int64_t> lines)
    : shared_(std::move(shared)),
      job_(std::move(job)),
      sections_(std::move(sections)),
      lines_(std::move(lines)),
      report_timer_(shared_->executor),
      limit_timer_(shared_->executor),
      browser_ms_(job_.browser_ms) {}

void RunningJob::stop(Stop reason) {
  if (stop_ != Stop::kNone) return;
  stop_ = reason;
  signal_.emit(boost::asio::cancellation_type::all);
}

void RunningJob::refuse(Error error) {
  if (stop_ == Stop::kNone) refusal_ = std::move(error);
  stop(Stop::kRefused);
}

std::int64_t RunningJob::browser_ms() const {
  return browser_ms_ + (browsers_ > 0 ? shared_->clock.now_ms() - browser_since_ms_ : 0);
}

std::shared_ptr<void> RunningJob::browser_time() {
  if (browsers_++ == 0) browser_since_ms_ = shared_->clock.now_ms();
  return {nullptr, [self = shared_from_this()](std::nullptr_t) {
            const std::int64_t until_now = self->browser_ms();
            if (--self->browsers_ == 0) self->browser_ms_ = until_now;
          }};
}

void RunningJob::start_time_limit(std::int64_t limit_ms) {
  limit_timer_.expires_after(std::chrono::milliseconds(limit_ms));
  limit_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    auto self = weak.lock();
    if (self && !error) self->stop(Stop::kTimeLimit);
  });
}

void RunningJob::stage(std::string stage) { report(event::Report::Stage{std::move(stage)}); }

void RunningJob::progress(SectionChange change) { report(std::move(change)); }

void RunningJob::log(std::int64_t ordinal, std::string_view line) {
  constexpr auto kMax = static_cast<std::int64_t>(kLogLinesPerSectionMax);
  std::int64_t number = ++lines_[ordinal];
  if (number < kMax) report(LogLine{ordinal, log_line(line)});
  if (number == kMax) report(LogLine{ordinal, "Further lines of this section are left out."});
}

void RunningJob::report(Item item) {
  if (cancelled()) return;
  reports_.push_back(std::move(item));
  if (reports_.size() > 1) return;  // the timer runs already
  report_timer_.expires_after(kGatherTime);
  report_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    auto self = weak.lock();
    if (self && !error) self->send_reports();
  });
}

auto RunningJob::transaction(Event event, Extra extra) const {
  return [shared = shared_, id = job_.id, event = std::move(event), extra = std::move(extra),
          now = shared_->clock.now_ms()](store::Tx& tx) -> Result<void> {
    VOUCH_TRY_VOID(advance(tx, id, event, shared->at(now)));
    return extra ? extra(tx) : Result<void>();
  };
}

void RunningJob::send_reports() {
  report_timer_.cancel();
  if (reports_.empty()) return;
  event::Report report{.epoch = job_.lease_epoch, .items = std::exchange(reports_, {})};
  auto told = [self = shared_from_this()](Result<void> result) {
    if (!result) self->stop(Stop::kLost);
  };
  shared_->store.post_write(transaction(std::move(report), {}),
                            boost::asio::bind_executor(shared_->executor, std::move(told)));
}

boost::asio::awaitable<Result<void>> RunningJob::write_event(Event event, Extra extra) {
  if (cancelled()) {
    co_return fail(ErrorCode::kCancelled, "The job was cancelled, or its lease is lost.");
  }
  send_reports();
  auto work = transaction(std::move(event), std::move(extra));
  co_return co_await shared_->store.write(std::move(work));
}

boost::asio::awaitable<Result<void>> RunningJob::commit_section(std::int64_t ordinal,
                                                                store::Conclusion conclusion,
                                                                std::string reason,
                                                                boost::json::object data,
                                                                Extra extra) {
  event::Commit commit{job_.lease_epoch, ordinal, conclusion, std::move(reason), std::move(data)};
  co_return co_await write_event(std::move(commit), std::move(extra));
}

boost::asio::awaitable<Result<void>> RunningJob::write(Extra extra) {
  event::Report nothing{.epoch = job_.lease_epoch, .items = {}};
  co_return co_await write_event(std::move(nothing), std::move(extra));
}

boost::asio::awaitable<Result<void>> RunningJob::settle(Event last) {
  limit_timer_.cancel();
  send_reports();
  auto work = transaction(std::move(last), {});
  co_return co_await shared_->store.write(std::move(work));
}

}  // namespace vouch::engine
