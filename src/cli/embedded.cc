#include "cli/embedded.h"

#include <future>
#include <thread>

namespace vouch::cli {

namespace fs = std::filesystem;

struct EmbeddedServer::Running {
  explicit Running(AppOptions options) : app(std::move(options)) {}
  ~Running() {
    app.stop();
    if (thread.joinable()) thread.join();
  }
  App app;
  std::thread thread;
};

Result<void> EmbeddedServer::launch(AppOptions options) {
  options.data_dir = data_dir_.string();
  options.listen = "127.0.0.1:0";
  options.handle_signals = false;
  options.make_key = true;
  running_ = std::make_unique<Running>(std::move(options));
  auto promise = std::make_shared<std::promise<Result<Ready>>>();
  auto future = promise->get_future();
  // The promise is kept once: by on_ready, or by an end before it.
  running_->thread = std::thread([app = &running_->app, promise] {
    bool was_ready = false;
    auto ended = app->run([&](const Ready& ready) {
      was_ready = true;
      promise->set_value(ready);
    });
    if (was_ready) return;
    promise->set_value(ended ? fail(ErrorCode::kInternal, "The embedded server ended at once.")
                             : std::unexpected(ended.error()));
  });
  Result<Ready> ready = future.get();
  if (!ready) {
    running_.reset();
    return std::unexpected(ready.error());
  }
  server_ = {ready->url, ready->api_key, ""};
  missing_ = ready->missing;
  can_generate_ = ready->can_generate;
  return {};
}

Result<std::unique_ptr<EmbeddedServer>> EmbeddedServer::start(const fs::path& state_dir,
                                                              const AppOptions& options) {
  std::unique_ptr<EmbeddedServer> embedded(new EmbeddedServer);
  embedded->data_dir_ = state_dir;
  Result<void> launched = embedded->launch(options);
  // In use by another `vouch generate`, or not writable: neither stops a person from working.
  const bool elsewhere = !launched && (launched.error().code == ErrorCode::kConflict ||
                                       launched.error().code == ErrorCode::kUnavailable);
  if (elsewhere) {
    VOUCH_TRY(ScratchFolder folder, ScratchFolder::make("vouch"));
    embedded->temporary_.emplace(std::move(folder));
    embedded->data_dir_ = embedded->temporary_->path();
    launched = embedded->launch(options);
  }
  VOUCH_TRY_VOID(std::move(launched));
  return embedded;
}

EmbeddedServer::~EmbeddedServer() { running_.reset(); }  // before its folder goes

}  // namespace vouch::cli
