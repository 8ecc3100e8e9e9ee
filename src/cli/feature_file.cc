#include "cli/feature_file.h"

#include <fstream>
#include <iterator>
#include <vector>

#include "base/base64.h"
#include "cli/invocation.h"
#include "cli/report.h"
#include "features/gherkin/gherkin.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
namespace gherkin = features::gherkin;

constexpr const char* kNoFeatureLine =
    "this is not a feature file: it should begin with a `Feature:` line";

// The official message tells every kind of line that may stand there, which helps nobody who named
// the wrong file.
bool misses_feature_line(const gherkin::ParseError& error) {
  return error.message.starts_with("expected: #EOF, #Language, #TagLine, #FeatureLine");
}

std::string stem(const fs::path& path) {
  std::string name = path.filename().string();
  for (std::string_view ending : {".feature.md", ".feature", ".md"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

// What stands in quotes and names a file in the folder of the feature, or below it.
json::object uploads_of(const fs::path& feature, const std::string& text) {
  json::object uploads;
  const fs::path folder = feature.parent_path();
  std::size_t all = 0;
  for (std::size_t open = text.find('"'); open != std::string::npos; open = text.find('"', open)) {
    const std::size_t close = text.find_first_of("\"\n", open + 1);
    if (close == std::string::npos) break;
    const std::string name = text.substr(open + 1, close - open - 1);
    open = text[close] == '"' ? close + 1 : close;
    if (name.find('.') == std::string::npos || uploads.contains(name)) continue;
    const fs::path path = (folder / name).lexically_normal();
    std::error_code ignored;
    const bool below = fs::path(name).is_relative() &&
                       !fs::path(name).lexically_normal().string().starts_with("..");
    if (!below || !fs::is_regular_file(path, ignored) || uploads.size() == kUploadsMax) continue;
    const std::size_t bytes = fs::file_size(path, ignored);
    if (bytes > kUploadBytesMax || all + bytes > kUploadsBytesMax) continue;
    all += bytes;
    std::ifstream in(path, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(in)), {});
    uploads[name] = to_base64(content);
  }
  return uploads;
}

}  // namespace

bool names_file(const std::string& argument) {
  std::error_code ignored;
  return argument.ends_with(".feature") || argument.ends_with(".feature.md") ||
         argument.find('/') != argument.npos || fs::is_regular_file(argument, ignored);
}

Result<FeatureFile> read_feature_file(const Terminal& terminal, const std::string& path) {
  FeatureFile file;
  file.path = path;
  VOUCH_TRY(file.text, read_input(path));
  auto document = gherkin::parse(file.text, {.syntax = gherkin::syntax_of(path)});
  if (!document) {
    std::vector<SourceProblem> problems;
    for (const gherkin::ParseError& error : document.error()) {
      if (misses_feature_line(error)) {
        problems.push_back({error.location.line, error.location.column, kNoFeatureLine});
        break;
      }
      problems.push_back({error.location.line, error.location.column, error.message});
    }
    return fail(ErrorCode::kInvalidRequest, source_report(terminal, path, file.text, problems));
  }
  if (!document->feature) {
    return fail(ErrorCode::kInvalidRequest,
                path + " holds no feature: it should begin with a `Feature:` line.\n");
  }
  file.uploads = uploads_of(file.path, file.text);
  file.name = document->feature->name.empty() ? stem(path) : document->feature->name;
  return file;
}

fs::path spec_file_beside(const fs::path& feature_file) {
  return (feature_file.parent_path() / (stem(feature_file) + ".spec.ts")).lexically_normal();
}

}  // namespace vouch::cli
