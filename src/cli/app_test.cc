// The whole server in this process, spoken to over HTTP as the command line does.
#include "cli/app.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <future>
#include <thread>

#include "cli/command_line.h"
#include "cli/embedded.h"
#include "cli/generation_target.h"
#include "cli/json_read.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

class AppTest : public testing::Test {
 protected:
  AppTest() {
    std::string pattern = testing::TempDir() + "app-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~AppTest() override { fs::remove_all(folder_); }

  std::unique_ptr<EmbeddedServer> start() {
    auto started = EmbeddedServer::start(folder_ / "data", {});
    EXPECT_TRUE(started) << started.error().message;
    return started ? std::move(*started) : nullptr;
  }

  fs::path folder_;
};

// A server as `vouch serve` runs it, but for the signals.
class Serving {
 public:
  explicit Serving(const fs::path& data) : app_(options(data)) {
    std::promise<Ready> ready;
    thread_ =
        std::thread([&] { ended_ = app_.run([&](const Ready& now) { ready.set_value(now); }); });
    ready_ = ready.get_future().get();
  }
  ~Serving() { stop(); }
  void stop() {
    app_.stop();
    if (thread_.joinable()) thread_.join();
  }
  const Ready& ready() const { return ready_; }
  const Result<void>& ended() const { return ended_; }

 private:
  static AppOptions options(const fs::path& data) {
    AppOptions options;
    options.data_dir = data;
    options.listen = "127.0.0.1:0";
    options.handle_signals = false;
    return options;
  }
  App app_;
  std::thread thread_;
  Ready ready_;
  Result<void> ended_;
};

constexpr const char* kGherkin = "Feature: Greet\n  Scenario: Hello\n    Then I see \"Hello\"\n";

TEST_F(AppTest, AnEmbeddedServerAnswersLikeAnyOther) {
  auto embedded = start();
  Client client(embedded->server());
  auto project = find_or_create_project(client, "shop", "http://localhost:3000", {});
  ASSERT_TRUE(project) << project.error().message;
  EXPECT_EQ(*find_or_create_project(client, "shop", "http://localhost:3000", {}), *project);
  const json::object reset{{"reset", {{"method", "POST"}, {"url", "/reset"}}}};
  auto other = find_or_create_project(client, "shop", "http://localhost:3000", reset);
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_NE(*other, *project);
  EXPECT_EQ(*find_or_create_project(client, "shop", "http://localhost:3000", reset), *other);
}

TEST_F(AppTest, AFeatureIsMadeOnceAndThenChanged) {
  auto embedded = start();
  Client client(embedded->server());
  GenerationTarget target;
  target.project = *find_or_create_project(client, "shop", "http://localhost:3000", {});
  target.file = FeatureFile{"greet.feature", kGherkin, "Greet"};
  auto put = put_feature(client, target, true);
  ASSERT_TRUE(put) << put.error().message;
  const std::string id = target.feature;
  target.file->text += "    And I see \"World\"\n";
  ASSERT_TRUE(put_feature(client, target, true));
  EXPECT_EQ(target.feature, id);
  auto feature = client.call("get_feature", target.params());
  ASSERT_TRUE(feature);
  EXPECT_EQ(text_of(as_object(*feature), "gherkin"), target.file->text);
}

TEST_F(AppTest, WhatWasKeptIsThereAfterARestart) {
  std::string project;
  {
    auto embedded = start();
    Client client(embedded->server());
    project = *find_or_create_project(client, "shop", "http://localhost:3000", {});
  }
  auto embedded = start();
  Client client(embedded->server());
  EXPECT_FALSE(embedded->is_temporary());
  EXPECT_EQ(*find_or_create_project(client, "shop", "http://localhost:3000", {}), project);
}

TEST_F(AppTest, AFolderInUseIsLeftAloneByASecondEmbeddedServer) {
  auto first = start();
  fs::path temporary;
  {
    auto second = start();
    EXPECT_TRUE(second->is_temporary());
    temporary = second->data_dir();
    EXPECT_TRUE(Client(second->server()).call("list_projects", {}));
  }
  EXPECT_FALSE(fs::exists(temporary));
}

TEST_F(AppTest, AKeyMadeInTheFolderOpensItsServer) {
  ops::NewKey wish;
  wish.name = "ci";
  auto made = create_key_in_folder((folder_ / "data").string(), wish);
  ASSERT_TRUE(made) << made.error().message;
  Serving serving(folder_ / "data");
  Client client({serving.ready().url, text_of(*made, "key"), ""});
  EXPECT_TRUE(client.call("list_projects", {}));
}

// A list is one value, whatever the parser of the command line makes of brackets.
TEST_F(AppTest, WhatACommandIsGivenAsJsonIsKeptAsItIs) {
  ops::NewKey wish;
  wish.name = "ci";
  auto made = create_key_in_folder((folder_ / "data").string(), wish);
  ASSERT_TRUE(made) << made.error().message;
  Serving serving(folder_ / "data");
  for (const char* input : {"[1]", "[1,2]", "[]", "[{\"id\":1}]"}) {
    std::vector<std::string> words{"vouch",
                                   "--server",
                                   serving.ready().url,
                                   "--api-key",
                                   text_of(*made, "key"),
                                   "samples",
                                   "add",
                                   "kettle",
                                   "prices",
                                   "--input",
                                   input};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    EXPECT_EQ(run_command_line(static_cast<int>(arguments.size()), arguments.data()), 0) << input;
  }
  Client client({serving.ready().url, text_of(*made, "key"), ""});
  auto kept = client.call("list_samples", {{"provider", "kettle"}, {"topic", "prices"}});
  ASSERT_TRUE(kept) << kept.error().message;
  std::vector<std::string> inputs;
  for (const boost::json::value& sample : array_of(as_object(*kept), "samples"))
    inputs.push_back(boost::json::serialize(sample.at("input")));
  EXPECT_EQ(inputs, (std::vector<std::string>{"[1]", "[1,2]", "[]", "[{\"id\":1}]"}));
}

TEST_F(AppTest, ARunningServerMakesKeysOverItsSocketAndKeepsItsFolderLocked) {
  Serving serving(folder_ / "data");
  ops::NewKey wish;
  wish.name = "ci";
  auto locked = create_key_in_folder((folder_ / "data").string(), wish);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, ErrorCode::kConflict);
  Client admin({"http://localhost", "", admin_socket_path((folder_ / "data").string())});
  auto made = admin.call("create_key", {{"name", "ci"}});
  ASSERT_TRUE(made) << made.error().message;
  Client client({serving.ready().url, text_of(as_object(*made), "key"), ""});
  EXPECT_TRUE(client.call("list_projects", {}));
  serving.stop();
  EXPECT_TRUE(serving.ended());
}

TEST_F(AppTest, AWrongKeyAndAnAbsentServerAreToldApart) {
  std::string url;
  {
    Serving serving(folder_ / "data");
    url = serving.ready().url;
    auto refused = Client({url, "tvb_wrong", ""}).call("list_projects", {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kUnauthorized);
  }
  auto absent = Client({url, "tvb_wrong", ""}).call("list_projects", {});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(absent.error().message.find(url), std::string::npos);
}

TEST_F(AppTest, AnAddressInUseEndsTheServerWithASentence) {
  Serving serving(folder_ / "data");
  AppOptions options;
  options.data_dir = folder_ / "other";
  options.listen = serving.ready().url.substr(7);
  options.handle_signals = false;
  App second(options);
  auto ended = second.run([](const Ready&) { FAIL(); });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(ended.error().message.find(options.listen), std::string::npos) << ended.error().message;
}

}  // namespace
}  // namespace vouch::cli
