#include "cli/generation_target.h"

#include "cli/json_read.h"
#include "features/generate/generation.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

ExitCode run_exit_code(const json::object& run) {
  const std::string status = text_of(run, "status");
  if (status == "passed" || run.empty()) return ExitCode::kDone;
  if (status == "running") return ExitCode::kStillRunning;
  return status == "cancelled" ? ExitCode::kCancelled : ExitCode::kJobFailed;
}

}  // namespace

json::object GenerationTarget::job_params() const {
  json::object all = params();
  if (proves) all["provingId"] = request_id;
  return all;
}

ExitCode GenerationTarget::exit_code() const {
  if (error) return cli::exit_code(error->code);
  if (!needs_answer.empty()) return ExitCode::kClarificationNeeded;
  if (text_of(status, "overallStatus") != "completed") return ExitCode::kStillRunning;
  const std::string conclusion = text_of(status, "overallConclusion");
  if (conclusion == "cancelled") return ExitCode::kCancelled;
  if (conclusion != "success") return ExitCode::kJobFailed;
  return run_exit_code(run);
}

json::object GenerationTarget::to_json() const {
  json::object out;
  out["file"] = file ? json::value(file->path.string()) : nullptr;
  out["exitCode"] = static_cast<int>(exit_code());
  if (error) {
    out["error"] = {{"error", to_string(error->code)}, {"message", error->message}};
  }
  out[proves ? "proving" : "generation"] = status.empty() ? json::value() : status;
  out["proof"] = proof;
  if (proves) return out;
  out["spec"] = spec_written.empty() ? json::value() : json::value(spec_written);
  out["run"] = run.empty() ? json::value() : run;
  return out;
}

JunitSuite GenerationTarget::to_junit() const {
  JunitSuite suite;
  suite.name = text_of(status, "featureName");
  if (suite.name.empty()) suite.name = file ? file->name : label;
  if (file) suite.file = file->path.string();
  suite.status = status;
  suite.proof = proof;
  if (error) suite.error = error->message;
  for (const SectionProgress& section : progress.sections()) {
    if (section.began_ms && section.ended_ms) {
      suite.section_ms[section.section] = *section.ended_ms - *section.began_ms;
    }
  }
  suite.duration_ms = progress.elapsed_ms();
  return suite;
}

Result<void> put_feature(Client& client, GenerationTarget& target, bool replace) {
  if (!target.file) return {};
  target.feature = target.file->name;
  auto found = client.call("get_feature", target.params());
  if (!found && found.error().code != ErrorCode::kNotFound) {
    return std::unexpected(found.error());
  }
  if (!found) {
    json::object params{
        {"project", target.project}, {"name", target.file->name}, {"gherkin", target.file->text}};
    VOUCH_TRY(json::value made, client.call("create_feature", params));
    target.feature = std::to_string(integer_of(as_object(made), "id").value_or(0));
    return {};
  }
  const json::object& feature = as_object(*found);
  target.feature = std::to_string(integer_of(feature, "id").value_or(0));
  if (text_of(feature, "gherkin") == target.file->text) return {};
  json::object params = target.params();
  if (replace && text_of(feature, "status") == "generating") {
    VOUCH_TRY_VOID(client.call("cancel_generation", params));
  }
  params["gherkin"] = target.file->text;
  VOUCH_TRY_VOID(client.call("update_feature", params));
  return {};
}

Result<void> dispatch_generation(Client& client, GenerationTarget& target,
                                 const DispatchWish& wish) {
  json::object params = target.params();
  if (!wish.site.empty()) params["siteUrl"] = wish.site;
  if (!wish.on_ambiguity.empty()) params["onAmbiguity"] = wish.on_ambiguity;
  if (target.file && !target.file->uploads.empty()) params["files"] = target.file->uploads;
  auto dispatched = client.call("generate_feature", params);
  const bool busy = !dispatched && dispatched.error().code == ErrorCode::kConflict &&
                    dispatched.error().details.contains("requestId");
  if (busy && wish.replace) {
    auto cancelled = client.call("cancel_generation", target.params());
    if (cancelled || cancelled.error().code == ErrorCode::kConflict) {
      dispatched = client.call("generate_feature", params);
    }
  } else if (busy) {
    Error error = dispatched.error();
    error.message += " See `vouch generation status \"" + target.label +
                     "\"`, or end it with `vouch generation cancel`.";
    return std::unexpected(std::move(error));
  }
  if (!dispatched) return std::unexpected(dispatched.error());
  target.request_id = text_of(as_object(*dispatched), "requestId");
  return {};
}

Result<void> find_generated(Client& client, GenerationTarget& target) {
  if (!target.file) return {};
  target.feature = target.file->name;
  auto found = client.call("get_feature", target.params());
  if (!found && found.error().code == ErrorCode::kNotFound) {
    return fail(ErrorCode::kNotFound,
                "No test of the feature \"" + target.file->name +
                    "\" is kept for this site and these settings: generate it first, with the same "
                    "flags.");
  }
  if (!found) return std::unexpected(found.error());
  const json::object& feature = as_object(*found);
  if (text_of(feature, "gherkin") != target.file->text) {
    return fail(ErrorCode::kConflict,
                "The file has changed since its test was generated: generate it again.");
  }
  target.feature = std::to_string(integer_of(feature, "id").value_or(0));
  return {};
}

Result<void> dispatch_proving(Client& client, GenerationTarget& target, const std::string& site) {
  json::object params = target.params();
  if (!site.empty()) params["siteUrl"] = site;
  VOUCH_TRY(json::value dispatched, client.call("prove_feature", params));
  target.request_id = text_of(as_object(dispatched), "requestId");
  return {};
}

Result<void> read_outcome(Client& client, GenerationTarget& target) {
  VOUCH_TRY(json::value status,
            client.call_regardless(target.status_operation(), target.job_params()));
  target.status = as_object(status);
  if (target.proves) {
    target.proof = array_of(target.status, "thens");
    target.status.erase("thens");
    return {};
  }
  VOUCH_TRY(json::value proof, client.call_regardless("get_proof", target.params()));
  target.proof = array_of(as_object(proof), "items");
  const std::string name = text_of(target.status, "featureName");
  json::object params{{"project", target.project}, {"path", features::generate::spec_path(name)}};
  auto spec = client.call_regardless("read_file", params);
  if (spec) target.spec = text_of(as_object(*spec), "content");
  // A feature of which nothing passed has none.
  if (!spec && spec.error().code != ErrorCode::kNotFound) return std::unexpected(spec.error());
  return {};
}

Result<std::string> find_or_create_project(Client& client, const std::string& name,
                                           const std::string& site, const json::object& settings) {
  json::object params{{"limit", 200}};
  while (true) {
    VOUCH_TRY(json::value answer, client.call("list_projects", params));
    for (const json::value& item : array_of(as_object(answer), "items")) {
      const json::object& project = as_object(item);
      if (text_of(project, "name") == name && text_of(project, "siteUrl") == site &&
          object_of(project, "settings") == settings) {
        return text_of(project, "id");
      }
    }
    const std::string next = text_of(as_object(answer), "nextCursor");
    if (next.empty()) break;
    params["cursor"] = next;
  }
  json::object wish{{"name", name}, {"siteUrl", site}};
  if (!settings.empty()) wish["settings"] = settings;
  VOUCH_TRY(json::value made, client.call("create_project", wish));
  return text_of(as_object(made), "id");
}

}  // namespace vouch::cli
