// HTTP itself: keys, limits, malformed requests, connections that stay, wait or go away.
#include "http/server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "http/harness_test.h"
#include "http/target.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;
using testing::Client;
using testing::Reply;
using testing::TestServer;

constexpr std::string_view kProjects = "/api/v1/ops/projects";

std::string text(const Reply& reply, std::string_view name) {
  return std::string(reply.json().at(name).as_string());
}

void expect_error(const Reply& reply, int status, std::string_view code) {
  EXPECT_EQ(reply.status, status) << reply.body;
  EXPECT_EQ(text(reply, "error"), code);
  EXPECT_FALSE(reply.header("x-request-id").empty());
}

class ServerTest : public ::testing::Test {
 protected:
  Reply raw(std::string_view bytes) {
    Client client(server.address());
    client.send(bytes);
    return client.read_reply();
  }
  std::string hosted(std::string_view line, std::string_view rest = "") {
    return std::string(line) + " HTTP/1.1\r\nHost: " + server.address() + "\r\n" +
           std::string(rest) + "\r\n";
  }

  TestServer server;
};

TEST_F(ServerTest, HealthAndReadinessNeedNoKey) {
  Reply health = raw(hosted("GET /health"));
  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(health.body, R"({"status":"healthy"})");
  Reply ready = raw(hosted("GET /ready"));
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(text(ready, "status"), "ready");
}

TEST_F(ServerTest, WithoutAValidKeyThereIsNothing) {
  for (const char* header : {"", "Authorization: Bearer\r\n", "Authorization: Bearer tvb_x\r\n",
                             "Authorization: Basic dTpw\r\n"}) {
    Reply reply = raw(hosted("GET /api/v1/ops/projects", header));
    expect_error(reply, 401, "unauthorized");
    EXPECT_EQ(text(reply, "message"), "A valid API key is required (Authorization: Bearer tvb_…).");
    EXPECT_TRUE(reply.header("www-authenticate").starts_with("Bearer"));
  }
}

TEST_F(ServerTest, AKeyDoesWhatItsScopesSay) {
  server.key = server.make_key("acme", {ops::Scope::kRead});
  EXPECT_EQ(server.call("GET", kProjects).status, 200);
  expect_error(server.call("POST", kProjects, "{}"), 403, "forbidden");
  expect_error(server.call("GET", "/api/v1/ops/keys"), 403, "forbidden");
  server.key = server.make_key("acme", {ops::Scope::kAdmin});
  EXPECT_EQ(server.call("GET", "/api/v1/ops/keys").status, 200);
}

TEST_F(ServerTest, AnAdministratorMakesAndRevokesKeys) {
  server.key = server.make_key("acme", {ops::Scope::kAdmin});
  Reply made = server.call("POST", "/api/v1/ops/keys", R"({"name":"ci","scopes":["read"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string admin = server.key, fresh = text(made, "key");
  server.key = fresh;
  EXPECT_EQ(server.call("GET", kProjects).status, 200);
  server.key = admin;
  EXPECT_EQ(server.call("DELETE", "/api/v1/ops/keys/" + text(made, "id")).status, 200);
  server.key = fresh;
  EXPECT_EQ(server.call("GET", kProjects).status, 401);
}

TEST_F(ServerTest, UnknownAddressesAndMethodsAreToldApart) {
  expect_error(server.call("GET", "/nowhere"), 404, "not_found");
  expect_error(server.call("GET", "/api/v1/ops/projects/"), 404, "not_found");
  Reply wrong = server.call("PUT", kProjects);
  expect_error(wrong, 405, "method_not_allowed");
  EXPECT_EQ(wrong.header("allow"), "GET, HEAD, POST, OPTIONS");
  Reply options = server.call("OPTIONS", kProjects);
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("allow"), "GET, HEAD, POST, OPTIONS");
}

TEST_F(ServerTest, HeadIsGetWithoutItsBody) {
  Reply get = server.call("GET", kProjects);
  Reply head = server.call("HEAD", kProjects);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), get.header("content-length"));
  EXPECT_EQ(head.header("etag"), get.header("etag"));
}

TEST_F(ServerTest, BodiesAreJsonObjects) {
  for (const char* body : {"{", "[1]", "\"x\"", "{\"name\":\"\xff\"}", "{} {}"}) {
    expect_error(server.call("POST", kProjects, body), 400, "invalid_request");
  }
  expect_error(
      server.call("POST", kProjects, "a=b", "Content-Type: application/x-www-form-urlencoded\r\n"),
      415, "unsupported_media_type");
  std::string deep(5000, '[');
  expect_error(server.call("POST", kProjects, "{\"name\":" + deep), 400, "invalid_request");
}

TEST_F(ServerTest, AddressesAreDecodedOnceAndStrictly) {
  expect_error(server.call("GET", "/api/v1/ops/projects/%zz"), 400, "invalid_request");
  expect_error(server.call("GET", "/api/v1/ops/projects/%ff"), 400, "invalid_request");
  expect_error(server.call("GET", "/api/v1/ops/projects/%00"), 400, "invalid_request");
  expect_error(server.call("GET", "/api/v1/ops/projects/%2e%2e"), 404, "not_found");
}

TEST_F(ServerTest, AnOversizedBodyIsRefusedBeforeItIsRead) {
  Client client(server.address());
  client.send("POST /api/v1/ops/projects HTTP/1.1\r\nHost: " + server.address() +
              "\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n\r\n");
  expect_error(client.read_reply(), 413, "payload_too_large");
  Client chunked(server.address());
  chunked.send("POST /api/v1/ops/projects HTTP/1.1\r\nHost: " + server.address() +
               "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string piece(0x10000, ' ');
  for (int i = 0; i < 17; ++i) chunked.send("10000\r\n" + piece + "\r\n");
  expect_error(chunked.read_reply(), 413, "payload_too_large");
}

TEST_F(ServerTest, OversizedHeadersAreRefused) {
  Reply reply = raw(hosted("GET /health", "X: " + std::string(20'000, 'x') + "\r\n"));
  expect_error(reply, 431, "invalid_request");
}

TEST_F(ServerTest, WhatIsNotHttpIsToldSo) {
  expect_error(raw("nonsense\r\n\r\n"), 400, "invalid_request");
  expect_error(raw("GET / HTTP/9.9\r\n\r\n"), 400, "invalid_request");
}

TEST_F(ServerTest, OnLoopbackOnlyTheNamesOfLoopbackLeadHere) {
  expect_error(raw("GET /health HTTP/1.1\r\nHost: evil.example:80\r\n\r\n"), 403, "forbidden");
  expect_error(raw("GET /health HTTP/1.1\r\n\r\n"), 403, "forbidden");
  EXPECT_EQ(raw("GET /health HTTP/1.1\r\nHost: LOCALHOST:1\r\n\r\n").status, 200);
}

TEST_F(ServerTest, AConnectionServesManyRequestsAlsoSentAhead) {
  Client client(server.address());
  client.send(hosted("GET /health") + hosted("GET /nowhere") + hosted("GET /health"));
  EXPECT_EQ(client.read_reply().status, 200);
  EXPECT_EQ(client.read_reply().status, 404);
  EXPECT_EQ(client.read_reply().status, 200);
  client.send(hosted("GET /health", "Connection: close\r\n"));
  EXPECT_EQ(client.read_reply().header("connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST_F(ServerTest, ARequestIdIsGivenAndKept) {
  EXPECT_EQ(raw(hosted("GET /health", "X-Request-Id: mine-1\r\n")).header("x-request-id"),
            "mine-1");
  const std::string made =
      raw(hosted("GET /health", "X-Request-Id: <b>\r\n")).header("x-request-id");
  EXPECT_EQ(made.size(), 36u);
}

TEST_F(ServerTest, AClientThatAsksFirstIsToldToGoOn) {
  Client client(server.address());
  const std::string body = R"({"name":"B","siteUrl":"http://b"})";
  client.send("POST /api/v1/ops/projects HTTP/1.1\r\nHost: " + server.address() +
              "\r\nAuthorization: Bearer " + server.key +
              "\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 "));
  client.send(body);
  EXPECT_EQ(client.read_reply().status, 201);
}

TEST_F(ServerTest, TheAdminSocketMakesKeysAndNothingElse) {
  struct stat status{};
  ASSERT_EQ(::stat(server.admin_socket().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  Client client(server.admin_socket());
  client.send(
      server.request("POST", "/api/v1/ops/keys", R"({"name":"n","workspace":"acme"})", "", ""));
  Reply made = client.read_reply();
  ASSERT_EQ(made.status, 201) << made.body;
  server.key = text(made, "key");
  EXPECT_EQ(server.call("GET", kProjects).json().at("items").as_array().size(), 1u);
  client.send(server.request("GET", kProjects, "", "", server.key));
  expect_error(client.read_reply(), 404, "not_found");
  client.send(server.request("GET", "/ready", "", "", ""));
  EXPECT_EQ(client.read_reply().status, 200);
}

TEST_F(ServerTest, AClientThatHasNothingMoreToSayIsAnswered) {
  Client client(server.address());
  client.send(server.request("GET", "/api/v1/ops/projects", "", "", server.key));
  client.end_sending();
  EXPECT_EQ(client.read_reply().status, 200);
  EXPECT_TRUE(client.closed_by_server());
}

TEST(ServerLimitsTest, SlowClientsAreCutOff) {
  TestServer::Options options;
  options.limits.idle_max = std::chrono::milliseconds(20);
  options.limits.header_max = std::chrono::milliseconds(20);
  TestServer server(options);
  Client idle(server.address());
  EXPECT_TRUE(idle.closed_by_server());
  Client slow(server.address());
  slow.send("GET /health HT");
  EXPECT_TRUE(slow.closed_by_server());
}

TEST(ServerLimitsTest, TooManyConnectionsAreTurnedAway) {
  TestServer::Options options;
  options.limits.connections_max = 1;
  TestServer server(options);
  server.await_connections(0);
  Client first(server.address());
  first.send("GET /health HTTP/1.1\r\nHost: " + server.address() + "\r\n\r\n");
  EXPECT_EQ(first.read_reply().status, 200);
  Client second(server.address());
  EXPECT_EQ(second.read_reply().status, 503);
  EXPECT_TRUE(second.closed_by_server());
}

class WaitingTest : public ::testing::Test {
 protected:
  WaitingTest() : server(options()) {
    const std::string features = "/api/v1/ops/projects/" + server.project + "/features";
    path = server.call("POST", features, R"({"gherkin":"Feature: A\n Scenario: B\n  Given c\n"})")
               .header("location");
    EXPECT_EQ(server.call("POST", path + "/generate").status, 202);
    server.await_connections(0);
  }

  // Works until it is cancelled.
  static TestServer::Options options() {
    TestServer::Options options;
    options.limits.keep_alive_every = std::chrono::milliseconds(10);
    options.generation = [](engine::JobContext& context,
                            store::Store&) -> asio::awaitable<Result<boost::json::object>> {
      context.log(0, "At work.");
      VOUCH_CO_TRY_VOID(co_await context.flush());
      asio::steady_timer forever(co_await asio::this_coro::executor,
                                 asio::steady_timer::time_point::max());
      co_await forever.async_wait(asio::use_awaitable);
      co_return boost::json::object();
    };
    return options;
  }

  std::string wait_request() {
    return server.request("GET", path + "/generation", "", "Prefer: wait=170\r\n", server.key);
  }

  TestServer server;
  std::string path;
};

TEST_F(WaitingTest, AClientThatGoesAwayFreesItsWaitAtOnce) {
  {
    Client client(server.address());
    client.send(wait_request());
    // An answer to another request shows that the wait has begun.
    EXPECT_EQ(server.call("GET", "/health").status, 200);
  }
  server.await_connections(0);
}

TEST_F(WaitingTest, AClientThatLeavesAStreamFreesIt) {
  {
    Client client(server.address());
    client.send(server.request("GET", path + "/generation/events", "", "", server.key));
    client.read_until("At work.");
    client.read_until(": keep-alive\n\n");
  }
  server.await_connections(0);
}

TEST_F(WaitingTest, ACancelReachesThoseWhoWait) {
  Client client(server.address());
  client.send(wait_request());
  EXPECT_EQ(server.call("POST", path + "/generation/cancel").status, 200);
  EXPECT_EQ(text(client.read_reply(), "featureStatus"), "cancelled");
}

TEST_F(WaitingTest, StoppingEndsWaitsAndStreams) {
  Client stream(server.address());
  stream.send(server.request("GET", path + "/generation/events", "", "", server.key));
  stream.read_until("At work.");
  Client waiter(server.address());
  waiter.send(wait_request());
  Client idle(server.address());
  idle.send("GET /health HTTP/1.1\r\nHost: " + server.address() + "\r\n\r\n");
  EXPECT_EQ(idle.read_reply().status, 200);
  server.stop();
  EXPECT_EQ(waiter.read_reply().status, 503);
  EXPECT_TRUE(stream.read_until("0\r\n\r\n").ends_with("0\r\n\r\n"));
  EXPECT_TRUE(idle.closed_by_server());
  EXPECT_EQ(server.server().connections(), 0u);
}

TEST(Targets, AreTakenApartAndMatched) {
  auto target = parse_target("/a/b%2Fc?x=1+2&y&x=%C3%A9#z");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"a", "b/c"}));
  EXPECT_EQ(target->query[0].second, "1 2");
  EXPECT_EQ(target->query[1].second, "");
  EXPECT_EQ(target->query[2].second, "é");
  EXPECT_FALSE(parse_target("a/b"));
  EXPECT_EQ(parse_target("http://host/a")->segments, std::vector<std::string>{"a"});

  Route route("/p/{project}/files/{path...}");
  auto values = route.match({"p", "1", "files", "x", "y.txt"});
  ASSERT_TRUE(values);
  EXPECT_EQ((*values)[1].second, "x/y.txt");
  EXPECT_FALSE(route.match({"p", "1", "files"}));
  EXPECT_FALSE(route.match({"p", "", "files", "x"}));
}

}  // namespace
}  // namespace vouch::http
