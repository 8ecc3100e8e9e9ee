// The documented conversations, replayed over a socket: features and their lifecycle.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <vector>

#include "http/harness_test.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using testing::Client;
using testing::Door;
using testing::Reply;
using testing::TestServer;

constexpr std::string_view kLogin = R"(Feature: Login Functionality
  Scenario: Valid user signs in
    Given I open "/"
    When I sign in
    Then I see "Welcome"
  Scenario: Locked out
    When I sign in
    Then I see "Locked"
)";

std::string body(std::initializer_list<std::pair<json::string_view, json::value_ref>> members) {
  return json::serialize(json::object(members));
}

json::value parsed(std::string_view text) { return json::parse(text); }

std::string text(const json::value& value, std::string_view name) {
  return std::string(value.at(name).as_string());
}

class ContractTest : public ::testing::Test {
 protected:
  ContractTest() : server(options()), door(server.io()), run_door(server.io()) {
    features = "/api/v1/ops/projects/" + server.project + "/features";
    runs = "/api/v1/ops/projects/" + server.project + "/runs";
  }
  ~ContractTest() override {
    door.open();
    run_door.open();
  }

  // Shows its stages, waits at the door, then keeps one section after the other.
  asio::awaitable<Result<json::object>> generate(engine::JobContext& context) {
    engine::SectionChange begun{.ordinal = 0};
    begun.status = store::SectionStatus::kInProgress;
    begun.stage = "exploring";
    context.stage("exploring");
    context.progress(begun);
    context.log(0, "Opened the site.");
    VOUCH_CO_TRY_VOID(co_await context.flush());
    co_await door.wait();
    json::object entry{{"scenario", "Valid user signs in"},
                       {"step", "Then I see \"Welcome\""},
                       {"line", 5},
                       {"verdict", "proven"},
                       {"counterfactual", "Without signing in there is no \"Welcome\"."},
                       {"assumptions", json::array()}};
    for (std::int64_t ordinal = 0; ordinal < 3; ++ordinal) {
      json::object data;
      if (ordinal == 1) data["proof"] = json::array{entry};
      VOUCH_CO_TRY_VOID(co_await context.commit_section(ordinal, store::Conclusion::kSuccess, "",
                                                        std::move(data)));
    }
    json::object result;
    result["spec"] = "import { test } from '@playwright/test';\n";
    co_return result;
  }

  asio::awaitable<Result<json::object>> execute(engine::JobContext& context) {
    const std::int64_t run_id = context.job().payload.at("runId").as_int64();
    co_await run_door.wait();
    const std::string project_id = context.job().project_id;
    auto keep = [project_id, run_id](store::Tx& tx) -> Result<void> {
      auto run = tx.find_run(project_id, run_id);
      run->digest = parsed(R"({
        "summary": {"total": 1, "passed": 0, "failed": 1, "other": 0},
        "tests": [{"name": "Locked out", "status": "failed", "durationMs": 12, "error": "no"}],
        "failures": [{"name": "Locked out", "status": "failed", "durationMs": 12,
          "error": "Error: no", "cause": "assertion",
          "step": {"text": "Then I see \"Locked\"", "line": 1}, "suggestion": null}],
        "log": "the end of the log"})")
                        .as_object();
      VOUCH_TRY_VOID(tx.update_run(*run));
      tx.put_artifact({run_id, "trace", "trace/locked-out.zip", 5});
      return {};
    };
    VOUCH_CO_TRY_VOID(co_await context.write(keep));
    co_return fail(ErrorCode::kConflict, "A test failed.");
  }

  TestServer::Options options() {
    TestServer::Options options;
    options.generation = [this](engine::JobContext& context, store::Store&) {
      return generate(context);
    };
    options.run = [this](engine::JobContext& context, store::Store&) { return execute(context); };
    return options;
  }

  std::string feature(std::string_view gherkin = kLogin) {
    Reply made = server.call("POST", features, body({{"gherkin", gherkin}}));
    EXPECT_EQ(made.status, 201) << made.body;
    return features + "/" + std::to_string(made.json().at("id").as_int64());
  }

  std::string generated_feature() {
    const std::string path = feature();
    door.open();
    EXPECT_EQ(server.call("POST", path + "/generate").status, 202);
    Reply done = server.call("GET", path + "/generation", "", "Prefer: wait=60\r\n");
    EXPECT_EQ(text(done.json(), "featureStatus"), "generated") << done.body;
    return path;
  }

  // Reads the event stream up to the first message of this name.
  static std::string until_event(Client& stream, const std::string& name) {
    std::string seen = stream.read_until("event: " + name + "\n");
    return seen += stream.read_until("\n\n");
  }

  void expect_error(const Reply& reply, int status, std::string_view code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(text(reply.json(), "error"), code);
    EXPECT_FALSE(text(reply.json(), "message").empty());
    EXPECT_FALSE(reply.header("x-request-id").empty());
  }

  TestServer server;
  Door door, run_door;
  std::string features, runs;
};

TEST_F(ContractTest, AFeatureIsMadeReadChangedListedAndDeleted) {
  Reply made = server.call("POST", features, body({{"gherkin", kLogin}, {"colour", "red"}}));
  ASSERT_EQ(made.status, 201) << made.body;
  json::value feature = made.json();
  EXPECT_EQ(text(feature, "name"), "Login Functionality");
  EXPECT_EQ(text(feature, "kind"), "feature");
  EXPECT_EQ(text(feature, "status"), "draft");
  EXPECT_TRUE(feature.at("rationale").is_null());
  const std::string path = features + "/" + std::to_string(feature.at("id").as_int64());
  EXPECT_EQ(made.header("location"), path);

  EXPECT_EQ(server.call("GET", path).json(), feature);
  EXPECT_EQ(server.call("GET", features + "/login%20FUNCTIONALITY").json(), feature);

  Reply changed = server.call("PATCH", path, body({{"name", "Sign-in"}}));
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, R"({"ok":true})");

  json::value list = server.call("GET", features).json();
  ASSERT_EQ(list.at("items").as_array().size(), 1u);
  EXPECT_EQ(text(list.at("items").at(0), "name"), "Sign-in");
  EXPECT_FALSE(list.at("items").at(0).as_object().contains("gherkin"));
  EXPECT_TRUE(list.at("nextCursor").is_null());

  EXPECT_EQ(server.call("DELETE", path).body, R"({"ok":true})");
  expect_error(server.call("GET", path), 404, "not_found");
}

TEST_F(ContractTest, WhatIsNotGherkinIsRefusedWithItsLines) {
  Reply reply = server.call(
      "POST", features, body({{"gherkin", "Feature: A\n  Scenario: B\n    Given c\n    oops\n"}}));
  expect_error(reply, 400, "invalid_request");
  EXPECT_EQ(reply.json().at("details").at("errors").at(0).at("line").as_int64(), 4);
  expect_error(server.call("POST", features, body({{"gherkin", "# nothing\n"}})), 400,
               "invalid_request");
  expect_error(server.call("POST", features, "{}"), 400, "invalid_request");
}

TEST_F(ContractTest, NamesAreUniqueWhateverTheirCase) {
  feature();
  Reply again =
      server.call("POST", features, body({{"name", "LOGIN functionality"}, {"gherkin", kLogin}}));
  expect_error(again, 409, "conflict");
}

TEST_F(ContractTest, AnIdWinsOverANameMadeOfDigits) {
  const std::string first = feature();
  const std::string id = first.substr(first.rfind('/') + 1);
  ASSERT_EQ(server.call("POST", features, body({{"name", id}, {"gherkin", kLogin}})).status, 201);
  EXPECT_EQ(text(server.call("GET", features + "/" + id).json(), "name"), "Login Functionality");
}

TEST_F(ContractTest, ListsAreReadPageByPage) {
  for (const char* name : {"a", "b", "c"}) {
    server.call("POST", features, body({{"name", name}, {"gherkin", kLogin}}));
  }
  json::value first = server.call("GET", features + "?limit=2").json();
  EXPECT_EQ(first.at("items").as_array().size(), 2u);
  json::value rest =
      server.call("GET", features + "?limit=2&cursor=" + text(first, "nextCursor")).json();
  ASSERT_EQ(rest.at("items").as_array().size(), 1u);
  EXPECT_EQ(text(rest.at("items").at(0), "name"), "c");
  EXPECT_TRUE(rest.at("nextCursor").is_null());
  expect_error(server.call("GET", features + "?limit=0"), 400, "invalid_request");
  expect_error(server.call("GET", features + "?limit=many"), 400, "invalid_request");
  expect_error(server.call("GET", features + "?cursor=made-up"), 400, "invalid_request");
}

TEST_F(ContractTest, ANeverGeneratedFeatureAnswersThreeFields) {
  const std::string path = feature();
  const std::string id = path.substr(path.rfind('/') + 1);
  EXPECT_EQ(server.call("GET", path + "/generation").body,
            "{\"featureId\":" + id +
                ",\"featureName\":\"Login Functionality\",\"featureStatus\":\"draft\"}");
}

TEST_F(ContractTest, AGenerationIsDispatchedWatchedAndEnds) {
  const std::string path = feature();
  Reply dispatched = server.call("POST", path + "/generate", "{}");
  ASSERT_EQ(dispatched.status, 202) << dispatched.body;
  EXPECT_EQ(dispatched.header("location"), path + "/generation");
  const std::string request_id = text(dispatched.json(), "requestId");

  Client stream(server.address());
  stream.send(server.request("GET", path + "/generation/events", "", "", server.key));
  until_event(stream, "log");  // the script is at its door now

  Reply status = server.call("GET", path + "/generation");
  json::object live = status.json().as_object();
  EXPECT_EQ(status.header("retry-after"), "3");
  EXPECT_EQ(text(live, "featureStatus"), "generating");
  EXPECT_EQ(text(live, "requestId"), request_id);
  EXPECT_TRUE(live.at("runnerStarted").as_bool());
  EXPECT_EQ(text(live, "overallStatus"), "in_progress");
  EXPECT_TRUE(live.at("overallConclusion").is_null());
  const json::array& sections = live.at("sections").as_array();
  ASSERT_EQ(sections.size(), 3u);
  EXPECT_EQ(text(sections[0], "section"), "login-functionality");
  EXPECT_EQ(text(sections[0], "status"), "in_progress");
  EXPECT_EQ(text(sections[0], "stage"), "exploring");
  EXPECT_EQ(text(sections[1], "section"), "login-functionality/valid-user-signs-in");
  EXPECT_EQ(text(sections[1], "status"), "queued");

  Reply second = server.call("POST", path + "/generate", "{}");
  expect_error(second, 409, "conflict");
  EXPECT_EQ(text(second.json(), "message"), "This feature is already generating.");
  EXPECT_EQ(text(second.json().at("details"), "requestId"), request_id);
  expect_error(server.call("PATCH", path, body({{"name", "x"}})), 409, "conflict");
  expect_error(server.call("DELETE", path), 409, "conflict");
  expect_error(server.call("POST", path + "/run"), 409, "conflict");

  door.open();
  json::value done = server.call("GET", path + "/generation", "", "Prefer: wait=60\r\n").json();
  EXPECT_EQ(text(done, "featureStatus"), "generated");
  EXPECT_EQ(text(done, "overallConclusion"), "success");
  EXPECT_EQ(text(done.at("sections").at(2), "conclusion"), "success");
  EXPECT_EQ(done.at("proof").at("proven").as_int64(), 1);

  json::value log = server.call("GET", path + "/generation/log").json();
  EXPECT_EQ(text(log.at("sections").at(0), "state"), "completed");
  EXPECT_EQ(log.at("sections").at(0).at("log").at(0).as_string(), "Opened the site.");
  json::value proof = server.call("GET", path + "/proof").json();
  EXPECT_EQ(text(proof.at("items").at(0), "verdict"), "proven");

  expect_error(server.call("POST", path + "/generation/cancel"), 409, "conflict");
}

TEST_F(ContractTest, StatusFieldsComeInTheDocumentedOrder) {
  const std::string path = generated_feature();
  json::object status = server.call("GET", path + "/generation").json().as_object();
  std::vector<std::string> names;
  for (const auto& member : status) names.emplace_back(member.key());
  names.resize(9);
  EXPECT_EQ(names, (std::vector<std::string>{"featureId", "featureName", "featureStatus",
                                             "requestId", "runnerStarted", "overallStatus",
                                             "overallConclusion", "updatedUtc", "sections"}));
  names.clear();
  for (const auto& member : status.at("sections").at(0).as_object()) {
    names.emplace_back(member.key());
  }
  names.resize(4);
  EXPECT_EQ(names, (std::vector<std::string>{"section", "status", "conclusion", "updatedUtc"}));
}

TEST_F(ContractTest, TheSpecIsReadAsAFile) {
  generated_feature();
  const std::string files = "/api/v1/ops/projects/" + server.project + "/files";
  const std::string spec = "/content?path=Features/Login%20Functionality.spec.ts";
  json::value file = server.call("GET", files + spec).json();
  EXPECT_EQ(text(file, "kind"), "spec");
  EXPECT_EQ(text(file, "source"), "generated");
  EXPECT_EQ(text(file, "content"), "import { test } from '@playwright/test';\n");
  json::value list = server.call("GET", files + "?prefix=Features/").json();
  ASSERT_EQ(list.at("items").as_array().size(), 2u);
  EXPECT_EQ(text(list.at("items").at(0), "path"), "Features/Login Functionality.feature");
  json::value first = server.call("GET", files + "?limit=2").json();
  json::value rest = server.call("GET", files + "?cursor=" + text(first, "nextCursor")).json();
  EXPECT_EQ(text(rest.at("items").at(0), "path"), "Features/Login Functionality.feature");
  json::value configs =
      server.call("GET", "/api/v1/ops/projects/" + server.project + "/configs").json();
  EXPECT_EQ(text(configs.at("items").at(0), "name"), "Default");
  EXPECT_EQ(text(configs.at("items").at(0), "source"), "template");
  expect_error(server.call("GET", files + "/content?path=../x"), 404, "not_found");
  expect_error(server.call("GET", files + "/content"), 400, "invalid_request");
}

TEST_F(ContractTest, ARunOfAProjectHasNoFeatureAndSaysItsTag) {
  const std::string project = "/api/v1/ops/projects/" + server.project;
  feature("Feature: A draft\n");
  expect_error(server.call("POST", project + "/run"), 409, "conflict");
  generated_feature();
  expect_error(server.call("POST", project + "/run", R"({"tag":"@smoke"})"), 409, "conflict");
  expect_error(server.call("POST", project + "/run", R"({"tag":"a b"})"), 400, "invalid_request");
  expect_error(server.call("POST", project + "/run", R"({"config":"Nope"})"), 400,
               "invalid_request");
  run_door.open();
  const Reply dispatched = server.call("POST", project + "/run");
  ASSERT_EQ(dispatched.status, 202);
  EXPECT_TRUE(dispatched.json().at("featureId").is_null());
  const std::string path = dispatched.header("location");
  const json::value digest = server.call("GET", path, "", "Prefer: wait=10\r\n").json();
  EXPECT_EQ(text(digest, "status"), "failed");
  EXPECT_TRUE(digest.at("featureName").is_null());
  EXPECT_TRUE(digest.at("tag").is_null());
  const json::value diagnosis = server.call("GET", path + "/diagnosis").json();
  EXPECT_TRUE(diagnosis.at("gherkin").is_null());
  EXPECT_EQ(diagnosis.at("specs").as_array().size(), 1u);
}

TEST_F(ContractTest, CancelUnlocksAFeature) {
  const std::string path = feature();
  expect_error(server.call("POST", path + "/generation/cancel"), 409, "conflict");
  ASSERT_EQ(server.call("POST", path + "/generate").status, 202);
  EXPECT_EQ(server.call("POST", path + "/generation/cancel").body, R"({"ok":true})");
  json::value status = server.call("GET", path + "/generation").json();
  EXPECT_EQ(text(status, "featureStatus"), "cancelled");
  EXPECT_EQ(text(status, "overallConclusion"), "cancelled");
  EXPECT_EQ(server.call("PATCH", path, body({{"gherkin", kLogin}})).status, 200);
  EXPECT_EQ(server.call("POST", path + "/generate").status, 202);
}

TEST_F(ContractTest, AnEditLeavesTheStatusAloneAndMakesTheTestsStale) {
  const std::string path = generated_feature();
  EXPECT_FALSE(server.call("GET", path).json().at("stale").as_bool());
  server.call("PATCH", path, body({{"gherkin", std::string(kLogin) + "\n# changed\n"}}));
  json::value feature = server.call("GET", path).json();
  EXPECT_EQ(text(feature, "status"), "generated");
  EXPECT_TRUE(feature.at("stale").as_bool());
}

TEST_F(ContractTest, WithoutScenariosTheDispatchIsRejected) {
  const std::string path = feature("Feature: Nothing yet\n");
  Reply reply = server.call("POST", path + "/generate");
  expect_error(reply, 409, "conflict");
  EXPECT_EQ(text(reply.json().at("details"), "reason"), "no_scenarios");
  expect_error(server.call("POST", path + "/generate", R"({"siteUrl":"ftp://x"})"), 409,
               "conflict");
  expect_error(server.call("POST", feature() + "/generate", R"({"siteUrl":"ftp://x"})"), 400,
               "invalid_request");
}

TEST_F(ContractTest, AWaitThatRunsOutIsNoFailureAndCancelsNothing) {
  const std::string path = feature();
  server.call("POST", path + "/generate");
  Reply waited = server.call("GET", path + "/generation", "", "Prefer: wait=0\r\n");
  EXPECT_EQ(waited.status, 200);
  EXPECT_EQ(text(waited.json(), "featureStatus"), "generating");
}

TEST_F(ContractTest, AStreamTellsEveryChangeAndResumesWhereItStopped) {
  const std::string path = feature();
  server.call("POST", path + "/generate");
  Client first(server.address());
  first.send(server.request("GET", path + "/generation/events", "", "", server.key));
  Reply head = first.read_reply(true);
  EXPECT_EQ(head.header("content-type"), "text/event-stream");
  std::string seen = until_event(first, "log");
  EXPECT_NE(seen.find("event: queued\n"), std::string::npos);
  EXPECT_NE(seen.find("Opened the site."), std::string::npos);
  const std::string id =
      seen.substr(seen.rfind("id: ") + 4, seen.rfind("\nevent") - seen.rfind("id: ") - 4);
  first.close();

  door.open();
  const std::string resume = "Last-Event-ID: " + id + "\r\n";
  Client second(server.address());
  second.send(server.request("GET", path + "/generation/events", "", resume, server.key));
  std::string rest = second.read_until("0\r\n\r\n");
  EXPECT_EQ(rest.find("event: queued\n"), std::string::npos);
  EXPECT_NE(rest.find("event: section\n"), std::string::npos);
  EXPECT_NE(rest.find("event: ended\n"), std::string::npos);
  const std::string last =
      rest.substr(rest.rfind("id: ") + 4, rest.rfind("\nevent") - rest.rfind("id: ") - 4);
  EXPECT_EQ(
      server.call("GET", path + "/generation/events", "", "Last-Event-ID: " + last + "\r\n").status,
      204);
  expect_error(server.call("GET", feature("Feature: other\n") + "/generation/events"), 409,
               "conflict");
}

TEST_F(ContractTest, TheSameIdempotencyKeyGivesTheFirstAnswerAgain) {
  const std::string key = "Idempotency-Key: 7f\r\n";
  const std::string request = body({{"gherkin", kLogin}});
  Reply first = server.call("POST", features, request, key);
  Reply again = server.call("POST", features, request, key);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("location"), first.header("location"));
  expect_error(server.call("POST", features, body({{"gherkin", "Feature: B\n"}}), key), 409,
               "conflict");

  std::vector<std::unique_ptr<Client>> rivals;
  const std::string other = body({{"gherkin", "Feature: C\n"}});
  for (int i = 0; i < 8; ++i) {
    rivals.push_back(std::make_unique<Client>(server.address()));
    rivals.back()->send(
        server.request("POST", features, other, "Idempotency-Key: same\r\n", server.key));
  }
  std::set<std::string> answers;
  for (auto& rival : rivals) answers.insert(rival->read_reply().body);
  EXPECT_EQ(answers.size(), 1u);

  const std::string path = first.header("location");
  const std::string generate = "Idempotency-Key: 8a\r\n";
  Reply dispatched = server.call("POST", path + "/generate", "{}", generate);
  EXPECT_EQ(dispatched.status, 202);
  EXPECT_EQ(server.call("POST", path + "/generate", "{}", generate).body, dispatched.body);
  const std::string cancel = "Idempotency-Key: 9c\r\n";
  EXPECT_EQ(server.call("POST", path + "/generation/cancel", "", cancel).status, 200);
  EXPECT_EQ(server.call("POST", path + "/generation/cancel", "", cancel).status, 200);
}

TEST_F(ContractTest, PollingIsCheap) {
  const std::string path = feature();
  Reply first = server.call("GET", path);
  const std::string tag = first.header("etag");
  ASSERT_FALSE(tag.empty());
  Reply again = server.call("GET", path, "", "If-None-Match: \"x\", " + tag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  server.call("PATCH", path, body({{"name", "Other"}}));
  EXPECT_EQ(server.call("GET", path, "", "If-None-Match: " + tag + "\r\n").status, 200);
}

TEST_F(ContractTest, AStatusIsNeverOlderThanAChangeThatWasAnswered) {
  const std::string path = feature();
  for (int i = 0; i < 50; ++i) {
    const std::string name = "Name " + std::to_string(i);
    ASSERT_EQ(server.call("PATCH", path, body({{"name", name}})).status, 200);
    for (int again = 0; again < 2; ++again) {  // the second is answered from what is kept
      Reply status = server.call("GET", path + "/generation");
      ASSERT_EQ(status.status, 200);
      EXPECT_EQ(text(status.json(), "featureName"), name);
      EXPECT_FALSE(status.header("etag").empty());
      EXPECT_FALSE(status.header("x-request-id").empty());
    }
  }
}

TEST_F(ContractTest, WhatIsKeptOfAStatusIsForItsWorkspaceAlone) {
  const std::string path = feature() + "/generation";
  const std::string ours = server.key, theirs = server.make_key("strangers");
  for (int again = 0; again < 2; ++again) {
    server.key = ours;
    EXPECT_EQ(server.call("GET", path).status, 200);
    server.key = theirs;
    EXPECT_EQ(server.call("GET", path).status, 404);
  }
}

TEST_F(ContractTest, ARunGoesFromDispatchToDiagnosis) {
  const std::string path = feature();
  expect_error(server.call("POST", path + "/run"), 409, "conflict");
  door.open();
  server.call("POST", path + "/generate");
  server.call("GET", path + "/generation", "", "Prefer: wait=60\r\n");
  expect_error(server.call("POST", path + "/run", R"({"config":"Nowhere"})"), 400,
               "invalid_request");

  Reply dispatched = server.call("POST", path + "/run", "{}");
  ASSERT_EQ(dispatched.status, 202) << dispatched.body;
  const std::string run = dispatched.header("location");
  EXPECT_EQ(run, runs + "/" + std::to_string(dispatched.json().at("runId").as_int64()));
  json::object running = server.call("GET", run).json().as_object();
  EXPECT_EQ(text(running, "status"), "running");
  EXPECT_EQ(text(running, "config"), "Default");
  EXPECT_TRUE(running.at("summary").is_null());
  EXPECT_EQ(server.call("GET", run + "/artifacts").body, "[]");

  run_door.open();
  json::value done = server.call("GET", run, "", "Prefer: wait=60\r\n").json();
  EXPECT_EQ(text(done, "status"), "failed");
  EXPECT_EQ(done.at("summary").at("failed").as_int64(), 1);
  EXPECT_EQ(text(done.at("artifacts").at(0), "path"), "trace/locked-out.zip");
  EXPECT_FALSE(done.at("artifacts").at(0).as_object().contains("url"));

  json::value diagnosis = server.call("GET", run + "/diagnosis").json();
  EXPECT_EQ(text(diagnosis, "verdict"), "1 of 1 test failed.");
  EXPECT_EQ(diagnosis.at("failures").at(0).at("step").at("line").as_int64(), 8);
  EXPECT_EQ(text(diagnosis.at("specs").at(0), "path"), "Features/Login Functionality.spec.ts");
  EXPECT_EQ(text(diagnosis, "gherkin"), kLogin);

  json::value list =
      server.call("GET", runs + "?status=failed&feature=login%20functionality").json();
  ASSERT_EQ(list.at("items").as_array().size(), 1u);
  EXPECT_FALSE(list.at("items").at(0).as_object().contains("tests"));
  EXPECT_TRUE(server.call("GET", runs + "?status=passed").json().at("items").as_array().empty());
  expect_error(server.call("GET", runs + "?status=odd"), 400, "invalid_request");
  expect_error(server.call("GET", runs + "/999"), 404, "not_found");
  expect_error(server.call("GET", runs + "/x"), 400, "invalid_request");
  expect_error(server.call("POST", run + "/cancel"), 409, "conflict");
}

TEST_F(ContractTest, ARunIsCancelled) {
  const std::string path = generated_feature();
  const std::string run = server.call("POST", path + "/run").header("location");
  EXPECT_EQ(server.call("POST", run + "/cancel").body, R"({"ok":true})");
  EXPECT_EQ(text(server.call("GET", run).json(), "status"), "cancelled");
}

TEST_F(ContractTest, AnArtifactIsReadByItsSignedLinkAndByNothingElse) {
  const std::string path = generated_feature();
  run_door.open();
  const std::string run = server.call("POST", path + "/run").header("location");
  server.call("GET", run, "", "Prefer: wait=60\r\n");
  const std::string folder = server.artifacts() + "/" + run.substr(run.rfind('/') + 1) + "/trace";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/locked-out.zip") << "bytes";

  std::string url = text(server.call("GET", run + "/artifacts").json().at(0), "url");
  ASSERT_TRUE(url.starts_with("http://" + server.address() + "/artifacts/"));
  const std::string target = url.substr(7 + server.address().size());
  Client client(server.address());
  client.send(server.request("GET", target, "", "", ""));
  Reply file = client.read_reply();
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, "bytes");
  EXPECT_EQ(file.header("content-disposition"), "attachment; filename=\"locked-out.zip\"");
  EXPECT_EQ(file.header("content-security-policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(file.header("x-content-type-options"), "nosniff");

  std::string forged = target;
  forged.back() = forged.back() == '0' ? '1' : '0';
  expect_error(server.call("GET", forged), 403, "forbidden");
  expect_error(server.call("GET", target.substr(0, target.find('?'))), 403, "forbidden");
}

TEST_F(ContractTest, AKeySeesNothingOutsideItsWorkspace) {
  const std::string path = generated_feature();
  run_door.open();
  const std::string run = server.call("POST", path + "/run").header("location");
  server.call("GET", run, "", "Prefer: wait=60\r\n");
  server.key = server.make_key("strangers");
  for (const std::string& target : {path, path + "/generation", path + "/proof", features, runs,
                                    run, run + "/artifacts", run + "/diagnosis", run + "/events"}) {
    expect_error(server.call("GET", target), 404, "not_found");
  }
  expect_error(server.call("DELETE", path), 404, "not_found");
  expect_error(server.call("PATCH", path, "{}"), 404, "not_found");
  for (const char* tail : {"/generate", "/generation/cancel", "/run"}) {
    expect_error(server.call("POST", path + tail), 404, "not_found");
  }
  expect_error(server.call("POST", run + "/cancel"), 404, "not_found");
  EXPECT_TRUE(server.call("GET", "/api/v1/ops/projects").json().at("items").as_array().empty());
}

TEST_F(ContractTest, ProjectsKeepTheirSettingsAndRefuseWhatIsUnknown) {
  const std::string projects = "/api/v1/ops/projects";
  Reply made = server.call("POST", projects, R"({"name":" B ","siteUrl":"https://b.example",
    "settings":{"reset":{"method":"POST","url":"/reset"},"variables":{"user":"ada"},
                "allowedHosts":["cdn.b.example"],"repeatable":false}})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(text(made.json(), "name"), "B");
  EXPECT_EQ(server.call("GET", made.header("location")).json(), made.json());
  EXPECT_EQ(server.call("GET", projects).json().at("items").as_array().size(), 2u);
  Reply unknown = server.call("POST", projects, R"({"name":"B","siteUrl":"http://b","colour":1})");
  expect_error(unknown, 400, "invalid_request");
  EXPECT_EQ(text(unknown.json().at("details"), "member"), "colour");
  expect_error(server.call("POST", projects, R"({"name":"B","siteUrl":"b"})"), 400,
               "invalid_request");
  expect_error(server.call("POST", projects, R"({"name":"B","siteUrl":"http://u:p@b"})"), 400,
               "invalid_request");
  expect_error(server.call("POST", projects, R"({"name":"","siteUrl":"http://b"})"), 400,
               "invalid_request");
  Reply inside =
      server.call("POST", projects, R"({"name":"B","siteUrl":"http://b","settings":{"reset":{}}})");
  EXPECT_EQ(text(inside.json().at("details"), "member"), "settings.reset.url");
  expect_error(server.call("GET", projects + "/nope"), 404, "not_found");
  for (const char* name : {"PATH", "NODE_OPTIONS", "a b", "a=b", "unique", ""}) {
    Reply variable = server.call("POST", projects,
                                 R"({"name":"B","siteUrl":"http://b","settings":{"variables":{")" +
                                     std::string(name) + R"(":"x"}}})");
    expect_error(variable, 400, "invalid_request");
    EXPECT_EQ(text(variable.json().at("details"), "member"),
              "settings.variables." + std::string(name));
  }
}

TEST_F(ContractTest, ProjectsAreChangedAndDeleted) {
  const std::string project = "/api/v1/ops/projects/" + server.project;
  Reply changed = server.call("PATCH", project, R"({"name":"Shop 2","settings":{
    "reset":{"url":"/reset"},"variables":{"user":"ada"}}})");
  EXPECT_EQ(changed.body, R"({"ok":true})");
  server.call("PATCH", project, R"({"siteUrl":"https://shop.example","settings":{"reset":null}})");
  const json::value after = server.call("GET", project).json();
  EXPECT_EQ(text(after, "name"), "Shop 2");
  EXPECT_EQ(text(after, "siteUrl"), "https://shop.example");
  EXPECT_EQ(after.at("settings"), parsed(R"({"variables":{"user":"ada"}})"));
  expect_error(server.call("PATCH", project, R"({"siteUrl":"shop"})"), 400, "invalid_request");
  expect_error(server.call("PATCH", project, R"({"id":"x"})"), 400, "invalid_request");

  const std::string path = feature();
  server.call("POST", path + "/generate");
  expect_error(server.call("DELETE", project), 409, "conflict");
  door.open();
  server.call("GET", path + "/generation", "", "Prefer: wait=60\r\n");
  EXPECT_EQ(server.call("DELETE", project).body, R"({"ok":true})");
  expect_error(server.call("GET", project), 404, "not_found");
  expect_error(server.call("GET", path), 404, "not_found");
}

TEST_F(ContractTest, FilesAreStoredOverTheTemplate) {
  const std::string files = "/api/v1/ops/projects/" + server.project + "/files";
  const std::string content = files + "/content?path=";
  const std::string config = "Configurations/Default.config.js";
  Reply first = server.call("GET", content + config);
  EXPECT_EQ(text(first.json(), "source"), "template");
  const std::string own = body({{"path", config}, {"content", "module.exports = {};"}});
  EXPECT_EQ(server.call("PUT", files + "/content", own).body, R"({"ok":true})");
  Reply stored = server.call("GET", content + config);
  EXPECT_EQ(stored.json(), parsed(R"({"path":"Configurations/Default.config.js","kind":"config",
                                      "source":"stored","content":"module.exports = {};"})"));
  const json::value configs =
      server.call("GET", "/api/v1/ops/projects/" + server.project + "/configs").json();
  EXPECT_EQ(
      configs.at("items"),
      parsed(R"([{"name":"Default","path":"Configurations/Default.config.js","source":"stored"},
                       {"name":"Mobile","path":"Configurations/Mobile.config.js","source":"template"}])"));
  EXPECT_EQ(server.call("DELETE", content + config).body, R"({"ok":true})");
  EXPECT_EQ(server.call("GET", content + config).body, first.body);
  expect_error(server.call("DELETE", content + config), 400, "invalid_request");
  expect_error(server.call("DELETE", content + "Configurations/None.config.js"), 404, "not_found");
}

TEST_F(ContractTest, OnlyFilesBelowTheTwoFoldersAreWritten) {
  const std::string content = "/api/v1/ops/projects/" + server.project + "/files/content";
  for (const char* path : {"package.json", "Features", "Features/", "Features/../x.js",
                           "/Features/x.js", "Features//x", "Features/./x", "Features/a\\\\b",
                           "features/x.js", "Configurations/x\\u0001", "Features/a:b",
                           "Features/folder/x.feature", "Features/.feature"}) {
    Reply refused = server.call(
        "PUT", content, R"({"path":")" + std::string(path) + R"(","content":"Feature: x"})");
    expect_error(refused, 400, "invalid_request");
  }
  expect_error(server.call("PUT", content, R"({"path":"Features/x.js","content":"a\u0000b"})"), 400,
               "invalid_request");
  const std::string largest(0x40000, 'x');
  EXPECT_EQ(
      server.call("PUT", content, body({{"path", "Features/x.js"}, {"content", largest}})).status,
      200);
  expect_error(
      server.call("PUT", content, body({{"path", "Features/x.js"}, {"content", largest + "x"}})),
      400, "invalid_request");
}

TEST_F(ContractTest, TheFileOfAFeatureIsTheFeature) {
  const std::string content = "/api/v1/ops/projects/" + server.project + "/files/content";
  const std::string file = "Features/Sign-in.feature";
  const auto put = [&](std::string_view gherkin) {
    return server.call("PUT", content, body({{"path", file}, {"content", gherkin}}));
  };
  EXPECT_EQ(put(kLogin).body, R"({"ok":true})");
  const std::string path = features + "/sign-in";
  EXPECT_EQ(text(server.call("GET", path).json(), "name"), "Sign-in");
  expect_error(put("Nonsense"), 400, "invalid_request");
  server.call("POST", path + "/generate");
  expect_error(put(kLogin), 409, "conflict");
  expect_error(server.call("DELETE", content + "?path=" + file), 409, "conflict");
  door.open();
  server.call("GET", path + "/generation", "", "Prefer: wait=60\r\n");
  EXPECT_EQ(put(std::string(kLogin) + "\n# changed\n").body, R"({"ok":true})");
  EXPECT_EQ(server.call("GET", path).json().at("stale"), true);
  for (const char* method : {"PUT", "DELETE"}) {
    constexpr const char* kSpec = "Features/Sign-in.spec.ts";
    std::string target = content;
    target.append("?path=").append(kSpec);
    expect_error(server.call(method, target, body({{"path", kSpec}, {"content", "x"}})), 400,
                 "invalid_request");
  }
  EXPECT_EQ(server.call("DELETE", content + "?path=" + file).body, R"({"ok":true})");
  expect_error(server.call("GET", path), 404, "not_found");
}

TEST_F(ContractTest, WhatWasChangedIsInTheAuditLog) {
  const std::string path = feature();
  server.call("PATCH", path, R"({"name":"Sign-in"})");
  server.call("PATCH", path, R"({"name":""})");  // refused: nothing was changed
  server.call("POST", path + "/generate");
  server.call("GET", path);
  server.key = server.make_key("acme", {ops::Scope::kAdmin});
  server.call("POST", "/api/v1/ops/keys", R"({"name":"another"})");
  const json::value log = server.call("GET", "/api/v1/ops/audit?limit=4").json();
  std::vector<std::string> operations;
  for (const json::value& line : log.at("items").as_array()) {
    operations.push_back(text(line, "operation"));
  }
  EXPECT_EQ(operations, (std::vector<std::string>{"create_key", "generate_feature",
                                                  "update_feature", "create_feature"}));
  const json::value& dispatched = log.at("items").at(1);
  EXPECT_EQ(dispatched.at("status"), 202);
  EXPECT_EQ(text(dispatched.at("target"), "project"), server.project);
  EXPECT_NE(text(dispatched, "keyId"), text(log.at("items").at(0), "keyId"));
  const std::string rest = "/api/v1/ops/audit?cursor=" + text(log, "nextCursor");
  EXPECT_EQ(text(server.call("GET", rest).json().at("items").at(0), "operation"), "create_project");
  server.key = server.make_key("strangers", {ops::Scope::kAdmin});
  EXPECT_TRUE(server.call("GET", "/api/v1/ops/audit").json().at("items").as_array().empty());
}

TEST_F(ContractTest, AProjectIsExportedAsAZip) {
  generated_feature();
  const std::string project = "/api/v1/ops/projects/" + server.project;
  const std::string own = body({{"path", "Configurations/Own.config.js"}, {"content", "// own"}});
  server.call("PUT", project + "/files/content", own);
  const Reply zip = server.call("GET", project + "/export");
  EXPECT_EQ(zip.status, 200);
  EXPECT_EQ(zip.header("content-type"), "application/zip");
  EXPECT_EQ(zip.header("content-disposition"), "attachment; filename=\"Shop.zip\"");
  EXPECT_TRUE(zip.body.starts_with("PK"));
  for (const char* name :
       {"package.json", "playwright.config.js", "README.md", "Configurations/Default.config.js",
        "Configurations/Mobile.config.js", "Configurations/Own.config.js",
        "Features/Login Functionality.feature", "Features/Login Functionality.spec.ts"}) {
    EXPECT_NE(zip.body.find(name), zip.body.npos) << name;
  }
  EXPECT_EQ(server.call("GET", project + "/export").body, zip.body);
}

}  // namespace
}  // namespace vouch::http
