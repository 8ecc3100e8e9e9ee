#include "base/storage_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/secrets.h"

namespace vouch {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kState = R"({
  "cookies": [{"name": "sid", "value": "s3ss10n-0f-anna", "domain": "shop.test", "path": "/"},
              {"name": "theme", "value": "dark", "domain": "shop.test", "path": "/"}],
  "origins": [{"origin": "https://shop.test", "localStorage": [
    {"name": "auth", "value": "{\"token\":\"eyJhbGciOi.J9\",\"name\":\"anna\"}"}]}]})";

TEST(StorageState, TellsWhatLetsSomebodyIn) {
  auto values = storage_state_values(kState);
  ASSERT_TRUE(values);
  EXPECT_THAT(*values, ElementsAre("s3ss10n-0f-anna", R"({"token":"eyJhbGciOi.J9","name":"anna"})",
                                   "eyJhbGciOi.J9"));
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
  const Secrets secrets({{"session", std::string(kState)}});
  EXPECT_EQ(secrets.redact("Cookie: theme=dark; sid=s3ss10n-0f-anna"),
            "Cookie: theme=dark; sid=${session}");
  EXPECT_EQ(secrets.redact("Authorization: Bearer eyJhbGciOi.J9"),
            "Authorization: Bearer ${session}");
}

}  // namespace
}  // namespace vouch
