// What a script can do, what it is told when it fails, and what becomes of its processes. Hostile
// ones are in hostile_test.cc.
#include "script/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "script/test_support.h"

namespace vouch::script {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Script, TransformsWhatItIsGiven) {
  World world;
  const Outcome outcome = world.run(
      "function transform(input, context) {\n"
      "  context.log('order', input.id, { n: 1 });\n"
      "  return { total: input.items.reduce((sum, each) => sum + each.price, 0), left_out: "
      "undefined };\n"
      "}",
      R"({"id": "ä1", "items": [{"price": 2.5}, {"price": 4}]})");
  ASSERT_TRUE(outcome.output.has_value()) << outcome.output.error().message;
  EXPECT_EQ(*outcome.output, R"({"total":6.5})");
  EXPECT_THAT(outcome.logs, ElementsAre("order ä1 {\"n\":1}"));
  EXPECT_GT(outcome.cpu_us, 0);
}

TEST(Script, MayDefineTransformInAnyWay) {
  World world;
  EXPECT_EQ(world.output("const transform = (input) => input + 1;", "1"), "2");
  EXPECT_EQ(world.output("var transform = function (input) { return input + 2; } // end", "1"),
            "3");
  EXPECT_EQ(world.output(
                "'use strict'; let factor = 3; function transform(i) { return i * factor }", "2"),
            "6");
}

TEST(Script, StopsTheClockAtTheGivenInstant) {
  World world;
  RunOptions options = world.options();
  options.now_ms = 1'700'000'000'123;
  const Outcome outcome = world.run(
      "function transform() { const from = Date.now(); for (let i = 0; i < 2e6; i++); return "
      "[from, "
      "new Date(), Date().slice(0, 24), new Intl.DateTimeFormat('en', {second: 'numeric', "
      "fractionalSecondDigits: 3}).format(), Date.now() - from, new "
      "Date().getTimezoneOffset(), new Date(0).toLocaleString('de', {timeZone: "
      "'Europe/Berlin'})]; }",
      "0", options);
  ASSERT_TRUE(outcome.output.has_value()) << outcome.output.error().message;
  EXPECT_EQ(*outcome.output,
            R"([1700000000123,"2023-11-14T22:13:20.123Z","Tue Nov 14 2023 22:13:20","20.123",0,0,)"
            R"("1.1.1970, 01:00:00"])");
}

TEST(Script, NamesTheLineOfASyntaxError) {
  World world;
  const auto checked = world.check("var a = 1;\nvar b = ;\nfunction transform() {}");
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::kInvalidRequest);
  EXPECT_EQ(checked.error().details.at("reason"), "syntax");
  EXPECT_EQ(checked.error().details.at("line"), 2);
  EXPECT_EQ(checked.error().message,
            "The script is not valid JavaScript at line 2: SyntaxError: Unexpected token ';'");
  EXPECT_EQ(world.reason("var b = ;", "1"), "syntax");
}

TEST(Script, NamesTheLineAndColumnOfWhatItThrew) {
  World world;
  Error error = world.error("function transform(input) {\n  return input.a.b;\n}", "{}");
  EXPECT_EQ(error.message,
            "The script threw at line 2, column 17: TypeError: undefined is not an object "
            "(evaluating 'input.a.b')");
  EXPECT_EQ(error.details.at("line"), 2);
  EXPECT_EQ(error.details.at("column"), 17);
  error = world.error("function transform(input) { return input.a.b; }", "{}");
  EXPECT_EQ(error.details.at("column"), 43) << "also in the first line";
  error = world.error("function transform() {\n\n  return Math.random();\n}", "0");
  EXPECT_EQ(error.details.at("line"), 3) << "also where what it called threw";
}

TEST(Script, MustDefineTransform) {
  World world;
  EXPECT_EQ(world.error("var x = 1;", "1").message,
            "The script defines no transform; write: function transform(input, context) { … }");
  EXPECT_FALSE(world.check("var transform = 5;").has_value());
  EXPECT_TRUE(world.check("function transform() {}").has_value());
}

TEST(Script, RefusesWhatJsonWouldLose) {
  World world;
  const auto message = [&](const std::string& expression) {
    return world.error("function transform() { return " + expression + "; }", "0").message;
  };
  EXPECT_THAT(message("{ a: [1, { b: NaN }] }"), HasSubstr("output.a[1].b is NaN"));
  EXPECT_THAT(message("-1 / 0"), HasSubstr("output is -Infinity"));
  EXPECT_THAT(message("[new Date('no')]"), HasSubstr("output[0] is an invalid date"));
  EXPECT_THAT(message("undefined"), HasSubstr("It is undefined; return an object"));
  EXPECT_THAT(message("() => 1"), HasSubstr("It is function; return an object"));
  EXPECT_THAT(message("Promise.resolve(1)"), HasSubstr("It is a promise"));
  EXPECT_THAT(message("{ a: 10n }"), HasSubstr("BigInt"));
  EXPECT_THAT(message("(() => { const a = []; a.push(a); return a; })()"), HasSubstr("cyclic"));
  EXPECT_THAT(message("{ get a() { throw new Error('no'); } }"), HasSubstr("Error: no"));
  EXPECT_THAT(message("{ a: ['\\u{1f355}'.slice(0, 1)] }"),
              HasSubstr("output.a[0] has half of a character"));
  EXPECT_THAT(message("{ ['x' + '\\u{1f355}'[1]]: 1 }"), HasSubstr("a member whose name has half"));
  EXPECT_THAT(message("{ toJSON: () => '\\ud83c' }"), HasSubstr("output has half of a character"));
  EXPECT_EQ(world.output("function transform() { return ['\\u{1f355}', '\\\\ud83c']; }", "0"),
            "[\"\U0001f355\",\"\\\\ud83c\"]");
  EXPECT_EQ(world.output(
                "function transform() { return [null, undefined, { toJSON: () => null }]; }", "0"),
            "[null,null,null]");
}

TEST(Script, RefusesInputsThatAreNotJson) {
  World world;
  EXPECT_EQ(world.reason("function transform(i) { return i; }", "{\"a\": }"), "input");
  EXPECT_EQ(world.reason("function transform(i) { return i; }",
                         std::string(kDepthMax + 1, '[') + std::string(kDepthMax + 1, ']')),
            "input");
}

// Records may have any names, though prototypes are frozen.
TEST(Script, MayNameMembersLikeThoseOfBuiltInObjects) {
  World world;
  EXPECT_EQ(
      world.output("function transform(input) { var out = {}; for (var key in input) out[key] = "
                   "input[key]; return out; }",
                   R"({"constructor":1,"toString":2,"valueOf":3,"hasOwnProperty":4})"),
      R"({"constructor":1,"toString":2,"valueOf":3,"hasOwnProperty":4})");
  EXPECT_THAT(world
                  .error("class Refused extends Error { constructor(m) { super(m); this.name = "
                         "'Refused'; } }\nfunction transform() { throw new Refused('no'); }",
                         "0")
                  .message,
              HasSubstr("Refused: no"));
}

TEST(Script, LeavesNothingBehindForTheNextCall) {
  World world;
  const std::string script =
      "var count = 0; var seen = []; const cache = new Map();\n"
      "function transform(input) {\n"
      "  seen.push(input); cache.set(input, 1); count += 1;\n"
      "  try { transform.seen = input; globalThis.kept = input; Object.prototype.kept = input; "
      "Array.kept = input; } catch (error) {}\n"
      "  return [count, seen.length, cache.size, transform.seen, typeof kept, ({}).kept, "
      "Array.kept];\n"
      "}";
  const auto outcomes = world.run_all(script, {"\"a\"", "\"b\""});
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(*outcomes[0].output, R"([1,1,1,"a","undefined",null,null])");
  EXPECT_EQ(*outcomes[1].output, R"([1,1,1,"b","undefined",null,null])");
}

TEST(Script, RunsManyInputsInOrder) {
  World world;
  std::vector<std::string> inputs;
  for (int i = 0; i < 1000; ++i) inputs.push_back(std::to_string(i));
  const auto outcomes = world.run_all(
      "function transform(i) { if (i % 100 === 7) throw 'no ' + i; return i * 2; }", inputs);
  ASSERT_EQ(outcomes.size(), inputs.size());
  EXPECT_EQ(*outcomes[999].output, "1998");
  EXPECT_THAT(outcomes[107].output.error().message, HasSubstr("no 107"));
}

TEST(Script, AsksTheCallerForHttp) {
  World world;
  RunOptions options = world.options();
  std::vector<std::string> asked;
  options.http = [&](HttpCall call) -> asio::awaitable<Result<std::string>> {
    asked.push_back(call.function + " " + call.arguments);
    if (call.function == "delete") co_return fail(ErrorCode::kForbidden, "delete is not allowed");
    co_return R"({"statusCode":200,"body":{"n":3},"headers":{}})";
  };
  const Outcome outcome = world.run(
      "function transform(input, context) {\n"
      "  const answer = context.http.post('/a', { b: 1 }, { h: 'x' });\n"
      "  let refused; try { context.http.delete('/a'); } catch (error) { refused = error.message; "
      "}\n"
      "  return [answer.statusCode, answer.body.n, refused];\n"
      "}",
      "0", options);
  ASSERT_TRUE(outcome.output.has_value()) << outcome.output.error().message;
  EXPECT_EQ(*outcome.output, R"([200,3,"delete is not allowed"])");
  EXPECT_EQ(outcome.http_calls, 2U);
  EXPECT_THAT(asked, ElementsAre(R"(post ["/a",{"b":1},{"h":"x"}])", R"(delete ["/a"])"));
  EXPECT_THAT(
      world
          .run("function transform(input, context) { let body = 1; "
               "for (let i = 0; i < 600; i++) body = [body]; context.http.post('/', body); }",
               "0", options)
          .output.error()
          .message,
      HasSubstr("nested more than 500 deep"));
  EXPECT_THAT(world.error("function transform(i, c) { return c.http.get('/'); }", "0").message,
              HasSubstr("context.http is not there in this run"));
}

TEST(Script, SaysWithWhichInputHttpWasAsked) {
  World world;
  RunOptions options = world.options();
  std::vector<std::string> asked;
  options.http = [&](HttpCall call) -> asio::awaitable<Result<std::string>> {
    asked.push_back(std::to_string(call.input) + call.arguments);
    co_return "{}";
  };
  world.run_all("function transform(n, c) { if (n != 8) c.http.get(n); return n; }",
                {"7", "8", "9"}, options);
  EXPECT_THAT(asked, ElementsAre("0[7]", "2[9]"));
}

TEST(Script, WaitsForHttpOnlySoLong) {
  World world;
  RunOptions options = world.options();
  options.limits.http_ms_max = 30;
  options.limits.http_calls_max = 1;
  options.http = [&](HttpCall) -> asio::awaitable<Result<std::string>> {
    asio::steady_timer never(world.executor(), asio::steady_timer::time_point::max());
    co_await never.async_wait(asio::use_awaitable);
    co_return "1";
  };
  const Outcome outcome = world.run(
      "function transform(i, c) { const said = []; for (let i = 0; i < 2; i++) try { "
      "c.http.get('/') } "
      "catch (e) { said.push(e.message) } return said }",
      "0", options);
  ASSERT_TRUE(outcome.output.has_value()) << outcome.output.error().message;
  EXPECT_THAT(*outcome.output, HasSubstr("was not answered within 30 ms"));
  EXPECT_THAT(*outcome.output, HasSubstr("called more than 1 times"));
}

TEST(Script, WaitsForHttpOnlySoLongInAll) {
  World world;
  RunOptions options = world.options();
  options.limits.http_all_ms_max = 60;
  int asked = 0;
  options.http = [&](HttpCall) -> asio::awaitable<Result<std::string>> {
    ++asked;
    asio::steady_timer slow(world.executor(), std::chrono::milliseconds(40));
    co_await slow.async_wait(asio::use_awaitable);
    co_return "1";
  };
  const std::string script =
      "function transform(n, c) { for (let i = 0; i < n; i++) c.http.get('/'); return n }";
  const auto outcomes = world.run_all(script, {"1", "9", "1"}, options);
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_TRUE(outcomes[0].output.has_value());
  EXPECT_THAT(outcomes[1].output.error().message, HasSubstr("may take 60 ms in all"));
  EXPECT_TRUE(outcomes[2].output.has_value()) << "each call has its own time";
  EXPECT_EQ(asked, 4);
}

TEST(Script, KeepsSoManyLogs) {
  World world;
  RunOptions options = world.options();
  options.limits.log_lines_max = 3;
  options.limits.log_bytes_max = kLogLineBytesMax + 100;
  const Outcome outcome = world.run(
      "function transform(i, c) { c.log('x'.repeat(1e6)); c.log('é'.repeat(40)); "
      "c.log('é'.repeat(40)); "
      "c.log('s'); c.log('t'); throw 'at last' }",
      "0", options);
  ASSERT_EQ(outcome.logs.size(), 3U);
  EXPECT_LE(outcome.logs[0].size(), kLogLineBytesMax + 4);
  EXPECT_EQ(outcome.logs[2], "s");
  EXPECT_EQ(outcome.logs_left_out, 2U);
  EXPECT_FALSE(outcome.output.has_value()) << "what it logged is told though it failed";
}

TEST(Pool, KeepsOneProcessForAnOwnersScripts) {
  World world;
  for (int i = 0; i < 3 + static_cast<int>(kScriptsWarmMax); ++i) {
    EXPECT_EQ(world.output("function transform(i) { return i + " + std::to_string(i) + "; }", "1"),
              std::to_string(i + 1));
  }
  EXPECT_EQ(world.output("function transform(i) { return i + 0; }", "1"), "1") << "compiled anew";
  world.settle();
  EXPECT_EQ(world.pool().processes(), 2) << "one, and one that stands ready";
}

TEST(Pool, GivesEveryOwnerAProcessOfItsOwn) {
  World world;
  RunOptions options = world.options();
  const char* script = "function transform(i) { return i; }";
  for (const char* owner : {"a", "b", "c", "d", "a"}) {
    options.owner = owner;
    EXPECT_EQ(*world.run(script, "1", options).output, "1");
    EXPECT_LE(world.pool().processes(), PoolOptions().workers_max + 1);
  }
}

TEST(Pool, EndsAHopAtTheBytesOfItsOutcomes) {
  World world;
  const auto sizes = world.hops("function transform(n) { return 'y'.repeat(1 << n); }",
                                {"20", "20", "20", "20", "20", "1", "1"}, world.options());
  EXPECT_THAT(sizes, ElementsAre(4U, 3U));
}

TEST(Pool, EndsAHopAfterATime) {
  World world;
  const auto sizes = world.hops(
      "function transform(n) { let m = 0; for (let i = 0; i < n; i++) m = (m + i * i) % 7; return "
      "m; }",
      std::vector<std::string>(12, "20000000"), world.options());
  EXPECT_GT(sizes.size(), 1U);
}

TEST(Pool, EndsAHopBehindAnInputThatUsedHttp) {
  World world;
  RunOptions options = world.options();
  options.http = [](HttpCall) -> asio::awaitable<Result<std::string>> { co_return "{}"; };
  const auto sizes = world.hops("function transform(n, c) { if (n != 8) c.http.get(n); return n; }",
                                {"8", "8", "7", "9", "8"}, options);
  EXPECT_THAT(sizes, ElementsAre(3U, 1U, 1U));
}

TEST(Pool, ServesOtherOwnersWhileOneWaitsForHttp) {
  World world;
  int asked = 0, ended = 0;
  const auto ask = [&]() -> asio::awaitable<void> {
    RunOptions options = world.options();
    options.http = [&](HttpCall) -> asio::awaitable<Result<std::string>> {
      ++asked;
      asio::steady_timer slow(world.executor(), std::chrono::seconds(3));
      co_await slow.async_wait(asio::use_awaitable);
      co_return "{}";
    };
    const auto outcome = co_await world.pool().run(
        world.script("function transform(n, c) { c.http.get('/'); return n; }"), "1",
        std::move(options));
    ended += outcome.output ? 1 : 0;
  };
  for (int i = 0; i < 5; ++i) asio::co_spawn(world.executor(), ask(), asio::detached);
  world.run_until([&] { return asked == PoolOptions().http_workers_max; });
  RunOptions other = world.options();
  other.owner = "another";
  EXPECT_EQ(*world.run("function transform(n) { return n; }", "2", other).output, "2");
  EXPECT_EQ(ended, 0);
  EXPECT_EQ(asked, PoolOptions().http_workers_max);
  world.run_until([&] { return ended == 5; });
}

TEST(Pool, TakesTheMarkerOutOfWhatCallsGive) {
  World world;
  RunOptions options = world.options();
  options.marker = ":N0nce";
  const Outcome outcome =
      world.run("function transform(key, c) { c.log(key); return { a: [key + '!'] }; }",
                R"("${k:N0nce}")", options);
  EXPECT_EQ(*outcome.output, R"({"a":["${k}!"]})");
  EXPECT_THAT(outcome.logs, ElementsAre("${k}"));
  EXPECT_THAT(
      world.error("function transform(key) { throw Error(key); }", R"("${k:N0nce}")", options)
          .message,
      HasSubstr("Error: ${k}"));
}

TEST(Pool, ServesManyWhoWait) {
  World world;
  EXPECT_EQ(world.run_at_once("function transform(i) { return i * i; }", 20), 20);
}

TEST(Pool, EndsProcessesThatNobodyUses) {
  WorldOptions world_options;
  world_options.idle_ms_max = 1;
  World world(world_options);
  EXPECT_EQ(world.output("function transform(i) { return i; }", "1"), "1");
  world.run_until([&] { return world.pool().processes() == 0; });
  EXPECT_EQ(world.output("function transform(i) { return i; }", "1"), "1");
}

TEST(Pool, SaysWhatIsMissingWhenItCannotStart) {
  WorldOptions world_options;
  world_options.worker_path = "/nowhere/vouch-script";
  World world(world_options);
  EXPECT_EQ(world.error("function transform(i) { return i; }", "1").code, ErrorCode::kUnavailable);
}

TEST(Pool, RunsWithoutTheCompilerToo) {
  WorldOptions world_options;
  world_options.jit = false;
  World world(world_options);
  EXPECT_EQ(world.output("function transform(i) { let n = 0; for (let k = 0; k < 1e5; k++) n += k; "
                         "return n + i; }",
                         "1"),
            "4999950001");
}

}  // namespace
}  // namespace vouch::script
