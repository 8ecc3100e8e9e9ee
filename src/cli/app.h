// The server program: builds every part, hands each what it needs, and runs them on one thread.
//
// run() returns when stop() was called, a signal came (with `handle_signals`), or it could not
// start. The sandbox ties what it starts to the thread that called run(), so that thread must live
// as long as the server: the main one, or one that only serves.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ops/keys.h"
#include "ops/retention.h"

namespace vouch::cli {

// What the program works with on this machine.
struct Tools {
  std::string node;             // a Node >= 20
  std::string modules_dir;      // a node_modules with @playwright/test
  std::string host_script_dir;  // of src/browser/host
  std::string browser;          // chromium-headless-shell
  std::string ffmpeg;
  std::vector<std::string> missing;  // a sentence each, saying what to do
};
// `root` is the folder that holds node_modules and src/browser/host; empty: found from where the
// executable lies.
Tools find_tools(const std::string& root);

struct AppOptions {
  std::string data_dir = "./vouch-data";
  std::string listen = "127.0.0.1:8080";  // HOST:PORT; port 0 takes a free one
  std::string tools_root;                 // of find_tools()
  // Whether sites under test may be on this machine, and on the private network. Empty: yes for a
  // server that itself listens on the loopback only.
  std::optional<bool> allow_loopback_sites, allow_private_sites;
  bool handle_signals = true;       // SIGTERM and SIGINT end run()
  bool make_key = false;            // a key of its own, for the embedded server
  int generations_max = 2;          // at once
  std::string cgroup_dir;           // Sandbox::Options
  int runs_max = 2;                 // at once
  int requests_per_second_max = 0;  // of one key; 0: no limit
  ops::RetentionOptions retention;
  int runners_ahead = 1;  // kept loaded; the embedded server loads the first when one is wanted
};

struct Ready {
  std::string url;                   // "http://127.0.0.1:8080"
  std::vector<std::string> missing;  // what this machine cannot give
  std::string sandbox;        // what it gives: "bubblewrap 0.8.0, memory limited by cgroup v1"
  bool can_generate = false;  // nothing essential is missing
  std::string api_key;        // with AppOptions::make_key
};

class App {
 public:
  explicit App(AppOptions options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // `on_ready` is called once, on this thread, when requests are answered. kConflict: the folder is
  // in use. kUnavailable: the address or the folder cannot be used.
  Result<void> run(std::function<void(const Ready&)> on_ready);
  // Any thread, any time, more than once.
  void stop();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Makes a key in a folder that no server has open: what create_key answers. kConflict: one has.
Result<boost::json::object> create_key_in_folder(const std::string& data_dir,
                                                 const ops::NewKey& wish);
// Where the server that has `data_dir` open listens for its own machine's users.
std::string admin_socket_path(const std::string& data_dir);

}  // namespace vouch::cli
