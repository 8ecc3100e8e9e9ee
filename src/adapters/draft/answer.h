// Asking, in words and for machines, and reading what a person answers.
#pragma once

#include <boost/json/array.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/draft/draft.h"

namespace vouch::adapters::draft {

// The questions of one round as one text: numbered, lettered, with values from samples.
//
//   1. order.total (sample order-3): which is it?
//      a) 12.5  from input.total
//      b) 14    from input.grand_total
//
//   Answer like this: 1a, or 1="a value".
std::string clarification(const std::vector<Question>& questions);
// [{number, path, choices: [{letter, value, source}]}]. Nothing is null here: a choice that leaves
// the place out has the value "".
json::array clarification_fields(const std::vector<Question>& questions);

// What an answer decides. Understood are
//   1a 2c 3="x" 4=12.5     numbers, each with a letter or a value, texts in quotes
//   1=item.gross           or with what a choice has: its source, a member's name in it, its value
//   b                      where there is one question; so is a value alone in quotes
//   {"1": "a", "2": 5}     [{"number": 1, "answer": "a"}]
//   {"input": …, "expectedOutput": …}, or an input as it is, where a sample was asked for
//   price is unit_price; use total_amount for total; currency is always "EUR"; leave out tax
// A text that is a choice's letter, or a name, is a choice; to give such a text as a value, write
// it in quotes: 3="a" (in JSON {"3": "\"a\""}). Questions that are not answered are asked again.
// In sentences a field is named by its path or the end of it, of one that is asked about, or of
// `paths`, what an output can have (output_paths.h); of these empty, any name is taken.
//
// kInvalidRequest: what is wrong, and what could be written instead. So are a number or letter that
// there is not, a name that is no choice, and a field that is not there or could be several.
Result<std::vector<Pin>> read_answer(std::string_view text, const std::vector<Question>& questions,
                                     const std::set<std::string>& paths);

// Sentences of a text that say where a field comes from, in the last form above; whatever else is
// in it is passed over.
std::vector<Pin> pins_in(std::string_view text);
// The other sentences.
std::vector<std::string> not_understood_in(std::string_view text);

}  // namespace vouch::adapters::draft
