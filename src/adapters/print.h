// A mapping as JavaScript that a person reviews: plain ES5.1 without a dependency, one line a
// field, with where it comes from and on how many samples that holds; assumptions on top. The
// script never throws for what is missing or null in its input. It gives what evaluate() gives, on
// every input whose integers JavaScript can hold (below 2^53).
#pragma once

#include <string>

#include "adapters/synthesize/synthesize.h"

namespace vouch::adapters {

struct PrintOptions {
  std::string provider;
  std::string topic;
  int version = 1;
  // What the mapping's input is in `transform(input, context)`.
  std::string payload = "input.payload";
  std::vector<std::string> notes;  // what people asked for; quoted in the header
};

std::string print(const Synthesis& synthesis, const PrintOptions& options);

}  // namespace vouch::adapters
