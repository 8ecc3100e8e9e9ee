// The tiny language in which the tables of phrases write how a step may be said, and its matcher.
//
//   click            the word, in any form for verbs ("clicks", "clicked")
//   (a|b c)          one of
//   [on|upon]        one of, or nothing
//   {target}         a slot: one or more tokens
//   {value:literal}  a slot that takes only a certain kind of tokens; the kinds are
//                    literal (one quoted text, number, path or placeholder), quantity ("at least
//                    3", "no"), state ("greyed out"), key ("the Enter key"), verb (one known verb)
//   : and ,          are skipped before matching where they end a clause's part
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "features/read/tokens.h"

namespace vouch::features {

struct PhraseMatch {
  struct Slot {
    std::string_view name;
    Tokens tokens;
  };
  std::vector<Slot> slots;
  int words = 0;  // tokens matched by words of the pattern
  // Empty where the pattern has no such slot.
  Tokens slot(std::string_view name) const;
};

class Pattern {
 public:
  explicit Pattern(std::string_view text);
  // Calls `found` for every way to match all of `tokens`. Every step of the search takes one from
  // `budget`; at 0 the search ends.
  void match(Tokens tokens, long& budget,
             const std::function<void(const PhraseMatch&)>& found) const;
  // Whether a first look at the words allows a match.
  bool may_match(Tokens tokens) const;

 private:
  struct Element;
  using Sequence = std::vector<Element>;
  struct Element {
    enum class Kind { kWord, kOneOf, kSlot } kind;
    std::string word;                    // kWord; of kSlot the name
    std::string type;                    // kSlot
    std::vector<Sequence> alternatives;  // kOneOf; an empty sequence: optional
  };
  struct Search;
  static Sequence parse_sequence(std::string_view& text);
  static Element parse_element(std::string_view& text);
  Sequence sequence_;
  std::vector<std::vector<std::string>> required_;  // of each, one word must be there
};

}  // namespace vouch::features
