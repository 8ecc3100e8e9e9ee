// Runs and their artifacts.
#include <limits>

#include "store/page.h"
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

#define RUN_COLUMNS                                                                 \
  "id, project_id, feature_id, tag, job_id, config, site_url, status, created_ms, " \
  "started_ms, finished_ms, digest"
RunRow run_from(Columns& c) {
  RunRow row;
  row.id = c.integer();
  row.project_id = c.text();
  row.feature_id = c.optional_integer();
  row.tag = c.text();
  row.job_id = c.text();
  row.config = c.text();
  row.site_url = c.text();
  row.status = word(run_status_from(c.text()));
  row.created_ms = c.integer();
  row.started_ms = c.optional_integer();
  row.finished_ms = c.optional_integer();
  row.digest = c.object();
  return row;
}

}  // namespace

RunRow Tx::insert_run(RunRow row) {
  const auto id = sql_.insert(
      "id",
      "INSERT INTO runs(project_id, feature_id, tag, job_id, config, site_url, status, created_ms,"
      " started_ms, finished_ms, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      row.project_id, row.feature_id, row.tag, row.job_id, row.config, row.site_url,
      to_string(row.status), row.created_ms, row.started_ms, row.finished_ms, row.digest);
  row.id = *id;
  return row;
}

std::optional<RunRow> Tx::find_run(std::string_view project_id, std::int64_t id) const {
  return first(
      sql_("SELECT " RUN_COLUMNS " FROM runs WHERE id = $1 AND project_id = $2", id, project_id),
      run_from);
}

Result<List<RunRow>> Tx::list_runs(std::string_view project_id, const RunFilter& filter,
                                   const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, std::numeric_limits<std::int64_t>::max()));
  Query query("SELECT " RUN_COLUMNS " FROM runs");
  query.add(" WHERE project_id = ", std::string(project_id)).add(" AND id < ", bounds.after);
  if (filter.feature_id) query.add(" AND feature_id = ", *filter.feature_id);
  if (filter.status) query.add(" AND status = ", std::string(to_string(*filter.status)));
  query.add(" ORDER BY id DESC LIMIT ", bounds.rows_max);
  return make_page<RunRow>(query.run(sql_), bounds, run_from);
}

Result<void> Tx::update_run(const RunRow& row) {
  const bool found = sql_.change(
      "UPDATE runs SET status = $2, started_ms = $3, finished_ms = $4, digest = $5 WHERE id = $1",
      row.id, to_string(row.status), row.started_ms, row.finished_ms, row.digest);
  if (!found) return fail(ErrorCode::kNotFound, "No such run in this project.");
  return {};
}

std::vector<RunRow> Tx::list_all_runs(std::int64_t after_id, int limit) const {
  auto rows =
      sql_("SELECT id, project_id, status, created_ms FROM runs WHERE id > $1 ORDER BY id LIMIT $2",
           after_id, limit);
  return all(rows, [](Columns& c) {
    RunRow row;
    row.id = c.integer();
    row.project_id = c.text();
    row.status = word(run_status_from(c.text()));
    row.created_ms = c.integer();
    return row;
  });
}

void Tx::delete_run(std::int64_t id) { sql_("DELETE FROM runs WHERE id = $1", id); }

void Tx::delete_artifacts(std::int64_t run_id) {
  sql_("DELETE FROM artifacts WHERE run_id = $1", run_id);
}

std::int64_t Tx::artifact_bytes() const {
  return Columns(sql_("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM artifacts")[0]).integer();
}

void Tx::put_artifact(const ArtifactRow& row) {
  sql_(
      "INSERT INTO artifacts(run_id, kind, path, size) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (run_id, path) DO UPDATE SET kind = excluded.kind, size = excluded.size",
      row.run_id, row.kind, row.path, row.size);
}

std::vector<ArtifactRow> Tx::list_artifacts(std::int64_t run_id) const {
  auto rows = sql_("SELECT run_id, kind, path, size FROM artifacts WHERE run_id = $1 ORDER BY path",
                   run_id);
  return all(rows, [](Columns& c) {
    ArtifactRow row;
    row.run_id = c.integer();
    row.kind = c.text();
    row.path = c.text();
    row.size = c.integer();
    return row;
  });
}

}  // namespace vouch::store
