#include "ops/project_files.h"

#include <set>

#include "features/generate/generation.h"
#include "ops/feature_changes.h"
#include "ops/feature_text.h"
#include "ops/wire.h"
#include "runs/templates.h"

namespace vouch::ops {
namespace {

constexpr std::string_view kSpecEnd = ".spec.ts";
constexpr std::string_view kFeatureEnd = ".feature";
constexpr std::string_view kFeatures = "Features/";
constexpr std::string_view kConfigurations = "Configurations/";
constexpr std::string_view kConfigEnd = ".config.js";

using features::generate::spec_path;

// Until `visit` says false.
template <class Visit>
void each_feature(const store::Tx& tx, const std::string& project_id, Visit visit) {
  store::Page page;
  page.limit = store::kPageLimitMax;
  while (true) {
    auto list = tx.list_features(project_id, page);
    VOUCH_CHECK(list.has_value());
    for (const store::FeatureSummary& feature : list->items) {
      if (!visit(feature)) return;
    }
    if (!list->next_cursor) return;
    page.cursor = *list->next_cursor;
  }
}

// The feature whose file or spec this is. A name with characters that no file takes has others
// there.
std::optional<store::FeatureRow> feature_of(const store::Tx& tx, const std::string& project_id,
                                            std::string_view stem) {
  const std::string spec = std::string(kFeatures) + std::string(stem) + std::string(kSpecEnd);
  auto named = tx.find_feature_named(project_id, stem);
  if (named && spec_path(named->name) == spec) return named;
  std::optional<std::int64_t> id;
  each_feature(tx, project_id, [&](const store::FeatureSummary& feature) {
    if (spec_path(feature.name) == spec) id = feature.id;
    return !id;
  });
  return id ? tx.find_feature(project_id, *id) : std::nullopt;
}

std::optional<ProjectFile> find_feature_file(const store::Tx& tx, const std::string& project_id,
                                             const std::string& path) {
  std::string_view stem = path;
  if (!stem.starts_with(kFeatures)) return std::nullopt;
  stem.remove_prefix(kFeatures.size());
  const bool is_spec = stem.ends_with(kSpecEnd);
  if (!is_spec && !stem.ends_with(kFeatureEnd)) return std::nullopt;
  stem.remove_suffix(is_spec ? kSpecEnd.size() : kFeatureEnd.size());
  auto feature = feature_of(tx, project_id, stem);
  if (!feature || (is_spec && !feature->spec)) return std::nullopt;
  ProjectFile file;
  file.path = path;
  file.kind = is_spec ? "spec" : "feature";
  file.source = is_spec ? "generated" : "stored";
  file.content = is_spec ? *feature->spec : feature->gherkin;
  file.updated_ms = feature->updated_ms;
  return file;
}

Error wrong_path(const std::string& path, std::string_view why) {
  return {ErrorCode::kInvalidRequest,
          "`path` " + std::string(why) + ". Files stand below Features/ and Configurations/.",
          {{"member", "path"}, {"path", path}}};
}

Result<void> check_path(const std::string& path) {
  constexpr std::string_view kUnfit = "\\:*?\"<>|";
  if (path.size() > kFilePathBytesMax) {
    return std::unexpected(
        wrong_path(path, "is longer than " + std::to_string(kFilePathBytesMax) + " bytes"));
  }
  if (!path.starts_with(kFeatures) && !path.starts_with(kConfigurations)) {
    return std::unexpected(wrong_path(path, "is not of a file that may be written"));
  }
  std::string_view rest = path;
  while (true) {
    const std::size_t end = rest.find('/');
    const std::string_view segment = rest.substr(0, end);
    if (segment.empty() || segment == "." || segment == "..") {
      return std::unexpected(wrong_path(path, "has an empty part, or one that is . or .."));
    }
    for (const char byte : segment) {
      if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F ||
          kUnfit.find(byte) != kUnfit.npos) {
        return std::unexpected(
            wrong_path(path, "has a character that not every file system takes"));
      }
    }
    if (end == rest.npos) return {};
    rest.remove_prefix(end + 1);
  }
}

// The name in Features/<Name>.feature.
std::optional<std::string> feature_name_in(std::string_view path) {
  if (!path.starts_with(kFeatures) || !path.ends_with(kFeatureEnd)) return std::nullopt;
  path.remove_prefix(kFeatures.size());
  path.remove_suffix(kFeatureEnd.size());
  return std::string(path);
}

Result<void> check_not_generated(const store::Tx& tx, const store::ProjectRow& project,
                                 const std::string& path) {
  if (!path.starts_with(kFeatures) || !path.ends_with(kSpecEnd)) return {};
  const std::string_view stem = std::string_view(path).substr(
      kFeatures.size(), path.size() - kFeatures.size() - kSpecEnd.size());
  if (!feature_of(tx, project.id, stem)) return {};
  return std::unexpected(wrong_path(
      path, "is that of a generated spec, which is changed by generating its feature anew"));
}

Result<void> write_feature_file(store::Tx& tx, const store::ProjectRow& project,
                                const std::string& path, const std::string& stem,
                                const std::string& gherkin, TimeMs now_ms) {
  VOUCH_TRY_VOID(read_feature_text(gherkin));
  if (auto known = feature_of(tx, project.id, stem)) {
    return change_feature(tx, std::move(*known), {gherkin, std::nullopt, now_ms});
  }
  VOUCH_TRY(std::string name, check_name("path", stem));
  if (feature_file_path(name) != path) {
    return std::unexpected(wrong_path(path,
                                      "is not of a feature: they stand in Features/ itself, "
                                      "under names of at most 120 bytes"));
  }
  VOUCH_TRY_VOID(insert_feature(tx, {project.id, name, gherkin, now_ms}));
  return {};
}

}  // namespace

std::string feature_file_path(std::string_view feature_name) {
  std::string path = spec_path(feature_name);
  path.resize(path.size() - kSpecEnd.size());
  return path + std::string(kFeatureEnd);
}

std::vector<std::string> list_project_paths(const store::Tx& tx, const store::ProjectRow& project) {
  std::set<std::string> paths;
  for (const auto& [path, content] : runs::template_files(project.site_url)) paths.insert(path);
  for (const store::FileRow& file : tx.list_files(project.id, "")) paths.insert(file.path);
  each_feature(tx, project.id, [&](const store::FeatureSummary& feature) {
    paths.insert(feature_file_path(feature.name));
    if (feature.generated_gherkin_hash) paths.insert(spec_path(feature.name));
    return true;
  });
  return {paths.begin(), paths.end()};
}

std::optional<ProjectFile> find_project_file(const store::Tx& tx, const store::ProjectRow& project,
                                             const std::string& path) {
  if (auto file = find_feature_file(tx, project.id, path)) return file;
  ProjectFile file;
  file.path = path;
  file.kind = path.ends_with(kConfigEnd) ? "config" : "other";
  if (auto stored = tx.find_file(project.id, path)) {
    file.source = "stored";
    file.content = std::move(stored->content);
    file.updated_ms = stored->updated_ms;
    return file;
  }
  auto templates = runs::template_files(project.site_url, read_site_access(project.settings));
  auto found = templates.find(path);
  if (found == templates.end()) return std::nullopt;
  file.source = "template";
  file.content = std::move(found->second);
  return file;
}

Result<void> write_project_file(store::Tx& tx, const store::ProjectRow& project,
                                const std::string& path, const std::string& content,
                                TimeMs now_ms) {
  VOUCH_TRY_VOID(check_path(path));
  if (content.size() > kFileBytesMax) {
    return fail(ErrorCode::kInvalidRequest,
                "The file has " + std::to_string(content.size()) + " bytes; at most " +
                    std::to_string(kFileBytesMax) + " (256 KB) are allowed.",
                {{"member", "content"}});
  }
  if (auto stem = feature_name_in(path)) {
    return write_feature_file(tx, project, path, *stem, content, now_ms);
  }
  VOUCH_TRY_VOID(check_not_generated(tx, project, path));
  if (!tx.find_file(project.id, path) && tx.list_files(project.id, "").size() >= kFilesMax) {
    return fail(ErrorCode::kConflict, "This project has " + std::to_string(kFilesMax) +
                                          " stored files, which is the limit. Delete some first.");
  }
  tx.put_file({project.id, path, content, 0, now_ms});
  return {};
}

Result<void> delete_project_file(store::Tx& tx, const store::ProjectRow& project,
                                 const std::string& path) {
  VOUCH_TRY_VOID(check_path(path));
  if (auto stem = feature_name_in(path)) {
    auto feature = feature_of(tx, project.id, *stem);
    if (!feature) return fail(ErrorCode::kNotFound, "There is no such file in this project.");
    return remove_feature(tx, *feature);
  }
  VOUCH_TRY_VOID(check_not_generated(tx, project, path));
  if (tx.delete_file(project.id, path)) return {};
  if (runs::template_files(project.site_url).contains(path)) {
    return std::unexpected(wrong_path(path, "is that of a template, which cannot be deleted"));
  }
  return fail(ErrorCode::kNotFound, "There is no such file in this project.");
}

}  // namespace vouch::ops
