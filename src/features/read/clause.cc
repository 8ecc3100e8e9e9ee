#include "features/read/clause.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "features/read/lexicon.h"

namespace vouch::features {
namespace {

// "after a few seconds the message appears", "after the wait …": every assertion waits.
Tokens without_vague_delay(Tokens sentence) {
  if (sentence.size() < 4 || !sentence[0].is("after")) return sentence;
  std::size_t at = 1;
  while (at < sentence.size() && at < 4 &&
         sentence[at].is_one_of({"a", "the", "that", "some", "few", "short", "little", "several"}))
    ++at;
  const bool is_delay =
      at < sentence.size() && sentence[at].is_one_of({"seconds", "second", "moment", "moments",
                                                      "while", "wait", "delay", "time", "bit"});
  if (!is_delay) return sentence;
  ++at;
  if (at < sentence.size() && sentence[at].kind == Token::Kind::kPunctuation) ++at;
  return at < sentence.size() ? sentence.subspan(at) : sentence;
}

Tokens without_openers(Tokens sentence) {
  while (sentence.size() > 1 &&
         (sentence[0].kind == Token::Kind::kPunctuation ||
          sentence[0].is_one_of({"then", "and", "finally", "next", "also", "please", "afterwards",
                                 "now", "given", "when"})))
    sentence = sentence.subspan(1);
  if (sentence.size() > 2 && sentence[0].is("that") &&
      sentence[1].is_one_of({"i", "we", "the", "a", "an", "my", "he", "she", "they", "user"}))
    sentence = sentence.subspan(1);  // "Given that I am on …"
  while (!sentence.empty() && sentence.back().kind == Token::Kind::kPunctuation)
    sentence = sentence.first(sentence.size() - 1);
  // "in the new window I set …": the test goes on there anyway.
  const bool there = sentence.size() > 6 && sentence[0].is("in") && sentence[1].is("the") &&
                     sentence[2].is("new") && sentence[3].is_one_of({"window", "tab"});
  if (there) sentence = sentence.subspan(sentence[4].kind == Token::Kind::kPunctuation ? 5 : 4);
  return without_vague_delay(sentence);
}

// "want to", "is able to" and the like: how many tokens from `at`; `still` for "continue to".
std::size_t semi_modal_at(Tokens tokens, std::size_t at) {
  const auto low = [&](std::size_t i) {
    return at + i < tokens.size() && tokens[at + i].is_word() ? tokens[at + i].lemma : "";
  };
  for (std::string_view verb : {"want", "need", "try", "attempt", "decide", "have", "wish",
                                "expect", "able", "ought", "allowed", "supposed", "get", "choose"})
    if (low(0) == verb && low(1) == "to" && at + 2 < tokens.size()) return 2;
  if (low(0) == "like" && low(1) == "to" && at > 0 && tokens[at - 1].is("would")) return 2;
  if (low(0) == "be" &&
      (low(1) == "able" || low(1) == "allowed" || low(1) == "supposed" || low(1) == "unable") &&
      low(2) == "to")
    return 3;
  if (low(0) == "go" && tokens[at].low == "going" && low(1) == "to") {
    const std::string next = low(2);
    if (is_any_verb(next)) return 2;
  }
  return 0;
}

bool is_participle(const Token& token) {
  if (token.is_one_of({"set", "put", "hit", "shut"})) return true;
  return token.is_word() && token.low != token.lemma &&
         (token.low.ends_with("ed") || token.low.ends_with("en") || token.low.ends_with("n") ||
          token.is_one_of({"gone", "found", "told", "left", "sent", "bought", "paid", "said",
                           "made", "put", "brought", "kept"}));
}

// A run of auxiliaries, modals, negations and adverbs.
struct VerbGroup {
  std::size_t begin = 0, end = 0;
  bool be = false;
  std::string be_text = "is";
  int negations = 0;
  bool still = false;
  bool should = false;
  bool can = false;
};

bool starts_group(Tokens tokens, std::size_t at) {
  const Token& token = tokens[at];
  if (!token.is_word()) return false;
  if (is_modal(token.low) || token.lemma == "be") return true;
  if (token.is_one_of({"not", "never", "still"})) return true;
  if (token.low == "no" && at + 1 < tokens.size() && tokens[at + 1].is("longer")) return true;
  if (token.is_one_of({"remain", "remains", "remained", "stay", "stays", "stayed"})) return true;
  if (semi_modal_at(tokens, at) > 0) return true;
  if (token.lemma == "have" && at + 1 < tokens.size() &&
      (is_participle(tokens[at + 1]) || starts_group(tokens, at + 1)) && !tokens[at + 1].is("no"))
    return true;
  return is_filler_adverb(token.low);
}

VerbGroup group_at(Tokens tokens, std::size_t begin) {
  VerbGroup group{.begin = begin, .end = begin};
  for (std::size_t at = begin; at < tokens.size();) {
    const Token& token = tokens[at];
    if (!starts_group(tokens, at)) break;
    std::size_t length = 1;
    if (const std::size_t semi = semi_modal_at(tokens, at); semi > 0) {
      length = semi;
      if (token.lemma != "be") group.be = false;  // "is not able to see"
      if (tokens[at + 1].is("unable")) ++group.negations;
    } else if (token.is_one_of({"not", "never"})) {
      // "not more than 3" is a quantity.
      if (at + 2 < tokens.size() && tokens[at + 1].is_one_of({"more", "less", "fewer"}) &&
          tokens[at + 2].is("than"))
        break;
      ++group.negations;
      if (at + 1 < tokens.size() && tokens[at + 1].is_one_of({"longer"})) length = 2;
    } else if (token.low == "no") {
      ++group.negations;
      group.still = true;
      length = 2;
    } else if (token.low == "still") {
      group.still = true;
    } else if (token.is_one_of({"remain", "remains", "remained", "stay", "stays", "stayed"})) {
      group.still = true;
      group.be = true;
    } else if (token.lemma == "be") {
      group.be = true;
      group.be_text = token.text;
    } else if (token.is_one_of({"can", "could"})) {
      group.can = true;
    } else if (token.is_one_of({"should", "must", "shall"})) {
      group.should = true;
    } else if (token.lemma == "do" && at > begin && at + 1 == tokens.size()) {
      break;  // "be done"
    }
    at += length;
    group.end = at;
  }
  return group;
}

Clause collapse(Tokens tokens, const VerbGroup& group) {
  Clause clause;
  clause.tokens.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(group.begin));
  if (group.be) {
    Token be = word_token("be");
    be.text = group.be_text;
    clause.tokens.push_back(std::move(be));
  }
  clause.tokens.insert(clause.tokens.end(), tokens.begin() + static_cast<std::ptrdiff_t>(group.end),
                       tokens.end());
  clause.negations = group.negations;
  clause.still = group.still;
  clause.should = group.should;
  clause.can = group.can;
  return clause;
}

// The clause with its first verb group taken out.
Clause without_auxiliaries(Tokens tokens) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!starts_group(tokens, at)) continue;
    const VerbGroup group = group_at(tokens, at);
    if (group.end == at) continue;
    // An adverb alone may stand before the real group: "the list now should …" is one run anyway.
    const bool adverbs_only = std::all_of(
        tokens.begin() + static_cast<std::ptrdiff_t>(group.begin),
        tokens.begin() + static_cast<std::ptrdiff_t>(group.end),
        [](const Token& token) { return token.is_word() && is_filler_adverb(token.low); });
    if (adverbs_only) {
      const bool at_end = group.end == tokens.size();
      const bool harmless_end =
          at_end && tokens[at].is_one_of({"again", "successfully", "immediately", "correctly",
                                          "automatically", "also", "properly", "instantly"});
      // "that button now says 'Changed'".
      const bool before_verb = !at_end && tokens[group.end].is_word() &&
                               tokens[group.end].low != tokens[group.end].lemma &&
                               is_any_verb(tokens[group.end].lemma);
      if (at > 0 && !harmless_end && !before_verb) continue;
      // Take the adverbs out and look on.
      std::vector<Token> rest(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(at));
      rest.insert(rest.end(), tokens.begin() + static_cast<std::ptrdiff_t>(group.end),
                  tokens.end());
      if (rest.empty()) break;
      return without_auxiliaries(rest);
    }
    return collapse(tokens, group);
  }
  Clause clause;
  clause.tokens.assign(tokens.begin(), tokens.end());
  return clause;
}

bool starts_predicate(Tokens tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].is_word() &&
         (starts_group(tokens, at) || is_any_verb(tokens[at].lemma));
}

// Where the sentence's subject may end, when a person is the subject.
std::size_t person_end(Tokens tokens) {
  if (tokens.empty()) return 0;
  if (tokens[0].is_word() && is_pronoun(tokens[0].low) && !tokens[0].is("it")) return 1;
  std::size_t at = 0;
  if (tokens[at].is_word() && is_determiner(tokens[at].low)) ++at;
  // "a hungry user": whatever the user is.
  const bool some = tokens.size() > 3 && tokens[0].is_one_of({"a", "an"}) && tokens[1].is_word() &&
                    tokens[2].is_word() && is_person(tokens[2].low) && starts_predicate(tokens, 3);
  if (some && !is_person(tokens[1].low)) ++at;
  while (at + 1 < tokens.size() && tokens[at].is_word() && is_person_adjective(tokens[at].low) &&
         !(is_person(tokens[at].low) && starts_predicate(tokens, at + 1)))
    ++at;
  if (at >= tokens.size() || !tokens[at].is_word() || !is_person(tokens[at].low) ||
      tokens[at].possessive)
    return 0;
  ++at;
  if (at < tokens.size() && tokens[at].is_literal()) ++at;
  return starts_predicate(tokens, at) ? at : 0;
}

// What is in quotes before one of these is a thing: "'Fern' shows '€ 8'".
bool is_said_of_things(const Token& verb) {
  for (std::string_view lemma : {"show", "display", "contain", "have", "include", "hold", "list",
                                 "say", "read", "cost", "become", "appear", "disappear"})
    if (verb.is(lemma)) return true;
  return false;
}

bool is_of_name(const Token& token) {
  return token.is_word() && !token.possessive && !is_determiner(token.low) &&
         !is_any_verb(token.lemma) && !is_modal(token.low) && !is_filler_adverb(token.low) &&
         !is_guard_word(token.low) && !noun_of(token.low) && !number_of(token.low) &&
         !token.is_one_of({"there", "it", "only", "user"});
}

// "Ann Lee logs in": two words in capitals who do something; things are called so as well.
bool is_full_name(Tokens tokens) {
  const auto is_capital = [](const Token& token) {
    return is_of_name(token) && token.text[0] >= 'A' && token.text[0] <= 'Z';
  };
  if (tokens.size() < 4 || !is_capital(tokens[0]) || !is_capital(tokens[1]) ||
      !starts_predicate(tokens, 2) || is_said_of_things(tokens[2]))
    return false;
  return !tokens[2].is("be") || tokens[3].is_one_of({"logged", "signed", "authenticated"});
}

// Of how many words the name is that the sentence may begin with; 0: of none.
std::size_t name_end(Tokens tokens) {
  if (tokens.size() < 2 || tokens[0].possessive) return 0;
  const Token& first = tokens[0];
  if (first.kind == Token::Kind::kQuoted || first.kind == Token::Kind::kPlaceholder)
    return starts_predicate(tokens, 1) && !is_said_of_things(tokens[1]) ? 1 : 0;
  if (is_full_name(tokens)) return 2;
  return is_of_name(first) && starts_predicate(tokens, 1) ? 1 : 0;
}

// "after some seconds", "after a while": every assertion waits. How many tokens; 0: none.
std::size_t vague_delay_at_end(Tokens tokens) {
  if (tokens.size() < 4) return 0;
  const Tokens last = tokens.last(3);
  const bool while_or_moment =
      last[1].is_one_of({"a"}) && last[2].is_one_of({"while", "moment", "bit", "second"});
  const bool some = last[1].is_one_of({"some", "several", "few"}) &&
                    last[2].is_one_of({"seconds", "moments", "time"});
  if (last[0].is("after") && (while_or_moment || some)) return 3;
  const Tokens four = tokens.last(4);
  const bool few = four[0].is("after") && four[1].is("a") && four[2].is_one_of({"few", "short"}) &&
                   four[3].is_one_of({"seconds", "moments", "while", "time", "delay"});
  return few && tokens.size() > 4 ? 4 : 0;
}

// "leaving everything blank": what nothing was filled into is. How many tokens; 0: none.
std::size_t left_blank_at_end(Tokens tokens) {
  if (tokens.size() < 5 || !tokens.back().is_one_of({"blank", "empty"})) return 0;
  for (std::size_t length : {3, 4, 5}) {
    if (tokens.size() < length + 2) break;
    const Tokens end = tokens.last(length);
    if (!end[0].is_one_of({"leaving"})) continue;
    const bool all = end[1].is_one_of({"everything", "all", "it"}) ||
                     (end[1].is("the") && end[2].is_one_of({"form", "fields"}));
    return all ? length : 0;
  }
  return 0;
}

// Trailing words that say nothing to check.
Tokens without_closers(Tokens tokens) {
  while (tokens.size() > 1) {
    const Token& last = tokens.back();
    if (last.is_one_of({"again", "successfully", "immediately", "correctly", "automatically",
                        "properly", "too", "afterwards", "instantly", "anymore", "yet", "already",
                        "anywhere"})) {
      tokens = tokens.first(tokens.size() - 1);
    } else if (tokens.size() > 5 && last.is("time") && tokens[tokens.size() - 2].is("first") &&
               tokens[tokens.size() - 4].is("for")) {
      tokens = tokens.first(tokens.size() - 4);  // "for the first time"
    } else if (last.is_one_of({"instead", "either"})) {
      tokens = tokens.first(tokens.size() - 1);
    } else if (const std::size_t left = left_blank_at_end(tokens); left > 0) {
      tokens = tokens.first(tokens.size() - left);
    } else if (tokens.size() > 4 && last.is_one_of({"appears", "opens"}) &&
               tokens[tokens.size() - 2].is("it") &&
               tokens[tokens.size() - 3].is_one_of({"when", "once"})) {
      tokens = tokens.first(tokens.size() - 3);  // "dismiss the dialog when it appears"
    } else if (tokens.size() > 4 && last.is("from") && tokens[tokens.size() - 3].is("to") &&
               tokens[tokens.size() - 2].is_one_of({"choose", "select", "pick"})) {
      tokens = tokens.first(tokens.size() - 3);  // "have 4 answers to choose from"
    } else if (tokens.size() > 2 && last.is_one_of({"me", "us", "him", "her", "them"}) &&
               tokens[tokens.size() - 2].is("to")) {  // "is shown to him"
      tokens = tokens.first(tokens.size() - 2);
    } else if (const std::size_t length = vague_delay_at_end(tokens); length > 0) {
      tokens = tokens.first(tokens.size() - length);
    } else if (tokens.size() > 2 &&
               ((last.is("more") && tokens[tokens.size() - 2].is("once")) ||
                (last.is("well") && tokens[tokens.size() - 2].is("as")) ||
                (last.is_one_of({"more", "longer"}) && tokens[tokens.size() - 2].is("any")))) {
      tokens = tokens.first(tokens.size() - 2);
    } else {
      break;
    }
  }
  return tokens;
}

}  // namespace

namespace {

// "verify that", "make sure", "check whether", "see that": how many tokens say that what follows is
// to be checked; `certain` when nothing else can be meant.
std::size_t wrapper_length(Tokens tokens, bool& certain) {
  if (tokens.size() < 3) return 0;
  std::size_t length = 0;
  if (tokens[0].is("make") && tokens[1].is("sure")) length = 2;
  for (std::string_view verb :
       {"verify", "check", "confirm", "ensure", "assert", "validate", "expect", "see", "notice",
        "observe", "find", "know", "test", "wait", "note"})
    if (tokens[0].is(verb)) length = 1;
  if (length == 0) return 0;
  certain = tokens[length].is_one_of({"that", "if", "whether", "until"});
  if (certain) return length + 1;
  return tokens[0].is_one_of({"see", "sees", "find", "finds", "wait", "waits", "note"}) ? 0
                                                                                        : length;
}

void unwrap(std::vector<Clause>& clauses) {
  std::vector<Clause> inner;
  for (auto clause = clauses.begin(); clause != clauses.end();) {
    bool certain = false;
    const std::size_t length = wrapper_length(clause->tokens, certain);
    if (length == 0) {
      ++clause;
      continue;
    }
    std::vector<Token> rest(clause->tokens.begin() + std::ptrdiff_t(length), clause->tokens.end());
    for (std::size_t i = 1; i + 1 < rest.size(); ++i)  // "expect the URL to be"
      if (rest[i].is("to") && (is_any_verb(rest[i + 1].lemma) || rest[i + 1].is("not"))) {
        rest[i] = word_token("should");
        break;
      }
    for (Clause& part : clauses_of(rest)) {
      part.negations += clause->negations;
      part.still |= clause->still;
      part.cost += clause->cost - 0.3;
      inner.push_back(std::move(part));
    }
    clause = certain ? clauses.erase(clause) : clause + 1;
  }
  clauses.insert(clauses.end(), inner.begin(), inner.end());
}

// "is reserving 'X'": tokens {reserving, 'X'}. Nothing of what would be over when it is done.
void add_ongoing(std::vector<Clause>& clauses) {
  constexpr double kCost = 0.5;
  std::vector<Clause> ongoing;
  for (const Clause& clause : clauses) {
    const std::vector<Token>& tokens = clause.tokens;
    if (!clause.has_actor || clause.negations > 0 || clause.should || tokens.size() < 3 ||
        tokens[0].lemma != "be" || !tokens[1].low.ends_with("ing") ||
        !is_act_verb(tokens[1].lemma) || tokens[1].lemma == "be" ||
        tokens[1].is_one_of({"completing", "confirming", "finishing", "saving", "sending",
                             "submitting", "trying", "going", "getting"}))
      continue;
    Clause done = clause;
    done.tokens.erase(done.tokens.begin());
    done.ongoing = true;
    done.cost += kCost;
    ongoing.push_back(std::move(done));
  }
  clauses.insert(clauses.end(), ongoing.begin(), ongoing.end());
}

// What a person does, and no state that a thing is in: "is shown", "is closed" say what is there.
bool is_done_by_people(const Token& participle, Tokens rest) {
  static const std::set<std::string_view> kDone = {
      "accept",   "answer", "add",    "book",   "cancel", "check", "choose", "clear",   "click",
      "confirm",  "create", "delete", "drag",   "drop",   "enter", "fill",   "filter",  "follow",
      "insert",   "invite", "mark",   "order",  "pick",   "place", "post",   "press",   "refresh",
      "register", "reload", "remove", "rename", "reply",  "save",  "search", "select",  "send",
      "set",      "sort",   "store",  "submit", "switch", "tap",   "tick",   "turn",    "type",
      "uncheck",  "unmark", "untick", "upload", "use",    "write", "move",   "deselect"};
  static const std::set<std::string_view> kWithValue = {"change", "edit", "update"};
  if (kDone.contains(participle.lemma)) return true;
  return kWithValue.contains(participle.lemma) && !rest.empty() &&
         rest[0].is_one_of({"to", "with", "into"}) && rest.back().is_literal();
}

// Who does it, in what role, or how else: nothing that the active would say without.
bool says_more_of_doing(const Token& participle, Tokens rest) {
  const auto is_of = [&](std::initializer_list<std::string_view> verbs) {
    return std::ranges::find(verbs, std::string_view(participle.lemma)) != verbs.end();
  };
  return std::ranges::any_of(rest, [&](const Token& token) {
    if (token.is("by")) return !is_of({"sort", "filter", "order"});
    if (token.is("as")) return !is_of({"mark", "choose", "select", "pick", "enter", "set"});
    return token.is_one_of({"mouse", "mistake", "accident"});
  });
}

// "the task 'Milk' is added to the list": tokens {add, the, task, 'Milk', to, the, list}.
void add_passive(std::vector<Clause>& clauses) {
  constexpr double kCost = 0.4;
  std::vector<Clause> turned;
  for (const Clause& clause : clauses) {
    const std::vector<Token>& tokens = clause.tokens;
    const auto be = std::ranges::find_if(
        tokens, [](const Token& token) { return token.is_word() && token.lemma == "be"; });
    if (be == tokens.begin() || tokens.end() - be < 2 || clause.should || clause.has_actor)
      continue;
    const Token& verb = be[1];
    const Tokens rest = Tokens(tokens).subspan(static_cast<std::size_t>(be - tokens.begin()) + 2);
    if (!is_participle(verb) || !is_act_verb(verb.lemma) || !is_done_by_people(verb, rest) ||
        says_more_of_doing(verb, rest))
      continue;
    // "is not ticked": only what is there or not can be turned so.
    if (clause.negations > 0 && !verb.is("tick") && !verb.is("check")) continue;
    Clause act = clause;
    act.tokens.assign(1, word_token(verb.lemma));
    act.tokens.insert(act.tokens.end(), tokens.begin(), be);
    act.tokens.insert(act.tokens.end(), be + 2, tokens.end());
    act.passive = true;
    act.cost += kCost;
    turned.push_back(std::move(act));
  }
  clauses.insert(clauses.end(), turned.begin(), turned.end());
}

// "the total I'll repay over the term should be 'X'": the total repay over the term. A subject that
// says whose doing it is has a verb of its own, and the sentence's comes after.
std::optional<Clause> with_relative_subject(Tokens sentence) {
  std::size_t who = 1;
  while (who < sentence.size() && !sentence[who].is_one_of({"i", "we", "you", "he", "she", "they"}))
    ++who;
  const bool is_subject = who > 1 && who + 3 < sentence.size() && sentence[0].is_word() &&
                          is_determiner(sentence[0].low) && sentence[who - 1].is_word() &&
                          !is_guard_word(sentence[who - 1].low) &&
                          (who == 2 || !is_any_verb(sentence[who - 1].lemma));
  // Only of a value: of a thing, what was done to it tells which it is.
  const bool is_thing = is_subject && noun_of(sentence[who - 1].low).has_value();
  if (!is_subject || is_thing || !sentence.back().is_literal()) return std::nullopt;
  std::size_t verb = who + 1;
  while (verb < sentence.size() && starts_group(sentence, verb)) ++verb;
  const auto says_not = [](const Token& token) { return token.is_one_of({"not", "never", "no"}); };
  if (std::ranges::any_of(sentence.subspan(who), says_not)) return std::nullopt;
  if (sentence[verb < sentence.size() ? verb : who].is_one_of(
          {"refuse", "refused", "avoid", "avoided", "decline", "declined", "skip", "skipped"}))
    return std::nullopt;
  if (verb + 1 >= sentence.size() || !sentence[verb].is_word()) return std::nullopt;
  std::vector<Token> rest(sentence.begin(), sentence.begin() + std::ptrdiff_t(who));
  rest.insert(rest.end(), sentence.begin() + std::ptrdiff_t(verb), sentence.end());
  // Its verb stands where a name may, and must not be taken for the sentence's.
  for (std::size_t at = who + 1; at < rest.size(); ++at) {
    if (!starts_group(rest, at)) continue;
    const VerbGroup group = group_at(rest, at);
    return group.end > at ? std::optional(collapse(rest, group)) : std::nullopt;
  }
  return std::nullopt;
}

// "confirm that I want to …" answers a question, and verifies nothing.
bool confirms_a_wish(Tokens tokens) {
  return tokens.size() > 3 && tokens[0].is_one_of({"confirm", "confirms", "confirmed"}) &&
         tokens[1].is("that") && tokens[2].is_one_of({"i", "we", "he", "she", "they"}) &&
         tokens[3].is_one_of({"want", "wants", "wish", "wishes", "mean", "means", "would"});
}

}  // namespace

std::vector<Clause> clauses_of(Tokens sentence) {
  std::vector<Clause> out;
  sentence = without_closers(without_openers(sentence));
  if (sentence.empty()) return {Clause{}};
  const std::size_t person = person_end(sentence);
  if (confirms_a_wish(sentence.subspan(person))) {
    Clause clause;
    clause.tokens.assign(sentence.begin() + static_cast<std::ptrdiff_t>(person), sentence.end());
    clause.has_actor = person > 0;
    return {std::move(clause)};
  }
  if (person > 0) {
    Clause clause = without_auxiliaries(sentence.subspan(person));
    clause.has_actor = true;
    if (sentence[person - 1].is_literal()) clause.actor = sentence[person - 1].text;
    out.push_back(std::move(clause));
  }
  if (const std::size_t name = person == 0 ? name_end(sentence) : 0; name > 0) {
    Clause clause = without_auxiliaries(sentence.subspan(name));
    clause.has_actor = true;
    clause.actor = sentence[0].text + (name > 1 ? " " + sentence[1].text : "");
    clause.cost = sentence[0].is_literal() ? 0.7 : 0.2;
    out.push_back(std::move(clause));
  }
  Clause whole = without_auxiliaries(sentence);
  whole.cost = person > 0 ? 1 : 0;
  const bool verb_first = sentence[0].is_word() && is_any_verb(sentence[0].lemma) &&
                          sentence[0].lemma != "be" && sentence[0].lemma != "have" &&
                          sentence[0].lemma != "do";
  if (verb_first) {
    Clause bare;
    bare.tokens.assign(sentence.begin(), sentence.end());
    out.push_back(std::move(bare));
    whole.cost += 0.3;
  }
  out.push_back(std::move(whole));
  if (auto relative = with_relative_subject(sentence)) out.push_back(*std::move(relative));
  add_ongoing(out);
  add_passive(out);
  unwrap(out);
  return out;
}

int take_times(std::vector<Token>& sentence) {
  Tokens all = sentence;
  while (!all.empty() && all.back().kind == Token::Kind::kPunctuation)
    all = all.first(all.size() - 1);
  if (all.size() < 3) return 1;
  if (all.back().is_one_of({"twice", "thrice"})) {
    const int times = all.back().is("twice") ? 2 : 3;
    sentence.resize(all.size() - 1);
    return times;
  }
  if (!all.back().is("times")) return 1;
  const std::size_t more = all[all.size() - 2].is("more") && all.size() > 3 ? 1 : 0;
  const Token& count = all[all.size() - 2 - more];
  const std::optional<int> times = number_of(count.is_word() ? count.low : lower(count.text));
  if (!times || *times < 1 || *times > kTimesMax) return 1;
  sentence.resize(all.size() - 2 - more);
  return *times;
}

namespace {

// How many tokens from `at` say "after the page was reloaded", "after she reloads the page"; 0:
// none.
std::size_t reload_at(Tokens tokens, std::size_t at) {
  constexpr std::size_t kWordsMax = 6;
  const std::size_t begin = at;
  const auto low = [&](std::size_t i) {
    return i < tokens.size() && tokens[i].is_word() ? std::string_view(tokens[i].low) : "";
  };
  const auto is_page = [&](std::size_t i) {
    return low(i) == "page" || low(i) == "browser" || low(i) == "site" || low(i) == "app";
  };
  if (low(at) == "even") ++at;
  if (low(at) != "after") return 0;
  ++at;
  bool reloads = false, page = false;
  for (; at < tokens.size() && at - begin <= kWordsMax; ++at) {
    const bool is_reload = tokens[at].is("reload") || tokens[at].is("refresh") ||
                           low(at) == "reloading" || low(at) == "refreshing";
    if (is_reload)
      reloads = true;
    else if (is_page(at))
      page = true;
    else if (!tokens[at].is_word() ||
             !(is_determiner(low(at)) || is_pronoun(low(at)) || is_person(low(at)) ||
               tokens[at].lemma == "be" || tokens[at].lemma == "have" || low(at) == "of" ||
               low(at) == tokens[0].low))  // who is said to see it
      break;
    else if (reloads && page)
      break;
  }
  return reloads ? at - begin : 0;
}

}  // namespace

Reload take_reload(std::vector<Token>& sentence) {
  while (!sentence.empty() && sentence.back().kind == Token::Kind::kPunctuation)
    sentence.pop_back();
  if (const std::size_t length = reload_at(sentence, 0); length > 0) {
    auto rest = sentence.begin() + static_cast<std::ptrdiff_t>(length);
    if (rest != sentence.end() && rest->kind == Token::Kind::kPunctuation) ++rest;
    if (rest == sentence.end()) return Reload::kNone;
    sentence.erase(sentence.begin(), rest);
    return Reload::kSaidFirst;
  }
  for (std::size_t at = 2; at + 1 < sentence.size(); ++at) {
    const std::size_t length = reload_at(sentence, at);
    if (length == 0 || at + length != sentence.size()) continue;
    sentence.resize(at);
    return Reload::kSaidLast;
  }
  return Reload::kNone;
}

std::optional<double> take_within(std::vector<Token>& sentence) {
  for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
    std::size_t at = i;
    if (sentence[at].is("in") && sentence[at + 1].is("less") && at + 4 < sentence.size() &&
        sentence[at + 2].is("than"))
      at += 3;
    else if (sentence[at].is_one_of({"within"}))
      at += 1;
    else if (sentence[at].is("after") && at > 2 && at + 3 >= sentence.size())
      at += 1;
    else
      continue;
    if (at + 1 >= sentence.size()) continue;
    const Token& count = sentence[at];
    const auto number = number_of(count.is_word() ? count.low : count.text);
    if (!number) continue;
    double factor = 0;
    if (sentence[at + 1].is_one_of({"second", "seconds", "s", "sec", "secs"})) factor = 1;
    if (sentence[at + 1].is_one_of({"millisecond", "milliseconds", "ms"})) factor = 0.001;
    if (sentence[at + 1].is_one_of({"minute", "minutes"})) factor = 60;
    if (factor == 0) continue;
    const double more = sentence[i].is("after") ? 2 : 0;  // seconds that it may take beyond
    sentence.erase(sentence.begin() + static_cast<std::ptrdiff_t>(i),
                   sentence.begin() + static_cast<std::ptrdiff_t>(at) + 2);
    return *number * factor + more;
  }
  return {};
}

}  // namespace vouch::features
