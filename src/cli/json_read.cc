#include "cli/json_read.h"

#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

void print(const json::value& value, const std::string& indent, std::string& out) {
  const std::string deeper = indent + "  ";
  const char* separator = "\n";
  if (value.is_object() && !value.get_object().empty()) {
    out += "{";
    for (const auto& [name, member] : value.get_object()) {
      out += separator + deeper + json::serialize(name) + ": ";
      print(member, deeper, out);
      separator = ",\n";
    }
    out += "\n" + indent + "}";
  } else if (value.is_array() && !value.get_array().empty()) {
    out += "[";
    for (const json::value& item : value.get_array()) {
      out += separator + deeper;
      print(item, deeper, out);
      separator = ",\n";
    }
    out += "\n" + indent + "]";
  } else {
    out += json_text(value);
  }
}

}  // namespace

std::string text_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<std::int64_t> integer_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  auto number = value->to_number<std::int64_t>(error);
  if (error) return std::nullopt;
  return number;
}

bool flag_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value && value->is_bool() && value->get_bool();
}

const json::array& array_of(const json::object& object, std::string_view member) {
  static const json::array kNone;
  const json::value* value = object.if_contains(member);
  return value && value->is_array() ? value->get_array() : kNone;
}

const json::object& object_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value ? as_object(*value) : as_object(nullptr);
}

const json::object& as_object(const json::value& value) {
  static const json::object kNone;
  return value.is_object() ? value.get_object() : kNone;
}

std::string pretty(const json::value& value) {
  std::string out;
  print(value, "", out);
  return out;
}

}  // namespace vouch::cli
