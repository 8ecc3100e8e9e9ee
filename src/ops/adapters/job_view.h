// A generation of an adapter as the wire shows it. Pure functions of what is kept.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "ops/operation.h"
#include "store/rows.h"

namespace vouch::ops {

struct AdapterJob {
  store::AdapterJobRow row;
  store::JobRow job;
  std::vector<store::SectionRow> sections;  // its steps (adapters/generate/adapter_job.h)
  std::vector<store::LogLineRow> log;
  std::int64_t script_id = 0;  // that came of it; 0: none did
};

// pending, running, needs_clarification, completed, failed.
std::string_view job_status(store::JobState state);
// The states that have this status; empty: it is no status.
std::vector<store::JobState> states_of(std::string_view status);

// The documented members, then clarificationFields.
boost::json::object to_json(const AdapterJob& job);
// Of a list: without the script, the tests and the log.
boost::json::object summary_json(const AdapterJob& job);

// An event of its stream: queued, started, stage, section, log, waiting, ended. `status` and
// `stage` as in the job, `section` the step that it tells of; nothing is null.
StreamEvent event_json(const store::EventRow& event);

}  // namespace vouch::ops
