// The target of a request, taken apart, and matched against the routes of the table. Pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace vouch::http {

inline constexpr std::size_t kTargetBytesMax = 8 * 1024;

struct Target {
  std::vector<std::string> segments;                       // of the path, percent-decoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, "+" is a space
};

// kInvalidRequest: not a path, a broken percent sequence, or bytes that are not UTF-8.
Result<Target> parse_target(std::string_view text);

// "/projects/{project}/files/{path...}": a name in braces takes one segment, the last one with
// "..." all that are left.
class Route {
 public:
  explicit Route(std::string_view pattern);

  using Values = std::vector<std::pair<std::string, std::string>>;
  std::optional<Values> match(const std::vector<std::string>& segments) const;

 private:
  struct Part {
    std::string text;  // the literal, or the name
    bool is_name = false;
    bool takes_rest = false;
  };
  std::vector<Part> parts_;
};

}  // namespace vouch::http
