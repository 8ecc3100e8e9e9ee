// Stories of jobs and who runs them: crashes, restarts, leases that are lost, kills, and two
// servers on one database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>

#include "engine/stories_test.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/testing.h"

namespace vouch::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Owners, AfterACrashAJobGoesOnFromItsLastFinishedSection) {
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

TEST(Owners, AJobThatKillsEveryOwnerIsGivenUp) {
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

TEST(Owners, WhereNothingIsResumedTheJobsOfADeadOwnerAreCancelled) {
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

TEST(Owners, AGracefulStopGivesJobsBackWithoutSpendingAnAttempt) {
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

TEST(Owners, ALeaseTakenByAnotherEndsTheHandler) {
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

TEST(Owners, AJobWhoseWorkerDiedElsewhereIsTakenBack) {
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

// Two servers on one PostgreSQL database.
TEST(OwnersOnPostgres, ServersShareJobsWaitersAndCancels) {
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
    EXPECT_TRUE(testing::run(io, other.wait_for_end(ids[i], kLong)).value());
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
TEST(Owners, NothingAcknowledgedIsLostOrRunsTwiceAtOnceByAKill) {
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
    auto read = [id](const store::Tx& tx) -> Result<std::vector<store::EventRow>> {
      return tx.list_events({.job_id = id}, 0, 10'000);
    };
    auto events = testing::run(io, store->read(std::move(read))).value();
    expect_ran_one_at_a_time(events);
    EXPECT_EQ(events.back().data.at("state"), "succeeded");
  }
  testing::run(io, engine.stop());
  store.reset();
}

}  // namespace
}  // namespace vouch::engine
