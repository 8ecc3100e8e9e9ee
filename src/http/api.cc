#include "http/api.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>
#include <exception>

#include "base/json.h"
#include "http/call.h"
#include "http/wire.h"
#include "ops/adapters/wire.h"
#include "ops/change.h"

namespace vouch::http {
namespace json = boost::json;
namespace asio = boost::asio;
namespace {

constexpr std::size_t kRequestIdBytesMax = 64;

bool is_request_id(std::string_view id) {
  return !id.empty() && id.size() <= kRequestIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-' || c == '_' || c == '.';
         });
}

Response json_response(int status, const json::value& body) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = json_text(body);
  return response;
}

// "api.example.test:8080" → "api.example.test"; "[::1]:8080" → "[::1]".
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool has_tag(std::string_view list, std::string_view tag) {
  if (list == "*") return true;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    list = comma == list.npos ? std::string_view() : list.substr(comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == tag) return true;
  }
  return false;
}

void add_tag(Response& response) {
  response.headers.emplace_back("ETag", "\"" + sha256_hex(response.body).substr(0, 32) + "\"");
  response.headers.emplace_back("Cache-Control", "private, no-cache");
}

// The client may have it already.
void leave_out_known(const Request& request, Response& response) {
  auto known = request.header("if-none-match");
  auto tag = response.header("etag");
  if (!known || !tag || !has_tag(*known, *tag)) return;
  response.status = 304;
  response.body.clear();
  std::erase_if(response.headers, [](const Header& h) { return h.first == "Content-Type"; });
}

Response answer_response(ops::Answer answer) {
  Response response;
  if (answer.file && answer.file->content) {
    response.status = answer.status;
    response.body = std::move(*answer.file->content);
    add_file_headers(response, *answer.file);
  } else if (answer.events || answer.lines || answer.file || answer.status == 204) {
    response.status = answer.status;
    response.events = std::move(answer.events);
    response.lines = std::move(answer.lines);
    response.file = std::move(answer.file);
  } else {
    response = json_response(answer.status, answer.body);
  }
  if (!answer.location.empty()) response.headers.emplace_back("Location", answer.location);
  if (answer.retry_after) {
    response.headers.emplace_back("Retry-After", std::to_string(answer.retry_after->count()));
  }
  return response;
}

// Whether its text has Aside::kBytesMin or more, roughly; looks at no more of it than that.
class Weight {
 public:
  static bool is_large(const json::value& value) {
    Weight weight;
    weight.add(value);
    return weight.bytes_ >= ops::Aside::kBytesMin;
  }

 private:
  void add(const json::value& value) {
    bytes_ += 8;
    if (const json::string* text = value.if_string()) bytes_ += text->size();
    if (const json::array* items = value.if_array()) {
      for (auto item = items->begin(); item != items->end() && is_small(); ++item) add(*item);
    }
    if (const json::object* object = value.if_object()) {
      for (auto each = object->begin(); each != object->end() && is_small(); ++each) {
        bytes_ += each->key().size();
        add(each->value());
      }
    }
  }
  bool is_small() const { return bytes_ < ops::Aside::kBytesMin; }

  std::size_t bytes_ = 0;
};

std::string joined(const std::vector<std::string>& methods) {
  std::string text;
  for (const std::string& method : methods) text += (text.empty() ? "" : ", ") + method;
  return text;
}

}  // namespace

namespace {

json::object error_body(const Error& error, ops::Dialect dialect) {
  json::object body;
  if (dialect == ops::Dialect::kOps) {
    body["error"] = to_string(error.code);
    body["message"] = error.message;
    if (!error.details.empty()) body["details"] = error.details;
    return body;
  }
  body["error"] = ops::flat::error_json(error);
  return body;
}

// Of what no row answers for.
ops::Dialect dialect_of(std::string_view target) {
  const bool adapters = target.starts_with(ops::kAdapterScripts) || target.starts_with(ops::kAuth);
  return adapters ? ops::Dialect::kAdapters : ops::Dialect::kOps;
}

}  // namespace

Response error_response(const Error& error, ops::Dialect dialect) {
  Response response = json_response(http_status(error.code), error_body(error, dialect));
  if (error.code == ErrorCode::kUnauthorized) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"vouch\"");
  }
  if (error.code == ErrorCode::kRateLimited) response.headers.emplace_back("Retry-After", "1");
  return response;
}

Api::Api(ops::Services& services, ApiOptions options)
    : services_(services),
      options_(std::move(options)),
      rate_limit_(options_.requests_per_second_max) {
  for (ops::Operation& operation : ops::operations()) {
    Route route(operation.route);
    ops::Schema schema(operation.parameters);
    rows_.push_back({std::move(operation), std::move(route), std::move(schema)});
  }
}

Api::Match Api::find(const Request& request, const Target& target) const {
  std::string_view method = request.method;
  if (method == "HEAD") method = "GET";
  Match match;
  for (const Row& row : rows_) {
    const ops::Surfaces surface = request.local_admin ? ops::kAdminSocket : ops::kRest;
    if ((row.operation.surfaces & surface) == 0) continue;
    auto path = row.route.match(target.segments);
    if (!path) continue;
    if (to_string(row.operation.method) == method) {
      match.row = &row;
      match.path = std::move(*path);
      return match;
    }
    match.allowed.emplace_back(to_string(row.operation.method));
    if (row.operation.method == ops::Method::kGet) match.allowed.emplace_back("HEAD");
  }
  return match;
}

// There is no such path, or it does not take this method.
Response Api::without_operation(const Request& request, const Match& match) {
  const ops::Dialect dialect = dialect_of(request.target);
  if (match.allowed.empty()) {
    return error_response(
        {ErrorCode::kNotFound, "There is nothing at this address. Check the method and the path."},
        dialect);
  }
  std::vector<std::string> allowed = match.allowed;
  allowed.emplace_back("OPTIONS");
  Response response;
  if (request.method == "OPTIONS") {
    response.status = 204;
  } else {
    response = error_response(
        {ErrorCode::kMethodNotAllowed, "This address takes " + joined(allowed) + "."}, dialect);
  }
  response.headers.emplace_back("Allow", joined(allowed));
  return response;
}

Result<void> Api::check_host(const Request& request) const {
  if (options_.hosts.empty() || request.local_admin) return {};
  std::string_view host = host_name(request.header("host").value_or(""));
  for (const std::string& ours : options_.hosts) {
    if (equal_ignoring_case(host, ours)) return {};
  }
  return fail(ErrorCode::kForbidden,
              "This server is not known as \"" + std::string(host) +
                  "\". Use localhost, or start it with --listen on an address of its own.");
}

asio::awaitable<Result<ops::Principal>> Api::principal_of(const Request& request,
                                                          const ops::Operation& operation) {
  ops::Principal principal;
  if (request.local_admin) {
    principal.scopes = {ops::Scope::kAdmin};
    co_return principal;
  }
  if (operation.scope == ops::Scope::kNone) co_return principal;
  auto known = co_await services_.keys.authenticate(read_key(request, operation.dialect));
  if (!known && operation.dialect == ops::Dialect::kAdapters &&
      known.error().code == ErrorCode::kUnauthorized) {
    known.error().message = "A valid API key is required (X-Api-Key: tvb_…).";
  }
  VOUCH_CO_TRY(principal, std::move(known));
  if (!rate_limit_.take(principal.key_id, services_.clock.now_ms())) {
    co_return fail(ErrorCode::kRateLimited,
                   "This key makes more than " + std::to_string(options_.requests_per_second_max) +
                       " requests a second. Wait a second, and wait for jobs with Prefer: wait "
                       "instead of asking again and again.");
  }
  if (!principal.may(operation.scope)) {
    const std::string scope(to_string(operation.scope));
    co_return fail(ErrorCode::kForbidden, "This key lacks the scope `" + scope + "`.",
                   {{"scope", scope}});
  }
  co_return principal;
}

asio::awaitable<Result<ops::Call>> Api::make_call(const Request& request, const Target& target,
                                                  const Match& match) {
  const ops::Operation& operation = match.row->operation;
  ops::Call call;
  call.operation = operation.name;
  VOUCH_CO_TRY(call.principal, co_await principal_of(request, operation));
  VOUCH_CO_TRY(call.params, read_params(operation, match.path, target, request));
  const json::value params(call.params);
  // Of lines, there is the path alone.
  if (request.lines == nullptr) VOUCH_CO_TRY_VOID(match.row->schema.check(params));
  VOUCH_CO_TRY(call.idempotency, read_idempotency(request));
  if (operation.waits) call.wait = read_wait(request);
  if (operation.streaming) call.last_event_id = read_last_event_id(request);
  call.base_url = read_base_url(request);
  call.lines = request.lines;
  co_return call;
}

Response Api::counted(const ops::Operation& operation, Response response) {
  services_.metrics.count_request(operation.name, response.status);
  return response;
}

// The call that the request makes, or how it is refused. Apart from dispatch(), so that a call that
// waits holds nothing of it.
asio::awaitable<std::expected<Api::Prepared, Response>> Api::prepare(const Request& request) {
  using Refused = std::unexpected<Response>;
  const ops::Dialect dialect = dialect_of(request.target);
  if (auto host = check_host(request); !host) {
    co_return Refused(error_response(host.error(), dialect));
  }
  auto target = parse_target(request.target);
  if (!target) co_return Refused(error_response(target.error(), dialect));
  const Match match = find(request, *target);
  if (match.row == nullptr) co_return Refused(without_operation(request, match));
  const ops::Operation& operation = match.row->operation;
  auto call = co_await make_call(request, *target, match);
  if (!call) {
    co_return Refused(counted(operation, error_response(call.error(), operation.dialect)));
  }
  co_return Prepared{&operation, std::move(*call)};
}

asio::awaitable<Response> Api::response_to(const ops::Operation& operation,
                                           Result<ops::Answer> answer) {
  if (!answer) co_return error_response(answer.error(), operation.dialect);
  const bool is_large = Weight::is_large(answer->body);
  const bool is_get = operation.method == ops::Method::kGet;
  auto write = [answer = std::move(*answer), is_get]() mutable {
    Response response = answer_response(std::move(answer));
    const bool is_tagged =
        is_get && response.status == 200 && response.header("content-type") == "application/json";
    if (is_tagged) add_tag(response);
    return response;
  };
  if (!is_large) co_return write();
  co_return co_await services_.aside->run(std::move(write));
}

asio::awaitable<Response> Api::perform(const Request& request, const Prepared& prepared) {
  const ops::Operation& operation = *prepared.operation;
  // The statuses that clients poll follow from the store alone.
  std::optional<std::uint64_t> version;
  if (operation.waits && !prepared.call.wait) version = services_.store.version();
  std::string key = version ? prepared.call.principal.workspace_id + request.target : "";
  if (version) {
    const Response* known = statuses_.find(*version, key);
    if (known != nullptr) co_return known->copy();
  }
  const bool changes = operation.effect != ops::Effect::kRead;
  if (changes) co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  auto answer = co_await ops::perform(services_, operation, prepared.call);
  if (changes) {
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
  }
  Response response = co_await response_to(operation, std::move(answer));
  if (version && response.status == 200) {
    statuses_.keep(*version, std::move(key), response);
  }
  co_return response;
}

asio::awaitable<Response> Api::dispatch(const Request& request) {
  auto prepared = co_await prepare(request);
  if (!prepared) co_return std::move(prepared).error();
  Response response = co_await perform(request, *prepared);
  leave_out_known(request, response);
  co_return counted(*prepared->operation, std::move(response));
}

asio::awaitable<Response> Api::answer(const Request& request) {
  std::string id(request.header("x-request-id").value_or(""));
  if (!is_request_id(id)) id = make_uuid(services_.random);
  Response response;
  try {
    response = co_await dispatch(request);
  } catch (const boost::system::system_error& error) {
    if (error.code() == asio::error::operation_aborted) throw;  // the caller has gone
    spdlog::error("request {}: {}", id, error.what());
    response =
        refusal(ErrorCode::kInternal, "Something went wrong here. It was logged.", request.target);
  } catch (const std::exception& error) {
    spdlog::error("request {}: {}", id, error.what());
    response =
        refusal(ErrorCode::kInternal, "Something went wrong here. It was logged.", request.target);
  }
  std::erase_if(response.headers, [](const Header& h) { return h.first == "X-Request-Id"; });
  response.headers.emplace_back("X-Request-Id", std::move(id));
  co_return response;
}

Response Api::refusal(ErrorCode code, std::string message, std::string_view target) {
  Response response = error_response({code, std::move(message)}, dialect_of(target));
  response.headers.emplace_back("X-Request-Id", make_uuid(services_.random));
  return response;
}

}  // namespace vouch::http
