// Seals what must not stand on the disk as it is: AES-256-GCM (NIST SP 800-38D) under a key of its
// own file, with a new nonce each time. Who has the database without that file has nothing.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace vouch {

class Vault {
 public:
  // The key in `file`, which is made (readable by its owner only) where there is none.
  // kUnavailable: it cannot be read or made, or is not a key.
  static Result<Vault> open(const std::string& file, Random& random);

  // Base64. `context` says what it belongs to, and must be the same when it is opened: what was
  // sealed for one project does not open for another.
  std::string seal(std::string_view plain, std::string_view context, Random& random) const;
  // kUnavailable: sealed under another key or for another context, or changed since.
  Result<std::string> unseal(std::string_view sealed, std::string_view context) const;

 private:
  static constexpr std::size_t kKeyBytes = 32;
  using Key = std::array<unsigned char, kKeyBytes>;
  explicit Vault(const Key& key) : key_(key) {}
  Key key_;
};

inline constexpr const char* kVaultKeyFileName = "vault.key";

}  // namespace vouch
