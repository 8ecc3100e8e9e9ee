#include "store/sql.h"

#include <boost/json/parse.hpp>

namespace vouch::store {

Error to_error(const SqlError& error) {
  if (error.kind == SqlError::Kind::kMissingParent) {
    return {ErrorCode::kNotFound, "What this belongs to was deleted meanwhile.", {}};
  }
  return {ErrorCode::kUnavailable, "The store cannot do this now: " + error.message + ".", {}};
}

boost::json::object Columns::object() {
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text(), error);
  if (error || !value.is_object()) {
    throw SqlError{SqlError::Kind::kFailure, "a column that holds JSON holds something else"};
  }
  return std::move(value.as_object());
}

}  // namespace vouch::store
