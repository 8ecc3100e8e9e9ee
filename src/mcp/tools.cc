#include "mcp/tools.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>

namespace vouch::mcp {
namespace {

namespace json = boost::json;

constexpr std::string_view kTimeout = "timeoutSeconds";

json::object timeout_schema() {
  json::object schema;
  schema["type"] = "integer";
  schema["minimum"] = 1;
  schema["maximum"] = ops::kWaitMax.count();
  schema["default"] = kWaitDefault.count();
  schema["description"] =
      "How long to wait, in seconds. Not ending in time is no failure and cancels nothing.";
  return schema;
}

// A tool has the key's project when it names none.
json::object input_schema(const ops::Operation& row, bool waits) {
  json::object properties;
  for (const auto& [name, schema] : row.parameters.at("properties").as_object()) {
    json::object property = schema.as_object();
    property.erase("in");
    properties[name] = std::move(property);
  }
  json::array required;
  for (const json::value& name : row.parameters.at("required").as_array()) {
    const bool is_default_project = name == "project" && row.name != "get_project";
    if (!is_default_project) required.push_back(name);
  }
  if (properties.contains("project")) {
    properties["project"].as_object()["description"] =
        "The project, by its id or name; the one that was chosen where absent.";
  }
  if (waits) properties[kTimeout] = timeout_schema();
  json::object schema;
  schema["type"] = "object";
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

// Structured content is an object, so a bare array is its `items`.
json::object output_schema(const ops::Operation& row) {
  if (row.result.contains("type") && row.result.at("type") == "array") {
    return {{"type", "object"},
            {"required", json::array{"items"}},
            {"properties", json::object{{"items", row.result}}}};
  }
  return row.result;
}

// generate_feature → "Generate feature"
std::string title_of(std::string_view name) {
  std::string title(name);
  std::ranges::replace(title, '_', ' ');
  title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  return title;
}

json::object annotations_of(const ops::Operation& row, bool waits, const std::string& title) {
  const bool reads = waits || row.effect == ops::Effect::kRead;
  json::object hints{{"title", title}, {"readOnlyHint", reads}};
  if (!reads) {
    hints["destructiveHint"] = row.destructive;
    hints["idempotentHint"] = row.method == ops::Method::kPut ||
                              row.method == ops::Method::kPatch ||
                              row.method == ops::Method::kDelete;
  }
  // What is dispatched acts on the site under test.
  hints["openWorldHint"] = row.effect == ops::Effect::kDispatch;
  return hints;
}

Tool make_tool(const ops::Operation& row, std::string name, const std::string& description,
               bool waits) {
  json::object input = input_schema(row, waits);
  const std::string title = title_of(name);
  json::object definition;
  definition["name"] = name;
  definition["title"] = title;
  definition["description"] = description;
  definition["inputSchema"] = input;
  definition["outputSchema"] = output_schema(row);
  definition["annotations"] = annotations_of(row, waits, title);
  return {std::move(name), std::move(definition), &row, waits, ops::Schema(input)};
}

// "214" where a number is wanted, 12 where a text is: callers mean the same.
json::value fitted(const json::value& value, const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type == nullptr) return value;
  if (*type == "integer" && value.is_string()) {
    const std::string_view text = value.get_string();
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
  }
  if (*type == "string" && value.is_int64()) {
    return json::string(std::to_string(value.get_int64()));
  }
  return value;
}

bool is_required(const Tool& tool, std::string_view name) {
  const json::value* required =
      tool.definition.at("inputSchema").as_object().if_contains("required");
  return required != nullptr && std::ranges::any_of(required->as_array(), [&](const auto& one) {
           return one == json::string_view(name);
         });
}

}  // namespace

std::vector<Tool> make_tools(const std::vector<ops::Operation>& table) {
  std::vector<Tool> documented, ours;
  for (const ops::Operation& row : table) {
    if ((row.surfaces & ops::kMcp) == 0) continue;
    const bool is_first = row.documented && row.dialect == ops::Dialect::kOps;
    std::vector<Tool>& tools = is_first ? documented : ours;
    tools.push_back(make_tool(row, row.name, row.description, false));
    if (row.name == "get_generation_status") {
      tools.push_back(make_tool(row, "wait_for_generation",
                                "Wait until a feature's generation has ended, or the time is up. "
                                "Answers its status, as get_generation_status does.",
                                true));
    }
    if (row.name == "get_adapter_job") {
      tools.push_back(make_tool(row, "wait_for_adapter_job",
                                "Wait until the generation of an adapter has ended or asks "
                                "something, or the time is up. Answers the job, as get_adapter_job "
                                "does.",
                                true));
    }
    if (row.name == "get_run") {
      tools.push_back(make_tool(row, "wait_for_run",
                                "Wait until a run has ended, or the time is up. Answers its "
                                "digest, as get_run does.",
                                true));
    }
  }
  for (Tool& tool : ours) documented.push_back(std::move(tool));
  return documented;
}

Result<json::object> read_arguments(const Tool& tool, const json::object& given) {
  const json::object& known = tool.definition.at("inputSchema").at("properties").as_object();
  json::object arguments;
  for (const auto& [name, value] : given) {
    const json::value* schema = known.if_contains(name);
    if (schema != nullptr) {
      // An agent's null is an argument that it has nothing for, unless there must be one.
      if (!value.is_null() || is_required(tool, name))
        arguments[name] = fitted(value, schema->as_object());
      continue;
    }
    if (tool.operation->documented) continue;
    std::vector<std::string> names;
    for (const auto& entry : known) names.emplace_back(entry.key());
    return std::unexpected(ops::unknown_member(name, names));
  }
  VOUCH_TRY_VOID(tool.arguments.check(arguments));
  return arguments;
}

}  // namespace vouch::mcp
