// Observations of the page as a whole: its address, its title, which one it is.
#include <algorithm>
#include <sstream>

#include "features/ground/act.h"
#include "features/ground/candidate.h"
#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using browser::Element;
using Matcher = Assertion::Matcher;

constexpr double kVeryName = 0.95;

// Its words that have letters.
std::string without_signs(const std::string& name) {
  std::string kept;
  std::istringstream said(name);
  for (std::string word; said >> word;)
    if (has_letter(word)) kept += (kept.empty() ? "" : " ") + word;
  return kept;
}

}  // namespace

std::vector<ObserveCandidate> address_candidates(const Observation& seen) {
  Assertion made = make(Matcher::kToHaveURL, seen.negated);
  std::string source = contains_pattern(seen.expected).source;
  switch (seen.match) {
    case Match::kEquals:
      made.expected.push_back(seen.expected);
      break;
    case Match::kContains:
      made.expected.push_back(browser::Pattern{source, ""});
      break;
    case Match::kStartsWith:
      made.expected.push_back(browser::Pattern{"^" + source, ""});
      break;
    case Match::kEndsWith:
      made.expected.push_back(browser::Pattern{source + "$", ""});
      break;
    case Match::kPattern:
      made.expected.push_back(browser::Pattern{seen.expected, ""});
      break;
  }
  return {direct(1, std::move(made), {}, "the URL")};
}

std::vector<ObserveCandidate> title_candidates(const Page& page, const Observation& seen) {
  bool whole = seen.match == Match::kEquals ||
               normalize_space(page.snapshot().title) == normalize_space(seen.expected);
  browser::TextExpectation expected = seen.expected;
  if (seen.match == Match::kPattern)
    expected = browser::Pattern{seen.expected, ""};
  else if (!whole)
    expected = contains_pattern(seen.expected);
  return {direct(1, with_text(Matcher::kToHaveTitle, seen.negated, std::move(expected)), {},
                 "the title")};
}

std::vector<ObserveCandidate> page_candidates(const Page& page, const Observation& said) {
  std::vector<ObserveCandidate> found;
  Observation seen = said;
  if (auto own = without_site_name(said.target.name, &page))
    seen.target.alternatives.push_back(std::move(*own));
  const std::string& name = seen.target.name;
  std::string path = page.path();
  std::string last = path.substr(path.rfind('/') + 1);
  if (name.empty()) {  // the start page
    bool index = last.empty() || last.starts_with("index.");
    if ((!index && !seen.negated) || path.find('/', 1) < path.size() - last.size()) return {};
    std::string source = "^https?:\\/\\/[^\\/]+\\/(index\\.\\w+)?([?#]|$)";
    return {direct(1, with_text(Matcher::kToHaveURL, seen.negated, browser::Pattern{source, ""}),
                   {}, "the start page's address")};
  }
  double by_path = 0;
  for (const std::string& other : seen.target.alternatives)
    by_path = std::max(by_path, 0.95 * similarity(other, last));
  by_path = std::max(by_path, similarity(name, last));
  if (name.starts_with("/") && path == name) by_path = 1;
  if (by_path >= 0.85 || seen.negated) {
    std::string source =
        seen.negated ? contains_pattern(name).source : contains_pattern(path).source + "(\\?|#|$)";
    Assertion made = with_text(Matcher::kToHaveURL, seen.negated,
                               browser::Pattern{source, seen.negated ? "i" : ""});
    found.push_back(direct(by_path, std::move(made), {}, "the page's address"));
  }
  if (seen.negated) return found;
  const bool has_title = std::ranges::any_of(page.elements(), [](const Element& e) {
    return e.visible && e.role == "heading" && e.level == 1;
  });
  for (const Element& e : page.elements()) {
    if (e.role != "heading" || e.level > 2) continue;
    double fit = similarity(name, e.name);
    for (const std::string& other : seen.target.alternatives)
      fit = std::max(fit, 0.95 * similarity(other, e.name));
    // Below a title, a heading is that of a part, unless it is the very name.
    if (fit < (has_title && e.level > 1 ? kVeryName : kNamedMin)) continue;
    found.push_back(on_element(fit * (e.level == 1 ? 0.97 : 0.8),
                               make(Matcher::kToBeVisible, false), page, e.id, {}));
  }
  if (const int heading = page.styled_heading(); heading >= 0) {
    const double fit = similarity(name, page.at(heading).text);
    if (fit >= 0.6)
      found.push_back(on_element(0.9 * fit, make(Matcher::kToBeVisible, false), page, heading, {}));
  }
  if (names_sign_in_page(seen.target) && is_sign_in_page(page)) {
    found.push_back(on_element(0.9, make(Matcher::kToBeVisible, false), page,
                               find_sign_in_form(page)->password, {}));
  }
  // One page for all, of which the menu says which part is shown.
  if (const int link = current_link(page); link >= 0 && found.empty()) {
    const Element& e = page.at(link);
    const double fit = similarity(name, without_signs(e.name));  // "Orders →"
    if (fit >= kVeryName) {
      const std::vector<std::string> classes = classes_of(e);
      const std::string mark = *std::ranges::find_if(classes, is_class_of_current);
      Assertion made = with_text(Matcher::kToHaveAttribute, false,
                                 browser::Pattern{"(^|\\s)" + mark + "(\\s|$)", ""});
      made.attribute = "class";
      found.push_back(on_element(0.85 * fit, std::move(made), page, link, {}));
    }
  }
  // Of the title alone: an assertion about something else would say nothing of the step.
  double title = title_score(page, name);
  if (title >= 0.7) {
    Assertion made = with_text(Matcher::kToHaveTitle, false, page.snapshot().title);
    found.push_back(direct(0.75 * title, std::move(made), {}, "the page's title"));
  }
  if (seen.target.quoted) {
    Observation text = seen;
    text.expected = name;
    for (ObserveCandidate& made : text_present(page, text, {})) found.push_back(std::move(made));
  }
  return found;
}

}  // namespace vouch::features::ground
