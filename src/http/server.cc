#include "http/server.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <filesystem>
#include <set>
#include <utility>

#include "http/api.h"
#include "http/call.h"
#include "http/wire.h"

namespace vouch::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
namespace {

using asio::awaitable;
using asio::use_awaitable;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;
using Stream = beast::basic_stream<Protocol>;
using tcp = asio::ip::tcp;
using local = asio::local::stream_protocol;
using namespace asio::experimental::awaitable_operators;

constexpr std::size_t kFirstBytes = 1024;  // what an idle connection holds for its next request
constexpr std::size_t kFileChunkBytes = 65'536;
constexpr std::size_t kDrainBytesMax = std::size_t{4} << 20;
constexpr std::chrono::milliseconds kDrainMax{2'000};
constexpr std::chrono::milliseconds kAcceptRetry{100};

struct Shared {
  Shared(asio::any_io_executor executor_, ops::Services& services, ServerOptions options_,
         ApiOptions api_options)
      : executor(std::move(executor_)),
        clock(services.clock),
        options(std::move(options_)),
        api(services, std::move(api_options)),
        emptied(executor, asio::steady_timer::time_point::max()) {}

  asio::any_io_executor executor;
  const Clock& clock;
  ServerOptions options;
  Api api;
  std::set<class Connection*> connections;
  bool stopping = false;
  asio::steady_timer emptied;  // cancelled when the last connection has ended
};

// Ends what is awaited for a client when that closes its side. Outlives the connection by the
// callbacks that are under way.
struct Watch {
  asio::cancellation_signal left;  // of the connection's coroutine
  bool on = false;

  // One that has sent more cannot be watched.
  static void begin(const std::shared_ptr<Watch>& watch, Protocol::socket& socket) {
    watch->on = true;
    const int fd = socket.native_handle();
    socket.async_wait(Protocol::socket::wait_read, [watch, fd](error_code error) {
      if (!watch->on || error == asio::error::operation_aborted) return;
      char byte = 0;
      const bool sent_more = !error && ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
      if (!sent_more) watch->left.emit(asio::cancellation_type::terminal);
    });
  }
  void end(Protocol::socket& socket) {
    on = false;
    error_code ignored;
    socket.cancel(ignored);
  }
};

// A request's body of lines, read as its reader asks. Borrows the connection's stream and buffer.
class BodyLines final : public ops::LineSource {
 public:
  template <class Head>
  BodyLines(Stream& stream, beast::flat_buffer& buffer, const ServerLimits& limits, Head&& head)
      : stream_(stream), buffer_(buffer), limits_(limits), parser_(std::forward<Head>(head)) {
    parser_.body_limit(boost::none);
  }

  awaitable<Result<std::optional<std::vector<std::string>>>> next() override {
    std::vector<std::string> lines;
    while (lines.empty()) {
      if (parser_.is_done()) {
        if (rest_.empty()) co_return std::optional<std::vector<std::string>>();
        lines.push_back(std::exchange(rest_, {}));
        break;
      }
      VOUCH_CO_TRY_VOID(co_await read_some(lines));
    }
    co_return std::optional(std::move(lines));
  }
  bool is_done() const { return parser_.is_done(); }

 private:
  awaitable<Result<void>> read_some(std::vector<std::string>& lines) {
    std::string bytes(kFileChunkBytes, '\0');
    auto& body = parser_.get().body();
    body.data = bytes.data();
    body.size = bytes.size();
    error_code error;
    stream_.expires_after(limits_.body_max);
    co_await bh::async_read_some(stream_, buffer_, parser_,
                                 asio::redirect_error(use_awaitable, error));
    stream_.expires_never();
    if (error && error != bh::error::need_buffer) {
      co_return fail(ErrorCode::kInvalidRequest, "The lines broke off (" + error.message() + ").");
    }
    rest_.append(bytes, 0, bytes.size() - body.size);
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != rest_.npos; begin = end + 1) {
      std::string_view line = std::string_view(rest_).substr(begin, end - begin);
      if (line.ends_with('\r')) line.remove_suffix(1);
      lines.emplace_back(line);
    }
    rest_.erase(0, begin);
    if (rest_.size() > limits_.body_bytes_max) {
      co_return fail(ErrorCode::kPayloadTooLarge,
                     "A line is larger than " + std::to_string(limits_.body_bytes_max) + " bytes.");
    }
    co_return Result<void>();
  }

  Stream& stream_;
  beast::flat_buffer& buffer_;
  const ServerLimits& limits_;
  bh::request_parser<bh::buffer_body> parser_;
  std::string rest_;
};

// One client. Lives as long as its run().
class Connection {
 public:
  Connection(std::shared_ptr<Shared> shared, Stream stream, bool local_admin,
             std::shared_ptr<Watch> watch)
      : shared_(std::move(shared)),
        stream_(std::move(stream)),
        watch_(std::move(watch)),
        local_admin_(local_admin) {
    shared_->connections.insert(this);
  }
  ~Connection() {
    watch_->on = false;
    shared_->connections.erase(this);
    if (shared_->connections.empty()) shared_->emptied.cancel();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  awaitable<void> run() {
    try {
      while (co_await serve_one()) {
      }
    } catch (const boost::system::system_error& error) {
      spdlog::debug("connection: {}", error.what());
    }
    error_code ignored;
    stream_.socket().shutdown(Protocol::socket::shutdown_both, ignored);
    stream_.close();
  }

  // What it reads or waits for from now on ends at once; an answer under way is still sent.
  void stop_reading() {
    error_code ignored;
    stream_.socket().shutdown(Protocol::socket::shutdown_receive, ignored);
  }
  void drop() { stream_.close(); }

 private:
  using Parser = bh::request_parser<bh::string_body>;
  const ServerLimits& limits() const { return shared_->options.limits; }

  // False: the connection is to be closed.
  awaitable<bool> serve_one() {
    if (!co_await await_first_byte()) co_return false;
    std::optional<Request> request = co_await read_request();
    if (!request) co_return false;
    std::optional<Response> response = co_await respond_to(*request);
    if (!response) co_return false;
    keep_alive_ = keep_alive_ && !shared_->stopping;
    if (response->events) {
      std::unique_ptr<ops::EventSource> events = std::move(response->events);
      co_return co_await send_events(*response, *events);
    }
    if (response->file) co_return co_await send_file(*response, *response->file);
    bool stays = false;
    if (response->lines) {
      stays = co_await send_lines(*response, *response->lines);
    } else {
      keep_alive_ = keep_alive_ && !has_unread();
      stays = co_await send(*response);
    }
    if (has_unread()) co_await drain();
    co_return stays;
  }

  // Of a request of lines: its answer has ended before it.
  bool has_unread() const { return lines_ && !lines_->is_done(); }

  awaitable<bool> await_first_byte() {
    if (buffer_.size() > 0) co_return true;  // pipelined
    if (shared_->stopping) co_return false;
    stream_.expires_after(limits().idle_max);
    error_code error;
    const std::size_t size = co_await stream_.async_read_some(
        buffer_.prepare(kFirstBytes), asio::redirect_error(use_awaitable, error));
    buffer_.commit(size);
    co_return !error;
  }

  // Empty: there is none, and what is to be said of that is said.
  awaitable<std::optional<Request>> read_request() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits().header_bytes_max));
    lines_.reset();
    error_code error = co_await read_head(parser);
    const bool has_lines = !error && is_ndjson(parser.get()[bh::field::content_type]);
    if (!error && !has_lines) error = co_await read_body(parser);
    if (error) {
      const std::string target(parser.get().target());
      co_await refuse(error, target);
      co_return std::nullopt;
    }
    if (buffer_.size() == 0) buffer_.shrink_to_fit();
    keep_alive_ = parser.get().keep_alive();
    http_1_0_ = parser.get().version() < 11;
    head_ = parser.get().method() == bh::verb::head;
    Request request = request_of(parser.get());
    if (has_lines) {
      lines_ = std::make_shared<BodyLines>(stream_, buffer_, limits(), std::move(parser));
      request.lines = lines_;
    } else {
      request.body = std::move(parser.get().body());
    }
    co_return request;
  }

  awaitable<error_code> read_head(Parser& parser) {
    error_code error;
    stream_.expires_after(limits().header_max);
    parser.body_limit(boost::none);  // lines are judged one by one
    co_await bh::async_read_header(stream_, buffer_, parser,
                                   asio::redirect_error(use_awaitable, error));
    if (error) co_return error;
    if (!is_ndjson(parser.get()[bh::field::content_type])) {
      const auto length = parser.content_length();
      if (length && *length > limits().body_bytes_max) co_return bh::error::body_limit;
      parser.body_limit(limits().body_bytes_max);
    }
    stream_.expires_after(limits().body_max);
    if (equal_ignoring_case(parser.get()[bh::field::expect], "100-continue")) {
      static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
      co_await asio::async_write(stream_, asio::buffer(kGoOn),
                                 asio::redirect_error(use_awaitable, error));
    }
    co_return error;
  }

  awaitable<error_code> read_body(Parser& parser) {
    error_code error;
    co_await bh::async_read(stream_, buffer_, parser, asio::redirect_error(use_awaitable, error));
    stream_.expires_never();
    co_return error;
  }

  Request request_of(const bh::request<bh::string_body>& message) const {
    Request request;
    request.method = message.method_string();
    request.target = message.target();
    for (const auto& field : message) {
      request.headers.emplace_back(field.name_string(), field.value());
    }
    request.local_admin = local_admin_;
    return request;
  }

  // Empty: the client has gone. Only what waits is watched, since watching has its price.
  awaitable<std::optional<Response>> respond_to(const Request& request) {
    if (!request.header("prefer")) co_return co_await shared_->api.answer(request);
    auto response = co_await unless_left(shared_->api.answer(request));
    if (response || !shared_->stopping) co_return response;
    co_return shared_->api.refusal(ErrorCode::kUnavailable, "The server is stopping.");
  }

  // What `work` returns; empty: the client has closed its side, or we are stopping, before it did.
  template <class T>
  awaitable<std::optional<T>> unless_left(awaitable<T> work) {
    std::optional<T> result;
    if (buffer_.size() == 0) Watch::begin(watch_, stream_.socket());
    try {
      result.emplace(co_await std::move(work));
    } catch (const boost::system::system_error& error) {
      if (error.code() != asio::error::operation_aborted) throw;
    }
    watch_->end(stream_.socket());
    // Also where the work has come to its end all the same: it is to be answered.
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    co_return result;
  }

  awaitable<bool> write(std::string_view text) {
    stream_.expires_after(limits().write_max);
    error_code error;
    co_await asio::async_write(stream_, asio::buffer(text),
                               asio::redirect_error(use_awaitable, error));
    stream_.expires_never();
    co_return !error;
  }

  std::string head_of(const Response& response, std::optional<std::size_t> length) {
    return response_head(response, {.length = length,
                                    .keep_alive = keep_alive_,
                                    .http_1_0 = http_1_0_,
                                    .now_ms = shared_->clock.now_ms()});
  }

  awaitable<bool> send(const Response& response) {
    std::string text = head_of(response, response.body.size());
    if (!head_) text += response.body;
    const bool written = co_await write(text);
    co_return written&& keep_alive_;
  }

  awaitable<bool> send_events(Response& response, ops::EventSource& events) {
    add_stream_headers(response);
    keep_alive_ = keep_alive_ && !http_1_0_;
    std::string head = head_of(response, std::nullopt);
    if (!co_await write(head)) co_return false;
    if (head_) co_return false;
    while (true) {
      auto next = co_await unless_left(events.next(limits().keep_alive_every));
      if (!next && !shared_->stopping) co_return false;
      if (!next || !*next) break;
      std::string text = event_text(**next);
      std::string framed = http_1_0_ ? std::move(text) : chunk(text);
      if (!co_await write(framed)) co_return false;
    }
    if (http_1_0_) co_return false;
    const bool written = co_await write(kLastChunk);
    co_return written&& keep_alive_ && !shared_->stopping;
  }

  // As they are made. A reader that does not take them holds up whoever makes them.
  awaitable<bool> send_lines(Response& response, ops::LineSource& lines) {
    response.headers.emplace_back("Content-Type", "application/x-ndjson");
    keep_alive_ = keep_alive_ && !http_1_0_;
    std::string head = head_of(response, std::nullopt);
    if (!co_await write(head)) co_return false;
    while (true) {
      auto next = co_await lines.next();
      if (!next) co_return false;
      if (!*next) break;
      std::string text;
      for (const std::string& line : **next) text.append(line).append("\n");
      std::string framed = http_1_0_ ? std::move(text) : chunk(text);
      if (!co_await write(framed)) co_return false;
    }
    if (http_1_0_) co_return false;
    const bool written = co_await write(kLastChunk);
    co_return written&& keep_alive_ && !has_unread();
  }

  awaitable<bool> send_file(Response& response, const ops::FileAnswer& file) {
    const OpenFile opened(file.path);
    if (!opened.size()) {
      Response missing = shared_->api.refusal(ErrorCode::kNotFound, "This file is gone.");
      co_return co_await send(missing);
    }
    add_file_headers(response, file);
    const std::size_t size = *opened.size();
    std::string head = head_of(response, size);
    if (!co_await write(head)) co_return false;
    if (head_) co_return keep_alive_;
    std::string piece(kFileChunkBytes, '\0');
    for (std::size_t sent = 0; sent < size;) {
      const std::size_t wanted = std::min(kFileChunkBytes, size - sent);
      const std::size_t got = opened.read(piece.data(), wanted, sent);
      if (got == 0) co_return false;  // shrunk meanwhile: the client sees a short answer
      if (!co_await write(std::string_view(piece).substr(0, got))) co_return false;
      sent += got;
    }
    co_return keep_alive_;
  }

  // There is no whole request: says why where somebody may be listening, and closes.
  awaitable<bool> refuse(error_code error, const std::string& target) {
    keep_alive_ = false;
    Response response;
    if (error == bh::error::body_limit) {
      response = shared_->api.refusal(
          ErrorCode::kPayloadTooLarge,
          "The body is larger than " + std::to_string(limits().body_bytes_max) + " bytes.", target);
    } else if (error == bh::error::header_limit || error == bh::error::buffer_overflow) {
      response = shared_->api.refusal(ErrorCode::kInvalidRequest, "The headers are too large.");
      response.status = 431;
    } else if (error.category() == bh::make_error_code(bh::error::bad_method).category() &&
               error != bh::error::end_of_stream && error != bh::error::partial_message) {
      response = shared_->api.refusal(ErrorCode::kInvalidRequest,
                                      "This is not well-formed HTTP (" + error.message() + ").");
    } else {
      co_return false;
    }
    co_await send(response);
    co_await drain();
    co_return false;
  }

  // Takes what the client still sends, so that it gets to read our answer before the connection is
  // reset.
  awaitable<void> drain() {
    error_code error;
    stream_.socket().shutdown(Protocol::socket::shutdown_send, error);
    stream_.expires_after(kDrainMax);
    std::string sink(kFileChunkBytes, '\0');
    for (std::size_t taken = 0; !error && taken < kDrainBytesMax;) {
      taken += co_await stream_.async_read_some(asio::buffer(sink),
                                                asio::redirect_error(use_awaitable, error));
    }
  }

  std::shared_ptr<Shared> shared_;
  Stream stream_;
  std::shared_ptr<Watch> watch_;
  beast::flat_buffer buffer_;
  std::shared_ptr<BodyLines> lines_;  // of the request that is being answered, where it has them
  bool local_admin_;
  bool keep_alive_ = true, http_1_0_ = false, head_ = false;
};

awaitable<void> run_connection(std::unique_ptr<Connection> connection) {
  co_await connection->run();
}

template <class Acceptor>
awaitable<void> accept_all(std::shared_ptr<Shared> shared, Acceptor& acceptor, bool local_admin) {
  while (acceptor.is_open()) {
    error_code error;
    auto socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, error));
    if (shared->stopping || error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors: those in use will come back
      asio::steady_timer pause(shared->executor, kAcceptRetry);
      co_await pause.async_wait(asio::redirect_error(use_awaitable, error));
      continue;
    }
    // The machine's own operator gets in, however many others there are.
    if (!local_admin && shared->connections.size() >= shared->options.limits.connections_max) {
      socket.non_blocking(true, error);
      socket.write_some(asio::buffer(kTooManyConnections), error);
      continue;
    }
    if constexpr (std::is_same_v<Acceptor, tcp::acceptor>) {
      socket.set_option(tcp::no_delay(true), error);
    }
    auto watch = std::make_shared<Watch>();
    auto connection = std::make_unique<Connection>(
        shared, Stream(Protocol::socket(std::move(socket))), local_admin, watch);
    asio::co_spawn(
        shared->executor, run_connection(std::move(connection)),
        asio::bind_cancellation_slot(watch->left.slot(), [watch](const std::exception_ptr&) {}));
  }
}

struct Address {
  std::string host, port;
};

Result<Address> split_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  unsigned port = 0;
  Address address;
  if (colon != text.npos) {
    address.host = text.substr(0, colon);
    address.port = text.substr(colon + 1);
    if (address.host.starts_with('[') && address.host.ends_with(']')) {
      address.host = address.host.substr(1, address.host.size() - 2);
    }
    auto [end, error] =
        std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
    const bool whole = error == std::errc() && end == address.port.data() + address.port.size();
    if (whole && port <= 65535 && !address.host.empty()) return address;
  }
  return fail(
      ErrorCode::kInvalidRequest,
      "\"" + text + "\" is not an address to listen on. Use HOST:PORT, like 127.0.0.1:8080.");
}

std::string to_text(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
         std::to_string(endpoint.port());
}

// On loopback only these names lead here without anybody's help.
std::vector<std::string> host_names(const std::string& listen) {
  auto address = split_address(listen);
  if (!address) return {};
  error_code error;
  const auto ip = asio::ip::make_address(address->host, error);
  const bool loopback = error ? address->host == "localhost" : ip.is_loopback();
  if (!loopback) return {};
  return {"localhost", "127.0.0.1", "[::1]",
          address->host.find(':') == std::string::npos ? address->host : "[" + address->host + "]"};
}

}  // namespace

struct Server::Impl {
  Impl(const asio::any_io_executor& executor, ops::Services& services, const ServerOptions& options)
      : shared(std::make_shared<Shared>(
            executor, services, options,
            ApiOptions{host_names(options.listen), options.requests_per_second_max})),
        acceptor(executor),
        admin(executor) {}

  Result<std::string> listen_tcp();
  Result<void> listen_admin();

  std::shared_ptr<Shared> shared;
  tcp::acceptor acceptor;
  local::acceptor admin;
};

Result<std::string> Server::Impl::listen_tcp() {
  const std::string& listen = shared->options.listen;
  VOUCH_TRY(Address address, split_address(listen));
  error_code error;
  tcp::resolver resolver(shared->executor);
  auto found = resolver.resolve(address.host, address.port, tcp::resolver::passive, error);
  if (!error && !found.empty()) {
    const tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  }
  if (error) {
    return fail(ErrorCode::kUnavailable, "Cannot listen on " + listen + ": " + error.message() +
                                             ". Choose another with --listen.");
  }
  return to_text(acceptor.local_endpoint());
}

Result<void> Server::Impl::listen_admin() {
  namespace fs = std::filesystem;
  const std::string& path = shared->options.admin_socket;
  if (path.empty()) return {};
  error_code error;
  std::error_code unknown, left;
  // One from before is nobody's: the folder is locked by us.
  if (fs::is_socket(fs::symlink_status(path, unknown))) fs::remove(path, left);
  if (left) error = error_code(left.value(), boost::system::system_category());
  const SocketAddress short_enough(path);
  if (!error) admin.open(local(), error);
  if (!error) admin.bind(local::endpoint(short_enough.path()), error);
  if (!error && ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
    error = error_code(errno, boost::system::system_category());
  }
  if (!error) admin.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return {};
  return fail(ErrorCode::kUnavailable,
              "Cannot open the admin socket " + path + ": " + error.message() + ".");
}

Server::Server(const asio::any_io_executor& executor, ops::Services& services,
               const ServerOptions& options)
    : impl_(std::make_shared<Impl>(executor, services, options)) {}

Server::~Server() {
  for (Connection* connection : impl_->shared->connections) connection->drop();
}

Result<std::string> Server::bind() {
  VOUCH_TRY(std::string address, impl_->listen_tcp());
  VOUCH_TRY_VOID(impl_->listen_admin());
  return address;
}

awaitable<void> Server::serve() {
  std::shared_ptr<Impl> impl = impl_;
  if (!impl->admin.is_open()) {
    co_await accept_all(impl->shared, impl->acceptor, false);
  } else {
    co_await (accept_all(impl->shared, impl->acceptor, false) &&
              accept_all(impl->shared, impl->admin, true));
  }
}

awaitable<void> Server::stop() {
  std::shared_ptr<Impl> impl = impl_;
  Shared& shared = *impl->shared;
  shared.stopping = true;
  error_code ignored;
  impl->acceptor.close(ignored);
  if (impl->admin.is_open()) {
    impl->admin.close(ignored);
    ::unlink(shared.options.admin_socket.c_str());
  }
  for (Connection* connection : shared.connections) connection->stop_reading();
  if (!shared.connections.empty()) {
    shared.emptied.expires_after(shared.options.limits.stop_max);
    co_await shared.emptied.async_wait(asio::redirect_error(use_awaitable, ignored));
  }
  for (Connection* connection : shared.connections) connection->drop();
}

std::size_t Server::connections() const { return impl_->shared->connections.size(); }

}  // namespace vouch::http
