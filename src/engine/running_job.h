// A claimed job while its handler is at work in this process: what the handler reports, and how it
// is told to stop. Belongs to the engine's thread.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>

#include "engine/transition.h"

namespace vouch::engine {

// What all jobs of an engine share.
struct Shared {
  boost::asio::any_io_executor executor;
  store::Store& store;
  const Clock& clock;
  Rules rules;
  Kinds kinds;

  Moment at(TimeMs now) const { return {rules, kinds, now}; }
};

class RunningJob final : public JobContext, public std::enable_shared_from_this<RunningJob> {
 public:
  enum class Stop {
    kNone,
    kCancelled,   // the job is cancelled already
    kLost,        // the lease is gone, or what was reported could not be kept: nothing more may be
                  // written
    kTimeLimit,   // to be failed
    kRefused,     // to be failed with refusal()
    kServerStop,  // to be given back
  };

  // `lines` is how many log lines each section has already.
  RunningJob(std::shared_ptr<const Shared> shared, store::JobRow job,
             std::vector<store::SectionRow> sections, std::map<std::int64_t, std::int64_t> lines);

  // Tells the handler to end; the first reason counts.
  void stop(Stop reason);
  void refuse(Error error);
  const Error& refusal() const { return refusal_; }
  Stop stopped() const { return stop_; }
  boost::asio::cancellation_slot slot() { return signal_.slot(); }
  // What the handler asked; empty unless it did.
  const boost::json::array& questions() const { return questions_; }
  std::int64_t browser_ms() const;  // JobRow's, until now
  void start_time_limit(std::int64_t limit_ms);

  // Asks the store for what was reported so far; whatever is asked of it afterwards comes after.
  void send_reports();
  // The handler has returned: keeps its last reports and how it ended.
  boost::asio::awaitable<Result<void>> settle(Event last);

  const store::JobRow& job() const override { return job_; }
  const std::vector<store::SectionRow>& sections() const override { return sections_; }
  void stage(std::string stage) override;
  void progress(SectionChange change) override;
  void log(std::int64_t ordinal, std::string_view line) override;
  boost::asio::awaitable<Result<void>> commit_section(std::int64_t ordinal,
                                                      store::Conclusion conclusion,
                                                      std::string reason, boost::json::object data,
                                                      Extra extra) override;
  boost::asio::awaitable<Result<void>> write(Extra extra) override;
  boost::asio::awaitable<Result<void>> flush() override { return write({}); }
  std::shared_ptr<void> browser_time() override;
  void ask(boost::json::array questions) override { questions_ = std::move(questions); }
  bool cancelled() const override { return stop_ != Stop::kNone; }

 private:
  using Item = decltype(event::Report::items)::value_type;
  void report(Item item);
  boost::asio::awaitable<Result<void>> write_event(Event event, Extra extra);
  // A closure for the store.
  auto transaction(Event event, Extra extra) const;

  std::shared_ptr<const Shared> shared_;
  const store::JobRow job_;
  const std::vector<store::SectionRow> sections_;
  std::map<std::int64_t, std::int64_t> lines_;
  std::vector<Item> reports_;
  boost::asio::steady_timer report_timer_;
  boost::asio::steady_timer limit_timer_;
  boost::asio::cancellation_signal signal_;
  Stop stop_ = Stop::kNone;
  Error refusal_{ErrorCode::kInternal, "", {}};
  boost::json::array questions_;
  std::int64_t browser_ms_;      // of the times that are over
  TimeMs browser_since_ms_ = 0;  // meaningful while browsers_ > 0
  int browsers_ = 0;
};

}  // namespace vouch::engine
