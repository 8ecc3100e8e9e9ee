#include "runs/templates.h"

#include <algorithm>

namespace vouch::embedded {
std::string_view runs_playwright_config_js();
std::string_view runs_default_config_js();
std::string_view runs_mobile_config_js();
}  // namespace vouch::embedded

namespace vouch::runs {
namespace {

constexpr std::string_view kSitePlaceholder = "'@SITE_URL@'";
constexpr std::string_view kAfterSite = "    actionTimeout:";

// A JavaScript string literal.
std::string quoted(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') literal.push_back('\\');
    if (static_cast<unsigned char>(c) >= 0x20) literal.push_back(c);
  }
  return literal + "'";
}

// Members of the configuration's `use`.
std::string in_config(const SiteAccess& access) {
  std::string lines;
  if (access.ignore_https_errors) lines += "    ignoreHTTPSErrors: true,\n";
  if (const auto& credentials = access.http_credentials) {
    const auto secret = secret_named_by(credentials->password);
    lines +=
        "    httpCredentials: {\n      username: " + quoted(credentials->username) +
        ",\n      password: process.env[" + quoted(secret.value_or("")) +
        "] ?? '',\n      origin: new URL(process.env.SITE_URL ?? '@SITE_URL@').origin,\n    },\n";
  }
  return lines;
}

}  // namespace

std::string_view wrapper_config() { return embedded::runs_playwright_config_js(); }

std::map<std::string, std::string> template_files(std::string_view site_url,
                                                  const SiteAccess& access) {
  std::string config(embedded::runs_default_config_js());
  config.insert(config.find(kAfterSite), in_config(access));
  const std::string site = quoted(site_url);
  for (auto at = config.find(kSitePlaceholder); at != config.npos;
       at = config.find(kSitePlaceholder, at + site.size()))
    config.replace(at, kSitePlaceholder.size(), site);
  return {{"Configurations/Default.config.js", std::move(config)},
          {"Configurations/Mobile.config.js", std::string(embedded::runs_mobile_config_js())}};
}

bool is_test_file(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return false;
  constexpr std::string_view kExtensions[] = {".js", ".jsx", ".mjs", ".cjs",
                                              ".ts", ".tsx", ".mts", ".cts"};
  if (std::ranges::find(kExtensions, name.substr(dot)) == std::end(kExtensions)) return false;
  const std::string_view stem = name.substr(0, dot);
  return stem.ends_with(".spec") || stem.ends_with(".test");
}

std::map<std::string, std::string> project_files(const store::Tx& tx, std::string_view project_id,
                                                 std::string_view site_url) {
  const auto project = tx.find_project_anywhere(project_id);
  auto files =
      template_files(site_url, project ? read_site_access(project->settings) : SiteAccess{});
  for (const store::FileRow& listed : tx.list_files(project_id, "")) {
    if (is_test_file(listed.path)) continue;
    if (auto file = tx.find_file(project_id, listed.path)) files[file->path] = file->content;
  }
  return files;
}

}  // namespace vouch::runs
