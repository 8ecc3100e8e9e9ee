#include "runs/runner.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>

#include "runs/compile_cache.h"
#include "runs/execution.h"
#include "runs/installation.h"
#include "runs/slot.h"

namespace vouch::runs {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr int kLoadFailuresMax = 3;  // in a row; then a run must ask for a slot to be tried again

}  // namespace

struct Runner::Impl : std::enable_shared_from_this<Runner::Impl> {
  Impl(asio::any_io_executor executor, sandbox::Sandbox& sandbox, Options options)
      : executor(std::move(executor)),
        sandbox(sandbox),
        options(std::move(options)),
        installation(this->options),
        changed(this->executor, steady_clock::time_point::max()) {}

  Result<void> lay_out();
  asio::awaitable<Result<void>> prepare();
  asio::awaitable<Result<RunOutcome>> run(RunRequest request);
  std::shared_ptr<Slot> take_ready();
  asio::awaitable<std::shared_ptr<Slot>> next_ready();
  void expect_run();
  int slots_wanted() const { return std::max(options.warm_slots, run_expected ? 1 : 0); }
  void refill();
  void begin(asio::awaitable<void> work);
  static asio::awaitable<void> load(std::shared_ptr<Impl> self);
  static asio::awaitable<void> notice_end(std::weak_ptr<Impl> weak,
                                          std::shared_ptr<sandbox::Process> process);

  const asio::any_io_executor executor;
  sandbox::Sandbox& sandbox;
  const Options options;
  Installation installation;
  bool laid_out = false;
  bool stopped = false;
  bool run_expected = false;
  std::list<std::shared_ptr<Slot>> ready;
  int loading = 0;
  int load_failures = 0;  // in a row
  int running = 0;
  asio::steady_timer changed;  // its waiters are woken when `ready` or `loading` changes
  std::list<asio::cancellation_signal> signals;  // of what goes on in the background
};

Result<void> Runner::Impl::lay_out() {
  if (laid_out) return {};
  VOUCH_TRY_VOID(installation.lay_out());
  laid_out = true;
  return {};
}

asio::awaitable<Result<void>> Runner::Impl::prepare() {
  VOUCH_CO_TRY_VOID(lay_out());
  if (!installation.has_cache())
    VOUCH_CO_TRY_VOID(co_await make_compile_cache(sandbox, installation, options));
  refill();
  co_return Result<void>();
}

std::shared_ptr<Slot> Runner::Impl::take_ready() {
  while (!ready.empty()) {
    auto slot = std::move(ready.front());
    ready.pop_front();
    if (slot->process()->running()) return slot;
  }
  return nullptr;
}

// Null when none is ready or loading, or loading fails. To load another beside one that is loading
// would take longer.
asio::awaitable<std::shared_ptr<Slot>> Runner::Impl::next_ready() {
  while (true) {
    if (auto slot = take_ready()) co_return slot;
    if (stopped || loading == 0 || load_failures > 0) co_return nullptr;
    boost::system::error_code woken;
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
}

asio::awaitable<Result<RunOutcome>> Runner::Impl::run(RunRequest request) {
  const auto self = shared_from_this();
  const auto began = steady_clock::now();
  VOUCH_CO_TRY_VOID(check_request(request));
  VOUCH_CO_TRY_VOID(lay_out());
  // Slots are loaded when no run is in the way: both need the processors.
  struct Counted {
    explicit Counted(Impl& impl) : impl(impl) { ++impl.running; }
    ~Counted() {
      if (--impl.running == 0) impl.refill();
    }
    Impl& impl;
  };
  load_failures = 0;
  std::shared_ptr<Slot> slot;
  if (request.warm) slot = co_await next_ready();
  run_expected = false;
  const Counted counted(*this);
  const bool warm = slot != nullptr;
  if (!warm) {
    VOUCH_CO_TRY(slot, co_await Slot::start(sandbox, installation, Installation::Purpose::kJob));
  }
  auto outcome = co_await execute(std::move(slot), request, options, began);
  if (outcome) outcome->warm = warm;
  co_return outcome;
}

void Runner::Impl::refill() {
  while (!stopped && load_failures < kLoadFailuresMax &&
         static_cast<int>(ready.size()) + loading < slots_wanted()) {
    begin(load(shared_from_this()));
  }
}

void Runner::Impl::begin(asio::awaitable<void> work) {
  ++loading;
  const auto signal = signals.emplace(signals.end());
  asio::co_spawn(executor, std::move(work),
                 asio::bind_cancellation_slot(signal->slot(), [self = shared_from_this(),
                                                               signal](const std::exception_ptr&) {
                   self->signals.erase(signal);
                   --self->loading;
                   self->changed.cancel();
                   if (self->running == 0) self->refill();
                 }));
}

void Runner::Impl::expect_run() {
  if (stopped || loading > 0 || !ready.empty()) return;
  run_expected = true;
  auto work = [](std::shared_ptr<Impl> self) -> asio::awaitable<void> { co_await self->prepare(); };
  begin(work(shared_from_this()));
}

asio::awaitable<void> Runner::Impl::load(std::shared_ptr<Impl> self) {
  auto slot =
      co_await Slot::start(self->sandbox, self->installation, Installation::Purpose::kWaiting);
  bool loaded = false;
  if (slot) loaded = co_await (*slot)->loaded();
  if (self->stopped) co_return;
  if (!loaded) {
    ++self->load_failures;
    co_return;
  }
  self->load_failures = 0;
  self->ready.push_back(*slot);
  asio::co_spawn(self->executor, notice_end(self, (*slot)->process()), asio::detached);
}

// Replaces a slot that ends while it waits.
asio::awaitable<void> Runner::Impl::notice_end(std::weak_ptr<Impl> weak,
                                               std::shared_ptr<sandbox::Process> process) {
  co_await process->wait();
  const auto self = weak.lock();
  if (!self || self->stopped) co_return;
  const auto died = std::ranges::find(self->ready, process, &Slot::process);
  if (died == self->ready.end()) co_return;
  self->ready.erase(died);
  ++self->load_failures;
  self->changed.cancel();
  if (self->running == 0) self->refill();
}

Runner::Runner(asio::any_io_executor executor, sandbox::Sandbox& sandbox, Options options)
    : impl_(std::make_shared<Impl>(std::move(executor), sandbox, std::move(options))) {}

Runner::~Runner() {
  impl_->stopped = true;
  impl_->ready.clear();
  for (auto& signal : impl_->signals) signal.emit(asio::cancellation_type::terminal);
  impl_->changed.cancel();
}

asio::awaitable<Result<void>> Runner::prepare() { return impl_->prepare(); }

asio::awaitable<Result<RunOutcome>> Runner::run(RunRequest request) {
  return impl_->run(std::move(request));
}

void Runner::expect_run() { impl_->expect_run(); }

asio::awaitable<void> Runner::until_warm() {
  const auto impl = impl_;
  while (impl->ready.empty() && !impl->stopped &&
         (impl->loading > 0 || (impl->running > 0 && impl->slots_wanted() > 0))) {
    boost::system::error_code woken;
    co_await impl->changed.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
}

std::vector<SlotStatus> Runner::slots() const {
  std::vector<SlotStatus> slots(static_cast<std::size_t>(impl_->loading));
  for (const auto& slot : impl_->ready) slots.push_back({true, slot->process()->memory_bytes()});
  return slots;
}

}  // namespace vouch::runs
