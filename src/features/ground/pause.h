// Between two looks at a page, while something has yet to appear.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace vouch::features::ground {

inline constexpr std::chrono::milliseconds kLookAgain{80};

inline boost::asio::awaitable<void> pause() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, kLookAgain);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace vouch::features::ground
