// A kernel control group for each tree: the memory and the tasks of the whole tree are limited by
// the kernel at once, and measured exactly, also what no process maps. Where there is none
// (Capabilities::memory_limit), the tree is measured through /proc (tree_usage.h).
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"

namespace vouch::sandbox {

// The folder that groups are made in, in each hierarchy that is needed: with version 2 both are
// the same.
struct ControlGroupPlace {
  int version = 0;  // 1 or 2
  std::string memory_dir;
  std::string tasks_dir;
};

// Where this process may make groups. `cgroup_dir`: Sandbox::Options. nullopt: nowhere.
std::optional<ControlGroupPlace> find_control_groups(const std::string& cgroup_dir);

class ControlGroup {
 public:
  // Empty, without limits. Its name tells this process's id.
  static Result<std::unique_ptr<ControlGroup>> make(const ControlGroupPlace& place);
  // Removes it. Its processes have ended; where the kernel still holds one, see
  // remove_empty_groups().
  ~ControlGroup();
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;

  Result<void> limit_memory(std::size_t bytes_max);  // file pages counted; swapping is none
  Result<void> limit_tasks(std::size_t tasks_max);   // processes and threads
  Result<void> add(pid_t pid);                       // with all it will start

  // Private and shared anonymous memory, memory files and file systems in memory; no file pages.
  std::optional<std::size_t> memory_bytes() const;
  bool has_killed() const;  // the kernel has ended a process because the limit was reached

 private:
  ControlGroup(int version, std::string memory_dir, std::string tasks_dir);

  const int version_;
  const std::string memory_dir_;
  const std::string tasks_dir_;
};

// Removes what is left of owners that are gone, and groups of ours which their last process had not
// quite left when they were to be removed. A group that is in use cannot be removed.
void remove_empty_groups(const ControlGroupPlace& place);

}  // namespace vouch::sandbox
