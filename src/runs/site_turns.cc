#include "runs/site_turns.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vouch::runs {

namespace asio = boost::asio;

SiteTurns::Turn& SiteTurns::Turn::operator=(Turn&& other) noexcept {
  std::swap(turns_, other.turns_);
  std::swap(site_, other.site_);
  return *this;
}

SiteTurns::Turn::~Turn() {
  if (turns_ != nullptr) turns_->pass_on(site_);
}

// The turn goes straight to the next in the queue: the entry stays, so that no newcomer gets
// between.
void SiteTurns::pass_on(const std::string& site) {
  auto at = waiting_.find(site);
  if (at == waiting_.end()) return;
  if (at->second.empty()) {
    waiting_.erase(at);
    return;
  }
  std::shared_ptr<asio::steady_timer> next = at->second.front();
  at->second.pop_front();
  next->expires_at(asio::steady_timer::time_point::min());  // it has the turn
}

asio::awaitable<SiteTurns::Turn> SiteTurns::take(std::string site) {
  auto [at, free] = waiting_.try_emplace(site);
  if (free) co_return Turn(*this, std::move(site));
  auto timer = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor,
                                                    asio::steady_timer::time_point::max());
  at->second.push_back(timer);
  boost::system::error_code ended;
  co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ended));
  bool mine = timer->expiry() == asio::steady_timer::time_point::min();
  if (mine) co_return Turn(*this, std::move(site));
  std::erase(waiting_[site], timer);  // cancelled while waiting
  throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace vouch::runs
