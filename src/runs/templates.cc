#include "runs/templates.h"

#include "runs/runner.h"

namespace vouch::embedded {
std::string_view runs_playwright_config_js();
std::string_view runs_default_config_js();
}  // namespace vouch::embedded

namespace vouch::runs {
namespace {

constexpr std::string_view kSitePlaceholder = "'@SITE_URL@'";

// A JavaScript string literal.
std::string quoted(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') literal.push_back('\\');
    if (static_cast<unsigned char>(c) >= 0x20) literal.push_back(c);
  }
  return literal + "'";
}

}  // namespace

std::string_view wrapper_config() { return embedded::runs_playwright_config_js(); }

std::map<std::string, std::string> template_files(std::string_view site_url) {
  std::string config(embedded::runs_default_config_js());
  config.replace(config.find(kSitePlaceholder), kSitePlaceholder.size(), quoted(site_url));
  return {{"Configurations/Default.config.js", std::move(config)}};
}

}  // namespace vouch::runs
