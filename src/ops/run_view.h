// Runs as the wire shows them. Pure functions.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"

namespace vouch::ops {

struct RunView {
  store::RunRow run;
  std::optional<std::string> feature_name;  // empty: of several
  std::vector<store::ArtifactRow> artifacts;
  std::int64_t browser_ms = 0;  // of its job
};

// The address at which an artifact can be read for a while.
using LinkOf = std::function<std::string(const store::ArtifactRow&)>;

// The digest. What is not known before the end is null.
boost::json::object digest_json(const RunView& view);
// Of a list: the digest without tests, artifacts and log.
boost::json::object summary_json(const RunView& view);
// [{kind,path,size,url}]
boost::json::array artifacts_json(const std::vector<store::ArtifactRow>& artifacts,
                                  const LinkOf& link);
// One sentence: "1 of 3 tests failed."
std::string verdict(const store::RunRow& run);

}  // namespace vouch::ops
