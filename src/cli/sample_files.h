// Samples as files.
//
// A folder holds NAME.input.json, with NAME.output.json beside it where the expected output is
// known; or NAME.json with {"input": …, "expectedOutput": …}. A file holds one such object a line
// (NDJSON), or is one, or a list of them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/draft/material.h"

namespace vouch::cli {

// By name; of lines in their order, named by `id` or else by the line's number. kNotFound, or
// kInvalidRequest that begins with the file and, where it is known, the line and character:
// "a.json:3:7: …".
Result<std::vector<adapters::draft::Sample>> read_samples(const std::filesystem::path& path);

// The file's JSON; kInvalidRequest as above.
Result<boost::json::value> read_json_file(const std::filesystem::path& path);

}  // namespace vouch::cli
