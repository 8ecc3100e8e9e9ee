// Files of a project: reading and writing them. A generated spec is read here.
#include <boost/json/array.hpp>
#include <utility>

#include "ops/change.h"
#include "ops/project_files.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::string_view kFiles = "/api/v1/ops/projects/{project}/files";
constexpr std::string_view kContent = "/api/v1/ops/projects/{project}/files/content";
constexpr std::string_view kConfigs = "/api/v1/ops/projects/{project}/configs";
constexpr std::string_view kConfigFolder = "Configurations/";
constexpr std::string_view kConfigEnd = ".config.js";

json::object file_json(const ProjectFile& file) {
  json::object body;
  body["path"] = file.path;
  body["kind"] = file.kind;
  body["source"] = file.source;
  body["size"] = static_cast<std::int64_t>(file.content.size());
  body["updatedUtc"] = utc_or_null(file.updated_ms);
  return body;
}

// The cursor of a list of files is the last path of the page before.
Result<Answer> read_list(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  const std::string prefix = call.text("prefix"), after = call.text("cursor");
  const std::size_t limit = static_cast<std::size_t>(page_of(call).limit);
  json::array items;
  std::optional<std::string> next;
  for (const std::string& path : list_project_paths(tx, project)) {
    if (!path.starts_with(prefix) || path <= after) continue;
    if (items.size() == limit) {
      next = items.back().at("path").as_string();
      break;
    }
    if (auto file = find_project_file(tx, project, path)) items.push_back(file_json(*file));
  }
  return list_answer(std::move(items), next);
}

Result<Answer> read_configs(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  json::array items;
  for (const std::string& path : list_project_paths(tx, project)) {
    if (!path.starts_with(kConfigFolder) || !path.ends_with(kConfigEnd)) continue;
    auto file = find_project_file(tx, project, path);
    if (!file) continue;
    std::string name = path.substr(kConfigFolder.size());
    name.resize(name.size() - kConfigEnd.size());
    items.push_back(json::object{{"name", name}, {"path", path}, {"source", file->source}});
  }
  return list_answer(std::move(items));
}

Result<Answer> read_content(const store::Tx& tx, const Call& call) {
  VOUCH_TRY(store::ProjectRow project,
            find_project(tx, call.principal.workspace_id, call.text("project")));
  auto file = find_project_file(tx, project, call.text("path"));
  if (!file) return fail(ErrorCode::kNotFound, "There is no such file in this project.");
  json::object body;
  body["path"] = file->path;
  body["kind"] = file->kind;
  body["source"] = file->source;
  body["content"] = file->content;
  Answer answer;
  answer.body = std::move(body);
  return answer;
}

using Reader = Result<Answer> (*)(const store::Tx&, const Call&);

Operation read_row(std::string name, std::string_view route, std::string_view properties,
                   const std::vector<std::string>& required, Reader reader) {
  Operation row;
  row.name = std::move(name);
  row.documented = true;
  row.route = route;
  row.parameters = parameters(route, properties, required);
  row.surfaces = kRest | kMcp | kCli;
  row.handler = [reader](Services& services, const Call& call) -> awaitable<Result<Answer>> {
    auto read = [reader, call](const store::Tx& tx) { return reader(tx, call); };
    co_return co_await services.store.read(std::move(read));
  };
  return row;
}

awaitable<Result<Answer>> write_file(Services& services, const Call& call) {
  auto write = [workspace = call.principal.workspace_id, project = call.text("project"),
                path = call.text("path"), content = call.text("content"),
                now = services.clock.now_ms()](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ProjectRow row, find_project(tx, workspace, project));
    VOUCH_TRY_VOID(write_project_file(tx, row, path, content, now));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(write));
}

awaitable<Result<Answer>> delete_file(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id, project = call.text("project"),
                 path = call.text("path")](store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(store::ProjectRow row, find_project(tx, workspace, project));
    VOUCH_TRY_VOID(delete_project_file(tx, row, path));
    return ok_answer();
  };
  co_return co_await change(services, call, std::move(remove));
}

}  // namespace

std::vector<Operation> file_operations() {
  std::string list(kPageProperties);
  list.pop_back();
  list += R"(, "prefix": {"in": "query", "type": "string",
                          "description": "Only paths that begin with it."}})";
  constexpr std::string_view kPath = R"({"path": {"in": "query", "type": "string", "minLength": 1,
    "description": "Like Features/Login.spec.ts."}})";
  std::vector<Operation> rows;
  rows.push_back(read_row("list_configs", kConfigs, "{}", {}, read_configs));
  rows.back().result = results::list(results::config());
  rows.back().command = "configs list";
  rows.back().description = "The configurations that a run can use.";
  rows.push_back(read_row("list_files", kFiles, list, {}, read_list));
  rows.back().result = results::list(results::file_summary());
  rows.back().command = "files list";
  rows.back().description = "The files of a project, as the next run will use them.";
  rows.push_back(read_row("read_file", kContent, kPath, {"path"}, read_content));
  rows.back().result = results::file();
  rows.back().command = "files get <path>";
  rows.back().description = "One file of a project: a feature, a generated spec, a configuration.";
  rows.push_back({.name = "write_file",
                  .documented = true,
                  .method = Method::kPut,
                  .route = std::string(kContent),
                  .parameters = parameters(kContent, R"({
                    "path": {"in": "body", "type": "string", "minLength": 1,
                             "description": "Like Configurations/Staging.config.js."},
                    "content": {"in": "body", "type": "string",
                                "description": "The whole file, at most 256 KB."}})",
                                           {"path", "content"}),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "files put <path>",
                  .description = "Write a file below Features/ or Configurations/, whole. It takes "
                                 "effect on the next run or generation.",
                  .handler = write_file});
  rows.push_back({.name = "delete_file",
                  .documented = true,
                  .method = Method::kDelete,
                  .route = std::string(kContent),
                  .parameters = parameters(kContent, kPath, {"path"}),
                  .result = results::ok(),
                  .scope = Scope::kWrite,
                  .effect = Effect::kWrite,
                  .destructive = true,
                  .surfaces = kRest | kMcp | kCli,
                  .command = "files delete <path>",
                  .description = "Delete a stored file; what the template has there is seen again.",
                  .handler = delete_file});
  return rows;
}

}  // namespace vouch::ops
