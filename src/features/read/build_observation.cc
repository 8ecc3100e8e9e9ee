#include <algorithm>
#include <array>
#include <utility>

#include "features/read/build.h"
#include "features/read/build_act_parts.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool means_url(const Target& target) {
  const std::string name = lower(target.name);
  return !target.quoted && target.scopes.empty() &&
         is_one_of(name, {"url", "current url", "address", "address bar", "path", "page url",
                          "browser url", "web address", "current path", "location", "new url"});
}
bool means_title(const Target& target) {
  const std::string name = lower(target.name);
  return !target.quoted && target.scopes.empty() &&
         is_one_of(name, {"title", "page title", "window title", "browser title", "tab title",
                          "document title"});
}

// What has a text of its own.
bool is_spoken_of(const Scope& scope) {
  using enum ElementKind;
  return scope.kind == kLink || scope.kind == kButton || scope.kind == kHeading ||
         scope.kind == kTab || scope.kind == kMessage || scope.kind == kBadge;
}

}  // namespace

Observation content(Target target, std::string expected, Match how) {
  Observation out{.expected = std::move(expected), .match = how};
  if (target.kind == ElementKind::kText && target.name.empty() && !target.ordinal &&
      !target.scopes.empty() && is_spoken_of(target.scopes[0])) {  // "the text of the link"
    const Scope owner = target.scopes[0];
    target = {.kind = owner.kind,
              .name = owner.name,
              .quoted = owner.quoted,
              .scopes = {target.scopes.begin() + 1, target.scopes.end()}};
  }
  if (means_url(target)) {
    out.kind = ObserveKind::kUrl;
    return out;
  }
  if (means_title(target)) {
    out.kind = ObserveKind::kTitle;
    return out;
  }
  const bool whole_page = target.kind == ElementKind::kPage && target.name.empty();
  if (target.kind == ElementKind::kMessage || (whole_page && how == Match::kContains)) {
    out.kind = ObserveKind::kText;
  } else {
    out.kind = is_field(target.kind) ? ObserveKind::kValue : ObserveKind::kContent;
  }
  out.target = std::move(target);
  if (whole_page && out.kind == ObserveKind::kText) out.target = {};
  return out;
}

namespace {

bool add_content(const PhraseMatch& match, Draft& draft, Match how) {
  Target target;
  std::string expected;
  if (!take_target(match, draft, target) || !take_shown(match, draft, expected)) return false;
  draft.add(content(std::move(target), std::move(expected), how));
  return true;
}

bool is_numeric(const std::string& value) {
  return !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

bool see(const PhraseMatch& match, Draft& draft) {
  const Tokens seen = match.slot("seen");
  if (draft.step.table || draft.step.doc_string) return false;
  return observe_visible(seen, draft);
}

// "I see 'A' and 'B' in the list": each of them there.
bool see_items(const PhraseMatch& match, Draft& draft) {
  const std::vector<std::string> items = literals_of(match.slot("items"));
  std::vector<Scope> where;
  if (items.size() < 2 || draft.clause.negations > 0 || !take_where(match, draft, where))
    return false;
  for (const std::string& item : items) draft.add(text(item, where));
  return true;
}

// "I see 'A' instead of 'B'": the one, and not the other.
bool see_instead(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  draft.add(text(match.slot("value")[0].text));
  Observation gone = text(match.slot("other")[0].text);
  gone.negated = gone.with_previous = true;
  draft.add(std::move(gone));
  return true;
}

// "sees no error message": one thing that is not there.
bool see_none(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0 && !draft.took_negation) return false;
  if (!observe_visible(match.slot("seen"), draft)) return false;
  auto& observation = std::get<Observation>(draft.intents.back());
  if (is_plural(observation.target.noun) && observation.target.kind != ElementKind::kMessage &&
      observation.kind == ObserveKind::kElement)
    draft.cost += 1;  // rather a count of 0
  observation.negated = true;
  return true;
}

namespace {

// What opens and closes on a page.
bool is_opened(ElementKind kind) {
  using enum ElementKind;
  return kind == kDialog || kind == kMenu || kind == kList || kind == kSection || kind == kMessage;
}

}  // namespace

// "the dialog 'Create new user' opens".
bool opens(const PhraseMatch& match, Draft& draft) {
  if (draft.step.table || draft.step.doc_string) return false;
  auto target = parse_target(match.slot("target"));
  return target && is_opened(target->value.kind) && observe_visible(match.slot("target"), draft);
}

// "a dialog opens with the heading 'X'": what it says stands in it.
bool opens_with(const PhraseMatch& match, Draft& draft) {
  auto target = parse_target(match.slot("target"));
  if (!target || !is_opened(target->value.kind) || target->value.ordinal) return false;
  Observation out = text(match.slot("value")[0].text, target->value.scopes);
  out.target.scopes.insert(out.target.scopes.begin(),
                           {target->value.kind, target->value.name, target->value.quoted});
  draft.cost += target->cost;
  draft.add(std::move(out));
  return true;
}

bool told(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kText};
  if (!take_shown(match, draft, out.expected)) return false;
  out.target.kind = ElementKind::kMessage;
  draft.add(std::move(out));
  return true;
}

bool greeted(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kText};
  if (!take_shown(match, draft, out.expected)) return false;
  draft.add(std::move(out));
  return true;
}

// "is invited to sign up": what says so is there, to be read or pressed.
bool invited(const PhraseMatch& match, Draft& draft) {
  constexpr std::size_t kWordsMax = 3;
  const Tokens what = match.slot("what");
  if (!draft.is_outcome() || has_literal(what) || what.size() > kWordsMax || has_guard_word(what) ||
      !is_act_verb(what[0].lemma))
    return false;
  Observation out{.kind = ObserveKind::kElement};
  out.target.name = join(what);
  add_synonyms(out.target, out.target.name);
  draft.cost += 0.5;
  draft.add(std::move(out));
  return true;
}

bool says(const PhraseMatch& match, Draft& draft) {
  // "the text under the table reads 'X'": it stands beside it, not in it.
  const Tokens target = match.slot("target");
  if (const Tokens bare = strip(target); bare.size() > 2 && says_beside(target)) {
    const bool is_text = bare[0].is_one_of({"text", "label", "caption", "note", "line", "words"});
    Observation out = text("");
    // A word alone may stand anywhere.
    const auto is_sentence = [&] { return std::ranges::count(out.expected, ' ') > 1; };
    if (is_text && take_shown(match, draft, out.expected) && is_sentence()) {
      draft.cost -= 0.2;
      draft.add(std::move(out));
      return true;
    }
  }
  return add_content(match, draft, Match::kContains);
}

// "the field 'Email' shows the error 'X'": a message, and it stands by that field.
bool says_message(const PhraseMatch& match, Draft& draft) {
  Target owner;
  Observation out{.kind = ObserveKind::kText};
  if (!take_target(match, draft, owner) || !take_shown(match, draft, out.expected)) return false;
  out.target.kind = ElementKind::kMessage;
  if (owner.kind != ElementKind::kPage) {
    const std::string& name = owner.name.empty() ? owner.noun : owner.name;
    const ElementKind kind =
        is_field(owner.kind) ? ElementKind::kAny : owner.kind;  // beside it, not in it
    out.target.scopes.push_back({kind, name, owner.quoted});
    out.target.scopes.insert(out.target.scopes.end(), owner.scopes.begin(), owner.scopes.end());
  }
  draft.add(std::move(out));
  return true;
}

// "it says where the parcel is: 'X'".
bool it_says(const PhraseMatch& match, Draft& draft) {
  const Tokens what = match.slot("what");
  Observation out{.kind = ObserveKind::kText};
  if (has_literal(what) || what.size() > 8 || has_guard_word(what.subspan(1))) return false;
  if (!take_shown(match, draft, out.expected)) return false;
  out.target.name = join(strip(what));
  draft.cost += 0.1 * static_cast<double>(what.size());
  draft.add(std::move(out));
  return true;
}

// "'Saved.' is reported": the words themselves; that "the sale is recorded" shows nothing.
bool told_of(const PhraseMatch& match, Draft& draft) {
  const Tokens said = strip(match.slot("target"));
  const bool is_words = !said.empty() && said.size() <= 2 && said.back().is_literal();
  return is_words && shown(match, draft);
}

bool shown(const PhraseMatch& match, Draft& draft) {
  Tokens seen = match.slot("target");
  const Tokens bare = strip(seen);
  if (bare.size() == 1 && is_person(bare[0].low)) return false;  // "the user is in …": who reads it
  if (draft.step.table || draft.step.doc_string) return false;
  if (!observe_visible(seen, draft)) return false;
  auto& made = std::get<Observation>(draft.intents.back());
  // What is suggested is shown in a list, whatever the page says of suggestions.
  if (made.target.kind == ElementKind::kAny && !made.target.quoted &&
      made.target.name == "suggestions")
    made.target.kind = ElementKind::kList;
  if (match.slot("where").empty()) return true;
  auto where = parse_where(match.slot("where"));
  if (!where) return false;
  draft.cost += where->cost;
  // "below the button": not in it, and where else is no part of the page.
  if (says_beside(match.slot("where"))) {
    std::erase_if(where->value, [](const Scope& scope) {
      const ElementKind kind = scope.kind;
      return scope.name.empty() && !scope.ordinal &&
             (is_field(kind) || kind == ElementKind::kButton || kind == ElementKind::kLink);
    });
  }
  auto& observation = std::get<Observation>(draft.intents.back());
  const bool is_page = observation.kind == ObserveKind::kPage;
  if (is_page && observation.target.name.empty()) return false;  // "the page is in dark mode"
  auto& scopes = observation.target.scopes;
  scopes.insert(scopes.end(), where->value.begin(), where->value.end());
  if (observation.kind == ObserveKind::kText) {
    Target target = observation.target;
    target.name = observation.expected;
    const ElementKind kind = observation.target.kind;
    observation = quoted_seen(std::move(target), match.slot("where"));
    if (observation.kind == ObserveKind::kText) observation.target.kind = kind;
  }
  return true;
}

bool gone(const PhraseMatch& match, Draft& draft) {
  if (!shown(match, draft)) return false;
  std::get<Observation>(draft.intents.back()).negated = true;
  return true;
}

bool among(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kList};
  std::string value;
  if (!take_shown(match, draft, value) || !take_target(match, draft, out.target)) return false;
  if (out.target.noun.empty()) out.target.noun = out.target.name;
  if (!out.target.quoted && out.target.kind == ElementKind::kAny) out.target.name.clear();
  out.rows = {{value}};
  // "one of them": of those that are there now, among which it may have been before.
  out.may_hold_before = match.slot("target").back().is("them");
  draft.add(std::move(out));
  return true;
}

// "only 'X' is listed": the list that has X has nothing else.
bool only(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kList, .exact_rows = true};
  std::string value;
  if (!take_shown(match, draft, value)) return false;
  if (!match.slot("target").empty() && !take_target(match, draft, out.target)) return false;
  if (out.target.quoted || out.target.ordinal) return false;  // which of several is not told apart
  if (!take_where(match, draft, out.target.scopes) || draft.clause.negations > 0) return false;
  out.rows = {{value}};
  draft.add(std::move(out));
  return true;
}

bool suggested(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kList, .exact_rows = true};
  out.target.noun = "suggestions";
  out.rows = {{match.slot("value")[0].text}};
  draft.add(std::move(out));
  return true;
}

// "none of the users is 'Ann'": she is not among them.
bool none_is(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0 || !among(match, draft)) return false;
  std::get<Observation>(draft.intents.back()).negated = true;
  return true;
}

// "no task 'Milk' is added": that one is not there.
bool none_named(const PhraseMatch& match, Draft& draft) {
  return has_literal(match.slot("target")) && gone(match, draft);
}

// "no product is listed"; of several it is said by their number.
bool none_listed(const PhraseMatch& match, Draft& draft) {
  const Tokens said = strip(match.slot("target"));
  return !said.empty() && said.back().is_word() && !is_plural(said.back().low) &&
         gone(match, draft);
}

// "I have an empty cart".
bool empty(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kEmpty};
  if (!take_target(match, draft, out.target)) return false;
  draft.add(std::move(out));
  return true;
}

// "the form is cleared": each of its fields is empty.
bool form_empty(const PhraseMatch&, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kEmpty};
  out.target = {.kind = ElementKind::kSection, .noun = "form"};
  draft.add(std::move(out));
  return true;
}

bool state(const PhraseMatch& match, Draft& draft) {
  const auto word = parse_state(match.slot("state"));
  if (word->state == State::kVisible) {
    if (!shown(match, draft)) return false;
    std::get<Observation>(draft.intents.back()).negated = word->negated;
    return true;
  }
  Observation out{.kind = ObserveKind::kState, .state = word->state, .negated = word->negated};
  if (!take_target(match, draft, out.target)) return false;
  if (!match.slot("where").empty()) {
    auto where = parse_where(match.slot("where"));
    if (!where) return false;
    draft.cost += where->cost;
    if (out.state == State::kSelected && !where->value.empty() && out.target.quoted &&
        (is_field(where->value[0].kind) || where->value[0].kind == ElementKind::kAny)) {
      Observation value{
          .kind = ObserveKind::kValue, .expected = out.target.name, .match = Match::kEquals};
      value.target = {.kind = ElementKind::kDropdown,
                      .name = where->value[0].name,
                      .quoted = where->value[0].quoted,
                      .scopes = {where->value.begin() + 1, where->value.end()}};
      draft.add(std::move(value));
      return true;
    }
    out.target.scopes.insert(out.target.scopes.end(), where->value.begin(), where->value.end());
  }
  draft.add(std::move(out));
  return true;
}

// "the password is filled in": whatever it holds.
bool filled_in(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kEmpty, .negated = true};
  if (draft.step.table || draft.step.doc_string || !take_target(match, draft, out.target))
    return false;
  if (out.target.kind != ElementKind::kAny && !is_field(out.target.kind)) return false;
  out.target.kind = ElementKind::kField;
  draft.add(std::move(out));
  return true;
}

// "I should not be able to click 'Save'".
bool can_be_clicked(const PhraseMatch& match, Draft& draft) {
  const bool says_can = draft.clause.can || draft.clause.negations == 1;
  if (!draft.is_outcome() || !says_can) return false;
  Observation out{.kind = ObserveKind::kState, .state = State::kEnabled};
  if (!take_target(match, draft, out.target)) return false;
  draft.add(std::move(out));
  return true;
}

// "the page scrolls to the section 'Contact'".
bool scrolled_to(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kInView};
  if (draft.step.type == gherkin::StepType::kAction || !take_target(match, draft, out.target))
    return false;
  if (out.target.name.empty() && out.target.noun.empty()) return false;
  draft.add(std::move(out));
  return true;
}

// "'Lidl' has been replaced by 'Aldi'": the one is there now, and the other is not.
bool replaced(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation gone = text(match.slot("was")[0].text);
  gone.negated = true;
  draft.add(text(match.slot("value")[0].text));
  draft.add(std::move(gone));
  return true;
}

// "its value is 7": of the field that was named last.
bool its_value(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kValue, .match = Match::kEquals};
  if (!has_literal(match.slot("value")) || !take_shown(match, draft, out.expected)) return false;
  out.target = {.kind = ElementKind::kField, .name = "it"};
  draft.add(std::move(out));
  return true;
}

// "cannot be changed": what it is said to be incapable of. What was changed is not said here.
bool changeable(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations != 1 || !draft.clause.can) return false;
  Observation out{.kind = ObserveKind::kState, .state = State::kReadOnly};
  if (!take_target(match, draft, out.target)) return false;
  draft.took_negation = true;
  draft.add(std::move(out));
  return true;
}

// "the status changes to 'Copied'": that is what it says afterwards.
bool changes_to(const PhraseMatch& match, Draft& draft) {
  return draft.step.type != gherkin::StepType::kAction && add_content(match, draft, Match::kEquals);
}

// "it was written by 'Anna'": the thing says so.
bool made_by(const PhraseMatch& match, Draft& draft) {
  Target thing;
  if (!take_target(match, draft, thing) || thing.name.empty()) return false;
  Observation out{.kind = ObserveKind::kText, .expected = match.slot("value")[0].text};
  out.target.scopes.push_back({thing.kind, thing.name, thing.quoted, thing.ordinal});
  out.target.scopes.insert(out.target.scopes.end(), thing.scopes.begin(), thing.scopes.end());
  draft.add(std::move(out));
  return true;
}

bool focused(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kFocused};
  if (!take_target(match, draft, out.target)) return false;
  draft.add(std::move(out));
  return true;
}

bool content_is(const PhraseMatch& match, Draft& draft) {
  const Tokens value = match.slot("value");
  if (parse_state(value)) return false;
  constexpr std::size_t kBareWordsMax = 3;
  if (value.size() > kBareWordsMax && !has_literal(value)) return false;
  if (!has_literal(value) && value[0].low != value[0].lemma) return false;  // "is sorted by …"
  // "the subtotal is 59 and the tax 4": that is another thing with its value.
  if (value.size() > 2 && value[0].is_word() && is_determiner(value[0].low) &&
      value.back().kind == Token::Kind::kNumber)
    return false;
  if (is_one_of(value[0].low, {"among", "amongst", "in", "on", "at", "under", "below", "above",
                               "by", "near", "one", "part", "for", "of"}))
    return false;  // where it is
  if (!add_content(match, draft, Match::kEquals)) return false;
  // "the sidebar is open", "the page is ready": a state nobody taught, not a text.
  using enum ElementKind;
  const ElementKind kind = std::get<Observation>(draft.intents.back()).target.kind;
  const bool holds_text = kind == kAny || kind == kField || kind == kDropdown || kind == kBadge ||
                          kind == kCell || kind == kMessage || kind == kText || kind == kHeading ||
                          kind == kColumn || kind == kItem;
  return holds_text || has_literal(match.slot("value"));
}

// "the status changes from 'Invited' to 'Active'".
bool content_changes(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0 || !add_content(match, draft, Match::kEquals)) return false;
  auto& observation = std::get<Observation>(draft.intents.back());
  if (observation.kind != ObserveKind::kContent && observation.kind != ObserveKind::kValue)
    return false;
  observation.was = match.slot("was")[0].text;
  return true;
}

bool content_has(const PhraseMatch& match, Draft& draft) {
  const Tokens said = strip(match.slot("value"));
  if (said.size() > 1 && said[0].is("value") && !says_contain(draft)) return false;  // all of it
  if (!add_content(match, draft, Match::kContains)) return false;
  auto& observation = std::get<Observation>(draft.intents.back());
  // "the badge shows 1" does not mean 10.
  if (is_numeric(observation.expected) && observation.kind == ObserveKind::kContent)
    observation.match = Match::kEquals;
  return true;
}

// "$170 per year", as pages write it: "$170/yr".
bool content_per(const PhraseMatch& match, Draft& draft) {
  constexpr auto kPeriods = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"hour", "/hr"}, {"day", "/day"}, {"week", "/wk"}, {"month", "/mo"}, {"year", "/yr"}});
  const Tokens period = match.slot("period");
  // Of what a page writes otherwise it is easily true that it does not say so.
  if (draft.clause.negations > 0 || period.size() != 1 ||
      match.slot("value")[0].kind != Token::Kind::kNumber)
    return false;
  const auto* said = std::ranges::find(kPeriods, period[0].low,
                                       &std::pair<std::string_view, std::string_view>::first);
  Target target;
  if (said == kPeriods.end() || !take_target(match, draft, target)) return false;
  draft.cost += 0.5;  // where the page does not write it out
  draft.add(content(std::move(target), match.slot("value")[0].text + std::string(said->second),
                    Match::kEquals));
  return true;
}

bool content_starts(const PhraseMatch& match, Draft& draft) {
  return add_content(match, draft, Match::kStartsWith);
}
bool content_ends(const PhraseMatch& match, Draft& draft) {
  return add_content(match, draft, Match::kEndsWith);
}

// "I have to pay '€ 5.40'": what a shop adds up to.
bool to_pay(const PhraseMatch& match, Draft& draft) {
  std::string expected;
  if (!take_shown(match, draft, expected)) return false;
  draft.add(content({.noun = "total", .name = "total"}, std::move(expected), Match::kEquals));
  return true;
}

bool field_value(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kValue, .match = Match::kEquals};
  if (!take_target(match, draft, out.target) || !take_shown(match, draft, out.expected))
    return false;
  using enum ElementKind;
  const ElementKind kind = out.target.kind;
  if (kind == kMessage || kind == kHeading || kind == kTable || kind == kPage ||
      means_url(out.target))
    return false;
  if (kind == kRow || kind == kCell || kind == kColumn || kind == kBadge)
    out.kind = ObserveKind::kContent;
  draft.add(std::move(out));
  return true;
}

// "the selected fruit is 'bananas'": of a drop-down or a field; a tab or an item is selected
// itself.
bool chosen_value(const PhraseMatch& match, Draft& draft) {
  if (!field_value(match, draft)) return false;
  const ElementKind kind = std::get<Observation>(draft.intents.back()).target.kind;
  using enum ElementKind;
  return kind == kAny || kind == kField || kind == kDropdown;
}

// "'X' in the field 'Y'", "'X' as the total".
bool value_in(const PhraseMatch& match, Draft& draft) {
  Target target;
  std::string expected;
  if (!take_target(match, draft, target) || !take_shown(match, draft, expected)) return false;
  if (means_url(target) || means_title(target)) {
    draft.add(content(std::move(target), std::move(expected), Match::kContains));
    return true;
  }
  using enum ElementKind;
  const ElementKind kind = target.kind;
  const bool container = kind == kSection || kind == kList || kind == kTable || kind == kDialog ||
                         kind == kPage || kind == kMenu || kind == kRow || kind == kItem ||
                         kind == kTab;
  if (container || (kind == kAny && target.quoted)) return false;  // a text with a scope
  const bool numeric = is_numeric(expected);
  Observation out = content(std::move(target), std::move(expected), Match::kContains);
  if (out.kind == ObserveKind::kContent && numeric) out.match = Match::kEquals;
  draft.add(std::move(out));
  return true;
}

// "I land on a page with the heading 'X'".
bool page_headed(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kElement};
  out.target = {.kind = ElementKind::kHeading, .name = match.slot("value")[0].text, .quoted = true};
  draft.add(std::move(out));
  return true;
}

// "the checkout page is shown": only what is called a page, "the prompt is shown" is something
// else.
bool page_shown(const PhraseMatch& match, Draft& draft) {
  auto page = parse_page(match.slot("page"));
  return page && page->value.said_page && on_page(match, draft);
}

// A text in quotes that is seen is a text, unless it is called a page.
bool page_seen(const PhraseMatch& match, Draft& draft) {
  auto page = parse_page(match.slot("page"));
  return page && (page->value.said_page || !page->value.target.quoted) && on_page(match, draft);
}

// "the dashboard is shown for 'Anna Lee'": it says whose it is.
bool page_for(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0 || has_literal(match.slot("page")) || !on_page(match, draft) ||
      draft.intents.empty())
    return false;
  Observation whose = text(match.slot("value")[0].text);
  whose.with_previous = true;
  draft.add(std::move(whose));
  draft.cost += 0.4;
  return true;
}

bool on_page(const PhraseMatch& match, Draft& draft) {
  auto page = parse_page(match.slot("page"));
  if (!page || page->value.target.kind != ElementKind::kPage) return false;
  draft.cost += page->cost + (page->value.said_page ? 0 : 0.2);
  Target& target = page->value.target;
  name_step(&target);  // "I am on step 2"
  if (!page->value.path.empty()) {
    draft.add(Observation{
        .kind = ObserveKind::kUrl, .expected = page->value.path, .match = Match::kEquals});
    return true;
  }
  draft.add(Observation{.kind = ObserveKind::kPage, .target = page->value.target});
  return true;
}

namespace {

// "low to high", "descending", "from Z to A": whether it goes down; nothing where it says neither.
std::optional<bool> goes_down(Tokens words) {
  std::string text;
  for (const Token& token : words) text += (text.empty() ? "" : " ") + lower(token.text);
  const auto has = [&](std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return text.find(part) != std::string::npos; });
  };
  if (has({"descending", "high to low", "highest to lowest", "z to a", "z-a", "decreasing",
           "largest to smallest", "newest to oldest", "newest first", "highest first",
           "most expensive to", "reverse alphabetical", "expensive to cheap", "latest first",
           "most expensive first", "biggest to smallest", "desc"}))
    return true;
  if (has({"ascending", "low to high", "lowest to highest", "a to z", "a-z", "increasing",
           "smallest to largest", "oldest to newest", "oldest first", "lowest first", "cheapest to",
           "alphabetical", "cheap to expensive", "cheapest first", "asc"}))
    return false;
  return std::nullopt;
}

}  // namespace

bool option_selected(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kState, .state = State::kSelected};
  out.target = {.name = match.slot("value")[0].text, .quoted = true};
  draft.add(std::move(out));
  return true;
}

// "the title of the new tab is 'Terms'": the tab is the one that is shown.
bool of_new_tab(const PhraseMatch& match, Draft& draft) {
  const bool title = std::ranges::any_of(
      draft.clause.tokens, [](const Token& token) { return token.is_word() && token.is("title"); });
  const std::string& value = match.slot("value")[0].text;
  Observation out{.kind = ObserveKind::kTitle, .expected = value, .match = Match::kEquals};
  if (!title) {
    out = {.kind = ObserveKind::kElement};
    out.target = {.kind = ElementKind::kHeading, .name = value, .quoted = true};
  }
  draft.add(std::move(out));
  return true;
}

// "the 'Price' column is sorted descending": the rows are, by what they say there.
bool sorted_column(const PhraseMatch& match, Draft& draft) {
  const std::optional<bool> down = goes_down(match.slot("how"));
  Target column;
  if (!down || !take_target(match, draft, column, "column")) return false;
  if (column.kind != ElementKind::kColumn || column.name.empty() || column.ordinal) return false;
  Observation out{.kind = ObserveKind::kSorted, .attribute = column.name, .descending = *down};
  out.target = {.kind = ElementKind::kRow, .noun = "rows", .scopes = std::move(column.scopes)};
  draft.add(std::move(out));
  return true;
}

namespace {

// "somehow", "descendingly".
bool says_how(const Token& token) {
  return token.low.ends_with("ly") || token.low.ends_with("how");
}

}  // namespace

// "the products are sorted by price from low to high".
bool sorted(const PhraseMatch& match, Draft& draft) {
  const Tokens how = match.slot("how");
  Tokens key = match.slot("key");
  std::optional<bool> down = goes_down(how.empty() ? key : how);
  // "sorted by due date": from the first on.
  if (!down && how.empty() && key.size() <= 3 && !has_literal(key) && !has_guard_word(key) &&
      std::ranges::none_of(key, says_how))
    down = false;
  if (!down) return false;
  Observation out{.kind = ObserveKind::kSorted, .descending = *down};
  if (!match.slot("target").empty() && !take_target(match, draft, out.target)) return false;
  if (out.target.quoted || out.target.ordinal) return false;
  if (!key.empty()) {
    auto named = parse_value(key);
    if (!named || named->value.size() > 40) return false;
    out.attribute = std::move(named->value);
  }
  draft.add(std::move(out));
  return true;
}

namespace {

bool table_rows(const PhraseMatch& match, Draft& draft, bool ordered) {
  if (!draft.step.table || draft.step.table->empty()) return false;
  const auto& table = *draft.step.table;
  const bool list = table[0].size() == 1;
  Observation out{.kind = list ? ObserveKind::kList : ObserveKind::kTable, .ordered = ordered};
  std::vector<Token> named;
  for (const Token& token : match.slot("target"))
    if (!(token.is_word() && is_one_of(token.low, {"following", "these", "exactly", "only"})))
      named.push_back(token);
  named.erase(
      std::remove_if(named.begin(), named.end(),
                     [](const Token& token) { return token.kind == Token::Kind::kPunctuation; }),
      named.end());
  if (!strip(named).empty()) {
    auto target = parse_target(named);
    if (!target) return false;
    draft.cost += target->cost;
    out.target = target->value;
    if (out.target.ordinal) {  // "the first list"
      using enum ElementKind;
      if (!ordered || (out.target.kind != kList && out.target.kind != kTable)) return false;
      out.target.scopes.insert(out.target.scopes.begin(),
                               {out.target.kind, out.target.name, out.target.quoted,
                                std::exchange(out.target.ordinal, std::nullopt)});
      out.target.name.clear();
    }
    if (out.target.kind == ElementKind::kAny && !out.target.quoted) out.target.name.clear();
  }
  for (const Token& token : draft.clause.tokens)
    if (token.is_word() && is_one_of(token.low, {"exactly", "only", "remaining", "left"}))
      out.exact_rows = true;
  draft.took_table = true;
  if (list && !ordered && out.target == Target{}) {
    for (const auto& row : table) draft.add(text(row[0]));
    return true;
  }
  out.header = !list && table.size() > 1;
  out.rows = table;
  draft.add(std::move(out));
  return true;
}

}  // namespace

bool rows(const PhraseMatch& match, Draft& draft) { return table_rows(match, draft, false); }
bool ordered_rows(const PhraseMatch& match, Draft& draft) { return table_rows(match, draft, true); }

bool told_in_text(const PhraseMatch&, Draft& draft) {
  if (!draft.step.doc_string) return false;
  draft.took_doc = true;
  Observation out = text(draft.step.doc_string->content);
  out.target.kind = ElementKind::kMessage;
  draft.add(std::move(out));
  return true;
}

bool doc_text(const PhraseMatch& match, Draft& draft) {
  if (!draft.step.doc_string) return false;
  draft.took_doc = true;
  const std::string& expected = draft.step.doc_string->content;
  if (match.slot("target").empty()) {
    draft.add(text(expected));
    return true;
  }
  Target target;
  if (!take_target(match, draft, target)) return false;
  if (target.kind == ElementKind::kText || target.kind == ElementKind::kMessage) {
    Observation out = text(expected, target.scopes);
    if (target.kind == ElementKind::kMessage) out.target.kind = target.kind;
    draft.add(std::move(out));
    return true;
  }
  draft.add(content(std::move(target), expected, Match::kContains));
  return true;
}

}  // namespace vouch::features::build
