#include "adapters/draft/schema.h"

#include <boost/json/serialize.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "adapters/functions.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::size_t kProblemsMax = 20;

bool names_schemas(std::string_view keyword) {
  return keyword == "properties" || keyword == "$defs" || keyword == "definitions" ||
         keyword == "dependentSchemas";
}
bool holds_data(std::string_view keyword) {
  return keyword == "enum" || keyword == "const" || keyword == "default" || keyword == "examples" ||
         keyword == "example";
}

// Without what valijson would match with std::regex, which is slow and overflows the stack on long
// texts of strangers; formats are checked here.
json::value without_patterns(const json::value& schema) {
  if (schema.is_array()) {
    json::array items;
    for (const json::value& item : schema.get_array()) items.push_back(without_patterns(item));
    return items;
  }
  if (!schema.is_object()) return schema;
  json::object result;
  const bool has_patterns = schema.get_object().contains("patternProperties");
  for (const auto& member : schema.get_object()) {
    const std::string_view keyword = member.key();
    if (keyword == "pattern" || keyword == "patternProperties" || keyword == "format") continue;
    if (keyword == "additionalProperties" && has_patterns) continue;
    if (holds_data(keyword)) {
      result[keyword] = member.value();
    } else if (names_schemas(keyword) && member.value().is_object()) {
      json::object schemas;
      for (const auto& one : member.value().get_object())
        schemas[one.key()] = without_patterns(one.value());
      result[keyword] = std::move(schemas);
    } else {
      result[keyword] = without_patterns(member.value());
    }
  }
  return result;
}

bool is_date(std::string_view text) { return text.size() == 10 && parse_date(text).has_value(); }

bool is_date_time(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || !parse_date(text)) return false;
  const char last = text.back();
  return last == 'Z' || last == 'z' || text[text.size() - 6] == '+' || text[text.size() - 6] == '-';
}

void check_formats(const json::value& schema, const json::value& value, const std::string& path,
                   std::vector<std::string>& problems) {
  if (!schema.is_object()) return;
  const json::object& object = schema.get_object();
  if (const json::value* format = object.if_contains("format");
      format && format->is_string() && value.is_string()) {
    const std::string_view text(value.get_string());
    const std::string_view name(format->get_string());
    // The topic may allow "" beside a date, as its example.
    if ((name == "date" && !is_date(text)) || (name == "date-time" && !is_date_time(text)))
      problems.push_back(
          path + " is " + shown(&value) + ": it must be a " + std::string(name) +
          (name == "date" ? ", such as 2026-05-01" : ", such as 2026-05-01T10:20:30Z"));
  }
  if (value.is_object()) {
    const json::value* properties = object.if_contains("properties");
    if (!properties || !properties->is_object()) return;
    for (const auto& member : value.get_object())
      if (const json::value* inner = properties->get_object().if_contains(member.key()))
        check_formats(*inner, member.value(),
                      (path.empty() ? "" : path + ".") + std::string(member.key()), problems);
  } else if (value.is_array()) {
    const json::value* items = object.if_contains("items");
    for (std::size_t i = 0; items && i < value.get_array().size(); ++i)
      check_formats(*items, value.get_array()[i], path + "[" + std::to_string(i) + "]", problems);
  }
}

// valijson's context is "<root>", "[settings]", "[0]".
std::string path_of(const std::vector<std::string>& context, const json::value& value) {
  const json::value* at = &value;
  std::string path;
  for (const std::string& part : context) {
    if (part.size() < 2 || part.front() != '[' || !at) continue;
    const std::string name = part.substr(1, part.size() - 2);
    if (at->is_array()) {
      path += part;
      const auto index = static_cast<std::size_t>(std::strtoul(name.c_str(), nullptr, 10));
      at = index < at->get_array().size() ? &at->get_array()[index] : nullptr;
    } else {
      path += (path.empty() ? "" : ".") + name;
      at = at->is_object() ? at->get_object().if_contains(name) : nullptr;
    }
  }
  return path;
}

}  // namespace

struct Schema::Impl {
  json::value text;
  valijson::Schema compiled;
};

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<Schema> Schema::read(const json::object& schema) {
  auto impl = std::make_unique<Impl>();
  impl->text = schema;
  try {
    const json::value plain = without_patterns(schema);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::BoostJsonAdapter(plain), impl->compiled);
  } catch (const std::exception& error) {
    return fail(ErrorCode::kInvalidRequest,
                std::string("This is no JSON Schema that can be used: ") + error.what(),
                {{"member", "schema"}});
  }
  return Schema(std::move(impl));
}

std::vector<std::string> Schema::problems(const json::value& value) const {
  std::vector<std::string> problems;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  try {
    validator.validate(impl_->compiled, valijson::adapters::BoostJsonAdapter(value), &results);
  } catch (const std::exception& error) {
    problems.push_back(std::string("cannot be checked: ") + error.what());
  }
  valijson::ValidationResults::Error error;
  while (problems.size() < kProblemsMax && results.popError(error)) {
    std::string place = path_of(error.context, value);
    // That a part does not fit is told by the part.
    if (error.description.starts_with("Failed to validate against schema associated with") ||
        error.description.starts_with("Failed to validate item"))
      continue;
    problems.push_back((place.empty() ? "the output" : place) + ": " + error.description);
  }
  check_formats(impl_->text, value, "", problems);
  return problems;
}

}  // namespace vouch::adapters::draft
