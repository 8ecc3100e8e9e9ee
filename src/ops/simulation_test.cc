// A service played from a seed: several workers with their own clocks' delays on one store, clients
// that dispatch, cancel and answer, and everything that can go wrong: workers die, or stand still
// and come back as if nothing had been; the clock jumps; transactions are lost before or after they
// were committed. What runs is what the server runs, but for threads and timers: the transactions
// of engine/transition.h, over the real tables, with credits.
//
//   VOUCH_SEEDS=10000 ops_test --gtest_filter='Simulation.*'     as many seeds, from 1
//   VOUCH_SEED=4711   ops_test --gtest_filter='Simulation.*'     this one again
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "engine/transition.h"
#include "ops/credits.h"
#include "store/schema.h"
#include "store/sqlite/connection.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
namespace event = engine::event;
using engine::Event;
using store::JobRow;
using store::JobState;

constexpr int kSteps = 150;
constexpr int kWorkers = 3;
constexpr int kRoom = 2;  // jobs of a worker at once
constexpr int kKeys = 4;
constexpr std::int64_t kBalance = 100'000;

// A transaction that was not done, or of which nobody knows.
enum class Fault { kNone, kLostBefore, kLostAfter };

// What a worker believes to run.
struct Held {
  std::int64_t epoch = 0;
  std::int64_t browser_ms = 0;
  std::string key;
};

struct Worker {
  std::string owner;
  std::map<std::string, Held> jobs;
  TimeMs stalled_until = 0;
};

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : random_(seed), sql_(":memory:", false) {
    store::migrate(sql_);
    engine::JobKind kind;
    kind.name = "generation";
    kind.on_end = [this](store::Tx&, const JobRow& job) { ending_.insert(job.id); };
    kinds_.emplace("generation", with_credits(std::move(kind)));
    store::Tx tx(sql_);
    VOUCH_CHECK(tx.insert_workspace({"w", "W", 1}).has_value());
    tx.insert_project({.id = "p", .workspace_id = "w", .name = "P", .settings = {}});
    tx.put_credits({.workspace_id = "w", .balance = kBalance});
    for (Worker& worker : workers_) begin_worker(worker);
  }

  void play() {
    for (int i = 0; i < kSteps && !::testing::Test::HasFailure(); ++i) {
      faults_ = true;
      step();
      faults_ = false;
      check();
    }
  }

  // Nothing goes wrong any more, and nobody asks for anything new.
  void drain() {
    faults_ = false;
    for (Worker& worker : workers_) worker.stalled_until = 0;
    for (int i = 0; i < 5000 && !live().empty() && !::testing::Test::HasFailure(); ++i) {
      now_ += 100;
      for (Worker& worker : workers_) {
        tick(worker);
        claim(worker);
        work(worker);
      }
      answer();
    }
    check();
    EXPECT_TRUE(live().empty()) << "a job never ends";
    EXPECT_EQ(ended_.size(), jobs_.size());
    const store::CreditRow credits = *store::Tx(sql_).find_credits("w");
    EXPECT_EQ(credits.reserved, 0);
    EXPECT_EQ(*credits.balance, kBalance - used_);
  }

 private:
  std::uint64_t pick(std::uint64_t n) { return random_() % n; }
  bool chance(int percent) { return pick(100) < static_cast<std::uint64_t>(percent); }
  engine::Moment at() const { return {rules_, kinds_, now_}; }

  // As the store does: all of it or nothing, told or not told.
  template <class F>
  auto transact(F closure) -> std::optional<decltype(closure(std::declval<store::Tx&>()))> {
    Fault fault = Fault::kNone;
    if (faults_ && chance(4)) fault = chance(50) ? Fault::kLostBefore : Fault::kLostAfter;
    ending_.clear();
    sql_("BEGIN");
    store::Tx tx(sql_);
    auto outcome = closure(tx);
    if (fault == Fault::kLostBefore || !kept(outcome)) {
      sql_("ROLLBACK");
    } else {
      sql_("COMMIT");
      for (const std::string& id : ending_) {
        EXPECT_TRUE(ended_.insert(id).second) << "a job ended twice";
        used_ += credits_of(store::Tx(sql_).find_job(id)->browser_ms);
      }
    }
    if (fault != Fault::kNone) return std::nullopt;
    return outcome;
  }
  template <class T>
  static bool kept(const Result<T>& result) {
    return result.has_value();
  }
  template <class T>
  static bool kept(const T&) {
    return true;
  }

  std::vector<JobRow> live() { return store::Tx(sql_).list_live_jobs(); }

  void begin_worker(Worker& worker) { worker = {.owner = "owner-" + std::to_string(++owners_)}; }

  void step() {
    now_ += static_cast<TimeMs>(pick(400));
    if (chance(2)) now_ += 10'000;  // the machine slept
    if (chance(2)) now_ -= 300;     // its clock was set
    Worker& worker = workers_[pick(kWorkers)];
    if (now_ < worker.stalled_until) return;
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
        return dispatch();
      case 3:
        return cancel();
      case 4:
        return answer();
      case 5:
        if (chance(30)) begin_worker(worker);  // it died, and another took its place
        if (chance(30)) worker.stalled_until = now_ + static_cast<TimeMs>(pick(15'000));
        return;
      case 6:
        return tick(worker);
      case 7:
      case 8:
        return claim(worker);
      default:
        return work(worker);
    }
  }

  void dispatch() {
    const std::string id = "job-" + std::to_string(++dispatches_);
    const std::string key = "key-" + std::to_string(pick(kKeys));
    engine::DispatchPlan plan = [this, key](store::Tx& tx,
                                            const std::string& job) -> Result<engine::NewJob> {
      VOUCH_TRY_VOID(reserve_credits(tx, *tx.find_project("w", "p"), job, now_));
      engine::NewJob made;
      made.kind = "generation";
      made.key = key;
      made.workspace_id = "w";
      made.project_id = "p";
      made.sections = {{"a", "A"}, {"b", "B"}};
      return made;
    };
    auto dispatched = transact([&](store::Tx& tx) { return begin(tx, plan, id, at()); });
    const auto kept = store::Tx(sql_).find_job(id);
    if (dispatched && *dispatched) {
      EXPECT_TRUE(kept) << "an acknowledged job is not there";
    } else if (dispatched) {
      EXPECT_EQ(dispatched->error().code, ErrorCode::kConflict);
      EXPECT_FALSE(kept) << "a refused job is there";
    }
    if (kept) jobs_.insert(id);
  }

  void cancel() {
    const auto jobs = live();
    if (jobs.empty()) return;
    const std::string id = jobs[pick(jobs.size())].id;
    transact(
        [&](store::Tx& tx) { return engine::advance(tx, id, event::Cancel{"Enough."}, at()); });
  }

  void answer() {
    for (const JobRow& job : live()) {
      if (job.state != JobState::kWaiting) continue;
      engine::AnswerPlan plan = [](store::Tx&, const JobRow&) -> Result<json::object> {
        return json::object{{"line-1", "1"}};
      };
      transact([&](store::Tx& tx) { return engine::answer(tx, job.id, plan, at()); });
      return;
    }
  }

  void tick(Worker& worker) {
    std::map<std::string, event::Heartbeat> ours;
    std::vector<std::string> present;
    for (const auto& [id, held] : worker.jobs) {
      ours.emplace(id, event::Heartbeat{held.epoch, held.browser_ms});
      present.push_back(id);
    }
    auto ticked = transact([&](store::Tx& tx) { return engine::tick(tx, ours, present, at()); });
    if (!ticked) return;
    for (const std::string& id : ticked->lost) worker.jobs.erase(id);
    EXPECT_TRUE(ticked->refused.empty());  // there is enough
  }

  void claim(Worker& worker) {
    const int room = kRoom - static_cast<int>(worker.jobs.size());
    if (room <= 0) return;
    std::vector<std::string> busy;
    busy.reserve(worker.jobs.size());
    for (const auto& [id, held] : worker.jobs) busy.push_back(held.key);
    auto claimed = transact([&](store::Tx& tx) {
      return engine::claim(tx, "generation", room, busy, worker.owner, at());
    });
    if (!claimed) return;  // if it was done, the lease runs out
    for (const engine::Claimed& one : *claimed) {
      EXPECT_LT(last_epoch_[one.job.id], one.job.lease_epoch) << "two claims of one epoch";
      last_epoch_[one.job.id] = one.job.lease_epoch;
      worker.jobs[one.job.id] = {one.job.lease_epoch, one.job.browser_ms, one.job.key};
    }
  }

  // Whatever a worker does with one of the jobs it believes to have.
  void work(Worker& worker) {
    if (worker.jobs.empty()) return;
    auto held = std::next(worker.jobs.begin(), static_cast<long>(pick(worker.jobs.size())));
    const std::string id = held->first;
    held->second.browser_ms += static_cast<std::int64_t>(pick(3000));
    const Event next = next_event(held->second);
    const auto before = store::Tx(sql_).find_job(id);
    const bool current =
        before && before->state == JobState::kRunning && before->lease_epoch == held->second.epoch;
    auto done = transact([&](store::Tx& tx) { return engine::advance(tx, id, next, at()); });
    if (!done) return;  // it does not know, and tries again
    if (!current) {
      EXPECT_FALSE(done->has_value()) << "a stale write was kept";
      worker.jobs.erase(id);
      return;
    }
    const bool commit = std::holds_alternative<event::Commit>(next);
    EXPECT_TRUE(done->has_value() || commit) << done->error().message;
    if (done->has_value() && (*done)->state != JobState::kRunning) worker.jobs.erase(id);
  }

  Event next_event(const Held& held) {
    switch (pick(8)) {
      case 0: {
        event::Report report{.epoch = held.epoch, .items = {}};
        report.items.push_back(engine::SectionChange{.ordinal = static_cast<std::int64_t>(pick(2)),
                                                     .status = store::SectionStatus::kInProgress});
        report.items.push_back(engine::LogLine{0, "a line"});
        return report;
      }
      case 1:
      case 2:
        return event::Commit{.epoch = held.epoch, .ordinal = static_cast<std::int64_t>(pick(2))};
      case 3:
        return event::Finish{
            .epoch = held.epoch, .success = chance(50), .browser_ms = held.browser_ms};
      case 4:
        return event::Release{held.epoch, held.browser_ms};
      case 5:
        return event::Ask{.epoch = held.epoch, .browser_ms = held.browser_ms};
      default:
        return event::Heartbeat{held.epoch, held.browser_ms};
    }
  }

  void check() {
    store::Tx tx(sql_);
    std::set<std::string> keys;
    std::int64_t reserved = 0;
    std::size_t count = 0;
    for (const JobRow& job : tx.list_live_jobs()) {
      ++count;
      EXPECT_TRUE(keys.insert(job.key).second) << "two live jobs of one key";
      EXPECT_TRUE(jobs_.contains(job.id)) << "a job that nobody dispatched";
      EXPECT_FALSE(ended_.contains(job.id)) << "an ended job is live";
      EXPECT_LT(job.attempts, rules_.attempts_max);
      EXPECT_EQ(job.lease_owner.empty(), job.state != JobState::kRunning);
      if (const auto reservation = tx.find_reservation(job.id)) {
        EXPECT_NE(job.state, JobState::kWaiting) << "a waiting job holds credits";
        reserved += reservation->credits;
      }
      for (const store::SectionRow& section : tx.list_sections(job.id)) {
        EXPECT_TRUE(job.state == JobState::kRunning ||
                    section.status != store::SectionStatus::kInProgress);
      }
    }
    EXPECT_EQ(count + ended_.size(), jobs_.size()) << "a job was lost";
    const store::CreditRow credits = *tx.find_credits("w");
    EXPECT_EQ(credits.reserved, reserved);
    EXPECT_EQ(*credits.balance, kBalance - used_);
    const store::CreditMonthRow month = tx.find_credit_month("p", month_of(now_));
    EXPECT_EQ(month.reserved, reserved);
    EXPECT_EQ(month.used, used_);
  }

  std::mt19937_64 random_;
  store::SqliteConnection sql_;
  engine::Kinds kinds_;
  const engine::Rules rules_{.lease_ms = 4000, .attempts_max = 3, .answer_within_ms = 20'000};
  TimeMs now_ = 1'000'000;
  std::array<Worker, kWorkers> workers_;
  int owners_ = 0, dispatches_ = 0;
  bool faults_ = false;
  std::set<std::string> jobs_;    // that are on disk, acknowledged or not
  std::set<std::string> ended_;   // whose on_end was committed
  std::set<std::string> ending_;  // in this transaction
  std::map<std::string, std::int64_t> last_epoch_;
  std::int64_t used_ = 0;
};

void simulate(std::uint64_t seed) {
  SCOPED_TRACE("VOUCH_SEED=" + std::to_string(seed));
  Simulation simulation(seed);
  simulation.play();
  if (!::testing::Test::HasFailure()) simulation.drain();
}

TEST(Simulation, WhateverGoesWrongNothingIsLostOrDoneTwice) {
  if (const char* seed = std::getenv("VOUCH_SEED")) {
    return simulate(std::strtoull(seed, nullptr, 10));
  }
  const char* seeds = std::getenv("VOUCH_SEEDS");
  const std::uint64_t count = seeds != nullptr ? std::strtoull(seeds, nullptr, 10) : 200;
  for (std::uint64_t seed = 1; seed <= count && !HasFailure(); ++seed) simulate(seed);
}

}  // namespace
}  // namespace vouch::ops
