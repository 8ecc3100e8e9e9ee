// Fills Node's compile cache by a run of our own: one test that passes and one that fails,
// recorded.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "runs/installation.h"

namespace vouch::runs {

boost::asio::awaitable<Result<void>> make_compile_cache(sandbox::Sandbox& sandbox,
                                                        const Installation& installation,
                                                        const Runner::Options& options);

}  // namespace vouch::runs
