#include "ops/feature_changes.h"

#include <utility>

namespace vouch::ops {
namespace {

Result<void> check_not_generating(const store::FeatureRow& feature, std::string_view what) {
  if (feature.status != store::FeatureStatus::kGenerating) return {};
  Error error{ErrorCode::kConflict, "This feature is generating, so it cannot be " +
                                        std::string(what) +
                                        ". Wait for the generation to end, or cancel it."};
  if (feature.job_id) error.details["requestId"] = *feature.job_id;
  return std::unexpected(std::move(error));
}

}  // namespace

Result<store::FeatureRow> insert_feature(store::Tx& tx, const NewFeature& wish) {
  if (tx.count_features(wish.project_id) >= kFeaturesMax) {
    return fail(ErrorCode::kConflict, "This project has " + std::to_string(kFeaturesMax) +
                                          " features, which is the limit. Delete some first.");
  }
  store::FeatureRow row;
  row.project_id = wish.project_id;
  row.name = wish.name;
  row.gherkin = wish.gherkin;
  row.created_ms = row.updated_ms = wish.now_ms;
  return tx.insert_feature(std::move(row));
}

Result<void> change_feature(store::Tx& tx, store::FeatureRow row, const FeatureChange& change) {
  VOUCH_TRY_VOID(check_not_generating(row, "changed"));
  if (change.gherkin) row.gherkin = *change.gherkin;
  if (change.name) row.name = *change.name;
  row.updated_ms = change.now_ms;
  VOUCH_TRY_VOID(tx.update_feature(std::move(row)));
  return {};
}

Result<void> remove_feature(store::Tx& tx, const store::FeatureRow& row) {
  VOUCH_TRY_VOID(check_not_generating(row, "deleted"));
  return tx.delete_feature(row.id);
}

}  // namespace vouch::ops
