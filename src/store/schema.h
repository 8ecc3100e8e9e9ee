// The tables, as a list of steps from nothing to the present. A step, once released, never changes:
// the next one alters.
#pragma once

#include "store/sql.h"

namespace vouch::store {

// The present version: how many steps there are.
std::int64_t schema_version();

// Brings the database to `version`. Call in a transaction. Throws SqlError; a database written by a
// newer version is one too.
void migrate(SqlConnection& sql, std::int64_t version = schema_version());

}  // namespace vouch::store
