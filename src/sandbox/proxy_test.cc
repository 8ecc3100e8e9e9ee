// The proxy between a client that writes raw bytes and a site that answers with raw bytes.
#include "sandbox/proxy.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <iostream>

#include "sandbox/test_support.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A socket that is read and written as text. Ends are empty strings.
class Peer {
 public:
  explicit Peer(tcp::socket socket) : socket(std::move(socket)) {}

  awaitable<std::string> read_through(std::string mark) {
    boost::system::error_code error;
    const std::size_t length =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer_), mark,
                                        asio::redirect_error(asio::use_awaitable, error));
    std::string text = buffer_.substr(0, length);
    buffer_.erase(0, length);
    co_return text;
  }
  awaitable<std::string> read_to_end() {
    boost::system::error_code error;
    co_await asio::async_read(socket, asio::dynamic_buffer(buffer_),
                              asio::redirect_error(asio::use_awaitable, error));
    co_return std::exchange(buffer_, {});
  }
  awaitable<void> write(std::string bytes) {
    boost::system::error_code ignored;
    co_await asio::async_write(socket, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, ignored));
  }

  tcp::socket socket;

 private:
  std::string buffer_;
};

// Answers each connection by `talk`.
class Site {
 public:
  using Talk = std::function<awaitable<void>(Peer&)>;

  Site(asio::io_context& io, Talk talk)
      : acceptor_(io, {asio::ip::address_v4::loopback(), 0}), talk_(std::move(talk)) {
    asio::co_spawn(io, accept(), asio::detached);
  }
  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
  std::string host() const { return "127.0.0.1:" + port(); }
  Origin origin() const { return Origin::parse("http://" + host()).value(); }

  int connections = 0;

 private:
  awaitable<void> accept() {
    while (true) {
      tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
      ++connections;
      socket.set_option(tcp::no_delay(true));
      asio::co_spawn(acceptor_.get_executor(), serve(std::make_shared<Peer>(std::move(socket))),
                     asio::detached);
    }
  }
  awaitable<void> serve(std::shared_ptr<Peer> peer) { co_await talk_(*peer); }

  tcp::acceptor acceptor_;
  Talk talk_;
};

// Echoes every head it gets, as a body of known length, for as long as it is asked.
Site::Talk echo_heads() {
  return [](Peer& peer) -> awaitable<void> {
    while (true) {
      const std::string head = co_await peer.read_through("\r\n\r\n");
      if (head.empty()) co_return;
      co_await peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(head.size()) +
                          "\r\nX-Case: Kept\r\nConnection: keep-alive\r\n\r\n" + head);
    }
  };
}

Site::Talk answer_once(std::string answer) {
  return [answer](Peer& peer) -> awaitable<void> {
    (void)co_await peer.read_through("\r\n\r\n");
    co_await peer.write(answer);
  };
}

class ProxyTest : public testing::Test {
 protected:
  void serve(EgressOptions options, ProxyLimits limits = {}) {
    tcp::acceptor listener(io_, {asio::ip::address_v4::loopback(), 0});
    listen_at_ = listener.local_endpoint();
    policy_ = std::make_shared<EgressPolicy>(std::move(options));
    proxy_ = std::make_unique<Proxy>(io_.get_executor(), listener.release(), policy_,
                                     std::make_shared<SystemResolver>(), limits);
  }
  void serve(const Site& site) { serve({.origins = {site.origin()}, .allow_loopback = true}); }

  Peer connect() {
    tcp::socket socket(io_);
    socket.connect(listen_at_);
    socket.set_option(tcp::no_delay(true));
    return Peer(std::move(socket));
  }

  // One request on one connection, to the end of the connection.
  std::string ask(std::string request) {
    Peer peer = connect();
    const auto talk = [&]() -> awaitable<std::string> {
      co_await peer.write(request);
      co_return co_await peer.read_to_end();
    };
    return run(io_, talk());
  }
  static std::string get(const std::string& host,
                         const std::string& more = "Connection: close\r\n") {
    return "GET http://" + host + "/p?q#f HTTP/1.1\r\nHost: liar.example\r\n" + more + "\r\n";
  }

  asio::io_context io_;
  tcp::endpoint listen_at_;
  std::shared_ptr<EgressPolicy> policy_;
  std::unique_ptr<Proxy> proxy_;
};

TEST_F(ProxyTest, ForwardsWhatIsAllowedAndRemovesWhatIsTheConnections) {
  Site site(io_, echo_heads());
  serve(site);
  const std::string answer =
      ask(get(site.host(),
              "Connection: close, X-Hop\r\nX-Hop: 1\r\nProxy-Authorization: Basic eA==\r\n"
              "Upgrade: websocket\r\nCookie: a=b\r\n"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Case: Kept\r\n"));
  EXPECT_THAT(answer, HasSubstr("GET /p?q HTTP/1.1\r\n"));
  EXPECT_THAT(answer, HasSubstr("Host: " + site.host() + "\r\n"));
  EXPECT_THAT(answer, HasSubstr("Cookie: a=b\r\n"));
  for (const char* gone : {"X-Hop", "Proxy-", "Upgrade", "liar", "websocket"}) {
    EXPECT_THAT(answer, Not(HasSubstr(gone)));
  }
}

TEST_F(ProxyTest, RefusesWithASentenceAndRemembers) {
  Site site(io_, echo_heads());
  Site other(io_, echo_heads());
  serve(site);
  for (const std::string& host :
       {other.host(), std::string("169.254.169.254"), std::string("example.org")}) {
    const std::string answer = ask(get(host));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(answer, HasSubstr(host));
    EXPECT_THAT(ask("CONNECT " + host + (host.contains(':') ? "" : ":443") +
                    " HTTP/1.1\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 403 "));
  }
  EXPECT_EQ(other.connections, 0);
  EXPECT_EQ(policy_->refused().size(), 5u);
  EXPECT_EQ(policy_->refused()[0].count, 2u);
}

TEST_F(ProxyTest, ChecksEveryRequestOfAConnection) {
  Site site(io_, echo_heads());
  Site other(io_, echo_heads());
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    // Both at once, as a pipelining client may.
    co_await peer.write(get(site.host(), "") + get(other.host()));
    co_return co_await peer.read_to_end();
  };
  const std::string answers = run(io_, talk());
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(answers, HasSubstr("HTTP/1.1 403 Forbidden"));
  EXPECT_EQ(other.connections, 0);
}

TEST_F(ProxyTest, KeepsBothConnectionsOpen) {
  Site site(io_, echo_heads());
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<void> {
    for (int i = 0; i < 5; ++i) {
      co_await peer.write(get(site.host(), ""));
      const std::string part1 = co_await peer.read_through("\r\n\r\n");
      EXPECT_THAT(part1, StartsWith("HTTP/1.1 200"));
      const std::string part2 = co_await peer.read_through("\r\n\r\n");
      EXPECT_THAT(part2, StartsWith("GET /p"));
    }
  };
  run(io_, [&]() -> awaitable<int> {
    co_await talk();
    co_return 0;
  }());
  EXPECT_EQ(site.connections, 1);
  EXPECT_EQ(proxy_->connections(), 1u);
}

TEST_F(ProxyTest, AsksAgainWhenTheSiteClosedAnIdleConnection) {
  Site site(io_, answer_once("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<int> {
    for (int i = 0; i < 3; ++i) {
      co_await peer.write(get(site.host(), ""));
      const std::string part3 = co_await peer.read_through("hi");
      EXPECT_THAT(part3, StartsWith("HTTP/1.1 200"));
    }
    co_return 0;
  };
  run(io_, talk());
  EXPECT_EQ(site.connections, 3);
}

TEST_F(ProxyTest, StreamsChunksAsTheyCome) {
  asio::steady_timer seen(io_, asio::steady_timer::time_point::max());
  Site site(io_, [&](Peer& peer) -> awaitable<void> {
    (void)co_await peer.read_through("\r\n\r\n");
    co_await peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    boost::system::error_code ignored;
    co_await seen.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_await peer.write("6\r\nsecond\r\n0\r\n\r\n");
  });
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    co_await peer.write(get(site.host()));
    std::string text = co_await peer.read_through("first");
    seen.cancel();  // the second half is written only after the first has arrived
    text += co_await peer.read_through("0\r\n\r\n");
    co_return text;
  };
  const std::string answer = run(io_, talk());
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(answer, HasSubstr("6\r\nsecond\r\n0\r\n\r\n"));
}

TEST_F(ProxyTest, TheHeadOfAStreamComesBeforeItsFirstEvent) {
  asio::steady_timer seen(io_, asio::steady_timer::time_point::max());
  Site site(io_, [&](Peer& peer) -> awaitable<void> {
    (void)co_await peer.read_through("\r\n\r\n");
    co_await peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    boost::system::error_code ignored;
    co_await seen.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_await peer.write("data: x\n\n");
    peer.socket.close();
  });
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    co_await peer.write(get(site.host(), ""));
    std::string text = co_await peer.read_through("\r\n\r\n");
    seen.cancel();
    text += co_await peer.read_through("0\r\n\r\n");
    co_return text;
  };
  EXPECT_THAT(run(io_, talk()), HasSubstr("data: x"));
}

TEST_F(ProxyTest, AnswersWithoutABodyEndAtTheirHead) {
  for (const char* status : {"204 No Content", "304 Not Modified"}) {
    Site site(io_, answer_once("HTTP/1.1 " + std::string(status) + "\r\nETag: x\r\n\r\n"));
    serve(site);
    EXPECT_THAT(ask(get(site.host())), HasSubstr("ETag: x\r\n"));
  }
  Site site(io_, answer_once("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
  serve(site);
  EXPECT_THAT(ask("HEAD http://" + site.host() + "/ HTTP/1.1\r\nConnection: close\r\n\r\n"),
              HasSubstr("Content-Length: 1000\r\n"));
}

TEST_F(ProxyTest, PassesHintsAndContinuesOn) {
  Site site(io_, [](Peer& peer) -> awaitable<void> {
    (void)co_await peer.read_through("\r\n\r\n");
    co_await peer.write("HTTP/1.1 100 Continue\r\n\r\n");
    const std::string body = co_await peer.read_through("body");
    co_await peer.write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    co_await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body);
  });
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    co_await peer.write("POST http://" + site.host() +
                        "/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n"
                        "Connection: close\r\n\r\n");
    std::string text = co_await peer.read_through("\r\n\r\n");
    EXPECT_THAT(text, StartsWith("HTTP/1.1 100 Continue"));
    co_await peer.write("body");
    co_return co_await peer.read_to_end();
  };
  const std::string answer = run(io_, talk());
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 103 Early Hints\r\nLink: x"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\nbody"));
}

TEST_F(ProxyTest, CarriesLargeBodiesBothWaysAtOnce) {
  constexpr std::size_t kBytes = 20'000'000;
  Site site(io_, [](Peer& peer) -> awaitable<void> {
    const std::string head = co_await peer.read_through("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("Content-Length: 20000000"));
    co_await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n");
    std::size_t left = kBytes;
    while (left > 0) {  // echoed while it is still being sent
      const std::string line = co_await peer.read_through("\n");
      left -= line.size();
      co_await peer.write(line);
    }
  });
  serve(site);
  Peer peer = connect();
  std::string body(kBytes, 'x');
  for (std::size_t end = 99'999; end < kBytes; end += 100'000) body[end] = '\n';
  const auto send = [&]() -> awaitable<void> {
    co_await peer.write("POST http://" + site.host() +
                        "/ HTTP/1.1\r\nContent-Length: 20000000\r\n"
                        "Connection: close\r\n\r\n" +
                        body);
  };
  asio::co_spawn(io_, send(), asio::detached);
  const std::string answer = run(io_, peer.read_to_end());
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, kBytes);
}

TEST_F(ProxyTest, ChunkedRequestsStayChunked) {
  Site site(io_, [](Peer& peer) -> awaitable<void> {
    std::string text = co_await peer.read_through("0\r\n\r\n");
    co_await peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(text.size()) +
                        "\r\n\r\n" + text);
  });
  serve(site);
  const std::string answer =
      ask("POST http://" + site.host() +
          "/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(answer, HasSubstr("abc"));
  EXPECT_THAT(answer, HasSubstr("defg"));
}

TEST_F(ProxyTest, NothingIsSmuggled) {
  Site site(io_, echo_heads());
  serve(site);
  const std::string post = "POST http://" + site.host() + "/ HTTP/1.1\r\n";
  const std::string hidden = "GET /admin HTTP/1.1\r\n\r\n";
  for (const std::string& request : {
           post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
           post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde" + hidden,
           post + "Transfer-Encoding: xchunked\r\n\r\n" + hidden,
           post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
           post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden,
           std::string("GET / HTTP/1.1\r\nHost: ") + site.host() + "\r\n\r\n",
           "GET http://" + site.host() + "/\x01 HTTP/1.1\r\n\r\n",
           std::string("\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 12),
       }) {
    EXPECT_THAT(ask(request), StartsWith("HTTP/1.1 400 ")) << request;
  }
  EXPECT_EQ(site.connections, 0);
  EXPECT_THAT(ask(get(site.host(), "X-Long: " + std::string(200'000, 'x') + "\r\n")),
              StartsWith("HTTP/1.1 431 "));
}

TEST_F(ProxyTest, ASiteThatIsNotThereIsABadGateway) {
  std::string host;
  {
    tcp::acceptor gone(io_, {asio::ip::address_v4::loopback(), 0});
    host = "127.0.0.1:" + std::to_string(gone.local_endpoint().port());
  }
  serve({.origins = {Origin::parse("http://" + host).value()}, .allow_loopback = true});
  const std::string answer = ask(get(host));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 502 "));
  EXPECT_THAT(answer, HasSubstr(host));
  Site rude(io_, answer_once("whatever\r\n\r\n"));
  serve(rude);
  EXPECT_THAT(ask(get(rude.host())), StartsWith("HTTP/1.1 502 "));
}

TEST_F(ProxyTest, TunnelsBytesBothWaysAndEnds) {
  Site site(io_, [](Peer& peer) -> awaitable<void> {
    const std::string said = co_await peer.read_through("\n");
    co_await peer.write("you said " + said);
    const std::string rest = co_await peer.read_to_end();  // the client's half-close arrives
    co_await peer.write("and " + rest);
    peer.socket.close();
  });
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    // What follows at once belongs to the tunnel.
    co_await peer.write("CONNECT " + site.host() + " HTTP/1.1\r\n\r\nhello\n");
    std::string text = co_await peer.read_through("\r\n\r\n");
    text += co_await peer.read_through("hello\n");
    co_await peer.write("bye");
    peer.socket.shutdown(tcp::socket::shutdown_send);
    text += co_await peer.read_to_end();
    co_return text;
  };
  EXPECT_EQ(run(io_, talk()), "HTTP/1.1 200 Connection established\r\n\r\nyou said hello\nand bye");
}

TEST_F(ProxyTest, AnIdleConnectionIsClosed) {
  Site site(io_, echo_heads());
  serve({.origins = {site.origin()}, .allow_loopback = true},
        {.idle_ms_max = std::chrono::milliseconds(50)});
  Peer peer = connect();
  EXPECT_EQ(run(io_, peer.read_to_end()), "");
}

TEST_F(ProxyTest, DestroyingItClosesEverything) {
  Site site(io_, echo_heads());
  serve(site);
  Peer peer = connect();
  const auto talk = [&]() -> awaitable<std::string> {
    co_await peer.write("CONNECT " + site.host() + " HTTP/1.1\r\n\r\n");
    (void)co_await peer.read_through("\r\n\r\n");
    proxy_.reset();
    co_return co_await peer.read_to_end();
  };
  EXPECT_EQ(run(io_, talk()), "");
  tcp::socket late(io_);
  boost::system::error_code error;
  late.connect(listen_at_, error);
  EXPECT_EQ(error, asio::error::connection_refused);
}

TEST_F(ProxyTest, IsNearlyAsFastAsNoProxy) {
  Site site(io_, echo_heads());
  serve(site);
  const auto time = [&](tcp::endpoint to, const std::string& request) {
    tcp::socket socket(io_);
    socket.connect(to);
    socket.set_option(tcp::no_delay(true));
    Peer peer(std::move(socket));
    const auto talk = [&]() -> awaitable<double> {
      const auto before = std::chrono::steady_clock::now();
      for (int i = 0; i < 200; ++i) {
        co_await peer.write(request);
        (void)co_await peer.read_through("\r\n\r\n");
        (void)co_await peer.read_through("\r\n\r\n");
      }
      co_return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
          .count();
    };
    return run(io_, talk());
  };
  const double direct = time({asio::ip::address_v4::loopback(), site.origin().port},
                             "GET /p HTTP/1.1\r\nHost: x\r\n\r\n");
  const double proxied = time(listen_at_, get(site.host(), ""));
  std::cout << "200 GETs, ms: direct " << direct << ", through the proxy " << proxied << "\n";
  EXPECT_LT(proxied, 200 * 40);  // 40 ms is what waiting for a delayed ack costs each
}

}  // namespace
}  // namespace vouch::sandbox
