// From a request to its operation and back: route, key, scope, parameters, and the conventions that
// hold for all of them (error shape, X-Request-Id, ETag, Prefer, Idempotency-Key, HEAD, OPTIONS).
// Knows nothing of sockets.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "http/answer_cache.h"
#include "http/message.h"
#include "http/rate_limit.h"
#include "http/target.h"
#include "ops/operation.h"
#include "ops/schema.h"
#include "ops/services.h"

namespace vouch::http {

inline constexpr std::size_t kIdempotencyKeyBytesMax = 255;

struct ApiOptions {
  // Host names this server answers to; empty: any. A server on loopback names itself here, so that
  // a page elsewhere cannot reach it through a name that it controls (DNS rebinding).
  std::vector<std::string> hosts;
  int requests_per_second_max = 0;  // of one key; 0: no limit
};

class Api {
 public:
  Api(ops::Services& services, ApiOptions options);

  // Never fails: what goes wrong is a response. May be cancelled while it reads or waits; what
  // writes runs to its end.
  boost::asio::awaitable<Response> answer(const Request& request);

  // An error before there is a whole request: malformed, too large, too many. `target`: what was
  // asked for, as far as that is known.
  Response refusal(ErrorCode code, std::string message, std::string_view target = "");

 private:
  struct Row {
    ops::Operation operation;
    Route route;
    ops::Schema schema;
  };
  struct Match {
    const Row* row = nullptr;
    Route::Values path;
    std::vector<std::string> allowed;  // methods of this path, where none is the request's
  };
  Match find(const Request& request, const Target& target) const;
  static Response without_operation(const Request& request, const Match& match);
  Result<void> check_host(const Request& request) const;
  boost::asio::awaitable<Result<ops::Call>> make_call(const Request& request, const Target& target,
                                                      const Match& match);
  boost::asio::awaitable<Result<ops::Principal>> principal_of(const Request& request,
                                                              const ops::Operation& operation);
  struct Prepared {
    const ops::Operation* operation = nullptr;
    ops::Call call;
  };
  boost::asio::awaitable<std::expected<Prepared, Response>> prepare(const Request& request);
  boost::asio::awaitable<Response> perform(const Request& request, const Prepared& prepared);
  Response counted(const ops::Operation& operation, Response response);
  boost::asio::awaitable<Response> response_to(const ops::Operation& operation,
                                               Result<ops::Answer> answer);
  boost::asio::awaitable<Response> dispatch(const Request& request);

  ops::Services& services_;
  ApiOptions options_;
  RateLimit rate_limit_;
  std::vector<Row> rows_;
  AnswerCache statuses_;
};

// The error in the dialect's shape, with its status: {"error","message"[,"details"]}, or
// {"error":{"code","message","details","field"}}: the member that is wrong is the `field`, what
// else there is in the details their text as JSON.
Response error_response(const Error& error, ops::Dialect dialect);

}  // namespace vouch::http
