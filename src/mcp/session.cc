#include "mcp/session.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/json.h"
#include "ops/call_names.h"

namespace vouch::mcp {
namespace {

namespace json = boost::json;

// JSON-RPC 2.0, section 5.1.
constexpr int kParseError = -32700, kInvalidMessage = -32600, kMethodNotFound = -32601,
              kInvalidParams = -32602;

// What differs between the revisions since 2024-11-05 does not concern a server of tools on stdio
// (but for batches, which 2025-03-26 alone had).
constexpr std::string_view kVersions[] = {kProtocolVersion, "2025-06-18", "2025-03-26",
                                          "2024-11-05"};

constexpr std::string_view kInstructions =
    "Vouch turns Gherkin features into Playwright tests that have proved themselves by running. "
    "create_feature, then generate_feature, which answers at once; wait_for_generation tells the "
    "outcome, get_generation_log and get_proof the reasons. run_feature executes the tests; after "
    "wait_for_run, diagnose_run explains a failure. A step that could not be grounded is named "
    "with its line and the nearest candidates: change its words with update_feature and generate "
    "again.";

json::value member(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found == nullptr ? json::value() : *found;
}

json::object object_member(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_object() ? found->get_object() : json::object();
}

// How errors speak of calls: as tools, where there is one for them.
std::vector<ops::CallName> names_of(const std::vector<Tool>& tools) {
  std::vector<ops::CallName> names;
  for (const Tool& tool : tools) {
    if (!tool.waits) names.push_back({tool.operation, "`" + tool.name + "`"});
  }
  return names;
}

json::object error_result(const Error& error) {
  json::object body{{"error", to_string(error.code)}, {"message", error.message}};
  if (!error.details.empty()) body["details"] = error.details;
  return {{"content", json::array{json::object{{"type", "text"}, {"text", json_text(body)}}}},
          {"isError", true}};
}

json::object tool_result(json::value answer) {
  if (!answer.is_object()) answer = json::object{{"items", std::move(answer)}};
  return {{"content", json::array{json::object{{"type", "text"}, {"text", json_text(answer)}}}},
          {"structuredContent", std::move(answer)},
          {"isError", false}};
}

bool is_id(const json::value& id) { return id.is_string() || id.is_int64() || id.is_uint64(); }

}  // namespace

struct Session::Impl {
  struct Call {
    std::string id;  // serialized
    std::jthread thread;
    bool done = false;
    bool cancelled = false;
  };

  Impl(Backend& to, std::vector<Tool> offered, std::string version,
       std::function<void(std::string)> out)
      : backend(to),
        tools(std::move(offered)),
        names(names_of(tools)),
        server_version(std::move(version)),
        send(std::move(out)) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      for (Call& call : calls) {
        call.cancelled = true;
        call.thread.request_stop();
      }
    }
    calls.clear();  // joins; no one else adds any by now
  }

  void tell(const json::object& message) {
    const std::lock_guard lock(output);
    send(json::serialize(message));
  }
  void answer(const json::value& id, json::object result) {
    tell({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
  }
  void refuse(const json::value& id, int code, std::string_view message) {
    tell({{"jsonrpc", "2.0"},
          {"id", id},
          {"error", json::object{{"code", code}, {"message", message}}}});
  }

  void receive(std::string_view line);
  void request(const json::value& id, std::string_view method, const json::object& params);
  void notification(std::string_view method, const json::object& params);
  json::object initialize(const json::object& params) const;
  json::object list() const;
  void begin_call(const json::value& id, const json::object& params);
  void run_call(Call& call, const json::value& id, const Tool& tool, const json::object& arguments,
                const json::value& progress_token, const std::stop_token& stop);
  Result<json::value> perform(const Tool& tool, const json::object& given,
                              const json::value& progress_token, const std::stop_token& stop);
  OnProgress progress_of(const json::value& token);
  void cancel(const json::value& id);
  void forget_done();

  Backend& backend;
  const std::vector<Tool> tools;
  const std::vector<ops::CallName> names;
  const std::string server_version;
  const std::function<void(std::string)> send;
  std::mutex output;  // of send
  std::mutex mutex;   // of the calls
  std::condition_variable ended;
  std::list<Call> calls;
};

void Session::Impl::receive(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == line.npos) return;
  if (line.size() > kMessageBytesMax) {
    return refuse(nullptr, kInvalidMessage,
                  "A message has at most " + std::to_string(kMessageBytesMax) + " bytes.");
  }
  const auto parsed = parse_json(line, kKeptDepthMax);
  if (!parsed)
    return refuse(nullptr, kParseError, "The line is not JSON: " + parsed.error().message);
  const json::object* message = parsed->if_object();
  const json::value id = message == nullptr ? json::value() : member(*message, "id");
  if (message == nullptr || member(*message, "jsonrpc") != "2.0") {
    return refuse(is_id(id) ? id : nullptr, kInvalidMessage, "This is no JSON-RPC 2.0 message.");
  }
  const json::value method = member(*message, "method");
  if (!method.is_string()) {
    // An answer: we have asked nothing.
    if (message->contains("result") || message->contains("error")) return;
    return refuse(is_id(id) ? id : nullptr, kInvalidMessage, "`method` is missing.");
  }
  const json::value params = member(*message, "params");
  if (!params.is_null() && !params.is_object()) {
    return refuse(is_id(id) ? id : nullptr, kInvalidParams, "`params` must be an object.");
  }
  const json::object given = params.is_object() ? params.get_object() : json::object();
  if (!message->contains("id")) return notification(method.get_string(), given);
  if (!is_id(id)) return refuse(nullptr, kInvalidMessage, "`id` must be text or a whole number.");
  request(id, method.get_string(), given);
}

void Session::Impl::request(const json::value& id, std::string_view method,
                            const json::object& params) {
  if (method == "initialize") return answer(id, initialize(params));
  if (method == "ping") return answer(id, {});
  if (method == "tools/list") return answer(id, list());
  if (method == "tools/call") return begin_call(id, params);
  refuse(id, kMethodNotFound, "There is no method " + std::string(method) + " here.");
}

void Session::Impl::notification(std::string_view method, const json::object& params) {
  if (method == "notifications/cancelled") cancel(member(params, "requestId"));
}

json::object Session::Impl::initialize(const json::object& params) const {
  const json::value wanted = member(params, "protocolVersion");
  std::string_view version = kProtocolVersion;
  for (const std::string_view known : kVersions) {
    if (wanted == json::string_view(known)) version = known;
  }
  json::object result;
  result["protocolVersion"] = version;
  result["capabilities"] = json::object{{"tools", json::object{{"listChanged", false}}}};
  result["serverInfo"] =
      json::object{{"name", "vouch"}, {"title", "Vouch"}, {"version", server_version}};
  result["instructions"] = kInstructions;
  return result;
}

json::object Session::Impl::list() const {
  json::array all;
  for (const Tool& tool : tools) all.push_back(tool.definition);
  return {{"tools", std::move(all)}};
}

void Session::Impl::forget_done() {
  std::list<Call> done;
  const std::lock_guard lock(mutex);
  for (auto call = calls.begin(); call != calls.end();) {
    auto next = std::next(call);
    if (call->done) done.splice(done.end(), calls, call);
    call = next;
  }
  // `done` is joined here: each has only its return left.
}

void Session::Impl::begin_call(const json::value& id, const json::object& params) {
  forget_done();
  const json::value name = member(params, "name");
  auto tool = std::ranges::find_if(
      tools, [&](const Tool& candidate) { return name == json::string_view(candidate.name); });
  if (tool == tools.end()) {
    return refuse(
        id, kInvalidParams,
        "There is no tool " +
            (name.is_string() ? std::string(name.get_string()) : std::string("without a name")) +
            ". tools/list names those there are.");
  }
  const json::value arguments = member(params, "arguments");
  if (!arguments.is_null() && !arguments.is_object()) {
    return refuse(id, kInvalidParams, "`arguments` must be an object.");
  }
  const json::value token = member(object_member(params, "_meta"), "progressToken");
  const std::string key = json::serialize(id);
  const std::lock_guard lock(mutex);
  if (std::ranges::any_of(calls, [&](const Call& c) { return c.id == key; })) {
    return refuse(id, kInvalidMessage, "A request with this id is being answered.");
  }
  if (calls.size() >= static_cast<std::size_t>(kCallsMax)) {
    return answer(id, error_result({ErrorCode::kRateLimited,
                                    "There are " + std::to_string(kCallsMax) +
                                        " calls at once already. Wait for one to end."}));
  }
  Call& call = calls.emplace_back();
  call.id = key;
  call.thread = std::jthread(
      [this, &call, id, tool = &*tool,
       given = arguments.is_object() ? arguments.get_object() : json::object(),
       token](const std::stop_token& stop) { run_call(call, id, *tool, given, token, stop); });
}

void Session::Impl::run_call(Call& call, const json::value& id, const Tool& tool,
                             const json::object& arguments, const json::value& progress_token,
                             const std::stop_token& stop) {
  auto outcome = perform(tool, arguments, progress_token, stop);
  if (!outcome) outcome.error().message = ops::with_names(outcome.error().message, names);
  bool cancelled = false;
  {
    const std::lock_guard lock(mutex);
    cancelled = call.cancelled;
    call.id.clear();  // whoever has the answer may use it again
  }
  if (!cancelled) {
    answer(id, outcome ? tool_result(std::move(*outcome)) : error_result(outcome.error()));
  }
  const std::lock_guard lock(mutex);
  call.done = true;
  ended.notify_all();
}

Result<json::value> Session::Impl::perform(const Tool& tool, const json::object& given,
                                           const json::value& progress_token,
                                           const std::stop_token& stop) {
  VOUCH_TRY(json::object params, read_arguments(tool, given));
  const json::object& properties = tool.operation->parameters.at("properties").as_object();
  if (properties.contains("project")) {
    const json::value named = member(params, "project");
    VOUCH_TRY(params["project"],
              backend.project(named.is_string() ? std::string(named.get_string()) : ""));
  }
  if (!tool.waits) return backend.call(*tool.operation, params, stop);
  const OnProgress on_progress = progress_of(progress_token);
  std::chrono::seconds timeout = on_progress ? kWaitDefault : kWaitUnseen;
  if (const json::value* wish = params.if_contains("timeoutSeconds")) {
    timeout = std::chrono::seconds(wish->as_int64());
    params.erase("timeoutSeconds");
  }
  return backend.wait(*tool.operation, params, timeout, on_progress, stop);
}

OnProgress Session::Impl::progress_of(const json::value& token) {
  if (!is_id(token)) return {};
  auto count = std::make_shared<std::int64_t>(0);
  return [this, token, count](std::string message) {
    tell({{"jsonrpc", "2.0"},
          {"method", "notifications/progress"},
          {"params", json::object{{"progressToken", token},
                                  {"progress", ++*count},
                                  {"message", std::move(message)}}}});
  };
}

void Session::Impl::cancel(const json::value& id) {
  const std::string key = json::serialize(id);
  const std::lock_guard lock(mutex);
  for (Call& call : calls) {
    if (call.id != key) continue;
    call.cancelled = true;
    call.thread.request_stop();
  }
}

Session::Session(Backend& backend, std::vector<Tool> tools, std::string server_version,
                 std::function<void(std::string line)> send)
    : impl_(std::make_unique<Impl>(backend, std::move(tools), std::move(server_version),
                                   std::move(send))) {}
Session::~Session() = default;

void Session::receive(std::string_view line) { impl_->receive(line); }

void Session::drain(std::chrono::milliseconds patience) {
  std::unique_lock lock(impl_->mutex);
  impl_->ended.wait_for(lock, patience, [this] {
    return std::ranges::all_of(impl_->calls, [](const auto& call) { return call.done; });
  });
}

}  // namespace vouch::mcp
