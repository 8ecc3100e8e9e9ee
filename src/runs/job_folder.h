// The folder of one run: the project's files as the runner sees them below /job, and what the run
// leaves behind. After the tree has ended nothing in it is trusted: links are not followed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch::runs {

inline constexpr const char* kInsideRoot = "/job";
inline constexpr const char* kWrapperPath = "Configurations/.vouch.config.js";
inline constexpr const char* kSettingsPath = "Configurations/.vouch.json";
inline constexpr const char* kReportPath = "report.json";

class JobFolder {
 public:
  // Makes parent/<random name>, which only this user may enter.
  static Result<JobFolder> make(const std::string& parent);
  JobFolder(JobFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  JobFolder& operator=(JobFolder&&) = delete;
  ~JobFolder();  // removes it with all in it

  const std::string& path() const { return path_; }

  // kInvalidRequest: a path that is not one of a project's file (is_project_path).
  Result<void> write(const std::map<std::string, std::string>& files) const;
  // Without any check of the path: for our own files.
  Result<void> write_own(std::string_view path, std::string_view content) const;

  // The host path of a regular file, none of whose parts is a link; `inside` is below /job.
  std::optional<std::string> file(std::string_view inside_path) const;
  // Its content, when it is not longer than `bytes_max`.
  std::optional<std::string> read(std::string_view path, std::size_t bytes_max) const;
  // What all of it takes on the disk; at least `enough` once that is reached.
  std::int64_t disk_bytes(std::int64_t enough) const;

 private:
  explicit JobFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// Below Features/ or Configurations/, of plain parts: no "..", nothing hidden, no node_modules.
bool is_project_path(std::string_view path);

// Removes a tree whatever the modes in it.
void remove_tree(const std::string& path);

}  // namespace vouch::runs
