#include "base/json.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>

namespace vouch {

namespace json = boost::json;

namespace {

struct Place {
  std::int64_t line = 0;
  std::int64_t character = 0;
};

// Of what is wrong in `text`.
Place place_of_error(std::string_view text, const json::parse_options& options) {
  json::stream_parser parser({}, options);
  boost::system::error_code error;
  const std::string_view before = text.substr(0, parser.write_some(text, error));
  const std::size_t begin = before.rfind('\n') + 1;  // of the line
  return {std::ranges::count(before, '\n') + 1,
          static_cast<std::int64_t>(before.size() - begin) + 1};
}

// " at line 2, character 7"; of a text of one line without it.
std::string told(const Place& place, bool is_one_line) {
  return (is_one_line ? " at " : " at line " + std::to_string(place.line) + ", ") + "character " +
         std::to_string(place.character);
}

// The digits of the shortest text that reads back as `number`, and where the point stands.
struct Digits {
  std::string text;
  int point;  // the value is 0.text * 10^point
};

Digits digits_of(double number) {
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(end.ptr - buffer));
  const std::size_t e = text.find('e');
  Digits digits{.text = std::string(text.substr(0, 1)), .point = 0};
  if (e > 2) digits.text += text.substr(2, e - 2);
  int exponent = 0;
  const std::string_view power = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  digits.point = exponent + 1;
  return digits;
}

bool has_double(const json::value& value) {
  if (const auto* items = value.if_array()) return std::ranges::any_of(*items, has_double);
  if (const auto* object = value.if_object())
    return std::ranges::any_of(*object,
                               [](const auto& member) { return has_double(member.value()); });
  return value.is_double();
}

void append_text(std::string& out, const json::value& value) {
  const char* between = "";
  if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& member : *object) {
      out.append(between).append(json::serialize(json::string(member.key()))).append(":");
      append_text(out, member.value());
      between = ",";
    }
    out += '}';
  } else if (const auto* items = value.if_array()) {
    out += '[';
    for (const json::value& item : *items) {
      out += between;
      append_text(out, item);
      between = ",";
    }
    out += ']';
  } else {
    out += value.is_double() ? number_text(value.get_double()) : json::serialize(value);
  }
}

}  // namespace

Result<json::value> parse_json(std::string_view text, std::size_t depth_max) {
  json::parse_options options;
  options.max_depth = depth_max;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (!error) return value;
  const Place place = place_of_error(text, options);
  std::string reason = error.message();
  std::string where;
  if (error == json::error::too_deep) {
    reason = "nested more than " + std::to_string(depth_max) + " deep";
  } else if (error == json::error::incomplete) {
    reason = "it ends too early";
  } else {
    where = told(place, text.find('\n') == text.npos);
  }
  return fail(ErrorCode::kInvalidRequest, reason + where,
              {{"reason", reason}, {"line", place.line}, {"character", place.character}});
}

std::string number_text(double number) {
  if (number == 0) return "0";
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  const auto [digits, point] = digits_of(std::abs(number));
  const int count = static_cast<int>(digits.size());
  std::string text;
  if (point > 21 || point < -5) {
    text = digits.substr(0, 1);
    if (count > 1) text += "." + digits.substr(1);
    text += (point > 0 ? "e+" : "e-") + std::to_string(std::abs(point - 1));
  } else if (point <= 0) {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else if (count <= point) {
    text = digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else {
    text = digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
  }
  return number < 0 ? "-" + text : text;
}

std::string json_text(const json::value& value) {
  if (!has_double(value)) return json::serialize(value);
  std::string text;
  append_text(text, value);
  return text;
}

json::value parse_kept(std::string_view text) {
  auto value = parse_json(text, kKeptDepthMax);
  if (!value) throw std::runtime_error("what was kept is not JSON: " + value.error().message);
  return *std::move(value);
}

}  // namespace vouch
