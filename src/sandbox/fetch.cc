#include "sandbox/fetch.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

namespace vouch::sandbox {
namespace {

namespace asio = boost::asio;

constexpr long kConnectMs = 10'000;

struct FreeEasy {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One request while curl works on it.
struct Work {
  EgressPolicy& policy;
  const Origin& origin;
  const FetchLimits& limits;
  FetchResponse response;
  std::optional<Error> refusal;  // of the last address that was not allowed
  bool too_large = false;
};

asio::ip::address address_of(const curl_sockaddr& given) {
  if (given.family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&given.addr);
    return asio::ip::address_v4(ntohl(v4->sin_addr.s_addr));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&given.addr);
  asio::ip::address_v6::bytes_type bytes;
  std::copy_n(reinterpret_cast<const unsigned char*>(&v6->sin6_addr), bytes.size(), bytes.begin());
  return asio::ip::address_v6(bytes);
}

curl_socket_t open_socket(void* given, curlsocktype, curl_sockaddr* to) {
  auto& work = *static_cast<Work*>(given);
  if (to->family != AF_INET && to->family != AF_INET6) return CURL_SOCKET_BAD;
  auto allowed = work.policy.check_address(address_of(*to), work.origin.host, work.origin.port);
  if (!allowed) {
    work.refusal = std::move(allowed).error();
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* given) {
  auto& work = *static_cast<Work*>(given);
  if (work.response.body.size() + size * count > work.limits.body_bytes_max) {
    work.too_large = true;
    return 0;
  }
  work.response.body.append(data, size * count);
  return size * count;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* given) {
  auto& headers = static_cast<Work*>(given)->response.headers;
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) headers.clear();  // of an interim answer before
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return line.size();
  std::string name = lower_case(line.substr(0, colon));
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
  value = value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
  headers.emplace_back(std::move(name), value);
  return line.size();
}

Error error_of(const Work& work, CURLcode code, const char* text) {
  const std::string where = work.origin.to_string();
  if (work.refusal) return *work.refusal;
  if (work.too_large) {
    return {ErrorCode::kUnavailable, where + " answered with more than " +
                                         std::to_string(work.limits.body_bytes_max >> 20) +
                                         " MiB."};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return {ErrorCode::kUnavailable, where + " did not answer in time."};
  }
  const std::string why = text[0] != '\0' ? text : curl_easy_strerror(code);
  return {ErrorCode::kUnavailable, where + " cannot be reached: " + why + "."};
}

// Those that say where a request goes, where it ends, and what becomes of its connection (RFC 9110,
// 7.6.1, and 9112, 6): with them it could be read as two, or reach another site at that address.
constexpr std::string_view kOwnHeaders[] = {"host",
                                            "content-length",
                                            "transfer-encoding",
                                            "connection",
                                            "keep-alive",
                                            "proxy-connection",
                                            "proxy-authorization",
                                            "te",
                                            "trailer",
                                            "upgrade",
                                            "expect",
                                            "http2-settings"};

bool is_token(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || std::string_view("!#$%&'*+-.^_`|~").contains(c));
  });
}

Result<void> check_request(const FetchRequest& request) {
  for (const auto& [name, value] : request.headers) {
    const bool is_clean = std::ranges::none_of(
        value, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
    if (!is_token(name) || !is_clean) {
      return fail(ErrorCode::kInvalidRequest, "A header is malformed: " + name + ".");
    }
    const std::string lower = lower_case(name);
    if (std::ranges::find(kOwnHeaders, lower) != std::end(kOwnHeaders)) {
      return fail(ErrorCode::kInvalidRequest,
                  "The header " + name + " belongs to the connection, and cannot be set.");
    }
  }
  if (request.url.contains('\0')) return fail(ErrorCode::kInvalidRequest, "A NUL in an address.");
  return {};
}

Result<FetchResponse> perform(const FetchRequest& request, EgressPolicy& policy,
                              const FetchLimits& limits) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  VOUCH_CHECK(ready == CURLE_OK);
  VOUCH_TRY_VOID(check_request(request));
  VOUCH_TRY(Origin origin, Origin::parse(request.url));
  VOUCH_TRY_VOID(policy.check_origin(origin.scheme, origin.host, origin.port));
  Work work{policy, origin, limits, {}, {}, false};
  const std::unique_ptr<CURL, FreeEasy> owned(curl_easy_init());
  VOUCH_CHECK(owned);
  CURL* curl = owned.get();
  std::unique_ptr<curl_slist, FreeHeaders> headers;
  for (const auto& [name, value] : request.headers) {
    // An empty value is sent as one only with a semicolon (CURLOPT_HTTPHEADER).
    std::string line = name;
    value.empty() ? line.append(";") : line.append(": ").append(value);
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  }
  char problem[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "vouch");
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.ms_max.count()));
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, problem);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &work);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &work);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &work);
  if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK) {
    return std::unexpected(error_of(work, code, problem));
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  work.response.status = static_cast<int>(status);
  return std::move(work.response);
}

}  // namespace

Fetcher::~Fetcher() { threads_.join(); }

asio::awaitable<Result<FetchResponse>> Fetcher::fetch(FetchRequest request,
                                                      std::shared_ptr<EgressPolicy> policy,
                                                      FetchLimits limits) {
  auto work = [request = std::move(request), policy = std::move(policy),
               limits]() -> asio::awaitable<Result<FetchResponse>> {
    co_return perform(request, *policy, limits);
  };
  // A cancellation signal must not cross to another thread; `limits` bounds the wait.
  co_return co_await asio::co_spawn(
      threads_, std::move(work),
      asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable));
}

}  // namespace vouch::sandbox
