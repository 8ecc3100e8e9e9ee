// A feature file of the person's, read and looked at before anything is started for it.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "cli/terminal.h"

namespace vouch::cli {

struct FeatureFile {
  std::filesystem::path path;  // as given
  std::string text;
  std::string name;  // of the `Feature:` line; the file's stem where that says nothing
};

// Whether an argument means a file rather than a feature of a server: it is one, or looks like one.
bool names_file(const std::string& argument);

// kNotFound: no such file. kInvalidRequest: it is no Gherkin; the message has every error with its
// place, line and caret (source_report), and nothing else is to be said of it.
Result<FeatureFile> read_feature_file(const Terminal& terminal, const std::string& path);

// "dir/login.feature" → "dir/login.spec.ts"; "login.feature.md" → "login.spec.ts".
std::filesystem::path spec_file_beside(const std::filesystem::path& feature_file);

}  // namespace vouch::cli
