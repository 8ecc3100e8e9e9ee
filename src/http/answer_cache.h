// Answers that follow from the store alone, as long as it has not changed: what many pollers of a
// status get. Belongs to the server's thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "http/message.h"

namespace vouch::http {

class AnswerCache {
 public:
  static constexpr std::size_t kBytesMax = std::size_t{8} << 20;  // of keys and answers, in all

  // What was kept under this key in this version of the store, or null.
  const Response* find(std::uint64_t version, const std::string& key) {
    if (version != version_) return nullptr;
    auto found = answers_.find(key);
    return found == answers_.end() ? nullptr : &found->second;
  }

  // `version`: of the store, before the answer was made. Only bodies; no files, no events.
  void keep(std::uint64_t version, std::string key, const Response& response) {
    if (version < version_) return;  // another has been kept since
    const std::size_t bytes = bytes_of(key, response);
    if (bytes > kBytesMax) return;
    if (version != version_ || bytes_ + bytes > kBytesMax) {
      answers_.clear();
      bytes_ = 0;
      version_ = version;
    }
    if (answers_.try_emplace(std::move(key), response.copy()).second) bytes_ += bytes;
  }

 private:
  static std::size_t bytes_of(const std::string& key, const Response& response) {
    std::size_t bytes = key.size() + response.body.size() + sizeof(Response);
    for (const auto& [name, value] : response.headers) bytes += name.size() + value.size();
    return bytes;
  }

  std::uint64_t version_ = 0;
  std::size_t bytes_ = 0;
  std::map<std::string, Response, std::less<>> answers_;
};

}  // namespace vouch::http
