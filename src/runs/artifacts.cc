#include "runs/artifacts.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace vouch::runs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSlugBytesMax = 100;
constexpr const char* kInsideReport = "/job/report.json";  // kReportPath below kInsideRoot

struct Kind {
  std::string_view name;  // of the attachment and of the artifact
  std::string_view content_type;
  std::string_view extension;
};
constexpr Kind kKinds[] = {{"trace", "application/zip", ".zip"},
                           {"screenshot", "image/png", ".png"},
                           {"video", "video/webm", ".webm"}};

const Kind* kind_of(const Attachment& attachment) {
  for (const auto& kind : kKinds) {
    if (attachment.name == kind.name && attachment.content_type == kind.content_type) return &kind;
  }
  return nullptr;
}

class Collector {
 public:
  Collector(const std::string& output_dir, const ArtifactLimits& limits,
            std::vector<std::string>& notes)
      : output_dir_(output_dir), limits_(limits), notes_(notes) {}

  // `file` is a regular file on the host; it is moved.
  Result<void> add_file(std::string_view kind, const std::string& path, const std::string& file) {
    struct stat found{};
    if (lstat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return {};
    if (found.st_size > limits_.file_bytes_max ||
        total_ + found.st_size > limits_.total_bytes_max) {
      notes_.push_back(path + " was not kept: it has " + std::to_string(found.st_size) +
                       " bytes, more than the limit for artifacts allows.");
      return {};
    }
    VOUCH_TRY(const auto target, place(path));
    chmod(file.c_str(), 0600);
    std::error_code error;
    fs::rename(file, target, error);
    if (error) fs::copy_file(file, target, error);
    if (error) {
      return fail(ErrorCode::kUnavailable, "Cannot keep " + target + ": " + error.message() + ".");
    }
    keep(kind, path, found.st_size);
    return {};
  }

  Result<void> add_text(std::string_view kind, const std::string& path, std::string_view text) {
    VOUCH_TRY(const auto target, place(path));
    std::ofstream file(target, std::ios::binary);
    file << text;
    file.close();
    if (!file) return fail(ErrorCode::kUnavailable, "Cannot write " + target + ".");
    keep(kind, path, static_cast<std::int64_t>(text.size()));
    return {};
  }

  std::string free_name(const Kind& kind, const std::string& slug) {
    for (int count = 1;; ++count) {
      std::string path = std::string(kind.name) + "/" + slug;
      if (count > 1) path += "-" + std::to_string(count);
      path += kind.extension;
      if (taken_.insert(path).second) return path;
    }
  }

  std::vector<Artifact> take() { return std::move(artifacts_); }

 private:
  Result<std::string> place(const std::string& path) const {
    const fs::path target = fs::path(output_dir_) / path;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error) {
      return fail(ErrorCode::kUnavailable,
                  "Cannot make " + target.parent_path().string() + ": " + error.message() + ".");
    }
    return target.string();
  }
  void keep(std::string_view kind, const std::string& path, std::int64_t size) {
    total_ += size;
    artifacts_.push_back({std::string(kind), path, size});
  }

  const std::string& output_dir_;
  const ArtifactLimits& limits_;
  std::vector<std::string>& notes_;
  std::set<std::string> taken_;
  std::vector<Artifact> artifacts_;
  std::int64_t total_ = 0;
};

}  // namespace

std::string slug_of(std::string_view title, int line) {
  std::string slug;
  for (const char c : title) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug.push_back('-');
    }
    if (slug.size() >= kSlugBytesMax) break;
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug.empty() ? "line-" + std::to_string(line) : slug;
}

Result<std::vector<Artifact>> collect_artifacts(const JobFolder& folder, const Report& report,
                                                std::string_view log, const std::string& output_dir,
                                                const ArtifactLimits& limits,
                                                std::vector<std::string>& notes) {
  Collector collector(output_dir, limits, notes);
  for (const auto& test : report.tests) {
    for (const auto& attachment : test.attachments) {
      const Kind* kind = kind_of(attachment);
      if (!kind || attachment.path.empty()) continue;
      const auto file = folder.file(attachment.path);
      if (!file) {
        notes.push_back("A " + attachment.name + " of '" + test.title +
                        "' was not kept: it is not a plain file of the run.");
        continue;
      }
      const auto path = collector.free_name(*kind, slug_of(test.title, test.line));
      VOUCH_TRY_VOID(collector.add_file(kind->name, path, *file));
    }
  }
  if (const auto file = folder.file(kInsideReport)) {
    VOUCH_TRY_VOID(collector.add_file("report", "report/report.json", *file));
  }
  VOUCH_TRY_VOID(collector.add_text("log", "log/runner.log", log));
  return collector.take();
}

}  // namespace vouch::runs
