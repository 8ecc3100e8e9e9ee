#include "http/call.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/random.h"
#include "http/api.h"

namespace vouch::http {
namespace json = boost::json;
namespace {

constexpr std::string_view kBlank = " \t";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// A query's text as its schema types it; text that does not fit stays text, for the schema to
// refuse.
json::value typed(std::string_view text, const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type != nullptr && *type == "integer") {
    if (auto number = to_integer(text)) return *number;
  }
  if (type != nullptr && *type == "boolean" && (text == "true" || text == "false")) {
    return text == "true";
  }
  return json::value(text);
}

const json::object* property(const ops::Operation& operation, std::string_view name,
                             std::string_view in) {
  const json::object& properties = operation.parameters.at("properties").as_object();
  const json::value* found = properties.if_contains(name);
  if (found == nullptr || found->as_object().at("in") != json::string_view(in)) return nullptr;
  return &found->as_object();
}

bool is_json(std::string_view content_type) {
  content_type = trim(content_type.substr(0, content_type.find(';')));
  return equal_ignoring_case(content_type, "application/json") ||
         (content_type.size() > 5 &&
          equal_ignoring_case(content_type.substr(content_type.size() - 5), "+json"));
}

// The path of the first text with a U+0000 in it, which no store keeps; empty where there is none.
std::string nul_at(const json::value& value, const std::string& path) {
  if (value.is_string() && value.get_string().find('\0') != json::string::npos) return path;
  std::string found;
  if (const json::object* object = value.if_object()) {
    for (const auto& [name, member] : *object) {
      const std::string inside = path.empty() ? std::string(name) : path + "." + std::string(name);
      if (name.find('\0') != name.npos) return path.empty() ? "body" : path;
      if (found = nul_at(member, inside); !found.empty()) return found;
    }
  }
  if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array) {
      if (found = nul_at(item, path); !found.empty()) return found;
    }
  }
  return found;
}

Result<json::object> read_body(const Request& request) {
  if (request.body.find_first_not_of(" \t\r\n") == request.body.npos) return json::object();
  if (auto type = request.header("content-type"); type && !is_json(*type)) {
    return fail(ErrorCode::kUnsupportedMediaType,
                "The body must be JSON: send it with Content-Type: application/json.");
  }
  auto value = parse_json(request.body);
  if (!value) {
    return fail(ErrorCode::kInvalidRequest,
                "The body is not valid JSON (" + value.error().message + ").");
  }
  if (!value->is_object()) {
    return fail(ErrorCode::kInvalidRequest, "The body must be a JSON object.");
  }
  return std::move(value->get_object());
}

Result<void> add_body(const ops::Operation& operation, json::object body, json::object& params) {
  for (auto& member : body) {
    if (property(operation, member.key(), "body") != nullptr) {
      params[member.key()] = std::move(member.value());
      continue;
    }
    if (operation.documented) continue;
    std::vector<std::string> known;
    for (const auto& entry : operation.parameters.at("properties").as_object()) {
      if (entry.value().as_object().at("in") == "body") known.emplace_back(entry.key());
    }
    return std::unexpected(ops::unknown_member(member.key(), known));
  }
  return {};
}

}  // namespace

Result<json::object> read_params(const ops::Operation& operation, const Route::Values& path,
                                 const Target& target, const Request& request) {
  json::object params;
  if (request.lines == nullptr) {
    VOUCH_TRY(json::object body, read_body(request));
    VOUCH_TRY_VOID(add_body(operation, std::move(body), params));
  } else if (!operation.takes_lines) {
    return fail(ErrorCode::kUnsupportedMediaType,
                "This call takes one JSON object: send it with Content-Type: application/json.");
  }
  for (const auto& [name, value] : target.query) {
    if (const json::object* schema = property(operation, name, "query")) {
      params[name] = typed(value, *schema);
    }
  }
  for (const auto& [name, value] : path) {
    const json::object* schema = property(operation, name, "path");
    VOUCH_CHECK(schema != nullptr);
    params[name] = typed(value, *schema);
  }
  if (const std::string member = nul_at(params, ""); !member.empty()) {
    return fail(ErrorCode::kInvalidRequest, "`" + member + "` has a character U+0000 in it.",
                {{"member", member}});
  }
  return params;
}

std::optional<std::chrono::seconds> read_wait(const Request& request) {
  for (const auto& [name, value] : request.headers) {
    if (!equal_ignoring_case(name, "prefer")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find_first_of(",;");
      std::string_view item = trim(rest.substr(0, comma));
      rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
      const std::size_t equals = item.find('=');
      if (equals == item.npos || !equal_ignoring_case(trim(item.substr(0, equals)), "wait")) {
        continue;
      }
      auto seconds = to_integer(trim(item.substr(equals + 1)));
      if (!seconds || *seconds < 0) return std::nullopt;
      return std::min(std::chrono::seconds(*seconds), ops::kWaitMax);
    }
  }
  return std::nullopt;
}

std::string read_key(const Request& request, ops::Dialect dialect) {
  constexpr std::string_view kScheme = "bearer ";
  auto header = request.header("authorization");
  if (auto key = request.header("x-api-key"); key && dialect == ops::Dialect::kAdapters) {
    return std::string(trim(*key));
  }
  if (!header || header->size() < kScheme.size()) return {};
  if (!equal_ignoring_case(header->substr(0, kScheme.size()), kScheme)) return {};
  return std::string(trim(header->substr(kScheme.size())));
}

bool is_ndjson(std::string_view content_type) {
  content_type = trim(content_type.substr(0, content_type.find(';')));
  return equal_ignoring_case(content_type, "application/x-ndjson") ||
         equal_ignoring_case(content_type, "application/jsonl") ||
         equal_ignoring_case(content_type, "application/x-jsonlines");
}

Result<std::optional<ops::Idempotency>> read_idempotency(const Request& request) {
  auto header = request.header("idempotency-key");
  if (!header || request.method != "POST") return std::optional<ops::Idempotency>();
  if (header->empty() || header->size() > kIdempotencyKeyBytesMax) {
    return fail(ErrorCode::kInvalidRequest, "Idempotency-Key must be text of 1 to " +
                                                std::to_string(kIdempotencyKeyBytesMax) +
                                                " characters.");
  }
  ops::Idempotency idempotency;
  idempotency.key = *header;
  idempotency.body_hash = sha256_hex(request.method + " " + request.target + "\n" + request.body);
  return std::optional(std::move(idempotency));
}

std::optional<std::int64_t> read_last_event_id(const Request& request) {
  auto header = request.header("last-event-id");
  if (!header) return std::nullopt;
  auto id = to_integer(*header);
  return id && *id >= 0 ? id : std::nullopt;
}

std::string read_base_url(const Request& request) {
  auto host = request.header("host");
  return host && !host->empty() ? "http://" + std::string(*host) : std::string();
}

}  // namespace vouch::http
