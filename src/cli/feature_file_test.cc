#include "cli/feature_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "base/base64.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

class FeatureFileTest : public testing::Test {
 protected:
  FeatureFileTest() { fs::create_directories(folder_ / "files"); }
  ~FeatureFileTest() override { fs::remove_all(folder_); }

  void write(const fs::path& path, const std::string& text) const {
    std::ofstream(folder_ / path) << text;
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("vouch-feature-file-" + std::to_string(::getpid()));
};

TEST_F(FeatureFileTest, TakesTheFilesThatItsStepsName) {
  write("files/order.csv", "Assam;10\n");
  write("big.bin", std::string(kUploadBytesMax + 1, 'x'));
  write("a.feature",
        "Feature: A\n  Scenario: B\n    When I upload \"files/order.csv\" and \"none.txt\"\n"
        "    And I upload \"big.bin\"\n    Then I see \"a.b\"\n");
  const auto file = read_feature_file(Terminal{}, (folder_ / "a.feature").string());
  ASSERT_TRUE(file);
  ASSERT_EQ(file->uploads.size(), 1U);
  EXPECT_EQ(file->uploads.at("files/order.csv").as_string(), to_base64("Assam;10\n"));
}

TEST_F(FeatureFileTest, TakesNoneFromOutsideItsFolder) {
  write("secret.txt", "secret");
  write("files/a.feature",
        "Feature: A\n  Scenario: B\n    When I upload \"../secret.txt\"\n    And I upload \"" +
            (folder_ / "secret.txt").string() + "\"\n");
  const auto file = read_feature_file(Terminal{}, (folder_ / "files/a.feature").string());
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->uploads.empty());
}

}  // namespace
}  // namespace vouch::cli
