#include "http/target.h"

#include "base/utf8.h"

namespace vouch::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[at + 1]);
      const int low = hex_digit(text[at + 2]);
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      out += static_cast<char>(high << 4 | low);
      at += 2;
    } else {
      out += plus_is_space && text[at] == '+' ? ' ' : text[at];
    }
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::unexpected<Error> bad_target() {
  return fail(ErrorCode::kInvalidRequest,
              "The address is not well formed: percent-encode names as UTF-8.");
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  // A proxy's absolute form: what stands behind the host.
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    const std::size_t slash = text.find('/', scheme.size());
    text = slash == text.npos ? std::string_view("/") : text.substr(slash);
  }
  if (!text.starts_with('/')) return bad_target();
  text = text.substr(0, text.find('#'));
  const std::size_t mark = text.find('?');
  Target target;
  for (std::string_view part : split(text.substr(1, mark == text.npos ? mark : mark - 1), '/')) {
    auto segment = decode(part, false);
    if (!segment) return bad_target();
    target.segments.push_back(std::move(*segment));
  }
  if (mark == text.npos) return target;
  for (std::string_view pair : split(text.substr(mark + 1), '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), true);
    auto value = decode(equals == pair.npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value) return bad_target();
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

Route::Route(std::string_view pattern) {
  for (std::string_view part : split(pattern.substr(1), '/')) {
    Part parsed;
    parsed.is_name = part.starts_with('{');
    if (parsed.is_name) part = part.substr(1, part.size() - 2);
    parsed.takes_rest = part.ends_with("...");
    if (parsed.takes_rest) part.remove_suffix(3);
    parsed.text = part;
    parts_.push_back(std::move(parsed));
  }
}

std::optional<Route::Values> Route::match(const std::vector<std::string>& segments) const {
  Values values;
  for (std::size_t at = 0; at < parts_.size(); ++at) {
    const Part& part = parts_[at];
    if (at >= segments.size()) return std::nullopt;
    if (part.takes_rest) {
      std::string rest = segments[at];
      for (std::size_t i = at + 1; i < segments.size(); ++i) rest += "/" + segments[i];
      values.emplace_back(part.text, std::move(rest));
      return values;
    }
    if (part.is_name ? segments[at].empty() : segments[at] != part.text) return std::nullopt;
    if (part.is_name) values.emplace_back(part.text, segments[at]);
  }
  if (segments.size() != parts_.size()) return std::nullopt;
  return values;
}

}  // namespace vouch::http
