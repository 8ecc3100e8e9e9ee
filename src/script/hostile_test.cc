// Scripts that want more than they are given. Each must get nothing, end within its limit with a
// sentence that tells why, and leave the next script unharmed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "script/test_support.h"

namespace vouch::script {
namespace {

using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

struct Hostile {
  const char* name;
  const char* body;    // of transform(input, context)
  const char* expect;  // the output's JSON text, or the reason of the error
};

// What the tests print of a case.
void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

class HostileScript : public testing::TestWithParam<Hostile> {
 protected:
  static void SetUpTestSuite() { world_ = new World; }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static World* world_;
};
World* HostileScript::world_ = nullptr;

// Ends soon, in one of the ways that are expected, and an innocent script runs after it as before.
TEST_P(HostileScript, GetsNothing) {
  const Hostile& hostile = GetParam();
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 300;
  const std::string source =
      std::string("function transform(input, context) {\n") + hostile.body + "\n}";
  const Outcome outcome = world_->run(source, R"({"secret":"of this call"})", options);
  std::string got = outcome.output ? *outcome.output : "";
  if (!outcome.output) {
    const Error& error = outcome.output.error();
    ASSERT_TRUE(error.details.contains("reason")) << error.message;
    got = std::string(error.details.at("reason").as_string());
    EXPECT_FALSE(error.message.empty());
    EXPECT_LE(error.message.size(), kErrorBytesMax + 200);
  }
  EXPECT_THAT("|" + std::string(hostile.expect) + "|", HasSubstr("|" + got + "|"));
  EXPECT_EQ(world_->output("function transform(input) { return [input.length, typeof secret, "
                           "({}).polluted, [].map(String).length, JSON.stringify({a: 1})]; }",
                           "\"abc\""),
            R"([3,"undefined",null,0,"{\"a\":1}"])");
}

const Hostile kHostile[] = {
    // Prototypes, globals and what leads to them.
    {"prototype_pollution",
     "try { Object.prototype.polluted = 1 } catch (e) {} try { Object.defineProperty("
     "Object.prototype, 'polluted', {value: 1}) } catch (e) {} try { input.__proto__.polluted = 1 "
     "} "
     "catch (e) {} return ({}).polluted === undefined",
     "true"},
    {"prototype_of_json",
     "const o = JSON.parse('{\"__proto__\": {\"polluted\": 1}}'); Object.assign({}, o); return "
     "({}).polluted === undefined",
     "true"},
    {"replaced_builtins",
     "try { JSON.stringify = () => '1' } catch (e) {} try { Array.prototype.map = 1 } catch (e) {} "
     "try { String.prototype.includes = () => false } catch (e) {} return {n: 0 / 0, s: null}",
     "result"},
    {"replaced_prototype", "Object.setPrototypeOf(Array.prototype, {polluted: 1}); return 1",
     "threw"},
    {"replaced_iterator",
     "[][Symbol.iterator]().__proto__.next = () => ({done: true}); let n = 0; for (const each of "
     "[1, 2]) n += each; return n",
     "3"},
    {"globals", "globalThis.secret = input; return Object.keys(globalThis)", "[]"},
    {"undeclared", "secret = input; return typeof secret", "\"undefined\""},
    {"last_match", "/(.*)/.exec(input.secret); return [RegExp.$1, RegExp.lastMatch, RegExp['$&']]",
     "[null,null,null]"},
    {"frozen_wrapper",
     "function inner() { return inner.caller } const c = inner(); try { c.secret = 1; } catch (e) "
     "{} try { arguments.callee.caller.secret = 1 } catch (e) {} return 1",
     "1"},
    // Code made of text.
    {"constructor_of_this", "return this.constructor.constructor('return 1')()", "threw"},
    {"constructor_of_function", "return (function () {}).constructor('return 1')()", "threw"},
    {"constructor_of_async", "return (async () => {}).constructor('return 1')()", "threw"},
    {"constructor_of_generator", "return (function* () {}).constructor('return 1')().next()",
     "threw"},
    {"constructor_of_log", "return context.log.constructor('return 1')()", "threw"},
    {"constructor_of_http", "return context.http.get.constructor('return this')()", "threw"},
    {"eval", "return eval('1')", "threw"},
    {"indirect_eval", "return (0, eval)('var kept = 1')", "threw"},
    {"import", "return import('fs').then === undefined", "result|threw|false"},
    // What is not there.
    {"capabilities",
     "return ['require', 'process', 'console', 'fetch', 'setTimeout', 'WebAssembly', 'Atomics', "
     "'SharedArrayBuffer', 'WeakRef', 'FinalizationRegistry', 'Worker', 'load', 'readFile', '$vm', "
     "'$', 'gc', 'print', 'module', 'performance', 'queueMicrotask', 'ShadowRealm'].filter((name) "
     "=> name in globalThis)",
     "[]"},
    {"randomness", "return Math.random()", "threw"},
    {"http", "return context.http.get('http://127.0.0.1:80/')", "threw"},
    {"file", "return context.http.get('file:///etc/passwd')", "threw"},
    // Time.
    {"loop", "for (;;);", "time"},
    {"loop_that_catches", "for (;;) { try { for (;;); } catch (e) {} finally { continue } }",
     "time"},
    {"loop_at_load_like", "while (true) { input = [input] }", "time|threw|memory"},
    {"promises", "(async () => { for (;;) await null })(); return 1", "time"},
    {"promise_chain", "const again = () => Promise.resolve().then(again); again(); return 1",
     "time"},
    {"thenable", "return { then(done) { for (;;); } }", "result"},
    {"regular_expression", "return /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(80))",
     "time|false"},
    {"sort", "return new Array(1e7).fill(0).map((_, i) => -i).sort((a, b) => a - b).length",
     "time|memory"},
    {"getter_loop", "return { get a() { for (;;); } }", "time"},
    {"to_json_loop", "return { toJSON() { for (;;); } }", "time"},
    {"proxy_loop", "return new Proxy({}, { ownKeys() { for (;;); } })", "time"},
    {"error_loop", "throw { get message() { for (;;); }, toString() { for (;;); } }", "time"},
    {"error_name_loop",
     "const e = new Error('a'); Object.defineProperty(e, 'name', { get() { for (;;); } }); throw e",
     "time"},
    {"number_text", "return (2n ** 5000000n).toString().length > 0", "time|true|threw"},
    // Depth.
    {"recursion", "return transform(input, context)", "threw"},
    {"deep_output", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a", "result|time"},
    {"rather_deep_output", "let a = []; for (let i = 0; i < 600; i++) a = [a]; return a", "result"},
    {"deep_getters", "const make = () => ({ get a() { return make() }, n: null }); return make()",
     "result|time"},
    {"deep_source", "return JSON.parse('['.repeat(1e6))", "threw|time"},
    {"deep_expression", "return RegExp('('.repeat(1e6))", "threw|time|memory"},
    // Memory and size.
    {"string", "let s = 'a'; for (;;) s += s", "threw"},
    {"four_gigabytes", "return 'abcd'.repeat(2 ** 30)", "threw"},
    {"joined", "return new Array(2 ** 28).join('abcd').length > 0", "threw|memory|time|crash|true"},
    {"typed_array", "const all = []; for (;;) all.push(new Uint8Array(1 << 24).fill(1))",
     "memory|threw|time"},
    {"huge_typed_array", "return new Uint8Array(2 ** 33).length > 0", "threw|memory|true"},
    {"array", "const all = []; for (;;) all.push(new Array(1000).fill(all.length))",
     "memory|time|threw"},
    {"sparse_array", "const a = []; a[4294967294] = 1; return a",
     "threw|time|memory|result|output"},
    {"map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'x' + i)", "time|memory|threw"},
    {"output", "return 'x'.repeat(9 << 20)", "output"},
    {"output_of_many", "return new Array(5e6).fill('xxxxxxxx')", "output|memory|time"},
    {"error_text", "throw 'x'.repeat(1e7)", "threw"},
    {"logs", "for (let i = 0; i < 1e5; i++) context.log('x'.repeat(1000)); return 1", "1|time"},
    // Results and errors that are not what they seem.
    {"throwing_getter", "return { get a() { throw new Error('no') } }", "result"},
    {"throwing_to_json", "return { toJSON() { throw null } }", "result"},
    {"to_json_of_string", "return { toJSON: () => '\"},{\"' }", R"("\"},{\"")"},
    {"raw_text", "return JSON.rawJSON ? JSON.rawJSON('1') : 1", "1|{\"rawJSON\":\"1\"}"},
    {"throwing_error", "throw { get message() { throw 1 }, toString() { throw 2 } }", "threw"},
    {"proxied_error", "throw new Proxy(new Error('a'), { get() { throw 1 } })", "threw"},
    {"null_error", "throw null", "threw"},
    {"throwing_text", "throw { toJSON() { throw 1 } }", "threw"},
    {"revoked", "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy",
     "result|threw"},
    {"lone_surrogates", "return '\\ud800'", "result"},
    {"report",
     "const e = new Error('a'); e.line = -1; e.column = 1e300; e.sourceURL = 'transform.js'; throw "
     "e",
     "threw"},
};
INSTANTIATE_TEST_SUITE_P(All, HostileScript, testing::ValuesIn(kHostile),
                         [](const auto& info) { return info.param.name; });

// What a script cannot write because it ends the function that it is put into.
TEST(HostileSource, StaysWithinItsFunction) {
  World world;
  for (const char* source :
       {"}); globalThis.kept = 1; (() => {", "return 1", "}; function transform() {} {", "*/ }) /*",
        "`", "/*", "}})", "await 1", "import 'a'", "export default 1", "super()", "new.target"}) {
    EXPECT_EQ(world.reason(source, "1"), "syntax") << source;
  }
  EXPECT_EQ(world.reason("for (;;);", "1"), "time") << "also while it is loaded";
  EXPECT_EQ(world.output("function transform() { return 1 } // }", "1"), "1");
  EXPECT_EQ(world.output("<!-- } \nfunction transform() { return 1 }\n--> }", "1"), "1");
}

TEST(HostileSource, IsRefusedWhenItIsNotText) {
  EXPECT_FALSE(Script::make(std::string("a\0b", 3)).has_value());
  EXPECT_FALSE(Script::make("\xff").has_value());
  EXPECT_EQ(Script::make(std::string(kSourceBytesMax + 1, ' ')).error().code,
            ErrorCode::kPayloadTooLarge);
}

// Whatever a call can reach is its own, or frozen: there is nowhere to leave anything. But for the
// accessors of RegExp.prototype, which every call looks at first.
TEST(HostileScripts, FindNothingToKeepASecretIn) {
  World world;
  const std::string probe =
      "function transform(input, context) {\n"
      "  const seen = new Set(), open = [];\n"
      "  const own = new Set([transform, transform.prototype, input, context, seen, open]);\n"
      "  const visit = (value, path) => {\n"
      "    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) "
      "return;\n"
      "    if (seen.has(value) || own.has(value)) return;\n"
      "    seen.add(value);\n"
      "    if (!Object.isFrozen(value)) open.push(value === RegExp.prototype ? "
      "Reflect.ownKeys(value)"
      ".filter((key) => { const d = Object.getOwnPropertyDescriptor(value, key); "
      "return d.get ? d.set : d.writable || d.configurable; }).concat(Object.isExtensible(value)) "
      ": "
      "path);\n"
      "    visit(Object.getPrototypeOf(value), path + '.__proto__');\n"
      "    for (const key of Reflect.ownKeys(value)) {\n"
      "      const d = Object.getOwnPropertyDescriptor(value, key);\n"
      "      visit(d.value, path + '.' + String(key)); visit(d.get, path + '.get ' + String(key)); "
      "visit(d.set, path + '.set ' + String(key));\n"
      "    }\n"
      "  };\n"
      "  visit(globalThis, 'global'); visit(context.log, 'log'); visit(context.http, 'http');\n"
      "  const fresh = { array: [].values(), map: new Map().keys(), set: new Set().keys(), string: "
      "''[Symbol.iterator](), match: 'a'.matchAll(/a/g), generator: "
      "Object.getPrototypeOf((function* () {})()), "
      "async_generator: Object.getPrototypeOf((async function* () {})()), promise: (async () => "
      "{})(), helper: "
      "[].values().map((x) => x), wrapped: Iterator.from({ next() {} }), flat: "
      "[].values().flatMap((x) => [x]), segments: new Intl.Segmenter().segment('a'), segment: new "
      "Intl.Segmenter().segment('a')[Symbol.iterator](), date: new Intl.DateTimeFormat(), buffer: "
      "new "
      "ArrayBuffer(1), arguments, literal: /a/, template: ((t) => t)`a`, weak: new WeakMap(), big: "
      "Object(1n), symbol: Object(Symbol.iterator), error: new RangeError(''), bound: (() => "
      "1).bind(null), class: class {}, format: new Intl.NumberFormat().format };\n"
      "  for (const key of Object.keys(fresh)) visit(Object.getPrototypeOf(fresh[key]), key + "
      "'.__proto__');\n"
      "  return [open, seen.size > 500];\n"
      "}";
  EXPECT_EQ(world.output(probe, "{}"), "[[[false]],true]");
}

TEST(HostileScripts, LeaveNothingInWhatIsNotFrozen) {
  World world;
  // What a call sees of RegExp.prototype, and then what it does to it.
  const auto script = [](const std::string& body) {
    return "function transform(input) { const seen = Reflect.ownKeys(RegExp.prototype).map((key) "
           "=> "
           "{ const d = Object.getOwnPropertyDescriptor(RegExp.prototype, key); "
           "return [String(key), d && d.enumerable, d && d.get ? String(d.get) : 0]; });\n" +
           body + "\n return seen; }";
  };
  const std::string untouched = world.output(script(""), "0");
  EXPECT_THAT(untouched, testing::HasSubstr("get sticky"));
  for (const char* body : {
           "delete RegExp.prototype.flags;",
           "Promise.resolve().then(() => delete RegExp.prototype.global);",
           "const own = Object.getOwnPropertyDescriptor(RegExp.prototype, 'sticky');"
           "Object.defineProperty(RegExp.prototype, 'sticky', own);",
           "Object.defineProperty(RegExp.prototype, 'source', { enumerable: true });",
           "Object.defineProperty(RegExp.prototype, 'dotAll', { get() { return input; } });",
       }) {
    const auto outcomes = world.run_all(script(body), {"1", "2", "3"});
    ASSERT_EQ(outcomes.size(), 3U);
    for (const Outcome& outcome : outcomes) {
      EXPECT_EQ(outcome.output ? *outcome.output : outcome.output.error().message, untouched)
          << body;
    }
  }
}

// What one workspace's script was given is nowhere in the process that runs another's.
TEST(HostileScripts, ShareNoProcessWithAnotherOwner) {
  World world;
  RunOptions first = World::options(), second = World::options();
  first.owner = "first";
  second.owner = "second";
  const char* script =
      "const kept = []; function transform(input) { kept.push(input); globalThis.k = kept; return "
      "[kept.length, typeof k] }";
  for (const RunOptions& options : {first, second, first}) {
    EXPECT_EQ(*world.run(script, "1", options).output, R"([1,"undefined"])");
  }
}

// A script that broke out of the engine would be in this process.
TEST(HostileScripts, RunWhereNothingCanBeOpened) {
  World world;
  EXPECT_EQ(world.output("function transform() { return 1 }", "1"), "1");
  const std::string status = world.status_of_worker();
  EXPECT_THAT(status, HasSubstr("Seccomp:\t2"));
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(status, HasSubstr("CapEff:\t0000000000000000"));
}

TEST(HostileScripts, EndABatchThatCostsProcesses) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 50;
  const auto began = Clock::now();
  const auto outcomes = world.run_all(
      "function transform(i) { if (i > 1) for (;;); return i }",
      std::vector<std::string>{"0", "1", "2", "3", "1", "4", "1", "5", "6", "1", "1"}, options);
  ASSERT_EQ(outcomes.size(), 11U);
  EXPECT_EQ(*outcomes[1].output, "1");
  EXPECT_EQ(outcomes[2].output.error().code, ErrorCode::kTimeout);
  EXPECT_EQ(*outcomes[4].output, "1") << "what came between is run by the next process";
  EXPECT_EQ(outcomes[7].output.error().details.at("reason"), "given_up");
  EXPECT_EQ(outcomes[10].output.error().details.at("reason"), "given_up");
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(10));
}

// What the kernel ends loses the outcomes that were on their way; they are had again.
TEST(HostileScripts, CostNoOutcomeOfAnotherInput) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 50;
  std::vector<std::string> inputs;
  for (int i = 0; i < 40; ++i) inputs.push_back(std::to_string(i));
  const auto outcomes = world.run_all(
      "function transform(i) { if (i === 20) (async () => { for (;;) await null })(); return i }",
      inputs, options);
  ASSERT_EQ(outcomes.size(), inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (i == 20) {
      EXPECT_EQ(outcomes[i].output.error().code, ErrorCode::kTimeout);
    } else {
      EXPECT_EQ(outcomes[i].output.value_or("none"), inputs[i]);
    }
  }
}

TEST(HostileScripts, AskNothingOfOthersTwice) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 50;
  int asked = 0;
  options.http = [&](HttpCall) -> asio::awaitable<Result<std::string>> {
    ++asked;
    co_return "1";
  };
  const auto outcomes = world.run_all(
      "function transform(i, c) { c.http.post('/'); if (i === 1) (async () => { for (;;) await "
      "null "
      "})(); return i }",
      {"0", "1", "2"}, options);
  EXPECT_EQ(outcomes[1].output.error().code, ErrorCode::kTimeout);
  EXPECT_EQ(*outcomes[2].output, "2");
  EXPECT_EQ(asked, 3);
}

TEST(HostileScripts, AreEndedWithinTheirTime) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 200;
  for (const char* body : {"for (;;);", "(async () => { for (;;) await null })()",
                           "return /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(80))"}) {
    const auto began = Clock::now();
    const Error error =
        world.error(std::string("function transform() { ") + body + " }", "0", options);
    EXPECT_EQ(error.code, ErrorCode::kTimeout) << body << ": " << error.message;
    EXPECT_THAT(error.message, HasSubstr("more than 200 ms"));
    EXPECT_LT(Clock::now() - began, std::chrono::seconds(4)) << body;  // on a busy machine
  }
  const Error error = world.error(
      "function transform() {\n  for (;;) {\n    transform.n = 1;\n  }\n}", "0", options);
  EXPECT_EQ(error.details.at("line"), 3) << error.message;
}

TEST(HostileScripts, AreEndedWithinTheirTimeAmongQuickOnes) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 200;
  const auto began = Clock::now();
  const auto outcomes = world.run_all(
      "function transform(input, context) {\n  context.log(input);\n"
      "  while (input === 2);\n  return input;\n}",
      {"0", "1", "2", "3"}, options);
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(8));  // on a busy machine
  ASSERT_EQ(outcomes.size(), 4U);
  for (const int i : {0, 1, 3}) EXPECT_EQ(*outcomes[i].output, std::to_string(i));
  ASSERT_FALSE(outcomes[2].output.has_value());
  EXPECT_EQ(outcomes[2].output.error().code, ErrorCode::kTimeout);
  EXPECT_EQ(outcomes[2].output.error().details.at("line"), 2);
  EXPECT_EQ(outcomes[2].logs, std::vector<std::string>{"2"});
}

TEST(HostileScripts, AreEndedAtTheirMemory) {
  World world;
  RunOptions options = World::options();
  options.limits.cpu_ms_max = 20'000;
  const Error error = world.error(
      "function transform() { const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1)); "
      "}",
      "0", options);
  EXPECT_EQ(error.code, ErrorCode::kPayloadTooLarge) << error.message;
  EXPECT_EQ(error.message, "The script used more memory than it may; let it keep less at a time.");
}

// The answer of a worker that a caller no longer waits for is nobody's.
TEST(HostileScripts, LeaveNothingWhenTheCallerLeaves) {
  World world;
  world.start_and_leave("function transform(i) { for (;;); }", "\"left\"");
  EXPECT_EQ(world.output("function transform(i) { return i }", "\"next\""), "\"next\"");
}

TEST(HostileScripts, LeaveNothingWhenTheCallerLeavesWhileTheyAreLoaded) {
  World world;
  world.start_and_leave("for (;;);", "\"left\"");
  EXPECT_EQ(world.output("function transform(i) { return i }", "\"next\""), "\"next\"");
}

}  // namespace
}  // namespace vouch::script
