// The Model Context Protocol, revision 2025-11-25, as a server of tools over a stream of lines: one
// JSON-RPC message a line, each way (the stdio transport).
//
//   Session session(backend, tools, [](std::string line) { write it and a newline });
//   for each line that comes: session.receive(line);
//
// A tool's result is its operation's answer, as structured content and as text. What the operation
// refuses is a result with isError whose text is {"error","message"[,"details"]}; what breaks the
// protocol is a JSON-RPC error. A cancelled call is not answered. A wait that was given a progress
// token tells each change as it comes.
//
// Threads: receive() is called on one thread and does not block; each call of a tool has a thread
// of its own, at most kCallsMax of them; `send` is called from any of them, one at a time. The
// destructor stops the calls and waits for them.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mcp/tools.h"

namespace vouch::mcp {

inline constexpr std::string_view kProtocolVersion = "2025-11-25";
inline constexpr std::size_t kMessageBytesMax = 4 * 1024 * 1024;
inline constexpr int kCallsMax = 32;

// Told what happens while a wait lasts: a sentence for who watches.
using OnProgress = std::function<void(std::string message)>;

// Where the tools' operations are performed. Called from several threads at once.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual Result<boost::json::value> call(const ops::Operation& operation,
                                          const boost::json::object& params,
                                          std::stop_token stop) = 0;
  // `status` reads a job. Once the job has ended, or `timeout` passed: what it reads then.
  // `on_progress` is empty where nobody watches.
  virtual Result<boost::json::value> wait(const ops::Operation& status,
                                          const boost::json::object& params,
                                          std::chrono::seconds timeout,
                                          const OnProgress& on_progress, std::stop_token stop) = 0;
  // The id of the project of this id or name; of the chosen one where it is empty.
  virtual Result<std::string> project(const std::string& id_or_name) = 0;
};

class Session {
 public:
  Session(Backend& backend, std::vector<Tool> tools, std::string server_version,
          std::function<void(std::string line)> send);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void receive(std::string_view line);
  // Returns when every call that was begun is answered, or patience is at its end.
  void drain(std::chrono::milliseconds patience);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vouch::mcp
