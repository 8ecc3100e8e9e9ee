#include "features/gherkin/text.h"

#include <cstddef>

namespace vouch::features::gherkin {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// The length of the well-formed sequence at `i`, or 0.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first < 0x80) return 1;
  const unsigned second = byte_at(text, i + 1);
  if (first >= 0xC2 && first <= 0xDF) return is_continuation(second) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    return second >= low && second <= high && is_continuation(byte_at(text, i + 2)) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;  // not above U+10FFFF
    return second >= low && second <= high && is_continuation(byte_at(text, i + 2)) &&
                   is_continuation(byte_at(text, i + 3))
               ? 4
               : 0;
  }
  return 0;
}

bool is_wide_space(char32_t c) {
  return c == 0x0085 || c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

// The length in bytes of the whitespace character at `i`, or 0. All whitespace has at most three
// bytes.
std::size_t space_length(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (first == 0xC2) return is_wide_space(byte_at(text, i + 1)) ? 2 : 0;
  if (first < 0xE1 || first > 0xEF) return 0;
  const char32_t c = ((first & 0x0FU) << 12U) | ((byte_at(text, i + 1) & 0x3FU) << 6U) |
                     (byte_at(text, i + 2) & 0x3FU);
  return is_wide_space(c) ? 3 : 0;
}

std::string_view drop_left(std::string_view text, bool keep_newline) {
  std::size_t i = 0;
  while (i < text.size() && !(keep_newline && text[i] == '\n')) {
    const std::size_t length = space_length(text, i);
    if (length == 0) break;
    i += length;
  }
  return text.substr(i);
}

std::string_view drop_right(std::string_view text, bool keep_newline) {
  while (!text.empty() && !(keep_newline && text.back() == '\n')) {
    std::size_t start = text.size() - 1;
    while (start > 0 && is_continuation(byte_at(text, start))) --start;
    if (space_length(text, start) == 0) break;
    text = text.substr(0, start);
  }
  return text;
}

}  // namespace

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    out += length == 0 ? kReplacement : text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out;
}

int count_code_points(std::string_view utf8) {
  int count = 0;
  for (const char c : utf8) count += is_continuation(static_cast<unsigned char>(c)) ? 0 : 1;
  return count;
}

std::string_view trim_left(std::string_view utf8) { return drop_left(utf8, false); }
std::string_view trim_right(std::string_view utf8) { return drop_right(utf8, false); }
std::string_view trim(std::string_view utf8) { return trim_right(trim_left(utf8)); }
std::string_view trim_cell_left(std::string_view utf8) { return drop_left(utf8, true); }
std::string_view trim_cell_right(std::string_view utf8) { return drop_right(utf8, true); }

bool contains_space(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (space_length(utf8, i) != 0) return true;
  }
  return false;
}

std::size_t find_trailing_comment(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const std::size_t length = space_length(utf8, i);
    if (length != 0 && byte_at(utf8, i + length) == '#') return i;
  }
  return utf8.size();
}

}  // namespace vouch::features::gherkin
