// What every store must do, told against the interface alone. A new store joins by a line at the
// end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_executor.hpp>
#include <functional>
#include <latch>

#include "base/random.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/testing.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"
#include "store/testing.h"

namespace vouch::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Opens the same store again and again.
class Factory {
 public:
  virtual ~Factory() = default;
  virtual std::unique_ptr<Store> open() = 0;
};

class SqliteFactory final : public Factory {
 public:
  std::unique_ptr<Store> open() override {
    auto store = open_sqlite({.folder = folder_.path()}, random_);
    VOUCH_CHECK(store.has_value());
    return std::move(*store);
  }

 private:
  testing::TempFolder folder_;
  SystemRandom random_;
};

class PostgresFactory final : public Factory {
 public:
  std::unique_ptr<Store> open() override {
    auto store = open_postgres({.url = url_}, random_);
    VOUCH_CHECK(store.has_value());
    return std::move(*store);
  }

 private:
  std::string url_ = testing::PostgresCluster::get().make_database();
  SystemRandom random_;
};

struct Named {
  const char* name;
  std::unique_ptr<Factory> (*make)();
};

class StoreConformance : public ::testing::TestWithParam<Named> {
 protected:
  template <class F>
  auto write(F closure) {
    return testing::run(io_, store_->write(std::move(closure)));
  }
  template <class F>
  auto read(F closure) {
    return testing::run(io_, store_->read(std::move(closure)));
  }

  StoreConformance() : factory_(GetParam().make()), store_(factory_->open()) {
    write([](Tx& tx) -> Result<void> {
      VOUCH_TRY_VOID(tx.insert_workspace({"w1", "Acme", 1}));
      tx.insert_project({.id = "p1", .workspace_id = "w1", .name = "Shop", .settings = {}});
      tx.insert_project({.id = "p2", .workspace_id = "w1", .name = "Other", .settings = {}});
      return {};
    }).value();
  }

  void reopen() {
    store_.reset();
    store_ = factory_->open();
  }

  FeatureRow add_feature(std::string name, std::string project = "p1") {
    FeatureRow row;
    row.project_id = std::move(project);
    row.name = std::move(name);
    row.gherkin = "Feature: " + row.name;
    return write([row](Tx& tx) { return tx.insert_feature(row); }).value();
  }

  static JobRow job(std::string id, std::string key) {
    return {.id = std::move(id), .kind = "generation", .key = std::move(key), .project_id = "p1"};
  }
  JobRow add_job(std::string id, std::string key) {
    return write([=](Tx& tx) { return tx.insert_job(job(id, key)); }).value();
  }
  std::optional<JobRow> find_job(std::string id) {
    return read([=](const Tx& tx) -> Result<std::optional<JobRow>> { return tx.find_job(id); })
        .value();
  }

  boost::asio::io_context io_;
  std::unique_ptr<Factory> factory_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreConformance, KeepsWhatWasWrittenWhenItIsOpenedAgain) {
  FeatureRow login = add_feature("Login");
  reopen();
  auto found = read([](const Tx& tx) -> Result<std::optional<FeatureRow>> {
                 return tx.find_feature_named("p1", "LOGIN");
               }).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, login.id);
  EXPECT_EQ(found->gherkin, "Feature: Login");
  EXPECT_EQ(found->gherkin_hash, sha256_hex("Feature: Login"));
}

TEST_P(StoreConformance, AnErrorUndoesItsTransactionAndNoOther) {
  // Neighbours in one group, or in groups of their own.
  std::vector<std::string> answers;
  int open = 3;
  auto ask = [&](std::string name, bool refuse) {
    auto closure = [name, refuse](Tx& tx) -> Result<FeatureRow> {
      FeatureRow row;
      row.project_id = "p1";
      row.name = name;
      VOUCH_TRY(FeatureRow made, tx.insert_feature(row));
      if (refuse) return fail(ErrorCode::kForbidden, "no " + name);
      return made;
    };
    store_->post_write(closure, boost::asio::bind_executor(
                                    io_.get_executor(), [&, name](Result<FeatureRow> result) {
                                      answers.push_back(result ? name : result.error().message);
                                      --open;
                                    }));
  };
  ask("first", false);
  ask("second", true);
  ask("third", false);
  testing::run_until(io_, [&] { return open == 0; });
  EXPECT_THAT(answers, ElementsAre("first", "no second", "third"));
  auto list = read([](const Tx& tx) { return tx.list_features("p1", {}); }).value();
  ASSERT_THAT(list.items, SizeIs(2));
  EXPECT_EQ(list.items[1].name, "third");
}

TEST_P(StoreConformance, AnExceptionIsAnErrorOfWhatThrewItAlone) {
  std::vector<std::string> answers;
  int open = 3;
  auto ask = [&](std::string name, bool throws) {
    auto closure = [name, throws](Tx& tx) -> Result<FeatureRow> {
      FeatureRow row;
      row.project_id = "p1";
      row.name = name;
      VOUCH_TRY(FeatureRow made, tx.insert_feature(row));
      if (throws) throw std::runtime_error("no " + name);
      return made;
    };
    store_->post_write(closure, boost::asio::bind_executor(
                                    io_.get_executor(), [&, name](Result<FeatureRow> result) {
                                      answers.push_back(result ? name : result.error().message);
                                      --open;
                                    }));
  };
  ask("first", false);
  ask("second", true);
  ask("third", false);
  testing::run_until(io_, [&] { return open == 0; });
  EXPECT_THAT(answers, ElementsAre("first", "This went wrong in the server: no second", "third"));
  const auto failed = read([](const Tx&) -> Result<int> { throw std::runtime_error("no"); });
  EXPECT_EQ(failed.error().code, ErrorCode::kInternal);
  EXPECT_THAT(read([](const Tx& tx) { return tx.list_features("p1", {}); }).value().items,
              SizeIs(2));
}

TEST_P(StoreConformance, OfAGroupThatIsUndoneTheOthersAreKept) {
  std::vector<std::string> answers;
  std::vector<std::vector<std::string>> published;
  Subscription subscription =
      store_->subscribe(io_.get_executor(), [&](const std::vector<EventRow>& events) {
        for (const EventRow& event : events) published.push_back({event.kind});
      });
  int open = 0;
  auto ask = [&](const std::string& name, const std::function<Result<void>(Tx&)>& after) {
    ++open;
    auto closure = [name, after](Tx& tx) -> Result<void> {
      tx.put_setting(name, "kept");
      tx.insert_event({.kind = name, .project_id = "p1", .job_id = "j1"});
      return after(tx);
    };
    auto told = [&, name](const Result<void>& result) {
      answers.push_back(result ? name : std::string(to_string(result.error().code)));
      --open;
    };
    store_->post_write(closure, boost::asio::bind_executor(io_.get_executor(), told));
  };
  auto nothing = [](Tx&) { return Result<void>(); };
  auto refused = [](Tx&) -> Result<void> { return fail(ErrorCode::kForbidden, "No."); };
  auto orphan = [](Tx& tx) -> Result<void> {
    FeatureRow row;
    row.project_id = "nowhere";
    row.name = "Orphan";
    VOUCH_TRY_VOID(tx.insert_feature(row));
    return {};
  };
  // The writer is held by the first until all have been asked, so that they are one group.
  std::latch all_asked(1);
  ask("first", [&](Tx&) {
    all_asked.wait();
    return Result<void>();
  });
  for (int i = 0; i < 3; ++i) ask("a" + std::to_string(i), nothing);
  ask("b", refused);
  ask("c", nothing);
  ask("d", orphan);
  ask("e", nothing);
  ask("f", refused);
  all_asked.count_down();
  testing::run_until(io_, [&] { return open == 0 && published.size() == 6; });
  EXPECT_THAT(answers, ElementsAre("first", "a0", "a1", "a2", "forbidden", "c", "not_found", "e",
                                   "forbidden"));
  EXPECT_THAT(published, ElementsAre(ElementsAre("first"), ElementsAre("a0"), ElementsAre("a1"),
                                     ElementsAre("a2"), ElementsAre("c"), ElementsAre("e")));
  for (const char* name : {"b", "d", "f"}) {
    auto left =
        read([=](const Tx& tx) -> Result<bool> { return tx.find_setting(name).has_value(); });
    EXPECT_FALSE(left.value()) << name;
  }
}

TEST_P(StoreConformance, AMissingParentIsAnErrorOfItsOwnTransaction) {
  FeatureRow orphan;
  orphan.project_id = "nowhere";
  orphan.name = "Orphan";
  auto refused = write([=](Tx& tx) { return tx.insert_feature(orphan); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
  add_feature("After it");
}

TEST_P(StoreConformance, AReadSeesWhatWasCommittedBeforeItWasAsked) {
  for (int i = 0; i < 50; ++i) {
    add_feature("Feature " + std::to_string(i));
    auto list = read([](const Tx& tx) { return tx.list_features("p1", {.limit = 200}); }).value();
    ASSERT_THAT(list.items, SizeIs(i + 1));
  }
}

TEST_P(StoreConformance, WritesTakeEffectInTheOrderInWhichTheyWereAsked) {
  int open = 100;
  for (int i = 0; i < 100; ++i) {
    store_->post_write(
        [i](Tx& tx) -> Result<int> {
          tx.put_setting("last", std::to_string(i));
          return i;
        },
        boost::asio::bind_executor(io_.get_executor(), [&](Result<int>) { --open; }));
  }
  testing::run_until(io_, [&] { return open == 0; });
  auto last = read([](const Tx& tx) -> Result<std::string> { return *tx.find_setting("last"); });
  EXPECT_EQ(last, "99");
}

TEST_P(StoreConformance, NamesOfFeaturesAreUniqueInTheirProjectWhateverTheirCase) {
  FeatureRow login = add_feature("Überweisung ÄÖ Ω");
  add_feature("überweisung äö ω", "p2");
  FeatureRow again;
  again.project_id = "p1";
  again.name = "ÜBERWEISUNG äö ω";
  auto taken = write([=](Tx& tx) { return tx.insert_feature(again); });
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::kConflict);

  FeatureRow other = add_feature("Other");
  other.name = login.name;
  auto renamed = write([=](Tx& tx) { return tx.update_feature(other); });
  ASSERT_FALSE(renamed);
  EXPECT_EQ(renamed.error().code, ErrorCode::kConflict);

  login.name = "ÜBERWEISUNG ÄÖ Ω";  // its own name in another case is free
  EXPECT_TRUE(write([=](Tx& tx) { return tx.update_feature(login); }));
}

TEST_P(StoreConformance, AFeatureIsStaleWhenItsGherkinChangedAfterGeneration) {
  FeatureRow login = add_feature("Login");
  login.generated_gherkin_hash = login.gherkin_hash;
  login.status = FeatureStatus::kGenerated;
  login = write([=](Tx& tx) { return tx.update_feature(login); }).value();
  EXPECT_FALSE(login.stale());
  login.gherkin += "\n  Scenario: More";
  login = write([=](Tx& tx) { return tx.update_feature(login); }).value();
  EXPECT_TRUE(login.stale());
}

TEST_P(StoreConformance, PagesShowEverythingOnce) {
  for (int i = 0; i < 7; ++i) add_feature("F" + std::to_string(i));
  std::vector<std::string> seen;
  Page page{.limit = 3};
  int pages = 0;
  for (;; ++pages) {
    auto list = read([=](const Tx& tx) { return tx.list_features("p1", page); }).value();
    for (const FeatureSummary& feature : list.items) seen.push_back(feature.name);
    if (!list.next_cursor) break;
    page.cursor = *list.next_cursor;
  }
  EXPECT_EQ(pages, 2);
  EXPECT_THAT(seen, ElementsAre("F0", "F1", "F2", "F3", "F4", "F5", "F6"));
}

TEST_P(StoreConformance, RefusesACursorThatIsNotItsOwn) {
  for (std::string cursor : {"!", "-1", "12 34", "zzzzzzzzzzzzzzzzzzzzzz"}) {
    auto list = read([=](const Tx& tx) { return tx.list_features("p1", {.cursor = cursor}); });
    ASSERT_FALSE(list) << cursor;
    EXPECT_EQ(list.error().code, ErrorCode::kInvalidRequest);
  }
}

TEST_P(StoreConformance, RunsComeNewestFirstAndCanBeFiltered) {
  FeatureRow login = add_feature("Login");
  FeatureRow cart = add_feature("Cart");
  std::vector<RunRow> runs;
  for (int i = 0; i < 5; ++i) {
    RunRow run{.project_id = "p1",
               .feature_id = i % 2 == 0 ? login.id : cart.id,
               .config = "Default",
               .status = i == 4 ? RunStatus::kFailed : RunStatus::kPassed,
               .digest = {{"number", i}}};
    runs.push_back(write([=](Tx& tx) -> Result<RunRow> { return tx.insert_run(run); }).value());
  }
  auto first = read([](const Tx& tx) { return tx.list_runs("p1", {}, {.limit = 2}); }).value();
  ASSERT_THAT(first.items, SizeIs(2));
  EXPECT_EQ(first.items[0].id, runs[4].id);
  EXPECT_EQ(first.items[0].digest.at("number"), 4);
  auto rest = read([&](const Tx& tx) {
                return tx.list_runs("p1", {}, {.cursor = *first.next_cursor});
              }).value();
  ASSERT_THAT(rest.items, SizeIs(3));
  EXPECT_EQ(rest.items[0].id, runs[2].id);
  RunFilter passed{.feature_id = login.id, .status = RunStatus::kPassed};
  auto filtered = read([=](const Tx& tx) { return tx.list_runs("p1", passed, {}); }).value();
  EXPECT_THAT(filtered.items, SizeIs(2));
}

TEST_P(StoreConformance, IdsAreNotUsedAgain) {
  FeatureRow first = add_feature("First");
  write([=](Tx& tx) { return tx.delete_feature(first.id); }).value();
  EXPECT_GT(add_feature("Second").id, first.id);
}

TEST_P(StoreConformance, ADeletedFeatureTakesItsRunsAndJobsAlong) {
  FeatureRow login = add_feature("Login");
  JobRow done = job("j1", "k");
  done.feature_id = login.id;
  auto run = write([=](Tx& tx) -> Result<RunRow> {
               VOUCH_TRY(JobRow row, tx.insert_job(done));
               tx.put_section({.job_id = "j1", .section = "login", .data = {}});
               tx.insert_log_line({.job_id = "j1", .line = "hello"});
               RunRow run =
                   tx.insert_run({.project_id = "p1", .feature_id = login.id, .digest = {}});
               tx.put_artifact({run.id, "trace", "trace.zip", 12});
               return run;
             }).value();
  auto busy = write([=](Tx& tx) { return tx.delete_feature(login.id); });
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().code, ErrorCode::kConflict);

  write([=](Tx& tx) -> Result<void> {
    JobRow ended = *tx.find_job("j1");
    ended.state = JobState::kSucceeded;
    VOUCH_CHECK(tx.update_job(ended, JobState::kQueued, 0));
    return tx.delete_feature(login.id);
  }).value();
  read([=](const Tx& tx) -> Result<void> {
    EXPECT_FALSE(tx.find_job("j1"));
    EXPECT_THAT(tx.list_sections("j1"), IsEmpty());
    EXPECT_THAT(tx.list_log_lines("j1"), IsEmpty());
    EXPECT_FALSE(tx.find_run("p1", run.id));
    EXPECT_THAT(tx.list_artifacts(run.id), IsEmpty());
    return {};
  }).value();
}

TEST_P(StoreConformance, OneLiveJobHasAKey) {
  add_job("j1", "feature:1");
  auto second = write([](Tx& tx) { return tx.insert_job(job("j2", "feature:1")); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
  EXPECT_EQ(second.error().details.at("jobId"), "j1");
  add_job("j3", "feature:2");

  write([](Tx& tx) -> Result<void> {
    JobRow ended = *tx.find_job("j1");
    ended.state = JobState::kCancelled;
    EXPECT_TRUE(tx.update_job(ended, JobState::kQueued, 0));
    return {};
  }).value();
  add_job("j2", "feature:1");
  EXPECT_EQ(find_job("j1")->state, JobState::kCancelled);  // kept, in the history
}

TEST_P(StoreConformance, AStaleEpochIsFencedOff) {
  JobRow row = add_job("j1", "k");
  JobRow claimed = row;
  claimed.state = JobState::kRunning;
  claimed.lease_epoch = 1;
  auto update = [&](JobRow to, JobState state, std::int64_t epoch) {
    return write([=](Tx& tx) -> Result<bool> { return tx.update_job(to, state, epoch); }).value();
  };
  EXPECT_TRUE(update(claimed, JobState::kQueued, 0));
  EXPECT_FALSE(update(claimed, JobState::kQueued, 0));  // somebody was faster
  JobRow late = claimed;
  late.state = JobState::kSucceeded;
  EXPECT_FALSE(update(late, JobState::kRunning, 0));
  EXPECT_EQ(find_job("j1")->state, JobState::kRunning);
  EXPECT_TRUE(update(late, JobState::kRunning, 1));
  EXPECT_FALSE(update(late, JobState::kRunning, 1));  // in the history nothing changes
}

TEST_P(StoreConformance, QueuedJobsComeInOrderOfDispatch) {
  for (std::string id : {"a", "b", "c"}) add_job(id, id);
  write([](Tx& tx) -> Result<void> {
    JobRow first = *tx.find_job("a");
    first.state = JobState::kRunning;
    EXPECT_TRUE(tx.update_job(first, JobState::kQueued, 0));
    return {};
  }).value();
  read([](const Tx& tx) -> Result<void> {
    auto next = tx.next_queued_jobs("generation", 5);
    EXPECT_EQ(next.size(), 2u);
    EXPECT_EQ(next.at(0).id, "b");
    EXPECT_THAT(tx.next_queued_jobs("run", 5), IsEmpty());
    EXPECT_EQ(tx.queue_position("b"), 1);
    EXPECT_EQ(tx.queue_position("c"), 2);
    EXPECT_FALSE(tx.queue_position("a"));
    EXPECT_EQ(tx.list_live_jobs().size(), 3u);
    return {};
  }).value();
}

TEST_P(StoreConformance, SectionsAndLogLinesKeepTheirOrder) {
  write([](Tx& tx) -> Result<void> {
    tx.put_section({.job_id = "j", .ordinal = 1, .section = "second", .data = {}});
    tx.put_section({.job_id = "j", .ordinal = 0, .section = "first", .data = {{"n", 1}}});
    SectionRow done{.job_id = "j", .ordinal = 0, .section = "first", .data = {{"n", 2}}};
    done.status = SectionStatus::kCompleted;
    done.conclusion = Conclusion::kSuccess;
    tx.put_section(done);
    for (std::string line : {"one", "two", "three"}) {
      tx.insert_log_line({.job_id = "j", .ordinal = line == "two" ? 1 : 0, .line = line});
    }
    return {};
  }).value();
  read([](const Tx& tx) -> Result<void> {
    auto sections = tx.list_sections("j");
    EXPECT_EQ(sections.size(), 2u);
    EXPECT_EQ(sections.at(0).conclusion, Conclusion::kSuccess);
    EXPECT_EQ(sections.at(0).data.at("n"), 2);
    EXPECT_EQ(tx.find_section("j", 1)->section, "second");
    EXPECT_FALSE(tx.find_section("j", 2));
    EXPECT_EQ(tx.list_log_lines("j").at(1).line, "two");
    EXPECT_THAT(tx.count_log_lines("j"), ElementsAre(std::pair<std::int64_t, std::int64_t>(0, 2),
                                                     std::pair<std::int64_t, std::int64_t>(1, 1)));
    return {};
  }).value();
}

TEST_P(StoreConformance, EventsAreToldInOrderAndOnlyWhenTheyAreKept) {
  std::vector<std::int64_t> told;
  Subscription subscription =
      store_->subscribe(io_.get_executor(), [&](const std::vector<EventRow>& events) {
        for (const EventRow& event : events) told.push_back(event.seq);
      });
  auto tell = [&](std::string kind, bool refuse) {
    return write([=](Tx& tx) -> Result<std::int64_t> {
      auto seq = tx.insert_event({.kind = kind, .project_id = "p1", .job_id = "j", .data = {}});
      tx.insert_event({.kind = kind, .project_id = "p2", .job_id = "", .data = {}});
      if (refuse) return fail(ErrorCode::kForbidden, "no");
      return seq;
    });
  };
  auto first = tell("a", false).value();
  EXPECT_FALSE(tell("b", true));
  auto second = tell("c", false).value();
  auto guard = boost::asio::make_work_guard(io_);  // a subscriber is no work
  testing::run_until(io_, [&] { return told.size() == 4; });
  EXPECT_THAT(told, ElementsAre(first, first + 1, second, second + 1));
  EXPECT_GT(second, first + 1);

  reopen();
  read([=](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.last_event_seq(), second + 1);
    EXPECT_EQ(tx.list_events({}, 0, 100).size(), 4u);
    auto of_job = tx.list_events({.job_id = "j"}, first, 100);
    EXPECT_EQ(of_job.size(), 1u);
    EXPECT_EQ(of_job.at(0).kind, "c");
    EXPECT_EQ(tx.list_events({.project_id = "p2"}, 0, 1).size(), 1u);
    return {};
  }).value();
}

TEST_P(StoreConformance, AnEndedSubscriptionHearsNothing) {
  int told = 0;
  {
    Subscription subscription =
        store_->subscribe(io_.get_executor(), [&](const std::vector<EventRow>&) { ++told; });
    store_->post_write(
        [](Tx& tx) -> Result<std::int64_t> { return tx.insert_event({.kind = "a", .data = {}}); },
        boost::asio::bind_executor(io_.get_executor(), [](Result<std::int64_t>) {}));
  }
  store_.reset();  // waits until it is committed
  io_.restart();
  io_.run();
  EXPECT_EQ(told, 0);
}

TEST_P(StoreConformance, KeysAreFoundByTheirHashAndRevokedOnce) {
  KeyRow key{.id = "k1",
             .workspace_id = "w1",
             .name = "CI",
             .prefix = "abcdefgh",
             .hash = "h1",
             .scopes = {"read", "generate"},
             .created_ms = 5};
  write([=](Tx& tx) -> Result<void> {
    tx.insert_key(key);
    tx.set_key_used("k1", 7);
    tx.set_key_revoked("k1", 8);
    tx.set_key_revoked("k1", 9);
    return {};
  }).value();
  read([](const Tx& tx) -> Result<void> {
    auto found = tx.find_key_by_hash("h1");
    EXPECT_TRUE(found.has_value());
    EXPECT_THAT(found->scopes, ElementsAre("read", "generate"));
    EXPECT_EQ(found->last_used_ms, 7);
    EXPECT_EQ(found->revoked_ms, 8);
    EXPECT_FALSE(found->expires_ms);
    EXPECT_FALSE(tx.find_key("another", "k1"));
    EXPECT_EQ(tx.list_keys("w1", {})->items.size(), 1u);
    return {};
  }).value();
}

TEST_P(StoreConformance, ProjectsAreSeenOnlyInTheirWorkspace) {
  write([](Tx& tx) -> Result<void> {
    VOUCH_TRY_VOID(tx.insert_workspace({"w2", "Another", 1}));
    EXPECT_FALSE(tx.insert_workspace({"w3", "ANOTHER", 1}));
    ProjectRow shop = *tx.find_project("w1", "p1");
    shop.settings["reset"] = "/reset";
    return tx.update_project(shop);
  }).value();
  read([](const Tx& tx) -> Result<void> {
    EXPECT_FALSE(tx.find_project("w2", "p1"));
    EXPECT_EQ(tx.find_project("w1", "p1")->settings.at("reset"), "/reset");
    EXPECT_EQ(tx.list_projects("w1", {})->items.size(), 2u);
    EXPECT_THAT(tx.list_projects("w2", {})->items, IsEmpty());
    EXPECT_EQ(tx.list_workspaces().size(), 2u);
    EXPECT_EQ(tx.find_workspace_named("acme")->id, "w1");
    return {};
  }).value();
}

TEST_P(StoreConformance, FilesAreReplacedListedByPrefixAndDeleted) {
  const std::string content("a\r\n\t\x01 «é» 🙂 ' \" \\ $1 %");
  write([=](Tx& tx) -> Result<void> {
    tx.put_file({.project_id = "p1", .path = "Configurations/A.config.js", .content = "old"});
    tx.put_file({.project_id = "p1", .path = "Configurations/A.config.js", .content = content});
    tx.put_file({.project_id = "p1", .path = "Features/B.feature", .content = "b"});
    return {};
  }).value();
  read([=](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.find_file("p1", "Configurations/A.config.js")->content, content);
    auto list = tx.list_files("p1", "Configurations/");
    EXPECT_EQ(list.size(), 1u);
    EXPECT_EQ(list.at(0).size, static_cast<std::int64_t>(content.size()));
    EXPECT_EQ(tx.list_files("p1", "").size(), 2u);
    return {};
  }).value();
  write([](Tx& tx) -> Result<void> {
    EXPECT_TRUE(tx.delete_file("p1", "Features/B.feature"));
    EXPECT_FALSE(tx.delete_file("p1", "Features/B.feature"));
    return {};
  }).value();
}

TEST_P(StoreConformance, ATextWithANulIsRefusedAndNothingOfItIsKept) {
  auto put = [](Tx& tx) -> Result<void> {
    tx.put_file({.project_id = "p1", .path = "a", .content = "kept"});
    tx.put_file({.project_id = "p1", .path = "b", .content = std::string("a\0b", 3)});
    return {};
  };
  EXPECT_EQ(write(put).error().code, ErrorCode::kUnavailable);
  read([](const Tx& tx) -> Result<void> {
    EXPECT_TRUE(tx.list_files("p1", "").empty());
    return {};
  }).value();
}

TEST_P(StoreConformance, AnIdempotencyKeyIsKeptOncePerWorkspace) {
  IdempotencyRow row{"w1", "key", "hash", 202, "{}", 10};
  write([=](Tx& tx) -> Result<void> {
    VOUCH_TRY_VOID(tx.insert_idempotency(row));
    IdempotencyRow elsewhere = row;
    elsewhere.workspace_id = "w2";
    VOUCH_TRY_VOID(tx.insert_idempotency(elsewhere));
    EXPECT_FALSE(tx.insert_idempotency(row));
    EXPECT_EQ(tx.find_idempotency("w1", "key")->status, 202);
    tx.delete_idempotency_before(11);
    EXPECT_FALSE(tx.find_idempotency("w1", "key"));
    return {};
  }).value();
}

TEST_P(StoreConformance, AnAnswerIsForgottenOnceTheNewerOnesAreManyBytes) {
  const std::string answer(8 << 20, 'x');  // eight are 64 MiB
  write([](Tx& tx) { return tx.insert_idempotency({"w1", "begun", "hash", 0, "{}", 10}); }).value();
  write([](Tx& tx) {
    return tx.insert_idempotency({"w2", "other", "hash", 200, "{}", 10});
  }).value();
  write([](Tx& tx) {
    return tx.insert_idempotency({"w1", "made", "hash", 200, "{}", 10, true});
  }).value();
  for (int i = 0; i < 10; ++i) {
    write([&, i](Tx& tx) {
      return tx.insert_idempotency({"w1", "key" + std::to_string(i), "hash", 200, answer, 11 + i});
    }).value();
  }
  read([](const Tx& tx) -> Result<void> {
    for (int i = 0; i < 10; ++i)
      EXPECT_EQ(tx.find_idempotency("w1", "key" + std::to_string(i)).has_value(), i >= 2) << i;
    EXPECT_TRUE(tx.find_idempotency("w1", "begun")) << "its end is not known";
    EXPECT_TRUE(tx.find_idempotency("w1", "made")) << "it would be made twice";
    EXPECT_TRUE(tx.find_idempotency("w2", "other"));
    return {};
  }).value();
}

TEST_P(StoreConformance, TheSigningKeyIsMadeOnce) {
  auto key = [&] {
    return read([](const Tx& tx) -> Result<std::optional<std::string>> {
             return tx.find_setting(kArtifactSigningKey);
           })
        .value();
  };
  auto first = key();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->size(), 43u);
  reopen();
  EXPECT_EQ(key(), first);
}

// What was gathered for adapters, and their scripts.
class AdapterConformance : public StoreConformance {
 protected:
  const AdapterOf of{"w1", "revel", "sync_products"};

  SampleRow sample(std::string input, std::optional<std::string> expected = {}) {
    SampleRow row{.of = of, .origin = "registered", .input = std::move(input)};
    row.expected = std::move(expected);
    return write([row](Tx& tx) -> Result<SampleRow> { return tx.insert_sample(row); }).value();
  }
  ScriptRow script(ScriptStatus status, std::string job_id = "") {
    ScriptRow row{.of = of, .status = status, .source = "// a", .job_id = std::move(job_id)};
    row.report["fields"] = boost::json::array{"name"};
    return write([row](Tx& tx) -> Result<ScriptRow> { return tx.insert_script(row); }).value();
  }
  Result<void> set_status(std::int64_t id, ScriptStatus status) {
    return write([=](Tx& tx) -> Result<void> {
      auto row = tx.find_script("w1", id);
      row->status = status;
      row->history.push_back(boost::json::object{{"event", to_string(status)}});
      return tx.update_script(*row);
    });
  }
  std::vector<std::int64_t> jobs_in(std::vector<JobState> states) {
    AdapterJobFilter filter{.provider = "revel", .topic = "", .states = std::move(states)};
    auto list = [filter](const Tx& tx) { return tx.list_adapter_jobs("w1", filter, {}); };
    std::vector<std::int64_t> ids;
    const auto page = read(list);
    for (const AdapterJobRow& row : page.value().items) ids.push_back(row.id);
    return ids;
  }
};

TEST_P(AdapterConformance, AProviderIsPutWholeAndGoesWithAllThatWasKeptForIt) {
  ProviderRow row{.workspace_id = "w1", .slug = "revel", .display_name = "Revel"};
  row.config["page"] = 5;
  row.secrets["apiKey"] = "sealed";
  auto put = [&] {
    write([row](Tx& tx) -> Result<void> {
      tx.put_provider(row);
      return {};
    }).value();
  };
  put();
  row.base_url = "https://api.revel.test";
  put();
  sample("{}");
  const ScriptRow made = script(ScriptStatus::kCandidate);
  reopen();
  auto found = read([](const Tx& tx) -> Result<std::optional<ProviderRow>> {
                 return tx.find_provider("w1", "revel");
               }).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->base_url, "https://api.revel.test");
  EXPECT_EQ(found->secrets, row.secrets);
  EXPECT_EQ(found->config, row.config);
  EXPECT_TRUE(
      write([](Tx& tx) -> Result<bool> { return tx.delete_provider("w1", "revel"); }).value());
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_FALSE(tx.find_provider("w1", "revel"));
    EXPECT_FALSE(tx.find_script("w1", made.id));
    EXPECT_EQ(tx.count_samples(of), 0);
    return {};
  }).value();
}

TEST_P(AdapterConformance, ATopicIsReplacedByItsName) {
  for (const char* direction : {"inbound", "outbound"}) {
    write([=](Tx& tx) -> Result<void> {
      TopicRow row{.workspace_id = "w1", .name = "menus", .direction = direction};
      row.schema["type"] = "object";
      tx.put_topic(row);
      return {};
    }).value();
  }
  read([](const Tx& tx) -> Result<void> {
    EXPECT_THAT(tx.list_topics("w1", "", 5), SizeIs(1));
    EXPECT_THAT(tx.list_topics("w1", "menus", 5), IsEmpty());
    EXPECT_EQ(tx.count_topics("w1"), 1);
    EXPECT_EQ(tx.find_topic("w1", "menus")->direction, "outbound");
    EXPECT_FALSE(tx.find_topic("w2", "menus"));
    return {};
  }).value();
}

TEST_P(AdapterConformance, TheSameSampleIsKeptOnce) {
  const SampleRow first = sample(R"({"a":1})");
  EXPECT_EQ(sample(R"({"a":1})").id, first.id);
  const SampleRow with_output = sample(R"({"a":1})", R"({"b":1})");
  EXPECT_NE(with_output.id, first.id);
  EXPECT_EQ(read([this](const Tx& tx) -> Result<std::int64_t> {
              return tx.sample_characters(of);
            }).value(),
            21);
  const SampleRow other = sample(R"({"a":2})");
  auto list = read([this](const Tx& tx) { return tx.list_samples(of, {.limit = 2}); }).value();
  ASSERT_THAT(list.items, SizeIs(2));
  EXPECT_EQ(list.items[1].expected, R"({"b":1})");
  auto rest = read([this, cursor = *list.next_cursor](const Tx& tx) {
                return tx.list_samples(of, {.limit = 2, .cursor = cursor});
              }).value();
  EXPECT_EQ(rest.items.at(0).id, other.id);
  EXPECT_TRUE(write([this, id = first.id](Tx& tx) -> Result<bool> {
                return tx.delete_sample(of, id);
              }).value());
  EXPECT_THAT(read([this](const Tx& tx) -> Result<std::vector<SampleRow>> {
                return tx.all_samples(of);
              }).value(),
              SizeIs(2));
}

TEST_P(AdapterConformance, ASampleIsUpdatedAndFoundByItsName) {
  SampleRow row{.of = of, .name = "tea", .origin = "registered", .input = "1"};
  const auto insert = [](SampleRow made) {
    return [made](Tx& tx) -> Result<SampleRow> { return tx.insert_sample(made); };
  };
  SampleRow kept = write(insert(row)).value();
  row.name = "pie";
  EXPECT_NE(write(insert(row)).value().id, kept.id) << "of two names, the same is two";
  const SampleRow unnamed = sample("1");
  kept.expected = "2";
  write([&](Tx& tx) -> Result<void> {
    tx.update_sample(kept);
    SampleRow same = unnamed;
    same.id = tx.insert_sample({.of = of, .origin = "answer", .input = "3"}).id;
    tx.update_sample(same);
    return {};
  }).value();
  reopen();
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.find_sample_named(of, "tea")->expected, "2");
    EXPECT_EQ(tx.find_sample_named(of, "tea")->id, kept.id);
    EXPECT_FALSE(tx.find_sample_named(of, "rum"));
    EXPECT_FALSE(tx.find_sample(of, unnamed.id)) << "another is the same now";
    EXPECT_EQ(tx.count_samples(of), 3);
    return {};
  }).value();
}

TEST_P(AdapterConformance, DocumentsAreListedWithoutTheirContent) {
  DocumentRow row{.of = of, .kind = "note", .title = "prices", .content = "in cents"};
  auto insert = [row](Tx& tx) -> Result<DocumentRow> { return tx.insert_document(row); };
  const DocumentRow made = write(insert).value();
  EXPECT_EQ(write(insert).value().id, made.id);
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.list_documents(of, {})->items.at(0).content, "");
    EXPECT_EQ(tx.list_documents(of, {})->items.at(0).size, 8);
    EXPECT_EQ(tx.find_document(of, made.id)->content, "in cents");
    EXPECT_FALSE(tx.find_document({"w1", "revel", "other"}, made.id));
    return {};
  }).value();
}

TEST_P(AdapterConformance, ALaterAnswerReplacesAnEarlierOne) {
  for (const char* source : {"total", "net"}) {
    write([this, source](Tx& tx) -> Result<void> {
      tx.put_pin({.of = of, .path = "price", .pin = {{"source", source}}});
      return {};
    }).value();
  }
  auto pins = read([this](const Tx& tx) -> Result<std::vector<PinRow>> {
                return tx.list_pins(of);
              }).value();
  ASSERT_THAT(pins, SizeIs(1));
  EXPECT_EQ(pins[0].pin.at("source"), "net");
}

TEST_P(AdapterConformance, AShadowCountsWhatItsOwnScriptDid) {
  write([this](Tx& tx) -> Result<void> {
    tx.put_shadow({.of = of, .script_id = 7, .key_id = "k1", .created_ms = 5});
    tx.count_shadow(of, 7, {.compared = 3, .different = 1});
    tx.count_shadow(of, 7, {.compared = 2, .skipped = 4, .not_compared = 6});
    tx.count_shadow(of, 8, {.compared = 100});  // another one was it before
    return {};
  }).value();
  read([this](const Tx& tx) -> Result<void> {
    const auto row = tx.find_shadow(of);
    EXPECT_EQ(row->script_id, 7);
    EXPECT_EQ(row->key_id, "k1");
    EXPECT_EQ(row->counts.compared, 5);
    EXPECT_EQ(row->counts.different, 1);
    EXPECT_EQ(row->counts.skipped, 4);
    EXPECT_EQ(row->counts.not_compared, 6);
    EXPECT_FALSE(tx.find_shadow({"w1", "revel", "other"}));
    return {};
  }).value();
}

TEST_P(AdapterConformance, FindingsAreCountedBoundedAndGoWithTheirShadow) {
  const auto finding = [this](FindingAbout about, std::string path, TimeMs at) {
    return FindingRow{.of = of,
                      .script_id = 7,
                      .about = about,
                      .kind = "new_value",
                      .path = std::move(path),
                      .count = 2,
                      .example = {{"at", at}},
                      .first_ms = at,
                      .last_ms = at};
  };
  write([&](Tx& tx) -> Result<void> {
    tx.put_shadow({.of = of, .script_id = 7});
    tx.add_finding(finding(FindingAbout::kDrift, "b", 10), 2);
    tx.add_finding(finding(FindingAbout::kDrift, "a", 20), 2);
    tx.add_finding(finding(FindingAbout::kDrift, "c", 30), 2);  // one too many
    tx.add_finding(finding(FindingAbout::kDrift, "b", 40), 2);
    tx.add_finding(finding(FindingAbout::kShadow, "b", 50), 2);
    return {};
  }).value();
  read([this](const Tx& tx) -> Result<void> {
    const auto drift = tx.list_findings(of, 7, FindingAbout::kDrift);
    EXPECT_EQ(drift.size(), 2U);
    EXPECT_EQ(drift.at(0).path, "b");
    EXPECT_EQ(drift.at(0).count, 4);
    EXPECT_EQ(drift.at(0).first_ms, 10);
    EXPECT_EQ(drift.at(0).last_ms, 40);
    EXPECT_EQ(drift.at(0).example.at("at"), 10);
    EXPECT_EQ(tx.list_findings(of, 7, FindingAbout::kShadow).size(), 1U);
    EXPECT_TRUE(tx.list_findings(of, 8, FindingAbout::kDrift).empty());
    return {};
  }).value();
  write([this](Tx& tx) -> Result<void> {
    EXPECT_TRUE(tx.delete_shadow(of));
    EXPECT_FALSE(tx.delete_shadow(of));
    EXPECT_TRUE(tx.list_findings(of, 7, FindingAbout::kShadow).empty());
    EXPECT_EQ(tx.delete_findings(of, FindingAbout::kDrift), 2);
    EXPECT_TRUE(tx.list_findings(of, 7, FindingAbout::kDrift).empty());
    return {};
  }).value();
}

TEST_P(AdapterConformance, OneScriptIsActiveAndVersionsGrow) {
  const ScriptRow first = script(ScriptStatus::kCandidate);
  const ScriptRow second = script(ScriptStatus::kCandidate, "j9");
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(second.version, 2);
  EXPECT_TRUE(set_status(first.id, ScriptStatus::kActive));
  EXPECT_EQ(set_status(second.id, ScriptStatus::kActive).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(set_status(first.id, ScriptStatus::kDeprecated));
  EXPECT_TRUE(set_status(second.id, ScriptStatus::kActive));
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.find_active_script(of)->id, second.id);
    EXPECT_EQ(tx.script_id_of_job("j9"), second.id);
    EXPECT_THAT(tx.find_script("w1", first.id)->history, SizeIs(2));
    EXPECT_EQ(tx.find_script("w1", first.id)->source, "// a");
    EXPECT_FALSE(tx.find_script("w2", first.id));
    auto active = tx.list_scripts(
        "w1", {.provider = "", .topic = "sync_products", .status = ScriptStatus::kActive}, {});
    EXPECT_THAT(active->items, SizeIs(1));
    EXPECT_EQ(tx.list_scripts("w1", {}, {})->items.at(0).id, second.id) << "newest first";
    EXPECT_EQ(tx.list_scripts("w1", {}, {})->items.at(0).source, "");
    return {};
  }).value();
}

TEST_P(AdapterConformance, OldScriptsThatAreNotInUseMakeWay) {
  const ScriptRow first = script(ScriptStatus::kDeprecated),
                  second = script(ScriptStatus::kDeprecated);
  const ScriptRow active = script(ScriptStatus::kActive),
                  before = script(ScriptStatus::kDeprecated);
  const ScriptRow shadow = script(ScriptStatus::kCandidate), old = script(ScriptStatus::kArchived);
  const ScriptRow kept = script(ScriptStatus::kCandidate),
                  latest = script(ScriptStatus::kCandidate);
  write([&](Tx& tx) -> Result<void> {
    tx.put_shadow({.of = of, .script_id = shadow.id});
    tx.add_finding({.of = of, .script_id = old.id, .kind = "missing", .path = "a", .count = 1}, 9);
    tx.delete_old_scripts(of, 2);
    return {};
  }).value();
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.active_script_id(of), active.id);
    for (const ScriptRow& row : {second, active, before, shadow, kept, latest}) {
      EXPECT_TRUE(tx.find_script("w1", row.id)) << row.id;
    }
    EXPECT_FALSE(tx.find_script("w1", old.id));
    EXPECT_FALSE(tx.find_script("w1", first.id)) << "it was in use once, long ago";
    EXPECT_TRUE(tx.list_findings(of, old.id, FindingAbout::kDrift).empty());
    EXPECT_EQ(tx.next_script_version(of), 9);
    return {};
  }).value();
}

TEST_P(AdapterConformance, JobsHaveNumbersAndAreFoundByTheStateOfTheirJob) {
  std::vector<std::int64_t> ids;
  for (const char* id : {"j1", "j2"}) {
    JobRow row = job(id, id);
    row.workspace_id = "w1";
    ids.push_back(write([this, row](Tx& tx) -> Result<AdapterJobRow> {
                    VOUCH_TRY_VOID(tx.insert_job(row));
                    return tx.insert_adapter_job({.of = of, .job_id = row.id});
                  })
                      .value()
                      .id);
  }
  EXPECT_GT(ids[1], ids[0]);
  EXPECT_THAT(jobs_in({}), ElementsAre(ids[1], ids[0]));
  write([](Tx& tx) -> Result<void> {
    JobRow row = *tx.find_job("j1");
    row.state = JobState::kFailed;
    EXPECT_TRUE(tx.update_job(row, JobState::kQueued, 0));
    return {};
  }).value();
  EXPECT_THAT(jobs_in({JobState::kQueued}), ElementsAre(ids[1]));
  EXPECT_THAT(jobs_in({JobState::kFailed, JobState::kCancelled}), ElementsAre(ids[0]));
  EXPECT_THAT(jobs_in({JobState::kFailed, JobState::kQueued}), ElementsAre(ids[1], ids[0]));
  write([](Tx& tx) -> Result<void> {
    tx.delete_ended_job("j1");
    return {};
  }).value();
  EXPECT_THAT(jobs_in({}), ElementsAre(ids[1]));
  read([&](const Tx& tx) -> Result<void> {
    EXPECT_EQ(tx.find_adapter_job("w1", ids[1])->job_id, "j2");
    EXPECT_EQ(tx.find_adapter_job_of("j2")->id, ids[1]);
    EXPECT_FALSE(tx.find_adapter_job("w2", ids[1]));
    return {};
  }).value();
}

std::unique_ptr<Factory> make_postgres() { return std::make_unique<PostgresFactory>(); }
std::unique_ptr<Factory> make_sqlite() { return std::make_unique<SqliteFactory>(); }

const auto kStores =
    ::testing::Values(Named{"postgres", make_postgres}, Named{"sqlite", make_sqlite});
std::string name_of(const ::testing::TestParamInfo<Named>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Each, StoreConformance, kStores, name_of);
INSTANTIATE_TEST_SUITE_P(Each, AdapterConformance, kStores, name_of);

}  // namespace
}  // namespace vouch::store
