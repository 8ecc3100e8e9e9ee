// Takes secrets out of what a run left behind, before it is kept.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/secrets.h"
#include "runs/runner.h"

namespace vouch::runs {

inline constexpr std::uint64_t kRedactedEntryBytesMax = 64
                                                        << 20;  // of a file, or one in an archive
inline constexpr std::uint64_t kRedactedTotalBytesMax = 512 << 20;  // of all in one archive
inline constexpr int kArchivesDeepMax = 3;                          // an archive in an archive in …

// The files of `artifacts` below `dir`: texts, and every entry of traces, archives in them too.
// Pictures and videos are left as they are. What cannot be looked into, being malformed or larger
// than the limits above, is removed, with a sentence in `notes`. Sizes are brought up to date. The
// work is done on a thread of its own.
boost::asio::awaitable<Result<void>> redact_artifacts(const std::string& dir, SharedSecrets secrets,
                                                      std::vector<Artifact>& artifacts,
                                                      std::vector<std::string>& notes);

// The bytes of an archive without them. kInvalidRequest: it cannot be looked into.
Result<std::string> redact_archive(std::string bytes, const Secrets& secrets, int deep = 1);

}  // namespace vouch::runs
