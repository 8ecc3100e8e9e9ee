// The adapter-scripts API over a socket: scripts that are reviewed, compared and used.
#include "adapters/generate/kept.h"
#include "http/adapters_harness_test.h"

namespace vouch::http {
namespace {

TEST_F(AdaptersTest, AnotherWorkspaceSeesNothing) {
  const std::string script = active_script();
  server.key = server.make_key("strangers");
  expect_error(get("/scripts/" + script), 404);
  expect_error(get("/jobs/1"), 404);
  EXPECT_TRUE(get("/scripts").json().at("scripts").as_array().empty());
  EXPECT_TRUE(get("/revel/prices/samples").json().at("samples").as_array().empty());
  expect_error(post("/revel/prices/transform", R"({"payload": {}})"), 404);
}

TEST_F(AdaptersTest, ReviewActivatesDeprecatesRejectsAndArchives) {
  expect_error(post("/revel/prices/transform", R"({"payload": {}})"), 404);
  const std::string first = active_script();
  EXPECT_EQ(post("/revel/prices/transform", R"({"payload": {"label": "Rum", "net": 3}})")
                .json()
                .at("output"),
            json::value({{"name", "Rum"}, {"price", 3}}));
  const std::string second =
      std::to_string(wait_for(generate(kClear)).at("resultScriptId").as_int64());
  const std::string path = "/scripts/" + second;
  const json::value candidate = get(path).json().at("script");
  EXPECT_EQ(candidate.at("version"), 2);
  EXPECT_EQ(std::to_string(candidate.at("diffTo").as_int64()), first);
  EXPECT_THAT(text(candidate, "diff"), HasSubstr("@version 2"));
  EXPECT_EQ(post(path + "/activate", R"({"reason": "newer"})").status, 200);
  EXPECT_EQ(text(get("/scripts/" + first).json().at("script"), "status"), "deprecated");
  const json::array history = get(path).json().at("script").at("history").as_array();
  EXPECT_EQ(text(history.back(), "event"), "activated");
  EXPECT_EQ(text(history.back(), "reason"), "newer");
  EXPECT_FALSE(text(history.back(), "apiKeyId").empty());
  expect_error(post(path + "/activate"), 409);
  expect_error(post(path + "/reject"), 409);
  EXPECT_EQ(get("/scripts?status=active").json().at("scripts").as_array().size(), 1u);
  EXPECT_EQ(post(path + "/archive").status, 200);
  expect_error(post(path + "/activate"), 409);
  EXPECT_EQ(post("/scripts/" + first + "/activate").status, 200) << "what was, can be again";
}

TEST_F(AdaptersTest, AShadowIsComparedBehindTheAnswers) {
  active_script();
  const std::string shadow = "/revel/prices/shadow";
  expect_error(get(shadow), 404);
  expect_error(put(shadow, R"({"scriptId": 99})"), 404, "scriptId");
  const std::int64_t id = kept_script(
      "function transform(input) { if (input.payload.net > 8) throw "
      "new Error(input.payload.label); return { name: 'Tea', "
      "price: input.payload.net, secret: input.payload.label }; }");
  ASSERT_EQ(put(shadow, "{\"scriptId\": " + std::to_string(id) + "}").status, 200);
  const auto transform = [&](const char* payload) {
    return post("/revel/prices/transform", "{\"payload\": " + std::string(payload) + "}").json();
  };
  EXPECT_EQ(transform(R"({"label": "Tea", "net": 3})").at("output"),
            json::value({{"name", "Tea"}, {"price", 3}}))
      << "the active script's";
  transform(R"({"label": "Anna Smith", "net": 9})");
  transform(R"({"label": "Rum", "net": 5})");
  const json::value told = shadow_when("compared", 3);
  EXPECT_EQ(told.at("different"), 3) << "secret is in each that it answers";
  const std::string differences = json::serialize(told.at("differences"));
  EXPECT_THAT(differences, HasSubstr(R"("kind":"differs","path":"secret","active":"nothing")"));
  EXPECT_THAT(differences, HasSubstr(R"("candidate":"fails: threw, line 1")"));
  EXPECT_THAT(differences,
              HasSubstr(R"("path":"name","active":"text of 3 characters","candidate":"\"Tea\"")"));
  EXPECT_THAT(differences, Not(HasSubstr("Anna"))) << "no payload's values are kept";
  EXPECT_THAT(differences, Not(HasSubstr("Rum")));
  // Once it is in use itself there is nothing to compare it with.
  EXPECT_EQ(post("/scripts/" + std::to_string(id) + "/activate").status, 200);
  expect_error(get(shadow), 404);
  expect_error(put(shadow, "{\"scriptId\": " + std::to_string(id) + "}"), 409);
  expect_error(call("DELETE", shadow), 404);
}

// Of a text, the first two places: half of an emoji that is there.
constexpr const char* kCutting =
    "function transform(input) {\n"
    "  return { name: input.payload.label.slice(0, 2), price: input.payload.net }; }";

TEST_F(AdaptersTest, ACharacterCutInTwoIsAnErrorAndNoMore) {
  active_script();
  const std::string id = std::to_string(kept_script(kCutting));
  ASSERT_EQ(put("/revel/prices/shadow", "{\"scriptId\": " + id + "}").status, 200);
  const std::string cut = R"({"payload": {"label": "a🍕", "net": 3}})";
  EXPECT_EQ(post("/revel/prices/transform", cut).status, 200);
  EXPECT_EQ(shadow_when("compared", 1).at("different"), 1);
  EXPECT_EQ(post("/revel/prices/transform", R"({"payload": {"label": "ab", "net": 3}})").status,
            200);
  EXPECT_EQ(shadow_when("compared", 2).at("different"), 1) << "what comes after it is compared";
  const json::value tested =
      post("/scripts/" + id + "/test", R"({"inputs": [{"label": "a🍕", "net": 3}]})").json();
  EXPECT_THAT(text(tested.at("results").at(0), "error"), HasSubstr("half of a character"));
  ASSERT_EQ(post("/scripts/" + id + "/activate").status, 200);
  expect_error(post("/revel/prices/transform", cut), 400);
  Client client(server.address());
  client.send(server.request("POST", std::string(kBase) + "/revel/prices/transform",
                             "{\"label\": \"a🍕\", \"net\": 3}\n",
                             "Content-Type: application/x-ndjson\r\n", server.key));
  EXPECT_THAT(client.read_until("0\r\n\r\n"), HasSubstr("output.name has half of a character"));
}

TEST_F(AdaptersTest, AComparisonIsOfTheTwoScriptsThatAreComparedNow) {
  const std::string first = active_script();
  const std::string other = std::to_string(
      kept_script("function transform(input) { return { name: 'Other', price: 1 }; }"));
  const std::string shadow = std::to_string(
      kept_script("function transform(input) { return { name: 'Shadow', price: 1 }; }"));
  ASSERT_EQ(put("/revel/prices/shadow", "{\"scriptId\": " + shadow + "}").status, 200);
  Client client(server.address());
  begin_stream(client);
  transform_one(client);
  shadow_when("compared", 1);
  ASSERT_EQ(post("/scripts/" + other + "/activate").status, 200);
  EXPECT_EQ(shadow_when("compared", 0).at("activeScriptId"), std::stoll(other));
  transform_one(client);  // the stream keeps the script it began with
  EXPECT_EQ(post("/revel/prices/transform", R"({"payload": {}})").status, 200);
  const json::value told = shadow_when("compared", 1);
  EXPECT_THAT(json::serialize(told.at("differences")),
              HasSubstr(R"("active":"\"Other\"","candidate":"\"Shadow\"")"));
  EXPECT_EQ(told.at("differences").as_array().size(), 1U) << json::serialize(told);
  client.send("0\r\n\r\n");
}

TEST_F(AdaptersTest, WhatNoSampleShowsIsToldAndKept) {
  active_script();
  const std::string drift = "/revel/prices/drift";
  EXPECT_TRUE(get(drift).json().at("drift").as_array().empty());
  const auto transform = [&](const char* payload) {
    return post("/revel/prices/transform", "{\"payload\": " + std::string(payload) + "}").json();
  };
  EXPECT_TRUE(transform(R"({"label": "Rum", "net": 3})").at("drift").as_array().empty());
  const json::value answer = transform(R"({"label": "Rum", "net": 3, "tax": 1})");
  EXPECT_EQ(answer.at("drift"), json::value({"tax came, and no sample has it."}));
  transform(R"({"label": "Rum", "net": 3, "tax": 2})");
  post("/revel/prices/transform", R"({"payload": {"label": 7}})");
  json::array told;
  for (int i = 0; i < 200; ++i) {
    told = get(drift).json().at("drift").as_array();
    if (told.size() == 3 && told[2].at("count") == 2) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_EQ(told.size(), 3U) << json::serialize(told);
  EXPECT_EQ(text(told[2], "path"), "tax");
  EXPECT_EQ(told[2].at("count"), 2);
  const std::string sentence = text(told[0], "sentence");
  EXPECT_THAT(sentence, ::testing::StartsWith("label came as a number; sample \""));
  EXPECT_THAT(sentence, HasSubstr("have a text there. Once, at "));
  EXPECT_THAT(text(told[2], "sentence"),
              ::testing::StartsWith("tax came, and no sample has it. 2 times, since "));
  EXPECT_EQ(text(told[1], "kind"), "missing");
  EXPECT_EQ(call("DELETE", drift).status, 200);
  EXPECT_TRUE(get(drift).json().at("drift").as_array().empty());
}

// What is large is read, checked and written on another thread: nobody sees a difference.
TEST_F(AdaptersTest, ALargeOutputIsCheckedAndAnsweredLikeAnyOther) {
  const std::int64_t id = kept_script(
      "function transform(input) { var names = []; for (var i = 0; i < input.payload.count; i++) "
      "names.push('name ' + i); return {name: names.join(), price: 'dear'}; }");
  ASSERT_EQ(post("/scripts/" + std::to_string(id) + "/activate").status, 200);
  for (const std::size_t count : {std::size_t{2}, std::size_t{50'000}}) {
    const Reply reply = post("/revel/prices/transform",
                             "{\"payload\": {\"count\": " + std::to_string(count) + "}}");
    EXPECT_EQ(reply.status, 200);
    const std::string name = text(reply.json().at("output"), "name");
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(name, ',')), count - 1);
    EXPECT_EQ(reply.json().at("problems").as_array().size(), 1U) << "a price is a number";
  }
}

TEST_F(AdaptersTest, APayloadOfNullIsRefused) {
  active_script();
  const Reply reply = post("/revel/prices/transform", R"({"payload": null})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(text(reply.json().at("error"), "field"), "payload");
  EXPECT_EQ(text(reply.json().at("error"), "message"),
            "`payload` is null: there is nothing to transform. Send what the provider sent.");
}

TEST_F(AdaptersTest, AnswersAreListedAndTakenBack) {
  const std::string pins = "/revel/prices/pins";
  const json::value asks = wait_for(generate(kOpen));
  const std::string job = "/jobs/" + std::to_string(asks.at("id").as_int64());
  ASSERT_EQ(post(job + "/respond", R"({"response": "1b"})").status, 200);
  wait_for(asks.at("id").as_int64());
  const json::array kept = get(pins).json().at("pins").as_array();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(text(kept[0], "path"), "price");
  EXPECT_EQ(text(kept[0], "sample"), "rum");
  EXPECT_THAT(text(kept[0], "sentence"), HasSubstr("price is 9"));
  expect_error(call("DELETE", pins + "?place=other"), 404);
  EXPECT_EQ(call("DELETE", pins + "?place=price%20in%20rum").status, 200);
  EXPECT_TRUE(get(pins).json().at("pins").as_array().empty());
  EXPECT_EQ(text(wait_for(generate(kOpen)), "status"), "needs_clarification") << "asked again";
}

TEST_F(AdaptersTest, ATestSaysWhatIsNotAsExpected) {
  const std::string path = "/scripts/" + active_script() + "/test";
  EXPECT_EQ(post(path).json().at("total"), 2) << "on what is registered";
  const json::value tested = post(path, R"({"samples": [
    {"input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 6}},
    {"input": {"label": "Tea"}}]})")
                                 .json();
  EXPECT_FALSE(tested.at("results").at(0).at("passed").as_bool());
  EXPECT_EQ(text(tested.at("results").at(0).at("diffs").at(0), "path"), "price");
  EXPECT_FALSE(tested.at("results").at(1).at("passed").as_bool()) << "the topic wants a price";
}

TEST_F(AdaptersTest, ATransformSaysWhatTheSchemaDoesNotAllow) {
  active_script();
  const auto problems = [&](const char* payload) {
    return post("/revel/prices/transform", "{\"payload\": " + std::string(payload) + "}")
        .json()
        .at("problems")
        .as_array();
  };
  EXPECT_TRUE(problems(R"({"label": "Rum", "net": 3})").empty());
  const json::array told = problems(R"({"label": "Rum"})");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(json::serialize(told[0]), HasSubstr("price"));
}

TEST_F(AdaptersTest, NumbersAreToldAsPeopleWriteThem) {
  active_script();
  EXPECT_THAT(post("/revel/prices/transform", R"({"payload": {"label": "Rum", "net": 3.8}})").body,
              HasSubstr(R"("price":3.8})"));
}

TEST_F(AdaptersTest, AStreamOfRecordsSurvivesThoseThatFail) {
  active_script();
  std::string lines;
  for (int i = 0; i < 500; ++i) {
    lines += i == 3 ? "{not json\n" : R"({"label": "Tea", "net": )" + std::to_string(i) + "}\n";
  }
  lines += "\n";
  Client client(server.address());
  client.send(server.request("POST", std::string(kBase) + "/revel/prices/transform", lines,
                             "Content-Type: application/x-ndjson\r\n", server.key));
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("application/x-ndjson"));
  const std::string body = client.read_until("0\r\n\r\n");
  EXPECT_THAT(body, HasSubstr(R"({"name":"Tea","price":2})"));
  EXPECT_THAT(body, HasSubstr(R"("line":4})"));
  EXPECT_THAT(body, HasSubstr(R"({"name":"Tea","price":499})"));
  EXPECT_EQ(std::ranges::count(body, '{'), 501) << "a line for each, and the error in one";
  expect_error(call("POST", "/generate", "{}\n", "Content-Type: application/x-ndjson\r\n"), 415);
}

// The limit of bodies is one of lines here, whether the length is told before or not.
TEST_F(AdaptersTest, AStreamWhoseLengthIsKnownMayBeLong) {
  active_script();
  std::string lines;
  const std::string wide(1000, 'x');
  for (int i = 0; i < 1500; ++i)
    lines += R"({"label": "Tea", "wide": ")" + wide + R"(", "net": )" + std::to_string(i) + "}\n";
  ASSERT_GT(lines.size(), std::size_t{1024} * 1024);
  Client client(server.address());
  client.send(server.request("POST", std::string(kBase) + "/revel/prices/transform", lines,
                             "Content-Type: application/x-ndjson\r\n", server.key));
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("200 OK"));
  EXPECT_THAT(client.read_until("0\r\n\r\n"), HasSubstr(R"({"name":"Tea","price":1499})"));
  expect_error(call("POST", "/revel/prices/transform", lines), 413);
}

// What is still on its way is taken, so that the answer arrives.
TEST_F(AdaptersTest, ALineThatIsTooLongEndsTheStreamWithAWordAboutIt) {
  active_script();
  const std::string tea = R"({"label": "Tea", "net": 1})";
  const std::string lines =
      tea + "\n{\"label\": \"" + std::string(std::size_t{3} << 20, 'x') + "\"}\n" + tea + "\n";
  Client client(server.address());
  client.send(server.request("POST", std::string(kBase) + "/revel/prices/transform", lines,
                             "Content-Type: application/x-ndjson\r\n", server.key));
  EXPECT_THAT(client.read_until("\r\n\r\n"), HasSubstr("200 OK"));
  const std::string told = client.read_until("\r\n0\r\n\r\n");
  EXPECT_THAT(told, HasSubstr("\"price\":1}"));
  EXPECT_THAT(told, HasSubstr("A line is larger than 1048576 bytes."));
  EXPECT_THAT(told, HasSubstr("\"line\":2}"));
  EXPECT_THAT(told, ::testing::EndsWith("\r\n0\r\n\r\n")) << "it came to its end";
}

// Records are answered while others are still to come.
TEST_F(AdaptersTest, AStreamIsAnsweredWhileItComes) {
  active_script();
  Client client(server.address());
  begin_stream(client);
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(transform_one(client), HasSubstr("\"name\":\"Tea\""));
  }
  client.send("0\r\n\r\n");
  client.read_until("0\r\n\r\n");
}

}  // namespace
}  // namespace vouch::http
