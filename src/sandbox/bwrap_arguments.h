// What a sandboxed program sees of the file system, as options of bubblewrap.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sandbox/sandbox.h"

namespace vouch::sandbox {

// Writes the few files of /etc that are not the host's (passwd, group, hosts, nsswitch.conf) into
// `dir`, which is made.
Result<void> write_private_etc(const std::string& dir);

// When a mount cannot be made: kInvalidRequest, or kUnavailable where the host has no such path.
Result<std::vector<std::string>> bwrap_arguments(const Command& command,
                                                 const std::string& private_etc_dir,
                                                 const std::string& launcher_path);

}  // namespace vouch::sandbox
