// Randomness and what is derived from it: ids, keys, hashes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace vouch {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> bytes) = 0;  // any thread
};

// The operating system's generator (OpenSSL's RAND_bytes).
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

// A random (version 4) UUID in lower-case text form.
std::string make_uuid(Random& random);
// One that begins with the time (version 7 of RFC 9562), so that an index of many grows at its end.
std::string make_uuid_of_time(Random& random, TimeMs now);
// `length` characters of [0-9A-Za-z], uniformly.
std::string make_base62(Random& random, std::size_t length);
// Lower-case hexadecimal SHA-256 of `bytes`; HMAC-SHA-256 likewise.
std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
// Compares in constant time where the lengths are equal.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace vouch
