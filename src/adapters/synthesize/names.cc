#include "adapters/synthesize/names.h"

#include <boost/algorithm/string/case_conv.hpp>
#include <unordered_map>

#include "adapters/functions.h"
#include "base/words.h"

namespace vouch::embedded {
std::string_view adapter_synonyms_txt();
}

namespace vouch::adapters {

namespace {

std::string low(std::string_view text) {
  return boost::algorithm::to_lower_copy(std::string(text));
}

using Groups = std::unordered_map<std::string, std::uint64_t>;

const Groups& groups() {
  static const Groups kGroups = [] {
    Groups made;
    std::string_view text = embedded::adapter_synonyms_txt();
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (line.starts_with('#')) continue;
      const std::vector<std::string_view> words = words_of(line);
      for (const std::string_view word : words)
        made.emplace(singular(word), hash_of(words.front()));
    }
    return made;
  }();
  return kGroups;
}

bool says_nothing(std::string_view word) {
  return word == "is" || word == "has" || word == "the" || word == "of" || word == "a" ||
         word == "to" || word == "by" || word == "in";
}

double share_in(const Words& words, const Words& near, const Words& far, double far_weight) {
  if (words.empty()) return 0;
  double sum = 0;
  for (const std::uint64_t word : words)
    if (std::ranges::count(near, word) > 0)
      sum += 1;
    else if (std::ranges::count(far, word) > 0)
      sum += far_weight;
  return sum / static_cast<double>(words.size());
}

std::uint64_t spelling(std::string_view name) {
  std::string letters;
  for (const std::string_view word : words_of(name)) letters += low(word);
  return letters.empty() ? 0 : hash_of(std::string_view(letters));
}

}  // namespace

Words words_of_name(std::string_view name) {
  Words kept;
  Words all;
  for (const std::string_view part : words_of(name)) {
    const std::string word = singular(low(part));
    const auto group = groups().find(word);
    const std::uint64_t meaning =
        group == groups().end() ? hash_of(std::string_view(word)) : group->second;
    all.push_back(meaning);
    if (!says_nothing(word)) kept.push_back(meaning);
  }
  return kept.empty() ? all : kept;
}

Place place_of(const std::vector<std::string>& names) {
  Place place;
  if (names.empty()) return place;
  for (std::size_t i = 0; i + 1 < names.size(); ++i)
    for (const std::uint64_t word : words_of_name(names[i])) place.around.push_back(word);
  place.own = words_of_name(names.back());
  place.spelled = spelling(names.back());
  return place;
}

Place place_of(const Path& path) {
  std::vector<std::string> names;
  for (const Step& step : path.steps) {
    if (step.kind == Step::Kind::kMember) names.push_back(step.name);
    if (step.kind == Step::Kind::kFind && step.equals.is_string())
      names.emplace_back(step.equals.get_string());
  }
  return place_of(names);
}

double similarity(const Place& target, const Place& source) {
  if (target.own.empty() || source.own.empty()) return 0;
  const double of_target = share_in(target.own, source.own, source.around, 0.9);
  const double of_source = share_in(source.own, target.own, target.around, 0.8);
  double score = target.spelled == source.spelled ? 1 : 0.95 * (0.6 * of_target + 0.4 * of_source);
  // Surroundings that the other side does not know make it a little less likely.
  const double known = share_in(source.around, target.own, target.around, 1);
  if (!source.around.empty()) score -= 0.12 * (1 - known);
  if (!target.around.empty())
    score -= 0.08 * (1 - share_in(target.around, source.around, source.own, 1));
  return std::max(score, 0.0);
}

}  // namespace vouch::adapters
