// vouch mcp: the server's operations as tools of the Model Context Protocol, over stdin and stdout.
#include <signal.h>

#include <iostream>
#include <mutex>

#include "base/version.h"
#include "cli/command_line.h"
#include "cli/json_read.h"
#include "mcp/session.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

// How long calls may still take once nobody is there to ask more.
constexpr std::chrono::seconds kDrainMax{5};
constexpr int kStreamFailuresMax = 5;

bool has_ended(const ops::Operation& operation, const json::object& status) {
  if (operation.name == "get_run") return text_of(status, "status") != "running";
  if (operation.name == "get_adapter_job") {
    const std::string word = text_of(object_of(status, "job"), "status");
    return word != "pending" && word != "running";
  }
  return text_of(status, "featureStatus") != "generating";
}

std::string_view events_of(const ops::Operation& operation) {
  if (operation.name == "get_adapter_job") return "stream_adapter_job";
  return operation.name == "get_run" ? "stream_run" : "stream_generation";
}

// "Valid user signs in: proving"; empty where an event tells nothing new.
std::string sentence_of(const ServerEvent& event) {
  if (event.name == "queued" || event.name == "started" || event.name == "ended") {
    const std::string state = text_of(event.data, "state");  // an adapter's job says "status"
    return state.empty() ? text_of(event.data, "status") : state;
  }
  if (event.name == "stage") return text_of(event.data, "stage");
  if (event.name != "section") return "";
  const std::string title = text_of(event.data, "title");
  const std::string conclusion = text_of(event.data, "conclusion");
  const std::string state = conclusion.empty() ? text_of(event.data, "stage") : conclusion;
  return state.empty() ? "" : title + ": " + state;
}

// A server, reached as every command reaches it: what is configured is read anew while there is no
// server or key yet, so that signing in needs no restart.
class ServerBackend final : public mcp::Backend {
 public:
  explicit ServerBackend(const Invocation& invocation) : invocation_(invocation) {}

  Result<json::value> call(const ops::Operation& operation, const json::object& params,
                           std::stop_token stop) override {
    VOUCH_TRY(Client * server, client());
    return server->call(operation.name, params, {.stop = std::move(stop), .interruptible = false});
  }

  Result<json::value> wait(const ops::Operation& status, const json::object& params,
                           std::chrono::seconds timeout, const mcp::OnProgress& on_progress,
                           std::stop_token stop) override {
    VOUCH_TRY(Client * server, client());
    if (!on_progress) {
      return server->call(status.name, params,
                          {.wait = timeout, .stop = std::move(stop), .interruptible = false});
    }
    const CallOptions at_once{.stop = stop, .interruptible = false};
    VOUCH_TRY(json::value before, server->call(status.name, params, at_once));
    if (has_ended(status, as_object(before))) return before;
    watch(*server, status, params, std::chrono::steady_clock::now() + timeout, on_progress, stop);
    return server->call(status.name, params, at_once);
  }

  Result<std::string> project(const std::string& id_or_name) override {
    VOUCH_TRY(Client * server, client());
    static constexpr ProjectWords kWords{.give = "Give its id or name as the argument `project`.",
                                         .list = "The tool list_projects shows them.",
                                         .make = "Make one with the tool create_project."};
    return id_or_name.empty() ? invocation_.project(*server, kWords)
                              : project_id(*server, id_or_name, kWords);
  }

 private:
  Result<Client*> client() {
    const std::lock_guard lock(mutex_);
    if (!client_) {
      auto made = invocation_.client();
      if (!made) {
        Error error = std::move(made).error();
        error.message +=
            " Give the server in VOUCH_SERVER and a key in VOUCH_API_KEY, or sign in "
            "with `vouch login`.";
        return std::unexpected(std::move(error));
      }
      client_ = std::move(*made);
    }
    return client_.get();
  }

  // Until the job has ended, `until`, or a stop. A stream that breaks off is resumed.
  static void watch(Client& server, const ops::Operation& status, const json::object& params,
                    std::chrono::steady_clock::time_point until, const mcp::OnProgress& on_progress,
                    const std::stop_token& stop) {
    EventStreams streams(server.server());
    std::int64_t last_event_id = 0;
    bool streaming = false, ended = false;
    int failures = 0;
    auto take = [&](const ServerEvent& event) {
      last_event_id = event.id;
      failures = 0;
      ended |= event.name == "ended";
      ended |= event.name == "waiting" && status.name == "get_adapter_job";
      if (std::string sentence = sentence_of(event); !sentence.empty()) {
        on_progress(std::move(sentence));
      }
    };
    auto finish = [&](const std::string& error) {
      streaming = false;
      ended |= error.empty();
      ++failures;
    };
    while (!ended && !stop.stop_requested() && failures < kStreamFailuresMax &&
           std::chrono::steady_clock::now() < until) {
      if (!streaming) {
        streaming = true;
        streams.open(events_of(status), params, last_event_id, take, finish);
      }
      streams.poll();
    }
  }

  const Invocation& invocation_;
  std::mutex mutex_;
  std::unique_ptr<Client> client_;
};

ExitCode serve_tools(const Invocation& invocation) {
  ServerBackend backend(invocation);
  mcp::Session session(backend, mcp::make_tools(operation_table()), std::string(kVersion),
                       [&invocation](const std::string& line) { invocation.print(line + "\n"); });
  std::string line;
  while (std::getline(std::cin, line)) session.receive(line);
  session.drain(kDrainMax);
  return ExitCode::kDone;
}

}  // namespace

void add_mcp_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  CLI::App* command = app.add_subcommand(
      "mcp", "Serve the server's operations as MCP tools on stdin and stdout, for coding agents");
  command->fallthrough();
  command->callback(
      [&invocation, &chosen] { chosen = [&invocation] { return serve_tools(invocation); }; });
}

}  // namespace vouch::cli
