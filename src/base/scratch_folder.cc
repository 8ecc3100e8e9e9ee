#include "base/scratch_folder.h"

#include <stdlib.h>

namespace vouch {

namespace fs = std::filesystem;

Result<ScratchFolder> ScratchFolder::make(std::string_view name) {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  std::string pattern = (parent / (std::string(name) + "-XXXXXX")).string();
  if (error || mkdtemp(pattern.data()) == nullptr) {
    return fail(ErrorCode::kUnavailable, "No folder could be made in " + parent.string() +
                                             ". Set TMPDIR to one that can be written.");
  }
  return ScratchFolder(fs::path(pattern));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace vouch
