#include "runs/job_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "runs/links.h"

namespace vouch::runs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPathBytesMax = 500;
constexpr int kEntriesMax = 50'000;  // more files than this count as too many bytes

Result<void> write_file(const std::string& path, std::string_view content) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  bool written = fd >= 0;
  while (written && !content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    written = count > 0 || (count < 0 && errno == EINTR);
    if (count > 0) content.remove_prefix(static_cast<std::size_t>(count));
  }
  const int problem = errno;
  if (fd >= 0) close(fd);
  if (written) return {};
  return fail(ErrorCode::kUnavailable,
              "Cannot write " + path + ": " + std::strerror(problem) + ".");
}

}  // namespace

bool is_project_path(std::string_view path) {
  if (path.size() > kPathBytesMax || path.contains('\0') || path.contains('\\')) return false;
  if (!path.starts_with("Features/") && !path.starts_with("Configurations/")) return false;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const auto part = path.substr(start, end - start);
    if (part.empty() || part.front() == '.' || part == "node_modules") return false;
    start = end + 1;
  }
  return true;
}

void remove_tree(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (!error) return;
  // A folder in it forbids its owner to look: allow it, and once more.
  const auto allow = [](const fs::path& dir, const auto& self) -> void {
    chmod(dir.c_str(), 0700);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(dir, ignored)) {
      if (entry.symlink_status(ignored).type() == fs::file_type::directory) {
        self(entry.path(), self);
      }
    }
  };
  allow(path, allow);
  fs::remove_all(path, error);
}

Result<JobFolder> JobFolder::make(const std::string& parent) {
  std::error_code ignored;
  fs::create_directories(parent, ignored);
  std::string path = parent + "/XXXXXX";
  if (mkdtemp(path.data()) == nullptr) {
    return fail(ErrorCode::kUnavailable, "Cannot make a folder for the run in " + parent + ": " +
                                             std::strerror(errno) + ".");
  }
  return JobFolder(std::move(path));
}

JobFolder::~JobFolder() {
  if (!path_.empty()) remove_tree(path_);
}

Result<void> JobFolder::write(const std::map<std::string, std::string>& files) const {
  for (const auto& [path, content] : files) {
    if (!is_project_path(path)) {
      return fail(ErrorCode::kInvalidRequest,
                  "'" + path +
                      "' cannot be a file of the project; files are below Features/ and "
                      "Configurations/, and no part of their path begins with a dot.");
    }
    VOUCH_TRY_VOID(write_own(path, content));
  }
  return {};
}

Result<void> JobFolder::write_own(std::string_view path, std::string_view content) const {
  const fs::path file = fs::path(path_) / path;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) {
    return fail(ErrorCode::kUnavailable,
                "Cannot make " + file.parent_path().string() + ": " + error.message() + ".");
  }
  return write_file(file.string(), content);
}

std::optional<std::string> JobFolder::file(std::string_view inside_path) const {
  const std::string prefix = std::string(kInsideRoot) + "/";
  if (!inside_path.starts_with(prefix)) return std::nullopt;
  auto found = artifact_file(path_, inside_path.substr(prefix.size()));
  if (!found) return std::nullopt;
  return std::move(*found);
}

std::optional<std::string> JobFolder::read(std::string_view path, std::size_t bytes_max) const {
  const auto name = artifact_file(path_, path);
  if (!name) return std::nullopt;
  const int fd = open(name->c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::optional<std::string> content;
  struct stat found{};
  if (fstat(fd, &found) == 0 && S_ISREG(found.st_mode) &&
      static_cast<std::size_t>(found.st_size) <= bytes_max) {
    content.emplace(static_cast<std::size_t>(found.st_size), '\0');
    std::size_t filled = 0;
    while (filled < content->size()) {
      const ssize_t count = ::read(fd, content->data() + filled, content->size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      filled += static_cast<std::size_t>(count);
    }
    content->resize(filled);
  }
  close(fd);
  return content;
}

std::int64_t JobFolder::disk_bytes(std::int64_t enough) const {
  std::int64_t bytes = 0;
  int entries = 0;
  std::error_code error;
  fs::recursive_directory_iterator entry(path_, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    struct stat found{};
    if (lstat(entry->path().c_str(), &found) == 0) bytes += found.st_blocks * 512;
    if (bytes >= enough) return bytes;
    if (++entries > kEntriesMax) return enough;
  }
  return bytes;
}

}  // namespace vouch::runs
