// vouch secrets set: keeps a value that is never shown again.
#include <unistd.h>

#include "cli/command_line.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

struct SecretFlags {
  std::string name, file;
};

ExitCode set_secret(const Invocation& invocation, const SecretFlags& flags) {
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto project = invocation.project(**client);
  if (!project) return invocation.fail_with(project.error());
  std::string value;
  if (flags.file.empty() && isatty(0) == 1) {
    value = read_secret(invocation, "Value of " + flags.name + ": ");
  } else {
    auto read = read_input(flags.file.empty() ? "-" : flags.file);
    if (!read) return invocation.fail_with(read.error());
    value = std::move(*read);
    if (value.ends_with('\n')) value.pop_back();  // the editor's
  }
  if (value.empty()) {
    return invocation.usage("No value was given. Type it, pipe it in, or name a --file.");
  }
  auto answer = (*client)->call("set_secret",
                                {{"project", *project}, {"secret", flags.name}, {"value", value}});
  if (!answer) return invocation.fail_with(answer.error());
  invocation.print(invocation.json ? pretty(*answer) + "\n"
                                   : "Kept. Steps refer to it as ${" + flags.name + "}.\n");
  return ExitCode::kDone;
}

}  // namespace

void add_secret_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<SecretFlags>();
  CLI::App* command = subcommand_at(app, "secrets set");
  command->description(
      "Set a secret, from a line that is typed, from what is piped in, or from a file");
  command->add_option("name", flags->name, "What steps call it")->required()->type_name("");
  command->add_option("--file", flags->file, "The file that holds the value; - is standard input")
      ->type_name("FILE");
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return set_secret(invocation, *flags); };
  });
}

}  // namespace vouch::cli
