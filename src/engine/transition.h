// Brings the pure core (core.h) together with the store: one step of one job, inside a transaction.
#pragma once

#include <map>

#include "engine/core.h"
#include "engine/engine.h"

namespace vouch::engine {

using Kinds = std::map<std::string, JobKind, std::less<>>;

// Reads the job, applies the event, writes what follows from it under the fence, and calls the
// hooks of its kind. Returns the job as it is now. kNotFound: no such job. kCancelled: the fence
// refused.
Result<store::JobRow> advance(store::Tx& tx, std::string_view job_id, const Event& event,
                              TimeMs now, const Rules& rules, const Kinds& kinds);

// What is not the job itself. Returns the seq of the last event, 0 where there is none.
std::int64_t write_rest(store::Tx& tx, const Writes& writes);

}  // namespace vouch::engine
