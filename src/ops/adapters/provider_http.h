// What scripts are given of their provider: its address, its configuration, placeholders in the
// place of its secrets, and context.http.
//
// context.http.get(url, headers) · post|put(url, body, headers) · delete(url, headers)
//   → {statusCode, body, headers}: the body is text, the headers' names are in lower case.
//   `url` is absolute or a path below the provider's base URL, the only thing that is reached,
//   under the operator's egress policy. A body that is no text is sent as JSON.
// context.http.getAll(url, headers) follows pages: a Link header with rel="next", or a member
//   `next`, `nextPage` or `links.next` with an address, which may be relative to the page's; the
//   body is the JSON text of all their items. An answer of 2xx that is no list and has not exactly
//   one is an error; one of another status is given as it is.
// context.http.getBatch([url or {url, headers}…], headers) asks all at once → a list.
//
// A secret's placeholder in an address, a header or a body becomes the secret in the server
// (encoded in an address, escaped in a body of JSON), and whatever comes back, errors too, has the
// placeholder in its place again: the sandbox never holds a secret. Where the script sends no
// Authorization, the provider's authKind adds one: `bearer` of apiKey, `basic` of apiKey and
// apiSecret.
//
// A placeholder is ${name:N}, where N is another random text in each call of an operation, and has
// it from `input` alone: whoever wrote a payload or an answer of the provider's cannot know it, so
// nothing that they say becomes a secret. What leaves the sandbox is without N: ${name}.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "adapters/draft/trial.h"
#include "base/secrets.h"
#include "ops/services.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr int kPagesMax = 20;          // of getAll
inline constexpr std::size_t kBatchMax = 20;  // of getBatch

struct ProviderAccess {
  store::AdapterOf of;
  std::optional<store::ProviderRow> row;  // empty: nothing is known of it, and nothing is reached
  SharedSecrets secrets;                  // by "name:N"; may be null
  std::string marker;                     // ":N"; empty where there are no secrets

  // Its `config` has placeholders where it says ${name} of a secret.
  adapters::draft::Caller caller() const;
  // ${name} of every secret as its placeholder. Only of what the operator wrote.
  std::string with_placeholders(std::string text) const;
};

// `nonce` is the N of its placeholders. kUnavailable: a secret cannot be opened.
Result<ProviderAccess> read_access(const store::Tx& tx, const Vault& vault,
                                   const store::AdapterOf& of, std::string_view nonce);
std::string make_nonce(Random& random);
// The provider's secrets by their names; null where it has none. kUnavailable: one cannot be
// opened.
Result<SharedSecrets> read_secrets(const store::Tx& tx, const Vault& vault,
                                   const store::AdapterOf& of);

// Empty where the provider has no address: context.http throws then.
script::HttpHandler provider_http(const Services& services,
                                  std::shared_ptr<const ProviderAccess> access);

// The same, answered from what was recorded: [{method, url, statusCode, body, headers}], where the
// method is GET and the status 200 unless said otherwise, and `url` is as a script may write it,
// with ${name} for a secret. What was not recorded is an error that says so. kInvalidRequest where
// a script could not reach such an address.
Result<script::HttpHandler> recorded_http(const boost::json::array& exchanges,
                                          std::shared_ptr<const ProviderAccess> access);

}  // namespace vouch::ops
