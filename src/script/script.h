// Runs strangers' JavaScript: `function transform(input, context)`, in pooled processes that can
// reach nothing.
//
// A script is a whole program that defines `transform`, in any way (a declaration, `const transform
// = …`). Every call evaluates it anew in a global that is frozen, so a call finds what the first
// one found: nothing of another call, not even of the same script's. Inside there is the language,
// with Intl, and nothing else: no files, network, timers, randomness (Math.random throws),
// WebAssembly, shared memory, nor code made of text (eval throws). The clock stands still at
// RunOptions::now_ms, in UTC. `context` has
//   log(…)    a line of Outcome::logs
//   http      get, post, put, delete, getAll, getBatch: HttpHandler answers them. Without one, they
//             throw.
//
// The output is what JSON.stringify makes of what transform returned: members that are undefined or
// functions are left out, toJSON is called. What it would lose silently is an error instead: NaN,
// infinities and invalid dates, and a result that is undefined, a function or a promise. So are
// cycles, BigInt and getters that throw.
//
// A process serves one owner as long as it lives, so a script that broke out of the engine would
// find nothing of another's. It is replaced after a script used up its time or memory, or crashed
// it. limits.h has every limit.
//
// One io_context thread; calls suspend and never block it. Cancelling the awaiting coroutine is
// always safe: the process is then replaced.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sandbox/sandbox.h"
#include "script/limits.h"

namespace vouch::script {

// Made once, run often: equal sources are compiled once in a process.
class Script {
 public:
  // kPayloadTooLarge beyond kSourceBytesMax, kInvalidRequest when it is not UTF-8. What it says is
  // looked at by the first run, or Pool::check.
  static Result<std::shared_ptr<const Script>> make(std::string source);

  const std::string& source() const { return source_; }
  const std::string& id() const { return id_; }  // the SHA-256 of the source

 private:
  explicit Script(std::string source);
  const std::string source_;
  const std::string id_;
};
using ScriptPtr = std::shared_ptr<const Script>;

// What a script asked of context.http.
struct HttpCall {
  std::string function;   // "get", "post", "put", "delete", "getAll", "getBatch"
  std::string arguments;  // JSON: an array of what the function was called with
  std::size_t input = 0;  // which of the run's inputs it was called with
};
// The JSON text of what the function returns, or an error whose message the script gets thrown.
// Bounded by Limits::http_ms_max and http_all_ms_max; cancelled beyond them.
using HttpHandler = std::function<boost::asio::awaitable<Result<std::string>>(HttpCall)>;

struct RunOptions {
  std::string owner;  // a workspace: processes are not shared between owners
  TimeMs now_ms = 0;  // what the script's clock says
  Limits limits;
  HttpHandler http;  // null: context.http throws
  // What the caller put into the inputs for itself: taken out of outputs, logs and errors. Empty:
  // nothing.
  std::string marker;
};

struct Outcome {
  // The output's JSON text. Else an error whose details hold `reason`, one of
  //   syntax missing threw input result output time memory crash given_up   and where it is known
  //   `line` and `column`, which count from 1.
  // kInvalidRequest, of which time is kTimeout, memory and output (too large) kPayloadTooLarge; and
  // kUnavailable when no process could be started.
  Result<std::string> output;
  // Also of a call that failed, but for one that cost the process.
  std::vector<std::string> logs;
  std::uint32_t logs_left_out = 0;
  std::uint32_t http_calls = 0;
  std::int64_t cpu_us = 0;  // processor time; by the clock where it was one of many inputs of a hop
};

// An Outcome's output as a value. kInternal where it is no JSON, which the engine sees to.
Result<boost::json::value> parse_output(const std::string& text);

struct PoolOptions {
  std::string worker_path;  // bin/vouch-script; empty: beside the running executable, or in ../bin
  int workers_max = 4;      // processes that run scripts; one more stands ready
  // Of those, that runs with context.http of one owner have at once: most of their time they wait
  // for others.
  int http_workers_max = 2;
  std::int64_t idle_ms_max = 60'000;  // a process that nobody uses ends after this
  std::size_t memory_bytes_max = kMemoryBytesMax;
  bool jit = true;  // off: about a third of the speed, and no executable memory to write to
};

class Pool {
 public:
  Pool(boost::asio::any_io_executor executor, sandbox::Sandbox& sandbox, PoolOptions options);
  ~Pool();  // ends all processes
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Compiles the script and looks for its transform, without calling it: the error of Outcome.
  boost::asio::awaitable<Result<void>> check(ScriptPtr script, RunOptions options);
  // One call. `input` is JSON text.
  boost::asio::awaitable<Outcome> run(ScriptPtr script, std::string input, RunOptions options);
  // A call for each input, in their order, hop by hop.
  class Run;
  Run begin(ScriptPtr script, std::vector<std::string> inputs, RunOptions options);
  // All of a Run at once: where the outputs of all inputs together are bounded.
  boost::asio::awaitable<std::vector<Outcome>> run_all(ScriptPtr script,
                                                       std::vector<std::string> inputs,
                                                       RunOptions options);

  // How many processes there are, busy or not.
  int processes() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// Many inputs go to the process in one hop, which ends at what limits.h says of hops, and behind an
// input that used context.http. Before each hop the run waits in line for a free process, where the
// owner comes first who has the fewest.
class Pool::Run {
 public:
  bool ended() const { return done_ == inputs_.size(); }
  // The outcomes of the next inputs, those of one hop: at least one unless it has ended. The run
  // must last until then; one caller at a time.
  boost::asio::awaitable<std::vector<Outcome>> next();

 private:
  friend class Pool;
  Run(std::shared_ptr<Impl> pool, ScriptPtr script, std::vector<std::string> inputs,
      RunOptions options)
      : pool_(std::move(pool)),
        script_(std::move(script)),
        inputs_(std::move(inputs)),
        options_(std::move(options)) {}
  boost::asio::awaitable<void> hop(std::vector<Outcome>& outcomes);

  std::shared_ptr<Impl> pool_;
  ScriptPtr script_;
  std::vector<std::string> inputs_;
  RunOptions options_;
  std::size_t done_ = 0;
  int deaths_ = 0;
  bool one_at_a_time_ = false;  // until the input is found that the process was lost with
  Error last_error_;
};

}  // namespace vouch::script
