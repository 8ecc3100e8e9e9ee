#include "ops/keys.h"

#include <boost/crc.hpp>
#include <boost/json/array.hpp>
#include <utility>

#include "ops/wire.h"

namespace vouch::ops {
namespace {

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// How long and how many keys are remembered. A revocation through this process counts at once.
constexpr TimeMs kKnownMs = 1000;
constexpr std::size_t kKnownMax = 1000;

std::string checksum(std::string_view secret) {
  boost::crc_32_type crc;
  crc.process_bytes(secret.data(), secret.size());
  std::uint32_t value = crc.checksum();
  std::string text(kKeyChecksumCharacters, '0');
  for (std::size_t at = text.size(); at-- > 0; value /= 62) text[at] = kBase62[value % 62];
  return text;
}

Result<store::WorkspaceRow> workspace_named(store::Tx& tx, const store::WorkspaceRow& fresh) {
  if (auto found = tx.find_workspace_named(fresh.name)) return *found;
  VOUCH_TRY_VOID(tx.insert_workspace(fresh));
  return fresh;
}

}  // namespace

std::string make_key(Random& random) {
  std::string secret = make_base62(random, kKeyCharacters - kKeyChecksumCharacters);
  return std::string(kKeyPrefix) + secret + checksum(secret);
}

bool is_well_formed_key(std::string_view key) {
  if (!key.starts_with(kKeyPrefix)) return false;
  key.remove_prefix(kKeyPrefix.size());
  if (key.size() != kKeyCharacters) return false;
  if (key.find_first_not_of(kBase62) != key.npos) return false;
  std::string_view secret = key.substr(0, kKeyCharacters - kKeyChecksumCharacters);
  return equal_constant_time(checksum(secret), key.substr(secret.size()));
}

Error unauthorized() {
  return {ErrorCode::kUnauthorized, "A valid API key is required (Authorization: Bearer tvb_…)."};
}

boost::json::object to_json(const store::KeyRow& row) {
  boost::json::object body;
  body["id"] = row.id;
  body["name"] = row.name;
  body["prefix"] = std::string(kKeyPrefix) + row.prefix;
  boost::json::array scopes;
  for (const std::string& scope : row.scopes) scopes.emplace_back(scope);
  body["scopes"] = std::move(scopes);
  body["createdUtc"] = to_utc(row.created_ms);
  body["lastUsedUtc"] = utc_or_null(row.last_used_ms);
  body["expiresUtc"] = utc_or_null(row.expires_ms);
  body["revokedUtc"] = utc_or_null(row.revoked_ms);
  return body;
}

boost::json::object to_json(const CreatedKey& created) {
  boost::json::object body{{"key", created.key}, {"workspace", created.workspace}};
  for (auto& member : to_json(created.row)) body[member.key()] = member.value();
  return body;
}

boost::asio::awaitable<Result<CreatedKey>> KeyRing::create(NewKey wish, Also also) {
  CreatedKey created;
  created.key = make_key(random_);
  if (wish.scopes.empty()) wish.scopes = {Scope::kRead, Scope::kWrite, Scope::kGenerate};
  store::KeyRow row;
  row.id = make_uuid(random_);
  row.name = wish.name;
  row.prefix = created.key.substr(kKeyPrefix.size(), kKeyShownCharacters);
  row.hash = sha256_hex(created.key);
  for (Scope scope : wish.scopes) row.scopes.emplace_back(to_string(scope));
  row.created_ms = clock_.now_ms();
  row.expires_ms = wish.expires_ms;
  store::WorkspaceRow workspace{make_uuid(random_), wish.workspace, row.created_ms};
  auto insert = [row, workspace, also](store::Tx& tx) -> Result<store::KeyRow> {
    VOUCH_TRY(store::WorkspaceRow in, workspace_named(tx, workspace));
    store::KeyRow kept = row;
    kept.workspace_id = in.id;
    tx.insert_key(kept);
    if (also) also(tx);
    return kept;
  };
  VOUCH_CO_TRY(created.row, co_await store_.write(std::move(insert)));
  created.workspace = wish.workspace;
  co_return created;
}

boost::asio::awaitable<Result<store::KeyRow>> KeyRing::find(std::string hash) {
  const TimeMs now = clock_.now_ms();
  if (auto known = known_.find(hash); known != known_.end() && now < known->second.until_ms)
    co_return known->second.row;
  const std::uint64_t revocations = revocations_;
  auto find = [hash](const store::Tx& tx) -> Result<store::KeyRow> {
    auto row = tx.find_key_by_hash(hash);
    if (!row || !equal_constant_time(row->hash, hash)) return std::unexpected(unauthorized());
    return std::move(*row);
  };
  VOUCH_CO_TRY(store::KeyRow row, co_await store_.read(std::move(find)));
  if (store_.exclusive() && revocations == revocations_) {
    if (known_.size() >= kKnownMax) known_.clear();
    // Another may have been here first, and have noted a use.
    auto [known, is_new] = known_.try_emplace(std::move(hash), Known{row, now + kKnownMs});
    if (!is_new) {
      row.last_used_ms = std::max(row.last_used_ms, known->second.row.last_used_ms);
      known->second = Known{row, now + kKnownMs};
    }
  }
  co_return row;
}

boost::asio::awaitable<Result<Principal>> KeyRing::authenticate(std::string key) {
  if (!is_well_formed_key(key)) co_return std::unexpected(unauthorized());
  VOUCH_CO_TRY(store::KeyRow row, co_await find(sha256_hex(key)));
  const TimeMs now = clock_.now_ms();
  if (row.revoked_ms || (row.expires_ms && *row.expires_ms <= now)) {
    co_return std::unexpected(unauthorized());
  }
  if (auto known = known_.find(row.hash); known != known_.end()) {
    row.last_used_ms = known->second.row.last_used_ms;
  }
  if (!row.last_used_ms || now - *row.last_used_ms >= kLastUsedStepMs) {
    auto touch = [id = row.id, now](store::Tx& tx) -> Result<void> {
      tx.set_key_used(id, now);
      return {};
    };
    // First, so that of many at once one writes.
    if (auto known = known_.find(row.hash); known != known_.end())
      known->second.row.last_used_ms = now;
    VOUCH_CO_TRY_VOID(co_await store_.write(std::move(touch)));
  }
  Principal principal;
  principal.workspace_id = row.workspace_id;
  principal.key_id = row.id;
  for (const std::string& word : row.scopes) {
    if (auto scope = scope_from(word)) principal.scopes.push_back(*scope);
  }
  co_return principal;
}

boost::asio::awaitable<Result<void>> KeyRing::revoke(std::string workspace_id, std::string key_id,
                                                     Also also) {
  auto revoke = [workspace_id, key_id, also, now = clock_.now_ms()](store::Tx& tx) -> Result<void> {
    if (!tx.find_key(workspace_id, key_id)) {
      return fail(ErrorCode::kNotFound, "No such key in this workspace.");
    }
    tx.set_key_revoked(key_id, now);
    if (also) also(tx);
    return {};
  };
  ++revocations_;
  known_.clear();
  auto revoked = co_await store_.write(std::move(revoke));
  ++revocations_;
  known_.clear();
  co_return revoked;
}

}  // namespace vouch::ops
