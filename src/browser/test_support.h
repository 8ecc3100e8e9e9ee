// What the tests of this module share: a sandbox, browsers, and sites to look at.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "browser/browser.h"
#include "sandbox/test_support.h"

namespace vouch::browser {

namespace asio = boost::asio;

// A Node program that prints "listening on http://host:port" and serves until it is destroyed.
class SiteServer {
 public:
  explicit SiteServer(const std::string& script);
  ~SiteServer();
  SiteServer(const SiteServer&) = delete;
  SiteServer& operator=(const SiteServer&) = delete;

  const std::string& url() const { return url_; }

 private:
  pid_t pid_ = -1;
  std::string url_;
};

struct WorldOptions {
  int hosts_max = 4;
  std::string browser_path;
};

// Everything a test of the browser needs, and one host that is used throughout.
class World {
 public:
  explicit World(const WorldOptions& options = {});
  ~World();

  const std::string& fixtures() const { return fixtures_.url(); }
  const std::string& shop();
  // An allowed address where nothing listens.
  const std::string& closed_address() const { return closed_address_; }

  std::unique_ptr<Session> open(const std::string& base, std::int64_t action_timeout_ms = 5000);
  Result<std::shared_ptr<Host>> acquire(const std::string& key);
  void kill_hosts();

  HostPool& pool() { return *pool_; }
  std::shared_ptr<sandbox::EgressPolicy> egress() { return egress_; }
  asio::any_io_executor executor() { return io_.get_executor(); }

  template <class T>
  T run(asio::awaitable<T> work) {
    return sandbox::run(io_, std::move(work));
  }
  // What is ready now.
  void poll() {
    io_.restart();
    io_.poll();
  }
  template <class Condition>
  void run_until(Condition condition) {
    io_.restart();
    while (!condition() && io_.run_one() > 0) {
    }
  }

 private:
  asio::io_context io_;
  sandbox::TemporaryDir dir_;
  SiteServer fixtures_;
  std::unique_ptr<SiteServer> shop_;
  int bound_fd_ = -1;  // holds the port of closed_address_, unheard
  std::string closed_address_;
  std::shared_ptr<sandbox::EgressPolicy> egress_;
  std::unique_ptr<sandbox::Sandbox> sandbox_;
  std::unique_ptr<HostPool> pool_;
};

}  // namespace vouch::browser
