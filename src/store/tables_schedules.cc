// Schedules of a project.
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

#define SCHEDULE_COLUMNS                                                                        \
  "id, project_id, name, cron, tag, config, site_url, enabled, next_ms, last_ms, last_run_id, " \
  "last_problem, created_ms, updated_ms"
ScheduleRow schedule_from(Columns& c) {
  ScheduleRow row;
  row.id = c.integer();
  row.project_id = c.text();
  row.name = c.text();
  row.cron = c.text();
  row.tag = c.text();
  row.config = c.text();
  row.site_url = c.optional_text();
  row.enabled = c.integer() != 0;
  row.next_ms = c.optional_integer();
  row.last_ms = c.optional_integer();
  row.last_run_id = c.optional_integer();
  row.last_problem = c.text();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

// Of those that are due in one look; the next look finds the others.
constexpr int kDueMax = 100;

}  // namespace

ScheduleRow Tx::insert_schedule(ScheduleRow row) {
  const auto id = sql_.insert(
      "id",
      "INSERT INTO schedules(project_id, name, cron, tag, config, site_url, enabled, next_ms,"
      " last_ms, last_run_id, last_problem, created_ms, updated_ms)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      row.project_id, row.name, row.cron, row.tag, row.config, row.site_url,
      std::int64_t{row.enabled}, row.next_ms, row.last_ms, row.last_run_id, row.last_problem,
      row.created_ms, row.updated_ms);
  row.id = *id;
  return row;
}

std::optional<ScheduleRow> Tx::find_schedule(std::string_view project_id, std::int64_t id) const {
  return first(sql_("SELECT " SCHEDULE_COLUMNS " FROM schedules WHERE id = $1 AND project_id = $2",
                    id, project_id),
               schedule_from);
}

std::vector<ScheduleRow> Tx::list_schedules(std::string_view project_id) const {
  return all(sql_("SELECT " SCHEDULE_COLUMNS " FROM schedules WHERE project_id = $1 ORDER BY id",
                  project_id),
             schedule_from);
}

void Tx::update_schedule(const ScheduleRow& row) {
  sql_(
      "UPDATE schedules SET name = $2, cron = $3, tag = $4, config = $5, site_url = $6,"
      " enabled = $7, next_ms = $8, last_ms = $9, last_run_id = $10, last_problem = $11,"
      " updated_ms = $12 WHERE id = $1",
      row.id, row.name, row.cron, row.tag, row.config, row.site_url, std::int64_t{row.enabled},
      row.next_ms, row.last_ms, row.last_run_id, row.last_problem, row.updated_ms);
}

bool Tx::delete_schedule(std::string_view project_id, std::int64_t id) {
  return sql_.change("DELETE FROM schedules WHERE id = $1 AND project_id = $2", id, project_id);
}

std::vector<ScheduleRow> Tx::list_due_schedules(TimeMs now) const {
  return all(sql_("SELECT " SCHEDULE_COLUMNS " FROM schedules WHERE next_ms IS NOT NULL"
                  " AND next_ms <= $1 ORDER BY next_ms LIMIT $2",
                  now, kDueMax),
             schedule_from);
}

std::optional<TimeMs> Tx::next_schedule_ms() const {
  return first(sql_("SELECT next_ms FROM schedules WHERE next_ms IS NOT NULL"
                    " ORDER BY next_ms LIMIT 1"),
               [](Columns& c) { return c.integer(); });
}

}  // namespace vouch::store
