#include "base/json.h"

#include <boost/json/parse.hpp>
#include <stdexcept>
#include <string>

namespace vouch {

namespace json = boost::json;

Result<json::value> parse_json(std::string_view text, std::size_t depth_max) {
  json::parse_options options;
  options.max_depth = depth_max;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (!error) return value;
  return fail(ErrorCode::kInvalidRequest,
              error == json::error::too_deep
                  ? "nested more than " + std::to_string(depth_max) + " deep"
                  : error.message());
}

json::value parse_kept(std::string_view text) {
  auto value = parse_json(text, kKeptDepthMax);
  if (!value) throw std::runtime_error("what was kept is not JSON: " + value.error().message);
  return *std::move(value);
}

}  // namespace vouch
