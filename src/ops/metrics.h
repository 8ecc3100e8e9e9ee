// What the server counts of itself, in Prometheus' text format. Sums over all workspaces: nothing
// in it tells one from another. Belongs to the server's thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/tx.h"

namespace vouch::ops {

struct Metrics {
  std::map<std::pair<std::string, int>, std::int64_t> requests;  // by operation and status

  void count_request(const std::string& operation, int status) { ++requests[{operation, status}]; }
};

// What is known at the moment it is asked.
struct Gauges {
  std::vector<store::LiveJobs> jobs;
  std::int64_t last_event_seq = 0;
  int running = 0, slots = 0;
  std::int64_t resident_bytes = 0;
};

std::string metrics_text(const Metrics& metrics, const Gauges& gauges);

// Of this process; 0 where it cannot be known.
std::int64_t resident_bytes();

}  // namespace vouch::ops
