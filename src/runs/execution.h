// Hands one job to a slot, sees it through within its limits, and takes its result out.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "runs/runner.h"
#include "runs/slot.h"

namespace vouch::runs {

// kInvalidRequest with what to do, where `request` could never run.
Result<void> check_request(const RunRequest& request);

// The time counts from `began`. Errors as Runner::run.
boost::asio::awaitable<Result<RunOutcome>> execute(std::shared_ptr<Slot> slot,
                                                   const RunRequest& request,
                                                   const Runner::Options& options,
                                                   std::chrono::steady_clock::time_point began);

}  // namespace vouch::runs
