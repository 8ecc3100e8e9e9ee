// A server of the command line's own, in this process: the very same App on a background thread,
// spoken to over HTTP like any other.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/scratch_folder.h"
#include "cli/app.h"
#include "cli/client.h"

namespace vouch::cli {

class EmbeddedServer {
 public:
  // Keeps its data in `state_dir`, so that a second start finds its caches; where another process
  // has that open, in a temporary folder that is removed in the end. Returns when it answers.
  // Of `options` it decides on the folder, the address, signals and the key.
  static Result<std::unique_ptr<EmbeddedServer>> start(const std::filesystem::path& state_dir,
                                                       const AppOptions& options);
  ~EmbeddedServer();  // stops it and waits for its end
  EmbeddedServer(const EmbeddedServer&) = delete;
  EmbeddedServer& operator=(const EmbeddedServer&) = delete;

  const Server& server() const { return server_; }
  // What this machine cannot give; without the essential of it nothing can be generated.
  const std::vector<std::string>& missing() const { return missing_; }
  bool can_generate() const { return can_generate_; }
  const std::filesystem::path& data_dir() const { return data_dir_; }
  bool is_temporary() const { return temporary_.has_value(); }

 private:
  struct Running;
  EmbeddedServer() = default;
  Result<void> launch(AppOptions options);

  std::optional<ScratchFolder> temporary_;
  std::unique_ptr<Running> running_;
  Server server_;
  std::vector<std::string> missing_;
  std::filesystem::path data_dir_;
  bool can_generate_ = false;
};

}  // namespace vouch::cli
