// Where the command line finds its server, key and project: flags, then the environment, then the
// repository's `.vouch.json` (in this folder or the nearest one above it), then the user's
// `config.json`. Each member is looked up on its own.
//
// Both files are JSON objects of `server`, `apiKey` and `project`. A repository's file is shared,
// so `vouch use` writes only the project there, and `vouch login` writes the key to the user's.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch::cli {

inline constexpr std::string_view kRepositoryFile = ".vouch.json";

using Environment = std::function<std::optional<std::string>(const std::string&)>;
Environment process_environment();  // empty variables count as unset

struct Settings {
  std::string server;   // empty: none is configured
  std::string api_key;  // empty: none
  std::string project;  // empty: none
  // Where each came from, for messages: "--server", "VOUCH_SERVER", a path.
  std::string server_from, api_key_from, project_from;
};

struct SettingsSources {
  Settings flags;  // what was given on the command line
  Environment environment;
  std::filesystem::path working_dir;
};

// kInvalidRequest: a file is not the JSON it should be; names the file.
Result<Settings> find_settings(const SettingsSources& sources);

// $XDG_CONFIG_HOME/vouch/config.json, or below ~/.config.
std::filesystem::path user_config_path(const Environment& environment);
// $XDG_STATE_HOME/vouch, or below ~/.local/state: the data of the embedded server.
std::filesystem::path user_state_dir(const Environment& environment);
// The nearest one at or above `from`; else where it would be made: beside `.git`, else in `from`.
std::filesystem::path repository_config_path(const std::filesystem::path& from);

// Sets one member of a JSON file and leaves the others; makes the file (0600) and its folder.
// kUnavailable: it cannot be written.
Result<void> set_in_config(const std::filesystem::path& file, const std::string& member,
                           const std::string& value);

// Without a slash at the end, with "http://" where no scheme was given. kInvalidRequest when it is
// no http or https address.
Result<std::string> normalize_server_url(std::string url);

}  // namespace vouch::cli
