// Numbers as pages and steps write them.
#pragma once

#include <optional>
#include <string_view>

namespace vouch::features {

// The number that a text shows: "€ 1,234.50", "12 left", "-3". Where there is a comma and no dot
// behind it, two digits after it are cents. Nothing where it shows none, or several.
std::optional<double> number_in(std::string_view text);

}  // namespace vouch::features
