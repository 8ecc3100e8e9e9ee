// The allow-listing forward proxy: what a sandboxed program has instead of a network.
//
// It accepts on a listening socket that lives in the program's own, otherwise empty network
// namespace (the launcher opened it there and handed it over), and dials from the host's. It
// understands absolute-form HTTP/1.1 requests (kept alive on both sides, bodies streamed both
// ways) and CONNECT tunnels (https, websockets). Every request is checked anew against the
// policy, also the second one on the same connection. Messages are parsed and written again,
// never copied through, so nothing can be smuggled behind a header. What is not allowed is
// answered with 403 and one sentence, and recorded in EgressPolicy::refused().
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <memory>

#include "sandbox/egress.h"

namespace vouch::sandbox {

struct ProxyLimits {
  std::size_t connections_max = 256;        // clients at once; further ones wait in the backlog
  std::size_t header_bytes_max = 64 << 10;  // of one request or response head
  std::chrono::milliseconds connect_ms_max{10'000};
  std::chrono::milliseconds idle_ms_max{300'000};  // no byte in either direction
};

// One io_context thread. Destroying it closes the listener and every connection.
class Proxy {
 public:
  // Takes `listen_fd` (owns and closes it).
  Proxy(const boost::asio::any_io_executor& executor, int listen_fd,
        std::shared_ptr<EgressPolicy> policy, std::shared_ptr<Resolver> resolver,
        ProxyLimits limits = {});
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::size_t connections() const;  // clients connected now

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::sandbox
