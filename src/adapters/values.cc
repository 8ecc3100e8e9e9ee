#include "adapters/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/utf8.h"

namespace vouch::adapters {

namespace {

constexpr double kSafeInteger = 9007199254740991.0;
// What a few sums and products of decimal fractions are off by, of their value.
constexpr double kRounding = 8 * std::numeric_limits<double>::epsilon();

std::uint64_t mix(std::uint64_t hash) {
  hash ^= hash >> 33U;
  hash *= 0xff51afd7ed558ccdULL;
  hash ^= hash >> 33U;
  hash *= 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33U);
}

struct Integer {
  bool is_negative = false;
  std::uint64_t size = 0;

  bool operator==(const Integer&) const = default;
};

// The integer that it is, however it was written.
std::optional<Integer> integer_of(const json::value& number) {
  if (number.is_uint64()) return Integer{.size = number.get_uint64()};
  if (number.is_int64()) {
    const std::int64_t value = number.get_int64();
    const auto size = static_cast<std::uint64_t>(value);
    return value < 0 ? Integer{true, 0 - size} : Integer{false, size};
  }
  const double value = number.get_double();
  if (value != std::floor(value) || std::abs(value) >= 0x1p64) return std::nullopt;
  return Integer{value < 0, static_cast<std::uint64_t>(std::abs(value))};
}

bool same_numbers(const json::value& a, const json::value& b) {
  const auto m = integer_of(a);
  const auto n = integer_of(b);
  if (m || n) return m == n;
  const double x = *number_of(a);
  const double y = *number_of(b);
  return std::abs(x - y) <= kRounding * std::max(std::abs(x), std::abs(y));
}

bool same_objects(const json::object& a, const json::object& b) {
  if (a.size() != b.size()) return false;
  for (const auto& member : a) {
    const json::value* other = b.if_contains(member.key());
    if (!other || !same(member.value(), *other)) return false;
  }
  return true;
}

}  // namespace

State state_of(const json::value* value) {
  if (!value) return State::kMissing;
  switch (value->kind()) {
    case json::kind::null:
      return State::kNull;
    case json::kind::bool_:
      return value->get_bool() ? State::kPresent : State::kFalse;
    case json::kind::string:
      return value->get_string().empty() ? State::kEmptyText : State::kPresent;
    case json::kind::array:
      return value->get_array().empty() ? State::kEmptyArray : State::kPresent;
    case json::kind::object:
      return value->get_object().empty() ? State::kEmptyObject : State::kPresent;
    default:
      return *number_of(*value) == 0 ? State::kZero : State::kPresent;
  }
}

bool is_truthy(State state) {
  return state == State::kPresent || state == State::kEmptyArray || state == State::kEmptyObject;
}

bool is_scalar(const json::value& value) { return !value.is_array() && !value.is_object(); }

bool is_number(const json::value& value) {
  return value.is_int64() || value.is_uint64() || value.is_double();
}

std::optional<double> number_of(const json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double()) return value.get_double();
  return std::nullopt;
}

json::value number_value(double number) {
  if (std::abs(number) <= kSafeInteger && number == std::floor(number))
    return static_cast<std::int64_t>(number);
  return number;
}

bool same(const json::value& a, const json::value& b) {
  if (is_number(a) && is_number(b)) return same_numbers(a, b);
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case json::kind::null:
      return true;
    case json::kind::bool_:
      return a.get_bool() == b.get_bool();
    case json::kind::string:
      return a.get_string() == b.get_string();
    case json::kind::object:
      return same_objects(a.get_object(), b.get_object());
    default:
      break;
  }
  const json::array& left = a.get_array();
  const json::array& right = b.get_array();
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (!same(left[i], right[i])) return false;
  return true;
}

bool same(const Maybe& a, const Maybe& b) { return a && b ? same(*a, *b) : !a && !b; }

bool same(const json::value* a, const json::value* b) { return a && b ? same(*a, *b) : a == b; }

std::vector<std::string_view> names_of(const json::object& object) {
  // 2^32 - 2 is the last place that an array has.
  const auto place_of = [](std::string_view name) -> std::optional<std::uint64_t> {
    std::uint64_t place = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), place);
    const bool is_plain = error == std::errc() && end == name.data() + name.size() &&
                          (name == "0" || !name.starts_with('0')) && place < 0xffffffffULL;
    return is_plain ? std::optional(place) : std::nullopt;
  };
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (const auto& member : object) names.push_back(member.key());
  const auto others = std::ranges::stable_partition(
      names, [&](std::string_view name) { return place_of(name).has_value(); });
  std::sort(names.begin(), others.begin(),
            [&](std::string_view a, std::string_view b) { return *place_of(a) < *place_of(b); });
  return names;
}

int decimals_of(std::string_view number_text) {
  if (number_text.contains('e')) return std::numeric_limits<int>::max();
  const std::size_t point = number_text.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(number_text.size() - point) - 1;
}

std::uint64_t hash_of(std::string_view text) {
  return mix(std::hash<std::string_view>{}(text) + 0x9e3779b97f4a7c15ULL);
}

std::uint64_t hash_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return 0x11;
    case json::kind::bool_:
      return value.get_bool() ? 0x23 : 0x22;
    case json::kind::string:
      return hash_of(std::string_view(value.get_string()));
    case json::kind::array: {
      std::uint64_t hash = 0x41;
      for (const json::value& item : value.get_array()) hash = mix(hash * 31 + hash_of(item));
      return hash;
    }
    case json::kind::object: {
      std::uint64_t hash = 0x51;  // a sum: members have no order
      for (const auto& member : value.get_object())
        hash += mix(hash_of(std::string_view(member.key())) * 3 + hash_of(member.value()));
      return mix(hash);
    }
    default: {
      const double number = *number_of(value);
      return mix(std::hash<double>{}(number == 0 ? 0.0 : number) + 0x77);
    }
  }
}

bool is_inexact(const json::value& value) {
  if (value.is_double()) return std::abs(value.get_double()) >= 0x1p64;
  if (!is_number(value)) return false;
  const std::string digits =
      value.is_int64() ? std::to_string(value.get_int64()) : std::to_string(value.get_uint64());
  return number_text(*number_of(value)) != digits;
}

std::string text_of(const json::value& scalar) {
  switch (scalar.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return scalar.get_bool() ? "true" : "false";
    case json::kind::string:
      return std::string(scalar.get_string());
    case json::kind::array:
    case json::kind::object:
      return {};
    default:
      return number_text(*number_of(scalar));
  }
}

std::optional<double> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 40) return std::nullopt;
  const std::string_view body = text.front() == '-' ? text.substr(1) : text;
  if (body.empty() || body.front() < '0' || body.front() > '9') return std::nullopt;
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return text.back() == '.' ? std::nullopt : std::optional(number);
}

std::string shown(const json::value* value, std::size_t bytes_max) {
  return value ? shortened(json_text(*value), bytes_max) : "nothing";
}

}  // namespace vouch::adapters
