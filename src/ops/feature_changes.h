// What is done to features by more than one operation: each is also the file
// Features/<Name>.feature. To be called in a transaction; the locks are looked at here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr int kFeaturesMax = 10'000;  // in a project

struct NewFeature {
  std::string project_id;
  std::string name;     // checked by check_name
  std::string gherkin;  // checked by read_feature_text
  TimeMs now_ms = 0;
};

// kConflict: the name is taken, or there are too many.
Result<store::FeatureRow> insert_feature(store::Tx& tx, const NewFeature& wish);

struct FeatureChange {
  std::optional<std::string> gherkin, name;  // checked as above; empty: as it is
  TimeMs now_ms = 0;
};

// kConflict: it is generating, or the name is taken.
Result<void> change_feature(store::Tx& tx, store::FeatureRow row, const FeatureChange& change);

// kConflict: it is generating, or one of its runs has not ended.
Result<void> remove_feature(store::Tx& tx, const store::FeatureRow& row);

}  // namespace vouch::ops
