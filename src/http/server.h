// The HTTP server: sockets, limits, waiting and event streams around an Api.
//
//   Server server(executor, services, {.listen = "127.0.0.1:0"});
//   Result<std::string> address = server.bind();   // "127.0.0.1:43211"
//   co_spawn(executor, server.serve(), detached);  // returns after stop()
//
// It lives on the one thread that runs `executor`'s io_context. HTTP/1.1 with keep-alive and
// pipelining. Who waits (Prefer: wait, event streams) costs a socket and a coroutine, and is freed
// at once when the client goes away; a client that half-closes its connection while it waits counts
// as gone. A client that is slow to send or to take is cut off; what it asked to write still
// happens.
//
// On a loopback address only the loopback's own names are accepted as Host.
//
// The admin socket speaks the same HTTP without keys, for the operations of that surface alone;
// only the user who runs the server may open it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "ops/services.h"

namespace vouch::http {

struct ServerLimits {
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 1024 * 1024;
  std::size_t connections_max = 20'000;
  std::chrono::milliseconds idle_max{75'000};          // between two requests
  std::chrono::milliseconds header_max{10'000};        // from the first byte to the last header
  std::chrono::milliseconds body_max{30'000};          // from there to the end of the body
  std::chrono::milliseconds write_max{30'000};         // for the client to take some of an answer
  std::chrono::milliseconds keep_alive_every{15'000};  // comment in a silent event stream
  std::chrono::milliseconds stop_max{5'000};           // for answers under way when it stops
};

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // host:port, [v6]:port; port 0 takes a free one
  std::string admin_socket;               // path; empty: none. One left behind is replaced
  ServerLimits limits;
  int requests_per_second_max = 0;  // of one key; 0: no limit
};

class Server {
 public:
  Server(const boost::asio::any_io_executor& executor, ops::Services& services,
         const ServerOptions& options);
  ~Server();  // drops what is open
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Opens the sockets; from then on clients may connect. The address is what was bound, as
  // host:port. kInvalidRequest: `listen` is not an address. kUnavailable: it cannot be taken.
  Result<std::string> bind();
  // Accepts until stop(). Once, after bind().
  boost::asio::awaitable<void> serve();
  // Accepts no more, ends waits and streams, lets answers under way finish, and returns when the
  // last connection is closed.
  boost::asio::awaitable<void> stop();

  std::size_t connections() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vouch::http
