// vouch adapt: samples and a topic become a tested adapter, here, without a server.
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>

#include "adapters/draft/answer.h"
#include "adapters/draft/draft.h"
#include "adapters/draft/output_paths.h"
#include "adapters/draft/topics.h"
#include "adapters/draft/trial.h"
#include "base/clock.h"
#include "base/scratch_folder.h"
#include "cli/command_line.h"
#include "cli/json_read.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/sample_files.h"
#include "ops/adapters/wire.h"
#include "sandbox/sandbox.h"

namespace vouch::cli {
namespace {

namespace asio = boost::asio;
namespace draft = adapters::draft;
namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t kFieldsShown = 40;  // of the report; --json has all
constexpr std::size_t kFailuresShown = 5;
constexpr std::size_t kPathColumns = 46;
constexpr std::size_t kSourceColumns = 44;
// What the header of every script that Vouch writes holds.
constexpr std::string_view kOwnMark = " * Made from samples.\n";

struct AdaptFlags {
  std::string samples, schema, topic, provider, out, instructions;
  std::vector<std::string> answers;
  bool accept = false;
};

std::unexpected<Error> misuse(std::string message) {
  return fail(ErrorCode::kInvalidRequest, std::move(message), {{"usage", true}});
}

Result<draft::Topic> read_topic(const AdaptFlags& flags) {
  draft::Topic topic;
  if (!flags.topic.empty()) {
    const draft::Topic* known = draft::find_built_in_topic(flags.topic);
    if (known && !flags.schema.empty()) {
      return misuse("The topic " + known->name +
                    " has a schema of its own. Leave --schema out, or give --topic another name.");
    }
    if (known) topic = *known;
    if (!known && flags.schema.empty()) {
      std::string names;
      for (const draft::Topic& one : draft::built_in_topics()) names += " " + one.name;
      return misuse("There is no topic \"" + flags.topic + "\". There are:" + names +
                    ". For one of your own give --schema.");
    }
    if (!known) topic.name = flags.topic;
  }
  if (flags.schema.empty()) return topic;
  VOUCH_TRY(const json::value value, read_json_file(flags.schema));
  const json::object* object = value.if_object();
  if (!object) return misuse(flags.schema + " is no JSON Schema: it must be an object.");
  // A topic's own file, or its schema alone.
  if (object->contains("schema") && object->contains("name")) {
    VOUCH_TRY(draft::Topic read, draft::read_topic(value));
    if (!flags.topic.empty()) read.name = flags.topic;
    return read;
  }
  topic.schema = *object;
  if (topic.name.empty()) {
    const std::string file = fs::path(flags.schema).filename().string();
    topic.name = file.substr(0, file.find('.'));
  }
  return topic;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<draft::Trial> try_here(const draft::Draft& made, const draft::Material& material) {
  VOUCH_TRY(const ScratchFolder folder, ScratchFolder::make("vouch-adapt"));
  asio::io_context io{1};
  sandbox::Sandbox sandbox(io.get_executor(), {.state_dir = folder.path().string()});
  const sandbox::Capabilities& can = sandbox.capabilities();
  if (!can.ready())
    return fail(ErrorCode::kUnavailable,
                can.missing.empty() ? "The sandbox cannot be used here." : can.missing.front());
  script::Pool pool(io.get_executor(), sandbox, {});
  draft::TrialOptions options;
  options.run.owner = "adapt";
  options.run.now_ms = SystemClock().now_ms();
  Result<draft::Trial> trial = fail(ErrorCode::kInternal, "The trial ended without a result.");
  asio::co_spawn(io, draft::try_out(pool, made, material, options),
                 [&](const std::exception_ptr& error, Result<draft::Trial> result) {
                   if (!error) trial = std::move(result);
                   io.stop();
                 });
  io.run();
  return trial;
}

class Adapt {
 public:
  Adapt(const Invocation& invocation, AdaptFlags flags)
      : invocation_(invocation), flags_(std::move(flags)) {}

  ExitCode run() {
    if (auto read = read_arguments(); !read) return tell(read.error());
    draft_ = draft::write(material_);
    const ExitCode asked = ask();
    if (asked == ExitCode::kUsage || asked == ExitCode::kError) return asked;
    tell_unused_answers();
    if (asked == ExitCode::kDone && !draft_.source.empty()) {
      auto trial = try_here(draft_, material_);
      if (!trial) return tell(trial.error());
      trial_ = std::move(*trial);
      if (draft_.is_complete && trial_.passed()) {
        if (auto written = write_script(); !written) return tell(written.error());
      }
    }
    return finish(asked);
  }

 private:
  ExitCode tell(const Error& error) const {
    if (error.details.contains("usage")) return invocation_.usage(error.message);
    return invocation_.fail_with(error);
  }

  Result<void> read_arguments() {
    if (flags_.schema.empty() && flags_.topic.empty())
      return misuse("Say what the script must give: --topic NAME, or --schema FILE.");
    if (auto good = ops::flat::check_slug(flags_.provider); !good)
      return misuse("--provider: " + good.error().message);
    VOUCH_TRY(material_.topic, read_topic(flags_));
    VOUCH_TRY(material_.samples, read_samples(flags_.samples));
    material_.provider = flags_.provider;
    material_.instructions = flags_.instructions;
    out_ = invocation_.working_dir /
           (flags_.out.empty() ? flags_.provider + "-" + material_.topic.name + ".js" : flags_.out);
    return check_out();
  }

  // Before any work: what somebody else wrote is never replaced.
  Result<void> check_out() const {
    std::error_code error;
    if (!fs::exists(out_, error)) return {};
    if (!fs::is_regular_file(out_, error))
      return misuse(
          "--out: " + out_.string() +
          (fs::is_directory(out_, error) ? " is a folder. Name a file in it." : " is no file."));
    if (text_of_file(out_).starts_with("/**\n" + std::string(kOwnMark))) return {};
    return fail(ErrorCode::kConflict, out_.string() +
                                          " is there already, and Vouch did not write it. "
                                          "Give another --out.");
  }

  Result<void> write_script() {
    const fs::path part = out_.string() + ".part";
    std::error_code error;
    if (out_.has_parent_path())
      has_made_folder_ = fs::create_directories(out_.parent_path(), error);
    std::ofstream file(part, std::ios::binary);
    file << draft_.source;
    file.close();
    if (file) keep_earlier(error);
    if (file && !error) fs::rename(part, out_, error);
    if (file && !error) {
      is_written_ = true;
      return {};
    }
    fs::remove(part, error);
    return fail(ErrorCode::kUnavailable, out_.string() + " cannot be written" +
                                             (error ? " (" + error.message() + ")" : "") +
                                             ". Name another place with --out.");
  }

  // A person may have worked on what an earlier run wrote, and on what was set aside before.
  void keep_earlier(std::error_code& error) {
    if (!fs::exists(out_, error) || text_of_file(out_) == draft_.source) return;
    earlier_ = out_.string() + ".before";
    for (int number = 2; fs::exists(earlier_, error); ++number)
      earlier_ = out_.string() + ".before." + std::to_string(number);
    if (!error) fs::rename(out_, earlier_, error);
  }

  // ---- Questions ----

  // kDone: nothing is open, or what is was accepted. kClarificationNeeded: somebody must answer.
  ExitCode ask() {
    const bool person = invocation_.err.is_terminal && isatty(STDIN_FILENO) != 0;
    for (int round = 0; !draft_.questions.empty(); ++round) {
      if (answers_used_ < flags_.answers.size()) {
        auto pins = read_answer(flags_.answers[answers_used_]);
        if (!pins) {
          invocation_.note(questions_text());
          return invocation_.usage("--answer: " + pins.error().message);
        }
        ++answers_used_;
        take(*pins);
        continue;
      }
      if (flags_.accept && draft_.is_complete) return ExitCode::kDone;
      if (!person || round >= draft::kRoundsMax + static_cast<int>(flags_.answers.size()))
        return ExitCode::kClarificationNeeded;
      const auto pins = ask_person();
      if (!pins) return ExitCode::kClarificationNeeded;
      if (pins->empty())
        return draft_.is_complete ? ExitCode::kDone : ExitCode::kClarificationNeeded;
      take(*pins);
    }
    return ExitCode::kDone;
  }

  void tell_unused_answers() const {
    for (std::size_t i = answers_used_; i < flags_.answers.size(); ++i)
      invocation_.note("--answer \"" + printable(flags_.answers[i]) +
                       "\" was not used: nothing was asked any more.\n");
  }

  Result<std::vector<draft::Pin>> read_answer(std::string_view text) const {
    return draft::read_answer(text, draft_.questions, draft::output_paths(material_));
  }

  void take(const std::vector<draft::Pin>& pins) {
    material_.pins.insert(material_.pins.end(), pins.begin(), pins.end());
    draft_ = draft::write(material_);
  }

  // Empty: the person takes what is first. nullopt: the input ended, which says nothing.
  std::optional<std::vector<draft::Pin>> ask_person() const {
    invocation_.note(questions_text());
    if (draft_.is_complete)
      invocation_.note(paint(invocation_.err, Tone::kFaint, "(Enter alone takes what is first.)") +
                       "\n");
    while (true) {
      invocation_.note("Answer: ");
      std::string line;
      if (!std::getline(std::cin, line)) return std::nullopt;
      if (line.empty()) return std::vector<draft::Pin>();
      auto pins = read_answer(line);
      if (pins) return std::move(*pins);
      invocation_.note(pins.error().message + "\n");
    }
  }

  std::string questions_text() const {
    const Terminal& err = invocation_.err;
    std::string text = "\n";
    std::string_view rest;
    const std::string all = draft::clarification(draft_.questions);
    for (rest = all; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string line = printable(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const bool is_question = !line.empty() && line.front() >= '0' && line.front() <= '9';
      text += paint(err, is_question ? Tone::kStrong : Tone::kPlain, line) + "\n";
    }
    return text;
  }

  // ---- The report ----

  ExitCode finish(ExitCode asked) {
    ExitCode end = asked;
    if (end == ExitCode::kDone && !is_written_) end = ExitCode::kJobFailed;
    if (invocation_.json) {
      json::object document{{"exitCode", static_cast<int>(end)},
                            {"draft", draft::to_json(draft_)},
                            {"trial", draft::to_json(trial_)}};
      if (is_written_) document["file"] = out_.string();
      if (!earlier_.empty()) document["earlierFile"] = earlier_.string();
      if (end == ExitCode::kClarificationNeeded)
        document["clarification"] = draft::clarification(draft_.questions);
      invocation_.print(pretty(document) + "\n");
      return end;
    }
    if (end == ExitCode::kClarificationNeeded) invocation_.note(questions_text());
    invocation_.print(headline(end) + fields_text() + trial_text() + assumptions_text() +
                      next_text(end));
    return end;
  }

  std::string headline(ExitCode end) const {
    const Terminal& out = invocation_.out;
    const std::string title =
        material_.provider + " " + std::string(marks(out).arrow) + " " + material_.topic.name;
    const bool good = end == ExitCode::kDone;
    const std::string word = good                                    ? "tested"
                             : end == ExitCode::kClarificationNeeded ? "waits for an answer"
                                                                     : "failed";
    return "\n" + paint(out, Tone::kStrong, printable(title)) + "  " +
           paint(out, good ? Tone::kGood : Tone::kBad, word) + "\n";
  }

  std::string fields_text() const {
    const Terminal& out = invocation_.out;
    std::size_t width = 0;
    std::size_t sources = 0;
    const std::size_t shown = std::min(draft_.fields.size(), kFieldsShown);
    for (std::size_t i = 0; i < shown; ++i) {
      width = std::max(width, display_width(draft_.fields[i].path));
      sources = std::max(sources, display_width(draft_.fields[i].source));
    }
    width = std::min<std::size_t>(width, kPathColumns);
    sources = std::min<std::size_t>(sources, kSourceColumns);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
      const draft::Field& field = draft_.fields[i];
      text += "  " + pad(out, printable(field.path), width) + "  " +
              pad(out, printable(field.source), sources) + "  " +
              paint(out, Tone::kFaint, printable(field.evidence())) + "\n";
    }
    if (shown < draft_.fields.size())
      text += "  " + std::string(marks(out).ellipsis) + " and " +
              std::to_string(draft_.fields.size() - shown) + " more\n";
    return text;
  }

  std::string mark(bool good) const {
    const Terminal& out = invocation_.out;
    return "  " +
           (good ? paint(out, Tone::kGood, marks(out).good)
                 : paint(out, Tone::kBad, marks(out).bad)) +
           " ";
  }

  std::string results_text(const std::vector<draft::SampleResult>& results,
                           std::string_view what) const {
    std::size_t passed = 0;
    std::string failures;
    std::size_t told = 0;
    for (const draft::SampleResult& result : results) {
      if (result.passed) {
        ++passed;
      } else if (told++ < kFailuresShown) {
        failures += "      " + printable(result.sample + ": " + result.error) + "\n";
      }
    }
    return mark(passed == results.size()) + std::to_string(passed) + " of " +
           std::to_string(results.size()) + " " + std::string(what) + "\n" + failures;
  }

  std::string trial_text() const {
    if (trial_.results.empty()) return "";
    std::string text = "\n" + results_text(trial_.results, "samples pass in the sandbox");
    if (!trial_.held_back.empty())
      text += results_text(trial_.held_back,
                           "samples foretold that were held back while it was written");
    text += mark(trial_.fragilities.empty()) + std::to_string(trial_.variants) +
            " inputs with a part missing or null: " +
            (trial_.fragilities.empty() ? "none fails" : "some fail") + "\n";
    for (const draft::Fragility& one : trial_.fragilities)
      text += "      " +
              printable(one.sample + (one.was_null ? " with null for " : " without ") + one.path +
                        ": " + one.error) +
              "\n";
    if (!trial_.is_repeatable) text += mark(false) + "two runs do not give the same output\n";
    return text;
  }

  std::string assumptions_text() const {
    if (draft_.assumptions.empty()) return "";
    const Terminal& out = invocation_.out;
    std::string text = "\n" + paint(out, Tone::kStrong, "Assumed") + "\n";
    std::size_t told = 0;
    for (const adapters::Assumption& one : draft_.assumptions)
      if (told++ < kFieldsShown)
        text += "  " + printable((one.path.empty() ? "" : one.path + ": ") + one.reason) + "\n";
    return text;
  }

  std::string next_text(ExitCode end) const {
    const Terminal& out = invocation_.out;
    if (is_written_) {
      const auto near = [&](const fs::path& path) {
        const std::string text = path.lexically_proximate(invocation_.working_dir).string();
        return printable(text.starts_with("..") ? path.string() : text);
      };
      std::string text = "\n  " + paint(out, Tone::kLink, near(out_)) + " written";
      text += has_made_folder_ ? ", in a folder that was made for it\n" : "\n";
      if (!earlier_.empty()) text += "  The one before it is " + near(earlier_) + " now.\n";
      return text;
    }
    std::string text = "\n" + paint(out, Tone::kStrong, "Next") + "\n";
    if (end == ExitCode::kClarificationNeeded) {
      const bool is_sample =
          !draft_.questions.empty() && draft_.questions[0].kind == draft::Question::Kind::kSample;
      if (is_sample) return text + "  Add the sample that is asked for, and run it again.\n";
      text += "  Run it again with --answer \"1a\", or in a terminal";
      if (draft_.is_complete) return text + ", or with --accept to take what is first.\n";
      text += ".\n";
      if (flags_.accept)
        text += "  --accept does not decide it: the script does not do yet what is expected.\n";
      return text;
    }
    if (draft_.telling)
      text += "  Most would be decided by the expected output of sample " +
              printable(draft_.telling->sample) + ".\n";
    return text + "  Mend what is told above, and run it again; nothing was written.\n";
  }

  const Invocation& invocation_;
  AdaptFlags flags_;
  fs::path out_;
  fs::path earlier_;  // where the script that stood there is now; empty: none did
  draft::Material material_;
  draft::Draft draft_;
  draft::Trial trial_;
  std::size_t answers_used_ = 0;  // of those that --answer gave
  bool is_written_ = false;
  bool has_made_folder_ = false;  // since the one of --out was not there
};

}  // namespace

void add_adapt_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<AdaptFlags>();
  CLI::App* command =
      app.add_subcommand("adapt", "Turn a provider's JSON samples into a tested adapter script");
  command->fallthrough();
  command
      ->add_option("--samples", flags->samples,
                   "A folder of NAME.input.json and NAME.output.json, or a file of {\"input\", "
                   "\"expectedOutput\"} a line")
      ->required()
      ->type_name("DIR|FILE");
  command
      ->add_option("--topic", flags->topic,
                   "What the script gives: a built-in topic; with --schema, what it is called")
      ->type_name("NAME");
  command->add_option("--schema", flags->schema, "What the script gives: a JSON Schema")
      ->type_name("FILE");
  command->add_option("--provider", flags->provider, "Whose payloads they are")
      ->type_name("SLUG")
      ->default_val("provider");
  command->add_option("--out", flags->out, "Where the script is written (PROVIDER-TOPIC.js)")
      ->type_name("FILE");
  command
      ->add_option("--answer", flags->answers,
                   "Answers to what is asked, such as \"1a 2c\"; once for each round")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  command->add_flag("--accept", flags->accept,
                    "Take the first choice of what is not answered, where the script does what "
                    "every sample says");
  command
      ->add_option("--instructions", flags->instructions,
                   "What you know, in words: \"price is unit_price\"")
      ->type_name("TEXT");
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return Adapt(invocation, *flags).run(); };
  });
}

}  // namespace vouch::cli
