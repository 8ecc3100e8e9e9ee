// What steps say of several things at once: "both lights are off", "'A', 'B' and 'C' are checked".
#include <algorithm>
#include <cctype>
#include <optional>

#include "features/read/build.h"
#include "features/read/build_parts.h"
#include "features/read/lexicon.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

constexpr std::size_t kThingsMax = 12;

// "the compass and calendar images": what the last one is, each of them is.
std::optional<std::vector<Target>> take_each(Tokens things, Draft& draft) {
  std::vector<Target> each;
  const std::vector<Tokens> parts = parts_of(things);
  if (parts.size() < 2 || parts.size() > kThingsMax) return {};
  // "the subtotal reads '2' and …": what is said of the first.
  const auto is_said = [](Tokens part) {
    return has_literal(part) && std::ranges::any_of(part, [](const Token& token) {
             return token.is_word() && token.low != token.lemma && is_any_verb(token.lemma);
           });
  };
  for (const Tokens part : parts) {
    auto target = parse_target(part);
    if (is_said(part)) return {};
    if (!target || target->value.name.empty() || !target->value.scopes.empty()) return {};
    draft.cost += target->cost;
    each.push_back(std::move(target->value));
  }
  if (each.empty()) return {};
  const Target last = each.back();
  for (Target& one : each)
    if (one.kind == ElementKind::kAny) one.kind = last.kind;
  return each;
}

// Both, all or none of what a plural names, in the state.
bool add_all(Tokens named, State state, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = state};
  auto target = parse_target(named);
  if (!target || target->value.quoted) return false;
  draft.cost += target->cost;
  out.target = std::move(target->value);
  std::string& words = out.target.name.empty() ? out.target.noun : out.target.name;
  words = "all " + words;
  draft.add(std::move(out));
  return true;
}

// "Release, Review and Kick-off": each of them begins with a capital letter; empty where one does
// not.
std::vector<std::string> names_of(Tokens items) {
  constexpr std::size_t kWordsMax = 4;
  std::vector<std::string> names;
  if (has_literal(items)) return names;
  for (const Tokens part : parts_of(items)) {
    const bool joins = std::ranges::any_of(part, [](const Token& token) {
      return token.is_one_of({"or", "nor", "then", "not", "but"});
    });
    if (part.size() > kWordsMax || joins || !is_capitalised(part[0])) return {};
    names.push_back(join(part));
  }
  return names;
}

}  // namespace

// "both lights are off": there are two, and each is.
bool both_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const Tokens named = match.slot("target");
  if (word->negated || draft.clause.negations > 0 || !add_all(named, word->state, draft))
    return false;
  Observation two{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 2}};
  two.target = parse_target(named)->value;
  two.may_hold_before = true;
  draft.add(std::move(two));
  return true;
}

bool each_in_state(const PhraseMatch& match, Draft& draft) {
  std::optional<StateWord> word;
  if (const Tokens state = match.slot("state"); !state.empty()) word = parse_state(state);
  const auto each = take_each(match.slot("things"), draft);
  if (!each) return false;
  // "not all of them are": which are not is not said.
  const bool says_all = std::ranges::any_of(
      draft.clause.tokens, [](const Token& token) { return token.is_one_of({"all", "both"}); });
  if (draft.clause.negations > 0 && says_all) return false;
  for (const Target& one : *each) {
    Observation out{.kind = ObserveKind::kElement, .target = one};
    if (word && word->state != State::kVisible) {
      out.kind = ObserveKind::kState;
      out.state = word->state;
      out.with_previous = &one != &each->front();
      if (word->state == State::kEmpty && one.kind == ElementKind::kAny)
        out.target.kind = ElementKind::kField;
    }
    out.negated = word && word->negated;
    draft.add(std::move(out));
  }
  return true;
}

// "all of these are checked:" with a table of one column.
bool rows_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  if (!draft.step.table || draft.clause.negations > 0) return false;
  for (const std::vector<std::string>& row : *draft.step.table) {
    if (row.size() != 1) return false;
    Observation out{.kind = ObserveKind::kState, .state = word->state, .negated = word->negated};
    if (word->state == State::kVisible) out.kind = ObserveKind::kElement;
    out.target = {.name = row[0], .quoted = true};
    out.with_previous = !draft.intents.empty() && word->state != State::kVisible;
    draft.add(std::move(out));
  }
  draft.took_table = true;
  return true;
}

// "both 'Zip code' and 'Phone number' show 'N/A'".
bool each_content(const PhraseMatch& match, Draft& draft) {
  const auto each = take_each(match.slot("things"), draft);
  auto value = parse_value(match.slot("value"));
  if (!each || !value) return false;
  draft.cost += value->cost;
  for (const Target& one : *each) {
    Observation out{.kind = ObserveKind::kContent,
                    .target = one,
                    .expected = value->value,
                    .match = Match::kEquals};
    if (one.kind == ElementKind::kField || one.kind == ElementKind::kDropdown)
      out.kind = ObserveKind::kValue;
    draft.add(std::move(out));
  }
  return true;
}

// "3 list items: 'A', 'B' and 'C'": these, and no others.
bool counted_items(const PhraseMatch& match, Draft& draft) {
  const auto quantity = parse_quantity(match.slot("quantity"));
  auto things = parse_target(match.slot("things"));
  if (!quantity || quantity->compare != Compare::kEqual || !things || things->value.quoted ||
      things->value.ordinal || draft.clause.negations > 0)
    return false;
  const std::vector<Tokens> parts = parts_of(match.slot("items"));
  if (static_cast<int>(parts.size()) != quantity->number || parts.size() > kThingsMax) return false;
  Observation out{.kind = ObserveKind::kList, .target = things->value, .exact_rows = true};
  if (out.target.kind == ElementKind::kAny) out.target.name.clear();
  const bool are_quoted = std::ranges::all_of(
      parts, [](Tokens part) { return part.size() == 1 && part[0].kind == Token::Kind::kQuoted; });
  const Tokens items = match.slot("items");
  for (std::string& each : are_quoted ? literals_of(items) : names_of(items))
    out.rows.push_back({std::move(each)});
  if (out.rows.size() != parts.size()) return false;
  draft.cost += things->cost;
  draft.add(std::move(out));
  return true;
}

// "I add the following products:" with a table of one column: each of them, as one by itself.
bool do_to_each(const PhraseMatch& match, Draft& draft) {
  if (!draft.step.table || draft.step.table->size() > kThingsMax) return false;
  const Tokens said = match.slot("verb");
  const std::string& verb = said.empty() ? draft.clause.tokens[0].lemma : said[0].lemma;
  std::string button = verb;
  button[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(button[0])));
  const bool chooses = verb == "select" || verb == "choose" || verb == "pick";
  const bool ticks = verb == "tick" || verb == "check";
  Target control;
  if (!match.slot("target").empty() && !take_target(match, draft, control)) return false;
  for (const std::vector<std::string>& row : *draft.step.table) {
    if (row.size() != 1) return false;
    Act act{.kind = ActKind::kClick};
    if (chooses || ticks) {
      act.kind = ticks ? ActKind::kCheck : ActKind::kChoose;
      if (chooses) act.value = row[0];
      if (chooses) act.target = control;
      if (ticks) act.target = {.name = row[0], .quoted = true};
    } else {
      act.target.name = button;
      act.target.scopes = {{ElementKind::kAny, row[0], true}};
      if (verb == "add")
        act.target.alternatives = {"Add to cart", "Add to basket", "Add to bag", "Add to list"};
    }
    draft.add(std::move(act));
  }
  draft.cost += 0.5;
  draft.took_table = true;
  return true;
}

namespace {

// "7, +, 8 and =", "q, x, j": what each of them says; empty where one says more.
std::vector<std::string> keys_of(Tokens keys) {
  std::vector<std::string> each;
  for (const Token& token : keys) {
    const bool between = token.is("and") || (token.kind == Token::Kind::kPunctuation &&
                                             (token.text == "," || token.text == ";"));
    if (between) continue;
    if (token.text.size() > 2) return {};
    each.push_back(token.text);
  }
  return each.size() > 1 && each.size() <= kThingsMax ? each : std::vector<std::string>{};
}

}  // namespace

// "she presses 7, +, 8 and =": buttons of the page …
bool click_each(const PhraseMatch& match, Draft& draft) {
  for (const std::string& key : keys_of(match.slot("keys"))) {
    Act act{.kind = ActKind::kClick};
    act.target = {.kind = ElementKind::kButton, .name = key, .quoted = true};
    draft.add(std::move(act));
  }
  return !draft.intents.empty();
}

// … or else of the keyboard.
bool press_each(const PhraseMatch& match, Draft& draft) {
  for (std::string& key : keys_of(match.slot("keys")))
    draft.add(Act{.kind = ActKind::kPress, .value = std::move(key)});
  draft.cost += 0.5;
  return !draft.intents.empty();
}

// "types 'q'", where no field is.
bool press_letter(const PhraseMatch& match, Draft& draft) {
  const std::string& letter = match.slot("value")[0].text;
  if (letter.size() != 1 || std::isalnum(static_cast<unsigned char>(letter[0])) == 0) return false;
  draft.cost += 2;  // a field that may be meant comes first
  draft.add(Act{.kind = ActKind::kPress, .value = letter});
  return true;
}

// "nothing is selected under 'Size'": none of the choices there is.
bool nothing_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  if (!of_boxes || word->negated) return false;
  Observation out{.kind = ObserveKind::kState, .state = State::kUnchecked};
  out.target.noun = "all choices";
  if (!take_where(match, draft, out.target.scopes)) return false;
  draft.add(std::move(out));
  return true;
}

// "none of the boxes is checked": each is in the other state.
bool none_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  return draft.clause.negations == 0 && of_boxes && !word->negated &&
         add_all(match.slot("target"), State::kUnchecked, draft);
}

// "no box is checked".
bool no_one_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  const Tokens said = match.slot("target");
  if (draft.clause.negations > 0 || !of_boxes || word->negated || has_literal(said) ||
      !said.back().is_word())
    return false;
  std::vector<Token> several(said.begin(), said.end());
  const std::string& last = said.back().low;
  const bool hisses = last.ends_with('x') || last.ends_with('s') || last.ends_with("ch");
  if (!is_plural(last)) several.back() = word_token(last + (hisses ? "es" : "s"));
  return add_all(several, State::kUnchecked, draft);
}

// "all answers are disabled".
bool all_in_state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool collapsed = word->state == State::kExpanded && word->negated;
  if ((word->negated && !collapsed) || word->state == State::kVisible || draft.clause.negations > 0)
    return false;
  return add_all(match.slot("target"), collapsed ? State::kCollapsed : word->state, draft);
}

// "the answers are enabled again": all of them are, where nothing says which.
bool plural_in_state(const PhraseMatch& match, Draft& draft) {
  const Tokens named = strip(match.slot("target"));
  const bool is_one = named.empty() || has_literal(named) || !is_plural(named.back().low) ||
                      ordinal_of(named[0].low).has_value();
  if (is_one || named[0].is_one_of({"all", "other", "remaining", "rest"})) return false;
  const auto word = parse_state(match.slot("state"));
  using enum State;
  if (word->state != kEnabled && word->state != kDisabled && word->state != kChecked &&
      word->state != kUnchecked && word->state != kReadOnly && word->state != kRequired)
    return false;
  draft.cost -= 0.1;  // rather than one of them
  return all_in_state(match, draft);
}

// "neither of them is checked": no box is.
bool none_of_them(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  const bool of_boxes = word->state == State::kChecked || word->state == State::kSelected;
  if (!of_boxes || word->negated || draft.clause.negations > 0) return false;
  const std::vector<Token> boxes{word_token("checkboxes")};
  return add_all(boxes, State::kUnchecked, draft);
}

namespace {

// "'A', 'B' and 'C'": a row each; empty where it is anything else, or one alone.
std::vector<std::vector<std::string>> quoted_rows(Tokens items) {
  std::vector<std::vector<std::string>> rows;
  const bool quoted = std::ranges::none_of(
      items, [](const Token& token) { return token.kind == Token::Kind::kNumber; });
  for (std::string& text : literals_of(items)) rows.push_back({std::move(text)});
  for (std::string& text : names_of(items)) rows.push_back({std::move(text)});
  if (!quoted || rows.size() < 2 || rows.size() > kThingsMax) rows.clear();
  return rows;
}

// What there are several of: unquoted, a plural or a list.
bool take_things(Tokens words, Draft& draft, Target& out) {
  auto things = parse_target(words);
  if (!things || things->value.quoted || things->value.ordinal) return false;
  const std::string noun = things->value.noun.empty() ? things->value.name : things->value.noun;
  using enum ElementKind;
  const bool is_place = things->value.kind == kList || things->value.kind == kTable ||
                        things->value.kind == kMenu || things->value.kind == kDropdown;
  if (!is_place && !is_plural(lower(noun.substr(noun.rfind(' ') + 1)))) return false;
  draft.cost += things->cost;
  out = std::move(things->value);
  if (out.kind == kAny) {
    out.noun = noun;
    out.name.clear();
  }
  return true;
}

bool as_before(Tokens said, bool counted, Draft& draft) {
  auto target = parse_target(said);
  using enum ElementKind;
  if (!target || target->value.kind == kPage || target->value.ordinal) return false;
  const bool says_which = std::ranges::any_of(
      target->value.scopes, [](const Scope& scope) { return scope.ordinal || scope.quoted; });
  // "no completed task", "no task 'Milk'": some of them, of which the number says nothing.
  const ElementKind kind = target->value.kind;
  if (counted && (target->value.quoted || says_which || strip(said).size() != 1 ||
                  (kind != kAny && kind != kItem && kind != kRow)))
    return false;
  if (!counted && lower(target->value.name).starts_with("number of ")) return false;
  Observation out{.kind = ObserveKind::kSame, .counted = counted, .may_hold_before = true};
  draft.cost += target->cost;
  out.target = std::move(target->value);
  draft.add(std::move(out));
  return true;
}

}  // namespace

bool same_number(const PhraseMatch& match, Draft& draft) {
  return draft.clause.negations == 0 && as_before(match.slot("things"), true, draft);
}

bool number_unchanged(const PhraseMatch& match, Draft& draft) {
  draft.took_negation = true;
  return draft.clause.negations == 1 && as_before(match.slot("things"), true, draft);
}

// "the task is not added to the list": there are as many as before.
bool not_added(const PhraseMatch& match, Draft& draft) {
  draft.took_negation = true;
  return draft.is_outcome() && draft.clause.negations == 1 && !has_literal(match.slot("where")) &&
         as_before(match.slot("things"), true, draft);
}

bool same(const PhraseMatch& match, Draft& draft) {
  return draft.clause.negations == 0 && as_before(match.slot("target"), false, draft);
}

bool unchanged(const PhraseMatch& match, Draft& draft) {
  draft.took_negation = true;
  const bool denied = draft.clause.negations == 1 && !draft.clause.can;
  return denied && as_before(match.slot("target"), false, draft);
}

// "the items are 'A', 'B' and 'C' in this order", "the suggestions are 'A' and 'B'": these, and no
// others.
bool listed_items(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kList, .exact_rows = true};
  out.rows = quoted_rows(match.slot("items"));
  if (out.rows.empty() || draft.clause.negations > 0) return false;
  const Tokens place = match.slot("place");
  if (!take_things(place.empty() ? match.slot("things") : place, draft, out.target)) return false;
  out.ordered = std::ranges::any_of(draft.clause.tokens,
                                    [](const Token& token) { return token.is("order"); });
  draft.add(std::move(out));
  return true;
}

// "only 'A' and 'B' are left": what they are among, is not said.
bool only_these(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kList, .exact_rows = true};
  out.target = {.kind = ElementKind::kItem, .noun = "items"};
  out.rows = quoted_rows(match.slot("items"));
  if (out.rows.empty() || draft.clause.negations > 0) return false;
  out.ordered = std::ranges::any_of(draft.clause.tokens,
                                    [](const Token& token) { return token.is("order"); });
  draft.add(std::move(out));
  return true;
}

// "exactly these sections are offered in the menu: Home and Help".
bool exactly_listed(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kList, .exact_rows = true};
  for (const Tokens item : parts_of(match.slot("items"))) {
    const Tokens name = strip(item);
    const bool is_name = !name.empty() && (name[0].is_literal() || is_capitalised(name[0]));
    if (!is_name || has_guard_word(name)) return false;
    out.rows.push_back({join(name)});
  }
  if (out.rows.empty() || draft.clause.negations > 0) return false;
  if (!take_things(match.slot("things"), draft, out.target)) return false;
  if (!take_where(match, draft, out.target.scopes)) return false;
  draft.add(std::move(out));
  return true;
}

// "'A' comes before 'B'": in this order among what is listed.
bool comes_before(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kBefore};
  out.rows = {{match.slot("first")[0].text}, {match.slot("second")[0].text}};
  if (!take_where(match, draft, out.target.scopes)) return false;
  draft.add(std::move(out));
  return true;
}

// "'A' comes first and 'B' last".
bool at_both_ends(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  for (const bool is_first : {true, false}) {
    Observation out{.kind = ObserveKind::kContent,
                    .expected = match.slot(is_first ? "value" : "other")[0].text,
                    .match = Match::kContains};
    out.target.ordinal = is_first ? 1 : -1;
    draft.add(std::move(out));
  }
  return true;
}

// "'A' is at the top of the list": its first item says so.
bool at_end(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kContent,
                  .expected = match.slot("value")[0].text,
                  .match = Match::kEquals};
  const Tokens noun = strip(match.slot("noun")), place = match.slot("place");
  if (!place.empty()) out.target.kind = ElementKind::kItem;
  if (!noun.empty()) {
    auto thing = parse_target(noun);
    if (!thing || thing->value.quoted || thing->value.ordinal) return false;
    draft.cost += thing->cost;
    out.target = std::move(thing->value);
  }
  if (!place.empty()) {
    Target list;
    if (!take_things(place, draft, list)) return false;
    using enum ElementKind;
    if (list.kind == kTable) out.target.kind = noun.empty() ? kRow : out.target.kind;
    if (list.kind == kList || list.kind == kTable || list.kind == kMenu)
      out.target.scopes.push_back({list.kind, list.name, list.quoted});
    else if (noun.empty())
      out.target = std::move(list);
  }
  const bool is_last = std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is("last") || token.is("bottom");
  });
  out.target.ordinal = is_last ? -1 : 1;
  draft.add(std::move(out));
  return true;
}

// "every row contains 'Tea'", "only products with 'Tea' are shown".
bool each_contains(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kEach, .expected = match.slot("value")[0].text};
  if (!match.slot("things").empty()) {  // else "each of them": what the page shows several of
    auto things = parse_target(match.slot("things"));
    if (!things || things->value.quoted || things->value.ordinal) return false;
    draft.cost += things->cost;
    out.target = std::move(things->value);
    if (out.target.kind == ElementKind::kAny) out.target.name.clear();
  }
  if (!match.slot("column").empty()) {
    Target column;
    if (!take_target(match, draft, column, "column") || column.name.empty() || column.ordinal ||
        !column.scopes.empty())
      return false;
    out.part = {.kind = ElementKind::kColumn, .name = column.name, .quoted = column.quoted};
  }
  draft.add(std::move(out));
  return true;
}

// "'Inigo Montoya' is the third person".
bool is_nth(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kContent,
                  .expected = match.slot("value")[0].text,
                  .match = Match::kEquals};
  // "the second last item", "the third most expensive", "the second from the bottom": counted
  // otherwise than from the first.
  const Tokens said = strip(match.slot("target"));
  const bool is_one_noun = said.size() == 2 && said[1].is_word() && said[1].low == said[1].lemma &&
                           std::isalpha(static_cast<unsigned char>(said[1].low.front())) != 0 &&
                           !said[1].is("last");
  if (!is_one_noun || !take_target(match, draft, out.target) || !out.target.ordinal) return false;
  draft.cost -= 0.3;  // rather than what is called so
  draft.add(std::move(out));
  return true;
}

// "each card shows a 'Buy' button".
bool each_has(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kEach};
  auto things = parse_target(match.slot("things")), part = parse_target(match.slot("part"));
  if (!things || !part || things->value.quoted || things->value.ordinal) return false;
  using enum ElementKind;
  const ElementKind kind = part->value.kind;
  if ((kind != kButton && kind != kLink && kind != kImage && kind != kCheckbox &&
       kind != kHeading) ||
      part->value.ordinal || !part->value.scopes.empty())
    return false;
  draft.cost += things->cost + part->cost;
  out.target = std::move(things->value);
  out.part = std::move(part->value);
  if (out.target.kind == kAny) out.target.name.clear();
  draft.add(std::move(out));
  return true;
}

}  // namespace vouch::features::build
