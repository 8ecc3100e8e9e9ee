#include "ops/adapters/wire.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/draft/topics.h"
#include "ops/rows.h"

namespace vouch::ops::flat {
namespace {

namespace json = boost::json;

constexpr std::string_view kEnvelope = R"({
  "code": {"type": "integer"}, "isSuccess": {"type": "boolean"}, "message": {"type": "string"}})";

// Objects have exactly their properties, unless they say what they require.
void close(json::value& value) {
  if (json::array* items = value.if_array()) {
    for (json::value& item : *items) close(item);
  }
  json::object* object = value.if_object();
  if (object == nullptr) return;
  for (auto& member : *object) close(member.value());
  const json::value* properties = object->if_contains("properties");
  if (properties == nullptr || !properties->is_object() || object->contains("required")) return;
  json::array required;
  for (const auto& member : properties->get_object()) required.emplace_back(member.key());
  (*object)["type"] = "object";
  (*object)["required"] = std::move(required);
  (*object)["additionalProperties"] = false;
}

bool is_name(std::string_view text, bool with_upper_case) {
  if (text.empty() || text.size() > kSlugCharactersMax) return false;
  return std::ranges::all_of(text, [&](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           (with_upper_case && c >= 'A' && c <= 'Z');
  });
}

}  // namespace

Answer answer(std::string message, json::object payload) {
  json::object body{{"code", 200}, {"isSuccess", true}, {"message", std::move(message)}};
  for (auto& member : payload) body[member.key()] = std::move(member.value());
  Answer answer;
  answer.body = std::move(body);
  return answer;
}

json::object result(std::string_view properties) {
  json::object all = schema(kEnvelope);
  for (auto& [name, value] : schema(properties)) all[name] = std::move(value);
  json::value whole = json::object{{"type", "object"}, {"properties", std::move(all)}};
  close(whole);
  return std::move(whole.as_object());
}

json::object list_result(std::string_view name, std::string_view item) {
  return result("{\"" + std::string(name) + R"(": {"type": "array", "items": )" +
                std::string(item) + R"(}, "nextCursor": {"type": "string"}})");
}

json::object list_parameters(std::string_view route, std::string_view more) {
  json::object all = parameters(route, kPageProperties);
  json::object& properties = all.at("properties").as_object();
  for (auto& [name, value] : schema(more)) properties[name] = std::move(value);
  return all;
}

Result<void> check_slug(std::string_view slug) {
  if (std::ranges::find(kRefusedSlugs, slug) != std::end(kRefusedSlugs)) {
    return fail(ErrorCode::kInvalidRequest,
                "No provider can be called `" + std::string(slug) +
                    "`: that is a part of this API. Choose another slug.",
                {{"member", "provider"}});
  }
  if (is_name(slug, false)) return {};
  return fail(ErrorCode::kInvalidRequest,
              "`provider` must be a slug of 1 to " + std::to_string(kSlugCharactersMax) +
                  " lower-case letters, digits, `-` and `_`, such as `revel`.",
              {{"member", "provider"}});
}

Result<std::string> topic_name(std::string_view name) {
  if (const auto* built_in = adapters::draft::find_built_in_topic(name)) return built_in->name;
  if (is_name(name, true)) return std::string(name);
  return fail(ErrorCode::kInvalidRequest,
              "`topic` must be a name of 1 to " + std::to_string(kSlugCharactersMax) +
                  " letters, digits, `-` and `_`, such as `sync_products`.",
              {{"member", "topic"}});
}

Result<store::AdapterOf> of_call(const Call& call) {
  store::AdapterOf of{call.principal.workspace_id, call.text("provider"), ""};
  VOUCH_TRY_VOID(check_slug(of.provider));
  VOUCH_TRY(of.topic, topic_name(call.text("topic")));
  return of;
}

Operation operation(std::string name, Method method, std::string_view route,
                    std::string description, Handler handler) {
  Operation row;
  row.name = std::move(name);
  row.dialect = Dialect::kAdapters;
  row.method = method;
  row.route = route;
  row.parameters = parameters(route);
  row.result = result("{}");
  if (method != Method::kGet) {
    row.scope = Scope::kWrite;
    row.effect = Effect::kWrite;
  }
  row.destructive = method == Method::kDelete;
  row.surfaces = kRest | kMcp | kCli;
  row.description = std::move(description);
  row.handler = std::move(handler);
  return row;
}

std::string route(std::string_view tail) { return std::string(kAdapterScripts).append(tail); }

Result<std::int64_t> number_of(const Call& call, std::string_view name, std::string_view missing) {
  const std::string text = call.text(name);
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number > 0) return number;
  return fail(ErrorCode::kNotFound, std::string(missing));
}

json::object error_json(const Error& error) {
  json::object details = error.details;
  json::value field("");
  if (json::value* member = details.if_contains("member")) {
    field = std::move(*member);
    details.erase("member");
  }
  return {{"code", http_status(error.code)},
          {"message", error.message},
          {"details", details.empty() ? "" : json::serialize(details)},
          {"field", std::move(field)}};
}

std::string json_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

}  // namespace vouch::ops::flat
