// vouch adapters generate --watch: the program itself, at a pseudo-terminal and without one, with a
// server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/algorithm/string/trim_all.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/exit_code.h"
#include "cli/watching_test.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

// Two fields fit, and the third input shows that they are two.
constexpr const char* kOpen =
    R"({"id": "tea", "input": {"label": "Tea", "net": 5, "gross": 5}, "expectedOutput": {"name": "Tea", "price": 5}}
{"id": "pie", "input": {"label": "Pie", "net": 8, "gross": 8}, "expectedOutput": {"name": "Pie", "price": 8}}
{"id": "rum", "input": {"label": "Rum", "net": 7, "gross": 9}}
)";
constexpr const char* kSchema = R"({"type": "object", "required": ["name", "price"],
  "properties": {"name": {"type": "string"}, "price": {"type": "number"}}})";

class AdaptersWatchTest : public testing::Test {
 protected:
  AdaptersWatchTest() {
    std::string pattern = testing::TempDir() + "watch-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ / "open.ndjson") << kOpen;
    std::ofstream(folder_ / "schema.json") << kSchema;
    const std::string data = folder_ / "data";
    server_ = std::make_unique<Watching>(
        std::vector<std::string>{"serve", "--data", data, "--listen", "127.0.0.1:0"}, false);
    EXPECT_TRUE(server_->says("listening on ")) << server_->said();
    EXPECT_TRUE(server_->says("\n"));
    const std::string& said = server_->said();
    const std::size_t at = said.find("listening on ") + std::string("listening on ").size();
    url_ = said.substr(at, said.find_first_of(" \r\n", at) - at);
    Watching keys({"keys", "create", "--name", "test", "--data", data, "--json"}, false);
    EXPECT_EQ(keys.end(), 0) << keys.said();
    key_ = json::parse(keys.said()).at("key").as_string();
  }
  ~AdaptersWatchTest() override {
    server_.reset();
    fs::remove_all(folder_);
  }

  std::vector<std::string> generate(const std::string& provider,
                                    const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"--server",  url_,
                                      "--api-key", key_,
                                      "adapters",  "generate",
                                      provider,    "prices",
                                      "--samples", folder_ / "open.ndjson",
                                      "--schema",  folder_ / "schema.json",
                                      "--watch"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  fs::path folder_;
  std::unique_ptr<Watching> server_;
  std::string url_, key_;
};

TEST_F(AdaptersWatchTest, AtATerminalItDrawsAsksAndTakesTheAnswer) {
  Watching watching(generate("kettle"), true);
  ASSERT_TRUE(watching.says("Answer: ")) << watching.said();
  EXPECT_THAT(watching.said(), HasSubstr("price (sample rum)"));
  watching.forget();
  watching.type("nonsense\n");
  ASSERT_TRUE(watching.says("Answer: ")) << "what is no answer is asked again: " << watching.said();
  watching.type("1b\n");
  EXPECT_EQ(watching.end(), 0) << watching.said();
  EXPECT_THAT(watching.said(), HasSubstr("\x1b[")) << "the line of progress is redrawn in place";
  EXPECT_THAT(watching.said(), HasSubstr("vouch adapters activate"));
}

TEST_F(AdaptersWatchTest, ElsewhereItPrintsPlainLinesAndEndsWhereItWouldAsk) {
  Watching watching(generate("kettle"), false);
  EXPECT_EQ(watching.end(), static_cast<int>(ExitCode::kClarificationNeeded)) << watching.said();
  EXPECT_THAT(watching.said(), Not(HasSubstr("\x1b"))) << "nothing is drawn";
  EXPECT_THAT(watching.said(), HasSubstr("gathering: 3 samples, 2 with an expected output"));
  EXPECT_THAT(watching.said(), HasSubstr("testing: Attempt 1: 3 of 3 samples exact"));
  EXPECT_THAT(watching.said(), HasSubstr("vouch adapters respond 1 --response \"1a\""));

  Watching status({"--server", url_, "--api-key", key_, "adapters", "status", "1", "--json"},
                  false);
  EXPECT_EQ(status.end(), 0) << status.said();
  Watching followed(generate("samovar", {"--json"}), false);
  EXPECT_EQ(followed.end(), static_cast<int>(ExitCode::kClarificationNeeded)) << followed.said();
  EXPECT_EQ(json::parse(followed.said()).at("job").at("status"),
            json::parse(status.said()).at("job").at("status"));

  Watching answered(generate("teapot", {"--answer", "1b"}), false);
  EXPECT_EQ(answered.end(), 0) << answered.said();
  EXPECT_THAT(answered.said(), HasSubstr("done: Version 1 is kept as a candidate."));
}

TEST_F(AdaptersWatchTest, WhereJsonIsAskedForJsonIsWhatIsShownToGive) {
  std::ofstream(folder_ / "open.ndjson") << R"({"id": "tea", "input": {"x1": "a"}})" << "\n";
  Watching watching(generate("kettle"), false);
  EXPECT_EQ(watching.end(), static_cast<int>(ExitCode::kClarificationNeeded)) << watching.said();
  EXPECT_THAT(watching.said(), HasSubstr("Answer with JSON."));
  EXPECT_THAT(watching.said(), HasSubstr("adapters respond 1 --response \"$(cat answer.json)\""));
}

TEST_F(AdaptersWatchTest, WhatTheScriptAssumesIsToldBeforeItIsActivated) {
  std::ofstream lines(folder_ / "open.ndjson");
  for (const int i : {1, 2, 3, 4})
    lines << R"({"id": ")" << i << R"(", "input": {"label": "Tea )" << i << R"(", "net": )" << i * 7
          << R"(, "type": ")" << (i % 2 == 0 ? "sale" : "gift")
          << R"("}, "expectedOutput": {"name": "Tea )" << i << R"(", "price": )" << i * 7
          << R"(, "kind": ")" << (i % 2 == 0 ? "SOLD" : "GIVEN") << "\"}}\n";
  lines.close();
  Watching watching(generate("kettle"), false);
  EXPECT_EQ(watching.end(), 0) << watching.said();
  const std::string assumed =
      "assumed: kind: chosen by input.type: any other value leaves it out\n";
  EXPECT_THAT(watching.said(), HasSubstr(assumed));
  Watching status({"--server", url_, "--api-key", key_, "adapters", "status", "1"}, false);
  EXPECT_EQ(status.end(), 0);
  EXPECT_THAT(status.said(), HasSubstr(assumed)) << "later, too";
}

TEST_F(AdaptersWatchTest, AnErrorNamesCommandsAndNoCallsOfTheServer) {
  const auto said = [&](std::vector<std::string> command) {
    command.insert(command.begin(), {"--server", url_, "--api-key", key_});
    Watching watching(command, false);
    EXPECT_NE(watching.end(), 0);
    return boost::algorithm::trim_fill_copy(watching.said(), " ");  // as it was before lines
  };
  EXPECT_THAT(said({"adapters", "status", "77"}), HasSubstr("`vouch adapters jobs` lists those"));
  const std::string topic = said({"topics", "show", "nowhere"});
  EXPECT_THAT(topic, HasSubstr("There are `list_remote_outlets`, `order_dispatch`"));
  EXPECT_THAT(topic, HasSubstr("`vouch topics list` lists them."));
  EXPECT_THAT(topic, HasSubstr("`vouch topics put <topic>` makes one of your own."));
}

TEST_F(AdaptersWatchTest, WhatIsTooLargeIsToldWithWhatToDo) {
  const auto said = [&](std::vector<std::string> command) {
    command.insert(command.begin(), {"--server", url_, "--api-key", key_});
    Watching watching(command, false);
    EXPECT_NE(watching.end(), 0);
    return boost::algorithm::trim_fill_copy(watching.said(), " ");
  };
  const std::string much(400'000, 'x');
  std::ofstream lines(folder_ / "much.ndjson");
  for (int i = 0; i < 4; ++i) {
    const std::string sample = R"({"label": ")" + much + "\"}";
    std::ofstream(folder_ / ("much" + std::to_string(i) + ".input.json")) << sample;
    lines << "{\"input\": " << sample << "}\n";
  }
  lines.close();
  fs::remove(folder_ / "schema.json");
  for (const std::string& samples : {folder_.string(), (folder_ / "much.ndjson").string()}) {
    const std::string told =
        said({"adapters", "generate", "kettle", "sync_products", "--samples", samples});
    EXPECT_THAT(told, HasSubstr("arger than 1")) << told;
    EXPECT_THAT(told, HasSubstr("vouch samples add kettle sync_products --name NAME --input @"));
  }
}

// 8 MB behind it are more than the server takes after it has answered.
TEST_F(AdaptersWatchTest, AConnectionThatTheServerEndsIsNoServerThatDoesNotAnswer) {
  std::ofstream(folder_ / "open.ndjson")
      << R"({"input": {"label": "Tea", "net": 5}, "expectedOutput": {"name": "Tea", "price": 5}})"
      << "\n"
      << R"({"input": {"label": "Pie", "net": 8}, "expectedOutput": {"name": "Pie", "price": 8}})"
      << "\n";
  Watching made(generate("kettle"), false);
  ASSERT_EQ(made.end(), 0) << made.said();
  Watching active({"--server", url_, "--api-key", key_, "adapters", "activate", "1"}, false);
  ASSERT_EQ(active.end(), 0) << active.said();
  const std::string tea = R"({"label": "Tea", "net": 5})";
  for (const std::size_t megabytes : {2, 16}) {
    std::ofstream(folder_ / "lines.ndjson")
        << tea << "\n{\"label\": \"" << std::string(megabytes << 20, 'x') << "\"}\n";
    Watching watching({"--server", url_, "--api-key", key_, "adapters", "transform", "kettle",
                       "prices", "--lines", folder_ / "lines.ndjson"},
                      false);
    EXPECT_NE(watching.end(), 0);
    const std::string told = boost::algorithm::trim_fill_copy(watching.said(), " ");
    EXPECT_THAT(told, HasSubstr("\"price\":5}"));
    EXPECT_THAT(told, HasSubstr("A line is larger than 1048576 bytes."));
    EXPECT_THAT(told, HasSubstr("1 of 2 lines failed"));
    EXPECT_THAT(told, Not(HasSubstr("No server answers")));
    if (megabytes > 4) {
      EXPECT_THAT(told, HasSubstr("ended the connection"));
    }
  }
}

TEST_F(AdaptersWatchTest, AKeyForAFolderThatIsMadeForItSaysSo) {
  const std::string other = folder_ / "other";
  Watching first({"keys", "create", "--name", "me", "--data", other}, false);
  EXPECT_EQ(first.end(), 0);
  EXPECT_THAT(first.said(), HasSubstr("unknown to one with another"));
  Watching second({"keys", "create", "--name", "me", "--data", other}, false);
  EXPECT_EQ(second.end(), 0);
  EXPECT_THAT(second.said(), Not(HasSubstr("unknown to one with another")));
}

TEST_F(AdaptersWatchTest, SomebodyElsesAnswerIsAnAnswerToo) {
  Watching watching(generate("kettle"), true);
  ASSERT_TRUE(watching.says("Answer: ")) << watching.said();
  Watching other(
      {"--server", url_, "--api-key", key_, "adapters", "respond", "1", "--response", "1b"}, false);
  EXPECT_EQ(other.end(), 0) << other.said();
  watching.type("1a\n");
  EXPECT_EQ(watching.end(), 0) << watching.said();
  EXPECT_THAT(watching.said(), HasSubstr("vouch adapters activate"));
}

TEST_F(AdaptersWatchTest, WhatOnlyAWatcherCanDoIsRefusedWithoutOne) {
  std::vector<std::string> words = generate("kettle", {"--answer", "1b"});
  std::erase(words, "--watch");
  Watching refused(words, false);
  EXPECT_EQ(refused.end(), static_cast<int>(ExitCode::kUsage)) << refused.said();
  EXPECT_THAT(refused.said(), HasSubstr("--watch"));
}

TEST_F(AdaptersWatchTest, WhatIsNotNamedOfAProviderStays) {
  const auto providers = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"--server", url_, "--api-key", key_, "providers"};
    words.insert(words.end(), more.begin(), more.end());
    Watching call(words, false);
    EXPECT_EQ(call.end(), 0) << call.said();
    return call.said();
  };
  providers({"put", "kettle", "--base-url", "https://api.kettle.example/v1", "--config",
             R"({"store": 4})", "--auth-kind", "bearer"});
  providers({"put", "kettle", "--secrets", R"({"apiKey": "s3cr3t-1"})"});
  const std::string shown = providers({"show", "kettle", "--json"});
  EXPECT_THAT(shown, HasSubstr("https://api.kettle.example/v1"));
  EXPECT_THAT(shown, HasSubstr("\"store\": 4"));
  EXPECT_THAT(shown, HasSubstr("bearer"));
  EXPECT_THAT(providers({"put", "kettle", "--config", "{}"}), HasSubstr("config"));
}

TEST_F(AdaptersWatchTest, AFileOfManyPayloadsIsSentAsItIsRead) {
  std::vector<std::string> call = {"--server", url_, "--api-key", key_, "adapters"};
  const auto adapters = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = call;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  EXPECT_EQ(Watching(generate("kettle", {"--answer", "1b"}), false).end(), 0);
  EXPECT_EQ(Watching(adapters({"activate", "1"}), false).end(), 0);
  const std::string wide(1000, 'x');
  {
    std::ofstream lines(folder_ / "lines.ndjson");
    for (int i = 0; i < 5000; ++i)
      lines << R"({"label": "Tea", "net": 1, "gross": )" << i << R"(, "wide": ")" << wide
            << "\"}\n";
    lines << "{broken\n";
  }
  Watching streamed(
      adapters({"transform", "kettle", "prices", "--lines", folder_ / "lines.ndjson"}), false);
  EXPECT_EQ(streamed.end(), static_cast<int>(ExitCode::kJobFailed));
  EXPECT_THAT(streamed.said(), HasSubstr("\"price\":4999}"));
  EXPECT_THAT(streamed.said(), HasSubstr("\"line\":5001}"));
  EXPECT_THAT(streamed.said(), HasSubstr("1 of 5001 lines failed"));
  Watching neither(adapters({"transform", "kettle", "prices"}), false);
  EXPECT_EQ(neither.end(), static_cast<int>(ExitCode::kUsage));
  EXPECT_THAT(neither.said(), HasSubstr("or many: --lines"));
  Watching none(adapters({"transform", "nobody", "prices", "--lines", folder_ / "lines.ndjson"}),
                false);
  EXPECT_EQ(none.end(), static_cast<int>(ExitCode::kError));
  EXPECT_THAT(none.said(), HasSubstr("No script is active for nobody/prices"));
}

}  // namespace
}  // namespace vouch::cli
