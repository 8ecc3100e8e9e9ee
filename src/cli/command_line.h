// The program `vouch`: from its arguments to its exit code.
//
// Every flag is also a variable VOUCH_… of the environment, and a key of the file that
// --config-file names (TOML or INI; sections are only for the reader). Flags win over the
// environment, and that over the file.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "base/result.h"
#include "cli/invocation.h"
#include "cli/table_commands.h"

namespace vouch::cli {

int run_command_line(int argc, char** argv);

// "VOUCH_SITE_URL" → value, of a configuration file's `site-url = …`. kInvalidRequest: it cannot be
// read.
Result<std::map<std::string, std::string>> read_config_file(const std::string& path);
// "--site-url" → "VOUCH_SITE_URL".
std::string variable_name(std::string_view flag);

// The commands that are no single operation.
void add_secret_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_export_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_mcp_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_server_commands(CLI::App& app, Invocation& invocation, Action& chosen);
void add_sign_in_commands(CLI::App& app, Invocation& invocation, Action& chosen);
void add_adapt_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_generate_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_prove_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_adapters_command(CLI::App& app, Invocation& invocation, Action& chosen);
void add_run_command(CLI::App& app, Invocation& invocation, Action& chosen);

}  // namespace vouch::cli
