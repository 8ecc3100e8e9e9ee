#include "ops/project_files.h"

#include <set>

#include "features/generate/generation.h"
#include "runs/runner.h"

namespace vouch::ops {
namespace {

constexpr std::string_view kSpecEnd = ".spec.ts";
constexpr std::string_view kFeatureEnd = ".feature";
constexpr std::string_view kFeatures = "Features/";
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
  auto templates = runs::template_files(project.site_url);
  auto found = templates.find(path);
  if (found == templates.end()) return std::nullopt;
  file.source = "template";
  file.content = std::move(found->second);
  return file;
}

}  // namespace vouch::ops
