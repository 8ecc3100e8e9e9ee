// How people say how many there are, and what stands first or last.
#include <algorithm>

#include "base/words.h"
#include "features/read/build.h"
#include "features/read/build_parts.h"
#include "features/read/slots.h"

namespace vouch::features::build {

bool count(const PhraseMatch& match, Draft& draft) {
  const auto quantity = parse_quantity(match.slot("quantity"));
  auto things = parse_target(match.slot("things"));
  if (!quantity || !things) return false;
  if (draft.clause.negations > 0 && match.slot("quantity")[0].is("no")) return false;
  draft.cost += things->cost;
  Observation out{.kind = ObserveKind::kCount, .target = things->value, .quantity = *quantity};
  Target& target = out.target;
  const bool none = quantity->number == 0 && quantity->compare == Compare::kEqual;
  const std::string last = target.noun.substr(target.noun.rfind(' ') + 1);
  const bool plural = is_plural(lower(last)) || quantity->number == 1;
  if (target.kind == ElementKind::kAny) {
    if (!target.quoted) target.name.clear();
    if (!plural && !target.quoted) return false;  // "no milk", "3 green": no countable noun
  }
  if (target.ordinal || (target.quoted && target.noun.empty() && target.kind == ElementKind::kAny))
    return false;
  using enum ElementKind;
  const bool counted_by_noun = target.kind == kAny || target.kind == kItem || target.kind == kRow;
  if (target.quoted && counted_by_noun)
    return false;  // "3 items: 'A', …": 'A' is not what is counted
  if (target.kind == ElementKind::kMessage && none) return false;  // "no errors": see_none
  if (none && target.kind != ElementKind::kAny && !plural) return false;
  if (!take_where(match, draft, target.scopes)) return false;
  if (const Tokens tokens = match.slot("place"); !tokens.empty()) {
    auto place = parse_target(tokens);
    if (!place || place->value.ordinal) return false;
    draft.cost += place->cost;
    Target& owner = place->value;
    if (owner.kind == ElementKind::kBadge && quantity->compare == Compare::kEqual) {
      // "the badge shows 1 contact": it holds none, it counts them
      draft.add(content(owner, std::to_string(quantity->number), Match::kEquals));
      return true;
    }
    if (owner.kind != ElementKind::kPage || !owner.name.empty()) {
      const std::string name = owner.name.empty() ? owner.noun : owner.name;
      target.scopes.push_back({owner.kind, name, owner.quoted});
      target.scopes.insert(target.scopes.end(), owner.scopes.begin(), owner.scopes.end());
    }
  }
  if (none) out.may_hold_before = true;
  draft.add(std::move(out));
  return true;
}

// "there are 3 buttons that read 'Change'".
bool count_named(const PhraseMatch& match, Draft& draft) {
  if (!count(match, draft)) return false;
  Target& target = std::get<Observation>(draft.intents.back()).target;
  if (target.kind != ElementKind::kButton && target.kind != ElementKind::kLink) return false;
  if (!target.name.empty()) return false;
  target.name = match.slot("value")[0].text;
  target.quoted = true;
  return true;
}

// "the row of 'Tea' says 'Yes' twice": the words, and not some kind of thing.
bool count_shown(const PhraseMatch& match, Draft& draft) {
  if (draft.clause.negations > 0) return false;
  Observation out{.kind = ObserveKind::kCount, .quantity = {Compare::kEqual, 2}};
  if (const Tokens said = match.slot("quantity"); !said.empty())
    out.quantity = *parse_quantity(said);
  else if (draft.clause.tokens.back().is("thrice"))
    out.quantity.number = 3;
  auto place = parse_target(match.slot("place"));
  if (!place || place->value.ordinal || out.quantity.number < 1) return false;
  draft.cost += place->cost;
  out.target = {.kind = ElementKind::kText,
                .name = match.slot("value")[0].text,
                .quoted = true,
                .scopes = {}};
  const Target& owner = place->value;
  if (owner.kind != ElementKind::kPage || !owner.name.empty()) {
    if (owner.name.empty() && !owner.scopes.empty())  // "the row of 'Tea'"
      out.target.scopes.push_back({owner.kind, owner.scopes[0].name, owner.scopes[0].quoted});
    else
      out.target.scopes.push_back(
          {owner.kind, owner.name.empty() ? owner.noun : owner.name, owner.quoted});
  }
  draft.add(std::move(out));
  return true;
}

// "the first order is for 'Tea' with the amount '$3'": of one that is named by its place alone.
bool nth_has(const PhraseMatch& match, Draft& draft) {
  Target nth;
  if (!take_target(match, draft, nth) || !nth.ordinal || nth.quoted) return false;
  draft.add(content(nth, match.slot("value")[0].text, Match::kContains));
  if (const Tokens other = match.slot("other"); !other.empty()) {
    Observation more = content(nth, other[0].text, Match::kContains);
    more.with_previous = true;
    draft.add(std::move(more));
  }
  draft.cost -= 0.3;  // rather than what stands beside something else
  return true;
}

// "the activity begins with 'A', 'B' and 'C'": what its first entry says.
bool begins_with_items(const PhraseMatch& match, Draft& draft) {
  const std::vector<std::string> items = literals_of(match.slot("items"));
  auto place = parse_target(match.slot("place"));
  if (items.size() < 2 || !place || place->value.quoted || place->value.ordinal ||
      draft.clause.negations > 0)
    return false;
  const Target& owner = place->value;
  const std::string& name = owner.name.empty() ? owner.noun : owner.name;
  if (name.empty()) return false;
  draft.cost += place->cost;
  const Target first{
      .kind = ElementKind::kItem, .ordinal = 1, .scopes = {{owner.kind, name, false}}};
  for (const std::string& item : items) {
    draft.add(content(first, item, Match::kContains));
    std::get<Observation>(draft.intents.back()).with_previous = draft.intents.size() > 1;
  }
  return true;
}

}  // namespace vouch::features::build
