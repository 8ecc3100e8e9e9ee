#include <algorithm>
#include <boost/algorithm/string/erase.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "base/random.h"
#include "base/utf8.h"
#include "script/script.h"
#include "script/worker.h"

namespace vouch::script {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using WorkerPtr = std::shared_ptr<Worker>;

Outcome failed_outcome(Error error) {
  Outcome outcome;
  outcome.output = std::unexpected(std::move(error));
  return outcome;
}

// A call whose time was over, which its process does not outlive.
bool was_out_of_time(const Outcome& outcome) {
  return !outcome.output && outcome.output.error().code == ErrorCode::kTimeout;
}

void without(const std::string& marker, Outcome& outcome) {
  if (marker.empty()) return;
  boost::algorithm::erase_all(outcome.output ? *outcome.output : outcome.output.error().message,
                              marker);
  for (std::string& line : outcome.logs) boost::algorithm::erase_all(line, marker);
}

// How many of `inputs` go in one hop.
std::size_t hop_of(std::span<const std::string> inputs) {
  std::size_t count = 0, bytes = 0;
  while (count < inputs.size() && count < kHopInputsMax) {
    bytes += inputs[count].size();
    if (count > 0 && bytes > kHopBytesMax) break;
    ++count;
  }
  return count;
}

}  // namespace

Script::Script(std::string source) : source_(std::move(source)), id_(sha256_hex(source_)) {}

Result<boost::json::value> parse_output(const std::string& text) {
  auto value = parse_json(text);
  if (value) return value;
  return fail(ErrorCode::kInternal, "The output is no JSON: " + value.error().message + ".");
}

Result<std::shared_ptr<const Script>> Script::make(std::string source) {
  if (source.size() > kSourceBytesMax) {
    return fail(ErrorCode::kPayloadTooLarge, "The script is larger than " +
                                                 std::to_string(kSourceBytesMax >> 10) +
                                                 " KiB; leave out what transform does not use.");
  }
  if (!is_utf8(source) || source.contains('\0')) {
    return fail(ErrorCode::kInvalidRequest, "The script is not text in UTF-8; save it as such.");
  }
  return std::shared_ptr<const Script>(new Script(std::move(source)));
}

// Processes are idle (bound to an owner, or to nobody: the one that stands ready), in use by a
// Lease, or being started.
struct Pool::Impl : std::enable_shared_from_this<Pool::Impl> {
  Impl(asio::any_io_executor executor, sandbox::Sandbox& sandbox, PoolOptions options)
      : executor(std::move(executor)), sandbox(sandbox), options(std::move(options)) {}

  class Lease;
  class Turn;

  asio::awaitable<Result<WorkerPtr>> acquire(Turn& turn, ScriptPtr script);
  asio::awaitable<Result<WorkerPtr>> take_new(std::string owner);
  asio::awaitable<void> make_spare();
  // `first`: which of the run's inputs the first of these is.
  asio::awaitable<Result<void>> hop(ScriptPtr script, std::span<const std::string> inputs,
                                    std::size_t first, const RunOptions& run,
                                    std::vector<Outcome>& outcomes);

  WorkerPtr take_idle(const std::string& owner, const Script& script);
  bool make_room();
  void release(const WorkerPtr& worker, bool usable);
  void end_when_idle(const WorkerPtr& worker);
  Turn* next_in_line() const;
  void wake_next();

  asio::any_io_executor executor;
  sandbox::Sandbox& sandbox;
  const PoolOptions options;
  std::vector<WorkerPtr> idle;  // with an owner; the last used last
  WorkerPtr spare;              // nobody's yet
  bool starting_spare = false;
  int bound = 0;            // processes with an owner: idle, in use, or being started for one
  std::vector<Turn*> line;  // those who wait; the first to come first
  struct Held {
    int all = 0, http = 0;  // with context.http
  };
  std::map<std::string, Held> held;  // processes in use, by owner
  bool closing = false;
};

// A hop's, from when it begins to wait until it is over.
class Pool::Impl::Turn {
 public:
  Turn(std::shared_ptr<Impl> pool, std::string owner, bool has_http)
      : owner(std::move(owner)),
        has_http(has_http),
        woken(pool->executor, asio::steady_timer::time_point::max()),
        pool_(std::move(pool)) {
    pool_->line.push_back(this);
  }
  ~Turn() {
    leave_line();
    if (has_come_) {
      const auto held = pool_->held.find(owner);
      --held->second.all;
      held->second.http -= has_http ? 1 : 0;
      if (held->second.all == 0) pool_->held.erase(held);
    }
    pool_->wake_next();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  // It has its process, or one is being started for it.
  void come() {
    leave_line();
    has_come_ = true;
    Held& held = pool_->held[owner];
    ++held.all;
    held.http += has_http ? 1 : 0;
    pool_->wake_next();
  }

  const std::string owner;
  const bool has_http;
  asio::steady_timer woken;

 private:
  void leave_line() { std::erase(pool_->line, this); }

  const std::shared_ptr<Impl> pool_;
  bool has_come_ = false;
};

// A process in somebody's use. Unless it was said to be in order, letting go of it ends it.
class Pool::Impl::Lease {
 public:
  Lease(std::shared_ptr<Impl> pool, WorkerPtr worker)
      : pool_(std::move(pool)), worker_(std::move(worker)) {}
  ~Lease() { pool_->release(worker_, in_order_); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Worker* operator->() const { return worker_.get(); }
  void in_order() { in_order_ = true; }

 private:
  const std::shared_ptr<Impl> pool_;
  const WorkerPtr worker_;
  bool in_order_ = false;
};

WorkerPtr Pool::Impl::take_idle(const std::string& owner, const Script& script) {
  std::erase_if(idle, [&](const WorkerPtr& worker) {
    if (worker->alive()) return false;
    --bound;
    return true;
  });
  auto best = idle.end();
  for (auto at = idle.begin(); at != idle.end(); ++at) {
    if ((*at)->owner != owner) continue;
    best = at;
    if ((*at)->has(script)) break;
  }
  if (best == idle.end()) return nullptr;
  WorkerPtr worker = std::move(*best);
  idle.erase(best);
  worker->idle.cancel();
  return worker;
}

// One more process may be bound: perhaps because another owner's, longest unused, is ended for it.
bool Pool::Impl::make_room() {
  if (bound < options.workers_max) return true;
  if (idle.empty()) return false;
  idle.front()->end();
  idle.erase(idle.begin());
  --bound;
  return true;
}

asio::awaitable<Result<WorkerPtr>> Pool::Impl::take_new(std::string owner) {
  const auto self = shared_from_this();
  ++bound;
  struct Unbind {  // unless it becomes somebody's, also when this coroutine is destroyed
    Impl* pool;
    ~Unbind() {
      if (pool == nullptr) return;
      --pool->bound;
      pool->wake_next();
    }
  } unbind{this};
  WorkerPtr worker = std::exchange(spare, nullptr);
  if (!worker || !worker->alive()) {
    VOUCH_CO_TRY(worker, co_await Worker::start(executor, sandbox, options));
  }
  worker->owner = std::move(owner);
  unbind.pool = nullptr;
  asio::co_spawn(executor, make_spare(), asio::detached);
  co_return worker;
}

asio::awaitable<void> Pool::Impl::make_spare() {
  const auto self = shared_from_this();
  if (closing || spare || starting_spare) co_return;
  starting_spare = true;
  auto started = co_await Worker::start(executor, sandbox, options);
  starting_spare = false;
  if (started && !closing && !spare) {
    spare = std::move(*started);
    end_when_idle(spare);
  }
}

// Of those who may have a process, who came first of the owners with the fewest; null: nobody may.
Pool::Impl::Turn* Pool::Impl::next_in_line() const {
  Turn* next = nullptr;
  int fewest = 0;
  for (Turn* turn : line) {
    const auto found = held.find(turn->owner);
    const Held of_owner = found == held.end() ? Held() : found->second;
    if (turn->has_http && of_owner.http >= options.http_workers_max) continue;
    if (next != nullptr && of_owner.all >= fewest) continue;
    next = turn;
    fewest = of_owner.all;
  }
  return next;
}

void Pool::Impl::wake_next() {
  if (Turn* turn = next_in_line()) turn->woken.cancel();
}

asio::awaitable<Result<WorkerPtr>> Pool::Impl::acquire(Turn& turn, ScriptPtr script) {
  const auto self = shared_from_this();
  while (!closing) {
    if (next_in_line() == &turn) {
      if (WorkerPtr worker = take_idle(turn.owner, *script)) {
        turn.come();
        co_return worker;
      }
      if (make_room()) {
        turn.come();
        co_return co_await take_new(turn.owner);
      }
    }
    error_code woken;
    co_await turn.woken.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
  co_return fail(ErrorCode::kUnavailable, "The scripts are being stopped.");
}

void Pool::Impl::end_when_idle(const WorkerPtr& worker) {
  worker->idle.expires_after(std::chrono::milliseconds(options.idle_ms_max));
  worker->idle.async_wait(
      [weak = weak_from_this(), held = std::weak_ptr(worker)](error_code error) {
        const auto self = weak.lock();
        const auto worker = held.lock();
        if (error || !self || !worker) return;
        if (self->spare == worker) self->spare = nullptr;
        if (std::erase(self->idle, worker) > 0) --self->bound;
        worker->end();
      });
}

void Pool::Impl::release(const WorkerPtr& worker, bool usable) {
  if (usable && worker->alive() && !closing) {
    idle.push_back(worker);
    end_when_idle(worker);
  } else {
    worker->end();
    --bound;
  }
  wake_next();
}

asio::awaitable<Result<void>> Pool::Impl::hop(ScriptPtr script, std::span<const std::string> inputs,
                                              std::size_t first, const RunOptions& run,
                                              std::vector<Outcome>& outcomes) {
  Turn turn(shared_from_this(), run.owner, run.http != nullptr);
  VOUCH_CO_TRY(WorkerPtr worker, co_await acquire(turn, script));
  Lease lease(shared_from_this(), std::move(worker));
  auto loaded = co_await lease->load(*script, run);
  // A caller who has left, or a process that makes no sense, is no fault of the script's: what it
  // still has to say would be taken for an answer to the next caller.
  const bool faulty = !loaded && lease->alive() && loaded.error().code != ErrorCode::kCancelled &&
                      loaded.error().code != ErrorCode::kUnavailable;
  if (faulty) {  // whatever the input
    lease.in_order();
    if (inputs.empty()) co_return loaded;
    outcomes.insert(outcomes.end(), inputs.size(), failed_outcome(loaded.error()));
    co_return Result<void>();
  }
  if (!loaded || inputs.empty()) {
    if (loaded) lease.in_order();
    co_return loaded;
  }
  auto ran = co_await lease->run(*script, inputs, first, run, outcomes);
  if (ran) lease.in_order();
  co_return ran;
}

asio::awaitable<std::vector<Outcome>> Pool::Run::next() {
  std::vector<Outcome> outcomes;
  while (outcomes.empty() && !ended()) co_await hop(outcomes);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    without(options_.marker, outcomes[i]);
    std::string().swap(inputs_[done_ + i]);
  }
  done_ += outcomes.size();
  co_return outcomes;
}

asio::awaitable<void> Pool::Run::hop(std::vector<Outcome>& outcomes) {
  const std::span<const std::string> rest = std::span(inputs_).subspan(done_);
  if (rest[0].size() > kInputBytesMax) {
    outcomes.push_back(
        failed_outcome({ErrorCode::kPayloadTooLarge,
                        "The input is larger than " + std::to_string(kInputBytesMax >> 20) +
                            " MiB; send it in parts.",
                        {{"reason", "input"}}}));
    co_return;
  }
  if (deaths_ >= kDeathsMax) {
    outcomes.push_back(failed_outcome(
        {last_error_.code,
         "It was not run, since " + std::to_string(kDeathsMax) +
             " inputs before it each cost a process, the last one thus: " + last_error_.message,
         {{"reason", "given_up"}}}));
    co_return;
  }
  const std::size_t count = one_at_a_time_ ? 1 : hop_of(rest);
  auto ran = co_await pool_->hop(script_, rest.first(count), done_, options_, outcomes);
  if (ran && !was_out_of_time(outcomes.back())) co_return;
  // The outcomes of the last milliseconds went with the process, and which input took too much
  // time is only told of one by itself. They are had again, since the same input gives the same;
  // but nothing is asked of others twice.
  if (!ran && count > 1 && !options_.http) {
    one_at_a_time_ = true;
    co_return;
  }
  one_at_a_time_ = false;
  if (!ran) outcomes.push_back(failed_outcome(std::move(ran).error()));
  ++deaths_;
  last_error_ = outcomes.back().output.error();
}

Pool::Pool(asio::any_io_executor executor, sandbox::Sandbox& sandbox, PoolOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), sandbox, std::move(options))) {}

Pool::~Pool() {
  impl_->closing = true;
  for (const WorkerPtr& worker : std::exchange(impl_->idle, {})) worker->end();
  if (const WorkerPtr spare = std::exchange(impl_->spare, nullptr)) spare->end();
  for (Impl::Turn* turn : impl_->line) turn->woken.cancel();
}

asio::awaitable<Result<void>> Pool::check(ScriptPtr script, RunOptions options) {
  const auto impl = impl_;
  std::vector<Outcome> none;
  co_return co_await impl->hop(std::move(script), {}, 0, options, none);
}

asio::awaitable<Outcome> Pool::run(ScriptPtr script, std::string input, RunOptions options) {
  std::vector<std::string> inputs;
  inputs.push_back(std::move(input));
  auto outcomes = co_await run_all(std::move(script), std::move(inputs), std::move(options));
  co_return std::move(outcomes.front());
}

Pool::Run Pool::begin(ScriptPtr script, std::vector<std::string> inputs, RunOptions options) {
  return {impl_, std::move(script), std::move(inputs), std::move(options)};
}

asio::awaitable<std::vector<Outcome>> Pool::run_all(ScriptPtr script,
                                                    std::vector<std::string> inputs,
                                                    RunOptions options) {
  Run run = begin(std::move(script), std::move(inputs), std::move(options));
  std::vector<Outcome> outcomes;
  while (!run.ended()) {
    auto more = co_await run.next();
    std::ranges::move(more, std::back_inserter(outcomes));
  }
  co_return outcomes;
}

int Pool::processes() const { return impl_->bound + (impl_->spare ? 1 : 0); }

}  // namespace vouch::script
