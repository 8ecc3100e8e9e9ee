#include "ops/metrics.h"

#include <unistd.h>

#include <fstream>

#include "base/version.h"

namespace vouch::ops {
namespace {

class Text {
 public:
  void metric(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
  }
  // `labels` as they stand between the braces.
  void sample(std::string_view name, std::string_view labels, std::int64_t value) {
    text_.append(name);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(std::to_string(value)).append("\n");
  }
  void one(std::string_view name, std::string_view type, std::string_view help,
           std::int64_t value) {
    metric(name, type, help);
    sample(name, "", value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Every value is a word of ours, without a quote or a backslash.
std::string label(std::string_view name, std::string_view value) {
  return std::string(name).append("=\"").append(value).append("\"");
}

}  // namespace

std::string metrics_text(const Metrics& metrics, const Gauges& gauges) {
  Text text;
  text.metric("vouch_build_info", "gauge", "The version of this server.");
  text.sample("vouch_build_info", label("version", kVersion), 1);
  text.metric("vouch_http_requests_total", "counter", "Requests answered, by operation.");
  for (const auto& [key, count] : metrics.requests) {
    const auto& [operation, status] = key;
    text.sample("vouch_http_requests_total",
                label("operation", operation) + "," + label("status", std::to_string(status)),
                count);
  }
  text.metric("vouch_jobs", "gauge", "Jobs that have not ended, by kind and state.");
  for (const store::LiveJobs& jobs : gauges.jobs) {
    text.sample("vouch_jobs",
                label("kind", jobs.kind) + "," + label("state", to_string(jobs.state)), jobs.count);
  }
  text.one("vouch_handlers_running", "gauge", "Jobs at work in this process.", gauges.running);
  text.one("vouch_handlers_max", "gauge", "Jobs that may be at work at once.", gauges.slots);
  text.one("vouch_events_total", "counter", "Changes of jobs that were written.",
           gauges.last_event_seq);
  text.one("process_resident_memory_bytes", "gauge", "Memory of the server, without its browsers.",
           gauges.resident_bytes);
  return text.take();
}

std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t pages = 0, resident = 0;
  if (!(statm >> pages >> resident)) return 0;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace vouch::ops
