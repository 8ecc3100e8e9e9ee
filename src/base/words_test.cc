#include "base/words.h"

#include <gtest/gtest.h>

namespace vouch {
namespace {

TEST(Words, the_singular_is_what_one_of_them_is_called) {
  EXPECT_EQ(singular("categories"), "category");
  EXPECT_EQ(singular("boxes"), "box");
  EXPECT_EQ(singular("addresses"), "address");
  EXPECT_EQ(singular("dishes"), "dish");
  EXPECT_EQ(singular("items"), "item");
}

TEST(Words, what_only_ends_like_a_plural_stays) {
  for (const char* word : {"status", "this", "address", "gas", "item", ""})
    EXPECT_EQ(singular(word), word);
}

}  // namespace
}  // namespace vouch
