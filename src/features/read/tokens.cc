#include "features/read/tokens.h"

#include <array>
#include <map>

#include "features/read/lexicon.h"
#include "features/read/read.h"

namespace vouch::features {
namespace {

struct Quote {
  std::string_view open, close;
  bool like_apostrophe;  // its closing mark also occurs within words
};
constexpr auto kQuotes = std::to_array<Quote>({{"\"", "\"", false},
                                               {"'", "'", true},
                                               {"\u201c", "\u201d", false},
                                               {"\u201e", "\u201c", false},
                                               {"\u2018", "\u2019", true},
                                               {"\u00ab", "\u00bb", false},
                                               {"`", "`", false}});
constexpr auto kCurrencies =
    std::to_array<std::string_view>({"$", "\u20ac", "\u00a3", "\u00a5", "\u20b9", "\u20a9",
                                     "\u20ba", "\u20aa", "\u20ab", "\u20b4", "\u20bd"});

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Bytes of UTF-8 sequences count as letters, but not those of the punctuation block U+2000-U+203F.
bool is_word_char(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[at]);
  if (c == 0xE2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) == 0x80)
    return false;
  const int letter = (c | 0x20) - 'a';
  return c >= 0x80 || is_digit(text[at]) || (letter >= 0 && letter < 26);
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    while (skip_space(), at_ < text_.size()) {
      if (tokens_.size() > kStepWordsMax) return too_long();
      if (const Quote* quote = opening_quote()) {
        if (take_quoted(*quote)) continue;
        if (!quote->like_apostrophe)
          return fail(ErrorCode::kInvalidRequest, "The quote that opens at " +
                                                      std::string(text_.substr(at_, 24)) +
                                                      " is never closed.");
      }
      if (take_punctuation()) continue;
      take_word();
    }
    if (tokens_.size() > kStepWordsMax) return too_long();
    return std::move(tokens_);
  }

 private:
  static std::unexpected<Error> too_long() {
    return fail(ErrorCode::kInvalidRequest, "The step has more than " +
                                                std::to_string(kStepWordsMax) +
                                                " words. Split it into several steps.");
  }

  void skip_space() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_]))
        ++at_;
      else if (text_.substr(at_).starts_with("\u00a0"))
        at_ += 2;
      else
        break;
    }
  }

  const Quote* opening_quote() const {
    for (const Quote& quote : kQuotes)
      if (text_.substr(at_).starts_with(quote.open)) return &quote;
    return nullptr;
  }

  bool take_quoted(const Quote& quote) {
    std::string content;
    std::size_t at = at_ + quote.open.size();
    for (; at < text_.size(); ++at) {
      const std::string_view rest = text_.substr(at);
      if (rest[0] == '\\' && rest.substr(1).starts_with(quote.close)) continue;
      const bool escaped = at > 0 && text_[at - 1] == '\\' && at - 1 >= at_ + quote.open.size();
      if (!escaped && rest.starts_with(quote.close) &&
          !(quote.like_apostrophe && is_word_char(text_, at + quote.close.size())))
        break;
      content += rest[0];
    }
    if (at >= text_.size()) return false;
    at_ = at + quote.close.size();
    Token token{.kind = Token::Kind::kQuoted, .text = std::move(content)};
    for (std::string_view s : {"'s", "\u2019s"})
      if (text_.substr(at_).starts_with(s) && !is_word_char(text_, at_ + s.size())) {
        token.possessive = true;
        at_ += s.size();
        break;
      }
    tokens_.push_back(std::move(token));
    return true;
  }

  bool take_punctuation() {
    const char c = text_[at_];
    constexpr std::string_view kMarks = ",;:.!?()";
    if (kMarks.find(c) == std::string_view::npos) return false;
    const bool may_be_several = text_.substr(at_).starts_with("(s)");  // "3 product(s)"
    if (may_be_several && !tokens_.empty() && tokens_.back().kind == Token::Kind::kWord) {
      tokens_.back() = word_token(tokens_.back().text + "s");
      at_ += 3;
      return true;
    }
    if (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) return false;
    ++at_;
    if (c == ',' || c == ':' || c == ';')
      tokens_.push_back({.kind = Token::Kind::kPunctuation, .text = std::string(1, c)});
    return true;
  }

  // Whether the word ends before the character at `at`.
  bool word_ends(std::size_t at) const {
    if (is_space(text_[at])) return true;
    const std::string_view rest = text_.substr(at);
    for (std::string_view open : {"\"", "\u201c", "\u201e", "\u00ab", "`", "(", ")", "\u00a0"})
      if (rest.starts_with(open)) return true;
    if (std::string_view(",;:.!?").find(text_[at]) == std::string_view::npos) return false;
    std::size_t next = at + 1;
    while (next < text_.size() && std::string_view(",;:.!?)").find(text_[next]) != rest.npos)
      ++next;
    return next >= text_.size() || is_space(text_[next]);
  }

  void take_word() {
    const std::size_t begin = at_;
    bool braces = false;
    for (; at_ < text_.size(); ++at_) {
      if (text_.substr(at_).starts_with("${")) braces = true;
      if (braces) {
        if (text_[at_] == '}') braces = false;
      } else if (at_ > begin && word_ends(at_)) {
        break;
      }
    }
    add_word(text_.substr(begin, at_ - begin));
  }

  void add_word(std::string_view word);
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

std::string straighten(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    if (word.substr(i).starts_with("\u2019")) {
      out += '\'';
      i += 3;
    } else {
      out += word[i++];
    }
  }
  return out;
}

bool is_number(std::string_view word) {
  for (std::string_view sign : kCurrencies)
    if (word.starts_with(sign)) word.remove_prefix(sign.size());
  if (word.starts_with('-') || word.starts_with('+') || word.starts_with('#'))
    word.remove_prefix(1);
  for (std::string_view sign : kCurrencies) {
    if (word.starts_with(sign)) word.remove_prefix(sign.size());
    if (word.ends_with(sign)) word.remove_suffix(sign.size());
  }
  if (word.ends_with('%')) word.remove_suffix(1);
  if (word.empty() || !is_digit(word.find_first_of("0123456789") == 0 ? word[0] : 'x'))
    return false;
  return word.find_first_not_of("0123456789.,:/-") == std::string_view::npos;
}

bool is_path(std::string_view word) {
  if (word.starts_with('/') && (word.size() == 1 || word[1] != ' ')) return true;
  const std::string low = lower(word);
  return low.starts_with("http://") || low.starts_with("https://") || low.starts_with("www.") ||
         low.starts_with("localhost:");
}

void Tokenizer::add_word(std::string_view raw) {
  const std::string word = straighten(raw);
  Token token{.text = word};
  if (word.find("${") != std::string::npos) {
    token.kind = Token::Kind::kPlaceholder;
  } else if (is_number(word)) {
    token.kind = Token::Kind::kNumber;
    const bool after_currency =
        !tokens_.empty() && tokens_.back().kind == Token::Kind::kWord &&
        std::ranges::find(kCurrencies, tokens_.back().text) != kCurrencies.end();
    if (after_currency) {
      token.text = tokens_.back().text + " " + word;
      tokens_.pop_back();
    }
  } else if (is_path(word)) {
    token.kind = Token::Kind::kPath;
  } else {
    const std::string low = lower(word);
    if (auto parts = expand_contraction(low); !parts.empty()) {
      for (std::string_view part : parts) tokens_.push_back(word_token(part));
      return;
    }
    std::string_view stem = word;
    if (low.ends_with("'s") && low.size() > 2) {
      stem.remove_suffix(2);
    } else if (low.ends_with("s'") && low.size() > 2) {
      stem.remove_suffix(1);
    }
    token = word_token(stem);
    token.possessive = stem.size() != word.size();
    tokens_.push_back(std::move(token));
    return;
  }
  tokens_.push_back(std::move(token));
}

bool is_month(const Token& token) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  return token.is_word() && is_capitalised(token) &&
         std::ranges::any_of(kMonths, [&](std::string_view month) {
           return token.low == month || (token.low.size() == 3 && month.starts_with(token.low));
         });
}

bool is_whole_number(const Token& token, std::size_t digits_max) {
  return token.kind == Token::Kind::kNumber && token.text.size() <= digits_max &&
         token.text.find_first_not_of("0123456789") == std::string::npos;
}

// "15 May 2030", "May 15, 2030": one literal each.
void join_dates(std::vector<Token>* tokens) {
  for (std::size_t i = 0; i + 2 < tokens->size(); ++i) {
    std::vector<Token>& all = *tokens;
    const bool day_first = is_whole_number(all[i], 2) && is_month(all[i + 1]);
    const bool month_first = is_month(all[i]) && is_whole_number(all[i + 1], 2);
    if (!day_first && !month_first) continue;
    const bool comma = all[i + 2].kind == Token::Kind::kPunctuation && all[i + 2].text == ",";
    const std::size_t year = i + (comma ? 3 : 2);
    if (year >= all.size() || !is_whole_number(all[year], 4) || all[year].text.size() != 4)
      continue;
    Token date{.kind = Token::Kind::kNumber};
    date.text = all[i].text + " " + all[i + 1].text + (comma ? ", " : " ") + all[year].text;
    all.erase(all.begin() + std::ptrdiff_t(i) + 1, all.begin() + std::ptrdiff_t(year) + 1);
    all[i] = std::move(date);
  }
}

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view text) {
  VOUCH_TRY(std::vector<Token> tokens, Tokenizer(text).run());
  join_dates(&tokens);
  return tokens;
}

bool has_literal(Tokens tokens) { return std::ranges::any_of(tokens, &Token::is_literal); }

Token word_token(std::string_view word) {
  Token token{.text = std::string(word)};
  token.low = lower(word);
  token.lemma = lemma_of(token.low);
  return token;
}

std::string join(Tokens tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (!out.empty() && token.kind != Token::Kind::kPunctuation) out += ' ';
    out += token.text;
    if (token.possessive) out += "'s";
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_capitalised(const Token& token) {
  return token.kind == Token::Kind::kWord && !token.text.empty() && token.text[0] >= 'A' &&
         token.text[0] <= 'Z';
}

}  // namespace vouch::features
