// What a step leaves unsaid because the step before has said it.
#pragma once

#include <string>
#include <string_view>

namespace vouch::features {

// "'Fern' still is", "the row 'Cheryl' is not", after "'Order cards' is not on the board any more":
// with what the step before says of its subject, "'Fern' is still on the board". The text as it is
// where nothing is left out, or the step before says nothing of that kind.
std::string completed(std::string_view text, std::string_view before);

}  // namespace vouch::features
