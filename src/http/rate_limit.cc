#include "http/rate_limit.h"

#include <algorithm>

namespace vouch::http {

bool RateLimit::take(const std::string& key_id, TimeMs now_ms) {
  if (per_second_ == 0) return true;
  if (buckets_.size() >= kBucketsMax) forget_full(now_ms);
  auto [found, is_new] = buckets_.try_emplace(key_id, Bucket{full(), now_ms});
  Bucket& bucket = found->second;
  const TimeMs passed = std::max<TimeMs>(0, now_ms - bucket.filled_ms);
  bucket.filled_ms = now_ms;
  // Whoever was away for long is full; the product stays small.
  bucket.thousandths =
      passed >= 2'000 ? full() : std::min(full(), bucket.thousandths + passed * per_second_);
  if (bucket.thousandths < 1'000) return false;
  bucket.thousandths -= 1'000;
  return true;
}

void RateLimit::forget_full(TimeMs now_ms) {
  std::erase_if(buckets_,
                [&](const auto& entry) { return now_ms - entry.second.filled_ms >= 2'000; });
}

}  // namespace vouch::http
