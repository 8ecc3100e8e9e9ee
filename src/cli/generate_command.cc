// vouch generate: features become proven tests, on a server or on one of its own.
// vouch prove: what it kept of them is verified and proven again.
#include <sys/stat.h>

#include <boost/url/parse.hpp>
#include <fstream>

#include "base/site_access.h"
#include "cli/app.h"
#include "cli/command_line.h"
#include "cli/embedded.h"
#include "cli/follow.h"
#include "cli/generation_target.h"
#include "cli/interrupt.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct GenerateFlags {
  std::vector<std::string> features;
  std::string site, reset, on_ambiguity, junit, out, steps, http_credentials;
  std::vector<std::string> variables, pages, aliases, secrets, allowed_hosts, answers;
  double timeout_s = 0;
  bool watch = false, no_run = false, local = false, not_repeatable = false;
  bool ignore_https_errors = false;
  bool proves = false;  // `vouch prove`
};

// What was asked for makes no sense: exit code 2, not 1.
std::unexpected<Error> misuse(std::string message) {
  return fail(ErrorCode::kInvalidRequest, std::move(message), {{"usage", true}});
}

Result<void> read_answers(const std::vector<std::string>& given, Answers& answers) {
  for (const std::string& text : given) {
    const std::size_t at = text.find('=');
    if (at == text.npos || at == 0) {
      return misuse("--answer takes ID=VALUE, such as line-12=1, and not \"" + text + "\".");
    }
    answers[text.substr(0, at)] = text.substr(at + 1);
  }
  return {};
}

Result<void> write_file(const std::string& path, const std::string& text) {
  std::error_code ignored;
  if (const fs::path folder = fs::path(path).parent_path(); !folder.empty()) {
    fs::create_directories(folder, ignored);
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  if (out.flush()) return {};
  return fail(ErrorCode::kUnavailable, path + " cannot be written.");
}

// "POST /reset", or "/reset" alone.
Result<json::object> read_reset(const std::string& text) {
  const std::size_t space = text.find(' ');
  std::string method = space == text.npos ? "POST" : text.substr(0, space);
  const std::string url = space == text.npos ? text : text.substr(space + 1);
  for (char& c : method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const bool is_address = url.starts_with('/') || url.find("://") != url.npos;
  if (!is_address || method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != method.npos) {
    return misuse("--reset takes a request, such as \"POST /reset\", not \"" + text + "\".");
  }
  return json::object{{"method", method}, {"url", url}};
}

// "name=value", each once.
Result<json::object> read_pairs(std::string_view flag, const std::vector<std::string>& given) {
  json::object pairs;
  for (const std::string& text : given) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0) {
      return misuse(std::string(flag) + " takes name=value, not \"" + text + "\".");
    }
    pairs[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return pairs;
}

Result<json::object> project_settings(const GenerateFlags& flags) {
  json::object settings;
  if (!flags.reset.empty()) {
    VOUCH_TRY(settings["reset"], read_reset(flags.reset));
  }
  const auto add = [&](std::string_view flag, const std::vector<std::string>& given,
                       std::string_view member) -> Result<void> {
    VOUCH_TRY(json::object pairs, read_pairs(flag, given));
    if (!pairs.empty()) settings[member] = std::move(pairs);
    return {};
  };
  VOUCH_TRY_VOID(add("--var", flags.variables, "variables"));
  VOUCH_TRY_VOID(add("--page", flags.pages, "pages"));
  VOUCH_TRY_VOID(add("--alias", flags.aliases, "aliases"));
  if (!flags.allowed_hosts.empty()) {
    settings["allowedHosts"] = json::array(flags.allowed_hosts.begin(), flags.allowed_hosts.end());
  }
  if (flags.not_repeatable) settings["repeatable"] = false;
  if (flags.ignore_https_errors) settings["ignoreHTTPSErrors"] = true;
  if (!flags.http_credentials.empty()) {
    const std::size_t colon = flags.http_credentials.find(':');
    if (colon == std::string::npos || colon == 0 ||
        !secret_named_by(flags.http_credentials.substr(colon + 1))) {
      return misuse(
          "--http-credentials takes a user and the secret that holds the password, such as "
          "'anna:${STAGING_PASSWORD}' with --secret STAGING_PASSWORD.");
    }
    settings["httpCredentials"] = {{"username", flags.http_credentials.substr(0, colon)},
                                   {"password", flags.http_credentials.substr(colon + 1)}};
  }
  if (!flags.steps.empty()) {
    VOUCH_TRY(settings["steps"], read_input(flags.steps));
  }
  return settings;
}

// Nothing is started for a site that is not there.
Result<void> check_site(const std::string& site) {
  auto url = boost::urls::parse_uri(site);
  if (!url || (url->scheme() != "http" && url->scheme() != "https") || url->host().empty()) {
    return fail(
        ErrorCode::kInvalidRequest,
        "--site takes the site's address, such as http://localhost:3000, not \"" + site + "\".");
  }
  if (auto reached = probe_site(site); !reached) return reached;
  return {};
}

// A person types "localhost:3000".
std::string with_scheme(const std::string& site) {
  return site.empty() || site.find("://") != site.npos ? site : "http://" + site;
}

// The name of the project that is made for a site: its host.
std::string project_name(const std::string& site) {
  auto url = boost::urls::parse_uri(site);
  if (!url) return site;
  const std::string port(url->port());
  return std::string(url->host()) + (port.empty() ? "" : ":" + port);
}

class Generate {
 public:
  Generate(const Invocation& invocation, GenerateFlags flags)
      : invocation_(invocation), flags_(std::move(flags)) {
    flags_.site = with_scheme(flags_.site);
  }

  ExitCode run() {
    // From here on Ctrl-C folds up what was begun.
    watch_for_interrupts();
    if (auto read = read_arguments(); !read) return tell(read.error());
    if (auto connected = connect(); !connected) return tell(connected.error());
    if (auto chosen = choose_project(); !chosen) return tell(chosen.error());
    dispatch();
    if (!watches()) return tell_dispatched();
    FollowOptions options;
    options.timeout_ms = static_cast<std::int64_t>(flags_.timeout_s * 1000);
    options.cancel_at_timeout = embedded_ != nullptr;
    if (auto read = read_answers(flags_.answers, options.answers); !read) return tell(read.error());
    end_ = follow(invocation_, *client_, targets_, options);
    read_outcomes();
    return finish();
  }

 private:
  bool in_files() const { return targets_.front().file.has_value(); }
  bool watches() const { return in_files() || flags_.watch; }

  ExitCode tell(const Error& error) {
    if (!gherkin_report_.empty()) {
      invocation_.note(gherkin_report_);
      if (invocation_.json) {
        invocation_.print(
            pretty(json::object{{"error", to_string(error.code)}, {"message", error.message}}) +
            "\n");
      }
      return ExitCode::kError;
    }
    if (error.details.contains("usage")) return invocation_.usage(error.message);
    return interrupted() ? ExitCode::kInterrupted : invocation_.fail_with(error);
  }

  Result<void> read_arguments() {
    for (const std::string& argument : flags_.features) {
      GenerationTarget target;
      target.label = argument;
      target.proves = flags_.proves;
      if (names_file(argument)) {
        auto file = read_feature_file(invocation_.err, argument);
        if (!file && file.error().code == ErrorCode::kInvalidRequest &&
            file.error().message.ends_with('\n')) {
          gherkin_report_ += file.error().message;
          continue;
        }
        if (!file) return std::unexpected(file.error());
        target.file = *file;
      } else {
        target.feature = argument;
      }
      targets_.push_back(std::move(target));
    }
    if (!gherkin_report_.empty()) return fail(ErrorCode::kInvalidRequest, gherkin_report_);
    const bool files = in_files();
    for (const GenerationTarget& target : targets_) {
      if (target.file.has_value() != files) {
        return misuse("Name either files, or features of a server, not both: " + target.label);
      }
    }
    if (!flags_.out.empty() && targets_.size() > 1) {
      return misuse("--out is for a single feature.");
    }
    return {};
  }

  Result<void> connect() {
    VOUCH_TRY(settings_, invocation_.settings());
    const bool own = in_files() && (flags_.local || settings_.server.empty());
    if (!own) {
      if (settings_.server.empty() && settings_.api_key.empty()) {
        return misuse("\"" + targets_.front().label +
                      "\" is no file here, and there is no server to have a feature of that name. "
                      "Name a feature file, or a server with --server.");
      }
      VOUCH_TRY(client_, invocation_.client());
      return {};
    }
    if (flags_.site.empty()) {
      return misuse("Which site is it about? Give its address: --site http://localhost:3000");
    }
    VOUCH_TRY_VOID(check_site(flags_.site));
    AppOptions options;
    options.tools_root = invocation_.tools_root;
    // A reset puts the whole site back, so with one, features would disturb each other.
    if (!flags_.reset.empty()) options.generations_max = 1;
    // The finished test is run once more at the end.
    options.runners_ahead = flags_.no_run ? 0 : 1;
    VOUCH_TRY(embedded_, EmbeddedServer::start(user_state_dir(invocation_.environment), options));
    if (!embedded_->can_generate()) {
      std::string message = "This machine lacks what it takes:";
      for (const std::string& sentence : embedded_->missing()) message += "\n" + sentence;
      return fail(ErrorCode::kUnavailable, message);
    }
    client_ = std::make_unique<Client>(embedded_->server());
    return {};
  }

  // Their values are in the environment, so that they stand in no list of processes.
  Result<void> set_secrets(const std::string& project) {
    for (const std::string& name : flags_.secrets) {
      const std::optional<std::string> value = invocation_.environment(name);
      if (!value) {
        return misuse("--secret " + name +
                      " takes its value from the environment variable of that name, which is not "
                      "set.");
      }
      json::object params{{"project", project}, {"secret", name}, {"value", *value}};
      VOUCH_TRY_VOID(client_->call("set_secret", params));
    }
    return {};
  }

  Result<void> choose_project() {
    VOUCH_TRY(json::object wanted, project_settings(flags_));
    std::string project;
    const bool by_site =
        embedded_ || (in_files() && settings_.project.empty() && !flags_.site.empty());
    if (by_site) {
      VOUCH_TRY(project,
                find_or_create_project(*client_, project_name(flags_.site), flags_.site, wanted));
      VOUCH_TRY_VOID(set_secrets(project));
    } else {
      VOUCH_TRY(project, invocation_.project(*client_));
      if (!wanted.empty() || !flags_.secrets.empty()) {
        return misuse(
            "--reset, --var, --page, --alias, --secret, --allow-host, --steps, "
            "--http-credentials, --ignore-https-errors and --not-repeatable belong to a project, "
            "and this one has its own. Leave them out, or use --local.");
      }
    }
    for (GenerationTarget& target : targets_) target.project = project;
    return {};
  }

  void dispatch() {
    if (flags_.proves) return dispatch_provings();
    DispatchWish wish{flags_.site, flags_.on_ambiguity, embedded_ != nullptr};
    std::vector<std::string> names;
    for (GenerationTarget& target : targets_) {
      if (interrupted()) return;
      // Two files may say the same name; a server knows a feature by it.
      if (target.file) {
        const bool again = std::find(names.begin(), names.end(), target.file->name) != names.end();
        if (again) target.file->name += " (" + target.file->path.string() + ")";
        names.push_back(target.file->name);
      }
      auto done = put_feature(*client_, target, embedded_ != nullptr);
      if (done) done = dispatch_generation(*client_, target, wish);
      if (!done) target.error = done.error();
      begin_progress(target);
    }
  }

  void dispatch_provings() {
    for (GenerationTarget& target : targets_) {
      if (interrupted()) return;
      auto done = find_generated(*client_, target);
      if (done) done = dispatch_proving(*client_, target, flags_.site);
      if (!done) target.error = done.error();
      begin_progress(target);
    }
  }

  // What there is to do is shown before any of it has begun.
  void begin_progress(GenerationTarget& target) {
    const std::int64_t now = monotonic_ms();
    target.progress = GenerationProgress(target.file ? target.file->name : target.label, now);
    if (target.error) return;
    auto status = client_->call(target.status_operation(), target.job_params());
    if (!status) return;
    const std::string name = text_of(as_object(*status), "featureName");
    if (!target.file) target.progress = GenerationProgress(name, now);
    target.progress.take_status(as_object(*status), now);
  }

  static std::string follow_command(const GenerationTarget& target) {
    const std::string label = shell_word(target.label);
    return target.proves ? "vouch provings show " + label + " " + target.request_id
                         : "vouch generation status " + label;
  }

  ExitCode tell_dispatched() {
    ExitCode end = ExitCode::kDone;
    json::array all;
    for (const GenerationTarget& target : targets_) {
      if (target.error) {
        end = worse(end, invocation_.fail_with(*target.error));
        continue;
      }
      all.push_back(json::object{{"feature", target.label}, {"requestId", target.request_id}});
      if (!invocation_.json) {
        invocation_.print((target.proves ? "Proving " : "Generating ") + target.label +
                          ", request " + target.request_id +
                          ".\nFollow it: " + follow_command(target) + "\n");
      }
    }
    if (invocation_.json) invocation_.print(pretty(json::object{{"dispatched", all}}) + "\n");
    return end;
  }

  void read_outcomes() {
    for (GenerationTarget& target : targets_) {
      if (target.request_id.empty() || target.error) continue;
      auto read = read_outcome(*client_, target);
      if (!read) target.error = read.error();
      if (target.error || target.proves) continue;
      write_spec(target);
      const bool proven = text_of(target.status, "overallConclusion") == "success";
      if (proven && embedded_ && !flags_.no_run && !interrupted()) run_once(target);
    }
  }

  // A feature that failed keeps the spec that an earlier generation proved.
  void write_spec(GenerationTarget& target) {
    if (text_of(target.status, "overallConclusion") != "success" || target.spec.empty()) return;
    std::string path = flags_.out;
    if (path.empty() && target.file) path = spec_file_beside(target.file->path).string();
    if (path.empty()) return;
    auto written = write_file(path, target.spec);
    if (written) {
      target.spec_written = path;
    } else {
      target.error = written.error();
    }
  }

  // The finished test once more, as a person would run it.
  void run_once(GenerationTarget& target) {
    auto dispatched = client_->call("run_feature", target.params());
    if (!dispatched) {
      target.error = dispatched.error();
      return;
    }
    const std::int64_t run_id = integer_of(as_object(*dispatched), "runId").value_or(0);
    auto digest = follow_run(invocation_, *client_, target.project, run_id, {});
    if (digest) {
      target.run = *digest;
    } else {
      target.error = digest.error();
    }
  }

  ExitCode finish() {
    ExitCode end = end_;
    for (const GenerationTarget& target : targets_) {
      const ExitCode own = target.exit_code();
      // The embedded server goes with this process, so at a timeout the generation was cancelled.
      const bool by_timeout = end_ == ExitCode::kStillRunning && own == ExitCode::kCancelled;
      end = worse(end, by_timeout ? ExitCode::kStillRunning : own);
    }
    if (end_ == ExitCode::kInterrupted || interrupted()) end = ExitCode::kInterrupted;
    if (!flags_.junit.empty()) {
      std::vector<JunitSuite> suites;
      suites.reserve(targets_.size());
      for (const GenerationTarget& target : targets_) suites.push_back(target.to_junit());
      auto written = write_file(flags_.junit, junit_xml(suites));
      if (!written) end = worse(end, invocation_.fail_with(written.error()));
    }
    if (invocation_.json) {
      json::array features;
      for (const GenerationTarget& target : targets_) features.push_back(target.to_json());
      invocation_.print(pretty(json::object{{"exitCode", static_cast<int>(end)},
                                            {"features", std::move(features)}}) +
                        "\n");
    } else {
      for (const GenerationTarget& target : targets_) report(target);
      what_next(end);
    }
    return end;
  }

  void report(const GenerationTarget& target) const {
    const Terminal& out = invocation_.out;
    if (target.error) {
      invocation_.note(error_report(
          invocation_.err, {target.error->code, target.label + ": " + target.error->message}));
    }
    if (target.status.empty()) return;
    const std::string conclusion = text_of(target.status, "overallConclusion");
    const bool good = conclusion == "success";
    const std::string word = good                              ? "proven"
                             : !target.needs_answer.empty()    ? "waits for an answer,"
                             : end_ == ExitCode::kStillRunning ? "not finished in time,"
                             : conclusion == "failure"         ? "failed"
                             : conclusion == "cancelled"       ? "cancelled"
                             : target.proves                   ? "still proving"
                                                               : "still generating";
    std::string text =
        "\n" + paint(out, Tone::kStrong, printable(text_of(target.status, "featureName"))) + "  " +
        paint(out, good ? Tone::kGood : Tone::kBad, word) +
        paint(out, Tone::kFaint, " after " + elapsed_text(target.progress.elapsed_ms())) + "\n";
    text += generation_report(out, target.status, target.proof,
                              target.file ? target.file->path.string() : "");
    if (!target.proof.empty()) text += "  " + proof_summary(target.proof) + "\n";
    if (!target.run.empty()) text += run_line(out, target.run);
    if (!target.spec_written.empty()) {
      text += "  " + paint(out, Tone::kLink, target.spec_written) + " written\n";
    }
    invocation_.print(text);
  }

  static std::string run_line(const Terminal& out, const json::object& run) {
    const json::object& summary = object_of(run, "summary");
    const std::int64_t total = integer_of(summary, "total").value_or(0);
    const std::int64_t passed = integer_of(summary, "passed").value_or(0);
    if (text_of(run, "status") != "passed") return run_report(out, run);
    return "  run once more: " + std::to_string(passed) + " of " + std::to_string(total) +
           " passed\n";
  }

  void what_next(ExitCode end) const {
    const Terminal& out = invocation_.out;
    std::string specs, files;
    for (const GenerationTarget& target : targets_) {
      if (!target.spec_written.empty()) specs += " " + shell_word(target.spec_written);
      files += " " + shell_word(target.file ? target.file->path.string() : target.label);
    }
    std::string text;
    if (end == ExitCode::kDone && !specs.empty()) {
      text = "  npx playwright test" + specs + "\n";
      if (!flags_.site.empty() && !has_playwright_config()) {
        text += paint(out, Tone::kFaint,
                      "  (needs baseURL: '" + flags_.site + "' in your playwright.config)") +
                "\n";
      }
    } else if (flags_.proves && end == ExitCode::kJobFailed) {
      text = "  Mend the site; or, where it is meant to be as it is now, ";
      text += in_files() ? "generate the test again.\n" : "heal the test, or generate it again.\n";
    } else if (flags_.proves && end == ExitCode::kStillRunning && !embedded_) {
      for (const GenerationTarget& target : targets_) text += "  " + follow_command(target) + "\n";
    } else if (flags_.proves) {
      return;
    } else if (end == ExitCode::kDone && watches()) {
      for (const GenerationTarget& target : targets_) {
        text += "  vouch run " + shell_word(target.label) + " --wait\n";
      }
    } else if (end == ExitCode::kJobFailed) {
      text = "  Mend what is told above, and generate again:\n  vouch generate" + files;
      if (!flags_.site.empty()) text += " --site " + shell_word(flags_.site);
      if (!flags_.reset.empty()) text += " --reset " + shell_word(flags_.reset);
      text += "\n";
    } else if (end == ExitCode::kClarificationNeeded && embedded_) {
      text = "  vouch generate" + files + " --site " + shell_word(flags_.site);
      if (!flags_.reset.empty()) text += " --reset " + shell_word(flags_.reset);
      text += " --on-ambiguity ask";
      for (const GenerationTarget& target : targets_) {
        if (!target.needs_answer.empty()) text += " " + target.needs_answer;
      }
      text += "\n";
    } else if (end == ExitCode::kClarificationNeeded) {
      text = "  vouch generation respond" + files + " --response N\n";
    } else if (end == ExitCode::kStillRunning && !embedded_) {
      text = "  vouch generation status" + files + "\n";
    } else {
      return;
    }
    invocation_.print("\n" + paint(out, Tone::kStrong, "Next") + "\n" + text);
  }

  // Where there is one, it is the person's own business.
  bool has_playwright_config() const {
    std::error_code error;
    fs::path folder = fs::absolute(targets_.front().spec_written, error).parent_path();
    for (; !folder.empty(); folder = folder.parent_path()) {
      for (const char* ending : {"ts", "js", "mjs", "cjs", "mts", "cts"}) {
        if (fs::exists(folder / (std::string("playwright.config.") + ending), error)) return true;
      }
      if (folder == folder.parent_path()) break;
    }
    return false;
  }

  static std::string shell_word(const std::string& text) {
    const bool plain = text.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                           "_./:-,=@%+") == text.npos;
    if (plain && !text.empty()) return text;
    std::string out = "'";
    for (char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
  }

  const Invocation& invocation_;
  GenerateFlags flags_;
  Settings settings_;
  std::unique_ptr<EmbeddedServer> embedded_;
  std::unique_ptr<Client> client_;
  std::vector<GenerationTarget> targets_;
  std::string gherkin_report_;
  ExitCode end_ = ExitCode::kDone;
};

// What both commands have: the features, their site and how to wait.
void add_shared_options(CLI::App* command, const std::shared_ptr<GenerateFlags>& flags) {
  command->fallthrough();
  command->add_option("feature", flags->features, "Feature files; or features by id or name")
      ->required()
      ->type_name("");
  command->add_option("--site,--site-url", flags->site, "The address of the site")
      ->type_name("URL");
  command
      ->add_option("--reset", flags->reset,
                   "A request that puts the site back, such as \"POST /reset\"")
      ->type_name("REQUEST");
  command
      ->add_option("--secret", flags->secrets,
                   "The name of an environment variable that steps refer to as ${name}, and that "
                   "is never written down")
      ->type_name("NAME");
  command->add_option("--var", flags->variables, "A value that steps refer to as ${name}")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--page", flags->pages,
                   "What steps call a page, and its path, such as \"account=/my/account\"")
      ->type_name("NAME=PATH")
      ->allow_extra_args(false);
  command
      ->add_option("--alias", flags->aliases,
                   "What steps say, and what the site says instead, such as \"basket=cart\"")
      ->type_name("SAID=MEANT")
      ->allow_extra_args(false);
  command
      ->add_option("--allow-host", flags->allowed_hosts,
                   "A further host that the site's pages may reach")
      ->type_name("HOST")
      ->allow_extra_args(false);
  command
      ->add_option("--steps", flags->steps,
                   "Steps of your own, explained in Gherkin: each scenario's name is a step")
      ->type_name("FILE");
  command
      ->add_option("--http-credentials", flags->http_credentials,
                   "What the site is told where it asks for HTTP authentication: the user, and the "
                   "secret that holds the password, as 'anna:${NAME}'")
      ->type_name("USER:${NAME}");
  command->add_flag("--ignore-https-errors", flags->ignore_https_errors,
                    "The site's certificate may be one that no authority has signed");
  command->add_flag("--not-repeatable", flags->not_repeatable,
                    "What the steps do cannot be undone or done twice");
  command->add_option("--timeout", flags->timeout_s, "Stop waiting after so many seconds")
      ->type_name("S")
      ->check(CLI::PositiveNumber);
  command->add_flag("--watch", flags->watch, "Follow the job of a server's feature to its end");
  command->add_option("--junit", flags->junit, "Write JUnit XML")->type_name("FILE");
  command->add_flag("--local", flags->local, "Work here, even where a server is configured");
}

void choose_on_parse(CLI::App* command, Invocation& invocation, Action& chosen,
                     const std::shared_ptr<GenerateFlags>& flags) {
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return Generate(invocation, *flags).run(); };
  });
}

}  // namespace

void add_generate_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<GenerateFlags>();
  CLI::App* command = app.add_subcommand(
      "generate", "Turn feature files, or features of a server, into proven Playwright tests");
  add_shared_options(command, flags);
  command
      ->add_option("--answer", flags->answers,
                   "The answer to a question that a generation asks, such as line-12=1")
      ->type_name("ID=VALUE")
      ->allow_extra_args(false);
  command->add_option("--on-ambiguity", flags->on_ambiguity, "Where a step names several things")
      ->check(CLI::IsMember({"fail", "guess", "ask"}))
      ->type_name("fail|guess|ask");
  command->add_option("--out", flags->out, "Where to write the test (beside the feature file)")
      ->type_name("FILE");
  command->add_flag("--no-run", flags->no_run, "Do not run the finished test once more");
  choose_on_parse(command, invocation, chosen, flags);
}

void add_prove_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<GenerateFlags>();
  flags->proves = true;
  flags->no_run = true;
  CLI::App* command = app.add_subcommand(
      "prove", "Prove kept tests again on the site as it is now, and change nothing of them");
  add_shared_options(command, flags);
  choose_on_parse(command, invocation, chosen, flags);
}

}  // namespace vouch::cli
