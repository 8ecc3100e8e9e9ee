// Which trees this owner has running, on disk, so that the next owner can end what is left.
//
// One file a tree in DIR, named by the launcher's pid, holding that process's identity: its start
// time in clock ticks and the boot it belongs to. A pid that was given to another process since is
// therefore recognised and left alone.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

#include "base/result.h"

namespace vouch::sandbox {

class ProcessRecords {
 public:
  explicit ProcessRecords(std::string dir);  // made when the first record is added

  Result<void> add(pid_t pid);
  void remove(pid_t pid);
  // Kills every recorded tree that still runs, waits until its launcher is gone, forgets all
  // records, and returns how many ran.
  std::size_t end_all();

 private:
  const std::string dir_;
};

}  // namespace vouch::sandbox
