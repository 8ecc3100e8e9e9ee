#include "features/generate/healing.h"

#include <algorithm>

#include "features/write/typescript.h"

namespace vouch::features::generate {

namespace json = boost::json;

namespace {

std::string line_of(const ChainItem& item) {
  return item.action() != nullptr ? write::print(*item.action(), {})
                                  : write::print(*item.assertion(), {});
}

}  // namespace

json::array changes_of(const std::vector<write::SpecTest>& known,
                       const std::vector<write::SpecTest>& now) {
  json::array changes;
  for (std::size_t t = 0; t < std::min(known.size(), now.size()); ++t) {
    const auto &before = known[t].chain.steps, &after = now[t].chain.steps;
    for (std::size_t s = 0; s < std::min(before.size(), after.size()); ++s) {
      for (std::size_t i = 0; i < std::min(before[s].items.size(), after[s].items.size()); ++i) {
        const std::string was = line_of(before[s].items[i]), is = line_of(after[s].items[i]);
        if (was == is) continue;
        changes.push_back({{"scenario", now[t].title},
                           {"step", after[s].keyword + " " + after[s].text},
                           {"line", after[s].line},
                           {"before", was},
                           {"after", is}});
      }
    }
  }
  return changes;
}

}  // namespace vouch::features::generate
