// The command line's HTTP client, on libcurl. It calls operations by their name in the table of
// ops/operation.h, which knows their method, route and parameters.
//
// Blocking, on the thread that calls. An interruption (cli/interrupt.h) ends a call with
// kCancelled within kTickMs.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ops/operation.h"

namespace vouch::cli {

inline constexpr int kTickMs = 100;
inline constexpr std::chrono::seconds kConnectTimeout{5};
inline constexpr std::chrono::seconds kCallTimeout{60};

// Where a server is, and the key for it. With `unix_socket` the URL's host is only a name.
struct Server {
  std::string url;  // "http://127.0.0.1:8080", without a slash at its end
  std::string api_key;
  std::string unix_socket;
};

// The row of the table; asserts that there is one.
const ops::Operation& operation(std::string_view name);
const std::vector<ops::Operation>& operation_table();
// A message of the server's with commands for the calls that it names: "GET /api/…/topics lists
// them" is "`vouch topics list` lists them".
std::string with_commands(std::string_view message);

// A request as an operation and its parameters make it.
struct PreparedCall {
  std::string method;
  std::string target;  // path and query, percent-encoded
  std::string body;    // JSON; empty where the operation has no body
};
// Puts each parameter where the operation's schema has it. A null in a query is left out; in a body
// it is a value.
PreparedCall prepare_call(const ops::Operation& operation, const boost::json::object& params);

// One server-sent event.
struct ServerEvent {
  std::int64_t id = 0;
  std::string name;
  boost::json::object data;
};

// Takes a stream apart as it comes. Lines of comments are skipped.
class EventParser {
 public:
  explicit EventParser(std::function<void(ServerEvent)> on_event)
      : on_event_(std::move(on_event)) {}
  void feed(std::string_view bytes);

 private:
  void take_line(std::string_view line);
  std::function<void(ServerEvent)> on_event_;
  std::string rest_;
  std::string id_, name_, data_;
};

struct CallOptions {
  std::optional<std::chrono::seconds> wait;  // Prefer: wait, of an operation that waits
  std::stop_token stop;                      // ends the call with kCancelled within a second
  bool interruptible = true;                 // by a person; see cli/interrupt.h
};

// Calls may be made on several threads at once.
class Client {
 public:
  explicit Client(Server server);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const Server& server() const { return server_; }

  // The answer's body. An error of the server keeps its code, message and details. kUnavailable:
  // nobody answers there.
  Result<boost::json::value> call(std::string_view operation, const boost::json::object& params,
                                  const CallOptions& options = {});
  // Even when the person has interrupted: for cancelling what was begun.
  Result<boost::json::value> call_regardless(std::string_view operation,
                                             const boost::json::object& params);
  // Of an operation that takes lines: sends what can be read from the descriptor `input` while it
  // comes, until its end, and hands over the answer's bytes as they come.
  Result<void> stream(std::string_view operation, const boost::json::object& params, int input,
                      std::function<void(std::string_view)> on_bytes);
  // The bytes of an answer that is a file.
  Result<std::string> fetch(std::string_view operation, const boost::json::object& params);
  // Downloads a file that an answer pointed to.
  Result<std::string> download(const std::string& url);

 private:
  friend class EventStreams;
  Result<std::string> send(const PreparedCall& call, const CallOptions& options);
  Server server_;
};

// Whether anybody speaks HTTP at this address. kUnavailable says why not, and what to do.
Result<void> probe_site(const std::string& url);

// Event streams of one server, read together.
class EventStreams {
 public:
  explicit EventStreams(const Server& server);
  ~EventStreams();
  EventStreams(const EventStreams&) = delete;
  EventStreams& operator=(const EventStreams&) = delete;

  // `on_end` is called once, when the stream has ended, with an empty error if the server ended
  // it.
  void open(std::string_view operation, const boost::json::object& params,
            std::int64_t after_event_id, std::function<void(ServerEvent)> on_event,
            std::function<void(std::string error)> on_end);
  bool empty() const;
  // Waits at most kTickMs for bytes, and calls what was given to open() for what came.
  void poll();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vouch::cli
