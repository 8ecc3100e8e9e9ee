// Observations of fields and of the states of things.
#include <algorithm>
#include <array>

#include "features/ground/act.h"
#include "features/ground/candidate.h"
#include "features/ground/dates.h"
#include "features/ground/region.h"
#include "features/ground/similarity.h"
#include "features/read/lexicon.h"

namespace vouch::features::ground {
namespace {

using browser::Assertion;
using browser::Element;
using Matcher = Assertion::Matcher;

constexpr std::size_t kSaidMax = 80;  // of a sentence that says that something is empty
constexpr double kOfThePlace = 0.8;

// What cannot be told from the best; the rest is something else, whatever it shows.
std::vector<Ranked> best_ranked(std::vector<Ranked> ranked) {
  if (!ranked.empty()) {
    const double best = ranked.front().score;
    std::erase_if(ranked, [&](const Ranked& r) { return r.score < best - kAsGood; });
  }
  return ranked;
}

// "text box", "input field": what any field is called.
bool says_any_field(std::string_view noun) {
  constexpr std::array<std::string_view, 9> kNouns = {"text box",   "textbox",     "text field",
                                                      "input",      "input field", "input box",
                                                      "text input", "box",         "field"};
  return std::ranges::find(kNouns, noun) != kNouns.end();
}

// "a text box has the value 'X'", and not which: one that has it.
std::vector<Ranked> fields_that_hold(const Page& page, const Target& target,
                                     const Observation& seen) {
  std::vector<Ranked> fields;
  const bool is_any = target.name.empty() && !target.ordinal &&
                      (target.noun.empty() || says_any_field(target.noun));
  if (!is_any || seen.negated || seen.expected.empty() || seen.match == Match::kPattern) return {};
  const Place place(page, target.scopes);
  for (const Element& e : page.elements()) {
    const bool holds = e.value == seen.expected ||
                       (seen.match == Match::kContains && contains_folded(e.value, seen.expected));
    if (e.visible && is_editable(e) && holds && place.fit(e.id) > 0)
      fields.push_back({e.id, 0.8, {}});
  }
  return fields;
}

// The only one that there is, where the step says no name but what it is: "the text area".
std::vector<Ranked> only_field(const Page& page, const Target& target) {
  const Place place(page, target.scopes);
  const bool is_area = target.noun.ends_with("area");
  std::vector<Ranked> found;
  for (const Element& e : page.elements()) {
    const bool fits = e.visible && is_editable(e) && (!is_area || e.tag == "textarea");
    if (fits && place.fit(e.id) > 0) found.push_back({e.id, 0.85, {}});
  }
  if (found.size() > 1) found.clear();
  return found;
}

}  // namespace

std::vector<ObserveCandidate> value_candidates(const Page& page, const Observation& seen) {
  std::vector<ObserveCandidate> found;
  Target target = seen.target;
  if (target.kind != ElementKind::kDropdown) target.kind = ElementKind::kField;
  if (target.name.empty() && target.noun.starts_with("search")) target.name = "Search";
  std::vector<Ranked> fields = fields_that_hold(page, target, seen);
  const bool any_field = !fields.empty();
  if (fields.empty()) fields = best_ranked(rank(page, target, Purpose::kFill));
  if (fields.empty() && target.name.empty() && !target.ordinal) fields = only_field(page, target);
  for (const Ranked& ranked : fields) {
    const Element& e = page.at(ranked.id);
    LocateHints hints{ranked.anchors, {seen.expected}};
    if (is_toggle(e)) continue;
    if (is_select(e)) {
      ObserveCandidate made =
          on_element(ranked.score, with_text(Matcher::kToHaveText, seen.negated, seen.expected),
                     page, e.id, hints);
      made.parts[0].suffix = {by_css("option:checked")};
      found.push_back(std::move(made));
      continue;
    }
    bool part = seen.match == Match::kContains && e.value != seen.expected &&
                contains_folded(e.value, seen.expected);
    browser::TextExpectation expected = as_input(e.type, seen.expected);
    if (part || seen.match == Match::kPattern) {
      expected = seen.match == Match::kPattern ? browser::Pattern{seen.expected, ""}
                                               : contains_pattern(seen.expected);
    }
    Assertion made = with_text(Matcher::kToHaveValue, seen.negated, std::move(expected));
    if (seen.expected.empty()) made = make(Matcher::kToBeEmpty, seen.negated);
    found.push_back(on_element(ranked.score, std::move(made), page, e.id, hints));
    if (any_field) {  // one that nobody can see may hold it as well
      AssertionPart seen_there = found.back().parts.front();
      seen_there.assertion = make(Matcher::kToBeVisible, false);
      found.back().parts.push_back(std::move(seen_there));
    }
  }
  if (!fields.empty() && fields.front().score >= kSurelyLabelled) return found;
  for (ObserveCandidate& made : content_candidates(page, seen, {})) {
    made.score *= 0.85;
    found.push_back(std::move(made));
  }
  return found;
}

namespace {

// "Your cart is empty."
bool tells_of_emptiness(const Element& e) {
  if (!e.visible || e.own_text.empty() || e.own_text.size() > kSaidMax) return false;
  const std::vector<std::string> said = words(e.own_text);
  const auto says = [&](std::string_view word) {
    return std::ranges::find(said, word) != said.end();
  };
  return says("empty") && !says("not") && !says("never") && !says("until") && !says("if");
}

// "the cart is empty", where the page says so in words, and "is not" where it did before.
std::optional<std::vector<ObserveCandidate>> said_to_be_empty(const Page& page,
                                                              const Observation& seen,
                                                              const std::vector<Page>& earlier) {
  const std::string& name = seen.target.name.empty() ? seen.target.noun : seen.target.name;
  if (seen.state != State::kEmpty || seen.target.kind != ElementKind::kSection || name.empty())
    return std::nullopt;
  std::vector<ObserveCandidate> found;
  for (const Element& e : page.elements()) {
    if (!tells_of_emptiness(e)) continue;
    const bool of_it =
        contains_folded(e.own_text, name) ||
        scope_fit(page, e.id, {ElementKind::kSection, name, false}).score >= kOfThePlace;
    if (of_it)
      found.push_back(on_element(0.85, make(Matcher::kToBeVisible, false), page, e.id, {}));
  }
  if (!seen.negated) return found.empty() ? std::nullopt : std::optional(std::move(found));
  if (!found.empty()) return std::vector<ObserveCandidate>{};  // it says that it is
  found = gone_since(page, earlier, [&](const Element& e) {
    return tells_of_emptiness(e) && contains_folded(e.own_text, name);
  });
  return found.empty() ? std::nullopt : std::optional(std::move(found));
}

}  // namespace

namespace {

// ---- what only a class tells ----

// "active", "is-selected": what pages call it themselves.
bool marks(std::string_view css_class) {
  const std::vector<std::string> said = words(css_class);
  constexpr std::array<std::string_view, 7> kMarks = {
      "active", "selected", "current", "highlighted", "highlight", "chosen", "marked"};
  return std::ranges::any_of(said, [&](const std::string& word) {
    return std::ranges::find(kMarks, word) != kMarks.end();
  });
}

bool has_class(const Element& e, const std::string& name) {
  return std::ranges::count(classes_of(e), name) > 0;
}

// Those that stand beside it and are made like it.
std::vector<int> alike(const Page& page, int id) {
  const Element& e = page.at(id);
  std::vector<int> found;
  if (e.parent < 0) return found;
  for (int other : page.children(e.parent)) {
    const Element& o = page.at(other);
    if (other != id && o.visible && o.tag == e.tag && o.role == e.role) found.push_back(other);
  }
  return found;
}

// Somebody types into what suggests: the option that Enter would take is not selected yet.
bool types_to_choose(const Page& page) {
  return std::ranges::any_of(page.elements(), [](const Element& e) {
    return e.visible && e.focused && e.role == "combobox" && is_editable(e);
  });
}

// Its class that tells it from those beside it: by what it is called, or since it has only come.
std::optional<std::string> mark_of(const Page& page, int id, const std::vector<Page>& earlier) {
  const std::vector<int> others = alike(page, id);
  const Element& e = page.at(id);
  const auto is_common = [&](const std::string& name) {
    return std::ranges::any_of(others, [&](int o) { return has_class(page.at(o), name); });
  };
  for (const std::string& name : classes_of(e)) {
    if (is_common(name)) continue;
    const bool is_at = e.role == "option" && types_to_choose(page) &&
                       std::ranges::count(words(name), "focused") > 0;
    if (marks(name) || is_at) return name;
    const int before = earlier.empty() ? -1 : find_again(earlier.back(), e);
    if (before >= 0 && !others.empty() && !has_class(earlier.back().at(before), name)) return name;
  }
  return std::nullopt;
}

// The thing, and what holds nothing but it: a class stands on either.
std::vector<int> with_wrappers(const Page& page, int id) {
  constexpr int kWrappers = 2;
  std::vector<int> found{id};
  for (int up = page.at(id).parent, i = 0; up >= 0 && i < kWrappers; up = page.at(up).parent, ++i) {
    if (normalize_space(page.at(up).text) != normalize_space(page.at(id).text)) break;
    found.push_back(up);
  }
  return found;
}

// "'Sweaters' is active", "the row of 'Bo' is not highlighted", where no attribute says so.
std::vector<ObserveCandidate> marked(const Page& page, const Observation& seen,
                                     const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  for (const Ranked& ranked : best_ranked(rank(page, seen.target, Purpose::kObserve))) {
    if (ranked.score < kNamedMin) continue;
    for (int id : with_wrappers(page, ranked.id)) {
      std::optional<std::string> mark;
      if (!seen.negated) {
        mark = mark_of(page, id, earlier);
      } else if (!mark_of(page, id, earlier)) {
        for (int other : alike(page, id))
          if (!mark) mark = mark_of(page, other, earlier);
      }
      if (!mark) continue;
      Assertion made = with_text(Matcher::kToContainClass, seen.negated, *mark);
      found.push_back(
          on_element(0.8 * ranked.score, std::move(made), page, id, {ranked.anchors, {*mark}}));
    }
  }
  return found;
}

// "the cell of 'Tea' under 'Price' is empty".
std::vector<ObserveCandidate> empty_cell(const Page& page, const Observation& seen) {
  constexpr double kCalledSo = 0.9;
  std::vector<ObserveCandidate> found;
  const std::vector<Scope>& scopes = seen.target.scopes;
  if (seen.target.kind != ElementKind::kCell || !seen.target.name.empty() || scopes.size() != 2)
    return found;
  for (const std::size_t row : {0, 1}) {
    for (const Region& region : regions_of(page, scopes[row])) {
      if (region.container < 0 || !region.is_whole(page)) continue;
      const std::vector<int>& cells = page.children(region.container);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const Element* header = page.column_header(cells[i]);
        if (header == nullptr || similarity(scopes[1 - row].name, words_of(*header)) < kCalledSo ||
            page.at(cells[i]).text.empty() == seen.negated)
          continue;
        found.push_back(on_element(0.9 * region.strength,
                                   with_text(Matcher::kToHaveText, seen.negated, ""), page,
                                   region.container, {{region.anchor}, {}}));
        found.back().parts[0].suffix = {by_css(":scope > *"), by_nth(static_cast<int>(i))};
      }
    }
  }
  return found;
}

}  // namespace

std::vector<ObserveCandidate> state_candidates(const Page& page, const Observation& seen,
                                               const std::vector<Page>& earlier) {
  const bool is_form = seen.state == State::kEmpty && !seen.negated &&
                       seen.target.kind == ElementKind::kSection &&
                       (seen.target.noun == "form" || seen.target.noun.ends_with(" form"));
  if (is_form) {  // each of its fields is
    Observation fields = seen;
    fields.target = {.kind = ElementKind::kField, .noun = "all fields"};
    if (!seen.target.name.empty())
      fields.target.scopes = {{seen.target.kind, seen.target.name, seen.target.quoted}};
    return state_of_each(page, fields);
  }
  if (seen.state == State::kEmpty) {
    std::vector<ObserveCandidate> cell = empty_cell(page, seen);
    if (!cell.empty()) return cell;
  }
  std::vector<ObserveCandidate> found = state_of_each(page, seen);
  if (!found.empty() || says_each(seen.target)) return found;  // of one alone it says nothing
  if (auto said = said_to_be_empty(page, seen, earlier)) return *std::move(said);
  if (seen.state == State::kEmpty &&
      (seen.target.kind == ElementKind::kList || seen.target.kind == ElementKind::kTable)) {
    found = empty_list_candidates(page, seen);
    if (!found.empty()) return found;
  }
  Target target = seen.target;
  // "the 'Billing' section is expanded": what is pressed for that says so.
  if (seen.state == State::kExpanded) target.kind = ElementKind::kAny;
  std::vector<Ranked> able = rank(page, target, Purpose::kObserve);
  const bool unnamed = target.name.empty() && target.noun.empty() && target.scopes.empty();
  if (seen.state == State::kFocused && unnamed) {  // "that input has focus"
    able.clear();
    for (const Element& e : page.elements()) {
      if (e.visible && e.focused && kind_score(e, target.kind) >= kIsOfKind)
        able.push_back({e.id, 0.9, {}});
    }
  }
  // "the text field is disabled"
  if (able.empty() && target.name.empty() && target.kind == ElementKind::kField)
    able = only_field(page, target);
  const bool is_search =
      seen.target.noun.starts_with("search") || seen.target.name.starts_with("search");
  if (able.empty() && is_search && !seen.target.quoted) able = find_search_fields(page);
  std::erase_if(able, [&](const Ranked& ranked) {  // what cannot be in such a state is not meant
    const Element& e = page.at(ranked.id);
    const bool control = is_editable(e) || is_select(e) || is_toggle(e) || is_interactive(e);
    const bool needs_control = seen.state != State::kVisible && seen.state != State::kEmpty &&
                               seen.state != State::kInView;
    const bool is_kind = seen.state != State::kEmpty || kind_score(e, target.kind) >= 0.8;
    return !is_kind || (needs_control && !control) || !state_assertion(e, seen.state, seen.negated);
  });
  // Where a control bears the very name, no other that stands beside it is meant.
  const bool bears_name = std::ranges::any_of(
      able, [&](const Ranked& ranked) { return is_called(page.at(ranked.id), target.name); });
  for (const Ranked& ranked : best_ranked(std::move(able))) {
    const Element& e = page.at(ranked.id);
    std::optional<Assertion> assertion = state_assertion(e, seen.state, seen.negated);
    if (seen.state == State::kVisible && ranked.score < kNamedMin) continue;
    found.push_back(on_element(ranked.score, *assertion, page, e.id, {ranked.anchors, {}}));
  }
  const bool is_box = seen.state == State::kChecked || seen.state == State::kUnchecked;
  if (is_box && !bears_name) {
    for (const Ranked& ranked : rank_beside(page, seen.target, ElementKind::kCheckbox)) {
      found.push_back(on_element(ranked.score,
                                 *state_assertion(page.at(ranked.id), seen.state, seen.negated),
                                 page, ranked.id, {ranked.anchors, {}}));
    }
  }
  if (seen.state == State::kSelected) {  // an option of a native drop-down
    const Place place(page, seen.target.scopes);
    for (const Element& e : page.elements()) {
      if (!is_select(e) || place.fit(e.id) == 0 ||
          std::find(e.options.begin(), e.options.end(), seen.target.name) == e.options.end())
        continue;
      ObserveCandidate made =
          on_element(0.8, with_text(Matcher::kToHaveText, seen.negated, seen.target.name), page,
                     e.id, {{}, {seen.target.name}});
      made.parts[0].suffix = {by_css("option:checked")};
      found.push_back(std::move(made));
    }
  }
  if (seen.state == State::kSelected && !seen.negated && types_to_choose(page)) {
    std::erase_if(found, [&](const ObserveCandidate& made) {  // a class alone marks it
      const int id = made.parts.front().element;
      return id >= 0 && !page.at(id).selected.value_or(true);
    });
  }
  if (seen.state == State::kSelected && found.empty()) found = marked(page, seen, earlier);
  if (seen.state == State::kEmpty && seen.target.kind == ElementKind::kAny && found.empty()) {
    Observation as_list = seen;  // "the history is empty": the list under that heading
    as_list.target.kind = ElementKind::kList;
    found = empty_list_candidates(page, as_list);
  }
  return found;
}

namespace {

// The options of the drop-down are not what they were.
bool has_other_options(const Element& e, const std::vector<Page>& earlier) {
  if (earlier.empty()) return false;
  const int before = find_again(earlier.back(), e);
  return before >= 0 && earlier.back().at(before).options != e.options;
}

}  // namespace

std::optional<std::vector<ObserveCandidate>> option_candidates(const Page& page,
                                                               const Observation& seen,
                                                               const std::vector<Page>& earlier) {
  std::vector<ObserveCandidate> found;
  std::vector<Scope> scopes = seen.target.scopes;
  std::erase_if(scopes, [](const Scope& scope) { return scope.name == "it" && !scope.quoted; });
  if (seen.target.name.empty() || seen.target.ordinal) return std::nullopt;
  std::vector<Ranked> selects;
  if (!scopes.empty()) {
    Target named{.kind = ElementKind::kDropdown,
                 .name = scopes.front().name,
                 .quoted = scopes.front().quoted};
    named.scopes.assign(scopes.begin() + 1, scopes.end());
    selects = best_ranked(rank(page, named, Purpose::kChoose));
  } else {
    for (const Element& e : page.elements())
      if (e.visible && is_select(e)) selects.push_back({e.id, 0.8, {}});
    const bool changed = std::ranges::any_of(
        selects, [&](const Ranked& one) { return has_other_options(page.at(one.id), earlier); });
    std::erase_if(selects, [&](const Ranked& one) {
      return changed && !has_other_options(page.at(one.id), earlier);
    });
    if (seen.negated && selects.size() > 1) return found;  // which is not said
  }
  std::erase_if(selects, [&](const Ranked& one) { return !is_select(page.at(one.id)); });
  if (selects.empty()) return std::nullopt;
  for (const Ranked& ranked : selects) {
    const Element& e = page.at(ranked.id);
    const bool has = std::ranges::find(e.options, seen.target.name) != e.options.end();
    if (has == seen.negated) continue;
    Assertion made = make(Matcher::kToHaveCount, false);
    made.count = seen.negated ? 0 : 1;
    browser::LocatorStep option = by_role("option", seen.target.name);
    option.exact = true;
    found.push_back(on_element(ranked.score, std::move(made), page, e.id,
                               {ranked.anchors, {seen.target.name}}));
    found.back().parts[0].suffix = {std::move(option)};
  }
  return found;
}

std::optional<Assertion> state_assertion(const Element& e, State state, bool negated) {
  auto attribute = [&](std::string name, std::string value) {
    Assertion made = with_text(Matcher::kToHaveAttribute, negated, std::move(value));
    made.attribute = std::move(name);
    return made;
  };
  switch (state) {
    case State::kVisible:
      return make(Matcher::kToBeVisible, negated);
    case State::kEnabled:
      return make(Matcher::kToBeEnabled, negated);
    case State::kDisabled:
      return make(Matcher::kToBeDisabled, negated);
    case State::kChecked:
      if (e.pressed) return attribute("aria-pressed", "true");
      return is_toggle(e) ? std::optional(make(Matcher::kToBeChecked, negated)) : std::nullopt;
    case State::kUnchecked:
      return is_toggle(e) ? std::optional(make(Matcher::kToBeChecked, !negated)) : std::nullopt;
    case State::kSelected:
      if (is_toggle(e)) return make(Matcher::kToBeChecked, negated);
      if (e.pressed) return attribute("aria-pressed", "true");
      if (e.selected || e.role == "tab") return attribute("aria-selected", "true");
      return std::nullopt;
    case State::kFocused:
      return make(Matcher::kToBeFocused, negated);
    case State::kReadOnly:
      return make(Matcher::kToBeEditable, !negated);
    case State::kEmpty:
      return make(Matcher::kToBeEmpty, negated);
    case State::kRequired:
      return attribute("required", "");
    case State::kExpanded:
      if (e.expanded) return attribute("aria-expanded", "true");
      return std::nullopt;
    case State::kPartlyChecked:
      if (e.role == "checkbox") return attribute("aria-checked", "mixed");
      return std::nullopt;
    case State::kInvalid:
      return attribute("aria-invalid", "true");
    case State::kCollapsed:
      if (e.expanded) return attribute("aria-expanded", "false");
      return std::nullopt;
    case State::kInView:
      return make(Matcher::kToBeInViewport, negated);
  }
  return std::nullopt;
}

}  // namespace vouch::features::ground
