// What the server (sandbox.cc) and the launcher (sandbox_main.cc) agree on. Plain constants: the
// launcher links nothing.
//
// The server starts   vouch-sandbox --owner PID [--listen PORT] [--protocol 1] -- BWRAP ARGV…
// with the descriptors below. The outer launcher makes the namespaces, tells the status socket
// what it made, waits for one byte on the control socket (the server has then recorded the
// process), and starts bwrap as the first process of a new process tree. bwrap runs the launcher
// again, inside, as   kInnerPath --inner ARGV…  (--inner-protocol with --protocol), which passes
// /proc and /tmp out and executes ARGV.
//
// Status messages (SOCK_SEQPACKET), one letter and then text:
//   L + fd          the listening socket of the network namespace
//   P + fd          a pidfd of the tree's first process; readable once the whole tree is gone
//   R + fd + fd     /proc and /tmp as the program will see them; it is executed next
//   E + sentence    it failed
// The end of the socket after R and without E means that the program was executed.
#pragma once

namespace vouch::sandbox::launcher {

inline constexpr int kProtocolIn = 3;  // only with Command::protocol_on_fd3, as is the next
inline constexpr int kProtocolOut = 4;
inline constexpr int kStatus = 5;   // see above; closed when the program is executed
inline constexpr int kControl = 6;  // its end is the owner's end: the outer launcher then kills
inline constexpr int kArgs = 7;     // bwrap's options, separated by NUL (not on a command line,
                                    // which every user of the host can read)

inline constexpr char kListening = 'L';
inline constexpr char kPid = 'P';
inline constexpr char kReady = 'R';
inline constexpr char kFailed = 'E';

inline constexpr const char* kInnerPath = "/run/vouch-sandbox";
inline constexpr int kUser = 1000;  // user and group id inside

}  // namespace vouch::sandbox::launcher
