// vouch adapters generate: a provider's samples become a script on a server; with --watch it is
// followed, and what it asks is answered at the terminal.
#include <unistd.h>

#include <iostream>

#include "cli/adapter_report.h"
#include "cli/command_line.h"
#include "cli/follow.h"
#include "cli/interrupt.h"
#include "cli/json_read.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/sample_files.h"

namespace vouch::cli {
namespace {

namespace json = boost::json;

struct AdapterFlags {
  std::string provider, topic, samples, schema, instructions;
  std::vector<std::string> docs, answers;
  double timeout_s = 0;
  bool watch = false;
};

Result<json::array> samples_in(const std::string& path) {
  VOUCH_TRY(auto read, read_samples(path));
  json::array samples;
  std::error_code ignored;
  const std::filesystem::path file(path);
  const bool is_file = !std::filesystem::is_directory(file, ignored);
  for (const adapters::draft::Sample& sample : read) {
    // A line's number alone would name another file's line, too.
    const bool is_number = sample.id.find_first_not_of("0123456789") == std::string::npos;
    json::object one{
        {"name", is_file && is_number ? file.filename().string() + ":" + sample.id : sample.id},
        {"input", sample.input}};
    if (sample.output) one["expectedOutput"] = *sample.output;
    samples.push_back(std::move(one));
  }
  return samples;
}

Result<json::object> read_wish(const AdapterFlags& flags) {
  json::object params{{"provider", flags.provider}, {"topic", flags.topic}};
  if (!flags.samples.empty()) {
    VOUCH_TRY(params["samples"], samples_in(flags.samples));
  }
  if (!flags.schema.empty()) {
    VOUCH_TRY(params["targetSchema"], read_json_file(flags.schema));
  }
  json::array docs;
  for (const std::string& path : flags.docs) {
    VOUCH_TRY(std::string text, read_input(path));
    docs.push_back(json::object{{"title", path}, {"content", std::move(text)}});
  }
  if (!docs.empty()) params["docs"] = std::move(docs);
  if (!flags.instructions.empty()) params["instructions"] = flags.instructions;
  return params;
}

class AdapterFollower {
 public:
  AdapterFollower(const Invocation& invocation, Client& client, const AdapterFlags& flags,
                  std::int64_t id)
      : invocation_(invocation),
        client_(client),
        answers_(flags.answers),
        timeout_ms_(static_cast<std::int64_t>(flags.timeout_s * 1000)),
        params_{{"jobId", std::to_string(id)}},
        label_("job " + std::to_string(id)),
        streams_(client.server()),
        stream_(streams_, followed()) {}

  ExitCode run() {
    watch_for_interrupts();
    while (true) {
      const auto stopped = follow_until_rest();
      if (!stopped) return invocation_.fail_with(stopped.error());
      if (auto read = read_job(); !read) return invocation_.fail_with(read.error());
      if (*stopped != ExitCode::kDone) return tell(*stopped);
      const std::string status = text_of(job_, "status");
      if (status == "completed") return tell(ExitCode::kDone);
      if (status == "failed") return tell(ExitCode::kJobFailed);
      if (status != "needs_clarification") continue;  // somebody else has answered
      auto answered = answer();
      if (!answered) return invocation_.fail_with(answered.error());
      if (!*answered) return tell(ExitCode::kClarificationNeeded);
    }
  }

 private:
  Result<void> read_job() {
    VOUCH_TRY(const json::value answer, client_.call_regardless("get_adapter_job", params_));
    job_ = object_of(as_object(answer), "job");
    return {};
  }

  JobStream::Job followed() {
    JobStream::Job job{.operation = "stream_adapter_job", .params = params_};
    job.take = [this](const ServerEvent& event) { take(event); };
    job.rests = [this]() -> Result<bool> {
      VOUCH_TRY_VOID(read_job());
      const std::string status = text_of(job_, "status");
      return status != "pending" && status != "running";
    };
    return job;
  }

  // Until it has ended or asks (kDone), or the person or the clock has had enough.
  Result<ExitCode> follow_until_rest() {
    Screen screen(2, invocation_.err);
    is_told_ = false;
    stream_.resume();
    for (int frame = 0; !is_told_ && !stream_.rests(); ++frame) {
      stream_.keep();
      if (stream_.error()) {
        screen.clear();
        return std::unexpected(*stream_.error());
      }
      streams_.poll();
      screen.draw({paint(invocation_.err, Tone::kLink, spinner(invocation_.err, frame)) + " " +
                   label_ + "  " + stage_ + "  " +
                   paint(invocation_.err, Tone::kFaint, elapsed_text(monotonic_ms() - began_))});
      if (interrupted()) {
        static_cast<void>(client_.call_regardless("cancel_adapter_job", params_));
        screen.clear();
        return ExitCode::kInterrupted;
      }
      if (timeout_ms_ > 0 && monotonic_ms() - began_ > timeout_ms_) {
        screen.clear();
        return ExitCode::kStillRunning;
      }
    }
    screen.clear();
    return ExitCode::kDone;
  }

  void take(const ServerEvent& event) {
    if (event.name == "stage") stage_ = text_of(event.data, "stage");
    is_told_ |= event.name == "ended" || event.name == "waiting";
    if (event.name != "log" || invocation_.json || invocation_.err.is_terminal) return;
    for (const json::value& line : array_of(event.data, "lines")) {
      if (line.is_string()) invocation_.note(stage_ + ": " + printable(line.get_string()) + "\n");
    }
  }

  // False: nobody gave one.
  Result<bool> answer() {
    const bool person = invocation_.err.is_terminal && isatty(STDIN_FILENO) != 0;
    std::string text;
    if (next_answer_ < answers_.size()) {
      text = answers_[next_answer_++];
    } else if (person) {
      invocation_.note("\n" + printable(text_of(job_, "clarification"), true) + "\nAnswer: ");
      if (!std::getline(std::cin, text)) return false;
    }
    while (!text.empty()) {
      json::object params = params_;
      params["response"] = text;
      auto taken = client_.call("respond_to_adapter_job", params);
      if (taken) return true;
      if (taken.error().code != ErrorCode::kInvalidRequest) return std::unexpected(taken.error());
      VOUCH_TRY_VOID(read_job());
      if (text_of(job_, "status") != "needs_clarification") return true;  // somebody was faster
      if (!person) return std::unexpected(taken.error());
      invocation_.note(taken.error().message + "\nAnswer: ");
      if (!std::getline(std::cin, text)) return false;
    }
    return false;
  }

  ExitCode tell(ExitCode end) {
    if (invocation_.json) {
      invocation_.print(pretty(json::object{{"job", job_}}) + "\n");  // as `status` does
      return end;
    }
    invocation_.print(adapter_job_report(invocation_.out, job_));
    const std::string id = text_of(params_, "jobId");
    const std::string script = std::to_string(integer_of(job_, "resultScriptId").value_or(0));
    if (end == ExitCode::kDone) {
      invocation_.print(assumed_of_job(client_, job_));
      invocation_.print("\nNext\n  vouch adapters show " + script + "\n  vouch adapters activate " +
                        script + "\n");
    } else if (end == ExitCode::kClarificationNeeded) {
      const json::array& asked = array_of(job_, "clarificationFields");
      const bool is_sample =
          !asked.empty() && array_of(as_object(asked.front()), "choices").empty();
      invocation_.print("\nNext\n  vouch adapters respond " + id + " --response \"" +
                        (is_sample ? "$(cat answer.json)" : "1a") + "\"\n");
    } else if (end == ExitCode::kStillRunning) {
      invocation_.print("\nNext\n  vouch adapters status " + id + "\n");
    }
    return end;
  }

  const Invocation& invocation_;
  Client& client_;
  const std::vector<std::string> answers_;
  const std::int64_t timeout_ms_;
  const json::object params_;
  const std::string label_;
  const std::int64_t began_ = monotonic_ms();
  std::size_t next_answer_ = 0;
  bool is_told_ = false;  // by an event: it has ended, or asks
  std::string stage_ = "queued";
  json::object job_;
  EventStreams streams_;
  JobStream stream_;
};

// One call has 1 MB; what is registered has much more.
Error with_another_way(Error error, const AdapterFlags& flags) {
  if (error.code != ErrorCode::kPayloadTooLarge) return error;
  const std::string of = " " + flags.provider + " " + flags.topic;
  error.message +=
      " Samples and documents that one call cannot take are kept one by one beforehand, and used "
      "as well:\n  vouch samples add" +
      of + " --name NAME --input @NAME.input.json --expected-output @NAME.output.json" +
      "\n  vouch documents add" + of + " --title NAME --file FILE";
  return error;
}

ExitCode generate(const Invocation& invocation, const AdapterFlags& flags) {
  if (!flags.watch && (!flags.answers.empty() || flags.timeout_s > 0)) {
    return invocation.usage("--answer and --timeout are of --watch: give that, too.");
  }
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto wish = read_wish(flags);
  if (!wish) return invocation.fail_with(with_another_way(wish.error(), flags));
  auto dispatched = (*client)->call("generate_adapter", *wish);
  if (!dispatched) return invocation.fail_with(with_another_way(dispatched.error(), flags));
  const std::int64_t id = integer_of(as_object(*dispatched), "jobId").value_or(0);
  if (flags.watch) return AdapterFollower(invocation, **client, flags, id).run();
  invocation.print(invocation.json
                       ? pretty(*dispatched) + "\n"
                       : "job " + std::to_string(id) + "  pending\nSee it: vouch adapters status " +
                             std::to_string(id) + "\n");
  return ExitCode::kDone;
}

}  // namespace

void add_adapters_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<AdapterFlags>();
  CLI::App* command = subcommand_at(app, "adapters generate");
  command->description("Generate an adapter script on a server, from samples");
  command->add_option("provider", flags->provider, "The provider's slug")
      ->required()
      ->type_name("");
  command->add_option("topic", flags->topic, "The topic's name")->required()->type_name("");
  command
      ->add_option("--samples", flags->samples,
                   "A folder of NAME.input.json and NAME.output.json, or a file of {input, "
                   "expectedOutput?}, one a line")
      ->type_name("PATH");
  command->add_option("--schema", flags->schema, "A JSON Schema in the place of the topic's")
      ->type_name("FILE");
  command->add_option("--doc", flags->docs, "A document about it")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--instructions", flags->instructions, "What is wanted, in words")
      ->type_name("TEXT");
  command
      ->add_option("--answer", flags->answers, "The answer to the next thing it asks, such as 1a")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  command->add_flag("--watch", flags->watch, "Follow it to its end, and answer what it asks");
  command->add_option("--timeout", flags->timeout_s, "Stop waiting after so many seconds")
      ->type_name("S")
      ->check(CLI::PositiveNumber);
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return generate(invocation, *flags); };
  });
}

}  // namespace vouch::cli
