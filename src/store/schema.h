// The tables, as a list of steps from nothing to the present. A step, once released, never changes:
// the next one alters.
#pragma once

#include "store/sql.h"

namespace vouch::store {

// Brings the database to the present version. Call in a transaction. Throws SqlError; a database
// written by a newer version is one too.
void migrate(SqlConnection& sql);

}  // namespace vouch::store
