// The protocol over lines, against a server that answers as its test says.
#include "mcp/session.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <condition_variable>
#include <mutex>
#include <set>

namespace vouch::mcp {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::chrono::seconds kPatience{30};

class FakeBackend final : public Backend {
 public:
  Result<json::value> call(const ops::Operation& operation, const json::object& params,
                           std::stop_token) override {
    const std::lock_guard lock(mutex);
    called = operation.name;
    this->params = params;
    return outcome;
  }
  Result<json::value> wait(const ops::Operation& status, const json::object& params,
                           std::chrono::seconds timeout, const OnProgress& on_progress,
                           std::stop_token stop) override {
    std::unique_lock lock(mutex);
    called = "wait " + status.name;
    this->params = params;
    this->timeout = timeout;
    if (on_progress) {
      on_progress("Signs in: exploring");
      on_progress("Signs in: proving");
    }
    if (holds) {
      waiting = true;
      changed.notify_all();
      std::condition_variable_any().wait(lock, stop, [] { return false; });
    }
    return outcome;
  }
  Result<std::string> project(const std::string& id_or_name) override {
    return id_or_name.empty() ? "chosen" : "id of " + id_or_name;
  }

  std::mutex mutex;
  std::condition_variable changed;
  Result<json::value> outcome = json::value(json::object{{"ok", true}});
  std::string called;
  json::object params;
  seconds timeout{0};
  bool holds = false, waiting = false;
};

class SessionTest : public ::testing::Test {
 protected:
  SessionTest()
      : session(std::make_unique<Session>(backend, make_tools(table), "1.2.3",
                                          [this](std::string line) { take(std::move(line)); })) {}

  void take(std::string line) {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(line.find('\n'), line.npos);
    messages_.push_back(json::parse(line).as_object());
    came_.notify_all();
  }
  // What came, in order, once there are `count`.
  std::vector<json::object> messages(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(came_.wait_for(lock, kPatience, [&] { return messages_.size() >= count; }));
    return messages_;
  }
  json::object ask(std::string_view line) {
    const std::size_t before = messages(0).size();
    session->receive(line);
    return messages(before + 1).at(before);
  }
  json::object call(std::string_view tool, std::string_view arguments) {
    return ask(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":")" +
               std::string(tool) + R"(","arguments":)" + std::string(arguments) + "}}");
  }
  static std::string error_text(const json::object& message) {
    const json::object& result = message.at("result").as_object();
    EXPECT_EQ(result.at("isError"), true) << json::serialize(message);
    EXPECT_FALSE(result.contains("structuredContent"));
    return std::string(json::parse(result.at("content").as_array()[0].at("text").as_string())
                           .at("message")
                           .as_string());
  }

  const std::vector<ops::Operation> table = ops::operations();
  FakeBackend backend;
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<json::object> messages_;
  std::unique_ptr<Session> session;
};

TEST_F(SessionTest, AgreesOnARevisionThatBothKnow) {
  for (const auto& [wanted, given] : {std::pair{"2025-11-25", "2025-11-25"},
                                      {"2024-11-05", "2024-11-05"},
                                      {"2030-01-01", "2025-11-25"}}) {
    const json::object answer = ask(
        R"({"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":")" +
        std::string(wanted) + R"(","capabilities":{},"clientInfo":{"name":"t","version":"0"}}})");
    EXPECT_EQ(answer.at("id"), "a");
    const json::object& result = answer.at("result").as_object();
    EXPECT_EQ(result.at("protocolVersion"), given);
    EXPECT_EQ(result.at("serverInfo").at("version"), "1.2.3");
    EXPECT_TRUE(result.at("capabilities").as_object().contains("tools"));
  }
}

TEST_F(SessionTest, AnErrorNamesToolsAndNoCallsOfTheServer) {
  backend.outcome =
      fail(ErrorCode::kNotFound,
           "There is no topic `x`: GET /api/v1/adapter-scripts/topics lists them. PUT "
           "/api/v1/adapter-scripts/topics/{topic} makes one. GET /elsewhere stays.");
  EXPECT_EQ(error_text(call("get_topic", R"({"topic": "x"})")),
            "There is no topic `x`: `list_topics` lists them. `put_topic` makes one. GET "
            "/elsewhere stays.");
}

TEST_F(SessionTest, WhatMustBeThereMayBeNullAndWhatMayBeAbsentIs) {
  call("transform", R"({"provider": "p", "topic": "t", "payload": null})");
  EXPECT_TRUE(backend.params.at("payload").is_null()) << "the server says what is wrong with it";
  call("add_sample", R"({"provider": "p", "topic": "t", "input": 1, "expectedOutput": null})");
  EXPECT_FALSE(backend.params.contains("expectedOutput"));
}

TEST_F(SessionTest, OffersTheDocumentedToolsFirst) {
  const std::set<std::string> documented = {
      "list_projects",       "get_project",        "list_features",
      "get_feature",         "create_feature",     "update_feature",
      "delete_feature",      "generate_feature",   "get_generation_status",
      "wait_for_generation", "get_generation_log", "cancel_generation",
      "run_feature",         "list_runs",          "get_run",
      "wait_for_run",        "get_run_artifacts",  "diagnose_run",
      "list_configs",        "list_files",         "read_file",
      "write_file",          "delete_file"};
  const json::object answer = ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
  const json::array& tools = answer.at("result").at("tools").as_array();
  ASSERT_GE(tools.size(), documented.size());
  std::set<std::string> first, all;
  for (const json::value& tool : tools) {
    const std::string name(tool.at("name").as_string());
    if (first.size() < documented.size()) first.insert(name);
    EXPECT_TRUE(all.insert(name).second) << name;
    EXPECT_EQ(tool.at("inputSchema").at("type"), "object") << name;
    EXPECT_EQ(tool.at("outputSchema").at("type"), "object") << name;
    EXPECT_EQ(json::serialize(tool.at("inputSchema")).find("\"in\":"), std::string::npos) << name;
  }
  EXPECT_EQ(first, documented);
}

TEST_F(SessionTest, MarksWhatCannotBeTakenBack) {
  const json::object answer = ask(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
  for (const json::value& tool : answer.at("result").at("tools").as_array()) {
    const json::object& hints = tool.at("annotations").as_object();
    const std::string name(tool.at("name").as_string());
    if (name == "delete_file" || name == "delete_feature") {
      EXPECT_EQ(hints.at("destructiveHint"), true) << name;
    }
    if (name.starts_with("list_") || name.starts_with("get_") || name.starts_with("wait_")) {
      EXPECT_EQ(hints.at("readOnlyHint"), true) << name;
    }
    if (name == "generate_feature") {
      EXPECT_EQ(hints.at("destructiveHint"), false);
      EXPECT_EQ(hints.at("openWorldHint"), true);
    }
  }
}

TEST_F(SessionTest, AToolAnswersAsItsOperationDoes) {
  backend.outcome = json::value(json::object{{"id", 12}});
  const json::object answer = call("get_feature", R"({"feature":12,"project":"Shop"})");
  const json::object& result = answer.at("result").as_object();
  EXPECT_EQ(result.at("structuredContent").at("id"), 12);
  EXPECT_EQ(result.at("content").as_array()[0].at("text"), R"({"id":12})");
  EXPECT_EQ(backend.called, "get_feature");
  EXPECT_EQ(json::value(backend.params),
            json::value({{"feature", "12"}, {"project", "id of Shop"}}));
  call("get_run", R"({"runId":"214"})");
  EXPECT_EQ(json::value(backend.params), json::value({{"runId", 214}, {"project", "chosen"}}));
}

TEST_F(SessionTest, ABareArrayIsTheItemsOfAnObject) {
  backend.outcome = json::value(json::array{1, 2});
  const json::object answer = call("get_run_artifacts", R"({"runId":1})");
  EXPECT_EQ(answer.at("result").at("structuredContent").at("items"), json::value({1, 2}));
}

TEST_F(SessionTest, WhatTheOperationRefusesIsAResultThatSaysSo) {
  backend.outcome = fail(ErrorCode::kConflict, "This feature is already generating.");
  EXPECT_EQ(error_text(call("generate_feature", R"({"feature":"Login"})")),
            "This feature is already generating.");
  EXPECT_NE(error_text(call("generate_feature", "{}")).find("`feature` is missing"),
            std::string::npos);
  EXPECT_NE(error_text(call("get_run", R"({"runId":"two"})")).find("`runId`"), std::string::npos);
}

TEST_F(SessionTest, UnknownArgumentsAreIgnoredWhereDocumentedAndNamedOnOurs) {
  call("list_features", R"({"colour":"red"})");
  EXPECT_EQ(json::value(backend.params), json::value({{"project", "chosen"}}));
  EXPECT_NE(error_text(call("get_proof", R"({"feature":"Login","colour":"red"})")).find("`colour`"),
            std::string::npos);
}

TEST_F(SessionTest, AWaitLastsAsLongAsWasSaidElseLessThanAMinuteUnseen) {
  call("wait_for_generation", R"({"feature":"Login","timeoutSeconds":3})");
  EXPECT_EQ(backend.called, "wait get_generation_status");
  EXPECT_EQ(backend.timeout, seconds(3));
  EXPECT_FALSE(backend.params.contains("timeoutSeconds"));
  call("wait_for_run", R"({"runId":1})");
  EXPECT_EQ(backend.timeout, kWaitUnseen);
  EXPECT_NE(error_text(call("wait_for_run", R"({"runId":1,"timeoutSeconds":171})"))
                .find("`timeoutSeconds`"),
            std::string::npos);
}

TEST_F(SessionTest, AWaitThatIsWatchedTellsItsProgress) {
  session->receive(
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wait_for_generation",
          "arguments":{"feature":"Login"},"_meta":{"progressToken":"p"}}})");
  const auto all = messages(3);
  EXPECT_EQ(backend.timeout, kWaitDefault);
  for (int i = 0; i < 2; ++i) {
    const json::object& message = all[static_cast<std::size_t>(i)];
    EXPECT_EQ(message.at("method"), "notifications/progress");
    EXPECT_EQ(message.at("params").at("progressToken"), "p");
    EXPECT_EQ(message.at("params").at("progress"), i + 1);
  }
  EXPECT_EQ(all[1].at("params").at("message"), "Signs in: proving");
  EXPECT_EQ(all[2].at("id"), 1);
}

TEST_F(SessionTest, ACancelledCallIsStoppedAndNotAnswered) {
  backend.holds = true;
  session->receive(
      R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"wait_for_run","arguments":{"runId":1}}})");
  {
    std::unique_lock lock(backend.mutex);
    ASSERT_TRUE(backend.changed.wait_for(lock, kPatience, [&] { return backend.waiting; }));
  }
  // Others are answered meanwhile.
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":6,"method":"ping"})").at("id"), 6);
  session->receive(
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}})");
  session->drain(kPatience);
  EXPECT_EQ(messages(1).size(), 1u);
}

TEST_F(SessionTest, ItEndsWithoutWaitingForACallThatHolds) {
  backend.holds = true;
  session->receive(
      R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"wait_for_run","arguments":{"runId":1}}})");
  session.reset();
  EXPECT_TRUE(messages(0).empty());
}

TEST_F(SessionTest, WhatBreaksTheProtocolIsAJsonRpcError) {
  const auto code = [&](std::string_view line) {
    return ask(line).at("error").at("code").as_int64();
  };
  EXPECT_EQ(code("{"), -32700);
  EXPECT_EQ(code("[]"), -32600);
  EXPECT_EQ(code(R"({"id":1,"method":"ping"})"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":1})"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":null,"method":"ping"})"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})"), -32601);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]})"), -32602);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nope"}})"),
            -32602);
  EXPECT_EQ(
      code(
          R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_runs","arguments":1}})"),
      -32602);
}

TEST_F(SessionTest, NotificationsAndEmptyLinesAreNotAnswered) {
  session->receive(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  session->receive(R"({"jsonrpc":"2.0","method":"notifications/unheard_of"})");
  session->receive(R"({"jsonrpc":"2.0","id":3,"result":{}})");
  session->receive("");
  EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":4,"method":"ping"})").at("id"), 4);
}

}  // namespace
}  // namespace vouch::mcp
