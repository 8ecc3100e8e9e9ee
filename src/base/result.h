// Expected failures are values: Result<T> is either a T or an Error with one code of the one enum
// below. A bug is not an Error but a failed VOUCH_CHECK, which ends the process.
#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <string>
#include <string_view>

namespace vouch {

// Every failure a caller must expect. Each maps once to an HTTP status and a CLI exit code
// (`http_status`, `exit_code`).
enum class ErrorCode {
  kInvalidRequest,    // 400  the input is wrong; the message says what to do
  kUnauthorized,      // 401  no valid key
  kForbidden,         // 403  the key lacks the scope, or an address is not allowed
  kNotFound,          // 404  no such thing, or not visible to this key
  kMethodNotAllowed,  // 405
  kConflict,  // 409  the state does not allow it (already generating, not generated, name taken,
              // stale lease)
  kPayloadTooLarge,       // 413
  kUnsupportedMediaType,  // 415
  kRateLimited,           // 429
  kInternal,              // 500  our fault
  kUnavailable,  // 503  the machine or the site cannot do it now (no browser, no disk, site
                 // unreachable)
  kCancelled,    //      the job was cancelled or its lease was lost; never sent over HTTP
  kTimeout,      //      a time limit was reached
};

// The code's name on the wire: "invalid_request", "not_found" …
std::string_view to_string(ErrorCode code);
// The HTTP status it is answered with (kCancelled and kTimeout, which no operation returns, are 500
// and 503).
int http_status(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one sentence for a person, saying what to do where something can be done
  boost::json::object details;  // optional, machine-readable
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string message,
                                   boost::json::object details = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(details)});
}

// Reports a broken invariant on stderr and aborts.
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace vouch

#define VOUCH_CHECK(expression) \
  ((expression) ? void() : ::vouch::check_failed(#expression, __FILE__, __LINE__))

// VOUCH_TRY(auto x, co_or_plain_result_expression): declares x from the value, or returns the
// error. In a coroutine use VOUCH_CO_TRY, which co_returns it.
#define VOUCH_CONCAT_(a, b) a##b
#define VOUCH_CONCAT(a, b) VOUCH_CONCAT_(a, b)
#define VOUCH_TRY_IMPL_(ret, tmp, declaration, expression) \
  auto&& tmp = (expression);                               \
  if (!tmp) ret std::unexpected(std::move(tmp).error());   \
  declaration = std::move(*tmp)
#define VOUCH_TRY(declaration, expression) \
  VOUCH_TRY_IMPL_(return, VOUCH_CONCAT(vouch_try_, __LINE__), declaration, expression)
#define VOUCH_CO_TRY(declaration, expression) \
  VOUCH_TRY_IMPL_(co_return, VOUCH_CONCAT(vouch_try_, __LINE__), declaration, expression)
// The same for a Result whose value is void or not wanted.
#define VOUCH_TRY_VOID_IMPL_(ret, tmp, expression) \
  if (auto&& tmp = (expression); !tmp) ret std::unexpected(std::move(tmp).error())
#define VOUCH_TRY_VOID(expression) \
  VOUCH_TRY_VOID_IMPL_(return, VOUCH_CONCAT(vouch_try_, __LINE__), expression)
#define VOUCH_CO_TRY_VOID(expression) \
  VOUCH_TRY_VOID_IMPL_(co_return, VOUCH_CONCAT(vouch_try_, __LINE__), expression)
