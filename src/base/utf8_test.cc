#include "base/utf8.h"

#include <gtest/gtest.h>

namespace vouch {
namespace {

TEST(Utf8, OnlyWellFormedBytesPass) {
  EXPECT_TRUE(is_utf8("é漢😀"));
  EXPECT_TRUE(is_utf8(""));
  for (const char* wrong : {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
    EXPECT_FALSE(is_utf8(wrong));
  }
}

TEST(Utf8, EveryCodePointIsReadAsItWasWritten) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value < 0xE000) continue;
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode_utf8(text + "x");
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.length, text.size());
  }
}

TEST(Utf8, ATextIsCutBetweenCharacters) {
  EXPECT_EQ(utf8_head("aéb", 1), "a");
  EXPECT_EQ(utf8_head("aéb", 2), "a");
  EXPECT_EQ(utf8_head("aéb", 3), "aé");
  EXPECT_EQ(utf8_tail("aéb", 1), "b");
  EXPECT_EQ(utf8_tail("aéb", 2), "b");
  EXPECT_EQ(utf8_tail("aéb", 3), "éb");
  EXPECT_EQ(utf8_head("aéb", 4), "aéb");
  EXPECT_EQ(utf8_tail("aéb", 4), "aéb");
  EXPECT_EQ(utf8_head("\x80\x80", 1), "");
  EXPECT_EQ(shortened("aéb", 2), "a…");
  EXPECT_EQ(shortened("aéb", 4), "aéb");
}

}  // namespace
}  // namespace vouch
