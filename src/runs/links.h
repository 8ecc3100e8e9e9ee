// Signed links to artifacts: who holds one may read one file for a short time, without a key.
//
// The query is `expires=<Unix seconds>&signature=<hex>`; the signature is HMAC-SHA-256 over
// workspace, run, path and expiry under the server's key (store: kArtifactSigningKey).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace vouch::runs {

inline constexpr std::int64_t kLinkSeconds = 15 * 60;

class ArtifactLinks {
 public:
  ArtifactLinks(std::string signing_key, const Clock& clock);

  // "expires=1781101812&signature=9f…", to be put behind the artifact's address.
  std::string query(std::string_view workspace_id, std::int64_t run_id, std::string_view path,
                    std::int64_t seconds = kLinkSeconds) const;
  // kForbidden when it was not signed for exactly this file, or has expired; the message tells
  // which. Constant time.
  Result<void> verify(std::string_view workspace_id, std::int64_t run_id, std::string_view path,
                      std::string_view expires, std::string_view signature) const;

 private:
  std::string sign(std::string_view workspace_id, std::int64_t run_id, std::string_view path,
                   std::string_view expires) const;

  const std::string signing_key_;
  const Clock& clock_;
};

// `path` of an artifact below `dir` ("trace/x.zip"), or kNotFound: no "..", no absolute path, no
// empty or hidden part, and nothing on the way is a symbolic link.
Result<std::string> artifact_file(const std::string& dir, std::string_view path);

}  // namespace vouch::runs
