// Who owns a folder: a lock file held until this is destroyed, or the process ends in whatever way.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace vouch::store {

class FolderLock {
 public:
  // kConflict: somebody else holds it. kUnavailable: the folder cannot be made or written. Makes it
  // (mode 0700) if absent.
  static Result<FolderLock> take(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace vouch::store
