// Topics, built in or a workspace's own.
#pragma once

#include <boost/json/object.hpp>

#include "adapters/draft/material.h"
#include "store/tx.h"

namespace vouch::ops {

inline constexpr std::size_t kTopicSchemaBytesMax = std::size_t{256} * 1024;
inline constexpr std::int64_t kTopicsMax = 200;  // a workspace's own

// kNotFound, saying which there are and what to do.
Result<adapters::draft::Topic> find_topic(const store::Tx& tx, std::string_view workspace_id,
                                          std::string_view name);

// The member of a body, checked: a JSON Schema that refers to nothing outside itself.
Result<boost::json::object> read_target_schema(const boost::json::value& value,
                                               const std::string& member);

}  // namespace vouch::ops
