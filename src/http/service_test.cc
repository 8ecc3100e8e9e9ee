// What a server does beside its documented operations: questions, credits, schedules, retention,
// and what it tells of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>

#include "http/harness_test.h"
#include "ops/retention.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using testing::Door;
using testing::Reply;
using testing::TestServer;

constexpr TimeMs kHourMs = 60LL * 60 * 1000;
constexpr TimeMs kDayMs = 24 * kHourMs;
constexpr const char* kWait = "Prefer: wait=60\r\n";

class ServiceTest : public ::testing::Test {
 protected:
  // `make` gives what the server's jobs do; they may wait at the door.
  explicit ServiceTest(TestServer::Options (*make)(ServiceTest&))
      : server(make(*this)), door(server.io()) {
    project = "/api/v1/ops/projects/" + server.project;
  }

  std::string feature(const std::string& name = "Login") {
    const std::string gherkin =
        "Feature: " + name + "\n  Scenario: It works\n    Then I see \"x\"\n";
    const Reply made = server.call("POST", project + "/features",
                                   json::serialize(json::object{{"gherkin", gherkin}}));
    return project + "/features/" + std::to_string(made.json().at("id").as_int64());
  }

  void administer() { server.key = server.make_key("acme", {ops::Scope::kAdmin}); }

  static std::string text(const json::value& body, std::string_view name) {
    return std::string(body.at(name).as_string());
  }

  static asio::awaitable<Result<json::object>> succeed(engine::JobContext&, store::Store&) {
    co_return json::object{{"spec", "test('x', {tag: ['@smoke']})"}};
  }

  TestServer server;
  std::string project;

 public:
  Door door;
};

// ---- Questions ----

class QuestionsTest : public ServiceTest {
 protected:
  QuestionsTest() : ServiceTest(options) {}

  static TestServer::Options options(ServiceTest&) {
    TestServer::Options options;
    options.generation = [](engine::JobContext& context,
                            store::Store&) -> asio::awaitable<Result<json::object>> {
      if (const json::value* answers = context.job().payload.if_contains("answers")) {
        co_return json::object{{"spec", json::serialize(*answers)}};
      }
      json::array questions;
      for (const char* id : {"line-3", "line-4"}) {
        json::array candidates;
        for (const char* value : {"1", "2"}) {
          candidates.push_back(json::object{
              {"value", value}, {"text", "a button"}, {"key", std::string("key ") + value}});
        }
        questions.push_back(json::object{{"id", id},
                                         {"section", "login/it-works"},
                                         {"step", "I press \"Add\""},
                                         {"line", 3},
                                         {"question", "Which one is meant?"},
                                         {"candidates", std::move(candidates)}});
      }
      context.ask(std::move(questions));
      co_return fail(ErrorCode::kConflict, "It waits.");
    };
    return options;
  }

  // The status once the generation waits.
  json::value waiting(const std::string& path) {
    while (true) {
      json::value status = server.call("GET", path + "/generation").json();
      if (!status.at("clarification").is_null()) return status;
    }
  }
};

TEST_F(QuestionsTest, AGenerationWaitsForItsAnswersAndGoesOn) {
  const std::string path = feature();
  ASSERT_EQ(server.call("POST", path + "/generate", R"({"onAmbiguity":"ask"})").status, 202);
  const json::value status = waiting(path);
  EXPECT_EQ(text(status, "featureStatus"), "generating");
  EXPECT_EQ(text(status, "overallStatus"), "in_progress");
  const json::array& questions = status.at("clarification").at("questions").as_array();
  ASSERT_EQ(questions.size(), 2u);
  EXPECT_EQ(questions[0].at("candidates").at(1),
            (json::object{{"value", "2"}, {"text", "a button"}}));

  for (const char* wrong : {R"({"response":"1"})", R"({"response":{"line-3":"1"}})",
                            R"({"response":{"line-3":"1","line-4":"3"}})", R"({"response":{}})"}) {
    const Reply refused = server.call("POST", path + "/generation/respond", wrong);
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_TRUE(refused.body.contains("line-")) << refused.body;
  }
  const Reply answered = server.call("POST", path + "/generation/respond",
                                     R"({"response":{"line-3":"1","line-4":"2"}})");
  EXPECT_EQ(answered.body, R"({"ok":true})");
  EXPECT_EQ(text(server.call("GET", path + "/generation", "", kWait).json(), "featureStatus"),
            "generated");
  const Reply late = server.call("POST", path + "/generation/respond", R"({"response":"1"})");
  EXPECT_EQ(late.status, 409) << late.body;
}

TEST_F(QuestionsTest, AWaitingGenerationIsCancelledLikeAnyOther) {
  const std::string path = feature();
  server.call("POST", path + "/generate", R"({"onAmbiguity":"ask"})");
  waiting(path);
  EXPECT_EQ(server.call("POST", path + "/generation/cancel").status, 200);
  EXPECT_EQ(text(server.call("GET", path + "/generation").json(), "featureStatus"), "cancelled");
  EXPECT_EQ(server.call("POST", path + "/generation/respond", R"({"response":"1"})").status, 409);
}

// ---- Credits ----

class CreditsTest : public ServiceTest {
 protected:
  CreditsTest() : ServiceTest(options) { administer(); }

  static TestServer::Options options(ServiceTest& test) {
    TestServer::Options options;
    options.engine.heartbeat_ms = 20;
    options.generation = [&test](engine::JobContext& context,
                                 store::Store&) -> asio::awaitable<Result<json::object>> {
      auto counted = context.browser_time();
      co_await test.door.wait();
      if (context.cancelled()) co_return fail(ErrorCode::kCancelled, "It was told to stop.");
      co_return json::object{{"spec", "a spec"}};
    };
    return options;
  }

  json::value credits() { return server.call("GET", "/api/v1/ops/credits").json(); }
  void set_balance(const std::string& balance) {
    const Reply reply = server.call("PUT", "/api/v1/ops/credits", R"({"balance":)" + balance + "}");
    ASSERT_EQ(reply.status, 200) << reply.body;
  }
  std::string dispatched(const std::string& name) {
    std::string path = feature(name);
    const Reply reply = server.call("POST", path + "/generate");
    EXPECT_EQ(reply.status, 202) << reply.body;
    return path;
  }
  void await_running(const std::string& path) {
    while (server.call("GET", path + "/generation").json().at("startedUtc").is_null()) {
    }
    door.await_visitor();  // what is charged has begun
  }
  json::value end_of(const std::string& path) {
    return server.call("GET", path + "/generation", "", kWait).json();
  }
};

TEST_F(CreditsTest, AWorkspaceIsNotLimitedUntilItsBalanceIsSet) {
  EXPECT_EQ(credits(),
            (json::object{{"balance", nullptr}, {"reserved", 0}, {"available", nullptr}}));
  const std::string path = dispatched("Free");
  await_running(path);
  server.advance(2500);
  door.open();
  EXPECT_EQ(end_of(path).at("creditsUsed").as_int64(), 3);
  EXPECT_TRUE(credits().at("balance").is_null());
  const json::value ledger = server.call("GET", "/api/v1/ops/credits/ledger").json();
  EXPECT_EQ(ledger.at("items").at(0).at("credits").as_int64(), -3);
  EXPECT_EQ(text(ledger.at("items").at(0), "kind"), "generation");
}

TEST_F(CreditsTest, ADispatchReservesItsEndSettlesAndNothingIsRefused) {
  set_balance("100");
  const std::string path = dispatched("Paid");
  EXPECT_EQ(credits().at("reserved").as_int64(), 60);
  EXPECT_EQ(credits().at("available").as_int64(), 40);
  await_running(path);
  server.advance(7000);
  door.open();
  EXPECT_EQ(end_of(path).at("creditsUsed").as_int64(), 7);
  EXPECT_EQ(credits(), (json::object{{"balance", 93}, {"reserved", 0}, {"available", 93}}));
  const json::array lines =
      server.call("GET", "/api/v1/ops/credits/ledger").json().at("items").as_array();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].at("balance").as_int64(), 93);
  EXPECT_EQ(text(lines[1], "kind"), "balance");
  EXPECT_EQ(lines[1].at("credits").as_int64(), 100);
}

TEST_F(CreditsTest, ADispatchWithoutCreditsIsRefusedAndNothingIsLocked) {
  set_balance("50");
  dispatched("First");  // takes all there is
  const std::string second = feature("Second");
  const Reply refused = server.call("POST", second + "/generate");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(text(refused.json().at("details"), "reason"), "insufficient_credits");
  EXPECT_EQ(text(server.call("GET", second).json(), "status"), "draft");
  door.open();
}

TEST_F(CreditsTest, AJobThatHasUsedAllIsEndedAndTheBalanceIsNeverNegative) {
  set_balance("10");
  const std::string path = dispatched("Long");
  await_running(path);
  server.advance(10'000);
  const json::value ended = end_of(path);
  EXPECT_EQ(text(ended, "featureStatus"), "failed");
  EXPECT_TRUE(text(ended, "statusReason").starts_with("This workspace has no credits left"));
  EXPECT_EQ(credits(), (json::object{{"balance", 0}, {"reserved", 0}, {"available", 0}}));
}

TEST_F(CreditsTest, ALongJobPutsMoreAside) {
  set_balance("200");
  const std::string path = dispatched("Longer");
  await_running(path);
  server.advance(90'000);
  while (credits().at("reserved").as_int64() < 120) {
  }
  EXPECT_EQ(credits().at("reserved").as_int64(), 150);
  door.open();
  end_of(path);
  EXPECT_EQ(credits().at("balance").as_int64(), 110);
}

TEST_F(CreditsTest, ACancelledJobIsChargedWhatItUsed) {
  set_balance("100");
  const std::string path = dispatched("Cancelled");
  await_running(path);
  server.advance(5000);
  EXPECT_EQ(server.call("POST", path + "/generation/cancel").status, 200);
  EXPECT_EQ(credits(), (json::object{{"balance", 95}, {"reserved", 0}, {"available", 95}}));
  door.open();
}

TEST_F(CreditsTest, AProjectHasABudgetOfItsOwn) {
  const Reply set = server.call("PATCH", project, R"({"settings":{"creditsPerMonth":5}})");
  ASSERT_EQ(set.status, 200) << set.body;
  const std::string path = dispatched("Budgeted");
  await_running(path);
  server.advance(3000);
  door.open();
  end_of(path);
  const json::value month = server.call("GET", project + "/credits").json();
  EXPECT_EQ(month.at("used").as_int64(), 3);
  EXPECT_EQ(month.at("creditsPerMonth").as_int64(), 5);
  EXPECT_EQ(month.at("reserved").as_int64(), 0);
  server.call("PATCH", project, R"({"settings":{"creditsPerMonth":3}})");
  const Reply refused = server.call("POST", feature("Another") + "/generate");
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(text(refused.json(), "message").contains("creditsPerMonth")) << refused.body;
}

TEST_F(CreditsTest, OnlyAnAdminSetsABalanceAndOnlyTheWorkspacesOwn) {
  EXPECT_EQ(
      server.call("PUT", "/api/v1/ops/credits", R"({"balance":1,"workspace":"other"})").status,
      403);
  EXPECT_EQ(server.call("PUT", "/api/v1/ops/credits", R"({"balance":-1})").status, 400);
  server.key = server.make_key("acme");
  EXPECT_EQ(server.call("PUT", "/api/v1/ops/credits", R"({"balance":1})").status, 403);
  EXPECT_EQ(server.call("GET", "/api/v1/ops/credits").status, 200);
}

// ---- Schedules ----

class SchedulesTest : public ServiceTest {
 protected:
  SchedulesTest() : ServiceTest(options) {}

  static TestServer::Options options(ServiceTest& test) {
    TestServer::Options options;
    options.generation = succeed;
    options.run = [&test](engine::JobContext&,
                          store::Store&) -> asio::awaitable<Result<json::object>> {
      co_await test.door.wait();
      co_return json::object();
    };
    return options;
  }

  void generate() {
    const std::string path = feature();
    server.call("POST", path + "/generate");
    server.call("GET", path + "/generation", "", kWait);
  }
  std::string schedule(const std::string& body) {
    const Reply made = server.call("POST", project + "/schedules", body);
    EXPECT_EQ(made.status, 201) << made.body;
    return made.header("location");
  }
  // The schedule once it was due `times` times.
  json::value due(const std::string& path, TimeMs after) {
    const json::value before = server.call("GET", path).json();
    server.advance(after);
    server.wake_scheduler();
    while (true) {
      json::value now = server.call("GET", path).json();
      if (now.at("nextUtc") != before.at("nextUtc")) return now;
    }
  }
};

TEST_F(SchedulesTest, AScheduleThatIsDueBeginsOneRunAndKnowsItsNextTime) {
  generate();
  const std::string path =
      schedule(R"({"name":"Hourly","cron":"0 * * * *","tag":"smoke","config":"Mobile"})");
  const json::value made = server.call("GET", path).json();
  EXPECT_EQ(text(made, "tag"), "@smoke");
  EXPECT_EQ(text(made, "nextUtc"), "1970-01-01T01:00:00Z");
  EXPECT_TRUE(made.at("lastRunId").is_null());

  const json::value first = due(path, 3 * kHourMs);  // three of its times have passed
  EXPECT_EQ(text(first, "nextUtc"), "1970-01-01T04:00:00Z");
  EXPECT_TRUE(first.at("lastProblem").is_null());
  const json::value runs = server.call("GET", project + "/runs").json();
  ASSERT_EQ(runs.at("items").as_array().size(), 1u);
  EXPECT_EQ(runs.at("items").at(0).at("runId"), first.at("lastRunId"));
  EXPECT_EQ(text(runs.at("items").at(0), "config"), "Mobile");
  EXPECT_EQ(text(runs.at("items").at(0), "tag"), "@smoke");

  // The first has not ended, so the second is not begun.
  const json::value second = due(path, kHourMs);
  EXPECT_EQ(text(second, "lastProblem"), "The run before had not ended.");
  EXPECT_EQ(second.at("lastRunId"), first.at("lastRunId"));
  door.open();
}

TEST_F(SchedulesTest, WhatCannotRunSaysWhyAndTriesAgain) {
  const std::string path = schedule(R"({"name":"Early","cron":"* * * * *"})");
  EXPECT_TRUE(text(due(path, 60'000), "lastProblem").starts_with("No feature of this project"));
  generate();
  EXPECT_TRUE(due(path, 60'000).at("lastProblem").is_null());
  door.open();
}

TEST_F(SchedulesTest, AScheduleIsChangedSwitchedOffAndDeleted) {
  const std::string path = schedule(R"({"name":"Nightly","cron":"0 3 * * *","tag":"@slow"})");
  EXPECT_EQ(server.call("PATCH", path, R"({"cron":"30 4 * * *","tag":null})").status, 200);
  EXPECT_EQ(text(server.call("GET", path).json(), "nextUtc"), "1970-01-01T04:30:00Z");
  EXPECT_TRUE(server.call("GET", path).json().at("tag").is_null());
  EXPECT_EQ(server.call("PATCH", path, R"({"enabled":false})").status, 200);
  EXPECT_TRUE(server.call("GET", path).json().at("nextUtc").is_null());
  const Reply bad = server.call("PATCH", path, R"({"cron":"at dawn"})");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(text(bad.json().at("details"), "member"), "cron");
  EXPECT_EQ(server.call("DELETE", path).status, 200);
  EXPECT_EQ(server.call("GET", path).status, 404);
}

// ---- Exploration ----

class ExplorationTest : public ServiceTest {
 protected:
  ExplorationTest() : ServiceTest(options) {}

  static TestServer::Options options(ServiceTest& test) {
    TestServer::Options options;
    options.exploration = [&test](engine::JobContext& context,
                                  store::Store&) -> asio::awaitable<Result<json::object>> {
      co_await test.door.wait();
      auto suggestion = std::make_shared<store::FeatureRow>();
      auto keep = [suggestion, project = context.job().project_id](store::Tx& tx) -> Result<void> {
        store::FeatureRow row;
        row.project_id = project;
        row.name = "Getting around";
        row.kind = store::FeatureKind::kSuggestion;
        row.gherkin = "Feature: Getting around";
        row.rationale = "The home page has links.";
        VOUCH_TRY(*suggestion, tx.insert_feature(row));
        return {};
      };
      VOUCH_CO_TRY_VOID(co_await context.write(keep));
      json::array suggestions;
      suggestions.push_back(
          json::object{{"featureId", suggestion->id}, {"name", suggestion->name}});
      co_return json::object{{"pages", 3}, {"suggestions", std::move(suggestions)}};
    };
    return options;
  }

  // An exploration that has ended, and its suggestion's path.
  std::string suggested() {
    door.open();
    const Reply dispatched = server.call("POST", project + "/explore", "{}");
    EXPECT_EQ(dispatched.status, 202) << dispatched.body;
    const json::value done = server.call("GET", dispatched.header("location"), "", kWait).json();
    EXPECT_EQ(text(done, "conclusion"), "success");
    EXPECT_EQ(done.at("pages").as_int64(), 3);
    const std::int64_t id = done.at("suggestions").at(0).at("featureId").as_int64();
    return project + "/features/" + std::to_string(id);
  }
};

TEST_F(ExplorationTest, AProjectIsExploredOnceAtATimeAndCanBeCancelled) {
  const Reply first = server.call("POST", project + "/explore", "{}");
  ASSERT_EQ(first.status, 202) << first.body;
  const Reply second = server.call("POST", project + "/explore", "{}");
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(text(second.json(), "message"), "This project is being explored already.");
  const std::string path = first.header("location");
  EXPECT_EQ(server.call("POST", path + "/cancel").status, 200);
  EXPECT_EQ(text(server.call("GET", path).json(), "conclusion"), "cancelled");
  EXPECT_EQ(server.call("POST", path + "/cancel").status, 409);
  door.open();
}

TEST_F(ExplorationTest, ASuggestionIsAcceptedOnce) {
  const std::string suggestion = suggested();
  const json::value before = server.call("GET", suggestion).json();
  EXPECT_EQ(text(before, "kind"), "suggestion");
  EXPECT_EQ(text(before, "rationale"), "The home page has links.");
  EXPECT_EQ(server.call("POST", suggestion + "/accept").body, R"({"ok":true})");
  EXPECT_EQ(text(server.call("GET", suggestion).json(), "kind"), "feature");
  EXPECT_EQ(server.call("POST", suggestion + "/accept").status, 409);
  EXPECT_EQ(server.call("POST", suggestion + "/dismiss").status, 409);
}

TEST_F(ExplorationTest, ASuggestionIsDismissed) {
  const std::string suggestion = suggested();
  EXPECT_EQ(server.call("POST", suggestion + "/dismiss").body, R"({"ok":true})");
  EXPECT_EQ(server.call("GET", suggestion).status, 404);
}

// ---- Retention ----

class RetentionTest : public ServiceTest {
 protected:
  RetentionTest() : ServiceTest(options) {}

  static TestServer::Options options(ServiceTest&) {
    TestServer::Options options;
    options.generation = succeed;
    options.run = [](engine::JobContext& context,
                     store::Store&) -> asio::awaitable<Result<json::object>> {
      const std::int64_t run_id = context.job().payload.at("runId").as_int64();
      auto keep = [run_id](store::Tx& tx) -> Result<void> {
        tx.put_artifact({run_id, "trace", "trace.zip", 1000});
        return {};
      };
      VOUCH_CO_TRY_VOID(co_await context.write(keep));
      co_return json::object();
    };
    return options;
  }

  void generate(const std::string& path) {
    server.call("POST", path + "/generate");
    server.call("GET", path + "/generation", "", kWait);
  }
  // A run with an artifact on the disk.
  std::string run(const std::string& path) {
    const Reply dispatched = server.call("POST", path + "/run");
    std::string run = dispatched.header("location");
    server.call("GET", run, "", kWait);
    std::filesystem::create_directories(folder(run));
    std::ofstream(folder(run) + "/trace.zip") << "trace";
    return run;
  }
  std::string folder(const std::string& run) const {
    return server.artifacts() + run.substr(run.rfind('/'));
  }
  ops::Swept sweep(ops::RetentionOptions options = {}) {
    ops::Retention retention(server.io().get_executor(), server.services(), options);
    return server.on_server(retention.sweep()).value();
  }
  std::size_t artifacts_of(const std::string& run) {
    return server.call("GET", run + "/artifacts").json().as_array().size();
  }
};

TEST_F(RetentionTest, ArtifactsGoFirstAndTheRunStays) {
  const std::string path = feature();
  generate(path);
  const std::string old = run(path);
  server.advance(31 * kDayMs);
  const std::string young = run(path);
  const ops::Swept swept = sweep();
  EXPECT_EQ(swept.artifacts, 1);
  EXPECT_EQ(swept.runs, 0);
  EXPECT_EQ(artifacts_of(old), 0u);
  EXPECT_FALSE(std::filesystem::exists(folder(old)));
  EXPECT_EQ(server.call("GET", old).status, 200);
  EXPECT_EQ(artifacts_of(young), 1u);
  EXPECT_TRUE(std::filesystem::exists(folder(young)));
  EXPECT_EQ(sweep().artifacts, 0);
}

TEST_F(RetentionTest, HistoryGoesButForTheLatestGeneration) {
  const std::string path = feature();
  generate(path);
  generate(path);
  const std::string old = run(path);
  server.advance(181 * kDayMs);
  const ops::Swept swept = sweep();
  EXPECT_EQ(swept.jobs, 2);  // the first generation, and the run's
  EXPECT_EQ(swept.runs, 1);
  EXPECT_EQ(server.call("GET", old).status, 404);
  EXPECT_EQ(text(server.call("GET", path + "/generation").json(), "overallConclusion"), "success");
}

TEST_F(RetentionTest, OverTheQuotaTheOldestArtifactsGo) {
  const std::string path = feature();
  generate(path);
  const std::string first = run(path), second = run(path), third = run(path);
  EXPECT_EQ(sweep({.artifacts_bytes_max = 2000}).artifacts, 1);
  EXPECT_EQ(artifacts_of(first), 0u);
  EXPECT_EQ(artifacts_of(second), 1u);
  EXPECT_EQ(artifacts_of(third), 1u);
}

TEST_F(RetentionTest, FoldersOfRunsThatAreGoneGoToo) {
  const std::string path = feature();
  generate(path);
  const std::string gone = run(path);
  EXPECT_EQ(server.call("DELETE", path).status, 200);
  EXPECT_EQ(sweep().folders, 1);
  EXPECT_FALSE(std::filesystem::exists(folder(gone)));
}

// ---- What it tells of itself ----

TEST(SelfDescription, TheOperationsAreToldAsOpenApi) {
  TestServer server;
  server.key.clear();
  const json::value document = server.call("GET", "/openapi.json").json();
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  const json::object& paths = document.at("paths").as_object();
  const json::value& generate =
      paths.at("/api/v1/ops/projects/{project}/features/{feature}/generate").at("post");
  EXPECT_EQ(generate.at("operationId").as_string(), "generate_feature");
  EXPECT_TRUE(generate.at("responses").as_object().contains("202"));
  EXPECT_TRUE(generate.at("requestBody").at("content").at("application/json").is_object());
  for (const auto& [path, item] : paths) {
    for (const auto& [method, operation] : item.as_object()) {
      for (const json::value& parameter : operation.at("parameters").as_array()) {
        const std::string name(parameter.at("name").as_string());
        const bool in_path = parameter.at("in").as_string() == "path";
        EXPECT_EQ(in_path, path.find("{" + name + "}") != path.npos) << path << " " << name;
      }
    }
  }
}

TEST(SelfDescription, MetricsAreSumsThatNameNoWorkspace) {
  TestServer server;
  server.call("GET", "/api/v1/ops/projects");
  const Reply metrics = server.call("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_TRUE(metrics.header("content-type").starts_with("text/plain"));
  EXPECT_TRUE(metrics.body.contains(
      R"(vouch_http_requests_total{operation="list_projects",status="200"} 1)"))
      << metrics.body;
  EXPECT_TRUE(metrics.body.contains("vouch_handlers_max 12\n")) << metrics.body;
  EXPECT_FALSE(metrics.body.contains("acme"));
  EXPECT_FALSE(metrics.body.contains(server.project));
}

}  // namespace
}  // namespace vouch::http
