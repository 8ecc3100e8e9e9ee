#include "runs/installation.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "runs/job_folder.h"

namespace vouch::embedded {
std::string_view runs_ahead_js();
std::string_view runs_worker_ahead_js();
std::string_view runs_worker_js();
std::string_view runs_reporter_js();
}  // namespace vouch::embedded

namespace vouch::runs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInsideNode = "/vouch/node";
constexpr const char* kInsideBrowsers = "/vouch/browsers";

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<void> write_text(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return fail(ErrorCode::kUnavailable, "Cannot write " + path + "; check the disk.");
}

// The revision of `ffmpeg` that this Playwright looks for; empty when it cannot be told.
std::string ffmpeg_revision(const std::string& modules_dir) {
  boost::system::error_code error;
  const auto browsers =
      boost::json::parse(text_of_file(modules_dir + "/playwright-core/browsers.json"), error);
  if (error || !browsers.is_object()) return {};
  const auto* list = browsers.get_object().if_contains("browsers");
  if (!list || !list->is_array()) return {};
  for (const auto& browser : list->get_array()) {
    if (!browser.is_object()) continue;
    const auto* name = browser.get_object().if_contains("name");
    const auto* revision = browser.get_object().if_contains("revision");
    if (name && revision && *name == "ffmpeg" && revision->is_string()) {
      return std::string(revision->get_string());
    }
  }
  return {};
}

}  // namespace

Installation::Installation(const Runner::Options& options)
    : options_(options), work_dir_(fs::absolute(options.work_dir).string()) {
  options_.node_path = fs::absolute(options.node_path).string();
  options_.modules_dir = fs::absolute(options.modules_dir).string();
  std::error_code error;
  const auto changed = fs::last_write_time(options_.node_path, error).time_since_epoch().count();
  cache_key_ = sha256_hex(options_.node_path + "\n" + std::to_string(changed) + "\n" +
                          text_of_file(options_.modules_dir + "/playwright/package.json") +
                          std::string(embedded::runs_ahead_js()) +
                          std::string(embedded::runs_worker_ahead_js()) +
                          std::string(embedded::runs_worker_js()))
                   .substr(0, 16);
}

Result<void> Installation::lay_out() {
  std::error_code error;
  if (!fs::exists(options_.node_path, error)) {
    return fail(ErrorCode::kUnavailable,
                "There is no Node at " + options_.node_path + "; install it (npm ci).");
  }
  if (!fs::exists(options_.modules_dir + "/@playwright/test/package.json", error)) {
    return fail(ErrorCode::kUnavailable,
                "There is no @playwright/test in " + options_.modules_dir + "; run npm ci.");
  }
  if (!fs::exists(options_.browser_path, error)) {
    return fail(ErrorCode::kUnavailable, "There is no browser at " + options_.browser_path +
                                             "; install it (apt-get install "
                                             "chromium-headless-shell).");
  }
  remove_tree(jobs_dir());
  remove_tree(new_cache_dir());
  const std::string inside = work_dir_ + "/inside/";
  for (const auto& dir : {jobs_dir(), cache_dir(), inside}) {
    fs::create_directories(dir, error);
    if (error) {
      return fail(ErrorCode::kUnavailable, "Cannot make " + dir + ": " + error.message() + ".");
    }
  }
  VOUCH_TRY_VOID(write_text(inside + "ahead.js", embedded::runs_ahead_js()));
  VOUCH_TRY_VOID(write_text(inside + "worker_ahead.js", embedded::runs_worker_ahead_js()));
  VOUCH_TRY_VOID(write_text(inside + "worker.js", embedded::runs_worker_js()));
  VOUCH_TRY_VOID(write_text(inside + "reporter.js", embedded::runs_reporter_js()));
  return lay_out_browsers();
}

// Playwright takes a video only with an ffmpeg of its own; a link to the system's satisfies it.
Result<void> Installation::lay_out_browsers() const {
  std::error_code error;
  fs::create_directories(fs::path(work_dir_) / "browsers", error);
  const auto revision = ffmpeg_revision(options_.modules_dir);
  if (revision.empty() || !fs::exists(options_.ffmpeg_path, error)) return {};
  const fs::path dir = work_dir_ + "/browsers/ffmpeg-" + revision;
  fs::create_directories(dir, error);
  fs::remove(dir / "ffmpeg-linux", error);
  fs::create_symlink(options_.ffmpeg_path, dir / "ffmpeg-linux", error);
  if (!error) return {};
  return fail(ErrorCode::kUnavailable, "Cannot link " + options_.ffmpeg_path + " below " +
                                           dir.string() + ": " + error.message() + ".");
}

std::string Installation::cache_dir() const { return work_dir_ + "/compile-cache/" + cache_key_; }

bool Installation::has_cache() const {
  std::error_code error;
  return fs::exists(cache_dir(), error) && !fs::is_empty(cache_dir(), error);
}

Result<void> Installation::make_new_cache_dir() const {
  std::error_code error;
  remove_tree(new_cache_dir());
  fs::create_directories(new_cache_dir(), error);
  if (!error) return {};
  return fail(ErrorCode::kUnavailable,
              "Cannot make " + new_cache_dir() + ": " + error.message() + ".");
}

// Into the folder that is there, for runs may have it mounted already: Node looks for ever for a
// folder of its cache that was removed under it.
void Installation::adopt_new_cache() const {
  std::error_code error;
  std::vector<fs::path> made;
  for (const auto& entry : fs::directory_iterator(new_cache_dir(), error)) {
    made.push_back(entry.path());
  }
  for (const fs::path& path : made) {
    fs::rename(path, fs::path(cache_dir()) / path.filename(), error);
  }
  remove_tree(new_cache_dir());
}

sandbox::Command Installation::command(const std::string& job_dir, Purpose purpose) const {
  sandbox::Command command;
  command.argv = {kInsideNode, "/vouch/inside/ahead.js"};
  if (purpose == Purpose::kWaiting) command.argv.push_back("--wait");
  command.env = {{"PLAYWRIGHT_BROWSERS_PATH", kInsideBrowsers},
                 {"NODE_COMPILE_CACHE", kInsideCache}};
  const bool makes_cache = purpose == Purpose::kMakeCache;
  command.mounts = {{options_.modules_dir, "/node_modules"},
                    {options_.node_path, kInsideNode},
                    {work_dir_ + "/inside", kInsideScripts},
                    {work_dir_ + "/browsers", kInsideBrowsers},
                    {makes_cache ? new_cache_dir() : cache_dir(), kInsideCache, makes_cache},
                    {job_dir, kInsideRoot, true}};
  for (const auto& program : {options_.browser_path, options_.ffmpeg_path}) {
    if (program.starts_with("/usr/")) continue;
    const auto dir = fs::path(program).parent_path().string();
    command.mounts.push_back({dir, dir, false, true});
  }
  command.working_dir = kInsideRoot;
  command.protocol_on_fd3 = true;
  command.limits.memory_bytes_max = options_.memory_bytes_max;
  command.limits.output_bytes_max = options_.output_bytes_max;
  command.limits.line_bytes_max = std::size_t{1} << 20;
  return command;
}

}  // namespace vouch::runs
