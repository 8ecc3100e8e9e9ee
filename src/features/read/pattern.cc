#include "features/read/pattern.h"

#include <algorithm>

#include "base/result.h"
#include "features/read/slots.h"

namespace vouch::features {

Tokens PhraseMatch::slot(std::string_view name) const {
  for (const Slot& slot : slots)
    if (slot.name == name) return slot.tokens;
  return {};
}

Pattern::Element Pattern::parse_element(std::string_view& text) {
  Element element{.kind = Element::Kind::kWord};
  const char open = text[0];
  if (open == '(' || open == '[') {
    element.kind = Element::Kind::kOneOf;
    do {
      text.remove_prefix(1);
      element.alternatives.push_back(parse_sequence(text));
      VOUCH_CHECK(!text.empty());
    } while (text[0] == '|');
    VOUCH_CHECK(text[0] == (open == '(' ? ')' : ']'));
    text.remove_prefix(1);
    if (open == '[') element.alternatives.emplace_back();
  } else if (open == '{') {
    element.kind = Element::Kind::kSlot;
    const std::size_t end = text.find('}');
    VOUCH_CHECK(end != std::string_view::npos);
    const std::string_view inner = text.substr(1, end - 1);
    const std::size_t colon = inner.find(':');
    element.word = inner.substr(0, colon);
    if (colon != std::string_view::npos) element.type = inner.substr(colon + 1);
    text.remove_prefix(end + 1);
  } else {
    const std::size_t end = std::min(text.find_first_of(" ()[]{}|"), text.size());
    VOUCH_CHECK(end > 0);
    element.word = text.substr(0, end);
    text.remove_prefix(end);
  }
  return element;
}

Pattern::Sequence Pattern::parse_sequence(std::string_view& text) {
  Sequence sequence;
  while (!text.empty() && text[0] != ')' && text[0] != ']' && text[0] != '|') {
    if (text[0] == ' ')
      text.remove_prefix(1);
    else
      sequence.push_back(parse_element(text));
  }
  return sequence;
}

Pattern::Pattern(std::string_view text) {
  sequence_ = parse_sequence(text);
  VOUCH_CHECK(text.empty());
  for (const Element& element : sequence_) {
    if (element.kind == Element::Kind::kWord) required_.push_back({element.word});
    if (element.kind != Element::Kind::kOneOf) continue;
    std::vector<std::string> any;
    bool complete = true;
    for (const Sequence& sequence : element.alternatives) {
      const auto word = std::ranges::find(sequence, Element::Kind::kWord, &Element::kind);
      if (word == sequence.end())
        complete = false;
      else
        any.push_back(word->word);
    }
    if (complete) required_.push_back(std::move(any));
  }
}

bool Pattern::may_match(Tokens tokens) const {
  return std::ranges::all_of(required_, [&](const std::vector<std::string>& any) {
    return std::ranges::any_of(tokens, [&](const Token& token) {
      return token.is_word() &&
             std::ranges::any_of(any, [&](const std::string& word) { return token.is(word); });
    });
  });
}

struct Pattern::Search {
  using Next = std::function<void(std::size_t)>;
  Tokens tokens;
  long& budget;
  PhraseMatch match;

  void run(const Sequence& sequence, std::size_t element, std::size_t at, const Next& next) {
    if (--budget < 0) return;
    if (element == sequence.size()) return next(at);
    const auto go_on = [&](std::size_t to) { run(sequence, element + 1, to, next); };
    const Element& wanted = sequence[element];
    switch (wanted.kind) {
      case Element::Kind::kWord:
        if (at < tokens.size() && tokens[at].is(wanted.word)) {
          ++match.words;
          go_on(at + 1);
          --match.words;
        }
        return;
      case Element::Kind::kOneOf:
        for (const Sequence& alternative : wanted.alternatives) run(alternative, 0, at, go_on);
        return;
      case Element::Kind::kSlot:
        for (std::size_t end = at + 1; end <= tokens.size(); ++end) {
          if (--budget < 0) return;
          const Tokens span = tokens.subspan(at, end - at);
          if (!slot_accepts(wanted.type, span)) continue;
          match.slots.push_back({wanted.word, span});
          go_on(end);
          match.slots.pop_back();
        }
        return;
    }
  }
};

void Pattern::match(Tokens tokens, long& budget,
                    const std::function<void(const PhraseMatch&)>& found) const {
  Search search{.tokens = tokens, .budget = budget, .match = {}};
  search.run(sequence_, 0, 0, [&](std::size_t end) {
    if (end == tokens.size()) found(search.match);
  });
}

}  // namespace vouch::features
