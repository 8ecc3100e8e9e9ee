// Schedules of a project: runs of everything, or of a tag, that begin by themselves.
#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <utility>

#include "base/cron.h"
#include "ops/change.h"
#include "ops/project_run.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kSchedules = "/api/v1/ops/projects/{project}/schedules";
constexpr std::string_view kSchedule = "/api/v1/ops/projects/{project}/schedules/{scheduleId}";
constexpr std::size_t kSchedulesMax = 100;

std::string body_properties() {
  return R"({
  "name": {"in": "body", "type": "string", "minLength": 1, "maxLength": 200,
    "description": "A name for people."},
  "cron": {"in": "body", "type": "string", "minLength": 1, "maxLength": 200,
    "description": "When, in UTC: minute hour day month weekday, as 0 6 * * mon-fri."},
  "enabled": {"in": "body", "type": "boolean", "description": "False: it begins nothing."},)" +
         std::string(kProjectRunProperties) + "}";
}

json::object to_json(const store::ScheduleRow& row) {
  json::object body;
  body["id"] = row.id;
  body["name"] = row.name;
  body["cron"] = row.cron;
  body["tag"] = text_or_null(row.tag);
  body["config"] = row.config;
  body["siteUrl"] = json::value_from(row.site_url);
  body["enabled"] = row.enabled;
  body["nextUtc"] = utc_or_null(row.next_ms);
  body["lastUtc"] = utc_or_null(row.last_ms);
  body["lastRunId"] = json::value_from(row.last_run_id);
  body["lastProblem"] = text_or_null(row.last_problem);
  body["createdUtc"] = to_utc(row.created_ms);
  body["updatedUtc"] = to_utc(row.updated_ms);
  return body;
}

std::string path_of(const store::ScheduleRow& row) {
  return "/api/v1/ops/projects/" + row.project_id + "/schedules/" + std::to_string(row.id);
}

// What the call sets; what it does not name stays.
Result<void> apply(const Call& call, store::ScheduleRow& row, TimeMs now) {
  if (call.has("name")) {
    VOUCH_TRY(row.name, check_name("name", call.text("name")));
  }
  if (call.has("cron")) row.cron = call.text("cron");
  if (call.params.contains("tag")) row.tag = tag_of(call.text("tag"));
  if (call.params.contains("config"))
    row.config = call.optional_text("config").value_or(RunWish{}.config);
  if (call.params.contains("siteUrl")) row.site_url = call.optional_text("siteUrl");
  if (row.site_url) VOUCH_TRY_VOID(check_site_url("siteUrl", *row.site_url));
  if (call.has("enabled")) row.enabled = call.params.at("enabled").as_bool();
  auto cron = Cron::parse(row.cron);
  if (!cron) {
    Error error = std::move(cron).error();
    error.details["member"] = "cron";
    return std::unexpected(std::move(error));
  }
  row.next_ms = row.enabled ? std::optional(cron->next_after(now)) : std::nullopt;
  row.updated_ms = now;
  return {};
}

Result<store::ScheduleRow> find(const store::Tx& tx, const Call& call) {
  VOUCH_TRY_VOID(find_project(tx, call.principal.workspace_id, call.text("project")));
  auto row = tx.find_schedule(call.text("project"), call.integer("scheduleId").value_or(0));
  if (!row) return fail(ErrorCode::kNotFound, "No such schedule in this project.");
  return *std::move(row);
}

Result<Answer> insert(store::Tx& tx, const Call& call, TimeMs now) {
  store::ScheduleRow row;
  row.project_id = call.text("project");
  row.config = RunWish{}.config;
  row.created_ms = now;
  VOUCH_TRY_VOID(find_project(tx, call.principal.workspace_id, row.project_id));
  VOUCH_TRY_VOID(apply(call, row, now));
  if (tx.list_schedules(row.project_id).size() >= kSchedulesMax) {
    return fail(ErrorCode::kConflict, "A project has at most " + std::to_string(kSchedulesMax) +
                                          " schedules. Delete one first.");
  }
  row = tx.insert_schedule(row);
  Answer answer;
  answer.status = 201;
  answer.body = to_json(row);
  answer.location = path_of(row);
  return answer;
}

void changed(Services& services) {
  if (services.schedules_changed) services.schedules_changed();
}

awaitable<Result<Answer>> create_schedule(Services& services, const Call& call) {
  auto put = [call, now = services.clock.now_ms()](store::Tx& tx) { return insert(tx, call, now); };
  auto answer = co_await change(services, call, std::move(put));
  if (answer) changed(services);
  co_return answer;
}

awaitable<Result<Answer>> update_schedule(Services& services, const Call& call) {
  auto update = [call, now = services.clock.now_ms()](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ScheduleRow row, find(tx, call));
    VOUCH_TRY_VOID(apply(call, row, now));
    tx.update_schedule(row);
    return ok_answer();
  };
  auto answer = co_await change(services, call, std::move(update));
  if (answer) changed(services);
  co_return answer;
}

awaitable<Result<Answer>> delete_schedule(Services& services, const Call& call) {
  auto remove = [call](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ScheduleRow row, find(tx, call));
    tx.delete_schedule(row.project_id, row.id);
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(remove));
}

awaitable<Result<Answer>> get_schedule(Services& services, const Call& call) {
  auto read = [call](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ScheduleRow row, find(tx, call));
    Answer answer;
    answer.body = to_json(row);
    return answer;
  };
  co_return co_await services.store.read(std::move(read));
}

awaitable<Result<Answer>> list_schedules(Services& services, const Call& call) {
  auto read = [workspace = call.principal.workspace_id,
               id = call.text("project")](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY_VOID(find_project(tx, workspace, id));
    json::array items;
    for (const store::ScheduleRow& row : tx.list_schedules(id)) items.push_back(to_json(row));
    return list_answer(std::move(items));
  };
  co_return co_await services.store.read(std::move(read));
}

}  // namespace

std::vector<Operation> schedule_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "list_schedules",
                  .route = std::string(kSchedules),
                  .parameters = parameters(kSchedules),
                  .result = results::list(results::schedule()),
                  .surfaces = kRest | kMcp | kCli,
                  .command = "schedules list",
                  .description = "The runs of a project that begin by themselves.",
                  .handler = list_schedules});
  rows.push_back({.name = "create_schedule",
                  .method = Method::kPost,
                  .route = std::string(kSchedules),
                  .parameters = parameters(kSchedules, body_properties(), {"name", "cron"}),
                  .result = results::schedule(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kCreate,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "schedules create <name> --cron <cron> [--tag <tag>]",
                  .description = "Run all generated features, or those of a tag, again and again.",
                  .handler = create_schedule});
  rows.push_back({.name = "get_schedule",
                  .route = std::string(kSchedule),
                  .parameters = parameters(kSchedule),
                  .result = results::schedule(),
                  .surfaces = kRest | kMcp | kCli,
                  .command = "schedules show <schedule>",
                  .description = "One schedule: when it is due, and what it began last.",
                  .handler = get_schedule});
  rows.push_back({.name = "update_schedule",
                  .method = Method::kPatch,
                  .route = std::string(kSchedule),
                  .parameters = parameters(kSchedule, body_properties()),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "schedules update <schedule>",
                  .description = "Change a schedule, or switch it off and on.",
                  .handler = update_schedule});
  rows.push_back({.name = "delete_schedule",
                  .method = Method::kDelete,
                  .route = std::string(kSchedule),
                  .parameters = parameters(kSchedule),
                  .result = results::ok(),
                  .scope = Scope::kGenerate,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "schedules delete <schedule>",
                  .description = "Delete a schedule. What it began goes on.",
                  .handler = delete_schedule});
  return rows;
}

}  // namespace vouch::ops
