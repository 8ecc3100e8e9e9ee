// The store in a folder of its own: one SQLite file, owned by one process at a time.
//
// A writer thread commits groups (write-ahead log, synchronous=FULL: one fdatasync for each group);
// reader threads have connections of their own. The folder's lock file is held (flock) until the
// store is destroyed or its process ends, in whatever way.
#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "store/store.h"

namespace vouch::store {

struct SqliteOptions {
  std::string folder;  // made if absent, readable by its owner only
  int reader_threads = 2;
};

inline constexpr const char* kSqliteFileName = "vouch.db";
inline constexpr const char* kSqliteLockName = "vouch.lock";

// Opens the folder, brings its tables up to date and makes the server's secrets where there are
// none. kConflict: another process has it open. kUnavailable: it cannot be written, or was written
// by a newer version.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options, Random& random);

}  // namespace vouch::store
