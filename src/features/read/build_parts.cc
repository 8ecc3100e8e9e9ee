#include "features/read/build_parts.h"

#include <algorithm>

#include "features/read/slots.h"

namespace vouch::features::build {

bool is_field(ElementKind kind) {
  return kind == ElementKind::kField || kind == ElementKind::kDropdown;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool says_contain(const Draft& draft) {
  return std::ranges::any_of(draft.clause.tokens, [](const Token& token) {
    return token.is_word() && (token.lemma == "contain" || token.low == "containing" ||
                               token.lemma == "include" || token.low == "including");
  });
}

bool says_beside(Tokens tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.is_word() &&
           is_one_of(token.low, {"under", "underneath", "below", "beneath", "above", "beside",
                                 "near", "next", "alongside"});
  });
}

bool take_target(const PhraseMatch& match, Draft& draft, Target& out, std::string_view slot) {
  auto target = parse_target(match.slot(slot));
  if (!target) return false;
  draft.cost += target->cost;
  out = std::move(target->value);
  return true;
}

bool take_value(const PhraseMatch& match, Draft& draft, std::string& out) {
  auto value = parse_value(match.slot("value"));
  if (!value) return false;
  draft.cost += value->cost;
  out = std::move(value->value);
  return true;
}

bool take_where(const PhraseMatch& match, Draft& draft, std::vector<Scope>& out,
                std::string_view slot) {
  if (match.slot(slot).empty()) return true;
  auto where = parse_where(match.slot(slot));
  if (!where) return false;
  draft.cost += where->cost;
  out.insert(out.end(), where->value.begin(), where->value.end());
  return true;
}

bool take_shown(const PhraseMatch& match, Draft& draft, std::string& out) {
  const Tokens said = strip(match.slot("value"));
  if (said.size() > 1 && is_one_of(said[0].low, {"number", "name"})) return false;
  return take_value(match, draft, out);
}

std::vector<Tokens> parts_of(Tokens list) {
  std::vector<Tokens> parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    const bool ends = i == list.size() || list[i].is("and") ||
                      (list[i].kind == Token::Kind::kPunctuation && list[i].text == ",");
    if (!ends) continue;
    if (i > from) parts.push_back(list.subspan(from, i - from));
    from = i + 1;
  }
  return parts;
}

std::vector<std::string> literals_of(Tokens list) {
  std::vector<std::string> literals;
  for (const Tokens part : parts_of(list)) {
    if (part.size() != 1 || !part[0].is_literal()) return {};
    literals.push_back(part[0].text);
  }
  return literals;
}

Scope scope_of(const Target& target) {
  return {target.kind, target.name, target.quoted, target.ordinal};
}

Observation text(std::string expected, std::vector<Scope> scopes) {
  Observation out{.kind = ObserveKind::kText, .expected = std::move(expected)};
  out.target.scopes = std::move(scopes);
  return out;
}

Observation quoted_seen(Target target, Tokens said) {
  if (!target.scopes.empty() && is_field(target.scopes[0].kind) && !says_beside(said) &&
      target.kind != ElementKind::kMessage) {
    Observation value{.kind = ObserveKind::kValue, .expected = target.name};
    value.target = {.kind = target.scopes[0].kind,
                    .name = target.scopes[0].name,
                    .quoted = target.scopes[0].quoted,
                    .scopes = {target.scopes.begin() + 1, target.scopes.end()}};
    return value;
  }
  Observation out = text(target.name, target.scopes);
  out.target.noun = target.noun;
  return out;
}

namespace {

// "€ 5.00", "4%", "$9/mo".
bool is_sum(std::string_view text) {
  const bool has_sign = text.find('%') != text.npos || text.find('$') != text.npos ||
                        text.find("\u00a3") != text.npos || text.find("\u20ac") != text.npos ||
                        text.find("\u00a5") != text.npos;
  return has_sign && text.find_first_of("0123456789") != text.npos;
}

// "a total of '€ 5'": how much it is, and not where it stands.
bool says_how_much(Tokens seen, const Target& target) {
  if (target.scopes.empty() || target.scopes[0].kind != ElementKind::kAny || target.quoted ||
      target.name.empty() || !is_sum(target.scopes[0].name))
    return false;
  for (std::size_t i = 1; i < seen.size(); ++i)
    if (seen[i].is_literal() && seen[i].text == target.scopes[0].name) return seen[i - 1].is("of");
  return false;
}

}  // namespace

void name_step(Target* target) {
  if (target->noun != "step" || !number_of(target->name)) return;
  target->name = "Step " + target->name;
  target->noun.clear();
}

std::optional<std::vector<std::pair<std::string, std::string>>> labels_of(Tokens fields) {
  constexpr std::size_t kWordsMax = 3;
  std::vector<std::pair<std::string, std::string>> found;
  std::vector<Token> words;
  for (const Token& token : fields) {
    if (token.is_literal()) {
      const Tokens label = strip(words);
      if (label.empty() || label.size() > kWordsMax || has_guard_word(label)) return {};
      found.emplace_back(join(label), token.text);
      words.clear();
    } else if (!token.is_one_of({"and", "with", "of", "as", "set", "to", "is", "its", "having"}) &&
               token.kind != Token::Kind::kPunctuation) {
      words.push_back(token);
    }
  }
  if (!words.empty()) return {};
  return found;
}

bool observe_visible(Tokens seen, Draft& draft) {
  auto parsed = parse_target(seen);
  if (!parsed) return false;
  draft.cost += parsed->cost;
  Target& target = parsed->value;
  // "a button for cancelling the ticket" says what it is called (otherwise.cc), not where it is.
  const bool is_pressed = target.kind == ElementKind::kButton || target.kind == ElementKind::kLink;
  if (is_pressed && target.name.empty() && !target.scopes.empty() && !target.scopes[0].quoted &&
      target.scopes[0].name.substr(0, target.scopes[0].name.find(' ')).ends_with("ing"))
    return false;
  if (says_how_much(seen, target)) {
    Observation out{
        .kind = ObserveKind::kContent, .expected = target.scopes[0].name, .match = Match::kEquals};
    target.scopes.erase(target.scopes.begin());
    out.target = std::move(target);
    draft.add(std::move(out));
    return true;
  }
  const bool literal = has_literal(seen) && !target.name.empty() &&
                       (target.quoted || std::ranges::any_of(seen, [&](const Token& token) {
                          return token.is_literal() && token.text == target.name;
                        }));
  if (target.kind == ElementKind::kPage) {
    if (target.name.empty() && !target.scopes.empty()) return false;  // "the page in dark mode"
    draft.add(Observation{.kind = ObserveKind::kPage, .target = target});
    return true;
  }
  const bool texty = target.kind == ElementKind::kMessage || target.kind == ElementKind::kText;
  if (literal && !target.ordinal && (target.kind == ElementKind::kAny || texty)) {
    Observation out = quoted_seen(target, seen);
    if (out.kind == ObserveKind::kText && target.kind == ElementKind::kMessage)
      out.target.kind = target.kind;
    draft.add(std::move(out));
    return true;
  }
  const bool named_after = texty && !target.name.empty() && !literal &&
                           target.noun.find(lower(target.name)) == std::string::npos;
  const bool bare_text = target.kind == ElementKind::kAny && !literal && !target.ordinal &&
                         !seen.empty() && is_capitalised(seen[0]);
  if (named_after || bare_text) {
    Observation out = text(target.name, target.scopes);
    if (target.kind == ElementKind::kMessage) out.target.kind = target.kind;
    draft.add(std::move(out));
    return true;
  }
  draft.add(Observation{.kind = ObserveKind::kElement, .target = target});
  return true;
}

}  // namespace vouch::features::build
