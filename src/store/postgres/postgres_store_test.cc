// What only PostgreSQL can do, and what can happen to it alone.
#include "store/postgres/postgres_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/postgres/testing.h"

namespace vouch::store {
namespace {

using testing::PostgresCluster;

class PostgresStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<Store> open() { return std::move(*open_postgres({.url = url_}, random_)); }
  template <class F>
  auto write(Store& store, F closure) {
    return testing::run(io_, store.write(std::move(closure)));
  }
  template <class F>
  auto read(Store& store, F closure) {
    return testing::run(io_, store.read(std::move(closure)));
  }
  static Result<std::int64_t> tell(Tx& tx, int n) {
    return tx.insert_event({.kind = "x", .job_id = "j", .data = {{"n", n}}});
  }

  boost::asio::io_context io_;
  SystemRandom random_;
  std::string url_ = PostgresCluster::get().make_database();
};

TEST_F(PostgresStoreTest, TwoServersSeeWhatTheOtherWroteAndEachOthersEvents) {
  auto one = open(), two = open();
  std::vector<std::int64_t> at_one, at_two;
  auto collect = [](std::vector<std::int64_t>& seen) {
    return [&seen](const std::vector<EventRow>& events) {
      for (const EventRow& event : events) seen.push_back(event.seq);
    };
  };
  auto first = one->subscribe(io_.get_executor(), collect(at_one));
  auto second = two->subscribe(io_.get_executor(), collect(at_two));
  std::vector<std::int64_t> told;
  for (int n = 0; n < 20; ++n) {
    Store& store = n % 2 == 0 ? *one : *two;
    told.push_back(write(store, [n](Tx& tx) { return tell(tx, n); }).value());
    Store& other = n % 2 == 0 ? *two : *one;
    auto last = [](const Tx& tx) -> Result<std::int64_t> { return tx.last_event_seq(); };
    EXPECT_EQ(read(other, last).value(), told.back());
  }
  auto guard = boost::asio::make_work_guard(io_);
  testing::run_until(io_, [&] { return at_one.size() == 20 && at_two.size() == 20; });
  EXPECT_EQ(at_one, told);
  EXPECT_EQ(at_two, told);
}

TEST_F(PostgresStoreTest, AConnectionThatIsLostIsMadeAnew) {
  auto store = open();
  std::vector<std::int64_t> seen;
  auto subscription =
      store->subscribe(io_.get_executor(), [&](const std::vector<EventRow>& events) {
        for (const EventRow& event : events) seen.push_back(event.seq);
      });
  PostgresCluster::get().end_connections();
  // The first of each finds the connection lost, if it was not noticed before.
  (void)write(*store, [](Tx& tx) { return tell(tx, 1); });
  auto second = write(*store, [](Tx& tx) { return tell(tx, 2); });
  ASSERT_TRUE(second) << second.error().message;
  auto last = [](const Tx& tx) -> Result<std::int64_t> { return tx.last_event_seq(); };
  for (int i = 0; i < 4; ++i) (void)read(*store, last);  // each reader's
  EXPECT_EQ(read(*store, last).value(), *second);
  auto guard = boost::asio::make_work_guard(io_);
  testing::run_until(io_, [&] { return !seen.empty() && seen.back() == *second; });
}

TEST_F(PostgresStoreTest, ADatabaseThatCannotBeReachedIsToldAtTheOpening) {
  auto store = open_postgres({.url = "host=/nowhere dbname=none"}, random_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(store.error().message.starts_with("The database cannot be opened:"));
}

}  // namespace
}  // namespace vouch::store
