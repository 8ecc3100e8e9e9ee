#include "features/ground/unlabelled.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "features/ground/candidate.h"
#include "features/ground/groups.h"
#include "features/ground/labelled.h"
#include "features/ground/similarity.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {

using browser::Assertion;
using browser::Element;
using Matcher = Assertion::Matcher;

namespace {

// Whether a name that follows these words is whole: "your" order number, and not the "last" one.
bool is_whole_name(std::string_view before) {
  constexpr std::array<std::string_view, 8> kBefore = {"the", "your", "our", "my",
                                                       "its", "a",    "an",  "this"};
  if (normalize_space(before).empty() || before.back() != ' ') return before.empty();
  const std::vector<std::string> said = words(before);
  const char last = before[before.size() - 2];
  return last == '.' || last == '!' || last == ',' || last == ':' ||
         (!said.empty() && std::ranges::find(kBefore, said.back()) != kBefore.end());
}

}  // namespace

bool agrees(const std::string& shown, const Observation& seen) {
  const std::string wanted = normalize_space(seen.expected);
  switch (seen.match) {
    case Match::kEquals:
      // "the counter is 3" of "3 items": its one number.
      return shown == wanted || (!has_letter(wanted) && only_number_of(shown) == wanted);
    case Match::kContains:
      return contains_folded(shown, wanted);
    case Match::kStartsWith:
      return shown.starts_with(wanted);
    case Match::kEndsWith:
      return shown.ends_with(wanted);
    case Match::kPattern:
      return true;  // the browser says
  }
  return false;
}

std::vector<ObserveCandidate> said_in_place(const Page& page, const Observation& seen) {
  constexpr std::array<std::string_view, 9> kSaid = {
      "answer", "reply", "response", "message", "text", "result", "output", "question", "comment"};
  const bool is_said = std::ranges::find(kSaid, fold(seen.target.name)) != kSaid.end() ||
                       std::ranges::find(kSaid, fold(seen.target.noun)) != kSaid.end();
  if (!is_said || seen.negated || seen.target.scopes.empty() || seen.match == Match::kPattern ||
      !has_letter(seen.expected))
    return {};
  Observation text{.kind = ObserveKind::kText, .expected = seen.expected};
  text.target.scopes = seen.target.scopes;
  const Place place(page, seen.target.scopes);
  const auto is_last = [&](const ObserveCandidate& made) {
    const int said = made.parts.front().element;
    return said >= 0 && std::ranges::none_of(page.elements(), [&](const Element& e) {
             return e.id > said && e.visible && !e.own_text.empty() && !is_interactive(e) &&
                    !page.is_inside(e.id, said) && place.fit(e.id) > 0;
           });
  };
  std::vector<ObserveCandidate> found = text_present(page, text, {});
  std::erase_if(found, [&](const ObserveCandidate& made) { return !is_last(made); });
  for (ObserveCandidate& made : found) made.score *= 0.8;
  return found;
}

std::vector<ObserveCandidate> said_in_frame(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const std::string name = fold(seen.target.name.empty() ? seen.target.noun : seen.target.name);
  if (name.empty() || seen.negated || seen.match == Match::kPattern) return found;
  for (const Element& frame : page.elements()) {
    if (frame.tag != "iframe" || !frame.visible) continue;
    const std::vector<std::string> called = words(frame.name.empty() ? frame.title : frame.name);
    if (std::ranges::find(called, name) == called.end()) continue;
    for (int id : smallest_with_text(page, seen.expected)) {
      if (id == frame.id || !page.is_inside(id, frame.id)) continue;
      found.push_back(on_element(0.75, with_text(Matcher::kToContainText, false, seen.expected),
                                 page, id, {{}, {seen.expected}}));
      found.push_back(on_element(0.7, make(Matcher::kToBeVisible, false), page, id, {}));
    }
  }
  return found;
}

std::vector<ObserveCandidate> said_in_words(const Page& page, const Observation& seen,
                                            const Place& place) {
  std::vector<ObserveCandidate> found;
  const std::string name = seen.target.name.empty() ? seen.target.noun : seen.target.name;
  if (name.empty() || seen.expected.empty() || seen.negated || seen.match == Match::kPattern)
    return found;
  for (const std::string_view between : {" is ", ": ", " is: ", " = "}) {
    const std::string words = normalize_space(name) + std::string(between) + seen.expected;
    for (const int id : smallest_with_text(page, words)) {
      const std::string text = normalize_space(page.at(id).text);
      const std::size_t at = lower(text).find(lower(words));
      if (at == std::string::npos || place.fit(id) == 0) continue;
      const auto is_letter = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0;
      };
      const std::size_t end = at + words.size();
      const bool is_part = !is_whole_name(text.substr(0, at)) || is_letter(end) ||
                           (end + 1 < text.size() && !is_letter(end) && text[end] != ' ' &&
                            is_letter(end + 1));  // "1" of "1.5"
      if (is_part) continue;
      browser::Pattern said = contains_pattern(text.substr(at, words.size()));
      if (is_letter(end - 1)) said.source += "\\b";
      found.push_back(on_element(0.7, with_text(Matcher::kToHaveText, false, std::move(said)), page,
                                 id, {{}, {seen.expected}}));
      // Where nothing but its words names it: with the sign that ends them, which "10045" has not.
      const bool ends = end == text.size() || text[end] == '.' || text[end] == '!';
      if (!ends) continue;
      const std::string whole = text.substr(at, words.size() + (end == text.size() ? 0 : 1));
      found.push_back(on_element(0.68, make(Matcher::kToBeVisible, false), page, id, {{}, {}}));
      found.back().parts[0].locators = {{{by_text(whole)}}};
    }
  }
  return found;
}

std::vector<ObserveCandidate> rating(const Page& page, const Observation& seen) {
  const std::string name = fold(seen.target.name.empty() ? seen.target.noun : seen.target.name);
  const bool is_rating = name == "average" || name == "rating" || name == "average rating" ||
                         name == "overall rating" || name == "score";
  if (!is_rating || seen.negated || seen.expected.find(" out of ") == std::string::npos ||
      !seen.target.scopes.empty())
    return {};
  std::vector<ObserveCandidate> found;
  for (int id : smallest_with_text(page, seen.expected)) {
    if (page.ancestor_with_role(id, {"article", "listitem", "row"}) >= 0) continue;
    found.push_back(on_element(0.7, with_text(Matcher::kToContainText, false, seen.expected), page,
                               id, {{}, {seen.expected}}));
    found.push_back(on_element(0.65, make(Matcher::kToBeVisible, false), page, id, {}));
  }
  return found.size() == 2 ? found : std::vector<ObserveCandidate>{};  // one place says so
}

std::vector<ObserveCandidate> called_by_its_makers(const Page& page, const Observation& seen) {
  const std::string name = fold(seen.target.name.empty() ? seen.target.noun : seen.target.name);
  const bool whole = seen.match == Match::kContains || seen.match == Match::kEquals;
  if (seen.negated || !whole || seen.target.quoted || name.size() < 4 || seen.target.ordinal)
    return {};
  const std::vector<std::string> said = words(name);
  // "displayBalanceDue" ends in the name; one word alone may stand anywhere in it.
  const auto has_words = [&](const std::string& called) {
    const std::vector<std::string> all = words(called);
    if (said.size() == 1) return std::ranges::count(all, said.front()) > 0;
    return all.size() >= said.size() &&
           std::equal(said.begin(), said.end(), all.end() - std::ssize(said));
  };
  const auto is_called_so = [&](const Element& e) {
    return fold(e.html_id).ends_with(name) || e.role == name || has_words(e.html_id) ||
           std::ranges::any_of(classes_of(e), has_words);
  };
  const Place place(page, seen.target.scopes);
  std::vector<int> called;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.text.empty() || is_editable(e) || is_interactive(e)) continue;
    if (is_called_so(e) && place.fit(e.id) > 0) called.push_back(e.id);
  }
  // The innermost of them; of several, the name says not which.
  std::erase_if(called, [&](int outer) {
    return std::ranges::any_of(
        called, [&](int inner) { return inner != outer && page.is_inside(inner, outer); });
  });
  // "the rating" is the product's, and not one of those that the products beside it have.
  const std::vector<int> all = called;
  std::erase_if(called, [&](int id) { return is_of_one_of_many(page, id, all); });
  if (called.size() != 1) return {};
  const Element& e = page.at(called.front());
  if (!agrees(normalize_space(e.text), seen)) {
    // "★★★ 4.9 (89 reviews)": the one part of it that says anything, and not one of several values.
    std::vector<int> parts = page.subtree(e.id);
    std::erase_if(parts, [&](int id) {
      return std::ranges::none_of(page.at(id).own_text,
                                  [](unsigned char c) { return std::isalnum(c) != 0; });
    });
    const bool says_just_that =
        parts.size() == 1 && parts[0] != e.id &&
        normalize_space(page.at(parts[0]).own_text) == normalize_space(seen.expected);
    if (!says_just_that) return {};
    const LocateHints hints{{}, {seen.expected}};
    return {on_element(0.6, with_text(Matcher::kToHaveText, false, seen.expected), page, parts[0],
                       hints),
            on_element(0.58, with_text(Matcher::kToContainText, false, seen.expected), page, e.id,
                       hints)};
  }
  const Matcher matcher =
      seen.match == Match::kContains ? Matcher::kToContainText : Matcher::kToHaveText;
  return {on_element(0.65, with_text(matcher, false, seen.expected), page, e.id,
                     {{}, {seen.expected}})};
}

std::vector<ObserveCandidate> said_by_itself(const Page& page, const Observation& seen) {
  using enum ElementKind;
  const ElementKind kind = seen.target.kind;
  const bool speaks = kind == kButton || kind == kLink || kind == kTab || kind == kHeading;
  std::vector<ObserveCandidate> found;
  if (!speaks || seen.negated || seen.target.name.empty()) return found;
  for (const Ranked& ranked : rank(page, seen.target, Purpose::kObserve)) {
    const Element& e = page.at(ranked.id);
    const std::string text = normalize_space(e.text);
    const bool whole = seen.match == Match::kContains || seen.match == Match::kEquals;
    if (!whole || ranked.score < kNamedMin || kind_score(e, kind) < 1 || !agrees(text, seen))
      continue;
    found.push_back(on_element(
        0.9 * ranked.score,
        with_text(seen.match == Match::kContains ? Matcher::kToContainText : Matcher::kToHaveText,
                  false, seen.expected),
        page, e.id, {ranked.anchors, {seen.expected}}));
  }
  return found;
}

}  // namespace vouch::features::ground
