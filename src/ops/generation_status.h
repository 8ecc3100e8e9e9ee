// The state of a feature's latest generation, as the wire shows it. Pure functions.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "store/rows.h"

namespace vouch::ops {

// Everything that is kept of a feature's latest generation.
struct Generation {
  store::FeatureRow feature;
  std::optional<store::JobRow> job;  // empty: never generated
  std::vector<store::SectionRow> sections;
  std::optional<std::int64_t> queue_position;
  std::vector<store::LogLineRow> log;  // only where the log is asked for
};

// Of any job: "queued", "in_progress", "completed"; and "success", "failure", "cancelled", null
// while it has not ended.
std::string_view overall_status(store::JobState state);
boost::json::value overall_conclusion(store::JobState state);
boost::json::object section_json(const store::SectionRow& section);

boost::json::object status_json(const Generation& generation);
boost::json::object log_json(const Generation& generation);

// One entry for each Then: {scenario,step,line,verdict,counterfactual,assumptions}. A generator
// puts them into the `proof` member, an array, of a section's data.
boost::json::array proof_json(const Generation& generation);

}  // namespace vouch::ops
