// What the tests of this module share: a site, a sandbox and a runner.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "runs/runner.h"

namespace vouch::runs {

// Runs one coroutine to its end on `io`, and hands back what it returned.
template <class T>
T finish(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
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
    std::string path = std::filesystem::temp_directory_path() / "vouch-runs-test-XXXXXX";
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

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace vouch::runs
