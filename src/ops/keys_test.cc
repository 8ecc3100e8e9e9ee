#include "ops/keys.h"

#include <gtest/gtest.h>

#include "store/sqlite/sqlite_store.h"
#include "store/testing.h"

namespace vouch::ops {
namespace {

using testing::run;

class KeysTest : public ::testing::Test {
 protected:
  KeysTest() : store(store::open_sqlite({.folder = folder.path()}, random).value()) {}

  std::optional<ErrorCode> refused(const std::string& key) {
    auto principal = run(io, keys.authenticate(key));
    return principal ? std::nullopt : std::optional(principal.error().code);
  }

  boost::asio::io_context io;
  testing::TempFolder folder;
  testing::ManualClock clock;
  SystemRandom random;
  std::unique_ptr<store::Store> store;
  KeyRing keys{*store, clock, random};
};

TEST(KeyForm, IsPrefixAndFortyThreeCharactersOfWhichSixCheckTheRest) {
  SystemRandom random;
  const std::string key = make_key(random);
  EXPECT_EQ(key.size(), 4u + 43u);
  EXPECT_TRUE(key.starts_with("tvb_"));
  EXPECT_TRUE(is_well_formed_key(key));
  EXPECT_NE(make_key(random), key);
}

TEST(KeyForm, EveryTypoOfOneCharacterIsNoticed) {
  SystemRandom random;
  const std::string key = make_key(random);
  for (std::size_t at = 0; at < key.size(); ++at) {
    std::string wrong = key;
    wrong[at] = wrong[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(is_well_formed_key(wrong)) << at;
  }
  EXPECT_FALSE(is_well_formed_key(""));
  EXPECT_FALSE(is_well_formed_key(key + "0"));
  EXPECT_FALSE(is_well_formed_key(key.substr(0, 46)));
}

TEST_F(KeysTest, AKeyOpensItsWorkspaceAndOnlyItsHashIsKept) {
  auto made = run(io, keys.create({.workspace = "acme", .name = "ci", .scopes = {Scope::kRead}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->row.hash, sha256_hex(made->key));
  EXPECT_EQ(made->row.prefix, made->key.substr(4, 8));
  auto principal = run(io, keys.authenticate(made->key));
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->workspace_id, made->row.workspace_id);
  EXPECT_TRUE(principal->may(Scope::kRead));
  EXPECT_FALSE(principal->may(Scope::kWrite));
}

TEST_F(KeysTest, KeysOfOneWorkspaceShareItAndOthersDoNot) {
  auto first = run(io, keys.create({.workspace = "acme", .name = "a"}));
  auto second = run(io, keys.create({.workspace = "ACME", .name = "b"}));
  auto other = run(io, keys.create({.workspace = "other", .name = "c"}));
  EXPECT_EQ(first->row.workspace_id, second->row.workspace_id);
  EXPECT_NE(first->row.workspace_id, other->row.workspace_id);
}

TEST_F(KeysTest, UnknownExpiredAndRevokedKeysAreRefusedAlike) {
  EXPECT_EQ(refused(make_key(random)), ErrorCode::kUnauthorized);
  EXPECT_EQ(refused("tvb_nonsense"), ErrorCode::kUnauthorized);

  auto brief = run(io, keys.create({.name = "brief", .expires_ms = clock.now_ms() + 1000}));
  EXPECT_EQ(refused(brief->key), std::nullopt);
  clock.advance(1000);
  EXPECT_EQ(refused(brief->key), ErrorCode::kUnauthorized);

  auto lost = run(io, keys.create({.name = "lost"}));
  EXPECT_EQ(refused(lost->key), std::nullopt);
  ASSERT_TRUE(run(io, keys.revoke(lost->row.workspace_id, lost->row.id)));
  EXPECT_EQ(refused(lost->key), ErrorCode::kUnauthorized);
}

TEST_F(KeysTest, AKeyOfAnotherWorkspaceCannotBeRevoked) {
  auto ours = run(io, keys.create({.workspace = "ours", .name = "a"}));
  auto theirs = run(io, keys.create({.workspace = "theirs", .name = "b"}));
  auto revoked = run(io, keys.revoke(theirs->row.workspace_id, ours->row.id));
  ASSERT_FALSE(revoked);
  EXPECT_EQ(revoked.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(refused(ours->key), std::nullopt);
}

TEST_F(KeysTest, LastUseIsToldByTheMinute) {
  auto made = run(io, keys.create({.name = "a"}));
  auto used = [&] {
    auto find = [hash = made->row.hash](const store::Tx& tx) -> Result<store::KeyRow> {
      return *tx.find_key_by_hash(hash);
    };
    return run(io, store->read(std::move(find)))->last_used_ms;
  };
  EXPECT_EQ(used(), std::nullopt);
  ASSERT_TRUE(run(io, keys.authenticate(made->key)));
  const TimeMs first = clock.now_ms();
  EXPECT_EQ(used(), first);
  clock.advance(59'999);
  ASSERT_TRUE(run(io, keys.authenticate(made->key)));
  EXPECT_EQ(used(), first);
  clock.advance(1);
  ASSERT_TRUE(run(io, keys.authenticate(made->key)));
  EXPECT_EQ(used(), clock.now_ms());
}

}  // namespace
}  // namespace vouch::ops
