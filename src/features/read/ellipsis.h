// What a step leaves unsaid because the step before has said it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vouch::features {

// "'Fern' still is", "the row 'Cheryl' is not", after "'Order cards' is not on the board any more":
// with what the step before says of its subject, "'Fern' is still on the board". The text as it is
// where nothing is left out, or the step before says nothing of that kind.
std::string completed(std::string_view text, std::string_view before);

// "this is still the case after reloading the page", after these: all of them again, the first with
// when; empty where the text says no such thing.
std::vector<std::string> said_again(std::string_view text, const std::vector<std::string>& before);

}  // namespace vouch::features
