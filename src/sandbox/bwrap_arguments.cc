#include "sandbox/bwrap_arguments.h"

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <system_error>
#include <utility>

#include "sandbox/launcher_protocol.h"

namespace vouch::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTmpBytesMax = std::size_t{1} << 30;
constexpr std::size_t kSharedMemoryBytesMax = std::size_t{512} << 20;
constexpr std::size_t kRunBytesMax = std::size_t{16} << 20;

// Nothing secret may be in these: where Vouch runs as root, the user inside owns root's files. So
// /etc/ssl/certs, but not /etc/ssl with its private keys.
constexpr const char* kHostEtc[] = {
    "/etc/alternatives",    "/etc/ca-certificates", "/etc/chromium.d",    "/etc/crypto-policies",
    "/etc/fonts",           "/etc/ld.so.cache",     "/etc/ld.so.conf",    "/etc/ld.so.conf.d",
    "/etc/localtime",       "/etc/mime.types",      "/etc/pki/tls/certs", "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf", "/etc/timezone",
};

constexpr std::pair<const char*, const char*> kPrivateEtc[] = {
    {"passwd",
     "root:x:0:0::/:/usr/sbin/nologin\nvouch:x:1000:1000::/tmp:/bin/sh\n"
     "nobody:x:65534:65534::/:/usr/sbin/nologin\n"},
    {"group", "root:x:0:\nvouch:x:1000:\nnogroup:x:65534:\n"},
    {"hosts", "127.0.0.1 localhost\n::1 localhost\n"},
    {"nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
};

class Arguments {
 public:
  template <class... Words>
  void add(Words&&... words) {
    (words_.emplace_back(std::forward<Words>(words)), ...);
  }
  void add_tmpfs(const char* mode, std::size_t bytes_max, const char* path) {
    add("--perms", mode, "--size", std::to_string(bytes_max), "--tmpfs", path);
  }
  std::vector<std::string> take() { return std::move(words_); }

 private:
  std::vector<std::string> words_;
};

void add_isolation(Arguments& out) {
  const std::string user = std::to_string(launcher::kUser);
  out.add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts");
  out.add("--unshare-cgroup-try", "--uid", user, "--gid", user, "--hostname", "vouch");
  out.add("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv");
}

// The kernel lets user 0 of the host write /proc/sys and its like without any capability, and
// where Vouch runs as root that is whom the user inside is on the host (bubblewrap's own covering
// does not see this case). So whatever of /proc is not about processes is covered by itself,
// read-only, and what only root may read is covered by nothing.
void add_proc_covers(Arguments& out) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string path = entry.path();
    const std::string name = entry.path().filename();
    if (entry.is_symlink(error) || ('0' <= name[0] && name[0] <= '9')) continue;
    const auto mode = entry.status(error).permissions();
    const bool world_readable = (mode & fs::perms::others_read) != fs::perms::none;
    const bool writable = (mode & fs::perms::owner_write) != fs::perms::none;
    if (!world_readable) {
      out.add("--ro-bind-try", "/dev/null", path);
    } else if (entry.is_directory(error) || writable) {
      out.add("--ro-bind-try", path, path);
    }
  }
}

// Where /lib and its like are links into /usr, they are inside as well.
void add_top(Arguments& out, std::initializer_list<const char*> paths) {
  for (const char* path : paths) {
    std::error_code error;
    if (const auto target = fs::read_symlink(path, error); !error) {
      out.add("--symlink", target.string(), path);
    } else if (fs::is_directory(path, error)) {
      out.add("--ro-bind", path, path);
    }
  }
}

void add_host_files(Arguments& out, HostFiles files, const std::string& private_etc_dir) {
  if (files == HostFiles::kLibraries) {
    for (const char* path : {"/usr/lib", "/usr/lib64"}) out.add("--ro-bind-try", path, path);
    add_top(out, {"/lib", "/lib64"});
    out.add("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache");
    return;
  }
  out.add("--ro-bind", "/usr", "/usr");
  add_top(out, {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"});
  for (const char* path : kHostEtc) out.add("--ro-bind-try", path, path);
  for (const auto& [name, text] : kPrivateEtc) {
    out.add("--ro-bind", private_etc_dir + "/" + name, std::string("/etc/") + name);
  }
}

void add_system(Arguments& out, HostFiles files, const std::string& private_etc_dir,
                const std::string& launcher_path) {
  add_host_files(out, files, private_etc_dir);
  out.add("--proc", "/proc", "--dev", "/dev");
  add_proc_covers(out);
  out.add_tmpfs("1777", kSharedMemoryBytesMax, "/dev/shm");
  out.add_tmpfs("1777", kTmpBytesMax, "/tmp");
  out.add_tmpfs("0755", kRunBytesMax, "/run");
  out.add("--ro-bind", launcher_path, launcher::kInnerPath);
}

void add_environment(Arguments& out, const Command& command) {
  for (const auto& [name, value] : {std::pair{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                                    {"HOME", "/tmp"},
                                    {"TMPDIR", "/tmp"},
                                    {"LANG", "C.UTF-8"}}) {
    out.add("--setenv", name, value);
  }
  for (const auto& [name, value] : command.env) out.add("--setenv", name, value);
}

bool is_plain(const std::string& text) { return !text.contains('\0'); }

Result<void> add_mount(Arguments& out, const Mount& mount) {
  if (!mount.host_path.starts_with('/') || !mount.inside_path.starts_with('/') ||
      !is_plain(mount.host_path) || !is_plain(mount.inside_path)) {
    return fail(ErrorCode::kInvalidRequest,
                "The mount " + mount.host_path + " -> " + mount.inside_path +
                    " is not made of absolute paths; write both from the root.");
  }
  std::error_code error;
  if (!fs::exists(mount.host_path, error)) {
    if (mount.optional) return {};
    return fail(ErrorCode::kUnavailable,
                "The program needs " + mount.host_path + ", which does not exist.");
  }
  out.add(mount.writable ? "--bind" : "--ro-bind", mount.host_path, mount.inside_path);
  return {};
}

}  // namespace

Result<void> write_private_etc(const std::string& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  for (const auto& [name, text] : kPrivateEtc) {
    std::ofstream file(dir + "/" + name);
    file << text;
    file.close();
    if (!file) {
      return fail(ErrorCode::kUnavailable, "Cannot write to " + dir +
                                               "; check that the disk is not full and may be "
                                               "written.");
    }
  }
  return {};
}

Result<std::vector<std::string>> bwrap_arguments(const Command& command,
                                                 const std::string& private_etc_dir,
                                                 const std::string& launcher_path) {
  for (const auto& [name, value] : command.env) {
    if (name.empty() || name.contains('=') || !is_plain(name) || !is_plain(value)) {
      return fail(ErrorCode::kInvalidRequest,
                  "'" + name + "' cannot be an environment variable; leave out '=' and NUL.");
    }
  }
  Arguments out;
  add_isolation(out);
  add_system(out, command.host_files, private_etc_dir, launcher_path);
  for (const Mount& mount : command.mounts) VOUCH_TRY_VOID(add_mount(out, mount));
  // What bwrap made to hang the mounts on is nobody's to write.
  out.add("--remount-ro", "/", "--remount-ro", "/run", "--remount-ro", "/dev");
  out.add("--chdir", command.working_dir);
  add_environment(out, command);
  return out.take();
}

}  // namespace vouch::sandbox
