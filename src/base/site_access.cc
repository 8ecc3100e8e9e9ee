#include "base/site_access.h"

#include <algorithm>
#include <cctype>

namespace vouch {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<HttpCredentials> credentials_of(const json::object& settings) {
  const json::value* given = settings.if_contains("httpCredentials");
  if (given == nullptr || !given->is_object()) return std::nullopt;
  HttpCredentials found{text(given->get_object(), "username"),
                        text(given->get_object(), "password")};
  if (found.username.empty() && found.password.empty()) return std::nullopt;
  return found;
}

}  // namespace

std::optional<std::string_view> secret_named_by(std::string_view text) {
  if (!text.starts_with("${") || !text.ends_with('}')) return std::nullopt;
  const std::string_view name = text.substr(2, text.size() - 3);
  const auto is_of_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  if (name.empty() || !std::ranges::all_of(name, is_of_name)) return std::nullopt;
  return name;
}

SiteAccess read_site_access(const json::object& settings) {
  SiteAccess access;
  const json::value* ignore = settings.if_contains("ignoreHTTPSErrors");
  access.ignore_https_errors = ignore != nullptr && ignore->is_bool() && ignore->get_bool();
  access.http_credentials = credentials_of(settings);
  if (access.http_credentials && !secret_named_by(access.http_credentials->password))
    access.http_credentials.reset();
  return access;
}

Result<void> check_site_access(const json::object& settings) {
  const auto credentials = credentials_of(settings);
  if (!credentials || secret_named_by(credentials->password)) return {};
  return fail(ErrorCode::kInvalidRequest,
              "The password is kept as a secret: set one, and name it here as ${name}.",
              {{"member", "settings.httpCredentials.password"}});
}

}  // namespace vouch
