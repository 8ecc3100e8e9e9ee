// Requests to a site of this test's own: what arrives, what comes back, and what is not let out.
#include "sandbox/fetch.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include "sandbox/test_support.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;

class FetchTest : public ::testing::Test {
 protected:
  FetchTest() : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(io_, serve(), asio::detached);
  }

  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + path;
  }
  std::shared_ptr<EgressPolicy> policy(const std::string& origin, bool loopback = true) {
    EgressOptions options;
    options.origins = {*Origin::parse(origin)};
    options.allow_loopback = loopback;
    return std::make_shared<EgressPolicy>(std::move(options));
  }
  Result<FetchResponse> fetch(FetchRequest request, std::shared_ptr<EgressPolicy> policy,
                              FetchLimits limits = {}) {
    return run(io_, fetcher_.fetch(std::move(request), std::move(policy), limits));
  }

  asio::awaitable<void> serve() {
    while (true) {
      boost::system::error_code error;
      tcp::socket socket =
          co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return;
      std::string head;
      co_await asio::async_read_until(socket, asio::dynamic_buffer(head), answer_after_,
                                      asio::redirect_error(asio::use_awaitable, error));
      seen_ = head;
      co_await asio::async_write(socket, asio::buffer(answer_),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }

  asio::io_context io_;
  tcp::acceptor acceptor_;
  Fetcher fetcher_;
  std::string answer_after_ = "\r\n\r\n";
  std::string answer_ =
      "HTTP/1.1 201 Created\r\nX-One: 1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
  std::string seen_;
};

TEST_F(FetchTest, SendsWhatIsAskedAndGivesWhatCame) {
  answer_after_ = "{\"a\":1}";
  const auto response = fetch({"PUT", url("/x?y=1"), {{"X-Key", "k"}}, "{\"a\":1}"}, policy(url()));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "hello");
  EXPECT_THAT(response->headers,
              testing::Contains(std::pair<std::string, std::string>("x-one", "1")));
  EXPECT_THAT(seen_, HasSubstr("PUT /x?y=1 HTTP/1.1"));
  EXPECT_THAT(seen_, HasSubstr("X-Key: k"));
}

TEST_F(FetchTest, ReachesOnlyWhatThePolicyAllows) {
  EXPECT_EQ(fetch({"GET", url(), {}, ""}, policy("http://example.test")).error().code,
            ErrorCode::kForbidden);
  const auto local = fetch({"GET", url(), {}, ""}, policy(url(), false));
  EXPECT_EQ(local.error().code, ErrorCode::kForbidden);
  EXPECT_THAT(local.error().message, HasSubstr("this machine itself"));
  EXPECT_EQ(seen_, "") << "nothing was dialled";
}

TEST_F(FetchTest, FollowsNoRedirect) {
  answer_ =
      "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n"
      "Connection: close\r\n\r\n";
  EXPECT_EQ(fetch({"GET", url(), {}, ""}, policy(url()))->status, 302);
}

TEST_F(FetchTest, HasLimits) {
  FetchLimits limits;
  limits.body_bytes_max = 4;
  EXPECT_THAT(fetch({"GET", url(), {}, ""}, policy(url()), limits).error().message,
              HasSubstr("answered with more than"));
  answer_after_ = "never";
  limits.ms_max = std::chrono::milliseconds(50);
  EXPECT_THAT(fetch({"GET", url(), {}, ""}, policy(url()), limits).error().message,
              HasSubstr("did not answer in time"));
}

TEST_F(FetchTest, RefusesHeadersOfTheConnectionItself) {
  for (const char* name : {"Host", "content-length", "Transfer-Encoding", "Connection", "TE"}) {
    const auto refused = fetch({"GET", url(), {{name, "x"}}, ""}, policy(url()));
    EXPECT_THAT(refused.error().message, HasSubstr("belongs to the connection")) << name;
  }
  for (const char* name : {"", "X A", "X;", "X\x0b", "Hos\xc5\xbf"}) {
    EXPECT_EQ(fetch({"GET", url(), {{name, "x"}}, ""}, policy(url())).error().code,
              ErrorCode::kInvalidRequest)
        << name;
  }
  EXPECT_EQ(seen_, "");
}

TEST_F(FetchTest, RefusesHeadersThatWouldBeTwo) {
  EXPECT_EQ(fetch({"GET", url(), {{"X-A", "1\r\nX-B: 2"}}, ""}, policy(url())).error().code,
            ErrorCode::kInvalidRequest);
}

}  // namespace
}  // namespace vouch::sandbox
