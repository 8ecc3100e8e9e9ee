#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>

#include "store/schema.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/folder_lock.h"
#include "store/threaded_store.h"

namespace vouch::store {
namespace {

// The write-ahead log is emptied when the writer is idle, or, under a load without pause, at the
// second mark.
constexpr int kWalPagesIdle = 1000;
constexpr int kWalPagesMax = 8000;
constexpr std::size_t kSecretCharacters = 43;  // 256 bits in base 62

class SqliteStore final : public ThreadedStore {
 public:
  SqliteStore(FolderLock lock, std::unique_ptr<SqliteConnection> writer,
              std::vector<std::unique_ptr<SqliteConnection>> readers)
      : lock_(std::move(lock)), writer_(std::move(writer)), readers_(std::move(readers)) {
    threads_.emplace_back([this] { write_until_closed(); });
    for (auto& reader : readers_) add_reader(*reader, "BEGIN");
  }

  ~SqliteStore() override {
    close_queues_and_join();
    writer_->checkpoint();
  }

  bool exclusive() const override { return true; }
  std::optional<std::uint64_t> version() const override { return version_; }

 private:
  void write_until_closed() {
    WriteSteps steps;
    steps.begin = [this] { (*writer_)("BEGIN IMMEDIATE"); };
    std::int64_t changes = 0;
    // Before and after the commit: what is read in between belongs to neither.
    steps.before_commit = [&](const std::vector<EventRow>&) {
      if (changes != writer_->changes()) ++version_;
    };
    steps.after_commit = [&](std::vector<EventRow> events) {
      if (changes != writer_->changes()) ++version_;
      changes = writer_->changes();
      hub_.publish(std::move(events));
    };
    for (;;) {
      std::vector<WorkPtr> group = writes_.take(kGroupMax);
      if (group.empty()) return;
      commit_group(*writer_, group, steps);
      int pages = writer_->wal_pages();
      if (pages > kWalPagesMax || (pages > kWalPagesIdle && writes_.empty())) {
        writer_->checkpoint();
      }
    }
  }

  FolderLock lock_;  // first, so that it is given up last
  std::atomic<std::uint64_t> version_ = 1;
  std::unique_ptr<SqliteConnection> writer_;
  std::vector<std::unique_ptr<SqliteConnection>> readers_;
};

void prepare(SqliteConnection& sql, Random& random) {
  sql("BEGIN IMMEDIATE");
  migrate(sql);
  Tx tx(sql);
  if (!tx.find_setting(kArtifactSigningKey)) {
    tx.put_setting(kArtifactSigningKey, make_base62(random, kSecretCharacters));
  }
  sql("COMMIT");
}

// SQLite gives its log the mode of the database file.
void make_private(const std::string& path) {
  int fd = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options, Random& random) {
  VOUCH_TRY(FolderLock lock, FolderLock::take(options.folder));
  const std::string path = options.folder + "/" + kSqliteFileName;
  make_private(path);
  try {
    auto writer = std::make_unique<SqliteConnection>(path, false);
    prepare(*writer, random);
    std::vector<std::unique_ptr<SqliteConnection>> readers;
    readers.reserve(static_cast<std::size_t>(options.reader_threads));
    for (int i = 0; i < options.reader_threads; ++i) {
      readers.push_back(std::make_unique<SqliteConnection>(path, true));
    }
    return std::make_unique<SqliteStore>(std::move(lock), std::move(writer), std::move(readers));
  } catch (const SqlError& error) {
    return fail(ErrorCode::kUnavailable,
                "The database " + path + " cannot be opened: " + error.message + ".");
  }
}

}  // namespace vouch::store
