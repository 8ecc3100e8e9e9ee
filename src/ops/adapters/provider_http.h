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
// ${name} in an address, a header or a body becomes the secret of that name in the server (encoded
// in an address, escaped in a body of JSON), and whatever comes back, errors too, has ${name} in
// its place again: the sandbox never holds a secret. Where the script sends no Authorization, the
// provider's authKind adds one: `bearer` of apiKey, `basic` of apiKey and apiSecret.
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
  SharedSecrets secrets;                  // may be null

  adapters::draft::Caller caller() const;
};

// kUnavailable: a secret cannot be opened.
Result<ProviderAccess> read_access(const store::Tx& tx, const Vault& vault,
                                   const store::AdapterOf& of);

// Whether a payload has the placeholder of a secret, or a part of it. Whoever wrote it must not
// have the secret put there.
bool names_a_secret(const ProviderAccess& access, const boost::json::value& payload);

// Empty where the provider has no address: context.http throws then. `barred`: of each input of the
// run, in their order, whether its payload names_a_secret; it throws for those, too.
script::HttpHandler provider_http(const Services& services,
                                  std::shared_ptr<const ProviderAccess> access,
                                  std::vector<bool> barred);

// The same, answered from what was recorded: [{method, url, statusCode, body, headers}], where the
// method is GET and the status 200 unless said otherwise, and `url` is as a script may write it.
// What was not recorded is an error that says so. kInvalidRequest where a script could not reach
// such an address.
Result<script::HttpHandler> recorded_http(const boost::json::array& exchanges,
                                          std::shared_ptr<const ProviderAccess> access);

}  // namespace vouch::ops
