// HTTP requests that the server makes for a person's sake, held to an EgressPolicy: the origin
// before the name is resolved, and each address at the moment it is dialled. Redirects are not
// followed, and no proxy of the environment is used.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sandbox/egress.h"

namespace vouch::sandbox {

struct FetchRequest {
  std::string method = "GET";
  std::string url;  // absolute
  // None of those that frame the request or are the connection's own (Host, Content-Length …).
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct FetchResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
};

struct FetchLimits {
  std::chrono::milliseconds ms_max{25'000};  // from the beginning to the last byte
  std::size_t body_bytes_max = std::size_t{4} << 20;
};

class Fetcher {
 public:
  static constexpr int kAtOnceMax = 8;  // further ones wait

  Fetcher() = default;
  ~Fetcher();  // waits for those under way
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Any status is an answer. kForbidden: the policy refuses it. kUnavailable: nobody answers, not
  // in time, or too much. kInvalidRequest: it is no request. One that is cancelled goes on to its
  // end unseen.
  boost::asio::awaitable<Result<FetchResponse>> fetch(FetchRequest request,
                                                      std::shared_ptr<EgressPolicy> policy,
                                                      FetchLimits limits = {});

 private:
  boost::asio::thread_pool threads_{kAtOnceMax};
};

}  // namespace vouch::sandbox
