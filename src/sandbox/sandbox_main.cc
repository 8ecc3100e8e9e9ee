// vouch-sandbox: starts one program in a sandbox. launcher_protocol.h tells how it is called.
//
// Plain POSIX without a library, because it starts in the middle of what a person waits for. It
// runs three times: as the outer launcher, which stays until the tree is gone; as its child, which
// becomes bwrap; and inside, where it becomes the program.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/launcher_protocol.h"  // beside this file: the launcher is built without include paths

namespace {

using namespace vouch::sandbox::launcher;

constexpr int kFailedStatus = 125;  // the launcher itself failed, as env and timeout say it
constexpr int kBacklog = 256;
constexpr int kNicer = 10;  // than the owner, which answers first whatever a site does

void send_status(char letter, const char* text, const int* fds, int fd_count) {
  char message[1024];
  message[0] = letter;
  size_t length = strnlen(text, sizeof message - 1);
  memcpy(message + 1, text, length);
  iovec part{message, length + 1};
  alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))];
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (fd_count > 0) {
    header.msg_control = control;
    header.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
    memcpy(CMSG_DATA(rights), fds, fd_count * sizeof(int));
  }
  if (sendmsg(kStatus, &header, MSG_NOSIGNAL) < 0) _exit(kFailedStatus);
}

[[noreturn]] void fail(const char* format, ...) __attribute__((format(printf, 1, 2)));
[[noreturn]] void fail(const char* format, ...) {
  char text[900];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  send_status(kFailed, text, nullptr, 0);
  _exit(kFailedStatus);
}

// The kernel forgets this at every change of credentials, so it is asked for anew after each.
void die_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail("prctl: %s", strerror(errno));
  if (parent != 0 && getppid() != parent) _exit(kFailedStatus);
}

void write_file(const char* path, const char* text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) fail("%s: %s", path, strerror(errno));
  close(fd);
}

void enter_namespaces() {
  char user_map[64];
  char group_map[64];
  snprintf(user_map, sizeof user_map, "%d %d 1", kUser, geteuid());
  snprintf(group_map, sizeof group_map, "%d %d 1", kUser, getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID) != 0) {
    fail(
        "this machine does not let a program make user, network and process namespaces (%s); "
        "allow them, for example with: sysctl kernel.unprivileged_userns_clone=1 "
        "kernel.apparmor_restrict_unprivileged_userns=0, or run the container with them",
        strerror(errno));
  }
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", user_map);
  write_file("/proc/self/gid_map", group_map);
}

void bring_up_loopback() {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) != 0) fail("lo: %s", strerror(errno));
  close(fd);
}

void pass_listener(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(fd, kBacklog) != 0) {
    fail("listening inside the sandbox: %s", strerror(errno));
  }
  send_status(kListening, "", &fd, 1);
  close(fd);
}

// A copy of `fd` above the agreed numbers, some of which are free without a protocol.
int move_up(int fd) {
  int moved = fcntl(fd, F_DUPFD_CLOEXEC, kArgs + 1);
  if (moved < 0) fail("fcntl: %s", strerror(errno));
  close(fd);
  return moved;
}

// bwrap reads /proc by the numbers of the new tree, to which the machine's own /proc gives other
// processes, or none.
void mount_proc_of_new_tree() {
  if (unshare(CLONE_NEWNS) != 0) fail("a namespace for mounts: %s", strerror(errno));
  if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0) {
    fail(
        "this machine does not let a program mount a /proc of its own (%s); in a container, show "
        "the whole of /proc, for example with: docker run --security-opt systempaths=unconfined",
        strerror(errno));
  }
}

// Becomes bwrap, the first process of the new tree: when it ends, the kernel ends all others.
[[noreturn]] void become_bwrap(const int (&life)[2], bool protocol, char** bwrap_and_program) {
  close(life[1]);
  die_with_parent(0);
  // The parent may have died before that took hold; its end of the pipe is then gone.
  pollfd parent{life[0], POLLIN, 0};
  if (poll(&parent, 1, 0) != 0) _exit(kFailedStatus);
  close(life[0]);
  close(kControl);
  mount_proc_of_new_tree();

  constexpr int kArgumentsMax = 4096;
  static char* arguments[kArgumentsMax];
  char args_fd[16];
  snprintf(args_fd, sizeof args_fd, "%d", kArgs);
  int count = 0;
  const char* const first_words[] = {bwrap_and_program[0],
                                     "--args",
                                     args_fd,
                                     "--",
                                     kInnerPath,
                                     protocol ? "--inner-protocol" : "--inner"};
  for (const char* word : first_words) arguments[count++] = const_cast<char*>(word);
  for (char** word = bwrap_and_program + 1; *word != nullptr; ++word) {
    if (count == kArgumentsMax - 1) fail("the command has more than %d words", kArgumentsMax);
    arguments[count++] = *word;
  }
  execvp(arguments[0], arguments);
  fail("%s: %s; install bubblewrap", arguments[0], strerror(errno));
}

// Stays until the tree is gone and ends with its status; kills it when the owner is gone.
[[noreturn]] void outlast(pid_t tree, int tree_fd) {
  close_range(0, kStatus, 0);
  close(kArgs);
  pollfd events[] = {{tree_fd, POLLIN, 0}, {kControl, POLLIN, 0}};
  while (poll(events, 2, -1) < 0 && errno == EINTR) {
  }
  kill(tree, SIGKILL);
  int status = 0;
  while (waitpid(tree, &status, 0) < 0 && errno == EINTR) {
  }
  _exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

void outer(pid_t owner, int port, bool protocol, char** bwrap_and_program) {
  close_range(kArgs + 1, ~0U, 0);
  if (!protocol) close_range(kProtocolIn, kProtocolOut, 0);
  die_with_parent(owner);
  setsid();
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + kNicer);
  enter_namespaces();
  die_with_parent(owner);
  bring_up_loopback();
  if (port != 0) pass_listener(port);

  char go;
  if (read(kControl, &go, 1) != 1) _exit(kFailedStatus);
  int life[2];
  if (pipe2(life, O_CLOEXEC) != 0) fail("pipe: %s", strerror(errno));
  for (int& end : life) end = move_up(end);
  pid_t tree = fork();
  if (tree < 0) fail("fork: %s", strerror(errno));
  if (tree == 0) become_bwrap(life, protocol, bwrap_and_program);
  close(life[0]);  // life[1] stays open as long as this process lives
  int tree_fd = static_cast<int>(syscall(SYS_pidfd_open, tree, 0));
  if (tree_fd < 0) fail("pidfd_open: %s", strerror(errno));
  tree_fd = move_up(tree_fd);
  send_status(kPid, "", &tree_fd, 1);
  outlast(tree, tree_fd);
}

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "Name this architecture's AUDIT_ARCH_ constant."
#endif

// Takes away for good what namespaces do not part: families of sockets that know none (AF_VSOCK
// leads to the machine below a virtual one), keys of the kernel, and the calls that can do the same
// unseen (io_uring, another architecture's).
void refuse_system_calls() {
  constexpr unsigned kX32 = 0x40000000;  // above all calls of the architecture itself
  constexpr unsigned kNone = SECCOMP_RET_ERRNO | ENOSYS;
  constexpr unsigned kNoFamily = SECCOMP_RET_ERRNO | EAFNOSUPPORT;
  constexpr unsigned kRefused[] = {
      SYS_add_key,        SYS_request_key,       SYS_keyctl, SYS_io_uring_setup,
      SYS_io_uring_enter, SYS_io_uring_register, SYS_bpf,    SYS_perf_event_open,
      SYS_userfaultfd,
  };
  constexpr unsigned kFamilies[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
  sock_filter filter[64];
  unsigned short length = 0;
  const auto add = [&](sock_filter instruction) { filter[length++] = instruction; };
  const auto load = [&](size_t offset) {
    add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset)));
  };
  const auto answer = [&](unsigned what) { add(BPF_STMT(BPF_RET | BPF_K, what)); };
  // The next instruction is executed only if the value is `value`.
  const auto when = [&](unsigned value) { add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1)); };
  load(offsetof(seccomp_data, arch));
  add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  answer(kNone);
  load(offsetof(seccomp_data, nr));
  add(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kX32, 0, 1));
  answer(kNone);
  for (const unsigned call : kRefused) {
    when(call);
    answer(kNone);
  }
  add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 2, 0));
  add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socketpair, 1, 0));
  answer(SECCOMP_RET_ALLOW);
  load(offsetof(seccomp_data, args));  // the low half: both architectures are little-endian
  for (const unsigned family : kFamilies) {
    when(family);
    answer(SECCOMP_RET_ALLOW);
  }
  answer(kNoFamily);
  const sock_fprog program{length, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    fail("system calls cannot be filtered: %s", strerror(errno));
  }
}

[[noreturn]] void inner(bool protocol, char** program) {
  int fds[] = {open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
               open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (fds[0] < 0 || fds[1] < 0) fail("/proc or /tmp inside the sandbox: %s", strerror(errno));
  send_status(kReady, "", fds, 2);
  close_range(protocol ? kStatus : kProtocolIn, ~0U, CLOSE_RANGE_CLOEXEC);
  rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  refuse_system_calls();
  execvp(program[0], program);
  fail("%s cannot be executed inside the sandbox: %s", program[0], strerror(errno));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && strcmp(argv[1], "--inner") == 0) inner(false, argv + 2);
  if (argc > 2 && strcmp(argv[1], "--inner-protocol") == 0) inner(true, argv + 2);
  pid_t owner = 0;
  int port = 0;
  bool protocol = false;
  int at = 1;
  for (; at + 1 < argc && strcmp(argv[at], "--") != 0; at += 2) {
    if (strcmp(argv[at], "--owner") == 0) owner = atoi(argv[at + 1]);
    if (strcmp(argv[at], "--listen") == 0) port = atoi(argv[at + 1]);
    if (strcmp(argv[at], "--protocol") == 0) protocol = true;
  }
  if (owner == 0 || at + 2 >= argc || strcmp(argv[at], "--") != 0) {
    fputs("vouch-sandbox is started by vouch, not by hand\n", stderr);
    return 2;
  }
  outer(owner, port, protocol, argv + at + 1);
}
