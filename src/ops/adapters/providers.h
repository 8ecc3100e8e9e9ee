// What is kept of providers, for who calls them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vouch::ops {

inline constexpr std::size_t kProviderSecretsMax = 20;
inline constexpr std::size_t kProviderSecretBytesMax = 4096;
inline constexpr std::size_t kProviderConfigBytesMax = std::size_t{16} * 1024;

// What a provider's secret is sealed for.
std::string provider_secret_context(std::string_view workspace_id, std::string_view provider,
                                    std::string_view name);

}  // namespace vouch::ops
