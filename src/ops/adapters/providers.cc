// Providers: the external systems, where they are, and the secrets they are called with.
#include "ops/adapters/providers.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/secrets.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"
#include "ops/rows.h"
#include "ops/variable_names.h"
#include "ops/wire.h"
#include "sandbox/egress.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using flat::answer;

constexpr std::string_view kProviders = "/api/v1/adapter-scripts/providers";
constexpr std::string_view kProvider = "/api/v1/adapter-scripts/providers/{provider}";

constexpr std::string_view kProviderBody = R"({
  "displayName": {"in": "body", "type": "string", "minLength": 1, "maxLength": 200,
    "description": "A name for people; the slug where absent."},
  "baseUrl": {"in": "body", "type": "string", "maxLength": 2000,
    "description": "The one address that its scripts may call. Absent: none."},
  "authKind": {"in": "body", "type": "string", "maxLength": 100,
    "description": "How it is signed in to, for people: apiKey, bearer, basic …"},
  "config": {"in": "body", "type": "object",
    "description": "What its scripts get as input.config."},
  "secrets": {"in": "body", "type": "object",
    "additionalProperties": {"type": ["string", "null"]},
    "description": "By name: apiKey, apiSecret, webhookUrl or others. They are kept encrypted and never shown; scripts see placeholders, of others than these three where `config` has ${name}. Those that are not named stay, unless baseUrl comes to be another server; null removes one."}})";

constexpr std::string_view kProviderShape = R"({"properties": {
  "slug": {"type": "string"}, "displayName": {"type": "string"}, "baseUrl": {"type": "string"},
  "authKind": {"type": "string"}, "config": {"type": "object"},
  "secrets": {"type": "array", "items": {"type": "string"}},
  "createdAt": {"type": "string"}, "updatedAt": {"type": "string"}}})";

std::string one() { return "{\"provider\": " + std::string(kProviderShape) + "}"; }

json::object to_json(const store::ProviderRow& row) {
  json::array secrets;
  for (const auto& secret : row.secrets) secrets.emplace_back(secret.key());
  return {{"slug", row.slug},
          {"displayName", row.display_name},
          {"baseUrl", row.base_url},
          {"authKind", row.auth_kind},
          {"config", row.config},
          {"secrets", std::move(secrets)},
          {"createdAt", to_utc(row.created_ms)},
          {"updatedAt", to_utc(row.updated_ms)}};
}

std::unexpected<Error> no_provider(const std::string& slug) {
  return fail(ErrorCode::kNotFound,
              "There is no provider `" + slug + "` in this workspace. GET " +
                  std::string(kProviders) + " lists those that there are; PUT makes one.",
              {{"member", "provider"}});
}

awaitable<Result<Answer>> list_providers(Services& services, const Call& call) {
  auto list = [workspace = call.principal.workspace_id,
               page = page_of(call)](const store::Tx& tx) -> Result<Answer> {
    VOUCH_TRY(auto rows, tx.list_providers(workspace, page));
    return flat::list_answer("providers", rows, to_json);
  };
  co_return co_await services.store.read(std::move(list));
}

awaitable<Result<Answer>> get_provider(Services& services, const Call& call) {
  auto get = [workspace = call.principal.workspace_id,
              slug = call.text("provider")](const store::Tx& tx) -> Result<Answer> {
    auto row = tx.find_provider(workspace, slug);
    if (!row) return no_provider(slug);
    return answer("Provider found.", {{"provider", to_json(*row)}});
  };
  co_return co_await services.store.read(std::move(get));
}

// The secrets that a call sets, sealed, and those that it removes: null.
Result<json::object> read_secrets(Services& services, const Call& call) {
  json::object sealed;
  if (!call.has("secrets")) return sealed;
  const std::string slug = call.text("provider");
  for (const auto& [key, value] : call.params.at("secrets").as_object()) {
    const std::string name(key), member = "secrets." + name;
    VOUCH_TRY_VOID(check_variable_name(member, name));
    if (value.is_null()) {
      sealed[name] = nullptr;
      continue;
    }
    const std::string text(value.as_string());
    if (text.size() < Secrets::kValueBytesMin || text.size() > kProviderSecretBytesMax) {
      return fail(ErrorCode::kInvalidRequest,
                  "`" + member + "` must have " + std::to_string(Secrets::kValueBytesMin) + " to " +
                      std::to_string(kProviderSecretBytesMax) + " bytes.",
                  {{"member", member}});
    }
    sealed[name] = services.vault.seal(
        text, provider_secret_context(call.principal.workspace_id, slug, name), services.random);
  }
  return sealed;
}

Result<store::ProviderRow> read_provider(const Call& call) {
  store::ProviderRow row;
  row.workspace_id = call.principal.workspace_id;
  row.slug = call.text("provider");
  VOUCH_TRY_VOID(flat::check_slug(row.slug));
  VOUCH_TRY(row.display_name,
            check_name("displayName", call.optional_text("displayName").value_or(row.slug)));
  row.base_url = call.text("baseUrl");
  if (!row.base_url.empty()) {
    VOUCH_TRY_VOID(check_site_url("baseUrl", row.base_url));
    if (row.base_url.contains('?') || row.base_url.contains('#')) {
      return fail(ErrorCode::kInvalidRequest, "`baseUrl` must have no query and no fragment.",
                  {{"member", "baseUrl"}});
    }
  }
  row.auth_kind = call.text("authKind");
  if (call.has("config")) row.config = call.params.at("config").as_object();
  if (json::serialize(row.config).size() > kProviderConfigBytesMax) {
    return fail(
        ErrorCode::kInvalidRequest,
        "`config` must have at most " + std::to_string(kProviderConfigBytesMax / 1024) + " KiB.",
        {{"member", "config"}});
  }
  return row;
}

// Secrets are for the server that they were given for.
bool is_another_server(const store::ProviderRow& before, const store::ProviderRow& after) {
  auto was = sandbox::Origin::parse(before.base_url), is = sandbox::Origin::parse(after.base_url);
  return is && (!was || *was != *is);
}

// What a provider had, and has no more: a call replaces all of it but its secrets.
std::string emptied(const store::ProviderRow& before, const store::ProviderRow& after) {
  std::string names;
  const auto add = [&](std::string_view name, bool was_there, bool is_there) {
    if (was_there && !is_there) names.append(names.empty() ? "" : ", ").append(name);
  };
  add("baseUrl", !before.base_url.empty(), !after.base_url.empty());
  add("authKind", !before.auth_kind.empty(), !after.auth_kind.empty());
  add("config", !before.config.empty(), !after.config.empty());
  return names.empty() ? "" : " It has lost what this call does not give: " + names + ".";
}

std::string names_of(const json::object& secrets) {
  std::string names;
  for (const auto& secret : secrets) {
    names.append(names.empty() ? "" : ", ").append(std::string_view(secret.key()));
  }
  return names;
}

Result<Answer> keep_provider(store::Tx& tx, store::ProviderRow row, const json::object& secrets) {
  auto before = tx.find_provider(row.workspace_id, row.slug);
  std::string message = before ? "Provider updated." : "Provider created.";
  if (before) {
    row.created_ms = before->created_ms;
    row.secrets = before->secrets;
    message += emptied(*before, row);
  }
  if (before && is_another_server(*before, row)) {
    for (const auto& given : secrets) row.secrets.erase(given.key());
    if (!row.secrets.empty()) {
      message += " It is at another server now: the secrets that were kept for it are removed (" +
                 names_of(row.secrets) + "). Send them anew if they are for that one.";
    }
    row.secrets.clear();
  }
  for (const auto& [name, sealed] : secrets) {
    if (sealed.is_null()) {
      row.secrets.erase(name);
    } else {
      row.secrets[name] = sealed;
    }
  }
  if (row.secrets.size() > kProviderSecretsMax) {
    return fail(ErrorCode::kConflict,
                "A provider has at most " + std::to_string(kProviderSecretsMax) +
                    " secrets. Remove one first.",
                {{"member", "secrets"}});
  }
  tx.put_provider(row);
  return answer(std::move(message), {{"provider", to_json(row)}});
}

awaitable<Result<Answer>> put_provider(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::ProviderRow row, read_provider(call));
  VOUCH_CO_TRY(json::object secrets, read_secrets(services, call));
  row.created_ms = row.updated_ms = services.clock.now_ms();
  auto put = [row, secrets](store::Tx& tx) { return keep_provider(tx, row, secrets); };
  co_return co_await change(services, call, std::move(put));
}

awaitable<Result<Answer>> delete_provider(Services& services, const Call& call) {
  auto remove = [workspace = call.principal.workspace_id,
                 slug = call.text("provider")](store::Tx& tx) -> Result<Answer> {
    store::AdapterJobFilter live{.provider = slug, .topic = "", .states = {}};
    live.states = {store::JobState::kQueued, store::JobState::kRunning, store::JobState::kWaiting};
    VOUCH_TRY(auto jobs, tx.list_adapter_jobs(workspace, live, {.limit = 1}));
    if (!jobs.items.empty()) {
      const std::int64_t id = jobs.items.front().id;
      return fail(ErrorCode::kConflict,
                  "Job " + std::to_string(id) + " works for this provider: cancel it first.",
                  {{"jobId", id}});
    }
    if (!tx.delete_provider(workspace, slug)) return no_provider(slug);
    return answer("Provider deleted, with all that was kept for it.");
  };
  co_return co_await change(services, call, std::move(remove));
}

}  // namespace

std::string provider_secret_context(std::string_view workspace_id, std::string_view provider,
                                    std::string_view name) {
  return std::string("provider/")
      .append(workspace_id)
      .append("/")
      .append(provider)
      .append("/")
      .append(name);
}

std::vector<Operation> provider_operations() {
  std::vector<Operation> rows;
  rows.push_back(flat::operation("list_providers", Method::kGet, kProviders,
                                 "The external systems whose payloads adapter scripts turn.",
                                 list_providers));
  rows.back().parameters = flat::list_parameters(kProviders);
  rows.back().result = flat::list_result("providers", kProviderShape);
  rows.back().command = "providers list";

  rows.push_back(flat::operation("get_provider", Method::kGet, kProvider,
                                 "A provider; of its secrets, the names.", get_provider));
  rows.back().result = flat::result(one());
  rows.back().command = "providers show <provider>";

  rows.push_back(flat::operation("put_provider", Method::kPut, kProvider,
                                 "Make a provider, or replace all that is said of it but its "
                                 "secrets.",
                                 put_provider));
  rows.back().parameters = parameters(kProvider, kProviderBody);
  rows.back().result = flat::result(one());
  rows.back().command = "providers put <provider>";

  rows.push_back(flat::operation("delete_provider", Method::kDelete, kProvider,
                                 "Delete a provider with its samples, documents, answers, "
                                 "scripts and ended jobs.",
                                 delete_provider));
  rows.back().command = "providers delete <provider>";
  return rows;
}

}  // namespace vouch::ops
