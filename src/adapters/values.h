// JSON values as JavaScript sees them: equality, text and number forms, and the state that decides
// whether a member is there. Numbers are doubles, as in JavaScript, however they were written.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace vouch::adapters {

namespace json = boost::json;

// A value that may be absent: absent and null are two things.
using Maybe = std::optional<json::value>;

// What a source can be, as far as presence goes. kPresent is everything that is none of the others.
enum class State : std::uint8_t {
  kMissing,
  kNull,
  kEmptyText,
  kFalse,
  kZero,
  kEmptyArray,
  kEmptyObject,
  kPresent,
};
constexpr int kStates = 8;

State state_of(const json::value* value);  // nullptr: kMissing
// Neither missing, null, "", false nor 0: what `if (x)` takes in JavaScript.
bool is_truthy(State state);

// Equal as JSON: members in any order; an integer, however it is written, to that integer only;
// other numbers within what rounding does to them: a relative 2e-15.
bool same(const json::value& a, const json::value& b);
bool same(const Maybe& a, const Maybe& b);
bool same(const json::value* a, const json::value* b);  // nullptr is equal to itself only
// Of equal values mostly equal; only numbers that differ in the last digits may hash apart.
std::uint64_t hash_of(const json::value& value);
// Exactly equal integers are found apart from numbers that are near: for a program's own keys.
std::uint64_t hash_of(std::string_view text);

// An object's names in the order in which JavaScript visits them: those that are places in an array
// ("0", "12") first, by their size, then the others as they are written.
std::vector<std::string_view> names_of(const json::object& object);

bool is_scalar(const json::value& value);  // neither array nor object
bool is_number(const json::value& value);
std::optional<double> number_of(const json::value& value);  // of a number only
// An integer where it is one and is safe in JavaScript (below 2^53), else a double.
json::value number_value(double number);

// An integer that a number of JavaScript's does not keep: it writes other digits (beyond 2^53).
// What is 2^64 or more was rounded when it was read.
bool is_inexact(const json::value& value);

// What String(x) gives in JavaScript for a scalar.
std::string text_of(const json::value& scalar);
// How many digits stand behind the point of a number's text; of one with an exponent, as many as
// make it no number to be rounded.
int decimals_of(std::string_view number_text);
// Number(text) where text is a plain decimal number, with an exponent or without.
std::optional<double> parse_number(std::string_view text);

// For messages and choices: as json_text(), shortened.
std::string shown(const json::value* value, std::size_t bytes_max = 60);

}  // namespace vouch::adapters
