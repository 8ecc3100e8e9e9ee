// One transaction: everything that can be asked of the store and changed in it. A `const Tx&` can
// only be read from.
//
// Errors. What a caller must expect is in the type: an empty optional, or a Result where the change
// may be refused (kConflict: the name is taken; kNotFound). What no caller can do anything about (a
// full disk, a lost connection, a text with a NUL) leaves the closure as an exception that only the
// store catches: it runs the closure again or answers the awaiting caller with kUnavailable.
// So a closure must not catch (...), and needs no error handling for it.
//
// Updates take the whole row: read it, change it, give it back, all in one closure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/rows.h"

namespace vouch::store {

class SqlConnection;

inline constexpr int kPageLimitDefault = 50;
inline constexpr int kPageLimitMax = 200;

// Which part of a list. `cursor` is empty for its beginning, else the next_cursor of the page
// before; one that was not given by us is kInvalidRequest. `limit` is brought into 1 …
// kPageLimitMax.
struct Page {
  int limit = kPageLimitDefault;
  std::string cursor;
};

template <class Row>
struct List {
  std::vector<Row> items;
  std::optional<std::string> next_cursor;  // empty: this was the end
};

// Where and what to read of the event log. Empty members match everything.
struct EventFilter {
  std::string project_id;
  std::optional<std::int64_t> feature_id;
  std::string job_id;

  bool matches(const EventRow& event) const {
    return (project_id.empty() || project_id == event.project_id) &&
           (!feature_id || feature_id == event.feature_id) &&
           (job_id.empty() || job_id == event.job_id);
  }
};

struct RunFilter {
  std::optional<std::int64_t> feature_id;
  std::optional<RunStatus> status;
};

class Tx {
 public:
  explicit Tx(SqlConnection& sql) : sql_(sql) {}
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  // Workspaces and keys.
  Result<void> insert_workspace(const WorkspaceRow& row);  // kConflict: name taken
  std::optional<WorkspaceRow> find_workspace(std::string_view id) const;
  std::optional<WorkspaceRow> find_workspace_named(std::string_view name) const;
  std::vector<WorkspaceRow> list_workspaces() const;

  void insert_key(const KeyRow& row);
  std::optional<KeyRow> find_key_by_hash(std::string_view hash) const;
  std::optional<KeyRow> find_key(std::string_view workspace_id, std::string_view id) const;
  Result<List<KeyRow>> list_keys(std::string_view workspace_id,
                                 const Page& page) const;  // oldest first
  void set_key_used(std::string_view id, TimeMs at_ms);
  void set_key_revoked(std::string_view id, TimeMs at_ms);

  // Projects. Nothing is found in a workspace that is not its own.
  void insert_project(const ProjectRow& row);
  std::optional<ProjectRow> find_project(std::string_view workspace_id, std::string_view id) const;
  // Whatever its workspace: for what the server does by itself.
  std::optional<ProjectRow> find_project_anywhere(std::string_view id) const;
  Result<List<ProjectRow>> list_projects(std::string_view workspace_id,
                                         const Page& page) const;  // oldest first
  Result<void> update_project(const ProjectRow& row);              // kNotFound
  // With its features, runs, files and finished jobs. kConflict while a job of it is live.
  Result<void> delete_project(std::string_view id);

  // Features. `id` and the hash of the Gherkin are set in what is returned.
  Result<FeatureRow> insert_feature(FeatureRow row);  // kConflict: name taken
  std::optional<FeatureRow> find_feature(std::string_view project_id, std::int64_t id) const;
  std::optional<FeatureRow> find_feature_named(std::string_view project_id,
                                               std::string_view name) const;
  Result<List<FeatureSummary>> list_features(std::string_view project_id,
                                             const Page& page) const;  // oldest first
  std::int64_t count_features(std::string_view project_id) const;
  Result<FeatureRow> update_feature(FeatureRow row);  // kNotFound, kConflict: name taken
  // With its runs and finished jobs. kConflict while a job of it is live.
  Result<void> delete_feature(std::int64_t id);

  // Files: the stored layer of a project. Lists come in order of path and without content.
  void put_file(const FileRow& row);
  std::optional<FileRow> find_file(std::string_view project_id, std::string_view path) const;
  std::vector<FileRow> list_files(std::string_view project_id, std::string_view prefix) const;
  bool delete_file(std::string_view project_id, std::string_view path);  // false: there was none

  // Secrets. Lists come in order of name.
  void put_secret(const SecretRow& row);
  std::vector<SecretRow> list_secrets(std::string_view project_id) const;
  bool delete_secret(std::string_view project_id, std::string_view name);  // false: there was none

  // Credits. put: made where there is none.
  std::optional<CreditRow> find_credits(std::string_view workspace_id) const;
  void put_credits(const CreditRow& row);
  CreditMonthRow find_credit_month(std::string_view project_id, std::string_view month) const;
  void put_credit_month(const CreditMonthRow& row);
  std::optional<ReservationRow> find_reservation(std::string_view job_id) const;
  void put_reservation(const ReservationRow& row);
  void delete_reservation(std::string_view job_id);
  void insert_ledger(const LedgerRow& row);
  Result<List<LedgerRow>> list_ledger(std::string_view workspace_id,
                                      const Page& page) const;  // newest first

  // Schedules. `id` is set in what is returned. Lists come in order of id.
  ScheduleRow insert_schedule(ScheduleRow row);
  std::optional<ScheduleRow> find_schedule(std::string_view project_id, std::int64_t id) const;
  std::vector<ScheduleRow> list_schedules(std::string_view project_id) const;
  void update_schedule(const ScheduleRow& row);
  bool delete_schedule(std::string_view project_id, std::int64_t id);  // false: there was none
  std::vector<ScheduleRow> list_due_schedules(TimeMs now) const;       // the longest due first
  std::optional<TimeMs> next_schedule_ms() const;                      // when the next one is due

  // Jobs. Only the engine writes them; others read.
  Result<JobRow> insert_job(JobRow row);  // kConflict: its key has a live job; details.jobId
  std::optional<JobRow> find_job(std::string_view id) const;        // live or finished
  std::optional<JobRow> find_live_job(std::string_view key) const;  // by key
  std::optional<bool> is_job_live(std::string_view id) const;       // empty: no such job
  std::vector<JobRow> list_live_jobs() const;                       // in order of dispatch
  std::vector<LiveJobs> count_live_jobs() const;
  std::vector<JobRow> next_queued_jobs(std::string_view kind,
                                       int count) const;  // in order of dispatch
  // Running, and their lease ran out; or waiting, and nobody answered in time.
  std::vector<JobRow> list_expired_jobs(TimeMs now) const;
  // 1 is the next of its kind; empty when it is not queued.
  std::optional<std::int64_t> queue_position(std::string_view id) const;
  // Writes the live job `row.id` if it is still in `expected_state` and `expected_epoch`, and moves
  // it to the history when the new state is not live. False, and nothing is written, when it is
  // not: the fence.
  bool update_job(const JobRow& row, JobState expected_state, std::int64_t expected_epoch);

  // Ended jobs of all projects, those after `after_position`, in order of dispatch; without payload
  // and result.
  std::vector<JobRow> list_history(std::int64_t after_position, int limit) const;
  // With its sections, log and events. Nothing happens unless it has ended.
  void delete_ended_job(std::string_view id);
  bool is_latest_generation(const JobRow& job) const;  // of its feature

  void put_section(const SectionRow& row);
  std::optional<SectionRow> find_section(std::string_view job_id, std::int64_t ordinal) const;
  std::vector<SectionRow> list_sections(std::string_view job_id) const;  // in order
  void insert_log_line(const LogLineRow& row);
  std::vector<LogLineRow> list_log_lines(std::string_view job_id) const;  // in order written
  // How many lines each section has, by ordinal.
  std::vector<std::pair<std::int64_t, std::int64_t>> count_log_lines(std::string_view job_id) const;

  // Events. Subscribers see them once the transaction is durable.
  std::int64_t insert_event(EventRow row);
  std::vector<EventRow> list_events(const EventFilter& filter, std::int64_t after_seq,
                                    int limit) const;  // in order of seq
  std::int64_t last_event_seq() const;

  // Runs. `id` is set in what is returned.
  RunRow insert_run(RunRow row);
  std::optional<RunRow> find_run(std::string_view project_id, std::int64_t id) const;
  Result<List<RunRow>> list_runs(std::string_view project_id, const RunFilter& filter,
                                 const Page& page) const;  // newest first
  Result<void> update_run(const RunRow& row);              // kNotFound
  // Of all projects, those after `after_id`, in order of id; without their digests.
  std::vector<RunRow> list_all_runs(std::int64_t after_id, int limit) const;
  void delete_run(std::int64_t id);  // with its artifacts
  void put_artifact(const ArtifactRow& row);
  void delete_artifacts(std::int64_t run_id);
  std::int64_t artifact_bytes() const;                                 // of all runs
  std::vector<ArtifactRow> list_artifacts(std::int64_t run_id) const;  // in order of path

  // Adapters. Providers and topics are put whole; lists come oldest first.
  void put_provider(const ProviderRow& row);
  std::optional<ProviderRow> find_provider(std::string_view workspace_id,
                                           std::string_view slug) const;
  Result<List<ProviderRow>> list_providers(std::string_view workspace_id, const Page& page) const;
  // With all that was kept for it, its scripts and ended jobs too. False: there was nothing.
  bool delete_provider(std::string_view workspace_id, std::string_view slug);
  void put_topic(const TopicRow& row);
  std::optional<TopicRow> find_topic(std::string_view workspace_id, std::string_view name) const;
  // In order of name, those behind `after`.
  std::vector<TopicRow> list_topics(std::string_view workspace_id, std::string_view after,
                                    std::int64_t limit) const;
  std::int64_t count_topics(std::string_view workspace_id) const;
  bool delete_topic(std::string_view workspace_id, std::string_view name);  // the row alone

  // `id` is set in what is returned. One that is there already, with its name, is returned as it
  // is.
  SampleRow insert_sample(const SampleRow& row);
  // What it holds, by its id; another that is the same then is deleted.
  void update_sample(const SampleRow& row);
  std::optional<SampleRow> find_sample(const AdapterOf& of, std::int64_t id) const;
  // The latest of that name.
  std::optional<SampleRow> find_sample_named(const AdapterOf& of, std::string_view name) const;
  Result<List<SampleRow>> list_samples(const AdapterOf& of, const Page& page) const;
  std::vector<SampleRow> all_samples(const AdapterOf& of) const;  // oldest first
  std::int64_t count_samples(const AdapterOf& of) const;
  std::int64_t sample_characters(const AdapterOf& of) const;  // of all, outputs included
  bool delete_sample(const AdapterOf& of, std::int64_t id);   // false: there was none
  DocumentRow insert_document(DocumentRow row);               // likewise
  std::optional<DocumentRow> find_document(const AdapterOf& of, std::int64_t id) const;
  Result<List<DocumentRow>> list_documents(const AdapterOf& of, const Page& page) const;
  std::vector<DocumentRow> all_documents(const AdapterOf& of) const;  // with content, oldest first
  std::int64_t count_documents(const AdapterOf& of) const;
  bool delete_document(const AdapterOf& of, std::int64_t id);
  void put_pin(const PinRow& row);
  std::vector<PinRow> list_pins(const AdapterOf& of) const;  // oldest first
  bool delete_pin(const AdapterOf& of, std::string_view path);

  // `id` and `version` are set in what is returned.
  std::int64_t next_script_version(const AdapterOf& of) const;
  ScriptRow insert_script(ScriptRow row);
  std::optional<ScriptRow> find_script(std::string_view workspace_id, std::int64_t id) const;
  std::optional<ScriptRow> find_active_script(const AdapterOf& of) const;
  std::optional<std::int64_t> active_script_id(const AdapterOf& of) const;
  std::optional<std::int64_t> script_id_of_job(std::string_view job_id) const;
  Result<List<ScriptRow>> list_scripts(std::string_view workspace_id, const ScriptFilter& filter,
                                       const Page& page) const;  // newest first
  // Its status and history. kConflict: another one is active.
  Result<void> update_script(const ScriptRow& row);
  // Lets go of the oldest, with what was found out about them, so that of candidates and archived
  // ones together `kept` are left, and as many deprecated ones. A shadow's stays, and the active.
  void delete_old_scripts(const AdapterOf& of, std::int64_t kept);

  void put_shadow(const ShadowRow& row);
  std::optional<ShadowRow> find_shadow(const AdapterOf& of) const;
  bool delete_shadow(const AdapterOf& of);  // with its findings; false: there was none
  // Adds to the counts of one that is still of this script.
  void count_shadow(const AdapterOf& of, std::int64_t script_id, const ShadowCounts& more);
  // Adds `count` to what is there, or keeps it as new unless there are `findings_max` of this
  // script and about the same: those are dropped.
  void add_finding(const FindingRow& row, std::int64_t findings_max);
  std::vector<FindingRow> list_findings(const AdapterOf& of, std::int64_t script_id,
                                        FindingAbout about) const;        // the first found first
  std::int64_t delete_findings(const AdapterOf& of, FindingAbout about);  // how many there were

  AdapterJobRow insert_adapter_job(AdapterJobRow row);  // `id` is set in what is returned
  std::optional<AdapterJobRow> find_adapter_job(std::string_view workspace_id,
                                                std::int64_t id) const;
  std::optional<AdapterJobRow> find_adapter_job_of(std::string_view job_id) const;
  Result<List<AdapterJobRow>> list_adapter_jobs(std::string_view workspace_id,
                                                const AdapterJobFilter& filter,
                                                const Page& page) const;  // newest first

  // The first answer to a request with an Idempotency-Key. insert: kConflict when the key is there.
  Result<void> insert_idempotency(const IdempotencyRow& row);
  std::optional<IdempotencyRow> find_idempotency(std::string_view workspace_id,
                                                 std::string_view key) const;
  void delete_idempotency(std::string_view workspace_id, std::string_view key);
  void delete_idempotency_before(TimeMs created_ms);

  void insert_audit(const AuditRow& row);
  Result<List<AuditRow>> list_audit(std::string_view workspace_id,
                                    const Page& page) const;  // newest first

  // Settings and secrets of the server, by name.
  std::optional<std::string> find_setting(std::string_view name) const;
  void put_setting(std::string_view name, std::string_view value);

  // What insert_event gave in this transaction. For the store.
  std::vector<EventRow>& inserted_events() { return events_; }

 private:
  bool end_job(const JobRow& row, JobState expected_state, std::int64_t expected_epoch);

  SqlConnection& sql_;
  std::vector<EventRow> events_;
};

}  // namespace vouch::store
