#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool simple(ActKind kind, const PhraseMatch& match, Draft& draft) {
  Act act{.kind = kind};
  if (!take_act_target(match, draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

// "'Assam', 'Sencha' and 'Oolong'": each of them; anything else is one.
std::vector<Tokens> listed(Tokens tokens) {
  std::vector<Tokens> each;
  const auto is_between = [](const Token& token) {
    return token.is("and") || token.kind == Token::Kind::kPunctuation;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is_literal())
      each.push_back(tokens.subspan(i, 1));
    else if (!is_between(tokens[i]))
      return {tokens};
  }
  return each.empty() ? std::vector<Tokens>{tokens} : each;
}

}  // namespace

bool click(const PhraseMatch& match, Draft& draft) {
  if (!simple(ActKind::kClick, match, draft)) return false;
  Act& act = std::get<Act>(draft.intents.back());
  const Token& verb = draft.clause.tokens[0];
  if (act.target.kind == ElementKind::kDialog && (verb.is("close") || verb.is("dismiss"))) {
    // "closes the popup": by what closes it, which stands in it.
    const Scope dialog{ElementKind::kDialog, act.target.name, act.target.quoted};
    act.target = {.name = "Close", .scopes = {dialog}, .alternatives = signs_of("cross")};
    for (const char* name : {"Dismiss", "OK", "Got it", "Cancel"})
      add_alternative(act.target, name);
    return true;
  }
  const Target& target = std::get<Act>(draft.intents.back()).target;
  const bool is_key = target.kind == ElementKind::kTab && target.name.empty() && !target.ordinal &&
                      target.scopes.empty();
  if (is_key && draft.clause.tokens.back().text == "Tab") draft.cost += 1;  // of the keyboard
  return true;
}

// "go on with 'Next'": what is named in quotes, since "continue with the payment" is a page.
bool click_named(const PhraseMatch& match, Draft& draft) {
  return has_literal(match.slot("target")) && click(match, draft);
}

// "select 'Express'": rather a choice, where no kind says what is clicked.
bool click_choice(const PhraseMatch& match, Draft& draft) {
  if (!click(match, draft)) return false;
  if (!is_control(std::get<Act>(draft.intents.back()).target.kind)) draft.cost += 0.5;
  return true;
}
bool double_click(const PhraseMatch& match, Draft& draft) {
  return simple(ActKind::kDoubleClick, match, draft);
}
bool right_click(const PhraseMatch& match, Draft& draft) {
  return simple(ActKind::kRightClick, match, draft);
}
bool focus(const PhraseMatch& match, Draft& draft) { return simple(ActKind::kFocus, match, draft); }
// "the slider has focus", before anything is done.
bool have_focus(const PhraseMatch& match, Draft& draft) {
  return draft.is_context() && draft.clause.negations == 0 && focus(match, draft);
}
bool hover(const PhraseMatch& match, Draft& draft) { return simple(ActKind::kHover, match, draft); }
// The caret first goes to the end of what is there.
bool append(const PhraseMatch& match, Draft& draft) {
  Act end{.kind = ActKind::kPress, .value = "Control+End"};
  if (!take_act_target(match, draft, end.target)) return false;
  Act act{.kind = ActKind::kAppend, .target = end.target, .value = match.slot("value")[0].text};
  draft.add(std::move(end));
  draft.add(std::move(act));
  return true;
}

bool type_on(const PhraseMatch& match, Draft& draft) {
  draft.add(Act{
      .kind = ActKind::kAppend, .target = {.name = "it"}, .value = match.slot("value")[0].text});
  return true;
}

bool clear(const PhraseMatch& match, Draft& draft) { return simple(ActKind::kClear, match, draft); }
bool uncheck(const PhraseMatch& match, Draft& draft) {
  return simple(ActKind::kUncheck, match, draft);
}
bool check(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome()) draft.cost += 2;  // "check the total is …" is an observation
  return simple(ActKind::kCheck, match, draft);
}

// "selects all rows": by the one box for all of them.
bool check_all(const PhraseMatch& match, Draft& draft) {
  const Tokens said = match.slot("all");
  if (draft.is_outcome() || draft.clause.negations > 0 || said.size() < 2 || said.size() > 4 ||
      !said[0].is("all") || has_literal(said) || !is_plural(said.back().low))
    return false;
  Act act{.kind = ActKind::kCheck};
  act.target = {.name = "Select " + join(said),
                .alternatives = {"Select all", "Check all", "Toggle all", "Mark all", "All",
                                 "Select everything"}};
  draft.add(std::move(act));
  return true;
}

// "the task 'Milk' is completed", as a Given says.
bool be_done(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0 || !check(match, draft)) return false;
  std::get<Act>(draft.intents.back()).ensures_state = true;
  draft.cost -= 0.5;  // rather than what is filled in
  return true;
}

// "shows only the active tasks": by what is called as they are.
bool show_only(const PhraseMatch& match, Draft& draft) {
  const Tokens what = strip(match.slot("what"));
  if (draft.is_outcome() || draft.clause.negations > 0 || what.empty() || what.size() > 2 ||
      has_literal(what) || has_guard_word(what))
    return false;
  Act act{.kind = ActKind::kClick};
  act.target.name = capitalised(what[0].text);
  if (what.size() > 1) add_alternative(act.target, capitalised(join(what)));
  draft.cost -= 0.3;  // rather than a control that is called after the whole
  draft.add(std::move(act));
  return true;
}

// "turn on 'Dark mode'", of a button that is pressed for that.
bool press_toggle(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  draft.cost += 1;  // a box comes first
  return click(match, draft);
}

bool fill(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kFill};
  if (auto blanks = spaces_said(match.slot("value")))
    act.value = *std::move(blanks);
  else if (!take_value(match, draft, act.value))
    return false;
  if (const Tokens said = strip(match.slot("target")); !said.empty()) {
    const bool counts = said.size() > 1 && said[0].kind == Token::Kind::kNumber;
    if (counts && !has_literal(said.subspan(1))) {  // "as my 7 digits": the field's own words
      act.target.name = join(said);
      draft.cost += 1;
    } else if (!take_act_target(match, draft, act.target)) {
      return false;
    }
    using enum ElementKind;
    for (const std::string_view kind_of :
         {"invalid ", "valid ", "wrong ", "incorrect ", "correct ", "different ", "malformed "})
      if (!act.target.quoted && lower(act.target.name).starts_with(kind_of))
        add_alternative(act.target, capitalised(act.target.name.substr(kind_of.size())));
    if (!act.target.quoted && lower(act.target.name).starts_with("number of "))
      add_alternative(act.target, capitalised(act.target.name.substr(10)));
    const ElementKind kind = act.target.kind;
    if (kind == kButton || kind == kLink || kind == kPage || kind == kSection || kind == kMenu ||
        kind == kList || kind == kTable)
      return false;
    const std::string verb = verb_of(match, draft);
    const bool rewrites = verb == "replace" || verb == "overwrite" || verb == "change";
    if (kind == kText && act.target.name.empty() && rewrites)  // of what is being edited
      act.target = {.name = "its text"};
    if (kind != kField && (verb == "add" || verb == "put" || verb == "use" || verb == "give"))
      draft.cost += 1;
  } else {
    draft.cost += kCostOfNoField;
  }
  draft.add(std::move(act));
  return true;
}

// Some pages look at what was filled in only when the field is left.
bool fill_and_leave(const PhraseMatch& match, Draft& draft) {
  constexpr double kCostOfLeaving = 0.25;  // where the page does not go on without
  if (draft.is_outcome() || draft.clause.negations > 0 || !fill(match, draft)) return false;
  Act leave{.kind = ActKind::kPress, .target = std::get<Act>(draft.intents.back()).target};
  leave.value = "Tab";
  draft.cost += kCostOfLeaving;
  draft.add(std::move(leave));
  return true;
}

// "enter First Name as 'Anna'"; in "enter 'anna' as user name" the value comes first.
bool fill_as(const PhraseMatch& match, Draft& draft) {
  const bool names = std::ranges::none_of(match.slot("target"), &Token::is_literal);
  if (!names || !fill(match, draft)) return false;
  draft.cost -= 0.5;  // and what is in quotes is the value
  return true;
}

// "I tab out of the field 'Name'".
bool leave_field(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_act()) return false;
  Act act{.kind = ActKind::kPress, .value = "Tab"};
  if (!take_act_target(match, draft, act.target)) return false;
  using enum ElementKind;
  if (act.target.kind != kField && act.target.kind != kDropdown) return false;
  draft.add(std::move(act));
  return true;
}

// "increase the quantity of 'Green Tea' by 2": its "+", as often.
bool step_by(const PhraseMatch& match, Draft& draft) {
  constexpr int kStepsMax = 10;
  if (!draft.is_act()) return false;
  const Tokens said = match.slot("number");
  const auto times = said.empty() ? Quantity{.number = 1} : *parse_quantity(said);
  if (times.compare != Compare::kEqual || times.number < 1 || times.number > kStepsMax)
    return false;
  Target what;
  if (!take_act_target(match, draft, what) || has_guard_word(match.slot("target"))) return false;
  const std::string verb = verb_of(match, draft);
  const bool up = verb == "increase" || verb == "raise" || verb == "increment";
  Act act{.kind = ActKind::kClick};
  act.target.name = up ? "Increase" : "Decrease";
  add_synonyms(act.target, act.target.name);
  if (!what.noun.empty()) add_alternative(act.target, act.target.name + " " + what.noun);
  act.target.ordinal = what.ordinal;
  if (what.quoted || what.scopes.empty())
    act.target.scopes.push_back(
        {what.kind, what.name.empty() ? what.noun : what.name, what.quoted});
  act.target.scopes.insert(act.target.scopes.end(), what.scopes.begin(), what.scopes.end());
  draft.cost -= 0.2;
  for (int i = 0; i < times.number; ++i) draft.add(act);
  return true;
}

// "filter the orders by status 'Paid'": the value goes where the label says.
bool filter_by(const PhraseMatch& match, Draft& draft) {
  const std::string verb = verb_of(match, draft);
  if (draft.is_outcome() || (verb != "filter" && verb != "search" && verb != "narrow"))
    return false;
  const Tokens things = match.slot("things"), label = strip(match.slot("label"));
  const bool is_quoted = label.size() == 1 && label[0].kind == Token::Kind::kQuoted;
  if (has_literal(things) || label.empty() || label.size() > 3) return false;
  if (has_literal(label) && !is_quoted) return false;
  Act act{.kind = ActKind::kFill};
  if (!take_value(match, draft, act.value)) return false;
  const std::string name = join(label);
  act.target = {.noun = is_quoted ? "" : name, .name = name, .quoted = is_quoted};
  act.target.alternatives = {"Filter by " + name, "Filter " + name, "All " + name,
                             name + " filter"};
  act.filters = true;
  draft.add(std::move(act));
  return true;
}

// "filter the tasks by status 'Open' and priority 'High'".
bool filter_by_two(const PhraseMatch& match, Draft& draft) {
  PhraseMatch second;
  second.slots = {{"label", match.slot("label2")},
                  {"value", match.slot("value2")},
                  {"verb", match.slot("verb")}};
  return filter_by(match, draft) && filter_by(second, draft);
}

// "set the number of bags to 3 with '+' and '−'": those are what such a number is set with.
bool fill_by(const PhraseMatch& match, Draft& draft) {
  const bool names_buttons = std::ranges::all_of(match.slot("how"), [](const Token& token) {
    return token.is_literal() || token.is_one_of({"the", "and", "or", "button", "buttons"});
  });
  return names_buttons && fill(match, draft);
}

// "the first delivery is on 17 May 2030", said of what is being set up: filled in so.
bool be_set(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  Act act{.kind = ActKind::kFill};
  const Tokens said = strip(match.slot("target"));
  if (said.empty() || has_guard_word(said) || !take_value(match, draft, act.value) ||
      !take_act_target(match, draft, act.target))
    return false;
  if (act.target.kind != ElementKind::kAny && act.target.kind != ElementKind::kField) return false;
  if (act.target.ordinal) act.target = {.name = join(said)};  // "first" is a part of its name here
  draft.cost += 2;  // what is there already is looked at first
  draft.add(std::move(act));
  return true;
}

// "move the slider 'Volume' to 8".
bool slide(const PhraseMatch& match, Draft& draft) {
  return fill(match, draft) &&
         std::get<Act>(draft.intents.back()).target.kind == ElementKind::kField;
}

// "all the way to the right": the key that takes a range there.
bool slide_to_end(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome()) return false;
  Act act{.kind = ActKind::kPress};
  const Token& end = match.slot("end").back();
  act.value = end.is_one_of({"left", "minimum", "beginning", "start", "bottom"}) ? "Home" : "End";
  if (!take_act_target(match, draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

bool fill_doc(const PhraseMatch& match, Draft& draft) {
  if (!draft.step.doc_string) return false;
  Act act{.kind = ActKind::kFill, .value = draft.step.doc_string->content};
  if (!take_act_target(match, draft, act.target)) return false;
  draft.took_doc = true;
  draft.add(std::move(act));
  return true;
}

bool leave_empty(const PhraseMatch& match, Draft& draft) {
  if (!simple(ActKind::kClear, match, draft)) return false;
  std::get<Act>(draft.intents.back()).ensures_state = true;
  return true;
}

// Several at once, "'apples' and 'bananas'", are a line each.
bool choose(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kChoose};
  if (const auto several = listed(match.slot("value")); several.size() > 1) {
    for (const Tokens one : several) act.value += (act.value.empty() ? "" : "\n") + one[0].text;
  } else if (!take_value(match, draft, act.value)) {
    return false;
  }
  if (!take_act_target(match, draft, act.target)) return false;
  using enum ElementKind;
  if (act.target.kind == kButton || act.target.kind == kLink) return false;
  draft.add(std::move(act));
  return true;
}

// "choose the country as 'Norway'"; in "choose 'Express' as delivery" the choice comes first.
bool choose_as(const PhraseMatch& match, Draft& draft) {
  const auto is_literal = [](const Token& token) { return token.is_literal(); };
  if (!match.slot("value")[0].is_literal() && std::ranges::any_of(match.slot("target"), is_literal))
    return false;
  return choose(match, draft);
}

bool choose_any(const PhraseMatch& match, Draft& draft) {
  Target target;
  if (!take_act_target(match, draft, target)) return false;
  using enum ElementKind;
  const bool option = target.kind == kAny || target.kind == kOption || target.kind == kRadio ||
                      target.kind == kTab || target.kind == kItem || target.kind == kMenu;
  if (!option || target.name.empty() || target.ordinal) return false;
  if (target.kind == kTab || target.kind == kMenu) {
    draft.add(Act{.kind = ActKind::kClick, .target = target});
    return true;
  }
  if (target.kind == kAny && target.quoted && !target.noun.empty()) {
    // "choose the delivery 'Express'": the noun names the control.
    Act act{.kind = ActKind::kChoose, .value = target.name};
    act.target = {.noun = target.noun, .name = target.noun, .scopes = target.scopes};
    draft.cost += 0.2;
    draft.add(std::move(act));
    return true;
  }
  Act act{.kind = ActKind::kChoose, .value = target.name};
  act.target.kind = target.kind;
  act.target.scopes = target.scopes;
  if (target.kind == kOption && !target.scopes.empty()) {  // "the option 'Large' for 'Size'"
    const Scope control = target.scopes.front();
    act.target = {.kind = control.kind, .name = control.name, .quoted = control.quoted};
    act.target.scopes.assign(target.scopes.begin() + 1, target.scopes.end());
  }
  if (target.kind == kAny && !target.quoted) draft.cost += 0.2;
  draft.add(std::move(act));
  return true;
}

// "give it 5 stars": the option that says so.
bool choose_stars(const PhraseMatch& match, Draft& draft) {
  const auto quantity = parse_quantity(match.slot("stars"));
  if (quantity->compare != Compare::kEqual) return false;
  const Tokens of = match.slot("of");
  if (!of.empty() && !parse_quantity(of)) return false;
  const std::string stars = std::to_string(quantity->number);
  Act act{.kind = ActKind::kChoose, .value = stars + (stars == "1" ? " star" : " stars")};
  draft.add(std::move(act));
  return true;
}

bool sort(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kChoose};
  if (!take_value(match, draft, act.value)) return false;
  const std::string verb = capitalised(verb_of(match, draft));
  act.target.name = verb + " by";
  act.target.alternatives = verb == "Sort" || verb == "Order"
                                ? std::vector<std::string>{"Sort", "Order by", "Sorting"}
                                : std::vector<std::string>{verb};
  if (!match.slot("target").empty()) {
    auto things = parse_target(match.slot("target"));
    if (!things || things->value.quoted) return false;
    draft.cost += things->cost;
    act.target.noun = things->value.noun;
  }
  draft.add(std::move(act));
  return true;
}

bool accept(const PhraseMatch& match, Draft& draft) {
  static const std::vector<std::string_view> kVerbs = {"accept", "agree",  "confirm", "acknowledge",
                                                       "allow",  "enable", "approve", "give",
                                                       "read",   "mark",   "review"};
  if (std::ranges::find(kVerbs, verb_of(match, draft)) == kVerbs.end()) return false;
  Act act{.kind = ActKind::kCheck};
  if (!take_act_target(match, draft, act.target)) return false;
  const std::string words = act.target.name;
  const std::string low = lower(words);
  const bool terms = low.find("term") != low.npos || low.find("condition") != low.npos ||
                     low.find("policy") != low.npos || low.find("agreement") != low.npos ||
                     low.find("privacy") != low.npos;
  const std::string verb = verb_of(match, draft);
  if (!terms && act.target.kind != ElementKind::kCheckbox) return false;
  if (!act.target.quoted) {
    add_alternative(act.target, "I " + verb + " the " + words);
    add_alternative(act.target, capitalised(verb) + " the " + words);
    if (low == "terms") add_alternative(act.target, "terms and conditions");
    if (low == "terms") add_alternative(act.target, "I agree to the terms");
  }
  draft.add(std::move(act));
  return true;
}

// "mark 'Buy milk' as done": its checkbox.
bool mark(const PhraseMatch& match, Draft& draft) {
  auto thing = parse_target(match.slot("target"));
  if (!thing || thing->value.name.empty()) return false;
  const std::string how = join(match.slot("how"));
  const bool goes_on = std::ranges::any_of(
      match.slot("how"), [](const Token& token) { return token.is_one_of({"and", "then"}); });
  if (goes_on) return false;
  if (verb_of(match, draft) == "set") draft.cost += 0.8;  // rather what is filled in, or chosen
  Act act{.kind = ActKind::kCheck};
  const bool done = how == "done" || how == "completed" || how == "complete" || how == "finished";
  const bool undone = how == "active" || how == "incomplete" || how == "undone" || how == "open";
  draft.cost += thing->cost;
  const std::string what = lower(thing->value.name);
  const bool all = !thing->value.quoted && (what == "all" || what.starts_with("all "));
  if (all && done) {  // one control for all of them
    act.target.name = "Mark all as complete";
    act.target.alternatives = {"Toggle all", "Complete all", "Check all", "Select all", "All"};
  } else if (done || undone) {
    act.kind = done ? ActKind::kCheck : ActKind::kUncheck;
    act.target = thing->value;
  } else {
    act.kind = ActKind::kClick;
    act.target.name = "Mark as " + how;
    act.target.scopes.push_back({thing->value.kind, thing->value.name, thing->value.quoted});
    act.target.scopes.insert(act.target.scopes.end(), thing->value.scopes.begin(),
                             thing->value.scopes.end());
  }
  draft.add(std::move(act));
  return true;
}

bool press(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kPress};
  const Tokens key = match.slot("key");
  act.value = *parse_key(key);
  // `press "Enter"` may mean a button of that name, and "press delete" mostly does.
  const bool said = std::ranges::any_of(key, [](const Token& token) { return token.is("key"); });
  const bool doubtful =
      act.value == "Delete" || act.value == "Home" || act.value == "End" || act.value == "Insert";
  if (!said && doubtful) draft.cost += 1;
  if (!said && act.value.size() == 1) draft.cost += 1;
  if (!match.slot("target").empty() && !take_act_target(match, draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

bool search(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kSearch};
  if (!take_value(match, draft, act.value)) return false;
  if (!match.slot("target").empty() && !take_act_target(match, draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

// "search for the gift list of 'Anna'": the noun says what is found.
bool search_for(const PhraseMatch& match, Draft& draft) {
  const Tokens noun = strip(match.slot("noun"));
  if (noun.empty() || noun.size() > 3 || has_literal(noun)) return false;
  draft.cost += 0.2 * static_cast<double>(noun.size());
  return search(match, draft);
}

bool submit(const PhraseMatch& match, Draft& draft) {
  Act act{.kind = ActKind::kSubmit};
  const std::string verb = verb_of(match, draft);
  static const std::vector<std::string_view> kSubmitting = {
      "submit",   "save",     "confirm",  "send",     "place",   "post", "finish",
      "finalise", "finalize", "complete", "register", "publish", "pay"};
  if (std::ranges::find(kSubmitting, verb) == kSubmitting.end()) return false;
  Tokens object = strip(match.slot("object"));
  if (object.size() == 2 && object[1].is("form") &&
      object[0].is_one_of({"empty", "blank", "completed", "filled", "unchanged", "whole"}))
    object = object.last(1);
  if (object.size() == 1 && object[0].is_one_of({"form", "it", "page"})) {
    if (verb != "submit") act.target.name = capitalised(verb);
  } else if (object.empty()) {
    if (verb != "submit") act.target.name = capitalised(verb);
    add_synonyms(act.target, act.target.name);
  } else if (!command_target(verb, "", object, draft, act.target)) {
    return false;
  }
  if (!act.target.scopes.empty()) act.kind = ActKind::kClick;
  draft.add(std::move(act));
  return true;
}

// "add 'Sencha' to the cart": "Add to cart" beside "Sencha".
bool add_to(const PhraseMatch& match, Draft& draft) {
  auto place = parse_target(match.slot("place"));
  auto thing = parse_target(match.slot("target"));
  if (!place || !thing || place->value.quoted) return false;
  if (has_literal(match.slot("place"))) return false;  // a day, or how many
  draft.cost += place->cost + thing->cost;
  const std::string where =
      place->value.noun.empty()
          ? place->value.name.empty() ? std::string(name_of(place->value.kind)) : place->value.name
          : place->value.noun;
  if (where.empty()) return false;
  Act act{.kind = ActKind::kClick};
  std::string verb = capitalised(verb_of(match, draft));
  if (verb != "Move" && verb != "Save") verb = "Add";
  act.target.name = verb + " to " + where;
  add_synonyms(act.target, act.target.name);
  add_alternative(act.target, verb);
  const std::string said = capitalised(verb_of(match, draft));
  for (const char* my : {" to ", " to my ", " on ", " on my ", " into the ", " all into the "})
    add_alternative(act.target, (my[1] == 't' ? verb : said) + my + where);
  act.target.ordinal = thing->value.ordinal;
  const Tokens what = strip(match.slot("target"));
  const bool is_one_word = what.size() == 1 && what[0].is_one_of({"it", "product", "item", "them",
                                                                  "book", "everything"});
  const bool vague = !has_literal(what) && !what.empty() && (is_one_word || what[0].is("all"));
  if (!vague && !thing->value.name.empty())
    act.target.scopes.push_back({thing->value.kind, thing->value.name, thing->value.quoted});
  act.target.scopes.insert(act.target.scopes.end(), thing->value.scopes.begin(),
                           thing->value.scopes.end());
  draft.add(std::move(act));
  return true;
}

namespace {

// "adds 2 'Darjeeling'": by the button beside it.
bool add_beside(Tokens what, Draft& draft) {
  auto thing = parse_target(what);
  if (!thing || thing->value.name.empty() || thing->value.ordinal || draft.is_outcome() ||
      !(has_literal(what) || what.size() > 1))
    return false;
  const std::string& noun = thing->value.noun;  // "2 gift cards 'Tea'" are not so many "Tea"
  if (!noun.empty() && noun != thing->value.name) return false;
  Act act{.kind = ActKind::kClick};
  act.target = {.name = "Add", .alternatives = {"Add to cart", "Add to basket", "Add to bag"}};
  act.target.scopes.push_back({thing->value.kind, thing->value.name, thing->value.quoted});
  act.target.scopes.insert(act.target.scopes.end(), thing->value.scopes.begin(),
                           thing->value.scopes.end());
  draft.cost += thing->cost + 0.5;
  draft.add(std::move(act));
  return true;
}

}  // namespace

// "put 3 'Darjeeling' into the cart": that many times.
bool add_several_to(const PhraseMatch& match, Draft& draft) {
  constexpr int kTimesMax = 10;
  const auto quantity = parse_quantity(match.slot("quantity"));
  const Tokens thing = strip(match.slot("target"));
  if (quantity->compare != Compare::kEqual || quantity->number < 1 ||
      quantity->number > kTimesMax || thing.empty() ||
      !(has_literal(thing) || is_capitalised(thing[0])))
    return false;
  const bool added = match.slot("place").empty() ? add_beside(thing, draft) : add_to(match, draft);
  if (!added) return false;
  add_alternative(std::get<Act>(draft.intents.back()).target, "+");
  const Intent once = draft.intents.back();
  for (int times = 1; times < quantity->number; ++times) draft.intents.push_back(once);
  return true;
}

// A Given: "there is a 'Sencha' in my cart", "my cart contains 'Sencha'".
bool have_in(const PhraseMatch& match, Draft& draft) {
  if (!draft.is_context() || draft.clause.negations > 0) return false;
  auto place = parse_target(match.slot("place"));
  if (!place || place->value.kind != ElementKind::kSection || place->value.quoted) return false;
  for (const Tokens things : listed(match.slot("target"))) {
    auto thing = parse_target(things);
    if (!thing || thing->value.name.empty() || !std::ranges::any_of(things, [](const Token& token) {
          return token.is_literal() || is_capitalised(token);
        }))
      return false;
    Act act{.kind = ActKind::kClick, .ensures_state = true};
    act.target.name = "Add to " + place->value.noun;
    add_synonyms(act.target, act.target.name);
    add_alternative(act.target, "Add");
    act.target.scopes.push_back({thing->value.kind, thing->value.name, thing->value.quoted});
    act.target.scopes.insert(act.target.scopes.end(), thing->value.scopes.begin(),
                             thing->value.scopes.end());
    draft.cost += place->cost + thing->cost;
    draft.add(std::move(act));
  }
  return true;
}

bool verb_object(const PhraseMatch& match, Draft& draft) {
  const std::string verb = verb_of(match, draft);
  static const std::vector<std::string_view> kNotAlone = {
      "be",      "go",      "look",    "get",     "come",   "head",     "reach",    "give",
      "log",     "sign",    "turn",    "try",     "put",    "set",      "type",     "key",
      "input",   "write",   "hover",   "mouse",   "scroll", "verify",   "test",     "perform",
      "execute", "run",     "land",    "arrive",  "fill",   "enter",    "navigate", "ask",
      "use",     "browse",  "specify", "provide", "insert", "paste",    "check",    "tick",
      "untick",  "uncheck", "drop",    "pass",    "access", "initiate", "conclude", "select",
      "choose",  "pick",    "visit"};
  if (std::ranges::find(kNotAlone, verb) != kNotAlone.end()) return false;
  Act act{.kind = ActKind::kClick};
  if (!command_target(verb, "", match.slot("object"), draft, act.target)) return false;
  draft.cost += 0.5;
  draft.add(std::move(act));
  return true;
}

// "removes 'Product A' with the ❌ button": that button, beside the thing.
bool verb_by_button(const PhraseMatch& match, Draft& draft) {
  static const std::vector<std::string_view> kByButton = {
      "remove",  "delete",  "close",  "open",     "cancel",   "add",     "edit",
      "archive", "dismiss", "expand", "collapse", "increase", "decrease"};
  if (std::ranges::find(kByButton, verb_of(match, draft)) == kByButton.end()) return false;
  auto thing = parse_target(match.slot("object"));
  const Tokens button = strip(match.slot("button"));
  if (!thing || thing->value.name.empty() || button.empty() || button.size() > 3) return false;
  draft.cost += thing->cost;
  Act act{.kind = ActKind::kClick};
  act.target = {.kind = ElementKind::kButton, .name = join(button), .quoted = true};
  act.target.scopes = {{thing->value.kind, thing->value.name, thing->value.quoted}};
  act.target.scopes.insert(act.target.scopes.end(), thing->value.scopes.begin(),
                           thing->value.scopes.end());
  draft.add(std::move(act));
  return true;
}

// "does not confirm the password": nothing is done.
bool left_undone(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome() || draft.clause.negations != 1 || draft.clause.should) return false;
  // "searches for one that does not exist": not what is left undone.
  const bool is_of_thing = std::ranges::any_of(match.slot("what"), [](const Token& token) {
    return token.is_one_of({"that", "which", "who", "whose"});
  });
  if (is_of_thing) return false;
  draft.took_negation = true;
  draft.cost += 1.5;
  draft.add(Act{.kind = ActKind::kNothing, .value = "not " + join(draft.clause.tokens)});
  return true;
}

// "chooses to 'Hide under the bed'".
bool click_words(const PhraseMatch& match, Draft& draft) {
  const Token& words = match.slot("value")[0];
  if (draft.is_outcome() || !draft.clause.has_actor || words.kind != Token::Kind::kQuoted)
    return false;
  Act act{.kind = ActKind::kClick};
  act.target = {.name = words.text, .quoted = true};
  draft.cost += 1;
  draft.add(std::move(act));
  return true;
}

bool verb_alone(const PhraseMatch& match, Draft& draft) {
  static const std::vector<std::string_view> kAlone = {
      "cancel", "continue", "proceed", "checkout", "register", "subscribe", "unsubscribe", "pay",
      "undo",   "login",    "logout",  "close",    "print",    "publish",   "download",    "reset",
      "retry",  "start",    "skip",    "finish",   "share",    "export",    "next"};
  static const std::vector<std::string_view> kSendOff = {
      "save", "send", "search", "book", "order", "reserve", "apply", "post", "buy"};
  const std::string verb = verb_of(match, draft);
  const bool sends = std::ranges::find(kSendOff, verb) != kSendOff.end();
  if (!sends && std::ranges::find(kAlone, verb) == kAlone.end()) return false;
  Act act{.kind = sends ? ActKind::kSubmit : ActKind::kClick};
  if (!command_target(verb, "", {}, draft, act.target)) return false;
  draft.add(std::move(act));
  return true;
}

}  // namespace vouch::features::build
