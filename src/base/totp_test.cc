#include "base/totp.h"

#include <gtest/gtest.h>

namespace vouch {
namespace {

// "12345678901234567890", the secret of RFC 6238's appendix B for SHA-1.
constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

// The table has eight digits; six are their end.
TEST(Totp, MakesTheCodesOfTheRfc) {
  for (const auto& [seconds, code] :
       std::vector<std::pair<TimeMs, std::string>>{{59, "287082"},
                                                   {1111111109, "081804"},
                                                   {1111111111, "050471"},
                                                   {1234567890, "005924"},
                                                   {2000000000, "279037"},
                                                   {20000000000, "353130"}}) {
    EXPECT_EQ(totp_code(kSecret, seconds * 1000), code) << seconds;
  }
}

TEST(Totp, TakesASecretAsSitesShowIt) {
  EXPECT_EQ(totp_code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 59'000), "287082");
  EXPECT_EQ(totp_code("JBSWY3DPEHPK3PXP", 59'000)->size(), 6u);
  EXPECT_EQ(totp_code("JBSWY3DPEHPK3PXPJBSWY===", 59'000)->size(), 6u);
}

TEST(Totp, RefusesWhatIsNoBase32) {
  EXPECT_EQ(totp_code("", 59'000), std::nullopt);
  EXPECT_EQ(totp_code("hunter2!", 59'000), std::nullopt);
  EXPECT_EQ(totp_code("hunter2-Zq7", 59'000), std::nullopt);       // it is, but for its length
  EXPECT_EQ(totp_code("JBSWY3DPEHPK3PX1", 59'000), std::nullopt);  // there is no 1
}

TEST(Totp, FindsTheSecretsThatATextAsksCodesOf) {
  EXPECT_EQ(totp_secrets_in("${totp:OTP} ${password} ${totp:other}${totp:OTP} ${totp:open"),
            (std::vector<std::string>{"OTP", "other"}));
  EXPECT_EQ(totp_name("OTP"), "totp:OTP");
}

}  // namespace
}  // namespace vouch
