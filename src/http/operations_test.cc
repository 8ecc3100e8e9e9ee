// Every operation of the table against everything that may be wrong with a call, so that a new row
// is tested as soon as it stands there. What an operation does when all is well is told by
// contract_test.cc; every answer, here and there, is held to the documented shapes by the harness.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "http/harness_test.h"
#include "ops/operation.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using ops::Operation;
using testing::Reply;
using testing::TestServer;

constexpr std::string_view kGherkin =
    "Feature: Login\n  Scenario: Signs in\n    When I sign in\n    Then I see \"Welcome\"\n";

const json::object& properties(const Operation& row) {
  return row.parameters.at("properties").as_object();
}

bool is_required(const Operation& row, std::string_view name) {
  for (const json::value& required : row.parameters.at("required").as_array()) {
    if (required == json::string_view(name)) return true;
  }
  return false;
}

bool stands_in(const json::value& property, std::string_view place) {
  return property.at("in") == json::string_view(place);
}

// A value that fits a parameter's schema.
json::value fitting(std::string_view name, const json::object& schema) {
  if (name == "gherkin" || name == "content") return json::value(kGherkin);
  if (name == "siteUrl") return "http://localhost:3000";
  if (name == "path") return "Features/Another.feature";
  if (const json::value* words = schema.if_contains("enum")) return words->as_array()[0];
  if (!schema.contains("type")) return "text";  // anything
  const json::value& type = schema.at("type");
  const json::value& first = type.is_array() ? type.as_array()[0] : type;
  if (first == "integer") return schema.contains("minimum") ? schema.at("minimum") : 1;
  if (first == "boolean") return true;
  if (first == "array") return json::array();
  if (first == "object") return json::object();
  return "text";
}

// A value of a type that the schema does not allow.
json::value of_wrong_type(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  const auto allows = [&](std::string_view word) {
    if (type == nullptr) return false;
    if (type->is_string()) return *type == json::string_view(word);
    for (const json::value& one : type->as_array()) {
      if (one == json::string_view(word)) return true;
    }
    return false;
  };
  if (!allows("array")) return json::array{1};
  if (!allows("string")) return "text";
  return true;
}

class OperationsTest : public ::testing::Test {
 protected:
  OperationsTest() : server(options()) {
    const std::string features = "/api/v1/ops/projects/" + server.project + "/features";
    Reply made =
        server.call("POST", features, json::serialize(json::object{{"gherkin", kGherkin}}));
    feature = std::to_string(made.json().at("id").as_int64());
    server.call("POST", features + "/" + feature + "/generate");
    server.call("GET", features + "/" + feature + "/generation", "", "Prefer: wait=60\r\n");
    Reply run = server.call("POST", features + "/" + feature + "/run");
    run_id = std::to_string(run.json().at("runId").as_int64());
    server.call("GET", run.header("location"), "", "Prefer: wait=60\r\n");
    Reply schedule = server.call("POST", "/api/v1/ops/projects/" + server.project + "/schedules",
                                 R"({"name":"nightly","cron":"0 3 * * *"})");
    schedule_id = std::to_string(schedule.json().at("id").as_int64());
    Reply exploration =
        server.call("POST", "/api/v1/ops/projects/" + server.project + "/explore", "{}");
    exploration_id = std::string(exploration.json().at("requestId").as_string());
    server.call("GET", exploration.header("location"), "", "Prefer: wait=60\r\n");
    Reply healing = server.call("POST", features + "/" + feature + "/heal");
    healing_id = std::string(healing.json().at("requestId").as_string());
    server.call("GET", healing.header("location"), "", "Prefer: wait=60\r\n");
    Reply proving = server.call("POST", features + "/" + feature + "/prove");
    proving_id = std::string(proving.json().at("requestId").as_string());
    server.call("GET", proving.header("location"), "", "Prefer: wait=60\r\n");
    admin = server.make_key("acme", {ops::Scope::kAdmin});
    server.key = admin;
  }

  static TestServer::Options options() {
    TestServer::Options options;
    options.generation = [](engine::JobContext&,
                            store::Store&) -> asio::awaitable<Result<json::object>> {
      co_return json::object{{"spec", "// a spec"}};
    };
    options.run = [](engine::JobContext&, store::Store&) -> asio::awaitable<Result<json::object>> {
      co_return json::object();
    };
    options.exploration = options.run;
    options.healing = options.generation;
    options.proving = options.run;
    options.limits.body_bytes_max = 0x10000;
    return options;
  }

  // Those that a key is needed for, over REST.
  std::vector<Operation> keyed() const {
    std::vector<Operation> rows;
    for (Operation& row : ops::operations()) {
      if ((row.surfaces & ops::kRest) != 0 && row.scope != ops::Scope::kNone) {
        rows.push_back(std::move(row));
      }
    }
    return rows;
  }

  std::string path_of(const Operation& row, const std::string& project) const {
    std::string path = row.route;
    const auto put = [&](std::string_view name, const std::string& value) {
      const std::size_t at = path.find(name);
      if (at != path.npos) path.replace(at, name.size(), value);
    };
    put("{project}", project);
    put("{feature}", feature);
    put("{runId}", run_id);
    put("{scheduleId}", schedule_id);
    put("{explorationId}", exploration_id);
    put("{healingId}", healing_id);
    put("{provingId}", proving_id);
    put("{key}", "no-such-key");
    put("{secret}", "password");
    put("{provider}", "revel");
    put("{topic}", "sync_products");
    put("{jobId}", "7");
    put("{scriptId}", "7");
    put("{sampleId}", "7");
    put("{documentId}", "7");
    EXPECT_EQ(path.find('{'), path.npos) << row.name << ": say what its path is tested with";
    return path;
  }

  // A call that fits, but for what the test does to it.
  struct Parts {
    std::string path;
    std::map<std::string, json::value> query;
    json::object body;

    std::string target() const {
      std::string text = path;
      char separator = '?';
      for (const auto& [name, value] : query) {
        text += separator + name + "=" +
                (value.is_string() ? std::string(value.as_string()) : json::serialize(value));
        separator = '&';
      }
      return text;
    }
  };
  Parts parts(const Operation& row, const std::string& project) const {
    Parts parts{path_of(row, project), {}, {}};
    for (const auto& [name, schema] : properties(row)) {
      if (!is_required(row, name) || stands_in(schema, "path")) continue;
      const json::value value = fitting(name, schema.as_object());
      if (stands_in(schema, "query")) parts.query.emplace(std::string(name), value);
      if (stands_in(schema, "body")) parts.body[name] = value;
    }
    return parts;
  }

  Reply send(const Operation& row, const Parts& parts) {
    const bool has_body = row.method != ops::Method::kGet && row.method != ops::Method::kDelete;
    return server.call(to_string(row.method), parts.target(),
                       has_body ? json::serialize(parts.body) : "");
  }

  static void expect_error(const Operation& row, const Reply& reply, int status,
                           std::string_view code) {
    EXPECT_EQ(reply.status, status) << row.name << ": " << reply.body;
    if (reply.status < 400) return;
    // The other dialect's are held to its shape by the harness.
    if (row.dialect == ops::Dialect::kAdapters) return;
    EXPECT_EQ(reply.json().at("error"), json::string_view(code)) << row.name << ": " << reply.body;
  }

  TestServer server;
  std::string feature, run_id, schedule_id, exploration_id, healing_id, proving_id, admin;
};

TEST_F(OperationsTest, WithoutAKeyNothingIsDone) {
  for (const Operation& row : keyed()) {
    for (const std::string& key : {std::string(), std::string("tvb_wrong"), "x" + admin}) {
      server.key = key;
      expect_error(row, send(row, parts(row, server.project)), 401, "unauthorized");
    }
  }
}

TEST_F(OperationsTest, AKeyWithoutTheScopeIsRefused) {
  const std::map<ops::Scope, std::string> others = {
      {ops::Scope::kRead, server.make_key("acme", {ops::Scope::kWrite, ops::Scope::kGenerate})},
      {ops::Scope::kWrite, server.make_key("acme", {ops::Scope::kRead, ops::Scope::kGenerate})},
      {ops::Scope::kGenerate, server.make_key("acme", {ops::Scope::kRead, ops::Scope::kWrite})},
      {ops::Scope::kAdmin,
       server.make_key("acme", {ops::Scope::kRead, ops::Scope::kWrite, ops::Scope::kGenerate})}};
  for (const Operation& row : keyed()) {
    server.key = others.at(row.scope);
    expect_error(row, send(row, parts(row, server.project)), 403, "forbidden");
  }
}

TEST_F(OperationsTest, AnotherWorkspaceSeesNothing) {
  server.key = server.make_key("strangers", {ops::Scope::kAdmin});
  for (const Operation& row : keyed()) {
    if (!properties(row).contains("project")) continue;
    expect_error(row, send(row, parts(row, server.project)), 404, "not_found");
    expect_error(row, send(row, parts(row, "no-such-project")), 404, "not_found");
  }
  // Nothing was changed by having been asked.
  server.key = admin;
  const Reply reply =
      server.call("GET", "/api/v1/ops/projects/" + server.project + "/features/" + feature);
  EXPECT_EQ(reply.json().at("status"), "generated");
}

TEST_F(OperationsTest, ListsShowOnlyTheWorkspacesOwn) {
  server.key = server.make_key("strangers", {ops::Scope::kAdmin});
  const std::string bytes =
      server.call("GET", "/api/v1/ops/projects").body + server.call("GET", "/api/v1/ops/keys").body;
  EXPECT_EQ(bytes.find(server.project), bytes.npos);
  EXPECT_EQ(server.call("GET", "/api/v1/ops/keys").json().at("items").as_array().size(), 1u);
}

TEST_F(OperationsTest, WhatIsNotThereIsNotFound) {
  for (const Operation& row : keyed()) {
    for (const auto& [name, wrong] : std::map<std::string, std::string>{
             {"{feature}", "No such feature"}, {"{runId}", "999999"}}) {
      if (row.route.find(name) == std::string::npos) continue;
      Parts call = parts(row, server.project);
      const std::string& right = name == "{feature}" ? feature : run_id;
      const std::string part = name == "{feature}" ? "/features/" : "/runs/";
      const std::size_t at = call.path.find(part + right) + part.size();
      call.path.replace(at, right.size(), name == "{feature}" ? "No%20such%20feature" : wrong);
      expect_error(row, send(row, call), 404, "not_found");
    }
  }
}

TEST_F(OperationsTest, AMissingParameterIsNamed) {
  for (const Operation& row : keyed()) {
    for (const auto& [name, schema] : properties(row)) {
      if (!is_required(row, name) || stands_in(schema, "path")) continue;
      Parts call = parts(row, server.project);
      call.query.erase(std::string(name));
      call.body.erase(name);
      const Reply reply = send(row, call);
      expect_error(row, reply, 400, "invalid_request");
      EXPECT_NE(reply.body.find(name), std::string::npos) << row.name << ": " << reply.body;
    }
  }
}

TEST_F(OperationsTest, AParameterOfTheWrongTypeIsNamed) {
  for (const Operation& row : keyed()) {
    for (const auto& [name, property] : properties(row)) {
      const json::object& schema = property.as_object();
      if (!schema.contains("type") && !schema.contains("enum")) continue;  // it takes anything
      Parts call = parts(row, server.project);
      if (stands_in(property, "body")) {
        call.body[name] = of_wrong_type(schema);
      } else if (stands_in(property, "query") && schema.contains("type") &&
                 schema.at("type") == "integer") {
        call.query[std::string(name)] = "many";
      } else {
        continue;
      }
      const Reply reply = send(row, call);
      expect_error(row, reply, 400, "invalid_request");
      EXPECT_NE(reply.body.find(name), std::string::npos) << row.name << ": " << reply.body;
    }
  }
}

TEST_F(OperationsTest, AWordThatIsNotOneOfTheChoicesIsRefused) {
  for (const Operation& row : keyed()) {
    for (const auto& [name, property] : properties(row)) {
      if (!property.as_object().contains("enum")) continue;
      Parts call = parts(row, server.project);
      (stands_in(property, "body") ? call.body[name] : call.query[std::string(name)]) = "neither";
      expect_error(row, send(row, call), 400, "invalid_request");
    }
  }
}

TEST_F(OperationsTest, UnknownMembersAreIgnoredWhereDocumentedAndNamedOnOurs) {
  for (const Operation& row : keyed()) {
    const bool has_body = row.method != ops::Method::kGet && row.method != ops::Method::kDelete;
    if (!has_body || row.documented) continue;
    Parts call = parts(row, server.project);
    call.body["colour"] = "red";
    const Reply reply = send(row, call);
    expect_error(row, reply, 400, "invalid_request");
    EXPECT_NE(reply.body.find("`colour`"), std::string::npos) << row.name << ": " << reply.body;
  }
}

TEST_F(OperationsTest, ABodyThatIsNoJsonObjectIsRefused) {
  for (const Operation& row : keyed()) {
    if (row.method == ops::Method::kGet || row.method == ops::Method::kDelete) continue;
    const std::string target = parts(row, server.project).target();
    const std::string deep = std::string(5000, '[') + std::string(5000, ']');
    for (const std::string& body :
         {std::string("{"), std::string("[]"), std::string("1"), std::string("\"x\""),
          std::string("{\"name\":\"\xFF\"}"), std::string("{\"name\":\"\\ud800\"}"), deep}) {
      expect_error(row, server.call(to_string(row.method), target, body), 400, "invalid_request");
    }
    expect_error(row,
                 server.call(to_string(row.method), target, "name=x",
                             "Content-Type: application/x-www-form-urlencoded\r\n"),
                 415, "unsupported_media_type");
    expect_error(row, server.call(to_string(row.method), target, std::string(0x10400, ' ')), 413,
                 "payload_too_large");
  }
}

TEST_F(OperationsTest, ATextWithANulIsRefused) {
  for (const Operation& row : keyed()) {
    for (const auto& [name, property] : properties(row)) {
      if (!stands_in(property, "body")) continue;
      const json::value* type = property.as_object().if_contains("type");
      if (type == nullptr || *type != "string" || property.as_object().contains("enum")) continue;
      Parts call = parts(row, server.project);
      call.body[name] = json::string_view("a\0b", 3);
      expect_error(row, send(row, call), 400, "invalid_request");
    }
  }
}

TEST_F(OperationsTest, AnotherMethodIsNotAllowed) {
  std::map<std::string, std::set<std::string>> methods;
  for (const Operation& row : keyed()) {
    methods[path_of(row, server.project)].insert(std::string(to_string(row.method)));
  }
  for (const auto& [path, allowed] : methods) {
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"}) {
      if (allowed.contains(method)) continue;
      const Reply reply = server.call(method, path, "{}");
      EXPECT_EQ(reply.status, 405) << method << " " << path << ": " << reply.body;
      EXPECT_NE(reply.header("allow").find(*allowed.begin()), std::string::npos);
    }
    const Reply options = server.call("OPTIONS", path);
    EXPECT_EQ(options.status, 204) << path;
  }
}

TEST_F(OperationsTest, ACursorThatWasNotGivenIsRefused) {
  for (const Operation& row : keyed()) {
    if (!properties(row).contains("cursor") || row.name == "list_files") continue;
    Parts call = parts(row, server.project);
    for (const char* cursor : {"!", "-1", "zzzzzzzzzzzzzzzzzzzz", "1;drop"}) {
      call.query["cursor"] = cursor;
      expect_error(row, send(row, call), 400, "invalid_request");
    }
    call.query["cursor"] = "1";
    call.query["limit"] = 201;
    expect_error(row, send(row, call), 400, "invalid_request");
  }
}

// Everything at once that a careless or hostile client may send.
TEST_F(OperationsTest, NothingMakesTheServerFail) {
  const std::vector<std::string> odd = {"%00",
                                        "..",
                                        "%2e%2e",
                                        "%2F",
                                        "'",
                                        "\"",
                                        "<script>",
                                        "%F0%9F%92%A9",
                                        std::string(3000, 'a'),
                                        "%7B%7D",
                                        "-1",
                                        "0",
                                        "1e9",
                                        "9223372036854775808"};
  for (const Operation& row : keyed()) {
    if (row.route.find('{') == std::string::npos) continue;
    for (const std::string& value : odd) {
      std::string path = row.route;
      for (std::size_t at; (at = path.find('{')) != path.npos;) {
        path.replace(at, path.find('}') - at + 1, value);
      }
      const Reply reply = server.call(to_string(row.method), path, "{}");
      // Some of them are good names of providers and topics.
      if (row.dialect == ops::Dialect::kOps) {
        EXPECT_GE(reply.status, 400) << row.name << " " << value;
      }
      EXPECT_LT(reply.status, 500) << row.name << " " << value << ": " << reply.body;
    }
  }
  EXPECT_EQ(server.call("GET", "/health").status, 200);
}

}  // namespace
}  // namespace vouch::http
