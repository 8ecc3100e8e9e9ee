// A PostgreSQL server of a test program's own: made when it is first wanted, in a temporary folder,
// reached by a socket in it, and gone with the program.
#pragma once

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "store/postgres/connection.h"
#include "store/testing.h"

namespace vouch::testing {

class PostgresCluster {
 public:
  static PostgresCluster& get() {
    static PostgresCluster cluster;
    return cluster;
  }

  // The address of a new, empty database.
  std::string make_database() {
    const std::string name = "vouch_" + std::to_string(++databases_);
    store::PostgresConnection(url("postgres")).run("CREATE DATABASE " + name);
    return url(name);
  }

  // Ends all connections to a database, as a restart of the server would.
  void end_connections() {
    store::PostgresConnection sql(url("postgres"));
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND datname IS NOT NULL");
  }

 private:
  PostgresCluster() {
    VOUCH_CHECK(!programs().empty());  // apt-get install postgresql
    if (geteuid() == 0) {
      const passwd* nobody = getpwnam("nobody");  // PostgreSQL does not run as root
      VOUCH_CHECK(nobody != nullptr);
      user_ = nobody->pw_uid;
      VOUCH_CHECK(chown(folder_.path().c_str(), nobody->pw_uid, nobody->pw_gid) == 0);
    }
    const pid_t made = spawn({programs() + "/initdb", "-D", data(), "-U", "vouch", "-A", "trust",
                              "-E", "UTF8", "--no-locale", "--no-sync"});
    int status = 0;
    VOUCH_CHECK(waitpid(made, &status, 0) == made && status == 0);
    server_ = spawn({programs() + "/postgres", "-D", data(), "-k", folder_.path(), "-c",
                     "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100"});
    while (PQping(url("postgres").c_str()) != PQPING_OK) {
      VOUCH_CHECK(waitpid(server_, nullptr, WNOHANG) == 0);  // it ended
      std::this_thread::yield();
    }
  }

  ~PostgresCluster() {
    kill(server_, SIGQUIT);
    waitpid(server_, nullptr, 0);
  }

  // Where Debian keeps the server's programs, of the newest version.
  static std::string programs() {
    std::string newest;
    std::error_code error;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
      const std::string bin = version.path().string() + "/bin";
      if (access((bin + "/initdb").c_str(), X_OK) == 0) newest = std::max(newest, bin);
    }
    return newest;
  }

  std::string data() const { return folder_.path() + "/data"; }
  std::string url(const std::string& database) const {
    return "host=" + folder_.path() + " user=vouch dbname=" + database;
  }

  pid_t spawn(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const std::string log = folder_.path() + "/log";
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0) return child;
    const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0666);
    dup2(out, 1);
    dup2(out, 2);
    if (user_ != 0 && (setgid(user_) != 0 || setuid(user_) != 0)) _exit(1);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != parent) _exit(1);
    execv(arguments[0], arguments.data());
    _exit(1);
  }

  TempFolder folder_;
  uid_t user_ = 0;
  pid_t server_ = 0;
  int databases_ = 0;
};

}  // namespace vouch::testing
