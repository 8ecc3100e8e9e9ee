// What live payloads of adapters show, found and kept behind the answers that their callers get.
//
// Drift: what a payload has that no sample of the active script shows (adapters/profile.h).
// Shadow: a script that is not active runs on the same payloads, and its outcomes are compared with
// the active one's. It asks nothing of the provider: its context.http answers what the active one's
// did (exchanges.h). A payload for which it asks for anything else is not compared.
//
// A finding is told once for each kind and path, and counted. A payload's values are not kept: what
// differs is told by its form ("text of 12 characters"), unless it is a literal of one of the
// scripts, which are kept already.
//
// A comparison counts while both scripts are what they were: of payloads that still wait when
// another script is activated, and of a stream that goes on with the one it began with, nothing is
// counted any more.
//
// One io_context thread. What comes faster than it can be looked at is skipped, and counted.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/profile.h"
#include "ops/adapters/exchanges.h"
#include "ops/services.h"
#include "store/rows.h"

namespace vouch::ops {

inline constexpr std::int64_t kFindingsMax = 100;       // of a script, and about the same
inline constexpr std::size_t kShadowsWaitingMax = 256;  // payloads, of all shadows
inline constexpr std::size_t kShadowBytesWaitingMax = std::size_t{16} << 20;  // in and out

// A script that runs beside the active one.
struct Shadow {
  std::int64_t script_id = 0;
  script::ScriptPtr script;
  script::ScriptPtr active;
};

// One payload that the active script was run on.
struct Seen {
  store::AdapterOf of;
  std::int64_t script_id = 0;  // of the active one
  std::vector<adapters::Surprise> surprises;
  std::shared_ptr<const Shadow> shadow;  // null: there is none, and the rest is empty
  std::string input;                     // what transform was given
  Result<std::string> output;            // the active script's
  Exchanges exchanges;                   // … and what it asked of its provider
};

class AdapterWatch : public std::enable_shared_from_this<AdapterWatch> {
 public:
  // Returns at once. `executor` is the server's.
  void take(Services& services, const boost::asio::any_io_executor& executor, Seen seen);

 private:
  struct Counts {
    store::AdapterOf of;
    std::int64_t script_id = 0;
    std::int64_t active_id = 0;
    store::ShadowCounts more;
  };
  struct Noted {
    store::FindingRow row;
    std::int64_t active_id = 0;  // the script that was active then
  };

  boost::asio::awaitable<void> drain(Services& services);
  boost::asio::awaitable<void> run_shadows(Services& services);
  boost::asio::awaitable<void> write(Services& services);
  void compare(const Seen& seen, const Result<std::string>& got, TimeMs now);
  void compare_as_far(const Seen& seen, const script::HttpCall* unanswered,
                      const Result<std::string>& got, TimeMs now);
  void note(store::FindingRow finding, std::int64_t active_id);
  store::ShadowCounts& counts_of(const Seen& seen);

  std::deque<Seen> waiting_;
  std::size_t waiting_bytes_ = 0;
  // What is to be written: by everything that makes two findings one, and by both scripts.
  std::map<std::string, Noted> findings_;
  std::map<std::string, Counts> counts_;
  bool is_draining_ = false;
};

// Of a finding about a shadow: its path is a request that the active script did not make.
inline constexpr std::string_view kAsks = "asks";

// How a value may be told that was not kept so far: a literal of `sources` as it is.
std::string told(const adapters::Maybe& value, const std::vector<std::string_view>& sources);

}  // namespace vouch::ops
