// What steps say of what the browser keeps for a site (storage, cookies) and of its console.
#include <algorithm>

#include "features/read/build.h"
#include "features/read/slots.h"

namespace vouch::features::build {
namespace {

bool says(Tokens tokens, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(tokens, [&](const Token& token) {
    return token.is_word() && std::ranges::find(words, token.low) != words.end();
  });
}

// "local storage", "session storage", "cookies": whichever the clause names.
ObserveKind place_of(Tokens tokens) {
  if (says(tokens, {"cookie", "cookies"})) return ObserveKind::kCookie;
  return says(tokens, {"session", "sessionstorage"}) ? ObserveKind::kSessionStorage
                                                     : ObserveKind::kLocalStorage;
}

// "no cookie", "the local storage is empty".
bool says_none(const Draft& draft) {
  return says(draft.clause.tokens, {"no", "empty", "cleared", "free", "clean"});
}

Observation kept_under(std::string name, std::string value, const Draft& draft) {
  Observation out{.kind = place_of(draft.clause.tokens), .expected = std::move(value)};
  out.attribute = std::move(name);
  bool named = false;  // "'theme' contains 'dark'"; "the storage contains 'theme'" only names it
  out.match = Match::kEquals;
  for (const Token& token : draft.clause.tokens) {
    if (named && token.is("contain")) out.match = Match::kContains;
    named = named || token.is_literal();
  }
  return out;
}

}  // namespace

// "the cookie 'token' has the value '1'", "'cart' is stored in the local storage".
bool kept(const PhraseMatch& match, Draft& draft) {
  if (draft.step.table) return false;
  Observation out =
      kept_under(literal_of(match.slot("name")), literal_of(match.slot("value")), draft);
  out.negated = says_none(draft);
  draft.add(std::move(out));
  return true;
}

// "the local storage holds:" and a table of names and values.
bool kept_rows(const PhraseMatch&, Draft& draft) {
  if (!draft.step.table) return false;
  const auto& rows = *draft.step.table;
  if (rows.empty() || rows.front().empty() || rows.front().size() > 2) return false;
  const std::string head = lower(rows.front().front());
  const bool has_head = head == "key" || head == "name" || head == "item" || head == "cookie";
  draft.took_table = true;
  for (std::size_t i = has_head ? 1 : 0; i < rows.size(); ++i)
    draft.add(kept_under(rows[i].front(), rows[i].size() == 2 ? rows[i].back() : "", draft));
  return !draft.intents.empty();
}

// "I clear the cookies".
bool forget(const PhraseMatch&, Draft& draft) {
  if (draft.is_outcome()) return false;
  const ObserveKind place = place_of(draft.clause.tokens);
  draft.add(Act{.kind = ActKind::kForget,
                .value = std::string(place == ObserveKind::kCookie         ? kCookies
                                     : place == ObserveKind::kLocalStorage ? kLocal
                                                                           : kSession)});
  return true;
}

// "no errors are logged in the console", "the console shows the error 'Boom'".
bool console_errors(const PhraseMatch& match, Draft& draft) {
  Observation out{.kind = ObserveKind::kConsoleErrors, .expected = literal_of(match.slot("value"))};
  out.negated = says_none(draft);
  draft.add(std::move(out));
  return true;
}

// "I click outside of the dialog".
bool click_outside(const PhraseMatch& match, Draft& draft) {
  if (draft.is_outcome()) return false;
  Act act{.kind = ActKind::kClickOutside};
  if (const Tokens slot = match.slot("target"); !slot.empty()) {
    auto target = parse_target(slot);
    if (!target) return false;
    draft.cost += target->cost;
    act.target = std::move(target->value);
  }
  draft.add(std::move(act));
  return true;
}

}  // namespace vouch::features::build
