// What the operations of every kind of job do alike.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

inline constexpr std::chrono::seconds kRetryAfter{3};  // of a status that has not ended

// Where the call waits: waits until the job has ended that `find` names, if it does (an empty text:
// none). What is answered is to be read afterwards, so that a waiting call holds little.
boost::asio::awaitable<Result<void>> wait_for_job(
    Services& services, const Call& call,
    std::function<Result<std::string>(const store::Tx&)> find);

// The engine names the job in flight; on the wire it is a request.
Error with_request(Error error);

// Cancels the job and keeps the answer. `ended`: what is answered when it is over already.
boost::asio::awaitable<Result<Answer>> cancel_job(Services& services, const Call& call,
                                                  std::string job_id, Error ended);

}  // namespace vouch::ops
