// Who wins: flags, environment, the repository's file, the user's file.
#include "cli/settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <map>

#include "cli/client.h"
#include "cli/command_line.h"
#include "cli/feature_file.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    std::string pattern = testing::TempDir() + "settings-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    environment_["HOME"] = folder_ / "home";
    fs::create_directories(folder_ / "repo" / "deep");
    fs::create_directories(folder_ / "repo" / ".git");
  }
  ~SettingsTest() override { fs::remove_all(folder_); }

  void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  Environment environment() {
    return [this](const std::string& name) -> std::optional<std::string> {
      auto found = environment_.find(name);
      if (found == environment_.end()) return std::nullopt;
      return found->second;
    };
  }
  Result<Settings> find() {
    return find_settings({flags_, environment(), folder_ / "repo" / "deep"});
  }

  fs::path folder_;
  Settings flags_;
  std::map<std::string, std::string> environment_;
};

TEST_F(SettingsTest, NothingIsConfiguredAtFirst) {
  auto settings = find();
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->server + settings->api_key + settings->project, "");
}

TEST_F(SettingsTest, EachMemberComesFromTheFirstThatHasIt) {
  write(folder_ / "home/.config/vouch/config.json",
        R"({"server": "http://user:1", "apiKey": "user-key", "project": "user-project"})");
  EXPECT_EQ(find()->server, "http://user:1");
  write(folder_ / "repo/.vouch.json", R"({"server": "http://repo:2/", "project": "repo-project"})");
  EXPECT_EQ(find()->server, "http://repo:2");
  EXPECT_EQ(find()->project, "repo-project");
  environment_["TESTVIBE_SERVER"] = "http://testvibe:3";
  EXPECT_EQ(find()->server, "http://testvibe:3");
  environment_["VOUCH_SERVER"] = "vouch:4";
  EXPECT_EQ(find()->server, "http://vouch:4");
  flags_.server = "https://flag:5";
  EXPECT_EQ(find()->server, "https://flag:5");
  EXPECT_EQ(find()->api_key, "user-key");
  environment_["TESTVIBE_API_KEY"] = "testvibe-key";
  EXPECT_EQ(find()->api_key, "testvibe-key");
}

TEST_F(SettingsTest, AFileAboveTheRepositoryIsSomebodyElses) {
  write(folder_ / ".vouch.json", R"({"server": "http://outside:1"})");
  EXPECT_EQ(find()->server, "");
}

TEST_F(SettingsTest, ABrokenFileIsNamed) {
  write(folder_ / "repo/.vouch.json", "{server: 1}");
  auto settings = find();
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find(".vouch.json"), std::string::npos);
}

TEST_F(SettingsTest, ABadAddressSaysWhereItComesFrom) {
  environment_["VOUCH_SERVER"] = "ftp://x";
  auto settings = find();
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("VOUCH_SERVER"), std::string::npos);
}

TEST_F(SettingsTest, SettingAMemberLeavesTheOthersAndTheFileToItsOwner) {
  const fs::path file = folder_ / "home/.config/vouch/config.json";
  ASSERT_TRUE(set_in_config(file, "server", "http://a:1"));
  ASSERT_TRUE(set_in_config(file, "apiKey", "tvb_x"));
  auto settings = find();
  EXPECT_EQ(settings->server, "http://a:1");
  EXPECT_EQ(settings->api_key, "tvb_x");
  struct stat info{};
  ASSERT_EQ(stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(SettingsTest, AConfigurationFileGivesValuesToFlags) {
  write(folder_ / "vouch.toml", "listen = \"127.0.0.1:0\"\n[serve]\ngenerations-max=4\n");
  auto values = read_config_file(folder_ / "vouch.toml");
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(values->at("VOUCH_LISTEN"), "127.0.0.1:0");
  EXPECT_EQ(values->at("VOUCH_GENERATIONS_MAX"), "4");
  EXPECT_FALSE(read_config_file(folder_ / "absent.toml"));
}

TEST_F(SettingsTest, AFeatureFileWithErrorsShowsThem) {
  write(folder_ / "bad.feature", "Feature: x\n  Scenario: y\n    When I go\n    Thn I see\n");
  auto file = read_feature_file(Terminal{}, folder_ / "bad.feature");
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("bad.feature:4:5: "), std::string::npos);
  EXPECT_NE(file.error().message.find("4 |     Thn I see\n"), std::string::npos);
  EXPECT_EQ(read_feature_file(Terminal{}, folder_ / "none.feature").error().code,
            ErrorCode::kNotFound);
}

TEST(FeatureFile, TheSpecStandsBesideIt) {
  EXPECT_EQ(spec_file_beside("a/login.feature"), "a/login.spec.ts");
  EXPECT_EQ(spec_file_beside("login.feature.md"), "login.spec.ts");
  EXPECT_TRUE(names_file("x.feature"));
  EXPECT_TRUE(names_file("./x"));
  EXPECT_FALSE(names_file("Login Functionality"));
}

TEST(Client, ParametersGoWhereTheTableSays) {
  const PreparedCall get = prepare_call(operation("list_features"),
                                        {{"project", "p/1"}, {"limit", 2}, {"cursor", nullptr}});
  EXPECT_EQ(get.method, "GET");
  EXPECT_EQ(get.target, "/api/v1/ops/projects/p%2F1/features?limit=2");
  EXPECT_EQ(get.body, "");
  const PreparedCall post =
      prepare_call(operation("generate_feature"),
                   {{"project", "p"}, {"feature", "Log in ü"}, {"siteUrl", "http://x"}});
  EXPECT_EQ(post.target, "/api/v1/ops/projects/p/features/Log%20in%20%C3%BC/generate");
  EXPECT_EQ(post.body, R"({"siteUrl":"http://x"})");
  EXPECT_EQ(
      prepare_call(operation("add_sample"),
                   {{"provider", "p"}, {"topic", "t"}, {"input", 1}, {"expectedOutput", nullptr}})
          .body,
      R"({"input":1,"expectedOutput":null})");
}

TEST(Client, EventsAreReadAcrossPieces) {
  std::vector<ServerEvent> events;
  EventParser parser([&](ServerEvent event) { events.push_back(std::move(event)); });
  const std::string stream =
      ": hello\n\nid: 7\r\nevent: section\r\ndata: {\"ordinal\":1}\r\n\r\n"
      "id: 8\nevent: ended\ndata: {}\n\nevent: cut";
  for (char c : stream) parser.feed(std::string_view(&c, 1));
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].id, 7);
  EXPECT_EQ(events[0].name, "section");
  EXPECT_EQ(events[0].data.at("ordinal").to_number<int>(), 1);
  EXPECT_EQ(events[1].name, "ended");
}

TEST(CommandLine, FlagsAreNamedAfterParametersAndVariablesAfterFlags) {
  EXPECT_EQ(kebab_case("siteUrl"), "site-url");
  EXPECT_EQ(variable_name("--site-url"), "VOUCH_SITE_URL");
}

TEST(ExitCodes, TheWorstOfSeveralIsTold) {
  EXPECT_EQ(worse(ExitCode::kDone, ExitCode::kJobFailed), ExitCode::kJobFailed);
  EXPECT_EQ(worse(ExitCode::kInterrupted, ExitCode::kError), ExitCode::kInterrupted);
  EXPECT_EQ(worse(ExitCode::kDone, ExitCode::kDone), ExitCode::kDone);
}

}  // namespace
}  // namespace vouch::cli
