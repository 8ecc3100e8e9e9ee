// Everything of a project as a plain Playwright project.
#include "runs/export.h"

#include <utility>

#include "ops/project_files.h"
#include "ops/results.h"
#include "ops/rows.h"
#include "ops/services.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

using boost::asio::awaitable;

constexpr std::string_view kRoute = "/api/v1/ops/projects/{project}/export";

struct Exported {
  std::string name;
  std::map<std::string, std::string> files;
};

Result<Exported> read_all(const store::Tx& tx, const std::string& workspace,
                          const std::string& id) {
  VOUCH_TRY(store::ProjectRow project, find_project(tx, workspace, id));
  Exported exported{project.name, runs::plain_project_files(project.name, project.site_url)};
  for (const std::string& path : list_project_paths(tx, project)) {
    if (auto file = find_project_file(tx, project, path)) {
      exported.files[path] = std::move(file->content);
    }
  }
  return exported;
}

awaitable<Result<Answer>> export_project(Services& services, const Call& call) {
  auto read = [workspace = call.principal.workspace_id, id = call.text("project")](
                  const store::Tx& tx) { return read_all(tx, workspace, id); };
  VOUCH_CO_TRY(Exported exported, co_await services.store.read(std::move(read)));
  VOUCH_CO_TRY(std::string bytes, runs::make_zip(exported.files));
  Answer answer;
  answer.file = FileAnswer{"", exported.name + ".zip", "application/zip", std::move(bytes)};
  co_return answer;
}

}  // namespace

std::vector<Operation> export_operations() {
  std::vector<Operation> rows;
  rows.push_back({.name = "export_project",
                  .method = Method::kGet,
                  .route = std::string(kRoute),
                  .parameters = parameters(kRoute),
                  .result = schema(R"({"type": "string"})"),
                  .scope = Scope::kRead,
                  .surfaces = kRest,
                  .description = "Features, specs and configurations as a zip that runs with "
                                 "`npx playwright test`, without Vouch.",
                  .handler = export_project});
  return rows;
}

}  // namespace vouch::ops
