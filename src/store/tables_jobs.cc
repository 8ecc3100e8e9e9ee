// Jobs, their sections and log lines, and the event log.
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

#define JOB_COLUMNS                                                                       \
  "position, id, kind, key, workspace_id, project_id, feature_id, state, stage, reason, " \
  "lease_epoch, lease_owner, lease_until_ms, attempts, payload, result, created_ms, "     \
  "started_ms, updated_ms, finished_ms, browser_ms"
JobRow job_from(Columns& c) {
  JobRow row;
  row.position = c.integer();
  row.id = c.text();
  row.kind = c.text();
  row.key = c.text();
  row.workspace_id = c.text();
  row.project_id = c.text();
  row.feature_id = c.optional_integer();
  row.state = word(job_state_from(c.text()));
  row.stage = c.text();
  row.reason = c.text();
  row.lease_epoch = c.integer();
  row.lease_owner = c.text();
  row.lease_until_ms = c.integer();
  row.attempts = c.integer();
  row.payload = c.object();
  row.result = c.object();
  row.created_ms = c.integer();
  row.started_ms = c.optional_integer();
  row.updated_ms = c.integer();
  row.finished_ms = c.optional_integer();
  row.browser_ms = c.integer();
  return row;
}

#define SECTION_COLUMNS                                                               \
  "job_id, ordinal, section, title, status, conclusion, stage, status_reason, data, " \
  "updated_ms"
SectionRow section_from(Columns& c) {
  SectionRow row;
  row.job_id = c.text();
  row.ordinal = c.integer();
  row.section = c.text();
  row.title = c.text();
  row.status = word(section_status_from(c.text()));
  if (auto conclusion = c.optional_text()) row.conclusion = word(conclusion_from(*conclusion));
  row.stage = c.text();
  row.status_reason = c.text();
  row.data = c.object();
  row.updated_ms = c.integer();
  return row;
}

LogLineRow log_line_from(Columns& c) {
  LogLineRow row;
  row.id = c.integer();
  row.job_id = c.text();
  row.ordinal = c.integer();
  row.line = c.text();
  row.at_ms = c.integer();
  return row;
}

EventRow event_from(Columns& c) {
  EventRow row;
  row.seq = c.integer();
  row.kind = c.text();
  row.project_id = c.text();
  row.feature_id = c.optional_integer();
  row.job_id = c.text();
  row.data = c.object();
  row.at_ms = c.integer();
  return row;
}

}  // namespace

Result<JobRow> Tx::insert_job(JobRow row) {
  const auto position = sql_.insert(
      "position",
      "INSERT INTO jobs(id, kind, key, workspace_id, project_id, feature_id, state, stage, reason,"
      " lease_epoch, lease_owner, lease_until_ms, attempts, payload, result, created_ms,"
      " started_ms, updated_ms, finished_ms, browser_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
      " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
      " ON CONFLICT DO NOTHING",
      row.id, row.kind, row.key, row.workspace_id, row.project_id, row.feature_id,
      to_string(row.state), row.stage, row.reason, row.lease_epoch, row.lease_owner,
      row.lease_until_ms, row.attempts, row.payload, row.result, row.created_ms, row.started_ms,
      row.updated_ms, row.finished_ms, row.browser_ms);
  if (position) {
    row.position = *position;
    return row;
  }
  auto other = find_live_job(row.key);
  VOUCH_CHECK(other.has_value());  // ids are random: only the key can be taken
  return fail(ErrorCode::kConflict, "A job for this is already in flight.", {{"jobId", other->id}});
}

std::optional<JobRow> Tx::find_job(std::string_view id) const {
  auto live = first(sql_("SELECT " JOB_COLUMNS " FROM jobs WHERE id = $1", id), job_from);
  if (live) return live;
  return first(sql_("SELECT " JOB_COLUMNS " FROM jobs_history WHERE id = $1", id), job_from);
}

std::optional<JobRow> Tx::find_live_job(std::string_view key) const {
  return first(sql_("SELECT " JOB_COLUMNS " FROM jobs WHERE key = $1"
                    " AND state IN ('queued', 'running', 'waiting')",
                    key),
               job_from);
}

std::optional<bool> Tx::is_job_live(std::string_view id) const {
  if (!sql_("SELECT 1 FROM jobs WHERE id = $1", id).empty()) return true;
  if (!sql_("SELECT 1 FROM jobs_history WHERE id = $1", id).empty()) return false;
  return std::nullopt;
}

std::vector<JobRow> Tx::list_live_jobs() const {
  return all(sql_("SELECT " JOB_COLUMNS " FROM jobs ORDER BY position"), job_from);
}

std::vector<LiveJobs> Tx::count_live_jobs() const {
  auto rows =
      sql_("SELECT kind, state, count(*) FROM jobs GROUP BY kind, state ORDER BY kind, state");
  return all(rows, [](Columns& c) {
    LiveJobs jobs;
    jobs.kind = c.text();
    jobs.state = word(job_state_from(c.text()));
    jobs.count = c.integer();
    return jobs;
  });
}

std::vector<JobRow> Tx::next_queued_jobs(std::string_view kind, int count) const {
  return all(sql_("SELECT " JOB_COLUMNS " FROM jobs WHERE kind = $1 AND state = 'queued'"
                  " ORDER BY position LIMIT $2",
                  kind, count),
             job_from);
}

std::vector<JobRow> Tx::list_expired_jobs(TimeMs now) const {
  return all(sql_("SELECT " JOB_COLUMNS " FROM jobs WHERE state IN ('running', 'waiting')"
                  " AND lease_until_ms < $1 ORDER BY position",
                  now),
             job_from);
}

std::optional<std::int64_t> Tx::queue_position(std::string_view id) const {
  auto rows = sql_(
      "SELECT (SELECT count(*) FROM jobs AS before WHERE before.kind = mine.kind"
      "  AND before.state = 'queued' AND before.position <= mine.position)"
      " FROM jobs AS mine WHERE mine.id = $1 AND mine.state = 'queued'",
      id);
  return first(rows, [](Columns& c) { return c.integer(); });
}

bool Tx::update_job(const JobRow& row, JobState expected_state, std::int64_t expected_epoch) {
  if (!is_live(row.state)) return end_job(row, expected_state, expected_epoch);
  return sql_.change(
      "UPDATE jobs SET state = $4, stage = $5, reason = $6, lease_epoch = $7, lease_owner = $8,"
      " lease_until_ms = $9, attempts = $10, payload = $11, result = $12, started_ms = $13,"
      " updated_ms = $14, finished_ms = $15, browser_ms = $16 WHERE id = $1 AND state = $2 AND"
      " lease_epoch = $3",
      row.id, to_string(expected_state), expected_epoch, to_string(row.state), row.stage,
      row.reason, row.lease_epoch, row.lease_owner, row.lease_until_ms, row.attempts, row.payload,
      row.result, row.started_ms, row.updated_ms, row.finished_ms, row.browser_ms);
}

bool Tx::end_job(const JobRow& row, JobState expected_state, std::int64_t expected_epoch) {
  const bool found =
      sql_.change("DELETE FROM jobs WHERE id = $1 AND state = $2 AND lease_epoch = $3", row.id,
                  to_string(expected_state), expected_epoch);
  if (!found) return false;
  sql_("INSERT INTO jobs_history(" JOB_COLUMNS
       ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
       " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
       row.position, row.id, row.kind, row.key, row.workspace_id, row.project_id, row.feature_id,
       to_string(row.state), row.stage, row.reason, row.lease_epoch, row.lease_owner,
       row.lease_until_ms, row.attempts, row.payload, row.result, row.created_ms, row.started_ms,
       row.updated_ms, row.finished_ms, row.browser_ms);
  return true;
}

std::vector<JobRow> Tx::list_history(std::int64_t after_position, int limit) const {
  auto rows = sql_(
      "SELECT position, id, kind, feature_id, created_ms FROM jobs_history WHERE position > $1"
      " ORDER BY position LIMIT $2",
      after_position, limit);
  return all(rows, [](Columns& c) {
    JobRow row;
    row.position = c.integer();
    row.id = c.text();
    row.kind = c.text();
    row.feature_id = c.optional_integer();
    row.created_ms = c.integer();
    return row;
  });
}

void Tx::delete_ended_job(std::string_view id) {
  if (!sql_.change("DELETE FROM jobs_history WHERE id = $1", id)) return;
  for (const char* statement :
       {"DELETE FROM sections WHERE job_id = $1", "DELETE FROM log_lines WHERE job_id = $1",
        "DELETE FROM events WHERE job_id = $1", "DELETE FROM adapter_jobs WHERE job_id = $1"}) {
    sql_(statement, id);
  }
}

bool Tx::is_latest_generation(const JobRow& job) const {
  if (!job.feature_id) return false;
  return !sql_("SELECT 1 FROM features WHERE id = $1 AND job_id = $2", *job.feature_id, job.id)
              .empty();
}

void Tx::put_section(const SectionRow& row) {
  std::optional<std::string_view> conclusion;
  if (row.conclusion) conclusion = to_string(*row.conclusion);
  sql_("INSERT INTO sections(" SECTION_COLUMNS
       ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
       " ON CONFLICT (job_id, ordinal) DO UPDATE SET section = excluded.section,"
       " title = excluded.title, status = excluded.status, conclusion = excluded.conclusion,"
       " stage = excluded.stage, status_reason = excluded.status_reason, data = excluded.data,"
       " updated_ms = excluded.updated_ms",
       row.job_id, row.ordinal, row.section, row.title, to_string(row.status), conclusion,
       row.stage, row.status_reason, row.data, row.updated_ms);
}

std::optional<SectionRow> Tx::find_section(std::string_view job_id, std::int64_t ordinal) const {
  return first(sql_("SELECT " SECTION_COLUMNS " FROM sections WHERE job_id = $1 AND ordinal = $2",
                    job_id, ordinal),
               section_from);
}

std::vector<SectionRow> Tx::list_sections(std::string_view job_id) const {
  return all(
      sql_("SELECT " SECTION_COLUMNS " FROM sections WHERE job_id = $1 ORDER BY ordinal", job_id),
      section_from);
}

void Tx::insert_log_line(const LogLineRow& row) {
  sql_("INSERT INTO log_lines(job_id, ordinal, line, at_ms) VALUES ($1, $2, $3, $4)", row.job_id,
       row.ordinal, row.line, row.at_ms);
}

std::vector<LogLineRow> Tx::list_log_lines(std::string_view job_id) const {
  return all(
      sql_("SELECT id, job_id, ordinal, line, at_ms FROM log_lines WHERE job_id = $1 ORDER BY id",
           job_id),
      log_line_from);
}

std::vector<std::pair<std::int64_t, std::int64_t>> Tx::count_log_lines(
    std::string_view job_id) const {
  auto rows = sql_(
      "SELECT ordinal, count(*) FROM log_lines WHERE job_id = $1 GROUP BY ordinal ORDER BY ordinal",
      job_id);
  return all(rows, [](Columns& c) {
    std::int64_t ordinal = c.integer();
    return std::pair(ordinal, c.integer());
  });
}

std::int64_t Tx::insert_event(EventRow row) {
  const auto seq =
      sql_.insert("seq",
                  "INSERT INTO events(kind, project_id, feature_id, job_id, data, at_ms)"
                  " VALUES ($1, $2, $3, $4, $5, $6)",
                  row.kind, row.project_id, row.feature_id, row.job_id, row.data, row.at_ms);
  row.seq = *seq;
  events_.push_back(std::move(row));
  return events_.back().seq;
}

std::vector<EventRow> Tx::list_events(const EventFilter& filter, std::int64_t after_seq,
                                      int limit) const {
  Query query("SELECT seq, kind, project_id, feature_id, job_id, data, at_ms FROM events");
  query.add(" WHERE seq > ", after_seq);
  if (!filter.job_id.empty()) query.add(" AND job_id = ", filter.job_id);
  if (filter.feature_id) query.add(" AND feature_id = ", *filter.feature_id);
  if (!filter.project_id.empty()) query.add(" AND project_id = ", filter.project_id);
  query.add(" ORDER BY seq LIMIT ", std::int64_t{limit});
  return all(query.run(sql_), event_from);
}

std::int64_t Tx::last_event_seq() const {
  auto seq = first(sql_("SELECT seq FROM events ORDER BY seq DESC LIMIT 1"),
                   [](Columns& c) { return c.integer(); });
  return seq.value_or(0);
}

}  // namespace vouch::store
