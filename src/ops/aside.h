// Work that costs processor time alone, off the thread that serves everybody: a large answer is
// read, checked and written there.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace vouch::ops {

class Aside {
 public:
  // What is smaller is done sooner than handed over.
  static constexpr std::size_t kBytesMin = std::size_t{64} * 1024;

  // Calls `work` on a thread that there is for this, once one is free, and gives what it returns.
  // It owns all that it looks at: who waits may be gone by then.
  template <class Work>
  boost::asio::awaitable<std::invoke_result_t<Work&>> run(Work work) {
    auto task =
        [work = std::move(work)]() mutable -> boost::asio::awaitable<std::invoke_result_t<Work&>> {
      co_return work();
    };
    // A cancellation signal must not cross to another thread: the work is short, and waited for.
    auto token = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(),
                                                     boost::asio::use_awaitable);
    co_return co_await boost::asio::co_spawn(threads_, std::move(task), std::move(token));
  }

 private:
  // Two, so that one large answer does not hold up everybody's.
  boost::asio::thread_pool threads_{2};
};

}  // namespace vouch::ops
