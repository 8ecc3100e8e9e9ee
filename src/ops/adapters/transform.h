// Running active scripts: POST …/{provider}/{topic}/transform.
//
// One payload comes as JSON, {payload}. A stream of them, newline-delimited JSON, is answered while
// it comes: a line for each, in their order, either the output or
//   {"error": {code, message, details, field}, "line": 3}
// A failing record never ends the stream; empty lines are skipped. The script that is active when
// the stream begins is used to its end.
//
// With an Idempotency-Key, which a stream cannot have, the provider is asked once: the key is
// reserved before the script runs, and answered from then on with the output, or with the error of
// a script that had asked for something.
#pragma once

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

boost::asio::awaitable<Result<Answer>> transform(Services& services, const Call& call);
}  // namespace vouch::ops
