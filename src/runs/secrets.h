// A project's secrets: kept sealed, opened for a job that needs them.
#pragma once

#include <string>
#include <string_view>

#include "base/secrets.h"
#include "base/vault.h"
#include "store/tx.h"

namespace vouch::runs {

inline constexpr std::size_t kSecretsMax = 100;  // of a project
inline constexpr std::size_t kSecretBytesMax = 4096;
// Of a saved sign-in (base/storage_state.h), and of a project's values in all: they are handed to
// the runner in its environment, where one may have 128 KiB.
inline constexpr std::size_t kStorageStateBytesMax = 64 * 1024;
inline constexpr std::size_t kSecretsBytesMax = 512 * 1024;

// What a secret is sealed for: of this project, under this name.
std::string secret_context(std::string_view project_id, std::string_view name);

// All of a project; null where it has none. kUnavailable: one cannot be opened with this vault.
Result<SharedSecrets> read_secrets(const store::Tx& tx, const Vault& vault,
                                   std::string_view project_id);

}  // namespace vouch::runs
