// The adapter-scripts API over a socket: what is kept, generations from their dispatch to a
// candidate, and its conventions. Jobs are held to the schema of the public documentation.
#include "adapters/generate/adapter_job.h"
#include "adapters/generate/kept.h"
#include "http/adapters_harness_test.h"

namespace vouch::http {
namespace {

TEST_F(AdaptersTest, TakesTheKeyInEitherHeader) {
  const std::string key = server.key;
  server.key = "";
  EXPECT_EQ(call("GET", "/providers", "", "X-Api-Key: " + key + "\r\n").status, 200);
  EXPECT_EQ(call("GET", "/providers", "", "Authorization: Bearer " + key + "\r\n").status, 200);
  const Reply refused = get("/providers");
  expect_error(refused, 401);
  EXPECT_THAT(refused.body, HasSubstr("X-Api-Key"));
  expect_error(call("GET", "/jobs/1", "", "X-Api-Key: tvb_wrong\r\n"), 401);
  const Reply who = server.call("GET", "/api/v1/auth/whoami", "", "X-Api-Key: " + key + "\r\n");
  EXPECT_EQ(who.json().at("authenticated"), true);
  EXPECT_FALSE(text(who.json(), "tenantId").empty());
  EXPECT_FALSE(text(who.json(), "apiKeyId").empty());
  EXPECT_EQ(text(who.json(), "expiresAt"), "");
  expect_error(server.call("GET", "/api/v1/auth/whoami"), 401);
}

TEST_F(AdaptersTest, WhatIsNotThereIsAnErrorOfTheSameShape) {
  expect_error(get("/nothing"), 404);
  expect_error(get("/jobs/1"), 404);
  expect_error(get("/jobs/many"), 404);
  expect_error(get("/scripts/1"), 404);
  expect_error(call("DELETE", "/jobs"), 405);
  expect_error(post("/generate", "{"), 400);
  expect_error(post("/generate", R"({"provider": "revel"})"), 400, "topic");
  expect_error(post("/generate", R"({"provider": "revel", "topic": "unheard_of"})"), 404, "topic");
  expect_error(call("POST", "/generate", std::string(1 << 21, ' ')), 413);
}

// Neither what is kept nor a script that is made of it has the credential.
TEST_F(AdaptersTest, AProvidersSecretInSamplesIsKeptByItsName) {
  put("/providers/revel", R"({"secrets": {"apiKey": "hush-hush"}})");
  const Reply made = post("/revel/sync_products/samples", R"({"name": "one",
    "input": {"auth": "Bearer hush-hush"}, "expectedOutput": {"key": "hush-hush"}})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(text(made.json(), "message"), HasSubstr("Secrets of the provider"));
  EXPECT_EQ(made.json().at("sample").at("input"), json::value({{"auth", "Bearer ${apiKey}"}}));
  post("/revel/sync_products/documents", R"({"content": "It is called with hush-hush."})");
  ASSERT_EQ(post("/generate", R"({"provider": "revel", "topic": "sync_products",
    "instructions": "key is always \"hush-hush\"", "targetSchema": {},
    "samples": [{"name": "two", "input": {"auth": "Basic hush-hush", "n": 2},
                 "expectedOutput": {"key": "hush-hush"}}]})")
                .status,
            200);
  const Reply job = call("GET", "/jobs/1", "", "Prefer: wait=20\r\n");
  EXPECT_EQ(text(job.json().at("job"), "status"), "completed") << job.body;
  EXPECT_THAT(job.body, Not(HasSubstr("hush-hush")));
  for (const char* kept :
       {"/revel/sync_products/samples", "/revel/sync_products/documents/1", "/scripts/1"}) {
    const Reply reply = get(kept);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, Not(HasSubstr("hush-hush"))) << kept;
    EXPECT_THAT(reply.body, HasSubstr("${apiKey}")) << kept;
  }
}

TEST_F(AdaptersTest, AProviderKeepsItsSecrets) {
  const Reply made =
      put("/providers/revel", R"({"displayName": "Revel", "baseUrl": "http://localhost:1/v1",
    "config": {"page": 2}, "secrets": {"apiKey": "hush-hush", "apiSecret": "psst-psst"}})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.json().at("provider").at("secrets"), json::value({"apiKey", "apiSecret"}));
  put("/providers/revel", R"({"displayName": "Revel Systems", "secrets": {"apiSecret": null}})");
  const json::value provider = get("/providers/revel").json().at("provider");
  EXPECT_EQ(text(provider, "displayName"), "Revel Systems");
  EXPECT_EQ(text(provider, "baseUrl"), "") << "it is replaced as a whole";
  EXPECT_EQ(provider.at("secrets"), json::value(json::array{"apiKey"})) << "but for its secrets";
  EXPECT_THAT(get("/providers").body, Not(HasSubstr("hush")));
  for (const char* slug :
       {"jobs", "scripts", "providers", "topics", "generate", "health", "Revel", "a%20b"}) {
    expect_error(put("/providers/" + std::string(slug), "{}"), 400, "provider");
  }
  expect_error(put("/providers/x", R"({"secrets": {"apiKey": "abc"}})"), 400, "secrets.apiKey");
  expect_error(put("/providers/x", R"({"baseUrl": "ftp://x"})"), 400, "baseUrl");
  server.key = server.make_key("strangers");
  expect_error(get("/providers/revel"), 404, "provider");
}

TEST_F(AdaptersTest, SecretsDoNotFollowAProviderToAnotherServer) {
  const auto put_at = [&](const std::string& url, std::string_view secrets) {
    return put("/providers/revel",
               "{\"baseUrl\": \"" + url + "\", \"secrets\": " + std::string(secrets) + "}")
        .json();
  };
  const auto names = [](const json::value& answer) { return answer.at("provider").at("secrets"); };
  put_at("http://one.test/v1", R"({"apiKey": "hush-hush", "apiSecret": "psst-psst"})");
  EXPECT_EQ(names(put_at("http://one.test/v2", "{}")), json::value({"apiKey", "apiSecret"}));
  const json::value moved = put_at("http://two.test/v2", R"({"apiKey": "new-hush"})");
  EXPECT_EQ(names(moved), json::value(json::array{"apiKey"}));
  EXPECT_THAT(text(moved, "message"), HasSubstr("are removed (apiSecret)"));
  put("/providers/revel", "{}");
  EXPECT_EQ(names(put_at("http://three.test", "{}")), json::value(json::array{}))
      << "by way of no server neither";
}

TEST_F(AdaptersTest, TopicsAreBuiltInOrOnesOwn) {
  EXPECT_EQ(text(get("/topics/SyncProducts").json().at("topic"), "name"), "sync_products");
  EXPECT_TRUE(get("/topics/sync_outlet").json().at("topic").at("builtIn").as_bool());
  expect_error(put("/topics/sync_products", R"({"schema": {"type": "object"}})"), 409, "topic");
  expect_error(put("/topics/x", R"({"schema": {"type": "nothing"}})"), 400, "schema");
  EXPECT_EQ(text(get("/topics/prices").json().at("topic"), "direction"), "inbound");
  const json::value all = get("/topics").json().at("topics");
  EXPECT_GE(all.as_array().size(), 8u);
  EXPECT_EQ(call("DELETE", "/topics/prices").status, 200);
  expect_error(get("/topics/prices"), 404, "topic");
}

TEST_F(AdaptersTest, SamplesAndDocumentsAreKeptListedAndDeleted) {
  const std::string samples = "/revel/prices/samples";
  const Reply first =
      post(samples, R"({"input": {"a": 1}, "expectedOutput": null, "name": "one"})");
  ASSERT_EQ(first.status, 200) << first.body;
  post(samples, R"({"input": [1, 2]})");
  const json::value page = get(samples + "?limit=1").json();
  EXPECT_TRUE(page.at("samples").at(0).at("hasExpectedOutput").as_bool()) << "null is a value";
  const json::value rest = get(samples + "?cursor=" + text(page, "nextCursor")).json();
  EXPECT_EQ(rest.at("samples").at(0).at("input"), json::value({1, 2}));
  EXPECT_EQ(text(rest, "nextCursor"), "");
  const std::string id = std::to_string(first.json().at("sample").at("id").as_int64());
  EXPECT_EQ(call("DELETE", samples + "/" + id).status, 200);
  expect_error(call("DELETE", samples + "/" + id), 404);
  expect_error(post(samples, R"({"expectedOutput": 1})"), 400, "input");
  expect_error(post("/jobs/prices/samples", R"({"input": 1})"), 400, "provider");

  const std::string documents = "/revel/prices/documents";
  const Reply note = post(documents, R"({"content": "net is without tax", "kind": "note"})");
  ASSERT_EQ(note.status, 200) << note.body;
  const std::string note_id = std::to_string(note.json().at("document").at("id").as_int64());
  EXPECT_EQ(text(get(documents + "/" + note_id).json().at("document"), "content"),
            "net is without tax");
  EXPECT_EQ(get(documents).json().at("documents").as_array().size(), 1u);
  EXPECT_EQ(call("DELETE", documents + "/" + note_id).status, 200);
}

std::string deep_schema() {
  std::string schema = R"({"type": "number"})";
  for (int i = 0; i < 240; ++i) schema = "{\"items\": " + schema + "}";
  return schema;
}

TEST_F(AdaptersTest, WhatIsAcceptedCanBeReadAgainHoweverDeepItIs) {
  const std::string samples = "/revel/prices/samples";
  ASSERT_EQ(post(samples, "{\"input\": " + nested(490) + "}").status, 200);
  EXPECT_THAT(get(samples).body, HasSubstr(nested(490)));
  const Reply deeper = post(samples, "{\"input\": " + nested(500) + "}");
  expect_error(deeper, 400);
  EXPECT_THAT(deeper.body, HasSubstr("nested more than 500 deep"));

  const std::string answered = "/tea/prices/samples";
  const json::value asks = wait_for(generate(R"({"provider": "tea", "topic": "prices"})"));
  const std::int64_t id = asks.at("id").as_int64();
  ASSERT_EQ(respond(id, json::value("{\"input\": " + nested(40) + "}")).status, 200);
  EXPECT_THAT(get(answered).body, HasSubstr(nested(40)));
  wait_for(id);
}

TEST_F(AdaptersTest, ADeepAnswerIsKeptAndReadAgain) {
  const json::value asks = wait_for(generate(kOpen));
  const std::int64_t id = asks.at("id").as_int64();
  ASSERT_EQ(respond(id, json::value("1=" + nested(300))).status, 200);
  EXPECT_THAT(get("/revel/prices/pins").body, HasSubstr(nested(300)));
  EXPECT_NE(text(wait_for(id), "status"), "running");
  EXPECT_EQ(get("/jobs").status, 200);
}

TEST_F(AdaptersTest, ADeepSampleMakesAScriptThatCanBeUsed) {
  const auto sample = [](const std::string& name) {
    return "{\"input\": {\"label\": \"" + name + "\", \"net\": 5, \"more\": " + nested(200, "1") +
           "}, \"expectedOutput\": {\"name\": \"" + name + "\", \"price\": 5}}";
  };
  const json::value job = wait_for(generate(
      "{\"provider\": \"revel\", \"topic\": \"prices\", \"samples\": [" + sample("Tea") + ", " +
      sample("Pie") + "], \"targetSchema\": {\"properties\": {\"more\": " + deep_schema() + "}}}"));
  ASSERT_EQ(text(job, "status"), "completed") << json::serialize(job);
  const std::string id = std::to_string(job.at("resultScriptId").as_int64());
  EXPECT_EQ(get("/jobs").status, 200);
  EXPECT_EQ(get("/scripts/" + id).status, 200);
  EXPECT_EQ(post("/scripts/" + id + "/activate").status, 200);
  EXPECT_EQ(post("/scripts/" + id + "/test").json().at("passed"), 2);
  const Reply told = post("/revel/prices/transform",
                          R"({"payload": {"label": "Tea", "net": 1, "more": [[[1]]]}})");
  EXPECT_THAT(std::string(told.json().at("drift").at(0).as_string()), HasSubstr("more"))
      << told.body;
}

TEST_F(AdaptersTest, ASchemaMayBeAsDeepAsABody) {
  const Reply kept = put("/topics/deep", "{\"schema\": " + deep_schema() + "}");
  EXPECT_EQ(kept.status, 200) << kept.body;
  EXPECT_EQ(get("/topics/deep").status, 200);
}

TEST_F(AdaptersTest, SamplesHaveALimitTogether) {
  const std::string samples = "/revel/prices/samples";
  const std::string large(500'000, 'x');
  for (int i = 0; i < 16; ++i) {
    ASSERT_EQ(post(samples, "{\"input\": \"" + std::to_string(i) + large + "\"}").status, 200) << i;
  }
  const Reply refused = post(samples, "{\"input\": \"more" + large + "\"}");
  expect_error(refused, 409);
  EXPECT_THAT(refused.body, HasSubstr("8 Mi characters"));
}

TEST_F(AdaptersTest, ASampleThatIsAnsweredHasTheSameLimits) {
  const json::value asks = wait_for(generate(R"({"provider": "revel", "topic": "prices"})"));
  const std::int64_t id = asks.at("id").as_int64();
  const std::string samples = "/revel/prices/samples";
  const std::string large(500'000, 'x');
  for (int i = 0; i < 16; ++i) {
    const std::string name = std::to_string(i);
    ASSERT_EQ(
        post(samples, "{\"name\": \"" + name + "\", \"input\": \"" + name + large + "\"}").status,
        200);
  }
  const Reply refused = respond(id, json::object{{"input", large}});
  expect_error(refused, 400, "response");
  EXPECT_THAT(refused.body, HasSubstr("8 Mi characters"));
  EXPECT_EQ(text(get("/jobs/" + std::to_string(id)).json().at("job"), "status"),
            "needs_clarification");
  EXPECT_EQ(post(samples, "{\"name\": \"0\", \"input\": \"less\"}").status, 200)
      << "one of a name makes way for it";
  EXPECT_EQ(respond(id, json::object{{"input", large}}).status, 200);
  expect_error(post(samples, "{\"name\": \"0\", \"input\": \"0" + large + "\"}"), 409);
  const json::array kept = get(samples).json().at("samples").as_array();
  EXPECT_EQ(kept.size(), 17U);
  EXPECT_EQ(kept[0].at("input"), "less") << "what is refused changes nothing";
}

TEST_F(AdaptersTest, AMisspeltMemberIsRefusedAndTheNearestNamed) {
  const auto refused = [&](const Reply& reply, const std::string& member) {
    EXPECT_EQ(reply.status, 400) << reply.body;
    EXPECT_EQ(text(reply.json().at("error"), "field"), member);
    return text(reply.json().at("error"), "message");
  };
  const std::string of = R"({"provider": "revel", "topic": "prices", )";
  EXPECT_THAT(refused(post("/generate", of + R"("instruction": "x"})"), "instruction"),
              HasSubstr("do you mean `instructions`?"));
  EXPECT_THAT(refused(post("/generate", of + R"("docs": [{"text": "x"}]})"), "docs[0].text"),
              HasSubstr("Known are `title`, `content`."));
  refused(post("/jobs/1/respond", R"({"response": "1a", "answer": "1b"})"), "answer");
}

TEST_F(AdaptersTest, WhatTheSamplesDecideBecomesACandidate) {
  const Reply dispatched = post("/generate", kClear);
  ASSERT_EQ(dispatched.status, 200) << dispatched.body;
  EXPECT_TRUE(dispatched.json().at("isSuccess").as_bool());
  const std::int64_t id = dispatched.json().at("jobId").as_int64();
  EXPECT_EQ(dispatched.header("location"), std::string(kBase) + "/jobs/" + std::to_string(id));
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "completed") << json::serialize(job);
  EXPECT_EQ(text(job, "stage"), "done");
  EXPECT_EQ(job.at("retries"), 0);
  EXPECT_THAT(text(job, "hypothesis"), HasSubstr("function transform(input, context)"));
  const json::value& test = job.at("testResults").at(0);
  EXPECT_TRUE(test.at("passed").as_bool());
  EXPECT_EQ(test.at("attempt"), 1);
  EXPECT_EQ(test.at("outputCount"), 1);
  EXPECT_EQ(text(job.at("logs").at(0), "stage"), "queued");

  const std::string script = "/scripts/" + std::to_string(job.at("resultScriptId").as_int64());
  const json::value made = get(script).json().at("script");
  EXPECT_EQ(text(made, "status"), "candidate");
  EXPECT_EQ(text(made, "source"), text(job, "hypothesis"));
  EXPECT_EQ(made.at("jobId"), id);
  EXPECT_FALSE(made.at("fields").as_array().empty());
  EXPECT_EQ(get("/revel/prices/samples").json().at("samples").as_array().size(), 2u)
      << "what came with the request is kept";
}

TEST_F(AdaptersTest, WhatTheSamplesLeaveOpenIsAskedAndTheAnswerKept) {
  const std::int64_t id = generate(kOpen);
  const json::value asking = wait_for(id);
  ASSERT_EQ(text(asking, "status"), "needs_clarification") << json::serialize(asking);
  EXPECT_THAT(text(asking, "stage"), Not("queued")) << "it keeps the stage it stopped in";
  EXPECT_THAT(text(asking, "clarification"), HasSubstr("a)"));
  const json::array& fields = asking.at("clarificationFields").as_array();
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(text(fields[0], "path"), "price");
  std::map<std::string, std::string> letters;  // by value
  for (const json::value& choice : fields[0].at("choices").as_array()) {
    letters[json::serialize(choice.at("value"))] = text(choice, "letter");
  }
  ASSERT_TRUE(letters.contains("9")) << text(asking, "clarification");

  expect_error(respond(id, ""), 400, "response");
  expect_error(respond(id, "z"), 400, "response");
  EXPECT_EQ(respond(id, json::value(letters["9"])).status, 200);
  const json::value done = wait_for(id);
  EXPECT_EQ(text(done, "status"), "completed") << json::serialize(done);
  EXPECT_EQ(text(done, "humanResponse"), letters["9"]);
  EXPECT_EQ(text(done, "clarification"), "");
  expect_error(respond(id, json::value(letters["9"])), 400);

  const std::string script = std::to_string(done.at("resultScriptId").as_int64());
  const Reply tried = post("/scripts/" + script + "/test",
                           R"({"inputs": [{"label": "Gin", "net": 1, "gross": 3}]})");
  EXPECT_EQ(tried.json().at("results").at(0).at("output"),
            json::value({{"name", "Gin"}, {"price", 3}}))
      << tried.body;
  // What was answered is known from now on.
  EXPECT_EQ(text(wait_for(generate(R"({"provider": "revel", "topic": "prices"})")), "status"),
            "completed");
}

TEST_F(AdaptersTest, ASampleThatDisagreesIsAskedAboutOnceNothingElseFits) {
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices", "samples": [
    {"name": "tea", "input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 5}},
    {"name": "pie", "input": {"label": "Pie", "net": 8}, "expectedOutput": {"name": "Pie", "price": 8}},
    {"name": "rum", "input": {"label": "Rum", "net": 7}, "expectedOutput": {"name": "Rum", "price": 71}},
    {"name": "gin", "input": {"label": "Gin", "net": 3}, "expectedOutput": {"name": "Gin", "price": 3}}]})");
  const json::value asking = wait_for(id);
  ASSERT_EQ(text(asking, "status"), "needs_clarification") << json::serialize(asking);
  EXPECT_THAT(text(asking, "clarification"), HasSubstr("price (sample rum)"));
  EXPECT_EQ(asking.at("retries"), 1) << "there is no other script to try";
  const json::array& tests = asking.at("testResults").as_array();
  ASSERT_EQ(tests.size(), 1u) << "an attempt that is the one before does not count";
  EXPECT_EQ(respond(id, "1a").status, 200) << "the sample is wrong";
  EXPECT_EQ(text(wait_for(id), "status"), "completed");
}

TEST_F(AdaptersTest, ATestIsTheOneThatProvedTheScript) {
  // What it must give is its own schema, one sample was corrected by an answer.
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices", "samples": [
    {"name": "tea", "input": {"label": "Tea", "net": 5}, "expectedOutput": {"title": "Tea", "cost": 5}},
    {"name": "pie", "input": {"label": "Pie", "net": 8}, "expectedOutput": {"title": "Pie", "cost": 8}},
    {"name": "rum", "input": {"label": "Rum", "net": 7}, "expectedOutput": {"title": "Rum", "cost": 71}},
    {"name": "gin", "input": {"label": "Gin", "net": 3}, "expectedOutput": {"title": "Gin", "cost": 3}}],
    "targetSchema": {"type": "object", "required": ["title", "cost"], "additionalProperties": false,
      "properties": {"title": {"type": "string"}, "cost": {"type": "number"}}}})");
  ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification");
  EXPECT_EQ(respond(id, "1a").status, 200);
  const json::value done = wait_for(id);
  ASSERT_EQ(text(done, "status"), "completed") << json::serialize(done);
  const std::string script = "/scripts/" + std::to_string(done.at("resultScriptId").as_int64());
  const Reply tested = post(script + "/test");
  EXPECT_EQ(tested.json().at("passed"), 4) << tested.body;
  const json::array answers = get(script).json().at("script").at("answers").as_array();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(text(answers[0], "place"), "cost in rum");
  EXPECT_EQ(text(answers[0], "sentence"), "In rum, cost is 7.");
}

TEST_F(AdaptersTest, AMendedSampleReplacesTheOneOfItsName) {
  const auto samples = [](int rum) {
    return R"({"provider": "revel", "topic": "prices", "samples": [
    {"name": "tea", "input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 5}},
    {"name": "pie", "input": {"label": "Pie", "net": 8}, "expectedOutput": {"name": "Pie", "price": 8}},
    {"name": "rum", "input": {"label": "Rum", "net": 7}, "expectedOutput": {"name": "Rum", "price": )" +
           std::to_string(rum) + R"(}},
    {"name": "gin", "input": {"label": "Gin", "net": 3}, "expectedOutput": {"name": "Gin", "price": 3}}]})";
  };
  const std::int64_t id = generate(samples(71));
  ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification");
  EXPECT_EQ(respond(id, "1=70").status, 200);
  wait_for(id);
  EXPECT_EQ(get("/revel/prices/pins").json().at("pins").as_array().size(), 1U);
  EXPECT_EQ(post("/jobs/" + std::to_string(id) + "/cancel").status, 200);
  EXPECT_EQ(text(wait_for(generate(samples(7))), "status"), "completed");
  EXPECT_TRUE(get("/revel/prices/pins").json().at("pins").as_array().empty())
      << "it was about what the sample was";
  const json::array kept = get("/revel/prices/samples").json().at("samples").as_array();
  ASSERT_EQ(kept.size(), 4U);
  EXPECT_EQ(kept[2].at("expectedOutput").at("price"), 7);
  // Sent again without its output, it keeps it.
  post("/revel/prices/samples", R"({"name": "rum", "input": {"label": "Rum", "net": 7}})");
  EXPECT_TRUE(
      get("/revel/prices/samples").json().at("samples").at(2).at("hasExpectedOutput").as_bool());
  expect_error(post("/generate", R"({"provider": "revel", "topic": "prices",
    "samples": [{"name": "a", "input": 1}, {"name": "a", "input": 2}]})"),
               400, "samples[1].name");
  const Reply misspelt = post("/generate", R"({"provider": "revel", "topic": "prices",
    "samples": [{"input": 1, "output": 2}]})");
  EXPECT_EQ(misspelt.status, 400);
  EXPECT_THAT(misspelt.body, HasSubstr("output")) << "it would have been lost";
}

// The samples of revel/prices have this one, too, or in the place of its namesake.
Result<void> keep_sample(store::Tx& tx, const store::AdapterOf& of, std::string name,
                         const json::object& input, std::optional<json::object> expected = {}) {
  store::SampleRow row{.of = of, .name = std::move(name)};
  row.input = json::serialize(input);
  if (expected) row.expected = json::serialize(*expected);
  VOUCH_TRY_VOID(adapters::generate::keep_sample(tx, row));
  return {};
}

TEST_F(AdaptersTest, ASampleThatIsChangedWhileTheJobRunsCounts) {
  when_gathered([of = prices()](store::Tx& tx, int times) -> Result<void> {
    if (times > 1) return {};
    return keep_sample(tx, of, "tea", {{"label", "Tea"}, {"net", 5}},
                       json::object{{"name", "Tea"}, {"price", 999}});
  });
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices", "samples": [
    {"name": "tea", "input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 5}},
    {"name": "pie", "input": {"label": "Pie", "net": 8}, "expectedOutput": {"name": "Pie", "price": 8}},
    {"name": "rum", "input": {"label": "Rum", "net": 7}, "expectedOutput": {"name": "Rum", "price": 7}},
    {"name": "gin", "input": {"label": "Gin", "net": 3}, "expectedOutput": {"name": "Gin", "price": 3}}]})");
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "needs_clarification") << json::serialize(job);
  EXPECT_THAT(text(job, "clarification"), HasSubstr("price (sample tea)"));
  EXPECT_TRUE(get("/scripts").json().at("scripts").as_array().empty());
}

TEST_F(AdaptersTest, AJobThatIsTakenUpAgainIsOfWhatIsKnownThen) {
  // Whoever had it stopped behind its second step, and a sample came meanwhile.
  auto leave = [of = prices()](store::Tx& tx) -> Result<std::int64_t> {
    for (const char* name : {"Tea", "Pie"}) {
      const int net = name[0];
      VOUCH_TRY_VOID(keep_sample(tx, of, name, {{"label", name}, {"net", net}},
                                 json::object{{"name", name}, {"price", net}}));
    }
    store::JobRow job;
    job.id = "00000000-0000-4000-8000-000000000001";
    job.kind = adapters::generate::kAdapterKind;
    job.key = "adapter:" + of.workspace_id + ":revel/prices";
    job.workspace_id = of.workspace_id;
    job.payload = json::object{{"provider", "revel"}, {"topic", "prices"}};
    VOUCH_TRY(job, tx.insert_job(job));
    store::SectionRow step{.job_id = job.id};
    step.status = store::SectionStatus::kCompleted;
    step.conclusion = store::Conclusion::kSuccess;
    step.section = step.stage = "gathering";
    step.data = json::object{{"round", 0}, {"mark", "of what was known then"}};
    tx.put_section(step);
    step.ordinal = 1;
    step.section = step.stage = "generating";
    step.data = json::object{{"round", 0}, {"source", "// before"}, {"hash", "of that"}};
    tx.put_section(step);
    return tx.insert_adapter_job({.of = of, .job_id = job.id, .created_ms = 1}).id;
  };
  const std::int64_t id = server.on_server(server.store().write(std::move(leave))).value();
  generate(R"({"provider": "other", "topic": "prices"})");  // now somebody looks for jobs
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "completed") << json::serialize(job);
  EXPECT_THAT(text(job, "hypothesis"), HasSubstr("function transform"));
  const std::string logs = json::serialize(job.at("logs"));
  EXPECT_THAT(logs, HasSubstr("The job was interrupted after this step, and goes on."));
  EXPECT_THAT(logs, HasSubstr("it is read again"));
}

TEST_F(AdaptersTest, WhatIsChangedTenTimesWhileTheJobRunsEndsIt) {
  when_gathered([of = prices()](store::Tx& tx, int times) {
    return keep_sample(tx, of, "rum", {{"label", "Rum"}, {"net", times}, {"gross", times + 2}});
  });
  const std::string_view decided =
      R"({"provider": "revel", "topic": "prices", "instructions": "price is net"})";
  for (const std::string_view body : {kOpen, decided}) {  // it would ask, and keep a script
    const json::value job = wait_for(generate(body));
    EXPECT_EQ(text(job, "status"), "failed") << json::serialize(job);
    EXPECT_EQ(text(job, "stage"), "gathering");
    const json::array& logs = job.at("logs").as_array();
    EXPECT_EQ(text(logs.back(), "stage"), "gathering");
    EXPECT_EQ(text(logs.back(), "message"),
              "Samples, documents, answers, the topic or the scripts were changed while it worked, "
              "10 times. Generate anew once they stay as they are.");
    EXPECT_EQ(std::ranges::count_if(logs,
                                    [](const json::value& line) {
                                      return text(line, "message").find("it is read again") !=
                                             std::string::npos;
                                    }),
              9);
    EXPECT_EQ(text(job, "clarification"), "");
  }
  EXPECT_TRUE(get("/scripts").json().at("scripts").as_array().empty());
}

TEST_F(AdaptersTest, ChangesAreCountedAnewAfterAnAnswer) {
  when_gathered([of = prices()](store::Tx& tx, int times) -> Result<void> {
    if (times % 10 == 0) return {};
    tx.insert_document({.of = of, .kind = "note", .content = "Note " + std::to_string(times)});
    return {};
  });
  const std::int64_t id = generate(kOpen);
  ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification");
  ASSERT_EQ(respond(id, "1b").status, 200);
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "completed") << json::serialize(job);
  EXPECT_EQ(get("/revel/prices/documents").json().at("documents").as_array().size(), 18U);
}

TEST_F(AdaptersTest, AJobThatAnswersDoNotHelpEnds) {
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices"})");
  for (int round = 1; round <= 5; ++round) {
    ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification") << round;
    ASSERT_EQ(respond(id, "price is net").status, 200);
  }
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "failed");
  EXPECT_EQ(text(job.at("logs").as_array().back(), "message"),
            "It has asked 5 times. There is still no sample to make a script from.");
}

TEST_F(AdaptersTest, AnAnswerAboutASampleThatIsChangedMeanwhileIsNotKept) {
  const std::int64_t id = generate(kOpen);
  ASSERT_THAT(text(wait_for(id), "clarification"), HasSubstr("sample rum"));
  EXPECT_EQ(post("/revel/prices/samples",
                 R"({"name": "rum", "input": {"label": "Rum", "net": 7, "gross": 9},
                     "expectedOutput": {"name": "Rum", "price": 7}})")
                .status,
            200);
  const Reply answered = respond(id, "1=9");
  EXPECT_EQ(answered.status, 200);
  EXPECT_THAT(text(answered.json(), "message"),
              HasSubstr("Changed since it was asked about: rum."));
  EXPECT_TRUE(get("/revel/prices/pins").json().at("pins").as_array().empty());
  const json::value done = wait_for(id);
  EXPECT_EQ(text(done, "status"), "completed") << json::serialize(done);
  EXPECT_THAT(text(done, "hypothesis"), HasSubstr("'net'"));
}

TEST_F(AdaptersTest, AnExpectedOutputThatIsAnsweredIsKeptWithItsSample) {
  put("/topics/odd", R"({"schema": {"type": "object", "properties": {"q": {"type": "string"}}}})");
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "odd", "samples": [
    {"name": "one", "input": {"label": "Tea"}}]})");
  const json::value asks = wait_for(id);
  ASSERT_EQ(text(asks, "status"), "needs_clarification") << json::serialize(asks);
  ASSERT_THAT(text(asks, "clarification"), HasSubstr("sample one"));
  EXPECT_EQ(respond(id, json::parse(R"({"q": "Tea"})")).status, 200);
  EXPECT_THAT(text(wait_for(id), "clarification"), HasSubstr("input.label"));
  EXPECT_EQ(respond(id, "1a").status, 200);
  const json::value done = wait_for(id);
  EXPECT_EQ(text(done, "status"), "completed") << json::serialize(done);
  const json::value kept = get("/revel/odd/samples").json().at("samples").at(0);
  EXPECT_EQ(kept.at("expectedOutput"), json::value({{"q", "Tea"}}));
}

TEST_F(AdaptersTest, AnAnswerThatNamesNothingIsRefused) {
  const std::int64_t id = generate(kOpen);
  wait_for(id);
  const Reply refused = respond(id, "prise is gross");
  expect_error(refused, 400, "response");
  EXPECT_THAT(refused.body, HasSubstr("The output has no field"));
  expect_error(respond(id, "1=item.msrp"), 400, "response");
  EXPECT_EQ(respond(id, json::parse(R"({"1": "gross"})")).status, 200);
  EXPECT_EQ(text(wait_for(id), "status"), "completed");
}

TEST_F(AdaptersTest, WithoutASampleItAsksForOneAndTakesItAsTheAnswer) {
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices"})");
  const json::value asking = wait_for(id);
  ASSERT_EQ(text(asking, "status"), "needs_clarification") << json::serialize(asking);
  EXPECT_EQ(text(asking, "stage"), "gathering");
  EXPECT_THAT(text(asking, "clarification"), HasSubstr("sample"));
  EXPECT_EQ(asking.at("testResults").as_array().size(), 0u);
  EXPECT_EQ(respond(id, json::parse(R"({"input": {"label": "Tea", "net": 5},
                                        "expectedOutput": {"name": "Tea", "price": 5}})"))
                .status,
            200);
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "completed") << json::serialize(job);
  EXPECT_EQ(text(get("/revel/prices/samples").json().at("samples").at(0), "origin"), "answer");
}

TEST_F(AdaptersTest, OneIsInFlightInEachProviderAndTopic) {
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices"})");
  const Reply second = post("/generate", R"({"provider": "revel", "topic": "prices"})");
  expect_error(second, 409);
  EXPECT_THAT(text(second.json().at("error"), "message"), HasSubstr(std::to_string(id)));
  EXPECT_EQ(json::parse(text(second.json().at("error"), "details")).at("jobId"), id);
  generate(R"({"provider": "square", "topic": "prices"})");
  wait_for(id);
  EXPECT_EQ(get("/jobs").json().at("jobs").as_array().size(), 2u);
  EXPECT_EQ(get("/jobs?provider=revel&status=needs_clarification").json().at("jobs").at(0).at("id"),
            id);
  EXPECT_TRUE(get("/jobs?status=completed").json().at("jobs").as_array().empty());
  expect_error(call("DELETE", "/providers/revel"), 409);
}

TEST_F(AdaptersTest, ACancelledJobFailsAndSaysByWhichKey) {
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices"})");
  wait_for(id);
  const std::string path = "/jobs/" + std::to_string(id);
  EXPECT_EQ(post(path + "/cancel").status, 200);
  const json::value job = wait_for(id);
  EXPECT_EQ(text(job, "status"), "failed");
  EXPECT_EQ(text(job, "stage"), "gathering");
  const json::array& logs = job.at("logs").as_array();
  EXPECT_THAT(text(logs.back(), "message"), HasSubstr("cancelled with the key \"test\""));
  expect_error(post(path + "/cancel"), 409);
  expect_error(respond(id, "a"), 400);
  EXPECT_EQ(text(wait_for(generate(kClear)), "status"), "completed") << "its place is free";
}

TEST_F(AdaptersTest, TheSameIdempotencyKeyBeginsOneJob) {
  const std::string key = "Idempotency-Key: once\r\n";
  const Reply first = call("POST", "/generate", kClear, key);
  EXPECT_EQ(call("POST", "/generate", kClear, key).body, first.body);
  expect_error(call("POST", "/generate", kOpen, key), 409);
}

TEST_F(AdaptersTest, WhatBeganAJobIsRememberedWhateverIsAnsweredAfterIt) {
  const std::string key = "Idempotency-Key: once\r\n";
  const Reply first = call("POST", "/generate", kClear, key);
  wait_for(first.json().at("jobId").as_int64());
  auto answer_much = [this, workspace = prices().workspace_id](store::Tx& tx) -> Result<void> {
    for (int i = 0; i < 10; ++i) {
      store::IdempotencyRow row{workspace, std::to_string(i), "hash", 200};
      row.answer = std::string(8 << 20, 'x');
      row.created_ms = server.services().clock.now_ms();
      VOUCH_TRY_VOID(tx.insert_idempotency(row));
    }
    return {};
  };
  ASSERT_TRUE(server.on_server(server.store().write(std::move(answer_much))));
  EXPECT_EQ(call("POST", "/generate", kClear, key).body, first.body) << "no second job";
}

TEST_F(AdaptersTest, ASampleOfNullIsRefusedWhereverItComesFrom) {
  const auto refusal = [](const Reply& reply) {
    EXPECT_EQ(reply.status, 400) << reply.body;
    return text(reply.json().at("error"), "message");
  };
  constexpr std::string_view kWhy = "is null: there is nothing to transform.";
  EXPECT_THAT(refusal(post("/revel/prices/samples", R"({"input": null})")), HasSubstr(kWhy));
  const Reply begun = post("/generate", R"({"provider": "revel", "topic": "prices",
    "samples": [{"input": {"a": 1}}, {"input": null, "expectedOutput": {}}]})");
  EXPECT_THAT(refusal(begun), HasSubstr("`samples[1].input` " + std::string(kWhy)));
  const std::int64_t id = generate(R"({"provider": "revel", "topic": "prices"})");
  ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification");
  EXPECT_THAT(refusal(respond(id, json::object{{"input", nullptr}})), HasSubstr(kWhy));
  const std::string script = std::to_string(
      kept_script("function transform(input) { return { name: 'Other', price: 1 }; }"));
  EXPECT_THAT(refusal(post("/scripts/" + script + "/test", R"({"inputs": [{}, null]})")),
              HasSubstr("`inputs[1]` " + std::string(kWhy)));
  EXPECT_EQ(post("/revel/prices/samples", R"({"input": {"a": 1}, "expectedOutput": null})")
                .json()
                .at("sample")
                .at("hasExpectedOutput"),
            true)
      << "a script may give null";
}

TEST_F(AdaptersTest, AStreamTellsEveryStageToTheEnd) {
  const std::int64_t id = generate(kClear);
  Client stream(server.address());
  stream.send(server.request("GET", std::string(kBase) + "/jobs/" + std::to_string(id) + "/events",
                             "", "", server.key));
  const std::string told = stream.read_until("event: ended\n");
  for (const char* stage : {"gathering", "generating", "testing", "done"}) {
    EXPECT_THAT(told, HasSubstr("\"stage\":\"" + std::string(stage) + "\""));
  }
}

// What one reader has of a job's events, whose connections break where the test says. A message
// that did not come whole is lost with its connection.
class EventReader {
 public:
  EventReader(const TestServer& server, std::int64_t job)
      : server_(server), path_(std::string(kBase) + "/jobs/" + std::to_string(job) + "/events") {}

  // Breaks what there was, and goes on behind the last message. The status.
  int connect() {
    client_ = std::make_unique<Client>(server_.address());
    const std::string after =
        messages_.empty() ? ""
                          : "Last-Event-ID: " + std::to_string(messages_.back().first) + "\r\n";
    client_->send(server_.request("GET", path_, "", after, server_.key));
    unread_.clear();
    return client_->read_reply(true).status;
  }
  // Up to and with `end`.
  void read(std::string_view end) {
    unread_ += client_->read_until(end);
    for (std::size_t at = 0; (at = unread_.find("\nid: ")) != std::string::npos;) {
      const std::size_t to = unread_.find("\n\n", at);
      if (to == std::string::npos) break;
      messages_.emplace_back(std::stoll(unread_.substr(at + 5)), unread_.substr(at, to - at));
      unread_.erase(0, to);
    }
  }
  void read_message(std::string_view with) {
    read(with);
    read("\n\n");
  }
  // To the end of the stream.
  const std::vector<std::pair<std::int64_t, std::string>>& read_all() {
    read("\r\n0\r\n\r\n");
    return messages_;
  }

 private:
  const TestServer& server_;
  std::string path_;
  std::unique_ptr<Client> client_;
  std::string unread_;
  std::vector<std::pair<std::int64_t, std::string>> messages_;  // by their ids
};

TEST_F(AdaptersTest, AStreamThatBreaksSixTimesTellsEveryEventOnceAndInOrder) {
  const std::int64_t id = generate(kOpen);
  EventReader whole(server, id), broken(server, id);
  ASSERT_EQ(whole.connect(), 200);
  ASSERT_EQ(broken.connect(), 200);  // breaks before anything was read
  ASSERT_EQ(broken.connect(), 200);
  broken.read("event: started\n");  // in the middle of a message
  ASSERT_EQ(broken.connect(), 200);
  broken.read_message("\"stage\":\"generating\"");  // between two, while the job works
  ASSERT_EQ(broken.connect(), 200);
  broken.read_message("event: waiting\n");  // while it waits for an answer
  ASSERT_EQ(text(wait_for(id), "status"), "needs_clarification");
  ASSERT_EQ(broken.connect(), 200);
  ASSERT_EQ(respond(id, "1b").status, 200);
  broken.read_message("event: queued\n");  // while the job goes on, and until it has ended
  ASSERT_EQ(text(wait_for(id), "status"), "completed");
  ASSERT_EQ(broken.connect(), 200);
  broken.read("event: ended\n");  // in the middle of the last one
  ASSERT_EQ(broken.connect(), 200);

  const auto& told = broken.read_all();
  EXPECT_EQ(told, whole.read_all());
  EventReader later(server, id);
  ASSERT_EQ(later.connect(), 200);
  EXPECT_EQ(told, later.read_all());
  const auto is_not_after = [](const auto& one, const auto& next) {
    return one.first >= next.first;
  };
  EXPECT_EQ(std::ranges::adjacent_find(told, is_not_after), told.end());
  EXPECT_THAT(told.front().second, HasSubstr("event: queued\n"));
  EXPECT_THAT(told.back().second, HasSubstr("event: ended\n"));
  EXPECT_EQ(broken.connect(), 204) << "it has seen the end";
}

TEST_F(AdaptersTest, AStreamSpeaksAsTheJobDoes) {
  const std::int64_t id = generate(kClear);
  wait_for(id);
  Client stream(server.address());
  stream.send(server.request("GET", std::string(kBase) + "/jobs/" + std::to_string(id) + "/events",
                             "", "", server.key));
  const std::string told = stream.read_until("event: ended\n") + stream.read_until("}");
  EXPECT_THAT(told, Not(HasSubstr("null")));
  EXPECT_THAT(told, Not(HasSubstr("Utc\"")));
  EXPECT_THAT(told, Not(HasSubstr("\"state\"")));
  for (const char* status : {"pending", "running", "completed"}) {
    EXPECT_THAT(told, HasSubstr("\"status\":\"" + std::string(status) + "\""));
  }
}

TEST_F(AdaptersTest, ADeletedProviderLeavesNothing) {
  const std::int64_t id = generate(kOpen);
  EXPECT_EQ(text(wait_for(id), "status"), "needs_clarification");
  expect_error(call("DELETE", "/providers/revel"), 409);
  EXPECT_EQ(post("/jobs/" + std::to_string(id) + "/cancel").status, 200);
  EXPECT_EQ(call("DELETE", "/providers/revel").status, 200) << "though it has no row of its own";
  expect_error(get("/jobs/" + std::to_string(id)), 404);
  EXPECT_TRUE(get("/jobs").json().at("jobs").as_array().empty());
  EXPECT_TRUE(get("/revel/prices/samples").json().at("samples").as_array().empty());
  expect_error(call("DELETE", "/providers/revel"), 404, "provider");
}

TEST_F(AdaptersTest, TopicsAndAnswersComeInPages) {
  std::vector<std::string> names;
  std::string cursor;
  do {
    const json::value page = get("/topics?limit=3&cursor=" + cursor).json();
    EXPECT_LE(page.at("topics").as_array().size(), 3U);
    for (const json::value& topic : page.at("topics").as_array())
      names.push_back(text(topic, "name"));
    cursor = text(page, "nextCursor");
  } while (!cursor.empty() && names.size() < 20);
  EXPECT_EQ(names.size(), 8U);
  EXPECT_EQ(names.back(), "prices");
  auto pin = [this](store::Tx& tx) -> Result<void> {
    const store::AdapterOf of{tx.find_workspace_named("acme")->id, "revel", "prices"};
    for (const char* path : {"b", "a", "c"}) {
      tx.put_pin({of, path, {{"kind", "omitted"}, {"path", path}}, 7});
    }
    return {};
  };
  VOUCH_CHECK(server.on_server(server.store().write(pin)));
  const json::value first = get("/revel/prices/pins?limit=2").json();
  ASSERT_EQ(first.at("pins").as_array().size(), 2U);
  EXPECT_EQ(text(first.at("pins").at(1), "place"), "b");
  const json::value rest =
      get("/revel/prices/pins?limit=2&cursor=" + text(first, "nextCursor")).json();
  ASSERT_EQ(rest.at("pins").as_array().size(), 1U);
  EXPECT_EQ(text(rest.at("pins").at(0), "place"), "c");
  EXPECT_EQ(text(rest, "nextCursor"), "");
  expect_error(get("/revel/prices/pins?cursor=x"), 400, "cursor");
}

TEST_F(AdaptersTest, AScriptThatTakesTooLongIsNoFaultOfTheServers) {
  const std::int64_t id = kept_script("function transform() { while (true); }");
  post("/scripts/" + std::to_string(id) + "/activate");
  const Reply reply = post("/revel/prices/transform", R"({"payload": {}})");
  expect_error(reply, 400);
  EXPECT_THAT(text(reply.json().at("error"), "details"), HasSubstr(R"("reason":"time")"));
}

TEST_F(AdaptersTest, LogsThatAreLeftOutAreCounted) {
  const std::int64_t id = kept_script(
      "function transform(i, c) { for (var n = 0; n < 150; n++) c.log(n); return {}; }");
  post("/scripts/" + std::to_string(id) + "/activate");
  const json::value told = post("/revel/prices/transform", R"({"payload": {}})").json();
  EXPECT_EQ(told.at("logs").as_array().back(), "… and 50 lines that were left out.");
}

TEST_F(AdaptersTest, ATestTellsSoMuchOfItsOutputs) {
  const std::int64_t id =
      kept_script("function transform(i) { return 'y'.repeat(i.payload << 20); }");
  const json::value told =
      post("/scripts/" + std::to_string(id) + "/test", R"({"inputs": [7, 7, 7, 0]})").json();
  EXPECT_EQ(told.at("total"), 4);
  EXPECT_EQ(told.at("results").at(1).at("outputLeftOut"), false);
  EXPECT_EQ(told.at("results").at(2).at("outputLeftOut"), true);
  EXPECT_EQ(told.at("results").at(2).at("output"), "");
}

}  // namespace
}  // namespace vouch::http
