// The examples of the public documentation, in its order, asked of a running server: each request
// as it stands there, and its answer compared member by member. What depends on the server (ids,
// times) is compared by its type and form. Members beyond the documented ones may follow;
// documented ones keep their place.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "http/harness_test.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using testing::Door;
using testing::Reply;
using testing::TestServer;

bool is_time(std::string_view text) {
  return text.size() == std::string_view("2026-06-10T14:30:12Z").size() && text[10] == 'T' &&
         text.ends_with('Z');
}

// Where the answer differs from the example; empty: nowhere.
std::string difference(const json::value& example, const json::value& answer,
                       const std::string& at) {
  if (example.kind() != answer.kind() && !(example.is_number() && answer.is_number())) {
    return at + " is of another type";
  }
  if (example.is_string()) {
    const std::string_view wanted = example.get_string(), found = answer.get_string();
    if (wanted.ends_with("…")) return found.size() >= wanted.size() ? "" : at + " is too short";
    if (is_time(wanted)) return is_time(found) ? "" : at + " is no time";
    return wanted == found ? "" : at + " is \"" + std::string(found) + "\"";
  }
  if (example.is_bool()) return example == answer ? "" : at + " differs";
  if (example.is_array()) {
    if (answer.get_array().empty()) return at + " is empty";
    return difference(example.at(0), answer.at(0), at + "[0]");
  }
  if (!example.is_object()) return "";
  auto found = answer.get_object().begin();
  for (const auto& [name, value] : example.get_object()) {
    if (found == answer.get_object().end() || found->key() != name) {
      return at + "." + std::string(name) + " is not in its place";
    }
    std::string inside = difference(value, found->value(), at + "." + std::string(name));
    if (!inside.empty()) return inside;
    ++found;
  }
  return "";
}

class DocumentationTest : public ::testing::Test {
 protected:
  DocumentationTest() : server(options(*this)), door(server.io()) {
    project = "/api/v1/ops/projects/" + server.project;
    const Reply made = server.call(
        "POST", project + "/features",
        json::serialize(
            json::object{{"gherkin",
                          "Feature: Login Functionality\n  Scenario: Valid user signs in\n"
                          "    Then I see \"Welcome\"\n"}}));
    feature = project + "/features/" + std::to_string(made.json().at("id").as_int64());
  }

  static TestServer::Options options(DocumentationTest& test) {
    TestServer::Options options;
    options.generation = [&test](engine::JobContext& context,
                                 store::Store&) -> asio::awaitable<Result<json::object>> {
      engine::SectionChange begun;
      begun.status = store::SectionStatus::kInProgress;
      context.progress(begun);
      VOUCH_CO_TRY_VOID(co_await context.flush());
      co_await test.door.wait();
      co_return json::object{{"spec", "a spec"}};
    };
    options.run = [&test](engine::JobContext&,
                          store::Store&) -> asio::awaitable<Result<json::object>> {
      co_await test.door.wait();
      co_return json::object();
    };
    return options;
  }

  void expect_like(const char* example, const Reply& reply, int status) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(difference(json::parse(example), reply.json(), "$"), "") << reply.body;
  }
  void expect_error(const Reply& reply, int status, std::string_view code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.json().at("error").as_string(), code);
  }
  // The status once the generation has begun.
  Reply status_at_work() {
    while (true) {
      Reply reply = server.call("GET", feature + "/generation");
      if (reply.json().at("runnerStarted").as_bool()) return reply;
    }
  }
  void await_end() { server.call("GET", feature + "/generation", "", "Prefer: wait=60\r\n"); }

  TestServer server;
  std::string project, feature;

 public:
  Door door;
};

TEST_F(DocumentationTest, GenerateFeature) {
  expect_like(R"({ "requestId": "a1b2c3d4-…", "featureId": 12 })",
              server.call("POST", feature + "/generate", "{}"), 202);
  expect_error(server.call("POST", feature + "/generate", "{}"), 409, "conflict");
  expect_error(server.call("POST", project + "/features/999/generate", "{}"), 404, "not_found");
  door.open();
}

TEST_F(DocumentationTest, GetGenerationStatus) {
  expect_like(
      R"({"featureId": 12, "featureName": "Login Functionality", "featureStatus": "draft"})",
      server.call("GET", feature + "/generation"), 200);
  EXPECT_EQ(server.call("GET", feature + "/generation").json().as_object().size(), 3u);
  server.call("POST", feature + "/generate", "{}");
  expect_like(R"({
    "featureId": 12,
    "featureName": "Login Functionality",
    "featureStatus": "generating",
    "requestId": "a1b2c3d4-…",
    "runnerStarted": true,
    "overallStatus": "in_progress",
    "overallConclusion": null,
    "updatedUtc": "2026-06-10T14:30:12Z",
    "sections": [
      { "section": "login-functionality", "status": "in_progress", "conclusion": null,
        "updatedUtc": "2026-06-10T14:30:12Z" }]})",
              status_at_work(), 200);
  expect_error(server.call("GET", project + "/features/999/generation"), 404, "not_found");
  door.open();
}

TEST_F(DocumentationTest, CancelGeneration) {
  expect_error(server.call("POST", feature + "/generation/cancel"), 409, "conflict");
  server.call("POST", feature + "/generate", "{}");
  status_at_work();
  const Reply cancelled = server.call("POST", feature + "/generation/cancel");
  EXPECT_EQ(cancelled.status, 200);
  EXPECT_EQ(cancelled.body, R"({"ok":true})");
  EXPECT_EQ(server.call("GET", feature).json().at("status").as_string(), "cancelled");
  // It is unlocked for edits, a fresh generation and deletes.
  EXPECT_EQ(server.call("PATCH", feature, R"({"name":"Sign-in"})").status, 200);
  door.open();
  EXPECT_EQ(server.call("POST", feature + "/generate", "{}").status, 202);
  await_end();
  EXPECT_EQ(server.call("DELETE", feature).status, 200);
  expect_error(server.call("POST", feature + "/generation/cancel"), 404, "not_found");
}

TEST_F(DocumentationTest, LongRunningOperations) {
  expect_error(server.call("POST", feature + "/run"), 409, "conflict");
  expect_like(R"({ "requestId": "a1b2…", "featureId": 12 })",
              server.call("POST", feature + "/generate"), 202);
  expect_like(R"({ "featureId": 12, "featureName": "Login Functionality",
                   "featureStatus": "generating" })",
              server.call("GET", feature + "/generation"), 200);
  door.open();
  await_end();
  const Reply dispatched = server.call("POST", feature + "/run");
  expect_like(R"({ "runId": 214, "featureId": 12 })", dispatched, 202);
  const std::string run = dispatched.header("location");
  expect_like(R"({ "runId": 214 })", server.call("GET", run), 200);
  const json::value digest = server.call("GET", run, "", "Prefer: wait=60\r\n").json();
  EXPECT_EQ(digest.at("status").as_string(), "passed");
}

}  // namespace
}  // namespace vouch::http
