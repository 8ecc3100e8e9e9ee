// How many requests a key may make: a bucket of tokens each, filled at a steady rate. Not
// thread-safe.
#pragma once

#include <map>
#include <string>

#include "base/clock.h"

namespace vouch::http {

class RateLimit {
 public:
  // A key that was quiet may make twice as many within its first second. 0: no limit.
  explicit RateLimit(int requests_per_second) : per_second_(requests_per_second) {}

  // One request of this key. False: it has made too many.
  bool take(const std::string& key_id, TimeMs now_ms);

 private:
  struct Bucket {
    std::int64_t thousandths = 0;  // of a request
    TimeMs filled_ms = 0;
  };
  static constexpr std::size_t kBucketsMax = 10'000;

  std::int64_t full() const { return std::int64_t{2'000} * per_second_; }
  void forget_full(TimeMs now_ms);

  int per_second_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace vouch::http
