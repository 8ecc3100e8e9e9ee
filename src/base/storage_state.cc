#include "base/storage_state.h"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/url/pct_string_view.hpp>
#include <set>

#include "base/base64.h"
#include "base/utf8.h"

namespace vouch {
namespace {

namespace json = boost::json;

constexpr std::size_t kCookieBytesMin = 8;
constexpr std::size_t kTextBytesMin = 16;
constexpr int kDepthMax = 16;

// Neither a word, a name, an address nor a setting: it may be shown on a page without harm, and a
// page that shows one of those must still be read.
bool looks_like_a_credential(std::string_view text) {
  const auto is_any = [text](std::string_view characters) {
    return text.find_first_of(characters) != text.npos;
  };
  return text.size() >= kTextBytesMin && is_any("0123456789") && !is_any(" \t\r\n@") &&
         !text.contains("://") && !text.starts_with('/');
}

class Collector {
 public:
  // A text is what it says, or what it holds as JSON, percent-encoded or in base64.
  void take_text(std::string_view text, int depth = 0) {
    if (depth > kDepthMax) return;
    if (take_json(text, depth)) return;
    if (looks_like_a_credential(text)) keep(text);
    if (text.contains('%')) {
      auto encoded = boost::urls::make_pct_string_view(text);
      if (encoded) {
        const std::string decoded = encoded->decode();
        if (decoded != text && is_utf8(decoded)) return take_text(decoded, depth + 1);
      }
    }
    if (auto bytes = from_base64(text); bytes && is_utf8(*bytes)) take_json(*bytes, depth);
  }

  void take_texts(const json::value& value, int depth = 0) {
    if (depth > kDepthMax) return;
    if (const json::string* text = value.if_string()) {
      take_text(*text, depth + 1);
    } else if (const json::array* array = value.if_array()) {
      for (const json::value& item : *array) take_texts(item, depth + 1);
    } else if (const json::object* object = value.if_object()) {
      for (const auto& [name, member] : *object) take_texts(member, depth + 1);
    }
  }

  void take_cookie(const json::object& cookie) {
    const json::value* value = cookie.if_contains("value");
    if (value == nullptr || !value->is_string()) return;
    const json::value* hidden = cookie.if_contains("httpOnly");
    // One that scripts may not read is there to let somebody in.
    const bool is_key = hidden != nullptr && *hidden == true;
    if (is_key && value->get_string().size() >= kCookieBytesMin) keep(value->get_string());
    take_text(value->get_string());
  }

  std::vector<std::string> values;

 private:
  void keep(std::string_view text) {
    if (seen_.emplace(text).second) values.emplace_back(text);
  }

  bool take_json(std::string_view text, int depth) {
    json::error_code error;
    const json::value inside = json::parse(text, error);
    if (error || !inside.is_structured()) return false;
    take_texts(inside, depth + 1);
    return true;
  }

  std::set<std::string, std::less<>> seen_;
};

const json::array* array_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_array();
}

}  // namespace

std::optional<std::vector<std::string>> storage_state_values(std::string_view text) {
  json::error_code error;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos || text[begin] != '{') return std::nullopt;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& state = value.get_object();
  const json::array* cookies = array_of(state, "cookies");
  if (cookies == nullptr) return std::nullopt;
  Collector collector;
  for (const json::value& cookie : *cookies) {
    if (cookie.is_object()) collector.take_cookie(cookie.get_object());
  }
  // Of local storage, databases, files and passkeys: whatever looks like one.
  for (const auto& [name, member] : state) {
    if (name != "cookies") collector.take_texts(member);
  }
  return std::move(collector.values);
}

}  // namespace vouch
