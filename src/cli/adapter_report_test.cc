// What people are shown of a script.
#include "cli/adapter_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vouch::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(AdapterReport, NamesTheAnswersThatAScriptRestsOn) {
  boost::json::object script{{"id", 1}, {"provider", "revel"}, {"topic", "prices"}};
  EXPECT_THAT(script_report({}, script), Not(HasSubstr("Decided by answers")));
  script["answers"] = {{{"place", "price in rum"}, {"sentence", "In rum, price is 9."}}};
  EXPECT_THAT(script_report({}, script),
              HasSubstr("Decided by answers\n  In rum, price is 9.\n    to take it back: vouch "
                        "adapters pins delete revel prices --place 'price in rum'\n"));
}

}  // namespace
}  // namespace vouch::cli
