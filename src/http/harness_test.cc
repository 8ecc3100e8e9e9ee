#include "http/harness_test.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <cstring>

#include "adapters/generate/adapter_job.h"
#include "base/json.h"
#include "http/target.h"
#include "ops/credits.h"
#include "ops/openapi.h"
#include "ops/schema.h"
#include "sandbox/test_support.h"

namespace vouch::http::testing {
namespace asio = boost::asio;
namespace {

constexpr timeval kPatience{20, 0};  // how long a test waits for a byte before it fails

int connect_tcp(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  ::inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  return fd;
}

int connect_local(const std::string& path) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::strncpy(to.sun_path, path.c_str(), sizeof to.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  return fd;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

boost::json::value Reply::json() const { return parse_kept(body); }

std::string Reply::header(const std::string& name) const {
  auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Client::Client(const std::string& address)
    : fd_(address.starts_with('/') ? connect_local(address) : connect_tcp(address)) {
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
}

Client::~Client() { close(); }

void Client::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // refused early: what the server said is what counts
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Client::fill() {
  char bytes[16 * 1024];
  ssize_t got = 0;
  do {  // a process of the server that ends is a signal, which no socket with a time limit outlives
    got = ::recv(fd_, bytes, sizeof bytes, 0);
  } while (got < 0 && errno == EINTR);
  if (got < 0) ADD_FAILURE() << "nothing came: " << std::strerror(errno);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_until(std::string_view end) {
  while (true) {
    const std::size_t at = buffer_.find(end);
    if (at != std::string::npos || !fill()) {
      const std::size_t size = at == std::string::npos ? buffer_.size() : at + end.size();
      std::string text = buffer_.substr(0, size);
      buffer_.erase(0, size);
      return text;
    }
  }
}

Reply Client::read_reply(bool head) {
  Reply reply;
  const std::string top = read_until("\r\n\r\n");
  if (top.size() < 12) return reply;
  reply.status = std::stoi(top.substr(9, 3));
  for (std::size_t at = top.find("\r\n") + 2; at + 2 < top.size();) {
    const std::size_t end = top.find("\r\n", at);
    const std::size_t colon = top.find(": ", at);
    if (colon < end) {
      reply.headers[lower(top.substr(at, colon - at))] = top.substr(colon + 2, end - colon - 2);
    }
    at = end + 2;
  }
  if (head || !reply.headers.contains("content-length")) return reply;
  const std::size_t length = std::stoul(reply.headers["content-length"]);
  while (buffer_.size() < length && fill()) {
  }
  reply.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return reply;
}

void Client::end_sending() { shutdown(fd_, SHUT_WR); }

bool Client::closed_by_server() {
  char byte = 0;
  const ssize_t got = ::recv(fd_, &byte, 1, 0);
  return got == 0 || (got < 0 && errno == ECONNRESET);
}

engine::JobKind TestServer::kind(const std::string& name, const Script& script) {
  engine::JobKind kind;
  kind.name = name;
  kind.handler =
      [this, script](engine::JobContext& context) -> asio::awaitable<Result<boost::json::object>> {
    if (!script) co_return fail(ErrorCode::kUnavailable, "This server has no script for it.");
    co_return co_await script(context, *store_);
  };
  // As the real kinds do.
  kind.on_start = [](store::Tx& tx, const store::JobRow& job) {
    if (job.kind != "run") return;
    auto run = tx.find_run(job.project_id, job.payload.at("runId").as_int64());
    run->started_ms = job.started_ms;
    VOUCH_CHECK(tx.update_run(*run));
  };
  kind.on_end = [](store::Tx& tx, const store::JobRow& job) {
    using store::JobState;
    if (job.kind == "exploration" || job.kind == "healing" || job.kind == "proving") return;
    if (job.kind == "run") {
      auto run = tx.find_run(job.project_id, job.payload.at("runId").as_int64());
      run->status = job.state == JobState::kSucceeded   ? store::RunStatus::kPassed
                    : job.state == JobState::kCancelled ? store::RunStatus::kCancelled
                                                        : store::RunStatus::kFailed;
      run->finished_ms = job.finished_ms;
      VOUCH_CHECK(tx.update_run(*run));
      return;
    }
    auto feature = tx.find_feature(job.project_id, *job.feature_id);
    feature->status = job.state == JobState::kSucceeded   ? store::FeatureStatus::kGenerated
                      : job.state == JobState::kCancelled ? store::FeatureStatus::kCancelled
                                                          : store::FeatureStatus::kFailed;
    if (job.state == JobState::kSucceeded) {
      feature->spec = std::string(job.result.at("spec").as_string());
      feature->generated_gherkin_hash = feature->gherkin_hash;
    }
    VOUCH_CHECK(tx.update_feature(*feature));
  };
  return ops::with_credits(std::move(kind));
}

TestServer::TestServer(const Options& options)
    : store_(store::open_sqlite({.folder = folder_.path() + "/data"}, random_).value()),
      sandbox_(io_.get_executor(), sandbox::test_options(folder_.path())),
      guard_(asio::make_work_guard(io_)) {
  std::vector<engine::JobKind> kinds;
  kinds.push_back(kind("generation", options.generation));
  kinds.push_back(kind("run", options.run));
  kinds.push_back(kind("exploration", options.exploration));
  kinds.push_back(kind("healing", options.healing));
  kinds.push_back(kind("proving", options.proving));
  script::PoolOptions pool;
  pool.worker_path = std::string(VOUCH_SOURCE_DIR) + "/bin/vouch-script";
  scripts_ = std::make_unique<script::Pool>(io_.get_executor(), sandbox_, std::move(pool));
  kinds.push_back(adapters::generate::make_adapter_kind(*store_, *scripts_, clock_, {}));
  engine_ = std::make_unique<engine::Engine>(io_.get_executor(), *store_, clock_, random_,
                                             options.engine, std::move(kinds));
  keys_ = std::make_unique<ops::KeyRing>(*store_, clock_, random_);
  links_ = std::make_unique<runs::ArtifactLinks>("a signing key", clock_);
  services_ = std::make_unique<ops::Services>(ops::Services{*store_,
                                                            *engine_,
                                                            clock_,
                                                            random_,
                                                            *keys_,
                                                            {*links_, artifacts()},
                                                            texts_,
                                                            vault_,
                                                            {*scripts_, fetcher_, true, true},
                                                            {}});
  scheduler_ = std::make_unique<ops::Scheduler>(io_.get_executor(), *services_);
  services_->schedules_changed = [this] { scheduler_->wake(); };
  server_ = std::make_unique<Server>(io_.get_executor(), *services_,
                                     ServerOptions{options.listen, admin_socket(), options.limits});
  address_ = server_->bind().value();
  asio::co_spawn(io_, server_->serve(), asio::detached);
  thread_ = std::thread([this] { io_.run(); });
  VOUCH_CHECK(on_server(engine_->start()));
  scheduled_ = asio::co_spawn(io_, scheduler_->run(), asio::use_future);
  key = make_key("acme");
  Reply made =
      call("POST", "/api/v1/ops/projects", R"({"name":"Shop","siteUrl":"http://localhost:3000"})");
  project = made.json().at("id").as_string();
}

TestServer::~TestServer() {
  stop();
  post([this] { scheduler_->stop(); });
  scheduled_.get();
  asio::co_spawn(io_, engine_->stop(), asio::use_future).get();
  on_server(end_scripts());
  guard_.reset();
  io_.stop();
  thread_.join();
}

// On the thread that started them.
asio::awaitable<bool> TestServer::end_scripts() {
  scripts_.reset();
  co_return true;
}

void TestServer::advance(TimeMs ms) {
  auto move = [this, ms]() -> asio::awaitable<bool> {
    clock_.advance(ms);
    co_return true;
  };
  on_server(move());
}

void TestServer::wake_scheduler() {
  post([this] { scheduler_->wake(); });
}

void TestServer::stop() {
  if (!stopped_) asio::co_spawn(io_, server_->stop(), asio::use_future).get();
  stopped_ = true;
}

std::string TestServer::make_key(const std::string& workspace,
                                 const std::vector<ops::Scope>& scopes) {
  ops::NewKey wish;
  wish.workspace = workspace;
  wish.name = "test";
  wish.scopes = scopes;
  return on_server(keys_->create(wish)).value().key;
}

std::string TestServer::request(std::string_view method, std::string_view path,
                                std::string_view body, const std::string& extra_headers,
                                const std::string& key) const {
  std::string text = std::string(method) + " " + std::string(path) +
                     " HTTP/1.1\r\nHost: " + address_ + "\r\n" + extra_headers;
  if (!key.empty()) text += "Authorization: Bearer " + key + "\r\n";
  if (!body.empty()) {
    if (extra_headers.find("Content-Type") == std::string::npos) {
      text += "Content-Type: application/json\r\n";
    }
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text + "\r\n" + std::string(body);
}

void expect_documented(std::string_view method, std::string_view path, const Reply& reply) {
  struct Row {
    std::string method;
    Route route;
    ops::Schema result;
    int success;
    ops::Dialect dialect;
  };
  static const std::vector<Row> table = [] {
    std::vector<Row> rows;
    for (const ops::Operation& row : ops::operations()) {
      rows.push_back({std::string(to_string(row.method)), Route(row.route), ops::Schema(row.result),
                      ops::success_status(row), row.dialect});
    }
    return rows;
  }();
  static const ops::Schema error(boost::json::parse(R"({
    "type": "object", "required": ["error", "message"], "additionalProperties": false,
    "properties": {"error": {"type": "string", "minLength": 1},
                   "message": {"type": "string", "minLength": 1},
                   "details": {"type": "object"}}})")
                                     .as_object());
  static const ops::Schema flat_error(boost::json::parse(R"({
    "type": "object", "required": ["error"], "additionalProperties": false, "properties": {
      "error": {"type": "object", "required": ["code", "message", "details", "field"],
        "additionalProperties": false, "properties": {
          "code": {"type": "integer"}, "message": {"type": "string", "minLength": 1},
          "details": {"type": "string"}, "field": {"type": "string"}}}}})")
                                          .as_object());
  const std::string what = std::string(method) + " " + std::string(path) + ": " + reply.body;
  EXPECT_NE(reply.status, 500) << what;
  const auto type = reply.headers.find("content-type");
  if (method == "HEAD" || type == reply.headers.end() || type->second != "application/json") return;
  auto target = parse_target(path);
  if (!target) return;
  for (const Row& row : table) {
    if (row.method != method || !row.route.match(target->segments)) continue;
    const bool is_error = reply.status >= 400 && path != "/ready";
    if (!is_error && path != "/ready") {
      EXPECT_EQ(reply.status, row.success) << what;
    }
    const bool is_flat = row.dialect == ops::Dialect::kAdapters;
    const ops::Schema& error_shape = is_flat ? flat_error : error;
    const boost::json::value body = reply.json();
    if (is_flat && is_error) {
      EXPECT_EQ(body.at("error").at("code"), reply.status) << what;
    }
    auto fits = (is_error ? error_shape : row.result).check(body);
    EXPECT_TRUE(fits) << fits.error().message << "\n" << what;
    return;
  }
}

Reply TestServer::call(std::string_view method, std::string_view path, std::string_view body,
                       const std::string& extra_headers) {
  Client client(address_);
  client.send(request(method, path, body, extra_headers, key));
  Reply reply = client.read_reply(method == "HEAD");
  expect_documented(method, path, reply);
  return reply;
}

void TestServer::await_connections(std::size_t count) {
  auto reached = [this, count]() -> asio::awaitable<bool> {
    while (server_->connections() > count) co_await asio::post(io_, asio::use_awaitable);
    co_return true;
  };
  on_server(reached());
}

asio::awaitable<void> Door::wait() {
  has_visitor_ = true;
  has_visitor_.notify_all();
  if (open_) co_return;
  boost::system::error_code ignored;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void Door::open() {
  asio::post(io_, [this] {
    open_ = true;
    timer_.cancel();
  });
}

}  // namespace vouch::http::testing
