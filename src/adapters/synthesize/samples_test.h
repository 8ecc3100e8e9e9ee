// Samples, and what a mapping that was found of them gives.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "adapters/evaluate.h"
#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

inline json::value parsed(std::string_view text) { return json::parse(text); }

inline Sample sample(std::string_view input, std::string_view output = "") {
  return {parsed(input), output.empty() ? std::nullopt : Maybe(parsed(output))};
}

inline std::string given(const Synthesis& synthesis, std::string_view input) {
  if (!synthesis.mapping) return "no mapping";
  const Maybe value = evaluate(*synthesis.mapping, parsed(input));
  return value ? json::serialize(*value) : "nothing";
}

// What is assumed of a path; "" where nothing is.
inline std::string assumed(const Synthesis& synthesis, std::string_view path) {
  for (const Assumption& one : synthesis.assumptions)
    if (one.path == path) return one.reason;
  return "";
}

}  // namespace vouch::adapters
