#include "sandbox/control_group.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "sandbox/unique_fd.h"

namespace vouch::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoot = "/sys/fs/cgroup";
constexpr std::string_view kPrefix = "vouch-sandbox.";  // then the owner's pid, a dot, a number

// Appended and not added: g++ 12 warns of an overflow there that is none.
std::string below_root(std::string_view first, std::string_view second = {}) {
  std::string path(kRoot);
  path.append(first).append(second);
  return path;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// These files take one write.
Result<void> put(const std::string& path, const std::string& text) {
  const UniqueFd file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file && write(file.get(), text.data(), text.size()) == ssize_t(text.size())) return {};
  return fail(ErrorCode::kUnavailable, path + ": " + std::strerror(errno));
}

bool may_make_groups(const std::string& dir) { return access(dir.c_str(), W_OK) == 0; }

// The path of this process's own group in the hierarchy that has `controller`; "" is version 2.
std::optional<std::string> own_group(const std::string& controller) {
  std::istringstream lines(text_of("/proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    if (controllers.find("," + controller + ",") == std::string::npos) continue;
    const std::string path = line.substr(second + 1);
    return path == "/" ? "" : path;
  }
  return std::nullopt;
}

bool has_word(const std::string& text, const std::string& word) {
  std::istringstream words(text);
  return std::find(std::istream_iterator<std::string>(words), {}, word) !=
         std::istream_iterator<std::string>();
}

bool is_delegated(const std::string& dir) {
  for (const char* name : {"user.delegate", "trusted.delegate"}) {
    char value = 0;
    if (getxattr(dir.c_str(), name, &value, 1) == 1 && value == '1') return true;
  }
  return false;
}

// Groups can be limited only in a group that has no processes itself, so ours makes way.
std::optional<ControlGroupPlace> place_in_v2(const std::string& dir, bool is_own) {
  const std::string all = text_of(dir + "/cgroup.controllers");
  if (!has_word(all, "memory") || !has_word(all, "pids") || !may_make_groups(dir)) {
    return std::nullopt;
  }
  if (is_own) {
    std::istringstream present(text_of(dir + "/cgroup.procs"));
    for (pid_t pid = 0; present >> pid;) {
      if (pid != getpid()) return std::nullopt;  // not ours alone to rearrange
    }
    const std::string inner = dir + "/vouch";
    if (mkdir(inner.c_str(), 0755) != 0 && errno != EEXIST) return std::nullopt;
    if (!put(inner + "/cgroup.procs", std::to_string(getpid()))) return std::nullopt;
  }
  if (!put(dir + "/cgroup.subtree_control", "+memory +pids")) return std::nullopt;
  return ControlGroupPlace{2, dir, dir};
}

std::optional<ControlGroupPlace> place_in_v1(const std::string& memory, const std::string& pids) {
  ControlGroupPlace place{1, below_root("/memory", memory), below_root("/pids", pids)};
  if (!may_make_groups(place.memory_dir) || !may_make_groups(place.tasks_dir)) return std::nullopt;
  return place;
}

// The number after `name` in lines of "name number".
std::optional<std::size_t> number_of(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string word, number; lines >> word >> number;) {
    if (word != name) continue;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error == std::errc()) return value;
  }
  return std::nullopt;
}

// A group that is gone already, or not empty yet, stays as it is.
void remove_group(const std::string& dir) { rmdir(dir.c_str()); }

}  // namespace

std::optional<ControlGroupPlace> find_control_groups(const std::string& cgroup_dir) {
  const bool is_v2 = access(below_root("/cgroup.controllers").c_str(), F_OK) == 0;
  if (!cgroup_dir.empty()) {
    const std::string below = cgroup_dir.starts_with('/') ? cgroup_dir : "/" + cgroup_dir;
    return is_v2 ? place_in_v2(below_root(below), false) : place_in_v1(below, below);
  }
  if (is_v2) {
    const auto own = own_group("");
    if (!own || !is_delegated(below_root(*own))) return std::nullopt;
    return place_in_v2(below_root(*own), true);
  }
  const auto memory = own_group("memory");
  const auto pids = own_group("pids");
  if (!memory || !pids) return std::nullopt;
  return place_in_v1(*memory, *pids);
}

ControlGroup::ControlGroup(int version, std::string memory_dir, std::string tasks_dir)
    : version_(version), memory_dir_(std::move(memory_dir)), tasks_dir_(std::move(tasks_dir)) {}

Result<std::unique_ptr<ControlGroup>> ControlGroup::make(const ControlGroupPlace& place) {
  static int made = 0;  // one thread
  const std::string name =
      "/" + std::string(kPrefix) + std::to_string(getpid()) + "." + std::to_string(++made);
  std::unique_ptr<ControlGroup> group(
      new ControlGroup(place.version, place.memory_dir + name, place.tasks_dir + name));
  for (const std::string& dir : {group->memory_dir_, group->tasks_dir_}) {
    if (mkdir(dir.c_str(), 0755) != 0 && errno != EEXIST) {
      return fail(ErrorCode::kUnavailable, dir + ": " + std::strerror(errno));
    }
  }
  return group;
}

ControlGroup::~ControlGroup() {
  remove_group(memory_dir_);
  if (tasks_dir_ != memory_dir_) remove_group(tasks_dir_);
}

Result<void> ControlGroup::limit_memory(std::size_t bytes_max) {
  const std::string bytes = std::to_string(bytes_max);
  if (version_ == 2) {
    VOUCH_TRY_VOID(put(memory_dir_ + "/memory.max", bytes));
    VOUCH_TRY_VOID(put(memory_dir_ + "/memory.oom.group", "1"));
    (void)put(memory_dir_ + "/memory.swap.max", "0");  // absent where nothing is swapped
    return {};
  }
  VOUCH_TRY_VOID(put(memory_dir_ + "/memory.limit_in_bytes", bytes));
  (void)put(memory_dir_ + "/memory.memsw.limit_in_bytes", bytes);  // absent where it is not counted
  return {};
}

Result<void> ControlGroup::limit_tasks(std::size_t tasks_max) {
  return put(tasks_dir_ + "/pids.max", std::to_string(tasks_max));
}

Result<void> ControlGroup::add(pid_t pid) {
  VOUCH_TRY_VOID(put(memory_dir_ + "/cgroup.procs", std::to_string(pid)));
  if (tasks_dir_ == memory_dir_) return {};
  return put(tasks_dir_ + "/cgroup.procs", std::to_string(pid));
}

std::optional<std::size_t> ControlGroup::memory_bytes() const {
  const std::string stat = text_of(memory_dir_ + "/memory.stat");
  const auto anonymous = number_of(stat, version_ == 2 ? "anon" : "total_rss");
  const auto shared = number_of(stat, version_ == 2 ? "shmem" : "total_shmem");
  if (!anonymous || !shared) return std::nullopt;
  return *anonymous + *shared;
}

bool ControlGroup::has_killed() const {
  const char* file = version_ == 2 ? "/memory.events" : "/memory.oom_control";
  return number_of(text_of(memory_dir_ + file), "oom_kill").value_or(0) > 0;
}

void remove_empty_groups(const ControlGroupPlace& place) {
  const std::string self = std::to_string(getpid());
  for (const std::string& parent : {place.memory_dir, place.tasks_dir}) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parent, error)) {
      const std::string name = entry.path().filename();
      if (!name.starts_with(kPrefix)) continue;
      const std::string owner =
          name.substr(kPrefix.size(), name.find('.', kPrefix.size()) - kPrefix.size());
      std::error_code ignored;
      if (owner == self || !fs::exists("/proc/" + owner, ignored)) remove_group(entry.path());
    }
  }
}

}  // namespace vouch::sandbox
