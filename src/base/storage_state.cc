#include "base/storage_state.h"

#include <boost/json.hpp>

namespace vouch {
namespace {

namespace json = boost::json;

void collect_texts(const json::value& value, std::vector<std::string>& out) {
  if (const json::string* text = value.if_string()) {
    if (text->size() < kStateValueBytesMin) return;
    out.emplace_back(*text);
    json::error_code error;
    const json::value inside = json::parse(*text, error);  // a token in a JSON in a string
    if (!error && inside.is_structured()) collect_texts(inside, out);
  } else if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array) collect_texts(item, out);
  } else if (const json::object* object = value.if_object()) {
    for (const auto& [name, member] : *object) collect_texts(member, out);
  }
}

// The `value` of each object in the list.
void collect_values(const json::value* list, std::vector<std::string>& out) {
  if (list == nullptr || !list->is_array()) return;
  for (const json::value& item : list->get_array()) {
    const json::value* value = item.is_object() ? item.get_object().if_contains("value") : nullptr;
    if (value != nullptr) collect_texts(*value, out);
  }
}

}  // namespace

std::optional<std::vector<std::string>> storage_state_values(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == text.npos ||
      text[text.find_first_not_of(" \t\r\n")] != '{') {
    return std::nullopt;
  }
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& state = value.get_object();
  const json::value* cookies = state.if_contains("cookies");
  const json::value* origins = state.if_contains("origins");
  if (cookies == nullptr || !cookies->is_array()) return std::nullopt;
  std::vector<std::string> values;
  collect_values(cookies, values);
  if (origins == nullptr || !origins->is_array()) return values;
  for (const json::value& origin : origins->get_array()) {
    if (!origin.is_object()) continue;
    collect_values(origin.get_object().if_contains("localStorage"), values);
    const json::value* databases = origin.get_object().if_contains("indexedDB");
    if (databases != nullptr) collect_texts(*databases, values);
  }
  return values;
}

}  // namespace vouch
