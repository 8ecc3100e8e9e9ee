// vouch export: a project's features, tests and configurations, as a zip that runs without Vouch.
#include <fstream>

#include "cli/command_line.h"
#include "cli/json_read.h"
#include "cli/report.h"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

struct ExportFlags {
  std::string file;  // "-": stdout
  bool overwrite = false;
};

// A new file, or, where it may be overwritten, a whole one in its place.
Result<void> write_file(const fs::path& path, const std::string& bytes, bool overwrite) {
  std::error_code error;
  if (!overwrite && fs::exists(path, error)) {
    return fail(ErrorCode::kConflict,
                path.string() + " is there already. Give another --file, or --overwrite.");
  }
  const fs::path part = path.string() + ".part";
  std::ofstream out(part, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) fs::rename(part, path, error);
  if (out && !error) return {};
  fs::remove(part, error);
  return fail(ErrorCode::kUnavailable, path.string() + " cannot be written.");
}

ExitCode export_project(const Invocation& invocation, const ExportFlags& flags) {
  auto client = invocation.client();
  if (!client) return invocation.fail_with(client.error());
  auto project = invocation.project(**client);
  if (!project) return invocation.fail_with(project.error());
  auto bytes = (*client)->fetch("export_project", {{"project", *project}});
  if (!bytes) return invocation.fail_with(bytes.error());
  if (flags.file == "-") {
    invocation.print(*bytes);
    return ExitCode::kDone;
  }
  const fs::path path = invocation.working_dir / flags.file;
  auto written = write_file(path, *bytes, flags.overwrite);
  if (!written) return invocation.fail_with(written.error());
  if (invocation.json) {
    invocation.print(pretty(boost::json::object{{"file", path.string()}, {"size", bytes->size()}}) +
                     "\n");
  } else {
    invocation.print("Written to " + path.string() +
                     ".\nIts tests: unzip it, then npm install && npx playwright test\n");
  }
  return ExitCode::kDone;
}

}  // namespace

void add_export_command(CLI::App& app, Invocation& invocation, Action& chosen) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* command = app.add_subcommand(
      "export", "Write the project as a plain Playwright project that runs without Vouch");
  command->fallthrough();
  command->add_option("--file", flags->file, "Where the zip is written; - is standard output")
      ->type_name("FILE")
      ->default_val("vouch-export.zip");
  command->add_flag("--overwrite", flags->overwrite, "Replace a file that is there already");
  command->callback([&invocation, &chosen, flags] {
    chosen = [&invocation, flags] { return export_project(invocation, *flags); };
  });
}

}  // namespace vouch::cli
