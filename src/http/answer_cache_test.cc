#include "http/answer_cache.h"

#include <gtest/gtest.h>

namespace vouch::http {
namespace {

Response answer(std::string body) {
  Response response;
  response.headers.emplace_back("ETag", "\"1\"");
  response.body = std::move(body);
  return response;
}

TEST(AnswerCache, GivesWhatWasKeptWhileTheStoreIsTheSame) {
  AnswerCache cache;
  EXPECT_EQ(cache.find(1, "a"), nullptr);
  cache.keep(1, "a", answer("one"));
  cache.keep(1, "b", answer("two"));
  ASSERT_NE(cache.find(1, "a"), nullptr);
  EXPECT_EQ(cache.find(1, "a")->body, "one");
  EXPECT_EQ(cache.find(1, "a")->header("etag"), "\"1\"");
  EXPECT_EQ(cache.find(2, "a"), nullptr);
  cache.keep(2, "b", answer("three"));
  EXPECT_EQ(cache.find(2, "a"), nullptr);
  EXPECT_EQ(cache.find(2, "b")->body, "three");
}

TEST(AnswerCache, ASlowReaderBringsNothingBack) {
  AnswerCache cache;
  cache.keep(7, "a", answer("new"));
  cache.keep(6, "a", answer("old"));
  EXPECT_EQ(cache.find(7, "a")->body, "new");
  EXPECT_EQ(cache.find(6, "a"), nullptr);
}

TEST(AnswerCache, HoldsSoManyBytesAndNoMore) {
  AnswerCache cache;
  const std::string half(AnswerCache::kBytesMax / 2 - 1000, 'x');
  cache.keep(1, "a", answer(half));
  for (int again = 0; again < 5; ++again) cache.keep(1, "a", answer(half));  // counted once
  cache.keep(1, "b", answer(half));
  EXPECT_NE(cache.find(1, "a"), nullptr);
  EXPECT_NE(cache.find(1, "b"), nullptr);
  cache.keep(1, std::string(4000, 'k'), answer("small"));
  EXPECT_EQ(cache.find(1, "a"), nullptr);
  EXPECT_NE(cache.find(1, std::string(4000, 'k')), nullptr);
  cache.keep(1, "c", answer(std::string(AnswerCache::kBytesMax, 'x')));
  EXPECT_EQ(cache.find(1, "c"), nullptr);
}

}  // namespace
}  // namespace vouch::http
