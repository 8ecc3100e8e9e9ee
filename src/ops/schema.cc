#include "ops/schema.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "base/utf8.h"

namespace vouch::ops {
namespace json = boost::json;
namespace {

// A place that did not validate: the value there and what the schema says of it.
struct Place {
  std::string path;
  const json::object* schema = nullptr;
  const json::value* value = nullptr;
};

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : std::string(between)) + item;
  return text;
}

std::optional<std::int64_t> number(const json::object& schema, std::string_view name) {
  const json::value* value = schema.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

// "a whole number from 1 to 200", "text of at least 1 character".
std::string range(std::string what, std::optional<std::int64_t> low,
                  std::optional<std::int64_t> high, std::string_view unit) {
  if (!low && !high) return what;
  const std::string from = low ? std::to_string(*low) : "";
  const std::string to = high ? std::to_string(*high) : "";
  if (unit.empty()) {
    if (low && high) return what + " from " + from + " to " + to;
    return what + (low ? " of at least " + from : " of at most " + to);
  }
  std::string units = " " + std::string(unit);
  if ((high ? *high : *low) == 1) units.pop_back();
  if (low && high) return what + " of " + from + " to " + to + units;
  return what + (low ? " of at least " + from : " of at most " + to) + units;
}

std::string wanted_of_type(const json::object& schema, std::string_view name) {
  if (name == "null") return "null";
  if (name == "boolean") return "true or false";
  if (name == "object") return "an object";
  if (name == "integer" || name == "number") {
    return range(name == "integer" ? "a whole number" : "a number", number(schema, "minimum"),
                 number(schema, "maximum"), "");
  }
  if (name == "array") return range("a list", {}, number(schema, "maxItems"), "items");
  return range("text", number(schema, "minLength"), number(schema, "maxLength"), "characters");
}

// What a schema asks for, as the end of "must be …".
std::string wanted(const json::object& schema) {
  if (const json::value* values = schema.if_contains("enum")) {
    std::vector<std::string> words;
    for (const json::value& value : values->as_array()) {
      words.push_back(value.is_string() ? quoted(value.get_string()) : json::serialize(value));
    }
    return "one of " + joined(words, ", ");
  }
  const json::value* type = schema.if_contains("type");
  if (type == nullptr) return "something else";
  if (type->is_string()) return wanted_of_type(schema, type->get_string());
  std::vector<std::string> words;
  for (const json::value& name : type->as_array()) {
    words.push_back(wanted_of_type(schema, name.as_string()));
  }
  return joined(words, " or ");
}

const json::object* member_schema(const json::object& schema, std::string_view name) {
  if (const json::value* properties = schema.if_contains("properties")) {
    if (const json::value* found = properties->as_object().if_contains(name)) {
      return found->if_object();
    }
  }
  const json::value* rest = schema.if_contains("additionalProperties");
  return rest == nullptr ? nullptr : rest->if_object();
}

// Follows valijson's context ("<root>", "[settings]", "[0]") down both the schema and the value.
Place find_place(const json::object& schema, const json::value& value,
                 const std::vector<std::string>& context) {
  Place place{"", &schema, &value};
  for (const std::string& part : context) {
    if (part.size() < 2 || part.front() != '[') continue;
    std::string name = part.substr(1, part.size() - 2);
    const json::object* below = nullptr;
    const json::value* inner = nullptr;
    if (const json::object* object = place.value->if_object()) {
      below = member_schema(*place.schema, name);
      inner = object->if_contains(name);
    } else if (const json::array* array = place.value->if_array()) {
      const json::value* items = place.schema->if_contains("items");
      below = items == nullptr ? nullptr : items->if_object();
      inner = array->if_contains(std::stoul(name));
    }
    if (below == nullptr || inner == nullptr) break;
    const bool index = place.value->is_array();
    place.path += index ? "[" + name + "]" : (place.path.empty() ? "" : ".") + name;
    place.schema = below;
    place.value = inner;
  }
  return place;
}

// Letters to change, add or leave out, in any case, until the one is the other.
std::size_t changes_between(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t before = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = before + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      before = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string inside(const Place& place, std::string_view name) {
  return place.path.empty() ? std::string(name) : place.path + "." + std::string(name);
}

// The member that an object lacks, or has too much; empty when it is neither.
std::optional<Error> object_error(const Place& place) {
  const json::object* object = place.value->if_object();
  if (object == nullptr) return std::nullopt;
  if (const json::value* required = place.schema->if_contains("required")) {
    for (const json::value& name : required->as_array()) {
      if (object->contains(name.as_string())) continue;
      const json::object* below = member_schema(*place.schema, name.as_string());
      std::string path = inside(place, name.as_string());
      std::string message = quoted(path) + " is missing";
      const bool is_anything =
          below == nullptr || !(below->contains("type") || below->contains("enum"));
      if (!is_anything) message += ": it must be " + wanted(*below);
      return Error{ErrorCode::kInvalidRequest, message + ".", {{"member", path}}};
    }
  }
  const json::value* rest = place.schema->if_contains("additionalProperties");
  if (rest == nullptr || !rest->is_bool() || rest->get_bool()) return std::nullopt;
  const json::value* properties = place.schema->if_contains("properties");
  std::vector<std::string> known;
  if (properties != nullptr) {
    for (const auto& member : properties->as_object()) known.emplace_back(member.key());
  }
  for (const auto& member : *object) {
    if (properties != nullptr && properties->as_object().contains(member.key())) continue;
    return unknown_member(inside(place, member.key()), known);
  }
  return std::nullopt;
}

Error describe(const Place& place) {
  if (auto error = object_error(place)) return std::move(*error);
  std::string subject = place.path.empty() ? "The request body" : quoted(place.path);
  return Error{ErrorCode::kInvalidRequest,
               subject + " must be " + wanted(*place.schema) + ".",
               {{"member", place.path}}};
}

}  // namespace

Error unknown_member(std::string_view path, const std::vector<std::string>& known) {
  constexpr std::size_t kNameMax = 64;  // longer than any that is known
  const std::string_view name = path.substr(path.rfind('.') + 1);
  const bool is_nested = name.size() < path.size();
  std::vector<std::string> names;
  const std::string* nearest = nullptr;
  std::size_t least = name.size() / 3 + 2;  // changes that make it another word
  for (const std::string& one : known) {
    names.push_back(quoted(one));
    if (name.size() > kNameMax) continue;
    if (const std::size_t changes = changes_between(name, one); changes < least) {
      least = changes;
      nearest = &one;
    }
  }
  const std::string told = shortened(path, 2 * kNameMax);
  std::string message = quoted(told) + " is not known here";
  message += nearest ? ": do you mean " + quoted(*nearest) + "? " : ". ";
  if (known.empty())
    message += is_nested ? "It has no members." : "This call takes no body.";
  else
    message += "Known are " + joined(names, ", ") + ".";
  return {ErrorCode::kInvalidRequest, std::move(message), {{"member", told}}};
}

struct Schema::Impl {
  json::object text;
  valijson::Schema compiled;
};

Schema::Schema(const json::object& schema) : impl_(std::make_unique<Impl>()) {
  impl_->text = schema;
  valijson::SchemaParser parser;
  const json::value value(schema);
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(value), impl_->compiled);
}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<void> Schema::check(const json::value& value) const {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(impl_->compiled, valijson::adapters::BoostJsonAdapter(value), &results)) {
    return {};
  }
  // The error found first is the deepest.
  valijson::ValidationResults::Error first;
  VOUCH_CHECK(results.popError(first));
  return std::unexpected(describe(find_place(impl_->text, value, first.context)));
}

}  // namespace vouch::ops
