// What the tests of this module share.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "sandbox/sandbox.h"
#include "source_dir.h"

namespace vouch::sandbox {

// Runs one coroutine to its end on `io`, and hands back what it returned.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
  std::optional<T> value;
  std::exception_ptr failure;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, T result) {
    failure = error;
    value = std::move(result);
    io.stop();
  });
  io.restart();
  io.run();
  if (failure) std::rethrow_exception(failure);
  return *std::move(value);
}

class TemporaryDir {
 public:
  TemporaryDir() {
    std::string path = std::filesystem::temp_directory_path() / "vouch-sandbox-test-XXXXXX";
    path_ = mkdtemp(path.data());
  }
  ~TemporaryDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline Sandbox::Options test_options(const std::string& state_dir) {
  Sandbox::Options options;
  options.state_dir = state_dir;
  options.launcher_path = std::string(VOUCH_SOURCE_DIR) + "/bin/vouch-sandbox";
  return options;
}

}  // namespace vouch::sandbox
