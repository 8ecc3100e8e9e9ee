// A folder of any earlier version becomes one of this version, and keeps what it held.
#include "store/schema.h"

#include <gtest/gtest.h>

#include "store/sqlite/connection.h"

namespace vouch::store {
namespace {

// Every table and index, as the database itself tells of them.
std::vector<std::string> tables(SqlConnection& sql) {
  return all(sql("SELECT replace(sql, '\"', '') FROM sqlite_master WHERE sql IS NOT NULL"
                 "  AND name NOT LIKE 'sqlite_%' ORDER BY type, name"),
             [](Columns& row) { return row.text(); });
}

// A row in the tables that hold what a user made, with the columns of the first version.
void fill(SqlConnection& sql) {
  sql("INSERT INTO workspaces(id, name, name_folded, created_ms) VALUES ('w', 'W', 'w', 1)");
  sql("INSERT INTO keys(id, workspace_id, name, prefix, hash, scopes, created_ms)"
      "  VALUES ('k', 'w', 'me', 'tvb_', 'h', 'read', 1)");
  sql("INSERT INTO projects(id, workspace_id, name, site_url, settings, created_ms, updated_ms)"
      "  VALUES ('p', 'w', 'Shop', 'http://site', '{}', 1, 1)");
  sql("INSERT INTO features(project_id, name, name_folded, kind, status, gherkin_hash, created_ms,"
      "  updated_ms, gherkin) VALUES ('p', 'Login', 'login', 'gherkin', 'generated', 'g', 1, 1,"
      "  'Feature: Login')");
  sql("INSERT INTO jobs_history(position, id, kind, key, workspace_id, project_id, feature_id,"
      "  state, stage, reason, lease_epoch, lease_owner, lease_until_ms, attempts, payload, result,"
      "  created_ms, updated_ms) VALUES (1, 'j', 'generation', 'f1', 'w', 'p', 1, 'succeeded', '',"
      "  '', 1, '', 0, 1, '{}', '{}', 1, 1)");
  sql("INSERT INTO sections(job_id, ordinal, section, title, status, conclusion, stage,"
      "  status_reason, data, updated_ms)"
      "  VALUES ('j', 0, 'Login', 'Login', 'completed', 'success', 'proving', '', '{}', 1)");
  sql("INSERT INTO runs(project_id, feature_id, job_id, config, site_url, status, created_ms,"
      "  digest) VALUES ('p', 1, 'j', 'Default', 'http://site', 'passed', 1, '{}')");
  sql("INSERT INTO artifacts(run_id, kind, path, size) VALUES (1, 'trace', 'a.zip', 9)");
}

TEST(Schema, a_folder_of_an_earlier_version_is_brought_up_to_date_and_keeps_its_rows) {
  SqliteConnection fresh(":memory:", false);
  migrate(fresh);
  for (std::int64_t earlier = 1; earlier < schema_version(); ++earlier) {
    SqliteConnection old(":memory:", false);
    migrate(old, 1);
    fill(old);
    migrate(old, earlier);
    migrate(old);
    EXPECT_EQ(tables(old), tables(fresh)) << "from version " << earlier;
    for (const char* table : {"workspaces", "keys", "projects", "features", "jobs_history",
                              "sections", "runs", "artifacts"}) {
      EXPECT_EQ(Columns(old("SELECT count(*) FROM " + std::string(table))[0]).integer(), 1)
          << table << " from version " << earlier;
    }
    EXPECT_TRUE(old("PRAGMA foreign_key_check").empty());
    migrate(old);  // again: nothing to do
  }
}

TEST(Schema, a_folder_of_a_newer_version_is_refused) {
  SqliteConnection sql(":memory:", false);
  migrate(sql);
  sql("UPDATE schema_version SET version = version + 1");
  EXPECT_THROW(migrate(sql), SqlError);
}

}  // namespace
}  // namespace vouch::store
