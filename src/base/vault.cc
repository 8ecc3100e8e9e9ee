#include "base/vault.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/base64.h"

namespace vouch {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::unexpected<Error> key_error(const std::string& file, const std::string& why) {
  return fail(ErrorCode::kUnavailable, "The key of the secrets, " + file + ", " + why);
}

bool write_and_sync(int fd, std::string_view text) {
  return ::write(fd, text.data(), text.size()) == ssize_t(text.size()) && fsync(fd) == 0;
}

// Whole or not at all, and there to stay: a key that was lost is worth all that it sealed.
Result<void> write_key(const std::string& file, std::string_view text) {
  const std::string part = file + ".part";
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = fd >= 0 && write_and_sync(fd, text) && rename(part.c_str(), file.c_str()) == 0;
  const std::string folder = std::filesystem::path(file).parent_path().string();
  const int folder_fd =
      written ? ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
              : -1;
  written = folder_fd >= 0 && fsync(folder_fd) == 0;
  const std::string why = written ? "" : strerror(errno);
  for (const int each : {fd, folder_fd}) {
    if (each >= 0) ::close(each);
  }
  if (written) return {};
  return key_error(file, "cannot be made: " + why + ".");
}

}  // namespace

Result<Vault> Vault::open(const std::string& file, Random& random) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  Key key;
  if (fd < 0) {
    if (errno != ENOENT) {
      return key_error(file, std::string("cannot be read: ") + strerror(errno) + ".");
    }
    random.fill(key);
    const std::string text =
        to_base64({reinterpret_cast<const char*>(key.data()), key.size()}) + "\n";
    VOUCH_TRY_VOID(write_key(file, text));
    return Vault(key);
  }
  std::string text(to_base64(std::string(kKeyBytes, '\0')).size(), '\0');
  const ssize_t count = ::read(fd, text.data(), text.size());
  ::close(fd);
  const auto bytes = from_base64(text);
  if (count != ssize_t(text.size()) || !bytes || bytes->size() != key.size()) {
    return key_error(file, "is not a key. Put back the one that this folder was kept with.");
  }
  std::memcpy(key.data(), bytes->data(), key.size());
  return Vault(key);
}

std::string Vault::seal(std::string_view plain, std::string_view context, Random& random) const {
  std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
  unsigned char* out = bytes_of(sealed);
  random.fill({out, kNonceBytes});
  const Context cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  VOUCH_CHECK(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), out) == 1 &&
              EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes_of(context),
                                static_cast<int>(context.size())) == 1 &&
              EVP_EncryptUpdate(cipher.get(), out + kNonceBytes, &length, bytes_of(plain),
                                static_cast<int>(plain.size())) == 1 &&
              EVP_EncryptFinal_ex(cipher.get(), out + kNonceBytes + length, &length) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                                  out + kNonceBytes + plain.size()) == 1);
  return to_base64(sealed);
}

Result<std::string> Vault::unseal(std::string_view sealed, std::string_view context) const {
  const std::unexpected<Error> refused =
      fail(ErrorCode::kUnavailable,
           "A secret cannot be opened: it was kept with another key. Put back the " +
               std::string(kVaultKeyFileName) + " of this folder, or set the secret again.");
  auto bytes = from_base64(sealed);
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return refused;
  const std::size_t size = bytes->size() - kNonceBytes - kTagBytes;
  std::string plain(size, '\0');
  const Context cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  const bool opened =
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key_.data(), bytes_of(*bytes)) ==
          1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes_of(context),
                        static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &length, bytes_of(*bytes) + kNonceBytes,
                        static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes,
                          bytes_of(*bytes) + kNonceBytes + size) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + length, &length) == 1;
  if (!opened) return refused;
  return plain;
}

}  // namespace vouch
