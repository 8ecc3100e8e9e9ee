#include "adapters/functions.h"

#include <locale.h>
#include <wctype.h>

#include <cmath>
#include <cstdio>
#include <numeric>
#include <unordered_map>

#include "adapters/dates.h"
#include "adapters/lexicon/lexicons.h"
#include "base/random.h"
#include "base/utf8.h"

namespace vouch::adapters {

namespace {

constexpr std::string_view kNames[] = {
    "text",
    "number",
    "bool",
    "lower",
    "upper",
    "trim",
    "capitalized",
    "snake",
    "kebab",
    "constantCase",
    "camel",
    "pascal",
    "wordsLower",
    "wordsSentence",
    "wordsTitle",
    "digits",
    "padded",
    "sha256",
    "translated",
    "splitAt",
    "until",
    "after",
    "between",
    "slice",
    "withoutPrefix",
    "withoutSuffix",
    "replaced",
    "concat",
    "concatTotal",
    "scale",
    "times",
    "round",
    "floor",
    "negate",
    "add",
    "subtract",
    "multiply",
    "divide",
    "fixed",
    "isPresent",
    "isMissing",
    "isTruthy",
    "isFalsy",
    "isFilled",
    "equals",
    "isOneOf",
    "isLess",
    "isAtMost",
    "isMore",
    "isAtLeast",
    "not",
    "contains",
    "count",
    "sum",
    "min",
    "max",
    "average",
    "join",
    "split",
    "keys",
    "values",
    "first",
    "wrap",
    "flatten",
    "distinct",
    "compact",
    "reverse",
    "sorted",
    "collapse",
    "isoOfSeconds",
    "isoOfMillis",
    "isoOfText",
    "secondIsoOfText",
    "secondsOfText",
    "millisOfText",
    "shortIsoOfSeconds",
    "shortIsoOfText",
    "dateOfText",
    "dateOfSeconds",
    "dateOfMillis",
    "dayForm",
};
static_assert(std::size(kNames) == static_cast<std::size_t>(Fn::kDayForm) + 1);

// Case as Unicode has it, whatever the locale of the process.
template <class Change>
std::string with_letters(std::string_view text, Change change) {
  static const locale_t kUnicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  std::string result;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.length == 0) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    append_utf8(result, static_cast<char32_t>(change(static_cast<wint_t>(point.value), kUnicode)));
    text.remove_prefix(point.length);
  }
  return result;
}

std::string lower(std::string_view text) { return with_letters(text, towlower_l); }
std::string upper(std::string_view text) { return with_letters(text, towupper_l); }

std::string capitalized(std::string_view text) {
  if (text.empty()) return {};
  const std::size_t length = std::max<std::size_t>(decode_utf8(text).length, 1);
  return upper(text.substr(0, length)) + std::string(text.substr(length));
}

enum class Letters { kLower, kUpper, kTitle };

std::string joined_words(std::string_view text, std::string_view between, Letters first,
                         Letters rest) {
  std::string result;
  bool is_first = true;
  for (const std::string_view word : words_of(text)) {
    if (!is_first) result += between;
    switch (is_first ? first : rest) {
      case Letters::kLower:
        result += lower(word);
        break;
      case Letters::kUpper:
        result += upper(word);
        break;
      case Letters::kTitle:
        result += capitalized(lower(word));
        break;
    }
    is_first = false;
  }
  return result;
}

constexpr std::string_view kSpaces = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  if (separator.empty()) return {text};
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos;
       text.remove_prefix(at + separator.size()))
    parts.push_back(text.substr(0, at));
  parts.push_back(text);
  return parts;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (std::size_t i = 0; const std::string_view part : split(text, from)) {
    if (i++ > 0) result += to;
    result += part;
  }
  return result;
}

// Texts are counted in UTF-16 units, as in JavaScript.
std::size_t units_in(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xc0U) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

// Where that unit begins. Within a character of two: behind or before it.
std::size_t byte_of_unit(std::string_view text, std::size_t unit, bool behind_pair) {
  std::size_t at = 0;
  while (unit > 0 && at < text.size()) {
    const std::size_t length = std::max<std::size_t>(decode_utf8(text.substr(at)).length, 1);
    const std::size_t units = length == 4 ? 2 : 1;
    if (units > unit && !behind_pair) break;
    unit -= std::min(unit, units);
    at += length;
  }
  return at;
}

// A place in a text of `size` units, counted from the end where it is negative.
std::size_t place(double at, std::size_t size) {
  if (std::isnan(at)) return size;
  if (at < 0) at += static_cast<double>(size);
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(size)));
}

Maybe between(std::string_view text, const Call& call) {
  const std::size_t from = text.find(call.texts[0]);
  if (from == std::string_view::npos) return std::nullopt;
  text.remove_prefix(from + call.texts[0].size());
  return json::value(call.texts[1].empty() ? text : text.substr(0, text.find(call.texts[1])));
}

Maybe split_at(std::string_view text, const Call& call) {
  const std::vector<std::string_view> parts = split(text, call.texts[0]);
  const double at = call.numbers[0] + (call.numbers[0] < 0 ? static_cast<double>(parts.size()) : 0);
  if (at < 0 || at >= static_cast<double>(parts.size())) return std::nullopt;
  return json::value(parts[static_cast<std::size_t>(at)]);
}

Maybe iso(std::optional<double> seconds, bool is_short) {
  if (!seconds) return std::nullopt;
  const auto text = iso_text(*seconds, !is_short);
  return text ? Maybe(json::value(*text)) : std::nullopt;
}

Maybe date_of(std::optional<double> seconds) {
  if (!seconds) return std::nullopt;
  const auto text = iso_text(*seconds, false);
  return text ? Maybe(json::value(text->substr(0, 10))) : std::nullopt;
}

Maybe padded(const Call& call, std::string_view text) {
  const auto width = static_cast<std::size_t>(call.numbers[0]);
  const std::size_t size = units_in(text);
  return json::value(std::string(width - std::min(size, width), '0').append(text));
}

Maybe of_text(const Call& call, std::string_view text) {
  switch (call.fn) {
    case Fn::kText:
      return json::value(text);
    case Fn::kNumber: {
      const auto number = parse_number(trimmed(text));
      return number ? Maybe(number_value(*number)) : std::nullopt;
    }
    case Fn::kBoolean: {
      const std::string low = lower(text);
      if (low == "true" || low == "1" || low == "yes") return json::value(true);
      if (low == "false" || low == "0" || low == "no") return json::value(false);
      return std::nullopt;
    }
    case Fn::kLower:
      return json::value(lower(text));
    case Fn::kUpper:
      return json::value(upper(text));
    case Fn::kTrim:
      return json::value(trimmed(text));
    case Fn::kCapitalized:
      return json::value(capitalized(text));
    case Fn::kSnake:
      return json::value(joined_words(text, "_", Letters::kLower, Letters::kLower));
    case Fn::kKebab:
      return json::value(joined_words(text, "-", Letters::kLower, Letters::kLower));
    case Fn::kConstantCase:
      return json::value(joined_words(text, "_", Letters::kUpper, Letters::kUpper));
    case Fn::kCamel:
      return json::value(joined_words(text, "", Letters::kLower, Letters::kTitle));
    case Fn::kPascal:
      return json::value(joined_words(text, "", Letters::kTitle, Letters::kTitle));
    case Fn::kWordsLower:
      return json::value(joined_words(text, " ", Letters::kLower, Letters::kLower));
    case Fn::kWordsSentence:
      return json::value(joined_words(text, " ", Letters::kTitle, Letters::kLower));
    case Fn::kWordsTitle:
      return json::value(joined_words(text, " ", Letters::kTitle, Letters::kTitle));
    case Fn::kSha256:
      return json::value(sha256_hex(text));
    case Fn::kTranslated: {
      const Lexicon& by = lexicon(call.texts[0]);
      const std::string* found =
          translated(by, column_of(by, call.texts[1]), column_of(by, call.texts[2]), text);
      return found ? Maybe(json::value(*found)) : std::nullopt;
    }
    case Fn::kDigits: {
      std::string digits;
      for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
      return json::value(digits);
    }
    case Fn::kPadded:
      return padded(call, text);
    case Fn::kSplitAt:
      return split_at(text, call);
    case Fn::kUntil:
      return json::value(text.substr(0, text.find(call.texts[0])));
    case Fn::kAfter: {
      const std::size_t at = text.find(call.texts[0]);
      return json::value(at == std::string_view::npos ? text
                                                      : text.substr(at + call.texts[0].size()));
    }
    case Fn::kBetween:
      return between(text, call);
    case Fn::kSlice: {
      const std::size_t size = units_in(text);
      const std::size_t from = place(call.numbers[0], size);
      const std::size_t to = place(call.numbers[1], size);
      // Of a character of two units, of which one is cut off, the other is left out as well.
      const std::size_t begin = byte_of_unit(text, from, true);
      const std::size_t end = byte_of_unit(text, to, false);
      return json::value(end > begin ? text.substr(begin, end - begin) : "");
    }
    case Fn::kWithoutPrefix:
      return json::value(text.starts_with(call.texts[0]) ? text.substr(call.texts[0].size())
                                                         : text);
    case Fn::kWithoutSuffix:
      return json::value(text.ends_with(call.texts[0])
                             ? text.substr(0, text.size() - call.texts[0].size())
                             : text);
    case Fn::kReplaced:
      return json::value(replaced(text, call.texts[0], call.texts[1]));
    case Fn::kSplit: {
      json::array parts;
      if (!text.empty())
        for (const std::string_view part : split(text, call.texts[0]))
          parts.emplace_back(call.numbers[0] == 1 ? trimmed(part) : part);
      return json::value(std::move(parts));
    }
    case Fn::kIsoOfText:
      return iso(parse_date(text), false);
    case Fn::kSecondIsoOfText: {
      const auto seconds = parse_date(text);
      return iso(seconds ? std::optional(std::floor(*seconds)) : std::nullopt, false);
    }
    case Fn::kShortIsoOfText:
      return iso(parse_date(text), true);
    case Fn::kSecondsOfText: {
      const auto seconds = parse_date(text);
      return seconds ? Maybe(number_value(std::floor(*seconds))) : std::nullopt;
    }
    case Fn::kMillisOfText: {
      const auto seconds = parse_date(text);
      return seconds ? Maybe(number_value(std::round(*seconds * 1000))) : std::nullopt;
    }
    case Fn::kDayForm: {
      const auto written = reformed_day(text, call.texts[0], call.texts[1]);
      return written ? Maybe(json::value(*written)) : std::nullopt;
    }
    case Fn::kDateOfText:
      return parse_date(text) && text.front() <= '9' ? Maybe(json::value(text.substr(0, 10)))
                                                     : std::nullopt;
    default:
      return std::nullopt;
  }
}

// The decimal point moved: a multiplication would make 1998.9999999999998 of 19.99 and 2.
double shifted(double number, int power) {
  const std::string text = number_text(number);
  const std::size_t e = text.find('e');
  int exponent = power;
  if (e != std::string::npos) exponent += std::atoi(text.c_str() + e + 1);
  return std::strtod((text.substr(0, e) + "e" + std::to_string(exponent)).c_str(), nullptr);
}

// As toFixed() has it: what lies exactly half way goes away from zero, not to the even digit.
std::string fixed(double number, int decimals) {
  constexpr int kDigits = 80;  // all that a double has which is not far below a millionth
  if (std::abs(number) >= 1e21) return number_text(number);
  if (number == 0) number = 0;  // and not -0
  std::string text(400 + kDigits, '\0');
  text.resize(
      static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.*f", kDigits, number)));
  const std::size_t end = text.find('.') + 1 + static_cast<std::size_t>(decimals);
  const bool is_half = text[end] == '5' && text.find_first_not_of('0', end + 1) == text.npos;
  if (is_half) number = std::nextafter(number, number < 0 ? -HUGE_VAL : HUGE_VAL);
  text.resize(
      static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.*f", decimals, number)));
  return text;
}

Maybe of_number(const Call& call, double number) {
  switch (call.fn) {
    case Fn::kText:
      return json::value(number_text(number));
    case Fn::kNumber:
      return number_value(number);
    case Fn::kBoolean:
      return number == 1 || number == 0 ? Maybe(json::value(number == 1)) : std::nullopt;
    case Fn::kPadded:
      return padded(call, number_text(number));
    case Fn::kScale:
      return number_value(shifted(number, static_cast<int>(call.numbers[0])));
    case Fn::kTimes:
      return number_value(number * call.numbers[0]);
    case Fn::kRound: {
      const double unit = call.numbers.empty() ? 1 : std::pow(10, call.numbers[0]);
      return number_value(std::floor(number * unit + 0.5) / unit);
    }
    case Fn::kFloor:
      return number_value(std::floor(number));
    case Fn::kNegate:
      return number_value(-number);
    case Fn::kFixed:
      return json::value(fixed(number, static_cast<int>(call.numbers[0])));
    case Fn::kIsoOfSeconds:
      return iso(number, false);
    case Fn::kIsoOfMillis:
      return iso(number / 1000, false);
    case Fn::kShortIsoOfSeconds:
      return iso(number, true);
    case Fn::kDateOfSeconds:
      return date_of(number);
    case Fn::kDateOfMillis:
      return date_of(number / 1000);
    default:
      return std::nullopt;
  }
}

Maybe aggregate(Fn fn, const json::array& items) {
  double sum = 0;
  double least = 0;
  double most = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto number = number_of(items[i]);
    if (!number) return std::nullopt;
    sum += *number;
    least = i == 0 ? *number : std::min(least, *number);
    most = i == 0 ? *number : std::max(most, *number);
  }
  if (fn == Fn::kSum) return number_value(sum);
  if (items.empty()) return std::nullopt;
  if (fn == Fn::kMin) return number_value(least);
  return number_value(fn == Fn::kMax ? most : sum / static_cast<double>(items.size()));
}

Maybe joined(const json::array& items, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_scalar(items[i])) return std::nullopt;
    if (i > 0) text += between;
    if (!items[i].is_null()) text += text_of(items[i]);
  }
  return json::value(text);
}

json::array distinct(const json::array& items) {
  json::array kept;
  std::unordered_multimap<std::uint64_t, std::size_t> seen;  // places in `kept`, by hash
  for (const json::value& item : items) {
    const std::uint64_t hash = hash_of(item);
    const auto [from, to] = seen.equal_range(hash);
    if (std::any_of(from, to, [&](const auto& one) { return same(kept[one.second], item); }))
      continue;
    seen.emplace(hash, kept.size());
    kept.push_back(item);
  }
  return kept;
}

json::array flattened(const json::array& items) {
  json::array flat;
  for (const json::value& item : items) {
    if (item.is_array())
      flat.insert(flat.end(), item.get_array().begin(), item.get_array().end());
    else
      flat.push_back(item);
  }
  return flat;
}

// As JavaScript compares texts: by their UTF-16 units, in which what takes two of them comes before
// U+E000.
bool is_text_before(std::string_view a, std::string_view b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  if (at == a.end() || other == b.end()) return at == a.end() && other != b.end();
  const auto unit_order = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xf0 ? byte - 2 : byte >= 0xee ? byte + 0x10 : byte;
  };
  return unit_order(*at) < unit_order(*other);
}

Maybe of_array(const Call& call, const json::array& items) {
  switch (call.fn) {
    case Fn::kCount:
      return json::value(static_cast<std::int64_t>(items.size()));
    case Fn::kSum:
    case Fn::kMin:
    case Fn::kMax:
    case Fn::kAverage:
      return aggregate(call.fn, items);
    case Fn::kJoin:
      return joined(items, call.texts[0]);
    case Fn::kValues:
      return json::value(items);
    case Fn::kFirst:
      return items.empty() ? std::nullopt : Maybe(items.front());
    case Fn::kWrap:
      return json::value(items);
    case Fn::kFlatten:
      return json::value(flattened(items));
    case Fn::kDistinct:
      return json::value(distinct(items));
    case Fn::kCompact: {
      json::array kept;
      for (const json::value& item : items)
        if (!item.is_null()) kept.push_back(item);
      return json::value(std::move(kept));
    }
    case Fn::kReverse: {
      json::array reversed(items.rbegin(), items.rend());
      return json::value(std::move(reversed));
    }
    case Fn::kSorted: {
      json::array sorted = items;
      std::ranges::stable_sort(sorted, is_before);
      return json::value(std::move(sorted));
    }
    case Fn::kCollapse:
      if (items.empty()) return std::nullopt;
      return items.size() == 1 ? Maybe(items.front()) : Maybe(json::value(items));
    default:
      return std::nullopt;
  }
}

Maybe of_object(const Call& call, const json::object& object) {
  switch (call.fn) {
    case Fn::kCount:
      return json::value(static_cast<std::int64_t>(object.size()));
    case Fn::kKeys: {
      json::array keys;
      for (const std::string_view name : names_of(object)) keys.emplace_back(name);
      return json::value(std::move(keys));
    }
    case Fn::kValues: {
      json::array values;
      for (const std::string_view name : names_of(object)) values.push_back(object.at(name));
      return json::value(std::move(values));
    }
    case Fn::kFirst:
    case Fn::kCollapse:
      return json::value(object);
    case Fn::kWrap:
      return json::value(json::array{json::value(object)});
    default:
      return std::nullopt;
  }
}

Maybe of_boolean(const Call& call, bool value) {
  switch (call.fn) {
    case Fn::kText:
      return json::value(value ? "true" : "false");
    case Fn::kNumber:
      return json::value(value ? 1 : 0);
    case Fn::kBoolean:
      return json::value(value);
    case Fn::kNot:
      return json::value(!value);
    default:
      return std::nullopt;
  }
}

bool contains(const json::value* in, const json::value* what) {
  if (!in || !what) return false;
  if (in->is_array())
    return std::ranges::any_of(in->get_array(),
                               [&](const json::value& v) { return same(v, *what); });
  return in->is_string() && what->is_string() &&
         std::string_view(in->get_string()).contains(std::string_view(what->get_string()));
}

double number_or_nan(const json::value* value) {
  return value && is_number(*value) ? *number_of(*value) : std::nan("");
}

bool decide(Fn fn, std::span<const json::value* const> arguments) {
  const State state = state_of(arguments[0]);
  switch (fn) {
    case Fn::kIsPresent:
      return state != State::kMissing && state != State::kNull;
    case Fn::kIsMissing:
      return state == State::kMissing || state == State::kNull;
    case Fn::kIsTruthy:
      return is_truthy(state);
    case Fn::kIsFalsy:
      return !is_truthy(state);
    case Fn::kIsFilled:
      return state == State::kPresent;
    case Fn::kEquals:
      return same(arguments[0], arguments[1]);
    case Fn::kIsOneOf:
      return std::ranges::any_of(arguments.subspan(1), [&](const json::value* other) {
        return same(arguments[0], other);
      });
    // What is no number is none of these, as comparisons with nan have it.
    case Fn::kIsLess:
      return number_or_nan(arguments[0]) < number_or_nan(arguments[1]);
    case Fn::kIsAtMost:
      return number_or_nan(arguments[0]) <= number_or_nan(arguments[1]);
    case Fn::kIsMore:
      return number_or_nan(arguments[0]) > number_or_nan(arguments[1]);
    case Fn::kIsAtLeast:
      return number_or_nan(arguments[0]) >= number_or_nan(arguments[1]);
    default:
      return contains(arguments[0], arguments[1]);
  }
}

Maybe calculate(Fn fn, std::span<const json::value* const> arguments) {
  const double a = number_or_nan(arguments[0]);
  const double b = number_or_nan(arguments[1]);
  if (std::isnan(a) || std::isnan(b)) return std::nullopt;
  switch (fn) {
    case Fn::kAdd:
      return number_value(a + b);
    case Fn::kSubtract:
      return number_value(a - b);
    case Fn::kMultiply:
      return number_value(a * b);
    default:
      return b == 0 ? std::nullopt : Maybe(number_value(a / b));
  }
}

Maybe concat(const Call& call, std::span<const json::value* const> arguments) {
  std::string text;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    text += call.texts[i];
    const bool absent = !arguments[i] || arguments[i]->is_null();
    if (!absent && is_scalar(*arguments[i])) {
      text += text_of(*arguments[i]);
    } else if (!absent || call.fn == Fn::kConcat) {
      return std::nullopt;
    }
  }
  return json::value(text + call.texts.back());
}

}  // namespace

bool is_before(const json::value& a, const json::value& b) {
  const auto rank = [](const json::value& value) {
    return is_number(value) ? 0 : value.is_string() ? 1 : 2;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (rank(a) == 0) return *number_of(a) < *number_of(b);
  return rank(a) == 1 && is_text_before(a.get_string(), b.get_string());
}

std::string_view function_name(Fn fn) { return kNames[static_cast<std::size_t>(fn)]; }

bool is_predicate(Fn fn) {
  return (fn >= Fn::kIsPresent && fn <= Fn::kIsAtLeast) || fn == Fn::kContains;
}

Maybe perform(const Call& call, std::span<const json::value* const> arguments) {
  if (is_predicate(call.fn)) return json::value(decide(call.fn, arguments));
  if (call.fn == Fn::kConcat || call.fn == Fn::kConcatTotal) return concat(call, arguments);
  if (call.fn >= Fn::kAdd && call.fn <= Fn::kDivide) return calculate(call.fn, arguments);
  const json::value* value = arguments[0];
  if (call.fn == Fn::kWrap && (!value || value->is_null())) return json::value(json::array{});
  if (!value) return std::nullopt;
  switch (value->kind()) {
    case json::kind::null:
      return json::value(nullptr);
    case json::kind::bool_:
      if (call.fn == Fn::kFirst || call.fn == Fn::kCollapse) return *value;
      if (call.fn == Fn::kWrap) return json::value(json::array{*value});
      return of_boolean(call, value->get_bool());
    case json::kind::array:
      return of_array(call, value->get_array());
    case json::kind::object:
      return of_object(call, value->get_object());
    default:
      break;
  }
  if (call.fn == Fn::kFirst || call.fn == Fn::kCollapse) return *value;
  if (call.fn == Fn::kWrap) return json::value(json::array{*value});
  return value->is_string() ? of_text(call, value->get_string())
                            : of_number(call, *number_of(*value));
}

Maybe perform(Fn fn, const json::value& argument) {
  const json::value* arguments[] = {&argument};
  return perform(Call{.fn = fn}, arguments);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  const auto small = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto inside = [&](char c) {
    return small(c) || capital(c) || static_cast<unsigned char>(c) >= 0x80;
  };
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool ends = i == text.size() || !inside(text[i]);
    const bool turns = !ends && i > from && small(text[i - 1]) && capital(text[i]);
    if (!ends && !turns) continue;
    if (i > from) words.push_back(text.substr(from, i - from));
    from = ends ? i + 1 : i;
  }
  return words;
}

}  // namespace vouch::adapters
