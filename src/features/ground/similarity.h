// How alike two names are: the words a step uses for a thing and the words the page has for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vouch::features::ground {

// Lower case, white space and punctuation folded to single spaces ("Sign-In…" -> "sign in").
// Currency and digits stay.
std::string fold(std::string_view text);
// The folded words; camelCase, snake_case and kebab-case are split ("userName" -> user, name),
// plural -s and -es dropped.
std::vector<std::string> words(std::string_view text);
// 1: the same text; down to 0: nothing in common. Whole words count, their order a little. `wanted`
// is the step's text: what the page says beyond it costs less than what it lacks.
double similarity(std::string_view wanted, std::string_view found);
// The text has a letter, of any alphabet; signs and currencies are none.
bool has_letter(std::string_view text);
// The text begins or ends with a digit: what holds it may show another number.
bool is_edged_by_digit(std::string_view text);
// Whether `text` contains `part`, white space folded, whatever the case. Digits are not cut
// off a number: "10 products" does not contain "0 products", nor "12.50" "12".
bool contains_folded(std::string_view text, std::string_view part);
// White space runs become one space, both ends trimmed: how Playwright compares texts.
std::string normalize_space(std::string_view text);

}  // namespace vouch::features::ground
