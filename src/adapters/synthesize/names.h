// How much two names of fields mean the same: their words, synonyms, and the names around them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/mapping.h"

namespace vouch::adapters {

// The words of one name, each reduced to what stands for its group of synonyms. Words that say
// nothing alone ("is", "the", "of") are left out unless the name has no others.
using Words = std::vector<std::uint64_t>;
Words words_of_name(std::string_view name);

// A place in an output or input: its own name, and those of what it stands in, nearest last.
struct Place {
  Words own;
  Words around;
  std::uint64_t spelled = 0;  // of the name's letters and digits alone, in lower case
};
Place place_of(const std::vector<std::string>& names);
Place place_of(const Path& path);

// 0 … 1; 1 is the same name in the same surroundings.
double similarity(const Place& target, const Place& source);

}  // namespace vouch::adapters
