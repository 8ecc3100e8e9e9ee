// The operations as tools: everything of the operation table that is offered over MCP, and the two
// waits. Plain data; a tool is called by its row's parameters, whatever their place in a request.
//
// A new operation is a tool as soon as its row says kMcp. The documented ones come first.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "ops/operation.h"
#include "ops/schema.h"

namespace vouch::mcp {

// How long a wait lasts that does not say: kWaitUnseen where nobody watches its progress, since
// many clients give up a silent call after a minute.
inline constexpr std::chrono::seconds kWaitDefault{120}, kWaitUnseen{50};

struct Tool {
  std::string name;
  boost::json::object definition;  // as tools/list shows it
  const ops::Operation* operation = nullptr;
  // Of a wait: its operation is read once the job has ended, or time is up.
  bool waits = false;
  ops::Schema arguments;  // of `operation`'s parameters and a wait's timeoutSeconds
};

// `table` outlives the tools.
std::vector<Tool> make_tools(const std::vector<ops::Operation>& table);

// The call's parameters from a tool's arguments: checked, with numbers and texts taken for each
// other where the schema wants the other. Unknown ones are ignored where the operation is
// documented. `project` may be absent. kInvalidRequest.
Result<boost::json::object> read_arguments(const Tool& tool, const boost::json::object& given);

}  // namespace vouch::mcp
