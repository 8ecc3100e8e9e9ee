// Reading a request's parts into what an operation is called with. Pure functions.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "http/message.h"
#include "http/target.h"
#include "ops/operation.h"

namespace vouch::http {

// Path, query and body in one object, typed as the operation's schema says. Members that it does
// not know: dropped from the query, and from the body of a documented operation; kInvalidRequest in
// the body of ours.
Result<boost::json::object> read_params(const ops::Operation& operation, const Route::Values& path,
                                        const Target& target, const Request& request);

// Prefer: wait=N, at most ops::kWaitMax. Anything else in it, or a broken value, is ignored, as the
// standard says.
std::optional<std::chrono::seconds> read_wait(const Request& request);

// The token of "Authorization: Bearer …", and in the adapters' dialect also of "X-Api-Key: …";
// empty where there is none.
std::string read_key(const Request& request, ops::Dialect dialect);

// "application/x-ndjson", or one of its other names.
bool is_ndjson(std::string_view content_type);

Result<std::optional<ops::Idempotency>> read_idempotency(const Request& request);
std::optional<std::int64_t> read_last_event_id(const Request& request);

// "http://127.0.0.1:8080", from the Host header; empty without one.
std::string read_base_url(const Request& request);

}  // namespace vouch::http
