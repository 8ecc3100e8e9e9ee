#include "ops/call_names.h"

#include <algorithm>

namespace vouch::ops {
namespace {

// "/jobs/7" and "/jobs/{jobId}" are of "/jobs/{jobId}".
bool is_of_route(std::string_view path, std::string_view route) {
  while (!path.empty() && !route.empty()) {
    const std::size_t end = path.find('/', 1), route_end = route.find('/', 1);
    const bool is_any = route.starts_with("/{");
    if (!is_any && path.substr(0, end) != route.substr(0, route_end)) return false;
    path = end == path.npos ? "" : path.substr(end);
    route = route_end == route.npos ? "" : route.substr(route_end);
  }
  return path.empty() && route.empty();
}

// How much at the start of `text` is this call: "GET /jobs/7". 0: it is another.
std::size_t length_of_call(std::string_view text, const Operation& operation) {
  const std::string start = std::string(to_string(operation.method)) + " /";
  if (!text.starts_with(start)) return 0;
  std::string_view call = text.substr(0, text.find_first_of(" ,:;", start.size()));
  while (call.ends_with('.')) call.remove_suffix(1);
  return is_of_route(call.substr(start.size() - 1), operation.route) ? call.size() : 0;
}

}  // namespace

std::string with_names(std::string_view message, const std::vector<CallName>& names) {
  std::string told;
  while (!message.empty()) {
    std::size_t length = 0;
    for (auto one = names.begin(); one != names.end() && length == 0; ++one) {
      length = length_of_call(message, *one->operation);
      if (length > 0) told += one->name;
    }
    if (length == 0) {
      length = std::min(message.find_first_of("GPD", 1), message.size());
      told += message.substr(0, length);
    }
    message.remove_prefix(length);
  }
  return told;
}

}  // namespace vouch::ops
