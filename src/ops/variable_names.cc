#include "ops/variable_names.h"

#include <algorithm>
#include <string>

namespace vouch::ops {
namespace {

constexpr std::size_t kBytesMax = 100;
// `unique` is made anew for each test.
constexpr std::string_view kReserved[] = {
    "CI",     "DEBUG",    "FORCE_COLOR", "HOME",       "HTTP_PROXY", "HTTPS_PROXY", "LANG",
    "PATH",   "NO_PROXY", "NO_COLOR",    "PWD",        "SHELL",      "SITE_URL",    "TERM",
    "TMPDIR", "TZ",       "USER",        "http_proxy", "unique",     "https_proxy", "no_proxy"};
constexpr std::string_view kReservedPrefixes[] = {"LD_", "NODE_", "PLAYWRIGHT_", "PW", "npm_"};

bool is_plain(unsigned char byte) {
  return byte > ' ' && byte != 0x7F && byte != '=' && byte != '{' && byte != '}' && byte != '$';
}

}  // namespace

Result<void> check_variable_name(std::string_view member, std::string_view name) {
  const bool plain =
      !name.empty() && name.size() <= kBytesMax && std::ranges::all_of(name, is_plain);
  const bool reserved = std::ranges::find(kReserved, name) != std::end(kReserved) ||
                        std::ranges::any_of(kReservedPrefixes, [name](std::string_view prefix) {
                          return name.starts_with(prefix);
                        });
  if (plain && !reserved) return {};
  return fail(ErrorCode::kInvalidRequest,
              "`" + std::string(member) + "` cannot be the name of a variable: " +
                  (reserved ? "it has a meaning of its own to what runs the tests."
                            : "use 1 to " + std::to_string(kBytesMax) +
                                  " characters without blanks and without = $ { }."),
              {{"member", std::string(member)}});
}

}  // namespace vouch::ops
