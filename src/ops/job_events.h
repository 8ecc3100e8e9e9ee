// A job's events as a stream: those that are kept first, then the live ones; it ends with the job.
//
// The messages are the engine's (engine/core.h): `queued`, `started`, `stage`, `section`, `log` and
// `ended`, their data with `atUtc`. Ids grow, so that Last-Event-ID resumes where a reader stopped.
#pragma once

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

// How an event is told.
using EventView = StreamEvent (*)(const store::EventRow&);
StreamEvent event_message(const store::EventRow& event);

// 204, which ends a browser's reconnecting, when the job has ended and the caller has seen that.
boost::asio::awaitable<Result<Answer>> stream_job(Services& services, std::string project_id,
                                                  std::string job_id,
                                                  std::optional<std::int64_t> last_event_id,
                                                  EventView view = event_message);

}  // namespace vouch::ops
