// A script as the wire shows it.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "ops/operation.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr std::string_view kNoScript =
    "There is no script of this number in this workspace. GET /api/v1/adapter-scripts/scripts "
    "lists "
    "those that there are.";

// JSON Schemas, as text, of what the two below give.
std::string script_shape();
std::string whole_script_shape();

// As lists and reviews show it.
boost::json::object script_json(const store::Tx& tx, const store::ScriptRow& row);
// With its source, what was found out about it, and how it differs from the one that is in use.
boost::json::object whole_script_json(const store::Tx& tx, const store::ScriptRow& row);

// The script of the call's `scriptId`. kNotFound.
Result<store::ScriptRow> find_script_of(const store::Tx& tx, const Call& call);

}  // namespace vouch::ops
