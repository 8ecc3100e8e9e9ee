#include "features/ground/stepper.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "features/ground/region.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {

using browser::Element;

namespace {

constexpr int kLevelsMax = 2;       // between the number and what holds its buttons
constexpr int kButtonsMax = 4;      // in a row of one thing
constexpr double kNamedMin = 0.45;  // "number of bags" of "Bags in a box"

constexpr auto kMore = std::to_array<std::string_view>(
    {"+", "＋", "▲", "plus", "more", "increase", "increment", "add one", "one more", "up"});
constexpr auto kLess = std::to_array<std::string_view>(
    {"-", "−", "–", "▼", "minus", "less", "decrease", "decrement", "one less", "fewer", "down"});

template <std::size_t N>
bool is_one(const Element& e, const std::array<std::string_view, N>& words) {
  const std::string said = normalize_space(e.name.empty() ? e.text : e.name);
  const std::string name = has_letter(said) ? fold(said) : said;
  return std::ranges::any_of(words, [&](std::string_view word) {
    return name == word || (word.size() > 3 && name.starts_with(std::string(word) + " "));
  });
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Stepper> stepper_at(const Page& page, const Element& e) {
  const bool shows = is_editable(e) ? e.readonly || e.disabled : !is_interactive(e);
  const auto value = whole_number(normalize_space(is_editable(e) ? e.value : e.own_text));
  if (!e.visible || !shows || !value) return std::nullopt;
  for (int up = e.parent, steps = 0; up >= 0 && steps < kLevelsMax;
       up = page.at(up).parent, ++steps) {
    Stepper made{.number = e.id, .value = *value};
    int buttons = 0;
    for (const int id : page.subtree(up)) {
      const Element& button = page.at(id);
      if (!button.visible || button.role != "button") continue;
      ++buttons;
      if (is_one(button, kMore)) made.more = id;
      if (is_one(button, kLess)) made.less = id;
    }
    const bool both = made.more >= 0 && made.less >= 0;
    // Beside further buttons, as one that removes the thing: only between the two.
    const bool between =
        both && std::min(made.less, made.more) < e.id && e.id < std::max(made.less, made.more);
    if (both && (buttons == 2 || between)) return made;
    if (buttons > kButtonsMax) break;
  }
  return std::nullopt;
}

// Whether something beside the number, or the number itself, is called so.
bool is_named(const Page& page, const Stepper& stepper, const Target& target) {
  std::vector<std::string_view> names = {target.name, target.noun};
  names.insert(names.end(), target.alternatives.begin(), target.alternatives.end());
  const int holder = page.at(page.common_ancestor(stepper.less, stepper.more)).id;
  std::vector<int> beside = page.subtree(holder);
  for (const int id : page.children(page.at(holder).parent)) beside.push_back(id);
  return std::ranges::any_of(beside, [&](int id) {
    const Element& e = page.at(id);
    if (id == stepper.less || id == stepper.more) return false;
    return std::ranges::any_of(names, [&](std::string_view name) {
      return !name.empty() && (similarity(name, e.own_text) >= kNamedMin ||
                               (id == stepper.number && name_score(e, name) >= kNamedMin));
    });
  });
}

}  // namespace

std::optional<Stepper> find_stepper(const Page& page, const Target& target) {
  const Place place(page, target.scopes);
  std::vector<Stepper> found;
  for (const Element& e : page.elements()) {
    auto stepper = stepper_at(page, e);
    if (!stepper || place.fit(e.id) == 0) continue;
    stepper->named = is_named(page, *stepper, target);
    found.push_back(*stepper);
  }
  if (std::ranges::any_of(found, &Stepper::named))
    std::erase_if(found, [](const Stepper& stepper) { return !stepper.named; });
  if (found.size() != 1) return std::nullopt;
  return found.front();
}

}  // namespace vouch::features::ground
