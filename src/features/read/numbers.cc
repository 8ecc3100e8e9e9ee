#include "features/read/numbers.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

namespace vouch::features {

std::optional<double> number_in(std::string_view text) {
  std::string digits;
  bool ended = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    const bool inner = (c == '.' || c == ',') && !digits.empty() && i + 1 < text.size() &&
                       std::isdigit(static_cast<unsigned char>(text[i + 1]));
    if (digit || (inner && !ended)) {
      if (ended) return std::nullopt;
      digits += c;
    } else if (c == '-' && digits.empty() && i + 1 < text.size() &&
               std::isdigit(static_cast<unsigned char>(text[i + 1]))) {
      digits += c;
    } else if (!digits.empty()) {
      ended = true;
    }
  }
  if (digits.empty()) return std::nullopt;
  const std::size_t comma = digits.rfind(','), dot = digits.rfind('.');
  const bool comma_is_point =
      comma != std::string::npos &&
      (dot != std::string::npos ? comma > dot : digits.size() - comma - 1 != 3);
  const char group = comma_is_point ? '.' : ',';
  std::erase(digits, group);
  std::ranges::replace(digits, ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace vouch::features
