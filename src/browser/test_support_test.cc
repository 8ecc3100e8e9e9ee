#include "browser/test_support.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "source_dir.h"

extern char** environ;

namespace vouch::browser {
namespace {

HostOptions host_options(const WorldOptions& world) {
  HostOptions options = default_host_options(VOUCH_SOURCE_DIR);
  options.hosts_max = world.hosts_max;
  if (!world.browser_path.empty()) options.browser_path = world.browser_path;
  return options;
}

std::string read_line(int fd) {
  std::string line;
  char c;
  while (read(fd, &c, 1) == 1 && c != '\n') line.push_back(c);
  return line;
}

}  // namespace

SiteServer::SiteServer(const std::string& script) {
  int out[2];
  if (pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string node = default_host_options(VOUCH_SOURCE_DIR).node_path;
  std::string arguments[] = {node, std::string(VOUCH_SOURCE_DIR) + "/" + script, "--port", "0"};
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(),
                  arguments[3].data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  const int failed = posix_spawn(&pid_, node.c_str(), &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  const std::string line = failed ? "" : read_line(out[0]);
  close(out[0]);
  const std::size_t at = line.find("http://");
  if (at == line.npos) throw std::runtime_error(script + " does not serve: " + line);
  url_ = line.substr(at);
}

SiteServer::~SiteServer() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

World::World(const WorldOptions& options) : fixtures_("src/browser/testdata/server.js") {
  sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  bound_fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bind(bound_fd_, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(bound_fd_, reinterpret_cast<sockaddr*>(&address), &size);
  closed_address_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
  sandbox::EgressOptions egress;
  egress.origins = {*sandbox::Origin::parse("http://127.0.0.1:*")};
  egress.origins[0].port = 0;
  egress.allow_loopback = true;
  egress_ = std::make_shared<sandbox::EgressPolicy>(egress);
  sandbox_ =
      std::make_unique<sandbox::Sandbox>(io_.get_executor(), sandbox::test_options(dir_.path()));
  pool_ = std::make_unique<HostPool>(io_.get_executor(), *sandbox_, host_options(options));
}

World::~World() {
  close(bound_fd_);
  pool_.reset();
  // The hosts' ends are read before what they use goes.
  poll();
}

const std::string& World::shop() {
  if (!shop_) shop_ = std::make_unique<SiteServer>("demo/shop/server.js");
  return shop_->url();
}

Result<std::shared_ptr<Host>> World::acquire(const std::string& key) {
  return run(pool_->acquire(key, egress_));
}

std::unique_ptr<Session> World::open(const std::string& base, std::int64_t action_timeout_ms) {
  auto host = acquire("project");
  if (!host) throw std::runtime_error(host.error().message);
  auto session = run((*host)->open({.site_url = base, .action_timeout_ms = action_timeout_ms}));
  if (!session) throw std::runtime_error(session.error().message);
  return std::move(*session);
}

void World::kill_hosts() {
  for (const auto& entry : std::filesystem::directory_iterator(dir_.path() + "/processes")) {
    kill(static_cast<pid_t>(std::stol(entry.path().filename())), SIGKILL);
  }
}

}  // namespace vouch::browser
