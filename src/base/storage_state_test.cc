#include "base/storage_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/secrets.h"

namespace vouch {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kState = R"({
  "cookies": [{"name": "sid", "value": "s3ss10n-0f", "httpOnly": true, "domain": "shop.test"},
              {"name": "theme", "value": "dark-and-green", "domain": "shop.test"},
              {"name": "user", "value": "%7B%22key%22%3A%22k3y-of-anna-0123456%22%7D"}],
  "origins": [{"origin": "https://shop.test", "localStorage": [
    {"name": "auth", "value": "{\"token\":\"eyJhbGciOiJIUz.J9\",\"mail\":\"anna01@shop.example\"}"},
    {"name": "back", "value": "https://shop.test/orders/1001"}]}],
  "credentials": [{"privateKey": "MIGHAgEAMBMGByqGSM49"}]})";

TEST(StorageState, TellsWhatLetsSomebodyIn) {
  auto values = storage_state_values(kState);
  ASSERT_TRUE(values);
  // The name, the address, the setting and the page are not hidden: they may be on a page.
  EXPECT_THAT(*values,
              ElementsAre("s3ss10n-0f", "%7B%22key%22%3A%22k3y-of-anna-0123456%22%7D",
                          "k3y-of-anna-0123456", "eyJhbGciOiJIUz.J9", "MIGHAgEAMBMGByqGSM49"));
}

TEST(StorageState, OtherTextsAreNone) {
  for (const char* text : {"", "  ", "hunter2", "{", "{}", "[]", R"({"cookies": 1})",
                           R"({"origins": []})", R"(["cookies"])"}) {
    EXPECT_FALSE(storage_state_values(text)) << text;
  }
  for (const char* odd : {R"({"cookies": [1, null, {"value": 2}, {}]})",
                          R"({"cookies": [], "origins": [1, {"localStorage": {"value": 1}}]})"}) {
    EXPECT_THAT(storage_state_values(odd).value(), ElementsAre()) << odd;
  }
}

TEST(StorageState, EachOfItsValuesIsTakenOutOfWhatIsTold) {
  const Secrets secrets({{"a_session", std::string(kState)}, {"token", "eyJhbGciOiJIUz.J9"}});
  EXPECT_EQ(secrets.redact("Cookie: theme=dark-and-green; sid=s3ss10n-0f"),
            "Cookie: theme=dark-and-green; sid=${a_session}");
  EXPECT_EQ(secrets.redact("Authorization: Bearer k3y-of-anna-0123456"),
            "Authorization: Bearer ${a_session}");
  EXPECT_EQ(secrets.redact("eyJhbGciOiJIUz.J9"), "${token}");  // its own name
}

}  // namespace
}  // namespace vouch
