// What the files that hold the rows of the operation table share. Inside ops only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ops/operation.h"

namespace vouch::ops {

std::vector<Operation> project_operations();
std::vector<Operation> feature_operations();
std::vector<Operation> generation_operations();
std::vector<Operation> run_operations();
std::vector<Operation> file_operations();
std::vector<Operation> export_operations();
std::vector<Operation> secret_operations();
std::vector<Operation> exploration_operations();
std::vector<Operation> healing_operations();
std::vector<Operation> proving_operations();
std::vector<Operation> schedule_operations();
std::vector<Operation> credit_operations();
std::vector<Operation> key_operations();
std::vector<Operation> provider_operations();
std::vector<Operation> topic_operations();
std::vector<Operation> material_operations();
std::vector<Operation> adapter_job_operations();
std::vector<Operation> script_operations();
std::vector<Operation> observed_operations();
std::vector<Operation> pin_operations();
std::vector<Operation> server_operations();

// A JSON Schema from its text, which must be an object.
boost::json::object schema(std::string_view text);

// The schema of an operation's parameters: those named in the route, described once for all, and
// `properties` (the text of an object), of which `required` must be there.
boost::json::object parameters(std::string_view route, std::string_view properties = "{}",
                               const std::vector<std::string>& required = {});

inline constexpr std::string_view kProjects = "/api/v1/ops/projects";
inline constexpr std::string_view kProject = "/api/v1/ops/projects/{project}";
inline constexpr std::string_view kFeatures = "/api/v1/ops/projects/{project}/features";
inline constexpr std::string_view kFeature = "/api/v1/ops/projects/{project}/features/{feature}";
inline constexpr std::string_view kRuns = "/api/v1/ops/projects/{project}/runs";
inline constexpr std::string_view kRun = "/api/v1/ops/projects/{project}/runs/{runId}";

inline constexpr std::string_view kPageProperties = R"({
  "limit": {"in": "query", "type": "integer", "minimum": 1, "maximum": 200, "default": 50,
            "description": "How many items at most."},
  "cursor": {"in": "query", "type": "string", "description": "nextCursor of the page before."}})";

}  // namespace vouch::ops
