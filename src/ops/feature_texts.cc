#include "ops/feature_texts.h"

#include "base/random.h"

namespace vouch::ops {

Result<FeatureText> FeatureTexts::read(std::string_view gherkin) {
  std::string hash = sha256_hex(gherkin);
  {
    const std::lock_guard lock(mutex_);
    if (auto known = by_hash_.find(hash); known != by_hash_.end()) {
      kept_.splice(kept_.begin(), kept_, known->second);
      return known->second->second;
    }
  }
  VOUCH_TRY(FeatureText text, read_feature_text(gherkin));
  const std::lock_guard lock(mutex_);
  if (!by_hash_.contains(hash)) {
    kept_.emplace_front(hash, text);
    by_hash_.emplace(std::move(hash), kept_.begin());
    sections_ += text.sections.size();
    while (kept_.size() > kKeptMax || (sections_ > kSectionsKeptMax && kept_.size() > 1)) {
      forget_oldest();
    }
  }
  return text;
}

void FeatureTexts::forget_oldest() {
  sections_ -= kept_.back().second.sections.size();
  by_hash_.erase(kept_.back().first);
  kept_.pop_back();
}

}  // namespace vouch::ops
