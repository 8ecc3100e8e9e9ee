// For tests: a server with a real store and engine on a thread of its own, and a plain client.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/value.hpp>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "http/server.h"
#include "ops/scheduler.h"
#include "ops/services.h"
#include "sandbox/sandbox.h"
#include "store/sqlite/sqlite_store.h"
#include "store/testing.h"

namespace vouch::http::testing {

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  boost::json::value json() const;
  std::string header(const std::string& name) const;
};

// One connection, blocking. What arrives is waited for, and never longer than kPatience.
class Client {
 public:
  explicit Client(const std::string& address);  // "127.0.0.1:8080", or the path of a Unix socket
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes);
  Reply read_reply(bool head = false);
  // Up to and with `end`; what was read before an end of the connection otherwise.
  std::string read_until(std::string_view end);
  bool closed_by_server();  // waits for it
  void end_sending();       // and still read
  void close();

 private:
  bool fill();
  int fd_ = -1;
  std::string buffer_;
};

// Holds an answer to its operation's result, or to the one shape of errors. What TestServer::call
// answers was held to it.
void expect_documented(std::string_view method, std::string_view path, const Reply& reply);

// A job that does what its test says. `work` runs on the server's thread.
using Script = std::function<boost::asio::awaitable<Result<boost::json::object>>(
    engine::JobContext&, store::Store&)>;

class TestServer {
 public:
  struct Options {
    Script generation;  // fails when empty
    Script run;
    Script exploration, healing, proving;
    ServerLimits limits;
    std::string listen = "127.0.0.1:0";
    engine::EngineOptions engine;
  };
  explicit TestServer(const Options& options);
  TestServer() : TestServer(Options()) {}
  ~TestServer();

  std::string make_key(const std::string& workspace, const std::vector<ops::Scope>& scopes = {});
  // One request on a connection of its own.
  Reply call(std::string_view method, std::string_view path, std::string_view body = "",
             const std::string& extra_headers = "");
  std::string request(std::string_view method, std::string_view path, std::string_view body,
                      const std::string& extra_headers, const std::string& key) const;
  // Runs on the server's thread, and returns what came of it.
  template <class T>
  T on_server(boost::asio::awaitable<T> work) {
    return boost::asio::co_spawn(io_, std::move(work), boost::asio::use_future).get();
  }
  void post(std::function<void()> work) { boost::asio::post(io_, std::move(work)); }
  void advance(TimeMs ms);  // the server's clock
  void wake_scheduler();
  // Waits until the server has no more than `count` connections.
  void await_connections(std::size_t count);

  const std::string& address() const { return address_; }
  std::string admin_socket() const { return folder_.path() + "/vouch.sock"; }
  std::string artifacts() const { return folder_.path() + "/artifacts"; }
  boost::asio::io_context& io() { return io_; }
  store::Store& store() { return *store_; }
  ops::Services& services() { return *services_; }
  Server& server() { return *server_; }
  void stop();

  std::string key;      // of the workspace "acme", every scope but admin
  std::string project;  // its id

 private:
  boost::asio::awaitable<bool> end_scripts();
  engine::JobKind kind(const std::string& name, const Script& script);

  vouch::testing::TempFolder folder_;
  vouch::testing::ManualClock clock_;
  SystemRandom random_;
  boost::asio::io_context io_;
  std::unique_ptr<store::Store> store_;
  sandbox::Sandbox sandbox_;
  std::unique_ptr<script::Pool> scripts_;
  sandbox::Fetcher fetcher_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<ops::KeyRing> keys_;
  std::unique_ptr<runs::ArtifactLinks> links_;
  ops::FeatureTexts texts_;
  Vault vault_ = Vault::open(folder_.path() + "/" + kVaultKeyFileName, random_).value();
  std::unique_ptr<ops::Services> services_;
  std::unique_ptr<ops::Scheduler> scheduler_;
  std::unique_ptr<Server> server_;
  std::string address_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  std::thread thread_;
  std::future<void> scheduled_;
  bool stopped_ = false;
};

// A door that a scripted job waits at until the test opens it. Any thread may open.
class Door {
 public:
  explicit Door(boost::asio::io_context& io)
      : io_(io), timer_(io, boost::asio::steady_timer::time_point::max()) {}
  boost::asio::awaitable<void> wait();
  // Returns once something waits: from any thread but the one that it waits on.
  void await_visitor() const { has_visitor_.wait(false); }
  void open();

 private:
  boost::asio::io_context& io_;
  boost::asio::steady_timer timer_;
  bool open_ = false;
  std::atomic<bool> has_visitor_ = false;
};

}  // namespace vouch::http::testing
