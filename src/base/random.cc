#include "base/random.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>

#include "base/result.h"

namespace vouch {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (unsigned char byte : bytes) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

std::string uuid_text(std::array<unsigned char, 16> bytes, int version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  std::string text = hex(bytes);
  for (std::size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
  return text;
}

}  // namespace

void SystemRandom::fill(std::span<unsigned char> bytes) {
  VOUCH_CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
}

std::string make_uuid(Random& random) {
  std::array<unsigned char, 16> bytes;
  random.fill(bytes);
  return uuid_text(bytes, 4);
}

std::string make_uuid_of_time(Random& random, TimeMs now) {
  std::array<unsigned char, 16> bytes;
  random.fill(bytes);
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(now >> (40 - 8 * i));
  return uuid_text(bytes, 7);
}

std::string make_base62(Random& random, std::size_t length) {
  constexpr unsigned kFair = 256 - 256 % 62;  // above it, a byte would favour the first characters
  std::string text;
  while (text.size() < length) {
    std::array<unsigned char, 64> bytes;
    random.fill(bytes);
    for (unsigned char byte : bytes) {
      if (byte < kFair && text.size() < length) text += kBase62[byte % 62];
    }
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned length = 0;
  VOUCH_CHECK(
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
  return hex({digest.data(), length});
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned length = 0;
  VOUCH_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                   reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                   digest.data(), &length) != nullptr);
  return hex({digest.data(), length});
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace vouch
