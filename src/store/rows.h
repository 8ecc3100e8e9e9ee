// What is kept, as plain rows. The words are those of the API: what a table calls `generating`, the
// wire calls `generating`.
//
// Times are TimeMs (UTC milliseconds). Ids that are text are UUIDs; integer ids are given by the
// store, grow, and are never used again. An optional that is empty is `null` on the wire.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace vouch::store {

struct WorkspaceRow {
  std::string id;
  std::string name;  // unique, whatever its case
  TimeMs created_ms = 0;
};

struct KeyRow {
  std::string id;
  std::string workspace_id;
  std::string name;
  std::string prefix;  // the 8 characters after `tvb_`, shown in lists
  std::string hash;    // sha256_hex of the whole key; unique
  std::vector<std::string> scopes;
  TimeMs created_ms = 0;
  std::optional<TimeMs> last_used_ms;
  std::optional<TimeMs> expires_ms;
  std::optional<TimeMs> revoked_ms;
};

struct ProjectRow {
  std::string id;
  std::string workspace_id;
  std::string name;
  std::string site_url;
  boost::json::object settings;  // reset hook, variables, users …: defined by who reads them
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

enum class FeatureKind { kFeature, kSuggestion };
enum class FeatureStatus { kDraft, kGenerating, kGenerated, kFailed, kCancelled };

// What a list of features shows.
struct FeatureSummary {
  std::int64_t id = 0;  // given by insert_feature
  std::string project_id;
  std::string name;  // unique in its project, whatever its case
  FeatureKind kind = FeatureKind::kFeature;
  FeatureStatus status = FeatureStatus::kDraft;
  std::string gherkin_hash;  // sha256_hex of the Gherkin: kept by insert_feature and update_feature
  // The gherkin_hash that `spec` was generated from.
  std::optional<std::string> generated_gherkin_hash;
  std::optional<std::string> job_id;  // the latest generation
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;

  // The tests are older than the Gherkin.
  bool stale() const {
    return generated_gherkin_hash.has_value() && *generated_gherkin_hash != gherkin_hash;
  }
};

struct FeatureRow : FeatureSummary {
  std::string gherkin;
  std::optional<std::string> rationale;      // of a suggestion
  std::optional<std::string> spec;           // the latest spec
  std::optional<std::string> previous_spec;  // the last proven one before it
};

// `waiting` (for a person) holds no worker and no lease. The first three are live.
enum class JobState { kQueued, kRunning, kWaiting, kSucceeded, kFailed, kCancelled };

struct JobRow {
  std::int64_t position = 0;  // order of dispatch; given by insert_job
  std::string id;             // the `requestId`
  std::string kind;           // `generation`, `run`
  std::string key;            // at most one live job has it
  std::string workspace_id;
  std::string project_id;
  std::optional<std::int64_t> feature_id;
  JobState state = JobState::kQueued;
  std::string stage;
  std::string reason;  // why it is where it is: a sentence, empty when it goes as it should
  std::int64_t lease_epoch = 0;  // raised by every claim; a write with an older one is refused
  std::string lease_owner;       // empty unless running
  TimeMs lease_until_ms = 0;     // of a waiting one: when an answer comes too late
  std::int64_t attempts = 0;     // how often its owner died under it
  std::int64_t browser_ms = 0;   // of all attempts: how long browsers worked for it
  boost::json::object payload;
  boost::json::object result;
  TimeMs created_ms = 0;
  std::optional<TimeMs> started_ms;  // of the latest claim
  TimeMs updated_ms = 0;
  std::optional<TimeMs> finished_ms;
};

// How many jobs of a kind are in a state.
struct LiveJobs {
  std::string kind;
  JobState state = JobState::kQueued;
  std::int64_t count = 0;
};

enum class SectionStatus { kQueued, kInProgress, kCompleted };
enum class Conclusion { kSuccess, kFailure, kCancelled, kSkipped };

// A part of a job that is shown, and kept once it is finished.
struct SectionRow {
  std::string job_id;
  std::int64_t ordinal = 0;  // order in the job, from 0
  std::string section;       // slug
  std::string title;
  SectionStatus status = SectionStatus::kQueued;
  std::optional<Conclusion> conclusion;  // set exactly when completed
  std::string stage;
  std::string status_reason;
  boost::json::object data;  // what the job needs to go on without doing the section again
  TimeMs updated_ms = 0;
};

struct LogLineRow {
  std::int64_t id = 0;  // given by insert_log_line; grows
  std::string job_id;
  std::int64_t ordinal = 0;  // of the section
  std::string line;
  TimeMs at_ms = 0;
};

struct EventRow {
  std::int64_t seq = 0;    // given by insert_event: one sequence for the whole store, growing
  std::string kind;        // `job.queued` … : engine/core.h lists those of jobs
  std::string project_id;  // empty: none
  std::optional<std::int64_t> feature_id;
  std::string job_id;  // empty: none
  boost::json::object data;
  TimeMs at_ms = 0;
};

enum class RunStatus { kRunning, kPassed, kFailed, kCancelled };  // running: queued or executing

struct RunRow {
  std::int64_t id = 0;  // given by insert_run
  std::string project_id;
  std::optional<std::int64_t> feature_id;  // empty: of several features
  std::string tag;                         // only its scenarios; empty: all
  std::string job_id;
  std::string config;
  std::string site_url;
  RunStatus status = RunStatus::kRunning;
  TimeMs created_ms = 0;
  std::optional<TimeMs> started_ms;
  std::optional<TimeMs> finished_ms;
  boost::json::object digest;  // summary, tests, log …: defined by runs
};

struct ArtifactRow {
  std::int64_t run_id = 0;
  std::string kind;  // `trace`, `screenshot`, `video`, `report`, `log`
  std::string path;  // unique in its run
  std::int64_t size = 0;
};

struct FileRow {
  std::string project_id;
  std::string path;
  std::string content;    // empty in lists
  std::int64_t size = 0;  // bytes of the content; kept by put_file
  TimeMs updated_ms = 0;
};

// What is kept sealed: by a project, under a name. Who has a Vault reads it.
struct SecretRow {
  std::string project_id;
  std::string name;
  std::string sealed;
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

// What a workspace has left, in credits: seconds of a browser's time. Without a row it is not
// limited.
struct CreditRow {
  std::string workspace_id;
  std::optional<std::int64_t> balance;  // empty: not limited
  std::int64_t reserved = 0;            // of the balance, for jobs that have not ended
};

// What a project used of its budget in one month of the calendar (UTC).
struct CreditMonthRow {
  std::string project_id;
  std::string month;  // "2026-11"
  std::int64_t used = 0;
  std::int64_t reserved = 0;
};

// What is put aside for a job that has not ended.
struct ReservationRow {
  std::string job_id;
  std::string workspace_id;
  std::string project_id;
  std::string month;  // whose budget it counts against
  std::int64_t credits = 0;
};

// A change of a balance, or a use of an unlimited one. Rows are only ever added.
struct LedgerRow {
  std::string workspace_id;
  std::int64_t seq = 0;                 // given by insert_ledger: from 1, growing in each workspace
  std::string kind;                     // `balance` (an admin set it), `generation`, `run`
  std::int64_t credits = 0;             // what it changed by
  std::optional<std::int64_t> balance;  // after it; empty: not limited
  std::string project_id;               // empty: none
  std::optional<std::int64_t> feature_id;
  std::string job_id;  // empty: none
  std::string key_id;  // who set the balance
  TimeMs at_ms = 0;
};

// Runs that begin by themselves.
struct ScheduleRow {
  std::int64_t id = 0;  // given by insert_schedule
  std::string project_id;
  std::string name;
  std::string cron;  // five fields, UTC
  std::string tag;   // only its scenarios; empty: all
  std::string config;
  std::optional<std::string> site_url;  // empty: the project's
  bool enabled = true;
  std::optional<TimeMs> next_ms;  // set exactly when enabled
  std::optional<TimeMs> last_ms;  // when it was last due
  std::optional<std::int64_t> last_run_id;
  std::string last_problem;  // why no run was begun then; empty: one was
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

// An external system whose payloads adapter scripts turn. Its other tables name it by its slug, and
// hold rows of providers that have no row here, too: those have no address and no secrets.
struct ProviderRow {
  std::string workspace_id;
  std::string slug;  // unique in its workspace
  std::string display_name;
  std::string base_url;   // empty: scripts may reach nothing
  std::string auth_kind;  // a word for people; empty: not said
  boost::json::object config;
  boost::json::object secrets;  // name → sealed text
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

// What is exchanged with a provider: the form of the result. One that somebody defined; the
// built-in ones are no rows.
struct TopicRow {
  std::string workspace_id;
  std::string name;       // unique in its workspace
  std::string direction;  // `inbound` or `outbound`
  std::string description;
  boost::json::object schema;  // JSON Schema of the result
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

// What everything about an adapter belongs to.
struct AdapterOf {
  std::string workspace_id;
  std::string provider;
  std::string topic;

  bool operator==(const AdapterOf&) const = default;
};

// A payload of the provider's, and perhaps the result it should give. Texts are JSON.
struct SampleRow {
  std::int64_t id = 0;  // given by insert_sample
  AdapterOf of;
  std::string name;
  std::string origin;  // `registered`, `generate` (came with the request), `answer`
  std::string input;
  std::optional<std::string> expected;
  TimeMs created_ms = 0;
};

// Prose about it: documents and notes.
struct DocumentRow {
  std::int64_t id = 0;  // given by insert_document
  AdapterOf of;
  std::string kind;  // `text`, `markdown`, `openapi`, `note`
  std::string title;
  std::string content;    // empty in lists
  std::int64_t size = 0;  // bytes of the content; kept by insert_document
  TimeMs created_ms = 0;
};

// What a person decided about a place of the result.
struct PinRow {
  AdapterOf of;
  std::string path;
  boost::json::object pin;  // defined by who reads it
  TimeMs created_ms = 0;
};

enum class ScriptStatus { kCandidate, kActive, kDeprecated, kArchived };

struct ScriptRow {
  std::int64_t id = 0;  // given by insert_script
  AdapterOf of;
  std::int64_t version = 0;  // from 1 in its provider and topic; given by insert_script
  ScriptStatus status = ScriptStatus::kCandidate;  // one is active in each provider and topic
  std::string source;                              // empty in lists, as is the report
  boost::json::object report;  // tests, fields, assumptions: defined by who makes them
  boost::json::array history;  // what became of it: {event,atMs,keyId,reason}
  std::string job_id;          // that made it; empty: none
  TimeMs created_ms = 0;
  TimeMs updated_ms = 0;
};

struct ScriptFilter {
  std::string provider, topic;  // empty: any
  std::optional<ScriptStatus> status;
};

// Of payloads.
struct ShadowCounts {
  std::int64_t compared = 0;      // both scripts were run on them …
  std::int64_t different = 0;     // … and the outcomes differ
  std::int64_t skipped = 0;       // they came faster than both could be run
  std::int64_t not_compared = 0;  // the shadow asked its provider for what the active one did not
};

// A script that runs beside the active one of its provider and topic and is compared with it.
struct ShadowRow {
  AdapterOf of;  // there is one at most
  std::int64_t script_id = 0;
  std::string key_id;  // that began it
  ShadowCounts counts;
  TimeMs created_ms = 0;
};

enum class FindingAbout { kDrift, kShadow };

// Something that live payloads showed of a script: told once for each kind and path, and counted.
struct FindingRow {
  AdapterOf of;
  std::int64_t script_id = 0;
  FindingAbout about = FindingAbout::kDrift;
  std::string kind;  // a word; defined by who finds it, as are the path's form and the example
  std::string path;
  std::int64_t count = 0;
  boost::json::object example;  // of the first
  TimeMs first_ms = 0;
  TimeMs last_ms = 0;
};

// A generation of an adapter: the number that its job has on the wire.
struct AdapterJobRow {
  std::int64_t id = 0;  // given by insert_adapter_job
  AdapterOf of;
  std::string job_id;
  TimeMs created_ms = 0;
};

struct AdapterJobFilter {
  std::string provider, topic;   // empty: any
  std::vector<JobState> states;  // empty: any
};

struct IdempotencyRow {
  std::string workspace_id;
  std::string key;
  std::string body_hash;
  std::int64_t status = 0;  // HTTP status of the first answer
  std::string answer;       // its body
  TimeMs created_ms = 0;
  // Answers that came later do not displace it: it tells of what must not be made twice. As it is
  // inserted; not read.
  bool is_lasting = false;
};

// What was changed, by whom. Rows are only ever added.
struct AuditRow {
  std::string workspace_id;
  std::int64_t seq = 0;  // given by insert_audit: from 1, growing in each workspace
  std::string key_id;    // empty: over the admin socket
  std::string operation;
  boost::json::object target;  // what it was done to: {project, feature, runId …}
  std::int64_t status = 0;     // HTTP status it was answered with
  TimeMs at_ms = 0;
};

// The words in the tables and on the wire.
std::string_view to_string(FeatureKind kind);
std::string_view to_string(FeatureStatus status);
std::string_view to_string(JobState state);
std::string_view to_string(SectionStatus status);
std::string_view to_string(Conclusion conclusion);
std::string_view to_string(RunStatus status);
std::string_view to_string(FindingAbout about);
std::string_view to_string(ScriptStatus status);
std::string_view to_string(FindingAbout about);
std::optional<FeatureStatus> feature_status_from(std::string_view word);
std::optional<FeatureKind> feature_kind_from(std::string_view word);
std::optional<JobState> job_state_from(std::string_view word);
std::optional<SectionStatus> section_status_from(std::string_view word);
std::optional<Conclusion> conclusion_from(std::string_view word);
std::optional<RunStatus> run_status_from(std::string_view word);
std::optional<ScriptStatus> script_status_from(std::string_view word);

inline bool is_live(JobState state) { return state <= JobState::kWaiting; }

// Names are compared by this: lower case in every script, from UTF-8 to UTF-8. Bytes that are not
// UTF-8 stay.
std::string fold_case(std::string_view text);

}  // namespace vouch::store
