#include "features/read/slots.h"

#include <algorithm>
#include <array>

namespace vouch::features {
namespace {

constexpr std::size_t kNameWordsMax = 10;
constexpr std::size_t kWordsAfterLiteralMax = 2;
constexpr std::size_t kValueWordsMax = 14;
constexpr double kCostOfWord = 0.4;  // a word taken as part of a name, on nobody's authority

using Texts = std::initializer_list<std::string_view>;

std::string low_of(Tokens tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (!out.empty()) out += ' ';
    out += token.low;
  }
  return out;
}

bool is_literal(Tokens tokens) { return tokens.size() == 1 && tokens[0].is_literal(); }

// How many tokens the preposition takes that starts here; 0 when there is none.
std::size_t preposition_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return 0;
  if (at + 1 < tokens.size() && tokens[at + 1].is("to") && tokens[at].is_one_of({"next", "close"}))
    return 2;
  if (at + 1 < tokens.size() && tokens[at + 1].is("of") && tokens[at].is_one_of({"inside"}))
    return 2;
  return tokens[at].is_one_of({"in", "inside", "within", "under", "underneath", "below", "beneath",
                               "above", "beside", "near", "for", "of", "from", "on", "at", "by",
                               "against", "alongside"})
             ? 1
             : 0;
}

// Whether the preposition at `at` leads to where a thing is, rather than being part of its name
// ("Sign in", "Terms of Service", "date of birth").
bool leads_to_scope(Tokens tokens, std::size_t at, std::size_t length) {
  const Token& before = tokens[at - 1];
  if (at + length >= tokens.size()) return false;
  const Token& after = tokens[at + length];
  if (after.kind == Token::Kind::kPunctuation) return false;
  if (before.is_one_of(
          {"sign", "log", "opt", "check", "logged", "signed", "fill", "turn", "built"}) &&
      tokens[at].is_one_of({"in", "on"}))
    return false;
  const bool definite =
      after.is_literal() || is_determiner(after.low) || is_capitalised(after) || after.possessive;
  if (is_capitalised(before) && is_capitalised(after) && !tokens[at].is("for")) return false;
  if (tokens[at].is_one_of({"of", "on", "at", "by", "near"}))
    return definite || noun_of(after.low) || (noun_of(tokens.back().low) && before.is_literal()) ||
           (tokens.back().is_literal() && !before.is_literal()) ||
           (noun_of(before.low) && !tokens[at].is("of"));
  return true;
}

// "4th": "4".
std::optional<std::string> number_of_day(const Token& word) {
  const std::size_t digits = word.low.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos || digits > 2) return std::nullopt;
  const std::string_view ending = std::string_view(word.low).substr(digits);
  const bool counts = ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
  return counts ? std::optional(word.low.substr(0, digits)) : std::nullopt;
}

void name_whole(Tokens words, Target& target, double& cost) {
  target.name = join(words);
  target.noun = target.name;
  if (auto day = number_of_day(words.back()); day && words.size() == 1)
    target.alternatives.push_back(*std::move(day));
  cost += kCostOfWord * static_cast<double>(words.size());
}

// The length of the noun of kind that the tokens end with (0: none).
std::size_t kind_at_end(Tokens tokens, Noun& noun) {
  for (std::size_t length : {3, 2, 1}) {
    if (tokens.size() < length) continue;
    if (auto found = noun_of(low_of(tokens.last(length)))) {
      noun = *found;
      return length;
    }
  }
  return 0;
}
std::size_t kind_at_start(Tokens tokens, Noun& noun) {
  for (std::size_t length : {3, 2, 1}) {
    if (tokens.size() < length) continue;
    if (auto found = noun_of(low_of(tokens.first(length)))) {
      noun = *found;
      return length;
    }
  }
  return 0;
}

// Drops "with the text", "labelled", "called", ":" between a noun and its quoted name.
Tokens without_naming(Tokens before) {
  while (!before.empty()) {
    const Token& last = before.back();
    if (last.kind == Token::Kind::kPunctuation ||
        last.is_one_of({"labelled", "labeled", "named", "called", "titled", "saying", "reading",
                        "entitled", "marked", "containing", "stating", "says", "reads", "that",
                        "which"})) {
      before = before.first(before.size() - 1);
      continue;
    }
    std::size_t length = 1;
    if (last.is_one_of(
            {"text", "label", "name", "title", "caption", "placeholder", "id", "value"}) &&
        before.size() > 2) {
      length = before[before.size() - 2].is_one_of({"the", "a"}) ? 3 : 2;
      if (before.size() > length && before[before.size() - length].is_one_of({"with", "has"})) {
        before = before.first(before.size() - length);
        continue;
      }
    }
    if (last.is_one_of({"with", "of"}) && before.size() > 1) {
      before = before.first(before.size() - 1);
      continue;
    }
    break;
  }
  return before;
}

// A verb that only helps others names nothing.
bool is_auxiliary(const Token& token) {
  return token.is_word() && (token.lemma == "be" || token.lemma == "do");
}

bool parse_words(Tokens words, Target& target, double& cost) {
  if (words.empty()) return target.ordinal.has_value();
  if (std::ranges::all_of(words, is_auxiliary)) return false;
  if (words.size() > kNameWordsMax) return false;
  if (words.back().is_one_of({"of", "for", "with", "to", "from"})) return false;
  Noun noun{};
  const std::size_t end = kind_at_end(words, noun);
  if (end > 0) {
    target.kind = noun.kind;
    const Tokens rest = words.first(words.size() - end);
    const std::string low = low_of(words.last(end));
    if (rest.size() == 1 && rest[0].is("all")) return false;  // is no name
    if (!rest.empty()) {
      target.name = join(rest);
      target.noun = low_of(words);
      cost += kCostOfWord * static_cast<double>(rest.size());
    } else if (noun.plural || low != name_of(noun.kind)) {
      target.noun = low;
    }
    return true;
  }
  const std::size_t start = kind_at_start(words, noun);
  const bool is_of = start > 0 && words.size() > start + 1 && words[start].is("of");
  const bool holds = noun.kind == ElementKind::kList || noun.kind == ElementKind::kTable;
  if (is_of && !noun.plural && holds) {  // "the list of suggestions"
    target.kind = noun.kind;
    target.noun = low_of(words);
    target.name = join(words.subspan(start + 1));
    cost += kCostOfWord * static_cast<double>(words.size() - start);
    return true;
  }
  if (start > 0 && !noun.plural && noun.kind != ElementKind::kImage) {
    target.kind = noun.kind;
    if (const std::string low = low_of(words.first(start)); low != name_of(noun.kind))
      target.noun = low;
    target.name = join(words.subspan(start));
    cost += kCostOfWord * static_cast<double>(words.size() - start);
    return true;
  }
  name_whole(words, target, cost);
  if (words.size() > 1 && words[0].low != words[0].lemma && is_any_verb(words[0].lemma)) cost += 2;
  return true;
}

bool parse_with_literal(Tokens tokens, std::size_t at, Target& target, double& cost) {
  const Token& literal = tokens[at];
  Tokens before = strip(without_naming(tokens.first(at)));
  const Tokens after = tokens.subspan(at + 1);
  if (literal.kind == Token::Kind::kNumber && !after.empty()) return false;
  if (!after.empty() && after[0].is_one_of({"on", "in", "at", "under", "inside", "from", "for"}))
    return false;  // a place, not part of the noun
  if (before.size() > 1 && is_any_verb(before[0].lemma)) cost += 2;
  target.name = literal.text;
  target.quoted = literal.kind == Token::Kind::kQuoted || literal.kind == Token::Kind::kPlaceholder;
  std::string noun;
  Noun kind{};
  std::size_t known = kind_at_end(after, kind);
  if (known > 0)
    noun = low_of(after);
  else
    known = kind_at_end(before, kind);
  if (known > 0) target.kind = kind.kind;
  if (!before.empty())
    noun = noun.empty() ? low_of(before) : low_of(before) + " " + noun;
  else if (noun.empty())
    noun = low_of(after);
  // "entries per page" is no page.
  const bool is_rate =
      std::ranges::any_of(after, [](const Token& token) { return token.is("per"); });
  if (is_rate) target.kind = ElementKind::kAny;
  const std::size_t kind_length = is_rate ? after.size() : kind_at_end(after, kind);
  for (const Token& token : before)
    if (token.is_one_of({"that", "which", "who", "whose", "only"})) return false;
  for (const Token& token : after.first(after.size() - kind_length))
    if (token.low != token.lemma || is_auxiliary(token)) return false;  // a verb: another clause
  if (kind_length == 0 && after.size() > kWordsAfterLiteralMax) return false;
  const std::size_t words = before.size() + after.size();
  if (words > kNameWordsMax) return false;
  cost +=
      kCostOfWord * static_cast<double>(words - std::min(words, std::max<std::size_t>(known, 1)));
  if (noun != name_of(target.kind)) target.noun = noun;
  return true;
}

bool parse_head(Tokens tokens, Target& target, double& cost) {
  tokens = strip(tokens);
  if (tokens.empty()) return false;
  // "the first customer listed", "the balance shown": it is looked for where it is seen anyway.
  if (tokens.size() > 1 && tokens.back().is_one_of({"listed", "shown", "displayed"}) &&
      tokens[tokens.size() - 2].is_word())
    tokens = tokens.first(tokens.size() - 1);
  const bool first_name = tokens.size() > 1 && tokens[1].is_one_of({"name", "names"});
  if (tokens.size() > 1 && tokens[0].is_word() && !first_name) {
    target.ordinal = ordinal_of(tokens[0].low);
    if (target.ordinal) tokens = strip(tokens.subspan(1));
  }
  if (tokens.empty() || tokens[0].is_one_of({"to", "for", "of", "with", "by", "as"})) return false;
  // "under the field": where something is, and not what.
  const bool says_where = tokens.size() > 1 && tokens[0].low == tokens[0].text &&
                          preposition_at(tokens, 0) == 1 && is_determiner(tokens[1].low);
  if (says_where) return false;
  const auto literals = std::ranges::count_if(tokens, &Token::is_literal);
  if (literals > 1) return false;
  for (const Token& token : tokens) {
    if (token.kind == Token::Kind::kPunctuation && token.text != ":") return false;
    if (literals == 0 && token.is_one_of({"that", "which", "who", "whose"})) return false;
    if (token.is_one_of({"and"})) {
      if (literals > 0) return false;  // another clause, not part of the name
      cost += 3;
    }
    if (token.is_one_of({"with", "to", "as", "into", "is", "are", "be", "has", "have"}))
      cost += 1.5;
  }
  if (literals == 0) {
    for (const Token& token : tokens)
      if (token.kind == Token::Kind::kPunctuation) return false;
    return parse_words(tokens, target, cost);
  }
  const auto at = std::ranges::find_if(tokens, &Token::is_literal) - tokens.begin();
  return parse_with_literal(tokens, static_cast<std::size_t>(at), target, cost);
}

// A kind that only says what the thing beside it is: "the row of 'Sencha'" is the row 'Sencha'.
bool merges_with_scope(const Target& target) {
  using enum ElementKind;
  const bool container = target.kind == kRow || target.kind == kItem || target.kind == kColumn ||
                         target.kind == kPage || target.kind == kSection ||
                         target.kind == kMessage || target.kind == kTable;
  if (!target.name.empty() || target.ordinal || target.scopes.empty() ||
      target.scopes[0].kind != kAny)
    return false;
  // "the field for the habit name" is called so; the one for "Tea" is one of many.
  const bool is_field = target.kind == kField || target.kind == kDropdown;
  return container || (is_field && !target.scopes[0].quoted && !target.scopes[0].ordinal);
}

void merge_with_scope(Target& target) {
  target.name = target.scopes[0].name;
  target.quoted = target.scopes[0].quoted;
  target.scopes.erase(target.scopes.begin());
}

// "the first of the next deliveries": the first one of them.
bool take_one_of_several(Tokens head, bool says_of, Target& target) {
  head = strip(head);
  if (!says_of || head.size() != 1 || target.scopes.empty() || target.scopes[0].quoted ||
      target.scopes[0].ordinal || target.scopes[0].name.empty())
    return false;
  const std::optional<int> ordinal = ordinal_of(head[0].low);
  if (!ordinal) return false;
  const Scope things = target.scopes[0];
  target.scopes.erase(target.scopes.begin());
  target.ordinal = ordinal;
  target.kind = things.kind;
  target.name = target.noun = things.name;
  return true;
}

bool is_generic_section(std::string_view noun) {
  constexpr auto kGeneric = std::to_array<std::string_view>(
      {"section", "sections", "region", "area", "panel", "block", "widget", "form"});
  return std::ranges::find(kGeneric, noun) != kGeneric.end();
}

// "'X's price", "Green Tea's price": the possessor becomes a scope. -1: there is none.
std::ptrdiff_t possessor_end(Tokens tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    if (tokens[i].possessive) return static_cast<std::ptrdiff_t>(i) + 1;
  return -1;
}

// "that tab", "this row", "the same button".
bool says_which_before(Tokens tokens) {
  if (tokens.size() > 1 && tokens[0].is_one_of({"that", "this"})) return true;
  return tokens.size() > 2 && tokens[0].is("the") && tokens[1].is("same");
}

// A kind of which a page has many, and nothing that tells which.
bool is_one_thing(const Target& target) {
  using enum ElementKind;
  switch (target.kind) {
    case kButton:
    case kLink:
    case kField:
    case kCheckbox:
    case kRadio:
    case kDropdown:
    case kOption:
    case kRow:
    case kItem:
    case kCell:
    case kTab:
      return (target.name.empty() || target.name == "same") && !target.ordinal &&
             target.scopes.empty();
    default:
      return false;
  }
}

}  // namespace

Tokens strip(Tokens tokens) {
  const auto skip = [](const Token& token) {
    return token.kind == Token::Kind::kPunctuation || (token.is_word() && is_determiner(token.low));
  };
  while (!tokens.empty() && skip(tokens.front())) tokens = tokens.subspan(1);
  while (!tokens.empty() && tokens.back().kind == Token::Kind::kPunctuation)
    tokens = tokens.first(tokens.size() - 1);
  return tokens;
}

bool has_guard_word(Tokens tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens[i].is_word() || !is_guard_word(tokens[i].low)) continue;
    // "Interest Only": a part of a name.
    const bool is_name = i > 0 && tokens[i].text.size() > 1 && is_capitalised(tokens[i]) &&
                         is_capitalised(tokens[i - 1]);
    if (!is_name) return true;
  }
  return false;
}

std::optional<Parsed<Target>> parse_target(Tokens tokens) {
  const bool points_back = says_which_before(tokens);
  tokens = strip(tokens);
  if (tokens.empty() || has_guard_word(tokens)) return {};
  if (tokens.size() == 1 && tokens[0].is("there")) return {};  // "there are the following tasks"
  Parsed<Target> out;
  Tokens head = tokens;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const std::size_t length = preposition_at(tokens, i);
    if (length == 0 || !leads_to_scope(tokens, i, length)) continue;
    auto where = parse_where(tokens.subspan(i));
    if (!where) continue;
    head = tokens.first(i);
    out.value.scopes = std::move(where->value);
    out.cost += where->cost;
    break;
  }
  if (const auto end = possessor_end(head); end > 0) {
    const Tokens owner = strip(head.first(static_cast<std::size_t>(end)));
    if (owner.empty()) return {};
    if (!(owner.size() == 1 && is_person(owner[0].low))) {
      auto whose = parse_target(std::vector<Token>(owner.begin(), owner.end() - 1).empty()
                                    ? std::vector{Token{.kind = owner[0].kind,
                                                        .text = owner[0].text,
                                                        .low = owner[0].low,
                                                        .lemma = owner[0].lemma}}
                                    : [&] {
                                        std::vector<Token> plain(owner.begin(), owner.end());
                                        plain.back().possessive = false;
                                        return plain;
                                      }());
      if (!whose || !whose->value.scopes.empty()) return {};
      out.cost += whose->cost;
      out.value.scopes.insert(out.value.scopes.begin(),
                              {whose->value.kind, whose->value.name, whose->value.quoted});
    }
    head = head.subspan(static_cast<std::size_t>(end));
  }
  const bool says_of = head.size() < tokens.size() && tokens[head.size()].is("of");
  if (take_one_of_several(head, says_of, out.value)) return out;
  if (!parse_head(head, out.value, out.cost)) return {};
  if (points_back && is_one_thing(out.value)) out.value.name = "it";
  if (merges_with_scope(out.value)) merge_with_scope(out.value);
  return out;
}

std::optional<Parsed<std::vector<Scope>>> parse_where(Tokens tokens) {
  const std::size_t length = preposition_at(tokens, 0);
  if (length == 0) return {};
  const Tokens place = strip(tokens.subspan(length));
  if (place.size() > 1 && place[0].is_one_of({"current", "same"}) && place.size() == 2 &&
      noun_of(place[1].low) && noun_of(place[1].low)->kind == ElementKind::kPage)
    return Parsed<std::vector<Scope>>{};
  auto target = parse_target(place);
  if (!target) return {};
  Target& found = target->value;
  Parsed<std::vector<Scope>> out{.value = {}, .cost = target->cost};
  if (found.ordinal) {
    const bool is_one_of_many =
        found.kind == ElementKind::kAny || found.kind == ElementKind::kRow ||
        found.kind == ElementKind::kItem || found.kind == ElementKind::kCell ||
        found.kind == ElementKind::kTable || found.kind == ElementKind::kList;
    if (!is_one_of_many || found.quoted || (found.kind != ElementKind::kAny && !found.name.empty()))
      return {};
    out.value.push_back({found.kind, found.name, false, found.ordinal});
    out.value.insert(out.value.end(), found.scopes.begin(), found.scopes.end());
    return out;
  }
  if (found.kind == ElementKind::kPage && found.name.empty()) {
    out.value = std::move(found.scopes);
    return out;
  }
  if (found.kind == ElementKind::kHeading && found.noun.ends_with("header") && !found.quoted) {
    found.kind = ElementKind::kSection;  // "in the header" is a place
    found.name = found.noun;
  }
  if (found.kind == ElementKind::kSection && !found.quoted &&
      !is_generic_section(found.noun.substr(found.noun.rfind(' ') + 1)) && !found.noun.empty())
    found.name = found.noun;
  out.value.push_back({found.kind, found.name, found.quoted});
  out.value.insert(out.value.end(), found.scopes.begin(), found.scopes.end());
  return out;
}

std::optional<Parsed<PageName>> parse_page(Tokens tokens) {
  tokens = strip(tokens);
  if (tokens.empty()) return {};
  // "docs/start/": as it is written in an address, and hardly as a name.
  const auto is_path = [](const std::string& text) {
    return text.find('/') != std::string::npos &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/._-~?=&#%") ==
               std::string::npos;
  };
  const auto is_address = [&](const Token& token) {
    const auto ends = [&](std::string_view end) { return token.text.ends_with(end); };
    return token.kind == Token::Kind::kPath ||
           (token.is_literal() &&
            (token.text.starts_with('/') || token.text.find("://") != std::string::npos ||
             (token.text.find(' ') == std::string::npos &&
              (ends(".html") || ends(".htm") || ends(".php"))) ||
             (token.kind == Token::Kind::kQuoted && is_path(token.text))));
  };
  Parsed<PageName> out;
  const bool is_page_at = tokens.size() > 1 && is_address(tokens[tokens.size() - 2]) &&
                          tokens.back().is_one_of({"page", "url", "address", "path"});
  if (is_page_at) tokens = tokens.first(tokens.size() - 1);  // "the '/forms.html' page"
  if (is_address(tokens.back())) {
    Tokens before = tokens.first(tokens.size() - 1);
    // "the 'Accordion Example' page at /accordion.html": what it is called besides.
    const bool says_at = !before.empty() && (before.back().is_one_of({"at", "on", "under"}) ||
                                             before.back().kind == Token::Kind::kQuoted ||
                                             before.back().kind == Token::Kind::kPunctuation);
    const bool says_page = before.size() > 1 && before.back().is("page");
    const bool is_named = (says_at || says_page) && before.size() <= kNameWordsMax;
    if (is_named && has_guard_word(before)) return {};
    if (is_named) out.cost += 0.5 * kCostOfWord * static_cast<double>(before.size());
    for (const Token& token : before)
      if (!is_named && !token.is_one_of({"page", "url", "path", "address", "website", "site", "the",
                                         "at", "with", "location", "route", "web"}))
        return {};
    out.value.path = tokens.back().text;
    out.value.target.kind = ElementKind::kPage;
    out.value.said_page = true;
    return out;
  }
  if (is_start_page(low_of(tokens))) {
    out.value.target.kind = ElementKind::kPage;
    out.value.said_page = true;
    return out;
  }
  // "the Top 10 Movies page": a number is part of what it is called.
  const bool has_number = std::ranges::any_of(
      tokens, [](const Token& token) { return token.kind == Token::Kind::kNumber; });
  if (has_number && tokens.size() > 2 && tokens.size() <= kNameWordsMax &&
      tokens.back().is_one_of({"page", "demo", "example", "screen"}) && !has_guard_word(tokens) &&
      std::ranges::none_of(tokens, [](const Token& token) {
        return token.kind == Token::Kind::kQuoted || token.kind == Token::Kind::kPunctuation;
      })) {
    out.value.target.kind = ElementKind::kPage;
    out.value.target.name = join(tokens.first(tokens.size() - 1));
    out.value.said_page = true;
    out.cost = kCostOfWord * static_cast<double>(tokens.size());
    return out;
  }
  auto target = parse_target(tokens);
  if (!target) return {};
  out.cost = target->cost;
  out.value.target = std::move(target->value);
  Target& page = out.value.target;
  const std::string last = page.noun.substr(page.noun.rfind(' ') + 1);
  if (page.kind == ElementKind::kPage) {
    out.value.said_page = true;
    if (!page.quoted && is_start_page(lower(page.name))) page.name.clear(), page.noun.clear();
  } else if (!page.quoted && (last == "website" || last == "site" || last == "application" ||
                              last == "app" || last == "homepage")) {
    page.name.clear();  // "the Acme website": its start page; the noun keeps the words
    out.value.said_page = true;
    page.kind = ElementKind::kPage;
  } else if (page.kind == ElementKind::kSection && !page.quoted &&
             (!is_generic_section(last) || (last == "form" && !page.name.empty()))) {
    page.name = page.noun;
    page.kind = ElementKind::kPage;
  } else if (page.kind == ElementKind::kAny) {
    page.kind = ElementKind::kPage;
  }
  if (page.kind == ElementKind::kPage) page.noun = page.noun == page.name ? "" : page.noun;
  return out;
}

std::optional<std::string> spaces_said(Tokens tokens) {
  constexpr int kSpacesMax = 20;
  if (tokens.size() < 2 || tokens.size() > 3 ||
      !tokens.back().is_one_of({"space", "spaces", "blanks", "whitespaces"}))
    return std::nullopt;
  if (tokens.size() == 3 && !tokens[1].is_one_of({"blank", "empty", "single"})) return std::nullopt;
  if (!tokens[0].is_word()) return std::nullopt;  // "4 spaces" may be a width
  const std::optional<int> number =
      tokens[0].is_one_of({"a", "one"}) ? std::optional(1) : number_of(tokens[0].low);
  if (!number || *number < 1 || *number > kSpacesMax) return std::nullopt;
  return std::string(static_cast<std::size_t>(*number), ' ');
}

std::optional<Parsed<std::string>> parse_value(Tokens tokens) {
  while (!tokens.empty() && tokens.front().kind == Token::Kind::kPunctuation)
    tokens = tokens.subspan(1);
  while (!tokens.empty() && tokens.back().kind == Token::Kind::kPunctuation)
    tokens = tokens.first(tokens.size() - 1);
  if (tokens.empty()) return {};
  if (is_literal(tokens)) return Parsed<std::string>{tokens[0].text, 0};
  const Tokens bare = strip(tokens);
  if (bare.size() > 1 && bare.back().is_literal()) {
    const bool naming = std::ranges::all_of(bare.first(bare.size() - 1), [](const Token& token) {
      return token.is_one_of({"value", "text", "option", "word", "words", "string", "phrase",
                              "term", "number", "of", "following", "keyword", "the", "name"}) ||
             token.kind == Token::Kind::kPunctuation;
    });
    if (naming) return Parsed<std::string>{bare.back().text, 0.1};
  }
  if (is_literal(bare)) return Parsed<std::string>{bare[0].text, 0.1};  // "a 'Danish singer'"
  if (bare.size() == 2 && bare[0].is_literal() && bare[1].is_one_of({"option", "value", "text"}))
    return Parsed<std::string>{bare[0].text, 0.3};
  if (bare.empty() || bare.size() > kValueWordsMax || has_guard_word(bare)) return {};
  double odd = 0;
  for (const Token& token : bare) {
    if (token.kind == Token::Kind::kQuoted) return {};
    if (token.is_one_of({"and", "that", "which"})) odd += 3;
  }
  return Parsed<std::string>{join(tokens.size() == bare.size() ? tokens : bare),
                             1 + odd + 0.5 * static_cast<double>(bare.size())};
}

std::optional<Quantity> parse_quantity(Tokens tokens) {
  Quantity out;
  if (tokens.empty()) return {};
  const auto drop = [&](std::size_t count) { tokens = tokens.subspan(count); };
  struct Words {
    std::vector<std::string_view> words;
    Compare compare;
  };
  static const std::vector<Words> kForms = {{{"at", "least"}, Compare::kAtLeast},
                                            {{"at", "most"}, Compare::kAtMost},
                                            {{"no", "more", "than"}, Compare::kAtMost},
                                            {{"not", "more", "than"}, Compare::kAtMost},
                                            {{"no", "fewer", "than"}, Compare::kAtLeast},
                                            {{"no", "less", "than"}, Compare::kAtLeast},
                                            {{"more", "than"}, Compare::kMoreThan},
                                            {{"fewer", "than"}, Compare::kLessThan},
                                            {{"less", "than"}, Compare::kLessThan},
                                            {{"up", "to"}, Compare::kAtMost},
                                            {{"a", "total", "of"}, Compare::kEqual},
                                            {{"exactly"}, Compare::kEqual},
                                            {{"only"}, Compare::kEqual},
                                            {{"just"}, Compare::kEqual},
                                            {{"all"}, Compare::kEqual},
                                            {{"the"}, Compare::kEqual},
                                            {{"over"}, Compare::kMoreThan},
                                            {{"a"}, Compare::kEqual}};
  for (const Words& form : kForms) {
    if (tokens.size() <= form.words.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < form.words.size(); ++i)
      same = same && tokens[i].is_one_of({form.words[i]});
    if (!same) continue;
    out.compare = form.compare;
    drop(form.words.size());
    break;
  }
  if (tokens.size() == 3 && low_of(tokens) == "one or more") return Quantity{Compare::kAtLeast, 1};
  if (tokens.size() != 1 || tokens[0].kind == Token::Kind::kPlaceholder) return {};
  if (tokens[0].is_word() && tokens[0].low == "multiple") return Quantity{Compare::kAtLeast, 2};
  if (tokens[0].is_word() && tokens[0].low == "several") return Quantity{Compare::kAtLeast, 2};
  const auto number = number_of(tokens[0].is_word() ? tokens[0].low : tokens[0].text);
  if (!number) return {};
  out.number = *number;
  return out;
}

std::optional<StateWord> parse_state(Tokens tokens) {
  if (tokens.empty() || tokens.size() > 3) return {};
  for (const Token& token : tokens)
    if (!token.is_word()) return {};
  return state_of(low_of(tokens));
}

std::optional<std::string> parse_key(Tokens tokens) {
  tokens = strip(tokens);
  bool said = false;
  if (tokens.size() > 1 && tokens.back().is("key")) {
    tokens = tokens.first(tokens.size() - 1);
    said = true;
  } else if (tokens.size() > 1 && tokens.front().is("key")) {
    tokens = tokens.subspan(1);
    said = true;
  }
  if (tokens.empty() || tokens.size() > 2) return {};
  if (said && tokens.size() == 1 && tokens[0].text.size() == 1) return tokens[0].text;
  if (is_literal(tokens)) {
    const std::string low = lower(tokens[0].text);
    if (auto key = key_of(low)) return key;
    const bool is_sign = tokens[0].text.size() == 1 && std::isalnum(tokens[0].text[0]) == 0;
    return (said && tokens[0].text.size() == 1) || is_sign ? std::optional(tokens[0].text)
                                                           : std::nullopt;
  }
  return key_of(low_of(tokens));
}

bool slot_accepts(std::string_view type, Tokens tokens) {
  if (type.empty()) return true;
  if (type == "literal") return is_literal(tokens);
  if (type == "quantity") return parse_quantity(tokens).has_value();
  if (type == "state") return parse_state(tokens).has_value();
  if (type == "key") return parse_key(tokens).has_value();
  if (type == "end")
    return tokens.size() == 1 &&
           tokens[0].is_one_of({"left", "right", "minimum", "maximum", "beginning", "start", "end",
                                "top", "bottom"});
  if (type == "verb")
    return tokens.size() == 1 && tokens[0].is_word() && is_act_verb(tokens[0].lemma);
  VOUCH_CHECK(false);
}

}  // namespace vouch::features
