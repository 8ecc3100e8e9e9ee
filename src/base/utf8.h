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

}  // namespace vouch
