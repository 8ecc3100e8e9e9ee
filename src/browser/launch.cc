#include "browser/launch.h"

#include <boost/json.hpp>
#include <filesystem>
#include <utility>

namespace vouch::browser {
namespace {

namespace json = boost::json;
using std::filesystem::path;

// Folders as the host sees them. Node finds the modules because they stand above the script.
constexpr const char* kNodeDir = "/vouch/node";
constexpr const char* kModulesDir = "/vouch/node_modules";
constexpr const char* kScriptDir = "/vouch/host";
constexpr const char* kBrowserDir = "/vouch/browser";

// A snapshot of a page at its limits is a few megabytes.
constexpr std::size_t kLineBytesMax = std::size_t{48} << 20;
constexpr std::size_t kProcessesMax = 256;

bool is_in_usr(const path& file) { return file.string().starts_with("/usr/"); }

}  // namespace

sandbox::Command host_command(const HostOptions& options,
                              std::shared_ptr<sandbox::EgressPolicy> egress) {
  const path node = options.node_path;
  const path browser = options.browser_path;
  sandbox::Command command;
  command.mounts = {{node.parent_path(), kNodeDir},
                    {options.modules_dir, kModulesDir},
                    {options.host_script_dir, kScriptDir}};
  std::string executable = browser;
  if (!is_in_usr(browser)) {
    command.mounts.push_back({browser.parent_path(), kBrowserDir});
    executable = path(kBrowserDir) / browser.filename();
  }
  command.env = {{"NODE_ENV", "production"}, {"FORCE_COLOR", "0"}};
  const json::object config{
      {"executable_path", executable},
      {"chromium_sandbox", true},
      {"proxy", {{"server", sandbox::kProxyUrl}, {"bypass", "<-loopback>"}}},
  };
  command.argv = {path(kNodeDir) / node.filename(), path(kScriptDir) / "host.js",
                  json::serialize(config)};
  command.limits.memory_bytes_max = options.memory_bytes_max;
  command.limits.processes_max = kProcessesMax;
  command.limits.line_bytes_max = kLineBytesMax;
  command.egress = std::move(egress);
  command.protocol_on_fd3 = true;
  return command;
}

}  // namespace vouch::browser
