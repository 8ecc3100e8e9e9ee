#include "adapters/draft/schema.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/url/pct_string_view.hpp>
#include <cmath>
#include <functional>
#include <set>
#include <span>
#include <unordered_map>

#include "adapters/functions.h"
#include "base/utf8.h"

namespace vouch::adapters::draft {

namespace {

constexpr std::size_t kProblemsMax = 20;
constexpr std::size_t kBytesOfAStep = 64;     // of a text that is gone through
constexpr std::size_t kStepsOfAProblem = 20;  // of telling what does not fit

bool is_date(std::string_view text) { return text.size() == 10 && parse_date(text).has_value(); }

bool is_date_time(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || !parse_date(text)) return false;
  const char sign = text[text.size() - 6];
  return text.back() == 'Z' || sign == '+' || sign == '-';
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

using References = std::unordered_map<std::string, const json::value*>;

// ---- Whether it is a schema ----

constexpr std::string_view kTypes[] = {"null",   "boolean", "object", "array",
                                       "number", "integer", "string"};
constexpr std::string_view kOneSchema[] = {"additionalProperties",
                                           "additionalItems",
                                           "contains",
                                           "propertyNames",
                                           "not",
                                           "if",
                                           "then",
                                           "else"};
constexpr std::string_view kListsOfSchemas[] = {"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::string_view kNamedSchemas[] = {"properties", "patternProperties", "$defs",
                                              "definitions", "dependentSchemas"};
constexpr std::string_view kNumbers[] = {"minimum", "maximum", "exclusiveMinimum",
                                         "exclusiveMaximum", "multipleOf"};
constexpr std::string_view kCounts[] = {"minLength", "maxLength",     "minItems",
                                        "maxItems",  "minProperties", "maxProperties"};

bool is_count(const json::value& value) {
  return value.is_uint64() || (value.is_int64() && value.get_int64() >= 0);
}

bool is_list_of_texts(const json::value& value) {
  return value.is_array() && std::ranges::all_of(value.get_array(), [](const json::value& each) {
           return each.is_string();
         });
}

// Reads a schema's text, and finds what it refers to.
class Reading {
 public:
  Reading(const json::value& root, References& references) : root_(root), references_(references) {}

  Result<void> read(const json::value& schema) {
    if (schema.is_bool()) return {};
    if (!schema.is_object()) return wrong("a schema is an object, true or false");
    if (!seen_.insert(&schema).second) return {};
    const json::object& keywords = schema.get_object();
    for (const auto& [name, value] : keywords) {
      VOUCH_TRY_VOID(read_keyword(name, value));
    }
    return {};
  }

 private:
  static std::unexpected<Error> wrong(const std::string& what) {
    return fail(ErrorCode::kInvalidRequest,
                "This is no JSON Schema that can be used: " + what + ".", {{"member", "schema"}});
  }
  static bool is_among(std::string_view name, std::span<const std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
  }

  Result<void> read_keyword(std::string_view name, const json::value& value) {
    const std::string called = "`" + std::string(name) + "`";
    if (name == "$ref") return refer(value);
    if (name == "type") return read_type(value);
    if (is_among(name, kOneSchema)) return read(value);
    if (is_among(name, kListsOfSchemas)) return read_list(called, value);
    if (is_among(name, kNamedSchemas)) return read_named(called, value);
    if (name == "items") return value.is_array() ? read_list(called, value) : read(value);
    if (name == "dependencies") return read_dependencies(value);
    if (is_among(name, kNumbers) && !is_number(value)) return wrong(called + " is a number");
    if (name == "multipleOf" && !(*number_of(value) > 0)) return wrong(called + " is above 0");
    if (is_among(name, kCounts) && !is_count(value)) return wrong(called + " is a count");
    if (name == "required" && !is_list_of_texts(value))
      return wrong(called + " is a list of names");
    if (name == "enum" && !value.is_array()) return wrong(called + " is a list");
    if (name == "uniqueItems" && !value.is_bool()) return wrong(called + " is true or false");
    return {};
  }

  Result<void> read_list(const std::string& called, const json::value& list) {
    if (!list.is_array()) return wrong(called + " is a list of schemas");
    for (const json::value& each : list.get_array()) {
      VOUCH_TRY_VOID(read(each));
    }
    return {};
  }

  Result<void> read_named(const std::string& called, const json::value& named) {
    if (!named.is_object()) return wrong(called + " is an object of schemas");
    for (const auto& each : named.get_object()) {
      VOUCH_TRY_VOID(read(each.value()));
    }
    return {};
  }

  Result<void> read_dependencies(const json::value& named) {
    if (!named.is_object()) return wrong("`dependencies` is an object");
    for (const auto& each : named.get_object()) {
      if (is_list_of_texts(each.value())) continue;
      VOUCH_TRY_VOID(read(each.value()));
    }
    return {};
  }

  static Result<void> read_type(const json::value& type) {
    const json::array names = type.is_array() ? type.get_array() : json::array{type};
    for (const json::value& name : names) {
      if (!name.is_string() || !is_among(name.get_string(), kTypes)) {
        return wrong("there is no type " + json::serialize(name));
      }
    }
    return {};
  }

  Result<void> refer(const json::value& to) {
    if (!to.is_string()) return wrong("`$ref` is a text");
    const std::string name(to.get_string());
    if (references_.contains(name)) return {};
    if (!name.starts_with('#')) return wrong("it refers to another document, " + name);
    boost::system::error_code error;
    const json::value* found = root_.find_pointer(decoded(name.substr(1)), error);
    if (found == nullptr) return wrong("there is nothing at " + name);
    references_[name] = found;
    return read(*found);
  }

  // Without its percent-encoding (RFC 6901, 6); as it is where that is none.
  static std::string decoded(std::string_view fragment) {
    const auto encoded = boost::urls::make_pct_string_view(fragment);
    return encoded ? encoded->decode() : std::string(fragment);
  }

  const json::value& root_;
  References& references_;
  std::set<const json::value*> seen_;
};

// ---- Whether a value is what it says ----

// Where a value stands.
struct Place {
  const Place* in = nullptr;  // null: it is the whole
  std::string_view name = {};
  std::int64_t index = -1;  // of a list's item

  std::string text() const {
    if (in == nullptr) return "";
    std::string before = in->text();
    if (index >= 0) return before + "[" + std::to_string(index) + "]";
    return before + (before.empty() ? "" : ".") + std::string(name);
  }
};

std::string told(const json::value& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  if (!value.is_string()) return shown(&value);
  const json::value text(std::string_view(value.get_string()).substr(0, 100));
  return is_utf8(text.get_string()) ? shown(&text) : "a text";
}

bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "number") return is_number(value);
  const auto number = number_of(value);
  return number && (!value.is_double() || std::floor(*number) == *number);
}

bool is_multiple(double number, double of) {
  constexpr double kRounding = 1e-9;  // 19.99 is a multiple of 0.01
  const double times = number / of;
  return std::abs(times - std::round(times)) <= kRounding * std::max(1.0, std::abs(times));
}

std::size_t nodes_of(const json::value& value) {
  std::size_t nodes = 1;
  if (const json::array* list = value.if_array()) {
    for (const json::value& each : *list) nodes += nodes_of(each);
  } else if (const json::object* object = value.if_object()) {
    for (const auto& each : *object) nodes += nodes_of(each.value());
  }
  return nodes;
}

class Check {
 public:
  using Problems = std::vector<std::string>;

  explicit Check(const References& references) : references_(references) {}

  // Adds to `problems`, unless it is null, what does not fit.
  bool fits(const json::value& schema, const json::value& value, const Place& at,
            Problems* problems) {
    if (!spend(1) || schema.is_bool()) {
      const bool is_never = !is_over_ && schema.is_bool() && !schema.get_bool();
      return !is_never || refuse(at, "must not be there", problems);
    }
    if (depth_ == kSchemaDepthMax) is_over_ = true;
    if (is_over_) return true;
    ++depth_;
    const json::object& keywords = schema.get_object();
    bool all = value_fits(keywords, value, at, problems);
    if (value.is_array()) all &= items_fit(keywords, value.get_array(), at, problems);
    if (value.is_object()) all &= members_fit(keywords, value, at, problems);
    all &= schemas_fit(keywords, value, at, problems);
    --depth_;
    return all || is_over_;
  }

  // It took more steps than it may: what it says besides is not all that there is to say.
  bool is_over() const { return is_over_; }

 private:
  bool spend(std::size_t steps) {
    steps_ += steps;
    is_over_ |= steps_ > kSchemaStepsMax;
    return !is_over_;
  }

  bool refuse(const Place& at, const std::string& what, Problems* problems) {
    if (problems == nullptr || problems->size() >= kProblemsMax) return false;
    spend(kStepsOfAProblem);
    const std::string place = at.text();
    problems->push_back((place.empty() ? "the output" : place) + ": " + what + ".");
    return false;
  }

  bool value_fits(const json::object& keywords, const json::value& value, const Place& at,
                  Problems* problems) {
    bool all = true;
    if (const json::value* type = keywords.if_contains("type")) {
      all &= type_fits(*type, value) ||
             refuse(at, "is " + told(value) + ": it must be " + types_text(*type), problems);
    }
    if (const json::value* only = keywords.if_contains("const")) {
      spend(nodes_of(*only));
      all &= same(*only, value) ||
             refuse(at, "is " + told(value) + ": it must be " + told(*only), problems);
    }
    if (const json::value* among = keywords.if_contains("enum")) {
      all &= enum_fits(among->get_array(), value, at, problems);
    }
    if (is_number(value)) all &= number_fits(keywords, *number_of(value), at, problems);
    if (value.is_string()) all &= text_fits(keywords, value, at, problems);
    return all;
  }

  static bool type_fits(const json::value& type, const json::value& value) {
    if (type.is_string()) return is_of_type(value, type.get_string());
    return std::ranges::any_of(type.get_array(), [&](const json::value& each) {
      return is_of_type(value, each.get_string());
    });
  }

  static std::string types_text(const json::value& type) {
    if (type.is_string()) return std::string(type.get_string());
    std::string text;
    for (const json::value& each : type.get_array()) {
      text.append(text.empty() ? "" : " or ").append(each.get_string());
    }
    return text;
  }

  bool enum_fits(const json::array& among, const json::value& value, const Place& at,
                 Problems* problems) {
    constexpr std::size_t kValuesTold = 10;
    spend(is_scalar(value) ? among.size() : nodes_of(value) + among.size());
    if (is_over_) return true;
    if (std::ranges::any_of(among, [&](const json::value& each) { return same(each, value); })) {
      return true;
    }
    if (problems == nullptr) return false;
    std::string values;
    for (std::size_t i = 0; i < std::min(among.size(), kValuesTold); ++i) {
      values += (i == 0 ? "" : ", ") + told(among[i]);
    }
    if (among.size() > kValuesTold) values += " …";
    return refuse(at, "is " + told(value) + ": it must be one of " + values, problems);
  }

  bool number_fits(const json::object& keywords, double number, const Place& at,
                   Problems* problems) {
    bool all = true;
    const auto limit = [&](const char* keyword, auto holds, const char* must_be) {
      const json::value* found = keywords.if_contains(keyword);
      if (found == nullptr || holds(number, *number_of(*found))) return;
      const json::value value(number);
      all &= refuse(at, "is " + shown(&value) + ": it must be " + must_be + " " + told(*found),
                    problems);
    };
    limit("minimum", std::greater_equal<>(), "at least");
    limit("maximum", std::less_equal<>(), "at most");
    limit("exclusiveMinimum", std::greater<>(), "more than");
    limit("exclusiveMaximum", std::less<>(), "less than");
    limit("multipleOf", is_multiple, "a multiple of");
    return all;
  }

  bool text_fits(const json::object& keywords, const json::value& value, const Place& at,
                 Problems* problems) {
    const std::string_view text = value.get_string();
    bool all = true;
    if (keywords.contains("minLength") || keywords.contains("maxLength")) {
      spend(text.size() / kBytesOfAStep);
      const auto characters = std::ranges::count_if(
          text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
      all &= count_fits(keywords, "Length", static_cast<std::size_t>(characters), "characters", at,
                        problems);
    }
    const json::value* format = keywords.if_contains("format");
    if (format == nullptr || !format->is_string()) return all;
    const auto* known =
        std::ranges::find(kFormats, std::string_view(format->get_string()), &KnownFormat::name);
    if (known == std::end(kFormats)) return all;
    spend(text.size() / kBytesOfAStep);
    return (known->fits(text) ||
            refuse(at,
                   "is " + told(value) + ": it must be a " + std::string(known->name) +
                       ", such as " + std::string(known->example),
                   problems)) &&
           all;
  }

  bool count_fits(const json::object& keywords, const std::string& of, std::size_t count,
                  const std::string& called, const Place& at, Problems* problems) {
    bool all = true;
    const json::value* least = keywords.if_contains("min" + of);
    if (least != nullptr && static_cast<double>(count) < *number_of(*least)) {
      all &= refuse(
          at,
          "has " + std::to_string(count) + " " + called + ": it must have at least " + told(*least),
          problems);
    }
    const json::value* most = keywords.if_contains("max" + of);
    if (most != nullptr && static_cast<double>(count) > *number_of(*most)) {
      all &= refuse(
          at,
          "has " + std::to_string(count) + " " + called + ": it must have at most " + told(*most),
          problems);
    }
    return all;
  }

  // The schema of a list's item; null: anything.
  static const json::value* item_schema(const json::object& keywords, std::size_t index) {
    const json::value* items = keywords.if_contains("items");
    const json::value* first = keywords.if_contains("prefixItems");
    const json::value* rest = items;
    if (items != nullptr && items->is_array()) {  // as of draft 7
      first = items;
      rest = keywords.if_contains("additionalItems");
    }
    if (first != nullptr && index < first->get_array().size()) return &first->get_array()[index];
    return rest;
  }

  bool items_fit(const json::object& keywords, const json::array& list, const Place& at,
                 Problems* problems) {
    bool all = true;
    for (std::size_t i = 0; i < list.size() && !is_over_; ++i) {
      const json::value* schema = item_schema(keywords, i);
      if (schema == nullptr) break;
      const Place item{.in = &at, .index = static_cast<std::int64_t>(i)};
      all &= fits(*schema, list[i], item, problems);
    }
    if (const json::value* schema = keywords.if_contains("contains")) {
      const bool is_there = std::ranges::any_of(
          list, [&](const json::value& each) { return fits(*schema, each, at, nullptr); });
      all &= is_there || refuse(at, "has no item of the kind that it must contain", problems);
    }
    const json::value* unique = keywords.if_contains("uniqueItems");
    if (unique != nullptr && unique->get_bool()) all &= are_unique(list, at, problems);
    return count_fits(keywords, "Items", list.size(), "items", at, problems) && all;
  }

  bool are_unique(const json::array& list, const Place& at, Problems* problems) {
    std::unordered_multimap<std::uint64_t, std::size_t> known;  // by hash
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!spend(nodes_of(list[i]))) return true;
      const auto [begin, end] = known.equal_range(hash_of(list[i]));
      for (auto other = begin; other != end; ++other) {
        if (!spend(nodes_of(list[i]))) return true;
        if (!same(list[other->second], list[i])) continue;
        return refuse(at,
                      "has the same item twice: [" + std::to_string(other->second) + "] and [" +
                          std::to_string(i) + "]",
                      problems);
      }
      known.emplace(hash_of(list[i]), i);
    }
    return true;
  }

  bool members_fit(const json::object& keywords, const json::value& value, const Place& at,
                   Problems* problems) {
    const json::object& object = value.get_object();
    bool all = true;
    const json::value* properties = keywords.if_contains("properties");
    const json::value* others = keywords.if_contains("additionalProperties");
    if (keywords.contains("patternProperties")) others = nullptr;
    const json::value* names = keywords.if_contains("propertyNames");
    if (properties != nullptr || others != nullptr || names != nullptr) {
      for (const auto& member : object) {
        if (!spend(1)) return true;
        const Place place{.in = &at, .name = member.key()};
        const json::value* schema =
            properties != nullptr ? properties->get_object().if_contains(member.key()) : nullptr;
        if (schema == nullptr) schema = others;
        if (schema != nullptr) all &= fits(*schema, member.value(), place, problems);
        if (names == nullptr) continue;
        const json::value name(member.key());
        all &= fits(*names, name, place, problems);
      }
    }
    if (const json::value* required = keywords.if_contains("required")) {
      spend(required->get_array().size());
      for (const json::value& name : required->get_array()) {
        all &= has(object, name.get_string(), at, problems);
      }
    }
    for (const char* keyword : {"dependencies", "dependentRequired", "dependentSchemas"}) {
      const json::value* dependent = keywords.if_contains(keyword);
      if (dependent != nullptr) all &= dependents_fit(*dependent, value, at, problems);
    }
    return count_fits(keywords, "Properties", object.size(), "properties", at, problems) && all;
  }

  bool has(const json::object& object, std::string_view name, const Place& at, Problems* problems) {
    return object.contains(name) ||
           refuse(at, "Missing required property '" + std::string(name) + "'", problems);
  }

  bool dependents_fit(const json::value& dependent, const json::value& value, const Place& at,
                      Problems* problems) {
    if (!dependent.is_object()) return true;
    const json::object& object = value.get_object();
    bool all = true;
    spend(dependent.get_object().size());
    for (const auto& [name, wanted] : dependent.get_object()) {
      if (!object.contains(name) || is_over_) continue;
      if (is_list_of_texts(wanted)) {
        spend(wanted.get_array().size());
        for (const json::value& each : wanted.get_array()) {
          all &= has(object, each.get_string(), at, problems);
        }
      } else if (wanted.is_object() || wanted.is_bool()) {
        all &= fits(wanted, value, at, problems);
      }
    }
    return all;
  }

  bool schemas_fit(const json::object& keywords, const json::value& value, const Place& at,
                   Problems* problems) {
    bool all = true;
    if (const json::value* reference = keywords.if_contains("$ref")) {
      all &= fits(*references_.at(std::string(reference->get_string())), value, at, problems);
    }
    if (const json::value* each_of = keywords.if_contains("allOf")) {
      for (const json::value& each : each_of->get_array()) all &= fits(each, value, at, problems);
    }
    if (const json::value* among = keywords.if_contains("anyOf")) {
      all &= any_fits(among->get_array(), value, at, false, problems);
    }
    if (const json::value* among = keywords.if_contains("oneOf")) {
      all &= any_fits(among->get_array(), value, at, true, problems);
    }
    if (const json::value* refused = keywords.if_contains("not")) {
      const bool is_refused = fits(*refused, value, at, nullptr) && !is_over_;
      all &= !is_refused || refuse(at, "is what it must not be", problems);
    }
    if (const json::value* condition = keywords.if_contains("if")) {
      const char* branch = fits(*condition, value, at, nullptr) ? "then" : "else";
      const json::value* schema = keywords.if_contains(branch);
      if (schema != nullptr) all &= fits(*schema, value, at, problems);
    }
    return all;
  }

  // What does not fit any of them is told of each; `is_one`: it must not fit two.
  bool any_fits(const json::array& among, const json::value& value, const Place& at, bool is_one,
                Problems* problems) {
    Problems of_each;
    std::size_t count = 0;
    for (const json::value& each : among) {
      count += fits(each, value, at, problems == nullptr ? nullptr : &of_each) ? 1 : 0;
      if (is_over_ || (count > 0 && !is_one) || count > 1) break;
    }
    if (is_over_ || count == 1) return true;
    if (count > 1) return refuse(at, "fits two schemas of oneOf: it must fit one", problems);
    if (problems != nullptr) problems->insert(problems->end(), of_each.begin(), of_each.end());
    return refuse(at, is_one ? "fits no schema of oneOf" : "fits no schema of anyOf", problems);
  }

  const References& references_;
  std::size_t steps_ = 0;
  int depth_ = 0;
  bool is_over_ = false;
};

}  // namespace

struct Schema::Impl {
  json::value text;
  References references;  // into `text`
};

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<Schema> Schema::read(const json::object& schema) {
  auto impl = std::make_unique<Impl>();
  impl->text = schema;
  VOUCH_TRY_VOID(Reading(impl->text, impl->references).read(impl->text));
  return Schema(std::move(impl));
}

std::vector<std::string> Schema::problems(const json::value& value) const {
  std::vector<std::string> problems;
  Check check(impl_->references);
  check.fits(impl_->text, value, Place(), &problems);
  if (problems.size() > kProblemsMax) problems.resize(kProblemsMax);
  if (check.is_over()) {
    problems.push_back("the output: cannot be checked: the schema takes more than " +
                       std::to_string(kSchemaStepsMax) + " steps, or more than " +
                       std::to_string(kSchemaDepthMax) + " schemas in each other.");
  }
  return problems;
}

}  // namespace vouch::adapters::draft
