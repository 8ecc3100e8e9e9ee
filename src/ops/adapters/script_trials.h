// Scripts that are tried: on what is asked, and a person's own before it is kept.
#pragma once

#include "ops/operation.h"
#include "ops/services.h"

namespace vouch::ops {

inline constexpr std::size_t kTestInputsMax = 200;  // of one test

// POST …/scripts/{scriptId}/test: on `inputs`, `samples`, or what is registered.
boost::asio::awaitable<Result<Answer>> test_script(Services& services, const Call& call);

// POST …/{provider}/{topic}/scripts: `source` becomes a candidate if it does what every registered
// sample says, in the trial that generated scripts go through (adapters/draft/trial.h).
// kInvalidRequest where it does not: `failed` of the details has the first results that say why.
boost::asio::awaitable<Result<Answer>> add_script(Services& services, const Call& call);

}  // namespace vouch::ops
