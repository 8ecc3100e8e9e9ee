#include "store/schema.h"

namespace vouch::store {
namespace {

// $IDENTITY stands for SqlConnection::identity_type(), $CLUSTERED for clustered(). A job's row has
// the same columns in both of its tables.
#define VOUCH_JOB_COLUMNS                                                                     \
  "  id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL,"                         \
  "  workspace_id TEXT NOT NULL, project_id TEXT NOT NULL, feature_id BIGINT,"                \
  "  state TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL,"                         \
  "  lease_epoch BIGINT NOT NULL, lease_owner TEXT NOT NULL, lease_until_ms BIGINT NOT NULL," \
  "  attempts BIGINT NOT NULL, payload TEXT NOT NULL, result TEXT NOT NULL,"                  \
  "  created_ms BIGINT NOT NULL, started_ms BIGINT, updated_ms BIGINT NOT NULL,"              \
  "  finished_ms BIGINT)"

constexpr const char* kStep1[] = {
    "CREATE TABLE workspaces(position $IDENTITY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    "  name_folded TEXT NOT NULL UNIQUE, created_ms BIGINT NOT NULL)",

    "CREATE TABLE keys(position $IDENTITY, id TEXT NOT NULL UNIQUE,"
    "  workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL, prefix TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, last_used_ms BIGINT, expires_ms BIGINT, revoked_ms BIGINT)",
    "CREATE INDEX keys_of_workspace ON keys(workspace_id, position)",

    "CREATE TABLE projects(position $IDENTITY, id TEXT NOT NULL UNIQUE,"
    "  workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL, site_url TEXT NOT NULL, settings TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL)",
    "CREATE INDEX projects_of_workspace ON projects(workspace_id, position)",

    "CREATE TABLE features(id $IDENTITY,"
    "  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL, name_folded TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,"
    "  gherkin_hash TEXT NOT NULL, generated_gherkin_hash TEXT, job_id TEXT,"
    "  created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL,"
    "  gherkin TEXT NOT NULL, rationale TEXT, spec TEXT, previous_spec TEXT,"
    "  UNIQUE(project_id, name_folded))",
    "CREATE INDEX features_of_project ON features(project_id, id)",

    "CREATE TABLE files(project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,"
    "  path TEXT NOT NULL, content TEXT NOT NULL, size BIGINT NOT NULL,"
    "  updated_ms BIGINT NOT NULL, PRIMARY KEY(project_id, path))",

    // Live jobs only, so that it stays small; the ended ones are in jobs_history.
    "CREATE TABLE jobs(position $IDENTITY," VOUCH_JOB_COLUMNS,
    "CREATE UNIQUE INDEX jobs_one_live_of_key ON jobs(key)"
    "  WHERE state IN ('queued', 'running', 'waiting')",
    "CREATE INDEX jobs_queued ON jobs(kind, position) WHERE state = 'queued'",
    "CREATE TABLE jobs_history(position BIGINT PRIMARY KEY," VOUCH_JOB_COLUMNS,
    "CREATE INDEX jobs_history_of_feature ON jobs_history(feature_id)",
    "CREATE INDEX jobs_history_of_project ON jobs_history(project_id)",

    "CREATE TABLE sections(job_id TEXT NOT NULL, ordinal BIGINT NOT NULL, section TEXT NOT NULL,"
    "  title TEXT NOT NULL, status TEXT NOT NULL, conclusion TEXT, stage TEXT NOT NULL,"
    "  status_reason TEXT NOT NULL, data TEXT NOT NULL, updated_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(job_id, ordinal))",
    "CREATE TABLE log_lines(id $IDENTITY, job_id TEXT NOT NULL, ordinal BIGINT NOT NULL,"
    "  line TEXT NOT NULL, at_ms BIGINT NOT NULL)",
    "CREATE INDEX log_lines_of_job ON log_lines(job_id, id)",

    "CREATE TABLE events(seq $IDENTITY, kind TEXT NOT NULL, project_id TEXT NOT NULL,"
    "  feature_id BIGINT, job_id TEXT NOT NULL, data TEXT NOT NULL, at_ms BIGINT NOT NULL)",
    "CREATE INDEX events_of_project ON events(project_id, seq)",
    "CREATE INDEX events_of_feature ON events(feature_id, seq)",
    "CREATE INDEX events_of_job ON events(job_id, seq)",

    "CREATE TABLE runs(id $IDENTITY,"
    "  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,"
    "  feature_id BIGINT NOT NULL REFERENCES features(id) ON DELETE CASCADE,"
    "  job_id TEXT NOT NULL, config TEXT NOT NULL, site_url TEXT NOT NULL, status TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, started_ms BIGINT, finished_ms BIGINT, digest TEXT NOT NULL)",
    "CREATE INDEX runs_of_project ON runs(project_id, id)",
    "CREATE INDEX runs_of_feature ON runs(feature_id, id)",
    "CREATE TABLE artifacts(run_id BIGINT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
    "  kind TEXT NOT NULL, path TEXT NOT NULL, size BIGINT NOT NULL, PRIMARY KEY(run_id, path))",

    "CREATE TABLE idempotency(workspace_id TEXT NOT NULL, key TEXT NOT NULL,"
    "  body_hash TEXT NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, PRIMARY KEY(workspace_id, key))",
    "CREATE INDEX idempotency_by_age ON idempotency(created_ms)",

    "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
};

// A dispatch writes fewer pages: two indexes that nobody reads are gone, and two tables stand in
// the order of their keys.
constexpr const char* kStep2[] = {
    "CREATE TABLE IF NOT EXISTS audit(workspace_id TEXT NOT NULL, seq BIGINT NOT NULL, key_id TEXT "
    "NOT NULL,"
    "  operation TEXT NOT NULL, target TEXT NOT NULL, status BIGINT NOT NULL,"
    "  at_ms BIGINT NOT NULL, PRIMARY KEY(workspace_id, seq)) $CLUSTERED",

    "DROP INDEX IF EXISTS events_of_project",
    "DROP INDEX IF EXISTS events_of_feature",

    "ALTER TABLE sections RENAME TO sections_before",
    "CREATE TABLE sections(job_id TEXT NOT NULL, ordinal BIGINT NOT NULL, section TEXT NOT NULL,"
    "  title TEXT NOT NULL, status TEXT NOT NULL, conclusion TEXT, stage TEXT NOT NULL,"
    "  status_reason TEXT NOT NULL, data TEXT NOT NULL, updated_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(job_id, ordinal)) $CLUSTERED",
    "INSERT INTO sections(job_id, ordinal, section, title, status, conclusion, stage,"
    "  status_reason, data, updated_ms) SELECT job_id, ordinal, section, title, status, conclusion,"
    "  stage, status_reason, data, updated_ms FROM sections_before",
    "DROP TABLE sections_before",

    "DROP TABLE idempotency",  // answers of a day: whoever asks again is answered anew
    "CREATE TABLE idempotency(workspace_id TEXT NOT NULL, key TEXT NOT NULL,"
    "  body_hash TEXT NOT NULL, status BIGINT NOT NULL, answer TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, PRIMARY KEY(workspace_id, key)) $CLUSTERED",
    "CREATE INDEX idempotency_by_age ON idempotency(created_ms)",
};

// A run may be of several features, and secrets are kept. A column cannot be freed of NOT NULL
// everywhere, so the two tables are made anew.
constexpr const char* kStep3[] = {
    "CREATE TABLE runs_now(id $IDENTITY,"
    "  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,"
    "  feature_id BIGINT REFERENCES features(id) ON DELETE CASCADE, tag TEXT NOT NULL,"
    "  job_id TEXT NOT NULL, config TEXT NOT NULL, site_url TEXT NOT NULL, status TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, started_ms BIGINT, finished_ms BIGINT, digest TEXT NOT NULL)",
    "INSERT INTO runs_now(id, project_id, feature_id, tag, job_id, config, site_url, status,"
    "  created_ms, started_ms, finished_ms, digest) SELECT id, project_id, feature_id, '', job_id,"
    "  config, site_url, status, created_ms, started_ms, finished_ms, digest FROM runs",
    "CREATE TABLE artifacts_now(run_id BIGINT NOT NULL REFERENCES runs_now(id) ON DELETE CASCADE,"
    "  kind TEXT NOT NULL, path TEXT NOT NULL, size BIGINT NOT NULL, PRIMARY KEY(run_id, path))",
    "INSERT INTO artifacts_now(run_id, kind, path, size)"
    "  SELECT run_id, kind, path, size FROM artifacts",
    "DROP TABLE artifacts",
    "DROP TABLE runs",
    "ALTER TABLE runs_now RENAME TO runs",
    "ALTER TABLE artifacts_now RENAME TO artifacts",
    "CREATE INDEX runs_of_project ON runs(project_id, id)",
    "CREATE INDEX runs_of_feature ON runs(feature_id, id)",

    "CREATE TABLE secrets(project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL, sealed TEXT NOT NULL, created_ms BIGINT NOT NULL,"
    "  updated_ms BIGINT NOT NULL, PRIMARY KEY(project_id, name))",
};

// Browser time, what it costs, and runs that begin by themselves.
constexpr const char* kStep4[] = {
    "ALTER TABLE jobs ADD COLUMN browser_ms BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE jobs_history ADD COLUMN browser_ms BIGINT NOT NULL DEFAULT 0",

    "CREATE TABLE credits(workspace_id TEXT PRIMARY KEY REFERENCES workspaces(id) ON DELETE "
    "CASCADE, balance BIGINT, reserved BIGINT NOT NULL)",
    "CREATE TABLE credit_months("
    "  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, month TEXT NOT NULL,"
    "  used BIGINT NOT NULL, reserved BIGINT NOT NULL, PRIMARY KEY(project_id, month))",
    "CREATE TABLE reservations(job_id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL,"
    "  project_id TEXT NOT NULL, month TEXT NOT NULL, credits BIGINT NOT NULL)",
    "CREATE TABLE ledger(workspace_id TEXT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL,"
    "  credits BIGINT NOT NULL, balance BIGINT, project_id TEXT NOT NULL, feature_id BIGINT,"
    "  job_id TEXT NOT NULL, key_id TEXT NOT NULL, at_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(workspace_id, seq)) $CLUSTERED",

    "CREATE TABLE schedules(id $IDENTITY,"
    "  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, name TEXT NOT NULL,"
    "  cron TEXT NOT NULL, tag TEXT NOT NULL, config TEXT NOT NULL, site_url TEXT,"
    "  enabled BIGINT NOT NULL, next_ms BIGINT, last_ms BIGINT, last_run_id BIGINT,"
    "  last_problem TEXT NOT NULL, created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL)",
    "CREATE INDEX schedules_of_project ON schedules(project_id, id)",
    "CREATE INDEX schedules_due ON schedules(next_ms) WHERE next_ms IS NOT NULL",
};

// Adapters. What belongs to a provider and topic names both, and needs no row of either.
#define VOUCH_ADAPTER_OF                                                    \
  "workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE," \
  "  provider TEXT NOT NULL, topic TEXT NOT NULL,"
constexpr const char* kStep5[] = {
    "CREATE TABLE providers(position $IDENTITY,"
    "  workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE, slug TEXT NOT NULL,"
    "  display_name TEXT NOT NULL, base_url TEXT NOT NULL, auth_kind TEXT NOT NULL,"
    "  config TEXT NOT NULL, secrets TEXT NOT NULL, created_ms BIGINT NOT NULL,"
    "  updated_ms BIGINT NOT NULL, UNIQUE(workspace_id, slug))",
    "CREATE TABLE topics(workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL, direction TEXT NOT NULL, description TEXT NOT NULL,"
    "  schema TEXT NOT NULL, created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(workspace_id, name))",
    "CREATE TABLE samples(id $IDENTITY, " VOUCH_ADAPTER_OF
    "  name TEXT NOT NULL, origin TEXT NOT NULL, input TEXT NOT NULL, expected TEXT,"
    "  hash TEXT NOT NULL, created_ms BIGINT NOT NULL,"
    "  UNIQUE(workspace_id, provider, topic, hash))",
    "CREATE TABLE documents(id $IDENTITY, " VOUCH_ADAPTER_OF
    "  kind TEXT NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL, size BIGINT NOT NULL,"
    "  hash TEXT NOT NULL, created_ms BIGINT NOT NULL,"
    "  UNIQUE(workspace_id, provider, topic, hash))",
    "CREATE TABLE pins(" VOUCH_ADAPTER_OF
    "  path TEXT NOT NULL, pin TEXT NOT NULL, created_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(workspace_id, provider, topic, path))",
    "CREATE TABLE scripts(id $IDENTITY, " VOUCH_ADAPTER_OF
    "  version BIGINT NOT NULL, status TEXT NOT NULL, history TEXT NOT NULL, job_id TEXT NOT NULL,"
    "  created_ms BIGINT NOT NULL, updated_ms BIGINT NOT NULL, source TEXT NOT NULL,"
    "  report TEXT NOT NULL, UNIQUE(workspace_id, provider, topic, version))",
    "CREATE UNIQUE INDEX scripts_one_active ON scripts(workspace_id, provider, topic)"
    "  WHERE status = 'active'",
    "CREATE INDEX scripts_of_workspace ON scripts(workspace_id, id)",
    "CREATE INDEX scripts_of_job ON scripts(job_id)",
    "CREATE TABLE adapter_jobs(id $IDENTITY, " VOUCH_ADAPTER_OF
    "  job_id TEXT NOT NULL UNIQUE, created_ms BIGINT NOT NULL)",
    "CREATE INDEX adapter_jobs_of_workspace ON adapter_jobs(workspace_id, id)",
};

constexpr const char* kStep6[] = {
    "CREATE TABLE shadows(" VOUCH_ADAPTER_OF
    "  script_id BIGINT NOT NULL, key_id TEXT NOT NULL, compared BIGINT NOT NULL,"
    "  different BIGINT NOT NULL, skipped BIGINT NOT NULL, created_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(workspace_id, provider, topic))",
    "CREATE TABLE findings(" VOUCH_ADAPTER_OF
    "  script_id BIGINT NOT NULL, about TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL,"
    "  count BIGINT NOT NULL, example TEXT NOT NULL, first_ms BIGINT NOT NULL,"
    "  last_ms BIGINT NOT NULL,"
    "  PRIMARY KEY(workspace_id, provider, topic, about, script_id, kind, path))",
};

constexpr const char* kStep7[] = {
    "ALTER TABLE shadows ADD COLUMN not_compared BIGINT NOT NULL DEFAULT 0",
};

// `total`: the bytes of a workspace's answers up to this one, so that the oldest beyond a limit are
// found without a sum over all.
constexpr const char* kStep8[] = {
    "ALTER TABLE idempotency ADD COLUMN total BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX idempotency_by_total ON idempotency(workspace_id, total)",
};

using Step = std::vector<const char*>;

const std::vector<Step>& steps() {
  static const std::vector<Step> kSteps = {
      Step(std::begin(kStep1), std::end(kStep1)), Step(std::begin(kStep2), std::end(kStep2)),
      Step(std::begin(kStep3), std::end(kStep3)), Step(std::begin(kStep4), std::end(kStep4)),
      Step(std::begin(kStep5), std::end(kStep5)), Step(std::begin(kStep6), std::end(kStep6)),
      Step(std::begin(kStep7), std::end(kStep7)), Step(std::begin(kStep8), std::end(kStep8))};
  return kSteps;
}

std::string filled_in(std::string text, std::string_view mark, std::string_view value) {
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;) {
    text.replace(at, mark.size(), value);
  }
  return text;
}

}  // namespace

std::int64_t schema_version() { return static_cast<std::int64_t>(steps().size()); }

void migrate(SqlConnection& sql, std::int64_t version) {
  sql("CREATE TABLE IF NOT EXISTS schema_version(version BIGINT NOT NULL)");
  auto rows = sql("SELECT version FROM schema_version");
  const std::int64_t found = rows.empty() ? 0 : Columns(rows[0]).integer();
  if (found > schema_version()) {
    throw SqlError{SqlError::Kind::kFailure, "it was written by a newer version of vouch"};
  }
  if (found >= version) return;
  for (std::int64_t step = found; step < version; ++step) {
    for (const char* statement : steps()[static_cast<std::size_t>(step)]) {
      std::string text = filled_in(statement, "$IDENTITY", sql.identity_type());
      sql(filled_in(std::move(text), "$CLUSTERED", sql.clustered()));
    }
  }
  sql("DELETE FROM schema_version");
  sql("INSERT INTO schema_version(version) VALUES ($1)", version);
}

}  // namespace vouch::store
