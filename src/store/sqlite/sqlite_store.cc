#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/event_hub.h"
#include "store/schema.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/folder_lock.h"

namespace vouch::store {
namespace {

constexpr std::size_t kGroupMax = 256;  // writes in one commit
// The write-ahead log is emptied when the writer is idle, or, under a load without pause, at the
// second mark.
constexpr int kWalPagesIdle = 1000;
constexpr int kWalPagesMax = 8000;
constexpr std::size_t kSecretCharacters = 43;  // 256 bits in base 62

using WorkPtr = std::unique_ptr<Store::Work>;

// What waits for a thread of the store.
class Queue {
 public:
  void push(WorkPtr work) {
    {
      std::scoped_lock lock(mutex_);
      VOUCH_CHECK(!closed_);  // nobody asks a store that is being destroyed
      works_.push_back(std::move(work));
    }
    ready_.notify_one();
  }
  // At most `count`, in order; waits for the first. Empty: closed, and nothing is left.
  std::vector<WorkPtr> take(std::size_t count) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !works_.empty(); });
    std::vector<WorkPtr> taken;
    while (!works_.empty() && taken.size() < count) {
      taken.push_back(std::move(works_.front()));
      works_.pop_front();
    }
    return taken;
  }
  bool empty() {
    std::scoped_lock lock(mutex_);
    return works_.empty();
  }
  void close() {
    {
      std::scoped_lock lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<WorkPtr> works_;
  bool closed_ = false;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(FolderLock lock, std::unique_ptr<SqliteConnection> writer,
              std::vector<std::unique_ptr<SqliteConnection>> readers)
      : lock_(std::move(lock)), writer_(std::move(writer)), readers_(std::move(readers)) {
    threads_.emplace_back([this] { write_until_closed(); });
    for (auto& reader : readers_) {
      threads_.emplace_back([this, connection = reader.get()] { read_until_closed(*connection); });
    }
  }

  ~SqliteStore() override {
    writes_.close();
    reads_.close();
    for (std::thread& thread : threads_) thread.join();
    writer_->checkpoint();
  }

  Subscription subscribe(boost::asio::any_io_executor executor, EventCallback callback) override {
    return hub_.subscribe(std::move(executor), std::move(callback));
  }

  bool exclusive() const override { return true; }

 protected:
  void submit(bool is_write, WorkPtr work) override {
    (is_write ? writes_ : reads_).push(std::move(work));
  }

 private:
  // The outcome of each transaction of a group, and what they told.
  struct Outcome {
    std::vector<std::optional<Error>> errors;
    std::vector<EventRow> events;
  };

  void write_until_closed() {
    for (;;) {
      std::vector<WorkPtr> group = writes_.take(kGroupMax);
      if (group.empty()) return;
      commit_group(group);
      int pages = writer_->wal_pages();
      if (pages > kWalPagesMax || (pages > kWalPagesIdle && writes_.empty())) {
        writer_->checkpoint();
      }
    }
  }

  void commit_group(std::span<WorkPtr> group) {
    Outcome outcome;
    bool committing = false;
    try {
      (*writer_)("BEGIN IMMEDIATE");
      for (WorkPtr& work : group) outcome.errors.push_back(run_in_savepoint(*work, outcome.events));
      committing = true;
      (*writer_)("COMMIT");
    } catch (const SqlError& error) {
      roll_back();
      // One of them took the whole transaction down (a full disk, say): each gets a try alone, but
      // not after a commit that may have happened.
      if (!committing && group.size() > 1) {
        for (WorkPtr& work : group) commit_group({&work, 1});
        return;
      }
      outcome = {std::vector<std::optional<Error>>(group.size(), to_error(error)), {}};
    }
    hub_.publish(std::move(outcome.events));
    for (std::size_t i = 0; i < group.size(); ++i) group[i]->finish(std::move(outcome.errors[i]));
  }

  // The error that befell the work, if any. Throws SqlError when the whole transaction is gone.
  std::optional<Error> run_in_savepoint(Work& work, std::vector<EventRow>& events) {
    (*writer_)("SAVEPOINT work");
    std::optional<Error> failure;
    bool keep = false;
    Tx tx(*writer_);
    try {
      keep = work.run(tx);
    } catch (const SqlError& error) {
      if (!writer_->in_transaction()) throw;
      failure = to_error(error);
    }
    if (keep) {
      std::move(tx.inserted_events().begin(), tx.inserted_events().end(),
                std::back_inserter(events));
    } else {
      (*writer_)("ROLLBACK TO work");
    }
    (*writer_)("RELEASE work");
    return failure;
  }

  void roll_back() {
    if (!writer_->in_transaction()) return;
    try {
      (*writer_)("ROLLBACK");
    } catch (const SqlError&) {
      VOUCH_CHECK(!writer_->in_transaction());  // SQLite has rolled back by itself
    }
  }

  void read_until_closed(SqliteConnection& connection) {
    for (;;) {
      std::vector<WorkPtr> works = reads_.take(1);
      if (works.empty()) return;
      std::optional<Error> failure;
      try {
        connection("BEGIN");
        Tx tx(connection);
        works[0]->run(tx);
        connection("COMMIT");
      } catch (const SqlError& error) {
        failure = to_error(error);
        if (connection.in_transaction()) connection("ROLLBACK");
      }
      works[0]->finish(std::move(failure));
    }
  }

  FolderLock lock_;  // first, so that it is given up last
  std::unique_ptr<SqliteConnection> writer_;
  std::vector<std::unique_ptr<SqliteConnection>> readers_;
  EventHub hub_;
  Queue writes_;
  Queue reads_;
  std::vector<std::thread> threads_;
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
