// Records a second through one process:
//   script_bench SCRIPT RECORDS MS [--batch N] [--no-jit]
// RECORDS has one input a line. Warms up for MS milliseconds, measures for as long again, and
// prints the number. bench/scripts.js runs it beside its peers.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "script/script.h"

namespace vouch::script {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

struct Settings {
  std::string script;
  std::vector<std::string> records;
  std::chrono::milliseconds time;
  std::size_t batch = 1;
  bool jit = true;
};

asio::awaitable<double> measure(Pool& pool, const Settings& settings) {
  RunOptions run;
  run.owner = "bench";
  const ScriptPtr script = *Script::make(settings.script);
  std::size_t at = 0, count = 0;
  const auto began = Clock::now();
  while (Clock::now() - began < settings.time) {
    std::vector<std::string> inputs;
    for (; inputs.size() < settings.batch; at = (at + 1) % settings.records.size()) {
      inputs.push_back(settings.records[at]);
    }
    for (const Outcome& outcome : co_await pool.run_all(script, std::move(inputs), run)) {
      if (!outcome.output) std::fprintf(stderr, "%s\n", outcome.output.error().message.c_str());
      VOUCH_CHECK(outcome.output.has_value());
      ++count;
    }
  }
  co_return double(count) / std::chrono::duration<double>(Clock::now() - began).count();
}

double run(const Settings& settings) {
  std::string folder = std::filesystem::temp_directory_path() / "vouch-script-bench-XXXXXX";
  VOUCH_CHECK(mkdtemp(folder.data()) != nullptr);
  asio::io_context io;
  double per_second = 0;
  {
    sandbox::Sandbox sandbox(io.get_executor(),
                             {.state_dir = folder, .launcher_path = "bin/vouch-sandbox"});
    Pool pool(io.get_executor(), sandbox,
              {.worker_path = std::filesystem::absolute("bin/vouch-script"), .jit = settings.jit});
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
          co_await measure(pool, settings);
          per_second = co_await measure(pool, settings);
          io.stop();
        },
        asio::detached);
    io.run();
  }
  std::filesystem::remove_all(folder);
  return per_second;
}

}  // namespace
}  // namespace vouch::script

// From the root of the sources.
int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("script_bench SCRIPT RECORDS MS [--batch N] [--no-jit]\n", stderr);
    return 2;
  }
  vouch::script::Settings settings;
  std::ifstream script(argv[1]), records(argv[2]);
  settings.script.assign(std::istreambuf_iterator<char>(script), {});
  for (std::string line; std::getline(records, line);) settings.records.push_back(line);
  settings.time = std::chrono::milliseconds(std::atoi(argv[3]));
  for (int i = 4; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--no-jit") settings.jit = false;
    if (option == "--batch" && i + 1 < argc) settings.batch = std::strtoul(argv[++i], nullptr, 10);
  }
  std::printf("%.1f\n", vouch::script::run(settings));
}
