#include "features/read/build_act_parts.h"

#include <algorithm>

#include "features/read/build_parts.h"
#include "features/read/lexicon.h"
#include "features/read/slots.h"

namespace vouch::features::build {

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

std::string verb_of(const PhraseMatch& match, const Draft& draft) {
  const Tokens verb = match.slot("verb");
  return verb.empty() ? draft.clause.tokens[0].lemma : verb[0].lemma;
}

void add_alternative(Target& target, const std::string& words) {
  if (words.empty() || words == target.name) return;
  if (std::ranges::find(target.alternatives, words) == target.alternatives.end())
    target.alternatives.push_back(words);
}

void add_synonyms(Target& target, const std::string& words) {
  for (std::string& synonym : synonyms_of(words)) add_alternative(target, synonym);
}

bool take_act_target(const PhraseMatch& match, Draft& draft, Target& out) {
  if (!take_target(match, draft, out)) return false;
  if (!out.quoted) add_synonyms(out, out.name);
  using enum ElementKind;
  if (!out.quoted && (out.kind == kAny || out.kind == kIcon || out.kind == kButton))
    for (const std::string& sign : signs_of(lower(out.name))) add_alternative(out, sign);
  return true;
}

bool is_control(ElementKind kind) {
  using enum ElementKind;
  return kind != kAny && kind != kPage && kind != kSection && kind != kItem && kind != kTable &&
         kind != kList && kind != kRow && kind != kText && kind != kHeading && kind != kMessage;
}

bool command_target(const std::string& verb, const std::string& tail, Tokens object, Draft& draft,
                    Target& out) {
  const std::string head = capitalised(verb);
  if (object.empty()) {
    out.name = head + tail;
    add_synonyms(out, out.name);
    return true;
  }
  if (object.size() == 1 && object[0].is_one_of({"it", "them", "this", "that"})) {
    out.name = head + tail;  // of what was named last
    out.scopes.push_back({ElementKind::kAny, "it", false});
    add_synonyms(out, out.name);
    for (const std::string& sign : signs_of("bin"))
      if (verb == "remove" || verb == "delete") add_alternative(out, sign);
    return true;
  }
  auto parsed = parse_target(object);
  if (!parsed) return false;
  draft.cost += parsed->cost;
  Target& thing = parsed->value;
  const bool concrete =
      thing.quoted || thing.name.empty() || is_capitalised(strip(object)[0]) || has_literal(object);
  const std::string noun = thing.noun.empty() ? std::string(name_of(thing.kind)) : thing.noun;
  out.ordinal = thing.ordinal;
  if (concrete && !thing.name.empty()) {
    out.name = head + tail;
    if (!noun.empty()) add_alternative(out, head + " " + noun + tail);
    out.scopes.push_back({thing.kind, thing.name, thing.quoted});
    if (verb == "remove" || verb == "delete") {  // beside a thing, a bin or a cross is that
      for (const std::string& sign : signs_of("bin")) add_alternative(out, sign);
      add_alternative(out, "x");
    }
  } else {
    // "the table by price": by what, is more than what the thing is called.
    if (std::ranges::any_of(object, [](const Token& token) { return token.is("by"); }))
      return false;
    const std::string words = noun.empty() ? thing.name : noun;
    out.name = head + " " + words + tail;
    add_alternative(out, head + " the " + words + tail);
    add_alternative(out, head + " your " + words + tail);
    add_alternative(out, head + tail);
    if (out.ordinal && (verb == "remove" || verb == "delete"))
      for (const std::string& sign : signs_of("bin")) add_alternative(out, sign);
  }
  out.scopes.insert(out.scopes.end(), thing.scopes.begin(), thing.scopes.end());
  const std::vector<std::string> named = out.alternatives;
  add_synonyms(out, out.name);
  for (const std::string& name : named) add_synonyms(out, name);
  return true;
}

}  // namespace vouch::features::build
