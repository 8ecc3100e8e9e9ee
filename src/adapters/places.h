// Places in a JSON value by their path: "items[2].price", "[0].id"; "" is the whole. In a general
// path "[]" stands for every item: "items[].price". Names may hold dots: the longest one that is
// there is meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/values.h"

namespace vouch::adapters {

// "items[2].price" → "items[].price"
std::string general_path(std::string_view path);
// `short_path` is the path or its end: "price" of "items[].price".
bool is_end_of_path(std::string_view path, std::string_view short_path);
// `outer` is the path, or something that it is in: "items" of "items[].price", "" of all.
bool is_around(std::string_view outer, std::string_view path);

const json::value* value_at(const json::value& root, std::string_view path);
// Whether there is something at a general path.
bool has_at(const json::value& root, std::string_view general);
// Puts the value there (nullopt: takes what is there away); at every place of a general path. The
// last step alone may be new: what it is in is not made. False where there is no such place.
bool set_at(json::value& root, std::string_view path, const Maybe& value);

// Where integers stand that JavaScript does not keep (is_inexact), twenty at most.
std::vector<std::string> inexact_places(const json::value& root);

struct Diff {
  std::string path;
  Maybe expected;  // nullopt: nothing
  Maybe got;
};
// Every place where two values differ, in the expected one's order. Lists of different lengths
// differ as a whole.
std::vector<Diff> diffs_of(const Maybe& expected, const Maybe& got);

}  // namespace vouch::adapters
