#include "sandbox/process_records.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "sandbox/unique_fd.h"

namespace vouch::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr int kGoneMsMax = 5'000;  // a killed process is gone within this

std::string read_whole(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// "boot-id start-time" of a running process; nullopt when there is none (a zombie counts as none).
std::optional<std::string> identity_of(pid_t pid) {
  const std::string stat = read_whole("/proc/" + std::to_string(pid) + "/stat");
  const auto name_end = stat.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(stat.substr(name_end + 1));
  constexpr int kStartTimeField = 20;  // counted from the state, the first after the name
  std::string state;
  std::string field;
  fields >> state;
  for (int i = 2; i <= kStartTimeField; ++i) fields >> field;
  if (!fields || state == "Z" || state == "X") return std::nullopt;
  std::string boot = read_whole("/proc/sys/kernel/random/boot_id");
  if (boot.ends_with('\n')) boot.pop_back();
  return boot + " " + field;
}

bool end_tree(pid_t pid, const std::string& identity) {
  UniqueFd process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  // The identity is read after the descriptor is held, so it cannot become another process's.
  if (!process || identity_of(pid) != identity) return false;
  syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
  pollfd gone{process.get(), POLLIN, 0};
  poll(&gone, 1, kGoneMsMax);
  return true;
}

}  // namespace

ProcessRecords::ProcessRecords(std::string dir) : dir_(std::move(dir)) {}

Result<void> ProcessRecords::add(pid_t pid) {
  std::error_code ignored;
  fs::create_directories(dir_, ignored);
  std::ofstream file(fs::path(dir_) / std::to_string(pid));
  file << identity_of(pid).value_or("") << '\n';
  file.close();
  if (file) return {};
  return fail(ErrorCode::kUnavailable,
              "Cannot write to " + dir_ + "; check that the disk is not full and may be written.");
}

void ProcessRecords::remove(pid_t pid) {
  std::error_code ignored;
  fs::remove(fs::path(dir_) / std::to_string(pid), ignored);
}

std::size_t ProcessRecords::end_all() {
  std::error_code error;
  std::size_t ended = 0;
  for (const auto& entry : fs::directory_iterator(dir_, error)) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (bad == std::errc() && end == name.data() + name.size()) {
      std::string identity = read_whole(entry.path());
      if (identity.ends_with('\n')) identity.pop_back();
      ended += end_tree(pid, identity) ? 1 : 0;
    }
    std::error_code ignored;
    fs::remove(entry.path(), ignored);
  }
  return ended;
}

}  // namespace vouch::sandbox
