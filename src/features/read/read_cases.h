// The table of steps that read_test.cc checks; the lines are in read_cases_test.cc.
#pragma once

#include <span>
#include <string_view>

namespace vouch::features {

struct StepCase {
  enum class Keyword { kGiven, kWhen, kThen } keyword;
  std::string_view text;
  std::string_view beside;
  std::string_view described;
};

std::span<const StepCase> step_cases();
std::span<const StepCase> frequent_step_cases();
std::span<const StepCase> refused_step_cases();

}  // namespace vouch::features
