#include "ops/operation.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <utility>

#include "ops/rows.h"

namespace vouch::ops {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 5> kScopes{{
    {Scope::kNone, "none"},
    {Scope::kRead, "read"},
    {Scope::kWrite, "write"},
    {Scope::kGenerate, "generate"},
    {Scope::kAdmin, "admin"},
}};

// What the names in routes mean. A row states only what is special about it.
boost::json::object path_parameter(std::string_view name) {
  boost::json::object schema;
  schema["in"] = "path";
  if (name == "runId" || name == "scheduleId") {
    schema["type"] = "integer";
    schema["minimum"] = 1;
    schema["description"] = name == "runId" ? "The run's id." : "The schedule's id.";
    return schema;
  }
  schema["type"] = "string";
  schema["minLength"] = 1;
  if (name == "project") schema["description"] = "The project's public id.";
  if (name == "explorationId") schema["description"] = "The exploration's requestId.";
  if (name == "healingId") schema["description"] = "The healing's requestId.";
  if (name == "provingId") schema["description"] = "The proving's requestId.";
  if (name == "secret") schema["description"] = "The secret's name.";
  if (name == "feature") schema["description"] = "Feature id or name.";
  if (name == "provider") schema["description"] = "The provider's slug.";
  if (name == "topic") schema["description"] = "The topic's name.";
  if (name == "jobId") schema["description"] = "The generation job's id.";
  if (name == "scriptId") schema["description"] = "The script's id.";
  if (name == "sampleId") schema["description"] = "The sample's id.";
  if (name == "documentId") schema["description"] = "The document's id.";
  return schema;
}

}  // namespace

std::string_view to_string(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
  }
  return "GET";
}

std::string_view to_string(Scope scope) {
  return std::find_if(kScopes.begin(), kScopes.end(), [&](auto& e) { return e.first == scope; })
      ->second;
}

std::optional<Scope> scope_from(std::string_view word) {
  for (const auto& [scope, name] : kScopes) {
    if (name == word && scope != Scope::kNone) return scope;
  }
  return std::nullopt;
}

bool Principal::may(Scope scope) const {
  if (scope == Scope::kNone) return true;
  return std::any_of(scopes.begin(), scopes.end(),
                     [&](Scope has) { return has == scope || has == Scope::kAdmin; });
}

bool Call::has(std::string_view name) const {
  const boost::json::value* value = params.if_contains(name);
  return value != nullptr && !value->is_null();
}

std::optional<std::string> Call::optional_text(std::string_view name) const {
  const boost::json::value* value = params.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::string Call::text(std::string_view name) const { return optional_text(name).value_or(""); }

std::optional<std::int64_t> Call::integer(std::string_view name) const {
  const boost::json::value* value = params.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  auto number = value->to_number<std::int64_t>(error);
  if (error) return std::nullopt;
  return number;
}

boost::json::object schema(std::string_view text) { return boost::json::parse(text).as_object(); }

boost::json::object parameters(std::string_view route, std::string_view properties,
                               const std::vector<std::string>& required) {
  boost::json::object all;
  boost::json::array needed;
  for (std::size_t at = route.find('{'); at != route.npos; at = route.find('{', at + 1)) {
    std::string_view name = route.substr(at + 1, route.find('}', at) - at - 1);
    if (name.ends_with("...")) name.remove_suffix(3);
    all[name] = path_parameter(name);
    needed.emplace_back(name);
  }
  for (auto& [name, value] : schema(properties)) all[name] = value;
  for (const std::string& name : required) needed.emplace_back(name);
  boost::json::object result;
  result["type"] = "object";
  result["properties"] = std::move(all);
  result["required"] = std::move(needed);
  return result;
}

std::vector<Operation> operations() {
  std::vector<Operation> all;
  for (auto rows :
       {project_operations,     feature_operations,  generation_operations, run_operations,
        file_operations,        export_operations,   secret_operations,     exploration_operations,
        healing_operations,     proving_operations,  schedule_operations,   credit_operations,
        key_operations,         provider_operations, topic_operations,      material_operations,
        adapter_job_operations, pin_operations,      script_operations,     observed_operations,
        server_operations}) {
    for (Operation& row : rows()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace vouch::ops
