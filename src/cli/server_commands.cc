// serve, keys create, version.
#include <unistd.h>

#include <boost/json/object.hpp>
#include <filesystem>

#include "base/version.h"
#include "cli/app.h"
#include "cli/command_line.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

struct ServeFlags {
  std::string data = "./vouch-data";
  std::string listen = "127.0.0.1:8080";
  bool allow_loopback = false, deny_loopback = false, allow_private = false, deny_private = false;
  int generations_max = AppOptions{}.generations_max;
  int runs_max = AppOptions{}.runs_max;
  int requests_per_second_max = 1000;
  std::string cgroup;
  ops::RetentionOptions retention;
  std::int64_t artifacts_mb_max = ops::RetentionOptions{}.artifacts_bytes_max >> 20;
};

std::optional<bool> wish(bool allow, bool deny) {
  if (deny) return false;
  if (allow) return true;
  return std::nullopt;
}

ExitCode serve(const Invocation& invocation, const ServeFlags& flags) {
  AppOptions options;
  options.data_dir = flags.data;
  options.listen = flags.listen;
  options.tools_root = invocation.tools_root;
  options.allow_loopback_sites = wish(flags.allow_loopback, flags.deny_loopback);
  options.allow_private_sites = wish(flags.allow_private, flags.deny_private);
  options.generations_max = flags.generations_max;
  options.runs_max = flags.runs_max;
  options.requests_per_second_max = flags.requests_per_second_max;
  options.cgroup_dir = flags.cgroup;
  options.retention = flags.retention;
  options.retention.artifacts_bytes_max = flags.artifacts_mb_max << 20;
  App app(std::move(options));
  auto ended = app.run([&](const Ready& ready) {
    for (const std::string& sentence : ready.missing)
      invocation.note("missing: " + sentence + "\n");
    invocation.note("sandbox: " + ready.sandbox + "\n");
    invocation.print("listening on " + ready.url + "\n");
  });
  if (!ended) return invocation.fail_with(ended.error());
  return ExitCode::kDone;
}

void add_serve(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<ServeFlags>();
  CLI::App* command = app.add_subcommand("serve", "Run the server");
  command->fallthrough();
  command->add_option("--data", flags->data, "The folder that everything is kept in")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--listen", flags->listen, "Where to listen; port 0 takes a free one")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  command->add_flag("--allow-loopback-sites", flags->allow_loopback,
                    "Sites under test may be on this machine (default where --listen is loopback)");
  command->add_flag("--deny-loopback-sites", flags->deny_loopback, "They may not");
  command->add_flag("--allow-private-sites", flags->allow_private,
                    "They may be on the private network (default where --listen is loopback)");
  command->add_flag("--deny-private-sites", flags->deny_private, "They may not");
  command->add_option("--generations-max", flags->generations_max, "Generations at once")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->add_option("--runs-max", flags->runs_max, "Runs at once")
      ->type_name("N")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      ->add_option("--requests-per-second-max", flags->requests_per_second_max,
                   "Requests a second that a key may make; 0 for no limit")
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--keep-artifacts-days", flags->retention.artifacts_days,
                   "How long traces, videos and logs of runs are kept")
      ->type_name("N")
      ->check(CLI::Range(1, 36'500))
      ->capture_default_str();
  command
      ->add_option("--keep-history-days", flags->retention.history_days,
                   "How long runs and ended jobs are kept")
      ->type_name("N")
      ->check(CLI::Range(1, 36'500))
      ->capture_default_str();
  command
      ->add_option("--artifacts-mb-max", flags->artifacts_mb_max,
                   "What all artifacts may take on the disk; the oldest go first")
      ->type_name("MB")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  command
      ->add_option("--cgroup", flags->cgroup,
                   "A control group to limit browsers in (default: its own, where that may be)")
      ->type_name("GROUP");
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return serve(invocation, *flags); };
  });
}

struct KeyFlags {
  std::string data = "./vouch-data", workspace, name;
  std::vector<std::string> scopes;
  int expires_in_days = 0;
};

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

Result<json::object> create_key_over_socket(const std::string& socket, const KeyFlags& flags) {
  Client client({"http://localhost", "", socket});
  json::object params{{"name", flags.name}};
  if (!flags.workspace.empty()) params["workspace"] = flags.workspace;
  if (!flags.scopes.empty()) {
    params["scopes"] = json::array(flags.scopes.begin(), flags.scopes.end());
  }
  if (flags.expires_in_days > 0) params["expiresInDays"] = flags.expires_in_days;
  VOUCH_TRY(json::value answer, client.call("create_key", params));
  return as_object(answer);
}

Result<json::object> create_key(const KeyFlags& flags) {
  // A running server has the folder locked, and listens at the socket in it. One that is left over
  // from a dead server is answered by nobody.
  const std::string socket = admin_socket_path(flags.data);
  if (access(socket.c_str(), F_OK) == 0) {
    auto made = create_key_over_socket(socket, flags);
    if (made || made.error().code != ErrorCode::kUnavailable) return made;
  }
  ops::NewKey key;
  if (!flags.workspace.empty()) key.workspace = flags.workspace;
  key.name = flags.name;
  for (const std::string& word : flags.scopes) key.scopes.push_back(*ops::scope_from(word));
  if (flags.expires_in_days > 0) {
    key.expires_ms = SystemClock().now_ms() + flags.expires_in_days * kDayMs;
  }
  return create_key_in_folder(flags.data, key);
}

void add_keys_create(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<KeyFlags>();
  CLI::App* command = subcommand_at(app, "keys create");
  command->description("Make an API key for the server whose folder this is; shown this one time");
  command->add_option("--data", flags->data, "The server's folder")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--name", flags->name, "What the key is for")->required()->type_name("TEXT");
  command->add_option("--workspace", flags->workspace, "Made where there is none of this name")
      ->type_name("NAME");
  command
      ->add_option("--scopes", flags->scopes,
                   "read, write, generate, admin (default: all but admin)")
      ->delimiter(',')
      ->check(CLI::IsMember({"read", "write", "generate", "admin"}))
      ->type_name("SCOPES");
  command->add_option("--expires-in-days", flags->expires_in_days)
      ->type_name("N")
      ->check(CLI::Range(1, 3650));
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] {
      std::error_code ignored;
      const bool is_new = !std::filesystem::exists(flags->data, ignored);
      auto made = create_key(*flags);
      if (!made) return invocation.fail_with(made.error());
      invocation.print(invocation.json ? pretty(*made) + "\n" : text_of(*made, "key") + "\n");
      if (is_new)
        invocation.note("There was no folder " + flags->data +
                        ": it is made. The key is for a server with this folder, and unknown to "
                        "one with another; name that: --data.\n");
      if (!invocation.json) invocation.note("This key is not shown again.\n");
      return ExitCode::kDone;
    };
  });
}

// Speaks to the running server whose folder this is, as its operator.
ExitCode operate(const Invocation& invocation, const std::string& data, const char* operation,
                 const json::object& params, std::string (*text)(const json::object&)) {
  Client client({"http://localhost", "", admin_socket_path(data)});
  auto answer = client.call(operation, params);
  if (!answer && answer.error().code == ErrorCode::kUnavailable) {
    return invocation.fail_with({ErrorCode::kUnavailable,
                                 "No server runs with the folder " + data +
                                     ". Start it with `vouch serve`, or name its folder: --data.",
                                 {}});
  }
  if (!answer) return invocation.fail_with(answer.error());
  const json::object& body = as_object(*answer);
  invocation.print(invocation.json ? pretty(body) + "\n" : text(body));
  return ExitCode::kDone;
}

std::string workspaces_text(const json::object& answer) {
  std::string text;
  for (const json::value& value : array_of(answer, "items")) {
    const json::object& one = as_object(value);
    text += text_of(one, "id") + "  " + printable(text_of(one, "name")) + "\n";
  }
  return text;
}

std::string credits_text(const json::object& answer) {
  const auto balance = integer_of(answer, "balance");
  if (!balance) return "Not limited.\n";
  return std::to_string(*balance) + " credits, " +
         std::to_string(integer_of(answer, "reserved").value_or(0)) + " of them reserved.\n";
}

void add_workspaces(CLI::App& app, Invocation& invocation, Action& chosen) {
  struct Flags {
    std::string data = "./vouch-data", workspace, balance;
  };
  auto flags = std::make_shared<Flags>();
  app.add_subcommand("workspaces", "The workspaces of a server on this machine")->fallthrough();
  CLI::App* list = subcommand_at(app, "workspaces list");
  list->description("The workspaces of the server whose folder this is");
  list->add_option("--data", flags->data, "The server's folder")->type_name("DIR");
  list->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] {
      return operate(invocation, flags->data, "list_workspaces", {}, workspaces_text);
    };
  });
  CLI::App* credits = subcommand_at(app, "workspaces set-credits");
  credits->description("Limit what a workspace's browsers may cost; a credit is a second");
  credits->add_option("--data", flags->data, "The server's folder")->type_name("DIR");
  credits->add_option("--workspace", flags->workspace)->required()->type_name("NAME");
  credits->add_option("--balance", flags->balance, "What it has from now on, or `unlimited`")
      ->required()
      ->type_name("N")
      ->check(CLI::NonNegativeNumber | CLI::IsMember({"unlimited"}));
  credits->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] {
      json::object params{{"workspace", flags->workspace}, {"balance", nullptr}};
      if (flags->balance != "unlimited") params["balance"] = std::atoll(flags->balance.c_str());
      return operate(invocation, flags->data, "set_credits", params, credits_text);
    };
  });
}

}  // namespace

void add_server_commands(CLI::App& app, Invocation& invocation, Action& chosen) {
  add_serve(app, invocation, chosen);
  add_keys_create(app, invocation, chosen);
  add_workspaces(app, invocation, chosen);
  CLI::App* version = app.add_subcommand("version", "Print the version");
  version->fallthrough();
  version->callback([&invocation, &chosen] {
    chosen = [&invocation] {
      const std::string text(kVersion);
      invocation.print(invocation.json ? pretty(json::object{{"version", text}}) + "\n"
                                       : "vouch " + text + "\n");
      return ExitCode::kDone;
    };
  });
}

}  // namespace vouch::cli
