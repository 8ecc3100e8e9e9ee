// What the operations need to know of a feature's Gherkin: that it is Gherkin, its name, and the
// sections that its generation will show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/core.h"

namespace vouch::ops {

struct FeatureText {
  std::string name;  // of the `Feature:` line; may be empty
  int scenarios = 0;
  // The feature itself, then each scenario and outline in file order: "login-functionality",
  // "login-functionality/valid-user-signs-in". Only the first where there is no scenario.
  std::vector<engine::NewJob::Section> sections;
};

// kInvalidRequest when it is not Gherkin, with details.errors: [{line, column, message}].
Result<FeatureText> read_feature_text(std::string_view gherkin);

// "Valid user signs in" → "valid-user-signs-in"; letters with marks lose them. A title without a
// Latin letter has its line instead: "line-12".
std::string slug(std::string_view title, int line);

}  // namespace vouch::ops
