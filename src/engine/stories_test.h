// What stories of jobs are told with: a server on a folder that can crash and come back, and gates
// at which handlers wait, so that every order of things is the story's own.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "engine/engine.h"
#include "store/sqlite/sqlite_store.h"
#include "store/testing.h"

namespace vouch::engine {

namespace asio = boost::asio;
using store::Conclusion;
using store::JobRow;
using store::JobState;
using store::SectionStatus;
using Outcome = Result<boost::json::object>;
using namespace std::chrono_literals;

inline constexpr auto kLong = 1h;  // a story that waits so long never ends

// A server on a folder, which can crash and come back.
class Server {
 public:
  explicit Server(std::vector<JobKind> kinds, EngineOptions options = {})
      : kinds_(std::move(kinds)), options_(options) {
    start();
  }
  ~Server() { crash(); }

  void start() {
    io_ = std::make_unique<asio::io_context>();
    auto opened = store::open_sqlite({.folder = folder_.path()}, random_);
    VOUCH_CHECK(opened.has_value());
    store_ = std::move(*opened);
    engine_ =
        std::make_unique<Engine>(io_->get_executor(), *store_, clock_, random_, options_, kinds_);
    recovery = run(engine_->start()).value();
  }

  // Everything in memory is gone, without a word to the store.
  void crash() {
    engine_.reset();
    store_.reset();
    io_.reset();
  }

  void restart() {
    crash();
    start();
  }

  template <class T>
  T run(asio::awaitable<T> work) {
    return testing::run(*io_, std::move(work));
  }
  void run(asio::awaitable<void> work) { testing::run(*io_, std::move(work)); }
  template <class Predicate>
  void run_until(Predicate done) {
    testing::run_until(*io_, done);
  }
  template <class F>
  auto read(F closure) {
    return run(store_->read(std::move(closure)));
  }
  template <class F>
  auto write(F closure) {
    return run(store_->write(std::move(closure)));
  }

  Engine& engine() { return *engine_; }
  store::Store& store() { return *store_; }
  asio::io_context& io() { return *io_; }
  SystemClock& clock() { return clock_; }

  JobRow dispatch(std::string key, std::vector<NewJob::Section> sections = {}) {
    NewJob job;
    job.kind = "generation";
    job.key = std::move(key);
    job.project_id = "p";
    job.sections = std::move(sections);
    return run(engine().dispatch(std::move(job))).value().job;
  }
  JobRow job(const std::string& id) {
    return read([=](const store::Tx& tx) -> Result<JobRow> { return *tx.find_job(id); }).value();
  }
  JobRow end_of(const std::string& id) {
    EXPECT_TRUE(run(engine().wait_for_end(id, kLong)).value());
    return job(id);
  }
  std::vector<std::string> event_kinds(const std::string& id) {
    auto events = read([=](const store::Tx& tx) -> Result<std::vector<store::EventRow>> {
                    return tx.list_events({.job_id = id}, 0, 10'000);
                  }).value();
    std::vector<std::string> kinds;
    kinds.reserve(events.size());
    for (const auto& event : events) kinds.push_back(event.kind);
    return kinds;
  }

  Recovery recovery;

 private:
  testing::TempFolder folder_;
  SystemRandom random_;
  SystemClock clock_;
  std::vector<JobKind> kinds_;
  EngineOptions options_;
  std::unique_ptr<asio::io_context> io_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Engine> engine_;
};

// Where handlers wait until the story, or a cancel, lets them go on. Outlives the server.
class Gate {
 public:
  asio::awaitable<void> pass() {
    Visit visit(*this, co_await asio::this_coro::executor);
    boost::system::error_code error;
    co_await visit.timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (visit.opened) co_return;
    ++cancelled;
    throw boost::system::system_error(error);
  }
  void open() {
    VOUCH_CHECK(waiting == 1);
    visits_.front()->opened = true;
    visits_.front()->timer.cancel();
  }
  int waiting = 0;
  int cancelled = 0;

 private:
  // Ends with the handler, be it by a crash.
  struct Visit {
    Visit(Gate& gate, const asio::any_io_executor& executor)
        : gate(gate), timer(executor, asio::steady_timer::time_point::max()) {
      gate.visits_.push_back(this);
      ++gate.waiting;
    }
    ~Visit() {
      std::erase(gate.visits_, this);
      --gate.waiting;
    }
    Gate& gate;
    asio::steady_timer timer;
    bool opened = false;
  };
  std::vector<Visit*> visits_;
};

inline JobKind kind_of(std::function<asio::awaitable<Outcome>(JobContext&)> handler,
                       int concurrency = 2) {
  JobKind kind;
  kind.name = "generation";
  kind.concurrency = concurrency;
  kind.handler = std::move(handler);
  return kind;
}

inline asio::awaitable<Outcome> succeed(JobContext&) {
  co_return boost::json::object{{"done", true}};
}

inline JobKind waiting_at(Gate& gate, int concurrency = 2) {
  return kind_of(
      [&gate](JobContext&) -> asio::awaitable<Outcome> {
        co_await gate.pass();
        co_return boost::json::object{{"done", true}};
      },
      concurrency);
}

}  // namespace vouch::engine
