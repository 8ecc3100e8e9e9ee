#include "features/read/otherwise.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/words.h"
#include "features/read/lexicon.h"

namespace vouch::features {
namespace {

using Sentence = std::vector<Token>;

Sentence words_of(std::initializer_list<std::string_view> words) {
  Sentence made;
  for (std::string_view word : words) made.push_back(word_token(word));
  return made;
}

Sentence operator+(Sentence left, Tokens right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

bool is_comma(const Token& token) {
  return token.kind == Token::Kind::kPunctuation && token.text == ",";
}

bool is_preposition(const Token& token) {
  return token.is_one_of({"in", "on", "at", "under", "inside", "within", "below", "beneath", "for",
                          "of", "to", "from", "with", "by"});
}

bool is_verb(const Token& token) {
  return token.is_word() && (is_modal(token.low) || is_any_verb(token.lemma));
}

// Where a subject may begin.
bool opens_subject(const Token& token) {
  return token.kind == Token::Kind::kNumber ||
         (token.is_word() &&
          (is_determiner(token.low) || is_pronoun(token.low) || number_of(token.low) ||
           token.is_one_of({"there", "only", "no", "nothing", "nobody", "all", "each", "every"})));
}

std::size_t first_verb(Tokens sentence, std::size_t from) {
  while (from < sentence.size() && !is_verb(sentence[from])) ++from;
  return from;
}

// "in the overview the first card is 'Hund'", "on the dashboard, I see 3 tickets": the place comes
// after what is in it.
void add_place_last(Tokens sentence, std::vector<Sentence>* out) {
  constexpr std::size_t kPlaceMax = 7;
  if (sentence.size() < 5 ||
      !sentence[0].is_one_of({"in", "on", "at", "under", "inside", "within", "below", "beneath"}))
    return;
  if (!sentence[1].is_literal() && !is_determiner(sentence[1].low)) return;
  std::size_t end = 2, rest = 0;
  for (; end < std::min(sentence.size() - 2, kPlaceMax); ++end) {
    if (is_comma(sentence[end]))
      rest = end + 1;
    else if (opens_subject(sentence[end]) && !is_preposition(sentence[end - 1]))
      rest = end;
    else if (is_verb(sentence[end]) && !is_comma(sentence[end + 1]))
      return;
    if (rest > 0) break;
  }
  if (rest == 0) return;
  const Tokens place = sentence.first(end), said = sentence.subspan(rest);
  // It is the place of all that follows, and there is but one place for it in a sentence.
  const bool is_one_clause = std::ranges::none_of(said, [](const Token& token) {
    return is_comma(token) || token.is_one_of({"and", "but", "or", "nor"});
  });
  if (!is_one_clause) return;
  const std::size_t verb = first_verb(said, 1);
  const bool has_noun = !said[0].is("there") && !(said[0].is_word() && is_pronoun(said[0].low));
  if (has_noun && verb < said.size())
    out->push_back((Sentence{} + said.first(verb) + place) + said.subspan(verb));
  out->push_back(Sentence{} + said + place);
}

// "Given a flashcard 'Haus'", "Given the following tasks:": that there is one.
void add_there_is(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kContext || sentence.size() < 2) return;
  const Token& first = sentence[0];
  // "an empty cart" is how something is, and "another browser" where.
  const bool is_told = has_literal(sentence) || step.table || step.doc_string;
  const bool is_some = first.is_one_of({"a", "an", "some"}) || sentence[1].is("following") ||
                       first.kind == Token::Kind::kNumber ||
                       (first.is_word() && number_of(first.low).has_value());
  const auto says = [](const Token& token) {
    return token.is_word() && (token.lemma == "be" || token.lemma == "have" || is_modal(token.low));
  };
  if (!is_some || !is_told || std::ranges::any_of(sentence, says)) return;
  out->push_back(words_of({"there", "be"}) + sentence);
}

// "the subtotal reads '2', the tax '1' and the total '3'": the verb is said once for all.
void add_verb_to_each(Tokens sentence, std::vector<Sentence>* out) {
  const std::size_t verb = first_verb(sentence, 1);
  if (verb + 3 >= sentence.size()) return;
  std::size_t value = verb;
  while (value < sentence.size() && !sentence[value].is_literal()) {
    if (!is_verb(sentence[value])) return;  // "should be"
    ++value;
  }
  if (value == sentence.size()) return;  // "should be saved"
  const Tokens said = sentence.subspan(verb, value - verb);
  Sentence made(sentence.begin(), sentence.begin() + std::ptrdiff_t(value) + 1);
  std::size_t at = value + 1, groups = 0;
  while (at < sentence.size()) {
    std::size_t begin = at;
    while (begin < sentence.size() && (is_comma(sentence[begin]) || sentence[begin].is("and")))
      ++begin;
    if (begin == at) return;
    std::size_t end = begin;
    while (end < sentence.size() && sentence[end].is_word() && !is_modal(sentence[end].low) &&
           !sentence[end].is("be") && !sentence[end].is("and"))
      ++end;
    if (end == begin || end == sentence.size() || !sentence[end].is_literal()) return;
    made.push_back(word_token("and"));
    made = (std::move(made) + sentence.subspan(begin, end - begin)) + said;
    made.push_back(sentence[end]);
    at = end + 1;
    ++groups;
  }
  if (groups > 0) out->push_back(std::move(made));
}

// "shows neither a tax nor a discount", "shows a question but no answer": each is said in full.
void add_each_in_full(Tokens sentence, std::vector<Sentence>* out) {
  const auto find = [&](std::string_view word) {
    return static_cast<std::size_t>(
        std::ranges::find_if(sentence, [&](const Token& token) { return token.is(word); }) -
        sentence.begin());
  };
  const auto bare = [](Tokens thing) {
    return !thing.empty() && thing[0].is_one_of({"a", "an", "any"}) ? thing.subspan(1) : thing;
  };
  const std::size_t neither = find("neither"), nor = find("nor"), but = find("but");
  if (neither > 1 && neither + 1 < nor && nor + 1 < sentence.size() &&
      is_verb(sentence[neither - 1])) {
    const Sentence none = (Sentence{} + sentence.first(neither)) + words_of({"no"});
    out->push_back((none + bare(sentence.subspan(neither + 1, nor - neither - 1))) +
                   words_of({"and"}) + none + bare(sentence.subspan(nor + 1)));
  }
  const std::size_t verb = first_verb(sentence, 1);
  if (verb + 1 < but && but + 2 < sentence.size() && sentence[but + 1].is("no"))
    out->push_back((Sentence{} + sentence.first(but)) + words_of({"and"}) +
                   sentence.first(verb + 1) + sentence.subspan(but + 1));
}

// "the ticket keeps the status 'Open'": it still has it.
void add_still_has(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kOutcome) return;
  for (std::size_t at = 1; at + 2 < sentence.size(); ++at) {
    if (!sentence[at].is_one_of({"keep", "keeps", "kept", "retain", "retains", "retained"}) ||
        !sentence[at + 1].is_one_of({"the", "its", "his", "her", "their"}))
      continue;
    out->push_back((Sentence{} + sentence.first(at)) + words_of({"still", "have", "the"}) +
                   sentence.subspan(at + 2));
    return;
  }
}

// "only one ticket is listed, namely 'Wifi'": only the ticket 'Wifi' is listed.
void add_only(Tokens sentence, std::vector<Sentence>* out) {
  if (sentence.size() < 6 || !sentence[0].is("only") || !sentence[1].is_one_of({"one", "1"}) ||
      !sentence.back().is_literal() ||
      !sentence[sentence.size() - 2].is_one_of({"namely", "called", "named"}))
    return;
  const std::size_t verb = first_verb(sentence, 2);
  std::size_t end = sentence.size() - 2;
  if (is_comma(sentence[end - 1])) --end;
  if (verb >= end) return;
  out->push_back((words_of({"only", "the"}) + sentence.subspan(2, verb - 2) + sentence.last(1)) +
                 sentence.subspan(verb, end - verb));
}

// "opens the list once so that all are on file": what for is seen by what follows.
void add_without_reason(Tokens sentence, const gherkin::PickleStep& step,
                        std::vector<Sentence>* out) {
  if (step.type == gherkin::StepType::kOutcome) return;
  for (std::size_t at = 3; at + 2 < sentence.size(); ++at) {
    const bool so_that = sentence[at].is("so") && sentence[at + 1].is("that");
    const bool in_order =
        sentence[at].is("in") && sentence[at + 1].is("order") && sentence[at + 2].is("to");
    if (!so_that && !in_order && !sentence[at].is("because")) continue;
    Sentence made = Sentence{} + sentence.first(at);
    while (made.size() > 2 && (made.back().is("once") || is_comma(made.back()))) made.pop_back();
    out->push_back(std::move(made));
    return;
  }
}

// "the flashcard application with an empty collection": it is opened; what it begins with is to be
// seen by what follows.
void add_opened(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kContext || has_literal(sentence) || step.table ||
      step.doc_string)
    return;
  const auto is_site = [](const Token& token) {
    return token.is_one_of(
        {"application", "app", "page", "site", "website", "shop", "store", "game", "tool"});
  };
  const auto site = std::ranges::find_if(sentence, is_site);
  const std::size_t end = static_cast<std::size_t>(site - sentence.begin()) + 1;
  if (site == sentence.end() || first_verb(sentence, 0) < end) return;
  const Tokens rest = sentence.subspan(end);
  const bool is_new =
      rest.empty() ||
      (rest.size() > 2 && rest[0].is_one_of({"with", "without"}) &&
       (rest[0].is("without") || rest[1].is("no") || rest[2].is("empty")) && rest.size() < 6);
  if (!is_new) return;
  if (site->is("page"))
    out->push_back(words_of({"i", "be", "on"}) + sentence.first(end));
  else
    out->push_back(words_of({"i", "be", "on", "the", "start", "page"}));
}

// "a collection with exactly these cards:": there are these.
void add_held(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kContext || !step.table || has_literal(sentence)) return;
  for (std::size_t at = 2; at + 2 < sentence.size() && at < 5; ++at) {
    if (!sentence[at].is_one_of({"with", "of", "containing", "holding"})) continue;
    if (first_verb(sentence, 0) < at) return;
    Tokens held = sentence.subspan(at + 1);
    if (held[0].is_one_of({"exactly", "only", "just"})) held = held.subspan(1);
    if (held.size() < 2 || !(held[0].is("these") || held[0].is("following") ||
                             (held[0].is("the") && held[1].is("following"))))
      return;
    out->push_back(words_of({"there", "be"}) + held);
    return;
  }
}

// "the following cards, created one after the other:": there are these, as they come.
void add_in_turn(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  constexpr std::array<std::string_view, 4> kOther = {"one", "after", "the", "other"};
  if (step.type != gherkin::StepType::kContext) return;
  for (std::size_t at = 3; at + kOther.size() <= sentence.size(); ++at) {
    const bool is_there =
        std::ranges::equal(sentence.subspan(at, kOther.size()), kOther,
                           [](const Token& token, auto word) { return token.is(word); });
    if (!is_there) continue;
    Sentence made = Sentence{} + sentence.first(at);
    const Token& last = made.back();
    if (last.is("create") || last.is("add") || last.is("make") || last.is("enter")) made.pop_back();
    while (!made.empty() && is_comma(made.back())) made.pop_back();
    const std::size_t noun = made.size() > 2 && made[1].is("following") ? 2 : 1;
    if (made.size() > noun && first_verb(made, noun) == made.size())
      out->push_back(words_of({"there", "be"}) + made);
    return;
  }
}

// "no button for cancelling the ticket": the cancel button.
void add_named_by_verb(Tokens sentence, std::vector<Sentence>* out) {
  for (std::size_t at = 1; at + 2 < sentence.size(); ++at) {
    if (!sentence[at].is_one_of({"button", "link", "icon"})) continue;
    const bool says_for = sentence[at + 1].is("for") && sentence[at + 2].low.ends_with("ing");
    if (!says_for && !sentence[at + 1].is("to")) continue;
    if (!sentence[at + 2].is_word() || !is_act_verb(sentence[at + 2].lemma)) continue;
    const std::size_t verb = first_verb(sentence, at + 3);
    if (verb == sentence.size() || has_literal(sentence.subspan(at + 3, verb - at - 3))) continue;
    Sentence made = Sentence{} + sentence.first(at);
    made.push_back(word_token(sentence[at + 2].lemma));
    made.push_back(sentence[at]);
    out->push_back(std::move(made) + sentence.subspan(verb));
    return;
  }
}

// "the status is set to 'Done' and saved": and somebody saves it.
void add_sent_off(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type == gherkin::StepType::kOutcome || sentence.size() < 6) return;
  const Token& last = sentence.back();
  if (!last.is_one_of({"saved", "submitted", "sent"}) || !sentence[sentence.size() - 2].is("and") ||
      std::ranges::none_of(sentence, [](const Token& token) { return token.is("be"); }))
    return;
  Sentence made = Sentence{} + sentence.first(sentence.size() - 1);
  made.push_back(word_token("i"));
  made.push_back(word_token(last.lemma));
  out->push_back(std::move(made));
}

// "the HR officer adds the employee": whoever it is that does something.
void add_person(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  constexpr std::size_t kWordsMax = 4;
  if (step.type == gherkin::StepType::kOutcome || sentence.size() < 4 ||
      !(is_determiner(sentence[0].low) || is_capitalised(sentence[0])))
    return;
  for (std::size_t at = 2; at <= std::min(kWordsMax, sentence.size() - 2); ++at) {
    const Token& verb = sentence[at];
    const Token& last = sentence[at - 1];
    if (!last.is_word() || last.possessive || is_preposition(last)) return;
    const bool is_inflected = verb.is_word() && verb.low != verb.lemma && is_any_verb(verb.lemma);
    if (!is_inflected || !(is_act_verb(verb.lemma) || verb.lemma == "have")) continue;
    const auto is_doer = [&](std::initializer_list<std::string_view> ends) {
      return std::ranges::any_of(ends,
                                 [&](std::string_view end) { return last.low.ends_with(end); });
    };
    const bool is_part =
        last.is_one_of({"counter", "timer", "number", "server", "browser", "slider", "filter",
                        "header", "footer", "computer", "banner"});
    if (!is_doer({"er", "or", "ist", "ian", "ant", "ent", "man", "woman", "yst", "ee", "chef",
                  "lead", "rep"}) ||
        is_part)
      return;
    out->push_back(words_of({"she"}) + sentence.subspan(at));
    return;
  }
}

// "deletes 'Rent' but says no when asked": the question is answered so.
void add_taken_back(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type == gherkin::StepType::kOutcome) return;
  for (std::size_t at = 3; at + 1 < sentence.size(); ++at) {
    if (!sentence[at].is("but")) continue;
    Tokens rest = sentence.subspan(at + 1);
    if (is_comma(rest[0])) rest = rest.subspan(1);
    if (!rest.empty() && rest[0].is_word() && is_pronoun(rest[0].low)) rest = rest.subspan(1);
    if (!rest.empty() && rest[0].is("then")) rest = rest.subspan(1);
    if (rest.empty() || has_literal(rest)) return;
    const bool says_no =
        rest.size() > 1 && (rest[0].is("say") || rest[0].is("answer")) && rest[1].is("no");
    const bool backs_out =
        rest.size() > 1 && (rest[0].is("back") || rest[0].is("backs")) && rest[1].is("out");
    const bool changes_mind = rest[0].is("change") && rest.back().is("mind");
    const bool keeps = rest[0].is("decide") && std::ranges::any_of(rest, [](const Token& token) {
                         return token.is("keep") || token.is("not") || token.is("against");
                       });
    const bool declines = rest[0].is("decline") || rest[0].is("cancel") || rest[0].is("dismiss") ||
                          rest[0].is("abort");
    const bool unconfirmed =
        rest.size() > 2 && rest[0].is("do") && rest[1].is("not") && rest[2].is("confirm");
    if (!says_no && !backs_out && !changes_mind && !keeps && !declines && !unconfirmed) return;
    Tokens done = sentence.first(at);
    if (is_comma(done.back())) done = done.first(at - 1);
    Sentence begun = Sentence{} + done;
    // "starts to cancel it": it is begun by doing it.
    for (std::size_t i = 0; i + 2 < begun.size(); ++i) {
      if (!(begun[i].is("start") || begun[i].is("go") || begun[i].is("begin")) ||
          !begun[i + 1].is("to"))
        continue;
      begun.erase(begun.begin() + std::ptrdiff_t(i), begun.begin() + std::ptrdiff_t(i) + 2);
      break;
    }
    begun.push_back(word_token("and"));
    out->push_back(Sentence(begun) + words_of({"i", "dismiss", "the", "confirmation"}));
    out->push_back(std::move(begun) + words_of({"i", "cancel"}));
    return;
  }
}

// "Michael Taylor is the only employee", "she clones INV-001": names that stand in no quotes.
void add_quoted_names(Tokens sentence, std::vector<Sentence>* out) {
  const auto has_digit = [](const Token& token) {
    return token.text.find_first_of("0123456789") != std::string::npos;
  };
  const auto is_part = [](const Token& token) {
    return is_capitalised(token) && !token.possessive && !token.is("i") && !is_modal(token.low) &&
           !is_determiner(token.low) && !is_pronoun(token.low);
  };
  Sentence made;
  for (std::size_t at = 0; at < sentence.size();) {
    std::size_t end = at;
    while (end < sentence.size() && is_part(sentence[end])) ++end;
    const bool is_code = end == at + 1 && has_digit(sentence[at]);
    // "adds 2 Tasks" are no name.
    const bool is_one_name = end == at + 1 && at > 0 &&
                             sentence[at - 1].kind != Token::Kind::kNumber &&
                             !is_plural(sentence[at].low) && !noun_of(sentence[at].low);
    const bool is_name = end > at + 1 || is_code || is_one_name;
    if (!is_name) {
      made.push_back(sentence[at++]);
      continue;
    }
    Token name{.kind = Token::Kind::kQuoted, .text = join(sentence.subspan(at, end - at))};
    made.push_back(std::move(name));
    at = end;
  }
  if (made.size() < sentence.size() ||
      !std::ranges::equal(made, sentence, {}, &Token::kind, &Token::kind))
    out->push_back(std::move(made));
}

// "the form asks her to mend this error: 'No e-mail address'": it says so. A value of anything else
// would be looked for anywhere.
void add_said_at_end(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kOutcome || sentence.size() < 5) return;
  const Token& colon = sentence[sentence.size() - 2];
  const bool ends_so = sentence.back().kind == Token::Kind::kQuoted &&
                       colon.kind == Token::Kind::kPunctuation && colon.text == ":";
  const auto is_message = [](const Token& token) {
    return token.is_one_of({"error", "errors", "message", "warning", "hint", "notice", "question",
                            "reason", "alert", "notification", "problem"});
  };
  if (!ends_so || has_literal(sentence.first(sentence.size() - 2)) ||
      std::ranges::none_of(sentence, is_message))
    return;
  if (std::ranges::any_of(sentence, [](const Token& token) {
        return token.is_one_of({"not", "no", "never", "without", "nothing"});
      }))
    return;
  out->push_back(words_of({"i", "see"}) + sentence.last(1));
}

// "there are 2 expenses with a total of $94": and the total is that.
void add_and_with(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kOutcome) return;
  for (std::size_t at = 3; at + 3 < sentence.size(); ++at) {
    if (!sentence[at].is_one_of({"with", "and"}) || !sentence[at + 1].is_one_of({"a", "an"}))
      continue;
    const Tokens rest = sentence.subspan(at + 2);
    const std::size_t size = rest.size();
    if (size < 3 || !rest[size - 1].is_literal() || !rest[size - 2].is("of") ||
        has_literal(rest.first(size - 1)))
      continue;
    out->push_back((Sentence{} + sentence.first(at)) + words_of({"and", "the"}) +
                   rest.first(size - 2) + words_of({"be"}) + rest.last(1));
    return;
  }
}

// Words that change nothing of what is done or seen.
void add_without_fill(Tokens sentence, std::vector<Sentence>* out) {
  static const std::vector<std::vector<std::string_view>> kFills = {
      {"just"},
      {"on", "the", "first", "page"},
      {"on", "the", "last", "page"},
      {"this", "time"},
      {"after", "loading"},
      {"after", "all"},
      {"as", "well"},
      {"once", "more"},
      {"of", "course"},
      {"right", "away"},
      {"straight", "away"},
      {"for", "now"},
      {"at", "once"},
      {"for", "good"},
      {"all", "the", "same"},
      {"without", "making", "any", "changes"},
      {"without", "making", "changes"},
      {"without", "changing", "anything"},
      {"in", "the", "end"},
      {"at", "last"},
      {"too"},
      {"either"},
      {"instead"},
      {"anew"}};
  Sentence made;
  for (std::size_t at = 0; at < sentence.size();) {
    const auto fill = std::ranges::find_if(kFills, [&](const auto& words) {
      return at > 1 && at + words.size() <= sentence.size() &&
             std::ranges::equal(words, sentence.subspan(at, words.size()),
                                [](std::string_view word, const Token& token) {
                                  return token.is_word() && token.low == word;
                                });
    });
    if (fill == kFills.end()) {
      made.push_back(sentence[at++]);
      continue;
    }
    at += fill->size();
    if (!made.empty() && is_comma(made.back()) && at == sentence.size()) made.pop_back();
  }
  if (made.size() < sentence.size() && made.size() > 1) out->push_back(std::move(made));
}

// "opens '/admin' without being logged in".
void add_signed_out(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type == gherkin::StepType::kOutcome || sentence.size() < 5) return;
  for (std::size_t at = 2; at + 1 < sentence.size(); ++at) {
    const Tokens rest = sentence.subspan(at);
    const bool without =
        rest[0].is("without") && (rest[1].is_one_of({"logging", "signing"}) ||
                                  (rest.size() > 2 && rest[1].is("being") &&
                                   rest[2].is_one_of({"logged", "signed", "authenticated"})));
    const bool as_nobody = rest[0].is("while") && rest[1].is("not") && rest.size() > 2 &&
                           rest[2].is_one_of({"logged", "signed", "authenticated"});
    if (!without && !as_nobody) continue;
    out->push_back(words_of({"i", "be", "signed", "out", "and"}) + sentence.first(at));
    return;
  }
}

// "the menu is not available to the user": whose page it is. Of "the guest" it would be another's.
void add_to_nobody(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (step.type != gherkin::StepType::kOutcome || sentence.size() < 5) return;
  std::size_t end = sentence.size() - 1;
  if (!sentence[end].is_word()) return;
  if (!sentence[end].is_one_of({"me", "him", "her", "us", "them", "user", "users", "customer",
                                "customers", "visitor", "visitors"}))
    return;
  while (end > 2 && sentence[end - 1].is_word() &&
         (is_determiner(sentence[end - 1].low) || sentence[end - 1].is("any")))
    --end;
  if (!sentence[end - 1].is_one_of({"to", "for"})) return;
  out->push_back(Sentence{} + sentence.first(end - 1));
}

// "'A' and 'B' remain, in this order": a place or order is no clause of its own.
void add_without_comma(Tokens sentence, std::vector<Sentence>* out) {
  Sentence made;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const bool parts = is_comma(sentence[at]) && at > 1 && at + 1 < sentence.size() &&
                       is_preposition(sentence[at + 1]);
    if (!parts) made.push_back(sentence[at]);
  }
  if (made.size() < sentence.size()) out->push_back(std::move(made));
}

// "enters the following seller and customer details:", beside a table that names each field.
void add_plain_table(Tokens sentence, const gherkin::PickleStep& step, std::vector<Sentence>* out) {
  if (!step.table || has_literal(sentence)) return;
  const auto is_all = [](const Token& token) {
    return token.is_one_of({"details", "data", "information", "values", "fields"});
  };
  const auto following = std::ranges::find_if(
      sentence, [](const Token& token) { return token.is_one_of({"following", "these"}); });
  const auto all = std::find_if(following, sentence.end(), is_all);
  if (all == sentence.end() || all - following < 2) return;
  Sentence made(sentence.begin(), following + 1);
  made.insert(made.end(), all, sentence.end());
  out->push_back(std::move(made));
}

}  // namespace

std::vector<std::vector<Token>> said_otherwise(Tokens sentence, const gherkin::PickleStep& step) {
  std::vector<Sentence> out;
  add_place_last(sentence, &out);
  add_there_is(sentence, step, &out);
  add_verb_to_each(sentence, &out);
  add_each_in_full(sentence, &out);
  add_still_has(sentence, step, &out);
  add_only(sentence, &out);
  add_plain_table(sentence, step, &out);
  add_without_reason(sentence, step, &out);
  add_opened(sentence, step, &out);
  add_held(sentence, step, &out);
  add_in_turn(sentence, step, &out);
  add_named_by_verb(sentence, &out);
  add_sent_off(sentence, step, &out);
  add_person(sentence, step, &out);
  add_quoted_names(sentence, &out);
  add_said_at_end(sentence, step, &out);
  add_and_with(sentence, step, &out);
  add_taken_back(sentence, step, &out);
  add_without_fill(sentence, &out);
  add_signed_out(sentence, step, &out);
  add_to_nobody(sentence, step, &out);
  add_without_comma(sentence, &out);
  return out;
}

}  // namespace vouch::features
