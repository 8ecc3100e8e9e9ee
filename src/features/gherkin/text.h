// UTF-8 and whitespace as the official parser sees them. Positions in bytes, columns in code
// points.
#pragma once

#include <string>
#include <string_view>

namespace vouch::features::gherkin {

// `text` itself, with each byte that is not part of a well-formed sequence replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);
int count_code_points(std::string_view utf8);

// Unicode whitespace, line breaks and the byte order mark included.
std::string_view trim_left(std::string_view utf8);
std::string_view trim_right(std::string_view utf8);
std::string_view trim(std::string_view utf8);
// The same, but "\n" stays: in a table cell an escaped line break is content.
std::string_view trim_cell_left(std::string_view utf8);
std::string_view trim_cell_right(std::string_view utf8);
bool contains_space(std::string_view utf8);
// Where the comment after a line of tags begins: a "#" after whitespace. The end, if nowhere.
std::size_t find_trailing_comment(std::string_view utf8);

}  // namespace vouch::features::gherkin
