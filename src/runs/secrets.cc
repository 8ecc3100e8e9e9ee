#include "runs/secrets.h"

namespace vouch::runs {

std::string secret_context(std::string_view project_id, std::string_view name) {
  return std::string(project_id).append("/").append(name);
}

Result<SharedSecrets> read_secrets(const store::Tx& tx, const Vault& vault,
                                   std::string_view project_id) {
  std::map<std::string, std::string, std::less<>> values;
  for (const store::SecretRow& row : tx.list_secrets(project_id)) {
    VOUCH_TRY(values[row.name], vault.unseal(row.sealed, secret_context(project_id, row.name)));
  }
  if (values.empty()) return SharedSecrets();
  return std::make_shared<const Secrets>(std::move(values));
}

}  // namespace vouch::runs
