#include "features/ground/observe.h"

#include <algorithm>
#include <cctype>

#include "base/words.h"
#include "features/ground/act.h"
#include "features/ground/candidate.h"
#include "features/ground/dates.h"
#include "features/ground/elsewhere.h"
#include "features/ground/groups.h"
#include "features/ground/region.h"
#include "features/ground/same.h"
#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"
#include "features/ground/stepper.h"
#include "features/read/lexicon.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using browser::Element;
using browser::Locator;
using browser::LocatorStep;
using Matcher = Assertion::Matcher;

}  // namespace

std::string_view role_of(ElementKind kind) {
  switch (kind) {
    case ElementKind::kButton:
      return "button";
    case ElementKind::kLink:
      return "link";
    case ElementKind::kHeading:
      return "heading";
    case ElementKind::kCheckbox:
      return "checkbox";
    case ElementKind::kRadio:
      return "radio";
    case ElementKind::kField:
      return "textbox";
    case ElementKind::kDropdown:
      return "combobox";
    case ElementKind::kImage:
      return "img";
    case ElementKind::kTable:
      return "table";
    case ElementKind::kDialog:
      return "dialog";
    case ElementKind::kTab:
      return "tab";
    case ElementKind::kRow:
      return "row";
    case ElementKind::kOption:
      return "option";
    case ElementKind::kList:
      return "list";
    case ElementKind::kItem:
      return "listitem";
    case ElementKind::kCell:
      return "cell";
    default:
      return "";
  }
}

namespace {

// What is offered in a menu that is closed: a snapshot does not tell of it, but it is there.
std::vector<ObserveCandidate> in_closed_menu(const Observation& seen) {
  std::vector<ObserveCandidate> found;
  const auto add = [&](const std::string& name) {
    Assertion made = make(Matcher::kToHaveCount, false);
    LocatorStep text{.by = LocatorStep::By::kText, .value = name, .exact = true};
    made.locator = browser::Locator{{std::move(text)}};
    made.count = 1;
    found.push_back(direct(0.6 - 0.01 * static_cast<double>(found.size()), std::move(made), {},
                           "«" + name + "» in a closed menu"));
  };
  add(seen.target.name);
  for (const std::string& other : seen.target.alternatives) add(other);
  return found;
}

std::vector<ObserveCandidate> element_present(const Page& page, const Observation& seen,
                                              const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  for (const Ranked& ranked : rank(page, seen.target, Purpose::kObserve)) {
    const Element& e = page.at(ranked.id);
    if (kind_score(e, seen.target.kind) < 0.85) continue;
    if (seen.target.quoted && name_score(e, seen.target.name) < 0.9 &&
        !contains_folded(e.name, seen.target.name) && !contains_folded(e.text, seen.target.name)) {
      continue;
    }
    if (ranked.score < kNamedMin) continue;
    found.push_back(on_element(ranked.score, make(Matcher::kToBeVisible, false), page, e.id,
                               {ranked.anchors, {}}));
    if (!seen.expected.empty()) {
      found.back().parts.push_back({with_text(Matcher::kToContainText, false, seen.expected),
                                    e.id,
                                    locators_for(page, e.id, {ranked.anchors, {seen.expected}}),
                                    {}});
    }
  }
  // A dialog that no attribute names is called as its heading.
  if (seen.target.kind == ElementKind::kDialog && seen.target.quoted) {
    for (const Element& e : page.elements()) {
      if (!e.visible || kind_score(e, ElementKind::kDialog) < 0.85) continue;
      const bool says = std::ranges::any_of(page.subtree(e.id), [&](int id) {
        return page.at(id).visible && normalize_space(page.at(id).own_text) == seen.target.name;
      });
      if (!says) continue;
      found.push_back(on_element(0.85, make(Matcher::kToBeVisible, false), page, e.id, {}));
      found.back().parts[0].suffix = {by_text(seen.target.name, true)};
    }
  }
  if (seen.target.kind == ElementKind::kField && seen.target.quoted) {  // "a text box with 'X'"
    for (const Element& e : page.elements()) {
      if (!e.visible || !is_editable(e) || e.value != seen.target.name) continue;
      found.push_back(on_element(0.75, make(Matcher::kToBeVisible, false), page, e.id,
                                 {{}, {seen.target.name}}));
      found.back().parts.push_back({with_text(Matcher::kToHaveValue, false, e.value),
                                    e.id,
                                    found.back().parts[0].locators,
                                    {}});
    }
  }
  if (seen.target.kind == ElementKind::kAny && !seen.target.name.empty()) {
    Observation as_text = seen;
    as_text.expected = seen.target.name;
    for (ObserveCandidate& made : text_present(page, as_text, earlier))
      found.push_back(std::move(made));
  }
  // "the card 'Order tea' in the 'Doing' column", whatever cards are made of there.
  const bool is_placed = seen.target.quoted && !seen.target.scopes.empty();
  if (seen.target.kind == ElementKind::kItem && is_placed && found.empty()) {
    Observation as_text = seen;
    as_text.expected = seen.target.name;
    as_text.match = Match::kEquals;
    found = text_present(page, as_text, earlier);
  }
  if (seen.may_be_folded && found.empty()) found = in_closed_menu(seen);
  return found;
}

// "the menu shows 'Save as'", "the alert dialog says 'Sure?'", "the table says 'No entries'": any
// menu, dialog or table.
std::vector<ObserveCandidate> menu_content(const Page& page, const Observation& seen) {
  const ElementKind kind = seen.target.kind;
  const bool is_any = ((kind == ElementKind::kMenu || kind == ElementKind::kTable) &&
                       seen.target.noun.empty() && !seen.target.ordinal) ||
                      (kind == ElementKind::kDialog && seen.match == Match::kContains);
  if (!is_any || !seen.target.name.empty() || seen.negated) return {};
  Observation within = seen;
  within.kind = ObserveKind::kText;
  within.target = {.scopes = {{kind, "", false}}};
  return text_present(page, within, {});
}

// "the panel mentions 'X'": the one that a tab shows.
std::vector<ObserveCandidate> panel_content(const Page& page, const Observation& seen) {
  const bool is_panel = seen.target.kind == ElementKind::kSection && seen.target.name.empty() &&
                        seen.target.noun.ends_with("panel") && seen.target.scopes.empty();
  if (!is_panel || seen.negated || seen.match == Match::kPattern) return {};
  int panel = -1;
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "tabpanel") continue;
    if (panel >= 0) return {};
    panel = e.id;
  }
  if (panel < 0 || !contains_folded(page.at(panel).text, seen.expected)) return {};
  return {on_element(0.85, with_text(Matcher::kToContainText, false, seen.expected), page, panel,
                     {{}, {seen.expected}})};
}

// "the link is called 'X'", "the text of the link starts with 'X'": whichever of its kind says so.
std::vector<ObserveCandidate> of_kind_saying(const Page& page, const Observation& seen,
                                             const std::vector<Page>& earlier) {
  const Target& target = seen.target;
  using enum ElementKind;
  const bool has_words = target.kind == kLink || target.kind == kButton || target.kind == kTab ||
                         target.kind == kHeading;
  const bool unnamed = target.name.empty() && !target.ordinal && seen.expected.size() > 1;
  if (!has_words || !unnamed || seen.negated || seen.match == Match::kPattern) return {};
  if (seen.match == Match::kEquals) {
    Observation named{.kind = ObserveKind::kElement, .target = target};
    named.target.name = seen.expected;
    named.target.quoted = true;
    return element_present(page, named, earlier);
  }
  const std::string source = contains_pattern(seen.expected).source;
  const bool begins = seen.match == Match::kStartsWith, ends = seen.match == Match::kEndsWith;
  std::vector<ObserveCandidate> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || kind_score(e, target.kind) < 1) continue;
    const std::string text = normalize_space(e.text);
    const bool fits = begins ? text.starts_with(seen.expected)
                      : ends ? text.ends_with(seen.expected)
                             : contains_folded(text, seen.expected);
    if (!fits) continue;
    browser::TextExpectation expected = seen.expected;
    if (begins) expected = browser::Pattern{"^\\s*" + source, ""};
    if (ends) expected = browser::Pattern{source + "\\s*$", ""};
    const Matcher matcher = begins || ends ? Matcher::kToHaveText : Matcher::kToContainText;
    found.push_back(on_element(0.8, with_text(matcher, false, std::move(expected)), page, e.id,
                               {{}, {seen.expected, text}}));
  }
  return found;
}

// "the progress bar is at 25%".
std::vector<ObserveCandidate> progress_value(const Page& page, const Observation& seen) {
  const std::string& name = seen.target.name;
  if (!contains_folded(name, "progress") || seen.match == Match::kPattern) return {};
  std::string number = seen.expected;
  if (number.ends_with('%')) number.pop_back();
  if (number.empty() || number.find_first_not_of("0123456789.") != std::string::npos) return {};
  std::vector<ObserveCandidate> found;
  const Place place(page, seen.target.scopes);
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "progressbar" || place.fit(e.id) == 0) continue;
    Assertion made = with_text(Matcher::kToHaveAttribute, seen.negated, number);
    made.attribute = e.tag == "progress" ? "value" : "aria-valuenow";
    found.push_back(on_element(0.9, std::move(made), page, e.id, {}));
  }
  if (found.size() > 1) found.clear();  // of which?
  return found;
}

// "the quantity of 'X' is 2": the number between the buttons that make it less and more.
std::vector<ObserveCandidate> stepper_number(const Page& page, const Observation& seen) {
  const std::string name = fold(seen.target.name);
  const bool is_quantity =
      name == "quantity" || name == "amount" || name == "number" || name == "count";
  if (!is_quantity || seen.negated || seen.match != Match::kEquals) return {};
  const auto stepper = find_stepper(page, seen.target);
  if (!stepper || std::to_string(stepper->value) != seen.expected) return {};
  const Element& e = page.at(stepper->number);
  const Matcher matcher = is_editable(e) ? Matcher::kToHaveValue : Matcher::kToHaveText;
  LocateHints hints{{}, {seen.expected}};
  Place(page, seen.target.scopes).fit(e.id, &hints.anchors);
  // The number may stand beside its buttons in one element: "- 2 +".
  const std::string shown = is_editable(e) ? seen.expected : normalize_space(e.text);
  return {on_element(0.8, with_text(matcher, false, shown), page, e.id, hints)};
}

// Whether a field is called just so: what it holds is meant, and no other text about it.
bool names_field(const Page& page, const Target& target) {
  const Place place(page, target.scopes);
  return std::ranges::any_of(page.elements(), [&](const Element& e) {
    return e.visible && (is_editable(e) || is_select(e)) && is_called(e, target.name) &&
           place.fit(e.id) > 0;
  });
}

// ---- the page itself ----

// ---- what the browser tells ----

browser::TextExpectation expectation(const Observation& seen) {
  const std::string source = contains_pattern(seen.expected).source;
  switch (seen.match) {
    case Match::kEquals:
      return seen.expected;
    case Match::kContains:
      return browser::Pattern{seen.expected.empty() ? "." : source, ""};
    case Match::kStartsWith:
      return browser::Pattern{"^" + source, ""};
    case Match::kEndsWith:
      return browser::Pattern{source + "$", ""};
    case Match::kPattern:
      return browser::Pattern{seen.expected, ""};
  }
  return seen.expected;
}

Assertion told(Matcher matcher, const Observation& seen) {
  return with_text(matcher, seen.negated, expectation(seen));
}

// What the browser keeps, and what its console says.
ObserveCandidate kept(Matcher matcher, const Observation& seen) {
  Assertion assertion = make(matcher, seen.negated);
  assertion.attribute = seen.attribute;
  if (!seen.expected.empty()) assertion.expected.push_back(expectation(seen));
  return direct(1, std::move(assertion), {}, "what the browser keeps");
}

// An attribute, a class or a style that the step names; whether the element has it, the browser
// says.
std::vector<ObserveCandidate> named_property(const Page& page, const Observation& seen) {
  const Matcher matcher = seen.kind == ObserveKind::kClass   ? Matcher::kToContainClass
                          : seen.kind == ObserveKind::kStyle ? Matcher::kToHaveCSS
                                                             : Matcher::kToHaveAttribute;
  Assertion assertion = make(matcher, seen.negated);
  assertion.attribute = seen.attribute;
  assertion.expected.push_back(seen.kind == ObserveKind::kClass
                                   ? browser::TextExpectation(seen.expected)
                                   : expectation(seen));
  std::vector<ObserveCandidate> found;
  for (const Ranked& ranked : rank(page, seen.target, Purpose::kObserve)) {
    if (ranked.score < kNamedMin) continue;
    found.push_back(
        on_element(ranked.score, assertion, page, ranked.id, {ranked.anchors, {seen.expected}}));
    if (seen.negated) break;  // anything else does not have it either
  }
  return found;
}

}  // namespace

browser::Pattern contains_pattern(std::string_view text) {
  std::string source;
  for (char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}/").find(c) != std::string_view::npos) source += '\\';
    source += c;
  }
  return {source, ""};
}

std::vector<int> smallest_with_text(const Page& page, std::string_view text) {
  std::vector<int> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || is_editable(e) || is_select(e) || !contains_folded(e.text, text)) continue;
    bool deeper =
        std::any_of(page.children(e.id).begin(), page.children(e.id).end(), [&](int child) {
          return page.at(child).visible && contains_folded(page.at(child).text, text);
        });
    if (!deeper) found.push_back(e.id);
  }
  return found;
}

namespace {

// The numbers of "5 out of 5 stars", as they are written.
std::vector<std::string> numbers_of(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) continue;
    const std::size_t end = std::min(text.find_first_not_of("0123456789.,", i), text.size());
    found.push_back(text.substr(i, end - i));
    i = end;
  }
  return found;
}

// Whether the locator says the text, or at least its numbers: what they are of may be worded
// otherwise.
bool speaks_of(const Locator& locator, const std::string& text) {
  if (mentions(locator.steps, text)) return true;
  const std::vector<std::string> numbers = numbers_of(text);
  return !numbers.empty() && std::ranges::all_of(numbers, [&](const std::string& number) {
    return mentions(locator.steps, number);
  });
}

// What is only seen to be there must be what says the text, or what bears the name: of an element
// that is found by its place alone, the page might say anything.
void keep_to_the_words(const Page& page, const Observation& seen,
                       std::vector<ObserveCandidate>& found) {
  if (seen.negated || seen.match == Match::kPattern) return;
  const bool has_text = !seen.expected.empty();
  if (!has_text && (seen.target.name.empty() || seen.target.ordinal)) return;
  const auto is_silent = [&](const Locator& locator, int element) {
    if (has_text) return !speaks_of(locator, seen.expected);
    const bool by_place =
        !locator.steps.empty() && locator.steps.back().by == LocatorStep::By::kNth;
    if (!by_place || element < 0) return false;
    const Element& e = page.at(element);
    const std::string& name = e.name.empty() ? e.text : e.name;
    return name.empty() || !mentions(locator.steps, name);
  };
  const auto says_it = [&](AssertionPart& part) {
    const Assertion& made = part.assertion;
    if (made.matcher != Matcher::kToBeVisible || made.negated) return true;
    if (has_text && speaks_of({part.suffix}, seen.expected)) return true;
    if (part.element < 0) return !made.locator || !is_silent(*made.locator, -1);
    std::erase_if(part.locators, [&](const Locator& l) { return is_silent(l, part.element); });
    return !part.locators.empty();
  };
  std::erase_if(found, [&](ObserveCandidate& made) {
    return made.parts.size() == 1 && !says_it(made.parts.front());
  });
}

// "the date is '2030-05-17'": it may be a field's.
std::vector<ObserveCandidate> held_by_field(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  if (seen.negated || seen.match == Match::kPattern) return found;
  for (const Ranked& ranked : rank(page, seen.target, Purpose::kFill)) {
    const Element& e = page.at(ranked.id);
    const bool is_named = is_called(e, seen.target.name);
    if (seen.match != Match::kEquals && !is_named) continue;
    if (is_select(e) && e.selected_option == seen.expected && is_named) {
      found.push_back(on_element(0.8 * ranked.score,
                                 with_text(Matcher::kToHaveText, false, seen.expected), page, e.id,
                                 {ranked.anchors, {seen.expected}}));
      found.back().parts[0].suffix = {by_css("option:checked")};
    }
    if (!is_editable(e) || e.value != seen.expected) continue;
    found.push_back(on_element((is_named ? 1 : 0.8) * ranked.score,
                               with_text(Matcher::kToHaveValue, false, seen.expected), page, e.id,
                               {ranked.anchors, {}}));
  }
  return found;
}

// "the dashboard shows '3 Users'", where that is the page that is shown.
std::vector<ObserveCandidate> said_on_page(const Page& page, const Observation& seen,
                                           const std::vector<Page>& earlier) {
  constexpr double kIsThePage = 0.7;
  const Target& target = seen.target;
  const bool is_place = target.kind == ElementKind::kAny || target.kind == ElementKind::kSection;
  if (seen.negated || seen.match != Match::kContains || !is_place || target.quoted ||
      target.ordinal || !target.scopes.empty() || target.name.empty() ||
      !has_letter(seen.expected) || page_score(page, target.name) < kIsThePage)
    return {};
  return text_present(page, {.kind = ObserveKind::kText, .expected = seen.expected}, earlier);
}

// "the cart does not contain 'Tea'", "the cart is empty".
bool denies_content(const Observation& seen) {
  using enum ElementKind;
  const ElementKind kind = seen.target.kind;
  const bool is_place =
      kind == kSection || kind == kList || kind == kTable || (kind == kAny && !seen.target.quoted);
  const bool is_empty =
      seen.kind == ObserveKind::kState && seen.state == State::kEmpty && !seen.negated;
  return is_place && (is_empty || (seen.kind == ObserveKind::kContent && seen.negated));
}

// A link "Cart", its badge, and a product that can be added to the cart, are not the cart: what
// they do not say says nothing of that.
bool is_place_itself(const Page& page, int id, const Observation& seen) {
  const Target& target = seen.target;
  if (is_in_control(page, id)) return false;
  if (seen.kind == ObserveKind::kState) return true;
  // "the status is not 'Running'" is of a value that has a name, and not of what a place holds.
  if (target.kind == ElementKind::kAny && seen.match != Match::kContains) return true;
  const std::string& name = target.name.empty() ? target.noun : target.name;
  const Element& e = page.at(id);
  const bool holds_others = !page.children(id).empty() && e.role != "status" && e.role != "img";
  if (!holds_others || is_item_by_role(e)) return false;
  if (is_called_place(e, name)) return true;
  constexpr double kIsThePage = 0.9;
  if (page_score(page, name) >= kIsThePage && (e.role == "main" || e.tag == "body")) return true;
  const std::vector<Region> regions = regions_of(page, {target.kind, name, target.quoted});
  return std::ranges::any_of(regions, [&](const Region& region) {
    return region.container == id && region.anchor >= 0 &&
           is_called_place(page.at(region.anchor), name);
  });
}

// "the list says 'No tasks yet'": what stands there in place of a list, wherever that is drawn.
bool says_of_itself_empty(const Observation& seen) {
  using enum ElementKind;
  const ElementKind kind = seen.target.kind;
  if (seen.negated || seen.target.quoted || seen.target.ordinal ||
      (kind != kList && kind != kTable && kind != kSection))
    return false;
  const std::vector<std::string> said = words(seen.expected);
  return !said.empty() && (said.front() == "no" || said.front() == "nothing") && said.size() > 1;
}

bool is_of_several(const Target& target) {
  const std::string noun = lower(target.noun.empty() ? target.name : target.noun);
  return !target.quoted && !target.ordinal && is_plural(noun.substr(noun.rfind(' ') + 1));
}

}  // namespace

std::vector<ObserveCandidate> observe_candidates(const Page& page, const Observation& seen,
                                                 const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  switch (seen.kind) {
    case ObserveKind::kText:
      found = seen.negated ? text_absent(page, seen, earlier) : text_present(page, seen, earlier);
      if (found.empty()) found = text_in_item(page, seen, earlier);
      break;
    case ObserveKind::kEach:
      found = each_candidates(page, seen, earlier);
      break;
    case ObserveKind::kSame:  // of another page: see same.h
      break;
    case ObserveKind::kBefore:
      found = before_candidates(page, seen);
      break;
    case ObserveKind::kElement:
      if (seen.target.kind == ElementKind::kOption) {
        if (auto offered = option_candidates(page, seen, earlier)) {
          found = *std::move(offered);
          break;
        }
      }
      found =
          seen.negated ? text_absent(page, seen, earlier) : element_present(page, seen, earlier);
      if (found.empty() && seen.negated) found = said_to_be_none(page, seen);
      break;
    case ObserveKind::kContent:
      if (seen.negated && names_field(page, seen.target)) {
        found = value_candidates(page, seen);
        break;
      }
      found = progress_value(page, seen);
      if (!found.empty()) break;
      found = menu_content(page, seen);
      if (found.empty()) found = panel_content(page, seen);
      if (found.empty()) found = content_candidates(page, seen, earlier);
      if (found.empty()) found = of_kind_saying(page, seen, earlier);
      if (found.empty()) found = said_on_page(page, seen, earlier);
      if (found.empty() && says_of_itself_empty(seen))
        found = text_present(page, {.expected = seen.expected}, earlier);
      for (ObserveCandidate& made : stepper_number(page, seen)) found.push_back(std::move(made));
      for (ObserveCandidate& made : held_by_field(page, seen)) found.push_back(std::move(made));
      break;
    case ObserveKind::kValue:
      found = value_candidates(page, seen);
      break;
    case ObserveKind::kState:
      found = state_candidates(page, seen, earlier);
      if (found.empty() && seen.state == State::kVisible && seen.negated)
        found = text_absent(page, seen, earlier);
      break;
    case ObserveKind::kCount:
      found = count_candidates(page, seen, earlier);
      if (found.empty() && !seen.negated && seen.quantity == Quantity{})
        found = said_to_be_none(page, seen);
      break;
    case ObserveKind::kUrl:
      found = address_candidates(seen);
      break;
    case ObserveKind::kTitle:
      found = title_candidates(page, seen);
      break;
    case ObserveKind::kPage:
      found = page_candidates(page, seen);
      break;
    case ObserveKind::kAttribute:
    case ObserveKind::kClass:
    case ObserveKind::kStyle:
      found = named_property(page, seen);
      break;
    case ObserveKind::kDialog:
      found = {direct(1, told(Matcher::kDialogMessage, seen), {}, "the latest dialog's message")};
      break;
    case ObserveKind::kDownload:
      found = {direct(1, told(Matcher::kDownloadName, seen), {}, "the latest download's name")};
      break;
    case ObserveKind::kDownloadText: {
      browser::Pattern text = contains_pattern(seen.expected);
      if (seen.match == Match::kEquals) text = {"^" + text.source + "\\r?$", "m"};
      found = {direct(1, with_text(Matcher::kDownloadText, seen.negated, text), {},
                      "what the latest download holds")};
      break;
    }
    case ObserveKind::kTabs: {
      Assertion tabs = make(Matcher::kPageCount, seen.negated);
      tabs.count = seen.quantity.number;
      found = {direct(1, std::move(tabs), {}, "the open tabs")};
      break;
    }
    case ObserveKind::kLocalStorage:
      found = {kept(Matcher::kLocalStorageItem, seen)};
      break;
    case ObserveKind::kSessionStorage:
      found = {kept(Matcher::kSessionStorageItem, seen)};
      break;
    case ObserveKind::kCookie:
      found = {kept(Matcher::kCookie, seen)};
      break;
    case ObserveKind::kConsoleErrors:
      found = {kept(Matcher::kConsoleErrors, seen)};
      break;
    case ObserveKind::kSorted:
      found = series_candidates(page, seen);
      break;
    case ObserveKind::kMeasured:
      if (is_of_several(seen.target))
        found = series_candidates(page, seen);
      else if (const auto value = with_number(page, seen))
        found = observe_candidates(page, *value, earlier);
      break;
    case ObserveKind::kTable:
      found = table_candidates(page, seen);
      break;
    case ObserveKind::kList:
      found = list_candidates(page, seen, earlier);
      break;
  }
  keep_to_the_words(page, seen, found);
  if (denies_content(seen)) {
    std::erase_if(found, [&](const ObserveCandidate& made) {
      return std::ranges::any_of(made.parts, [&](const AssertionPart& part) {
        return part.element >= 0 && !is_place_itself(page, part.element, seen);
      });
    });
  }
  for (ObserveCandidate& made : found) {
    for (AssertionPart& part : made.parts) {
      if (part.element >= 0)
        part.locators = in_frame_of(page, part.element, std::move(part.locators));
    }
  }
  std::stable_sort(
      found.begin(), found.end(),
      [](const ObserveCandidate& a, const ObserveCandidate& b) { return a.score > b.score; });
  return found;
}

}  // namespace vouch::features::ground
