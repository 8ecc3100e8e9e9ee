// One sandbox with one folder, in which the runner is loaded or loading. It serves one run.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "runs/installation.h"
#include "runs/job_folder.h"
#include "sandbox/sandbox.h"

namespace vouch::runs {

inline constexpr std::chrono::milliseconds kLoadMsMax{60'000};

class Slot {
 public:
  static boost::asio::awaitable<Result<std::shared_ptr<Slot>>> start(
      sandbox::Sandbox& sandbox, const Installation& installation, Installation::Purpose purpose);
  // Kills the tree and, once it is gone, removes the folder, in the background.
  ~Slot();
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  // True once everything is loaded; false when it ended before, or is ended for taking kLoadMsMax.
  boost::asio::awaitable<bool> loaded();

  const JobFolder& folder() const { return folder_; }
  // Allows nothing until its job is handed over.
  sandbox::EgressPolicy& egress() { return *egress_; }
  const std::shared_ptr<sandbox::Process>& process() const { return process_; }

 private:
  Slot(boost::asio::any_io_executor executor, JobFolder folder,
       std::shared_ptr<sandbox::EgressPolicy> egress, std::shared_ptr<sandbox::Process> process);

  const boost::asio::any_io_executor executor_;
  JobFolder folder_;
  const std::shared_ptr<sandbox::EgressPolicy> egress_;
  const std::shared_ptr<sandbox::Process> process_;
};

}  // namespace vouch::runs
