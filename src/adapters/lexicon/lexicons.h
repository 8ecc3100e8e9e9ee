// Tables of the world's that a field may be translated by: countries, currencies. The data files
// beside this say where they are from; script/lexicons writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vouch::adapters {

struct Lexicon {
  std::string name;                            // "country"
  std::vector<std::string> columns;            // "alpha2"
  std::vector<std::vector<std::string>> rows;  // a cell for each column; "": none
};

const std::vector<Lexicon>& lexicons();
// Asserts that there is one of this name, and such a column.
const Lexicon& lexicon(std::string_view name);
std::size_t column_of(const Lexicon& lexicon, std::string_view name);

// The cell in column `to` of the first row with this text in column `from`; null: there is none, or
// it is empty.
const std::string* translated(const Lexicon& lexicon, std::size_t from, std::size_t to,
                              std::string_view text);

}  // namespace vouch::adapters
