#include "sandbox/tree_usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <string_view>

#include "sandbox/unique_fd.h"

namespace vouch::sandbox {
namespace {

std::size_t kilobytes_after(std::string_view text, std::string_view label) {
  const auto at = text.find(label);
  if (at == std::string_view::npos) return 0;  // a kernel thread or a zombie has none
  auto number = text.substr(at + label.size());
  number.remove_prefix(std::min(number.find_first_not_of(" \t"), number.size()));
  std::size_t value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return value;
}

std::size_t memory_of(int proc_fd, const char* pid) {
  char path[64];
  std::strncpy(path, pid, sizeof path - 8);
  path[sizeof path - 8] = '\0';
  std::strcat(path, "/status");
  UniqueFd file(openat(proc_fd, path, O_RDONLY | O_CLOEXEC));
  if (!file) return 0;
  char text[4096];
  const ssize_t length = read(file.get(), text, sizeof text);
  if (length <= 0) return 0;
  const std::string_view status(text, static_cast<std::size_t>(length));
  return (kilobytes_after(status, "\nRssAnon:") + kilobytes_after(status, "\nRssShmem:")) * 1024;
}

template <class Visit>
void each_process(int proc_fd, Visit visit) {
  // A fresh descriptor, because a directory stream moves the position of the one it reads.
  DIR* processes = fdopendir(openat(proc_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (processes == nullptr) return;
  while (const dirent* entry = readdir(processes)) {
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') visit(entry->d_name);
  }
  closedir(processes);
}

}  // namespace

std::size_t count_processes(int proc_fd) {
  std::size_t count = 0;
  each_process(proc_fd, [&](const char*) { ++count; });
  return count;
}

TreeUsage measure_tree(int proc_fd, int tmp_fd) {
  TreeUsage usage;
  each_process(proc_fd, [&](const char* pid) {
    ++usage.processes;
    usage.memory_bytes += memory_of(proc_fd, pid);
  });
  struct statvfs tmp{};
  if (fstatvfs(tmp_fd, &tmp) == 0) {
    usage.memory_bytes += (tmp.f_blocks - tmp.f_bfree) * tmp.f_frsize;
  }
  return usage;
}

}  // namespace vouch::sandbox
