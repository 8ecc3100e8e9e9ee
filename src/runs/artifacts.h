// Takes what a run left behind out of its folder: regular files only, no link followed, under names
// of our own making, within limits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runs/job_folder.h"
#include "runs/report.h"
#include "runs/runner.h"

namespace vouch::runs {

struct ArtifactLimits {
  std::int64_t file_bytes_max = 0;
  std::int64_t total_bytes_max = 0;
};

// Moves the traces, screenshots and videos that `report` names, the report and `log` to
// `output_dir`: trace/<slug>.zip, screenshot/<slug>.png, video/<slug>.webm, report/report.json,
// log/runner.log. A second one of the same name becomes <slug>-2. What is not there, not a regular
// file or too large is left out, with a sentence in `notes`.
Result<std::vector<Artifact>> collect_artifacts(const JobFolder& folder, const Report& report,
                                                std::string_view log, const std::string& output_dir,
                                                const ArtifactLimits& limits,
                                                std::vector<std::string>& notes);

// "Locked-out user" → "locked-out-user"; a title without Latin letters or digits is "line-12".
std::string slug_of(std::string_view title, int line);

}  // namespace vouch::runs
