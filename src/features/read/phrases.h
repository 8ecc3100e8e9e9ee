// Every way to say something that the reader knows. To teach it a phrase, add a line in
// act_phrases.cc or observation_phrases.cc.
#pragma once

#include <span>
#include <string_view>

#include "features/read/build.h"
#include "features/read/pattern.h"

namespace vouch::features {

struct Phrase {
  enum class Role { kAct, kObservation };
  Pattern pattern;
  Builder build;
  Role role;
  std::string_view example;  // read by the tests, and offered where a step is not understood
};

// Compiled once, at the first call.
std::span<const Phrase> phrases();

}  // namespace vouch::features
