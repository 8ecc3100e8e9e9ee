#include "adapters/draft/schema.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "adapters/functions.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::size_t kProblemsMax = 20;
// valijson's own check of `format` takes regular expressions, and fails for what is no text.
constexpr std::string_view kFormatKeyword = "vouch:format";

bool names_schemas(std::string_view keyword) {
  return keyword == "properties" || keyword == "$defs" || keyword == "definitions" ||
         keyword == "dependentSchemas";
}
bool holds_data(std::string_view keyword) {
  return keyword == "enum" || keyword == "const" || keyword == "default" || keyword == "examples" ||
         keyword == "example";
}

// Without what valijson would match with the standard library's regular expressions: they are slow
// and overflow the stack on long texts of strangers. Formats are checked by FormatCheck.
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
    if (keyword == "pattern" || keyword == "patternProperties") continue;
    if (keyword == "additionalProperties" && has_patterns) continue;
    if (keyword == "format") {
      result[kFormatKeyword] = member.value();
    } else if (holds_data(keyword)) {
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

// The first reference that leads to nothing in `root`; empty: there is none.
std::string unresolved(const json::value& schema, const json::object& root) {
  if (const json::array* items = schema.if_array()) {
    for (const json::value& item : *items)
      if (std::string found = unresolved(item, root); !found.empty()) return found;
    return "";
  }
  const json::object* members = schema.if_object();
  if (!members) return "";
  for (const auto& member : *members) {
    if (holds_data(member.key())) continue;
    if (member.key() == "$ref" && member.value().is_string()) {
      const std::string_view reference = member.value().get_string();
      boost::system::error_code error;
      if (!reference.starts_with('#') ||
          (reference.size() > 1 && !json::value(root).find_pointer(reference.substr(1), error)))
        return std::string(reference);
    }
    if (std::string found = unresolved(member.value(), root); !found.empty()) return found;
  }
  return "";
}

bool is_date(std::string_view text) { return text.size() == 10 && parse_date(text).has_value(); }

bool is_date_time(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || !parse_date(text)) return false;
  const char last = text.back();
  return last == 'Z' || last == 'z' || text[text.size() - 6] == '+' || text[text.size() - 6] == '-';
}

// A scheme, and something behind it without blanks.
bool is_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon >= text.size() - 1) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return is_letter(text.front()) &&
         std::ranges::all_of(text.substr(0, colon),
                             [&](char c) {
                               return is_letter(c) || (c >= '0' && c <= '9') ||
                                      std::string_view("+-.").contains(c);
                             }) &&
         std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) <= ' ' ||
                  std::string_view("<>\"{}|\\^`").contains(c);
         });
}

struct KnownFormat {
  std::string_view name;
  bool (*fits)(std::string_view text);
  std::string_view example;
};
constexpr KnownFormat kFormats[] = {{"date", is_date, "2026-05-01"},
                                    {"date-time", is_date_time, "2026-05-01T10:20:30Z"},
                                    {"uri", is_uri, "https://example.com/a"}};

class FormatCheck final : public valijson::constraints::PolyConstraint {
 public:
  explicit FormatCheck(const KnownFormat* format) : format_(format) {}

  bool validate(const valijson::adapters::Adapter& target, const std::vector<std::string>& context,
                valijson::ValidationResults* results) const override {
    if (!format_ || !target.isString()) return true;
    const std::string text = target.asString();
    if (format_->fits(text)) return true;
    const json::value value(text);
    if (results)
      results->pushError(context, "is " + shown(&value) + ": it must be a " +
                                      std::string(format_->name) + ", such as " +
                                      std::string(format_->example));
    return false;
  }

 private:
  Constraint* cloneInto(void* memory) const override { return new (memory) FormatCheck(*this); }
  std::size_t sizeOf() const override { return sizeof(FormatCheck); }

  const KnownFormat* format_;  // null: one that is not checked
};

class FormatBuilder final : public valijson::ConstraintBuilder {
 public:
  valijson::constraints::Constraint* make(
      const valijson::adapters::Adapter& keyword) const override {
    const std::string name = keyword.isString() ? keyword.asString() : "";
    const auto* found = std::ranges::find(kFormats, name, &KnownFormat::name);
    return new FormatCheck(found == std::end(kFormats) ? nullptr : found);
  }
};

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
  valijson::Schema compiled;
};

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<Schema> Schema::read(const json::object& schema) {
  auto impl = std::make_unique<Impl>();
  try {
    const json::value plain = without_patterns(schema);
    valijson::SchemaParser parser;
    parser.addConstraintBuilder(std::string(kFormatKeyword), new FormatBuilder());  // it owns it
    parser.populateSchema(valijson::adapters::BoostJsonAdapter(plain), impl->compiled);
  } catch (const std::exception& error) {
    const std::string missing = unresolved(schema, schema);
    return fail(ErrorCode::kInvalidRequest,
                "This is no JSON Schema that can be used: " +
                    (missing.empty() ? std::string(error.what())
                                     : "\"$ref\": \"" + missing + "\" leads to nothing in it."),
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
  return problems;
}

}  // namespace vouch::adapters::draft
