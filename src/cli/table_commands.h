// Commands read off the operation table: `features show <feature>` is a row's `command`, its
// options are the row's parameters. A new operation with a command needs nothing here, unless its
// answer deserves better than a plain table.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "cli/invocation.h"

namespace vouch::cli {

// What a command does when it was chosen.
using Action = std::function<ExitCode()>;

// Adds every command of the table but those in `taken`. The chosen one's action is put into
// `chosen`.
void add_table_commands(CLI::App& app, Invocation& invocation, Action& chosen,
                        const std::vector<std::string_view>& taken);

// The subcommand of these words ("features show"), made with those above it where it is missing.
CLI::App* subcommand_at(CLI::App& app, std::string_view words);

// "siteUrl" → "site-url".
std::string kebab_case(std::string_view name);

// What the script assumes that a finished generation of an adapter made, a line each; "" where it
// made none.
std::string assumed_of_job(Client& client, const boost::json::object& job);

// The text for people of an operation's answer.
std::string answer_report(const Terminal& terminal, const ops::Operation& operation,
                          const boost::json::value& answer);

}  // namespace vouch::cli
