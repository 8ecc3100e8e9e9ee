#include "runs/links.h"

#include <sys/stat.h>

#include <charconv>
#include <vector>

#include "base/random.h"

namespace vouch::runs {
namespace {

constexpr std::size_t kPathBytesMax = 1'000;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    parts.push_back(path.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

}  // namespace

ArtifactLinks::ArtifactLinks(std::string signing_key, const Clock& clock)
    : signing_key_(std::move(signing_key)), clock_(clock) {
  VOUCH_CHECK(!signing_key_.empty());
}

// Each member with its length before it, so that no two tuples give the same bytes.
std::string ArtifactLinks::sign(std::string_view workspace_id, std::int64_t run_id,
                                std::string_view path, std::string_view expires) const {
  const std::string run = std::to_string(run_id);
  std::string bytes = "vouch artifact link 1\n";
  for (std::string_view member : {workspace_id, std::string_view(run), path, expires}) {
    bytes.append(std::to_string(member.size())).append(":").append(member).append("\n");
  }
  return hmac_sha256_hex(signing_key_, bytes);
}

std::string ArtifactLinks::query(std::string_view workspace_id, std::int64_t run_id,
                                 std::string_view path, std::int64_t seconds) const {
  const std::string expires = std::to_string(clock_.now_ms() / 1000 + seconds);
  return "expires=" + expires + "&signature=" + sign(workspace_id, run_id, path, expires);
}

Result<void> ArtifactLinks::verify(std::string_view workspace_id, std::int64_t run_id,
                                   std::string_view path, std::string_view expires,
                                   std::string_view signature) const {
  if (!equal_constant_time(sign(workspace_id, run_id, path, expires), signature)) {
    return fail(ErrorCode::kForbidden,
                "The link is not valid; ask for the run's artifacts to get a new one.");
  }
  std::int64_t expires_s = 0;
  const auto [end, error] =
      std::from_chars(expires.data(), expires.data() + expires.size(), expires_s);
  if (error != std::errc() || end != expires.data() + expires.size() ||
      clock_.now_ms() / 1000 >= expires_s) {
    return fail(ErrorCode::kForbidden,
                "The link has expired; ask for the run's artifacts to get a new one.");
  }
  return {};
}

Result<std::string> artifact_file(const std::string& dir, std::string_view path) {
  const auto missing = [&] {
    return fail(ErrorCode::kNotFound, "There is no artifact of this name.");
  };
  if (path.empty() || path.size() > kPathBytesMax || path.find('\0') != path.npos) return missing();
  std::string file = dir;
  struct stat found{};
  for (const auto part : parts_of(path)) {
    if (part.empty() || part.front() == '.') return missing();
    file.append("/").append(part);
    if (lstat(file.c_str(), &found) != 0 || S_ISLNK(found.st_mode)) return missing();
  }
  if (!S_ISREG(found.st_mode)) return missing();
  return file;
}

}  // namespace vouch::runs
