// JSON as text: how deep it may be, and reading it without throwing.
//
// One rule for whatever comes from outside (bodies, lines of a stream, answers in words, files,
// what a script gives): arrays and objects stand in each other at most kJsonDepthMax deep. What is
// kept or sent on has a little more around it, and can be read again up to kKeptDepthMax.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vouch {

inline constexpr std::size_t kJsonDepthMax = 500;
inline constexpr std::size_t kKeptDepthMax = kJsonDepthMax + 100;

// kInvalidRequest, whose message is the reason alone: "syntax error at line 2, character 7",
// "nested more than 500 deep". Its details are for who has a better name for the place: `reason`,
// without it; `line` and `character`, from 1 (a character is a byte).
Result<boost::json::value> parse_json(std::string_view text, std::size_t depth_max = kJsonDepthMax);

// Of what this program wrote itself, with what it accepted inside. Throws where it is none: a bug.
boost::json::value parse_kept(std::string_view text);

// What JavaScript writes for a number: the shortest text that reads back as it is, 12.5 or 1e+21.
std::string number_text(double number);
// JSON on one line, with numbers so, where Boost.JSON has 1.25E1: for whatever people see.
std::string json_text(const boost::json::value& value);

}  // namespace vouch
