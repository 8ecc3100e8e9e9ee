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

double median(std::vector<double> values) {
  auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

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
    kind.handler = [](JobContext&) -> asio::awaitable<Result<boost::json::object>> {
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

  testing::TempFolder folder;
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

asio::awaitable<int> dispatch_and_wait(Server& server, int count) {
  for (int i = 0; i < count; ++i) {
    NewJob job;
    job.kind = "generation";
    auto dispatched = co_await server.engine->dispatch(std::move(job));
    VOUCH_CHECK(dispatched.has_value());
    auto ended = co_await server.engine->wait_for_end(dispatched->job.id, std::chrono::minutes(1));
    VOUCH_CHECK(ended.has_value() && ended->state == store::JobState::kSucceeded);
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
                     [&](std::exception_ptr, int count) { ended += count; });
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
