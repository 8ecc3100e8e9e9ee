// Stories of jobs on a real store, with crashes and restarts in the middle. Handlers wait at gates
// that the story opens, so that every order of things is the story's own.
#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <random>

#include "store/postgres/postgres_store.h"
#include "store/postgres/testing.h"
#include "store/sqlite/sqlite_store.h"
#include "store/testing.h"

namespace vouch::engine {
namespace {

namespace asio = boost::asio;
using store::Conclusion;
using store::JobRow;
using store::JobState;
using store::SectionStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Outcome = Result<boost::json::object>;
using namespace std::chrono_literals;

constexpr auto kLong = 1h;  // a story that waits so long never ends

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
  JobRow end_of(const std::string& id) { return run(engine().wait_for_end(id, kLong)).value(); }
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

JobKind kind_of(std::function<asio::awaitable<Outcome>(JobContext&)> handler, int concurrency = 2) {
  JobKind kind;
  kind.name = "generation";
  kind.concurrency = concurrency;
  kind.handler = std::move(handler);
  return kind;
}

asio::awaitable<Outcome> succeed(JobContext&) { co_return boost::json::object{{"done", true}}; }

JobKind waiting_at(Gate& gate, int concurrency = 2) {
  return kind_of(
      [&gate](JobContext&) -> asio::awaitable<Outcome> {
        co_await gate.pass();
        co_return boost::json::object{{"done", true}};
      },
      concurrency);
}

TEST(Engine, ADispatchedJobRunsToItsEnd) {
  JobKind kind = kind_of(succeed);
  kind.on_start = [](store::Tx& tx, const JobRow& job) { tx.put_setting("started", job.id); };
  kind.on_end = [](store::Tx& tx, const JobRow& job) {
    tx.put_setting("ended", to_string(job.state));
  };
  Server server({kind});
  JobRow job = server.dispatch("feature:1", {{"login", "Login"}});
  EXPECT_EQ(job.state, JobState::kQueued);
  JobRow ended = server.end_of(job.id);
  EXPECT_EQ(ended.state, JobState::kSucceeded);
  EXPECT_EQ(ended.result.at("done"), true);
  EXPECT_THAT(server.event_kinds(job.id),
              ElementsAre("job.queued", "job.started", "job.section", "job.ended"));
  server
      .read([=](const store::Tx& tx) -> Result<void> {
        EXPECT_EQ(tx.find_setting("started"), job.id);
        EXPECT_EQ(tx.find_setting("ended"), "succeeded");
        return {};
      })
      .value();
}

TEST(Engine, ASecondDispatchOfAKeyNamesTheFirst) {
  Gate gate;
  Server server({waiting_at(gate)});
  JobRow first = server.dispatch("feature:1");
  NewJob again;
  again.kind = "generation";
  again.key = "feature:1";
  again.busy_message = "This feature is already generating.";
  auto refused = server.run(server.engine().dispatch(again));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_EQ(refused.error().message, "This feature is already generating.");
  EXPECT_EQ(refused.error().details.at("jobId"), boost::json::value(first.id));
}

TEST(Engine, WhatIsWrittenWithADispatchIsKeptOrRefusedWithIt) {
  Server server({kind_of(succeed)});
  auto dispatch = [&](bool refuse) {
    DispatchPlan plan = [=](store::Tx& tx, const std::string& job_id) -> Result<NewJob> {
      tx.put_setting(refuse ? "refused" : "kept", job_id);
      if (refuse) return fail(ErrorCode::kConflict, "Not generated yet.");
      NewJob job;
      job.kind = "generation";
      job.payload["runId"] = 214;
      return job;
    };
    return server.run(server.engine().dispatch(std::move(plan)));
  };
  EXPECT_EQ(dispatch(true).error().message, "Not generated yet.");
  Dispatched kept = dispatch(false).value();
  EXPECT_EQ(server.end_of(kept.job.id).payload.at("runId"), 214);
  server
      .read([=](const store::Tx& tx) -> Result<void> {
        EXPECT_FALSE(tx.find_setting("refused"));
        EXPECT_EQ(tx.find_setting("kept"), kept.job.id);
        return {};
      })
      .value();
}

TEST(Engine, AnErrorOrAnExceptionFailsTheJobWithItsReason) {
  Server server({kind_of([](JobContext& job) -> asio::awaitable<Outcome> {
    if (job.job().key == "error") {
      co_return fail(ErrorCode::kUnavailable, "The site cannot be reached.", {{"url", "x"}});
    }
    throw std::runtime_error("oops");
  })});
  JobRow failed = server.end_of(server.dispatch("error").id);
  EXPECT_EQ(failed.state, JobState::kFailed);
  EXPECT_EQ(failed.reason, "The site cannot be reached.");
  EXPECT_EQ(failed.result.at("error"), "unavailable");
  EXPECT_EQ(failed.result.at("details").at("url"), "x");
  JobRow thrown = server.end_of(server.dispatch("exception").id);
  EXPECT_EQ(thrown.state, JobState::kFailed);
  EXPECT_EQ(thrown.result.at("error"), "internal");
}

TEST(Engine, NoMoreRunAtOnceThanThereArePlacesAndTheOthersKnowTheirs) {
  Gate gate;
  Server server({waiting_at(gate, 1)});
  JobRow first = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  JobRow second = server.dispatch("2");
  JobRow third = server.dispatch("3");
  EXPECT_EQ(server.engine().running(), 1);
  EXPECT_FALSE(*server.run(server.engine().queue_position(first.id)));
  EXPECT_EQ(*server.run(server.engine().queue_position(second.id)), 1);
  EXPECT_EQ(*server.run(server.engine().queue_position(third.id)), 2);
  gate.open();
  EXPECT_EQ(server.end_of(first.id).state, JobState::kSucceeded);
  server.run_until([&] { return gate.waiting == 1; });
  EXPECT_EQ(*server.run(server.engine().queue_position(third.id)), 1);
}

TEST(Engine, ACancelledQueuedJobNeverRuns) {
  Gate gate;
  JobKind kind = waiting_at(gate, 1);
  kind.on_end = [](store::Tx& tx, const JobRow& job) {
    tx.put_setting("ended " + job.key, to_string(job.state));
  };
  Server server({kind});
  JobRow first = server.dispatch("1");
  JobRow second = server.dispatch("2", {{"login", "Login"}});
  EXPECT_EQ(server.run(server.engine().cancel(second.id))->state, JobState::kCancelled);
  auto again = server.run(server.engine().cancel(second.id));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
  EXPECT_EQ(server.run(server.engine().cancel("no such")).error().code, ErrorCode::kNotFound);
  server.run_until([&] { return gate.waiting == 1; });
  gate.open();
  server.end_of(first.id);
  EXPECT_THAT(server.event_kinds(second.id), ElementsAre("job.queued", "job.section", "job.ended"));
  server
      .read([](const store::Tx& tx) -> Result<void> {
        EXPECT_EQ(tx.find_setting("ended 2"), "cancelled");
        return {};
      })
      .value();
}

TEST(Engine, ACancelReachesWhatARunningJobAwaits) {
  Gate gate;
  Server server({waiting_at(gate)});
  JobRow job = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  EXPECT_EQ(server.run(server.engine().cancel(job.id))->state, JobState::kCancelled);
  server.run_until([&] { return server.engine().running() == 0; });
  EXPECT_EQ(gate.cancelled, 1);
  EXPECT_EQ(server.job(job.id).state, JobState::kCancelled);
}

TEST(Engine, NothingACancelledJobWritesIsKept) {
  Gate gate;
  std::vector<ErrorCode> codes;
  Server server({kind_of([&](JobContext& job) -> asio::awaitable<Outcome> {
    co_await asio::this_coro::throw_if_cancelled(false);  // goes on in spite of it
    try {
      co_await gate.pass();
    } catch (const boost::system::system_error&) {
    }
    EXPECT_TRUE(job.cancelled());
    job.log(0, "too late");
    JobContext::Extra extra = [](store::Tx& tx) -> Result<void> {
      tx.put_setting("too", "late");
      return {};
    };
    auto commit = co_await job.commit_section(0, Conclusion::kSuccess, "", {}, extra);
    codes.push_back(commit ? ErrorCode::kInternal : commit.error().code);
    co_return boost::json::object();
  })});
  JobRow job = server.dispatch("1", {{"login", "Login"}});
  server.run_until([&] { return gate.waiting == 1; });
  ASSERT_TRUE(server.run(server.engine().cancel(job.id)));
  server.run_until([&] { return server.engine().running() == 0; });
  EXPECT_THAT(codes, ElementsAre(ErrorCode::kCancelled));
  server
      .read([&](const store::Tx& tx) -> Result<void> {
        EXPECT_FALSE(tx.find_setting("too"));
        EXPECT_THAT(tx.list_log_lines(job.id), IsEmpty());
        EXPECT_EQ(tx.list_sections(job.id).at(0).conclusion, Conclusion::kCancelled);
        EXPECT_EQ(tx.find_job(job.id)->state, JobState::kCancelled);
        return {};
      })
      .value();
}

TEST(Engine, TheNextJobOfAKeyWaitsForTheCancelledHandlerToBeGone) {
  Gate cleaning;
  Gate gate;
  int begun = 0;
  Server server({kind_of([&](JobContext&) -> asio::awaitable<Outcome> {
    ++begun;
    bool stopped = false;
    try {
      co_await gate.pass();
    } catch (const boost::system::system_error&) {
      stopped = true;
    }
    if (stopped) {  // the browser is closed before the handler returns
      co_await asio::this_coro::reset_cancellation_state();
      co_await cleaning.pass();
    }
    co_return boost::json::object();
  })});
  JobRow first = server.dispatch("feature:1");
  server.run_until([&] { return gate.waiting == 1; });
  ASSERT_TRUE(server.run(server.engine().cancel(first.id)));
  server.run_until([&] { return cleaning.waiting == 1; });
  JobRow second = server.dispatch("feature:1");  // its key is free at once
  JobRow other = server.dispatch("feature:2");
  server.run_until([&] { return begun == 2; });
  EXPECT_EQ(server.job(second.id).state, JobState::kQueued);
  EXPECT_EQ(server.job(other.id).state, JobState::kRunning);
  cleaning.open();
  server.run_until([&] { return begun == 3; });
  EXPECT_EQ(server.job(second.id).state, JobState::kRunning);
}

TEST(Engine, AfterACrashAJobGoesOnFromItsLastFinishedSection) {
  Gate gate;
  std::vector<std::string> done;
  Server server({kind_of([&](JobContext& job) -> asio::awaitable<Outcome> {
    for (const store::SectionRow& section : job.sections()) {
      if (section.status == SectionStatus::kCompleted) continue;
      SectionChange begins;
      begins.ordinal = section.ordinal;
      begins.status = SectionStatus::kInProgress;
      job.progress(begins);
      job.log(section.ordinal, "doing " + section.section);
      if (section.ordinal == 1) co_await gate.pass();
      boost::json::object data{{"epoch", job.lease_epoch()}};
      auto kept =
          co_await job.commit_section(section.ordinal, Conclusion::kSuccess, "", std::move(data));
      if (!kept) co_return std::unexpected(kept.error());
      done.push_back(section.section);
    }
    co_return boost::json::object();
  })});
  JobRow job = server.dispatch("1", {{"a", "A"}, {"b", "B"}, {"c", "C"}});
  server.run_until([&] { return gate.waiting == 1; });

  server.restart();
  EXPECT_EQ(server.recovery.requeued, 1);
  server.run_until([&] { return gate.waiting == 1; });
  gate.open();
  JobRow ended = server.end_of(job.id);
  EXPECT_EQ(ended.state, JobState::kSucceeded);
  EXPECT_EQ(ended.attempts, 1);
  EXPECT_EQ(ended.lease_epoch, 2);
  EXPECT_THAT(done, ElementsAre("a", "b", "c"));
  auto sections = server
                      .read([=](const store::Tx& tx) -> Result<std::vector<store::SectionRow>> {
                        return tx.list_sections(job.id);
                      })
                      .value();
  EXPECT_EQ(sections[0].data.at("epoch"), 1);
  EXPECT_EQ(sections[1].data.at("epoch"), 2);
}

TEST(Engine, AJobThatKillsEveryOwnerIsGivenUp) {
  Gate gate;
  JobKind kind = waiting_at(gate);
  kind.on_end = [](store::Tx& tx, const JobRow& job) { tx.put_setting("ended", job.reason); };
  Server server({kind}, {.attempts_max = 2});
  JobRow job = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  server.restart();
  EXPECT_EQ(server.recovery.requeued, 1);
  server.run_until([&] { return gate.waiting == 1; });
  server.restart();
  EXPECT_EQ(server.recovery.given_up, 1);
  JobRow ended = server.job(job.id);
  EXPECT_EQ(ended.state, JobState::kFailed);
  EXPECT_THAT(ended.reason, ::testing::HasSubstr("given up after 2 attempts"));
  server
      .read([&](const store::Tx& tx) -> Result<void> {
        EXPECT_EQ(tx.find_setting("ended"), ended.reason);
        return {};
      })
      .value();
}

TEST(Engine, WhereNothingIsResumedTheJobsOfADeadOwnerAreCancelled) {
  Gate gate;
  int begun = 0;
  Server server({kind_of(
                    [&](JobContext&) -> asio::awaitable<Outcome> {
                      ++begun;
                      co_await gate.pass();
                      co_return boost::json::object();
                    },
                    1)},
                {.resumes = false});
  JobRow running = server.dispatch("1");
  JobRow queued = server.dispatch("2");
  server.run_until([&] { return gate.waiting == 1; });
  server.restart();
  EXPECT_EQ(server.recovery.requeued, 0);
  EXPECT_EQ(server.recovery.given_up, 2);
  EXPECT_EQ(server.job(running.id).state, JobState::kCancelled);
  EXPECT_EQ(server.job(queued.id).state, JobState::kCancelled);
  JobRow next = server.dispatch("1");  // the key is free
  server.run_until([&] { return gate.waiting == 1; });
  EXPECT_EQ(begun, 2);
  EXPECT_EQ(server.job(next.id).state, JobState::kRunning);
}

TEST(Engine, AGracefulStopGivesJobsBackWithoutSpendingAnAttempt) {
  Gate gate;
  Server server({waiting_at(gate, 1)});
  JobRow running = server.dispatch("1");
  JobRow queued = server.dispatch("2");
  server.run_until([&] { return gate.waiting == 1; });
  auto stream = server.engine().subscribe({.job_id = queued.id}, 1'000'000);
  server.run(server.engine().stop());
  EXPECT_EQ(gate.cancelled, 1);
  EXPECT_EQ(server.job(running.id).state, JobState::kQueued);
  EXPECT_EQ(server.job(running.id).attempts, 0);
  EXPECT_EQ(server.run(stream->next(kLong)).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(server.run(server.engine().wait_for_end(queued.id, kLong)).error().code,
            ErrorCode::kUnavailable);
  stream.reset();

  server.restart();
  EXPECT_EQ(server.recovery.requeued, 0);
  for (const JobRow& job : {running, queued}) {
    server.run_until([&] { return gate.waiting == 1; });
    gate.open();
    EXPECT_EQ(server.end_of(job.id).state, JobState::kSucceeded);
  }
}

TEST(Engine, AJobThatAsksHoldsNothingAndBeginsAgainWithTheAnswer) {
  Gate gate;
  std::vector<std::string> answers;
  auto ask_once = [&](JobContext& context) -> asio::awaitable<Outcome> {
    const auto* given = context.job().payload.if_contains("answers");
    if (given == nullptr) {
      context.ask({boost::json::object{{"id", "line-12"}}});
      co_return fail(ErrorCode::kConflict, "It waits.");
    }
    answers.emplace_back(given->at("line-12").as_string());
    co_return boost::json::object{{"done", true}};
  };
  Server server({kind_of(ask_once, 1)});
  JobRow asking = server.dispatch("a");
  server.run_until([&] { return server.job(asking.id).state == JobState::kWaiting; });
  server.run_until([&] { return server.engine().running() == 0; });  // the place is another's
  server.restart();  // a waiting job outlives its server
  EXPECT_EQ(server.job(asking.id).state, JobState::kWaiting);
  AnswerPlan refuse = [](store::Tx&, const JobRow&) -> Result<boost::json::object> {
    return fail(ErrorCode::kInvalidRequest, "That is no answer.");
  };
  EXPECT_EQ(server.run(server.engine().answer(asking.id, refuse)).error().code,
            ErrorCode::kInvalidRequest);
  AnswerPlan plan = [](store::Tx&, const JobRow& job) -> Result<boost::json::object> {
    VOUCH_CHECK(job.payload.at("questions").as_array().size() == 1);
    return boost::json::object{{"line-12", "second"}};
  };
  ASSERT_TRUE(server.run(server.engine().answer(asking.id, plan)));
  EXPECT_EQ(server.end_of(asking.id).state, JobState::kSucceeded);
  EXPECT_THAT(answers, ElementsAre("second"));
  EXPECT_EQ(server.run(server.engine().answer(asking.id, plan)).error().code, ErrorCode::kConflict);
}

TEST(Engine, AnAnswerThatDoesNotComeInTimeFailsTheJob) {
  auto ask = [](JobContext& context) -> asio::awaitable<Outcome> {
    context.ask({boost::json::object{{"id", "line-12"}}});
    co_return fail(ErrorCode::kConflict, "It waits.");
  };
  Server server({kind_of(ask)}, {.heartbeat_ms = 5, .answer_within_ms = 10});
  JobRow ended = server.end_of(server.dispatch("a").id);
  EXPECT_EQ(ended.state, JobState::kFailed);
  EXPECT_EQ(ended.reason, "Nobody answered its questions in time.");
}

TEST(Engine, BrowserTimeIsCountedWhileItIsHeldAndKeptWithTheJob) {
  Gate gate;
  auto browse = [&gate](JobContext& context) -> asio::awaitable<Outcome> {
    auto first = context.browser_time();
    auto second = context.browser_time();  // two at once are counted once
    const TimeMs until = SystemClock().now_ms() + 20;
    while (SystemClock().now_ms() < until) co_await asio::post(asio::use_awaitable);
    first.reset();
    second.reset();
    co_await gate.pass();  // no browser now
    co_return boost::json::object();
  };
  Server server({kind_of(browse)}, {.heartbeat_ms = 5});
  JobRow job = server.dispatch("a");
  server.run_until([&] { return gate.waiting == 1; });
  server.run_until([&] { return server.job(job.id).browser_ms >= 20; });  // by a heartbeat
  const std::int64_t counted = server.job(job.id).browser_ms;
  gate.open();
  EXPECT_EQ(server.end_of(job.id).browser_ms, counted);
}

TEST(Engine, AHeartbeatThatIsRefusedEndsTheJobWithItsReason) {
  Gate gate;
  JobKind kind = waiting_at(gate);
  bool allowed = true;
  kind.on_heartbeat = [&allowed](store::Tx&, const JobRow&) -> Result<void> {
    if (allowed) return {};
    return fail(ErrorCode::kConflict, "There is nothing left.", {{"reason", "spent"}});
  };
  Server server({kind}, {.heartbeat_ms = 5});
  JobRow job = server.dispatch("a");
  server.run_until([&] { return gate.waiting == 1; });
  allowed = false;
  JobRow ended = server.end_of(job.id);
  EXPECT_EQ(ended.state, JobState::kFailed);
  EXPECT_EQ(ended.reason, "There is nothing left.");
  EXPECT_EQ(ended.result.at("details"), (boost::json::object{{"reason", "spent"}}));
  EXPECT_EQ(gate.cancelled, 1);
}

TEST(Engine, AJobOverItsTimeIsStoppedAndFailed) {
  Gate gate;
  JobKind kind = waiting_at(gate);
  kind.time_limit_ms = 10;
  Server server({kind});
  JobRow ended = server.end_of(server.dispatch("1").id);
  EXPECT_EQ(ended.state, JobState::kFailed);
  EXPECT_EQ(ended.reason, "It took longer than 10 ms.");
  EXPECT_EQ(ended.result.at("error"), "timeout");
}

TEST(Engine, ALeaseTakenByAnotherEndsTheHandler) {
  Gate gate;
  Server server({waiting_at(gate)}, {.heartbeat_ms = 5});
  JobRow job = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  server
      .write([=](store::Tx& tx) -> Result<void> {
        JobRow taken = *tx.find_job(job.id);
        taken.lease_owner = "another";
        taken.lease_epoch += 1;
        taken.lease_until_ms += 3'600'000;
        EXPECT_TRUE(tx.update_job(taken, JobState::kRunning, taken.lease_epoch - 1));
        return {};
      })
      .value();
  server.run_until([&] { return server.engine().running() == 0; });
  EXPECT_EQ(gate.cancelled, 1);
  EXPECT_EQ(server.job(job.id).lease_owner, "another");
}

TEST(Engine, AJobWhoseWorkerDiedElsewhereIsTakenBack) {
  Server server({kind_of(succeed)}, {.heartbeat_ms = 5});
  server
      .write([](store::Tx& tx) -> Result<void> {
        JobRow orphan{.id = "orphan",
                      .kind = "generation",
                      .key = "k",
                      .state = JobState::kRunning,
                      .lease_epoch = 1,
                      .lease_owner = "dead",
                      .lease_until_ms = 1};
        VOUCH_TRY_VOID(tx.insert_job(orphan));
        return {};
      })
      .value();
  JobRow ended = server.end_of("orphan");
  EXPECT_EQ(ended.state, JobState::kSucceeded);
  EXPECT_EQ(ended.attempts, 1);
}

TEST(Engine, AStreamReplaysWhatWasAndFollowsWhatComes) {
  Gate gate;
  Server server({waiting_at(gate)});
  JobRow job = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  auto stream = server.engine().subscribe({.project_id = "p"}, 0);
  std::vector<std::string> kinds;
  std::int64_t last = 0;
  auto follow = [&](const std::string& until) {
    while (kinds.empty() || kinds.back() != until) {
      auto events = server.run(stream->next(kLong)).value();
      EXPECT_FALSE(events.empty());
      for (const auto& event : events) {
        EXPECT_GT(event.seq, last);
        last = event.seq;
        kinds.push_back(event.kind);
      }
    }
  };
  follow("job.started");
  gate.open();
  follow("job.ended");
  EXPECT_THAT(kinds, ElementsAre("job.queued", "job.started", "job.ended"));

  stream.reset();
  server.restart();  // the log outlives the server
  auto events = server.run(server.engine().wait(job.id, last - 1, kLong)).value();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, "job.ended");
}

TEST(Engine, AReaderThatDoesNotKeepUpMissesNothing) {
  Server server({kind_of(succeed)});
  auto stream = server.engine().subscribe({.project_id = "q"}, 0);
  EXPECT_THAT(server.run(stream->next(0ms)).value(), IsEmpty());  // it is live now
  const int count = 3000;
  server
      .write([](store::Tx& tx) -> Result<void> {
        for (int i = 0; i < count; ++i) {
          tx.insert_event({.kind = "x", .project_id = "q", .job_id = "j", .data = {{"n", i}}});
        }
        return {};
      })
      .value();
  for (int seen = 0; seen < count;) {
    auto events = server.run(stream->next(kLong)).value();
    for (const auto& event : events) ASSERT_EQ(event.data.at("n"), seen++);
  }
}

TEST(Engine, AWaitEndsWithTheJobOrItsTimeAndIsFreedByACancel) {
  Gate gate;
  Server server({waiting_at(gate)});
  JobRow job = server.dispatch("1");
  server.run_until([&] { return gate.waiting == 1; });
  EXPECT_EQ(server.run(server.engine().wait_for_end(job.id, 1ms))->state, JobState::kRunning);
  EXPECT_EQ(server.run(server.engine().wait_for_end("none", kLong)).error().code,
            ErrorCode::kNotFound);

  asio::cancellation_signal leave;
  bool left = false;
  asio::co_spawn(
      server.io(), server.engine().wait_for_end(job.id, kLong),
      asio::bind_cancellation_slot(
          leave.slot(), [&](const std::exception_ptr&, const Result<JobRow>&) { left = true; }));
  EXPECT_EQ(server.job(job.id).state, JobState::kRunning);  // it is waiting now
  leave.emit(asio::cancellation_type::terminal);
  server.run_until([&] { return left; });
  gate.open();
  EXPECT_EQ(server.end_of(job.id).state, JobState::kSucceeded);
}

TEST(Engine, TheLogIsKeptInOrderAndBounded) {
  Server server({kind_of([](JobContext& job) -> asio::awaitable<Outcome> {
    job.stage("exploring");
    for (std::size_t i = 0; i < kLogLinesPerSectionMax + 50; ++i) {
      job.log(0, "line " + std::to_string(i));
    }
    auto flushed = co_await job.flush();
    if (!flushed) co_return std::unexpected(flushed.error());
    job.log(1, "of another section");
    co_return boost::json::object();
  })});
  JobRow job = server.dispatch("1", {{"a", "A"}, {"b", "B"}});
  EXPECT_EQ(server.end_of(job.id).stage, "exploring");
  auto lines = server
                   .read([=](const store::Tx& tx) -> Result<std::vector<store::LogLineRow>> {
                     return tx.list_log_lines(job.id);
                   })
                   .value();
  ASSERT_EQ(lines.size(), kLogLinesPerSectionMax + 1);
  EXPECT_EQ(lines[5].line, "line 5");
  EXPECT_EQ(lines[kLogLinesPerSectionMax - 1].line, "Further lines of this section are left out.");
  EXPECT_EQ(lines.back().line, "of another section");
}

// Two servers on one PostgreSQL database.
TEST(EngineOnPostgres, ServersShareJobsWaitersAndCancels) {
  SystemRandom random;
  SystemClock clock;
  asio::io_context io;
  const std::string url = testing::PostgresCluster::get().make_database();
  auto first = std::move(*store::open_postgres({.url = url}, random));
  auto second = std::move(*store::open_postgres({.url = url}, random));
  Gate gate;
  std::map<std::string, int> times;
  auto handler = [&](JobContext& context) -> asio::awaitable<Outcome> {
    ++times[context.job().id];
    VOUCH_CO_TRY_VOID(co_await context.commit_section(0, Conclusion::kSuccess, "", {}));
    if (context.job().key == "long") co_await gate.pass();
    co_return boost::json::object{{"done", true}};
  };
  const EngineOptions options{.heartbeat_ms = 20};
  Engine one(io.get_executor(), *first, clock, random, options, {kind_of(handler)});
  Engine two(io.get_executor(), *second, clock, random, options, {kind_of(handler)});
  ASSERT_TRUE(testing::run(io, one.start()));
  ASSERT_TRUE(testing::run(io, two.start()));
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    NewJob job{.kind = "generation", .key = std::to_string(i), .sections = {{"a", "A"}}};
    Engine& engine = i % 2 == 0 ? one : two;
    ids.push_back(testing::run(io, engine.dispatch(job)).value().job.id);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Engine& other = i % 2 == 0 ? two : one;
    EXPECT_EQ(testing::run(io, other.wait_for_end(ids[i], kLong)).value().state,
              JobState::kSucceeded);
    EXPECT_EQ(times[ids[i]], 1);
  }

  NewJob job{.kind = "generation", .key = "long", .sections = {{"a", "A"}}};
  const std::string id = testing::run(io, one.dispatch(job)).value().job.id;
  EXPECT_EQ(testing::run(io, two.dispatch(job)).error().code, ErrorCode::kConflict);
  testing::run_until(io, [&] { return gate.waiting == 1; });
  Engine& idle = one.running() == 0 ? one : two;
  EXPECT_EQ(testing::run(io, idle.cancel(id)).value().state, JobState::kCancelled);
  testing::run_until(io, [&] { return gate.cancelled == 1; });  // by its next heartbeat
  testing::run(io, one.stop());
  testing::run(io, two.stop());
  first.reset();
  second.reset();
}

// Does its two sections, unless they are done.
asio::awaitable<Outcome> do_sections(JobContext& context) {
  for (const store::SectionRow& section : context.sections()) {
    if (section.status == SectionStatus::kCompleted) continue;
    context.log(section.ordinal, "Doing it.");
    VOUCH_CO_TRY_VOID(
        co_await context.commit_section(section.ordinal, Conclusion::kSuccess, "", {}));
  }
  co_return boost::json::object{{"done", true}};
}

// Dispatches jobs of eight keys, saying the id of each on `out` once dispatch() returned, until
// killed.
[[noreturn]] void dispatch_until_killed(const std::string& folder, int out) {
  SystemRandom random;
  SystemClock clock;
  asio::io_context io;
  auto store = std::move(*store::open_sqlite({.folder = folder}, random));
  Engine engine(io.get_executor(), *store, clock, random, {}, {kind_of(do_sections)});
  VOUCH_CHECK(testing::run(io, engine.start()).has_value());
  for (int number = 0;; ++number) {
    NewJob job;
    job.kind = "generation";
    job.key = std::to_string(number % 8);
    job.sections = {{"a", "A"}, {"b", "B"}};
    auto dispatched = testing::run(io, engine.dispatch(job));
    if (!dispatched) {  // the job before of this key has not ended
      VOUCH_CHECK(dispatched.error().code == ErrorCode::kConflict);
      testing::run(io, engine.wait_for_end(
                           std::string(dispatched.error().details.at("jobId").as_string()), kLong))
          .value();
      continue;
    }
    const std::string& id = dispatched->job.id;
    if (write(out, id.data(), id.size()) < 0) _exit(1);
  }
}

// One end, and every begin after the one before it.
void expect_ran_one_at_a_time(const std::vector<store::EventRow>& events) {
  std::int64_t epoch = 0;
  int ends = 0;
  for (const store::EventRow& event : events) {
    EXPECT_EQ(ends, 0) << event.kind << " after the end";
    if (event.kind == "job.ended") ++ends;
    if (event.kind != "job.started") continue;
    EXPECT_GT(event.data.at("leaseEpoch").as_int64(), epoch);
    epoch = event.data.at("leaseEpoch").as_int64();
  }
  EXPECT_EQ(ends, 1);
}

// VOUCH_KILLS=300: as many kills, at moments that differ each time.
TEST(Engine, NothingAcknowledgedIsLostOrRunsTwiceAtOnceByAKill) {
  constexpr int kUuid = 36;
  const char* wanted = std::getenv("VOUCH_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 5;
  std::mt19937 moments(static_cast<unsigned>(kills));
  testing::TempFolder folder;
  std::vector<std::string> acknowledged;
  for (int round = 0; round < kills; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) dispatch_until_killed(folder.path(), ends[1]);
    close(ends[1]);
    char id[kUuid];
    const int last = 1 + static_cast<int>(moments() % 40);
    for (int seen = 0; read(ends[0], id, kUuid) == kUuid; ++seen) {
      acknowledged.emplace_back(id, kUuid);
      if (seen == last) kill(child, SIGKILL);
    }
    close(ends[0]);
    waitpid(child, nullptr, 0);
  }

  SystemRandom random;
  SystemClock clock;
  asio::io_context io;
  auto store = std::move(*store::open_sqlite({.folder = folder.path()}, random));
  Engine engine(io.get_executor(), *store, clock, random, {}, {kind_of(do_sections)});
  ASSERT_TRUE(testing::run(io, engine.start()));
  for (const std::string& id : acknowledged) {
    auto ended = testing::run(io, engine.wait_for_end(id, kLong));
    ASSERT_TRUE(ended) << ended.error().message;
    EXPECT_EQ(ended->state, JobState::kSucceeded) << ended->reason;
    auto read = [id](const store::Tx& tx) -> Result<std::vector<store::EventRow>> {
      return tx.list_events({.job_id = id}, 0, 10'000);
    };
    expect_ran_one_at_a_time(testing::run(io, store->read(std::move(read))).value());
  }
  testing::run(io, engine.stop());
  store.reset();
}

}  // namespace
}  // namespace vouch::engine
