// Stories of jobs on one server: dispatched, watched, asked about, cancelled, ended.
#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "engine/stories_test.h"

namespace vouch::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
    return server.run(server.engine().dispatch("generation", std::move(plan)));
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
  EXPECT_FALSE(server.run(server.engine().wait_for_end(job.id, 1ms)).value());
  EXPECT_EQ(server.run(server.engine().wait_for_end("none", kLong)).error().code,
            ErrorCode::kNotFound);

  asio::cancellation_signal leave;
  bool left = false;
  asio::co_spawn(
      server.io(), server.engine().wait_for_end(job.id, kLong),
      asio::bind_cancellation_slot(
          leave.slot(), [&](const std::exception_ptr&, const Result<bool>&) { left = true; }));
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

}  // namespace
}  // namespace vouch::engine
