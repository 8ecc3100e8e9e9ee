#include "store/postgres/postgres_store.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "store/postgres/connection.h"
#include "store/schema.h"
#include "store/threaded_store.h"

namespace vouch::store {
namespace {

constexpr std::size_t kSecretCharacters = 43;  // 256 bits in base 62
constexpr int kEventsMax = 1000;               // read at once
// Any number that nobody else locks in this database: "vouch" on a telephone's keys.
constexpr std::string_view kTakeTurn = "SELECT pg_advisory_xact_lock(86824)";
// How long the listener waits before it asks a lost database again.
constexpr std::chrono::milliseconds kReconnect{500};

void begin_write(PostgresConnection& sql) {
  sql("BEGIN");
  sql(kTakeTurn);
}

class PostgresStore final : public ThreadedStore {
 public:
  explicit PostgresStore(const PostgresOptions& options)
      : writer_(options.url), listener_(options.url), wake_fd_(eventfd(0, EFD_CLOEXEC)) {
    VOUCH_CHECK(wake_fd_ >= 0);
    for (int i = 0; i < options.reader_threads; ++i) {
      readers_.push_back(std::make_unique<PostgresConnection>(options.url));
    }
    listener_.run("LISTEN vouch_events");
    seen_ = Tx(listener_).last_event_seq();
    threads_.emplace_back([this] { write_until_closed(); });
    threads_.emplace_back([this] { listen_until_closed(); });
    for (auto& reader : readers_) {
      add_reader(*reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
  }

  ~PostgresStore() override {
    closing_ = true;
    const std::uint64_t one = 1;
    VOUCH_CHECK(::write(wake_fd_, &one, sizeof one) == sizeof one);
    close_queues_and_join();
    ::close(wake_fd_);
  }

  bool exclusive() const override { return false; }
  std::optional<std::uint64_t> version() const override { return std::nullopt; }

 private:
  void write_until_closed() {
    WriteSteps steps;
    steps.begin = [this] { begin_write(writer_); };
    steps.before_commit = [this](const std::vector<EventRow>& events) {
      if (!events.empty()) writer_("NOTIFY vouch_events");
    };
    for (;;) {
      std::vector<WorkPtr> group = writes_.take(kGroupMax);
      if (group.empty()) return;
      commit_group(writer_, group, steps);
    }
  }

  void listen_until_closed() {
    while (!closing_) {
      try {
        publish_new();
        if (listener_.wait_for_notification(wake_fd_) || closing_) continue;
        listener_.run("LISTEN vouch_events");  // on a new connection
      } catch (const SqlError&) {
        std::this_thread::sleep_for(kReconnect);
      }
    }
  }

  void publish_new() {
    for (;;) {
      std::vector<EventRow> events = Tx(listener_).list_events({}, seen_, kEventsMax);
      if (events.empty()) return;
      seen_ = events.back().seq;
      hub_.publish(std::move(events));
    }
  }

  PostgresConnection writer_;
  PostgresConnection listener_;
  std::vector<std::unique_ptr<PostgresConnection>> readers_;
  const int wake_fd_;
  std::int64_t seen_ = 0;  // seq of the last event that was published here
  std::atomic<bool> closing_ = false;
};

void prepare(const std::string& url, Random& random) {
  PostgresConnection sql(url);
  begin_write(sql);
  migrate(sql);
  Tx tx(sql);
  if (!tx.find_setting(kArtifactSigningKey)) {
    tx.put_setting(kArtifactSigningKey, make_base62(random, kSecretCharacters));
  }
  sql("COMMIT");
}

}  // namespace

Result<std::unique_ptr<Store>> open_postgres(const PostgresOptions& options, Random& random) {
  try {
    prepare(options.url, random);
    return std::make_unique<PostgresStore>(options);
  } catch (const SqlError& error) {
    return fail(ErrorCode::kUnavailable, "The database cannot be opened: " + error.message + ".");
  }
}

}  // namespace vouch::store
