// What is true of SQLite alone: who owns the folder, and what a sudden death leaves.
#include "store/sqlite/sqlite_store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/bind_executor.hpp>
#include <fstream>

#include "store/sqlite/connection.h"
#include "store/testing.h"

namespace vouch::store {
namespace {

TEST(SqliteStore, ASecondOwnerIsRefusedUntilTheFirstHasGone) {
  testing::TempFolder folder;
  SystemRandom random;
  auto first = open_sqlite({.folder = folder.path()}, random);
  ASSERT_TRUE(first);
  auto second = open_sqlite({.folder = folder.path()}, random);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
  EXPECT_NE(second.error().message.find("process " + std::to_string(getpid())), std::string::npos)
      << second.error().message;
  first->reset();
  EXPECT_TRUE(open_sqlite({.folder = folder.path()}, random));
}

TEST(SqliteStore, SaysWhyAFolderCannotBeUsed) {
  SystemRandom random;
  auto store = open_sqlite({.folder = "/proc/none/here"}, random);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(store.error().message.find("/proc/none/here"), std::string::npos);
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
  testing::TempFolder folder;
  SystemRandom random;
  std::ofstream(folder.path() + "/" + kSqliteFileName) << std::string(4096, 'x');
  auto store = open_sqlite({.folder = folder.path()}, random);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kUnavailable);
}

TEST(SqliteStore, RefusesADatabaseOfANewerVersion) {
  testing::TempFolder folder;
  SystemRandom random;
  ASSERT_TRUE(open_sqlite({.folder = folder.path()}, random));
  {
    SqliteConnection sql(folder.path() + "/" + kSqliteFileName, false);
    sql("UPDATE schema_version SET version = 1000");
  }
  auto store = open_sqlite({.folder = folder.path()}, random);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().message.find("newer version"), std::string::npos);
}

TEST(SqliteStore, ItsFilesAreItsOwnersOnly) {
  testing::TempFolder parent;
  SystemRandom random;
  const std::string folder = parent.path() + "/data";
  auto store = open_sqlite({.folder = folder}, random);
  ASSERT_TRUE(store);
  struct stat info{};
  ASSERT_EQ(stat(folder.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  for (const char* name : {"vouch.db", "vouch.db-wal"}) {
    ASSERT_EQ(stat((folder + "/" + name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777, 0600u) << name;
  }
}

// Writes settings named 0, 1, 2 … in groups, and says each number on `out` once it is durable,
// until killed.
[[noreturn]] void write_until_killed(const std::string& folder, int out) {
  SystemRandom random;
  boost::asio::io_context io;
  auto store = std::move(*open_sqlite({.folder = folder}, random));
  for (std::int32_t number = 0;;) {
    int open = 0;
    for (int i = 0; i < 8; ++i, ++number) {
      ++open;
      store->post_write(
          [number](Tx& tx) -> Result<std::int32_t> {
            tx.put_setting(std::to_string(number), "kept");
            return number;
          },
          boost::asio::bind_executor(io.get_executor(), [&, out](Result<std::int32_t> done) {
            --open;
            if (write(out, &*done, sizeof *done) < 0) _exit(1);
          }));
    }
    testing::run_until(io, [&] { return open == 0; });
  }
}

TEST(SqliteStore, NothingAcknowledgedIsLostByAKill) {
  testing::TempFolder folder;
  for (int round = 1; round <= 3; ++round) {
    const std::string data = folder.path() + "/" + std::to_string(round);
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0) write_until_killed(data, pipe_ends[1]);
    close(pipe_ends[1]);
    std::int32_t acknowledged = -1;
    for (int seen = 0; seen < 200 * round; ++seen) {
      ASSERT_EQ(read(pipe_ends[0], &acknowledged, sizeof acknowledged), 4);
    }
    kill(child, SIGKILL);
    for (std::int32_t more; read(pipe_ends[0], &more, sizeof more) == 4;) acknowledged = more;
    close(pipe_ends[0]);
    waitpid(child, nullptr, 0);

    SystemRandom random;
    boost::asio::io_context io;
    auto store = open_sqlite({.folder = data}, random);
    ASSERT_TRUE(store);
    auto missing = testing::run(io, (*store)->read([acknowledged](const Tx& tx) -> Result<int> {
      int missing = 0;
      for (int i = 0; i <= acknowledged; ++i) missing += !tx.find_setting(std::to_string(i));
      return missing;
    }));
    EXPECT_EQ(missing, 0) << "of " << acknowledged;
  }
}

}  // namespace
}  // namespace vouch::store
