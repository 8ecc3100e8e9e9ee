// Providers, topics, what was gathered for adapters, their scripts, and the numbers of their jobs.
#include <boost/json/parse.hpp>
#include <limits>

#include "base/random.h"
#include "store/page.h"
#include "store/sql.h"
#include "store/tx.h"

namespace vouch::store {
namespace {

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();

AdapterOf of_from(Columns& c) {
  AdapterOf of;
  of.workspace_id = c.text();
  of.provider = c.text();
  of.topic = c.text();
  return of;
}

// What makes two rows the same.
std::string hash_of(const std::string& first, const std::string& second) {
  return sha256_hex(sha256_hex(first) + second);
}

#define PROVIDER_COLUMNS                                                               \
  "position, workspace_id, slug, display_name, base_url, auth_kind, config, secrets, " \
  "created_ms, updated_ms"
ProviderRow provider_from(Columns& c) {
  ProviderRow row;
  c.integer();
  row.workspace_id = c.text();
  row.slug = c.text();
  row.display_name = c.text();
  row.base_url = c.text();
  row.auth_kind = c.text();
  row.config = c.object();
  row.secrets = c.object();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

#define TOPIC_COLUMNS "workspace_id, name, direction, description, schema, created_ms, updated_ms"
TopicRow topic_from(Columns& c) {
  TopicRow row;
  row.workspace_id = c.text();
  row.name = c.text();
  row.direction = c.text();
  row.description = c.text();
  row.schema = c.object();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

#define SAMPLE_COLUMNS \
  "id, workspace_id, provider, topic, name, origin, input, expected, created_ms"
SampleRow sample_from(Columns& c) {
  SampleRow row;
  row.id = c.integer();
  row.of = of_from(c);
  row.name = c.text();
  row.origin = c.text();
  row.input = c.text();
  row.expected = c.optional_text();
  row.created_ms = c.integer();
  return row;
}

// Of two names, what is the same is two samples. One without an output is not one whose output is
// the empty text.
std::string hash_of(const SampleRow& row) {
  const std::string expected = row.expected ? "=" + *row.expected : "";
  return row.name.empty() ? hash_of(row.input, expected)
                          : hash_of(row.name, hash_of(row.input, expected));
}

#define DOCUMENT_SUMMARY_COLUMNS "id, workspace_id, provider, topic, kind, title, size, created_ms"
DocumentRow document_summary_from(Columns& c) {
  DocumentRow row;
  row.id = c.integer();
  row.of = of_from(c);
  row.kind = c.text();
  row.title = c.text();
  row.size = c.integer();
  row.created_ms = c.integer();
  return row;
}

#define DOCUMENT_COLUMNS DOCUMENT_SUMMARY_COLUMNS ", content"
DocumentRow document_from(Columns& c) {
  DocumentRow row = document_summary_from(c);
  row.content = c.text();
  return row;
}

#define SCRIPT_SUMMARY_COLUMNS                                                        \
  "id, workspace_id, provider, topic, version, status, history, job_id, created_ms, " \
  "updated_ms"
ScriptRow script_summary_from(Columns& c) {
  ScriptRow row;
  row.id = c.integer();
  row.of = of_from(c);
  row.version = c.integer();
  row.status = word(script_status_from(c.text()));
  row.history = c.object().at("events").as_array();
  row.job_id = c.text();
  row.created_ms = c.integer();
  row.updated_ms = c.integer();
  return row;
}

#define SCRIPT_COLUMNS SCRIPT_SUMMARY_COLUMNS ", source, report"
ScriptRow script_from(Columns& c) {
  ScriptRow row = script_summary_from(c);
  row.source = c.text();
  row.report = c.object();
  return row;
}

boost::json::object history_of(const ScriptRow& row) { return {{"events", row.history}}; }

#define ADAPTER_JOB_COLUMNS "id, workspace_id, provider, topic, job_id, created_ms"
AdapterJobRow adapter_job_from(Columns& c) {
  AdapterJobRow row;
  row.id = c.integer();
  row.of = of_from(c);
  row.job_id = c.text();
  row.created_ms = c.integer();
  return row;
}

#define OF_COLUMNS "workspace_id, provider, topic"
#define OF_IS "workspace_id = $1 AND provider = $2 AND topic = $3"

// A statement whose first three parameters are a provider and topic in a workspace.
template <class... Args>
std::vector<SqlRow> rows_of(SqlConnection& sql, std::string_view statement, const AdapterOf& of,
                            const Args&... args) {
  return sql(statement, of.workspace_id, of.provider, of.topic, args...);
}

template <class... Args>
bool change_of(SqlConnection& sql, std::string_view statement, const AdapterOf& of,
               const Args&... args) {
  return sql.change(statement, of.workspace_id, of.provider, of.topic, args...);
}

template <class... Args>
std::int64_t count_of(SqlConnection& sql, std::string_view statement, const AdapterOf& of,
                      const Args&... args) {
  return Columns(rows_of(sql, statement, of, args...)[0]).integer();
}

// Inserts a row that is kept once, by its hash; `there` selects the one that is there already.
template <class Row, class Make, class... Args>
Row insert_once(SqlConnection& sql, Row row, const std::string& hash, std::string_view there,
                Make make, std::string_view insert, const Args&... args) {
  const auto id = sql.insert("id", insert, row.of.workspace_id, row.of.provider, row.of.topic, hash,
                             row.created_ms, args...);
  if (id) {
    row.id = *id;
    return row;
  }
  auto found = first(rows_of(sql, there, row.of, hash), make);
  VOUCH_CHECK(found.has_value());
  return *std::move(found);
}

// A page of what a provider and topic have, oldest first.
template <class Row, class Make>
Result<List<Row>> page_of(SqlConnection& sql, const std::string& select, const AdapterOf& of,
                          const Page& page, Make make) {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, -1));
  auto rows = rows_of(sql, select + " WHERE " OF_IS " AND id > $4 ORDER BY id LIMIT $5", of,
                      bounds.after, bounds.rows_max);
  return make_page<Row>(rows, bounds, make);
}

}  // namespace

void Tx::put_provider(const ProviderRow& row) {
  sql_(
      "INSERT INTO providers(workspace_id, slug, display_name, base_url, auth_kind, config,"
      " secrets, created_ms, updated_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (workspace_id, slug) DO UPDATE SET display_name = excluded.display_name,"
      " base_url = excluded.base_url, auth_kind = excluded.auth_kind, config = excluded.config,"
      " secrets = excluded.secrets, updated_ms = excluded.updated_ms",
      row.workspace_id, row.slug, row.display_name, row.base_url, row.auth_kind, row.config,
      row.secrets, row.created_ms, row.updated_ms);
}

std::optional<ProviderRow> Tx::find_provider(std::string_view workspace_id,
                                             std::string_view slug) const {
  return first(
      sql_("SELECT " PROVIDER_COLUMNS " FROM providers WHERE workspace_id = $1 AND slug = $2",
           workspace_id, slug),
      provider_from);
}

Result<List<ProviderRow>> Tx::list_providers(std::string_view workspace_id,
                                             const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, -1));
  auto rows = sql_("SELECT " PROVIDER_COLUMNS
                   " FROM providers WHERE workspace_id = $1 AND position > $2"
                   " ORDER BY position LIMIT $3",
                   workspace_id, bounds.after, bounds.rows_max);
  return make_page<ProviderRow>(rows, bounds, provider_from);
}

bool Tx::delete_provider(std::string_view workspace_id, std::string_view slug) {
  bool was_there = false;
  const auto jobs =
      all(sql_("SELECT job_id FROM adapter_jobs WHERE workspace_id = $1 AND provider = $2",
               workspace_id, slug),
          [](Columns& c) { return c.text(); });
  for (const std::string& job : jobs) {
    delete_ended_job(job);
    was_there = true;
  }
  for (const char* statement : {"DELETE FROM samples WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM documents WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM pins WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM shadows WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM findings WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM scripts WHERE workspace_id = $1 AND provider = $2",
                                "DELETE FROM providers WHERE workspace_id = $1 AND slug = $2"}) {
    was_there |= sql_.change(statement, workspace_id, slug);
  }
  return was_there;
}

void Tx::put_topic(const TopicRow& row) {
  sql_(
      "INSERT INTO topics(workspace_id, name, direction, description, schema, created_ms,"
      " updated_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (workspace_id, name) DO UPDATE SET direction = excluded.direction,"
      " description = excluded.description, schema = excluded.schema,"
      " updated_ms = excluded.updated_ms",
      row.workspace_id, row.name, row.direction, row.description, row.schema, row.created_ms,
      row.updated_ms);
}

std::optional<TopicRow> Tx::find_topic(std::string_view workspace_id, std::string_view name) const {
  return first(sql_("SELECT " TOPIC_COLUMNS " FROM topics WHERE workspace_id = $1 AND name = $2",
                    workspace_id, name),
               topic_from);
}

std::vector<TopicRow> Tx::list_topics(std::string_view workspace_id, std::string_view after,
                                      std::int64_t limit) const {
  return all(sql_("SELECT " TOPIC_COLUMNS
                  " FROM topics WHERE workspace_id = $1 AND name > $2 ORDER BY name LIMIT $3",
                  workspace_id, after, limit),
             topic_from);
}

std::int64_t Tx::count_topics(std::string_view workspace_id) const {
  auto rows = sql_("SELECT count(*) FROM topics WHERE workspace_id = $1", workspace_id);
  return Columns(rows[0]).integer();
}

bool Tx::delete_topic(std::string_view workspace_id, std::string_view name) {
  return sql_.change("DELETE FROM topics WHERE workspace_id = $1 AND name = $2", workspace_id,
                     name);
}

SampleRow Tx::insert_sample(const SampleRow& row) {
  return insert_once(sql_, row, hash_of(row),
                     "SELECT " SAMPLE_COLUMNS " FROM samples WHERE " OF_IS " AND hash = $4",
                     sample_from,
                     "INSERT INTO samples(" OF_COLUMNS
                     ", hash, created_ms, name, origin, input, expected)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                     row.name, row.origin, row.input, row.expected);
}

void Tx::update_sample(const SampleRow& row) {
  rows_of(sql_, "DELETE FROM samples WHERE " OF_IS " AND hash = $4 AND id <> $5", row.of,
          hash_of(row), row.id);
  rows_of(sql_,
          "UPDATE samples SET hash = $5, origin = $6, input = $7, expected = $8, created_ms = $9"
          " WHERE " OF_IS " AND id = $4",
          row.of, row.id, hash_of(row), row.origin, row.input, row.expected, row.created_ms);
}

std::optional<SampleRow> Tx::find_sample_named(const AdapterOf& of, std::string_view name) const {
  return first(rows_of(sql_,
                       "SELECT " SAMPLE_COLUMNS " FROM samples WHERE " OF_IS
                       " AND name = $4 ORDER BY id DESC LIMIT 1",
                       of, name),
               sample_from);
}

std::optional<SampleRow> Tx::find_sample(const AdapterOf& of, std::int64_t id) const {
  return first(
      rows_of(sql_, "SELECT " SAMPLE_COLUMNS " FROM samples WHERE " OF_IS " AND id = $4", of, id),
      sample_from);
}

Result<List<SampleRow>> Tx::list_samples(const AdapterOf& of, const Page& page) const {
  return page_of<SampleRow>(sql_, "SELECT " SAMPLE_COLUMNS " FROM samples", of, page, sample_from);
}

std::vector<SampleRow> Tx::all_samples(const AdapterOf& of) const {
  return all(
      rows_of(sql_, "SELECT " SAMPLE_COLUMNS " FROM samples WHERE " OF_IS " ORDER BY id", of),
      sample_from);
}

std::int64_t Tx::count_samples(const AdapterOf& of) const {
  return count_of(sql_, "SELECT count(*) FROM samples WHERE " OF_IS, of);
}

std::int64_t Tx::sample_characters(const AdapterOf& of) const {
  return count_of(sql_,
                  "SELECT CAST(COALESCE(SUM(LENGTH(input) + LENGTH(COALESCE(expected, ''))), 0)"
                  " AS BIGINT) FROM samples WHERE " OF_IS,
                  of);
}

bool Tx::delete_sample(const AdapterOf& of, std::int64_t id) {
  return change_of(sql_, "DELETE FROM samples WHERE " OF_IS " AND id = $4", of, id);
}

DocumentRow Tx::insert_document(DocumentRow row) {
  row.size = static_cast<std::int64_t>(row.content.size());
  const std::string hash = hash_of(row.kind + " " + row.title, row.content);
  return insert_once(sql_, row, hash,
                     "SELECT " DOCUMENT_COLUMNS " FROM documents WHERE " OF_IS " AND hash = $4",
                     document_from,
                     "INSERT INTO documents(" OF_COLUMNS
                     ", hash, created_ms, kind, title, content, size)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                     row.kind, row.title, row.content, row.size);
}

std::optional<DocumentRow> Tx::find_document(const AdapterOf& of, std::int64_t id) const {
  return first(
      rows_of(sql_, "SELECT " DOCUMENT_COLUMNS " FROM documents WHERE " OF_IS " AND id = $4", of,
              id),
      document_from);
}

Result<List<DocumentRow>> Tx::list_documents(const AdapterOf& of, const Page& page) const {
  return page_of<DocumentRow>(sql_, "SELECT " DOCUMENT_SUMMARY_COLUMNS " FROM documents", of, page,
                              document_summary_from);
}

std::vector<DocumentRow> Tx::all_documents(const AdapterOf& of) const {
  return all(
      rows_of(sql_, "SELECT " DOCUMENT_COLUMNS " FROM documents WHERE " OF_IS " ORDER BY id", of),
      document_from);
}

std::int64_t Tx::count_documents(const AdapterOf& of) const {
  return count_of(sql_, "SELECT count(*) FROM documents WHERE " OF_IS, of);
}

bool Tx::delete_document(const AdapterOf& of, std::int64_t id) {
  return change_of(sql_, "DELETE FROM documents WHERE " OF_IS " AND id = $4", of, id);
}

void Tx::put_pin(const PinRow& row) {
  rows_of(sql_,
          "INSERT INTO pins(" OF_COLUMNS
          ", path, pin, created_ms)"
          " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (" OF_COLUMNS
          ", path)"
          " DO UPDATE SET pin = excluded.pin, created_ms = excluded.created_ms",
          row.of, row.path, row.pin, row.created_ms);
}

std::vector<PinRow> Tx::list_pins(const AdapterOf& of) const {
  return all(rows_of(sql_,
                     "SELECT " OF_COLUMNS ", path, pin, created_ms FROM pins WHERE " OF_IS
                     " ORDER BY created_ms, path",
                     of),
             [](Columns& c) {
               PinRow row;
               row.of = of_from(c);
               row.path = c.text();
               row.pin = c.object();
               row.created_ms = c.integer();
               return row;
             });
}

bool Tx::delete_pin(const AdapterOf& of, std::string_view path) {
  return change_of(sql_, "DELETE FROM pins WHERE " OF_IS " AND path = $4", of, path);
}

std::int64_t Tx::next_script_version(const AdapterOf& of) const {
  return count_of(sql_, "SELECT COALESCE(MAX(version), 0) + 1 FROM scripts WHERE " OF_IS, of);
}

ScriptRow Tx::insert_script(ScriptRow row) {
  row.version = next_script_version(row.of);
  const auto id = sql_.insert(
      "id",
      "INSERT INTO scripts(workspace_id, provider, topic, version, status, history, job_id,"
      " created_ms, updated_ms, source, report)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      row.of.workspace_id, row.of.provider, row.of.topic, row.version, to_string(row.status),
      history_of(row), row.job_id, row.created_ms, row.updated_ms, row.source, row.report);
  row.id = *id;
  return row;
}

std::optional<ScriptRow> Tx::find_script(std::string_view workspace_id, std::int64_t id) const {
  return first(sql_("SELECT " SCRIPT_COLUMNS " FROM scripts WHERE id = $1 AND workspace_id = $2",
                    id, workspace_id),
               script_from);
}

std::optional<ScriptRow> Tx::find_active_script(const AdapterOf& of) const {
  return first(
      rows_of(sql_, "SELECT " SCRIPT_COLUMNS " FROM scripts WHERE " OF_IS " AND status = 'active'",
              of),
      script_from);
}

std::optional<std::int64_t> Tx::active_script_id(const AdapterOf& of) const {
  return first(rows_of(sql_, "SELECT id FROM scripts WHERE " OF_IS " AND status = 'active'", of),
               [](Columns& c) { return c.integer(); });
}

std::optional<std::int64_t> Tx::script_id_of_job(std::string_view job_id) const {
  return first(sql_("SELECT id FROM scripts WHERE job_id = $1", job_id),
               [](Columns& c) { return c.integer(); });
}

Result<List<ScriptRow>> Tx::list_scripts(std::string_view workspace_id, const ScriptFilter& filter,
                                         const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, kAboveAll));
  Query query("SELECT " SCRIPT_SUMMARY_COLUMNS " FROM scripts");
  query.add(" WHERE workspace_id = ", std::string(workspace_id)).add(" AND id < ", bounds.after);
  if (!filter.provider.empty()) query.add(" AND provider = ", filter.provider);
  if (!filter.topic.empty()) query.add(" AND topic = ", filter.topic);
  if (filter.status) query.add(" AND status = ", std::string(to_string(*filter.status)));
  query.add(" ORDER BY id DESC LIMIT ", bounds.rows_max);
  return make_page<ScriptRow>(query.run(sql_), bounds, script_summary_from);
}

Result<void> Tx::update_script(const ScriptRow& row) {
  if (row.status == ScriptStatus::kActive) {
    auto active = find_active_script(row.of);
    if (active && active->id != row.id) {
      return fail(ErrorCode::kConflict,
                  "Script " + std::to_string(active->id) + " is active for it already.");
    }
  }
  sql_("UPDATE scripts SET status = $2, history = $3, updated_ms = $4 WHERE id = $1", row.id,
       to_string(row.status), history_of(row), row.updated_ms);
  return {};
}

void Tx::delete_old_scripts(const AdapterOf& of, std::int64_t kept) {
  for (const char* statuses : {"'candidate', 'archived'", "'deprecated'"}) {
    const auto old = all(
        rows_of(sql_,
                "SELECT id FROM scripts WHERE " OF_IS " AND status IN (" + std::string(statuses) +
                    ") AND id NOT IN (SELECT script_id FROM shadows WHERE " OF_IS
                    ") ORDER BY updated_ms DESC, id DESC",
                of),
        [](Columns& c) { return c.integer(); });
    for (std::size_t i = static_cast<std::size_t>(kept); i < old.size(); ++i) {
      rows_of(sql_, "DELETE FROM findings WHERE " OF_IS " AND script_id = $4", of, old[i]);
      rows_of(sql_, "DELETE FROM scripts WHERE " OF_IS " AND id = $4", of, old[i]);
    }
  }
}

void Tx::put_shadow(const ShadowRow& row) {
  rows_of(sql_,
          "INSERT INTO shadows(" OF_COLUMNS
          ", script_id, key_id, compared, different, skipped, not_compared, created_ms)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
          " ON CONFLICT (" OF_COLUMNS
          ") DO UPDATE SET script_id = excluded.script_id,"
          " key_id = excluded.key_id, compared = excluded.compared,"
          " different = excluded.different, skipped = excluded.skipped,"
          " not_compared = excluded.not_compared, created_ms = excluded.created_ms",
          row.of, row.script_id, row.key_id, row.counts.compared, row.counts.different,
          row.counts.skipped, row.counts.not_compared, row.created_ms);
}

std::optional<ShadowRow> Tx::find_shadow(const AdapterOf& of) const {
  return first(rows_of(sql_,
                       "SELECT " OF_COLUMNS ", script_id, key_id, compared, different, skipped,"
                       " not_compared, created_ms"
                       " FROM shadows WHERE " OF_IS,
                       of),
               [](Columns& c) {
                 ShadowRow row;
                 row.of = of_from(c);
                 row.script_id = c.integer();
                 row.key_id = c.text();
                 row.counts.compared = c.integer();
                 row.counts.different = c.integer();
                 row.counts.skipped = c.integer();
                 row.counts.not_compared = c.integer();
                 row.created_ms = c.integer();
                 return row;
               });
}

bool Tx::delete_shadow(const AdapterOf& of) {
  delete_findings(of, FindingAbout::kShadow);
  return change_of(sql_, "DELETE FROM shadows WHERE " OF_IS, of);
}

void Tx::count_shadow(const AdapterOf& of, std::int64_t script_id, const ShadowCounts& more) {
  rows_of(sql_,
          "UPDATE shadows SET compared = compared + $5, different = different + $6,"
          " skipped = skipped + $7, not_compared = not_compared + $8 WHERE " OF_IS
          " AND script_id = $4",
          of, script_id, more.compared, more.different, more.skipped, more.not_compared);
}

void Tx::add_finding(const FindingRow& row, std::int64_t findings_max) {
  const bool is_known = change_of(
      sql_,
      "UPDATE findings SET count = count + $8, last_ms = $9 WHERE " OF_IS
      " AND script_id = $4 AND about = $5 AND kind = $6 AND path = $7",
      row.of, row.script_id, to_string(row.about), row.kind, row.path, row.count, row.last_ms);
  if (is_known) return;
  const std::int64_t there = count_of(
      sql_, "SELECT count(*) FROM findings WHERE " OF_IS " AND script_id = $4 AND about = $5",
      row.of, row.script_id, to_string(row.about));
  if (there >= findings_max) return;
  rows_of(sql_,
          "INSERT INTO findings(" OF_COLUMNS
          ", script_id, about, kind, path, count, example,"
          " first_ms, last_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
          row.of, row.script_id, to_string(row.about), row.kind, row.path, row.count, row.example,
          row.first_ms, row.last_ms);
}

std::vector<FindingRow> Tx::list_findings(const AdapterOf& of, std::int64_t script_id,
                                          FindingAbout about) const {
  return all(
      rows_of(sql_,
              "SELECT " OF_COLUMNS ", script_id, kind, path, count, example, first_ms, last_ms"
              " FROM findings WHERE " OF_IS
              " AND script_id = $4 AND about = $5 ORDER BY first_ms, path, kind",
              of, script_id, to_string(about)),
      [about](Columns& c) {
        FindingRow row;
        row.of = of_from(c);
        row.script_id = c.integer();
        row.about = about;
        row.kind = c.text();
        row.path = c.text();
        row.count = c.integer();
        row.example = c.object();
        row.first_ms = c.integer();
        row.last_ms = c.integer();
        return row;
      });
}

std::int64_t Tx::delete_findings(const AdapterOf& of, FindingAbout about) {
  const std::int64_t had = count_of(
      sql_, "SELECT count(*) FROM findings WHERE " OF_IS " AND about = $4", of, to_string(about));
  rows_of(sql_, "DELETE FROM findings WHERE " OF_IS " AND about = $4", of, to_string(about));
  return had;
}

AdapterJobRow Tx::insert_adapter_job(AdapterJobRow row) {
  const auto id =
      sql_.insert("id",
                  "INSERT INTO adapter_jobs(workspace_id, provider, topic, job_id, created_ms)"
                  " VALUES ($1, $2, $3, $4, $5)",
                  row.of.workspace_id, row.of.provider, row.of.topic, row.job_id, row.created_ms);
  row.id = *id;
  return row;
}

std::optional<AdapterJobRow> Tx::find_adapter_job(std::string_view workspace_id,
                                                  std::int64_t id) const {
  return first(
      sql_("SELECT " ADAPTER_JOB_COLUMNS " FROM adapter_jobs WHERE id = $1 AND workspace_id = $2",
           id, workspace_id),
      adapter_job_from);
}

std::optional<AdapterJobRow> Tx::find_adapter_job_of(std::string_view job_id) const {
  return first(sql_("SELECT " ADAPTER_JOB_COLUMNS " FROM adapter_jobs WHERE job_id = $1", job_id),
               adapter_job_from);
}

Result<List<AdapterJobRow>> Tx::list_adapter_jobs(std::string_view workspace_id,
                                                  const AdapterJobFilter& filter,
                                                  const Page& page) const {
  VOUCH_TRY(PageBounds bounds, page_bounds(page, kAboveAll));
  Query query("SELECT " ADAPTER_JOB_COLUMNS " FROM adapter_jobs");
  query.add(" WHERE workspace_id = ", std::string(workspace_id)).add(" AND id < ", bounds.after);
  if (!filter.provider.empty()) query.add(" AND provider = ", filter.provider);
  if (!filter.topic.empty()) query.add(" AND topic = ", filter.topic);
  // Asked of each row by its job's unique id, and not by a union of both tables, which would be
  // made as a whole.
  std::string_view glue = " AND (";
  for (const JobState state : filter.states) {
    const std::string word(to_string(state));
    query.add(std::string(glue) + "EXISTS (SELECT 1 FROM " +
                  (is_live(state) ? "jobs" : "jobs_history") +
                  " AS job WHERE job.id = adapter_jobs.job_id AND job.state = ",
              word);
    glue = ") OR ";
  }
  query.add(filter.states.empty() ? " ORDER BY id DESC LIMIT " : ")) ORDER BY id DESC LIMIT ",
            bounds.rows_max);
  return make_page<AdapterJobRow>(query.run(sql_), bounds, adapter_job_from);
}

}  // namespace vouch::store
