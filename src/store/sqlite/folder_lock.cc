#include "store/sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/sqlite/sqlite_store.h"

namespace vouch::store {
namespace {

std::string owner_of(int fd) {
  char text[32] = {};
  ssize_t length = pread(fd, text, sizeof text - 1, 0);
  return length > 0 ? " (process " + std::string(text, static_cast<std::size_t>(length)) + ")" : "";
}

std::unexpected<Error> unusable(const std::string& folder, const std::string& why) {
  return fail(ErrorCode::kUnavailable,
              "The folder " + folder + " cannot be used: " + why + ". Choose another with --data.");
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) return unusable(folder, error.message());
  const std::string path = folder + "/" + kSqliteLockName;
  // Closed on exec: a program that was started must not go on holding the folder.
  int fd = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) return unusable(folder, std::strerror(errno));
  FolderLock lock(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::kConflict, "The folder " + folder + " is in use by another vouch" +
                                          owner_of(fd) +
                                          ": stop it, or choose another folder with --data.");
  }
  const std::string owner = std::to_string(getpid());
  if (ftruncate(fd, 0) != 0 ||
      pwrite(fd, owner.data(), owner.size(), 0) != static_cast<ssize_t>(owner.size())) {
    return unusable(folder, std::strerror(errno));
  }
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace vouch::store
