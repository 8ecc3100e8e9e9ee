#include "features/read/phrases.h"

#include <vector>

#include "features/read/phrase_lines.h"

namespace vouch::features {

std::span<const Phrase> phrases() {
  static const std::vector<Phrase> kPhrases = [] {
    std::vector<Phrase> out;
    for (const Line& line : act_lines())
      out.push_back({Pattern(line.pattern), line.build, Phrase::Role::kAct, line.example});
    for (const auto lines : {observation_lines(), browser_lines()})
      for (const Line& line : lines)
        out.push_back(
            {Pattern(line.pattern), line.build, Phrase::Role::kObservation, line.example});
    return out;
  }();
  return kPhrases;
}

}  // namespace vouch::features
