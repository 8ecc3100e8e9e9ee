// vouch run: executes a feature's tests on a server.
#include "cli/command_line.h"
#include "cli/follow.h"
#include "cli/interrupt.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

struct RunFlags {
  std::string feature, tag, config, site;
  bool all = false;
  bool wait = false;
  double timeout_s = 0;
};

ExitCode exit_code_of(const json::object& digest) {
  const std::string status = text_of(digest, "status");
  if (status == "passed") return ExitCode::kDone;
  if (status == "running") return ExitCode::kStillRunning;
  return status == "cancelled" ? ExitCode::kCancelled : ExitCode::kJobFailed;
}

ExitCode run_feature(const Invocation& invocation, const RunFlags& flags) {
  const bool several = flags.all || !flags.tag.empty();
  if (flags.feature.empty() == !several) {
    return invocation.usage(several ? "Name a feature, or give --all or --tag: not both."
                                    : "Which tests? Name a feature, or give --all or --tag.");
  }
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto project = invocation.project(**client);
  if (!project) return invocation.fail_with(project.error());
  json::object params{{"project", *project}};
  if (!several) params["feature"] = flags.feature;
  if (!flags.tag.empty()) params["tag"] = flags.tag;
  if (!flags.config.empty()) params["config"] = flags.config;
  if (!flags.site.empty()) params["siteUrl"] = flags.site;
  auto dispatched = (*client)->call(several ? "run_project" : "run_feature", params);
  if (!dispatched) return invocation.fail_with(dispatched.error());
  const std::int64_t run_id = integer_of(as_object(*dispatched), "runId").value_or(0);
  if (!flags.wait) {
    invocation.print(invocation.json
                         ? pretty(*dispatched) + "\n"
                         : "run " + std::to_string(run_id) + "  running\nSee it: vouch runs show " +
                               std::to_string(run_id) + "\n");
    return ExitCode::kDone;
  }
  auto digest = follow_run(invocation, **client, *project, run_id,
                           {.timeout_ms = static_cast<std::int64_t>(flags.timeout_s * 1000)});
  if (!digest) return invocation.fail_with(digest.error());
  invocation.print(invocation.json ? pretty(*digest) + "\n" : run_report(invocation.out, *digest));
  const ExitCode end = exit_code_of(*digest);
  if (end == ExitCode::kJobFailed && !invocation.json) {
    invocation.note("Why: vouch runs diagnose " + std::to_string(run_id) + "\n");
  }
  return interrupted() ? ExitCode::kInterrupted : end;
}

}  // namespace

void add_run_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* command = app.add_subcommand(
      "run", "Execute generated tests on a server: of a feature, of all, or of a tag");
  command->fallthrough();
  command->add_option("feature", flags->feature, "Its id or name")->type_name("");
  command->add_flag("--all", flags->all, "All features that are generated, as one run");
  command->add_option("--tag", flags->tag, "All tests of this tag, as one run")->type_name("@TAG");
  command->add_flag("--wait,--watch", flags->wait, "Wait for its end, and exit with the outcome");
  command->add_option("--config", flags->config, "The configuration to run with (Default)")
      ->type_name("NAME");
  command->add_option("--site-url,--site", flags->site, "Another site than the project's")
      ->type_name("URL");
  command->add_option("--timeout", flags->timeout_s, "Stop waiting after so many seconds")
      ->type_name("S")
      ->check(CLI::PositiveNumber);
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return run_feature(invocation, *flags); };
  });
}

}  // namespace vouch::cli
