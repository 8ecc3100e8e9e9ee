#include "cli/invocation.h"

#include <termios.h>
#include <unistd.h>

#include <boost/algorithm/string/predicate.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

// 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

void Invocation::print(std::string_view text) const { write_all(1, text); }
void Invocation::note(std::string_view text) const { write_all(2, text); }

ExitCode Invocation::fail_with(const Error& error) const {
  if (error.code == ErrorCode::kCancelled) return ExitCode::kInterrupted;
  Error told = error;
  told.message = with_commands(error.message);
  if (error.code == ErrorCode::kUnauthorized) {
    told.message += " Sign in with `vouch login`, or give a key in VOUCH_API_KEY.";
  }
  note(error_report(err, told));
  if (json) {
    json::object document{{"error", to_string(error.code)},
                          {"message", with_commands(error.message)}};
    if (!error.details.empty()) document["details"] = error.details;
    print(pretty(document) + "\n");
  }
  return exit_code(error.code);
}

ExitCode Invocation::usage(std::string message) const {
  note(error_report(err, {ErrorCode::kInvalidRequest, std::move(message)}));
  return ExitCode::kUsage;
}

Result<Settings> Invocation::settings() const {
  return find_settings({flags, environment, working_dir});
}

Result<std::unique_ptr<Client>> Invocation::client() const {
  VOUCH_TRY(Settings found, settings());
  if (found.server.empty()) found.server = "http://127.0.0.1:8080";  // where `vouch serve` listens
  if (found.api_key.empty()) {
    return fail(ErrorCode::kUnauthorized, "There is no key for " + found.server + ".");
  }
  return std::make_unique<Client>(Server{found.server, found.api_key, ""});
}

Result<std::string> Invocation::project(Client& client, const ProjectWords& words) const {
  VOUCH_TRY(Settings found, settings());
  if (!found.project.empty()) return project_id(client, found.project, words);
  VOUCH_TRY(json::value answer, client.call("list_projects", {{"limit", 2}}));
  const json::array& items = array_of(as_object(answer), "items");
  if (items.size() == 1) return text_of(as_object(items[0]), "id");  // there is no other
  if (items.empty()) {
    return fail(ErrorCode::kInvalidRequest, "There is no project yet. " + std::string(words.make));
  }
  return fail(ErrorCode::kInvalidRequest,
              "Which project? " + std::string(words.give) + " " + std::string(words.list));
}

Result<std::string> project_id(Client& client, const std::string& id_or_name,
                               const ProjectWords& words) {
  if (is_uuid(id_or_name)) return id_or_name;
  VOUCH_TRY(json::object project, find_project(client, id_or_name, words));
  return text_of(project, "id");
}

Result<json::object> find_project(Client& client, const std::string& id_or_name,
                                  const ProjectWords& words) {
  json::object params{{"limit", 200}};
  std::vector<json::object> named;
  while (true) {
    VOUCH_TRY(json::value answer, client.call("list_projects", params));
    for (const json::value& item : array_of(as_object(answer), "items")) {
      const json::object& project = as_object(item);
      if (text_of(project, "id") == id_or_name) return project;
      if (boost::iequals(text_of(project, "name"), id_or_name)) named.push_back(project);
    }
    const std::string next = text_of(as_object(answer), "nextCursor");
    if (next.empty()) break;
    params["cursor"] = next;
  }
  if (named.empty()) {
    return fail(ErrorCode::kNotFound,
                "There is no project \"" + id_or_name + "\". " + std::string(words.list));
  }
  if (named.size() == 1) return std::move(named.front());
  std::string message = std::to_string(named.size()) + " projects are called \"" + id_or_name +
                        "\". Say which by its id:";
  for (const json::object& project : named) {
    message += "\n  " + text_of(project, "id") + "  " + text_of(project, "siteUrl");
  }
  return fail(ErrorCode::kInvalidRequest, std::move(message));
}

std::string read_secret(const Invocation& invocation, const std::string& prompt) {
  const bool typed = isatty(0) == 1;
  termios before{};
  if (typed) {
    invocation.note(prompt);
    tcgetattr(0, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(0, TCSANOW, &silent);
  }
  std::string line;
  std::getline(std::cin, line);
  if (typed) {
    tcsetattr(0, TCSANOW, &before);
    invocation.note("\n");
  }
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
  return line;
}

Result<std::string> read_input(const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind == std::filesystem::file_type::not_found) {
      return fail(ErrorCode::kNotFound, "There is no file " + path + ".");
    }
    if (kind == std::filesystem::file_type::directory) {
      return fail(ErrorCode::kInvalidRequest, path + " is a folder. Name a file in it.");
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::kInvalidRequest, path + " cannot be read.");
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (text.size() > kInputBytesMax) {
    return fail(ErrorCode::kPayloadTooLarge, path + " is larger than 1 MB. Split it.");
  }
  return text;
}

}  // namespace vouch::cli
