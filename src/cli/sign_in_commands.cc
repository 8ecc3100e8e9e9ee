// login, use.
#include "cli/command_line.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

ExitCode login(const Invocation& invocation) {
  auto settings = invocation.settings();
  if (!settings) return invocation.fail_with(settings.error());
  std::string server = settings->server.empty() ? "http://127.0.0.1:8080" : settings->server;
  std::string key = invocation.flags.api_key;
  if (key.empty()) key = read_secret(invocation, "API key for " + server + ": ");
  if (key.empty()) {
    return invocation.usage(
        "No key was given. Type it, pipe it in, or give --api-key. The server makes one with "
        "`vouch keys create --data DIR --name NAME`.");
  }
  Client client({server, key, ""});
  auto projects = client.call("list_projects", {{"limit", 1}});
  if (!projects) return invocation.fail_with(projects.error());
  const auto file = user_config_path(invocation.environment);
  for (const auto& [member, value] : {std::pair{"server", server}, {"apiKey", key}}) {
    auto written = set_in_config(file, member, value);
    if (!written) return invocation.fail_with(written.error());
  }
  invocation.note("Signed in to " + server + ". The key is kept in " + file.string() + ".\n");
  if (invocation.json) invocation.print(pretty(json::object{{"server", server}}) + "\n");
  return ExitCode::kDone;
}

ExitCode use_project(const Invocation& invocation, const std::string& wanted) {
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto project = find_project(**client, wanted);
  if (!project) return invocation.fail_with(project.error());
  const auto file = repository_config_path(invocation.working_dir);
  auto written = set_in_config(file, "project", text_of(*project, "id"));
  if (!written) return invocation.fail_with(written.error());
  invocation.note("Using " + printable(text_of(*project, "name")) + " (" +
                  printable(text_of(*project, "siteUrl")) + "), as " + file.string() + " says.\n");
  if (invocation.json) invocation.print(pretty(*project) + "\n");
  return ExitCode::kDone;
}

}  // namespace

void add_sign_in_commands(CLI::App& app, Invocation& invocation, Action& chosen) {
  CLI::App* login_command =
      app.add_subcommand("login", "Check a key with its server, and keep both for later calls");
  login_command->fallthrough();
  login_command->callback(
      [&invocation, &chosen] { chosen = [&invocation] { return login(invocation); }; });
  CLI::App* use = app.add_subcommand("use", "Choose this repository's project");
  use->fallthrough();
  auto wanted = std::make_shared<std::string>();
  use->add_option("project", *wanted, "Its id or name")->required()->type_name("");
  use->callback([&invocation, &chosen, wanted] {
    chosen = [&invocation, wanted] { return use_project(invocation, *wanted); };
  });
}

}  // namespace vouch::cli
