#include "cli/command_line.h"

#include <signal.h>

#include <cstdlib>
#include <iostream>

#include "base/utf8.h"
#include "base/version.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

constexpr const char* kDescription =
    "Vouch turns a Gherkin feature and a web site into a Playwright test that passes,\n"
    "and proves that each Then depends on its When.\n\n"
    "Start here:\n"
    "  vouch generate ./login.feature --site http://localhost:3000\n";

constexpr std::size_t kHelpColumn = 32;
constexpr const char* kFooter =
    "\nEvery flag may also be given as VOUCH_… in the environment (--site: VOUCH_SITE), or in the\n"
    "file of --config-file. `vouch --help` shows those that all commands have.";

// Where the configuration file is, before anything is parsed: its values must be there by then.
std::string config_path(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--config-file" && i + 1 < argc) return argv[i + 1];
    if (argument.starts_with("--config-file=")) return std::string(argument.substr(14));
  }
  const char* path = std::getenv("VOUCH_CONFIG_FILE");
  return path == nullptr ? "" : path;
}

// The server, the key and the project have more sources than these: see settings.h.
bool is_setting(const std::string& flag) {
  return flag == "server" || flag == "api-key" || flag == "project" || flag == "config-file" ||
         flag == "help" || flag == "version";
}

void name_environment(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    const std::string& flag = option->get_lnames().front();
    if (!is_setting(flag)) option->envname(variable_name(flag));
  }
  for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) name_environment(*sub);
}

void add_common_options(CLI::App& app, Invocation& invocation, std::string& config) {
  app.add_option("--server", invocation.flags.server, "The server's address (VOUCH_SERVER)")
      ->type_name("URL");
  app.add_option("--api-key", invocation.flags.api_key, "The key for it (VOUCH_API_KEY)")
      ->type_name("KEY");
  app.add_option("--project", invocation.flags.project, "The project, by id or name")
      ->type_name("PROJECT");
  app.add_option("--tools", invocation.tools_root,
                 "The folder that holds node_modules (found beside the program)")
      ->type_name("DIR");
  app.add_option("--config-file", config, "A file with values for any of the flags")
      ->type_name("FILE");
  app.add_flag("--json", invocation.json, "Print one JSON document");
}

// The shape of an option as help shows it: its value's name and default, without what each one has
// in common with all others.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(kHelpColumn); }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string out;
    const std::string type = option->get_type_name();
    const std::string name = type.substr(0, type.find(':'));
    if (option->get_type_size() != 0 && !name.empty()) out += " " + name;
    if (!option->get_default_str().empty()) out += " (" + option->get_default_str() + ")";
    if (option->get_expected_max() > 1) out += " ...";
    if (option->get_required() && !option->get_positional()) out += " REQUIRED";
    return out;
  }
};

// Words that CLI11 would say less helpfully.
int tell_parse_error(CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help
  const CLI::App* deepest = &app;
  std::string words;
  while (!deepest->get_subcommands().empty()) {
    deepest = deepest->get_subcommands().front();
    words += " " + deepest->get_name();
  }
  std::string what = error.what();
  const std::vector<std::string> rest = app.remaining(true);
  const auto commands = deepest->get_subcommands([](const CLI::App*) { return true; });
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !commands.empty()) {
    what = rest.empty()
               ? "`vouch" + words + "` needs one of these:"
               : "There is no command `vouch" + words + " " + rest.front() + "`. There are:";
    for (const CLI::App* command : commands) what += " " + command->get_name();
  }
  std::cerr << "vouch: " << what << "\n";
  std::cerr << "       `vouch" << words << " --help` shows how it is used.\n";
  return static_cast<int>(ExitCode::kUsage);
}

}  // namespace

std::string variable_name(std::string_view flag) {
  while (flag.starts_with('-')) flag.remove_prefix(1);
  std::string name = "VOUCH_";
  for (char c : flag) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<std::map<std::string, std::string>> read_config_file(const std::string& path) {
  std::map<std::string, std::string> values;
  try {
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_file(path)) {
      if (item.inputs.empty()) continue;
      std::string joined;
      for (const std::string& input : item.inputs) joined += (joined.empty() ? "" : " ") + input;
      values[variable_name(item.name)] = joined;
    }
  } catch (const CLI::Error& error) {
    return fail(ErrorCode::kInvalidRequest,
                "The configuration file " + path + " cannot be read: " + error.what() + ".");
  }
  return values;
}

int run_command_line(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  Invocation invocation;
  for (int i = 1; i < argc; ++i) {
    if (is_utf8(argv[i])) continue;
    return static_cast<int>(invocation.usage(
        "Argument " + std::to_string(i) +
        " is not UTF-8. Type it in a UTF-8 terminal, or rename the file that it names."));
  }
  if (const std::string path = config_path(argc, argv); !path.empty()) {
    auto values = read_config_file(path);
    if (!values) return static_cast<int>(invocation.usage(values.error().message));
    for (const auto& [name, value] : *values) setenv(name.c_str(), value.c_str(), 0);
  }
  CLI::App app(kDescription, "vouch");
  app.set_version_flag("--version", "vouch " + std::string(kVersion));
  app.require_subcommand(1);
  app.fallthrough();
  app.formatter(std::make_shared<HelpFormatter>());
  app.footer(kFooter);
  Action chosen;
  std::string config;
  add_common_options(app, invocation, config);
  add_generate_command(app, invocation, chosen);
  add_prove_command(app, invocation, chosen);
  add_run_command(app, invocation, chosen);
  add_adapt_command(app, invocation, chosen);
  add_table_commands(app, invocation, chosen,
                     {"generate_feature", "prove_feature", "run_feature", "run_project",
                      "set_secret", "create_key", "generate_adapter"});
  add_adapters_command(app, invocation, chosen);
  add_sign_in_commands(app, invocation, chosen);
  add_server_commands(app, invocation, chosen);
  add_secret_command(app, invocation, chosen);
  add_export_command(app, invocation, chosen);
  add_mcp_command(app, invocation, chosen);
  name_environment(app);
  if (argc == 1) {
    std::cout << app.help();
    return static_cast<int>(ExitCode::kUsage);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tell_parse_error(app, error);
  }
  return chosen ? static_cast<int>(chosen()) : static_cast<int>(ExitCode::kUsage);
}

}  // namespace vouch::cli
