// A step's text as tokens: words, quoted texts, numbers, paths, punctuation.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vouch::features {

struct Token {
  enum class Kind { kWord, kQuoted, kNumber, kPath, kPlaceholder, kPunctuation };
  Kind kind = Kind::kWord;
  std::string text;         // as written; of a quoted text what stands between the quotes
  std::string low;          // in lower case, a curly apostrophe made straight; "" when quoted
  std::string lemma;        // of a known verb the base form ("clicked": "click"), else `low`
  bool possessive = false;  // "Anna's": text is "Anna"

  bool is_word() const { return kind == Kind::kWord; }
  // Stands for itself: a quoted text, number, path or ${placeholder}.
  bool is_literal() const { return kind != Kind::kWord && kind != Kind::kPunctuation; }
  // True for an unquoted word that is `word` or a form of it.
  bool is(std::string_view word) const {
    return kind == Kind::kWord && (low == word || lemma == word);
  }
  // True for an unquoted word that is written just so.
  bool is_one_of(std::initializer_list<std::string_view> words) const {
    return kind == Kind::kWord && std::ranges::find(words, low) != words.end();
  }
};
using Tokens = std::span<const Token>;

// Contractions are written out ("isn't": is, not); "sign-in" stays one word. The error says that a
// quote is never closed, or that there are too many words.
Result<std::vector<Token>> tokenize(std::string_view text);

Token word_token(std::string_view word);
bool has_literal(Tokens tokens);
// The tokens' texts joined by spaces.
std::string join(Tokens tokens);
std::string lower(std::string_view text);  // ASCII only
bool is_capitalised(const Token& token);

}  // namespace vouch::features
