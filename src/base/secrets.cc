#include "base/secrets.h"

#include <algorithm>
#include <boost/algorithm/string/replace.hpp>
#include <boost/json.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/grammar/alnum_chars.hpp>
#include <boost/url/grammar/lut_chars.hpp>
#include <charconv>
#include <set>
#include <span>

#include "base/base64.h"
#include "base/result.h"
#include "base/storage_state.h"
#include "base/utf8.h"

namespace vouch {

namespace json = boost::json;

namespace {

constexpr std::size_t kBackslashesMax = 16;  // JSON in JSON in JSON in JSON
constexpr int kEncodingsMax = 4;             // %252525

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> all;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    VOUCH_CHECK(point.length > 0);  // values are UTF-8
    all.push_back(point.value);
    text.remove_prefix(point.length);
  }
  return all;
}

std::string utf8_of(char32_t code) {
  std::string out;
  append_utf8(out, code);
  return out;
}

// The byte that stands for it in Latin-1 (ISO 8859-1) and not in UTF-8.
bool has_latin1_byte(char32_t code) { return code >= 0x80 && code < 0x100; }

// Empty where a character has no byte in it.
std::string latin1_of(const std::string& text) {
  std::string out;
  for (const char32_t code : code_points(text)) {
    if (code >= 0x100) return "";
    out += static_cast<char>(code);
  }
  return out;
}

// Of the characters from U+00A0 on, in their order (HTML 4.01, 24.2.1).
constexpr std::string_view kLatin1Names[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};
static_assert(std::size(kLatin1Names) == 0x100 - 0xA0);

bool is_plain(char32_t code) {
  return code >= 0x80 || (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
         (code >= 'A' && code <= 'Z');
}

bool stands_at(std::string_view text, std::size_t at, std::string_view what) {
  return text.substr(std::min(at, text.size())).starts_with(what);
}

// Of `count` hexadecimal digits; -1: they are not there.
std::int64_t hex_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  std::uint32_t value = 0;
  const char* const last = text.data() + at + count;
  const auto [end, error] = std::from_chars(text.data() + at, last, value, 16);
  return error == std::errc() && end == last ? std::int64_t(value) : -1;
}

constexpr std::pair<char, char32_t> kEscapedLetters[] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'},
                                                         {'b', '\b'}, {'f', '\f'}, {'v', '\v'}};
constexpr std::pair<std::string_view, char32_t> kEntities[] = {
    {"lt;", '<'},  {"gt;", '>'},  {"quot;", '"'},  {"apos;", '\''},
    {"sol;", '/'}, {"num;", '#'}, {"percnt;", '%'}};

// Of "#39;" or "#x27;" at `at` the code, and the end; 0: there is none.
std::pair<std::uint32_t, std::size_t> numbered_entity(std::string_view text, std::size_t at) {
  if (!stands_at(text, at, "#")) return {0, 0};
  ++at;
  const bool is_hex = stands_at(text, at, "x") || stands_at(text, at, "X");
  const char* const begin = text.data() + at + (is_hex ? 1 : 0);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(begin, text.data() + text.size(), value, is_hex ? 16 : 10);
  const auto after = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || !stands_at(text, after, ";")) return {0, 0};
  return {value, after + 1};
}

// With which bytes a value may begin that is written at `at`, in UTF-8 or Latin-1: a few, where
// there may be hundreds of patterns.
class FirstBytes {
 public:
  FirstBytes(std::string_view text, std::size_t at) : text_(text) {
    const char byte = text[at];
    add(static_cast<unsigned char>(byte));
    if (byte == '%') percent_encoded(at + 1);
    if (byte == '\\') escaped(at);
    if (byte == '&') entity(at + 1);
  }
  std::span<const unsigned char> all() const { return {bytes_.data(), count_}; }

 private:
  void add(unsigned char byte) {
    const auto end = bytes_.begin() + count_;
    if (std::find(bytes_.begin(), end, byte) == end) bytes_.at(count_++) = byte;
  }
  void add_code(std::int64_t code) {
    if (code < 0 || code > 0x10FFFF) return;
    if (code >= 0xD800 && code < 0xE000) {  // half of one beyond U+FFFF
      for (unsigned char lead = 0xF0; lead <= 0xF4; ++lead) add(lead);
    } else {
      add(static_cast<unsigned char>(utf8_of(static_cast<char32_t>(code)).front()));
    }
  }
  void percent_encoded(std::size_t at) {
    for (int depth = 0; depth < kEncodingsMax; ++depth, at += 2) {
      const std::int64_t byte = hex_at(text_, at, 2);
      if (byte >= 0) add(static_cast<unsigned char>(byte));
      if (!stands_at(text_, at, "25")) return;
    }
  }
  void escaped(std::size_t at) {
    const std::size_t end = std::min(at + kBackslashesMax, text_.size());
    while (at < end && text_[at] == '\\') ++at;
    if (at >= text_.size()) return;
    add(static_cast<unsigned char>(text_[at]));
    for (const auto& [letter, code] : kEscapedLetters) {
      if (text_[at] == letter) add_code(code);
    }
    if (text_[at] == 'x') add_code(hex_at(text_, at + 1, 2));
    if (text_[at] == 'u') add_code(hex_at(text_, at + 1, 4));
  }
  void entity(std::size_t at) {
    while (stands_at(text_, at, "amp;")) at += 4;
    for (const auto& [name, code] : kEntities) {
      if (stands_at(text_, at, name)) add_code(code);
    }
    if (const auto [code, end] = numbered_entity(text_, at); end > 0) add_code(code);
    const std::size_t end = text_.substr(std::min(at, text_.size()), 8).find(';');
    if (end == std::string_view::npos) return;
    const auto* const named =
        std::find(std::begin(kLatin1Names), std::end(kLatin1Names), text_.substr(at, end));
    if (named != std::end(kLatin1Names)) add_code(0xA0 + (named - std::begin(kLatin1Names)));
  }

  std::string_view text_;
  std::array<unsigned char, 16> bytes_{};  // there are ten at most, each once
  std::size_t count_ = 0;
};

// Everywhere that one code point may end which begins at `at`, in any of its writings.
class Writings {
 public:
  Writings(std::string_view text, char32_t code, std::vector<std::size_t>& ends)
      : text_(text), code_(code), ends_(ends) {}

  void from(std::size_t at) {
    if (at >= text_.size()) return;
    raw(at);
    if (code_ == ' ' && text_[at] == '+') add(at + 1);
    if (text_[at] == '\\') escaped(at);
    if (text_[at] == '%') {
      percent_encoded(at, utf8_of(code_));
      const char byte = static_cast<char>(code_);
      if (has_latin1_byte(code_)) percent_encoded(at, {&byte, 1});
    }
    if (text_[at] == '&') entity(at);
  }

 private:
  void add(std::size_t end) {
    if (std::find(ends_.begin(), ends_.end(), end) == ends_.end()) ends_.push_back(end);
  }

  bool stands(std::size_t at, std::string_view what) const { return stands_at(text_, at, what); }

  void raw(std::size_t at) {
    const std::string bytes = utf8_of(code_);
    if (stands(at, bytes)) add(at + bytes.size());
    // A byte that begins a character of UTF-8 is that one's.
    if (has_latin1_byte(code_) && text_[at] == static_cast<char>(code_) &&
        decode_utf8(text_.substr(at)).length == 0)
      add(at + 1);
  }

  // \" \\ \n \u0022 \x22, behind any number of backslashes.
  void escaped(std::size_t at) {
    std::size_t begin = at;
    for (std::size_t count = 1; count <= kBackslashesMax && stands(at, "\\"); ++count) {
      ++at;
      if (code_ == '\\') add(at);
    }
    if (at == begin || at >= text_.size()) return;
    if (code_ < 0x80 && !is_plain(code_) && text_[at] == static_cast<char>(code_)) {
      add(at + 1);
    }
    for (const auto& [letter, code] : kEscapedLetters) {
      if (code_ == code && text_[at] == letter) add(at + 1);
    }
    if (text_[at] == 'x' && hex(at + 1, 2) == std::int64_t(code_)) add(at + 3);
    if (text_[at] != 'u') return;
    const std::int64_t unit = hex(at + 1, 4);
    if (unit == std::int64_t(code_)) add(at + 5);
    if (code_ < 0x10000 || unit != 0xD800 + std::int64_t((code_ - 0x10000) >> 10)) return;
    at += 5;
    const std::size_t low_begin = at;
    while (at - low_begin < kBackslashesMax && stands(at, "\\")) ++at;
    if (at > low_begin && stands(at, "u") &&
        hex(at + 1, 4) == 0xDC00 + std::int64_t((code_ - 0x10000) & 0x3FF)) {
      add(at + 5);
    }
  }

  // %C3%A9, %25C3%25A9, or %E9 …: what is left of the bytes.
  void percent_encoded(std::size_t at, std::string_view bytes) {
    if (bytes.empty()) return add(at);
    if (!stands(at, "%")) return;
    ++at;
    for (int depth = 0; depth < kEncodingsMax; ++depth) {
      if (hex(at, 2) == std::int64_t(static_cast<unsigned char>(bytes[0]))) {
        percent_encoded(at + 2, bytes.substr(1));
      }
      if (!stands(at, "25")) return;
      at += 2;
    }
  }

  // &quot; &#39; &#x27; &eacute; &amp;quot; …
  void entity(std::size_t at) {
    ++at;
    while (stands(at, "amp;")) {
      if (code_ == '&') add(at + 4);
      at += 4;
    }
    for (const auto& [name, code] : kEntities) {
      if (code_ == code && stands(at, name)) add(at + name.size());
    }
    if (code_ >= 0xA0 && code_ < 0x100) {
      const std::string_view name = kLatin1Names[code_ - 0xA0];
      if (stands(at, name) && stands(at + name.size(), ";")) add(at + name.size() + 1);
    }
    const auto [value, end] = numbered_entity(text_, at);
    if (end > 0 && value == code_) add(end);
  }

  std::int64_t hex(std::size_t at, std::size_t count) const { return hex_at(text_, at, count); }

  std::string_view text_;
  char32_t code_;
  std::vector<std::size_t>& ends_;  // each once
};

std::vector<std::size_t> ends_of(std::string_view text, char32_t code,
                                 const std::vector<std::size_t>& begins) {
  std::vector<std::size_t> ends;
  Writings writings(text, code, ends);
  for (const std::size_t begin : begins) writings.from(begin);
  return ends;
}

// Forms send it as CR LF, and a page shows it as a blank.
std::vector<std::size_t> ends_of_line_break(std::string_view text,
                                            const std::vector<std::size_t>& begins) {
  std::vector<std::size_t> after_return = ends_of(text, '\r', begins);
  after_return.insert(after_return.end(), begins.begin(), begins.end());
  std::vector<std::size_t> ends = ends_of(text, '\n', after_return);
  const std::vector<std::size_t> blanks = ends_of(text, ' ', begins);
  ends.insert(ends.end(), blanks.begin(), blanks.end());
  return ends;
}

std::string html_escaped(std::string text) {
  for (const auto& [character, entity] :
       {std::pair{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}}) {
    boost::algorithm::replace_all(text, character, entity);
  }
  return text;
}

// What may have been encoded in base64.
std::set<std::string> writings_of(const std::string& value) {
  namespace urls = boost::urls;
  const std::string quoted = json::serialize(json::value(value));
  std::set<std::string> all = {value, quoted.substr(1, quoted.size() - 2), html_escaped(value)};
  if (const std::string bytes = latin1_of(value); !bytes.empty()) all.insert(bytes);
  // RFC 3986, 2.3; encodeURIComponent of ECMA-262; forms of the URL Standard, 5.2; and stricter.
  for (const char* kept : {"-_.~", "-_.!~*'()", "*-._", ""}) {
    const auto unreserved = urls::grammar::alnum_chars + urls::grammar::lut_chars(kept);
    for (const bool blank_is_plus : {false, true})
      all.insert(urls::encode(value, unreserved, urls::encoding_opts(blank_is_plus)));
  }
  return all;
}

}  // namespace

void Secrets::add_value(const std::string& value, const std::string& placeholder) {
  const std::string lines = boost::algorithm::replace_all_copy(value, "\r\n", "\n");
  add_pattern(lines, placeholder);
  std::set<std::string> writings = writings_of(lines);
  writings.merge(writings_of(boost::algorithm::replace_all_copy(lines, "\n", "\r\n")));
  for (const std::string& written : writings) {
    // Behind 0, 1 or 2 bytes of something else: the characters that tell of the value alone.
    for (std::size_t before = 0; before < 3; ++before) {
      const std::string encoded = to_base64(std::string(before, '\0') + written);
      const std::size_t begin = (before * 8 + 5) / 6;
      const std::size_t end = (before + written.size()) * 8 / 6;
      std::string core = encoded.substr(begin, end - begin);
      add_pattern(core, placeholder);
      std::replace(core.begin(), core.end(), '+', '-');  // as in addresses (RFC 4648, 5)
      std::replace(core.begin(), core.end(), '/', '_');
      add_pattern(core, placeholder);
    }
  }
}

Secrets::Secrets(std::map<std::string, std::string, std::less<>> values)
    : values_(std::move(values)) {
  for (const auto& [name, value] : values_) {
    if (value.size() < kValueBytesMin) continue;
    add_value(value, "${" + name + "}");
  }
  // Of a saved sign-in, what it lets in with appears by itself. A value that is a secret of its own
  // keeps its own name.
  for (const auto& [name, value] : values_) {
    const auto parts = storage_state_values(value);
    if (!parts) continue;
    for (const std::string& part : *parts) add_value(part, "${" + name + "}");
  }
  for (const Pattern& pattern : patterns_) {
    std::set<unsigned char> first = {
        static_cast<unsigned char>(utf8_of(pattern.characters.front()).front())};
    if (has_latin1_byte(pattern.characters.front()))
      first.insert(static_cast<unsigned char>(pattern.characters.front()));
    if (pattern.characters.front() == '\n') first.insert({'\r', ' ', '+'});
    if (pattern.characters.front() == ' ') first.insert('+');
    for (const unsigned char byte : first) beginning_with_[byte].push_back(&pattern);
  }
}

void Secrets::add_pattern(std::string_view text, const std::string& placeholder) {
  if (text.size() < kValueBytesMin) return;
  Pattern pattern{code_points(text), placeholder};
  const bool known = std::any_of(patterns_.begin(), patterns_.end(), [&](const Pattern& other) {
    return other.characters == pattern.characters;
  });
  if (!known) patterns_.push_back(std::move(pattern));
}

std::size_t Secrets::find_at(std::string_view text, std::size_t at, const Pattern** found) const {
  std::size_t longest = 0;
  const auto look_for = [&](const Pattern* pattern) {
    std::vector<std::size_t> ends(1, at);
    for (const char32_t code : pattern->characters) {
      ends = code == '\n' ? ends_of_line_break(text, ends) : ends_of(text, code, ends);
      if (ends.empty()) return;
    }
    const std::size_t end = *std::max_element(ends.begin(), ends.end());
    if (end <= longest) return;
    longest = end;
    *found = pattern;
  };
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte != '%' && byte != '\\' && byte != '&') {
    for (const Pattern* pattern : beginning_with_[byte]) look_for(pattern);
    return longest;
  }
  const FirstBytes firsts(text, at);
  for (const unsigned char first : firsts.all()) {
    for (const Pattern* pattern : beginning_with_[first]) look_for(pattern);
  }
  return longest;
}

template <class Replace>
std::string Secrets::replaced(std::string_view text, Replace replace) const {
  std::string out;
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Pattern* found = nullptr;
    const std::size_t end = find_at(text, at, &found);
    if (end == 0) {
      ++at;
      continue;
    }
    out.append(text.substr(kept, at - kept)).append(replace(*found, end - at));
    at = kept = end;
  }
  return out.append(text.substr(kept));
}

std::string Secrets::redact(std::string_view text) const {
  return replaced(text, [](const Pattern& found, std::size_t) { return found.placeholder; });
}

std::string Secrets::mask(std::string_view bytes) const {
  return replaced(bytes,
                  [](const Pattern&, std::size_t length) { return std::string(length, '*'); });
}

json::value Secrets::redact_json(const json::value& value) const {
  if (const json::string* text = value.if_string()) return json::string(redact(*text));
  if (const json::array* array = value.if_array()) {
    json::array out;
    out.reserve(array->size());
    for (const json::value& each : *array) out.push_back(redact_json(each));
    return out;
  }
  if (const json::object* object = value.if_object()) {
    json::object out;
    for (const auto& [key, each] : *object) out[redact(std::string_view(key))] = redact_json(each);
    return out;
  }
  return value;
}

}  // namespace vouch
