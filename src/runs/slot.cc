#include "runs/slot.h"

#include <boost/asio/steady_timer.hpp>

namespace vouch::runs {
namespace {

namespace asio = boost::asio;

asio::awaitable<void> outlast(std::shared_ptr<sandbox::Process> process, JobFolder) {
  co_await process->wait();
}

}  // namespace

Slot::Slot(asio::any_io_executor executor, JobFolder folder,
           std::shared_ptr<sandbox::EgressPolicy> egress, std::shared_ptr<sandbox::Process> process)
    : executor_(std::move(executor)),
      folder_(std::move(folder)),
      egress_(std::move(egress)),
      process_(std::move(process)) {}

Slot::~Slot() {
  process_->kill();
  asio::co_spawn(executor_, outlast(process_, std::move(folder_)), asio::detached);
}

asio::awaitable<Result<std::shared_ptr<Slot>>> Slot::start(sandbox::Sandbox& sandbox,
                                                           const Installation& installation,
                                                           Installation::Purpose purpose) {
  VOUCH_CO_TRY(auto folder, JobFolder::make(installation.jobs_dir()));
  auto command = installation.command(folder.path(), purpose);
  auto egress = std::make_shared<sandbox::EgressPolicy>(sandbox::EgressOptions{});
  command.egress = egress;
  VOUCH_CO_TRY(auto process, co_await sandbox.start(std::move(command)));
  co_return std::shared_ptr<Slot>(new Slot(co_await asio::this_coro::executor, std::move(folder),
                                           std::move(egress), std::move(process)));
}

asio::awaitable<bool> Slot::loaded() {
  asio::steady_timer patience(executor_, kLoadMsMax);
  patience.async_wait([process = process_](boost::system::error_code cancelled) {
    if (!cancelled) process->kill();
  });
  const auto line = co_await process_->read_line();
  co_return line && *line && **line == R"({"event":"ready"})";
}

}  // namespace vouch::runs
