// What tests of observations have in common.
#pragma once

#include <string>
#include <utility>

#include "features/ground/observe.h"
#include "features/ground/page_builder.h"

namespace vouch::features::ground {

inline Observation content(Target target, std::string expected, Match match = Match::kEquals) {
  return {.kind = ObserveKind::kContent,
          .target = std::move(target),
          .expected = std::move(expected),
          .match = match};
}

inline Target named(std::string name) { return {.noun = name, .name = name}; }

inline bool is_found(const Page& page, const Observation& seen) {
  return !observe_candidates(page, seen, {}).empty();
}

}  // namespace vouch::features::ground
