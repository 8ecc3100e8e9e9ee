// Whose turn it is on a site whose state is shared. A job that puts a site back before each try
// would undo what another is doing there, so jobs with a reset hook take turns, in the order in
// which they asked; jobs without one do not. One thread: that of the io_context.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <memory>
#include <string>

namespace vouch::runs {

class SiteTurns {
 public:
  // Until it is destroyed, nobody else has a turn on its site. Must not outlive the SiteTurns.
  class Turn {
   public:
    Turn() = default;
    Turn(SiteTurns& turns, std::string site) : turns_(&turns), site_(std::move(site)) {}
    Turn(Turn&& other) noexcept
        : turns_(std::exchange(other.turns_, nullptr)), site_(std::move(other.site_)) {}
    Turn& operator=(Turn&& other) noexcept;
    ~Turn();

   private:
    SiteTurns* turns_ = nullptr;
    std::string site_;
  };

  // `site`: its origin. Cancelling the wait gives up the place in the queue.
  boost::asio::awaitable<Turn> take(std::string site);

 private:
  void pass_on(const std::string& site);

  // For each site that somebody has a turn on: who waits, first come first.
  std::map<std::string, std::deque<std::shared_ptr<boost::asio::steady_timer>>> waiting_;
};

}  // namespace vouch::runs
