// What scripts reach of their provider, over a socket, and scripts that people write themselves.
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <mutex>

#include "http/adapters_harness_test.h"

namespace vouch::http {
namespace {

namespace asio = boost::asio;

// A provider that answers every request with what it was sent, on a thread of its own; /big with a
// page of almost 4 MB that has a next one.
class Provider {
 public:
  Provider()
      : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}), thread_([this] {
          asio::co_spawn(io_, serve(), asio::detached);
          io_.run();
        }) {}
  ~Provider() {
    io_.stop();
    thread_.join();
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/v1";
  }
  int requests() const { return requests_; }
  // What it was sent last, as it came.
  std::string last() {
    const std::scoped_lock lock(mutex_);
    return last_;
  }

 private:
  asio::awaitable<void> serve() {
    while (true) {
      auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
      boost::system::error_code error;
      std::string head;
      co_await asio::async_read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n",
                                      asio::redirect_error(asio::use_awaitable, error));
      ++requests_;
      {
        const std::scoped_lock lock(mutex_);
        last_ = head;
      }
      const bool is_big = head.starts_with("GET /v1/big");
      const std::string body =
          is_big ? R"({"next": "/v1/big", "items": [")" + std::string(3'900'000, 'y') + "\"]}"
                 : json::serialize(json::object{{"items", json::array{head}}});
      const std::string answer =
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
          "\r\n\r\n" + body;
      co_await asio::async_write(socket, asio::buffer(answer),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }

  std::atomic<int> requests_ = 0;
  std::mutex mutex_;
  std::string last_;
  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

class ProviderTest : public AdaptersTest {
 protected:
  // Puts a script of a person's into use.
  void use(const std::string& source) {
    auto insert = [this, source](store::Tx& tx) -> Result<void> {
      const auto workspace = tx.find_workspace_named("acme")->id;
      if (auto before = tx.find_active_script({workspace, "revel", "prices"})) {
        before->status = store::ScriptStatus::kArchived;
        VOUCH_TRY_VOID(tx.update_script(*before));
      }
      store::ScriptRow row{.of = {workspace, "revel", "prices"}};
      row.status = store::ScriptStatus::kActive;
      row.source = source;
      tx.insert_script(row);
      return {};
    };
    VOUCH_CHECK(server.on_server(server.store().write(insert)));
  }
  json::value output(const std::string& source, std::string_view payload = "{}") {
    use(source);
    const Reply reply =
        post("/revel/prices/transform", "{\"payload\": " + std::string(payload) + "}");
    EXPECT_EQ(reply.status, 200) << reply.body;
    bytes_ += reply.body;
    return reply.json().at("output");
  }

  Provider provider;
  std::string bytes_;  // of all answers
};

TEST_F(ProviderTest, SecretsAreInTheRequestAndNowhereElse) {
  put("/providers/revel", json::serialize(json::object{
                              {"baseUrl", provider.url()},
                              {"config", {{"page", 2}}},
                              {"secrets", {{"apiKey", "hush-hush"}, {"apiSecret", "psst-psst"}}}}));
  const json::value got = output(
      "function transform(input, context) {\n"
      "  var headers = { 'X-Key': input.apiKey, 'X-Page': input.config.page };\n"
      "  var answer = context.http.get('/menu?k=' + input.apiSecret, headers);\n"
      "  return { key: input.apiKey, head: JSON.parse(answer.body).items[0],\n"
      "    status: answer.statusCode };\n"
      "}");
  EXPECT_EQ(got.at("status"), 200);
  EXPECT_EQ(text(got, "key"), "${apiKey}");
  const std::string head = text(got, "head");
  EXPECT_THAT(head, HasSubstr("GET /v1/menu?k=${apiSecret} HTTP/1.1"));
  EXPECT_THAT(head, HasSubstr("X-Key: ${apiKey}"));
  EXPECT_THAT(head, HasSubstr("X-Page: 2"));
  EXPECT_THAT(bytes_, Not(HasSubstr("hush-hush")));
  EXPECT_THAT(bytes_, Not(HasSubstr("psst-psst")));
}

TEST_F(ProviderTest, WhatACallLeavesOutIsGoneAndNamed) {
  put("/providers/kettle", R"({"baseUrl": "https://api.kettle.example", "authKind": "bearer",
    "config": {"store": 4}, "secrets": {"apiKey": "s3cr3t-1"}})");
  const json::value answer =
      put("/providers/kettle", R"({"displayName": "Kettle", "authKind": "bearer"})").json();
  EXPECT_EQ(text(answer, "message"),
            "Provider updated. It has lost what this call does not give: baseUrl, config.");
  EXPECT_EQ(answer.at("provider").at("secrets"), json::value({"apiKey"}));
}

TEST_F(ProviderTest, NothingElseIsReached) {
  const std::string ask =
      "function transform(input, context) { try { return context.http.get(input.payload).body } "
      "catch (error) { return error.message } }";
  EXPECT_THAT(json::serialize(output(ask, "\"/x\"")), HasSubstr("is not there"))
      << "a provider without an address";
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  EXPECT_THAT(json::serialize(output(ask, "\"x\"")), HasSubstr("GET /v1/x"));
  EXPECT_THAT(json::serialize(output(ask, "\"/x?cb=https://a.example/y\"")),
              HasSubstr("GET /v1/x?cb=https://a.example/y"));
  for (const char* url :
       {"\"http://example.test/\"", "\"/../v2\"", "\"/%2e%2e/v2\"", "\"http://127.0.0.1:1/v1\""}) {
    EXPECT_THAT(json::serialize(output(ask, url)), HasSubstr("only the provider's base URL"))
        << url;
  }
}

TEST_F(ProviderTest, WhatAPayloadSaysDoesNotBecomeASecret) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()},
                                                       {"secrets", {{"apiKey", "hush-hush"}}}}));
  const std::string ask =
      "function transform(input, context) { var p = input.payload; "
      "return context.http.get('/x?k=' + input.apiKey, { 'X-Note': JSON.parse(p.a).n + p.b })"
      ".statusCode }";
  for (const char* payload : {R"({"a": "{\"n\": \"${apiKey}\"}", "b": ""})",
                              R"({"a": "{\"n\": \"${api\"}", "b": "Key}"})",
                              R"({"a": "{\"n\": \"\\u0024{apiK\\u0065y\"}", "b": "}"})"}) {
    EXPECT_EQ(output(ask, payload), 200) << payload;
    EXPECT_THAT(provider.last(), HasSubstr("GET /v1/x?k=hush-hush ")) << payload;
    EXPECT_THAT(provider.last(), HasSubstr("X-Note: ${apiKey}\r\n")) << payload;
  }
}

// What the provider says comes from nowhere else either.
TEST_F(ProviderTest, OnlyASecretThatCameBackBecomesOneAgain) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()},
                                                       {"secrets", {{"apiKey", "hush-hush"}}}}));
  const json::value again = output(
      "function transform(input, context) {\n"
      "  var first = context.http.get('/x', { 'X-A': input.apiKey, 'X-B': '${apiKey}' }).body;\n"
      "  var a = /X-A: ([^\\\\]*)/.exec(first)[1], b = /X-B: ([^\\\\]*)/.exec(first)[1];\n"
      "  context.http.get('/y', { 'X-A': a, 'X-B': b });\n"
      "  return a;\n"
      "}");
  EXPECT_EQ(again, "${apiKey}");
  EXPECT_THAT(provider.last(), HasSubstr("X-A: hush-hush\r\n"));
  EXPECT_THAT(provider.last(), HasSubstr("X-B: ${apiKey}\r\n"));
}

TEST_F(ProviderTest, AnySecretIsHadByTheConfiguration) {
  put("/providers/revel",
      json::serialize(json::object{{"baseUrl", provider.url()},
                                   {"config", {{"token", "Token ${shopToken}"}}},
                                   {"secrets", {{"shopToken", "hush-hush"}}}}));
  EXPECT_EQ(output("function transform(input, context) {\n"
                   "  context.http.get('/x', { 'X-T': input.config.token });\n"
                   "  return input.config.token; }"),
            "Token ${shopToken}");
  EXPECT_THAT(provider.last(), HasSubstr("X-T: Token hush-hush\r\n"));
}

TEST_F(ProviderTest, AnIdempotencyKeyAsksTheProviderOnce) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  use("function transform(input, context) {\n"
      "  if (!input.payload.alone) context.http.post('/orders', {});\n"
      "  if (input.payload.fails) throw Error('after it');\n"
      "  return { n: 1 }; }");
  const auto send = [&](const std::string& key, const std::string& payload) {
    return call("POST", "/revel/prices/transform", "{\"payload\": " + payload + "}",
                "Idempotency-Key: " + key + "\r\n");
  };
  const Reply first = send("a", "{}");
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(send("a", "{}").body, first.body);
  EXPECT_EQ(provider.requests(), 1);
  expect_error(send("a", "[]"), 409);
  const Reply failed = send("b", R"({"fails": 1})");
  expect_error(failed, 400);
  EXPECT_EQ(send("b", R"({"fails": 1})").body, failed.body) << "it was asked for";
  EXPECT_EQ(provider.requests(), 2);
  const std::string no_effect = R"({"fails": 1, "alone": 1})";
  expect_error(send("c", no_effect), 400);
  use("function transform() { return { n: 2 }; }");
  EXPECT_EQ(send("c", no_effect).status, 200) << "nothing had happened";
  expect_error(call("POST", "/revel/prices/transform", "{}\n",
                    "Idempotency-Key: d\r\nContent-Type: application/x-ndjson\r\n"),
               400);
}

TEST_F(ProviderTest, WhatIsGatheredHasALimit) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  const auto told = [&](const std::string& expression) {
    return json::serialize(output("function transform(input, context) { try { return " +
                                  expression + " } catch (error) { return error.message } }"));
  };
  EXPECT_THAT(told("context.http.getAll('/big').body.length"), HasSubstr("more than 8 MiB in all"));
  EXPECT_EQ(provider.requests(), 3);
  EXPECT_THAT(told("context.http.getBatch(['/big', '/big', '/big']).length"),
              HasSubstr("more than 8 MiB in all"));
}

TEST_F(ProviderTest, ASecretIsOneValueWhereverItStands) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()},
                                                       {"secrets", {{"apiKey", "a&b=\"c\\"}}}}));
  const std::string sent(
      output("function transform(input, context) {\n"
             "  return context.http.get('/x?k=' + input.apiKey + '&n=1').body; }")
          .as_string());
  EXPECT_THAT(sent, HasSubstr("k=${apiKey}&n=1"));
  EXPECT_THAT(sent, Not(HasSubstr("k=a")));
}

TEST_F(ProviderTest, NoErrorTellsASecret) {
  put("/providers/revel", json::serialize(json::object{
                              {"baseUrl", provider.url()},
                              {"secrets", {{"apiKey", "Hush-Hush"}, {"apiSecret", "psst psst"}}}}));
  const auto told = [&](const std::string& request) {
    return std::string(output("function transform(input, context) { var p = " + request +
                              "; try { return context.http.get(p.url, p.headers).body } "
                              "catch (error) { return error.message } }")
                           .as_string());
  };
  EXPECT_THAT(told("{url: 'http://' + input.apiKey + '.test/?' + input.apiSecret}"),
              HasSubstr("only the provider's base URL, and not \"http://${apiKey}.test"));
  EXPECT_THAT(told("{url: '/%zz' + input.apiSecret + input.apiKey}"), HasSubstr("is no address"));
  EXPECT_THAT(told("{url: '/x', headers: {Host: input.apiKey}}"),
              HasSubstr("belongs to the connection"));
  EXPECT_THAT(told("{url: '/x', headers: {'X-A': input.apiKey + '\\n'}}"), HasSubstr("malformed"));
  for (const char* secret : {"ush-", "psst psst", "psst%20psst"}) {
    EXPECT_THAT(bytes_, Not(HasSubstr(secret)));
  }
  EXPECT_EQ(provider.requests(), 0);
}

TEST_F(ProviderTest, PagesAndBatchesAreGathered) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  const json::value got = output(
      "function transform(input, context) {\n"
      "  var all = context.http.getAll('/all', {});\n"
      "  var both = context.http.getBatch(['/a', { url: '/b', headers: { 'X-B': '1' } }]);\n"
      "  return [JSON.parse(all.body).length, both.length, both[1].body.indexOf('X-B: 1') > 0];\n"
      "}");
  EXPECT_EQ(got, json::value({1, 2, true}));
}

TEST_F(ProviderTest, AShadowIsAnsweredFromWhatTheActiveScriptExchanged) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  use("function transform(input, context) {\n"
      "  context.http.post('/log', { at: input.payload.id }, {});\n"
      "  return { head: context.http.get('/menu/' + input.payload.id).body, price: 1 }; }");
  const std::int64_t id = kept_script(
      "function transform(input, context) {\n"
      "  var menu = context.http.get('/menu/' + input.payload.id).body;\n"
      "  if (input.payload.more) {\n"
      "    try { context.http.get('/more/' + input.payload.id); } catch (error) { }\n"
      "  }\n"
      "  if (input.payload.log) context.http.post('/log', { at: input.payload.id }, {});\n"
      "  return { head: menu, price: 1 }; }");
  const std::string shadow = "/revel/prices/shadow";
  ASSERT_EQ(put(shadow, "{\"scriptId\": " + std::to_string(id) + "}").status, 200);
  const auto transform = [&](const char* payload) {
    EXPECT_EQ(post("/revel/prices/transform", "{\"payload\": " + std::string(payload) + "}").status,
              200);
  };
  transform(R"({"id": "Anna"})");
  transform(R"({"id": "Anna", "log": true})");
  transform(R"({"id": "Anna", "more": true})");
  const auto told = [&] { return get(shadow).json(); };
  json::value answer = told();
  for (int i = 0; i < 200 && answer.at("shadow").at("notCompared") != 1; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    answer = told();
  }
  const json::value& counts = answer.at("shadow");
  EXPECT_EQ(counts.at("notCompared"), 1) << "it took the refusal, but may not have";
  EXPECT_EQ(counts.at("compared"), 2);
  EXPECT_EQ(counts.at("different"), 0);
  EXPECT_TRUE(counts.at("differences").as_array().empty());
  EXPECT_EQ(text(counts.at("asksFor").at(0), "request"), "GET /more/…") << "no payload's values";
  EXPECT_EQ(text(answer, "message"),
            "0 of 2 payloads differ. 1 not compared: the shadow asks for GET /more/…, which the "
            "active script does not.");
  EXPECT_EQ(provider.requests(), 6) << "those of the active script alone";
}

TEST_F(ProviderTest, ATestAsksNothingOfTheProvider) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()}}));
  use("function transform(input, context) { return { name: context.http.get('/x').body, price: 1 "
      "}; }");
  const std::string id =
      std::to_string(get("/scripts?status=active").json().at("scripts").at(0).at("id").as_int64());
  const json::value tested =
      post("/scripts/" + id + "/test",
           R"({"inputs": [1], "exchanges": [{"url": "/x", "body": "recorded"}]})")
          .json();
  EXPECT_EQ(tested.at("results").at(0).at("output").at("name"), "recorded");
  const Reply missing = post("/scripts/" + id + "/test", R"({"inputs": [1]})");
  EXPECT_THAT(text(missing.json().at("results").at(0), "error"),
              HasSubstr("No exchange was recorded for GET /x"));
}

TEST_F(ProviderTest, ATestIsAnsweredAsInUse) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", "http://revel.test/v1/"},
                                                       {"secrets", {{"apiKey", "hush-hush"}}}}));
  const auto told = [&](const std::string& expression, const std::string& exchanges) {
    const std::int64_t id =
        kept_script("function transform(input, context) { var http = context.http; try { return " +
                    expression + " } catch (error) { return error.message } }");
    const Reply reply = post("/scripts/" + std::to_string(id) + "/test",
                             R"({"inputs": [1], "exchanges": )" + exchanges + "}");
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::serialize(reply.json().at("results").at(0).at("output"));
  };
  const std::string pages =
      R"([{"url": "items", "headers": {"Link": "<http://revel.test/v1/items?page=2>; rel=\"next\""}, "body": {"items": [1]}},
          {"url": "http://revel.test/v1/items?page=2", "body": "[2, 3]"}])";
  EXPECT_EQ(told("JSON.parse(http.getAll('/items').body)", pages), "[1,2,3]");
  EXPECT_THAT(told("http.get('items').headers.link", pages), HasSubstr("page=2"));
  for (const char* next : {"?page=2", "/v1/items?page=2", "/items?page=2", "items?page=2"}) {
    const std::string relative = R"([{"url": "items", "body": {"items": [1], "next": ")" +
                                 std::string(next) +
                                 R"("}}, {"url": "items?page=2", "body": "[2]"}])";
    EXPECT_EQ(told("JSON.parse(http.getAll('/items').body)", relative), "[1,2]") << next;
  }
  EXPECT_EQ(told("http.getBatch(['items', '/items?page=2']).length", pages), "2");
  EXPECT_THAT(told("http.get('http://other.test/')", pages), HasSubstr("only the provider's base"));
  EXPECT_EQ(told("http.post('/order?k=' + input.apiKey, { a: 1 }).statusCode",
                 R"([{"method": "post", "url": "/order?k=${apiKey}", "statusCode": 201}])"),
            "201");
  EXPECT_THAT(told("http.getAll('/x').body", R"([{"url": "/x", "body": {"a": [1], "b": [2]}}])"),
              HasSubstr("Page 1 of getAll has no list of items, or more than one"));
  EXPECT_EQ(told("JSON.parse(http.getAll('/x').body).length",
                 R"([{"url": "/x", "body": {"a": [)" + nested(100) + "]}}]"),
            "1");
  EXPECT_EQ(told("http.getAll('/x').statusCode", R"([{"url": "/x", "statusCode": 404}])"), "404");
  EXPECT_EQ(told("http.post('/x', " + nested(100) + ").body",
                 R"([{"method": "POST", "url": "/x", "body": "kept"}])"),
            "\"kept\"");
  EXPECT_THAT(told("http.get('/x\\ud83c').body", "[]"), HasSubstr("is no JSON"));
  const Reply outside = post("/scripts/" + std::to_string(kept_script("// a")) + "/test",
                             R"({"inputs": [1], "exchanges": [{"url": "http://other.test/"}]})");
  expect_error(outside, 400, "exchanges[0].url");
}

// ---- A script of a person's own ----

class OwnScriptTest : public ProviderTest {
 protected:
  Reply add(const std::string& source, json::object more = {}) {
    more["source"] = source;
    return post("/revel/prices/scripts", json::serialize(more));
  }
  void sample(std::string_view input, std::string_view expected) {
    EXPECT_EQ(
        post("/revel/prices/samples", "{\"input\": " + std::string(input) +
                                          ", \"expectedOutput\": " + std::string(expected) + "}")
            .status,
        200);
  }
};

TEST_F(OwnScriptTest, BecomesACandidateThatAsksItsProvider) {
  put("/providers/revel", json::serialize(json::object{{"baseUrl", provider.url()},
                                                       {"secrets", {{"apiKey", "hush-hush"}}}}));
  sample(R"({"id": 7})", R"({"name": "Tea", "price": 5})");
  const std::string source =
      "function transform(input, context) {\n"
      "  var got = context.http.get('/items/' + input.payload.id + '?k=' + input.apiKey);\n"
      "  var item = JSON.parse(got.body).items[0];\n"
      "  return { name: item.label || 'a request', price: item.net || 1 };\n"
      "}";
  const Reply alone = add(source);
  expect_error(alone, 400, "source");
  EXPECT_THAT(alone.body, HasSubstr("No exchange was recorded for GET /items/7"));
  const json::array exchanges{
      {{"url", "/items/7?k=${apiKey}"}, {"body", {{"items", {{{"label", "Tea"}, {"net", 5}}}}}}}};
  const Reply kept = add(source, {{"exchanges", exchanges}, {"reason", "The price is asked for."}});
  ASSERT_EQ(kept.status, 200) << kept.body;
  const json::value made = kept.json().at("script");
  EXPECT_EQ(text(made, "status"), "candidate");
  EXPECT_EQ(made.at("version"), 1);
  EXPECT_EQ(made.at("jobId"), 0);
  EXPECT_EQ(text(made.at("history").at(0), "reason"), "The price is asked for.");
  EXPECT_FALSE(text(made.at("history").at(0), "apiKeyId").empty());
  const std::string script = "/scripts/" + std::to_string(made.at("id").as_int64());
  const json::value shown = get(script).json().at("script");
  EXPECT_EQ(text(shown, "source"), source);
  EXPECT_EQ(shown.at("exchanges"), exchanges);
  EXPECT_EQ(shown.at("testResults").at(0).at("passed"), true);
  EXPECT_FALSE(has_null(shown));
  EXPECT_EQ(post(script + "/test").json().at("passed"), 1) << "with what it was kept with";
  EXPECT_EQ(provider.requests(), 0) << "nothing was asked yet";
  EXPECT_EQ(post(script + "/activate").status, 200);
  const Reply used = post("/revel/prices/transform", R"({"payload": {"id": 8}})");
  EXPECT_EQ(used.json().at("output"), json::value({{"name", "a request"}, {"price", 1}}));
  EXPECT_EQ(provider.requests(), 1);
  const Reply drifts = post("/revel/prices/transform", R"({"payload": {"id": "8"}})");
  EXPECT_THAT(drifts.body, HasSubstr("id came as a text; sample ")) << "its samples are known";
}

TEST_F(OwnScriptTest, IsNotKeptUnlessItDoesWhatEverySampleSays) {
  const std::string right =
      "function transform(input) { var p = input.payload || {}; return { name: String(p.label), "
      "price: p.net || 0 }; }";
  const Reply unproven = add(right);
  expect_error(unproven, 409);
  EXPECT_THAT(unproven.body, HasSubstr("no sample to prove it on"));
  sample(R"({"label": "Tea", "net": 5})", R"({"name": "Tea", "price": 5})");
  const Reply wrong = add("function transform(input) { return { name: 'Tea', price: 6 }; }");
  expect_error(wrong, 400, "source");
  EXPECT_THAT(text(wrong.json().at("error"), "message"),
              HasSubstr("It is not kept. Sample 1: price: expected 5, got 6"));
  EXPECT_THAT(text(wrong.json().at("error"), "details"), HasSubstr(R"("path":"price")"));
  EXPECT_THAT(add("function transform(input) { var p = input.payload; return { name: p.label, "
                  "price: p.net.valueOf() }; }")
                  .body,
              HasSubstr("Sample 1 without net: The script threw"))
      << "it must not stumble over what is missing";
  EXPECT_THAT(add("function transform(").body, HasSubstr("SyntaxError"));
  EXPECT_THAT(add("function transform() { while (true); }").body, HasSubstr("time"));
  EXPECT_TRUE(get("/scripts").json().at("scripts").as_array().empty());
  EXPECT_EQ(add(right).status, 200);
  expect_error(
      call("POST", "/revel/nothing/scripts", json::serialize(json::object{{"source", right}})), 404,
      "topic");
}

TEST_F(OwnScriptTest, IsHeldToTheSchemaOfItsOwn) {
  sample(R"({"label": "Tea"})", R"({"title": "Tea"})");
  const std::string source =
      "function transform(input) { return { title: String((input.payload || {}).label) }; }";
  EXPECT_THAT(add(source).body, HasSubstr("Not what the topic's schema says"));
  const Reply kept = add(source, {{"targetSchema", {{"type", "object"}, {"required", {"title"}}}}});
  ASSERT_EQ(kept.status, 200) << kept.body;
  const std::int64_t id = kept.json().at("script").at("id").as_int64();
  EXPECT_EQ(post("/scripts/" + std::to_string(id) + "/test").json().at("passed"), 1);
}

}  // namespace
}  // namespace vouch::http
