// What was read of features' texts lately, so that a dispatch, which is planned while others wait
// for the store's writer, parses none. Any thread.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "ops/feature_text.h"

namespace vouch::ops {

class FeatureTexts {
 public:
  // As read_feature_text. What is not Gherkin is not remembered.
  Result<FeatureText> read(std::string_view gherkin);

 private:
  static constexpr std::size_t kKeptMax = 1000;
  static constexpr std::size_t kSectionsKeptMax = 100'000;  // of all together

  void forget_oldest();  // under the lock

  std::mutex mutex_;
  // By the text's SHA-256, latest first.
  using Kept = std::list<std::pair<std::string, FeatureText>>;
  Kept kept_;
  std::map<std::string, Kept::iterator, std::less<>> by_hash_;
  std::size_t sections_ = 0;
};

}  // namespace vouch::ops
