// Scripts tried in the sandbox that production uses.
#include "adapters/draft/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/evaluate.h"
#include "adapters/print.h"
#include "script/test_support.h"

namespace vouch::adapters::draft {
namespace {

using testing::HasSubstr;

json::value parsed(std::string_view text) { return json::parse(text); }

Sample sample(std::string id, std::string_view input, std::string_view output = "") {
  return {std::move(id), parsed(input), output.empty() ? std::nullopt : Maybe(parsed(output))};
}

TrialOptions options() { return {.run = script::World::options()}; }

Trial tried(script::World& world, std::string source, std::vector<Sample> samples,
            std::string_view schema = "{}") {
  auto trial = world.await(try_out(world.pool(), std::move(source), std::move(samples),
                                   parsed(schema).as_object(), options()));
  EXPECT_TRUE(trial) << trial.error().message;
  return trial ? std::move(*trial) : Trial{};
}

Material orders(int wrong = -1) {
  Material material{.provider = "acme", .topic = {.name = "orders"}};
  for (int i = 0; i < 8; ++i) {
    json::object line{{"code", "C" + std::to_string(i)}, {"cents", 100 * i + 50}};
    json::object input{
        {"no", 900 + i}, {"at", 1776556800 + 3600 * i}, {"lines", json::array{line}}};
    if (i % 2 == 0) input["buyer"] = {{"name", "N" + std::to_string(i)}};
    json::object output{
        {"id", std::to_string(900 + i)},
        {"items", json::array{json::object{{"sku", "C" + std::to_string(i)},
                                           {"price", i == wrong ? 99.0 : i + 0.5}}}}};
    if (i % 2 == 0) output["customer"] = "N" + std::to_string(i);
    material.samples.push_back({"o" + std::to_string(i), input, Maybe(output)});
  }
  return material;
}

TEST(Trial, ADraftDoesWhatItsSamplesSayAndTheOnesHeldBack) {
  script::World world;
  const Material material = orders();
  const Draft draft = write(material);
  ASSERT_TRUE(draft.is_complete);
  const auto trial = world.await(try_out(world.pool(), draft, material, options()));
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_TRUE(trial->passed()) << trial->problem();
  ASSERT_EQ(trial->results.size(), 8U);
  EXPECT_EQ(trial->results[0].output_count, 1);
  EXPECT_THAT(trial->results[0].output_preview, HasSubstr(R"("sku":"C0")"));
  ASSERT_EQ(trial->held_back.size(), 2U);
  EXPECT_TRUE(trial->held_back[0].passed) << trial->held_back[0].error;
  EXPECT_GT(trial->variants, 10);
  EXPECT_TRUE(trial->is_repeatable);
}

// What C++ finds and what the sandbox runs are one: lists in another order, in groups, looked up
// and named by data, of inputs as odd as JSON has them.
TEST(Trial, PrintedListsDoWhatTheMappingDoes) {
  script::World world;
  const ExprPtr rows = path(0, {member_step("rows")});
  const auto of_item = [](std::string_view name) { return path(1, {member_step(name)}); };
  const ExprPtr lists = make(Each{.source = rows, .body = of_item("list"), .flatten = true});
  Sorted sorted{.source = rows, .key = of_item("k")};
  const ExprPtr up = make(sorted);
  sorted.descending = true;
  const ExprPtr grouped = make(Grouped{.source = rows, .name = "k", .key = of_item("k")});
  const Synthesis all{
      .mapping = make(
          Object{{{"up", up},
                  {"down", make(sorted)},
                  {"groups", grouped},
                  {"flat", lists},
                  {"keyed",
                   make(Keyed{.source = grouped, .name = of_item("k"), .value = of_item("items")})},
                  {"found", make(Lookup{.list = {0, {member_step("rows")}},
                                        .name = "k",
                                        .key = path(0, {member_step("by")}),
                                        .rest = {member_step("n")}})},
                  {"member", make(Lookup{.list = {0, {member_step("rows")}},
                                         .key = path(0, {member_step("by")}),
                                         .rest = {member_step("k")}})},
                  {"least", call(Fn::kIsAtLeast, {path(0, {member_step("by")}), constant(2)})},
                  {"rounded", call(Fn::kRound, {path(0, {member_step("x")})}, {}, {2})},
                  {"fixed", call(Fn::kFixed, {path(0, {member_step("x")})}, {}, {1})}}})};
  const std::string script =
      print(all, {.provider = "acme", .topic = "orders", .payload = "input.payload"});
  std::vector<Sample> samples;
  for (
      const std::string_view input :
      {R"({"rows": [{"k": "b", "n": 1}, {"k": "a", "list": [1, null]}, {"k": "b", "list": null}]})",
       R"({"rows": [{"k": 10}, {"k": 9.5}, {"k": null}, {}, {"k": true}, {"k": "9"}], "by": 9.5})",
       R"({"rows": {"b": {"k": 1, "n": "b"}, "10": {"k": 1, "n": "c"}, "9": {"k": 1}}, "by": 1})",
       R"({"rows": [{"k": "__proto__", "n": 1}, {"k": "__proto__", "n": 2}, {"k": [1]}]})",
       R"({"rows": [{"k": "｡"}, {"k": "😀"}, {"k": "z"}, 7, null], "x": 2.345})",
       R"({"rows": {"9": {"k": 5}, "x": {"k": 6}}, "by": 9})",
       R"({"rows": {"x": {"k": 6}}, "by": "hasOwnProperty"})",
       R"({"rows": null, "by": 2, "x": 0.25})", R"({"rows": 5, "x": 0.125})", R"({"x": -2.5})"})
    samples.push_back({.id = "s" + std::to_string(samples.size()),
                       .input = parsed(input),
                       .output = evaluate(*all.mapping, parsed(input))});
  const Trial trial = tried(world, script, samples);
  ASSERT_EQ(trial.results.size(), samples.size());
  for (const auto& result : trial.results)
    EXPECT_TRUE(result.passed) << result.error << result.output_preview;
}

TEST(Trial, AScriptBringsTheTablesThatItTranslatesBy) {
  script::World world;
  Material material{.provider = "acme", .topic = {.name = "orders"}};
  material.samples = {sample("a", R"({"country": "DE", "cents": 1999, "currency": "EUR"})",
                             R"({"land": "Germany", "price": 19.99})"),
                      sample("b", R"({"country": "FR", "cents": 500, "currency": "JPY"})",
                             R"({"land": "France", "price": 500})"),
                      sample("c", R"({"country": "NO", "cents": 250, "currency": "NOK"})",
                             R"({"land": "Norway", "price": 2.5})")};
  const Draft draft = write(material);
  EXPECT_THAT(draft.source, HasSubstr("function countryAlpha2ToName() {"));
  const Trial trial =
      tried(world, draft.source,
            {sample("named", R"({"country": "CI", "cents": 12345, "currency": "KWD"})",
                    R"({"land": "Côte d'Ivoire", "price": 12.345})"),
             sample("unknown", R"({"country": "AF=x;AL", "cents": 12, "currency": ";"})", "{}"),
             sample("null", R"({"country": null, "cents": null, "currency": null})")});
  EXPECT_TRUE(trial.results.at(0).passed) << trial.results[0].error;
  EXPECT_TRUE(trial.results.at(1).passed) << trial.results[1].error;
  EXPECT_TRUE(trial.results.at(2).error.empty()) << trial.results[2].error;
}

TEST(Trial, AHeldBackSampleThatFailsIsReported) {
  script::World world;
  const Material material = orders(3);  // o3 is the first that is held back
  const Draft draft = write(material);
  ASSERT_FALSE(draft.held_back.empty());
  EXPECT_EQ(draft.held_back[0], "o3");
  const auto trial = world.await(try_out(world.pool(), draft, material, options()));
  ASSERT_TRUE(trial) << trial.error().message;
  ASSERT_FALSE(trial->held_back.empty());
  EXPECT_FALSE(trial->held_back[0].passed);
  ASSERT_FALSE(trial->held_back[0].diffs.empty());
  EXPECT_EQ(trial->held_back[0].diffs[0].path, "items[0].price");
}

TEST(Trial, DiffsAreByPath) {
  script::World world;
  const Trial trial = tried(
      world, "function transform(input) { return { a: input.payload.a, b: [{ c: 1 }], e: 5 }; }",
      {sample("s1", R"({"a": 1})", R"({"a": 1, "b": [{"c": 2}], "d": null})")});
  EXPECT_FALSE(trial.passed());
  ASSERT_EQ(trial.results[0].diffs.size(), 3U);
  EXPECT_EQ(trial.results[0].diffs[0].path, "b[0].c");
  EXPECT_EQ(trial.results[0].diffs[1].path, "d");
  EXPECT_EQ(trial.results[0].diffs[1].got, std::nullopt);
  EXPECT_EQ(trial.results[0].diffs[2].path, "e");
  EXPECT_EQ(trial.problem(), "Sample s1: b[0].c: expected 2, got 1 (and 2 more)");
}

TEST(Trial, AnOutputThatIsNotKnownMustHaveWhatWasAnswered) {
  script::World world;
  Sample open = sample("s1", R"({"net": 7, "gross": 9})");
  open.stated = {{"price", Maybe(9)}, {"tax", std::nullopt}};
  const auto problem = [&](std::string_view output) {
    return tried(world,
                 "function transform(input) { var p = input.payload; return " +
                     std::string(output) + "; }",
                 {open})
        .results.at(0)
        .error;
  };
  EXPECT_EQ(problem("{ price: p.gross }"), "");
  EXPECT_EQ(problem("{ price: p.net }"), "price: expected 9, got 7");
  EXPECT_EQ(problem("{ price: 9, tax: 1 }"), "tax: expected nothing, got 1");
}

TEST(Trial, TakesPartsOfInputsAwayAndMakesThemNull) {
  script::World world;
  const std::vector<Sample> samples{sample("s1", R"({"user": {"name": "Ann"}})")};
  const Trial trial =
      tried(world, "function transform(input) { return { n: input.payload.user.name }; }", samples);
  EXPECT_TRUE(trial.results[0].passed);
  EXPECT_FALSE(trial.passed());
  ASSERT_EQ(trial.fragilities.size(), 2U);
  EXPECT_EQ(trial.fragilities[0].path, "user");
  EXPECT_THAT(trial.problem(), HasSubstr("Sample s1 without user: "));
  // Refusing an input on purpose is no oversight.
  const Trial refusing = tried(world,
                               "function transform(input) { var user = input.payload.user;\n"
                               "if (!user) throw new Error('user is missing'); return { n: "
                               "String(user.name) }; }",
                               samples);
  EXPECT_TRUE(refusing.passed()) << refusing.problem();
}

TEST(Trial, ChecksTheTopicsSchema) {
  script::World world;
  const Trial trial =
      tried(world, "function transform(input) { return { price: '5' }; }", {sample("s1", "{}")},
            R"({"type": "object", "properties": {"price": {"type": "number"}}})");
  EXPECT_THAT(trial.problem(), HasSubstr("Sample s1: Not what the topic's schema says: price"));
}

TEST(Trial, NumbersMustBeTheSame) {
  script::World world;
  const auto passes = [&](std::string_view made, std::string_view expected) {
    return tried(world, "function transform(input) { return " + std::string(made) + "; }",
                 {sample("s", "{}", expected)})
        .results.at(0)
        .passed;
  };
  EXPECT_TRUE(passes("0.1 + 0.2", "0.3"));
  EXPECT_TRUE(passes("5", "5.0"));
  EXPECT_FALSE(passes("1714557600.5", "1714557600"));
  EXPECT_FALSE(passes("20000000.01", "20000000.00"));
}

TEST(Trial, SaysWhereJavaScriptDoesNotKeepAnInteger) {
  script::World world;
  const std::string copies = "function transform(input) { return { no: input.payload.id }; }";
  const Trial trial =
      tried(world, copies,
            {sample("s1", R"({"id": 12345678901234567890})", R"({"no": 12345678901234567890})")});
  EXPECT_EQ(trial.problem(),
            "Sample s1: no: expected 12345678901234567890, got 12345678901234567000 (JavaScript "
            "keeps no integer of so many digits: as a text it would be kept)");
  // Where nothing is expected it is no failure, but told.
  const Trial open = tried(world, copies, {sample("s2", R"({"id": 12345678901234567890})")});
  EXPECT_TRUE(open.results.at(0).passed);
  EXPECT_THAT(open.results.at(0).logs,
              testing::ElementsAre("Warning: the script gets id rounded: 12345678901234567890 has "
                                   "more digits than JavaScript keeps."));
}

TEST(Trial, AScriptThatCannotRunFailsEverySample) {
  script::World world;
  const Trial trial = tried(world, "function transform( {", {sample("s1", "{}")});
  EXPECT_FALSE(trial.passed());
  EXPECT_THAT(trial.results[0].error, HasSubstr("not valid JavaScript"));
}

TEST(Trial, ThePayloadIsWrappedOnce) {
  script::World world;
  TrialOptions with = options();
  with.caller = {
      .provider = "acme", .base_url = "https://api.acme.example", .config = {{"shop", 7}}};
  const auto trial = world.await(try_out(
      world.pool(),
      "function transform(input) { return [input.providerSlug, input.baseUrl, input.apiKey, "
      "input.apiSecret, input.webhookUrl, input.config.shop, input.payload]; }",
      {sample("s1", R"({"x": 1})")}, {}, with));
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->results[0].output_preview,
            R"(["acme","https://api.acme.example","","","",7,{"x":1}])");
  EXPECT_EQ(trial->results[0].output_count, 7);
}

}  // namespace
}  // namespace vouch::adapters::draft
