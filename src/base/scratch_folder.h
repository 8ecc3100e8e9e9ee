// A folder that is gone with its owner.
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace vouch {

class ScratchFolder {
 public:
  // In the system's folder for what is temporary (TMPDIR), its name beginning with `name`.
  // kUnavailable, saying what to set, where none can be made.
  static Result<ScratchFolder> make(std::string_view name);
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace vouch
