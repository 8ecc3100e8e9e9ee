#include "base/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include "base/result.h"

namespace vouch {
namespace {

constexpr TimeMs kStepMs = 30'000;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::size_t kDigits = 6;
constexpr std::size_t kKeyBytesMin = 10;  // as the shortest in use have; a password has rarely
constexpr std::string_view kPrefix = "totp:";

std::optional<std::string> from_base32(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '=' || c == '\n') continue;
    const std::size_t value =
        kAlphabet.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    if (value == kAlphabet.npos) return std::nullopt;
    bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xFFFF;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  if (bytes.size() < kKeyBytesMin) return std::nullopt;
  return bytes;
}

}  // namespace

std::string totp_name(std::string_view secret) { return std::string(kPrefix).append(secret); }

std::vector<std::string> totp_secrets_in(std::string_view text) {
  const std::string mark = "${" + std::string(kPrefix);
  std::vector<std::string> names;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::size_t end = text.find('}', at);
    if (end == text.npos) break;
    std::string name(text.substr(at, end - at));
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

// RFC 4226, 5.3, of the number of steps since the epoch.
std::optional<std::string> totp_code(std::string_view secret, TimeMs now) {
  const std::optional<std::string> key = from_base32(secret);
  if (!key) return std::nullopt;
  std::array<unsigned char, 8> counter;
  auto steps = static_cast<std::uint64_t>(now / kStepMs);
  for (std::size_t i = counter.size(); i > 0; steps >>= 8)
    counter[--i] = static_cast<unsigned char>(steps);
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned int length = 0;
  VOUCH_CHECK(HMAC(EVP_sha1(), key->data(), static_cast<int>(key->size()), counter.data(),
                   counter.size(), hash.data(), &length) != nullptr);
  const std::size_t at = hash[length - 1] & 0xF;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | hash[at + i];
  std::string code = std::to_string((number & 0x7FFFFFFF) % kCodes);
  return std::string(kDigits - code.size(), '0') + code;
}

}  // namespace vouch
