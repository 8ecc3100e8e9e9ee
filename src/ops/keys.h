// API keys: `tvb_` and 43 base62 characters, of which the last six are a CRC-32 of the 37 before,
// so that a typo is refused without a look-up. Only the SHA-256 of a key is kept. A key belongs to
// one workspace.
//
// KeyRing lives on the server's thread. A revoked or expired key is refused from then on.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "ops/operation.h"
#include "store/store.h"

namespace vouch::ops {

inline constexpr std::string_view kKeyPrefix = "tvb_";
inline constexpr std::size_t kKeyCharacters = 43;
inline constexpr std::size_t kKeyChecksumCharacters = 6;
inline constexpr std::size_t kKeyShownCharacters = 8;
inline constexpr std::string_view kDefaultWorkspace = "default";
// How fine "last used" is told, so that reading costs no write.
inline constexpr std::int64_t kLastUsedStepMs = 60'000;

std::string make_key(Random& random);
// Form and checksum; no look-up.
bool is_well_formed_key(std::string_view key);

struct NewKey {
  std::string workspace{kDefaultWorkspace};  // by name; made when there is none yet
  std::string name;
  std::vector<Scope> scopes;  // empty: read, write and generate
  std::optional<TimeMs> expires_ms;
};

struct CreatedKey {
  std::string key;  // the one time it is seen
  store::KeyRow row;
  std::string workspace;
};

// {"key":"tvb_…","id",…}; a row alone shows the first characters of its key.
boost::json::object to_json(const CreatedKey& created);
boost::json::object to_json(const store::KeyRow& row);

class KeyRing {
 public:
  KeyRing(store::Store& store, const Clock& clock, Random& random)
      : store_(store), clock_(clock), random_(random) {}

  // What else is written in the transaction that changes a key. May be empty.
  using Also = std::function<void(store::Tx&)>;

  boost::asio::awaitable<Result<CreatedKey>> create(NewKey wish, Also also = {});
  // kUnauthorized for a key that is malformed, unknown, expired or revoked: which, is not told.
  boost::asio::awaitable<Result<Principal>> authenticate(std::string key);
  // kNotFound: no such key in the workspace.
  boost::asio::awaitable<Result<void>> revoke(std::string workspace_id, std::string key_id,
                                              Also also = {});

 private:
  boost::asio::awaitable<Result<store::KeyRow>> find(std::string hash);

  store::Store& store_;
  const Clock& clock_;
  Random& random_;
  // Keys that were read a moment ago, by hash: most requests come with one of a few. Only where
  // nobody else can revoke one.
  struct Known {
    store::KeyRow row;
    TimeMs until_ms = 0;
  };
  std::map<std::string, Known, std::less<>> known_;
  std::uint64_t revocations_ = 0;  // what was read before one is not to be remembered
};

// The answer to every call without a valid key.
Error unauthorized();

}  // namespace vouch::ops
