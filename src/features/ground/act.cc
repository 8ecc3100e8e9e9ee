#include "features/ground/act.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "base/words.h"
#include "features/ground/dates.h"
#include "features/ground/made_up_file.h"
#include "features/ground/region.h"
#include "features/ground/sign_in.h"
#include "features/ground/similarity.h"
#include "features/read/tokens.h"

namespace vouch::features::ground {
namespace {

using browser::Action;
using browser::Element;

constexpr double kPlain = 0.6;       // of what has just the words, and is no control
constexpr double kOtherForm = 0.96;  // what stands in another form than the one being filled
constexpr double kBesideText = 0.6;  // a control, where the gesture is one for its text
constexpr double kLinkForButton =
    0.985;  // where the step names no kind, a button is meant before a link
constexpr double kOptionMin = 0.7;
constexpr double kSurelyFits = 0.8;     // no group of choices is meant then
constexpr double kOnlyOne = 0.82;       // a field for files that nothing names
constexpr double kOtherWay = 0.97;      // to do the same
constexpr double kTypedShare = 0.9;     // of the score of filling in
constexpr double kByMakers = 0.8;       // a choice by what only its makers call it
constexpr double kByUnit = 0.9;         // a field that has its unit beside it
constexpr int kHiddenPx = 2;            // the size that hides what is still to be in the page
constexpr double kWorthDropping = 0.9;  // of the best place to drop something

ActCandidate candidate(const Page& page, const Ranked& ranked, Action::Kind kind,
                       std::string value = "") {
  ActCandidate made;
  made.score = ranked.score;
  made.element = ranked.id;
  made.action.kind = kind;
  made.action.value = std::move(value);
  made.hints.anchors = ranked.anchors;
  made.note = describe(page, ranked.id);
  return made;
}

// What a person presses in place of a box that is drawn by its label: that label, around or beside
// the box; -1: none.
int label_of(const Page& page, const Element& box) {
  for (int up = box.parent, steps = 0; up >= 0 && steps < 2; up = page.at(up).parent, ++steps) {
    if (page.at(up).tag == "label" && page.at(up).visible) return up;
  }
  for (const Element& e : page.elements()) {
    if (e.tag != "label" || !e.visible || e.parent != box.parent || e.frame != box.frame) continue;
    const bool named = !box.label.empty() && normalize_space(e.text) == normalize_space(box.label);
    if (named || e.id == box.id + 1) return e.id;
  }
  return -1;
}

// "Mark task as complete": called otherwise once it is pressed, so that nothing is left by that
// name of which a check could see that it holds.
bool is_called_by_state(const Element& box) {
  const std::string name = fold(box.name);
  return name.starts_with("mark ") || name.starts_with("toggle ") || name.starts_with("set ");
}

// A box is set. Where it is hidden or lies under what draws it, the label is pressed instead, which
// turns it round: so only where it is not yet as wanted.
void add_toggle(const Page& page, const Ranked& ranked, bool on, std::vector<ActCandidate>* found) {
  ActCandidate set = candidate(page, ranked, on ? Action::Kind::kCheck : Action::Kind::kUncheck);
  const Element& box = page.at(ranked.id);
  if (is_toggle(box) && box.checked == !on && is_called_by_state(box))
    set.action.kind = Action::Kind::kClick;
  const int label = is_toggle(box) && box.checked == !on ? label_of(page, box) : -1;
  if (label < 0) {
    found->push_back(std::move(set));
    return;
  }
  const bool is_hidden = box.box.width <= kHiddenPx && box.box.height <= kHiddenPx;
  ActCandidate press = set;
  press.action.kind = Action::Kind::kClick;
  press.element = label;
  (is_hidden ? set : press).score *= kOtherWay;
  found->push_back(std::move(set));
  found->push_back(std::move(press));
}

constexpr auto kYes =
    std::to_array<std::string_view>({"yes", "true", "on", "x", "checked", "1", "ticked", "y"});
constexpr auto kNo = std::to_array<std::string_view>(
    {"no", "false", "off", "", "unchecked", "0", "unticked", "n", "none"});

bool says(std::span<const std::string_view> words, std::string_view value) {
  return std::ranges::find(words, fold(value)) != words.end();
}

// The option that `value` means, with how well it fits.
std::pair<std::string, double> best_option(const Element& select, std::string_view value) {
  std::pair<std::string, double> best{"", 0};
  for (const std::string& option : select.options) {
    double score = similarity(value, option);
    if (score > best.second) best = {option, score};
  }
  return best;
}

// Of a value with a line for each of several: those options, where the list takes several.
std::pair<std::string, double> best_options(const Element& select, std::string_view values) {
  if (values.find('\n') == values.npos) return best_option(select, values);
  std::pair<std::string, double> all{"", select.role == "listbox" ? 1 : 0};
  for (const auto value : std::views::split(values, '\n')) {
    const auto [option, score] = best_option(select, std::string_view(value));
    all.first += (all.first.empty() ? "" : "\n") + option;
    all.second = std::min(all.second, score);
  }
  return all;
}

std::vector<ActCandidate> click_candidates(const Page& page, const Act& act, const Memory& memory,
                                           Action::Kind kind) {
  int last = memory.last ? find_again(page, *memory.last) : -1;
  int form = form_of(page, last);
  std::vector<ActCandidate> found;
  // Pages listen to the other gestures on what is no control as well; a control beside a text is
  // not what is meant by it then.
  const bool clicks = kind == Action::Kind::kClick;
  for (const Ranked& ranked :
       rank(page, act.target, clicks ? Purpose::kClick : Purpose::kObserve)) {
    ActCandidate made = candidate(page, ranked, kind);
    const Element& e = page.at(ranked.id);
    const bool takes_input = is_toggle(e) || is_editable(e) || is_select(e);
    if (!clicks && takes_input && act.target.kind == ElementKind::kAny) made.score *= kBesideText;
    if (form >= 0 && form_of(page, ranked.id) != form) made.score *= kOtherForm;
    if (clicks && act.target.kind == ElementKind::kAny && e.role != "button")
      made.score *= kLinkForButton;
    if (act.target.kind == ElementKind::kPage && does_something(e)) continue;
    found.push_back(std::move(made));
  }
  // A page may listen to a click on anything: what has just the words is meant where nothing that
  // looks like a control is.
  const auto is_control = [&](const ActCandidate& c) {
    return is_interactive(page.at(c.element)) && c.score >= kPlain;
  };
  if (clicks && act.target.quoted && std::ranges::none_of(found, is_control)) {
    for (ActCandidate& c : found) {
      if (is_called(page.at(c.element), act.target.name)) c.score = std::max(c.score, kPlain);
    }
  }
  return found;
}

// The middle of one lies in the other.
bool is_over(const browser::Box& one, const browser::Box& other) {
  const auto holds = [](const browser::Box& outer, const browser::Box& inner) {
    const int x = inner.x + inner.width / 2, y = inner.y + inner.height / 2;
    return x >= outer.x && x <= outer.x + outer.width && y >= outer.y &&
           y <= outer.y + outer.height;
  };
  return holds(one, other) || holds(other, one);
}

// "Change it to …": the field that stands open for it, which has the focus, or the one last acted
// on.
std::vector<ActCandidate> fill_it(const Page& page, const Act& act, const Memory& memory) {
  std::vector<ActCandidate> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || !e.focused || !is_editable(e) || e.readonly) continue;
    found.push_back(candidate(page, {e.id, 0.95, {}}, Action::Kind::kFill, act.value));
  }
  const int last = memory.last ? find_again(page, *memory.last) : -1;
  if (last >= 0 && is_editable(page.at(last)) && found.empty()) {
    found.push_back(candidate(page, {last, 0.9, {}}, Action::Kind::kFill, act.value));
  }
  if (!found.empty() || !memory.last) return found;
  // Not all pages give it the focus: the one that came where the thing acted on stood.
  for (const Element& e : page.elements()) {
    const bool takes_text = e.visible && is_editable(e) && !e.readonly;
    if (takes_text && e.frame == memory.last->frame && is_over(e.box, memory.last->box))
      found.push_back(candidate(page, {e.id, 0.8, {}}, Action::Kind::kFill, act.value));
  }
  return found;
}

// "Your rating | 2 stars": one of a group of choices that bears the field's name.
std::vector<ActCandidate> choice_in_group(const Page& page, const Act& act) {
  std::vector<ActCandidate> found;
  const Scope group{ElementKind::kAny, act.target.name, act.target.quoted};
  if (group.name.empty() || act.value.empty()) return found;
  const std::vector<Anchor> anchors = anchors_of(page, group);
  for (const Element& e : page.elements()) {
    if (!e.visible || e.role != "radio" || e.disabled) continue;
    const double name = name_score(e, act.value);
    if (name < kOptionMin) continue;
    const double fit = scope_fit(page, e.id, group, anchors).score;
    if (fit >= kOptionMin) add_toggle(page, {e.id, name * fit, {}}, true, &found);
  }
  std::ranges::stable_sort(found, std::greater<>(), &ActCandidate::score);
  return found;
}

// Its own name says so, or what it stands in.
bool looks_like_search(const Page& page, const Element& e) {
  const std::vector<Ranked> fields = find_search_fields(page);
  const auto it = std::ranges::find(fields, e.id, &Ranked::id);
  return it != fields.end() && it->score >= kOptionMin;
}

// Beside the field stands what its number is of: "£", "years", "%".
bool has_unit(const Page& page, int field, const std::string& unit) {
  const int parent = page.at(field).parent;
  if (parent < 0) return false;
  const std::string one = singular(lower(unit));
  return std::ranges::any_of(page.children(parent), [&](int id) {
    const Element& e = page.at(id);
    return id != field && e.visible && singular(lower(normalize_space(e.text))) == one;
  });
}

// The page says that it has to do with such things, and is not where somebody signs in: "Name" is
// asked for in many places.
bool is_about_new(const Page& page, const std::string& thing) {
  if (is_sign_in_page(page)) return false;
  const auto says = [&](const std::string& text) {
    return std::ranges::any_of(words(text),
                               [&](const std::string& word) { return singular(word) == thing; });
  };
  return says(page.snapshot().title) || std::ranges::any_of(page.elements(), [&](const Element& e) {
           const bool tells = e.role == "heading" || e.role == "button" || is_editable(e);
           return e.visible && tells && says(e.name + " " + e.label + " " + e.placeholder);
         });
}

std::vector<ActCandidate> fill_candidates(const Page& page, const Act& act, const Memory& memory) {
  const Target& target = act.target;
  const bool is_it = !target.quoted && target.kind == ElementKind::kAny &&
                     (target.name == "it" || target.name == "its text");
  if (is_it) return fill_it(page, act, memory);
  std::vector<ActCandidate> found;
  for (const Ranked& ranked : rank(page, act.target, Purpose::kFill)) {
    const Element& e = page.at(ranked.id);
    if (is_select(e)) {
      auto [option, score] = best_option(e, act.value);
      if (score < kOptionMin) continue;
      found.push_back(candidate(page, ranked, Action::Kind::kSelectOption, option));
    } else if (is_toggle(e)) {
      const bool on = says(kYes, act.value);
      if (!on && (e.role == "radio" || !says(kNo, act.value))) continue;
      add_toggle(page, ranked, on, &found);
    } else {
      // What suggests as one types listens to keys.
      const bool suggests = e.role == "combobox" && e.value.empty() && !act.value.empty();
      found.push_back(candidate(page, ranked, suggests ? Action::Kind::kType : Action::Kind::kFill,
                                as_input(e.type, act.value)));
      // So may one that filters as one types: keys are tried where filling it in shows nothing.
      if (suggests || !e.value.empty() || act.value.empty() || !looks_like_search(page, e))
        continue;
      Ranked typed = ranked;
      typed.score *= kTypedShare;
      found.push_back(candidate(page, typed, Action::Kind::kType, act.value));
    }
  }
  if (!found.empty() && found.front().score >= kSurelyFits) return found;
  for (ActCandidate& made : choice_in_group(page, act)) found.push_back(std::move(made));
  if (target.kind == ElementKind::kField && !target.quoted && !target.name.empty()) {
    for (const Element& e : page.elements()) {
      if (e.visible && is_editable(e) && !e.readonly && has_unit(page, e.id, target.name))
        found.push_back(candidate(page, {e.id, kByUnit, {}}, Action::Kind::kFill, act.value));
    }
    std::ranges::stable_sort(found, std::greater<>(), &ActCandidate::score);
  }
  if (!found.empty() || !target.quoted) return found;
  // "in the 'Search' example": the one field of the part of the page that is called so.
  const Place part(page, {{ElementKind::kAny, target.name, true}});
  std::vector<int> fields;
  for (const Element& e : page.elements()) {
    if (e.visible && is_editable(e) && !e.readonly && part.fit(e.id) > 0) fields.push_back(e.id);
  }
  if (fields.size() != 1) return found;
  const Element& e = page.at(fields.front());
  const bool suggests = e.role == "combobox" && e.value.empty();
  ActCandidate made =
      candidate(page, {e.id, kPlain, {}}, suggests ? Action::Kind::kType : Action::Kind::kFill,
                as_input(e.type, act.value));
  part.fit(e.id, &made.hints.anchors);
  found.push_back(std::move(made));
  return found;
}

// A choice that its makers call with two or more of the words: "arcade-monthly" of "the Arcade
// monthly plan".
std::vector<ActCandidate> choice_by_makers(const Page& page, std::string_view value) {
  std::vector<ActCandidate> found;
  const std::vector<std::string> said = words(value);
  const auto is_said = [&](const std::string& name) {
    const std::vector<std::string> parts = words(name);
    return parts.size() > 1 && std::ranges::all_of(parts, [&](const std::string& part) {
             return std::ranges::find(said, part) != said.end();
           });
  };
  for (const Element& e : page.elements()) {
    if (!e.visible || (e.tag != "label" && e.role != "radio")) continue;
    if (!is_said(e.html_id) && std::ranges::none_of(classes_of(e), is_said)) continue;
    if (e.role == "radio")
      add_toggle(page, {e.id, kByMakers, {}}, true, &found);
    else
      found.push_back(candidate(page, {e.id, kByMakers, {}}, Action::Kind::kClick));
  }
  return found;
}

// What options are listed in, and none itself.
bool holds_options(const Element& e) {
  return e.role == "listbox" || e.role == "radiogroup" || e.role == "tablist" || e.role == "menu";
}

std::vector<ActCandidate> choose_candidates(const Page& page, const Act& act) {
  std::vector<ActCandidate> found;
  bool named = !act.target.name.empty() || !act.target.noun.empty();
  for (const Element& e : page.elements()) {  // options of native drop-downs
    if (!is_select(e) || !e.visible) continue;
    auto [option, score] = best_options(e, act.value);
    if (score < kOptionMin) continue;
    double name =
        named ? std::max(name_score(e, act.target.name), name_score(e, act.target.noun)) : 0.8;
    found.push_back(candidate(page, {e.id, score * (0.5 + 0.5 * name), {}},
                              Action::Kind::kSelectOption, option));
  }
  for (const Ranked& ranked :
       named ? rank(page, act.target, Purpose::kFill) : std::vector<Ranked>{}) {
    const Element& e = page.at(ranked.id);
    if (is_dated(e.type))
      found.push_back(candidate(page, ranked, Action::Kind::kFill, as_input(e.type, act.value)));
  }
  Target option = act.target;
  option.kind = ElementKind::kAny;
  option.name = act.value;
  option.alternatives.clear();
  option.noun.clear();
  for (const Ranked& ranked : rank(page, option, Purpose::kClick)) {
    const Element& e = page.at(ranked.id);
    if (is_editable(e) || is_select(e) || holds_options(e)) continue;
    bool radio = e.role == "radio" || e.role == "checkbox";
    Ranked fitting = ranked;
    fitting.score *=
        radio || e.role == "option" || e.role == "tab" || e.role == "menuitem" ? 1.0 : 0.85;
    if (named) {  // the group that holds it bears the control's name
      Scope group{ElementKind::kAny, act.target.name.empty() ? act.target.noun : act.target.name,
                  false};
      fitting.score *= 0.8 + 0.2 * scope_fit(page, ranked.id, group).score;
    }
    if (radio) {
      add_toggle(page, fitting, true, &found);
    } else {
      found.push_back(candidate(page, fitting, Action::Kind::kClick));
    }
  }
  if (!named) {
    for (ActCandidate& made : choice_by_makers(page, act.value)) found.push_back(std::move(made));
  }
  return found;
}

std::vector<ActCandidate> check_candidates(const Page& page, const Act& act) {
  std::vector<ActCandidate> found;
  bool on = act.kind == ActKind::kCheck;
  for (const Ranked& ranked : rank(page, act.target, Purpose::kCheck))
    add_toggle(page, ranked, on, &found);
  for (const Ranked& ranked : rank_beside(page, act.target, ElementKind::kCheckbox))
    add_toggle(page, ranked, on, &found);
  return found;
}

std::vector<ActCandidate> submit_candidates(const Page& page, const Act& act,
                                            const Memory& memory) {
  std::vector<ActCandidate> found;
  bool named = !act.target.name.empty() || !act.target.alternatives.empty();
  if (named) found = click_candidates(page, act, memory, Action::Kind::kClick);
  int last = memory.last ? find_again(page, *memory.last) : -1;
  int form = form_of(page, last);
  for (const Element& e : page.elements()) {
    if (!e.visible || !is_submit(e)) continue;
    bool same = form >= 0 && form_of(page, e.id) == form;
    if (form >= 0 && !same) continue;
    found.push_back(candidate(page, {e.id, same ? 0.7 : 0.5, {}}, Action::Kind::kClick));
  }
  // A field that has nothing to press beside it is sent off with its key.
  bool written = last >= 0 && is_editable(page.at(last)) && page.at(last).tag == "input";
  if (written) found.push_back(candidate(page, {last, 0.5, {}}, Action::Kind::kPress, "Enter"));
  return found;
}

std::vector<ActCandidate> press_candidates(const Page& page, const Act& act, const Memory& memory) {
  std::vector<ActCandidate> found;
  if (!act.target.name.empty()) {
    for (const Ranked& ranked : rank(page, act.target, Purpose::kFill)) {
      found.push_back(candidate(page, ranked, Action::Kind::kPress, act.value));
    }
  }
  int last = memory.last ? find_again(page, *memory.last) : -1;
  // A key goes to what has the focus: an act before may have moved it, to a dialog that it opened.
  const auto has_focus = [](const Element& e) { return e.focused; };
  const auto focused = std::ranges::find_if(page.elements(), has_focus);
  const bool has_moved = focused != page.elements().end() && focused->id != last;
  // Where a key has moved it, the test must not do so itself.
  if (has_moved) last = memory.by_key ? -1 : focused->id;
  if (last >= 0) found.push_back(candidate(page, {last, 0.8, {}}, Action::Kind::kPress, act.value));
  if (last < 0 || has_moved) {
    found.push_back({.score = last < 0 ? 0.8 : 0.7,
                     .action = {Action::Kind::kPress, {}, act.value},
                     .note = "the page"});
  }
  return found;
}

// A field that takes a file is often hidden behind what a person presses instead.
std::vector<ActCandidate> upload_candidates(const Page& page, const Act& act) {
  std::vector<std::string_view> names = {act.target.name, act.target.noun};
  names.insert(names.end(), act.target.alternatives.begin(), act.target.alternatives.end());
  const bool named = !act.target.name.empty();
  std::vector<ActCandidate> found;
  for (const Element& e : page.elements()) {
    if (e.type != "file" || e.disabled) continue;
    double score = kOnlyOne;
    for (std::string_view name : names) {
      if (!name.empty()) score = std::max(score, 0.2 + 0.8 * name_score(e, name));
    }
    if (named && act.target.quoted && score == kOnlyOne) score *= 0.9;
    Ranked ranked{e.id, score, {}};
    for (const Scope& scope : act.target.scopes) {
      const ScopeFit fit = scope_fit(page, e.id, scope);
      ranked.score *= 0.25 + 0.75 * fit.score;
      ranked.anchors.push_back(fit.anchor);
    }
    ActCandidate made = candidate(page, ranked, Action::Kind::kSetInputFiles, act.value);
    made.action.files = made_up_files(act.value);
    found.push_back(std::move(made));
  }
  return found;
}

// "box A" is no field where it is dragged.
Target as_thing(Target target) {
  if (target.kind == ElementKind::kField) target.kind = ElementKind::kAny;
  return target;
}

std::vector<ActCandidate> drag_candidates(const Page& page, const Act& act) {
  const std::vector<Ranked> onto = rank(page, as_thing(act.onto), Purpose::kObserve);
  std::vector<ActCandidate> found;
  for (const Ranked& ranked : rank(page, as_thing(act.target), Purpose::kObserve)) {
    for (const Ranked& place : onto) {
      if (place.id == ranked.id || place.score < kWorthDropping * onto.front().score) continue;
      ActCandidate made = candidate(page, ranked, Action::Kind::kDragTo);
      made.score *= 0.5 + 0.5 * place.score;
      made.onto = place.id;
      made.onto_hints.anchors = place.anchors;
      made.note += " onto " + describe(page, place.id);
      found.push_back(std::move(made));
    }
  }
  return found;
}

std::vector<ActCandidate> focus_candidates(const Page& page, const Act& act) {
  std::vector<ActCandidate> found;
  for (const Purpose purpose : {Purpose::kFill, Purpose::kClick}) {
    for (const Ranked& ranked : rank(page, act.target, purpose)) {
      const Element& e = page.at(ranked.id);
      const bool is_fill = purpose == Purpose::kFill;
      if (is_fill != (is_editable(e) || is_select(e) || is_toggle(e))) continue;
      if (!is_fill && !is_interactive(e)) continue;
      found.push_back(candidate(page, ranked, Action::Kind::kFocus));
    }
  }
  return found;
}

std::vector<ActCandidate> scroll_candidates(const Page& page, const Act& act) {
  std::vector<ActCandidate> found;
  for (const Ranked& ranked : rank(page, act.target, Purpose::kObserve))
    found.push_back(candidate(page, ranked, Action::Kind::kScrollIntoView));
  return found;
}

}  // namespace

std::vector<ActCandidate> toggle_candidates(const Page& page, int box, bool on) {
  std::vector<ActCandidate> found;
  add_toggle(page, {box, 1, {}}, on, &found);
  std::ranges::stable_sort(found, std::greater<>(), &ActCandidate::score);
  return found;
}

std::vector<std::string> form_openers(const Act& fill) {
  std::vector<std::string> names;
  if (!fill.opener.empty()) names.push_back(fill.opener);
  for (const char* words : {"Add new ", "New ", "Add ", "Create ", "Add a ", "Create new ",
                            "Register new ", "Register "})
    names.push_back(words + fill.adds);
  return names;
}

int find_again(const Page& page, const Element& element) {
  int best = -1;
  for (const Element& e : page.elements()) {
    if (e.tag != element.tag || e.role != element.role || e.html_name != element.html_name ||
        e.html_id != element.html_id)
      continue;
    if (e.name != element.name || e.label != element.label) continue;
    if (best < 0 || e.id == element.id) best = e.id;
  }
  return best;
}

std::vector<std::string> nearest_controls(const Page& page, const Act& act) {
  constexpr double kAlike = 0.1;
  const bool fills =
      act.kind == ActKind::kFill || act.kind == ActKind::kClear || act.kind == ActKind::kAppend;
  const bool chooses = act.kind == ActKind::kChoose;
  auto fits = [&](const Element& e) {
    if (fills) return is_editable(e) || is_select(e) || is_toggle(e);
    if (act.kind == ActKind::kCheck || act.kind == ActKind::kUncheck) return is_toggle(e);
    return chooses ? is_select(e) || is_toggle(e) || is_interactive(e)
                   : is_interactive(e) && !is_editable(e);
  };
  std::vector<std::string_view> wanted = {act.target.name, act.target.noun};
  wanted.insert(wanted.end(), act.target.alternatives.begin(), act.target.alternatives.end());
  if (chooses) wanted.push_back(act.value);
  std::vector<std::pair<double, int>> ranked;
  for (const Element& e : page.elements()) {
    if (!e.visible || !fits(e)) continue;
    double score = 0;
    for (std::string_view name : wanted)
      if (!name.empty()) score = std::max(score, name_score(e, name));
    ranked.emplace_back(score, e.id);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> list;
  for (const auto& [score, id] : ranked) {
    if (list.size() >= kNearestMax) break;
    if (score < kAlike && !list.empty() && ranked.front().first >= kAlike) break;
    std::string text = describe(page, id);
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
  }
  return list;
}

namespace {

// The one field of a form that is sent off with "Find".
bool is_beside_search_button(const Page& page, int field) {
  const int form = form_of(page, field);
  if (form < 0) return false;
  bool sends = false;
  for (int id : page.subtree(form)) {
    const Element& e = page.at(id);
    if (id != field && e.visible && is_editable(e)) return false;
    for (std::string_view word : {"find", "search", "go", "look up"})
      sends = sends || (e.role == "button" && fold(e.name) == word);
  }
  return sends;
}

}  // namespace

std::vector<Ranked> find_search_fields(const Page& page) {
  std::vector<Ranked> found;
  for (const Element& e : page.elements()) {
    if (!e.visible || !is_editable(e) || e.type == "password") continue;
    double score = e.role == "searchbox" || e.type == "search" ? 0.95 : 0;
    for (std::string_view word : {"search", "find", "filter", "query"})
      score = std::max(score, name_score(e, word));
    if (e.html_name == "q" || e.html_name == "s") score = std::max(score, 0.85);
    if (page.ancestor_with_role(e.id, {"search"}) >= 0) score = std::max(score, 0.9);
    if (score < 0.3 && is_beside_search_button(page, e.id)) score = 0.7;
    if (score >= 0.3) found.push_back({e.id, score, {}});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  return found;
}

namespace {

// Where one is called just what the step says, or stands where the step says, no other is meant:
// neither one whose name resembles it, nor the like of it elsewhere.
void keep_meant(const Page& page, const Target& target, std::vector<ActCandidate>* found) {
  const auto is_meant = [&](const ActCandidate& c) {
    return c.element >= 0 && is_called(page.at(c.element), target.name);
  };
  // Unquoted words may be a description; of what stands there under that very name they are none.
  const bool best_is = !found->empty() && found->front().element >= 0 && is_meant(found->front()) &&
                       is_interactive(page.at(found->front().element));
  if (target.quoted ? std::ranges::any_of(*found, is_meant) : !target.name.empty() && best_is)
    std::erase_if(*found, [&](const ActCandidate& c) { return c.element >= 0 && !is_meant(c); });
  if (target.scopes.empty() || found->empty() || found->front().element < 0) return;
  const int best = found->front().element;
  const Place place(page, target.scopes);
  if (place.fit(best) == 0) return;
  std::erase_if(*found,
                [&](const ActCandidate& c) { return c.element >= 0 && place.fit(c.element) == 0; });
}

}  // namespace

namespace {

// Of what a dialog that is open and its page both have, the dialog's is meant.
void prefer_dialog(const Page& page, std::vector<ActCandidate>* found) {
  constexpr double kBehindDialog = 0.95;
  const auto is_in_dialog = [&](const ActCandidate& c) {
    return c.element >= 0 && page.ancestor_with_role(c.element, {"dialog", "alertdialog"}) >= 0;
  };
  if (std::ranges::none_of(*found, is_in_dialog)) return;
  for (ActCandidate& c : *found)
    if (!is_in_dialog(c)) c.score *= kBehindDialog;
}

// "the search box", whatever it is called.
std::vector<ActCandidate> search_box_candidates(const Page& page, const Act& act) {
  const auto kind = [&]() -> std::optional<Action::Kind> {
    switch (act.kind) {
      case ActKind::kFill:
        return Action::Kind::kFill;
      case ActKind::kClear:
        return Action::Kind::kClear;
      case ActKind::kPress:
        return Action::Kind::kPress;
      case ActKind::kFocus:
        return Action::Kind::kFocus;
      default:
        return std::nullopt;
    }
  }();
  std::vector<ActCandidate> found;
  if (!kind) return found;
  for (const Ranked& ranked : find_search_fields(page))
    found.push_back(candidate(page, ranked, *kind, act.value));
  return found;
}

// It, or a part of the page around it, is called a filter by who made the page.
bool is_of_filter(const Page& page, int id) {
  constexpr int kUpMax = 4;
  for (int up = 0; id >= 0 && up < kUpMax; ++up, id = page.at(id).parent) {
    const Element& e = page.at(id);
    const std::string called =
        fold(e.html_id + " " + e.html_name + " " + e.css_class + " " + e.name);
    if (called.contains("filter") || e.role == "search") return true;
  }
  return false;
}

// Fields of one name, in the form and in the filter above the list: what is filled in goes into the
// form that is being filled in, and a filter is by a filter.
void prefer_form(const Page& page, const Act& act, const Memory& memory,
                 std::vector<ActCandidate>* found) {
  constexpr double kElsewhere = 0.95;
  if (act.kind != ActKind::kFill && act.kind != ActKind::kChoose) return;
  const auto prefer = [&](const auto& is_meant) {
    const auto meant = [&](const ActCandidate& c) { return c.element >= 0 && is_meant(c.element); };
    if (std::ranges::none_of(*found, meant)) return false;
    for (ActCandidate& c : *found)
      if (!meant(c)) c.score *= kElsewhere;
    return true;
  };
  if (act.filters) {
    prefer([&](int id) { return is_of_filter(page, id); });
    return;
  }
  const bool was_filled = memory.last && (is_editable(*memory.last) || is_select(*memory.last));
  const int last = was_filled ? find_again(page, *memory.last) : -1;
  const int form = last >= 0 ? form_of(page, last) : -1;
  if (form >= 0 && prefer([&](int id) { return form_of(page, id) == form; })) return;
  if (act.adds.empty()) return;
  std::erase_if(*found, [&](const ActCandidate& c) {
    return c.element >= 0 && is_of_filter(page, c.element) && form_of(page, c.element) < 0;
  });
  prefer([&](int id) { return !is_of_filter(page, id); });
}

}  // namespace

std::vector<ActCandidate> act_candidates(const Page& page, const Act& act, const Memory& memory) {
  std::vector<ActCandidate> found;
  switch (act.kind) {
    case ActKind::kClick:
      found = click_candidates(page, act, memory, Action::Kind::kClick);
      break;
    case ActKind::kOpen: {  // a card, or a link, that leads to a page; nothing that does something
      Act press = act;
      press.target.kind = ElementKind::kAny;
      found = click_candidates(page, press, memory, Action::Kind::kClick);
      std::erase_if(found, [&](const ActCandidate& c) {
        const Element& e = page.at(c.element);
        return e.role == "button" || does_something(e);
      });
      break;
    }
    case ActKind::kDoubleClick:
      found = click_candidates(page, act, memory, Action::Kind::kDoubleClick);
      break;
    case ActKind::kRightClick:
      found = click_candidates(page, act, memory, Action::Kind::kRightClick);
      break;
    case ActKind::kHover:
      found = click_candidates(page, act, memory, Action::Kind::kHover);
      break;
    case ActKind::kFill:
      found = fill_candidates(page, act, memory);
      if (act.ensures_state && !act.adds.empty() && !is_about_new(page, act.adds)) found.clear();
      break;
    case ActKind::kAppend:
      found = fill_candidates(page, act, memory);
      std::erase_if(found, [&](const ActCandidate& c) {
        return c.action.kind != Action::Kind::kFill || !is_editable(page.at(c.element));
      });
      for (ActCandidate& c : found) c.action.kind = Action::Kind::kType;
      break;
    case ActKind::kClear: {
      Act empty = act;
      empty.value.clear();
      found = fill_candidates(page, empty, memory);
      for (ActCandidate& c : found) c.action.kind = Action::Kind::kClear;
      break;
    }
    case ActKind::kChoose:
      found = choose_candidates(page, act);
      break;
    case ActKind::kCheck:
    case ActKind::kUncheck:
      found = check_candidates(page, act);
      break;
    case ActKind::kSubmit:
      found = submit_candidates(page, act, memory);
      break;
    case ActKind::kPress:
      found = press_candidates(page, act, memory);
      break;
    case ActKind::kUpload:
      found = upload_candidates(page, act);
      break;
    case ActKind::kDrag:
      found = drag_candidates(page, act);
      break;
    case ActKind::kFocus:
      found = focus_candidates(page, act);
      break;
    case ActKind::kScroll:
      found = scroll_candidates(page, act);
      break;
    case ActKind::kShowTab:
    case ActKind::kCloseTab:
    case ActKind::kResize:
    case ActKind::kNothing:
    case ActKind::kFillAll:
    case ActKind::kSignIn:
    case ActKind::kSignOut:
    case ActKind::kSearch:
    case ActKind::kGoBack:
    case ActKind::kReload:
    case ActKind::kAcceptDialog:
    case ActKind::kDismissDialog:
    case ActKind::kClickOutside:
    case ActKind::kForget:
      break;  // not on one element: scenario.cc
  }
  if (found.empty() && act.target.name.empty() && act.target.noun.starts_with("search"))
    found = search_box_candidates(page, act);
  prefer_dialog(page, &found);
  prefer_form(page, act, memory, &found);
  std::stable_sort(found.begin(), found.end(),
                   [](const ActCandidate& a, const ActCandidate& b) { return a.score > b.score; });
  keep_meant(page, act.target, &found);
  return found;
}

}  // namespace vouch::features::ground
