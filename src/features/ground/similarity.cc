#include "features/ground/similarity.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/words.h"

namespace vouch::features::ground {
namespace {

bool is_word_byte(unsigned char c) { return std::isalnum(c) || c >= 0x80; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// Words of grammar tell little of what is meant.
double weight(const std::string& word) {
  constexpr std::array<std::string_view, 20> kGrammar = {
      "the", "a",  "an", "of", "to", "in", "on",   "for",  "and",  "or",
      "my",  "me", "i",  "at", "by", "is", "with", "your", "from", "this"};
  return std::find(kGrammar.begin(), kGrammar.end(), word) != kGrammar.end() ? 0.3 : 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool parts_digits(char c) { return c == '.' || c == ','; }

// Whether a number that ends `before`, or begins `after`, a text would go on into it.
bool number_ends(std::string_view before) {
  const std::size_t n = before.size();
  return n > 0 && (is_digit(before[n - 1]) ||
                   (n > 1 && parts_digits(before[n - 1]) && is_digit(before[n - 2])));
}
bool number_begins(std::string_view after) {
  return !after.empty() &&
         (is_digit(after[0]) || (after.size() > 1 && parts_digits(after[0]) && is_digit(after[1])));
}

}  // namespace

bool has_letter(std::string_view text) {
  // The bytes that letters of other alphabets begin with in UTF-8: those of signs are C2, and E2,
  // of which punctuation and currencies are made.
  return std::ranges::any_of(
      text, [](unsigned char c) { return std::isalpha(c) != 0 || (c >= 0xC3 && c != 0xE2); });
}

bool is_edged_by_digit(std::string_view text) {
  return !text.empty() && (is_digit(text.front()) || is_digit(text.back()));
}

std::string normalize_space(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool no_break = text.substr(i, 2) == "\xc2\xa0";
    if (no_break || std::isspace(static_cast<unsigned char>(text[i]))) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      if (no_break) ++i;
    } else {
      out += text[i];
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string fold(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_word_byte(static_cast<unsigned char>(c))) {
      out += lower(c);
    } else if (!out.empty() && out.back() != ' ' && c != '\'') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  std::string word;
  auto finish = [&] {
    if (!word.empty()) found.push_back(singular(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (!is_word_byte(static_cast<unsigned char>(c))) {
      if (c != '\'') finish();
      continue;
    }
    bool hump = i > 0 && std::isupper(static_cast<unsigned char>(c)) &&
                std::islower(static_cast<unsigned char>(text[i - 1]));
    if (hump) finish();
    word += lower(c);
  }
  finish();
  return found;
}

double similarity(std::string_view wanted, std::string_view found) {
  std::string a = normalize_space(wanted), b = normalize_space(found);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 1;
  std::string fa = fold(a), fb = fold(b);
  if (fa == fb && !fa.empty()) return 0.98;
  std::vector<std::string> wa = words(a), wb = words(b);
  if (wa.empty() || wb.empty()) return 0;
  if (wa == wb) return 0.96;
  auto joined = [](const std::vector<std::string>& list) {
    std::string all;
    for (const std::string& word : list) all += word;
    return singular(all);
  };
  // "sign in" and "signin", "post code" and "postcode", "to-dos" and "todos".
  if (joined(wa) == joined(wb)) return 0.95;
  std::vector<std::string> rest = wb;
  double common = 0, wanted_weight = 0, found_weight = 0;
  for (const std::string& word : wb) found_weight += weight(word);
  for (const std::string& word : wa) {
    wanted_weight += weight(word);
    auto at = std::find(rest.begin(), rest.end(), word);
    if (at == rest.end()) continue;
    rest.erase(at);
    common += weight(word);
  }
  if (common < 1) return 0;  // not a word that says anything
  double recall = common / wanted_weight, precision = common / found_weight;
  bool in_order = std::search(wb.begin(), wb.end(), wa.begin(), wa.end()) != wb.end();
  double score = 0.75 * recall * recall + 0.15 * precision + (in_order ? 0.03 : 0);
  // The page says less than the step, and nothing else: "To pay" for "amount to pay".
  if (rest.empty()) score = std::max(score, 0.45 + 0.4 * recall);
  return std::min(score, 0.93);
}

bool contains_folded(std::string_view text, std::string_view part) {
  std::string whole = normalize_space(text), piece = normalize_space(part);
  std::transform(whole.begin(), whole.end(), whole.begin(), lower);
  std::transform(piece.begin(), piece.end(), piece.begin(), lower);
  for (std::size_t at = whole.find(piece); at != std::string::npos;
       at = whole.find(piece, at + 1)) {
    const std::string_view before = std::string_view(whole).substr(0, at);
    const std::string_view after = std::string_view(whole).substr(at + piece.size());
    const bool cuts_number = (!piece.empty() && is_digit(piece.front()) && number_ends(before)) ||
                             (!piece.empty() && is_digit(piece.back()) && number_begins(after));
    if (!cuts_number) return true;
  }
  return false;
}

}  // namespace vouch::features::ground
