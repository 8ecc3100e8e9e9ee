#include "cli/settings.h"

#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

Result<json::object> read_config(const fs::path& file) {
  std::ifstream in(file);
  if (!in) return json::object();
  std::stringstream text;
  text << in.rdbuf();
  boost::system::error_code broken;
  json::value value = json::parse(text.str(), broken);
  if (broken || !value.is_object()) {
    return fail(ErrorCode::kInvalidRequest, file.string() + " is not a JSON object" +
                                                (broken ? " (" + broken.message() + ")" : "") +
                                                ". Mend or remove it.");
  }
  return std::move(value.get_object());
}

void take_if_missing(std::string& value, std::string& from, const std::string& candidate,
                     const std::string& source) {
  if (!value.empty() || candidate.empty()) return;
  value = candidate;
  from = source;
}

Result<void> take_from_file(Settings& settings, const fs::path& file) {
  VOUCH_TRY(json::object config, read_config(file));
  auto text = [&](const char* member) -> Result<std::string> {
    const json::value* value = config.if_contains(member);
    if (value == nullptr || value->is_null()) return std::string();
    if (!value->is_string()) {
      return fail(ErrorCode::kInvalidRequest,
                  file.string() + ": \"" + member + "\" should be a text.");
    }
    return std::string(value->get_string());
  };
  VOUCH_TRY(std::string server, text("server"));
  VOUCH_TRY(std::string key, text("apiKey"));
  VOUCH_TRY(std::string project, text("project"));
  take_if_missing(settings.server, settings.server_from, server, file.string());
  take_if_missing(settings.api_key, settings.api_key_from, key, file.string());
  take_if_missing(settings.project, settings.project_from, project, file.string());
  return {};
}

fs::path home_dir(const Environment& environment) {
  return environment("HOME").value_or(fs::temp_directory_path().string());
}

fs::path xdg_dir(const Environment& environment, const char* variable, const char* fallback) {
  if (auto dir = environment(variable); dir && fs::path(*dir).is_absolute()) return *dir;
  return home_dir(environment) / fallback;
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
}

Result<Settings> find_settings(const SettingsSources& sources) {
  Settings settings;
  take_if_missing(settings.server, settings.server_from, sources.flags.server, "--server");
  take_if_missing(settings.api_key, settings.api_key_from, sources.flags.api_key, "--api-key");
  take_if_missing(settings.project, settings.project_from, sources.flags.project, "--project");
  for (const std::string prefix : {"VOUCH_", "TESTVIBE_"}) {
    auto variable = [&](const std::string& name) {
      return sources.environment(prefix + name).value_or("");
    };
    take_if_missing(settings.server, settings.server_from, variable("SERVER"), prefix + "SERVER");
    take_if_missing(settings.api_key, settings.api_key_from, variable("API_KEY"),
                    prefix + "API_KEY");
    take_if_missing(settings.project, settings.project_from, variable("PROJECT"),
                    prefix + "PROJECT");
  }
  VOUCH_TRY_VOID(take_from_file(settings, repository_config_path(sources.working_dir)));
  VOUCH_TRY_VOID(take_from_file(settings, user_config_path(sources.environment)));
  if (!settings.server.empty()) {
    auto server = normalize_server_url(settings.server);
    if (!server) {
      return fail(ErrorCode::kInvalidRequest,
                  server.error().message + " It comes from " + settings.server_from + ".");
    }
    settings.server = *server;
  }
  return settings;
}

fs::path user_config_path(const Environment& environment) {
  return xdg_dir(environment, "XDG_CONFIG_HOME", ".config") / "vouch" / "config.json";
}

fs::path user_state_dir(const Environment& environment) {
  return xdg_dir(environment, "XDG_STATE_HOME", ".local/state") / "vouch";
}

fs::path repository_config_path(const fs::path& from) {
  fs::path beside_git = from;
  for (fs::path dir = from;; dir = dir.parent_path()) {
    std::error_code ignored;
    if (fs::is_regular_file(dir / kRepositoryFile, ignored)) return dir / kRepositoryFile;
    if (fs::exists(dir / ".git", ignored)) {
      beside_git = dir;
      break;  // the repository ends here: a file above it is somebody else's
    }
    if (dir == dir.parent_path()) break;
  }
  return beside_git / kRepositoryFile;
}

Result<void> set_in_config(const fs::path& file, const std::string& member,
                           const std::string& value) {
  VOUCH_TRY(json::object config, read_config(file));
  config[member] = value;
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  // Written beside it and renamed, so that a crash leaves the old file or the new one.
  const fs::path fresh = file.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    if (out) chmod(fresh.c_str(), S_IRUSR | S_IWUSR);
    out << "{";
    const char* separator = "\n";
    for (const auto& entry : config) {
      out << separator << "  " << json::serialize(entry.key()) << ": "
          << json::serialize(entry.value());
      separator = ",\n";
    }
    out << "\n}\n";
    if (!out.flush()) {
      return fail(ErrorCode::kUnavailable, file.string() + " cannot be written.");
    }
  }
  fs::rename(fresh, file, error);
  if (error) {
    return fail(ErrorCode::kUnavailable, file.string() + " cannot be written: " + error.message());
  }
  return {};
}

Result<std::string> normalize_server_url(std::string url) {
  if (url.find("://") == url.npos) url = "http://" + url;
  while (url.ends_with('/')) url.pop_back();
  auto parsed = boost::urls::parse_uri(url);
  const bool is_http = parsed && (parsed->scheme() == "http" || parsed->scheme() == "https");
  if (!is_http || parsed->host().empty() || parsed->has_query() || parsed->has_fragment()) {
    return fail(ErrorCode::kInvalidRequest,
                "\"" + url + "\" is not the address of a server, such as http://127.0.0.1:8080.");
  }
  return url;
}

}  // namespace vouch::cli
