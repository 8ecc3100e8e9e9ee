// The state machine as a table of every state and event, its details, and thousands of random
// histories.
#include "engine/core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace vouch::engine {
namespace {

using store::Conclusion;
using store::JobState;
using store::SectionStatus;
using ::testing::ElementsAre;

constexpr TimeMs kNow = 1000;
constexpr Rules kRules{.lease_ms = 4000, .attempts_max = 3};

State state_in(JobState job_state) {
  State state;
  state.job.id = "job";
  state.job.kind = "generation";
  state.job.state = job_state;
  state.job.lease_epoch = 7;
  if (job_state == JobState::kRunning) state.job.lease_owner = "me";
  for (int i = 0; i < 3; ++i) {
    store::SectionRow section;
    section.job_id = "job";
    section.ordinal = i;
    section.section = "section-" + std::to_string(i);
    section.status = static_cast<SectionStatus>(i);
    if (i == 2) section.conclusion = Conclusion::kSuccess;
    state.sections.push_back(section);
  }
  return state;
}

const store::SectionRow* written(const Writes& writes, std::int64_t ordinal) {
  for (const store::SectionRow& section : writes.sections) {
    if (section.ordinal == ordinal) return &section;
  }
  return nullptr;
}

std::vector<std::string> kinds_of(const Writes& writes) {
  std::vector<std::string> kinds;
  kinds.reserve(writes.events.size());
  for (const store::EventRow& event : writes.events) kinds.push_back(event.kind);
  return kinds;
}

// What becomes of a job in each state: a JobState, or an ErrorCode.
using Becomes = std::variant<JobState, ErrorCode>;
struct Row {
  const char* name;
  Event event;
  Becomes queued, running, waiting, ended;
};

constexpr auto kConflict = ErrorCode::kConflict;
constexpr auto kCancelled = ErrorCode::kCancelled;

const std::vector<Row>& table() {
  static const std::vector<Row> kTable = {
      {"claim", event::Claim{"me"}, JobState::kRunning, kConflict, kConflict, kConflict},
      {"heartbeat", event::Heartbeat{7}, kCancelled, JobState::kRunning, kCancelled, kCancelled},
      {"stale heartbeat", event::Heartbeat{6}, kCancelled, kCancelled, kCancelled, kCancelled},
      {"report", event::Report{7, {}}, kCancelled, JobState::kRunning, kCancelled, kCancelled},
      {"stale report", event::Report{6, {}}, kCancelled, kCancelled, kCancelled, kCancelled},
      {"commit", event::Commit{.epoch = 7, .ordinal = 1}, kCancelled, JobState::kRunning,
       kCancelled, kCancelled},
      {"stale commit", event::Commit{.epoch = 8, .ordinal = 1}, kCancelled, kCancelled, kCancelled,
       kCancelled},
      {"finish", event::Finish{.epoch = 7}, kCancelled, JobState::kSucceeded, kCancelled,
       kCancelled},
      {"failing finish", event::Finish{.epoch = 7, .success = false}, kCancelled, JobState::kFailed,
       kCancelled, kCancelled},
      {"stale finish", event::Finish{.epoch = 6}, kCancelled, kCancelled, kCancelled, kCancelled},
      {"release", event::Release{7}, kCancelled, JobState::kQueued, kCancelled, kCancelled},
      {"stale release", event::Release{6}, kCancelled, kCancelled, kCancelled, kCancelled},
      {"ask", event::Ask{.epoch = 7}, kCancelled, JobState::kWaiting, kCancelled, kCancelled},
      {"stale ask", event::Ask{.epoch = 6}, kCancelled, kCancelled, kCancelled, kCancelled},
      {"answer", event::Answer{}, kConflict, kConflict, JobState::kQueued, kConflict},
      {"unanswered", event::Unanswered{}, kConflict, kConflict, JobState::kFailed, kConflict},
      {"cancel", event::Cancel{}, JobState::kCancelled, JobState::kCancelled, JobState::kCancelled,
       kConflict},
      {"owner lost", event::OwnerLost{}, kConflict, JobState::kQueued, kConflict, kConflict},
  };
  return kTable;
}

void expect_becomes(const Row& row, JobState from, Becomes expected) {
  SCOPED_TRACE(std::string(row.name) + " in " + std::string(to_string(from)));
  auto writes = apply(state_in(from), row.event, kNow, kRules);
  if (const auto* code = std::get_if<ErrorCode>(&expected)) {
    ASSERT_FALSE(writes);
    EXPECT_EQ(writes.error().code, *code);
    return;
  }
  ASSERT_TRUE(writes) << writes.error().message;
  const JobState to = std::get<JobState>(expected);
  EXPECT_EQ(to_string(writes->job.state), to_string(to));
  // What holds of every write.
  EXPECT_EQ(writes->expected_state, from);
  EXPECT_EQ(writes->expected_epoch, 7);
  EXPECT_EQ(writes->ended, !is_live(to));
  EXPECT_EQ(writes->job.finished_ms.has_value(), !is_live(to));
  EXPECT_EQ(writes->job.lease_owner.empty(), to != JobState::kRunning);
  EXPECT_EQ(writes->job.updated_ms, kNow);
  EXPECT_EQ(written(*writes, 2), nullptr) << "a completed section was changed";
}

TEST(Core, EveryEventInEveryState) {
  for (const Row& row : table()) {
    expect_becomes(row, JobState::kQueued, row.queued);
    expect_becomes(row, JobState::kRunning, row.running);
    expect_becomes(row, JobState::kWaiting, row.waiting);
    for (JobState ended : {JobState::kSucceeded, JobState::kFailed, JobState::kCancelled}) {
      expect_becomes(row, ended, row.ended);
    }
  }
}

TEST(Core, ADispatchShowsItsSectionsAsQueued) {
  NewJob job{.kind = "generation",
             .key = "",
             .project_id = "p",
             .feature_id = 12,
             .sections = {{"login", "Login"}, {"login/works", "Works"}}};
  Writes writes = dispatch(job, "id", kNow);
  EXPECT_EQ(writes.job.key, "id");  // nothing else can have it
  EXPECT_EQ(writes.job.state, JobState::kQueued);
  ASSERT_EQ(writes.sections.size(), 2u);
  EXPECT_EQ(writes.sections[1].section, "login/works");
  EXPECT_EQ(writes.sections[1].status, SectionStatus::kQueued);
  ASSERT_THAT(kinds_of(writes), ElementsAre("job.queued"));
  EXPECT_EQ(writes.events[0].feature_id, 12);
}

TEST(Core, AClaimRaisesTheEpochAndTakesTheLease) {
  Writes writes = apply(state_in(JobState::kQueued), event::Claim{"me"}, kNow, kRules).value();
  EXPECT_EQ(writes.job.lease_epoch, 8);
  EXPECT_EQ(writes.job.lease_owner, "me");
  EXPECT_EQ(writes.job.lease_until_ms, kNow + kRules.lease_ms);
  EXPECT_EQ(writes.job.started_ms, kNow);
  EXPECT_EQ(writes.job.attempts, 0);
  EXPECT_THAT(kinds_of(writes), ElementsAre("job.started"));
}

TEST(Core, AHeartbeatRenewsTheLeaseAndSaysNothing) {
  Writes writes = apply(state_in(JobState::kRunning), event::Heartbeat{7}, kNow, kRules).value();
  EXPECT_EQ(writes.job.lease_until_ms, kNow + kRules.lease_ms);
  EXPECT_THAT(kinds_of(writes), ElementsAre());
}

TEST(Core, AReportKeepsItsOrderAndGathersLinesOfOneSection) {
  event::Report report{.epoch = 7, .items = {}};
  report.items.push_back(event::Report::Stage{"exploring"});
  report.items.push_back(SectionChange{.ordinal = 0, .status = SectionStatus::kInProgress});
  report.items.push_back(LogLine{0, "one"});
  report.items.push_back(LogLine{0, "two"});
  report.items.push_back(LogLine{1, "three"});
  report.items.push_back(SectionChange{.ordinal = 0, .stage = "grounding"});
  Writes writes = apply(state_in(JobState::kRunning), report, kNow, kRules).value();
  EXPECT_EQ(writes.job.stage, "exploring");
  EXPECT_THAT(kinds_of(writes),
              ElementsAre("job.stage", "job.section", "job.log", "job.log", "job.section"));
  EXPECT_EQ(writes.events[2].data.at("lines"), (boost::json::array{"one", "two"}));
  EXPECT_EQ(writes.events[2].data.at("section"), "section-0");
  EXPECT_EQ(writes.events[4].data.at("status"), "in_progress");
  EXPECT_EQ(writes.log.size(), 3u);
  EXPECT_EQ(written(writes, 0)->stage, "grounding");
}

TEST(Core, AReportMakesASectionThatIsNewAndLeavesACompletedOne) {
  event::Report report{.epoch = 7, .items = {}};
  report.items.push_back(SectionChange{.ordinal = 3, .section = "new", .title = "New"});
  report.items.push_back(SectionChange{.ordinal = 2, .stage = "again"});
  report.items.push_back(SectionChange{.ordinal = kSectionsMax});
  Writes writes = apply(state_in(JobState::kRunning), report, kNow, kRules).value();
  EXPECT_THAT(kinds_of(writes), ElementsAre("job.section"));
  EXPECT_EQ(written(writes, 3)->section, "new");
}

TEST(Core, ACommitIsKeptForGood) {
  event::Commit commit{.epoch = 7,
                       .ordinal = 1,
                       .conclusion = Conclusion::kFailure,
                       .reason = "gone",
                       .data = {{"chain", 1}}};
  State state = state_in(JobState::kRunning);
  Writes writes = apply(state, commit, kNow, kRules).value();
  ASSERT_EQ(writes.sections.size(), 1u);
  EXPECT_EQ(writes.sections[0].conclusion, Conclusion::kFailure);
  EXPECT_EQ(writes.sections[0].data.at("chain"), 1);
  EXPECT_EQ(writes.events[0].data.at("statusReason"), "gone");
  state.sections[1] = writes.sections[0];
  EXPECT_EQ(apply(state, commit, kNow, kRules).error().code, ErrorCode::kConflict);
}

TEST(Core, WhatEndsOrLeavesItsWorkerSettlesItsSections) {
  auto sections_after = [](const Event& event) {
    Writes writes = apply(state_in(JobState::kRunning), event, kNow, kRules).value();
    std::vector<std::string> words;
    for (int i : {0, 1}) {
      const store::SectionRow* section = written(writes, i);
      words.emplace_back(!section              ? "same"
                         : section->conclusion ? to_string(*section->conclusion)
                                               : to_string(section->status));
    }
    return words;
  };
  EXPECT_THAT(sections_after(event::Release{7}), ElementsAre("same", "queued"));
  EXPECT_THAT(sections_after(event::OwnerLost{}), ElementsAre("same", "queued"));
  EXPECT_THAT(sections_after(event::Cancel{}), ElementsAre("cancelled", "cancelled"));
  EXPECT_THAT(sections_after(event::Finish{.epoch = 7, .success = false}),
              ElementsAre("skipped", "skipped"));
}

TEST(Core, AttemptsAreSpentByDeathsAlone) {
  State state = state_in(JobState::kRunning);
  EXPECT_EQ(apply(state, event::Release{7}, kNow, kRules)->job.attempts, 0);
  EXPECT_EQ(apply(state, event::OwnerLost{}, kNow, kRules)->job.attempts, 1);
  state.job.attempts = 2;
  Writes writes = apply(state, event::OwnerLost{"It died."}, kNow, kRules).value();
  EXPECT_EQ(writes.job.state, JobState::kFailed);
  EXPECT_EQ(writes.job.reason, "It died. It was given up after 3 attempts.");
}

TEST(Core, AWaitingJobHoldsNoLeaseAndGoesOnWithAllItsAnswers) {
  State state = state_in(JobState::kRunning);
  state.job.payload["answers"] = boost::json::object{{"line-3", "first"}};
  event::Ask ask{.epoch = 7, .questions = {boost::json::object{{"id", "line-12"}}}};
  Writes waiting = apply(state, ask, kNow, kRules).value();
  EXPECT_THAT(kinds_of(waiting), ElementsAre("job.section", "job.waiting"));
  EXPECT_EQ(waiting.job.lease_owner, "");
  EXPECT_EQ(waiting.job.lease_until_ms, kNow + kRules.answer_within_ms);
  EXPECT_EQ(written(waiting, 1)->status, SectionStatus::kQueued);
  state.job = waiting.job;
  state.sections[1] = *written(waiting, 1);
  event::Answer answer{.answers = {{"line-12", "second"}}};
  Writes again = apply(state, answer, kNow, kRules).value();
  EXPECT_THAT(kinds_of(again), ElementsAre("job.queued"));
  EXPECT_EQ(again.job.lease_until_ms, 0);
  EXPECT_FALSE(again.job.payload.contains("questions"));
  EXPECT_EQ(again.job.payload.at("answers"),
            (boost::json::object{{"line-3", "first"}, {"line-12", "second"}}));
}

TEST(Core, BrowserTimeIsWhatTheWorkerCountedLastAndNeverFalls) {
  State state = state_in(JobState::kRunning);
  state.job.browser_ms = 1500;
  EXPECT_EQ(apply(state, event::Heartbeat{7, 2500}, kNow, kRules)->job.browser_ms, 2500);
  EXPECT_EQ(apply(state, event::Heartbeat{7, 0}, kNow, kRules)->job.browser_ms, 1500);
  EXPECT_EQ(apply(state, event::OwnerLost{}, kNow, kRules)->job.browser_ms, 1500);
  for (const Event& last : std::vector<Event>{
           event::Finish{.epoch = 7, .browser_ms = 3000}, event::Release{7, 3000},
           event::Ask{.epoch = 7, .browser_ms = 3000}, event::Cancel{.browser_ms = 3000}}) {
    EXPECT_EQ(apply(state, last, kNow, kRules)->job.browser_ms, 3000);
  }
}

TEST(Core, LogLinesAreOneLineAndNotTooLong) {
  EXPECT_EQ(log_line("a\nb\tc"), "a b c");
  std::string longest;
  for (std::size_t i = 0; i < kLogLineCharactersMax; ++i) longest += "é";
  EXPECT_EQ(log_line(longest), longest);
  std::string cut = log_line(longest + "x");
  EXPECT_EQ(cut.substr(cut.size() - 5), "é…");
  EXPECT_EQ(cut.size(), (kLogLineCharactersMax - 1) * 2 + 3);
}

// A store in memory that executes writes as the real one does: fence, one live job per key,
// history.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  void play(int steps) {
    for (int i = 0; i < steps; ++i) {
      switch (pick(10)) {
        case 0:
        case 1:
          dispatch_one();
          break;
        case 2:
        case 3:
          claim_one();
          break;
        case 4:
          crash();
          break;
        case 5:
          cancel_one();
          break;
        case 6:
          answer_one();
          break;
        default:
          work();
          break;
      }
      ++now_;
      check();
    }
  }

  // No more dispatches, cancels or crashes: everything that was acknowledged comes to its end.
  void drain() {
    for (int i = 0; i < 10'000 && !live_.empty(); ++i) {
      claim_one();
      answer_one();
      work();
    }
    check();
    EXPECT_TRUE(live_.empty());
    EXPECT_EQ(history_.size(), acknowledged_.size());
  }

 private:
  struct Worker {
    std::string job;
    std::int64_t epoch;
  };

  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  void dispatch_one() {
    NewJob job{.kind = "generation",
               .key = "key-" + std::to_string(pick(4)),
               .sections = {{"a", "A"}, {"b", "B"}}};
    for (const auto& [id, state] : live_) {
      if (state.job.key == job.key) return;  // the unique index: 409
    }
    Writes writes = dispatch(job, "job-" + std::to_string(acknowledged_.size()), now_);
    acknowledged_.insert(writes.job.id);
    live_[writes.job.id] = State{writes.job, writes.sections};
  }

  void claim_one() {
    for (auto& [id, state] : live_) {
      if (state.job.state != JobState::kQueued) continue;
      ASSERT_TRUE(step(id, event::Claim{"worker"}));
      workers_.push_back({id, live_.at(id).job.lease_epoch});
      return;
    }
  }

  // The workers go on, or not: those forgotten here come back later, as zombies with an old epoch.
  void crash() {
    std::vector<std::string> ids;
    for (const auto& [id, state] : live_) {
      if (state.job.state == JobState::kRunning) ids.push_back(id);
    }
    for (const std::string& id : ids) ASSERT_TRUE(step(id, event::OwnerLost{"It died."}));
  }

  void answer_one() {
    for (const auto& [id, state] : live_) {
      if (state.job.state != JobState::kWaiting) continue;
      const bool in_time = pick(4) > 0;
      Event event = event::Unanswered{};
      if (in_time) event = event::Answer{{{"line-1", "1"}}};
      ASSERT_TRUE(step(std::string(id), event));
      return;
    }
  }

  void cancel_one() {
    if (live_.empty()) return;
    auto at = std::next(live_.begin(), pick(static_cast<int>(live_.size())));
    const std::string id = at->first;
    ASSERT_TRUE(step(id, event::Cancel{}));
  }

  void work() {
    if (workers_.empty()) return;
    auto index = static_cast<std::size_t>(pick(static_cast<int>(workers_.size())));
    Worker worker = workers_[index];
    const bool current = live_.contains(worker.job) &&
                         live_.at(worker.job).job.state == JobState::kRunning &&
                         live_.at(worker.job).job.lease_epoch == worker.epoch;
    Event event = next_event(worker);
    bool accepted = step(worker.job, event);
    if (!current) {
      EXPECT_FALSE(accepted) << "a zombie wrote";
      workers_.erase(workers_.begin() + static_cast<long>(index));
    } else if (!std::holds_alternative<event::Commit>(event)) {
      EXPECT_TRUE(accepted);
    }
    if ((std::holds_alternative<event::Finish>(event) ||
         std::holds_alternative<event::Ask>(event)) &&
        current) {
      workers_.erase(workers_.begin() + static_cast<long>(index));
    }
  }

  Event next_event(const Worker& worker) {
    switch (pick(6)) {
      case 5:
        return event::Ask{.epoch = worker.epoch};
      case 0:
        return event::Heartbeat{worker.epoch};
      case 1: {
        event::Report report{.epoch = worker.epoch, .items = {}};
        report.items.push_back(
            SectionChange{.ordinal = pick(2), .status = SectionStatus::kInProgress});
        return report;
      }
      case 2:
        return event::Commit{.epoch = worker.epoch, .ordinal = pick(2)};
      case 3:
        return event::Finish{.epoch = worker.epoch, .success = pick(2) == 0};
      default:
        return event::Release{worker.epoch};
    }
  }

  bool step(const std::string& id, const Event& event) {
    const bool is_live_job = live_.contains(id);
    const State before = is_live_job ? live_.at(id) : history_.at(id);
    auto writes = apply(before, event, now_, kRules);
    if (!writes) return false;
    EXPECT_TRUE(is_live_job);
    EXPECT_EQ(writes->expected_epoch, before.job.lease_epoch);
    State after{writes->job, before.sections};
    for (const store::SectionRow& section : writes->sections) {
      auto& kept = after.sections.at(static_cast<std::size_t>(section.ordinal));
      EXPECT_NE(kept.status, SectionStatus::kCompleted) << "a finished section changed";
      kept = section;
    }
    if (writes->ended) {
      live_.erase(id);
      history_[id] = after;
    } else {
      live_[id] = after;
    }
    return true;
  }

  void check() const {
    std::set<std::string> keys;
    for (const auto& [id, state] : live_) {
      EXPECT_TRUE(keys.insert(state.job.key).second) << "two live jobs of one key";
      EXPECT_TRUE(is_live(state.job.state));
      EXPECT_LT(state.job.attempts, kRules.attempts_max);
      for (const store::SectionRow& section : state.sections) {
        EXPECT_TRUE(state.job.state == JobState::kRunning ||
                    section.status != SectionStatus::kInProgress)
            << "a section in progress without a worker";
      }
    }
    for (const auto& [id, state] : history_) {
      for (const store::SectionRow& section : state.sections) {
        EXPECT_EQ(section.status, SectionStatus::kCompleted);
      }
    }
    EXPECT_EQ(live_.size() + history_.size(), acknowledged_.size()) << "a job was lost";
  }

  std::mt19937 random_;
  TimeMs now_ = kNow;
  std::set<std::string> acknowledged_;
  std::map<std::string, State> live_;
  std::map<std::string, State> history_;
  std::vector<Worker> workers_;
};

TEST(Core, RandomHistoriesKeepTheirPromises) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    world.play(200);
    world.drain();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace vouch::engine
