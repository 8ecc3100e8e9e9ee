// For tests of the adapter-scripts API: a server with a topic of its own, and what the
// documentation says of its answers.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "http/harness_test.h"
#include "ops/schema.h"

namespace vouch::http {

namespace json = boost::json;
using testing::Client;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Reply;
using testing::TestServer;

inline constexpr std::string_view kBase = "/api/v1/adapter-scripts";

// The answers of GET /jobs/{jobId} in the documentation's OpenAPI, its references filled in.
inline constexpr std::string_view kDocumentedJob =
    R"({"type": "object", "required": ["code", "isSuccess", "message", "job"], "properties": {
  "code": {"type": "integer"}, "isSuccess": {"type": "boolean"}, "message": {"type": "string"},
  "job": {"type": "object",
    "required": ["id", "provider", "topic", "status", "stage", "hypothesis", "testResults", "clarification", "humanResponse", "logs", "retries", "resultScriptId", "createdAt", "updatedAt"],
    "properties": {
      "id": {"type": "integer"}, "provider": {"type": "string"}, "topic": {"type": "string"},
      "status": {"type": "string"}, "stage": {"type": "string"}, "hypothesis": {"type": "string"},
      "testResults": {"type": "array", "items": {"type": "object",
        "required": ["attempt", "passed", "error", "outputPreview", "outputCount", "timestamp"],
        "properties": {"attempt": {"type": "integer"}, "passed": {"type": "boolean"},
          "error": {"type": "string"}, "outputPreview": {"type": "string"},
          "outputCount": {"type": "integer"},
          "timestamp": {"type": "string", "format": "date-time"}}}},
      "clarification": {"type": "string"}, "humanResponse": {"type": "string"},
      "logs": {"type": "array", "items": {"type": "object",
        "required": ["stage", "message", "timestamp"],
        "properties": {"stage": {"type": "string"}, "message": {"type": "string"},
          "timestamp": {"type": "string", "format": "date-time"}}}},
      "retries": {"type": "integer"}, "resultScriptId": {"type": "integer"},
      "createdAt": {"type": "string", "format": "date-time"},
      "updatedAt": {"type": "string", "format": "date-time"}}}}})";
inline constexpr std::string_view kDocumentedError =
    R"({"type": "object", "required": ["error"], "properties": {
  "error": {"type": "object", "required": ["code", "message", "details", "field"],
    "properties": {"code": {"type": "integer"}, "message": {"type": "string"},
      "details": {"type": "string"}, "field": {"type": "string"}}}}})";

inline constexpr std::string_view kPrices = R"({"description": "What something costs", "schema": {
  "type": "object", "required": ["name", "price"], "additionalProperties": false, "properties": {
    "name": {"type": "string", "description": "What it is called"},
    "price": {"type": "number", "description": "What it costs"}}}})";

// Two samples that leave open which of two fields is meant, and an input on which it matters.
inline constexpr std::string_view kOpen = R"({"provider": "revel", "topic": "prices", "samples": [
  {"name": "tea", "input": {"label": "Tea", "net": 5, "gross": 5}, "expectedOutput": {"name": "Tea", "price": 5}},
  {"name": "pie", "input": {"label": "Pie", "net": 8, "gross": 8}, "expectedOutput": {"name": "Pie", "price": 8}},
  {"name": "rum", "input": {"label": "Rum", "net": 7, "gross": 9}}]})";
// None of it is open.
inline constexpr std::string_view kClear = R"({"provider": "revel", "topic": "prices", "samples": [
  {"input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 5}},
  {"input": {"label": "Pie", "net": 8}, "expectedOutput": {"name": "Pie", "price": 8}}]})";

inline void check_schema(std::string_view schema, const json::value& value) {
  auto fits = ops::Schema(json::parse(schema).as_object()).check(value);
  EXPECT_TRUE(fits) << fits.error().message << "\n" << json::serialize(value);
}

inline std::string text(const json::value& value, std::string_view name) {
  return std::string(value.at(name).as_string());
}

inline bool has_null(const json::value& value) {
  if (value.is_null()) return true;
  if (const auto* array = value.if_array()) return std::ranges::any_of(*array, has_null);
  if (const auto* object = value.if_object()) {
    return std::ranges::any_of(*object, [](const auto& each) { return has_null(each.value()); });
  }
  return false;
}

class AdaptersTest : public ::testing::Test {
 protected:
  AdaptersTest() { put("/topics/prices", kPrices); }

  Reply call(std::string_view method, const std::string& path, std::string_view body = "",
             const std::string& headers = "") {
    return server.call(method, std::string(kBase) + path, body, headers);
  }
  Reply get(const std::string& path) { return call("GET", path); }
  Reply post(const std::string& path, std::string_view body = "{}") {
    return call("POST", path, body);
  }
  Reply put(const std::string& path, std::string_view body) { return call("PUT", path, body); }

  std::int64_t generate(std::string_view body) {
    const Reply reply = post("/generate", body);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.json().at("jobId").as_int64();
  }
  // The job once it has ended or asks, held to the documentation.
  json::value wait_for(std::int64_t id) {
    const Reply reply = call("GET", "/jobs/" + std::to_string(id), "", "Prefer: wait=60\r\n");
    check_schema(kDocumentedJob, reply.json());
    const json::value job = reply.json().at("job");
    EXPECT_FALSE(has_null(job)) << reply.body;
    return job;
  }
  Reply respond(std::int64_t id, json::value answer) {
    return post("/jobs/" + std::to_string(id) + "/respond",
                json::serialize(json::object{{"response", std::move(answer)}}));
  }
  // revel/prices.
  store::AdapterOf prices() {
    return {text(server.call("GET", "/api/v1/auth/whoami").json(), "tenantId"), "revel", "prices"};
  }
  // A candidate of somebody's own.
  std::int64_t kept_script(const std::string& source) {
    store::ScriptRow row;
    row.of = prices();
    row.source = source;
    auto keep = [row](store::Tx& tx) -> Result<std::int64_t> { return tx.insert_script(row).id; };
    return server.on_server(server.store().write(std::move(keep))).value();
  }
  // Whenever a job has gathered what is known, `change` is kept before the job's next step is (the
  // store does what it is asked in that order); it is told how often that was.
  void when_gathered(std::function<Result<void>(store::Tx&, int)> change) {
    auto hear = [this, change = std::move(change),
                 times = 0](const std::vector<store::EventRow>& events) mutable {
      for (const store::EventRow& event : events) {
        const bool is_gathered = event.kind == "job.section" &&
                                 event.data.at("section") == "gathering" &&
                                 event.data.at("status") == "completed";
        if (!is_gathered) continue;
        auto write = [change, now = ++times](store::Tx& tx) { return change(tx, now); };
        auto told = [](const Result<void>& kept) { EXPECT_TRUE(kept); };
        server.store().post_write(std::move(write),
                                  boost::asio::bind_executor(server.io().get_executor(), told));
      }
    };
    gatherings_ = server.store().subscribe(server.io().get_executor(), std::move(hear));
  }
  // An active script for revel/prices, made of clear samples: its id.
  std::string active_script() {
    const json::value job = wait_for(generate(kClear));
    EXPECT_EQ(text(job, "status"), "completed") << json::serialize(job);
    const std::string id = std::to_string(job.at("resultScriptId").as_int64());
    EXPECT_EQ(post("/scripts/" + id + "/activate", R"({"reason": "It is right."})").status, 200);
    return id;
  }
  // A stream to transform, and what one record becomes.
  void begin_stream(Client& client) {
    client.send("POST " + std::string(kBase) + "/revel/prices/transform HTTP/1.1\r\nHost: " +
                server.address() + "\r\nX-Api-Key: " + server.key +
                "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
  }
  static std::string transform_one(Client& client) {
    const std::string record = "{\"label\": \"Tea\", \"net\": 1}\n";
    char size[8];
    std::snprintf(size, sizeof size, "%zx", record.size());
    client.send(std::string(size) + "\r\n" + record + "\r\n");
    return client.read_until("\"price\":1}\n");
  }
  // The shadow of revel/prices once it says so much.
  json::value shadow_when(std::string_view count, std::int64_t is) {
    json::value told;
    for (int i = 0; i < 200; ++i) {
      told = get("/revel/prices/shadow").json().at("shadow");
      if (told.at(count) == is) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(told.at(count), is) << json::serialize(told);
    return told;
  }
  static void expect_error(const Reply& reply, int status, std::string_view field = "") {
    EXPECT_EQ(reply.status, status) << reply.body;
    check_schema(kDocumentedError, reply.json());
    EXPECT_EQ(reply.json().at("error").at("field"), json::string_view(field)) << reply.body;
  }

 private:
  store::Subscription gatherings_;  // outlives the thread that it is told on

 protected:
  TestServer server;
};

// Lists in each other, so many.
inline std::string nested(std::size_t depth, std::string_view inside = "") {
  return std::string(depth, '[') + std::string(inside) + std::string(depth, ']');
}

}  // namespace vouch::http
