// A feature file of the person's, read and looked at before anything is started for it.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "cli/terminal.h"

namespace vouch::cli {

struct FeatureFile {
  std::filesystem::path path;  // as given
  std::string text;
  std::string name;  // of the `Feature:` line; the file's stem where that says nothing
  // Files beside it, or below its folder, that its steps name in quotes: in base64, by those names.
  boost::json::object uploads;
};

// Whether an argument means a file rather than a feature of a server: it is one, or looks like one.
bool names_file(const std::string& argument);

// Of the uploads of a feature, so that they fit into a request. What is beyond is left out, and
// made up by the test.
inline constexpr std::size_t kUploadBytesMax = 256 * 1024, kUploadsBytesMax = 512 * 1024;
inline constexpr std::size_t kUploadsMax = 10;

// kNotFound: no such file. kInvalidRequest: it is no Gherkin; the message has every error with its
// place, line and caret (source_report), and nothing else is to be said of it.
Result<FeatureFile> read_feature_file(const Terminal& terminal, const std::string& path);

// "dir/login.feature" → "dir/login.spec.ts"; "login.feature.md" → "login.spec.ts".
std::filesystem::path spec_file_beside(const std::filesystem::path& feature_file);

}  // namespace vouch::cli
