// Projects, features and files.
#include "base/random.h"
#include "store/page.h"
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

#define PROJECT_COLUMNS \
  "position, id, workspace_id, name, site_url, settings, created_ms, updated_ms"
ProjectRow project_from(Columns& c) {
  ProjectRow row;
  c.integer();
  row.id = c.text();
  row.workspace_id = c.text();
  row.name = c.text();
  row.site_url = c.text();
  row.settings = c.object();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

#define FEATURE_SUMMARY_COLUMNS                        \
  "id, project_id, name, kind, status, gherkin_hash, " \
  "generated_gherkin_hash, job_id, created_ms, updated_ms"
FeatureSummary summary_from(Columns& c) {
  FeatureSummary row;
  row.id = c.integer();
  row.project_id = c.text();
  row.name = c.text();
  row.kind = word(feature_kind_from(c.text()));
  row.status = word(feature_status_from(c.text()));
  row.gherkin_hash = c.text();
  row.generated_gherkin_hash = c.optional_text();
  row.job_id = c.optional_text();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

#define FEATURE_COLUMNS FEATURE_SUMMARY_COLUMNS ", gherkin, rationale, spec, previous_spec"
FeatureRow feature_from(Columns& c) {
  FeatureRow row;
  static_cast<FeatureSummary&>(row) = summary_from(c);
  row.gherkin = c.text();
  row.rationale = c.optional_text();
  row.spec = c.optional_text();
  row.previous_spec = c.optional_text();
  return row;
}

std::unexpected<Error> name_taken(std::string_view name) {
  return fail(ErrorCode::kConflict, "A feature named \"" + std::string(name) +
                                        "\" already exists in this project: choose another name.");
}

// What the ended jobs selected by `condition` (over $1) left behind.
template <class Id>
void delete_history(SqlConnection& sql, const std::string& condition, const Id& id) {
  const std::string jobs = "(SELECT id FROM jobs_history WHERE " + condition + ")";
  sql("DELETE FROM sections WHERE job_id IN " + jobs, id);
  sql("DELETE FROM log_lines WHERE job_id IN " + jobs, id);
  sql("DELETE FROM events WHERE job_id IN " + jobs, id);
  sql("DELETE FROM jobs_history WHERE " + condition, id);
}

}  // namespace

void Tx::insert_project(const ProjectRow& row) {
  sql_(
      "INSERT INTO projects(id, workspace_id, name, site_url, settings, created_ms, updated_ms)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      row.id, row.workspace_id, row.name, row.site_url, row.settings, row.created_ms,
      row.updated_ms);
}

std::optional<ProjectRow> Tx::find_project_anywhere(std::string_view id) const {
  return first(sql_("SELECT " PROJECT_COLUMNS " FROM projects WHERE id = $1", id), project_from);
}

std::optional<ProjectRow> Tx::find_project(std::string_view workspace_id,
                                           std::string_view id) const {
  return first(sql_("SELECT " PROJECT_COLUMNS " FROM projects WHERE id = $1 AND workspace_id = $2",
                    id, workspace_id),
               project_from);
}

Result<List<ProjectRow>> Tx::list_projects(std::string_view workspace_id, const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, -1));
  auto rows = sql_("SELECT " PROJECT_COLUMNS
                   " FROM projects WHERE workspace_id = $1 AND position > $2"
                   " ORDER BY position LIMIT $3",
                   workspace_id, bounds.after, bounds.rows_max);
  return make_page<ProjectRow>(rows, bounds, project_from);
}

Result<void> Tx::update_project(const ProjectRow& row) {
  const bool found = sql_.change(
      "UPDATE projects SET name = $2, site_url = $3, settings = $4, updated_ms = $5 WHERE id = $1",
      row.id, row.name, row.site_url, row.settings, row.updated_ms);
  if (!found) return fail(ErrorCode::kNotFound, "No such project.");
  return {};
}

Result<void> Tx::delete_project(std::string_view id) {
  if (!sql_("SELECT id FROM jobs WHERE project_id = $1 LIMIT 1", id).empty()) {
    return fail(ErrorCode::kConflict, "A job of this project is in flight: cancel it first.");
  }
  delete_history(sql_, "project_id = $1", id);
  if (!sql_.change("DELETE FROM projects WHERE id = $1", id)) {
    return fail(ErrorCode::kNotFound, "No such project.");
  }
  return {};
}

Result<FeatureRow> Tx::insert_feature(FeatureRow row) {
  row.gherkin_hash = sha256_hex(row.gherkin);
  const auto id = sql_.insert(
      "id",
      "INSERT INTO features(project_id, name, name_folded, kind, status, gherkin_hash,"
      " generated_gherkin_hash, job_id, created_ms, updated_ms, gherkin, rationale, spec,"
      " previous_spec) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
      " ON CONFLICT DO NOTHING",
      row.project_id, row.name, fold_case(row.name), to_string(row.kind), to_string(row.status),
      row.gherkin_hash, row.generated_gherkin_hash, row.job_id, row.created_ms, row.updated_ms,
      row.gherkin, row.rationale, row.spec, row.previous_spec);
  if (!id) return name_taken(row.name);
  row.id = *id;
  return row;
}

std::optional<FeatureRow> Tx::find_feature(std::string_view project_id, std::int64_t id) const {
  return first(sql_("SELECT " FEATURE_COLUMNS " FROM features WHERE id = $1 AND project_id = $2",
                    id, project_id),
               feature_from);
}

std::optional<FeatureRow> Tx::find_feature_named(std::string_view project_id,
                                                 std::string_view name) const {
  return first(
      sql_("SELECT " FEATURE_COLUMNS " FROM features WHERE project_id = $1 AND name_folded = $2",
           project_id, fold_case(name)),
      feature_from);
}

Result<List<FeatureSummary>> Tx::list_features(std::string_view project_id,
                                               const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, -1));
  auto rows = sql_("SELECT " FEATURE_SUMMARY_COLUMNS
                   " FROM features WHERE project_id = $1 AND id > $2 ORDER BY id LIMIT $3",
                   project_id, bounds.after, bounds.rows_max);
  return make_page<FeatureSummary>(rows, bounds, summary_from);
}

std::int64_t Tx::count_features(std::string_view project_id) const {
  auto rows = sql_("SELECT COUNT(*) FROM features WHERE project_id = $1", project_id);
  return Columns(rows[0]).integer();
}

Result<FeatureRow> Tx::update_feature(FeatureRow row) {
  const std::string folded = fold_case(row.name);
  row.gherkin_hash = sha256_hex(row.gherkin);
  auto others =
      sql_("SELECT id FROM features WHERE project_id = $1 AND name_folded = $2 AND id <> $3",
           row.project_id, folded, row.id);
  if (!others.empty()) return name_taken(row.name);
  const bool found = sql_.change(
      "UPDATE features SET name = $3, name_folded = $4, kind = $5, status = $6, gherkin_hash = $7,"
      " generated_gherkin_hash = $8, job_id = $9, updated_ms = $10, gherkin = $11,"
      " rationale = $12, spec = $13, previous_spec = $14 WHERE id = $1 AND project_id = $2",
      row.id, row.project_id, row.name, folded, to_string(row.kind), to_string(row.status),
      row.gherkin_hash, row.generated_gherkin_hash, row.job_id, row.updated_ms, row.gherkin,
      row.rationale, row.spec, row.previous_spec);
  if (!found) return fail(ErrorCode::kNotFound, "No such feature in this project.");
  return row;
}

Result<void> Tx::delete_feature(std::int64_t id) {
  if (!sql_("SELECT id FROM jobs WHERE feature_id = $1 LIMIT 1", id).empty()) {
    return fail(ErrorCode::kConflict, "A job of this feature is in flight: cancel it first.");
  }
  delete_history(sql_, "feature_id = $1", id);
  if (!sql_.change("DELETE FROM features WHERE id = $1", id)) {
    return fail(ErrorCode::kNotFound, "No such feature in this project.");
  }
  return {};
}

#define FILE_COLUMNS "project_id, path, size, updated_ms"
namespace {
FileRow file_from(Columns& c) {
  FileRow row;
  row.project_id = c.text();
  row.path = c.text();
  row.size = c.integer();
  row.updated_ms = c.integer();
  return row;
}
}  // namespace

void Tx::put_file(const FileRow& row) {
  sql_(
      "INSERT INTO files(project_id, path, content, size, updated_ms) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (project_id, path) DO UPDATE SET content = excluded.content,"
      " size = excluded.size, updated_ms = excluded.updated_ms",
      row.project_id, row.path, row.content, static_cast<std::int64_t>(row.content.size()),
      row.updated_ms);
}

std::optional<FileRow> Tx::find_file(std::string_view project_id, std::string_view path) const {
  auto rows =
      sql_("SELECT " FILE_COLUMNS ", content FROM files WHERE project_id = $1 AND path = $2",
           project_id, path);
  return first(rows, [](Columns& c) {
    FileRow row = file_from(c);
    row.content = c.text();
    return row;
  });
}

std::vector<FileRow> Tx::list_files(std::string_view project_id, std::string_view prefix) const {
  return all(sql_("SELECT " FILE_COLUMNS
                  " FROM files WHERE project_id = $1 AND substr(path, 1, length($2)) = $2"
                  " ORDER BY path",
                  project_id, prefix),
             file_from);
}

bool Tx::delete_file(std::string_view project_id, std::string_view path) {
  return sql_.change("DELETE FROM files WHERE project_id = $1 AND path = $2", project_id, path);
}

void Tx::put_secret(const SecretRow& row) {
  sql_(
      "INSERT INTO secrets(project_id, name, sealed, created_ms, updated_ms)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, name) DO UPDATE SET"
      " sealed = excluded.sealed, updated_ms = excluded.updated_ms",
      row.project_id, row.name, row.sealed, row.created_ms, row.updated_ms);
}

std::vector<SecretRow> Tx::list_secrets(std::string_view project_id) const {
  return all(sql_("SELECT project_id, name, sealed, created_ms, updated_ms FROM secrets"
                  " WHERE project_id = $1 ORDER BY name",
                  project_id),
             [](Columns& c) {
               SecretRow row;
               row.project_id = c.text();
               row.name = c.text();
               row.sealed = c.text();
               row.created_ms = c.integer();
               row.updated_ms = c.integer();
               return row;
             });
}

bool Tx::delete_secret(std::string_view project_id, std::string_view name) {
  return sql_.change("DELETE FROM secrets WHERE project_id = $1 AND name = $2", project_id, name);
}

}  // namespace vouch::store
