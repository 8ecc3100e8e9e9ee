#include "script/inside/confine.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "script/wire.h"

namespace vouch::script {
namespace {

// Reading and writing what is open already, memory, threads, clocks, the end.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(eventfd2),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(membarrier),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(timer_settime),
    SCMP_SYS(getrusage),
    SCMP_SYS(getrandom),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigsuspend),
};

void require(int status) {
  if (status == 0) return;
  fprintf(stderr, "system calls cannot be filtered: error %d\n", -status);
  _exit(kExitOfProtocol);
}

}  // namespace

void confine() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EACCES));
  if (filter == nullptr) require(-ENOMEM);
  require(seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1));
  for (const int call : kAllowed) require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0));
  // newfstatat(fd, "", …) is fstat; a path would tell whether a file is there, but opens none.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)));
  }
  // Threads, not processes; clone3 hides its flags behind a pointer, and the C library then takes
  // clone.
  require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                           SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)));
  require(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
  // The engine's threads stop each other for a collection.
  require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                           SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))));
  require(seccomp_load(filter));
  seccomp_release(filter);
}

}  // namespace vouch::script
