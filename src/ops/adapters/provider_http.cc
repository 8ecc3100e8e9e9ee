#include "ops/adapters/provider_http.h"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url.hpp>

#include "base/base64.h"
#include "base/json.h"
#include "base/utf8.h"
#include "ops/adapters/exchanges.h"
#include "ops/adapters/providers.h"
#include "ops/adapters/wire.h"

namespace vouch::ops {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::awaitable;
using sandbox::FetchRequest;
using sandbox::FetchResponse;

std::unexpected<Error> wrong(std::string message) {
  return fail(ErrorCode::kInvalidRequest, std::move(message));
}

std::unexpected<Error> too_much(const std::string& function) {
  return fail(ErrorCode::kPayloadTooLarge, "The answers to " + function + " have more than " +
                                               std::to_string(script::kHttpBytesMax >> 20) +
                                               " MiB in all. Ask for less at once.");
}

// What a script called a function with.
struct HttpArguments {
  std::string url;
  json::value body;
  json::object headers;
};

Result<json::object> headers_of(const json::array& arguments, std::size_t at) {
  if (arguments.size() <= at || arguments[at].is_null()) return json::object();
  if (!arguments[at].is_object()) return wrong("headers must be an object of texts.");
  return arguments[at].get_object();
}

Result<HttpArguments> read_arguments(const json::array& arguments, bool with_body) {
  HttpArguments read;
  if (arguments.empty() || !arguments[0].is_string()) return wrong("The address must be a text.");
  read.url = arguments[0].get_string();
  if (with_body && arguments.size() > 1) read.body = arguments[1];
  VOUCH_TRY(read.headers, headers_of(arguments, with_body ? 2 : 1));
  return read;
}

std::string as_json(const std::string& value) {
  const std::string quoted = json::serialize(json::string(value));
  return quoted.substr(1, quoted.size() - 2);
}

std::string as_url(const std::string& value) {
  return boost::urls::encode(value, boost::urls::unreserved_chars);
}

std::string as_it_is(const std::string& value) { return value; }

std::string upper_method(const std::string& function) {
  if (function == "getAll" || function == "getBatch") return "GET";
  return boost::algorithm::to_upper_copy(function);
}

// "https://…": an address of its own. A path may have "://" too, in its query.
bool has_scheme(std::string_view url) {
  const std::size_t end = url.find("://");
  return end != url.npos && url.find_first_of("/?#") > end;
}

// The address, absolute, of a path below `base` or of an address that is below it already. What is
// told of it is as the script wrote it, without its secrets.
Result<std::string> below(const std::string& base_url, const std::string& url,
                          const std::string& written) {
  auto base = boost::urls::parse_uri(base_url);
  if (!base) return wrong("The provider's base URL is no address.");
  const bool is_whole = has_scheme(url);
  std::string text = url;
  if (!is_whole) {
    std::string stem = base_url;
    while (stem.ends_with('/')) stem.pop_back();
    text = stem + (url.starts_with('/') || url.starts_with('?') || url.empty() ? "" : "/") + url;
  }
  auto parsed = boost::urls::parse_uri(text);
  if (!parsed) return wrong("\"" + written + "\" is no address.");
  boost::urls::url whole(*parsed);
  boost::urls::url limit(*base);
  // Not the query: what is encoded there, as a secret's "&", stays so.
  for (boost::urls::url* each : {&whole, &limit})
    each->normalize_scheme().normalize_authority().normalize_path();
  whole.remove_fragment();
  std::string_view prefix = limit.encoded_path();
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  const std::string_view path = whole.encoded_path();
  const bool is_below =
      path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
  auto origin = sandbox::Origin::parse(base_url);
  auto wanted = sandbox::Origin::parse(whole.buffer());
  if (origin && wanted && *origin == *wanted && is_below && !whole.has_userinfo()) {
    return std::string(whole.buffer());
  }
  return fail(ErrorCode::kForbidden,
              "context.http reaches only the provider's base URL, and not \"" + written + "\".");
}

std::string header_of(const FetchResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

// The address in a Link header with rel="next" (RFC 8288); empty: there is none.
std::string next_link(std::string_view header) {
  while (!header.empty()) {
    const std::size_t open = header.find('<'), close = header.find('>');
    if (open == header.npos || close == header.npos || close < open) return "";
    const std::string_view url = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const std::string_view rest = header.substr(0, header.find('<'));
    if (rest.contains("rel=\"next\"") || rest.contains("rel=next")) return std::string(url);
  }
  return "";
}

std::string next_member(const json::value& body) {
  const json::object* object = body.if_object();
  if (object == nullptr) return "";
  if (const json::value* links = object->if_contains("links"); links && links->is_object()) {
    if (std::string next = next_member(*links); !next.empty()) return next;
  }
  for (const char* name : {"next", "nextPage"}) {
    const json::value* next = object->if_contains(name);
    if (next != nullptr && next->is_string()) return std::string(next->get_string());
  }
  return "";
}

// The items of a page: the body itself, or the one list in it; null: it has no such list.
const json::array* items_of(const json::value& body) {
  if (const json::array* items = body.if_array()) return items;
  const json::array* found = nullptr;
  if (const json::object* object = body.if_object()) {
    for (const auto& member : *object) {
      const json::array* items = member.value().if_array();
      if (items == nullptr) continue;
      if (found != nullptr) return nullptr;
      found = items;
    }
  }
  return found;
}

// Every placeholder as its secret, written as `write` has it.
std::string filled(const SharedSecrets& secrets, std::string text,
                   std::string (*write)(const std::string&)) {
  if (!secrets) return text;
  for (const auto& [name, value] : secrets->values()) {
    boost::algorithm::replace_all(text, "${" + name + "}", write(value));
  }
  return text;
}

Result<std::string> address_of(const ProviderAccess& access, const std::string& written) {
  return below(access.row->base_url, filled(access.secrets, written, as_url), written);
}

// What a page at `at` calls the next one, as an address: relative to its own (RFC 3986, 5), or
// below the base URL where that leads elsewhere.
std::string next_address(const ProviderAccess& access, const std::string& at,
                         const std::string& next) {
  const auto page = address_of(access, at);
  const auto reference = boost::urls::parse_uri_reference(next);
  if (!page || !reference) return next;
  boost::urls::url whole(*page);
  if (!whole.resolve(*reference)) return next;
  const std::string resolved(whole.buffer());
  return below(access.row->base_url, resolved, next) ? resolved : next;
}

// To the provider, or to what was recorded of it.
using Send = std::function<awaitable<Result<FetchResponse>>(FetchRequest)>;

class ProviderHttp : public std::enable_shared_from_this<ProviderHttp> {
 public:
  ProviderHttp(std::shared_ptr<const ProviderAccess> access, Send send)
      : access_(std::move(access)), send_(std::move(send)) {}

  awaitable<Result<std::string>> answer(script::HttpCall call) {
    const auto self = shared_from_this();
    auto answered = co_await perform(std::move(call));
    if (answered) co_return answered;
    // The script may tell it to anybody.
    co_return fail(answered.error().code, redacted(access_->secrets, answered.error().message));
  }

 private:
  awaitable<Result<std::string>> perform(script::HttpCall call) {
    VOUCH_CO_TRY(const json::array arguments, arguments_of(call));
    if (call.function == "getBatch") co_return co_await batch(arguments);
    const bool with_body = call.function == "post" || call.function == "put";
    VOUCH_CO_TRY(HttpArguments wanted, read_arguments(arguments, with_body));
    if (call.function == "getAll") co_return co_await all_pages(std::move(wanted));
    VOUCH_CO_TRY(FetchResponse response,
                 co_await send(upper_method(call.function), std::move(wanted)));
    co_return json::serialize(shown(response));
  }

  std::string secret(std::string_view name) const {
    if (!access_->secrets) return "";
    const auto& values = access_->secrets->values();
    auto found = values.find(std::string(name) + access_->marker);
    return found == values.end() ? "" : found->second;
  }

  void sign_in(FetchRequest& request) const {
    for (const auto& [name, value] : request.headers) {
      if (boost::algorithm::to_lower_copy(name) == "authorization") return;
    }
    const std::string kind = boost::algorithm::to_lower_copy(access_->row->auth_kind);
    if (kind == "bearer" && !secret("apiKey").empty()) {
      request.headers.emplace_back("Authorization", "Bearer " + secret("apiKey"));
    }
    if (kind == "basic" && !secret("apiKey").empty()) {
      request.headers.emplace_back(
          "Authorization", "Basic " + to_base64(secret("apiKey") + ":" + secret("apiSecret")));
    }
  }

  awaitable<Result<FetchResponse>> send(std::string method, HttpArguments wanted) {
    FetchRequest request;
    request.method = std::move(method);
    VOUCH_CO_TRY(request.url, address_of(*access_, wanted.url));
    bool has_type = false;
    for (const auto& [name, value] : wanted.headers) {
      if (!value.is_string() && !value.is_number()) {
        co_return wrong("The header " + std::string(name) + " must be a text.");
      }
      has_type |= boost::algorithm::to_lower_copy(std::string(name)) == "content-type";
      request.headers.emplace_back(
          name, filled(access_->secrets,
                       value.is_string() ? std::string(value.get_string()) : json::serialize(value),
                       as_it_is));
    }
    if (wanted.body.is_string()) {
      const std::string text(wanted.body.get_string());
      request.body = filled(access_->secrets, text, parse_json(text) ? as_json : as_it_is);
    } else if (!wanted.body.is_null()) {
      request.body = filled(access_->secrets, json::serialize(wanted.body), as_json);
      if (!has_type) request.headers.emplace_back("Content-Type", "application/json");
    }
    sign_in(request);
    auto response = co_await send_(std::move(request));
    if (response && !is_utf8(response->body)) {
      co_return fail(ErrorCode::kUnavailable, "The provider's answer is no text in UTF-8.");
    }
    co_return response;
  }

  json::object shown(const FetchResponse& response) const {
    json::object headers;
    for (const auto& [name, value] : response.headers) {
      if (is_utf8(value)) headers[name] = redacted(access_->secrets, value);
    }
    return {{"statusCode", response.status},
            {"body", redacted(access_->secrets, response.body)},
            {"headers", std::move(headers)}};
  }

  awaitable<Result<std::string>> all_pages(HttpArguments wanted) {
    json::array items;
    FetchResponse response;
    std::size_t bytes = 0;
    for (int page = 0; page < kPagesMax; ++page) {
      VOUCH_CO_TRY(response, co_await send("GET", wanted));
      if (response.status / 100 != 2) co_return json::serialize(shown(response));
      bytes += response.body.size();
      if (bytes > script::kHttpBytesMax) co_return too_much("getAll");
      const auto body = parse_json(response.body);
      const json::array* found = body ? items_of(*body) : nullptr;
      if (found == nullptr) {
        const std::string name = "Page " + std::to_string(page + 1) + " of getAll ";
        co_return wrong(name + (body ? "has no list of items, or more than one: use get."
                                     : "is no JSON (" + body.error().message + ")."));
      }
      items.insert(items.end(), found->begin(), found->end());
      std::string next = next_link(header_of(response, "link"));
      if (next.empty()) next = next_member(*body);
      if (next.empty()) {
        response.body = json::serialize(items);
        co_return json::serialize(shown(response));
      }
      wanted.url = next_address(*access_, wanted.url, next);
    }
    co_return wrong("There are more than " + std::to_string(kPagesMax) +
                    " pages. Ask for larger ones.");
  }

  awaitable<Result<std::string>> batch(const json::array& arguments) {
    if (arguments.empty() || !arguments[0].is_array()) co_return wrong("getBatch takes a list.");
    const json::array& list = arguments[0].get_array();
    if (list.size() > kBatchMax) {
      co_return wrong("getBatch asks for at most " + std::to_string(kBatchMax) + " at once.");
    }
    VOUCH_CO_TRY(json::object common, headers_of(arguments, 1));
    const auto executor = co_await asio::this_coro::executor;
    const auto bytes = std::make_shared<std::size_t>(0);
    const auto ask = [this, bytes](HttpArguments one) -> awaitable<Result<FetchResponse>> {
      if (*bytes > script::kHttpBytesMax) co_return too_much("getBatch");
      VOUCH_CO_TRY(FetchResponse response, co_await send("GET", std::move(one)));
      *bytes += response.body.size();
      if (*bytes > script::kHttpBytesMax) co_return too_much("getBatch");
      co_return response;
    };
    using Op = decltype(asio::co_spawn(executor, ask(HttpArguments()), asio::deferred));
    std::vector<Op> asked;
    for (const json::value& each : list) {
      HttpArguments one{.headers = common};
      const json::object* object = each.if_object();
      const json::value* url = object != nullptr ? object->if_contains("url") : &each;
      if (url == nullptr || !url->is_string()) co_return wrong("Each must name its address.");
      one.url = url->get_string();
      const json::value* own = object != nullptr ? object->if_contains("headers") : nullptr;
      for (const auto& [name, value] :
           own && own->is_object() ? own->get_object() : json::object()) {
        one.headers[name] = value;
      }
      asked.push_back(asio::co_spawn(executor, ask(std::move(one)), asio::deferred));
    }
    if (asked.empty()) co_return std::string("[]");
    auto [order, thrown, responses] =
        co_await asio::experimental::make_parallel_group(std::move(asked))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    json::array answers;
    for (std::size_t i = 0; i < responses.size(); ++i) {
      if (thrown[i]) std::rethrow_exception(thrown[i]);
      VOUCH_CO_TRY(FetchResponse response, std::move(responses[i]));
      answers.push_back(shown(response));
    }
    co_return json::serialize(answers);
  }

  const std::shared_ptr<const ProviderAccess> access_;
  const Send send_;
};

script::HttpHandler handler_of(std::shared_ptr<const ProviderAccess> access, Send send) {
  auto http = std::make_shared<ProviderHttp>(std::move(access), std::move(send));
  return [http](script::HttpCall call) { return http->answer(std::move(call)); };
}

struct Recorded {
  std::string method, url;
  FetchResponse response;
};

Result<Recorded> read_recorded(const json::object& exchange, const ProviderAccess& access) {
  Recorded recorded{.method = "GET"};
  const std::string url(exchange.at("url").as_string());
  VOUCH_TRY(recorded.url, address_of(access, access.with_placeholders(url)));
  recorded.response.status = 200;
  if (const json::value* method = exchange.if_contains("method")) {
    recorded.method = boost::algorithm::to_upper_copy(std::string(method->as_string()));
  }
  if (const json::value* status = exchange.if_contains("statusCode")) {
    recorded.response.status = status->to_number<int>();
  }
  if (const json::value* body = exchange.if_contains("body"))
    recorded.response.body = access.with_placeholders(flat::json_text(*body));
  if (const json::value* headers = exchange.if_contains("headers")) {
    for (const auto& [name, value] : headers->as_object()) {
      recorded.response.headers.emplace_back(boost::algorithm::to_lower_copy(std::string(name)),
                                             access.with_placeholders(flat::json_text(value)));
    }
  }
  return recorded;
}

}  // namespace

std::string ProviderAccess::with_placeholders(std::string text) const {
  if (!row) return text;
  for (const auto& secret : row->secrets) {
    const std::string name(secret.key());
    boost::algorithm::replace_all(text, "${" + name + "}", "${" + name + marker + "}");
  }
  return text;
}

adapters::draft::Caller ProviderAccess::caller() const {
  adapters::draft::Caller caller;
  caller.provider = of.provider;
  if (!row) return caller;
  const auto placeholder = [&](const char* name) -> std::string {
    return row->secrets.contains(name) ? "${" + std::string(name) + marker + "}" : "";
  };
  caller.base_url = row->base_url;
  caller.api_key = placeholder("apiKey");
  caller.api_secret = placeholder("apiSecret");
  caller.webhook_url = placeholder("webhookUrl");
  caller.config = parse_kept(with_placeholders(json::serialize(row->config))).as_object();
  return caller;
}

std::string make_nonce(Random& random) {
  constexpr std::size_t kLength = 22;  // of 62 characters: 131 bits
  return make_base62(random, kLength);
}

namespace {

// By their names with `marker` behind them.
Result<SharedSecrets> opened(const store::ProviderRow& row, const Vault& vault,
                             const std::string& marker) {
  std::map<std::string, std::string, std::less<>> values;
  for (const auto& [name, sealed] : row.secrets) {
    VOUCH_TRY(values[std::string(name) + marker],
              vault.unseal(sealed.as_string(),
                           provider_secret_context(row.workspace_id, row.slug, name)));
  }
  return std::make_shared<const Secrets>(std::move(values));
}

}  // namespace

Result<SharedSecrets> read_secrets(const store::Tx& tx, const Vault& vault,
                                   const store::AdapterOf& of) {
  const auto row = tx.find_provider(of.workspace_id, of.provider);
  if (!row || row->secrets.empty()) return SharedSecrets();
  return opened(*row, vault, "");
}

Result<ProviderAccess> read_access(const store::Tx& tx, const Vault& vault,
                                   const store::AdapterOf& of, std::string_view nonce) {
  ProviderAccess access{of, tx.find_provider(of.workspace_id, of.provider), nullptr, ""};
  if (!access.row || access.row->secrets.empty()) return access;
  access.marker = ":" + std::string(nonce);
  VOUCH_TRY(access.secrets, opened(*access.row, vault, access.marker));
  return access;
}

script::HttpHandler provider_http(const Services& services,
                                  std::shared_ptr<const ProviderAccess> access) {
  if (!access->row || access->row->base_url.empty()) return {};
  auto origin = sandbox::Origin::parse(access->row->base_url);
  if (!origin) return {};
  sandbox::EgressOptions egress;
  egress.origins = {*origin};
  egress.allow_loopback = services.scripts.allow_loopback;
  egress.allow_private = services.scripts.allow_private;
  Send send = [&fetcher = services.scripts.fetcher,
               policy = std::make_shared<sandbox::EgressPolicy>(std::move(egress))](
                  FetchRequest request) { return fetcher.fetch(std::move(request), policy); };
  return handler_of(std::move(access), std::move(send));
}

Result<script::HttpHandler> recorded_http(const json::array& exchanges,
                                          std::shared_ptr<const ProviderAccess> access) {
  if (!access->row || access->row->base_url.empty()) return script::HttpHandler();
  std::vector<Recorded> recorded;
  for (const json::value& exchange : exchanges) {
    auto read = read_recorded(exchange.as_object(), *access);
    if (!read) {
      const std::string member = "exchanges[" + std::to_string(recorded.size()) + "].url";
      return fail(ErrorCode::kInvalidRequest, "`" + member + "`: " + read.error().message,
                  {{"member", member}});
    }
    recorded.push_back(*std::move(read));
  }
  Send send = [recorded = std::move(recorded), base = access->row->base_url](
                  FetchRequest request) -> awaitable<Result<FetchResponse>> {
    const auto found = std::ranges::find_if(recorded, [&](const Recorded& each) {
      return each.method == request.method && each.url == request.url;
    });
    if (found != recorded.end()) co_return found->response;
    const std::string place =
        request.url.starts_with(base) ? request.url.substr(base.size()) : request.url;
    std::string message = "No exchange was recorded for ";
    message.append(request.method).append(" ").append(place);
    message += ": nothing is asked of providers in tests.";
    co_return fail(ErrorCode::kNotFound, std::move(message));
  };
  return handler_of(std::move(access), std::move(send));
}

}  // namespace vouch::ops
