// UTF-8 (RFC 3629), read and written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vouch {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // bytes; 0: not UTF-8
};

// The first of `text`, which is not empty. Overlong forms and surrogates are not UTF-8.
CodePoint decode_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t value);

bool is_utf8(std::string_view text);

// At most `bytes_max` bytes from the start, or from the end, cut between two characters.
std::string_view utf8_head(std::string_view text, std::size_t bytes_max);
std::string_view utf8_tail(std::string_view text, std::size_t bytes_max);
// The head, with "…" where something is left out.
std::string shortened(std::string_view text, std::size_t bytes_max);

}  // namespace vouch
