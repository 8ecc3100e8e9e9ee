#include "features/read/ellipsis.h"

#include <array>
#include <optional>
#include <utility>

#include "features/read/tokens.h"

namespace vouch::features {
namespace {

using namespace std::string_view_literals;

struct Ending {
  std::string_view words;
  std::string_view meant;  // before what is left out
};

// Longest first: "is not" ends in "not", and not in "is".
constexpr auto kEndings = std::to_array<Ending>({{" is still not", "is still not"},
                                                 {" still is not", "is still not"},
                                                 {" still isn't", "is still not"},
                                                 {" are still not", "are still not"},
                                                 {" still aren't", "are still not"},
                                                 {" still is", "is still"},
                                                 {" still are", "are still"},
                                                 {" is not", "is not"},
                                                 {" isn't", "is not"},
                                                 {" are not", "are not"},
                                                 {" aren't", "are not"},
                                                 {" is", "is"},
                                                 {" are", "are"}});

constexpr auto kOpenings = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"so is ", "is"}, {"so are ", "are"}, {"neither is ", "is not"}, {"neither are ", "are not"}});

constexpr auto kAgain = std::to_array<std::string_view>(
    {"this is still the case ", "that is still the case ", "it is still so ", "this is still so ",
     "this is still true ", "the same is true ", "the same holds ", "this remains so ",
     "this still holds ", "it stays so ", "this stays so ", "it stays that way ",
     "this stays that way ", "it is still the case "});

constexpr auto kVerbs = std::to_array<std::string_view>(
    {" should not be ", " should be ", " shouldn't be ", " is ", " are ", " isn't ", " aren't "});
constexpr auto kBetween =
    std::to_array<std::string_view>({"no longer ", "not ", "still ", "now ", "also ", "already "});
constexpr auto kClosing = std::to_array<std::string_view>(
    {" any more", " anymore", " any longer", " either", " again", " too", " as well"});

std::string_view without_closing(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  for (std::string_view words : kClosing)
    if (lower(text).ends_with(words)) return text.substr(0, text.size() - words.size());
  return text;
}

// Where the words stand outside of quotes.
std::size_t find_outside_quotes(std::string_view text, std::string_view words) {
  const std::string low = lower(text);
  bool quoted = false;
  for (std::size_t at = 0; at < low.size(); ++at) {
    if (low[at] == '"') quoted = !quoted;
    if (!quoted && low.compare(at, words.size(), words) == 0) return at;
  }
  return std::string_view::npos;
}

// What is said of the subject, in the affirmative.
std::optional<std::string_view> predicate_of(std::string_view text) {
  std::size_t begin = text.npos, end = 0;
  for (std::string_view verb : kVerbs) {
    const std::size_t at = find_outside_quotes(text, verb);
    if (at < begin) begin = at, end = at + verb.size();
  }
  if (begin == text.npos) return std::nullopt;
  std::string_view predicate = without_closing(text.substr(end));
  for (bool more = true; more;) {
    more = false;
    for (std::string_view word : kBetween) {
      if (!lower(predicate).starts_with(word)) continue;
      predicate.remove_prefix(word.size());
      more = true;
    }
  }
  if (predicate.empty()) return std::nullopt;
  return predicate;
}

}  // namespace

std::vector<std::string> said_again(std::string_view text, const std::vector<std::string>& before) {
  const std::string_view said = without_closing(text);
  const std::string low = lower(said);
  for (const std::string_view opening : kAgain) {
    if (!low.starts_with(opening) || before.empty()) continue;
    const std::string_view when = said.substr(opening.size());
    if (!lower(when).starts_with("after ") && !lower(when).starts_with("even after ")) continue;
    std::vector<std::string> all = before;
    all.front() = std::string(without_closing(all.front())) + " " + std::string(when);
    return all;
  }
  return {};
}

std::string completed(std::string_view text, std::string_view before) {
  const std::string_view said = without_closing(text);
  const std::string low = lower(said);
  // "and so is 'B'", "neither is 'B'": what was said of A.
  for (const auto& [opening, meant] : kOpenings) {
    if (!low.starts_with(opening)) continue;
    const auto predicate = predicate_of(before);
    if (!predicate) break;
    return std::string(said.substr(opening.size())) + " " + std::string(meant) + " " +
           std::string(*predicate);
  }
  for (const Ending& ending : kEndings) {
    if (!low.ends_with(ending.words) || low.size() == ending.words.size()) continue;
    const auto predicate = predicate_of(before);
    if (!predicate) break;
    return std::string(said.substr(0, said.size() - ending.words.size())) + " " +
           std::string(ending.meant) + " " + std::string(*predicate);
  }
  return std::string(text);
}

}  // namespace vouch::features
