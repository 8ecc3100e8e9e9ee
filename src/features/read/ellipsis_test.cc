#include "features/read/ellipsis.h"

#include <gtest/gtest.h>

namespace vouch::features {
namespace {

TEST(Ellipsis, takes_over_what_the_step_before_says) {
  EXPECT_EQ(completed("\"Design logo\" still is", "\"Order cards\" is not on the board any more"),
            "\"Design logo\" is still on the board");
  EXPECT_EQ(completed("the row \"User: Cheryl\" is not", "this row is highlighted"),
            "the row \"User: Cheryl\" is not highlighted");
  EXPECT_EQ(completed("so is the \"Size\" selector", "the search box is gone"),
            "the \"Size\" selector is gone");
  EXPECT_EQ(completed("neither is \"B\"", "\"A\" is not checked"), "\"B\" is not checked");
  EXPECT_EQ(completed("\"B\" isn't either", "\"A\" should not be checked"), "\"B\" is not checked");
  EXPECT_EQ(completed("\"B\" is.", "\"A\" is no longer listed under \"X is Y\""),
            "\"B\" is listed under \"X is Y\"");
}

TEST(Ellipsis, says_again_all_that_was_said) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(said_again("this is still the case after reloading the page",
                       {"\"A\" is shown", "\"B\" is not"}),
            (Texts{"\"A\" is shown after reloading the page", "\"B\" is not"}));
  EXPECT_EQ(said_again("this is still the case after reloading the page", {}), Texts{});
  EXPECT_EQ(said_again("this is still the case of \"A\"", {"\"A\" is shown"}), Texts{});
}

TEST(Ellipsis, leaves_a_whole_sentence_alone) {
  EXPECT_EQ(completed("\"A\" is shown", "\"B\" is not"), "\"A\" is shown");
  EXPECT_EQ(completed("I see what it is", "I click \"Save\""), "I see what it is");
  EXPECT_EQ(completed("the basis", "\"A\" is shown"), "the basis");
}

}  // namespace
}  // namespace vouch::features
