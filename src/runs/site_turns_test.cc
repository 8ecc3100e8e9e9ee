#include "runs/site_turns.h"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <vector>

namespace vouch::runs {
namespace {

namespace asio = boost::asio;

struct Site {
  asio::io_context io;
  SiteTurns turns;
  std::vector<int> order;
  std::vector<SiteTurns::Turn> held;

  void ask(int who, std::string site, asio::cancellation_slot slot = {}) {
    auto wait = [this, who, site]() -> asio::awaitable<void> {
      SiteTurns::Turn turn = co_await turns.take(site);
      order.push_back(who);
      held.push_back(std::move(turn));
    };
    asio::co_spawn(io, wait, asio::bind_cancellation_slot(slot, asio::detached));
    settle();
  }
  void settle() {
    io.restart();
    io.poll();
  }
  void end_first() {
    held.erase(held.begin());
    settle();
  }
};

TEST(SiteTurns, JobsOnOneSiteGoOneAfterTheOtherInOrder) {
  Site s;
  s.ask(1, "http://a");
  s.ask(2, "http://a");
  s.ask(3, "http://a");
  EXPECT_EQ(s.order, (std::vector{1}));
  s.end_first();
  EXPECT_EQ(s.order, (std::vector{1, 2}));
  s.end_first();
  EXPECT_EQ(s.order, (std::vector{1, 2, 3}));
  s.end_first();
  s.ask(4, "http://a");
  EXPECT_EQ(s.order.back(), 4);
}

TEST(SiteTurns, OtherSitesAreNotHeldUp) {
  Site s;
  s.ask(1, "http://a");
  s.ask(2, "http://b");
  EXPECT_EQ(s.order, (std::vector{1, 2}));
}

TEST(SiteTurns, WhoGivesUpLeavesTheQueue) {
  Site s;
  asio::cancellation_signal give_up;
  s.ask(1, "http://a");
  s.ask(2, "http://a", give_up.slot());
  s.ask(3, "http://a");
  give_up.emit(asio::cancellation_type::terminal);
  s.settle();
  s.end_first();
  EXPECT_EQ(s.order, (std::vector{1, 3}));
}

}  // namespace
}  // namespace vouch::runs
