#include "runs/links.h"

#include <unistd.h>

#include <filesystem>

#include "runs/test_support.h"

namespace vouch::runs {
namespace {

class SetClock final : public Clock {
 public:
  TimeMs now_ms() const override { return now; }
  TimeMs now = 1'781'100'000'000;
};

struct Query {
  std::string expires, signature;
};
Query parse(const std::string& query) {
  const auto middle = query.find("&signature=");
  return {query.substr(8, middle - 8), query.substr(middle + 11)};
}

TEST(ArtifactLinks, AreGoodForOneFileAndAShortTime) {
  SetClock clock;
  const ArtifactLinks links("key", clock);
  const auto [expires, signature] = parse(links.query("w", 7, "trace/a.zip"));
  EXPECT_TRUE(links.verify("w", 7, "trace/a.zip", expires, signature));
  EXPECT_FALSE(links.verify("v", 7, "trace/a.zip", expires, signature));
  EXPECT_FALSE(links.verify("w", 8, "trace/a.zip", expires, signature));
  EXPECT_FALSE(links.verify("w", 7, "trace/b.zip", expires, signature));
  EXPECT_FALSE(links.verify("w", 7, "trace/a.zip", expires + "0", signature));
  EXPECT_FALSE(links.verify("w", 7, "trace/a.zip", expires, ""));
  EXPECT_FALSE(ArtifactLinks("other", clock).verify("w", 7, "trace/a.zip", expires, signature));
  clock.now += kLinkSeconds * 1000;
  const auto late = links.verify("w", 7, "trace/a.zip", expires, signature);
  ASSERT_FALSE(late);
  EXPECT_THAT(late.error().message, testing::HasSubstr("expired"));
}

TEST(ArtifactFile, StaysBelowItsFolder) {
  TemporaryDir dir;
  std::filesystem::create_directories(dir.path() + "/run/trace");
  std::ofstream(dir.path() + "/secret") << "x";
  std::ofstream(dir.path() + "/run/trace/a.zip") << "x";
  std::filesystem::create_symlink("../secret", dir.path() + "/run/link");
  std::filesystem::create_symlink("..", dir.path() + "/run/up");
  const std::string run = dir.path() + "/run";
  EXPECT_EQ(artifact_file(run, "trace/a.zip"), run + "/trace/a.zip");
  for (const char* path : {"../secret", "trace/../../secret", "/etc/passwd", "link", "up/secret",
                           "trace", "", "trace//a.zip", "trace/a.zip/", "./trace/a.zip"}) {
    EXPECT_FALSE(artifact_file(run, path)) << path;
  }
}

}  // namespace
}  // namespace vouch::runs
