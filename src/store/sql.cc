#include "store/sql.h"

#include "base/json.h"

namespace vouch::store {

Error to_error(const SqlError& error) {
  if (error.kind == SqlError::Kind::kMissingParent) {
    return {ErrorCode::kNotFound, "What this belongs to was deleted meanwhile.", {}};
  }
  return {ErrorCode::kUnavailable, "The store cannot do this now: " + error.message + ".", {}};
}

boost::json::object Columns::object() {
  auto value = parse_json(text(), kKeptDepthMax);
  if (!value || !value->is_object()) {
    throw SqlError{SqlError::Kind::kFailure, "a column that holds JSON holds something else"};
  }
  return std::move(value->get_object());
}

}  // namespace vouch::store
