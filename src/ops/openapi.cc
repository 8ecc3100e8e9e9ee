#include "ops/openapi.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/json/array.hpp>

#include "base/version.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;

json::object content(std::string_view type, json::object schema) {
  return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::object flat_error_schema() {
  json::object text{{"type", "string"}};
  json::object error{{"type", "object"},
                     {"required", json::array{"code", "message", "details", "field"}},
                     {"properties", json::object{{"code", json::object{{"type", "integer"}}},
                                                 {"message", text},
                                                 {"details", text},
                                                 {"field", text}}}};
  return {{"type", "object"},
          {"required", json::array{"error"}},
          {"properties", json::object{{"error", std::move(error)}}}};
}

json::object error_response(Dialect dialect) {
  if (dialect == Dialect::kAdapters) {
    return {{"description", "What went wrong, and what to do about it."},
            {"content", content("application/json", flat_error_schema())}};
  }
  json::object text{{"type", "string"}};
  json::object schema{{"type", "object"},
                      {"required", json::array{"error", "message"}},
                      {"properties", json::object{{"error", text},
                                                  {"message", text},
                                                  {"details", json::object{{"type", "object"}}}}}};
  return {{"description", "What went wrong, and what to do about it."},
          {"content", content("application/json", std::move(schema))}};
}

json::object header_parameter(std::string_view name, std::string_view description) {
  return {{"name", name},
          {"in", "header"},
          {"required", false},
          {"schema", json::object{{"type", "string"}}},
          {"description", description}};
}

// A parameter's schema without what says where it stands.
json::object plain(const json::object& property) {
  json::object schema = property;
  schema.erase("in");
  return schema;
}

bool is_required(const Operation& row, const json::value& name) {
  const json::array& names = row.parameters.at("required").as_array();
  return std::ranges::find(names, name) != names.end();
}

json::array parameters_of(const Operation& row) {
  json::array list;
  for (const auto& [name, value] : row.parameters.at("properties").as_object()) {
    const json::object& property = value.as_object();
    const json::value& in = property.at("in");
    if (in == "body") continue;
    json::object schema = plain(property);
    json::object parameter{{"name", name}, {"in", in}};
    parameter["required"] = in == "path" || is_required(row, json::value(name));
    if (const json::value* description = schema.if_contains("description")) {
      parameter["description"] = *description;
      schema.erase("description");
    }
    parameter["schema"] = std::move(schema);
    list.push_back(std::move(parameter));
  }
  if (row.waits) {
    list.push_back(header_parameter(
        "Prefer", "wait=N holds the answer until the job has ended, at most N seconds."));
  }
  if (row.streaming) {
    list.push_back(header_parameter("Last-Event-ID", "Resumes the stream after this event."));
  }
  if (row.method == Method::kPost) {
    list.push_back(header_parameter(
        "Idempotency-Key", "The same key with the same body gives the first answer again."));
  }
  return list;
}

// Empty: it takes none.
json::object body_of(const Operation& row) {
  json::object properties;
  json::array required;
  for (const auto& [name, value] : row.parameters.at("properties").as_object()) {
    if (value.as_object().at("in") != "body") continue;
    properties[name] = plain(value.as_object());
    if (is_required(row, json::value(name))) required.emplace_back(name);
  }
  if (properties.empty()) return {};
  const bool needed = !required.empty();
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (needed) schema["required"] = std::move(required);
  json::object media = content("application/json", std::move(schema));
  if (row.takes_lines) media["application/x-ndjson"] = json::object{{"schema", json::object()}};
  return {{"required", needed}, {"content", std::move(media)}};
}

json::object responses_of(const Operation& row) {
  json::object answer{{"description", "It went well."}};
  json::object media =
      content(row.streaming ? "text/event-stream" : "application/json", row.result);
  if (row.takes_lines) media["application/x-ndjson"] = json::object{{"schema", json::object()}};
  answer["content"] = std::move(media);
  json::object responses;
  responses[std::to_string(success_status(row))] = std::move(answer);
  responses["default"] = error_response(row.dialect);
  return responses;
}

json::object operation_json(const Operation& row) {
  json::object body{{"operationId", row.name}, {"summary", row.description}};
  body["parameters"] = parameters_of(row);
  if (json::object request = body_of(row); !request.empty()) {
    body["requestBody"] = std::move(request);
  }
  body["responses"] = responses_of(row);
  if (row.scope == Scope::kNone) {
    body["security"] = json::array();
  } else {
    body["x-scope"] = to_string(row.scope);
  }
  if (row.scope != Scope::kNone && row.dialect == Dialect::kAdapters) {
    body["security"] = json::array{json::object{{"apiKeyAuth", json::array()}},
                                   json::object{{"key", json::array()}}};
  }
  return body;
}

}  // namespace

int success_status(const Operation& row) {
  if (row.dialect == Dialect::kAdapters) return 200;
  switch (row.effect) {
    case Effect::kCreate:
      return 201;
    case Effect::kDispatch:
      return 202;
    default:
      return 200;
  }
}

json::object openapi(const std::vector<Operation>& rows) {
  json::object paths;
  for (const Operation& row : rows) {
    if ((row.surfaces & kRest) == 0) continue;
    const std::string path = boost::algorithm::replace_all_copy(row.route, "...}", "}");
    json::value& item = paths[path];
    if (!item.is_object()) item.emplace_object();
    const std::string method = boost::algorithm::to_lower_copy(std::string(to_string(row.method)));
    item.as_object()[method] = operation_json(row);
  }
  json::object document;
  document["openapi"] = "3.1.0";
  document["info"] = json::object{
      {"title", "Vouch"},
      {"version", kVersion},
      {"description", "Specifications become tests that have proved themselves by running."}};
  document["security"] = json::array{json::object{{"key", json::array()}}};
  json::object schemes;
  schemes["key"] = json::object{{"type", "http"}, {"scheme", "bearer"}};
  schemes["apiKeyAuth"] = json::object{{"type", "apiKey"}, {"in", "header"}, {"name", "X-Api-Key"}};
  document["components"] = json::object{{"securitySchemes", std::move(schemes)}};
  document["paths"] = std::move(paths);
  return document;
}

}  // namespace vouch::ops
