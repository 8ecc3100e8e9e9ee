// The files of a project as the next run will use them: what was stored over what the template has,
// and beside them every feature with its generated spec. Pure functions of a transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"
#include "store/tx.h"

namespace vouch::ops {

struct ProjectFile {
  std::string path;
  std::string kind;    // `feature`, `spec`, `config`, `other`
  std::string source;  // `template`, `stored`, `generated`
  std::string content;
  std::optional<TimeMs> updated_ms;  // none for a template
};

// "Features/Login.feature", beside its spec.
std::string feature_file_path(std::string_view feature_name);

// Paths in order, each once.
std::vector<std::string> list_project_paths(const store::Tx& tx, const store::ProjectRow& project);
std::optional<ProjectFile> find_project_file(const store::Tx& tx, const store::ProjectRow& project,
                                             const std::string& path);

// What may be written: whole files of at most kFileBytesMax, below Features/ and Configurations/.
// Features/<Name>.feature is the feature: writing it makes or changes it, deleting it deletes it,
// under the same locks.
inline constexpr std::size_t kFileBytesMax = 256 * 1024;
inline constexpr std::size_t kFilePathBytesMax = 300;
inline constexpr std::size_t kFilesMax = 1000;  // stored in a project, features not counted

// kInvalidRequest: the path or the text is not one that may be written. kConflict: a lock.
Result<void> write_project_file(store::Tx& tx, const store::ProjectRow& project,
                                const std::string& path, const std::string& content, TimeMs now_ms);
// What the template has at that path is seen again. kNotFound: there was none.
Result<void> delete_project_file(store::Tx& tx, const store::ProjectRow& project,
                                 const std::string& path);

}  // namespace vouch::ops
