#include "ops/run_view.h"

#include <boost/json/value_from.hpp>

#include "ops/credits.h"
#include "ops/wire.h"

namespace vouch::ops {
namespace {

namespace json = boost::json;

json::value member(const store::RunRow& run, std::string_view name, const json::value& otherwise) {
  const json::value* found = run.digest.if_contains(name);
  return found == nullptr ? otherwise : *found;
}

std::int64_t count(const store::RunRow& run, std::string_view name) {
  const json::value* summary = run.digest.if_contains("summary");
  const json::object* counts = summary == nullptr ? nullptr : summary->if_object();
  const json::value* found = counts == nullptr ? nullptr : counts->if_contains(name);
  return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

}  // namespace

json::object summary_json(const RunView& view) {
  const store::RunRow& run = view.run;
  json::object body;
  body["runId"] = run.id;
  body["status"] = store::to_string(run.status);
  body["featureId"] = json::value_from(run.feature_id);
  body["featureName"] = json::value_from(view.feature_name);
  if (!run.feature_id) body["tag"] = text_or_null(run.tag);
  body["config"] = run.config;
  body["siteUrl"] = run.site_url;
  body["createdUtc"] = to_utc(run.created_ms);
  body["startedUtc"] = utc_or_null(run.started_ms);
  body["finishedUtc"] = utc_or_null(run.finished_ms);
  body["summary"] = member(run, "summary", nullptr);
  return body;
}

json::object digest_json(const RunView& view) {
  json::object body = summary_json(view);
  json::value tests = member(view.run, "tests", json::array());
  if (json::array* all = tests.if_array()) {
    for (json::value& test : *all) test.as_object().erase("textHash");  // for us alone
  }
  body["tests"] = std::move(tests);
  json::array artifacts;
  for (const store::ArtifactRow& row : view.artifacts) {
    artifacts.push_back(json::object{{"kind", row.kind}, {"path", row.path}, {"size", row.size}});
  }
  body["artifacts"] = std::move(artifacts);
  body["log"] = member(view.run, "log", nullptr);
  body["creditsUsed"] = credits_of(view.browser_ms);
  return body;
}

json::array artifacts_json(const std::vector<store::ArtifactRow>& artifacts, const LinkOf& link) {
  json::array list;
  for (const store::ArtifactRow& row : artifacts) {
    list.push_back(json::object{
        {"kind", row.kind}, {"path", row.path}, {"size", row.size}, {"url", link(row)}});
  }
  return list;
}

std::string verdict(const store::RunRow& run) {
  const std::int64_t total = count(run, "total");
  const std::string tests = std::to_string(total) + (total == 1 ? " test" : " tests");
  switch (run.status) {
    case store::RunStatus::kRunning:
      return "The run has not finished.";
    case store::RunStatus::kCancelled:
      return "The run was cancelled.";
    case store::RunStatus::kPassed:
      return total == 1 ? "The test passed." : "All " + tests + " passed.";
    case store::RunStatus::kFailed:
      break;
  }
  const std::int64_t failed = count(run, "failed");
  if (failed == 0) return "The run failed outside of its tests: see the log.";
  return std::to_string(failed) + " of " + tests + " failed.";
}

}  // namespace vouch::ops
