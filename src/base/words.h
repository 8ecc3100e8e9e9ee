// English words as people and programs write them.
#pragma once

#include <string>
#include <string_view>

namespace vouch {

// "categories" is "category", "boxes" "box", "items" "item"; "status", "this" and "address" stay.
// Of one word in lower case; a guess by its ending.
std::string singular(std::string_view word);

}  // namespace vouch
