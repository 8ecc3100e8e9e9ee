// One call of the program: what was given for all commands, where it writes, and how it ends.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/client.h"
#include "cli/exit_code.h"
#include "cli/settings.h"
#include "cli/terminal.h"

namespace vouch::cli {

// How this surface speaks of projects, for its errors.
struct ProjectWords {
  std::string_view give = "Choose one with `vouch use <project>`, or give --project.";
  std::string_view list = "`vouch projects list` shows them.";
  std::string_view make = "Make one: vouch projects create <name> --site-url <url>";
};

struct Invocation {
  Settings flags;          // --server, --api-key, --project
  bool json = false;       // one JSON document on stdout, and nothing else there
  std::string tools_root;  // --tools
  Environment environment = process_environment();
  std::filesystem::path working_dir = std::filesystem::current_path();
  Terminal out = terminal_of(1);
  Terminal err = terminal_of(2);

  void print(std::string_view text) const;  // to stdout
  void note(std::string_view text) const;   // to stderr: for people, beside the result
  // Tells of it (with `json` on stdout too) and gives the exit code.
  ExitCode fail_with(const Error& error) const;
  ExitCode usage(std::string message) const;

  Result<Settings> settings() const;
  // A client of the configured server. kUnauthorized: there is no key.
  Result<std::unique_ptr<Client>> client() const;
  // The configured project's id; a name is looked up. kInvalidRequest: none is configured.
  Result<std::string> project(Client& client, const ProjectWords& words = {}) const;
};

// The id of the project of this id or name; an id is not looked up.
Result<std::string> project_id(Client& client, const std::string& id_or_name,
                               const ProjectWords& words = {});

// The project of this id or, whatever its case, name. kNotFound; kInvalidRequest where several have
// that name.
Result<boost::json::object> find_project(Client& client, const std::string& id_or_name,
                                         const ProjectWords& words = {});

// A line of standard input; not shown while it is typed.
std::string read_secret(const Invocation& invocation, const std::string& prompt);

// The whole file; "-" is stdin. kNotFound, kInvalidRequest for a folder, kPayloadTooLarge for more
// than kInputBytesMax.
Result<std::string> read_input(const std::string& path);
inline constexpr std::size_t kInputBytesMax = 1024 * 1024;

}  // namespace vouch::cli
