// How much a sandboxed tree uses, read through the tree's own /proc: that lists exactly its
// processes, however often they forked, called setsid or changed their parent.
#pragma once

#include <cstddef>

namespace vouch::sandbox {

struct TreeUsage {
  std::size_t memory_bytes = 0;
  std::size_t processes = 0;
};

// `proc_fd` is the tree's /proc, `tmp_fd` its /tmp.
//
// Memory is RssAnon + RssShmem of every process plus what lies in /tmp. Plain RSS would count
// Chromium's 200 MB of program code once per process; PSS is exact but walks every page table
// (milliseconds a process). What this overcounts are pages shared since a fork and shared-memory
// segments mapped by several processes; what it cannot see are memfds that nobody maps.
TreeUsage measure_tree(int proc_fd, int tmp_fd);

// Its processes alone, for a tree whose memory the kernel counts (control_group.h).
std::size_t count_processes(int proc_fd);

}  // namespace vouch::sandbox
