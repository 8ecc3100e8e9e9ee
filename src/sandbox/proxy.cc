#include "sandbox/proxy.h"

#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <set>

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using namespace asio::experimental::awaitable_operators;

constexpr std::size_t kBufferBytes = 64 << 10;         // of a body or a tunnel, a direction
constexpr std::chrono::milliseconds kAcceptPause{50};  // when no descriptor is left

auto redirect(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

// What belongs to one connection and is never passed on (RFC 9110, 7.6.1).
template <class Fields>
void remove_hop_by_hop(Fields& fields) {
  std::vector<std::string> named;
  for (const auto& field : fields) {
    if (field.name() != http::field::connection) continue;
    for (const auto& token : http::token_list(field.value())) named.emplace_back(token);
  }
  for (const auto& name : named) {
    if (!beast::iequals(name, "host") && !beast::iequals(name, "content-length")) {
      fields.erase(name);
    }
  }
  for (const char* name :
       {"Connection", "Proxy-Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "Proxy-Authorization", "Proxy-Authenticate"}) {
    fields.erase(name);
  }
}

// The only transfer coding both sides read alike.
template <class Fields>
bool has_strange_coding(const Fields& fields) {
  const auto count = fields.count(http::field::transfer_encoding);
  return count > 1 ||
         (count == 1 && !beast::iequals(fields[http::field::transfer_encoding], "chunked"));
}

// How passing a message on ended.
struct Relayed {
  error_code error;
  bool by_source = false;  // the error is the side's that was read from
};

// One client connection and the upstream connection that serves it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket client, std::shared_ptr<EgressPolicy> policy,
             std::shared_ptr<Resolver> resolver, const ProxyLimits& limits)
      : client_(std::move(client)),
        upstream_(client_.get_executor()),
        policy_(std::move(policy)),
        resolver_(std::move(resolver)),
        limits_(limits),
        client_buffer_(limits.header_bytes_max + kBufferBytes),
        upstream_buffer_(limits.header_bytes_max + kBufferBytes) {
    error_code ignored;
    client_.socket().set_option(tcp::no_delay(true), ignored);
  }

  asio::awaitable<void> serve();
  void close() {
    closed_ = true;
    error_code ignored;
    client_.socket().close(ignored);
    upstream_.socket().close(ignored);
  }

 private:
  using RequestParser = http::request_parser<http::buffer_body>;
  using ResponseParser = http::response_parser<http::buffer_body>;

  asio::awaitable<bool> serve_request();  // false: the connection is over
  asio::awaitable<bool> forward(RequestParser& request, const Origin& target);
  asio::awaitable<Result<bool>> exchange(RequestParser& request);
  asio::awaitable<Result<bool>> pass_response(RequestParser& request);
  asio::awaitable<void> pass_body_of(RequestParser& request);
  asio::awaitable<bool> pass_interim(const ResponseParser& response);
  asio::awaitable<void> tunnel();
  asio::awaitable<void> pump(beast::tcp_stream& from, beast::flat_buffer& first,
                             beast::tcp_stream& to);
  asio::awaitable<Result<void>> connect(std::string scheme, std::string host, std::uint16_t port);
  bool upstream_is_usable(const std::string& scheme_host_port);
  asio::awaitable<bool> answer(http::status status, std::string_view sentence, bool keep);
  void drop_upstream();

  template <bool kRequest>
  asio::awaitable<Relayed> relay(beast::tcp_stream& from, beast::flat_buffer& buffer,
                                 http::parser<kRequest, http::buffer_body>& parser,
                                 beast::tcp_stream& to);

  beast::tcp_stream client_;
  beast::tcp_stream upstream_;
  std::string upstream_for_;  // "host:port" that upstream_ is connected to
  const std::shared_ptr<EgressPolicy> policy_;
  const std::shared_ptr<Resolver> resolver_;
  const ProxyLimits limits_;
  beast::flat_buffer client_buffer_;
  beast::flat_buffer upstream_buffer_;
  bool closed_ = false;
};

asio::awaitable<void> Connection::serve() {
  const auto self = shared_from_this();
  // No co_await behind a short-circuit operator: g++ 12 evaluates it unconditionally there.
  for (bool more = true; more && !closed_;) more = co_await serve_request();
  error_code ignored;
  client_.socket().shutdown(tcp::socket::shutdown_both, ignored);
  close();
}

asio::awaitable<bool> Connection::serve_request() {
  RequestParser request;
  request.header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
  request.body_limit(boost::none);
  error_code error;
  client_.expires_after(limits_.idle_ms_max);
  co_await http::async_read_header(client_, client_buffer_, request, redirect(error));
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    co_await answer(http::status::request_header_fields_too_large,
                    "The head of the request is too long.", false);
    co_return false;
  }
  if (error.category() == http::make_error_code(http::error::bad_target).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    co_await answer(http::status::bad_request, "This is not an HTTP request.", false);
    co_return false;
  }
  if (error) co_return false;

  const bool is_connect = request.get().method() == http::verb::connect;
  const std::string_view target = request.get().target();
  auto origin = Origin::parse(is_connect ? "https://" + std::string(target) : std::string(target));
  if (!origin || (!is_connect && origin->scheme != "http") || origin->host.contains('*') ||
      origin->port == 0 || has_strange_coding(request.get())) {
    co_await answer(http::status::bad_request,
                    "This is a proxy: ask with an absolute http:// address, or with CONNECT.",
                    false);
    co_return false;
  }
  if (!is_connect) co_return co_await forward(request, *origin);

  auto connected = co_await connect("", origin->host, origin->port);
  if (!connected) {
    const bool forbidden = connected.error().code == ErrorCode::kForbidden;
    co_return co_await answer(forbidden ? http::status::forbidden : http::status::bad_gateway,
                              connected.error().message, request.keep_alive());
  }
  static constexpr std::string_view kEstablished = "HTTP/1.1 200 Connection established\r\n\r\n";
  co_await asio::async_write(client_, asio::buffer(kEstablished), redirect(error));
  if (!error) co_await tunnel();
  co_return false;
}

asio::awaitable<bool> Connection::forward(RequestParser& request, const Origin& target) {
  auto& head = request.get();
  const std::string url(head.target());
  const auto path = url.find_first_of("/?#", url.find("://") + 3);
  std::string origin_form = path == std::string::npos ? "/" : url.substr(path);
  if (!origin_form.starts_with('/')) origin_form.insert(0, "/");
  origin_form.resize(std::min(origin_form.size(), origin_form.find('#')));

  const bool has_body = !request.is_done();
  const bool keep = request.keep_alive();
  remove_hop_by_hop(head);
  head.target(origin_form);
  head.set(http::field::host, target.to_string().substr(target.scheme.size() + 3));
  head.version(11);
  if (has_body && !request.content_length()) head.chunked(true);

  for (bool reused = true; reused;) {
    const std::string wanted = target.to_string();
    reused = upstream_is_usable(wanted);
    Result<void> connected;
    // The list is asked for every request; the address stays the one that was checked.
    if (reused) {
      connected = policy_->check_origin(target.scheme, target.host, target.port);
    } else {
      connected = co_await connect(target.scheme, target.host, target.port);
      upstream_for_ = wanted;
    }
    if (!connected) {
      const bool forbidden = connected.error().code == ErrorCode::kForbidden;
      co_return co_await answer(forbidden ? http::status::forbidden : http::status::bad_gateway,
                                connected.error().message, keep && !has_body);
    }
    auto done = co_await exchange(request);
    if (done) co_return *done&& keep;
    drop_upstream();
    // Nothing was answered on a connection that had been idle: the site closed it meanwhile.
    const bool again = reused && !has_body && done.error().code == ErrorCode::kCancelled;
    if (!again) {
      co_await answer(http::status::bad_gateway, done.error().message, false);
      co_return false;
    }
  }
  co_return false;
}

// True: the exchange is complete and the client may ask again. An error means that nothing was
// answered yet: kCancelled when the connection was closed before the first byte.
asio::awaitable<Result<bool>> Connection::exchange(RequestParser& request) {
  if (request.is_done()) {
    http::request_serializer<http::buffer_body> head(request.get());
    error_code error;
    upstream_.expires_after(limits_.idle_ms_max);
    co_await http::async_write_header(upstream_, head, redirect(error));
    if (error) co_return fail(ErrorCode::kCancelled, "The site closed the connection.");
    co_return co_await pass_response(request);
  }
  // The site may answer, or ask to continue, before it has read everything.
  auto results = co_await (pass_body_of(request) || pass_response(request));
  auto& response = std::get<1>(results);
  // After an early answer, what is left of the request is not wanted by anybody.
  if (response && !request.is_done()) *response = false;
  co_return std::move(response);
}

// Does not end, because its ending would cancel the response: whatever befalls the body, the
// response decides. A client that breaks off takes the connection along.
asio::awaitable<void> Connection::pass_body_of(RequestParser& request) {
  const Relayed relayed = co_await relay(client_, client_buffer_, request, upstream_);
  if (relayed.by_source) close();
  asio::steady_timer never(client_.get_executor(), asio::steady_timer::time_point::max());
  co_await never.async_wait(asio::use_awaitable);
}

asio::awaitable<Result<bool>> Connection::pass_response(RequestParser& request) {
  std::optional<ResponseParser> response;
  error_code error;
  bool answered = false;
  while (true) {
    response.emplace();
    response->header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
    response->body_limit(boost::none);
    response->skip(request.get().method() == http::verb::head);
    upstream_.expires_after(limits_.idle_ms_max);
    co_await http::async_read_header(upstream_, upstream_buffer_, *response, redirect(error));
    if (error == http::error::end_of_stream || error == asio::error::connection_reset) {
      co_return fail(answered ? ErrorCode::kUnavailable : ErrorCode::kCancelled,
                     "The site closed the connection without an answer.");
    }
    if (error) {
      co_return fail(ErrorCode::kUnavailable,
                     "The site's answer is not HTTP or took too long: " + error.message() + ".");
    }
    answered = true;
    if (response->get().result_int() / 100 != 1) break;
    const bool passed = co_await pass_interim(*response);
    if (!passed) break;
  }

  auto& head = response->get();
  if (head.result_int() / 100 == 1 || has_strange_coding(head)) {
    co_return fail(ErrorCode::kUnavailable, "The site's answer cannot be passed on.");
  }
  const bool ends_with_connection = response->need_eof() && !response->is_done();
  const bool keep_upstream = response->keep_alive() && !ends_with_connection;
  const bool unknown_length = !response->is_done() && !response->content_length();
  const bool client_is_old = request.get().version() < 11;
  remove_hop_by_hop(head);
  head.version(11);
  if (unknown_length) head.chunked(true);
  if (client_is_old) head.set(http::field::connection, "close");
  const Relayed relayed = co_await relay(upstream_, upstream_buffer_, *response, client_);
  if (relayed.error || !keep_upstream) drop_upstream();
  co_return !relayed.error;
}

// 100 and 103 go through; 101 cannot come, since no Upgrade was asked for. False: stop here.
asio::awaitable<bool> Connection::pass_interim(const ResponseParser& response) {
  if (response.get().result_int() == 101) co_return false;
  http::response<http::empty_body> interim{response.get().base()};
  remove_hop_by_hop(interim);
  http::response_serializer<http::empty_body> head(interim);
  error_code error;
  co_await http::async_write_header(client_, head, redirect(error));
  co_return !error;
}

// Writes the head that `parser` holds, then its body as it comes. A body whose length is not known
// is written in chunks.
template <bool kRequest>
asio::awaitable<Relayed> Connection::relay(beast::tcp_stream& from, beast::flat_buffer& buffer,
                                           http::parser<kRequest, http::buffer_body>& parser,
                                           beast::tcp_stream& to) {
  http::serializer<kRequest, http::buffer_body> serializer(parser.get());
  auto& body = parser.get().body();
  error_code error;
  // Body that came with the head leaves with it.
  if (parser.is_done() || buffer.size() == 0) {
    to.expires_after(limits_.idle_ms_max);
    co_await http::async_write_header(to, serializer, redirect(error));
    if (error || parser.is_done()) co_return Relayed{error};
  }
  std::vector<char> bytes(kBufferBytes);
  parser.eager(false);  // an eager parser would wait for the next chunk before it gives this one
  while (!serializer.is_done()) {
    std::size_t length = 0;
    while (length == 0 && !parser.is_done()) {
      body.data = bytes.data();
      body.size = bytes.size();
      from.expires_after(limits_.idle_ms_max);
      co_await http::async_read_some(from, buffer, parser, redirect(error));
      if (error == http::error::need_buffer) error = {};
      if (error) co_return Relayed{error, true};
      length = bytes.size() - body.size;
    }
    body.data = length == 0 ? nullptr : bytes.data();
    body.size = length;
    body.more = !parser.is_done();
    to.expires_after(limits_.idle_ms_max);
    co_await http::async_write(to, serializer, redirect(error));
    if (error == http::error::need_buffer) error = {};
    if (error) co_return Relayed{error};
  }
  co_return Relayed{};
}

asio::awaitable<Result<void>> Connection::connect(std::string scheme, std::string host,
                                                  std::uint16_t port) {
  drop_upstream();
  auto endpoints = co_await policy_->endpoints(*resolver_, std::move(scheme), host, port);
  if (!endpoints) co_return std::unexpected(std::move(endpoints).error());
  if (closed_) co_return fail(ErrorCode::kUnavailable, "The proxy was closed.");
  error_code error;
  upstream_.expires_after(limits_.connect_ms_max);
  co_await upstream_.async_connect(*endpoints, redirect(error));
  if (error) {
    co_return fail(ErrorCode::kUnavailable, host + ":" + std::to_string(port) +
                                                " cannot be reached: " + error.message() + ".");
  }
  upstream_.socket().set_option(tcp::no_delay(true), error);
  co_return Result<void>();
}

// An idle connection on which bytes or an end wait is no longer in step.
bool Connection::upstream_is_usable(const std::string& scheme_host_port) {
  if (!upstream_.socket().is_open() || upstream_for_ != scheme_host_port ||
      upstream_buffer_.size() != 0) {
    return false;
  }
  char byte;
  return recv(upstream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::drop_upstream() {
  error_code ignored;
  upstream_.socket().close(ignored);
  upstream_buffer_.clear();
  upstream_for_.clear();
}

asio::awaitable<bool> Connection::answer(http::status status, std::string_view sentence,
                                         bool keep) {
  http::response<http::string_body> response(status, 11);
  response.set(http::field::content_type, "text/plain; charset=utf-8");
  response.set("X-Vouch-Proxy", "refused");
  response.keep_alive(keep);
  response.body() = std::string(sentence) + "\n";
  response.prepare_payload();
  error_code error;
  client_.expires_after(limits_.idle_ms_max);
  co_await http::async_write(client_, response, redirect(error));
  co_return !error && keep;
}

asio::awaitable<void> Connection::tunnel() {
  co_await (pump(client_, client_buffer_, upstream_) && pump(upstream_, upstream_buffer_, client_));
}

// Until `from` ends, which is passed on, or is idle for too long, which ends both directions.
asio::awaitable<void> Connection::pump(beast::tcp_stream& from, beast::flat_buffer& first,
                                       beast::tcp_stream& to) {
  std::vector<char> bytes(kBufferBytes);
  error_code error;
  if (first.size() != 0) {
    co_await asio::async_write(to, first.data(), redirect(error));
    first.clear();
  }
  while (!error) {
    from.expires_after(limits_.idle_ms_max);
    const std::size_t length = co_await from.async_read_some(asio::buffer(bytes), redirect(error));
    if (error) break;
    to.expires_after(limits_.idle_ms_max);
    co_await asio::async_write(to, asio::buffer(bytes, length), redirect(error));
  }
  error_code ignored;
  if (error == asio::error::eof) {
    to.socket().shutdown(tcp::socket::shutdown_send, ignored);
  } else {
    close();
  }
}

}  // namespace

class Proxy::Impl : public std::enable_shared_from_this<Proxy::Impl> {
 public:
  Impl(const asio::any_io_executor& executor, int listen_fd, std::shared_ptr<EgressPolicy> policy,
       std::shared_ptr<Resolver> resolver, ProxyLimits limits)
      : acceptor_(executor, tcp::v4(), listen_fd),
        room_(executor, asio::steady_timer::time_point::max()),
        policy_(std::move(policy)),
        resolver_(std::move(resolver)),
        limits_(limits) {}

  asio::awaitable<void> accept();
  void close();
  std::size_t connections() const { return connections_.size(); }

 private:
  asio::awaitable<void> serve(std::shared_ptr<Connection> connection);

  tcp::acceptor acceptor_;
  asio::steady_timer room_;  // cancelled when a connection ends
  const std::shared_ptr<EgressPolicy> policy_;
  const std::shared_ptr<Resolver> resolver_;
  const ProxyLimits limits_;
  std::set<std::shared_ptr<Connection>> connections_;
};

asio::awaitable<void> Proxy::Impl::accept() {
  const auto self = shared_from_this();
  while (acceptor_.is_open()) {
    error_code error;
    if (connections_.size() >= limits_.connections_max) {
      room_.expires_at(asio::steady_timer::time_point::max());
      co_await room_.async_wait(redirect(error));
      continue;
    }
    tcp::socket client = co_await acceptor_.async_accept(redirect(error));
    if (!acceptor_.is_open()) co_return;
    if (error) {
      asio::steady_timer pause(acceptor_.get_executor(), kAcceptPause);
      co_await pause.async_wait(redirect(error));
      continue;
    }
    auto connection = std::make_shared<Connection>(std::move(client), policy_, resolver_, limits_);
    connections_.insert(connection);
    asio::co_spawn(acceptor_.get_executor(), serve(std::move(connection)), asio::detached);
  }
}

asio::awaitable<void> Proxy::Impl::serve(std::shared_ptr<Connection> connection) {
  const auto self = shared_from_this();
  co_await connection->serve();
  connections_.erase(connection);
  room_.cancel();
}

void Proxy::Impl::close() {
  error_code ignored;
  acceptor_.close(ignored);
  room_.cancel();
  for (const auto& connection : connections_) connection->close();
}

Proxy::Proxy(const asio::any_io_executor& executor, int listen_fd,
             std::shared_ptr<EgressPolicy> policy, std::shared_ptr<Resolver> resolver,
             ProxyLimits limits)
    : impl_(std::make_shared<Impl>(executor, listen_fd, std::move(policy), std::move(resolver),
                                   limits)) {
  asio::co_spawn(executor, impl_->accept(), asio::detached);
}

Proxy::~Proxy() { impl_->close(); }

std::size_t Proxy::connections() const { return impl_->connections(); }

}  // namespace vouch::sandbox
