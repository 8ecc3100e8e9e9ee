#include "base/site_access.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace vouch {
namespace {

boost::json::object settings(std::string_view text) { return boost::json::parse(text).as_object(); }

TEST(SiteAccess, is_what_everybody_has_where_the_settings_say_nothing) {
  const SiteAccess access = read_site_access({});
  EXPECT_FALSE(access.ignore_https_errors);
  EXPECT_FALSE(access.http_credentials.has_value());
}

TEST(SiteAccess, takes_a_certificate_of_its_own_and_a_password_by_the_name_of_its_secret) {
  const SiteAccess access = read_site_access(settings(
      R"({"ignoreHTTPSErrors": true, "httpCredentials": {"username": "anna", "password": "${staging_1}"}})"));
  EXPECT_TRUE(access.ignore_https_errors);
  ASSERT_TRUE(access.http_credentials.has_value());
  EXPECT_EQ(access.http_credentials->username, "anna");
  EXPECT_EQ(secret_named_by(access.http_credentials->password), "staging_1");
}

TEST(SiteAccess, refuses_a_password_that_stands_there_as_it_is) {
  for (const char* password : {"hunter2", "${}", "x${name}", "${a b}", "${a}${b}"}) {
    const boost::json::object given{
        {"httpCredentials", {{"username", "anna"}, {"password", password}}}};
    const auto checked = check_site_access(given);
    ASSERT_FALSE(checked.has_value()) << password;
    EXPECT_EQ(checked.error().details.at("member").as_string(),
              "settings.httpCredentials.password");
    EXPECT_FALSE(read_site_access(given).http_credentials.has_value()) << password;
  }
}

}  // namespace
}  // namespace vouch
