// The store in a PostgreSQL database, which several servers may share.
//
// Writes of all servers take turns: each group of them holds one advisory lock of the database from
// its beginning to its commit. So they see everything that was committed before, none has to be
// tried again, and events become visible in the order of their seq. Reads have connections of their
// own and see one consistent state (REPEATABLE READ). A commit notifies (LISTEN, NOTIFY); every
// server reads the events after the last that it has seen, its own as well as those of others.
//
// A connection that was lost is made anew; the transaction that it took down is kUnavailable.
#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "store/store.h"

namespace vouch::store {

struct PostgresOptions {
  std::string url;  // "postgresql://user@host/database", or keywords, as libpq takes them
  int reader_threads = 2;
};

// Connects, brings the tables up to date, and makes the server's secrets where there are none.
// kUnavailable: the database cannot be reached, or was written by a newer version.
Result<std::unique_ptr<Store>> open_postgres(const PostgresOptions& options, Random& random);

}  // namespace vouch::store
