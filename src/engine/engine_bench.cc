// What a job costs: the time until a dispatch is durable, beside what the disk takes for one
// fdatasync in the same folder in the same run, and how many jobs that do nothing pass through in a
// second.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine/engine.h"
#include "store/sqlite/sqlite_store.h"
#include "store/testing.h"

namespace vouch::engine {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double quantile(std::vector<double> values, double q) {
  auto at = values.begin() + static_cast<long>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}
double median(const std::vector<double>& values) { return quantile(values, 0.5); }

// Appends a page to a file and syncs it, as a commit does to its log.
class Disk {
 public:
  explicit Disk(const std::string& folder)
      : fd_(open((folder + "/sync").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) {
    VOUCH_CHECK(fd_ >= 0);
  }
  ~Disk() { close(fd_); }
  double sync_ms() {
    const std::string page(4096, 'x');
    auto from = Clock::now();
    VOUCH_CHECK(write(fd_, page.data(), page.size()) == static_cast<ssize_t>(page.size()));
    VOUCH_CHECK(fdatasync(fd_) == 0);
    return ms_since(from);
  }

 private:
  int fd_;
};

class Server {
 public:
  explicit Server(int concurrency)
      : store_(std::move(*store::open_sqlite({.folder = folder.path()}, random_))) {
    JobKind kind;
    kind.name = "generation";
    kind.concurrency = concurrency;
    kind.handler = [this](JobContext&) -> asio::awaitable<Result<boost::json::object>> {
      begun = Clock::now();
      co_return boost::json::object();
    };
    engine = std::make_unique<Engine>(io.get_executor(), *store_, clock_, random_, EngineOptions{},
                                      std::vector{kind});
    VOUCH_CHECK(testing::run(io, engine->start()).has_value());
  }
  ~Server() {
    testing::run(io, engine->stop());
    engine.reset();
    store_.reset();
  }

  std::string dispatch() {
    NewJob job;
    job.kind = "generation";
    job.payload["siteUrl"] = "http://localhost:3000";
    job.sections = {{"login-functionality", "Login"}, {"login-functionality/works", "Works"}};
    return testing::run(io, engine->dispatch(std::move(job)))->job.id;
  }

  // So many jobs that have ended, as those of years, with their events.
  void fill(int count) {
    constexpr int kAtOnce = 5000;
    for (int from = 0; from < count; from += kAtOnce) {
      auto insert = [from](store::Tx& tx) -> Result<void> {
        for (int i = from; i < from + kAtOnce; ++i) {
          store::JobRow row;
          row.id = row.key = "old-" + std::to_string(i);
          row.kind = "generation";
          row.project_id = "p" + std::to_string(i % 100);
          row.feature_id = i % 10'000;
          VOUCH_TRY(row, tx.insert_job(row));
          row.state = store::JobState::kSucceeded;
          VOUCH_CHECK(tx.update_job(row, store::JobState::kQueued, 0));
          for (const char* kind : {"job.queued", "job.started", "job.ended"}) {
            tx.insert_event(
                {.kind = kind,
                 .project_id = row.project_id,
                 .feature_id = row.feature_id,
                 .job_id = row.id,
                 .data = {{"kind", "generation"}, {"state", "succeeded"}, {"reason", ""}},
                 .at_ms = i});
          }
        }
        return {};
      };
      VOUCH_CHECK(testing::run(io, store_->write(std::move(insert))).has_value());
    }
  }

  testing::TempFolder folder;
  Clock::time_point begun;  // when the last handler was entered
  asio::io_context io;
  std::unique_ptr<Engine> engine;

 private:
  SystemRandom random_;
  SystemClock clock_;
  std::unique_ptr<store::Store> store_;
};

// The two are measured by turns, so that both see the same disk. Nothing else runs: each job has
// ended before the next.
void dispatch_beside_fdatasync(benchmark::State& state) {
  Server server(1);
  Disk disk(server.folder.path());
  std::vector<double> dispatches;
  std::vector<double> syncs;
  for (auto _ : state) {
    syncs.push_back(disk.sync_ms());
    auto from = Clock::now();
    std::string id = server.dispatch();
    dispatches.push_back(ms_since(from));
    state.SetIterationTime(dispatches.back() / 1000);
    auto ended = testing::run(server.io, server.engine->wait_for_end(id, std::chrono::minutes(1)));
    VOUCH_CHECK(ended.has_value());
  }
  state.counters["dispatch_p50_ms"] = median(dispatches);
  state.counters["fdatasync_p50_ms"] = median(syncs);
}
BENCHMARK(dispatch_beside_fdatasync)->UseManualTime()->Iterations(1000);

// From the answer of a dispatch until its handler is entered, where a place is free.
void queued_to_running(benchmark::State& state) {
  Server server(1);
  std::vector<double> waits;
  for (auto _ : state) {
    std::string id = server.dispatch();
    auto from = Clock::now();
    auto ended = testing::run(server.io, server.engine->wait_for_end(id, std::chrono::minutes(1)));
    VOUCH_CHECK(ended.has_value());
    waits.push_back(std::chrono::duration<double, std::milli>(server.begun - from).count());
    state.SetIterationTime(std::max(waits.back(), 0.0) / 1000);
  }
  state.counters["p50_ms"] = median(waits);
  state.counters["p95_ms"] = quantile(waits, 0.95);
}
BENCHMARK(queued_to_running)->UseManualTime()->Iterations(1000);

// A dispatch where a million jobs have ended, beside one where none has, by turns.
void dispatch_after_a_million(benchmark::State& state) {
  constexpr int kMillion = 1'000'000;
  Server young(1), old(1);
  old.fill(kMillion);
  std::vector<double> at_young, at_old;
  for (auto _ : state) {
    for (Server* server : {&young, &old}) {
      auto from = Clock::now();
      std::string id = server->dispatch();
      (server == &young ? at_young : at_old).push_back(ms_since(from));
      VOUCH_CHECK(
          testing::run(server->io, server->engine->wait_for_end(id, std::chrono::minutes(1))));
    }
    state.SetIterationTime(at_old.back() / 1000);
  }
  state.counters["young_p50_ms"] = median(at_young);
  state.counters["old_p50_ms"] = median(at_old);
  state.counters["ratio"] = median(at_old) / median(at_young);
}
BENCHMARK(dispatch_after_a_million)->UseManualTime()->Iterations(1000);

asio::awaitable<int> dispatch_and_wait(Server& server, int count) {
  for (int i = 0; i < count; ++i) {
    NewJob job;
    job.kind = "generation";
    auto dispatched = co_await server.engine->dispatch(std::move(job));
    VOUCH_CHECK(dispatched.has_value());
    auto ended = co_await server.engine->wait_for_end(dispatched->job.id, std::chrono::minutes(1));
    VOUCH_CHECK(ended.has_value() && *ended);
  }
  co_return count;
}

// `range` clients, each with one job after the other, and as many places.
void jobs_that_do_nothing(benchmark::State& state) {
  const int clients = static_cast<int>(state.range(0));
  constexpr int kJobsOfClient = 20;
  Server server(clients);
  for (auto _ : state) {
    int ended = 0;
    for (int i = 0; i < clients; ++i) {
      asio::co_spawn(server.io, dispatch_and_wait(server, kJobsOfClient),
                     [&](const std::exception_ptr&, int count) { ended += count; });
    }
    testing::run_until(server.io, [&] { return ended == clients * kJobsOfClient; });
  }
  state.counters["jobs_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * clients * kJobsOfClient),
                         benchmark::Counter::kIsRate);
}
BENCHMARK(jobs_that_do_nothing)->Arg(1)->Arg(16)->Arg(64)->UseRealTime();

}  // namespace
}  // namespace vouch::engine
