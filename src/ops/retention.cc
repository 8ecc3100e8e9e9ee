#include "ops/retention.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <filesystem>

#include "runs/job_folder.h"

namespace vouch::ops {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::awaitable;

constexpr std::chrono::hours kEvery{1};
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
constexpr int kAtOnce = 100;  // rows of one transaction: others want to write as well

// The run whose folder has this name.
std::optional<std::int64_t> run_of(const std::string& name) {
  std::int64_t id = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return id;
}

bool exists(const store::Tx& tx, std::int64_t run_id) {
  auto next = tx.list_all_runs(run_id - 1, 1);
  return !next.empty() && next.front().id == run_id;
}

}  // namespace

Retention::Retention(const asio::any_io_executor& executor, Services& services,
                     RetentionOptions options)
    : services_(services), options_(options), timer_(executor) {}

void Retention::stop() {
  stopping_ = true;
  timer_.cancel();
}

awaitable<void> Retention::run() {
  while (!stopping_) {
    (void)co_await sweep();
    if (stopping_) co_return;
    timer_.expires_after(kEvery);
    boost::system::error_code ignored;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

TimeMs Retention::before(std::int64_t days) const {
  return services_.clock.now_ms() - days * kDayMs;
}

awaitable<Result<Swept>> Retention::sweep() {
  Swept swept;
  VOUCH_CO_TRY_VOID(co_await sweep_jobs(swept));
  VOUCH_CO_TRY_VOID(co_await sweep_runs(swept));
  VOUCH_CO_TRY_VOID(co_await sweep_over_quota(swept));
  VOUCH_CO_TRY_VOID(co_await sweep_folders(swept));
  co_return swept;
}

// Jobs come in the order in which they were made, so the first that is young enough ends it.
awaitable<Result<void>> Retention::sweep_jobs(Swept& swept) {
  const TimeMs oldest = before(options_.history_days);
  std::int64_t after = 0;
  while (!stopping_) {
    struct Step {
      std::int64_t after = 0;
      int deleted = 0;
      bool over = false;
    };
    auto sweep = [after, oldest](store::Tx& tx) -> Result<Step> {
      Step step{.after = after};
      const auto jobs = tx.list_history(after, kAtOnce);
      step.over = jobs.size() < kAtOnce;
      for (const store::JobRow& job : jobs) {
        if (job.created_ms >= oldest) {
          step.over = true;
          break;
        }
        step.after = job.position;
        if (tx.is_latest_generation(job)) continue;
        tx.delete_ended_job(job.id);
        ++step.deleted;
      }
      return step;
    };
    VOUCH_CO_TRY(Step step, co_await services_.store.write(std::move(sweep)));
    swept.jobs += step.deleted;
    after = step.after;
    if (step.over) break;
  }
  co_return Result<void>{};
}

awaitable<Result<void>> Retention::sweep_runs(Swept& swept) {
  const TimeMs oldest_run = before(options_.history_days);
  const TimeMs oldest_artifact = before(options_.artifacts_days);
  std::int64_t after = 0;
  while (!stopping_) {
    using Runs = std::vector<store::RunRow>;
    auto list = [after](const store::Tx& tx) -> Result<Runs> {
      return tx.list_all_runs(after, kAtOnce);
    };
    VOUCH_CO_TRY(Runs runs, co_await services_.store.read(std::move(list)));
    for (const store::RunRow& run : runs) {
      after = run.id;
      if (run.created_ms >= oldest_artifact && run.created_ms >= oldest_run) {
        co_return Result<void>{};
      }
      if (run.status == store::RunStatus::kRunning) continue;
      if (run.created_ms < oldest_artifact || run.created_ms < oldest_run) {
        VOUCH_CO_TRY_VOID(co_await drop_artifacts(run.id, swept));
      }
      if (run.created_ms >= oldest_run) continue;
      auto remove = [id = run.id](store::Tx& tx) -> Result<void> {
        tx.delete_run(id);
        return {};
      };
      VOUCH_CO_TRY_VOID(co_await services_.store.write(std::move(remove)));
      ++swept.runs;
    }
    if (runs.size() < kAtOnce) break;
  }
  co_return Result<void>{};
}

awaitable<Result<void>> Retention::sweep_over_quota(Swept& swept) {
  std::int64_t after = 0;
  while (!stopping_) {
    struct Look {
      std::int64_t bytes = 0;
      std::vector<store::RunRow> oldest;
    };
    auto look = [after](const store::Tx& tx) -> Result<Look> {
      return Look{tx.artifact_bytes(), tx.list_all_runs(after, kAtOnce)};
    };
    VOUCH_CO_TRY(Look found, co_await services_.store.read(std::move(look)));
    std::int64_t over = found.bytes - options_.artifacts_bytes_max;
    for (const store::RunRow& run : found.oldest) {
      if (over <= 0) break;
      after = run.id;
      if (run.status == store::RunStatus::kRunning) continue;
      auto list = [id = run.id](const store::Tx& tx) -> Result<std::vector<store::ArtifactRow>> {
        return tx.list_artifacts(id);
      };
      VOUCH_CO_TRY(auto artifacts, co_await services_.store.read(std::move(list)));
      for (const store::ArtifactRow& artifact : artifacts) over -= artifact.size;
      VOUCH_CO_TRY_VOID(co_await drop_artifacts(run.id, swept));
    }
    if (over <= 0 || found.oldest.size() < kAtOnce) break;
  }
  co_return Result<void>{};
}

// First the rows, so that nothing names a file that is gone.
awaitable<Result<void>> Retention::drop_artifacts(std::int64_t run_id, Swept& swept) {
  auto drop = [run_id](store::Tx& tx) -> Result<bool> {
    const bool had = !tx.list_artifacts(run_id).empty();
    if (had) tx.delete_artifacts(run_id);
    return had;
  };
  VOUCH_CO_TRY(bool had, co_await services_.store.write(std::move(drop)));
  if (!had) co_return Result<void>{};
  co_await remove_folder(services_.artifacts.folder_of(run_id));
  ++swept.artifacts;
  co_return Result<void>{};
}

// Of runs that went with their feature or project, or whose end was a crash.
awaitable<Result<void>> Retention::sweep_folders(Swept& swept) {
  std::vector<std::int64_t> ids;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(services_.artifacts.folder, error)) {
    if (auto id = run_of(entry.path().filename().string())) ids.push_back(*id);
  }
  for (const std::int64_t id : ids) {
    if (stopping_) break;
    auto look = [id](const store::Tx& tx) -> Result<bool> { return exists(tx, id); };
    VOUCH_CO_TRY(bool known, co_await services_.store.read(std::move(look)));
    if (known) continue;
    co_await remove_folder(services_.artifacts.folder_of(id));
    ++swept.folders;
  }
  co_return Result<void>{};
}

awaitable<void> Retention::remove_folder(std::string path) {
  auto remove = [path = std::move(path)]() -> awaitable<void> {
    runs::remove_tree(path);
    co_return;
  };
  co_await asio::co_spawn(files_, std::move(remove), asio::use_awaitable);
}

}  // namespace vouch::ops
