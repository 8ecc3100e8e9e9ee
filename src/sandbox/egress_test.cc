#include "sandbox/egress.h"

#include <gmock/gmock.h>

#include "sandbox/test_support.h"

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;

Origin origin(std::string_view url) { return Origin::parse(url).value(); }

TEST(OriginTest, IsSchemeHostAndPort) {
  EXPECT_EQ(origin("http://Localhost:3000/a?b"), (Origin{"http", "localhost", 3000}));
  EXPECT_EQ(origin("https://shop.example"), (Origin{"https", "shop.example", 443}));
  EXPECT_EQ(origin("wss://shop.example./x"), (Origin{"https", "shop.example", 443}));
  EXPECT_EQ(origin("http://[::1]:8080"), (Origin{"http", "::1", 8080}));
  EXPECT_EQ(origin("http://[0:0::1]:8080").to_string(), "http://[::1]:8080");
  EXPECT_EQ(origin("http://*:*"), (Origin{"http", "*", 0}));
  for (const char* bad :
       {"localhost:3000", "ftp://x", "http://", "http://x:0", "http://x:99999", "http://x:1a",
        "http://user@x", "http://a b", "http://::1:80", "http://x\r\nHost: y", "http://[x]"}) {
    const auto parsed = Origin::parse(bad);
    EXPECT_FALSE(parsed) << bad;
    if (!parsed) {
      EXPECT_THAT(parsed.error().message, HasSubstr("http://localhost:3000"));
    }
  }
}

TEST(AddressKindTest, KnowsWhatMustNeverBeReached) {
  const std::pair<const char*, AddressKind> kCases[] = {
      {"8.8.8.8", AddressKind::kPublic},
      {"2606:4700::1111", AddressKind::kPublic},
      {"127.0.0.1", AddressKind::kLoopback},
      {"127.255.0.3", AddressKind::kLoopback},
      {"::1", AddressKind::kLoopback},
      {"::ffff:127.0.0.1", AddressKind::kLoopback},
      {"64:ff9b::7f00:1", AddressKind::kLoopback},
      {"2002:7f00:1::", AddressKind::kLoopback},
      {"10.1.2.3", AddressKind::kPrivate},
      {"172.16.0.1", AddressKind::kPrivate},
      {"172.31.255.255", AddressKind::kPrivate},
      {"172.32.0.1", AddressKind::kPublic},
      {"192.168.0.1", AddressKind::kPrivate},
      {"100.64.0.1", AddressKind::kPrivate},
      {"fc00::1", AddressKind::kPrivate},
      {"169.254.169.254", AddressKind::kNever},
      {"::ffff:169.254.169.254", AddressKind::kNever},
      {"64:ff9b::a9fe:a9fe", AddressKind::kNever},
      {"::169.254.169.254", AddressKind::kNever},
      {"fe80::1", AddressKind::kNever},
      {"fd00:ec2::254", AddressKind::kNever},
      {"100.100.100.200", AddressKind::kNever},
      {"168.63.129.16", AddressKind::kNever},
      {"0.0.0.0", AddressKind::kNever},
      {"0.1.2.3", AddressKind::kNever},
      {"::", AddressKind::kNever},
      {"224.0.0.1", AddressKind::kNever},
      {"255.255.255.255", AddressKind::kNever},
      {"ff02::1", AddressKind::kNever},
  };
  for (const auto& [text, kind] : kCases) {
    EXPECT_EQ(kind_of(asio::ip::make_address(text)), kind) << text;
  }
}

// Says something else at every look-up, as a rebinding name server does.
class ChangingResolver final : public Resolver {
 public:
  explicit ChangingResolver(std::vector<std::vector<std::string>> answers)
      : answers_(std::move(answers)) {}
  asio::awaitable<Result<std::vector<asio::ip::address>>> resolve(std::string) override {
    std::vector<asio::ip::address> addresses;
    for (const auto& text : answers_.at(std::min(asked++, answers_.size() - 1))) {
      addresses.push_back(asio::ip::make_address(text));
    }
    co_return addresses;
  }
  std::size_t asked = 0;

 private:
  const std::vector<std::vector<std::string>> answers_;
};

class EgressPolicyTest : public testing::Test {
 protected:
  auto endpoints(EgressPolicy& policy, Resolver& resolver, std::string host,
                 std::uint16_t port = 80, std::string scheme = "http") {
    return run(io_, policy.endpoints(resolver, scheme, host, port));
  }
  asio::io_context io_;
};

TEST_F(EgressPolicyTest, OnlyListedOriginsPass) {
  EgressPolicy policy({.origins = {origin("http://shop.example"), origin("https://*.cdn.example"),
                                   origin("http://127.0.0.1:3000")},
                       .allow_loopback = true});
  EXPECT_TRUE(policy.check_origin("http", "shop.example", 80));
  EXPECT_TRUE(policy.check_origin("http", "SHOP.example.", 80));
  EXPECT_TRUE(policy.check_origin("", "shop.example", 80));
  EXPECT_TRUE(policy.check_origin("https", "a.b.cdn.example", 443));
  EXPECT_FALSE(policy.check_origin("https", "shop.example", 80));
  EXPECT_FALSE(policy.check_origin("http", "shop.example", 81));
  EXPECT_FALSE(policy.check_origin("https", "cdn.example", 443));
  EXPECT_FALSE(policy.check_origin("https", "evilcdn.example", 443));
  EXPECT_FALSE(policy.check_origin("http", "127.0.0.1", 3001));
}

TEST_F(EgressPolicyTest, TheAddressDecidesAfterTheName) {
  EgressPolicy policy({.origins = {origin("http://rebind.example")}});
  ChangingResolver resolver(
      {{"93.184.216.34"}, {"127.0.0.1"}, {"10.0.0.1", "93.184.216.34"}, {"169.254.169.254"}});
  EXPECT_EQ(endpoints(policy, resolver, "rebind.example").value().at(0).address().to_string(),
            "93.184.216.34");
  EXPECT_THAT(endpoints(policy, resolver, "rebind.example").error().message,
              HasSubstr("127.0.0.1"));
  EXPECT_EQ(endpoints(policy, resolver, "rebind.example").value().size(), 1u);
  const auto metadata = endpoints(policy, resolver, "rebind.example");
  ASSERT_FALSE(metadata);
  EXPECT_EQ(metadata.error().code, ErrorCode::kForbidden);
}

TEST_F(EgressPolicyTest, LocalhostIsThisMachineWithoutAskingAnybody) {
  EgressPolicy policy({.origins = {origin("http://localhost:3000")}, .allow_loopback = true});
  ChangingResolver resolver({{"93.184.216.34"}});
  const auto found = endpoints(policy, resolver, "LOCALHOST", 3000);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at(0).address().to_string(), "127.0.0.1");
  EXPECT_EQ(found->at(1).address().to_string(), "::1");
  EXPECT_EQ(resolver.asked, 0u);
  EgressPolicy strict({.origins = {origin("http://localhost:3000")}});
  EXPECT_FALSE(endpoints(strict, resolver, "localhost", 3000));
}

TEST_F(EgressPolicyTest, WhatIsAllowedByFlagStillExcludesMetadata) {
  EgressPolicy policy(
      {.origins = {origin("http://*:*")}, .allow_loopback = true, .allow_private = true});
  ChangingResolver resolver({{"fd00:ec2::254"}});
  EXPECT_TRUE(endpoints(policy, resolver, "192.168.1.1"));
  EXPECT_FALSE(endpoints(policy, resolver, "169.254.169.254"));
  EXPECT_FALSE(endpoints(policy, resolver, "metadata.example"));
}

TEST_F(EgressPolicyTest, RefusalsAreCountedAndBounded) {
  EgressPolicy policy({});
  for (int i = 0; i < 3; ++i) (void)policy.check_origin("http", "one.example", 80);
  (void)policy.check_origin("http", "one.example", 81);
  ASSERT_EQ(policy.refused().size(), 2u);
  EXPECT_EQ(policy.refused()[0].host, "one.example");
  EXPECT_EQ(policy.refused()[0].count, 3u);
  EXPECT_THAT(policy.refused()[0].reason, HasSubstr("one.example:80"));
  for (int port = 1; port < 2000; ++port) {
    (void)policy.check_origin("http", "many.example", static_cast<std::uint16_t>(port));
  }
  EXPECT_EQ(policy.refused().size(), EgressPolicy::kRefusedMax);
}

}  // namespace
}  // namespace vouch::sandbox
