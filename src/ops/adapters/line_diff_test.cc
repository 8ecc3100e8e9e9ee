#include "ops/adapters/line_diff.h"

#include <gtest/gtest.h>

namespace vouch::ops {
namespace {

TEST(LineDiff, EqualTextsDifferInNothing) {
  EXPECT_EQ(line_diff("", ""), "");
  EXPECT_EQ(line_diff("a\nb\n", "a\nb\n"), "");
}

TEST(LineDiff, AChangeStandsAmongThreeLinesOfContext) {
  EXPECT_EQ(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(LineDiff, ChangesFarFromEachOtherAreTwoPieces) {
  EXPECT_EQ(line_diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"),
            "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

TEST(LineDiff, WhatIsNewAloneHasNothingBeforeIt) {
  EXPECT_EQ(line_diff("", "a\n"), "@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(line_diff("a\n", ""), "@@ -1 +0,0 @@\n-a\n");
}

}  // namespace
}  // namespace vouch::ops
